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
/* What waits to be hashed is refused with ERR_BUSY. Accepts NULL. */
void login_close(struct login *l);

/*
 * Decides at once where that is possible. `*needs_hashing`: a password must be hashed first; call
 * login_later (`*out` is untouched). ERR_UNAUTHENTICATED: wrong, expired, revoked, suspended:
 * always the same words. ERR_FORBIDDEN: a right password of a person with several organizations
 * (S12). ERR_INPUT: an unreadable header. A certificate counts where there is no Authorization
 * header; an unknown certificate is anonymous. A password that begins as our tokens do is taken
 * for one, whatever the user name.
 */
err login_now(struct arena *a, struct session *s, struct login *l, const struct credentials *c,
              struct identity *out, bool *needs_hashing) MUST_USE;

/*
 * Hashes on the login's thread and calls `done` there, once; `who` is NULL with a failure, and both
 * are good until it returns. `a` and the credentials must stay until then. Failures are those of
 * login_now, ERR_THROTTLED for a wrong password after too many (`login_retry_seconds` says how
 * long to wait; a right one is let in), and ERR_BUSY where others came before or the login closes.
 * ERR_BUSY (returned, `done` is not called): the queue is full.
 */
err login_later(struct arena *a, struct login *l, const struct credentials *c,
                void (*done)(void *context, err failure, const struct identity *who),
                void *context) MUST_USE;

/* What a sign-in form carries. */
struct login_form {
    str email;
    str password;
    str peer;
};

/*
 * As login_later for a form: `who` is the person, acting for the first of their organizations, so
 * that there is no ERR_FORBIDDEN.
 */
err login_form_later(struct arena *a, struct login *l, const struct login_form *f,
                     void (*done)(void *context, err failure, const struct identity *who),
                     void *context) MUST_USE;
/*
 * Hashes the form's password on the login's thread, for one who sets a new one; `done` gets the
 * encoded hash there, good until it returns. ERR_BUSY as login_later.
 */
err login_hash_later(struct arena *a, struct login *l, const struct login_form *f,
                     void (*done)(void *context, err failure, str encoded), void *context) MUST_USE;

unsigned login_form_retry_seconds(const struct login *l, const struct login_form *f);

/* For Retry-After with ERR_THROTTLED and ERR_BUSY; at least 1. */
unsigned login_retry_seconds(const struct login *l, const struct credentials *c);

/* A number that stands for an address (of IPv6: its network), the same in this process. */
uint64_t login_peer(const struct login *l, str address);

/*
 * In whose name a body is held (http_body_pay): the organization's; or the address's, for whoever
 * is not known (0) before their password is hashed.
 */
unsigned login_payer(const struct login *l, str address, int64_t org);

/* Whose time a writer's job of somebody takes who is not signed in (service/writer.h). */
int64_t login_stranger(const struct login *l, str address);

/* Passwords hashed since login_open. */
uint64_t login_hashed(const struct login *l);

/* A person acting for the first of their organizations; ERR_UNAUTHENTICATED: for none. */
err login_person(struct arena *a, const struct session *s, int64_t person,
                 struct identity *out) MUST_USE;

/* The reader of an identity under the session's policy; suspended or gone: ERR_UNAUTHENTICATED. */
err login_reader(struct arena *a, struct session *s, const struct identity *who,
                 struct reader *out) MUST_USE;

#endif
