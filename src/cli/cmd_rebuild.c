/*
 * tocsin rebuild: derives again what is derived from the log.
 */
#include "cli/commands.h"
#include "cli/record.h"
#include "cli/watching.h"
#include "service/rebuild.h"

static err run(struct arena *a, struct cli *cli)
{
    struct store *store;
    TRY(cli_store(a, cli, &store));
    OWNED(progress_done) struct progress bar = progress_open(0, "entries");
    struct watch watch = watching(&bar);
    struct rebuild_report report;
    TRY(rebuild_run(a, store, &watch, &report));
    progress_done(&bar);
    bool was_equal = rebuild_was_equal(&report);
    struct record r = {.arena = a};
    record_number(&r, "entries", (int64_t)report.entries);
    record_number(&r, "keys", (int64_t)report.keys);
    record_flag(&r, "was_equal", was_equal);
    record_number(&r, "keys_differed", (int64_t)report.keys_differed);
    record_number(&r, "marks_differed", (int64_t)report.marks_differed);
    record_number(&r, "briefings_differed", (int64_t)report.briefings_differed);
    record_flag(&r, "views_differed", report.views_differed);
    record_text(&r, "views", report.views_words);
    record_flag(&r, "search_differed", report.search_differed);
    TRY(record_print(a, cli, &r));
    if (was_equal)
        cli_note(cli, "the result equals what was there");
    else
        cli_note(cli, "what was there differed, and is made anew; run tocsin fsck, and find out "
                      "what happened to the file");
    return NULL;
}

static const struct verb VERBS[] = {
    {.name = "",
     .needs_data = true,
     .has_json = true,
     .summary = "Make everything anew that is derived from the log",
     .example = "tocsin rebuild --data exchange",
     .run = run},
    {0},
};

const struct command command_rebuild = {
    .name = "rebuild",
    .summary = "Make anew what is derived from the log",
    .help = "Derives the keys of objects, the marks of withdrawn entries, the views and the words "
            "that search finds again from the log and says whether the result equals what was "
            "there. The server may go on.",
    .verbs = VERBS,
};
