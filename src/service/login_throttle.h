/*
 * Failed sign-ins by account and address (S11): thirty in a minute are free, then wrong ones are
 * told to wait. Whether the account exists plays no part. Bounded; safe from any thread.
 */
#ifndef TOCSIN_SERVICE_LOGIN_THROTTLE_H
#define TOCSIN_SERVICE_LOGIN_THROTTLE_H

#include "base/error.h"

#define LOGIN_FAILURES_FREE 30u

struct login_throttle;

struct login_throttle *login_throttle_open(void);
/* Accepts NULL. */
void login_throttle_close(struct login_throttle *t);

/* `now_us` is of the monotonic clock. Both give the seconds to wait; 0: none. */
unsigned login_throttle_fail(struct login_throttle *t, str account, uint64_t peer, int64_t now_us);
unsigned login_throttle_wait(struct login_throttle *t, str account, uint64_t peer, int64_t now_us);

#endif
