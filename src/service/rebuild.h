/*
 * Deriving again everything that is derived from the log, and comparing it with what was there
 * (S15). Works while the server runs.
 */
#ifndef TOCSIN_SERVICE_REBUILD_H
#define TOCSIN_SERVICE_REBUILD_H

#include "service/watch.h"
#include "store/store.h"

struct rebuild_report {
    uint64_t entries;
    uint64_t keys;               /* ids under which entries are found */
    uint64_t keys_differed;      /* missing, wrong, or standing for nothing */
    uint64_t marks_differed;     /* of withdrawn entries */
    uint64_t briefings_differed; /* entries indexed wrongly for briefings */
    bool views_differed;
    str views_words; /* the first difference; empty: none */
    bool search_differed;
};

err rebuild_run(struct arena *a, struct store *store, const struct watch *watch,
                struct rebuild_report *out) MUST_USE;

static inline bool rebuild_was_equal(const struct rebuild_report *r)
{
    return r->keys_differed == 0 && r->marks_differed == 0 && r->briefings_differed == 0 &&
           !r->views_differed && !r->search_differed;
}

#endif
