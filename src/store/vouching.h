/*
 * Who vouched for whom, so that somebody without an account goes to a briefing in their place
 * (B12). Private state. What changes something runs in a write session.
 */
#ifndef TOCSIN_STORE_VOUCHING_H
#define TOCSIN_STORE_VOUCHING_H

#include "store/store.h"

/* How sending them stands. */
enum vouching_state {
    VOUCHING_WAITS,     /* for a call */
    VOUCHING_SENT,      /* they are invited */
    VOUCHING_WITHDRAWN, /* who vouched has answered otherwise since */
};

/* What came of the call. */
enum vouching_outcome {
    VOUCHING_OPEN,
    VOUCHING_CONFIRMED,
    VOUCHING_REFUSED,
    VOUCHING_LAPSED, /* nobody had called when the briefing was over: nobody is asked any more */
};
/* Whether somebody may still call. */
static inline bool vouching_is_uncalled(enum vouching_outcome outcome)
{
    return outcome == VOUCHING_OPEN || outcome == VOUCHING_LAPSED;
}

struct vouching {
    int64_t n;      /* 0: there is none */
    str invitation; /* of who vouched */
    str briefing;
    int64_t voucher; /* person */
    int64_t person;  /* who is vouched for; without an affiliation: their account is another's */
    int64_t org;     /* of both */
    str name;        /* as the voucher gave them */
    str phone;
    enum vouching_state state;
    enum vouching_outcome outcome;
};
struct vouchings {
    struct vouching *items;
    size_t count;
    size_t capacity;
};

/* One that is open; `n` and `outcome` are not read. */
err vouching_add(struct arena *a, struct session *s, const struct vouching *v) MUST_USE;

/* The newest by this invitation. */
err vouching_of_invitation(struct arena *a, struct session *s, str invitation,
                           struct vouching *out) MUST_USE;

/* All for one person in an organization, the newest first. */
err vouching_of_person(struct arena *a, struct session *s, int64_t person, int64_t org,
                       struct vouchings *out) MUST_USE;

/*
 * Those that are open, without the withdrawn, the oldest first. The cost follows from how many
 * those are, and from how many people have ever vouched for anybody.
 */
err vouching_list_open(struct arena *a, struct session *s, struct vouchings *out) MUST_USE;

/* How many people one vouches for whom nobody has called; those who are suspended count not. */
err vouching_count_open(struct arena *a, struct session *s, int64_t voucher, int64_t *out) MUST_USE;

/* Whoever was invited by this has answered otherwise. */
err vouching_withdraw(struct arena *a, struct session *s, str invitation) MUST_USE;

err vouching_note_sent(struct arena *a, struct session *s, int64_t n) MUST_USE;

err vouching_lapse(struct arena *a, struct session *s, int64_t n) MUST_USE;

/* Of all that nobody has called about, for a person in an organization; with the session's actor
 * and time. */
err vouching_close(struct arena *a, struct session *s, int64_t person, int64_t org,
                   enum vouching_outcome outcome) MUST_USE;

#endif
