/*
 * Object paths (STIX 2.1 §9.7) over JSON.
 */
#ifndef TOCSIN_PATTERN_PATH_H
#define TOCSIN_PATTERN_PATH_H

#include "pattern/evaluate.h"

struct path_walk {
    const struct pattern_path *path;
    const struct observation *where; /* references reach its objects only */
    pattern_value_fn *fn;
    void *context;
    uint64_t *budget; /* one for each step; stops at zero. NULL: without limit */
};

/* Calls `fn` for each value that the path reaches in `object`, until it returns true: then true. */
bool path_walk(struct path_walk *w, json object);

/* The last name of the path, or empty where it ends in an index. */
str path_property(const struct pattern_path *path);

#endif
