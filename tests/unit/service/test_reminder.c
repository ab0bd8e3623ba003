/*
 * Reminders (B23): invitations that nobody answered, once by themselves and when a host asks, and
 * promises before their day. Whoever has answered is left alone.
 */
#include "briefing_world.h"

#include "service/mail.h"
#include "service/reminder.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define HOUR_US (INT64_C(3600) * US_PER_SECOND)
/* Two days from now the call begins, half an hour later by the clock. */
#define START_US (BRIEFING_NOW_US + 2 * US_PER_DAY + HOUR_US / 2)
#define URL LIT("https://x.example")

static void assert_says(struct briefing_world *w, err failure, const char *words)
{
    assert_non_null(failure);
    assert_int_equal(failure->code, ERR_CONFLICT);
    str text = error_text(&w->admin->arena, failure);
    if (str_find(text, str_of(words)) == text.len)
        fail_msg("%.*s", STR_ARG(text));
}

/* Makes the call at `local`, has it agreed to, and invites oda, gus and cal. */
static err send_call(struct briefing_world *w, const char *local)
{
    struct arena *a = &w->admin->arena;
    struct briefing_input input = briefing_world_input(w);
    input.when.local = str_of(local);
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, "ann", true, &t));
    TRY(briefing_make(a, &t.s, &t.r, &input, &w->id));
    TRY(session_commit(a, &t.s));
    TRY(briefing_world_agree(w, "pat"));
    TRY(briefing_world_send(w, 3));
    return briefing_world_send_all(w);
}

static err ask(struct briefing_world *w)
{
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, "ann", true, &t));
    TRY(reminder_ask(&w->admin->arena, &t.s, &t.r, w->id));
    return session_commit(&w->admin->arena, &t.s);
}

/* What is due by itself at the world's time. */
static err tell_due(struct briefing_world *w)
{
    bool is_idle = false;
    while (!is_idle) {
        OWNED(briefing_turn_done) struct briefing_turn t = {0};
        TRY(briefing_turn_begin(w, "ann", true, &t));
        TRY(reminder_tell(&w->admin->arena, &t.s, URL, &is_idle));
        TRY(session_commit(&w->admin->arena, &t.s));
    }
    return NULL;
}

static struct reminder look(struct briefing_world *w)
{
    struct briefing b;
    struct reminder out;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, "ann", false, &t));
    must(w->admin, briefing_get_hosted(&w->admin->arena, &t.s, &t.r, w->id, &b));
    must(w->admin, reminder_get(&w->admin->arena, &t.s, &b, &out));
    return out;
}

/* Mails what is ordered, and counts what has ever gone to somebody of that kind. */
static size_t count_mail(struct briefing_world *w, const char *person, const char *kind)
{
    struct arena *a = &w->admin->arena;
    struct outbox_messages sent = {0};
    size_t count = 0;
    for (bool is_idle = false; !is_idle;)
        must(w->admin, mail_piece(a, w->admin->store, URL, &is_idle));
    OWNED(session_done) struct session s = {0};
    must(w->admin, session_read(a, w->admin->store, &s));
    must(w->admin, outbox_list(a, &s, 0, 100, &sent));
    for (size_t i = 0; i < sent.count; i++)
        count += str_starts(sent.items[i].recipient, str_of(person)) &&
                 str_eq(sent.items[i].kind, str_of(kind));
    return count;
}

/* ---- invitations */

/* The mail thread has a clock of its own: a call that is still to come by any. */
static void whoever_has_not_answered_is_mailed_once_for_each_time_that_a_host_asks(void **state)
{
    struct briefing_world *w = *state;
    must(w->admin, send_call(w, "2090-08-31T14:30"));
    must(w->admin, briefing_world_answer(w, "oda", (struct briefing_reply){.answer = ABOUT_NO}));
    assert_int_equal(count_mail(w, "gus", "invitation"), 1);
    assert_int_equal(count_mail(w, "gus", "reminder"), 0);
    w->now_us += US_PER_DAY;
    must(w->admin, ask(w));
    assert_int_equal(count_mail(w, "gus", "reminder"), 1);
    assert_int_equal(count_mail(w, "cal", "reminder"), 1);
    assert_int_equal(count_mail(w, "oda", "reminder"), 0);
    const struct briefing_noted by_phone = {briefing_world_id(w, "cal"), ABOUT_YES};
    must(w->admin, briefing_world_note(w, "ann", by_phone)); /* B11: an answer like any other */
    w->now_us += US_PER_DAY;
    must(w->admin, ask(w));
    assert_int_equal(count_mail(w, "gus", "reminder"), 2);
    assert_int_equal(count_mail(w, "cal", "reminder"), 1);
    assert_int_equal(count_mail(w, "gus", "invitation"), 1);
}

