/*
 * tocsin fsck: checks a data directory.
 */
#include "cli/commands.h"
#include "cli/fsck_print.h"
#include "cli/watching.h"

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
