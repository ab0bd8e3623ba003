/*
 * In the record's document: what the hosts agreed to, who was invited and there, who was missing,
 * and whether it was useful.
 */
#include "base/num.h"
#include "service/absence.h"
#include "service/approval_parts.h"
#include "service/briefing_document.h"

/* ---- hosts */

static err put_answerers(struct document *d)
{
    struct approval_matrix m;
    TRY(approval_matrix_get(d->a, d->s, d->r, d->b, &m));
    document_section(d, LIT("Who answers for a host"));
    for (size_t i = 0; i < m.count; i++) {
        const struct approval_host *host = &m.items[i];
        if (host->approver.len == 0 || !document_begin_one(d, &host->entry))
            continue;
        buf_print(d->to, "- %.*s:", STR_ARG(host->org->name));
        document_put_name(d, true, document_person(d, host->approver));
        for (size_t k = 0; k < host->deputies.count; k++)
            document_put_name(d, false, document_person(d, host->deputies.items[k]));
        buf_put_char(d->to, '\n');
    }
    return NULL;
}

/* What somebody said of an organization that was to host with them, or of leaving. */
static void put_joining(struct document *d, const struct approval_said *said)
{
    str candidate = document_org(d, said->candidate);
    if (!str_eq(said->candidate, said->organization))
        buf_print(d->to, "%s to %.*s as one more host", said->is_approved ? "yes" : "no",
                  STR_ARG(candidate));
    else
        buf_put(d->to, said->is_approved ? LIT("hosts it too") : LIT("hosts it no more"));
}

static void put_approval(struct document *d, const struct approval_said *said)
{
    static const char *const SCOPES[] = {
        [APPROVAL_AUDIENCE] = "whom to invite",
        [APPROVAL_AGENDA] = "the agenda",
        [APPROVAL_RELEASE] = "what may be public",
    };
    if (!document_begin_one(d, &said->entry))
        return;
    buf_print(d->to, "- %.*s: ", STR_ARG(document_org(d, said->organization)));
    if (said->scope == APPROVAL_HOSTS)
        put_joining(d, said);
    else if (said->is_without)
        buf_print(d->to, "the others went on without its answer to %s", SCOPES[said->scope]);
    else
        buf_print(d->to, "%s to %s", said->is_approved ? "yes" : "no", SCOPES[said->scope]);
    buf_print(d->to, " (%.*s, %.*s)\n", STR_ARG(document_person(d, said->person)),
              STR_ARG(document_moment(d, said->at_us)));
    document_put_lines(d, "Because: ", said->reason);
}

static err put_hosts(struct document *d)
{
    struct approvals_said all = {0};
    if (!d->b->is_host)
        return NULL;
    TRY(put_answerers(d));
    TRY(approvals_list(d->a, d->s, d->r, d->b, &all));
    document_section(d, LIT("What the hosts agreed to"));
    for (size_t i = 0; i < all.count; i++)
        put_approval(d, &all.items[i]);
    return NULL;
}

/* ---- who was invited, and who was there */

/* True where what they answered is told here. */
static bool put_reply(struct document *d, const struct briefing_invitation *to)
{
    static const char *const ANSWERS[] = {"no answer", "yes", "no", "sends somebody else"};
    if (to->reply_entry.number && !document_tells(d, &to->reply_entry))
        return false;
    buf_print(d->to, ": %s", ANSWERS[to->answer]);
    if (to->delegate.len)
        buf_print(d->to, ", %.*s", STR_ARG(document_person(d, to->delegate)));
    if (to->noted_by.len)
        buf_print(d->to, ", by phone (noted by %.*s)", STR_ARG(document_org(d, to->noted_by)));
    return true;
}

static void put_times(struct document *d, int64_t joined_us, int64_t left_us)
{
    if (joined_us)
        buf_print(d->to, ", from %.*s", STR_ARG(document_time(d, joined_us)));
    if (left_us)
        buf_print(d->to, ", until %.*s", STR_ARG(document_time(d, left_us)));
}

static void put_presence(struct document *d, const struct briefing_attendee *who)
{
    const struct briefing_presence *was = &who->presence;
    if (!who->is_said || !document_tells(d, &who->entry))
        return;
    buf_put(d->to, was->was_there ? LIT("; was there") : LIT("; was not there"));
    put_times(d, was->joined_us, was->left_us);
}

static void put_attendee(struct document *d, const struct briefing_attendee *who)
{
    const struct briefing_invitation *to = &who->invitation;
    const struct log_entry *entries[] = {&to->entry, &to->reply_entry, &who->entry};
    if (!document_begin(d, entries, COUNT_OF(entries)))
        return;
    buf_print(d->to, "- %.*s, %.*s", STR_ARG(document_person(d, to->person)),
              STR_ARG(document_org(d, to->organization)));
    if (to->is_delegate)
        buf_put(d->to, LIT(", in somebody's place"));
    bool is_answer_told = put_reply(d, to);
    put_presence(d, who);
    buf_put_char(d->to, '\n');
    if (is_answer_told)
        document_put_lines(d, "Their note: ", to->note);
}

static void put_attendees(struct document *d, const struct briefing_attendance *all)
{
    str counts = arena_print(d->a, "Invited: %zu, there: %zu", all->count, all->present);
    document_section(d, d->b->is_host ? counts : LIT("Invited of your organization"));
    for (size_t i = 0; i < all->count; i++)
        put_attendee(d, &all->items[i]);
}