static void nobody_is_asked_again_too_soon_or_for_nothing(void **state)
{
    struct briefing_world *w = *state;
    static const char *const PEOPLE[] = {"oda", "gus", "cal"};
    must(w->admin, briefing_world_make(w));
    assert_says(w, ask(w), "it was not sent yet");
    must(w->admin, send_call(w, "2026-08-31T14:30"));
    assert_says(w, ask(w), "less than 20 hours ago");
    w->now_us += 20 * HOUR_US;
    must(w->admin, ask(w));
    assert_says(w, ask(w), "less than 20 hours ago");
    for (size_t i = 0; i < 3; i++)
        must(w->admin,
             briefing_world_answer(w, PEOPLE[i], (struct briefing_reply){.answer = ABOUT_YES}));
    w->now_us += 20 * HOUR_US;
    assert_says(w, ask(w), "everybody has answered");
    w->now_us = START_US + HOUR_US;
    assert_says(w, ask(w), "it is over");
}

static void only_a_host_asks_again(void **state)
{
    struct briefing_world *w = *state;
    must(w->admin, send_call(w, "2026-08-31T14:30"));
    w->now_us += US_PER_DAY;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, "oda", true, &t));
    err e = reminder_ask(&w->admin->arena, &t.s, &t.r, w->id);
    assert_int_equal(e->code, ERR_NOT_FOUND);
}

static void a_day_before_the_call_they_are_asked_by_themselves(void **state)
{
    struct briefing_world *w = *state;
    must(w->admin, send_call(w, "2026-08-31T14:30"));
    assert_int_equal(look(w).due_us, START_US - US_PER_DAY);
    w->now_us = START_US - US_PER_DAY - 1;
    must(w->admin, tell_due(w));
    assert_int_equal(look(w).asked_us, 0);
    w->now_us++;
    must(w->admin, tell_due(w));
    assert_int_equal(look(w).asked_us, w->now_us);
    assert_int_equal(look(w).due_us, 0);
}

static void what_is_overdue_does_not_go_shortly_before_the_call(void **state)
{
    struct briefing_world *w = *state;
    must(w->admin, send_call(w, "2026-08-31T14:30"));
    w->now_us = START_US - HOUR_US;
    must(w->admin, tell_due(w));
    assert_int_equal(look(w).asked_us, 0);
    assert_int_equal(look(w).due_us, 0);
}

static err move_to(struct briefing_world *w, const char *local)
{
    struct arena *a = &w->admin->arena;
    struct briefing b;
    struct briefing_input input = {
        .has_when = true,
        .when = {.local = str_of(local), .timezone = LIT("America/New_York"), .minutes = 45}};
    TRY(briefing_world_see(w, "ann", &b));
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, "ann", true, &t));
    TRY(briefing_edit(a, &t.s, &t.r, w->id, w->version, &input));
    return session_commit(a, &t.s);
}

static void a_call_that_is_moved_moves_its_reminder(void **state)
{
    struct briefing_world *w = *state;
    must(w->admin, send_call(w, "2026-08-31T14:30"));
    must(w->admin, move_to(w, "2026-09-03T14:30"));
    assert_int_equal(look(w).due_us, START_US + 2 * US_PER_DAY);
    must(w->admin, move_to(w, "2026-08-30T16:00")); /* the day before is now */
    assert_int_equal(look(w).due_us, 0);
}

/* ---- promises */

