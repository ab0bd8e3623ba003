/*
 * tocsin token: what machines present instead of a password.
 */
#include "cli/commands.h"
#include "cli/record.h"
#include "cli/token_verbs.h"

static err run_add(struct arena *a, struct cli *cli)
{
    struct store *store;
    struct admin_token token;
    TRY(token_verbs_read(a, cli, &token));
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
    return token_verbs_list(a, cli, false);
}

static const struct flag ADD_FLAGS[] = {
    {.name = "org", .value = "ID", .is_required = true, .help = "The organization it acts for"},
    {.name = "name", .value = "N", .is_required = true, .help = "What it is for"},
    TOKEN_FLAGS,
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
     ONE_ARGUMENT("ID"),
     .needs_data = true,
     .has_json = true,
     .summary = "End a token at once",
     .example = "tocsin token --data exchange revoke "
                "token--0c6b8b1e-2f5d-4c1a-9a51-6a1f0b7f4c3d",
     .run = token_verbs_revoke},
    {0},
};

const struct command command_token = {
    .name = "token",
    .summary = "Tokens, by which programs sign in",
    .help = "A token has the rights of its organization, or of its person, less what it is "
            "narrowed to. Clients send it as Authorization: Bearer SECRET.",
    .verbs = VERBS,
};
