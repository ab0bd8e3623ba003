/*
 * What was promised at a briefing: who may note it, who reads it, what becomes of it, and that the
 * next edition shows what is still open.
 */
#include "briefing_world.h"

#include "service/commitment.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define HOUR_US (INT64_C(3600) * US_PER_SECOND)
#define DUE_US (BRIEFING_NOW_US - BRIEFING_NOW_US % US_PER_DAY + 4 * US_PER_DAY)

static void assert_fails(err failure, enum err_code code)
{
    assert_non_null(failure);
    assert_int_equal(failure->code, code);
}

/* Made, agreed to, sent, and held: oda was there. */
static err hold(struct briefing_world *w)
{
    struct arena *a = &w->admin->arena;
    const struct briefing_presence people[] = {{.person = w->oda, .was_there = true},
                                               {.person = w->gus, .was_there = false}};
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_world_make(w));
    TRY(briefing_world_agree(w, "pat"));
    TRY(briefing_world_send(w, 3));
    TRY(briefing_world_send_all(w));
    w->now_us += 2 * US_PER_DAY + 2 * HOUR_US;
    TRY(briefing_turn_begin(w, "ann", true, &t));
    TRY(briefing_take_attendance(a, &t.s, &t.r, w->id, people, 2));
    return session_commit(a, &t.s);
}

static err promise(struct briefing_world *w, const char *by, str organization, str person)
{
    struct arena *a = &w->admin->arena;
    const struct commitment promised = {.content = LIT("An address list as a file"),
                                        .organization = organization,
                                        .person = person,
                                        .due_us = DUE_US};
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, by, true, &t));
    TRY(commitment_add(a, &t.s, &t.r, w->id, &promised));
    return session_commit(a, &t.s);
}

static struct commitments read_all(struct briefing_world *w, const char *person)
{
    struct arena *a = &w->admin->arena;
    struct briefing b;
    struct commitments list = {0};
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, person, false, &t));
    must(w->admin, briefing_get(a, &t.s, &t.r, w->id, &b));
    must(w->admin, commitments_list(a, &t.s, &t.r, &b, &list));
    return list;
}

static err settle(struct briefing_world *w, const char *person)
{
    struct arena *a = &w->admin->arena;
    const struct commitment_change done = {.has_word = true, .word = COMMITMENT_DONE};
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, person, true, &t));
    TRY(commitment_settle(a, &t.s, &t.r, w->promise, &done));
    return session_commit(a, &t.s);
}

static size_t asked_at_home(struct briefing_world *w, const char *person)
{
    return briefing_world_at_home(w, person, HOME_COMMITMENT);
}

/* B9, B22: read by the hosts and the organizations of those who were there. */
static void who_was_there_reads_what_was_promised(void **state)
{
    struct briefing_world *w = *state;
    must(w->admin, hold(w));
    must(w->admin, promise(w, "ann", w->platform, w->pat));
    assert_int_equal(read_all(w, "pat").count, 1);
    assert_int_equal(read_all(w, "oda").count, 1);
    assert_int_equal(read_all(w, "ole").count, 1);
    assert_int_equal(read_all(w, "gus").count, 0);
    assert_int_equal(read_all(w, "cal").count, 0);
    assert_fails(promise(w, "oda", w->platform, (str){0}), ERR_NOT_FOUND);
    assert_fails(promise(w, "ann", w->research, (str){0}), ERR_INVALID);
    assert_fails(promise(w, "ann", w->platform, w->oda), ERR_INVALID);
}

/* Nobody is told of a promise before it is known who heard it. */
static void nothing_is_promised_before_it_is_known_who_was_there(void **state)
{
    struct briefing_world *w = *state;
    must(w->admin, briefing_world_make(w));
    assert_fails(promise(w, "ann", w->platform, (str){0}), ERR_CONFLICT);
}

/* B22: at the home of whoever promised, until it is done; late once its day is over everywhere. */
static void a_promise_waits_for_whoever_made_it(void **state)
{
    struct briefing_world *w = *state;
    must(w->admin, hold(w));
    must(w->admin, promise(w, "ann", briefing_world_org_id(w, "Ohio"), w->oda));
    assert_int_equal(asked_at_home(w, "oda"), 1);
    assert_int_equal(asked_at_home(w, "ole"), 0);
    assert_int_equal(asked_at_home(w, "ann"), 0);
    w->now_us = DUE_US + US_PER_DAY;
    assert_false(read_all(w, "oda").items[0].is_late);
    w->now_us += US_PER_DAY / 2;
    assert_true(read_all(w, "oda").items[0].is_late);
    w->promise = read_all(w, "ann").items[0].id;
    assert_fails(settle(w, "ole"), ERR_FORBIDDEN);
    must(w->admin, settle(w, "oda"));
    assert_int_equal(read_all(w, "pat").items[0].word, COMMITMENT_DONE);
    assert_false(read_all(w, "oda").items[0].is_late);
    assert_int_equal(asked_at_home(w, "oda"), 0);
}

static err make_next(struct briefing_world *w)
{
    struct arena *a = &w->admin->arena;
    struct briefing_input input = briefing_world_input(w);
    input.follows = w->id;
    input.when.local = LIT("2026-09-14T14:30");
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, "ann", true, &t));
    TRY(briefing_make(a, &t.s, &t.r, &input, &w->id));
    return session_commit(a, &t.s);
}

/* B22: carried into the next edition by itself, while it is open. */
static void the_next_edition_shows_what_is_open(void **state)
{
    struct briefing_world *w = *state;
    must(w->admin, hold(w));
    must(w->admin, promise(w, "ann", w->platform, (str){0}));
    str first = w->id;
    must(w->admin, make_next(w));
    struct commitments carried = read_all(w, "pat");
    assert_int_equal(carried.count, 1);
    assert_true(str_eq(carried.items[0].briefing, first));
    w->promise = carried.items[0].id;
    must(w->admin, settle(w, "pat")); /* a publisher of whoever promised */
    assert_int_equal(read_all(w, "ann").count, 0);
}

static err promise_platform(struct briefing_world *w)
{
    return promise(w, "ann", w->platform, w->pat);
}

static err settle_pat(struct briefing_world *w)
{
    return settle(w, "pat");
}

static void every_verb_is_whole_or_nothing(void **state)
{
    struct briefing_world *w = *state;
    const struct briefing_deed promising = {"promise", promise_platform, 0};
    const struct briefing_deed settling = {"settle", settle_pat, 0};
    must(w->admin, hold(w));
    briefing_world_check_deed(w, &promising);
    w->promise = read_all(w, "ann").items[0].id;
    briefing_world_check_deed(w, &settling);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BRIEFING_TEST(who_was_there_reads_what_was_promised),
        BRIEFING_TEST(nothing_is_promised_before_it_is_known_who_was_there),
        BRIEFING_TEST(a_promise_waits_for_whoever_made_it),
        BRIEFING_TEST(the_next_edition_shows_what_is_open),
        BRIEFING_TEST(every_verb_is_whole_or_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
