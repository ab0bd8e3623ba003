/*
 * How long work reports how far it is, and learns that it is to end.
 */
#ifndef TOCSIN_SERVICE_WATCH_H
#define TOCSIN_SERVICE_WATCH_H

#include "base/error.h"

/* The zeroed watch reports nothing and is never stopped. */
struct watch {
    /* `total` may be 0 (not known), and may grow. */
    void (*on_progress)(void *context, uint64_t done, uint64_t total);
    /* An error once the work is to end in order. */
    err (*check_stop)(struct arena *a);
    void *context;
};

static inline void watch_progress(const struct watch *w, uint64_t done, uint64_t total)
{
    if (w->on_progress)
        w->on_progress(w->context, done, total);
}

static inline MUST_USE err watch_stop(struct arena *a, const struct watch *w)
{
    return w->check_stop ? w->check_stop(a) : NULL;
}

#endif
