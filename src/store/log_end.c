/*
 * Finding what an object points at or contains, as its author can (G6, G7).
 */
#include "store/log_outlook.h"
#include "store/page.h"

static void keep_collection(struct log_entries *entries, uint32_t collection)
{
    size_t kept = 0;
    for (size_t i = 0; i < entries->count; i++) {
        if (entries->items[i].collection == collection)
            entries->items[kept++] = entries->items[i];
    }
    entries->count = kept;
}

static bool has_collection(const struct log_entries *entries, uint32_t collection)
{
    for (size_t i = 0; i < entries->count; i++) {
        if (entries->items[i].collection == collection)
            return true;
    }
    return false;
}

err log_find_end(struct arena *a, struct session *s, const struct reader *r, str id,
                 uint32_t collection, struct log_entries *candidates)
{
    TRY(page_entries_of(a, s, r, id, 0, candidates));
    if (candidates->count == 0)
        return NULL;
    uint32_t where = collection;
    if (!has_collection(candidates, collection))
        where = candidates->items[0].collection; /* the earliest readable one's */
    keep_collection(candidates, where);
    page_choose_lineage(s, where, candidates);
    size_t newest = 0;
    for (size_t i = 1; i < candidates->count; i++) {
        if (candidates->items[i].version_us > candidates->items[newest].version_us)
            newest = i;
    }
    candidates->items[0] = candidates->items[newest];
    candidates->count = 1;
    return NULL;
}
