/*
 * Indicators out of files, into an index: STIX bundles and JSON Lines, MISP exports, CSV with a
 * heading, plain lists; told apart by what they begin with.
 */
#ifndef TOCSIN_SWEEP_LOAD_H
#define TOCSIN_SWEEP_LOAD_H

#include "base/clock.h"
#include "sweep/build.h"
#include "sweep/trouble.h"
#include "json/json.h"

/* A time that was read: the next one often stands in the same words. */
struct load_time {
    char text[CLOCK_TEXT_BYTES];
    size_t len;
    int64_t us;
};

struct sweep_load {
    struct sweep_builder *builder;
    const struct trouble *trouble;
    bool (*is_stopped)(void);   /* may be NULL */
    struct arena scratch;       /* of one indicator */
    str file;                   /* the one being read */
    bool protects;              /* its values are names that others may not look like */
    struct sweep_value *values; /* of one pattern: LOAD_VALUES_MAX of them, or NULL */
    struct load_time last_time;
};

/* Accepts a zeroed one; the builder stays. */
void sweep_load_done(struct sweep_load *l);

/* Reads one file ("-": standard input). What is bad in it is said and passed over. */
err sweep_load_file(struct arena *a, struct sweep_load *l, str path) MUST_USE;

/* A list of names that others may not look like (SWEEP_ALIKE). */
err sweep_load_protected(struct arena *a, struct sweep_load *l, str path) MUST_USE;

/* ERR_BUSY once it is stopped. */
err load_check_stop(struct sweep_load *l) MUST_USE;

/* Of the parts: what is bad at a line, and an indicator with its values. */
void load_trouble(struct sweep_load *l, uint64_t line, str words);
err load_add(struct sweep_load *l, struct sweep_indicator *i, const struct sweep_value *values,
             size_t count) MUST_USE;

/* An indicator that cannot be looked for, and why not. */
err load_leave_out(struct sweep_load *l, struct sweep_indicator *i, str why) MUST_USE;

/* Where the reading of a list is; zeroed: at its beginning. */
struct load_list {
    uint64_t lines;
    bool is_table;     /* the first line names columns */
    size_t columns[8]; /* which cell holds what, of a table */
};

/* Goes on with whole lines of a text that is no JSON: CSV or a plain list. */
err load_lines(struct sweep_load *l, struct load_list *list, str text) MUST_USE;

/* A whole list. */
err load_list(struct sweep_load *l, str text) MUST_USE;

/* One event of MISP, or what holds several; false if it is none. */
bool load_is_misp(json object);
err load_misp(struct sweep_load *l, json object, uint64_t line) MUST_USE;

#define LOAD_VALUES_MAX 4096

/* What logs can be searched for of a pattern. */
struct load_found {
    struct sweep_value *values; /* room for LOAD_VALUES_MAX */
    size_t count;
    str left_out;   /* parts of an OR that they cannot be searched for, and why not; or empty */
    bool is_broken; /* some of these because of a fault of the pattern */
};

/*
 * The values of a STIX pattern that is an OR, some part of which compares one thing with values
 * that logs can hold: each such part is enough by itself. Fails where there is none: ERR_NOT_FOUND
 * unless something is at fault.
 */
err load_pattern(struct arena *a, str pattern, bool is_20, struct load_found *out) MUST_USE;

#endif
