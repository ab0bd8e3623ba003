/*
 * Hits of a sweep: which of them count, how they are printed, and what is said of them at the end.
 */
#ifndef TOCSIN_CLI_MATCH_HITS_H
#define TOCSIN_CLI_MATCH_HITS_H

#include "cli/match.h"
#include "sweep/allow.h"
#include "sweep/logs.h"

/* What is kept of an entry of the index that was met, or given up. */
struct match_tally {
    uint32_t entry;
    uint32_t count; /* 0: given up only */
    bool has_time;  /* a line said when it was */
    int64_t first_us;
    int64_t last_us;
    bool is_given_up; /* that was said */
    str file;         /* where it was met last */
    uint64_t line;
};

struct match_tallies {
    struct match_tally *items; /* in the order in which they were met first */
    size_t count;
    size_t capacity;
    uint32_t *of; /* by entry: which of the items, + 1; 0: none */
};

struct match_hits {
    struct match *match;
    const struct sweep_index *index;
    const struct sweep_allow *allow;
    struct arena arena;
    struct match_tallies tallies;
    /* Lines by indicator, under the first of its entries; `of` is NULL where nobody asks. */
    struct match_tallies sighted;
    int64_t now_us;
    bool is_quiet;     /* the summary only */
    bool follows;      /* each piece is of now, and its hits are to be seen at once */
    bool is_cut;       /* it was stopped before all was swept */
    uint64_t silenced; /* hits that do not count: expired, revoked, allowed */
    struct buf line;
    /* Of the line of the hit before, in the same piece. */
    const char *timed_line;
    bool has_time;
    int64_t time_us;
};

void match_hits_init(struct match_hits *h, struct match *m, const struct sweep_index *x,
                     const struct sweep_allow *allow);

/* Accepts a zeroed one. */
void match_hits_done(struct match_hits *h);

/* on_piece of logs_options. */
bool match_hits_on_piece(void *context, const struct logs_piece *piece);

/* What was met, by value, the most often met first: `max` of the `*count` at most. */
struct match_mets match_hits_met(struct arena *a, const struct match_hits *h, size_t max,
                                 size_t *count);

/* What was met, by indicator, each line once: of which sightings are made. */
struct match_mets match_hits_sighted(struct arena *a, const struct match_hits *h);

/* The summary on standard error. */
void match_hits_summary(const struct match_hits *h, const struct logs_totals *totals,
                        int64_t elapsed_us);

/* "3 of them cannot be looked for in logs, 1 in part only" */
str match_left_out_counts(struct arena *a, const struct sweep_counts *counts);

/*
 * The indicators that cannot be looked for in logs, or in part only, on standard error: the first
 * ones by name.
 */
void match_note_left_out(struct cli *cli, const struct sweep_index *x);

/* The report of --report: what was met, not where. */
err match_hits_report(struct arena *a, const struct match_hits *h, const struct logs_totals *totals,
                      str path) MUST_USE;

/* What is known of the entry's indicator; borrows from the index. */
struct match_indicator match_indicator_of(struct arena *a, const struct sweep_index *x,
                                          const struct sweep_entry *e);

/* "indicator--…" in `a`; empty if it has none. */
str match_indicator_id(struct arena *a, const struct sweep_entry *e);

#endif
