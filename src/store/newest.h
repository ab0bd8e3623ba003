/*
 * The newest things first: what a reader finds new, without walking through all there is.
 */
#ifndef TOCSIN_STORE_NEWEST_H
#define TOCSIN_STORE_NEWEST_H

#include "store/page.h"

/* At most this many are given. */
#define NEWEST_MAX 100

struct newest_query {
    uint32_t collection;
    int64_t since_us; /* added past this */
    uint32_t before;  /* numbers below this one, for the page behind another; zero: all */
    const str *types;
    size_t type_count;            /* at least one */
    size_t limit;                 /* at most NEWEST_MAX */
    const struct page_only *only; /* NULL: by anybody, under any label */
    bool wants_listed;            /* bytes, but of what is long (LOG_LISTED_BYTES_MAX) */
};

/*
 * The newest version of each object, the newest entry first: at most `limit`, all of them added
 * past `since_us`. Looks at ever larger ends of the log, so that it costs by what it gives. In a
 * read session that holds its views.
 */
err newest_read(struct arena *a, struct session *s, const struct reader *r,
                const struct newest_query *q, struct page *out) MUST_USE;

#endif