static void put_guests(struct document *d, const struct briefing_guests *guests)
{
    document_section(d, LIT("Came without an invitation"));
    for (size_t i = 0; i < guests->count; i++) {
        const struct briefing_guest *guest = &guests->items[i];
        if (!document_begin_one(d, &guest->entry))
            continue;
        if (guest->person.len)
            buf_print(d->to, "- %.*s, %.*s", STR_ARG(document_person(d, guest->person)),
                      STR_ARG(document_org(d, guest->organization)));
        else
            buf_print(d->to, "- %.*s", STR_ARG(guest->name));
        put_times(d, guest->joined_us, guest->left_us);
        buf_put_char(d->to, '\n');
    }
}

/* ---- who was missing */

static const char *const MISSING[ABSENCE_COUNT] = {
    [ABSENCE_ABSENT] = "Invited and absent",
    [ABSENCE_DECLINED] = "Declined",
    [ABSENCE_NOT_REACHED] = "Not reached: no duty officer whom somebody has checked",
    [ABSENCE_NOT_ASKED] = "The hosts did not ask them",
    [ABSENCE_NOT_MEMBER] = "Not a member",
};

static void put_missing(struct document *d, const struct briefing_attendance *all)
{
    document_section(d, LIT("Who was missing"));
    for (size_t i = 0; d->has_own && i < all->missing.count; i++) {
        const struct briefing_absent *one = &all->missing.items[i];
        document_open(d);
        if (i == 0 || one->why != all->missing.items[i - 1].why)
            buf_print(d->to, "%s### %s\n\n", i ? "\n" : "", MISSING[one->why]);
        buf_print(d->to, "- %.*s\n", STR_ARG(one->org->name));
    }
}

static void put_absence_answer(struct document *d, const struct absence_answer *one)
{
    if (!document_begin_one(d, &one->entry))
        return;
    buf_print(d->to, "- %.*s, %.*s%s: %s\n", STR_ARG(document_org(d, one->organization)),
              STR_ARG(document_person(d, one->person)), one->is_later ? ", of a later call" : "",
              MISSING[one->why]);
    document_put_lines(d, "They say: ", one->content);
}

static err put_absence_answers(struct document *d)
{
    struct absence_answers all = {0};
    TRY(absence_answers_list(d->a, d->s, d->b, &all));
    document_section(d, LIT("What those who were missing say"));
    for (size_t i = 0; i < all.count; i++)
        put_absence_answer(d, &all.items[i]);
    return NULL;
}

/* What is noted about the reader's own organization, and what it said to that. */
static err put_own_absence(struct document *d)
{
    struct absence_notes notes = {0};
    TRY(absence_notes_get(d->a, d->s, d->r, d->b, 0, &notes));
    document_section(d, LIT("Your organization was missing"));
    for (size_t i = 0; i < notes.count; i++) {
        const struct absence_note *note = &notes.items[i];
        if (note->answer.entry.number) {
            put_absence_answer(d, &note->answer);
        } else if (!note->is_later && d->has_own) {
            document_open(d);
            buf_print(d->to, "- %s\n", MISSING[note->why]);
        }
    }
    return NULL;
}

static err put_attendance(struct document *d)
{
    struct briefing_attendance all;
    if (d->b->is_host)
        TRY(briefing_attendance_get(d->a, d->s, d->r, d->b, &all));
    else
        TRY(briefing_attendees_get(d->a, d->s, d->r, d->b, &all));
    put_attendees(d, &all);
    if (!d->b->is_host)
        return put_own_absence(d);
    put_guests(d, &all.guests);
    put_missing(d, &all);
    return put_absence_answers(d);
}

/* ---- was it useful? */

static void put_row(struct buf *to, const struct usefulness_row *row)
{
    static const char *const STEPS[USEFULNESS_STEPS] = {"not useful at all", "not very useful",
                                                        "in between", "useful", "very useful"};
    for (size_t k = USEFULNESS_STEPS; k > 0 && !row->is_hidden; k--) {
        buf_print(to, "%s %s ", k < USEFULNESS_STEPS ? "," : "", STEPS[k - 1]);
        if (row->is_cell_hidden[k - 1])
            buf_put(to, LIT("hidden"));
        else
            buf_print(to, "%zu", row->counts[k - 1]);
    }
    buf_put(to, row->is_hidden ? LIT(" held back, since few answered\n") : LIT("\n"));
}

static void put_tally(struct document *d, const struct usefulness *tally)
{
    document_open(d);
    for (unsigned i = 0; i < SECTOR_COUNT; i++) {
        if (!tally->rows[i].is_there)
            continue;
        buf_print(d->to, "- %.*s:", STR_ARG(document_sector(i)));
        put_row(d->to, &tally->rows[i]);
    }
}

static err put_verdict(struct document *d)
{
    struct briefing_verdict verdict;
    TRY(briefing_verdict_get(d->a, d->s, d->b, &verdict));
    size_t answers = verdict.tally.answers;
    document_section(d, arena_print(d->a, "Was it useful? %zu %s", answers,
                                    answers == 1 ? "answer" : "answers"));
    if (d->has_own && answers)
        put_tally(d, &verdict.tally);
    for (size_t i = 0; i < verdict.words.count; i++) {
        const struct briefing_words *one = &verdict.words.items[i];
        const struct log_entry *entry = &one->entry;
        if (!document_begin_as(d, &entry, 1, one->is_given))
            continue;
        buf_print(d->to, "\n> %.*s", STR_ARG(document_line(d, one->words)));
        if (one->org)
            buf_print(d->to, " (%.*s)", STR_ARG(one->org->name));
        buf_put_char(d->to, '\n');
    }
    return NULL;
}

err document_put_people(struct document *d)
{
    TRY(put_hosts(d));
    TRY(put_attendance(d));
    return put_verdict(d);
}
