/*
 * What is reminded of by mail, how often that was done, and when it is due by itself: private
 * state. What changes something runs in a write session.
 */
#ifndef TOCSIN_STORE_REMINDING_H
#define TOCSIN_STORE_REMINDING_H

#include "store/store.h"

#define REMINDING_NEVER INT64_MAX

struct reminding {
    str about;        /* the id of a briefing, whose invitations are meant, or of a commitment */
    int64_t rounds;   /* how often it was done */
    int64_t asked_us; /* the last time; 0: never */
    int64_t due_us;   /* by itself; REMINDING_NEVER: not, or not again */
};

/* What was never put is due never, and was never asked. */
err reminding_get(struct arena *a, struct session *s, str about, struct reminding *out) MUST_USE;
/* The one that is due first at `now_us`; its `about` is empty where none is. */
err reminding_next(struct arena *a, struct session *s, int64_t now_us,
                   struct reminding *out) MUST_USE;
err reminding_put(struct arena *a, struct session *s, const struct reminding *r) MUST_USE;

#endif
