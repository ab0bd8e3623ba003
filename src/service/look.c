/*
 * Asking for counts and names, the second person's word, and what is settled by itself.
 */
#include "service/look_parts.h"

#include "base/map.h"
#include "service/exercise.h"
#include "service/notice.h"
#include "service/object_view.h"
#include "service/oversight.h"
#include "store/audit.h"

#define US_PER_HOUR (3600 * US_PER_SECOND)

/* The audit row of what the reader did, or (NULL) of what came by itself. */
static err record(struct arena *a, struct session *s, const struct reader *r,
                  const struct audit_row *row)
{
    struct audit_row whole = *row;
    whole.actor = r ? r->gate.actor : 0;
    whole.outcome = LIT("ok");
    return audit_put(a, s, &whole);
}

/* ---- counts */

static str holder_key(struct arena *a, const struct look_holder *h)
{
    return arena_print(a, "%lld %lld %u", (long long)h->org, (long long)h->actor,
                       (unsigned)h->audience);
}

static bool are_same(struct arena *a, const struct look_holders *one,
                     const struct look_holders *other)
{
    struct map there;
    bool is_same = one->count == other->count;
    map_init(&there, a);
    for (size_t i = 0; i < one->count; i++)
        map_put(&there, holder_key(a, &one->items[i]), &one->items[i]);
    for (size_t i = 0; i < other->count && is_same; i++)
        is_same = map_get(&there, holder_key(a, &other->items[i])) != NULL;
    return is_same;
}

/*
 * A row for everyone who was given it: whoever counts once more within the hour, and would learn
 * nothing that they were not told then, makes no more of them.
 */
static err was_told(struct arena *a, struct session *s, const struct look *look,
                    const struct look_holders *holders, bool *out)
{
    struct look before;
    struct look_holders then = {0};
    TRY(look_find_count(a, s, look, s->now_us - US_PER_HOUR, &before));
    *out = false;
    if (before.n == 0)
        return NULL;
    TRY(look_list_holders(a, s, before.n, &then));
    *out = are_same(a, &then, holders);
    return NULL;
}

err look_count(struct arena *a, struct session *s, const struct reader *r, str object,
               struct admin_seen *out)
{
    struct admin_question q;
    struct inquiry in;
    struct look_holders holders;
    struct look look = {.object = object, .actor = r->gate.actor, .state = LOOK_COUNTED};
    bool is_known;
    *out = (struct admin_seen){0};
    TRY(inquiry_question(a, s, r, object, &q));
    TRY(inquiry_open(a, s, &q, &in));
    TRY(inquiry_holders(a, s, &in, &holders));
    inquiry_count(a, s, &holders, out);
    look.org = in.org->n;
    TRY(was_told(a, s, &look, &holders, &is_known));
    if (!is_known)
        TRY(look_add(a, s, &look, &holders));
    const struct audit_row row = {.verb = LIT("receipts.counts"),
                                  .object = object,
                                  .detail = arena_print(a, "asked by %.*s", STR_ARG(in.org->id))};
    return record(a, s, r, &row);
}

/* ---- the second person */

/* In the name of who asked, as they are now: ERR_NOT_FOUND or ERR_FORBIDDEN if that has changed. */
static err open_again(struct arena *a, struct session *s, struct look *look, struct inquiry *in)
{
    struct admin_question q;
    struct reader asker;
    TRY(reader_of_actor(a, s, look->actor, 0, &asker));
    TRY(inquiry_question(a, s, &asker, look->object, &q));
    TRY(inquiry_open(a, s, &q, in));
    return look_check_may_name(a, s, &asker, in, look->object, &look->of_people);
}

static bool is_gone(err failure)
{
    return failure && (failure->code == ERR_NOT_FOUND || failure->code == ERR_FORBIDDEN);
}

bool look_may_have_names(const struct reader *r)
{
    bool is_publisher = r->gate.roles >> ROLE_PUBLISHER & 1;
    return r->person && r->gate.is_active && (is_publisher || oversight_is_steward(r));
}

/* What names are asked of: an older version alone would not tell them that there is more. */
static bool reads_all(const struct session *s, const struct reader *r, const struct inquiry *in)
{
    bool reads = true;
    for (size_t i = 0; i < in->entries.count; i++)
        reads &= reader_may_read(s, r, in->entries.items[i].audience);
    return reads;
}

