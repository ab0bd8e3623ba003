/*
 * Attendance and usefulness. Both are contributed by the hosts' group with the person in their
 * audience, so that the person's own office does not read them by being their office (B9).
 */
#include "service/briefing_after.h"

#include "base/uuid.h"
#include "service/briefing_audience.h"
#include "service/briefing_parts.h"

#include <stdlib.h>

#define WORDS_BYTES_MAX 4000

#define ABSENCE_NAME(word, name) LIT_INIT(name),
static const str ABSENCE_NAMES[] = {BRIEFING_ABSENCES(ABSENCE_NAME)};

str briefing_absence_name(enum briefing_absence why)
{
    ASSERT(why < ABSENCE_COUNT);
    return ABSENCE_NAMES[why];
}

/* ---- attendance */

/* What stands about a person and a briefing: the newest object of that type. */
static err find_about_person(struct arena *a, struct session *s, const struct reader *r,
                             const char *type, const struct briefing_invitation *to,
                             struct log_entry *out)
{
    struct about_rows rows = {0};
    TRY(about_list(a, s, r, to->id, str_of(type), &rows));
    *out = rows.count ? rows.items[rows.count - 1].entry : (struct log_entry){0};
    return NULL;
}

err batch_define_person(struct batch *batch, str group_id, str person, str *marking)
{
    int64_t version_us;
    *marking = member_marking(batch->a, batch->s, group_id, person);
    TRY(audience_version(batch->a, batch->s, batch->contributor, *marking, &version_us));
    const struct named_spec spec = {.id = *marking,
                                    .created_by = group_id,
                                    .name = LIT("One person"),
                                    .people = {&person, 1, 1}};
    if (version_us == 0)
        batch_put_audience(batch, &spec);
    return NULL;
}

static err put_presence(struct batch *batch, const struct briefing *b, str group_id,
                        const struct briefing_presence *who)
{
    struct arena *a = batch->a;
    struct briefing_invitation invitation;
    struct log_entry before;
    str id = {0};
    TRY(briefing_find_invitation(a, batch->s, batch->reader, b->id, who->person, &invitation));
    if (invitation.id.len == 0)
        return FAIL(a, ERR_INVALID, "%.*s was not invited to this briefing", STR_ARG(who->person));
    if (who->left_us && who->joined_us && who->left_us < who->joined_us)
        return FAIL(a, ERR_INVALID, "nobody leaves before they join");
    TRY(find_about_person(a, batch->s, batch->reader, "attendance", &invitation, &before));
    if (before.number)
        TRY(log_body_id(a, batch->s, before.body, &id));
    struct object_head head = {.type = "attendance",
                               .extension = ATTENDANCE_EXTENSION,
                               .id = id.len ? id : uuid_random_id(a, LIT("attendance")),
                               .modified_us = before.version_us,
                               .created_by = group_id,
                               .label = b->label};
    TRY(batch_define_person(batch, group_id, who->person, &head.markings[0]));
    struct json_writer *w = batch_open(batch, &head);
    json_member(w, "briefing_ref", b->id);
    json_member(w, "invitation_ref", invitation.id);
    json_member(w, "person_ref", who->person);
    json_member_bool(w, "was_there", who->was_there);
    if (who->was_there && who->joined_us)
        put_time(w, "joined", who->joined_us);
    if (who->was_there && who->left_us)
        put_time(w, "left", who->left_us);
    batch_close(batch, &head);
    return NULL;
}

err briefing_get_for_attendance(struct arena *a, struct session *s, const struct reader *r,
                                str briefing, struct briefing *out)
{
    TRY(briefing_get_hosted(a, s, r, briefing, out));
    if (out->status != BRIEFING_SENT || s->now_us < out->when.start_us - BRIEFING_JOIN_BEFORE_US)
        return FAIL(a, ERR_CONFLICT, "attendance is taken from 30 minutes before the start on");
    return NULL;
}

err briefing_take_attendance(struct arena *a, struct session *s, const struct reader *r,
                             str briefing, const struct briefing_presence *people, size_t count)
{
    struct briefing b;
    TRY(briefing_get_for_attendance(a, s, r, briefing, &b));
    OWNED(batch_done) struct batch batch;
    batch_init(&batch, a, s, r, b.group);
    str group_id = policy_org(s->policy, b.group)->id;
    for (size_t i = 0; i < count; i++)
        TRY(put_presence(&batch, &b, group_id, &people[i]));
    TRY(batch_append(&batch));
    return briefing_record(a, s, r, "briefing.attendance", briefing,
                           arena_print(a, "%zu people", count));
}

