/*
 * The order of hits.
 */
#include "sweep/hits.h"

#include "base/error.h"

#include <stdlib.h>

struct sweep_hit *sweep_hits_new(struct sweep_hits *hits)
{
    if (hits->count == hits->capacity) {
        hits->capacity = hits->capacity ? hits->capacity * 2 : 256;
        hits->items = realloc(hits->items, hits->capacity * sizeof(*hits->items));
        ASSERT(hits->items != NULL);
    }
    return &hits->items[hits->count++];
}

static int compare_hits(const void *left, const void *right)
{
    const struct sweep_hit *a = left;
    const struct sweep_hit *b = right;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    if (a->entry != b->entry)
        return a->entry < b->entry ? -1 : 1;
    return (a->seen > b->seen) - (a->seen < b->seen);
}

void sweep_hits_settle(struct sweep_hits *hits)
{
    if (hits->count == 0)
        return;
    qsort(hits->items, hits->count, sizeof(*hits->items), compare_hits);
    size_t kept = 0;
    for (size_t i = 0; i < hits->count; i++) {
        const struct sweep_hit *h = &hits->items[i];
        const struct sweep_hit *last = kept ? &hits->items[kept - 1] : NULL;
        if (last == NULL || last->start != h->start || last->entry != h->entry)
            hits->items[kept++] = *h;
    }
    hits->count = kept;
}

void sweep_hits_done(struct sweep_hits *hits)
{
    free(hits->items);
    *hits = (struct sweep_hits){0};
}
