/*
 * The newest things of some types that a person reads, out of every collection but that of members,
 * each object once: where something of it came last (L3). Of some collections alone, where it came
 * last in one of those.
 */
#ifndef TOCSIN_SERVICE_NEWEST_THINGS_H
#define TOCSIN_SERVICE_NEWEST_THINGS_H

#include "store/newest.h"

struct newest_things_query {
    const str *types;
    size_t type_count;
    int64_t since_us; /* added past this */
    uint32_t before;  /* entries below this number, for the page behind another; zero: all */
    size_t limit;     /* more than NEWEST_MAX is as much as NEWEST_MAX */
    const uint32_t *collections; /* of any of these; of none: of all */
    size_t collection_count;
    const struct page_only *only; /* NULL: by anybody, under any label */
    /* What else must be true of a thing; NULL: nothing. */
    err (*fits)(struct arena *a, struct session *s, const struct reader *r,
                const struct page_row *row, bool *out);
};

/*
 * Where not everything fits, so many of the things that the store gives are looked at for one page:
 * there may be fewer on it than `limit`, and more behind it.
 */
#define NEWEST_LOOKED_MAX 500

struct newest_things {
    struct page_row *items; /* the newest first, with their bytes */
    size_t count;
    size_t capacity;
    uint32_t next; /* `before` of the page behind this one; zero: there is none */
};

/* Newest versions. In a read session that holds its views. */
err newest_things_read(struct arena *a, struct session *s, const struct reader *r,
                       const struct newest_things_query *q, struct newest_things *out) MUST_USE;

#endif
