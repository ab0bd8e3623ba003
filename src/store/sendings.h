/*
 * Orders to invite people that are not carried out yet (private state): whom, and how far it is, so
 * that a restart goes on where it stopped.
 */
#ifndef TOCSIN_STORE_SENDINGS_H
#define TOCSIN_STORE_SENDINGS_H

#include "store/store.h"

struct sending_invitee {
    int64_t person;
    int64_t org;
    int64_t duty; /* enum duty; -1: none */
};

struct sending {
    str briefing; /* its id */
    int64_t ordered_us;
    int64_t actor; /* who ordered it */
    struct sending_invitee *people;
    size_t total;
    size_t done;
};

/* In a write session. One briefing has one order at a time: it takes the place of a finished one.
 */
err sendings_put(struct arena *a, struct session *s, const struct sending *sending) MUST_USE;
/* In a write session: how far it is. */
err sendings_set_done(struct arena *a, struct session *s, str briefing, size_t done) MUST_USE;
/* ERR_NOT_FOUND: nothing was ever ordered. */
err sendings_get(struct arena *a, struct session *s, str briefing, struct sending *out) MUST_USE;
/* A briefing whose order is not carried out; empty where there is none. */
err sendings_next(struct arena *a, struct session *s, str *briefing) MUST_USE;

#endif
