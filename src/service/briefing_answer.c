/*
 * Answers: a reply is contributed by the organization of who answers, for the hosts.
 */
#include "service/briefing_answer.h"

#include "base/uuid.h"
#include "service/briefing_parts.h"
#include "stix/places.h"
#include "store/vouching.h"

/* ---- reading */

static enum about_word read_answer(json v)
{
    str answer = json_get_string(v, LIT("answer"));
    if (str_eq(answer, LIT("delegate")))
        return ABOUT_DELEGATE;
    return str_eq(answer, LIT("yes")) ? ABOUT_YES : ABOUT_NO;
}

static void take_reply(struct arena *a, const struct parsed *p, const struct log_entry *e,
                       struct briefing_invitation *out)
{
    out->id = parsed_text(a, p->value, "invitation_ref");
    out->reply = arena_copy(a, p->id);
    out->reply_us = e->version_us;
    out->reply_entry = *e;
    out->answer = read_answer(p->value);
    out->delegate = parsed_text(a, p->value, "delegate_ref");
    out->note = parsed_text(a, p->value, "note");
    out->noted_by = parsed_text(a, p->value, "noted_by_ref");
}

static err read_reply(struct arena *a, struct session *s, const struct log_entry *e,
                      struct briefing_invitation *out)
{
    OWNED(parsed_done) struct parsed p = {0};
    TRY(parsed_read(a, s, e, &p));
    take_reply(a, &p, e, out);
    return NULL;
}

static void take_invitation(struct arena *a, const struct parsed *p, const struct log_entry *e,
                            struct briefing_invitation *out)
{
    enum duty duty;
    *out = (struct briefing_invitation){
        .id = arena_copy(a, p->id),
        .entry = *e,
        .briefing = parsed_text(a, p->value, "briefing_ref"),
        .person = parsed_text(a, p->value, "person_ref"),
        .organization = parsed_text(a, p->value, "organization_ref"),
        .duty = duty_read(json_get_string(p->value, LIT("duty")), &duty) ? (int)duty : -1,
        .is_delegate = json_is(json_get(p->value, LIT("delegated_by_ref")), JSON_STRING)};
}

static err read_invitation(struct arena *a, struct session *s, const struct log_entry *e,
                           struct briefing_invitation *out)
{
    OWNED(parsed_done) struct parsed p = {0};
    TRY(parsed_read(a, s, e, &p));
    take_invitation(a, &p, e, out);
    return NULL;
}

/* What a host noted is contributed by the hosts' group, an own answer by their organization. */
static bool is_noted(int64_t group, const struct log_entry *reply)
{
    return reply->contributor == group;
}

/* The reply to it that counts: what people said themselves, else what a host noted. */
static err add_reply(struct arena *a, struct session *s, const struct reader *r,
                     struct briefing_invitation *invitation)
{
    struct about_rows rows = {0};
    const struct log_entry *counts = NULL;
    int64_t group = invitation->entry.contributor;
    TRY(about_list(a, s, r, invitation->id, LIT("briefing-reply"), &rows));
    for (size_t i = 0; i < rows.count; i++) {
        const struct log_entry *e = &rows.items[i].entry;
        if (counts == NULL || !is_noted(group, e) || is_noted(group, counts))
            counts = e;
    }
    return counts ? read_reply(a, s, counts, invitation) : NULL;
}

err briefing_list_invitations(struct arena *a, struct session *s, const struct reader *r,
                              str briefing, str who, struct about_rows *out)
{
    struct log_keys keys = {0};
    struct about_pair pair = {.target = who, .other = briefing, .type = LIT("briefing-invitation")};
    TRY(log_keys_of(a, s, briefing, s->policy->briefings, &keys));
    if (keys.count) /* whoever is invited is so after it was made */
        pair.after = keys.items[0].number;
    return about_list_pair(a, s, r, &pair, out);
}

