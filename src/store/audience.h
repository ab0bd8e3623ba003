/*
 * Interned audiences and named audiences (rules G4 to G6), as the gate reads them.
 *
 * Both grow only. The table in memory is shared by all sessions of a store; a session looks no
 * further than the counts of its own snapshot. What a write session interned and rolled back is
 * forgotten before its lock is given up.
 */
#ifndef TOCSIN_STORE_AUDIENCE_H
#define TOCSIN_STORE_AUDIENCE_H

#include "db/db.h"
#include "gate/gate.h"

struct audience_table;

struct audience_table *audience_table_open(void);
/* Accepts NULL. */
void audience_table_close(struct audience_table *t);

/* Loads what `db` has past what is known, up to the two counts. */
err audience_table_catch_up(struct arena *a, struct audience_table *t, struct db *db,
                            size_t audience_count, size_t named_count) MUST_USE;

/* Forgets everything past the two counts. */
void audience_table_cut(struct audience_table *t, size_t audience_count, size_t named_count);

/* How many there are; numbers run from 1 to the count. */
void audience_table_counts(struct audience_table *t, size_t *audience_count, size_t *named_count);

/* Audience `n` (1 up to the count); lives as long as the table. */
const struct gate_audience *audience_get(struct audience_table *t, uint32_t n);
/* Whether anything in it is RED, carried or its own. */
bool audience_holds_red(const struct gate_audience *audience);

/* All named audiences; lives as long as the table. */
struct gate_names audience_names(struct audience_table *t);

/* In a write session: the number of a set of clauses (in any order, doubles welcome). */
err audience_intern(struct arena *a, struct audience_table *t, struct db *db,
                    const struct gate_audience *audience, uint32_t *out) MUST_USE;

/* In a write session: the union of two interned audiences. */
err audience_intern_union(struct arena *a, struct audience_table *t, struct db *db, uint32_t first,
                          uint32_t second, uint32_t *out) MUST_USE;

/* A named audience as its contributor defined it. */
struct audience_definition {
    str id;
    int64_t contributor;
    str bytes; /* the exact JSON of the marking definition */
};

/* In a write session: its number. */
err audience_intern_named(struct arena *a, struct audience_table *t, struct db *db,
                          const struct audience_definition *named, uint32_t *out) MUST_USE;

#endif
