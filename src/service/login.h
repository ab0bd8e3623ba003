/*
 * Who is asking: bearer tokens, client certificates and passwords (S10 to S12, G10).
 *
 * Tokens and certificates are looked up in the policy on every request. Passwords are hashed on one
 * thread, whose queue is fair by address; a verified one is remembered for five minutes under a
 * keyed hash of this process, and forgotten when the policy changes. Failed sign-ins are throttled
 * per account and address; unknown accounts behave as known ones, in time too.
 */
#ifndef TOCSIN_SERVICE_LOGIN_H
#define TOCSIN_SERVICE_LOGIN_H

#include "store/store.h"

/* What came with a request. Texts live as long as the request. */
struct credentials {
    str authorization;                /* the header's value; empty if absent */
    const unsigned char *fingerprint; /* SHA-256 of a client certificate, or NULL */
    str peer;                         /* address of the client */
};

/* Row numbers, good for any policy; all zero is the anonymous. */
struct identity {
    int64_t org;
    int64_t person;
    int64_t token;
};

struct login;

err login_open(struct arena *a, struct store *store, struct login **out) MUST_USE;
/* Accepts NULL. */
void login_close(struct login *l);

/*
 * Decides at once where that is possible. `*needs_hashing`: a password must be hashed first; call
 * login_later. ERR_UNAUTHENTICATED: wrong, expired, revoked, suspended: always the same words.
 * ERR_FORBIDDEN: a right password of a person with several organizations (S12). ERR_THROTTLED: too
 * many failures; `login_retry_seconds` says how long to wait. ERR_INPUT: an unreadable header.
 * A certificate counts where there is no Authorization header; an unknown certificate is anonymous.
 */
err login_now(struct arena *a, struct session *s, struct login *l, const struct credentials *c,
              struct identity *out, bool *needs_hashing) MUST_USE;

/*
 * Hashes on the login's thread and calls `done` there, once. The credentials must stay until then.
 * ERR_BUSY (returned, `done` is not called): the queue is full.
 */
err login_later(struct arena *a, struct login *l, const struct credentials *c,
                void (*done)(void *context, err failure, const struct identity *who),
                void *context) MUST_USE;

/* For Retry-After with ERR_THROTTLED. */
unsigned login_retry_seconds(const struct login *l, const struct credentials *c);

/* The reader of an identity under the session's policy; suspended or gone: ERR_UNAUTHENTICATED. */
err login_reader(struct arena *a, struct session *s, const struct identity *who,
                 struct reader *out) MUST_USE;

#endif
