/*
 * Loading policies and sharing the one in force (G10). For sessions only.
 */
#ifndef TOCSIN_STORE_POLICY_SLOT_H
#define TOCSIN_STORE_POLICY_SLOT_H

#include "store/policy.h"

struct policy_slot;

struct policy_slot *policy_slot_open(void);
/* Accepts NULL. */
void policy_slot_close(struct policy_slot *slot);

/*
 * The policy of `epoch`, valid at `now_us`: the shared one if it is that, else loaded from `db`. A
 * private one (of a write session that changed it) is not shared. Give it back with policy_release.
 */
err policy_acquire(struct arena *a, struct policy_slot *slot, struct db *db, int64_t epoch,
                   int64_t now_us, struct policy **out) MUST_USE;
err policy_load(struct arena *a, struct db *db, int64_t epoch, int64_t now_us,
                struct policy **out) MUST_USE;
/* Accepts NULL. */
void policy_release(struct policy *p);
/* One more holder; gives `p`. */
struct policy *policy_retain(struct policy *p);

#endif
