/*
 * Elections that the steward keeps: primaries, special elections and the like. In one jurisdiction
 * there is one of a kind a day.
 */
#ifndef TOCSIN_STORE_ELECTIONS_H
#define TOCSIN_STORE_ELECTIONS_H

#include "store/store.h"

#define ELECTIONS_MAX 20000

struct election {
    str id; /* election--UUID */
    str name;
    str jurisdiction; /* canonical */
    str kind;
    int64_t day; /* since 1970 */
};
struct elections {
    struct election *items;
    size_t count;
    size_t capacity;
};

/* All of them by day, jurisdiction and kind. */
err elections_list(struct arena *a, struct session *s, struct elections *out) MUST_USE;

/* ERR_NOT_FOUND. */
err elections_get(struct arena *a, struct session *s, str id, struct election *out) MUST_USE;

/* The one of that jurisdiction, day and kind; its id stays empty where there is none. */
err elections_find(struct arena *a, struct session *s, const struct election *like,
                   struct election *out) MUST_USE;

/* The first in a jurisdiction on or after a day; its id stays empty where there is none. */
err elections_next(struct arena *a, struct session *s, str jurisdiction, int64_t day,
                   struct election *out) MUST_USE;

/* In a write session. Without an id: a new one, whose id is set. */
err elections_put(struct arena *a, struct session *s, struct election *election) MUST_USE;
err elections_remove(struct arena *a, struct session *s, str id) MUST_USE;

#endif
