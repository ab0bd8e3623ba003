/*
 * What people answer to a briefing, who was there, whether it was useful, and the record.
 */
#include "api/briefing_parts.h"
#include "api/fields.h"
#include "api/handlers.h"
#include "api/page.h"
#include "base/clock.h"
#include "service/briefing_record.h"
#include "service/exercise.h"

#define ID_BYTES_MAX 100
#define ATTENDANCE_MAX 2000

/* The briefing in the path, for its hosts. */
static err find_hosted(struct api_call *c, struct briefing *out)
{
    return part_hide(c, briefing_get_hosted(c->rq->arena, &c->session, &c->reader,
                                            api_param(c, "briefing"), out));
}

static err find_any(struct api_call *c, struct briefing *out)
{
    return part_hide(
        c, briefing_get(c->rq->arena, &c->session, &c->reader, api_param(c, "briefing"), out));
}

/* ---- answer */

static err run_answer(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    return part_hide(c, briefing_answer(a, s, &c->reader, api_param(c, "briefing"), context));
}

static enum about_word read_word(str text)
{
    if (str_eq(text, LIT("delegate")))
        return ABOUT_DELEGATE;
    return str_eq(text, LIT("yes")) ? ABOUT_YES : ABOUT_NO;
}

err api_answer_invitation(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct briefing_reply *reply = NEW(c->rq->arena, struct briefing_reply);
    str answer = field_text(
        &f, "answer",
        (struct field_text){.is_required = true, .bytes_max = 20, .words = "yes, no, delegate"});
    reply->answer = read_word(answer);
    reply->delegate = field_text(&f, "delegate", (struct field_text){.bytes_max = ID_BYTES_MAX});
    reply->note = field_text(
        &f, "note",
        (struct field_text){.may_have_lines = true, .bytes_max = BRIEFING_NOTE_BYTES_MAX});
    if (reply->answer == ABOUT_DELEGATE && reply->delegate.len == 0)
        field_fault(&f, LIT("delegate"), LIT("Say who goes in your place"));
    TRY(api_fields_check(&f));
    return api_change(c, &(struct api_change){
                             .run = run_answer, .answer = part_briefing_answer, .context = reply});
}

/* B12: who may go instead of the reader; of no use to who is not invited. */
err api_list_delegates(struct api_call *c)
{
    struct briefing b;
    struct briefing_invitation mine;
    struct briefing_delegates people = {0};
    struct arena *a = c->rq->arena;
    TRY(find_any(c, &b));
    TRY(briefing_my_invitation(a, &c->session, &c->reader, b.id, &mine));
    if (mine.id.len)
        TRY(briefing_delegates_list(a, &c->session, &c->reader, &b, &people));
    const struct part_to to = part_to_answer(c);
    json_open_object(to.w);
    json_key(to.w, LIT("items"));
    json_open_array(to.w);
    for (size_t i = 0; i < people.count; i++)
        part_person(&to, people.items[i].person->id, people.items[i].org->id);
    json_close_array(to.w);
    json_close_object(to.w);
    api_send(c, 200);
    return NULL;
}

/* Where to call whoever has not answered themselves. */
static err put_phone(const struct part_to *to, const struct briefing_invitation *one)
{
    str phone = {0};
    if (one->answer == ABOUT_NOTHING || one->noted_by.len)
        TRY(briefing_phone_get(to->a, to->s, one, &phone));
    json_member_if(to->w, "phone", phone);
    return NULL;
}

static err put_answer(const struct part_to *to, const struct briefing_invitation *one)
{
    struct json_writer *w = to->w;
    const struct policy_org *org = policy_org_by_id(to->s->policy, one->organization);
    part_give(to, &one->entry);
    part_give(to, &one->reply_entry);
    json_open_object(w);
    json_key(w, LIT("person"));
    part_person(to, one->person, one->organization);
    if (org)
        json_member(w, "sector", org->sector);
    json_member(w, "answer", part_answer_word(one->answer));
    if (one->delegate.len) {
        json_key(w, LIT("delegate"));
        part_person(to, one->delegate, (str){0});
    }
    if (one->reply_us)
        part_time(w, "answered", one->reply_us);
    json_member_if(w, "note", one->note);
    part_noted_by(to, one);
    TRY(put_phone(to, one));
    json_close_object(w);
    return NULL;
}

