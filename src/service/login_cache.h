/*
 * Passwords that were verified lately (S10): only a keyed hash of account and password is kept,
 * under a key of this process, for five minutes and for one policy. Bounded; safe from any thread.
 */
#ifndef TOCSIN_SERVICE_LOGIN_CACHE_H
#define TOCSIN_SERVICE_LOGIN_CACHE_H

#include "base/clock.h"
#include "base/error.h"

#define LOGIN_CACHE_US (300 * US_PER_SECOND)

/* What Basic carries. */
struct login_password {
    str account; /* e-mail address in lower case */
    str password;
};

/* When something is asked or said: the policy then (policy->serial), and the monotonic clock. */
struct login_moment {
    uint64_t serial;
    int64_t now_us;
};

struct login_cache;

struct login_cache *login_cache_open(void);
/* Wipes it. Accepts NULL. */
void login_cache_close(struct login_cache *c);

void login_cache_put(struct login_cache *c, const struct login_password *p, struct login_moment m,
                     int64_t person);

/* The person whose password this was lately, or 0. */
int64_t login_cache_get(struct login_cache *c, const struct login_password *p,
                        struct login_moment m);

#endif
