/*
 * Who was told what of a briefing by mail, and the links by which they answer (B11, B14). The
 * database holds the keyed digest of a link's secret. What changes something runs in a write
 * session.
 */
#ifndef TOCSIN_STORE_MAILING_H
#define TOCSIN_STORE_MAILING_H

#include "stix/object.h"
#include "store/store.h"

/* Wrong digits in a row after which the page answers no more. */
#define MAILING_TRIES_MAX 5

/* ---- rounds: a briefing's invitations, looked at one after the other */

struct mail_round {
    str about; /* the briefing, or one of its corrections; empty: none */
    uint32_t after;
};

/* From the first invitation on, also where a round is under way. */
err mailing_begin(struct arena *a, struct session *s, str about) MUST_USE;
err mailing_next(struct arena *a, struct session *s, struct mail_round *out) MUST_USE;
/* It has come so far; `is_done` ends it. */
err mailing_move(struct arena *a, struct session *s, const struct mail_round *r,
                 bool is_done) MUST_USE;

/* ---- what one invitee was told */

struct mail_told {
    str invitation; /* empty: nothing yet */
    int64_t sequence;
    bool is_cancelled;
    int64_t wrong_digits;
    int64_t reminded; /* the round of reminders (store/reminding.h) they had last */
};
/* `out->invitation` is empty where there is nothing. */
err mailing_told(struct arena *a, struct session *s, str invitation,
                 struct mail_told *out) MUST_USE;
err mailing_tell(struct arena *a, struct session *s, const struct mail_told *told) MUST_USE;

/* Who was told something, in the order of the invitations' ids, those behind `after`. */
err mailing_list_told(struct arena *a, struct session *s, str after, size_t limit,
                      struct stix_strs *invitations) MUST_USE;
err mailing_forget(struct arena *a, struct session *s, str invitation) MUST_USE;
/* Drops the links of those who were told nothing (any more). */
err mailing_drop_links(struct arena *a, struct session *s) MUST_USE;

/* ---- links */

err mailing_add_link(struct arena *a, struct session *s, str invitation, str secret) MUST_USE;
/* The invitation that the link belongs to; ERR_NOT_FOUND. */
err mailing_open_link(struct arena *a, struct session *s, str secret, str *invitation) MUST_USE;

#endif
