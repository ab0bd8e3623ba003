/*
 * Home: three questions, answered from what the reader may read.
 */
#include "service/home.h"

#include "base/num.h"
#include "service/briefing_current.h"
#include "service/briefing_hosts.h"
#include "service/briefing_parts.h"
#include "service/commitment.h"
#include "service/correction.h"
#include "service/exercise.h"
#include "service/gist.h"
#include "service/question.h"
#include "service/widening.h"
#include "store/newest.h"
#include "store/visits.h"

#include <stdlib.h>

#define HOME_WORDS_BYTES_MAX 240
#define ASKED_AFTER_US (30 * US_PER_DAY)

static const str KINDS[] = {LIT_INIT("invitation"), LIT_INIT("approval"),   LIT_INIT("correction"),
                            LIT_INIT("commitment"), LIT_INIT("usefulness"), LIT_INIT("send"),
                            LIT_INIT("questions"),  LIT_INIT("absence"),    LIT_INIT("widening")};

/* What speaks for itself; the rest is counted. */
static const str TYPES[] = {
    LIT_INIT("action"),        LIT_INIT("report"),       LIT_INIT("incident"),
    LIT_INIT("note"),          LIT_INIT("grouping"),     LIT_INIT("campaign"),
    LIT_INIT("intrusion-set"), LIT_INIT("threat-actor"), LIT_INIT("course-of-action"),
};

str home_kind_name(enum home_kind kind)
{
    ASSERT(kind < COUNT_OF(KINDS));
    return KINDS[kind];
}

/* ---- what needs their answer */

static void ask(struct arena *a, struct home *out, enum home_kind kind, const struct briefing *b)
{
    *LIST_ADD(a, &out->questions) = (struct home_question){.kind = kind, .briefing = *b};
}

static err ask_about_past(struct arena *a, struct session *s, const struct reader *r,
                          const struct briefing *b, struct home *out)
{
    struct briefing_opinion opinion;
    bool may_judge;
    if (s->now_us - briefing_end_us(&b->when) > ASKED_AFTER_US)
        return NULL;
    TRY(briefing_may_judge(a, s, r, b, &may_judge));
    if (!may_judge)
        return NULL;
    TRY(briefing_my_opinion(a, s, r, b, &opinion));
    if (opinion.value == 0)
        ask(a, out, HOME_USEFULNESS, b);
    return NULL;
}

/* B20: an organization is told once what is noted about it, and may answer. */
static err tell_absence(struct arena *a, struct session *s, const struct reader *r,
                        const struct briefing *b, struct home *out)
{
    struct absence_notes notes = {0};
    TRY(absence_notes_get(a, s, r, b, s->now_us - ASKED_AFTER_US, &notes));
    for (size_t i = 0; i < notes.count; i++) {
        const struct absence_note *note = &notes.items[i];
        if (note->answer.entry.number == 0)
            *LIST_ADD(a, &out->questions) =
                (struct home_question){.kind = HOME_ABSENCE, .briefing = *b, .absence = *note};
    }
    return NULL;
}

static void ask_for(struct arena *a, struct home *out, enum home_kind kind,
                    const struct briefing *b, size_t count)
{
    if (count)
        *LIST_ADD(a, &out->questions) =
            (struct home_question){.kind = kind, .briefing = *b, .count = count};
}

/* Hosts are asked for answers (B13, B18), before the call and for a while after it. */
static err ask_for_answers(struct arena *a, struct session *s, const struct reader *r,
                           const struct briefing *b, struct home *out)
{
    size_t open;
    if (!b->is_host || s->now_us - briefing_end_us(&b->when) > ASKED_AFTER_US)
        return NULL;
    TRY(question_count_open(a, s, r, b, &open));
    ask_for(a, out, HOME_QUESTIONS, b, open);
    TRY(widening_count_open(a, s, r, b, &open));
    ask_for(a, out, HOME_WIDENING, b, open);
    return NULL;
}

/* Their own approval first; a draft is to be sent once nobody else's is waited for (B8). */
static err ask_host(struct arena *a, struct session *s, const struct reader *r,
                    const struct briefing *b, struct home *out)
{
    static const unsigned NEEDED = 1u << APPROVAL_AUDIENCE | 1u << APPROVAL_AGENDA;
    struct approval_matrix m;
    struct host_proposals proposals;
    TRY(approval_matrix_get(a, s, r, b, &m));
    TRY(host_proposals_get(a, s, r, b, &proposals));
    if (approval_is_awaited(&m) || host_is_awaited(&proposals, r))
        ask(a, out, HOME_APPROVAL, b);
    else if (b->status == BRIEFING_DRAFT && approval_open_count(&m, NEEDED) == 0)
        ask(a, out, HOME_SEND, b);
    return NULL;
}

