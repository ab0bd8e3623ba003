/*
 * The order, and its pieces. Whom to invite is fixed by the order: the sender saw that list.
 */
#include "service/briefing_send.h"

#include "base/uuid.h"
#include "service/approval.h"
#include "service/briefing_parts.h"
#include "service/mail.h"
#include "service/material_parts.h"
#include "service/reminder.h"

/* ---- the order */

struct order {
    struct sending sending;
    struct stix_strs organizations; /* of everyone invited, now or before */
    struct map seen;
};

static void add_organization(struct arena *a, struct order *o, str id)
{
    if (map_get(&o->seen, id))
        return;
    map_put(&o->seen, id, o);
    *LIST_ADD(a, &o->organizations) = id;
}

/* Who was invited before goes on reading what is new. */
static err add_invited_before(struct arena *a, struct session *s, const struct reader *r, str id,
                              struct order *o)
{
    struct about_rows rows = {0};
    OWNED(parsed_done) struct parsed p = {0};
    TRY(about_list(a, s, r, id, LIT("briefing-invitation"), &rows));
    for (size_t i = 0; i < rows.count; i++) {
        TRY(parsed_read(a, s, &rows.items[i].entry, &p));
        add_organization(a, o, parsed_text(a, p.value, "organization_ref"));
    }
    return NULL;
}

static void add_audience(struct arena *a, const struct briefing_audience *audience, struct order *o)
{
    o->sending.people = NEW_ARRAY(a, audience->count, struct sending_invitee);
    for (size_t i = 0; i < audience->count; i++) {
        const struct briefing_invitee *who = &audience->items[i];
        add_organization(a, o, who->org->id);
        if (!who->is_invited)
            o->sending.people[o->sending.total++] =
                (struct sending_invitee){who->person->n, who->org->n, who->duty};
    }
}

/* From this version on the organizations invited read the briefing, its items, and who hosts it. */
static err append_open(struct arena *a, struct session *s, const struct reader *r,
                       struct briefing *b, const struct order *o)
{
    const struct policy_org *group = policy_org(s->policy, b->group);
    struct briefing_items items = {0};
    struct stix_strs owners = {0};
    int64_t group_us;
    TRY(briefing_items_get(a, s, r, b, &items));
    TRY(audience_version(a, s, b->group, group->id, &group_us));
    group_owners(a, s, b->group, &owners);
    b->status = BRIEFING_SENT;
    b->sent_us = b->sent_us ? b->sent_us : s->now_us;
    OWNED(batch_done) struct batch batch;
    batch_init(&batch, a, s, r, b->group);
    struct named_spec invited = {.id = invited_marking(a, s, b->id),
                                 .created_by = group->id,
                                 .name = LIT("Those invited"),
                                 .readers = hosts_marking(a, s, group->id),
                                 .organizations = o->organizations};
    TRY(audience_version(a, s, b->group, invited.id, &invited.modified_us));
    batch_put_audience(&batch, &invited);
    batch_put_group(&batch, group, &owners, invited.id, group_us);
    const struct briefing_version v = {.briefing = b, .group_id = group->id, .marking = invited.id};
    batch_put_briefing(&batch, &v);
    TRY(briefing_put_items(&batch, &v, &items));
    TRY(batch_append(&batch));
    return material_open_all(a, s, r, b, &items);
}

static err check_sendable(struct arena *a, struct session *s, const struct reader *r,
                          const struct briefing *b)
{
    struct sending under_way;
    TRY(briefing_sending_get(a, s, b->id, &under_way));
    if (under_way.done < under_way.total)
        return FAIL(a, ERR_CONFLICT, "invitations are still going out; wait until they are done");
    if (b->status == BRIEFING_CANCELLED || b->is_over)
        return FAIL(a, ERR_CONFLICT, "this briefing %s; nobody can be invited to it any more",
                    b->is_over ? "is over" : "was cancelled");
    if (!r->may_post)
        return FAIL(a, ERR_FORBIDDEN, "to send invitations one is a publisher of a host");
    return NULL;
}

static err check_people(struct arena *a, size_t now, size_t shown)
{
    if (now == shown)
        return NULL;
    return FAIL(a, ERR_CONFLICT,
                "it would be %zu people now and not the %zu you were shown; look at the list again "
                "and send it then",
                now, shown);
}

