/*
 * Names in patterns that STIX does not know: a mistyped one is a good pattern that never matches.
 */
#ifndef TOCSIN_CLI_PATTERN_NAMES_H
#define TOCSIN_CLI_PATTERN_NAMES_H

#include "pattern/pattern.h"

struct pattern_doubts {
    str *items; /* each begins with the place, as errors do */
    size_t count;
    size_t capacity;
};

/* Object types and first properties that are none of STIX 2.1's, and constants that cannot fit. */
void pattern_names_check(struct arena *a, const struct pattern *p, struct pattern_doubts *out);

#endif