err briefing_find_invitation(struct arena *a, struct session *s, const struct reader *r,
                             str briefing, str person, struct briefing_invitation *out)
{
    struct about_rows rows = {0};
    *out = (struct briefing_invitation){0};
    TRY(briefing_list_invitations(a, s, r, briefing, person, &rows));
    return rows.count ? read_invitation(a, s, &rows.items[rows.count - 1].entry, out) : NULL;
}

err briefing_my_invitation(struct arena *a, struct session *s, const struct reader *r, str briefing,
                           struct briefing_invitation *out)
{
    struct briefing_invitation mine = {0};
    if (r->person)
        TRY(briefing_find_invitation(a, s, r, briefing, r->person->id, &mine));
    if (!str_eq(mine.organization, r->gate.org_id))
        mine = (struct briefing_invitation){0};
    if (mine.id.len)
        TRY(add_reply(a, s, r, &mine));
    *out = mine;
    return NULL;
}

/* ---- answering */

err batch_define_hosts(struct batch *batch, const struct briefing *b, str *marking)
{
    struct arena *a = batch->a;
    str group_id = policy_org(batch->s->policy, b->group)->id;
    str own_id = batch->reader->org->id;
    str key = group_id;
    int64_t version_us;
    struct named_spec spec = {.created_by = own_id, .name = LIT("The hosts of a briefing")};
    batch->is_exercise = b->is_exercise;
    *LIST_ADD(a, &spec.organizations) = group_id;
    for (size_t i = 0; i < b->hosts.count; i++) {
        *LIST_ADD(a, &spec.organizations) = b->hosts.items[i];
        key = arena_join(a, key, LIT(" "), b->hosts.items[i]);
    }
    spec.id = derived_id(a, batch->s, "marking-definition", own_id, key);
    TRY(audience_version(a, batch->s, batch->contributor, spec.id, &version_us));
    if (version_us == 0)
        batch_put_audience(batch, &spec);
    *marking = spec.id;
    return NULL;
}

void batch_put_reply(struct batch *batch, const struct briefing *b,
                     const struct briefing_invitation *to, const struct briefing_reply *reply,
                     str marking)
{
    static const char *const WORDS[] = {"", "yes", "no", "delegate"};
    /* What is noted and what people say themselves are two objects, of two contributors. */
    bool is_next = to->reply.len && (to->noted_by.len > 0) == (reply->noted_by.len > 0);
    const struct object_head head = {
        .type = "briefing-reply",
        .extension = REPLY_EXTENSION,
        .id = is_next ? to->reply : uuid_random_id(batch->a, LIT("briefing-reply")),
        .modified_us = is_next ? to->reply_us : 0,
        .created_by = policy_org(batch->s->policy, batch->contributor)->id,
        .label = b->label,
        .markings = {marking}};
    struct json_writer *w = batch_open(batch, &head);
    json_member(w, "briefing_ref", b->id);
    json_member(w, "invitation_ref", to->id);
    json_member(w, "person_ref", to->person);
    json_member(w, "answer", str_of(WORDS[reply->answer]));
    if (reply->answer == ABOUT_DELEGATE)
        json_member(w, "delegate_ref", reply->delegate);
    put_text_if(w, "note", reply->note);
    put_text_if(w, "noted_by_ref", reply->noted_by);
    if (reply->noted_by.len)
        json_member(w, "means", LIT("phone"));
    batch_close(batch, &head);
}

err briefing_put_reply(struct arena *a, struct session *s, const struct reader *r,
                       const struct briefing *b, const struct briefing_invitation *to,
                       const struct briefing_reply *reply)
{
    OWNED(batch_done) struct batch batch;
    batch_init(&batch, a, s, r, r->org->n);
    str marking;
    TRY(batch_define_hosts(&batch, b, &marking));
    batch_put_reply(&batch, b, to, reply, marking);
    return batch_append(&batch);
}