err briefing_send(struct arena *a, struct session *s, const struct reader *r, str id,
                  const struct briefing_order *order)
{
    struct briefing b;
    struct briefing_audience audience;
    struct order o = {0};
    map_init(&o.seen, a);
    TRY(briefing_get_hosted(a, s, r, id, &b));
    TRY(check_sendable(a, s, r, &b));
    TRY(approval_check_send(a, s, r, &b, order->urgent_because.len > 0));
    TRY(briefing_audience_find(a, s, r, &b, &audience));
    TRY(check_people(a, audience.count - audience.invited_count, order->people));
    if (b.status == BRIEFING_SENT)
        TRY(add_invited_before(a, s, r, id, &o));
    add_audience(a, &audience, &o);
    if (o.sending.total == 0)
        return b.status == BRIEFING_SENT
                   ? NULL
                   : FAIL(a, ERR_CONFLICT, "nobody would be invited; choose another audience");
    if (order->urgent_because.len)
        b.urgent_because = order->urgent_because;
    TRY(append_open(a, s, r, &b, &o));
    o.sending.briefing = id;
    o.sending.ordered_us = s->now_us;
    o.sending.actor = r->gate.actor;
    TRY(sendings_put(a, s, &o.sending));
    TRY(reminder_plan(a, s, &b));
    return briefing_record(a, s, r, "briefing.send", id,
                           arena_print(a, "%zu people%s", order->people,
                                       order->urgent_because.len ? ", in urgency" : ""));
}

err briefing_sending_get(struct arena *a, struct session *s, str id, struct sending *out)
{
    err absent = sendings_get(a, s, id, out);
    if (absent == NULL || absent->code != ERR_NOT_FOUND)
        return absent;
    *out = (struct sending){.briefing = id};
    return NULL;
}

/* ---- its pieces */

struct piece {
    struct batch batch;
    const struct briefing *b;
    str group_id;
    struct map defined; /* organizations whose marking is in this piece */
};

/* The organization's own audience within this group, defined once for all its briefings. */
static err define_marking(struct piece *p, const struct policy_org *org, str marking)
{
    int64_t version_us;
    if (map_get(&p->defined, org->id))
        return NULL;
    map_put(&p->defined, org->id, p);
    TRY(audience_version(p->batch.a, p->batch.s, p->batch.contributor, marking, &version_us));
    str org_id = org->id;
    const struct named_spec spec = {.id = marking,
                                    .created_by = p->group_id,
                                    .name = org->name,
                                    .organizations = {&org_id, 1, 1}};
    if (version_us == 0)
        batch_put_audience(&p->batch, &spec);
    return NULL;
}

static err put_invitation(struct piece *p, const struct sending_invitee *who)
{
    struct arena *a = p->batch.a;
    const struct policy *policy = p->batch.s->policy;
    const struct policy_person *person = policy_person(policy, who->person);
    const struct policy_org *org = policy_org(policy, who->org);
    if (person == NULL || org == NULL || person->is_suspended || !org->is_active)
        return NULL; /* gone since the order */
    str marking = member_marking(a, p->batch.s, p->group_id, org->id);
    TRY(define_marking(p, org, marking));
    const struct object_head head = {.type = "briefing-invitation",
                                     .extension = INVITATION_EXTENSION,
                                     .id = uuid_random_id(a, LIT("briefing-invitation")),
                                     .created_by = p->group_id,
                                     .label = p->b->label,
                                     .markings = {marking}};
    struct json_writer *w = batch_open(&p->batch, &head);
    json_member(w, "briefing_ref", p->b->id);
    json_member(w, "person_ref", person->id);
    json_member(w, "organization_ref", org->id);
    if (who->duty >= 0 && who->duty < DUTY_COUNT)
        json_member(w, "duty", duty_name((unsigned)who->duty));
    batch_close(&p->batch, &head);
    return NULL;
}

/* Who ordered it; where they may no longer act, the group itself. */
static err sender_reader(struct arena *a, struct session *s, int64_t actor, int64_t group,
                         struct reader *out)
{
    TRY(reader_of_actor(a, s, actor, group, out));
    return out->gate.is_active ? NULL : group_reader(a, s, group, out);
}

static err append_piece(struct arena *a, struct session *s, const struct sending *sending,
                        const struct briefing *b, size_t until)
{
    struct reader reader;
    TRY(sender_reader(a, s, sending->actor, b->group, &reader));
    struct piece p = {.b = b, .group_id = policy_org(s->policy, b->group)->id};
    map_init(&p.defined, a);
    batch_init(&p.batch, a, s, &reader, b->group);
    err failure = NULL;
    for (size_t i = sending->done; i < until && !failure; i++)
        failure = put_invitation(&p, &sending->people[i]);
    failure = failure ? failure : batch_append(&p.batch);
    batch_done(&p.batch);
    return failure;
}

err briefing_send_piece(struct arena *a, struct session *s, str id, bool *is_done)
{
    struct sending sending;
    struct reader group;
    struct briefing b;
    TRY(briefing_sending_get(a, s, id, &sending));
    *is_done = true;
    if (sending.done == sending.total)
        return NULL;
    TRY(briefing_get_as_group(a, s, id, &group, &b));
    size_t until = sending.done + BRIEFING_SEND_PIECE;
    until = until < sending.total ? until : sending.total;
    if (b.status == BRIEFING_SENT)
        TRY(append_piece(a, s, &sending, &b, until));
    else /* cancelled meanwhile: nobody else is bothered */
        until = sending.total;
    *is_done = until == sending.total;
    if (*is_done)
        TRY(mail_order(a, s, id));
    return sendings_set_done(a, s, id, until);
}
