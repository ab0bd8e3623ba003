/*
 * Under which audiences something of a type names a target, beside the rows of the index `about`:
 * a list of them costs by what its reader may read and, for all that is hidden, five bytes for each
 * audience (V1, O1). In parts, so that one more audience rewrites one part. For about.c and
 * narrowing only.
 */
#ifndef TOCSIN_STORE_ABOUT_AUDIENCES_H
#define TOCSIN_STORE_ABOUT_AUDIENCES_H

#include "store/about.h"

/* In the order in which they came. */
err about_audiences_get(struct arena *a, struct db *db, const struct about_key *key,
                        struct key_audiences *out) MUST_USE;
/* One part of them, from 0; none: there are no more. */
err about_audiences_part(struct arena *a, struct db *db, const struct about_key *key, int64_t part,
                         struct key_audiences *out) MUST_USE;
/* Before its first row stands there. */
err about_audiences_put(struct arena *a, struct db *db, const struct about_key *key,
                        uint32_t audience) MUST_USE;
/* Makes them what the rows say. */
err about_audiences_mend(struct arena *a, struct db *db, const struct about_key *key) MUST_USE;

/* The rows of an entry that goes to another audience, and what says so. */
err about_audiences_move(struct arena *a, struct db *db, uint32_t number,
                         uint32_t audience) MUST_USE;
/* Under which keys the rows of an entry stand. */
err about_keys_of(struct arena *a, struct db *db, uint32_t number, struct about_keys *out) MUST_USE;

#endif
