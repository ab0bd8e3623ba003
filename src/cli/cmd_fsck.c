/*
 * tocsin fsck: checks a data directory.
 */
#include "cli/commands.h"
#include "cli/fsck_print.h"
#include "cli/record.h"
#include "cli/watching.h"

err fsck_print(struct arena *a, struct cli *cli, const struct fsck_report *report)
{
    str *faults = NEW_ARRAY(a, report->count, str);
    for (size_t i = 0; i < report->count; i++) {
        const struct fsck_fault *f = &report->items[i];
        faults[i] = arena_join(a, f->part, LIT(": "), f->words);
        if (!cli->is_json)
            cli_note(cli, "%.*s", STR_ARG(record_plain(a, faults[i])));
    }
    if (report->faults > report->count)
        cli_note(cli, "… and %llu more", (unsigned long long)(report->faults - report->count));
    struct record r = {.arena = a};
    record_number(&r, "faults", (int64_t)report->faults);
    record_number(&r, "entries", (int64_t)report->entries);
    record_number(&r, "objects_stored", (int64_t)report->bodies);
    record_number(&r, "purged", (int64_t)report->purged);
    record_number(&r, "audit_rows", (int64_t)report->audit_rows);
    record_list(&r, "found", faults, report->count);
    record_json_only(&r);
    return record_print(a, cli, &r);
}

static err run(struct arena *a, struct cli *cli)
{
    OWNED(progress_done) struct progress bar = progress_open(0, "entries");
    struct watch watch = watching(&bar);
    struct fsck_report report = {0};
    TRY(fsck_run(a, cli->data_dir, &watch, &report));
    progress_done(&bar);
    TRY(fsck_print(a, cli, &report));
    return fsck_verdict(a, &report);
}

static const struct verb VERBS[] = {
    {.name = "",
     .needs_data = true,
     .has_json = true,
     .summary = "Check log, bytes, views, receipts and audit chain against each other",
     .example = "tocsin fsck --data exchange",
     .run = run},
    {0},
};

const struct command command_fsck = {
    .name = "fsck",
    .summary = "Check the data directory",
    .help = "Checks everything in the data directory against everything else and says every fault "
            "in words; exit status 8 if there is one. Nothing is changed, and the server may go "
            "on. What `tocsin rebuild` can mend says so; for the rest, restore a backup.",
    .verbs = VERBS,
};