err briefing_check_open(struct arena *a, const struct briefing *b)
{
    if (b->status == BRIEFING_SENT && !b->is_over)
        return NULL;
    return FAIL(a, ERR_CONFLICT, "this briefing %s, so that nothing was changed",
                b->status == BRIEFING_CANCELLED ? "was cancelled" : "is over");
}

err briefing_answer(struct arena *a, struct session *s, const struct reader *r, str briefing,
                    const struct briefing_reply *reply)
{
    struct briefing b;
    struct briefing_invitation mine;
    ASSERT(reply->answer != ABOUT_NOTHING && reply->answer < ABOUT_WORD_COUNT);
    TRY(briefing_get(a, s, r, briefing, &b));
    TRY(briefing_my_invitation(a, s, r, briefing, &mine));
    if (mine.id.len == 0)
        return FAIL(a, ERR_NOT_FOUND, "you have no invitation to this briefing");
    TRY(briefing_check_open(a, &b));
    if (reply->note.len > BRIEFING_NOTE_BYTES_MAX)
        return FAIL(a, ERR_INVALID, "the note is longer than %d bytes", BRIEFING_NOTE_BYTES_MAX);
    if (reply->answer == ABOUT_DELEGATE)
        TRY(briefing_invite_delegate(a, s, r, &b, &mine, reply->delegate));
    TRY(vouching_withdraw(a, s, mine.id));
    TRY(briefing_put_reply(a, s, r, &b, &mine, reply));
    return briefing_record(a, s, r, "briefing.answer", briefing, (str){0});
}

/* The invitation as its group reads it, and the reader that its person is. */
static err find_invitee(struct arena *a, struct session *s, str invitation,
                        struct briefing_invitation *out, struct reader *r)
{
    struct log_entries entries = {0};
    TRY(log_entries_of(a, s, invitation, s->policy->briefings, &entries));
    if (entries.count == 0 || !str_eq(stix_id_type(invitation), LIT("briefing-invitation")))
        return FAIL(a, ERR_NOT_FOUND, "there is no such invitation");
    TRY(read_invitation(a, s, &entries.items[entries.count - 1], out));
    TRY(reader_make(a, s, policy_org_by_id(s->policy, out->organization),
                    map_get(&s->policy->person_by_id, out->person), NULL, r));
    if (r->org == NULL || r->person == NULL || !r->gate.is_active)
        return FAIL(a, ERR_NOT_FOUND, "there is no such invitation");
    return NULL;
}

err briefing_answer_as(struct arena *a, struct session *s, str invitation,
                       const struct briefing_reply *reply)
{
    struct briefing_invitation found;
    struct reader r;
    TRY(find_invitee(a, s, invitation, &found, &r));
    TRY(reader_intern_actor(a, s, &r));
    return briefing_answer(a, s, &r, found.briefing, reply);
}

err briefing_calendar_get(struct arena *a, struct session *s, str invitation,
                          struct briefing_calendar *out)
{
    struct reader r = {0};
    TRY(find_invitee(a, s, invitation, &out->invitation, &r));
    TRY(briefing_get(a, s, &r, out->invitation.briefing, &out->briefing));
    out->person = r.person;
    out->org = r.org;
    return add_reply(a, s, &r, &out->invitation);
}

/* ---- for hosts */

err briefing_answer_get(struct arena *a, struct session *s, const struct briefing *b, str person,
                        struct briefing_invitation *out)
{
    struct reader hosts;
    TRY(group_reader(a, s, b->group, &hosts));
    TRY(briefing_find_invitation(a, s, &hosts, b->id, person, out));
    if (out->id.len == 0)
        return FAIL(a, ERR_NOT_FOUND, "this briefing has no such invitation");
    return add_reply(a, s, &hosts, out);
}

/*
 * Replies went to the hosts' group and to those who hosted then: whoever joined them later reads
 * them as the group, for which each of its owners acts (B7).
 */
static err hosts_reader(struct arena *a, struct session *s, str briefing, struct reader *out)
{
    struct briefing b;
    return briefing_get_as_group(a, s, briefing, out, &b);
}

