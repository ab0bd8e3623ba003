/*
 * What fsck found, for people and for scripts.
 */
#include "cli/fsck_print.h"

#include "cli/record.h"
#include "cli/watching.h"

static err print_report(struct arena *a, struct cli *cli, const struct fsck_report *report)
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

err fsck_check(struct arena *a, struct cli *cli)
{
    OWNED(progress_done) struct progress bar = progress_open(0, "entries");
    struct watch watch = watching(&bar);
    struct fsck_report report = {0};
    TRY(fsck_run(a, cli->data_dir, &watch, &report));
    progress_done(&bar);
    TRY(print_report(a, cli, &report));
    return fsck_verdict(a, &report);
}
