/*
 * Compressed sets of numbers from 0 to 65,535: one chunk of a view, one chunk of receipts.
 *
 * A thin layer over CRoaring. A set that is no longer changed may be read by many threads. Sets are
 * allocated singly and given back with bitmap_close. The stored form is CRoaring's portable one
 * with exactly one container; bitmap_read checks every byte of it, so that a damaged database gives
 * an error and nothing else.
 */
#ifndef TOCSIN_STORE_BITMAP_H
#define TOCSIN_STORE_BITMAP_H

#include "base/error.h"

#define BITMAP_VALUES 65536

struct bitmap;

struct bitmap *bitmap_open(void);
/* Accepts NULL. */
void bitmap_close(struct bitmap *b);
static inline void bitmap_close_owned(struct bitmap **b)
{
    bitmap_close(*b);
}
struct bitmap *bitmap_copy(const struct bitmap *b);

/* True if `value` was new. */
bool bitmap_add(struct bitmap *b, uint32_t value);
/* True if `value` was there. */
bool bitmap_remove(struct bitmap *b, uint32_t value);

bool bitmap_has(const struct bitmap *b, uint32_t value);
bool bitmap_is_empty(const struct bitmap *b);
bool bitmap_eq(const struct bitmap *x, const struct bitmap *y);
uint32_t bitmap_count(const struct bitmap *b);
/* How many values are `from` or above. */
uint32_t bitmap_count_from(const struct bitmap *b, uint32_t from);

/* The smallest value that is `from` or above; false if there is none. */
bool bitmap_next(const struct bitmap *b, uint32_t from, uint32_t *value);
/* Ascending values from `from` on, at most `max` of them; returns how many. */
size_t bitmap_list(const struct bitmap *b, uint32_t from, uint32_t *values, size_t max);

/* Changes `b`; `other` may be NULL for the empty set. */
void bitmap_unite(struct bitmap *b, const struct bitmap *other);
void bitmap_intersect(struct bitmap *b, const struct bitmap *other);
void bitmap_subtract(struct bitmap *b, const struct bitmap *other);
/* The union of many: a new set. */
struct bitmap *bitmap_union(const struct bitmap *const *sets, size_t count);

/* Chooses the smallest form; for sets that will not change for a while. */
void bitmap_pack(struct bitmap *b);
/* About how much memory it takes. */
size_t bitmap_bytes(const struct bitmap *b);

/* The stored form of a packed set that is not empty. */
str bitmap_write(struct arena *a, const struct bitmap *b);
/* ERR_CORRUPT unless the bytes are exactly one stored set. */
err bitmap_read(struct arena *a, str bytes, struct bitmap **out) MUST_USE;

#endif
