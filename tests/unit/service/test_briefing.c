/*
 * Briefings from the draft to the tally, under a clock that the test sets; and every verb with
 * every call to the database failing once.
 */
#include "briefing_world.h"

#include "base/num.h"
#include "service/mail_prune.h"
#include "store/mailing.h"
#include "store/outbox.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct briefing_reply YES = {.answer = ABOUT_YES};
static const struct briefing_reply NO = {.answer = ABOUT_NO};

static void assert_fails(err failure, enum err_code code)
{
    assert_non_null(failure);
    assert_int_equal(failure->code, code);
}

/* B10: until it is sent, nothing but the group reads it. */
static void a_draft_is_seen_by_its_hosts_alone(void **state)
{
    struct briefing_world *w = *state;
    struct briefing b;
    must(w->admin, briefing_world_make(w));
    must(w->admin, briefing_world_see(w, "pat", &b));
    assert_true(b.is_host && b.status == BRIEFING_DRAFT);
    assert_fails(briefing_world_see(w, "oda", &b), ERR_NOT_FOUND);
    assert_fails(briefing_world_see(w, "ray", &b), ERR_NOT_FOUND);
    briefing_world_invite(w);
    must(w->admin, briefing_world_see(w, "ole", &b)); /* B9: the invitee's organization */
    assert_false(b.is_host);
    assert_fails(briefing_world_see(w, "ray", &b), ERR_NOT_FOUND);
}

static err edit(struct briefing_world *w, const char *person, const struct briefing_input *input)
{
    struct arena *a = &w->admin->arena;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, person, true, &t));
    TRY(briefing_edit(a, &t.s, &t.r, w->id, w->version, input));
    return session_commit(a, &t.s);
}

/* B7: any owner edits, and of two at once the second is told. */
static void the_second_of_two_editors_is_told(void **state)
{
    struct briefing_world *w = *state;
    struct briefing b;
    const struct briefing_input first = {.title = LIT("First")};
    const struct briefing_input second = {.title = LIT("Second")};
    must(w->admin, briefing_world_make(w));
    must(w->admin, briefing_world_see(w, "ann", &b));
    must(w->admin, edit(w, "pat", &first));
    assert_fails(edit(w, "ann", &second), ERR_PRECONDITION);
    must(w->admin, briefing_world_see(w, "ann", &b));
    assert_true(str_eq(b.title, LIT("First")));
    assert_fails(edit(w, "oda", &second), ERR_NOT_FOUND);
}

/* B14, B16: what a calendar would notice raises the sequence; a skipped hour is refused. */
static void times_are_judged_by_the_wall_clock(void **state)
{
    struct briefing_world *w = *state;
    struct briefing b;
    struct briefing_input moved = briefing_world_input(w);
    briefing_world_invite(w);
    must(w->admin, briefing_world_see(w, "ann", &b));
    assert_int_equal(b.sequence, 0);
    moved.when.local = LIT("2027-03-14T02:30");
    assert_fails(edit(w, "ann", &moved), ERR_INVALID);
    moved.when.local = LIT("2026-11-01T01:30");
    must(w->admin, edit(w, "ann", &moved));
    must(w->admin, briefing_world_see(w, "gus", &b));
    assert_int_equal(b.sequence, 1);
    assert_true(b.when.is_first_of_two);
}

static void find_audience(struct briefing_world *w, struct briefing_turn *t,
                          struct briefing_audience *out)
{
    struct briefing b;
    must(w->admin, briefing_turn_begin(w, "ann", false, t));
    must(w->admin, briefing_get(&w->admin->arena, &t->s, &t->r, w->id, &b));
    must(w->admin, briefing_audience_find(&w->admin->arena, &t->s, &t->r, &b, out));
}