static err ask_about(struct arena *a, struct session *s, const struct reader *r,
                     const struct briefing *b, struct home *out)
{
    struct briefing_invitation mine;
    bool is_ahead = briefing_end_us(&b->when) > s->now_us;
    if (b->status != BRIEFING_CANCELLED && b->is_host && is_ahead)
        TRY(ask_host(a, s, r, b, out));
    if (b->status == BRIEFING_CANCELLED || b->status == BRIEFING_DRAFT)
        return NULL;
    if (is_ahead)
        *LIST_ADD(a, &out->coming) = *b;
    TRY(ask_for_answers(a, s, r, b, out));
    TRY(tell_absence(a, s, r, b, out));
    if (b->is_over)
        return ask_about_past(a, s, r, b, out);
    TRY(briefing_my_invitation(a, s, r, b->id, &mine));
    if (mine.id.len && mine.answer == ABOUT_NOTHING)
        ask(a, out, HOME_INVITATION, b);
    return NULL;
}

/* What one promised and has not done. */
static err ask_for_promises(struct arena *a, struct session *s, const struct reader *r,
                            struct home *out)
{
    struct commitments mine = {0};
    TRY(commitments_awaited(a, s, r, &mine));
    for (size_t i = 0; i < mine.count; i++) {
        struct briefing b;
        err absent = briefing_get(a, s, r, mine.items[i].briefing, &b);
        if (absent && absent->code == ERR_NOT_FOUND)
            continue;
        TRY(absent);
        *LIST_ADD(a, &out->questions) = (struct home_question){.kind = HOME_COMMITMENT,
                                                               .briefing = b,
                                                               .words = mine.items[i].content,
                                                               .said = mine.items[i].entry};
    }
    return NULL;
}

/* B22: what they were given, or invited to, and was wrong. */
static err tell_corrections(struct arena *a, struct session *s, const struct reader *r,
                            struct home *out)
{
    struct corrected_list corrected = {0};
    TRY(correction_awaited(a, s, r, &corrected));
    for (size_t i = 0; i < corrected.count; i++)
        ask_for(a, out, HOME_CORRECTION, &corrected.items[i].briefing, corrected.items[i].count);
    return NULL;
}

static int question_order(const void *a, const void *b)
{
    const struct home_question *one = a;
    const struct home_question *two = b;
    int order = (one->kind > two->kind) - (one->kind < two->kind);
    int64_t first = one->briefing.when.start_us;
    int64_t second = two->briefing.when.start_us;
    return order ? order : (first > second) - (first < second);
}

static int coming_order(const void *a, const void *b)
{
    const struct briefing *one = a;
    const struct briefing *two = b;
    return (one->when.start_us > two->when.start_us) - (one->when.start_us < two->when.start_us);
}

/* ---- what is new */

static void read_words(struct arena *a, json v, struct home_new *out)
{
    static const char *const TITLES[] = {"name", "abstract", "content", "description"};
    static const char *const WORDS[] = {"advice", "content", "description"};
    str title = gist_first(v, TITLES, COUNT_OF(TITLES), (str){0});
    out->title = title.len ? arena_copy(a, title) : LIT("Without a title");
    out->words =
        gist_shorten(a, gist_first(v, WORDS, COUNT_OF(WORDS), title), HOME_WORDS_BYTES_MAX);
}

/* Whoever asked without a name is told like everybody else. */
static err is_my_question(struct arena *a, struct session *s, const struct reader *r, str question,
                          bool *out)
{
    OWNED(parsed_done) struct parsed p = {0};
    struct log_entry e;
    err absent = about_get(a, s, r, question, &e);
    if (absent)
        return absent->code == ERR_NOT_FOUND ? NULL : absent;
    TRY(parsed_read(a, s, &e, &p));
    *out = str_eq(json_get_string(p.value, LIT("person_ref")), r->person->id);
    return NULL;
}

/* What it is of a briefing, which its own words do not say. */
static err read_part(struct arena *a, struct session *s, const struct reader *r, json v,
                     struct home_new *out)
{
    str briefing = gist_briefing(v);
    str question = gist_question(s, &out->entry, v);
    if (briefing.len) {
        err absent = briefing_get(a, s, r, briefing, &out->briefing);
        if (absent && absent->code != ERR_NOT_FOUND)
            return absent;
    }
    out->is_answer = question.len > 0 && out->briefing.id.len > 0;
    return out->is_answer ? is_my_question(a, s, r, question, &out->is_to_mine) : NULL;
}

