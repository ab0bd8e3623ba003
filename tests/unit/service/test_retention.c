/*
 * How long what briefings leave behind is kept (B27): by kind, as the settings say, and longer
 * where a hold covers it.
 */
#include "briefing_world.h"

#include "base/file.h"
#include "service/retention.h"
#include "store/audit.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define DAYS(n) ((n)*US_PER_DAY)
/* The call is in two days. */
#define END_US (BRIEFING_NOW_US + DAYS(3))

static void set(struct briefing_world *w, const char *settings)
{
    struct admin_world *x = w->admin;
    str path = arena_join(&x->arena, x->store->dir, LIT("/tocsin.conf"), (str){0});
    must(x, file_write(&x->arena, path, str_of(settings), 0600));
    must(x, store_reload_config(&x->arena, x->store, NULL));
}

static err walk_all(struct briefing_world *w, int64_t now_us)
{
    struct retention walk = {0};
    for (bool is_done = false; !is_done;)
        TRY(retention_step(&w->admin->arena, w->admin->store, &walk, now_us, &is_done));
    return NULL;
}

static size_t count(struct briefing_world *w, const char *type)
{
    return briefing_world_count_read(w, "ann", type);
}

/* Sent, answered, and somebody was there. */
static void hold_call(struct briefing_world *w)
{
    const struct briefing_reply yes = {.answer = ABOUT_YES};
    const struct briefing_opinion opinion = {.value = 4};
    briefing_world_invite(w);
    must(w->admin, briefing_world_answer(w, "oda", yes));
    w->now_us = END_US;
    struct briefing_presence there = {.person = briefing_world_id(w, "oda"), .was_there = true};
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, "ann", true, &t));
    must(w->admin, briefing_take_attendance(&w->admin->arena, &t.s, &t.r, w->id, &there, 1));
    must(w->admin, session_commit(&w->admin->arena, &t.s));
    briefing_turn_done(&t);
    must(w->admin, briefing_turn_begin(w, "oda", true, &t));
    must(w->admin, briefing_judge(&w->admin->arena, &t.s, &t.r, w->id, &opinion));
    must(w->admin, session_commit(&w->admin->arena, &t.s));
}

static size_t bodies_kept(struct briefing_world *w, const char *type)
{
    int64_t kept;
    OWNED(session_done) struct session s = {0};
    must(w->admin, session_read(&w->admin->arena, w->admin->store, &s));
    must(w->admin, db_query_int(&w->admin->arena, s.db,
                                "SELECT count(*) FROM body WHERE id LIKE ?1 AND length(bytes) > 0",
                                DB_ARGS(db_text(str_of(type))), 0, &kept));
    return (size_t)kept;
}

/* Objects whose bytes are kept and name somebody; people are no objects of the log. */
static size_t count_naming(struct briefing_world *w, str person)
{
    int64_t kept;
    OWNED(session_done) struct session s = {0};
    must(w->admin, session_read(&w->admin->arena, w->admin->store, &s));
    must(w->admin, db_query_int(&w->admin->arena, s.db,
                                "SELECT count(*) FROM body WHERE instr(CAST(bytes AS TEXT), ?1)",
                                DB_ARGS(db_text(person)), 0, &kept));
    return (size_t)kept;
}

static size_t rows_of_audit(struct briefing_world *w)
{
    struct audit_rows rows = {0};
    OWNED(session_done) struct session s = {0};
    const struct audit_query q = {.verb = LIT("retention."), .limit = 10};
    must(w->admin, session_read(&w->admin->arena, w->admin->store, &s));
    must(w->admin, audit_list(&w->admin->arena, &s, &q, &rows));
    return rows.count;
}

