/*
 * Receipts against plain sets: groups, rollbacks, threads, bounded memory.
 */
#include "store/receipts.h"

#include "views_world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define ACTORS 5u
#define NUMBERS 200u
/* Numbers lie in three chunks. */
#define SPREAD 700u

struct model {
    bool is_given[ACTORS][2][NUMBERS];
};

struct asking {
    bool has[ACTORS];
    size_t calls;
};

static void note_holder(void *context, size_t question, int64_t actor)
{
    struct asking *asking = context;
    asking[question].has[actor] = true;
    asking[question].calls++;
}

static void ask(struct world *w, const struct receipt_question *questions, size_t count,
                struct asking *out)
{
    const struct receipt_questions all = {questions, count};
    must(&w->arena, receipts_holders(&w->arena, w->db, &all, note_holder, out));
}

static void flush(struct world *w, struct receipts *r, bool is_committed)
{
    must(&w->arena, db_begin(&w->arena, w->db, DB_BEGIN_WRITE));
    must(&w->arena, receipts_flush(&w->arena, r, w->db));
    if (is_committed)
        must(&w->arena, db_commit(&w->arena, w->db));
    else
        db_rollback(w->db);
    receipts_flushed(r, is_committed);
}

static void give(struct world *w, struct receipts *r, struct model *m)
{
    uint32_t actor = world_draw(w, ACTORS);
    enum receipt_kind kind = world_draw(w, 2) ? RECEIPT_LISTED : RECEIPT_OBTAINED;
    uint32_t numbers[20];
    size_t count = world_draw(w, 20);
    for (size_t i = 0; i < count; i++) {
        uint32_t n = world_draw(w, NUMBERS);
        numbers[i] = n * SPREAD;
        m->is_given[actor][kind][n] = true;
    }
    receipts_add(r, actor, 1, kind, numbers, count);
    assert_false(receipts_add(r, actor, 1, kind, numbers, count));
}

static void compare_answer(const struct model *m, enum receipt_kind kind, const uint32_t picked[2],
                           const struct asking *asking)
{
    size_t expected = 0;
    for (uint32_t actor = 0; actor < ACTORS; actor++) {
        bool has = m->is_given[actor][kind][picked[0]] || m->is_given[actor][kind][picked[1]];
        assert_int_equal(asking->has[actor], has);
        expected += has;
    }
    assert_int_equal(asking->calls, expected);
}

/* Asked together, each question is answered as if it were asked alone. */
static void compare_holders(struct world *w, const struct model *m)
{
    for (uint32_t kind = 0; kind < 2; kind++) {
        uint32_t picked[3][2];
        uint32_t numbers[3][2];
        struct receipt_question questions[3];
        struct asking asking[3] = {0};
        for (size_t i = 0; i < 3; i++) {
            for (size_t k = 0; k < 2; k++) {
                picked[i][k] = world_draw(w, NUMBERS);
                numbers[i][k] = picked[i][k] * SPREAD;
            }
            questions[i] = (struct receipt_question){1, (enum receipt_kind)kind, numbers[i], 2};
        }
        ask(w, questions, 3, asking);
        for (size_t i = 0; i < 3; i++)
            compare_answer(m, (enum receipt_kind)kind, picked[i], &asking[i]);
    }
}

/* The same of one actor, of what is only gathered too; nobody is given anything. */
static void compare_actors(struct world *w, struct receipts *r, const struct model *m)
{
    uint32_t n = world_draw(w, NUMBERS);
    uint32_t number = n * SPREAD;
    struct receipt_question question = {1, RECEIPT_OBTAINED, &number, 1};
    for (uint32_t actor = 0; actor < ACTORS; actor++) {
        bool has;
        must(&w->arena, receipts_has_any(&w->arena, r, w->db, &question, actor, &has));
        assert_int_equal(has, actor && m->is_given[actor][RECEIPT_OBTAINED][n]);
    }
}

/* R1: exactly what was given, also when a transaction fails or the process starts anew. */
static void keeps_exactly_what_was_given(void **state)
{
    (void)state;
    static struct world w;
    static struct model m;
    for (uint64_t seed = 1; seed <= 4; seed++) {
        printf("seed %llu\n", (unsigned long long)seed);
        world_init(&w, seed);
        memset(&m, 0, sizeof(m));
        struct receipts *r = receipts_open();
        for (int round = 0; round < 200; round++) {
            give(&w, r, &m);
            compare_actors(&w, r, &m);
            if (world_draw(&w, 5) == 0)
                flush(&w, r, false);
            if (world_draw(&w, 5) == 0) {
                flush(&w, r, true);
                assert_false(receipts_are_pending(r));
                compare_holders(&w, &m);
            }
            if (world_draw(&w, 40) == 0) {
                flush(&w, r, true);
                receipts_close(r);
                r = receipts_open();
            }
        }
        receipts_close(r);
        world_done(&w);
    }
}

