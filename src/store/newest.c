/*
 * A page read at the end of the log: how far from the end it must begin is found by trying.
 */
#include "store/newest.h"

#define FIRST_SPAN 256
#define SPAN_GROWTH 8
#define TRIES_MAX 40

/* One try: what lies past a number, no more than `limit` and one of it. */
static err try_from(struct arena *a, struct session *s, const struct reader *r,
                    const struct newest_query *q, uint32_t after, struct page *out)
{
    const struct page_query query = {.collection = q->collection,
                                     .since = after,
                                     .after = after,
                                     .before = q->before,
                                     .limit = NEWEST_MAX,
                                     .types = q->types,
                                     .type_count = q->type_count,
                                     .only = q->only,
                                     .wants_listed = q->wants_listed};
    *out = (struct page){0};
    return page_read(a, s, r, &query, out);
}

static void reverse(struct page *page, size_t limit)
{
    for (size_t i = 0; i < page->count / 2; i++) {
        struct page_row row = page->items[i];
        page->items[i] = page->items[page->count - 1 - i];
        page->items[page->count - 1 - i] = row;
    }
    page->count = page->count < limit ? page->count : limit;
}

/* The newest number that may be given. */
static uint32_t last_of(const struct session *s, const struct newest_query *q)
{
    return q->before ? q->before - 1 : views_last_number(s->store->views);
}

err newest_read(struct arena *a, struct session *s, const struct reader *r,
                const struct newest_query *q, struct page *out)
{
    ASSERT(q->limit > 0 && q->limit <= NEWEST_MAX && q->type_count > 0);
    uint32_t first;
    struct page page = {0};
    TRY(log_number_after(a, s, q->since_us, &first));
    uint32_t last = last_of(s, q);
    uint32_t least = first ? first - 1 : 0; /* nothing at or below it is wanted */
    uint32_t too_many = least;              /* from here on there are more than a page takes */
    uint32_t too_few = last;                /* from here on there are fewer than are wanted */
    bool is_known = false;                  /* whether there are too many from `too_many` on */
    for (unsigned i = 0; i < TRIES_MAX && too_many < too_few; i++) {
        uint64_t span = (uint64_t)(last - too_few) * SPAN_GROWTH;
        span = span < FIRST_SPAN ? FIRST_SPAN : span;
        uint32_t after = last - least > span ? last - (uint32_t)span : least;
        if (is_known && after <= too_many)
            after = too_many + (too_few - too_many) / 2;
        TRY(try_from(a, s, r, q, after, &page));
        if (!page.has_more && (page.count >= q->limit || after == least))
            break;
        if (page.has_more && is_known && after == too_many)
            break; /* as near as it gets: older ones of one moment */
        if (page.has_more)
            too_many = after;
        else
            too_few = after;
        is_known |= page.has_more;
    }
    reverse(&page, q->limit);
    *out = page;
    return NULL;
}
