/*
 * What the parts of `tocsin match` share: troubles that do not end the run, and lines of JSON.
 */
#ifndef TOCSIN_CLI_MATCH_H
#define TOCSIN_CLI_MATCH_H

#include "cli/match_met.h"
#include "cli/progress.h"
#include "service/remote.h"
#include "sweep/trouble.h"

/* One run. */
struct match {
    struct cli *cli;
    struct trouble trouble; /* notes on standard error, counted here: */
    uint64_t trouble_count;
    uint64_t found;   /* matches, or hits */
    const str *extra; /* files of indicators beside --indicators: what was pulled */
    size_t extra_count;
    struct progress bar;        /* of the sweep */
    int cache_lock;             /* while what was pulled is read; else -1 */
    struct remote_options from; /* how --from and --push-sightings are reached: */
    struct remote_options push;
};

/* Says it at once; from then on the exit status is 2. */
void match_trouble(struct match *m, str place, str words);

/* A line of JSON on standard output. */
void match_print_json(struct match *m, const struct buf *text);

/* Patterns (--patterns, --indicators) over observed data. */
err match_observed(struct arena *a, struct match *m) MUST_USE;

/* Indicators over logs. */
err match_logs(struct arena *a, struct match *m) MUST_USE;

/* Indicators into an index file (--compile). */
err match_compile(struct arena *a, struct match *m) MUST_USE;

/*
 * What --from and --push-sightings need, before anything takes long: credentials are read, and
 * what is missing is said.
 */
err match_share_open(struct arena *a, struct match *m) MUST_USE;

/* Brings the cache of --from up to date; what it holds are indicators of this run. */
err match_pull(struct arena *a, struct match *m) MUST_USE;

/* Once they are read, other runs may pull. May be called where nothing was pulled. */
void match_pull_done(struct match *m);

/*
 * Sightings of what was met, if --push-sightings asks for them: shown, and sent if that was agreed
 * to.
 */
err match_push_sightings(struct arena *a, struct match *m, const struct match_mets *mets) MUST_USE;

/* ERR_IO unless --report, if given, can be written. */
err match_report_check(struct arena *a, struct match *m) MUST_USE;

#endif
