/*
 * When people last looked at what is new (private state), by person and organization.
 */
#ifndef TOCSIN_STORE_VISITS_H
#define TOCSIN_STORE_VISITS_H

#include "store/store.h"

/* A look again within this time belongs to the same visit. */
#define VISITS_SAME_US (INT64_C(30) * 60 * US_PER_SECOND)

struct visit {
    int64_t person;
    int64_t org;
    int64_t since_us; /* `added` of the newest entry at the visit before this; 0: none before */
    int64_t seen_us;  /* when they last looked */
};

/* What is new for them is what was added past `since_us`. */
err visits_get(struct arena *a, struct session *s, int64_t person, int64_t org,
               struct visit *out) MUST_USE;

/* In a write session: they look now, at everything added so far. */
err visits_put(struct arena *a, struct session *s, int64_t person, int64_t org) MUST_USE;

#endif