err look_is_second(struct arena *a, struct session *s, const struct reader *r,
                   const struct look *look, bool *out)
{
    struct admin_question q;
    struct inquiry in;
    struct reader asker;
    struct look again = *look;
    *out = false;
    if (!look_may_have_names(r) || policy_is_provisional(r->person, r->org->n))
        return NULL;
    err failure = inquiry_question(a, s, r, look->object, &q);
    failure = failure ? failure : open_again(a, s, &again, &in);
    if (failure)
        return is_gone(failure) ? NULL : failure;
    TRY(reader_of_actor(a, s, look->actor, 0, &asker));
    *out = asker.person != r->person && reads_all(s, r, &in);
    return NULL;
}

/* Where people may be who can agree. */
static bool is_near(const struct policy_org *org, const struct inquiry *in)
{
    bool is_near = org->is_steward;
    for (size_t i = 0; i < in->entries.count && !is_near; i++)
        is_near = inquiry_acts_for(org, in->entries.items[i].contributor);
    return is_near && org->is_active;
}

static err is_second_anywhere(struct arena *a, struct session *s, const struct policy_person *who,
                              const struct look *look, const struct inquiry *in, bool *out)
{
    *out = false;
    for (size_t i = 0; i < who->affiliation_count && !who->is_suspended && !*out; i++) {
        struct reader r;
        const struct policy_org *org = policy_org(s->policy, who->affiliations[i].org);
        if (org == NULL || !is_near(org, in))
            continue;
        TRY(reader_make(a, s, org, who, NULL, &r));
        TRY(look_is_second(a, s, &r, look, out));
    }
    return NULL;
}

static err list_seconds(struct arena *a, struct session *s, const struct look *look,
                        const struct inquiry *in, struct stix_strs *emails)
{
    for (size_t i = 0; i < s->policy->person_count; i++) {
        const struct policy_person *who = &s->policy->people[i];
        bool is_one;
        TRY(is_second_anywhere(a, s, who, look, in, &is_one));
        if (is_one)
            *LIST_ADD(a, emails) = who->email;
    }
    return NULL;
}

/* ---- asking for names */

/* Each question is mailed to whoever can answer it, and stands on their home. */
static err check_waits_already(struct arena *a, struct session *s, const struct look *look)
{
    struct looks waiting = {0};
    size_t own = 0;
    TRY(looks_list_waiting(a, s, &waiting));
    for (size_t i = 0; i < waiting.count; i++) {
        const struct look *one = &waiting.items[i];
        bool is_own = one->actor == look->actor;
        if (is_own && str_eq(one->object, look->object))
            return FAIL(a, ERR_CONFLICT,
                        "you have asked for names already, and it waits for a second person");
        own += is_own;
    }
    if (own < LOOK_WAITING_MAX)
        return NULL;
    return FAIL(a, ERR_CONFLICT,
                "%d of your questions wait for a second person; ask again when some are answered",
                LOOK_WAITING_MAX);
}

static err tell_seconds(struct arena *a, struct session *s, const struct look_request *request,
                        const struct inquiry *in, const struct stix_strs *emails)
{
    bool is_exercise = exercise_holds(s, &in->entries.items[0]);
    for (size_t i = 0; i < emails->count; i++)
        TRY(notice_look(a, s, emails->items[i], request->public_url, is_exercise));
    return NULL;
}

static err ask(struct arena *a, struct session *s, const struct look_request *request,
               const struct inquiry *in, struct look *look)
{
    struct look_holders holders;
    struct stix_strs seconds = {0};
    TRY(check_waits_already(a, s, look));
    TRY(list_seconds(a, s, look, in, &seconds));
    look->is_alone = seconds.count == 0;
    look->due_us = s->now_us +
                   (look->is_alone ? LOOK_ALONE_HOURS * US_PER_HOUR : LOOK_WAITS_DAYS * US_PER_DAY);
    TRY(inquiry_holders(a, s, in, &holders));
    TRY(look_add(a, s, look, &holders));
    return tell_seconds(a, s, request, in, &seconds);
}

err look_ask(struct arena *a, struct session *s, const struct reader *r,
             const struct look_request *request)
{
    struct admin_question q;
    struct inquiry in;
    struct look look = {.object = request->object,
                        .reason = request->reason,
                        .actor = r->gate.actor,
                        .state = LOOK_WAITS};
    TRY(inquiry_question(a, s, r, request->object, &q));
    TRY(inquiry_open(a, s, &q, &in));
    TRY(look_check_may_name(a, s, r, &in, request->object, &look.of_people));
    look.org = in.org->n;
    TRY(ask(a, s, request, &in, &look));
    const struct audit_row row = {.verb = LIT("receipts.ask"),
                                  .object = request->object,
                                  .detail =
                                      arena_print(a, "by %.*s, by name: %.*s", STR_ARG(in.org->id),
                                                  STR_ARG(request->reason))};
    return record(a, s, r, &row);
}

