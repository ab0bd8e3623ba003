/*
 * The writer's order (S5) with made-up times: who used the least comes next, rest is no credit, and
 * what is likely to take long waits for a commit of its own.
 */
#include "service/writer_queue.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define MS 1000

static int setup(void **state)
{
    *state = writer_queue_open();
    return 0;
}

static int teardown(void **state)
{
    writer_queue_close(*state);
    return 0;
}

static void put(struct writer_queue *q, struct writer_job *jobs, size_t count, int64_t org)
{
    for (size_t i = 0; i < count; i++) {
        jobs[i] = (struct writer_job){.org = org};
        assert_true(writer_queue_put(q, &jobs[i]));
    }
}

/* Takes the next job and says whose it was; it took `took_us`. */
static int64_t serve(struct writer_queue *q, int64_t took_us)
{
    struct writer_job *job = writer_queue_take(q, INT64_MAX);
    assert_non_null(job);
    writer_queue_charge(q, job, took_us);
    return job->org;
}

/* S5 */
static void a_flood_leaves_others_their_turn(void **state)
{
    struct writer_queue *q = *state;
    struct writer_job flood[500];
    struct writer_job few[3];
    put(q, flood, 500, 1);
    for (int i = 0; i < 10; i++)
        assert_int_equal(serve(q, 40 * MS), 1);
    put(q, few, 3, 2);
    assert_int_equal(serve(q, MS), 2);
    assert_int_equal(serve(q, MS), 2);
    assert_int_equal(serve(q, MS), 2);
    assert_int_equal(serve(q, 40 * MS), 1);
    assert_int_equal(writer_queue_count(q), 489);
}

/* S5: not the number of jobs is shared, but the time. */
static void time_is_shared_evenly(void **state)
{
    struct writer_queue *q = *state;
    struct writer_job jobs[3][1000];
    const int64_t cost_us[] = {40 * MS, 5 * MS, MS};
    int64_t used_us[3] = {0};
    for (int org = 0; org < 3; org++)
        put(q, jobs[org], 1000, org);
    for (int i = 0; i < 1000; i++) {
        struct writer_job *job = writer_queue_take(q, INT64_MAX);
        used_us[job->org] += cost_us[job->org];
        writer_queue_charge(q, job, cost_us[job->org]);
        for (int org = 0; org < 3; org++)
            assert_true(llabs(used_us[org] - used_us[0]) <= 40 * MS);
    }
}

/* S5: who did not write for long does not shut others out afterwards. */
static void rest_is_no_credit(void **state)
{
    struct writer_queue *q = *state;
    struct writer_job busy[1000];
    struct writer_job rested[100];
    put(q, busy, 1000, 1);
    for (int i = 0; i < 500; i++)
        assert_int_equal(serve(q, 40 * MS), 1);
    put(q, rested, 100, 2);
    int served = 0;
    for (int i = 0; i < 40; i++)
        served += serve(q, 40 * MS) == 2;
    assert_in_range(served, 19, 21);
}

/* S5: jobs of one organization keep their order, and equals alternate. */
static void equals_alternate_in_order(void **state)
{
    struct writer_queue *q = *state;
    struct writer_job jobs[2][50];
    put(q, jobs[0], 50, 1);
    put(q, jobs[1], 50, 2);
    for (int i = 0; i < 100; i++) {
        struct writer_job *job = writer_queue_take(q, INT64_MAX);
        assert_ptr_equal(job, &jobs[i % 2][i / 2]);
        writer_queue_charge(q, job, 0);
    }
    assert_null(writer_queue_take(q, INT64_MAX));
}

/* S5: a job that would likely overrun a commit is the first of the next one. */
static void what_takes_long_waits_for_a_commit_of_its_own(void **state)
{
    struct writer_queue *q = *state;
    struct writer_job slow[2];
    struct writer_job quick[2];
    put(q, slow, 2, 1);
    assert_int_equal(serve(q, 40 * MS), 1);
    put(q, quick, 2, 2);
    assert_int_equal(serve(q, 50 * MS), 2);
    assert_null(writer_queue_take(q, 30 * MS)); /* it is the turn of the slow one */
    assert_ptr_equal(writer_queue_take(q, 40 * MS), &slow[1]);
    assert_null(writer_queue_take(q, 0));
    assert_ptr_equal(writer_queue_take(q, INT64_MAX), &quick[1]);
}

/* S5: one organization cannot fill the queue. */
static void room_is_left_for_others(void **state)
{
    struct writer_queue *q = *state;
    static struct writer_job jobs[WRITER_JOBS_MAX];
    struct writer_job more = {.org = 1};
    put(q, jobs, WRITER_JOBS_PER_ORG_MAX, 1);
    assert_false(writer_queue_put(q, &more));
    for (size_t i = 1; i < 4; i++)
        put(q, jobs + i * WRITER_JOBS_PER_ORG_MAX, WRITER_JOBS_PER_ORG_MAX, (int64_t)i + 1);
    assert_int_equal(writer_queue_count(q), WRITER_JOBS_MAX);
    more.org = 9;
    assert_false(writer_queue_put(q, &more));
    assert_non_null(writer_queue_take(q, INT64_MAX));
    assert_true(writer_queue_put(q, &more));
}

/* S5: who is not signed in takes no turn, and no room, of those who are. */
static void strangers_leave_room_for_members(void **state)
{
    struct writer_queue *q = *state;
    static struct writer_job jobs[WRITER_JOBS_OF_STRANGERS_MAX];
    struct writer_job more = {.org = -1};
    struct writer_job member = {.org = 1};
    const size_t each = WRITER_JOBS_PER_STRANGER_MAX;
    put(q, jobs, each, -1);
    assert_false(writer_queue_put(q, &more));
    for (size_t i = 1; i < WRITER_JOBS_OF_STRANGERS_MAX / each; i++)
        put(q, jobs + i * each, each, -1 - (int64_t)i);
    more.org = -1000;
    assert_false(writer_queue_put(q, &more));
    assert_true(serve(q, 40 * MS) < 0);
    assert_true(writer_queue_put(q, &member));
    assert_true(serve(q, 40 * MS) < 0 || serve(q, MS) < 0);
    assert_true(writer_queue_put(q, &more));
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_flood_leaves_others_their_turn),
        TEST(time_is_shared_evenly),
        TEST(rest_is_no_credit),
        TEST(equals_alternate_in_order),
        TEST(what_takes_long_waits_for_a_commit_of_its_own),
        TEST(room_is_left_for_others),
        TEST(strangers_leave_room_for_members),
    };
    return cmocka_run_group_tests_name("service/writer_queue", tests, NULL, NULL);
}
