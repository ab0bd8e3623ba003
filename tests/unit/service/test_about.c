/*
 * What names what, by audience: lists of a briefing's parts read nothing that is hidden from
 * whoever asks (V1, O1), whichever way the index came to be as it is.
 */
#include "briefing_world.h"

#include "base/num.h"
#include "db/fault.h"
#include "service/fsck.h"
#include "service/rebuild.h"
#include "store/about.h"
#include "store/migrations.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define OLDER_MIGRATIONS 14

static const struct briefing_reply YES = {.answer = ABOUT_YES};

static void must_run(struct briefing_world *w, const char *sql)
{
    OWNED(session_done) struct session s = {0};
    must(w->admin, session_write(&w->admin->arena, w->admin->store, &s));
    must(w->admin, db_run(&w->admin->arena, s.db, sql, DB_NO_ARGS));
    must(w->admin, session_commit(&w->admin->arena, &s));
}

struct listed {
    size_t count;
    uint64_t calls; /* of the database */
};

static struct listed list(struct briefing_world *w, const char *person, const char *type)
{
    struct arena *a = &w->admin->arena;
    struct about_rows rows;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, person, false, &t));
    for (int round = 0; round < 2; round++) { /* the first fills what is remembered */
        rows = (struct about_rows){0};
        db_fault_arm(t.s.db, 0);
        must(w->admin, about_list(a, &t.s, &t.r, w->id, str_of(type), &rows));
    }
    for (size_t i = 1; i < rows.count; i++)
        assert_true(rows.items[i - 1].entry.number < rows.items[i].entry.number);
    return (struct listed){rows.count, db_fault_calls(t.s.db)};
}

static void what_others_were_sent_and_answered_costs_nobody_a_call(void **state)
{
    struct briefing_world *w = *state;
    briefing_world_invite(w);
    must(w->admin, briefing_world_answer(w, "oda", YES));
    struct listed one = list(w, "gus", "briefing-reply");
    must(w->admin, briefing_world_answer(w, "cal", YES));
    struct listed two = list(w, "gus", "briefing-reply");
    assert_int_equal(one.count, 0);
    assert_int_equal(two.count, 0);
    assert_int_equal(one.calls, two.calls);
    struct listed own = list(w, "gus", "briefing-invitation");
    struct listed all = list(w, "ann", "briefing-invitation");
    assert_int_equal(own.count, 1);
    assert_int_equal(all.count, 3);
    assert_int_equal(own.calls, two.calls + 3); /* the query of its audience, its row, the end */
}

static size_t count_up_to(struct briefing_world *w, const char *person, size_t limit)
{
    size_t count;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    const struct about_counting q = {
        .target = w->id, .type = LIT("briefing-invitation"), .limit = limit};
    must(w->admin, briefing_turn_begin(w, person, false, &t));
    must(w->admin, about_count(&w->admin->arena, &t.s, &t.r, &q, &count));
    return count;
}

static void they_are_counted_as_far_as_it_takes(void **state)
{
    struct briefing_world *w = *state;
    briefing_world_invite(w);
    assert_int_equal(count_up_to(w, "ann", 9), 3);
    assert_int_equal(count_up_to(w, "ann", 2), 2);
    assert_int_equal(count_up_to(w, "gus", 9), 1);
    assert_int_equal(count_up_to(w, "ray", 9), 0);
}

/* A reply goes to the audience of an invitation that another office alone reads. */
static void an_entry_that_is_narrowed_is_found_where_it_went(void **state)
{
    struct briefing_world *w = *state;
    struct arena *a = &w->admin->arena;
    briefing_world_invite(w);
    must(w->admin, briefing_world_answer(w, "oda", YES));
    assert_int_equal(list(w, "oda", "briefing-reply").count, 1);
    {
        OWNED(session_done) struct session s = {0};
        struct about_rows reply = {0};
        struct about_rows other = {0};
        OWNED(briefing_turn_done) struct briefing_turn t = {0};
        must(w->admin, briefing_turn_begin(w, "oda", false, &t));
        must(w->admin, about_list(a, &t.s, &t.r, w->id, LIT("briefing-reply"), &reply));
        briefing_turn_done(&t);
        must(w->admin, briefing_turn_begin(w, "gus", false, &t));
        must(w->admin, about_list(a, &t.s, &t.r, w->id, LIT("briefing-invitation"), &other));
        briefing_turn_done(&t);
        must(w->admin, session_write(a, w->admin->store, &s));
        const struct view_narrowing move = {
            .number = reply.items[0].entry.number,
            .audience = other.items[0].entry.audience,
            .object_hash = reply.items[0].object,
        };
        must(w->admin, views_narrow(a, s.db, &move));
        must(w->admin, session_commit(a, &s));
    }
    briefing_world_check_whole(w);
    assert_int_equal(list(w, "oda", "briefing-reply").count, 0);
    assert_int_equal(list(w, "gus", "briefing-reply").count, 1);
}