/* B10: the exact list, and those it misses. B16: who would be called at an odd hour. */
static void the_audience_is_an_exact_list(void **state)
{
    struct briefing_world *w = *state;
    struct briefing_odds odds = {0};
    struct briefing_audience audience;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    const struct admin_duty over = {
        .org = LIT("Guam"), .email = LIT("gus@example.org"), .duty = DUTY_PRIMARY, .is_over = true};
    must(w->admin, briefing_world_make(w));
    must(w->admin, briefing_world_agree(w, "pat"));
    assert_fails(briefing_world_send(w, 2), ERR_CONFLICT);
    must(w->admin, admin_set_duty(&w->admin->arena, w->admin->store, &over));
    find_audience(w, &t, &audience);
    assert_int_equal(audience.count, 2);
    assert_int_equal(audience.missed.count, 1);
    assert_int_equal(audience.missed.items[0].why, MISS_NO_DUTY);
    briefing_odd_hours(&w->admin->arena, &audience, &odds);
    assert_int_equal(odds.count, 0);
}

/* B12: a colleague at once, an officer of the state one is part of at once; else by rule no. */
static void delegates_go_by_the_rule(void **state)
{
    struct briefing_world *w = *state;
    struct briefing b;
    struct briefing_reply to = {.answer = ABOUT_DELEGATE};
    briefing_world_invite(w);
    to.delegate = briefing_world_id(w, "ray");
    assert_fails(briefing_world_answer(w, "oda", to), ERR_INVALID);
    to.delegate = briefing_world_id(w, "ole");
    assert_fails(briefing_world_answer(w, "cal", to), ERR_INVALID); /* Ohio's, without a duty */
    must(w->admin, briefing_world_answer(w, "oda", to));
    must(w->admin, briefing_world_see(w, "ole", &b));
    must(w->admin, briefing_world_answer(w, "ole", YES));
    to.delegate = briefing_world_id(w, "oda");
    must(w->admin, briefing_world_answer(w, "cal", to));
    assert_fails(briefing_world_answer(w, "ray", YES), ERR_NOT_FOUND);
}

static void get_counts(struct briefing_world *w, struct briefing_counts *out)
{
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, "ann", false, &t));
    must(w->admin, briefing_counts_get(&w->admin->arena, &t.s, w->id, out));
}

/* B11: the last answer counts, and not after the end. */
static void the_last_answer_counts(void **state)
{
    struct briefing_world *w = *state;
    struct briefing_counts counts;
    briefing_world_invite(w);
    must(w->admin, briefing_world_answer(w, "oda", NO));
    must(w->admin, briefing_world_answer(w, "oda", YES));
    must(w->admin, briefing_world_answer(w, "gus", NO));
    get_counts(w, &counts);
    assert_int_equal(counts.invited, 3);
    assert_int_equal(counts.by_word[ABOUT_YES], 1);
    assert_int_equal(counts.by_word[ABOUT_NO], 1);
    assert_int_equal(counts.by_word[ABOUT_NOTHING], 1);
    w->now_us += 3 * US_PER_DAY;
    assert_fails(briefing_world_answer(w, "cal", YES), ERR_CONFLICT);
}

static str read_join(struct briefing_world *w, const char *person)
{
    struct briefing_join join;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, person, false, &t));
    must(w->admin, briefing_join_get(&w->admin->arena, &t.s, &t.r, w->id, &join));
    return join.content;
}

static err open_join(struct briefing_world *w)
{
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, "oda", true, &t));
    TRY(briefing_open_join(&w->admin->arena, &t.s, w->id));
    return session_commit(&w->admin->arena, &t.s);
}

/* B17: how to join is shown from half an hour before the start. */
static void how_to_join_opens_half_an_hour_before(void **state)
{
    struct briefing_world *w = *state;
    briefing_world_invite(w);
    must(w->admin, open_join(w));
    assert_int_equal(read_join(w, "oda").len, 0);
    assert_true(read_join(w, "pat").len > 0);
    w->now_us += 2 * US_PER_DAY + INT64_C(3600) * US_PER_SECOND / 60;
    must(w->admin, open_join(w));
    must(w->admin, open_join(w));
    assert_true(str_eq(read_join(w, "oda"), LIT("Call 555-0100")));
    assert_int_equal(read_join(w, "ray").len, 0);
}

