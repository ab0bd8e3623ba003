/*
 * Looking over the log for faults (`tocsin fsck`, S15): each rule that the log keeps, checked again
 * from the rows. Nothing is changed.
 */
#ifndef TOCSIN_STORE_CHECK_H
#define TOCSIN_STORE_CHECK_H

#include "store/log.h"

/* Where faults and progress go. `part` is a literal: "entries", "withdrawals" … */
struct check_to {
    void (*on_fault)(void *context, const char *part, str words);
    /* An error ends the check. */
    err (*on_progress)(struct arena *a, void *context, uint64_t done, uint64_t total);
    void *context;
};

/* What was looked at. */
struct check_totals {
    uint64_t entries; /* tombstones among them */
    uint64_t bodies;
    uint64_t purged; /* bodies whose bytes are gone, rightly */
};

/*
 * Every entry in the order of the log: numbers, times, whose and where, audience, bytes, key of its
 * object, what it supersedes. In a read session, which need not hold its views. An err means that
 * the check could not go on; faults are reported, not returned.
 */
err check_entries(struct arena *a, struct session *s, const struct check_to *to,
                  struct check_totals *out) MUST_USE;

/* Rows that refer to entries: state, withdrawals, contests, awaited ends, keys, bytes. */
err check_references(struct arena *a, struct session *s, const struct check_to *to) MUST_USE;

/* Objects with several entries: in its audience each follows on one before it, or is contested
 * (V1). */
err check_objects(struct arena *a, struct session *s, const struct check_to *to) MUST_USE;

/* Audiences and receipts: what is stored as text or bytes reads back. */
err check_stored(struct arena *a, struct session *s, const struct check_to *to) MUST_USE;

#endif
