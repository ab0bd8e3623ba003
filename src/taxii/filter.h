/*
 * The filters of TAXII 2.1 §3.4 and paging of §3.5: from a query string to a page_query.
 */
#ifndef TOCSIN_TAXII_FILTER_H
#define TOCSIN_TAXII_FILTER_H

#include "http/query.h"
#include "store/page.h"

/* Which filters a resource takes. */
#define TAXII_FILTER_ADDED_AFTER 1u
#define TAXII_FILTER_ID 2u
#define TAXII_FILTER_TYPE 4u
#define TAXII_FILTER_VERSION 8u
#define TAXII_FILTER_SPEC 16u
#define TAXII_FILTER_PAGING 32u
#define TAXII_FILTER_ALL 63u

struct taxii_filter {
    struct page_query query; /* `after`, `since` and `collection` are set by taxii_filter_place */
    bool has_added_after;
    int64_t added_after_us;
    bool has_limit;
    bool has_next;
    str next;             /* still sealed */
    bool matches_nothing; /* match[spec_version] names none we know */
    str canonical;        /* the filters in a fixed form: for `next` and for cache keys */
};

/*
 * Reads a query. ERR_INPUT with words: a parameter twice, a limit that is no positive number, a
 * time that is no RFC 3339 timestamp in UTC, an unknown version keyword. Unknown parameters are
 * ignored.
 */
err taxii_filter_read(struct arena *a, const struct http_query *query, unsigned allowed,
                      struct taxii_filter *out) MUST_USE;

/*
 * Finds the place in the log: opens `next` where there is one (ERR_INPUT if it was not made here or
 * asks for something else), looks `added_after` up otherwise. `reader_key` binds a `next` to
 * whoever got it.
 */
err taxii_filter_place(struct arena *a, struct session *s, uint32_t collection, str path,
                       struct taxii_filter *f) MUST_USE;

/* The `next` that goes on behind `last_number`. */
str taxii_next(struct arena *a, const struct session *s, const struct taxii_filter *f, str path,
               uint32_t last_number);

#endif
