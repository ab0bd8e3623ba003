/*
 * When reminders are due, and what they set going. Whom a round of invitations reaches is found out
 * when it is mailed (mail.c): whoever has answered by then is left alone.
 */
#include "service/reminder.h"

#include "service/briefing_answer.h"
#include "service/briefing_parts.h"
#include "service/mail.h"
#include "store/reminding.h"

#define US_PER_HOUR (3600 * US_PER_SECOND)
#define AHEAD_US (24 * US_PER_HOUR)
#define REST_US (REMINDER_REST_HOURS * US_PER_HOUR)
#define TOO_LATE_US (2 * US_PER_HOUR) /* before the start: an overdue one does not go any more */
/* Before a day begins in UTC: a working hour of the day before, from Maine to Hawaii. */
#define BEFORE_DAY_US (6 * US_PER_HOUR)

/* ---- when */

static int64_t rested_us(const struct briefing *b, const struct reminding *r)
{
    int64_t last_us = r->asked_us > b->sent_us ? r->asked_us : b->sent_us;
    return last_us + REST_US;
}

static int64_t briefing_due_us(const struct session *s, const struct briefing *b,
                               const struct reminding *r)
{
    int64_t due_us = b->when.start_us - AHEAD_US;
    bool is_open = b->status == BRIEFING_SENT && due_us > s->now_us;
    return is_open && due_us >= rested_us(b, r) ? due_us : REMINDING_NEVER;
}

/* What is due never, and never was, has no row. */
static err set_due(struct arena *a, struct session *s, struct reminding *r, int64_t due_us)
{
    if (r->due_us == due_us)
        return NULL;
    r->due_us = due_us;
    return reminding_put(a, s, r);
}

err reminder_plan(struct arena *a, struct session *s, const struct briefing *b)
{
    struct reminding r;
    TRY(reminding_get(a, s, b->id, &r));
    return set_due(a, s, &r, briefing_due_us(s, b, &r));
}

err reminder_plan_promise(struct arena *a, struct session *s, const struct commitment *promise)
{
    struct reminding r;
    int64_t due_us = promise->due_us - BEFORE_DAY_US;
    bool is_ahead = promise->word == COMMITMENT_OPEN && promise->due_us && due_us > s->now_us;
    TRY(reminding_get(a, s, promise->id, &r));
    return set_due(a, s, &r, is_ahead ? due_us : REMINDING_NEVER);
}

err reminder_get(struct arena *a, struct session *s, const struct briefing *b, struct reminder *out)
{
    struct reminding r;
    TRY(reminding_get(a, s, b->id, &r));
    *out = (struct reminder){.asked_us = r.asked_us,
                             .from_us = rested_us(b, &r),
                             .due_us = r.due_us == REMINDING_NEVER ? 0 : r.due_us};
    return NULL;
}

/* ---- a round of invitations */

static err begin_round(struct arena *a, struct session *s, const struct briefing *b,
                       struct reminding *r)
{
    r->rounds++;
    r->asked_us = s->now_us;
    r->due_us = briefing_due_us(s, b, r);
    TRY(reminding_put(a, s, r));
    return mail_order(a, s, b->id);
}

static err check_askable(struct arena *a, const struct session *s, const struct briefing *b,
                         const struct reminding *r, size_t open)
{
    if (b->status != BRIEFING_SENT || b->is_over)
        return FAIL(a, ERR_CONFLICT, "nobody is asked: %s",
                    b->status == BRIEFING_DRAFT       ? "it was not sent yet"
                    : b->status == BRIEFING_CANCELLED ? "it was called off"
                                                      : "it is over");
    if (open == 0)
        return FAIL(a, ERR_CONFLICT, "nobody is asked: everybody has answered");
    if (s->now_us < rested_us(b, r))
        return FAIL(a, ERR_CONFLICT,
                    "nobody is asked: they were mailed less than %d hours ago; try later, or call "
                    "them",
                    REMINDER_REST_HOURS);
    return NULL;
}

err reminder_ask(struct arena *a, struct session *s, const struct reader *r, str briefing)
{
    struct briefing b;
    struct reminding reminding;
    struct briefing_counts counts;
    TRY(briefing_get_hosted(a, s, r, briefing, &b));
    TRY(briefing_check_may_host(a, r));
    TRY(reminding_get(a, s, briefing, &reminding));
    TRY(briefing_counts_get(a, s, briefing, &counts));
    size_t open = counts.by_word[ABOUT_NOTHING];
    TRY(check_askable(a, s, &b, &reminding, open));
    TRY(begin_round(a, s, &b, &reminding));
    return briefing_record(a, s, r, "briefing.remind", briefing,
                           arena_print(a, "%zu people", open));
}

/* ---- what is due by itself */

static err remind_invited(struct arena *a, struct session *s, struct reminding *r)
{
    struct briefing b;
    struct reader group;
    TRY(briefing_get_as_group(a, s, r->about, &group, &b));
    r->due_us = REMINDING_NEVER;
    bool is_wanted = b.status == BRIEFING_SENT && b.when.start_us - s->now_us >= TOO_LATE_US;
    return is_wanted ? begin_round(a, s, &b, r) : reminding_put(a, s, r);
}

static err tell_promiser(struct arena *a, struct session *s, str public_url,
                         const struct commitment *c)
{
    struct briefing b;
    struct reader group;
    const struct policy_org *org = policy_org_by_id(s->policy, c->organization);
    TRY(briefing_get_as_group(a, s, c->briefing, &group, &b));
    const struct mail_about about = {MAIL_PROMISE, &b, public_url};
    if (c->person.len)
        return mail_note(a, s, &about, c->person);
    return org && org->is_active ? mail_note_publishers(a, s, &about, org) : NULL;
}

static err remind_promiser(struct arena *a, struct session *s, str public_url, struct reminding *r)
{
    struct commitment c;
    r->rounds++;
    r->asked_us = s->now_us;
    r->due_us = REMINDING_NEVER;
    TRY(commitment_get_as_group(a, s, r->about, &c));
    if (c.word == COMMITMENT_OPEN)
        TRY(tell_promiser(a, s, public_url, &c));
    return reminding_put(a, s, r);
}

/* What was withdrawn meanwhile is not reminded of. */
static err remind(struct arena *a, struct session *s, str public_url, struct reminding *r)
{
    bool is_promise = str_eq(stix_id_type(r->about), LIT("commitment"));
    err failure = is_promise ? remind_promiser(a, s, public_url, r) : remind_invited(a, s, r);
    if (failure == NULL || failure->code != ERR_NOT_FOUND)
        return failure;
    r->due_us = REMINDING_NEVER;
    return reminding_put(a, s, r);
}

err reminder_tell(struct arena *a, struct session *s, str public_url, bool *is_idle)
{
    struct reminding due;
    TRY(reminding_next(a, s, s->now_us, &due));
    *is_idle = due.about.len == 0;
    return *is_idle ? NULL : remind(a, s, public_url, &due);
}

err reminder_is_due(struct arena *a, struct session *s, bool *out)
{
    struct reminding due;
    TRY(reminding_next(a, s, s->now_us, &due));
    *out = due.about.len > 0;
    return NULL;
}
