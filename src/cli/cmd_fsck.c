/*
 * tocsin fsck: checks a data directory.
 */
#include "cli/commands.h"
#include "cli/fsck_print.h"

static const struct verb VERBS[] = {
    {.name = "",
     .needs_data = true,
     .has_json = true,
     .summary = "Check log, bytes, views, receipts and audit chain against each other",
     .example = "tocsin fsck --data exchange",
     .run = fsck_check},
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
