/*
 * tocsin export: one bundle, or JSON Lines, of what an organization may take out.
 */
#include "base/uuid.h"
#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/reading.h"
#include "cli/stop.h"
#include "cli/watching.h"

#include <unistd.h>

struct exporting {
    struct cli *cli;
    struct progress bar;
    bool is_lines;
    uint64_t count;
};

static err export_row(struct arena *a, void *context, const struct reading_row *row)
{
    struct exporting *e = context;
    if (!e->is_lines)
        cli_print(e->cli, e->count ? ",\n" : ",\"objects\":[\n");
    /* An object may hold line feeds between its members; a line of JSON Lines may not. */
    str bytes = row->row->body.bytes;
    if (e->is_lines && str_find_char(bytes, '\n') < bytes.len) {
        str line = arena_copy(a, bytes);
        char *at = (char *)(uintptr_t)line.at;
        for (size_t i = 0; i < line.len; i++)
            at[i] = at[i] == '\n' || at[i] == '\r' ? ' ' : at[i];
        bytes = line;
    }
    fwrite(bytes.at, 1, bytes.len, e->cli->out);
    if (e->is_lines)
        cli_print(e->cli, "\n");
    e->count++;
    return NULL;
}

static err run(struct arena *a, struct cli *cli)
{
    struct store *store;
    TRY(cli_store(a, cli, &store));
    struct reading_query q = {.command = "export",
                              .wants_bytes = true,
                              .leaves_out_barred = true,
                              .is_stopped = stop_is_asked};
    TRY(reading_query_of(a, cli, store, &q));
    struct exporting e = {
        .cli = cli, .bar = progress_open(0, "objects"), .is_lines = cli_has(cli, "jsonl")};
    e.bar.is_terminal &= !isatty(fileno(cli->out)); /* what it writes would be in the way */
    q.watch = watching(&e.bar);
    struct reading_totals totals = {0};
    if (!e.is_lines)
        cli_print(cli, "{\"type\":\"bundle\",\"id\":\"%.*s\"",
                  STR_ARG(uuid_random_id(a, LIT("bundle"))));
    err failure = reading_walk(a, store, &q, export_row, &e, &totals);
    progress_done(&e.bar);
    TRY(failure);
    if (!e.is_lines)
        cli_print(cli, e.count ? "\n]}\n" : "}\n"); /* an empty list is no STIX (§8) */
    cli_note(cli,
             "%llu objects exported; %llu left out because TLP:RED and TLP:AMBER+STRICT are "
             "never exported",
             (unsigned long long)totals.shown, (unsigned long long)totals.barred);
    if (totals.exercises)
        cli_note(cli, "EXERCISE: %llu of them belong to an exercise",
                 (unsigned long long)totals.exercises);
    return NULL;
}

static const struct flag FLAGS[] = {
    {.name = "as", .value = "ORG", .is_required = true, .help = "Organization that takes it out"},
    {.name = "collection", .value = "ID", .help = "Only this collection: id, alias or title"},
    {.name = "jsonl", .help = "JSON Lines: one object a line, instead of one bundle"},
    {.name = "all-versions", .help = "All versions, not the newest alone"},
    {0},
};

static const struct verb VERBS[] = {
    {.name = "",
     .flags = FLAGS,
     .needs_data = true,
     .summary = "Write what an organization may read as one bundle",
     .example = "tocsin export --data exchange --as \"Ohio election office\" > bundle.json",
     .run = run},
    {0},
};

const struct command command_export = {
    .name = "export",
    .summary = "Write what an organization may take out",
    .help =
        "One bundle of the newest version of everything that the organization, as such, may "
        "read, in the bytes in which it came. TLP:RED and TLP:AMBER+STRICT never leave; how "
        "many that were is said on standard error. That the console read as it goes on the audit "
        "log.",
    .verbs = VERBS,
};
