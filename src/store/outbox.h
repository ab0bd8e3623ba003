/*
 * Mail that goes out (B15): messages that wait for the relay, and those that are kept to be shown.
 *
 * The secret of a link stands sealed beside the text until the message has gone, then nowhere. What
 * changes something runs in a write session.
 */
#ifndef TOCSIN_STORE_OUTBOX_H
#define TOCSIN_STORE_OUTBOX_H

#include "base/clock.h"
#include "stix/object.h"
#include "store/store.h"

/* Stands in a body where the secret of its link belongs. */
#define OUTBOX_SECRET "{secret}"

enum outbox_state { OUTBOX_WAITING, OUTBOX_KEPT, OUTBOX_SENT, OUTBOX_FAILED };
/* "waiting", … */
str outbox_state_name(enum outbox_state state);

struct outbox_message {
    int64_t n;
    str id; /* message--UUID */
    str kind;
    str briefing;
    str recipient;
    str subject;
    str body;
    str calendar; /* empty: none */
    str secret;   /* of the link; empty: none, or it has gone */
    int64_t created_us;
    enum outbox_state state;
    int64_t tries;
    int64_t due_us;
    str failure; /* of the last try; or why it failed for good */
};
struct outbox_messages {
    struct outbox_message *items;
    size_t count;
    size_t capacity;
};

/* Adds one that waits, due at once, or one that is kept; sets `n`, `id` and `created_us`. */
err outbox_add(struct arena *a, struct session *s, struct outbox_message *m) MUST_USE;

/* Whole; ERR_NOT_FOUND. */
err outbox_get(struct arena *a, struct session *s, str id, struct outbox_message *out) MUST_USE;

/* The newest first, those below number `before` (0: all), without bodies. */
err outbox_list(struct arena *a, struct session *s, int64_t before, size_t limit,
                struct outbox_messages *out) MUST_USE;

/* The one that is due first, whole; `n` is 0 where none is due at `now_us`. */
err outbox_next(struct arena *a, struct session *s, int64_t now_us,
                struct outbox_message *out) MUST_USE;
/* When the next one is due; INT64_MAX: none waits. */
err outbox_next_due(struct arena *a, struct session *s, int64_t *due_us) MUST_USE;

/* Writes state, tries, due time and failure as they stand in `m`; drops the secret of one that is
 * no longer waiting. */
err outbox_note(struct arena *a, struct session *s, const struct outbox_message *m) MUST_USE;

/* How many invitations to a briefing went out or are kept. */
err outbox_count_invited(struct arena *a, struct session *s, str briefing, int64_t *out) MUST_USE;

/* How many messages about their account somebody was sent since. */
err outbox_count_notices(struct arena *a, struct session *s, str recipient, int64_t since_us,
                         int64_t *out) MUST_USE;

/* What messages are about that do not wait, made before a time; empty: about no briefing. */
err outbox_old_briefings(struct arena *a, struct session *s, int64_t before_us,
                         struct stix_strs *out) MUST_USE;
/* Drops at most `limit` of them about one briefing. */
err outbox_drop(struct arena *a, struct session *s, str briefing, int64_t before_us,
                size_t limit) MUST_USE;

#endif
