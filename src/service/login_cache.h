/*
 * Passwords that were verified lately (S10): only a keyed hash of the header that held account and
 * password is kept, under a key of this process, for five minutes and for one policy. The header
 * as it was sent, so that who comes again with the same is known before it is taken apart. Bounded;
 * safe from any thread.
 */
#ifndef TOCSIN_SERVICE_LOGIN_CACHE_H
#define TOCSIN_SERVICE_LOGIN_CACHE_H

#include "base/clock.h"
#include "base/error.h"

#define LOGIN_CACHE_US (300 * US_PER_SECOND)

/* When something is asked or said: the policy then (policy->serial), and the monotonic clock. */
struct login_moment {
    uint64_t serial;
    int64_t now_us;
};

struct login_cache;

struct login_cache *login_cache_open(void);
/* Wipes it. Accepts NULL. */
void login_cache_close(struct login_cache *c);

/* `header`: the value of Authorization. */
void login_cache_put(struct login_cache *c, str header, struct login_moment m, int64_t person);

/* The person whose password was in this header lately, or 0. */
int64_t login_cache_get(struct login_cache *c, str header, struct login_moment m);

#endif
