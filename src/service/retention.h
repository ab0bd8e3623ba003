/*
 * What briefings leave behind is kept as long as the settings say (B27): who was invited, answered,
 * was there and found it useful for `answers_kept_days` after the end; all of the record for
 * `records_kept_days`. Then it is withdrawn and its bytes are removed, unless a hold covers any of
 * it. In small steps, each a commit of its own, so that nobody waits for it.
 */
#ifndef TOCSIN_SERVICE_RETENTION_H
#define TOCSIN_SERVICE_RETENTION_H

#include "store/store.h"

/* Where a walk over all briefings is; starts zeroed. */
struct retention {
    int64_t after; /* the keyed hash of the id of the one looked at last */
    bool has_begun;
    bool has_dropped;
};

/* One step; `*is_done` when the walk has come to its end, from which the next one starts anew. */
err retention_step(struct arena *a, struct store *store, struct retention *walk, int64_t now_us,
                   bool *is_done) MUST_USE;

#endif
