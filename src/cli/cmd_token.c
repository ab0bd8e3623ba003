/*
 * tocsin token: what machines present instead of a password.
 */
#include "base/clock.h"
#include "cli/commands.h"
#include "cli/record.h"
#include "cli/token_list.h"
#include "cli/values.h"
#include "service/admin_access.h"

static err run_add(struct arena *a, struct cli *cli)
{
    struct store *store;
    struct admin_token token = {.org = cli_value(cli, "org"),
                                .person = cli_value(cli, "person"),
                                .name = cli_value(cli, "name"),
                                .is_read_only = cli_has(cli, "read-only")};
    struct value_list collections = values_of(a, cli, "collection");
    token.collections = collections.items;
    token.collection_count = collections.count;
    TRY(values_end(a, cli_value(cli, "expires"), clock_now_us(), &token.expires_us));
    TRY(cli_store(a, cli, &store));
    struct admin_token_made made;
    TRY(admin_add_token(a, store, &token, &made));
    struct record r = {.arena = a};
    record_text(&r, "id", made.id);
    record_text(&r, "secret", made.secret);
    record_time(&r, "expires", token.expires_us);
    TRY(record_print(a, cli, &r));
    if (!cli->is_json)
        cli_note(cli, "keep the secret; it is not shown again");
    return NULL;
}

static err run_list(struct arena *a, struct cli *cli)
{
    return token_list_print(a, cli, false);
}

static err run_revoke(struct arena *a, struct cli *cli)
{
    struct store *store;
    struct record r = {.arena = a};
    str id;
    TRY(cli_store(a, cli, &store));
    TRY(admin_revoke_token(a, store, cli_argument(cli, 0), &id));
    record_text(&r, "id", id);
    return record_print_id(a, cli, &r);
}

static const struct flag ADD_FLAGS[] = {
    {.name = "org", .value = "ID", .is_required = true, .help = "The organization it acts for"},
    {.name = "name", .value = "N", .is_required = true, .help = "What it is for"},
    {.name = "person", .value = "E", .help = "It acts as this person of the organization"},
    {.name = "expires", .value = "WHEN", .help = "90d, 12h, or the last day, such as 2027-01-31"},
    {.name = "read-only", .help = "It may not post or delete"},
    {.name = "collection",
     .value = "ID",
     .is_repeated = true,
     .help = "Only these collections, by id, alias or title"},
    {0},
};

static const struct verb VERBS[] = {
    {.name = "add",
     .flags = ADD_FLAGS,
     .needs_data = true,
     .has_json = true,
     .summary = "Make a token and print its secret, once",
     .example = "tocsin token --data exchange add --org \"Ohio Secretary of State\" --name "
                "\"MISP\" --expires 90d --read-only",
     .run = run_add},
    {.name = "list",
     .needs_data = true,
     .has_json = true,
     .summary = "List the tokens, without their secrets",
     .example = "tocsin token --data exchange list",
     .run = run_list},
    {.name = "revoke",
     .arguments = "ID",
     .argument_min = 1,
     .argument_max = 1,
     .needs_data = true,
     .has_json = true,
     .summary = "End a token at once",
     .example = "tocsin token --data exchange revoke "
                "token--0c6b8b1e-2f5d-4c1a-9a51-6a1f0b7f4c3d",
     .run = run_revoke},
    {0},
};

const struct command command_token = {
    .name = "token",
    .summary = "Tokens, by which programs sign in",
    .help = "A token has the rights of its organization, or of its person, less what it is "
            "narrowed to. Clients send it as Authorization: Bearer SECRET.",
    .verbs = VERBS,
};
