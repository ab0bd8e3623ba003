/*
 * Which hosts are asked to approve what of a briefing, since when, and when they are told again
 * (B8): private state. What changes something runs in a write session.
 */
#ifndef TOCSIN_STORE_ASKING_H
#define TOCSIN_STORE_ASKING_H

#include "store/store.h"

struct asking {
    str briefing;
    int64_t org;
    int64_t scope;
    int64_t asked_us;
    int64_t until_us;
    int64_t told;   /* times */
    int64_t due_us; /* INT64_MAX: not again */
};
struct askings {
    struct asking *items;
    size_t count;
    size_t capacity;
};

/* All of a briefing. */
err asking_list(struct arena *a, struct session *s, str briefing, struct askings *out) MUST_USE;
/* The one for an organization and scope; NULL: they are not asked. */
const struct asking *asking_find(const struct askings *list, int64_t org, int64_t scope);
/* The one that is due first at `now_us`; its briefing is empty where none is. */
err asking_next(struct arena *a, struct session *s, int64_t now_us, struct asking *out) MUST_USE;
/* Makes it, or takes the place of the one for the same briefing, organization and scope. */
err asking_put(struct arena *a, struct session *s, const struct asking *asking) MUST_USE;
err asking_end(struct arena *a, struct session *s, const struct asking *asking) MUST_USE;

#endif