static err hold_and_promise(struct briefing_world *w, str person)
{
    struct arena *a = &w->admin->arena;
    const struct briefing_presence there = {.person = w->oda, .was_there = true};
    const struct commitment promised = {.content = LIT("An address list as a file"),
                                        .organization = w->platform,
                                        .person = person,
                                        .due_us = BRIEFING_NOW_US - BRIEFING_NOW_US % US_PER_DAY +
                                                  5 * US_PER_DAY};
    TRY(send_call(w, "2026-08-31T14:30"));
    w->now_us = START_US + 2 * HOUR_US;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, "ann", true, &t));
    TRY(briefing_take_attendance(a, &t.s, &t.r, w->id, &there, 1));
    TRY(commitment_add(a, &t.s, &t.r, w->id, &promised));
    w->promise = promised.content;
    TRY(session_commit(a, &t.s));
    w->now_us = promised.due_us - 6 * HOUR_US;
    return NULL;
}

static void a_promise_is_recalled_once_before_its_day(void **state)
{
    struct briefing_world *w = *state;
    must(w->admin, hold_and_promise(w, w->pat));
    w->now_us--;
    must(w->admin, tell_due(w));
    assert_int_equal(count_mail(w, "pat", "promise"), 0);
    w->now_us++;
    must(w->admin, tell_due(w));
    must(w->admin, tell_due(w));
    assert_int_equal(count_mail(w, "pat", "promise"), 1);
    assert_int_equal(count_mail(w, "pia", "promise"), 0);
}

static void
a_promise_of_nobody_in_particular_is_recalled_to_who_answers_for_the_office(void **state)
{
    struct briefing_world *w = *state;
    must(w->admin, hold_and_promise(w, (str){0}));
    must(w->admin, tell_due(w));
    assert_int_equal(count_mail(w, "pat", "promise"), 1);
    assert_int_equal(count_mail(w, "pia", "promise"), 0); /* no publisher */
}

static void what_was_done_is_not_recalled(void **state)
{
    struct briefing_world *w = *state;
    struct arena *a = &w->admin->arena;
    struct commitments list = {0};
    must(w->admin, hold_and_promise(w, w->pat));
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, "pat", false, &t));
    must(w->admin, commitments_awaited(a, &t.s, &t.r, &list));
    assert_int_equal(list.count, 1);
    briefing_turn_done(&t);
    const struct commitment_change done = {.has_word = true, .word = COMMITMENT_DONE};
    must(w->admin, briefing_turn_begin(w, "pat", true, &t));
    must(w->admin, commitment_settle(a, &t.s, &t.r, list.items[0].id, &done));
    must(w->admin, session_commit(a, &t.s));
    must(w->admin, tell_due(w));
    assert_int_equal(count_mail(w, "pat", "promise"), 0);
}

static void every_verb_is_whole_or_nothing(void **state)
{
    struct briefing_world *w = *state;
    static const struct briefing_deed ASK = {"ask again", ask, US_PER_DAY};
    static const struct briefing_deed RECALL = {"recall a promise", tell_due, 0};
    must(w->admin, send_call(w, "2026-09-03T14:30"));
    briefing_world_check_deed(w, &ASK);
    w->now_us = BRIEFING_NOW_US;
    must(w->admin, hold_and_promise(w, w->pat));
    briefing_world_check_deed(w, &RECALL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BRIEFING_TEST(whoever_has_not_answered_is_mailed_once_for_each_time_that_a_host_asks),
        BRIEFING_TEST(nobody_is_asked_again_too_soon_or_for_nothing),
        BRIEFING_TEST(only_a_host_asks_again),
        BRIEFING_TEST(a_day_before_the_call_they_are_asked_by_themselves),
        BRIEFING_TEST(what_is_overdue_does_not_go_shortly_before_the_call),
        BRIEFING_TEST(a_call_that_is_moved_moves_its_reminder),
        BRIEFING_TEST(a_promise_is_recalled_once_before_its_day),
        BRIEFING_TEST(a_promise_of_nobody_in_particular_is_recalled_to_who_answers_for_the_office),
        BRIEFING_TEST(what_was_done_is_not_recalled),
        BRIEFING_TEST(every_verb_is_whole_or_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