err api_list_answers(struct api_call *c)
{
    struct briefing b;
    struct api_page page;
    struct briefing_counts counts;
    struct briefing_invitations list = {0};
    struct arena *a = c->rq->arena;
    uint64_t after = 0;
    TRY(find_hosted(c, &b));
    TRY(api_page_read(c, &page));
    (void)str_to_u64(page.place, &after);
    const struct briefing_answers_query query = {b.id, (uint32_t)after, page.limit};
    TRY(briefing_answers_list(a, &c->session, &c->reader, &query, &list));
    TRY(briefing_counts_get(a, &c->session, b.id, &counts));
    struct part_to to = part_to_answer(c);
    json_open_object(to.w);
    json_key(to.w, LIT("items"));
    json_open_array(to.w);
    for (size_t i = 0; i < list.count; i++)
        TRY(put_answer(&to, &list.items[i]));
    json_close_array(to.w);
    part_counts(&to, &counts);
    if (list.has_more)
        api_page_next(c, to.w, arena_print(a, "%u", list.items[list.count - 1].entry.number));
    json_close_object(to.w);
    api_send(c, 200);
    return NULL;
}

err api_list_needs(struct api_call *c)
{
    struct briefing b;
    struct briefing_invitations needs = {0};
    TRY(find_hosted(c, &b));
    TRY(briefing_needs_list(c->rq->arena, &c->session, b.id, &needs));
    const struct part_to to = part_to_answer(c);
    json_open_object(to.w);
    json_key(to.w, LIT("items"));
    json_open_array(to.w);
    for (size_t i = 0; i < needs.count; i++)
        TRY(put_answer(&to, &needs.items[i]));
    json_close_array(to.w);
    json_close_object(to.w);
    api_send(c, 200);
    return NULL;
}

/* What somebody said by phone, noted by a host (B11). */
static err run_note(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    return part_hide(c, briefing_note_answer(a, s, &c->reader, api_param(c, "briefing"), context));
}

static err answer_note(struct api_call *c, void *context)
{
    const struct briefing_noted *noted = context;
    struct briefing b;
    struct briefing_invitation one;
    TRY(find_hosted(c, &b));
    TRY(part_hide(c, briefing_answer_get(c->rq->arena, &c->session, &b, noted->person, &one)));
    const struct part_to to = part_to_answer(c);
    TRY(put_answer(&to, &one));
    api_send(c, 200);
    return NULL;
}

err api_note_answer(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct briefing_noted *noted = NEW(c->rq->arena, struct briefing_noted);
    noted->person = api_param(c, "person");
    noted->answer = read_word(
        field_text(&f, "answer",
                   (struct field_text){.is_required = true, .bytes_max = 20, .words = "yes, no"}));
    TRY(api_fields_check(&f));
    return api_change(
        c, &(struct api_change){.run = run_note, .answer = answer_note, .context = noted});
}

/* ---- attendance */

struct presences {
    struct briefing_presence *items;
    size_t count;
    size_t capacity;
};

static err run_attendance(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    const struct presences *list = context;
    return part_hide(c, briefing_take_attendance(a, s, &c->reader, api_param(c, "briefing"),
                                                 list->items, list->count));
}

static err read_presences(struct api_fields *f, struct presences *out)
{
    size_t index = 0;
    json list = field_value(f, "items", JSON_ARRAY, true);
    if (json_count(list) > ATTENDANCE_MAX)
        field_fault(f, LIT("items"), LIT("At most 2,000 people at once"));
    for (struct json_walk w = json_walk(list); json_next(&w) && index < ATTENDANCE_MAX; index++) {
        struct api_fields own =
            api_fields_of(f->c, w.value, field_pointer_at(f, LIT("items"), index));
        struct briefing_presence who = {
            .person =
                field_text(&own, "person",
                           (struct field_text){.is_required = true, .bytes_max = ID_BYTES_MAX}),
            .was_there = field_flag(&own, "was_there", false),
            .joined_us = field_time(&own, "joined"),
            .left_us = field_time(&own, "left")};
        if (!field_is_there(&own, "was_there"))
            field_fault(&own, LIT("was_there"), LIT("Say whether they were there"));
        TRY(api_fields_check(&own));
        *LIST_ADD(f->c->rq->arena, out) = who;
    }
    return api_fields_check(f);
}

/* From when until when, as far as it is known. */
static void put_stay(struct json_writer *w, int64_t joined_us, int64_t left_us)
{
    if (joined_us)
        part_time(w, "joined", joined_us);
    if (left_us)
        part_time(w, "left", left_us);
}

static void put_attendee(const struct part_to *to, const struct briefing_attendee *who)
{
    struct json_writer *w = to->w;
    part_give(to, &who->invitation.entry);
    part_give(to, &who->invitation.reply_entry);
    part_give(to, &who->entry);
    json_open_object(w);
    json_key(w, LIT("person"));
    part_person(to, who->invitation.person, who->invitation.organization);
    json_member(w, "answer", part_answer_word(who->invitation.answer));
    part_noted_by(to, &who->invitation);
    if (who->is_said)
        json_member_bool(w, "was_there", who->presence.was_there);
    put_stay(w, who->presence.joined_us, who->presence.left_us);
    json_close_object(w);
}