static err take_attendance(struct briefing_world *w)
{
    struct arena *a = &w->admin->arena;
    const struct briefing_presence people[] = {{.person = w->oda, .was_there = true},
                                               {.person = w->gus, .was_there = false}};
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, "ann", true, &t));
    TRY(briefing_take_attendance(a, &t.s, &t.r, w->id, people, 2));
    return session_commit(a, &t.s);
}

static err judge(struct briefing_world *w, const char *person)
{
    struct arena *a = &w->admin->arena;
    const struct briefing_opinion opinion = {.value = 4, .words = LIT("Plain words, thank you")};
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, person, true, &t));
    TRY(briefing_judge(a, &t.s, &t.r, w->id, &opinion));
    return session_commit(a, &t.s);
}

/* B9, B20, B21: attendance and opinion are read by the hosts and that person, not their office. */
static void what_one_person_answers_stays_theirs(void **state)
{
    struct briefing_world *w = *state;
    struct briefing b;
    struct briefing_attendance attendance;
    briefing_world_invite(w);
    must(w->admin, briefing_world_answer(w, "cal", NO));
    assert_fails(take_attendance(w), ERR_CONFLICT); /* too early */
    w->now_us += 2 * US_PER_DAY + INT64_C(2) * 3600 * US_PER_SECOND;
    must(w->admin, take_attendance(w));
    must(w->admin, judge(w, "oda"));
    must(w->admin, judge(w, "oda"));
    assert_fails(judge(w, "gus"), ERR_NOT_FOUND);
    static const char *const TYPES[] = {"attendance", "opinion"};
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(briefing_world_count_read(w, "oda", TYPES[i]), 1);
        assert_int_equal(briefing_world_count_read(w, "ole", TYPES[i]), 0);
        assert_true(briefing_world_count_read(w, "pat", TYPES[i]) >= 1);
    }
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, "pat", false, &t));
    must(w->admin, briefing_get(&w->admin->arena, &t.s, &t.r, w->id, &b));
    must(w->admin, briefing_attendance_get(&w->admin->arena, &t.s, &t.r, &b, &attendance));
    assert_true(b.is_over);
    assert_int_equal(attendance.present, 1);
    assert_int_equal(attendance.missing.count, 2);
    assert_int_equal(attendance.missing.items[0].why, ABSENCE_ABSENT);
    assert_int_equal(attendance.missing.items[1].why, ABSENCE_DECLINED);
}

/* B27: the record holds what its reader may read. */
static void the_record_is_as_wide_as_its_reader(void **state)
{
    struct briefing_world *w = *state;
    struct arena *a = &w->admin->arena;
    struct briefing_record_totals hosts;
    struct briefing_record_totals guests;
    str bundle;
    briefing_world_invite(w);
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, "ann", false, &t));
    must(w->admin, briefing_record_bundle(a, &t.s, &t.r, w->id, &bundle, &hosts));
    /* Briefing, group, plan, how to join, three invited, three scopes by two hosts. */
    assert_int_equal(hosts.given.count, 13);
    assert_true(str_find(bundle, LIT("briefing-plan--")) < bundle.len);
    briefing_turn_done(&t);
    t = (struct briefing_turn){0};
    must(w->admin, briefing_turn_begin(w, "gus", false, &t));
    must(w->admin, briefing_record_bundle(a, &t.s, &t.r, w->id, &bundle, &guests));
    assert_int_equal(guests.given.count, 3); /* briefing, group, their own invitation */
    assert_true(str_find(bundle, LIT("briefing-plan--")) == bundle.len);
}

/* How many things of a type the document gives its reader. */
static size_t count_given(struct briefing_world *w, const char *person, const char *type)
{
    struct arena *a = &w->admin->arena;
    struct briefing_document document;
    size_t count = 0;
    str id;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, person, false, &t));
    must(w->admin, briefing_record_document(a, &t.s, &t.r, w->id, RECORD_LEAVES, &document));
    for (size_t i = 0; i < document.given.count; i++) {
        must(w->admin, log_body_id(a, &t.s, document.given.items[i].body, &id));
        count += str_eq(stix_id_type(id), str_of(type));
    }
    return count;
}