/* ---- telling them */

/* `by` agreed; NULL: nobody could. */
static err tell(struct arena *a, struct session *s, const struct reader *by,
                const struct look *look, const struct inquiry *in)
{
    struct look_holders holders;
    const struct look_end end = {LOOK_TOLD, look->of_people, by ? by->gate.actor : 0};
    const struct audit_row row = {.verb = LIT("receipts.names"),
                                  .object = look->object,
                                  .detail =
                                      arena_print(a, "asked by %.*s, by name: %.*s",
                                                  STR_ARG(in->org->id), STR_ARG(look->reason))};
    TRY(inquiry_holders(a, s, in, &holders));
    TRY(look_put_holders(a, s, look->n, &holders));
    TRY(look_settle(a, s, look->n, &end));
    return record(a, s, by, &row);
}

/* It ends without names: refused, or nobody's word in time. */
static err end_without(struct arena *a, struct session *s, const struct reader *by,
                       const struct look *look)
{
    const struct look_end end = {by ? LOOK_REFUSED : LOOK_LAPSED, look->of_people,
                                 by ? by->gate.actor : 0};
    const struct audit_row row = {.verb = by ? LIT("receipts.refuse") : LIT("receipts.lapse"),
                                  .object = look->object};
    TRY(look_settle(a, s, look->n, &end));
    return record(a, s, by, &row);
}

static err agree(struct arena *a, struct session *s, const struct reader *r, struct look *look)
{
    struct inquiry in;
    TRY(open_again(a, s, look, &in));
    return tell(a, s, r, look, &in);
}

static err check_settled(struct arena *a, const struct look *look, bool agrees)
{
    if (look->state == (agrees ? LOOK_TOLD : LOOK_REFUSED))
        return NULL;
    return FAIL(a, ERR_CONFLICT, "this was answered already, or its time is over");
}

err look_decide(struct arena *a, struct session *s, const struct reader *r,
                const struct look_word *w)
{
    struct look look;
    struct reader asker;
    bool is_second = false;
    TRY(look_get(a, s, w->look, &look));
    if (look.n)
        TRY(look_is_second(a, s, r, &look, &is_second));
    if (look.n && !is_second) {
        TRY(reader_of_actor(a, s, look.actor, 0, &asker));
        if (asker.person && asker.person == r->person)
            return FAIL(a, ERR_FORBIDDEN, "somebody else has to agree than who asked");
    }
    if (!is_second || look.state == LOOK_COUNTED)
        return FAIL(a, ERR_NOT_FOUND, "nobody waits for your word about this");
    if (oversight_is_steward(r) && !w->is_strong)
        return FAIL(a, ERR_FORBIDDEN,
                    "stewards sign in with a second step; set one up under your account first");
    if (look.state != LOOK_WAITS)
        return check_settled(a, &look, w->agrees);
    return w->agrees ? agree(a, s, r, &look) : end_without(a, s, r, &look);
}

/* ---- by itself */

/* Nobody could agree when it was asked: if somebody could by now, it is theirs to say. */
static err tell_alone(struct arena *a, struct session *s, struct look *look)
{
    struct inquiry in;
    struct stix_strs seconds = {0};
    err failure = open_again(a, s, look, &in);
    if (is_gone(failure))
        return end_without(a, s, NULL, look);
    TRY(failure);
    TRY(list_seconds(a, s, look, &in, &seconds));
    return seconds.count
               ? look_prolong(a, s, look->n, look->asked_us + LOOK_WAITS_DAYS * US_PER_DAY)
               : tell(a, s, NULL, look, &in);
}

err look_settle_due(struct arena *a, struct session *s, str public_url, bool *is_idle)
{
    struct look due;
    (void)public_url;
    TRY(look_next_due(a, s, &due));
    *is_idle = due.n == 0;
    if (*is_idle)
        return NULL;
    return due.is_alone ? tell_alone(a, s, &due) : end_without(a, s, NULL, &due);
}

err look_is_due(struct arena *a, struct session *s, bool *out)
{
    struct look due;
    TRY(look_next_due(a, s, &due));
    *out = due.n != 0;
    return NULL;
}
