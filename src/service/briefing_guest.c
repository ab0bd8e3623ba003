/*
 * Who came without an invitation (B20). It is noted of them that they were there, and that is all:
 * what they may read stays as it was, since the note points at the briefing and is read by who may
 * read that (G6), and nothing else asks for it.
 */
#include "service/briefing_after.h"

#include "base/uuid.h"
#include "service/briefing_parts.h"
#include "store/duty.h"

/* ---- who it may be */

/* Whoever every member finds in the directory (B3), for an organization that they answer for. */
static err is_in_directory(struct arena *a, struct session *s, const struct briefing_guest *who,
                           bool *out)
{
    const struct policy_org *org = policy_org_by_id(s->policy, who->organization);
    const struct policy_person *person = map_get(&s->policy->person_by_id, who->person);
    struct duty_entries duties = {0};
    *out = false;
    if (org == NULL || !org->is_active || person == NULL || person->is_suspended)
        return NULL;
    TRY(duty_list(a, s, org->n, &duties));
    for (size_t i = 0; i < duties.count; i++)
        *out |= duties.items[i].person == person->n;
    return NULL;
}

static err check_known(struct arena *a, struct session *s, const struct reader *r,
                       const struct briefing *b, const struct briefing_guest *who)
{
    bool is_there;
    struct briefing_invitation invitation;
    TRY(is_in_directory(a, s, who, &is_there));
    if (!is_there)
        return FAIL(a, ERR_INVALID,
                    "the directory has nobody of this id who answers for that organization; note "
                    "them by their name");
    TRY(briefing_find_invitation(a, s, r, b->id, who->person, &invitation));
    if (invitation.id.len)
        return FAIL(a, ERR_CONFLICT, "they were invited: mark them in the list");
    return NULL;
}

static err check_guest(struct arena *a, struct session *s, const struct reader *r,
                       const struct briefing *b, const struct briefing_guest *who)
{
    struct briefing_guests there = {0};
    if (who->left_us && who->joined_us && who->left_us < who->joined_us)
        return FAIL(a, ERR_INVALID, "nobody leaves before they join");
    if (who->person.len)
        TRY(check_known(a, s, r, b, who));
    else if (str_trim(who->name).len == 0)
        return FAIL(a, ERR_INVALID, "say who it was");
    if (who->name.len > GUEST_NAME_BYTES_MAX)
        return FAIL(a, ERR_INVALID, "the name is longer than %d bytes", GUEST_NAME_BYTES_MAX);
    TRY(briefing_guests_list(a, s, r, b, &there));
    if (there.count == GUESTS_MAX)
        return FAIL(a, ERR_CONFLICT, "at most %d people are noted who were not invited",
                    GUESTS_MAX);
    for (size_t i = 0; i < there.count; i++) {
        if (who->person.len && str_eq(there.items[i].person, who->person))
            return FAIL(a, ERR_CONFLICT, "they are noted already");
    }
    return NULL;
}

/* ---- noting */

/* One by name alone is noted for the hosts; somebody who is known, for them and the person (B9). */
static err append(struct arena *a, struct session *s, const struct reader *r,
                  const struct briefing *b, const struct briefing_guest *who)
{
    str group_id = policy_org(s->policy, b->group)->id;
    struct object_head head = {.type = "attendance",
                               .extension = ATTENDANCE_EXTENSION,
                               .id = who->id,
                               .created_by = group_id,
                               .label = b->label,
                               .markings = {hosts_marking(a, s, group_id)}};
    OWNED(batch_done) struct batch batch;
    batch_init(&batch, a, s, r, b->group);
    if (who->person.len)
        TRY(batch_define_person(&batch, group_id, who->person, &head.markings[0]));
    struct json_writer *w = batch_open(&batch, &head);
    json_member(w, "briefing_ref", b->id);
    put_text_if(w, "person_ref", who->person);
    put_text_if(w, "organization_ref", who->organization);
    if (who->person.len == 0)
        json_member(w, "name", str_trim(who->name));
    json_member_bool(w, "was_there", true);
    if (who->joined_us)
        put_time(w, "joined", who->joined_us);
    if (who->left_us)
        put_time(w, "left", who->left_us);
    batch_close(&batch, &head);
    return batch_append(&batch);
}

err briefing_add_guest(struct arena *a, struct session *s, const struct reader *r, str briefing,
                       const struct briefing_guest *guest)
{
    struct briefing b;
    struct briefing_guest who = *guest;
    TRY(briefing_get_for_attendance(a, s, r, briefing, &b));
    if (who.person.len == 0)
        who.organization = (str){0};
    TRY(check_guest(a, s, r, &b, &who));
    who.id = uuid_random_id(a, LIT("attendance"));
    TRY(append(a, s, r, &b, &who));
    return briefing_record(a, s, r, "briefing.guest", briefing, who.id);
}

err briefing_drop_guest(struct arena *a, struct session *s, const struct reader *r, str briefing,
                        str id)
{
    struct briefing b;
    struct briefing_guests there = {0};
    size_t withdrawn;
    TRY(briefing_get_hosted(a, s, r, briefing, &b));
    TRY(briefing_guests_list(a, s, r, &b, &there));
    for (size_t i = 0; i < there.count; i++) {
        const struct log_withdrawal one = {
            .reader = r, .contributor = b.group, .collection = s->policy->briefings, .id = id};
        if (!str_eq(there.items[i].id, id))
            continue;
        TRY(log_withdraw(a, s, &one, &withdrawn));
        return briefing_record(a, s, r, "briefing.drop-guest", briefing, id);
    }
    return FAIL(a, ERR_NOT_FOUND, "there is no such guest");
}

/* ---- reading */

err briefing_guests_list(struct arena *a, struct session *s, const struct reader *r,
                         const struct briefing *b, struct briefing_guests *out)
{
    struct about_rows rows = {0};
    TRY(about_list(a, s, r, b->id, LIT("attendance"), &rows));
    for (size_t i = 0; i < rows.count; i++) {
        OWNED(parsed_done) struct parsed p = {0};
        if (rows.items[i].word != ABOUT_NOTHING)
            continue;
        TRY(parsed_read(a, s, &rows.items[i].entry, &p));
        *LIST_ADD(a, out) =
            (struct briefing_guest){.id = arena_copy(a, p.id),
                                    .entry = rows.items[i].entry,
                                    .person = parsed_text(a, p.value, "person_ref"),
                                    .organization = parsed_text(a, p.value, "organization_ref"),
                                    .name = parsed_text(a, p.value, "name"),
                                    .joined_us = parsed_time(p.value, "joined"),
                                    .left_us = parsed_time(p.value, "left")};
    }
    return NULL;
}

err briefing_had_guest_of(struct arena *a, struct session *s, const struct reader *hosts,
                          const struct briefing *b, str organization, bool *out)
{
    struct about_rows rows = {0};
    const struct about_pair q = {.target = b->id, .other = organization, .type = LIT("attendance")};
    TRY(about_list_pair(a, s, hosts, &q, &rows));
    *out = rows.count > 0;
    return NULL;
}
