/*
 * An answer that somebody gave by phone, noted by the host who asked them (B11): contributed by the
 * hosts' group, and read by the organization in whose name it stands.
 */
#include "service/briefing_answer.h"
#include "service/briefing_parts.h"
#include "store/people.h"

static err check_may_note(struct arena *a, const struct session *s, const struct briefing *b,
                          const struct briefing_invitation *to)
{
    const struct policy_person *who = map_get(&s->policy->person_by_id, to->person);
    TRY(briefing_check_open(a, b));
    if (to->reply.len == 0 || to->noted_by.len)
        return NULL;
    str name = who ? who->name : LIT("this person");
    return FAIL(a, ERR_CONFLICT,
                "%.*s has answered already, and what somebody says themselves counts; they can "
                "change it until the briefing ends",
                STR_ARG(name));
}

err briefing_note_answer(struct arena *a, struct session *s, const struct reader *r, str briefing,
                         const struct briefing_noted *noted)
{
    struct briefing b;
    struct briefing_invitation to;
    ASSERT(noted->answer == ABOUT_YES || noted->answer == ABOUT_NO);
    TRY(briefing_get_hosted(a, s, r, briefing, &b));
    TRY(briefing_check_may_host(a, r));
    TRY(briefing_answer_get(a, s, &b, noted->person, &to));
    TRY(check_may_note(a, s, &b, &to));
    if (to.answer == noted->answer)
        return NULL;
    const struct briefing_reply reply = {.answer = noted->answer, .noted_by = r->org->id};
    str group_id = policy_org(s->policy, b.group)->id;
    OWNED(batch_done) struct batch batch;
    batch_init(&batch, a, s, r, b.group);
    batch_put_reply(&batch, &b, &to, &reply, member_marking(a, s, group_id, to.organization));
    TRY(batch_append(&batch));
    return briefing_record(a, s, r, "briefing.note-answer", briefing, noted->person);
}

err briefing_phone_get(struct arena *a, struct session *s, const struct briefing_invitation *of,
                       str *out)
{
    const struct policy_org *org = policy_org_by_id(s->policy, of->organization);
    const struct policy_person *who = map_get(&s->policy->person_by_id, of->person);
    struct duty_entries duties = {0};
    struct person_contact contact;
    *out = (str){0};
    if (org == NULL || !org->is_active || who == NULL || who->is_suspended)
        return NULL;
    TRY(duty_list(a, s, org->n, &duties));
    for (size_t i = 0; i < duties.count; i++) {
        if (duties.items[i].person != who->n)
            continue;
        TRY(people_contact(a, s, who->n, &contact));
        *out = contact.phone;
        return NULL;
    }
    return NULL;
}
