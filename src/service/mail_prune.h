/*
 * Old mail is dropped (B15): messages, what each invitee was told, and the links by which they
 * answered, once the call is over for as many days as the settings say. In small steps, each a
 * commit of its own, so that nobody waits for it.
 */
#ifndef TOCSIN_SERVICE_MAIL_PRUNE_H
#define TOCSIN_SERVICE_MAIL_PRUNE_H

#include "store/store.h"

/* Where a walk over all of it is; starts zeroed. */
struct mail_prune {
    char after[128]; /* the invitation looked at last */
};

/* One step; `*is_done` when the walk has come to its end, from which the next one starts anew. */
err mail_prune_step(struct arena *a, struct store *store, struct mail_prune *p, int64_t now_us,
                    bool *is_done) MUST_USE;

#endif