/* R1: what the document tells leaves receipts like the pages for it do. */
static void what_the_document_tells_of_people_is_given(void **state)
{
    struct briefing_world *w = *state;
    briefing_world_invite(w);
    must(w->admin, briefing_world_answer(w, "oda", YES));
    must(w->admin, briefing_world_answer(w, "cal", NO));
    w->now_us += 2 * US_PER_DAY + INT64_C(2) * 3600 * US_PER_SECOND;
    must(w->admin, take_attendance(w));
    must(w->admin, judge(w, "oda"));
    static const struct {
        const char *type;
        size_t to_host;
        size_t to_invitee;
    } GIVEN[] = {{"briefing-invitation", 3, 1},
                 {"briefing-reply", 2, 1},
                 {"attendance", 2, 1},
                 {"opinion", 1, 0},
                 {"approval", 6, 0},
                 {"briefing-plan", 1, 0}};
    for (size_t i = 0; i < COUNT_OF(GIVEN); i++) {
        assert_int_equal(count_given(w, "pat", GIVEN[i].type), GIVEN[i].to_host);
        assert_int_equal(count_given(w, "oda", GIVEN[i].type), GIVEN[i].to_invitee);
    }
}

/* As the mailer would have told everyone invited, under the clock of the test. */
static void write_mail(struct briefing_world *w)
{
    struct arena *a = &w->admin->arena;
    struct about_rows rows = {0};
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, "ann", true, &t));
    must(w->admin, about_list(a, &t.s, &t.r, w->id, LIT("briefing-invitation"), &rows));
    for (size_t i = 0; i < rows.count; i++) {
        struct mail_told told = {0};
        struct outbox_message m = {
            .kind = LIT("invitation"), .briefing = w->id, .state = OUTBOX_KEPT};
        must(w->admin, log_body_id(a, &t.s, rows.items[i].entry.body, &told.invitation));
        must(w->admin, mailing_tell(a, &t.s, &told));
        must(w->admin, mailing_add_link(a, &t.s, told.invitation, told.invitation));
        must(w->admin, outbox_add(a, &t.s, &m));
    }
    must(w->admin, session_commit(a, &t.s));
}

static int64_t count_mail(struct briefing_world *w)
{
    int64_t count;
    OWNED(session_done) struct session s = {0};
    must(w->admin, session_read(&w->admin->arena, w->admin->store, &s));
    must(w->admin, outbox_count_invited(&w->admin->arena, &s, w->id, &count));
    return count;
}

static size_t count_told(struct briefing_world *w)
{
    struct stix_strs told = {0};
    OWNED(session_done) struct session s = {0};
    must(w->admin, session_read(&w->admin->arena, w->admin->store, &s));
    must(w->admin, mailing_list_told(&w->admin->arena, &s, (str){0}, 10, &told));
    return told.count;
}

/* By the link of the last one who was told. */
static err open_link(struct briefing_world *w)
{
    struct arena *a = &w->admin->arena;
    struct about_rows rows = {0};
    str id;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, "ann", false, &t));
    TRY(about_list(a, &t.s, &t.r, w->id, LIT("briefing-invitation"), &rows));
    TRY(log_body_id(a, &t.s, rows.items[rows.count - 1].entry.body, &id));
    return mailing_open_link(a, &t.s, id, &id);
}

static void prune(struct briefing_world *w, int64_t now_us)
{
    struct mail_prune walk = {0};
    for (bool is_done = false; !is_done;)
        must(w->admin, mail_prune_step(&w->admin->arena, w->admin->store, &walk, now_us, &is_done));
}

