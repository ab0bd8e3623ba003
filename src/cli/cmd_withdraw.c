/*
 * tocsin withdraw: takes back what an organization contributed.
 */
#include "cli/commands.h"
#include "cli/record.h"
#include "service/admin_entries.h"

static err run(struct arena *a, struct cli *cli)
{
    struct store *store;
    const struct admin_withdrawal w = {.id = cli_argument(cli, 0),
                                       .as = cli_value(cli, "as"),
                                       .collection = cli_value(cli, "collection")};
    size_t count;
    TRY(cli_store(a, cli, &store));
    TRY(admin_withdraw(a, store, &w, &count));
    struct record r = {.arena = a};
    record_text(&r, "id", w.id);
    record_number(&r, "withdrawn", (int64_t)count);
    return record_print(a, cli, &r);
}

static const struct flag FLAGS[] = {
    {.name = "as", .value = "ORG", .is_required = true, .help = "The organization it is from"},
    {.name = "collection",
     .value = "ID",
     .help = "Only there, by id, alias or title; else wherever the organization may delete"},
    {0},
};

static const struct verb VERBS[] = {
    {.name = "",
     ONE_ARGUMENT("ID"),
     .flags = FLAGS,
     .needs_data = true,
     .has_json = true,
     .summary = "Withdraw all versions of an object that an organization contributed",
     .example = "tocsin withdraw indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f --data exchange "
                "--as \"Ohio Secretary of State\"",
     .run = run},
    {0},
};

const struct command command_withdraw = {
    .name = "withdraw",
    .summary = "Take back an object",
    .help = "Withdraws every version the organization contributed, as DELETE over TAXII does: it "
            "needs read and write on the collection. Nobody reads it from then on; its bytes stay "
            "until tocsin purge. What one person posted as RED only that person can delete.",
    .verbs = VERBS,
};
