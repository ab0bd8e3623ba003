/*
 * tocsin election: primaries, special elections and the like, which the pages count the days to.
 */
#include "base/file.h"
#include "cli/commands.h"
#include "cli/record.h"
#include "service/election.h"

#define CSV_BYTES_MAX ((size_t)16 << 20)

static void put_election(struct arena *a, const struct election *e, struct record *r)
{
    record_text(r, "id", e->id);
    record_text(r, "date", election_date(a, e->day));
    record_text(r, "jurisdiction", e->jurisdiction);
    record_text(r, "kind", e->kind);
    record_text(r, "name", e->name);
}

/* What is wrong with one flag, by its name. */
static err check_faults(struct arena *a, const struct election_words *faults)
{
    str fault = election_first_fault(faults);
    return fault.len ? FAIL(a, ERR_USAGE, "%.*s", STR_ARG(fault)) : NULL;
}

static err run_add(struct arena *a, struct cli *cli)
{
    struct store *store;
    struct election e = {0};
    struct election_words faults;
    const struct election_words words = {.name = cli_value(cli, "name"),
                                         .jurisdiction = cli_value(cli, "jurisdiction"),
                                         .kind = cli_value(cli, "kind"),
                                         .date = cli_value(cli, "date")};
    (void)election_read(a, &words, &e, &faults);
    TRY(check_faults(a, &faults));
    TRY(cli_store(a, cli, &store));
    OWNED(session_done) struct session s = {0};
    TRY(session_write(a, store, &s));
    TRY(election_put_in(a, &s, &e));
    TRY(session_commit(a, &s));
    struct record r = {.arena = a};
    put_election(a, &e, &r);
    return record_print_id(a, cli, &r);
}

static err run_list(struct arena *a, struct cli *cli)
{
    struct store *store;
    struct elections list = {0};
    struct records shown = {.arena = a};
    TRY(cli_store(a, cli, &store));
    OWNED(session_done) struct session s = {0};
    TRY(session_read(a, store, &s));
    TRY(elections_list(a, &s, &list));
    for (size_t i = 0; i < list.count; i++)
        put_election(a, &list.items[i], records_add(&shown));
    return records_print(a, cli, &shown, "elections; the federal day is worked out");
}

static err run_remove(struct arena *a, struct cli *cli)
{
    struct store *store;
    TRY(cli_store(a, cli, &store));
    OWNED(session_done) struct session s = {0};
    TRY(session_write(a, store, &s));
    TRY(election_remove_in(a, &s, cli_argument(cli, 0)));
    return session_commit(a, &s);
}

static err import_file(struct arena *a, struct cli *cli, str path, struct records *made)
{
    str csv;
    struct store *store;
    struct election_sheet sheet = {0};
    TRY(file_read(a, path, CSV_BYTES_MAX, &csv));
    TRY(cli_store(a, cli, &store));
    OWNED(session_done) struct session s = {0};
    TRY(session_write(a, store, &s));
    TRY(election_sheet_apply_in(a, &s, csv, &sheet));
    TRY(session_commit(a, &s));
    for (size_t i = 0; i < sheet.count; i++) {
        struct record *r = records_add(made);
        put_election(a, &sheet.items[i].election, r);
        record_text(r, "change", election_change_name(sheet.items[i].change));
    }
    return NULL;
}

static err run_import(struct arena *a, struct cli *cli)
{
    str path = cli_argument(cli, 0);
    struct records made = {.arena = a};
    err failure = import_file(a, cli, path, &made);
    if (failure)
        return WRAP(a, failure, "%.*s", STR_ARG(path));
    return records_print(a, cli, &made, "elections in this file");
}

static const struct flag ADD_FLAGS[] = {
    {.name = "name", .value = "NAME", .is_required = true, .help = "Such as Ohio primary"},
    {.name = "jurisdiction",
     .value = "CODE",
     .is_required = true,
     .help = "Where: us, us-39 (a state, or 39), us-39-c035 (a county, or 39035)"},
    {.name = "kind", .value = "KIND", .is_required = true, .help = "One of " ELECTION_KINDS},
    {.name = "date", .value = "DATE", .is_required = true, .help = "Such as 2026-05-05"},
    {0},
};

static const struct verb VERBS[] = {
    {.name = "add",
     .flags = ADD_FLAGS,
     .needs_data = true,
     .has_json = true,
     .summary = "Add one; in a jurisdiction there is one of a kind a day",
     .example = "tocsin election --data exchange add --name \"Ohio primary\" --jurisdiction us-39 "
                "--kind primary --date 2026-05-05",
     .run = run_add},
    {.name = "list",
     .needs_data = true,
     .has_json = true,
     .summary = "List them by day, those that are over too",
     .example = "tocsin election --data exchange list",
     .run = run_list},
    {.name = "remove",
     ONE_ARGUMENT("ID"),
     .needs_data = true,
     .summary = "Remove one",
     .example = "tocsin election --data exchange remove "
                "election--2f7d1f3e-6a0c-4c8b-9a57-3d1f2b4c5e6a",
     .run = run_remove},
    {.name = "import",
     ONE_ARGUMENT("F.csv"),
     .needs_data = true,
     .has_json = true,
     .summary = "Add the elections of a CSV file, all or none; its columns: "
                "name,jurisdiction,kind,date. One that is known gets the name it has there",
     .example = "tocsin election --data exchange import elections.csv",
     .run = run_import},
    {0},
};

const struct command command_election = {
    .name = "election",
    .summary = "Primaries and special elections that pages count the days to",
    .help = "The federal day (the Tuesday after the first Monday of November of even years) is "
            "worked out. Home counts the days to the first election that concerns the reader's "
            "organization: in its jurisdictions, in those that they lie in, or federal.",
    .verbs = VERBS,
};
