/*
 * What the parts of `tocsin match` share: troubles that do not end the run, and lines of JSON.
 */
#ifndef TOCSIN_CLI_MATCH_H
#define TOCSIN_CLI_MATCH_H

#include "cli/command.h"
#include "sweep/trouble.h"
#include "json/write.h"

/* One run. */
struct match {
    struct cli *cli;
    struct trouble trouble; /* notes on standard error, counted here: */
    uint64_t trouble_count;
    uint64_t found; /* matches, or hits */
};

/* Says it at once; from then on the exit status is 2. */
void match_trouble(struct match *m, str place, str words);

/* A line of JSON on standard output. */
void match_print_json(struct match *m, const struct buf *text);

/* Patterns (--patterns, --indicators) over observed data. */
err match_observed(struct arena *a, struct match *m) MUST_USE;

#endif