/* B15: once the call is long over; before it, and what stands on the record, nothing. */
static void old_mail_is_dropped_and_the_record_stays(void **state)
{
    struct briefing_world *w = *state;
    briefing_world_invite(w);
    write_mail(w);
    prune(w, BRIEFING_NOW_US);
    assert_int_equal(count_mail(w), 3);
    assert_int_equal(count_told(w), 3);
    must(w->admin, open_link(w));
    str hold = briefing_world_hold(w, w->id); /* B27 */
    prune(w, BRIEFING_NOW_US + 20 * 365 * US_PER_DAY);
    assert_int_equal(count_mail(w), 3);
    assert_int_equal(count_told(w), 3);
    briefing_world_release(w, hold);
    prune(w, BRIEFING_NOW_US + 20 * 365 * US_PER_DAY);
    assert_int_equal(count_mail(w), 0);
    assert_int_equal(count_told(w), 0);
    assert_fails(open_link(w), ERR_NOT_FOUND);
    assert_int_equal(briefing_world_count_read(w, "ann", "briefing-invitation"), 3);
}

/* ---- faults */

static err agree(struct briefing_world *w)
{
    return briefing_world_agree(w, "pat");
}

static err send_to_three(struct briefing_world *w)
{
    return briefing_world_send(w, 3);
}

static err send_piece(struct briefing_world *w)
{
    bool is_done;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, "pat", true, &t));
    TRY(briefing_send_piece(&w->admin->arena, &t.s, w->id, &is_done));
    return session_commit(&w->admin->arena, &t.s);
}

static err edit_when(struct briefing_world *w)
{
    const struct briefing_input input = {
        .has_when = true,
        .when = {.local = LIT("2026-08-31T15:00"),
                 .timezone = LIT("America/New_York"),
                 .minutes = 30},
    };
    return edit(w, "pat", &input);
}

static err answer_yes(struct briefing_world *w)
{
    return briefing_world_answer(w, "oda", YES);
}

static err send_delegate(struct briefing_world *w)
{
    return briefing_world_answer(
        w, "cal", (struct briefing_reply){.answer = ABOUT_DELEGATE, .delegate = w->oda});
}

static err cancel(struct briefing_world *w)
{
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, "ann", true, &t));
    TRY(briefing_cancel(&w->admin->arena, &t.s, &t.r, w->id, w->version, LIT("A storm")));
    return session_commit(&w->admin->arena, &t.s);
}

static err judge_oda(struct briefing_world *w)
{
    return judge(w, "oda");
}

/* In an order in which each can succeed; `later_us` passes before. */
static const struct briefing_deed DEEDS[] = {
    {"make", briefing_world_make, 0},
    {"agree", agree, 0},
    {"send", send_to_three, 0},
    {"a piece of the sending", send_piece, 0},
    {"edit", edit_when, 0},
    {"answer", answer_yes, 0},
    {"send somebody else", send_delegate, 0},
    {"take attendance", take_attendance, 2 * US_PER_DAY + 1800 * US_PER_SECOND},
    {"judge", judge_oda, 7200 * US_PER_SECOND},
    {"make another", briefing_world_make, -3 * US_PER_DAY},
    {"cancel it", cancel, 0},
};

static void every_verb_is_whole_or_nothing(void **state)
{
    struct briefing_world *w = *state;
    briefing_world_check_deeds(w, DEEDS, sizeof(DEEDS) / sizeof(DEEDS[0]));
    briefing_world_check_whole(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BRIEFING_TEST(a_draft_is_seen_by_its_hosts_alone),
        BRIEFING_TEST(the_second_of_two_editors_is_told),
        BRIEFING_TEST(times_are_judged_by_the_wall_clock),
        BRIEFING_TEST(the_audience_is_an_exact_list),
        BRIEFING_TEST(delegates_go_by_the_rule),
        BRIEFING_TEST(the_last_answer_counts),
        BRIEFING_TEST(how_to_join_opens_half_an_hour_before),
        BRIEFING_TEST(what_one_person_answers_stays_theirs),
        BRIEFING_TEST(the_record_is_as_wide_as_its_reader),
        BRIEFING_TEST(what_the_document_tells_of_people_is_given),
        BRIEFING_TEST(old_mail_is_dropped_and_the_record_stays),
        BRIEFING_TEST(every_verb_is_whole_or_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