static void who_answered_and_was_there_is_dropped_after_its_days(void **state)
{
    struct briefing_world *w = *state;
    struct briefing b;
    hold_call(w);
    must(w->admin, walk_all(w, END_US + DAYS(4000))); /* for good, unless set */
    assert_int_equal(count(w, "briefing-invitation"), 3);
    set(w, "answers_kept_days = 30\n");
    assert_true(count_naming(w, briefing_world_id(w, "oda")) > 0);
    must(w->admin, walk_all(w, END_US + DAYS(29)));
    assert_int_equal(count(w, "briefing-reply"), 1);
    assert_int_equal(count(w, "opinion"), 1);
    must(w->admin, walk_all(w, END_US + DAYS(31)));
    static const char *const GONE[] = {"briefing-invitation", "briefing-reply", "attendance",
                                       "opinion"};
    for (size_t i = 0; i < sizeof(GONE) / sizeof(GONE[0]); i++)
        assert_int_equal(count(w, GONE[i]), 0);
    assert_int_equal(bodies_kept(w, "briefing-reply--%"), 0);
    assert_int_equal(count_naming(w, briefing_world_id(w, "oda")), 0); /* no audience of hers */
    must(w->admin, briefing_world_see(w, "ann", &b));
    assert_int_equal(rows_of_audit(w), 1);
    must(w->admin, walk_all(w, END_US + DAYS(60))); /* nothing is left to do */
    assert_int_equal(rows_of_audit(w), 1);
    briefing_world_check_whole(w);
}

static void a_record_goes_whole_and_no_other_with_it(void **state)
{
    struct briefing_world *w = *state;
    struct briefing b;
    hold_call(w);
    str old = w->id;
    struct briefing_input later = briefing_world_input(w);
    later.when.local = LIT("2030-08-31T14:30");
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, "ann", true, &t));
    must(w->admin, briefing_make(&w->admin->arena, &t.s, &t.r, &later, &w->id));
    must(w->admin, session_commit(&w->admin->arena, &t.s));
    set(w, "records_kept_days = 365\n");
    must(w->admin, walk_all(w, END_US + DAYS(366)));
    must(w->admin, briefing_world_see(w, "ann", &b));
    w->id = old;
    err gone = briefing_world_see(w, "ann", &b);
    assert_non_null(gone);
    assert_int_equal(gone->code, ERR_NOT_FOUND);
    assert_int_equal(bodies_kept(w, "briefing-join--%"), 1); /* of the later one */
    assert_int_equal(count_naming(w, old), 0);
    assert_int_equal(count_naming(w, briefing_world_id(w, "oda")), 0);
    briefing_world_check_whole(w);
}

static str first_reply(struct briefing_world *w)
{
    str id;
    struct about_rows rows = {0};
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, "ann", false, &t));
    must(w->admin, about_list(&w->admin->arena, &t.s, &t.r, w->id, LIT("briefing-reply"), &rows));
    must(w->admin, log_body_id(&w->admin->arena, &t.s, rows.items[0].entry.body, &id));
    return id;
}

static void a_hold_beats_the_days(void **state)
{
    struct briefing_world *w = *state;
    hold_call(w);
    str hold = briefing_world_hold(w, w->id);
    set(w, "answers_kept_days = 1\nrecords_kept_days = 2\n");
    must(w->admin, walk_all(w, END_US + DAYS(400)));
    assert_int_equal(count(w, "briefing-reply"), 1);
    briefing_world_release(w, hold);
    hold = briefing_world_hold(w, first_reply(w)); /* a part of it alone */
    must(w->admin, walk_all(w, END_US + DAYS(400)));
    assert_int_equal(count(w, "briefing-reply"), 1);
    assert_int_equal(count(w, "briefing-invitation"), 3);
    briefing_world_release(w, hold);
    must(w->admin, walk_all(w, END_US + DAYS(400)));
    assert_int_equal(count(w, "briefing-reply"), 0);
}

static err retain(struct briefing_world *w)
{
    struct retention walk = {0};
    bool is_done;
    return retention_step(&w->admin->arena, w->admin->store, &walk, END_US + DAYS(31), &is_done);
}

static void a_step_is_whole_or_nothing(void **state)
{
    struct briefing_world *w = *state;
    const struct briefing_deed deed = {"retain", retain, 0};
    hold_call(w);
    set(w, "answers_kept_days = 30\n");
    briefing_world_check_deed(w, &deed);
    assert_int_equal(count(w, "briefing-reply"), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, briefing_world_set_up, briefing_world_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(who_answered_and_was_there_is_dropped_after_its_days),
        TEST(a_record_goes_whole_and_no_other_with_it),
        TEST(a_hold_beats_the_days),
        TEST(a_step_is_whole_or_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
