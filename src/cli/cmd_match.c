/*
 * tocsin match: one's own observed data against everyone's patterns.
 */
#include "cli/commands.h"
#include "cli/match.h"
#include "cli/record.h"

#define STATUS_FOUND 0
#define STATUS_NOTHING 1
#define STATUS_TROUBLE 2

void match_trouble(struct match *m, str place, str words)
{
    OWNED(arena_done) struct arena scratch = {0};
    m->trouble_count++;
    cli_note(m->cli, "%.*s%s%.*s", STR_ARG(record_plain(&scratch, place)), place.len ? ": " : "",
             STR_ARG(record_plain(&scratch, words)));
}

static void say_trouble(void *context, str place, str words)
{
    match_trouble(context, place, words);
}

void match_print_json(struct match *m, const struct buf *text)
{
    fwrite(text->at, 1, text->len, m->cli->out);
    cli_print(m->cli, "\n");
}

static err run(struct arena *a, struct cli *cli)
{
    struct match m = {.cli = cli};
    m.trouble = (struct trouble){say_trouble, &m};
    TRY(match_observed(a, &m));
    cli->status = m.trouble_count ? STATUS_TROUBLE : m.found ? STATUS_FOUND : STATUS_NOTHING;
    return NULL;
}

static const struct flag FLAGS[] = {
    {.name = "patterns",
     .value = "FILE",
     .is_repeated = true,
     .is_required = true,
     .help = "JSON Lines {\"index\": …, \"pattern\": \"…\"}"},
    {.name = "observed",
     .value = "FILE",
     .is_repeated = true,
     .is_required = true,
     .help = "STIX with observed data: every pattern is evaluated on it, exactly"},
    {0},
};

static const struct verb VERBS[] = {
    {.name = "",
     .flags = FLAGS,
     .has_json = true,
     .trouble_status = STATUS_TROUBLE,
     .summary = "Match patterns against observed data",
     .example = "tocsin match --patterns patterns.jsonl --observed observed.json --json",
     .run = run},
    {0},
};

const struct command command_match = {
    .name = "match",
    .summary = "Match patterns against your own data, which stays where it is",
    .help = "Evaluates STIX patterns over observed data. Nothing is sent anywhere. A pattern or a "
            "line that is broken is named and the others go on. The exit status is that of grep: 0 "
            "where something was found, 1 where nothing was, 2 where there was any trouble.",
    .verbs = VERBS,
};