static err add_new(struct arena *a, struct session *s, const struct reader *r,
                   const struct page_row *row, struct home *out)
{
    OWNED(json_reader_done) struct json_reader reader = {0};
    json v;
    TRY(json_read(a, &reader, row->body.bytes, NULL, &v));
    struct home_new *one = LIST_ADD(a, &out->fresh);
    *one = (struct home_new){
        .id = row->body.id,
        .type = parsed_text(a, v, "type"),
        .label = audience_get(s->store->audiences, row->entry.clause)->clauses[0].label,
        .source = briefing_source(a, s, row->entry.contributor),
        .entry = row->entry,
        .added_us = row->entry.added_us,
        .is_exercise = exercise_holds(s, &row->entry)};
    read_words(a, v, one);
    return read_part(a, s, r, v, one);
}

static int new_order(const void *a, const void *b)
{
    const struct home_new *one = a;
    const struct home_new *two = b;
    return (one->added_us < two->added_us) - (one->added_us > two->added_us);
}

static err count_all(struct arena *a, struct session *s, const struct reader *r,
                     uint32_t collection, uint32_t after, uint64_t *count)
{
    uint64_t regular;
    uint64_t contested;
    struct view_query q = {.collection = collection, .is_newest_only = true, .after = after};
    reader_audiences(s, r, &q.audiences, &q.audience_count, &q.generation);
    TRY(views_count(a, s->store->views, s->db, &q, &regular, &contested));
    *count += regular + contested;
    return NULL;
}

/* Members come and go on a page of their own; briefings are asked about above. */
static err find_new(struct arena *a, struct session *s, const struct reader *r, struct home *out)
{
    uint32_t first;
    struct visit visit;
    TRY(visits_get(a, s, r->person->n, r->org->n, &visit));
    out->since_us = visit.since_us;
    TRY(log_number_after(a, s, visit.since_us, &first));
    for (size_t i = 0; i < s->policy->collection_count; i++) {
        const struct policy_collection *c = &s->policy->collections[i];
        struct newest_query q = {.collection = c->n,
                                 .since_us = visit.since_us,
                                 .types = TYPES,
                                 .type_count = COUNT_OF(TYPES),
                                 .limit = HOME_NEW_MAX,
                                 .wants_bytes = true};
        struct page page;
        if (c->builtin == COLLECTION_MEMBERS || !reader_may_read_collection(r, c->n))
            continue;
        TRY(newest_read(a, s, r, &q, &page));
        for (size_t k = 0; k < page.count; k++)
            TRY(add_new(a, s, r, &page.items[k], out));
        if (c->builtin != COLLECTION_BRIEFINGS)
            TRY(count_all(a, s, r, c->n, first ? first - 1 : 0, &out->others));
    }
    if (out->fresh.count)
        qsort(out->fresh.items, out->fresh.count, sizeof(*out->fresh.items), new_order);
    if (out->fresh.count > HOME_NEW_MAX)
        out->fresh.count = HOME_NEW_MAX;
    out->others -= out->others < out->fresh.count ? out->others : out->fresh.count;
    return NULL;
}

err home_read(struct arena *a, struct session *s, const struct reader *r, struct home *out)
{
    struct briefings_current now = {0};
    ASSERT(r->org && r->person);
    *out = (struct home){0};
    TRY(find_new(a, s, r, out));
    TRY(briefing_list_current(a, s, r, s->now_us - ASKED_AFTER_US, &now));
    for (size_t i = 0; i < now.open.count; i++)
        TRY(ask_about(a, s, r, &now.open.items[i], out));
    for (size_t i = 0; i < now.continued.count; i++)
        TRY(tell_absence(a, s, r, &now.continued.items[i], out));
    TRY(tell_corrections(a, s, r, out));
    TRY(ask_for_promises(a, s, r, out));
    if (out->questions.count)
        qsort(out->questions.items, out->questions.count, sizeof(*out->questions.items),
              question_order);
    if (out->coming.count)
        qsort(out->coming.items, out->coming.count, sizeof(*out->coming.items), coming_order);
    return NULL;
}

/* ---- the visit */

/* Nobody waits for it, so that it owns its memory. */
struct visit_note {
    int64_t person;
    int64_t org;
    struct writer_job job;
};

static err run_note(struct arena *a, struct session *s, void *context)
{
    const struct visit_note *note = context;
    return visits_put(a, s, note->person, note->org);
}

static void end_note(void *context, err failure)
{
    (void)failure; /* the next visit is noted again */
    free(context);
}

void home_note_visit(struct writer *w, const struct reader *r)
{
    struct visit_note *note = malloc(sizeof(*note));
    ASSERT(note != NULL);
    *note = (struct visit_note){.person = r->person->n, .org = r->org->n};
    note->job = (struct writer_job){.run = run_note, .done = end_note, .context = note};
    if (!writer_submit(w, &note->job))
        free(note);
}
