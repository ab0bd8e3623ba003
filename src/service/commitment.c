/*
 * Commitments: contributed by the hosts' group, under an audience of those who were there.
 */
#include "service/commitment.h"

#include "base/num.h"
#include "base/uuid.h"
#include "service/briefing_after.h"
#include "service/briefing_parts.h"
#include "service/reminder.h"
#include "stix/marking.h"
#include "store/ends.h"

#define EDITIONS_BACK_MAX 100
/* A day is over everywhere twelve hours after its end in UTC. */
#define DAY_OVER_US (US_PER_DAY + US_PER_DAY / 2)

static const str WORDS[] = {LIT_INIT("open"), LIT_INIT("done"), LIT_INIT("dropped")};

str commitment_word_name(enum commitment_word word)
{
    ASSERT(word < COUNT_OF(WORDS));
    return WORDS[word];
}

bool commitment_word_read(str text, enum commitment_word *out)
{
    for (unsigned i = 0; i < COUNT_OF(WORDS); i++) {
        if (str_eq(WORDS[i], text)) {
            *out = (enum commitment_word)i;
            return true;
        }
    }
    return false;
}

/* ---- reading */

/* Whoever promised: the person named, else any publisher of the organization. */
static bool is_promiser(const struct reader *r, const struct commitment *c)
{
    if (r->org == NULL || r->person == NULL || !str_eq(c->organization, r->org->id))
        return false;
    return c->person.len ? str_eq(c->person, r->person->id) : r->may_post;
}

static err read_commitment(struct arena *a, struct session *s, const struct reader *r,
                           const struct log_entry *e, struct commitment *out)
{
    OWNED(parsed_done) struct parsed p = {0};
    TRY(parsed_read(a, s, e, &p));
    json v = p.value;
    struct commitment c = {.id = arena_copy(a, p.id),
                           .entry = *e,
                           .briefing = parsed_text(a, v, "briefing_ref"),
                           .content = parsed_text(a, v, "content"),
                           .organization = parsed_text(a, v, "organization_ref"),
                           .person = parsed_text(a, v, "person_ref"),
                           .due_us = parsed_time(v, "due")};
    commitment_word_read(json_get_string(v, LIT("status")), &c.word);
    c.is_late = c.word == COMMITMENT_OPEN && c.due_us && s->now_us >= c.due_us + DAY_OVER_US;
    c.may_settle = is_promiser(r, &c) || (r->may_post && group_is_owned_by(r, e->contributor));
    *out = c;
    return NULL;
}

static err add_of(struct arena *a, struct session *s, const struct reader *r,
                  const struct briefing *b, bool wants_open_only, struct commitments *out)
{
    struct about_rows rows = {0};
    TRY(about_list(a, s, r, b->id, LIT("commitment"), &rows));
    for (size_t i = 0; i < rows.count; i++) {
        struct commitment one;
        if (rows.items[i].entry.contributor != b->group)
            continue;
        TRY(read_commitment(a, s, r, &rows.items[i].entry, &one));
        if (!wants_open_only || one.word == COMMITMENT_OPEN)
            *LIST_ADD(a, out) = one;
    }
    return NULL;
}

err commitments_list(struct arena *a, struct session *s, const struct reader *r,
                     const struct briefing *b, struct commitments *out)
{
    struct briefing edition = *b;
    TRY(add_of(a, s, r, b, false, out));
    for (int i = 0; i < EDITIONS_BACK_MAX && edition.follows.len; i++) {
        err absent = briefing_get(a, s, r, edition.follows, &edition);
        if (absent && absent->code == ERR_NOT_FOUND)
            return NULL;
        TRY(absent);
        TRY(add_of(a, s, r, &edition, true, out));
    }
    return NULL;
}

err commitments_awaited(struct arena *a, struct session *s, const struct reader *r,
                        struct commitments *out)
{
    struct about_rows rows = {0};
    ASSERT(!s->is_write); /* see store/ends.h */
    TRY(about_list(a, s, r, r->org->id, LIT("commitment"), &rows));
    for (size_t i = 0; i < rows.count; i++) {
        const struct log_entry *e = &rows.items[i].entry;
        struct entry_end end;
        struct commitment one;
        if (ends_get(s->store->ends, e->number, &end) && end.end_us < s->now_us)
            continue;
        TRY(read_commitment(a, s, r, e, &one));
        end = (struct entry_end){one.word == COMMITMENT_OPEN ? INT64_MAX : 0, rows.items[i].object};
        ends_put(s->store->ends, e->number, &end);
        if (one.word == COMMITMENT_OPEN && is_promiser(r, &one))
            *LIST_ADD(a, out) = one;
    }
    return NULL;
}

err commitment_get_as_group(struct arena *a, struct session *s, str id, struct commitment *out)
{
    struct log_entries entries = {0};
    struct log_entry e;
    struct reader group;
    TRY(log_entries_of(a, s, id, s->policy->briefings, &entries));
    if (entries.count == 0)
        return FAIL(a, ERR_NOT_FOUND, "there is no such commitment");
    TRY(group_reader(a, s, entries.items[0].contributor, &group));
    TRY(about_get(a, s, &group, id, &e));
    return read_commitment(a, s, &group, &e, out);
}