static void what_the_index_lost_is_named_and_made_anew(void **state)
{
    struct briefing_world *w = *state;
    static const char *const DAMAGE[] = {
        "DELETE FROM about_audiences",
        "UPDATE about_audiences SET audiences = audiences || '0000A'",
        "INSERT INTO about_audiences (target, type, part, audiences) VALUES (5, 5, 0, '0000A')",
        "UPDATE about SET audience = audience + 1",
    };
    briefing_world_invite(w);
    for (size_t i = 0; i < COUNT_OF(DAMAGE); i++) {
        struct rebuild_report report;
        struct fsck_report found = {0};
        must_run(w, DAMAGE[i]);
        must(w->admin,
             fsck_run(&w->admin->arena, str_of(w->admin->folder), &(struct watch){0}, &found));
        assert_true(found.count > 0);
        assert_true(str_find(found.items[0].words, LIT("(tocsin rebuild mends this)")) <
                    found.items[0].words.len);
        must(w->admin, rebuild_run(&w->admin->arena, w->admin->store, &(struct watch){0}, &report));
        assert_true(report.briefings_differed > 0);
        briefing_world_check_whole(w);
        assert_int_equal(list(w, "gus", "briefing-invitation").count, 1);
        assert_int_equal(list(w, "ann", "briefing-invitation").count, 3);
    }
}

/* 400 entries, each in its own audience but for the last, name one thing. */
static const char OLDER_ROWS[] =
    "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 400) "
    "INSERT INTO entry (n, added, collection, audience, clause, contributor, actor, type, version,"
    " flags, body) SELECT n, n, 2, min(n, 399) * 1000, 1, 1, 0, 7, n, 0, n FROM c;"
    "INSERT INTO about (target, type, n, object, word) SELECT -9, 7, n, n, 0 FROM entry;"
    "INSERT INTO about (target, type, n, object, word) VALUES (3, 7, 5, 5, 1)";

static void an_index_of_an_older_tocsin_is_taken_over(void **state)
{
    struct briefing_world *w = *state;
    struct arena *a = &w->admin->arena;
    str path = arena_print(a, "%s/older.db", w->admin->folder);
    const struct db_options options = {.driver = "sqlite", .address = path, .may_create = true};
    struct session s = {0};
    struct about_keys wrong = {0};
    int64_t parts;
    int64_t rows;
    must(w->admin, db_open(a, &options, &s.db));
    must(w->admin, db_migrate(a, s.db, STORE_MIGRATIONS, OLDER_MIGRATIONS));
    must(w->admin, db_run_script(a, s.db, str_of(OLDER_ROWS)));
    must(w->admin, db_migrate(a, s.db, STORE_MIGRATIONS, STORE_MIGRATION_COUNT));
    must(w->admin, about_find_wrong_audiences(a, &s, &wrong));
    assert_int_equal(wrong.count, 0);
    must(w->admin, db_query_int(a, s.db, "SELECT count(*) FROM about_audiences WHERE target = -9",
                                DB_NO_ARGS, 0, &parts));
    must(w->admin, db_query_int(a, s.db, "SELECT count(*) FROM about WHERE audience = 399000",
                                DB_NO_ARGS, 0, &rows));
    assert_int_equal(parts, 3);
    assert_int_equal(rows, 2);
    db_close(s.db);
    remove(path.at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BRIEFING_TEST(what_others_were_sent_and_answered_costs_nobody_a_call),
        BRIEFING_TEST(they_are_counted_as_far_as_it_takes),
        BRIEFING_TEST(an_entry_that_is_narrowed_is_found_where_it_went),
        BRIEFING_TEST(what_the_index_lost_is_named_and_made_anew),
        BRIEFING_TEST(an_index_of_an_older_tocsin_is_taken_over),
    };
    return cmocka_run_group_tests_name("about", tests, NULL, NULL);
}
