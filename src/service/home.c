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
#include "service/question.h"
#include "service/widening.h"
#include "store/visits.h"

#include <stdlib.h>

#define ASKED_AFTER_US (30 * US_PER_DAY)

static const str KINDS[] = {LIT_INIT("invitation"), LIT_INIT("approval"),   LIT_INIT("noted"),
                            LIT_INIT("correction"), LIT_INIT("commitment"), LIT_INIT("usefulness"),
                            LIT_INIT("send"),       LIT_INIT("questions"),  LIT_INIT("absence"),
                            LIT_INIT("widening")};

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

/* Whoever vouched for somebody is asked again where that came to nothing (B12); what a host noted
 * is shown until its person answers themselves (B11). */
static err ask_invitee(struct arena *a, struct session *s, const struct reader *r,
                       const struct briefing *b, struct home *out)
{
    struct briefing_invitation mine;
    struct newcomer_sent sent;
    TRY(newcomer_my_invitation(a, s, r, b, &mine, &sent));
    bool is_open = mine.id.len && mine.answer == ABOUT_NOTHING;
    if ((is_open || mine.noted_by.len) && sent.standing != NEWCOMER_WAITS)
        *LIST_ADD(a, &out->questions) = (struct home_question){
            .kind = is_open ? HOME_INVITATION : HOME_NOTED, .briefing = *b, .sent = sent};
    return NULL;
}

static err ask_about(struct arena *a, struct session *s, const struct reader *r,
                     const struct briefing *b, struct home *out)
{
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
    return ask_invitee(a, s, r, b, out);
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

/* What comes in for briefings is asked about above, so that it is not counted. */
static err find_new(struct arena *a, struct session *s, const struct reader *r, struct home *out)
{
    uint32_t first;
    struct visit visit;
    TRY(visits_get(a, s, r->person->n, r->org->n, &visit));
    out->since_us = visit.since_us;
    TRY(log_number_after(a, s, visit.since_us, &first));
    TRY(fresh_read(a, s, r,
                   &(struct fresh_query){.since_us = visit.since_us, .limit = HOME_NEW_MAX},
                   &out->fresh));
    for (size_t i = 0; i < s->policy->collection_count; i++) {
        const struct policy_collection *c = &s->policy->collections[i];
        if (c->builtin != COLLECTION_MEMBERS && c->builtin != COLLECTION_BRIEFINGS &&
            reader_may_read_collection(r, c->n))
            TRY(count_all(a, s, r, c->n, first ? first - 1 : 0, &out->others));
    }
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
    TRY(newcomers_asked(a, s, r, &out->newcomers));
    TRY(looks_asked(a, s, r, &out->looks));
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
