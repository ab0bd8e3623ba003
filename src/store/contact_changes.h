/*
 * Changes of how a person is called and reached (B5): each waits, and from its time on counts for
 * whoever reads, without anybody having to carry it out. Private state.
 *
 * The link in the mail to the old address holds a secret, the database its keyed digest.
 */
#ifndef TOCSIN_STORE_CONTACT_CHANGES_H
#define TOCSIN_STORE_CONTACT_CHANGES_H

#include "base/clock.h"
#include "store/store.h"

/*
 * For a query on `person p` that has the time as ?1: `c` is the change that counts by then, so that
 * coalesce(c.email, p.email) is the address.
 */
#define CONTACT_CHANGES_JOIN "LEFT JOIN contact_change c ON c.person = p.n AND c.due <= ?1 "

/* How long a change waits. */
#define CONTACT_DELAY_US US_PER_DAY
/* Due of one that will not count as it stands: it is gone once it has waited. */
#define CONTACT_NEVER INT64_MAX

struct contact_change {
    int64_t person; /* 0: none waits */
    int64_t made_by;
    str name; /* all three as they are to be */
    str email;
    str phone;
    int64_t created_us;
    int64_t due_us; /* or CONTACT_NEVER */
};

/* In place of one that waits; sets `created_us`. The policy changes. `secret` stops it. */
err contact_changes_put(struct arena *a, struct session *s, struct contact_change *change,
                        str secret) MUST_USE;

/* What waits for a person. */
err contact_changes_get(struct arena *a, struct session *s, int64_t person,
                        struct contact_change *out) MUST_USE;

/* The secret that stops a change, as it follows from the one that confirms it; never back. */
str contact_changes_stop(struct arena *a, const struct session *s, str confirms);

/* What waits and may be stopped by this secret; `person` is 0 where there is nothing. */
err contact_changes_find(struct arena *a, struct session *s, str secret,
                         struct contact_change *out) MUST_USE;

/* It counts once it has waited. The policy changes. */
err contact_changes_confirm(struct arena *a, struct session *s, int64_t person) MUST_USE;

/* Whether an address is to be that of somebody else than `person`: what will not count claims none.
 */
err contact_changes_claim(struct arena *a, struct session *s, str email, int64_t person,
                          bool *out) MUST_USE;

/* What waits for a person counts never. To end nothing is no error. The policy changes. */
err contact_changes_end(struct arena *a, struct session *s, int64_t person) MUST_USE;

/*
 * Before rows of people are written: what counts by now is moved into them, and who waits for
 * `email` waits no longer, since it is about to be somebody else's. Empty: nobody's.
 */
err contact_changes_settle(struct arena *a, struct session *s, str email) MUST_USE;

/* When the next one begins to count; 0: none waits. */
err contact_changes_next(struct arena *a, struct db *db, int64_t now_us, int64_t *due_us) MUST_USE;

#endif