/* ---- who reads it */

static err find_present(struct arena *a, struct session *s, const struct reader *group,
                        const struct briefing *b, struct stix_strs *out)
{
    struct briefing_attendance attendance;
    TRY(briefing_attendance_get(a, s, group, b, &attendance));
    for (size_t i = 0; i < attendance.count; i++) {
        const struct briefing_attendee *who = &attendance.items[i];
        if (who->presence.was_there && !strs_have(out, who->invitation.organization))
            *LIST_ADD(a, out) = who->invitation.organization;
    }
    if (out->count == 0)
        return FAIL(a, ERR_CONFLICT,
                    "say first who was there: what was promised is told to them and to the hosts");
    return NULL;
}

static err put_present(struct batch *batch, const struct briefing *b,
                       const struct stix_strs *present, str *marking)
{
    str group_id = policy_org(batch->s->policy, b->group)->id;
    *marking = derived_id(batch->a, batch->s, "marking-definition", LIT("present"), b->id);
    struct named_spec spec = {.id = *marking,
                              .created_by = group_id,
                              .name = LIT("Those who were there"),
                              .readers = hosts_marking(batch->a, batch->s, group_id),
                              .organizations = *present};
    TRY(audience_version(batch->a, batch->s, b->group, spec.id, &spec.modified_us));
    batch_put_audience(batch, &spec);
    return NULL;
}

static err append(struct arena *a, struct session *s, const struct reader *as,
                  const struct briefing *b, const struct commitment *c)
{
    struct reader group;
    struct stix_strs present = {0};
    struct object_head head = {.type = "commitment",
                               .extension = COMMITMENT_EXTENSION,
                               .id = c->id,
                               .modified_us = c->entry.version_us,
                               .created_by = policy_org(s->policy, b->group)->id,
                               .label = b->label};
    TRY(group_reader(a, s, b->group, &group));
    TRY(find_present(a, s, &group, b, &present));
    if (!strs_have(&present, c->organization) && !strs_have(&b->hosts, c->organization))
        return FAIL(a, ERR_INVALID, "whoever promises hosts the briefing or was there");
    OWNED(batch_done) struct batch batch;
    batch_init(&batch, a, s, as, b->group);
    TRY(put_present(&batch, b, &present, &head.markings[0]));
    struct json_writer *w = batch_open(&batch, &head);
    json_member(w, "briefing_ref", b->id);
    json_member(w, "content", c->content);
    json_member(w, "organization_ref", c->organization);
    put_text_if(w, "person_ref", c->person);
    if (c->due_us)
        put_time(w, "due", c->due_us);
    json_member(w, "status", commitment_word_name(c->word));
    batch_close(&batch, &head);
    return batch_append(&batch);
}

/* ---- the verbs */

static err check_promise(struct arena *a, const struct session *s, const struct commitment *c)
{
    const struct policy_org *org = policy_org_by_id(s->policy, c->organization);
    const struct policy_person *person = map_get(&s->policy->person_by_id, c->person);
    bool is_theirs = c->person.len == 0 || (org && policy_affiliation(person, org->n));
    if (str_trim(c->content).len == 0)
        return FAIL(a, ERR_INVALID, "say what was promised");
    if (c->content.len > COMMITMENT_BYTES_MAX)
        return FAIL(a, ERR_INVALID, "a promise has at most %d bytes", COMMITMENT_BYTES_MAX);
    return is_theirs ? NULL
                     : FAIL(a, ERR_INVALID, "whoever promised is a person of that organization");
}

err commitment_add(struct arena *a, struct session *s, const struct reader *r, str briefing,
                   const struct commitment *promise)
{
    struct briefing b;
    struct commitment c = *promise;
    TRY(briefing_get_hosted(a, s, r, briefing, &b));
    TRY(briefing_check_may_host(a, r));
    TRY(check_promise(a, s, &c));
    c.id = uuid_random_id(a, LIT("commitment"));
    TRY(append(a, s, r, &b, &c));
    TRY(reminder_plan_promise(a, s, &c));
    return briefing_record(a, s, r, "briefing.commitment", c.id, (str){0});
}

err commitment_settle(struct arena *a, struct session *s, const struct reader *r, str id,
                      const struct commitment_change *change)
{
    struct log_entry e;
    struct commitment c;
    struct briefing b;
    struct reader group;
    if (!str_eq(stix_id_type(id), LIT("commitment")))
        return FAIL(a, ERR_NOT_FOUND, "there is no such commitment, or you may not see it");
    TRY(about_get(a, s, r, id, &e));
    TRY(read_commitment(a, s, r, &e, &c));
    if (!c.may_settle)
        return FAIL(a, ERR_FORBIDDEN,
                    "what became of a promise is said by whoever made it, or by a host");
    TRY(briefing_get_as_group(a, s, c.briefing, &group, &b));
    if (change->has_word)
        c.word = change->word;
    if (change->has_due)
        c.due_us = change->due_us;
    TRY(append(a, s, group_is_owned_by(r, e.contributor) ? r : &group, &b, &c));
    TRY(reminder_plan_promise(a, s, &c));
    return briefing_record(a, s, r, "briefing.commitment-settle", id, commitment_word_name(c.word));
}
