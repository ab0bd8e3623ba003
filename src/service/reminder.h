/*
 * Reminders (B23): by mail, and only of two things. Invitations that nobody answered: by themselves
 * a day before the call, and when a host asks again. Promises: once, before their day.
 */
#ifndef TOCSIN_SERVICE_REMINDER_H
#define TOCSIN_SERVICE_REMINDER_H

#include "service/briefing.h"
#include "service/commitment.h"

/* Nobody is asked twice within this time. */
#define REMINDER_REST_HOURS 20

/*
 * In the write session that sent, changed or called off the briefing, or noted or settled the
 * promise: when a reminder is due by itself from now on.
 */
err reminder_plan(struct arena *a, struct session *s, const struct briefing *b) MUST_USE;
err reminder_plan_promise(struct arena *a, struct session *s,
                          const struct commitment *promise) MUST_USE;

/*
 * A host has everybody mailed again who did not answer; in a write session with the reader's actor
 * interned. ERR_CONFLICT, with what to do: it is not sent, or over; nobody is missing; they were
 * asked a moment ago.
 */
err reminder_ask(struct arena *a, struct session *s, const struct reader *r, str briefing) MUST_USE;

struct reminder {
    int64_t asked_us; /* when they were last asked again; 0: never */
    int64_t from_us;  /* from when a host may ask again */
    int64_t due_us;   /* when it is done by itself; 0: not (any more) */
};
err reminder_get(struct arena *a, struct session *s, const struct briefing *b,
                 struct reminder *out) MUST_USE;

/* What is due first, if anything is; in a write session. `*is_idle`: nothing is. */
err reminder_tell(struct arena *a, struct session *s, str public_url, bool *is_idle) MUST_USE;
err reminder_is_due(struct arena *a, struct session *s, bool *out) MUST_USE;

#endif