static void take_presence(struct arena *a, const struct parsed *p, const struct log_entry *e,
                          struct briefing_attendee *out)
{
    out->is_said = true;
    out->entry = *e;
    out->invitation.id = parsed_text(a, p->value, "invitation_ref");
    out->presence = (struct briefing_presence){
        .person = parsed_text(a, p->value, "person_ref"),
        .was_there = json_is(json_get(p->value, LIT("was_there")), JSON_TRUE),
        .joined_us = parsed_time(p->value, "joined"),
        .left_us = parsed_time(p->value, "left")};
}

static err read_presence(struct arena *a, struct session *s, const struct log_entry *e,
                         struct briefing_attendee *out)
{
    OWNED(parsed_done) struct parsed p = {0};
    TRY(parsed_read(a, s, e, &p));
    take_presence(a, &p, e, out);
    return NULL;
}

/* What became of one organization's invitations. */
struct outcome {
    const struct policy_org *org;
    size_t invited;
    size_t declined;
    bool was_there;
};

/* Whoever sent somebody uninvited is not missing. */
static void add_missing(struct arena *a, struct briefing_attendance *out,
                        const struct policy_org *org, enum briefing_absence why)
{
    for (size_t i = 0; i < out->guests.count; i++) {
        if (str_eq(out->guests.items[i].organization, org->id))
            return;
    }
    *LIST_ADD(a, &out->missing) = (struct briefing_absent){org, why};
}

static void add_invited_missing(struct arena *a, const struct session *s,
                                struct briefing_attendance *out)
{
    struct map by_org;
    size_t at = 0;
    map_init(&by_org, a);
    for (size_t i = 0; i < out->count; i++) {
        const struct briefing_attendee *who = &out->items[i];
        struct outcome *o = map_get(&by_org, who->invitation.organization);
        if (o == NULL) {
            o = NEW(a, struct outcome);
            o->org = policy_org_by_id(s->policy, who->invitation.organization);
            map_put(&by_org, who->invitation.organization, o);
        }
        o->invited++;
        o->declined += who->invitation.answer == ABOUT_NO;
        o->was_there |= who->is_said && who->presence.was_there;
    }
    for (const struct map_slot *slot; (slot = map_next(&by_org, &at));) {
        const struct outcome *o = slot->value;
        if (o->org && !o->was_there)
            add_missing(a, out, o->org,
                        o->declined == o->invited ? ABSENCE_DECLINED : ABSENCE_ABSENT);
    }
}

/* Those who should have been invited: whom the hosts did not ask is the hosts' omission. */
static err add_uninvited_missing(struct arena *a, struct session *s, const struct reader *r,
                                 const struct briefing *b, struct briefing_attendance *out)
{
    static const enum briefing_absence WHY[MISS_COUNT] = {
        [MISS_NO_DUTY] = ABSENCE_NOT_REACHED,  [MISS_NOT_MEMBER] = ABSENCE_NOT_MEMBER,
        [MISS_NOT_ASKED] = ABSENCE_NOT_ASKED,  [MISS_CEILING] = ABSENCE_NOT_ASKED,
        [MISS_SUSPENDED] = ABSENCE_NOT_MEMBER,
    };
    struct briefing_audience audience;
    TRY(briefing_audience_find(a, s, r, b, &audience));
    for (size_t i = 0; i < audience.missed.count; i++)
        add_missing(a, out, audience.missed.items[i].org, WHY[audience.missed.items[i].why]);
    for (size_t i = 0; i < audience.count; i++) {
        bool is_first = i == 0 || audience.items[i].org != audience.items[i - 1].org;
        if (!audience.items[i].is_invited && is_first)
            add_missing(a, out, audience.items[i].org, ABSENCE_NOT_ASKED);
    }
    return NULL;
}

static int missing_order(const void *a, const void *b)
{
    const struct briefing_absent *one = a;
    const struct briefing_absent *two = b;
    int order = (one->why > two->why) - (one->why < two->why);
    return order ? order : str_cmp(one->org->name, two->org->name);
}

/* What was said last of each of those invited, by the invitation's id. */
static err map_presences(struct arena *a, struct session *s, const struct reader *r, str briefing,
                         struct map *out)
{
    struct about_rows rows = {0};
    OWNED(parsed_done) struct parsed p = {0};
    map_init(out, a);
    TRY(about_list(a, s, r, briefing, LIT("attendance"), &rows));
    for (size_t i = 0; i < rows.count; i++) {
        if (rows.items[i].word == ABOUT_NOTHING) /* a guest */
            continue;
        struct briefing_attendee *who = NEW(a, struct briefing_attendee);
        TRY(parsed_read(a, s, &rows.items[i].entry, &p));
        take_presence(a, &p, &rows.items[i].entry, who);
        map_put(out, who->invitation.id, who);
    }
    return NULL;
}

