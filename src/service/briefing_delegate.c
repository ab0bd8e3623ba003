/*
 * Whoever goes instead of who is invited (B12): who may, and their invitation.
 */
#include "base/uuid.h"
#include "service/briefing_answer.h"
#include "service/briefing_parts.h"
#include "service/mail.h"
#include "service/material_parts.h"
#include "stix/marking.h"
#include "store/members.h"

/* ---- who may */

static bool has_delegate(const struct briefing_delegates *list, const struct policy_person *person)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].person == person)
            return true;
    }
    return false;
}

static void add_delegate(struct arena *a, const struct reader *r,
                         const struct policy_person *person, const struct policy_org *org,
                         struct briefing_delegates *out)
{
    if (person && person != r->person && !person->is_suspended && !has_delegate(out, person))
        *LIST_ADD(a, out) = (struct briefing_delegate){person, org};
}

/* Checked duty officers of the state or the association that the reader's organization is part of.
 */
static err add_officers(struct arena *a, struct session *s, const struct reader *r,
                        const struct briefing *b, struct briefing_delegates *out)
{
    struct member_links links = {0};
    TRY(members_links(a, s, r->org->id, &links));
    for (size_t i = 0; i < links.count; i++) {
        const struct policy_org *above = policy_org_by_id(s->policy, links.items[i].other);
        struct duty_entries duties = {0};
        if (above == NULL || !above->is_active)
            continue;
        TRY(duty_list(a, s, above->n, &duties));
        for (size_t k = 0; k < duties.count; k++) {
            const struct policy_person *officer = policy_person(s->policy, duties.items[k].person);
            if (duties.items[k].verified_us && policy_affiliation(officer, above->n) &&
                tlp_is_within(b->label, policy_ceiling(officer, above)))
                add_delegate(a, r, officer, above, out);
        }
    }
    return NULL;
}

err briefing_delegates_list(struct arena *a, struct session *s, const struct reader *r,
                            const struct briefing *b, struct briefing_delegates *out)
{
    *out = (struct briefing_delegates){0};
    if (policy_is_provisional(r->person, r->org->n))
        return NULL;
    for (size_t i = 0; i < s->policy->person_count && tlp_is_within(b->label, r->org->ceiling);
         i++) {
        const struct policy_person *person = &s->policy->people[i];
        if (policy_affiliation(person, r->org->n) && !policy_is_provisional(person, r->org->n))
            add_delegate(a, r, person, r->org, out);
    }
    return add_officers(a, s, r, b, out);
}

static err find_delegate_org(struct arena *a, struct session *s, const struct reader *r,
                             const struct briefing *b, str delegate, const struct policy_org **out)
{
    struct briefing_delegates list;
    TRY(briefing_delegates_list(a, s, r, b, &list));
    for (size_t i = 0; i < list.count; i++) {
        if (!str_eq(list.items[i].person->id, delegate))
            continue;
        *out = list.items[i].org;
        return NULL;
    }
    return FAIL(a, ERR_INVALID,
                "in your place can go a colleague with an account here, or a checked duty "
                "officer of the state or association that your office belongs to");
}

/* ---- their invitation */

/* Their organization reads the briefing from now on, as those invited from the start do. */
static err widen(struct arena *a, struct session *s, const struct reader *group,
                 const struct briefing *seen, const struct policy_org *org)
{
    struct briefing b;
    struct briefing_items items = {0};
    struct stix_strs organizations = {0};
    struct log_entry definition;
    str marking = invited_marking(a, s, seen->id);
    TRY(briefing_get(a, s, group, seen->id, &b));
    TRY(about_get(a, s, group, marking, &definition));
    OWNED(parsed_done) struct parsed p = {0};
    TRY(parsed_read(a, s, &definition, &p));
    audience_organizations(a, p.value, &organizations);
    if (strs_have(&organizations, org->id))
        return NULL;
    *LIST_ADD(a, &organizations) = org->id;
    TRY(briefing_items_get(a, s, group, &b, &items));
    OWNED(batch_done) struct batch batch;
    batch_init(&batch, a, s, group, b.group);
    const struct named_spec spec = {.id = marking,
                                    .created_by = group->org->id,
                                    .modified_us = definition.version_us,
                                    .name = LIT("Those invited"),
                                    .readers = hosts_marking(a, s, group->org->id),
                                    .organizations = organizations};
    batch_put_audience(&batch, &spec);
    const struct briefing_version v = {
        .briefing = &b, .group_id = group->org->id, .marking = marking};
    batch_put_briefing(&batch, &v);
    TRY(briefing_put_items(&batch, &v, &items));
    TRY(batch_append(&batch));
    return material_open_all(a, s, group, &b, &items);
}

static err put_delegate(struct arena *a, struct session *s, const struct reader *group,
                        const struct briefing *b, const struct briefing_invitation *from,
                        const struct briefing_instead *to)
{
    str marking = member_marking(a, s, group->org->id, to->org->id);
    int64_t version_us;
    TRY(audience_version(a, s, b->group, marking, &version_us));
    OWNED(batch_done) struct batch batch;
    batch_init(&batch, a, s, group, b->group);
    str org_id = to->org->id;
    const struct named_spec spec = {.id = marking,
                                    .created_by = group->org->id,
                                    .name = to->org->name,
                                    .organizations = {&org_id, 1, 1}};
    if (version_us == 0)
        batch_put_audience(&batch, &spec);
    const struct object_head head = {.type = "briefing-invitation",
                                     .extension = INVITATION_EXTENSION,
                                     .id = uuid_random_id(a, LIT("briefing-invitation")),
                                     .created_by = group->org->id,
                                     .label = b->label,
                                     .markings = {marking}};
    struct json_writer *w = batch_open(&batch, &head);
    json_member(w, "briefing_ref", b->id);
    json_member(w, "person_ref", to->person);
    json_member(w, "organization_ref", to->org->id);
    json_member(w, "delegated_by_ref", from->id);
    batch_close(&batch, &head);
    return batch_append(&batch);
}

err briefing_invite_instead(struct arena *a, struct session *s, const struct briefing *b,
                            const struct briefing_invitation *from,
                            const struct briefing_instead *to)
{
    struct briefing_invitation theirs;
    struct reader group;
    TRY(group_reader(a, s, b->group, &group));
    TRY(briefing_find_invitation(a, s, &group, b->id, to->person, &theirs));
    if (theirs.id.len)
        return NULL;
    TRY(widen(a, s, &group, b, to->org));
    TRY(put_delegate(a, s, &group, b, from, to));
    return mail_order(a, s, b->id);
}

err briefing_check_may_send(struct arena *a, const struct reader *r)
{
    if (!policy_is_provisional(r->person, r->org->n))
        return NULL;
    return FAIL(a, ERR_FORBIDDEN,
                "whoever was vouched for sends nobody else until somebody has called them");
}

err briefing_invite_delegate(struct arena *a, struct session *s, const struct reader *r,
                             const struct briefing *b, const struct briefing_invitation *from,
                             str delegate)
{
    struct briefing_instead to = {.person = delegate};
    TRY(briefing_check_may_send(a, r));
    TRY(find_delegate_org(a, s, r, b, delegate, &to.org));
    return briefing_invite_instead(a, s, b, from, &to);
}
