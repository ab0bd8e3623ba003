/*
 * Making an index: indicators go in one by one, sweep_builder_finish makes it fit for looking up.
 */
#ifndef TOCSIN_SWEEP_BUILD_H
#define TOCSIN_SWEEP_BUILD_H

#include "sweep/index.h"

/* What is known of an indicator beside its values. Texts are copied. */
struct sweep_indicator {
    str id;   /* may be empty */
    str name; /* may be empty */
    str source;
    str phases;   /* sweep/phases.h */
    str left_out; /* parts that cannot be looked for, and why not; empty: there are none */
    str file;
    int64_t modified_us;
    int64_t valid_from_us;
    int64_t valid_until_us; /* 0: no end */
    bool is_revoked;
    bool is_labelled;
    enum tlp label;
    unsigned confidence; /* SWEEP_CONFIDENCE_NONE: not said */
};

struct sweep_builder;

struct sweep_builder *sweep_builder_new(void);

/* Accepts NULL. */
void sweep_builder_free(struct sweep_builder *b);

/*
 * Adds the values of one indicator. Of several versions of it the newest counts, and the later of
 * two equally old. What is left out of it beside them is kept, in words. ERR_TOO_LARGE past what an
 * index can hold.
 */
err sweep_builder_add(struct arena *a, struct sweep_builder *b, const struct sweep_indicator *i,
                      const struct sweep_value *values, size_t count) MUST_USE;

/*
 * An indicator that cannot be looked for in logs, and why not. It is kept by its name, and as any
 * other version it replaces those before it, which fire no more.
 */
err sweep_builder_leave_out(struct arena *a, struct sweep_builder *b,
                            const struct sweep_indicator *i, str why) MUST_USE;

/* What an identity is called: sources that are its id are then shown by that name. */
void sweep_builder_name_source(struct sweep_builder *b, str id, str name);

/* Fills `*out`, which takes the builder over. */
void sweep_builder_finish(struct sweep_builder *b, struct sweep_index *out);

#endif