static err list_attendees(struct arena *a, struct session *s, const struct reader *r, str briefing,
                          const struct briefing_invitations *invited,
                          struct briefing_attendance *out)
{
    struct map said;
    *out = (struct briefing_attendance){0};
    TRY(map_presences(a, s, r, briefing, &said));
    for (size_t i = 0; i < invited->count; i++) {
        struct briefing_attendee who = {.invitation = invited->items[i]};
        const struct briefing_attendee *found = map_get(&said, who.invitation.id);
        if (found) {
            who.is_said = true;
            who.presence = found->presence;
            who.entry = found->entry;
        }
        out->present += who.is_said && who.presence.was_there;
        *LIST_ADD(a, out) = who;
    }
    return NULL;
}

err briefing_attendees_get(struct arena *a, struct session *s, const struct reader *r,
                           const struct briefing *b, struct briefing_attendance *out)
{
    struct briefing_invitations invited = {0};
    TRY(briefing_answers_seen(a, s, r, b->id, &invited));
    return list_attendees(a, s, r, b->id, &invited, out);
}

err briefing_attendance_get(struct arena *a, struct session *s, const struct reader *r,
                            const struct briefing *b, struct briefing_attendance *out)
{
    struct briefing_invitations invited = {0};
    TRY(briefing_answers_all(a, s, b->id, &invited));
    TRY(list_attendees(a, s, r, b->id, &invited, out));
    TRY(briefing_guests_list(a, s, r, b, &out->guests));
    if (out->present == 0)
        return NULL;
    add_invited_missing(a, s, out);
    TRY(add_uninvited_missing(a, s, r, b, out));
    if (out->missing.count)
        qsort(out->missing.items, out->missing.count, sizeof(*out->missing.items), missing_order);
    return NULL;
}

err briefing_present_count(struct arena *a, struct session *s, const struct reader *r, str briefing,
                           size_t *present, bool *is_said)
{
    struct about_rows rows = {0};
    TRY(about_list(a, s, r, briefing, LIT("attendance"), &rows));
    *is_said = false;
    *present = 0;
    for (size_t i = 0; i < rows.count; i++) {
        *is_said |= rows.items[i].word != ABOUT_NOTHING;
        *present += rows.items[i].word == ABOUT_YES;
    }
    return NULL;
}

/* ---- was it useful? */

static const str OPINIONS[] = {LIT_INIT("strongly-disagree"), LIT_INIT("disagree"),
                               LIT_INIT("neutral"), LIT_INIT("agree"), LIT_INIT("strongly-agree")};

static err read_opinion(struct arena *a, struct session *s, const struct log_entry *e,
                        struct briefing_opinion *out, str *invitation)
{
    OWNED(parsed_done) struct parsed p = {0};
    TRY(parsed_read(a, s, e, &p));
    json own = json_get(json_get(p.value, LIT("extensions")), LIT(USEFULNESS_EXTENSION));
    *out = (struct briefing_opinion){
        .words = parsed_text(a, p.value, "explanation"),
        .is_for_attendees = str_eq(json_get_string(own, LIT("words_for")), LIT("attendees"))};
    for (unsigned i = 0; i < USEFULNESS_STEPS; i++) {
        if (str_eq(OPINIONS[i], json_get_string(p.value, LIT("opinion"))))
            out->value = i + 1;
    }
    if (invitation)
        *invitation = parsed_text(a, own, "invitation_ref");
    return NULL;
}

/* The reader's invitation, and whether they were there as far as anybody said. */
static err find_judge(struct arena *a, struct session *s, const struct reader *r,
                      const struct briefing *b, struct briefing_invitation *mine, bool *out)
{
    struct briefing_attendee who = {0};
    struct log_entry e;
    *out = false;
    TRY(briefing_my_invitation(a, s, r, b->id, mine));
    if (mine->id.len == 0 || !b->is_over)
        return NULL;
    who.invitation = *mine;
    TRY(find_about_person(a, s, r, "attendance", mine, &e));
    if (e.number)
        TRY(read_presence(a, s, &e, &who));
    *out = who.is_said ? who.presence.was_there : mine->answer == ABOUT_YES;
    return NULL;
}

err briefing_may_judge(struct arena *a, struct session *s, const struct reader *r,
                       const struct briefing *b, bool *out)
{
    struct briefing_invitation mine;
    return find_judge(a, s, r, b, &mine, out);
}

err briefing_my_opinion(struct arena *a, struct session *s, const struct reader *r,
                        const struct briefing *b, struct briefing_opinion *out)
{
    struct briefing_invitation mine;
    struct log_entry e;
    *out = (struct briefing_opinion){0};
    TRY(briefing_my_invitation(a, s, r, b->id, &mine));
    if (mine.id.len == 0)
        return NULL;
    TRY(find_about_person(a, s, r, "opinion", &mine, &e));
    return e.number ? read_opinion(a, s, &e, out, NULL) : NULL;
}