/* What is gathered while a transaction is under way waits for the next one. */
static void gathers_while_a_flush_is_under_way(void **state)
{
    (void)state;
    static struct world w;
    world_init(&w, 3);
    struct receipts *r = receipts_open();
    uint32_t first = 5, second = 6;
    assert_true(receipts_add(r, 1, 1, RECEIPT_OBTAINED, &first, 1));
    must(&w.arena, db_begin(&w.arena, w.db, DB_BEGIN_WRITE));
    must(&w.arena, receipts_flush(&w.arena, r, w.db));
    assert_true(receipts_are_pending(r));
    assert_true(receipts_add(r, 1, 1, RECEIPT_OBTAINED, &second, 1));
    assert_false(receipts_add(r, 1, 1, RECEIPT_OBTAINED, &first, 1));
    db_rollback(w.db);
    receipts_flushed(r, false);
    flush(&w, r, true);
    assert_false(receipts_are_pending(r));
    uint32_t numbers[] = {first, second};
    for (size_t i = 0; i < 2; i++) {
        struct receipt_question question = {1, RECEIPT_OBTAINED, &numbers[i], 1};
        struct asking asking = {0};
        ask(&w, &question, 1, &asking);
        assert_int_equal(asking.calls, 1);
    }
    receipts_close(r);
    world_done(&w);
}

/* Memory is bounded, and what is forgotten there is in the database; what waits is not forgotten.
 */
static void forgets_only_what_is_written(void **state)
{
    (void)state;
    static struct world w;
    world_init(&w, 4);
    struct receipts *r = receipts_open();
    uint32_t number = 9;
    int64_t actors = 20000;
    for (int64_t actor = 0; actor < actors; actor++) {
        assert_true(receipts_add(r, actor, 1, RECEIPT_LISTED, &number, 1));
        if (actor == actors / 2)
            flush(&w, r, true);
    }
    assert_true(receipts_add(r, 0, 1, RECEIPT_LISTED, &number, 1));
    assert_false(receipts_add(r, actors / 2 + 1, 1, RECEIPT_LISTED, &number, 1));
    flush(&w, r, true);
    int64_t rows;
    must(&w.arena,
         db_query_int(&w.arena, w.db, "SELECT count(*) FROM receipt", DB_NO_ARGS, 0, &rows));
    assert_int_equal(rows, actors);
    receipts_close(r);
    world_done(&w);
}

static err try_flush(struct world *w, struct receipts *r, struct db *db)
{
    TRY(db_begin(&w->arena, db, DB_BEGIN_WRITE));
    err e = receipts_flush(&w->arena, r, db);
    if (e == NULL)
        e = db_commit(&w->arena, db);
    receipts_flushed(r, e == NULL);
    return e;
}

/* Whatever call fails, nothing is lost: the next flush writes it. */
static void takes_back_what_a_failed_flush_did_not_write(void **state)
{
    (void)state;
    static struct world w;
    static struct model m;
    world_init(&w, 6);
    struct receipts *r = receipts_open();
    bool has_failed = true;
    for (uint64_t nth = 1; has_failed; nth++) {
        give(&w, r, &m);
        struct db *db = world_connect_to_fail(&w, nth);
        has_failed = try_flush(&w, r, db) != NULL;
        db_close(db);
        if (nth % 5 == 0) {
            flush(&w, r, true);
            compare_holders(&w, &m);
        }
    }
    flush(&w, r, true);
    compare_holders(&w, &m);
    receipts_close(r);
    world_done(&w);
}

struct giver {
    struct receipts *receipts;
    int64_t actor;
};

static void *give_often(void *context)
{
    struct giver *giver = context;
    for (uint32_t n = 0; n < 20000; n++)
        receipts_add(giver->receipts, giver->actor, 1, RECEIPT_LISTED, &n, 1);
    return NULL;
}

/* R1, with threads: nothing is lost between givers and flushes that sometimes fail. */
static void loses_nothing_between_threads(void **state)
{
    (void)state;
    static struct world w;
    world_init(&w, 5);
    struct receipts *r = receipts_open();
    struct giver givers[3] = {{r, 1}, {r, 1}, {r, 2}};
    pthread_t threads[3];
    for (size_t i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, give_often, &givers[i]);
    for (int i = 0; i < 60; i++)
        flush(&w, r, i % 3 != 0);
    for (size_t i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    flush(&w, r, true);
    for (uint32_t n = 0; n < 20000; n += 97) {
        struct receipt_question question = {1, RECEIPT_LISTED, &n, 1};
        struct asking asking = {0};
        ask(&w, &question, 1, &asking);
        assert_int_equal(asking.calls, 2);
    }
    receipts_close(r);
    world_done(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_exactly_what_was_given),
        cmocka_unit_test(gathers_while_a_flush_is_under_way),
        cmocka_unit_test(forgets_only_what_is_written),
        cmocka_unit_test(takes_back_what_a_failed_flush_did_not_write),
        cmocka_unit_test(loses_nothing_between_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
