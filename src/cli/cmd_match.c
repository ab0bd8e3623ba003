/*
 * tocsin match: one's own logs and observed data against everyone's indicators.
 */
#include "base/num.h"
#include "cli/commands.h"
#include "cli/match.h"
#include "cli/record.h"
#include "cli/remote_flags.h"

#define STATUS_FOUND 0
#define STATUS_NOTHING 1
#define STATUS_TROUBLE 2

void match_trouble(struct match *m, str place, str words)
{
    OWNED(arena_done) struct arena scratch = {0};
    m->trouble_count++;
    progress_hide(&m->bar);
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

/* What a run does, each a bit. */
enum doing { DOES_LOGS = 1, DOES_OBSERVED = 2, DOES_COMPILE = 4 };

static const struct {
    enum doing bit;
    const char *words;
} DOINGS[] = {{DOES_LOGS, "logs"}, {DOES_OBSERVED, "observed data"}, {DOES_COMPILE, "--compile"}};

/* Flags that not everything can do anything with. */
static const struct {
    const char *flag;
    unsigned doings;
} FITS[] = {
    {"patterns", DOES_OBSERVED},
    {"index", DOES_LOGS},
    {"logs", DOES_LOGS},
    {"allow", DOES_LOGS},
    {"protect", DOES_LOGS | DOES_COMPILE},
    {"follow", DOES_LOGS},
    {"summary", DOES_LOGS | DOES_OBSERVED},
    {"threads", DOES_LOGS},
    {"report", DOES_LOGS | DOES_OBSERVED},
    {"push-sightings", DOES_LOGS | DOES_OBSERVED},
};

/* Flags that say more of another one, or of either of two. */
static const struct {
    const char *flag;
    const char *needs;
    const char *also; /* or NULL */
} NEEDS[] = {
    {"anew", "from", NULL},
    {"collection", "from", "push-sightings"},
    {"push-collection", "push-sightings", NULL},
    {"push-token-file", "push-sightings", NULL},
    {"yes", "push-sightings", NULL},
};

static enum doing doing_of(const struct cli *cli)
{
    if (cli_has(cli, "compile"))
        return DOES_COMPILE;
    return cli_has(cli, "observed") ? DOES_OBSERVED : DOES_LOGS;
}

/* "logs and observed data" */
static str words_of(struct arena *a, unsigned doings)
{
    str words = {0};
    for (size_t i = 0; i < COUNT_OF(DOINGS); i++) {
        if (doings & DOINGS[i].bit)
            words =
                arena_join(a, words, words.len ? LIT(" and ") : LIT(""), str_of(DOINGS[i].words));
    }
    return words;
}

static err check_fits(struct arena *a, const struct cli *cli, enum doing doing)
{
    for (size_t i = 0; i < COUNT_OF(FITS); i++) {
        if (cli_has(cli, FITS[i].flag) && !(FITS[i].doings & doing))
            return FAIL(a, ERR_USAGE, "--%s goes with %.*s, not with %.*s", FITS[i].flag,
                        STR_ARG(words_of(a, FITS[i].doings)), STR_ARG(words_of(a, doing)));
    }
    if (cli->argument_count && doing != DOES_LOGS)
        return FAIL(a, ERR_USAGE, "log files go not with %.*s", STR_ARG(words_of(a, doing)));
    for (size_t i = 0; i < COUNT_OF(NEEDS); i++) {
        const char *also = NEEDS[i].also ? NEEDS[i].also : NEEDS[i].needs;
        if (cli_has(cli, NEEDS[i].flag) && !cli_has(cli, NEEDS[i].needs) && !cli_has(cli, also))
            return FAIL(a, ERR_USAGE, "--%s goes with --%s URL", NEEDS[i].flag, NEEDS[i].needs);
    }
    return NULL;
}

/* What to look for, and where. */
static err check_asks(struct arena *a, const struct cli *cli, enum doing doing)
{
    bool has_indicators = cli_has(cli, "indicators") || cli_has(cli, "from");
    bool has_wanted = has_indicators || cli_has(cli, "protect") ||
                      (doing == DOES_OBSERVED && cli_has(cli, "patterns"));
    if (has_wanted && cli_has(cli, "index"))
        return FAIL(a, ERR_USAGE,
                    "an index is all that is looked for: give --index FILE alone, or make another "
                    "with --compile of all --indicators FILE");
    if (!has_wanted && !cli_has(cli, "index"))
        return FAIL(a, ERR_USAGE, "say what to look for: %s",
                    doing == DOES_OBSERVED
                        ? "--patterns FILE, --indicators FILE or --from URL"
                        : "--indicators FILE, --from URL, --protect FILE or --index FILE");
    if (doing == DOES_LOGS && !cli_has(cli, "logs") && cli->argument_count == 0)
        return FAIL(a, ERR_USAGE,
                    "say where to look for what --indicators FILE and the like hold: --logs FILE, "
                    "a folder or - for standard input; or --observed FILE for observed data, or "
                    "--compile FILE to write an index");
    return NULL;
}

/* What is asked for must fit together; then it is done. */
static err run_match(struct arena *a, struct match *m)
{
    struct cli *cli = m->cli;
    enum doing doing = doing_of(cli);
    TRY(check_fits(a, cli, doing));
    TRY(check_asks(a, cli, doing));
    TRY(match_report_check(a, m));
    TRY(match_share_open(a, m));
    if (cli_has(cli, "from"))
        TRY(match_pull(a, m));
    if (doing == DOES_COMPILE)
        return match_compile(a, m);
    return doing == DOES_OBSERVED ? match_observed(a, m) : match_logs(a, m);
}

static err run(struct arena *a, struct cli *cli)
{
    struct match m = {.cli = cli, .cache_lock = -1};
    m.trouble = (struct trouble){say_trouble, &m};
    err failure = run_match(a, &m);
    match_pull_done(&m);
    if (failure)
        return failure;
    cli->status = m.trouble_count ? STATUS_TROUBLE : m.found ? STATUS_FOUND : STATUS_NOTHING;
    return NULL;
}

static const struct flag FLAGS[] = {
    {.name = "indicators",
     .value = "FILE",
     .is_repeated = true,
     .help = "STIX, MISP, CSV with a heading, or a list: a value a line"},
    {.name = "from", .value = "URL", .help = "TAXII server to pull indicators from"},
    {.name = "collection", .value = "ID", .help = "The collection there"},
    {.name = "anew",
     .help = "Pull all of it anew, as happens once a day: what was withdrawn there goes"},
    {.name = "index", .value = "FILE", .help = "Indicators as --compile wrote them"},
    {.name = "compile",
     .value = "FILE",
     .help = "Write the indicators as an index that starts at once"},
    {.name = "logs",
     .value = "FILE",
     .is_repeated = true,
     .help = "Log file or folder of them, plain, gzip or zstd; - for standard input"},
    {.name = "patterns",
     .value = "FILE",
     .is_repeated = true,
     .help = "JSON Lines {\"index\": …, \"pattern\": \"…\"}"},
    {.name = "observed",
     .value = "FILE",
     .is_repeated = true,
     .help =
         "STIX with observed data, plain, gzip or zstd: every pattern is evaluated on it, exactly"},
    {.name = "allow",
     .value = "FILE",
     .is_repeated = true,
     .help = "What never fires: a list, CSV, or a warninglist of MISP"},
    {.name = "protect",
     .value = "FILE",
     .is_repeated = true,
     .help = "List of names (yours): report names in logs that look like one, with a score"},
    {.name = "follow",
     .help = "Go on when logs grow, are rotated or appear, as tail -F does; folders, too"},
    {.name = "summary", .help = "Print no hits, only the summary"},
    {.name = "threads", .value = "N", .help = "Threads that scan; unless said, one a core"},
    {.name = "report", .value = "FILE", .help = "Write what was met, how often and when, as JSON"},
    {.name = "push-sightings",
     .value = "URL",
     .help = "TAXII server to send sightings to: counts and times, never a line"},
    {.name = "push-collection", .value = "ID", .help = "The collection there; else --collection"},
    {.name = "push-token-file",
     .value = "FILE",
     .help = "File that holds a Bearer token for it; else --token-file"},
    {.name = "yes", .help = "Agree to the sending of sightings"},
    {.name = "cache",
     .value = "DIR",
     .help = "What is pulled and what waits; else ~/.cache/tocsin"},
    REMOTE_FLAGS,
    {0},
};

static const struct verb VERBS[] = {
    {.name = "",
     .arguments = "[FILE...]",
     .argument_max = ARGUMENTS_ANY,
     .flags = FLAGS,
     .has_json = true,
     .trouble_status = STATUS_TROUBLE,
     .summary = "Sweep logs with indicators, or match patterns against observed data",
     .example = "tocsin match --indicators indicators.json --logs /var/log/proxy --json",
     .run = run},
    {0},
};

const struct command command_match = {
    .name = "match",
    .summary = "Match indicators against your own logs and data, which stay where they are",
    .help =
        "Looks in logs of any shape for the domains (and what lies below them), addresses, "
        "networks, URLs, e-mail addresses, hashes, file and account names of indicators, "
        "defanged, percent-encoded and in Unicode too, and on request for names that look like "
        "yours; or evaluates STIX patterns over observed "
        "data, exactly. Expired, revoked and allowed values are silent. Nothing is sent "
        "anywhere but sightings, if you ask for it and agree: how often and when each indicator "
        "was met. What is broken is named and the rest goes on. The exit status is that of "
        "grep: 0 where something was found, 1 where nothing was, 2 where there was any trouble.",
    .verbs = VERBS,
};