static void put_opinion(struct batch *batch, const struct object_head *head,
                        const struct briefing *b, const struct briefing_invitation *from,
                        const struct briefing_opinion *opinion)
{
    struct json_writer *w = batch_open(batch, head);
    json_member(w, "opinion", OPINIONS[opinion->value - 1]);
    put_text_if(w, "explanation", opinion->words);
    json_key(w, LIT("object_refs"));
    json_open_array(w);
    json_put_string(w, b->id);
    json_close_array(w);
    json_key(w, LIT("extensions"));
    json_open_object(w);
    json_key(w, LIT(USEFULNESS_EXTENSION));
    json_open_object(w);
    json_member(w, "extension_type", LIT("property-extension"));
    json_member(w, "invitation_ref", from->id);
    json_member(w, "words_for", opinion->is_for_attendees ? LIT("attendees") : LIT("hosts"));
    json_close_object(w);
    json_close_object(w);
    batch_close(batch, head);
}

err briefing_judge(struct arena *a, struct session *s, const struct reader *r, str briefing,
                   const struct briefing_opinion *opinion)
{
    struct briefing b;
    struct briefing_invitation mine;
    struct log_entry before;
    struct reader group;
    bool may_judge;
    ASSERT(opinion->value >= 1 && opinion->value <= USEFULNESS_STEPS);
    TRY(briefing_get(a, s, r, briefing, &b));
    TRY(find_judge(a, s, r, &b, &mine, &may_judge));
    if (mine.id.len && !b.is_over)
        return FAIL(a, ERR_CONFLICT, "this briefing is not over yet");
    if (!may_judge)
        return FAIL(a, ERR_NOT_FOUND, "only who was there is asked whether it was useful");
    if (opinion->words.len > WORDS_BYTES_MAX)
        return FAIL(a, ERR_INVALID, "the words are longer than %d bytes", WORDS_BYTES_MAX);
    TRY(group_reader(a, s, b.group, &group));
    TRY(find_about_person(a, s, &group, "opinion", &mine, &before));
    struct object_head head = {.type = "opinion",
                               .modified_us = before.version_us,
                               .created_by = group.org->id,
                               .label = b.label};
    head.id = uuid_random_id(a, LIT("opinion"));
    if (before.number)
        TRY(log_body_id(a, s, before.body, &head.id));
    OWNED(batch_done) struct batch batch;
    batch_init(&batch, a, s, &group, b.group);
    TRY(batch_define_person(&batch, group.org->id, mine.person, &head.markings[0]));
    put_opinion(&batch, &head, &b, &mine, opinion);
    TRY(batch_append(&batch));
    return briefing_record(a, s, r, "briefing.judge", briefing, (str){0});
}

/* The sector of who was invited by it; an organization that is gone counts as another one. */
static err find_judge_org(struct arena *a, struct session *s, const struct reader *group,
                          str invitation, const struct policy_org **out)
{
    struct log_entry e;
    OWNED(parsed_done) struct parsed p = {0};
    TRY(about_get(a, s, group, invitation, &e));
    TRY(parsed_read(a, s, &e, &p));
    *out = policy_org_by_id(s->policy, json_get_string(p.value, LIT("organization_ref")));
    return NULL;
}

static err count_opinion(struct arena *a, struct session *s, const struct reader *group,
                         const struct log_entry *e, struct briefing_verdict *out, bool is_host)
{
    struct briefing_opinion opinion;
    const struct policy_org *org;
    enum sector sector = SECTOR_OTHER;
    str invitation;
    TRY(read_opinion(a, s, e, &opinion, &invitation));
    TRY(find_judge_org(a, s, group, invitation, &org));
    if (opinion.value == 0)
        return NULL;
    if (org)
        (void)sector_read(org->sector, &sector);
    out->tally.answers++;
    out->tally.rows[sector].counts[opinion.value - 1]++;
    if (opinion.words.len && (is_host || opinion.is_for_attendees))
        *LIST_ADD(a, &out->words) = (struct briefing_words){
            .words = opinion.words, .org = is_host ? org : NULL, .entry = *e, .is_given = is_host};
    return NULL;
}

/* Counted as the group reads them: what is told of them is what nobody can be known by. */
err briefing_verdict_get(struct arena *a, struct session *s, const struct briefing *b,
                         struct briefing_verdict *out)
{
    struct about_rows rows = {0};
    struct reader group;
    *out = (struct briefing_verdict){0};
    TRY(group_reader(a, s, b->group, &group));
    TRY(about_list(a, s, &group, b->id, LIT("opinion"), &rows));
    for (size_t i = 0; i < rows.count; i++)
        TRY(count_opinion(a, s, &group, &rows.items[i].entry, out, b->is_host));
    usefulness_hide(&out->tally);
    return NULL;
}
