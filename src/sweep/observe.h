/*
 * Many patterns over observed data, each exactly.
 *
 * A pattern that is one comparison of strings, or an OR of them, is kept as its path and values
 * only, in a table: its cost does not grow with the number of patterns. All others are evaluated
 * one after the other. The answers are the same.
 */
#ifndef TOCSIN_SWEEP_OBSERVE_H
#define TOCSIN_SWEEP_OBSERVE_H

#include "pattern/evaluate.h"

struct observe;

/* An empty set of patterns, in `a`. */
struct observe *observe_open(struct arena *a);

/* Accepts NULL. */
void observe_close(struct observe *o);

/*
 * Adds a pattern, which is counted from 0 in the order of adding. ERR_INPUT for one that cannot be
 * read: it has a number all the same, and matches nothing. `text` is copied.
 */
err observe_add(struct arena *a, struct observe *o, str text, bool is_20) MUST_USE;

struct observe_result {
    size_t number;                /* of the pattern */
    err failure;                  /* NULL, or why it was given up */
    const uint32_t *observations; /* what is bound; for a pattern of the table the first one */
    size_t count;
};

typedef err observe_fn(void *context, const struct observe_result *result);

/* Calls `fn` for each pattern that matches or is given up, in the order of their numbers. */
err observe_run(struct observe *o, const struct observed *data, observe_fn *fn,
                void *context) MUST_USE;

#endif
