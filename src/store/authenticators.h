/*
 * What a person proves themselves by beside a password (B6), recovery codes (B5), and how often a
 * second step has failed lately. Private state; what changes something runs in a write session and
 * leaves the audit row to the caller (service/).
 */
#ifndef TOCSIN_STORE_AUTHENTICATORS_H
#define TOCSIN_STORE_AUTHENTICATORS_H

#include "base/clock.h"
#include "store/store.h"

#define AUTHENTICATORS_MAX 10
#define AUTHENTICATOR_NAME_BYTES_MAX 100
#define RECOVERY_CODES 10
#define RECOVERY_CODE_LETTERS 16
/* Wrong second steps in an hour; past them even a right one has to wait. */
#define SECOND_TRIES_MAX 10
#define SECOND_TRIES_US (3600 * US_PER_SECOND)

struct authenticator {
    int64_t n;
    str id;
    int64_t person;
    str kind; /* totp, passkey */
    str name;
    str secret;     /* totp: the secret itself; passkey: the public key */
    str credential; /* passkey: its id */
    int64_t counter;
    bool is_confirmed;
    int64_t created_us;
    int64_t used_us; /* 0: never */
};
struct authenticators {
    struct authenticator *items;
    size_t count;
    size_t capacity;
};

/* Those of a person, oldest first. */
err authenticators_list(struct arena *a, struct session *s, int64_t person,
                        struct authenticators *out) MUST_USE;

/*
 * The policy says who has a second step (policy_person): what changes that changes the policy.
 * `n`, `id` and `created_us` are set here. ERR_CONFLICT: a passkey that is known, or too many.
 */
err authenticators_add(struct arena *a, struct session *s, struct authenticator *one) MUST_USE;

/* It was used, and counts from then on. */
err authenticators_use(struct arena *a, struct session *s, int64_t n, int64_t counter) MUST_USE;

err authenticators_remove(struct arena *a, struct session *s, int64_t n) MUST_USE;
/* Those that were begun and never used. */
err authenticators_drop_unconfirmed(struct arena *a, struct session *s, int64_t person) MUST_USE;

/* Everything: authenticators, recovery codes and counts. For the last resort. */
err authenticators_clear(struct arena *a, struct session *s, int64_t person) MUST_USE;

/* New codes take the place of the old ones; they are shown once and kept as keyed digests. */
err recovery_codes_make(struct arena *a, struct session *s, int64_t person,
                        str codes[RECOVERY_CODES]) MUST_USE;
/* Takes a code away if it is one; hyphens, blanks and letter case do not matter. */
err recovery_codes_use(struct arena *a, struct session *s, int64_t person, str typed,
                       bool *is_used) MUST_USE;
err recovery_codes_count(struct arena *a, struct session *s, int64_t person,
                         int64_t *count) MUST_USE;

/* The confirmed passkey with this id; `out->n` is 0 where there is none. */
err authenticators_find_passkey(struct arena *a, struct session *s, str credential,
                                struct authenticator *out) MUST_USE;

/*
 * A new challenge for `person` (0: anybody), in `a`: it is answered once, within ten minutes. It is
 * sealed and not written down, since anybody may ask for one; what is kept are those answered.
 */
#define PASSKEY_CHALLENGE_US (600 * US_PER_SECOND)
str passkey_challenge_make(struct arena *a, const struct session *s, int64_t person);
/* It has been answered. ERR_INVALID: it is none for that person, is too old, or was before. */
err passkey_challenge_take(struct arena *a, struct session *s, int64_t person,
                           str challenge) MUST_USE;

/* ERR_THROTTLED while there were too many. */
err second_tries_check(struct arena *a, struct session *s, int64_t person) MUST_USE;
err second_tries_fail(struct arena *a, struct session *s, int64_t person) MUST_USE;
err second_tries_clear(struct arena *a, struct session *s, int64_t person) MUST_USE;

#endif