static void put_missing(const struct part_to *to, const struct briefing_attendance *attendance)
{
    struct json_writer *w = to->w;
    json_key(w, LIT("missing"));
    json_open_array(w);
    for (size_t i = 0; i < attendance->missing.count;) {
        enum briefing_absence why = attendance->missing.items[i].why;
        json_open_object(w);
        json_member(w, "reason", briefing_absence_name(why));
        json_key(w, LIT("organizations"));
        json_open_array(w);
        for (; i < attendance->missing.count && attendance->missing.items[i].why == why; i++) {
            json_open_object(w);
            json_member(w, "id", attendance->missing.items[i].org->id);
            json_member(w, "name", attendance->missing.items[i].org->name);
            json_close_object(w);
        }
        json_close_array(w);
        json_close_object(w);
    }
    json_close_array(w);
}

static void put_guests(const struct part_to *to, const struct briefing_guests *guests)
{
    struct json_writer *w = to->w;
    json_key(w, LIT("guests"));
    json_open_array(w);
    for (size_t i = 0; i < guests->count; i++) {
        const struct briefing_guest *one = &guests->items[i];
        part_give(to, &one->entry);
        json_open_object(w);
        json_member(w, "id", one->id);
        json_key(w, LIT("person"));
        if (one->person.len) {
            part_person(to, one->person, one->organization);
        } else {
            json_open_object(w);
            json_member(w, "name", one->name);
            json_close_object(w);
        }
        put_stay(w, one->joined_us, one->left_us);
        json_close_object(w);
    }
    json_close_array(w);
}

static err send_attendance(struct api_call *c, unsigned status)
{
    struct briefing b;
    struct briefing_attendance attendance;
    TRY(find_hosted(c, &b));
    TRY(briefing_attendance_get(c->rq->arena, &c->session, &c->reader, &b, &attendance));
    struct part_to to = part_to_answer(c);
    json_open_object(to.w);
    json_member_bool(to.w, "is_exercise", exercise_holds(to.s, &b.entry));
    json_member_i64(to.w, "present", (int64_t)attendance.present);
    json_member_i64(to.w, "invited", (int64_t)attendance.count);
    json_key(to.w, LIT("people"));
    json_open_array(to.w);
    for (size_t i = 0; i < attendance.count; i++)
        put_attendee(&to, &attendance.items[i]);
    json_close_array(to.w);
    put_guests(&to, &attendance.guests);
    put_missing(&to, &attendance);
    json_close_object(to.w);
    api_send(c, status);
    return NULL;
}

static err answer_attendance(struct api_call *c, void *context)
{
    (void)context;
    return send_attendance(c, 200);
}

err api_get_attendance(struct api_call *c)
{
    return send_attendance(c, 200);
}

err api_take_attendance(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct presences *list = NEW(c->rq->arena, struct presences);
    TRY(read_presences(&f, list));
    return api_change(c, &(struct api_change){
                             .run = run_attendance, .answer = answer_attendance, .context = list});
}

/* ---- who came without an invitation */

static err run_add_guest(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    return part_hide(c, briefing_add_guest(a, s, &c->reader, api_param(c, "briefing"), context));
}

static err answer_guest(struct api_call *c, void *context)
{
    (void)context;
    return send_attendance(c, 201);
}

err api_add_guest(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct briefing_guest *guest = NEW(c->rq->arena, struct briefing_guest);
    guest->person = field_text(&f, "person", (struct field_text){.bytes_max = ID_BYTES_MAX});
    guest->organization = field_text(
        &f, "organization",
        (struct field_text){.is_required = guest->person.len > 0, .bytes_max = ID_BYTES_MAX});
    guest->name = field_text(&f, "name",
                             (struct field_text){.is_required = guest->person.len == 0,
                                                 .bytes_max = GUEST_NAME_BYTES_MAX});
    guest->joined_us = field_time(&f, "joined");
    guest->left_us = field_time(&f, "left");
    TRY(api_fields_check(&f));
    return api_change(
        c, &(struct api_change){.run = run_add_guest, .answer = answer_guest, .context = guest});
}

static err run_drop_guest(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    (void)context;
    return part_hide(
        c, briefing_drop_guest(a, s, &c->reader, api_param(c, "briefing"), api_param(c, "guest")));
}

err api_drop_guest(struct api_call *c)
{
    return api_change(c, &(struct api_change){.run = run_drop_guest});
}

/* ---- usefulness */

static void put_row(struct json_writer *w, enum sector sector, const struct usefulness_row *row)
{
    json_open_object(w);
    json_member(w, "sector", sector_name(sector));
    if (row->is_hidden) {
        json_member_bool(w, "is_hidden", true);
        json_close_object(w);
        return;
    }
    json_key(w, LIT("values"));
    json_open_array(w);
    for (size_t k = 0; k < USEFULNESS_STEPS; k++) {
        if (row->is_cell_hidden[k])
            json_put_null(w);
        else
            json_put_i64(w, (int64_t)row->counts[k]);
    }
    json_close_array(w);
    json_close_object(w);
}