/* The answer that counts to one invitation: what it says, and for which organization. */
struct voice {
    enum about_word word;
    int64_t org;
};
struct voices {
    struct voice *items;
    size_t count;
    size_t capacity;
};

/* What a host noted counts unless its person answered themselves: that stands in a row of its own.
 */
static err add_noted(struct arena *a, struct session *s, const struct reader *hosts,
                     const struct about_row *row, struct voices *out)
{
    struct briefing_invitation to = {0};
    struct log_entry invitation;
    TRY(read_reply(a, s, &row->entry, &to));
    TRY(about_get(a, s, hosts, to.id, &invitation));
    TRY(read_invitation(a, s, &invitation, &to));
    TRY(add_reply(a, s, hosts, &to));
    const struct policy_org *org = policy_org_by_id(s->policy, to.organization);
    if (to.noted_by.len)
        *LIST_ADD(a, out) = (struct voice){row->word, org ? org->n : 0};
    return NULL;
}

/* Only those that hosts noted are read: a few, since somebody called each of them. */
static err list_voices(struct arena *a, struct session *s, const struct reader *hosts, str briefing,
                       struct voices *out)
{
    struct about_rows rows = {0};
    TRY(about_list(a, s, hosts, briefing, LIT("briefing-reply"), &rows));
    for (size_t i = 0; i < rows.count; i++) {
        const struct about_row *row = &rows.items[i];
        if (is_noted(hosts->org->n, &row->entry))
            TRY(add_noted(a, s, hosts, row, out));
        else
            *LIST_ADD(a, out) = (struct voice){row->word, row->entry.contributor};
    }
    return NULL;
}

err briefing_counts_get(struct arena *a, struct session *s, str briefing,
                        struct briefing_counts *out)
{
    struct about_rows invitations = {0};
    struct voices voices = {0};
    struct briefing_counts counts = {0};
    struct reader hosts;
    TRY(hosts_reader(a, s, briefing, &hosts));
    TRY(about_list(a, s, &hosts, briefing, LIT("briefing-invitation"), &invitations));
    TRY(list_voices(a, s, &hosts, briefing, &voices));
    counts.invited = invitations.count;
    for (size_t i = 0; i < voices.count; i++)
        counts.by_word[voices.items[i].word]++;
    counts.by_word[ABOUT_NOTHING] =
        counts.invited > voices.count ? counts.invited - voices.count : 0;
    *out = counts;
    return NULL;
}

err briefing_answers_list(struct arena *a, struct session *s, const struct reader *r,
                          const struct briefing_answers_query *q, struct briefing_invitations *out)
{
    struct about_rows rows = {0};
    struct reader hosts;
    TRY(hosts_reader(a, s, q->briefing, &hosts));
    TRY(about_list(a, s, r, q->briefing, LIT("briefing-invitation"), &rows));
    for (size_t i = 0; i < rows.count; i++) {
        struct briefing_invitation one;
        if (rows.items[i].entry.number <= q->after)
            continue;
        if (out->count == q->limit) {
            out->has_more = true;
            return NULL;
        }
        TRY(read_invitation(a, s, &rows.items[i].entry, &one));
        TRY(add_reply(a, s, &hosts, &one));
        *LIST_ADD(a, out) = one;
    }
    return NULL;
}

err briefing_answers_of(struct arena *a, struct session *s, const struct briefing *b,
                        str organization, struct briefing_invitations *out)
{
    struct about_rows rows = {0};
    struct reader hosts;
    TRY(group_reader(a, s, b->group, &hosts));
    TRY(briefing_list_invitations(a, s, &hosts, b->id, organization, &rows));
    for (size_t i = 0; i < rows.count; i++) {
        struct briefing_invitation one;
        TRY(read_invitation(a, s, &rows.items[i].entry, &one));
        TRY(add_reply(a, s, &hosts, &one));
        *LIST_ADD(a, out) = one;
    }
    return NULL;
}

