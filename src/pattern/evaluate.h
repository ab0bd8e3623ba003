/*
 * Whether a pattern matches observed data (STIX 2.1 §9).
 *
 *     pattern_read -> pattern_prepare, once -> pattern_evaluate, as often as wanted ->
 * pattern_release
 *
 * Evaluation is exact and bounded: a pattern that needs more steps than PATTERN_STEPS_LIMIT over
 * the data, or a regular expression more than its own limit, is given up with words, never
 * answered wrongly. The choices of section 9 that are easy to miss:
 *
 * - All comparisons of one [ … ] start at the same object; a path that resolves to nothing makes a
 *   comparison false, also with != and NOT; with [*] one element suffices, also with != and NOT.
 * - Values of incompatible types are unequal and not comparable: only != is true, and NOT turns it.
 * - Observations combined by AND, FOLLOWEDBY and REPEATS are different ones.
 * - Where an observed-data spans some time, its observations may be at any instant of it.
 */
#ifndef TOCSIN_PATTERN_EVALUATE_H
#define TOCSIN_PATTERN_EVALUATE_H

#include "pattern/observed.h"
#include "pattern/pattern.h"

#define PATTERN_STEPS_LIMIT ((uint64_t)1 << 27)

/*
 * Makes what evaluation needs of each comparison: compiled expressions, normal forms, subnets.
 * ERR_INPUT with the column for a regular expression that PCRE2 refuses. Whatever it returns,
 * pattern_release must follow.
 */
err pattern_prepare(struct arena *a, struct pattern *p) MUST_USE;

/* Accepts a pattern that was not prepared. */
void pattern_release(struct pattern *p);

struct pattern_verdict {
    bool is_match;
    const uint32_t *observations; /* a match: what is bound, indexes in order, each once */
    size_t count;
};

/* `a` holds the verdict and what is needed on the way. ERR_TOO_LARGE where it is given up. */
err pattern_evaluate(struct arena *a, const struct pattern *p, const struct observed *data,
                     struct pattern_verdict *out) MUST_USE;

/*
 * The values at the end of `path` in an object of its type, one call each, until one returns true:
 * then true. For what indexes patterns by their values.
 */
typedef bool pattern_value_fn(void *context, json value);
bool pattern_each_value(const struct pattern_path *path, const struct observation *where,
                        json object, pattern_value_fn *fn, void *context);

#endif
