/*
 * Links to answer by.
 */
#include "service/rsvp.h"

#include "service/call_words.h"
#include "service/exercise.h"
#include "store/people.h"

static str digits_of(struct arena *a, str phone)
{
    char *out = arena_alloc(a, phone.len);
    size_t len = 0;
    for (size_t i = 0; i < phone.len; i++) {
        if (char_is_digit(phone.at[i]))
            out[len++] = phone.at[i];
    }
    return (str){out, len};
}

static err fail_link(struct arena *a)
{
    return FAIL(a, ERR_NOT_FOUND, "this link is not good, or not any more");
}

static err read_person(struct arena *a, struct session *s, struct rsvp *r)
{
    struct person_contact contact;
    str planned = r->of.briefing.when.timezone;
    TRY(people_contact(a, s, r->of.person->n, &contact));
    r->phone = digits_of(a, contact.phone);
    TRY(call_find_zone(a, s->store->zones, planned, &r->sender));
    str own = contact.timezone.len ? contact.timezone : planned;
    return call_find_zone(a, s->store->zones, own, &r->own);
}

err rsvp_open(struct arena *a, struct session *s, str secret, struct rsvp *out)
{
    struct rsvp r = {0};
    str invitation;
    TRY(mailing_open_link(a, s, secret, &invitation));
    err failure = briefing_calendar_get(a, s, invitation, &r.of);
    if (failure)
        return failure->code == ERR_NOT_FOUND ? fail_link(a) : failure;
    const struct briefing *b = &r.of.briefing;
    if (b->status == BRIEFING_CANCELLED)
        return FAIL(a, ERR_CONFLICT, "this call was cancelled");
    if (b->status != BRIEFING_SENT || b->is_over)
        return fail_link(a);
    TRY(mailing_told(a, s, invitation, &r.told));
    r.told.invitation = invitation;
    TRY(read_person(a, s, &r));
    r.is_exercise = exercise_holds(s, &b->entry);
    *out = r;
    return NULL;
}

int64_t rsvp_tries_left(const struct rsvp *r)
{
    int64_t left = MAILING_TRIES_MAX - r->told.wrong_digits;
    return left > 0 ? left : 0;
}

err rsvp_try_digits(struct arena *a, struct session *s, struct rsvp *r, str digits, bool *is_right)
{
    *is_right = false;
    if (!rsvp_has_phone(r) || rsvp_tries_left(r) == 0)
        return NULL;
    bool matches = secret_eq(str_skip(r->phone, r->phone.len - RSVP_DIGIT_COUNT), digits);
    r->told.wrong_digits = matches ? 0 : r->told.wrong_digits + 1;
    TRY(mailing_tell(a, s, &r->told));
    *is_right = matches;
    return NULL;
}

err rsvp_answer(struct arena *a, struct session *s, const struct rsvp *r,
                const struct briefing_reply *reply)
{
    return briefing_answer_as(a, s, r->told.invitation, reply);
}

err rsvp_list_delegates(struct arena *a, struct session *s, const struct rsvp *r,
                        struct briefing_delegates *out)
{
    struct reader reader;
    TRY(reader_make(a, s, r->of.org, r->of.person, NULL, &reader));
    return briefing_delegates_list(a, s, &reader, &r->of.briefing, out);
}
