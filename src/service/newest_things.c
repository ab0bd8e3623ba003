/*
 * The newest things of some types, out of every collection.
 */
#include "service/newest_things.h"

#include <stdlib.h>

static int newest_first(const void *a, const void *b)
{
    const struct page_row *one = a;
    const struct page_row *two = b;
    return (one->entry.number < two->entry.number) - (one->entry.number > two->entry.number);
}

static bool is_listed(const struct session *s, const struct reader *r, uint32_t collection)
{
    return collection != s->policy->members && reader_may_read_collection(r, collection);
}

static bool is_asked(const struct newest_things_query *q, uint32_t collection)
{
    bool is_one = q->collection_count == 0;
    for (size_t i = 0; i < q->collection_count && !is_one; i++)
        is_one = q->collections[i] == collection;
    return is_one;
}

static bool is_narrowed(const struct newest_things_query *q)
{
    return q->only || q->fits;
}

/* What one reading of every collection found. */
struct found {
    struct page_row *items; /* the newest first */
    size_t count;
    size_t capacity;
    uint32_t from; /* nothing at or past this number is left out; zero: nothing at all */
};

static err find_in(struct arena *a, struct session *s, const struct reader *r,
                   const struct newest_query *q, struct found *out)
{
    struct page page;
    TRY(newest_read(a, s, r, q, &page));
    for (size_t i = 0; i < page.count; i++)
        *LIST_ADD(a, out) = page.items[i];
    uint32_t last = page.count == q->limit ? page.items[page.count - 1].entry.number : 0;
    out->from = last > out->from ? last : out->from;
    return NULL;
}

static err find(struct arena *a, struct session *s, const struct reader *r,
                const struct newest_things_query *query, struct found *out)
{
    struct newest_query q = {.since_us = query->since_us,
                             .before = query->before,
                             .types = query->types,
                             .type_count = query->type_count,
                             .limit = is_narrowed(query) ? NEWEST_MAX : query->limit,
                             .only = query->only,
                             .wants_listed = true};
    *out = (struct found){0};
    for (size_t i = 0; i < s->policy->collection_count; i++) {
        q.collection = s->policy->collections[i].n;
        if (is_asked(query, q.collection) && is_listed(s, r, q.collection))
            TRY(find_in(a, s, r, &q, out));
    }
    if (out->count)
        qsort(out->items, out->count, sizeof(*out->items), newest_first);
    return NULL;
}

/* An object that stands in several collections is given once. */
static err comes_later(struct arena *a, struct session *s, const struct reader *r,
                       const struct newest_things_query *q, const struct page_row *row, bool *out)
{
    const str type = stix_id_type(row->body.id);
    const struct page_query of_type = {.types = &type, .type_count = 1};
    struct log_entries entries = {0};
    TRY(page_entries_of(a, s, r, row->body.id, 0, &entries));
    *out = false;
    for (size_t i = 0; i < entries.count && !*out; i++) {
        const struct log_entry *e = &entries.items[i];
        if (e->collection != row->entry.collection && e->number > row->entry.number &&
            is_asked(q, e->collection) && is_listed(s, r, e->collection))
            TRY(page_shows(a, s, r, e, &of_type, out));
    }
    return NULL;
}

/* One page on its way. */
struct looking {
    struct newest_things_query q; /* `before` moves along */
    size_t left;                  /* things that may yet be looked at for it */
    struct newest_things found;
};

static err look_at(struct arena *a, struct session *s, const struct reader *r,
                   const struct page_row *row, struct looking *l)
{
    const struct newest_things_query *q = &l->q;
    bool is_wanted = q->only == NULL || page_fits(s, q->only, &row->entry);
    bool is_later = false;
    if (is_wanted && q->fits)
        TRY(q->fits(a, s, r, row, &is_wanted));
    if (is_wanted && q->collection_count != 1)
        TRY(comes_later(a, s, r, q, row, &is_later));
    if (is_wanted && !is_later)
        *LIST_ADD(a, &l->found) = *row;
    l->q.before = row->entry.number;
    l->left -= is_narrowed(q);
    return NULL;
}

/* Goes on behind what is in the list. */
static err read_on(struct arena *a, struct session *s, const struct reader *r, struct looking *l)
{
    struct found found;
    size_t i = 0;
    TRY(find(a, s, r, &l->q, &found));
    for (; i < found.count && l->found.count < l->q.limit && l->left; i++) {
        if (found.items[i].entry.number < found.from)
            break;
        TRY(look_at(a, s, r, &found.items[i], l));
    }
    l->found.next = i < found.count || found.from ? l->q.before : 0;
    return NULL;
}

err newest_things_read(struct arena *a, struct session *s, const struct reader *r,
                       const struct newest_things_query *query, struct newest_things *out)
{
    struct looking l = {.q = *query, .left = NEWEST_LOOKED_MAX};
    l.q.limit = l.q.limit < NEWEST_MAX ? l.q.limit : NEWEST_MAX;
    do {
        TRY(read_on(a, s, r, &l));
    } while (l.found.next && l.found.count < l.q.limit && l.left);
    *out = l.found;
    return NULL;
}
