/*
 * tocsin purge: removes the bytes of what was withdrawn.
 */
#include "cli/commands.h"
#include "cli/record.h"
#include "cli/watching.h"
#include "service/admin_entries.h"

static err run(struct arena *a, struct cli *cli)
{
    struct store *store;
    struct admin_purged purged;
    TRY(cli_store(a, cli, &store));
    OWNED(progress_done) struct progress bar = progress_open(0, "objects");
    struct watch watch = watching(&bar);
    TRY(admin_purge(a, store, &watch, &purged));
    progress_done(&bar);
    struct record r = {.arena = a};
    record_number(&r, "purged", (int64_t)purged.bodies);
    record_number(&r, "files", (int64_t)purged.files);
    record_number(&r, "held", (int64_t)purged.held);
    return record_print(a, cli, &r);
}

static const struct verb VERBS[] = {
    {.name = "",
     .needs_data = true,
     .has_json = true,
     .summary = "Remove the bytes of withdrawn objects, and files of theirs",
     .example = "tocsin purge --data exchange",
     .run = run},
    {0},
};

const struct command command_purge = {
    .name = "purge",
    .summary = "Remove the bytes of withdrawn objects",
    .help =
        "A file goes with the last object that refers to it, or a day after it was handed in and "
        "given to nothing. What a hold covers (tocsin hold) stays, and is counted. Backups made "
        "before still hold them. The log keeps that there was "
        "an entry, and the audit log who withdrew it.",
    .verbs = VERBS,
};