static void put_tally(struct json_writer *w, const struct usefulness *tally)
{
    json_member_i64(w, "answers", (int64_t)tally->answers);
    if (tally->has_sums) {
        json_key(w, LIT("values"));
        json_open_array(w);
        for (size_t k = 0; k < USEFULNESS_STEPS; k++)
            json_put_i64(w, (int64_t)tally->sums[k]);
        json_close_array(w);
    }
    json_key(w, LIT("sectors"));
    json_open_array(w);
    for (unsigned i = 0; i < SECTOR_COUNT; i++) {
        if (tally->rows[i].is_there)
            put_row(w, (enum sector)i, &tally->rows[i]);
    }
    json_close_array(w);
}

static void put_mine(struct json_writer *w, const struct briefing_opinion *mine)
{
    if (mine->value == 0)
        return;
    json_key(w, LIT("mine"));
    json_open_object(w);
    json_member_i64(w, "value", mine->value);
    json_member_if(w, "words", mine->words);
    json_member(w, "words_for", mine->is_for_attendees ? LIT("attendees") : LIT("hosts"));
    json_close_object(w);
}

err api_get_usefulness(struct api_call *c)
{
    struct briefing b;
    struct briefing_verdict verdict;
    struct briefing_opinion mine;
    struct arena *a = c->rq->arena;
    TRY(find_any(c, &b));
    TRY(briefing_verdict_get(a, &c->session, &b, &verdict));
    TRY(briefing_my_opinion(a, &c->session, &c->reader, &b, &mine));
    const struct part_to to = part_to_answer(c);
    struct json_writer *w = to.w;
    json_open_object(w);
    put_tally(w, &verdict.tally);
    put_mine(w, &mine);
    json_key(w, LIT("words"));
    json_open_array(w);
    for (size_t i = 0; i < verdict.words.count; i++) {
        if (verdict.words.items[i].is_given)
            part_give(&to, &verdict.words.items[i].entry);
        json_open_object(w);
        json_member(w, "words", verdict.words.items[i].words);
        if (verdict.words.items[i].org)
            json_member(w, "organization", verdict.words.items[i].org->name);
        json_close_object(w);
    }
    json_close_array(w);
    json_close_object(w);
    api_send(c, 200);
    return NULL;
}

static err run_judge(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    return part_hide(c, briefing_judge(a, s, &c->reader, api_param(c, "briefing"), context));
}

err api_say_usefulness(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct briefing_opinion *opinion = NEW(c->rq->arena, struct briefing_opinion);
    opinion->value = (unsigned)field_number(
        &f, "value", (struct field_number){.least = 1, .most = 5, .is_required = true});
    opinion->words =
        field_text(&f, "words", (struct field_text){.may_have_lines = true, .bytes_max = 4000});
    str words_for = field_text(&f, "words_for",
                               (struct field_text){.bytes_max = 20, .words = "hosts, attendees"});
    opinion->is_for_attendees = str_eq(words_for, LIT("attendees"));
    TRY(api_fields_check(&f));
    return api_change(c, &(struct api_change){.run = run_judge, .context = opinion});
}

/* ---- record */

static void give_entries(struct api_call *c, const struct log_entries *entries)
{
    for (size_t i = 0; i < entries->count; i++)
        given_add(c->rq->arena, &c->session, &c->given, &entries->items[i]);
}

err api_get_record(struct api_call *c)
{
    str bundle;
    struct briefing_record_totals totals;
    TRY(part_hide(c, briefing_record_bundle(c->rq->arena, &c->session, &c->reader,
                                            api_param(c, "briefing"), &bundle, &totals)));
    give_entries(c, &totals.given);
    return api_send_download(c, LIT("application/stix+json;version=2.1"), bundle);
}

static err read_part(const struct api_call *c, enum record_part *out)
{
    str word = LIT("leaves");
    (void)http_query_get(&c->query, LIT("part"), &word);
    if (!str_eq(word, LIT("leaves")) && !str_eq(word, LIT("stays")))
        return FAIL(c->rq->arena, ERR_INPUT, "part is one of: leaves, stays");
    *out = str_eq(word, LIT("stays")) ? RECORD_STAYS : RECORD_LEAVES;
    return NULL;
}

err api_get_record_document(struct api_call *c)
{
    struct briefing_document document;
    enum record_part part = RECORD_LEAVES;
    TRY(read_part(c, &part));
    TRY(part_hide(c, briefing_record_document(c->rq->arena, &c->session, &c->reader,
                                              api_param(c, "briefing"), part, &document)));
    give_entries(c, &document.given);
    return api_send_download(c, LIT("text/plain; charset=utf-8"), document.text);
}