/* The reply that counts to each invitation, by the invitation's id. */
static err map_replies(struct arena *a, struct session *s, const struct reader *r, str briefing,
                       struct map *out)
{
    struct about_rows rows = {0};
    OWNED(parsed_done) struct parsed p = {0};
    map_init(out, a);
    TRY(about_list(a, s, r, briefing, LIT("briefing-reply"), &rows));
    for (size_t i = 0; i < rows.count; i++) {
        struct briefing_invitation *one = NEW(a, struct briefing_invitation);
        TRY(parsed_read(a, s, &rows.items[i].entry, &p));
        take_reply(a, &p, &rows.items[i].entry, one);
        const struct briefing_invitation *other = map_get(out, one->id);
        if (other == NULL || other->noted_by.len || one->noted_by.len == 0)
            map_put(out, one->id, one);
    }
    return NULL;
}

err briefing_answers_all(struct arena *a, struct session *s, str briefing,
                         struct briefing_invitations *out)
{
    struct reader hosts;
    TRY(hosts_reader(a, s, briefing, &hosts));
    return briefing_answers_seen(a, s, &hosts, briefing, out);
}

err briefing_answers_seen(struct arena *a, struct session *s, const struct reader *r, str briefing,
                          struct briefing_invitations *out)
{
    struct about_rows rows = {0};
    struct map replies;
    OWNED(parsed_done) struct parsed p = {0};
    TRY(map_replies(a, s, r, briefing, &replies));
    TRY(about_list(a, s, r, briefing, LIT("briefing-invitation"), &rows));
    for (size_t i = 0; i < rows.count; i++) {
        struct briefing_invitation *one = LIST_ADD(a, out);
        TRY(parsed_read(a, s, &rows.items[i].entry, &p));
        take_invitation(a, &p, &rows.items[i].entry, one);
        const struct briefing_invitation *answered = map_get(&replies, one->id);
        if (answered == NULL)
            continue;
        one->reply = answered->reply;
        one->reply_us = answered->reply_us;
        one->reply_entry = answered->reply_entry;
        one->answer = answered->answer;
        one->delegate = answered->delegate;
        one->note = answered->note;
        one->noted_by = answered->noted_by;
    }
    return NULL;
}

err briefing_needs_list(struct arena *a, struct session *s, str briefing,
                        struct briefing_invitations *out)
{
    struct briefing_invitations all = {0};
    TRY(briefing_answers_all(a, s, briefing, &all));
    for (size_t i = 0; i < all.count; i++) {
        bool is_coming = all.items[i].answer == ABOUT_YES || all.items[i].answer == ABOUT_DELEGATE;
        if (is_coming && all.items[i].note.len)
            *LIST_ADD(a, out) = all.items[i];
    }
    return NULL;
}

err briefing_places_get(struct arena *a, struct session *s, str briefing,
                        struct briefing_places *out)
{
    struct voices voices = {0};
    bool *is_reached = NEW_ARRAY(a, PLACES_OF_US_COUNT, bool);
    struct reader hosts;
    TRY(hosts_reader(a, s, briefing, &hosts));
    TRY(list_voices(a, s, &hosts, briefing, &voices));
    for (size_t i = 0; i < voices.count; i++) {
        const struct policy_org *org = policy_org(s->policy, voices.items[i].org);
        const struct place_of_us *place =
            org && org->jurisdiction_count ? place_of(org->jurisdictions[0]) : NULL;
        if (place && voices.items[i].word == ABOUT_YES)
            is_reached[place - PLACES_OF_US] = true;
    }
    *out = (struct briefing_places){0};
    for (size_t i = 0; i < PLACES_OF_US_COUNT; i++) {
        out->reached += is_reached[i];
        if (!is_reached[i])
            *LIST_ADD(a, &out->missing) = &PLACES_OF_US[i];
    }
    return NULL;
}
