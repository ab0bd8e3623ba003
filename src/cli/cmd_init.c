/*
 * tocsin init: makes a data directory, and prints the one token by which the steward begins.
 */
#include "cli/commands.h"
#include "cli/record.h"
#include "service/admin.h"
#include "store/store.h"

static err run(struct arena *a, struct cli *cli)
{
    const struct store_init init = {
        .dir = cli->data_dir, .name = cli_value(cli, "name"), .is_demo = cli_has(cli, "demo")};
    TRY(store_create(a, &init));
    struct store *store;
    TRY(cli_store(a, cli, &store));
    struct admin_first first;
    TRY(admin_first_token(a, store, &first));
    struct record token = {.arena = a};
    record_text(&token, "id", first.token_id);
    record_text(&token, "secret", first.secret);
    struct record r = {.arena = a};
    record_text(&r, "id", first.org_id);
    record_text(&r, "secret", first.secret);
    record_put(&r, "token", &token);
    TRY(record_print(a, cli, &r));
    cli_note(cli,
             "keep the secret; it is not shown again. Next: tocsin serve --data %.*s "
             "--listen 127.0.0.1:6100",
             STR_ARG(cli->data_dir));
    return NULL;
}

static const struct flag FLAGS[] = {
    {.name = "name", .value = "NAME", .is_required = true, .help = "Name of the exchange"},
    {.name = "demo", .help = "Mark it as an exercise: every page and answer says so"},
    {0},
};

static const struct verb VERBS[] = {
    {.name = "",
     .flags = FLAGS,
     .needs_data = true,
     .has_json = true,
     .summary = "Make a new exchange in a new data directory",
     .example = "tocsin init --data exchange --name \"Election Exchange\"",
     .run = run},
    {0},
};

const struct command command_init = {
    .name = "init",
    .summary = "Make a new exchange",
    .help = "Makes the data directory with settings, keys, database and the steward's "
            "organization, and prints, once, a token of that organization.",
    .verbs = VERBS,
};
