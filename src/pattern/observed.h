/*
 * What patterns are evaluated on: observed data (STIX 2.1 §4.14) with the objects it refers to.
 *
 * An observed-data with number_observed n stands for n observations between its first and its
 * last time. Only objects that it lists can be reached from it. The JSON documents that are given
 * must live as long as the `struct observed`.
 */
#ifndef TOCSIN_PATTERN_OBSERVED_H
#define TOCSIN_PATTERN_OBSERVED_H

#include "base/map.h"
#include "json/json.h"

struct observation {
    str id;
    int64_t first_us;
    int64_t last_us;
    uint64_t count; /* number_observed */
    json *objects;  /* the listed ones that are there, in the order of the list */
    size_t object_count;
    struct map by_ref; /* what a reference inside may name: its object */
};

/* An observed-data that cannot be used, and why. */
struct observed_fault {
    str id;
    str text;
};

struct observed_faults {
    struct observed_fault *items;
    size_t count;
    size_t capacity;
};

struct observed {
    struct observation *items;
    size_t count;
    size_t capacity;
    struct observed_faults faults;
};

/*
 * Gathers the observed-data among `objects` (of STIX 2.1, and of 2.0 with its objects inside),
 * which may come from several bundles; of two objects with one id the later counts. Never fails:
 * what is broken is in `faults` and left out.
 */
void observed_gather(struct arena *a, const json *objects, size_t count, struct observed *out);

#endif
