/*
 * The outlook: what a submission as a whole says about each of its objects. For log_*.c only.
 */
#ifndef TOCSIN_STORE_LOG_OUTLOOK_H
#define TOCSIN_STORE_LOG_OUTLOOK_H

#include "store/log.h"

/* The label and audience of one object in one collection, worked out. */
struct outlook_answer {
    uint32_t clause;   /* its own clause as an interned audience */
    uint32_t audience; /* with what it carries */
    bool is_explicit;
    bool lacks_definition;
    bool is_exercise;        /* by its own marking, or by what it points at (B25) */
    bool is_exercise_marked; /* by its own */
    str refusal;             /* not empty: G7, or a redefinition of TLP */
    const int64_t *awaited;  /* hashes of ends that were not there */
    size_t awaited_count;
    const uint32_t *carried_entries; /* pointing entries among its ends */
    size_t carried_count;
};

/* After outlook_settle; `collection` is an index into the submission's collections. */
struct outlook_answer outlook_answer(const struct outlook *o, size_t index, size_t collection);

#endif
