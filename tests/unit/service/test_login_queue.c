/*
 * The parts of signing in that need no store: the fair queue, remembered passwords, the throttle.
 */
#include "service/login_cache.h"
#include "service/login_queue.h"
#include "service/login_throttle.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define JOBS_MAX 200u

/* A queue whose thread stands still in its first job until `open_gate`; then it writes down what
 * it runs. */
struct scene {
    struct arena arena;
    struct login_queue *queue;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool is_standing;
    bool is_open;
    char order[JOBS_MAX]; /* of names: 'A', or 'a' where it was refused */
    size_t count;
};

struct named_job {
    struct scene *scene;
    char name;
    struct login_job job;
};

static void stand_still(struct arena *a, void *context, bool is_refused)
{
    (void)a;
    (void)is_refused;
    struct scene *s = context;
    pthread_mutex_lock(&s->lock);
    s->is_standing = true;
    pthread_cond_broadcast(&s->changed);
    while (!s->is_open)
        pthread_cond_wait(&s->changed, &s->lock);
    pthread_mutex_unlock(&s->lock);
}

static void write_down(struct arena *a, void *context, bool is_refused)
{
    (void)a;
    struct named_job *n = context;
    struct scene *s = n->scene;
    pthread_mutex_lock(&s->lock);
    s->order[s->count++] = is_refused ? char_lower(n->name) : n->name;
    pthread_cond_broadcast(&s->changed);
    pthread_mutex_unlock(&s->lock);
}

static void scene_begin(struct scene *s)
{
    *s = (struct scene){0};
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->changed, NULL);
    assert_null(login_queue_open(&s->arena, &s->queue));
    struct login_job *job = NEW(&s->arena, struct login_job);
    *job = (struct login_job){.run = stand_still, .context = s};
    assert_null(login_queue_put(&s->arena, s->queue, 0, job));
    pthread_mutex_lock(&s->lock);
    while (!s->is_standing)
        pthread_cond_wait(&s->changed, &s->lock);
    pthread_mutex_unlock(&s->lock);
}

static void open_gate(struct scene *s)
{
    pthread_mutex_lock(&s->lock);
    s->is_open = true;
    pthread_cond_broadcast(&s->changed);
    pthread_mutex_unlock(&s->lock);
}

static void wait_for(struct scene *s, size_t count)
{
    pthread_mutex_lock(&s->lock);
    while (s->count < count)
        pthread_cond_wait(&s->changed, &s->lock);
    pthread_mutex_unlock(&s->lock);
}

static void scene_end(struct scene *s)
{
    login_queue_close(s->queue);
    pthread_cond_destroy(&s->changed);
    pthread_mutex_destroy(&s->lock);
    arena_done(&s->arena);
}

/* Puts a job under the name and address `name`; false if there was no room. */
static bool put(struct scene *s, char name, uint64_t peer)
{
    struct named_job *n = NEW(&s->arena, struct named_job);
    *n = (struct named_job){.scene = s, .name = name};
    n->job = (struct login_job){.run = write_down, .context = n};
    err failure = login_queue_put(&s->arena, s->queue, peer, &n->job);
    assert_true(failure == NULL || failure->code == ERR_BUSY);
    return failure == NULL;
}

static unsigned put_many(struct scene *s, char name, uint64_t peer, unsigned count)
{
    unsigned taken = 0;
    for (unsigned i = 0; i < count; i++)
        taken += put(s, name, peer);
    return taken;
}

static size_t count_of(const struct scene *s, char name)
{
    size_t count = 0;
    for (size_t i = 0; i < s->count; i++)
        count += s->order[i] == name;
    return count;
}

/* S10: fair by address. */
static void addresses_take_turns(void **state)
{
    (void)state;
    struct scene s;
    scene_begin(&s);
    put_many(&s, 'A', 1, 5);
    put_many(&s, 'B', 2, 2);
    put_many(&s, 'C', 3, 1);
    open_gate(&s);
    wait_for(&s, 8);
    assert_memory_equal(s.order, "ABCABAAA", 8);
    scene_end(&s);
}

static void who_comes_late_waits_one_round_only(void **state)
{
    (void)state;
    struct scene s;
    scene_begin(&s);
    assert_int_equal(put_many(&s, 'A', 1, 1000), LOGIN_QUEUE_JOBS_PER_PEER_MAX);
    assert_true(put(&s, 'B', 2));
    open_gate(&s);
    wait_for(&s, LOGIN_QUEUE_JOBS_PER_PEER_MAX + 1);
    assert_int_equal(s.order[1], 'B');
    scene_end(&s);
}

/* S10: full means busy, for those who have as much as anybody. */
static void a_full_queue_takes_no_more_than_it_holds(void **state)
{
    (void)state;
    struct scene s;
    scene_begin(&s);
    for (uint64_t peer = 1; peer <= LOGIN_QUEUE_JOBS_MAX; peer++)
        assert_true(put(&s, 'A', peer));
    assert_false(put(&s, 'B', 1));
    assert_false(put(&s, 'C', LOGIN_QUEUE_JOBS_MAX + 1));
    open_gate(&s);
    wait_for(&s, LOGIN_QUEUE_JOBS_MAX);
    assert_int_equal(count_of(&s, 'A'), LOGIN_QUEUE_JOBS_MAX);
    scene_end(&s);
}

static void who_has_most_gives_way_when_it_is_full(void **state)
{
    (void)state;
    struct scene s;
    scene_begin(&s);
    unsigned taken = 0;
    for (uint64_t peer = 1; peer <= 8; peer++)
        taken += put_many(&s, 'A', peer, LOGIN_QUEUE_JOBS_PER_PEER_MAX);
    assert_true(taken >= LOGIN_QUEUE_JOBS_MAX);
    assert_true(put(&s, 'B', 99));
    assert_true(put(&s, 'C', 98));
    open_gate(&s);
    wait_for(&s, taken + 2);
    assert_int_equal(count_of(&s, 'B') + count_of(&s, 'C'), 2);
    assert_int_equal(count_of(&s, 'A'), LOGIN_QUEUE_JOBS_MAX - 2);
    assert_int_equal(count_of(&s, 'a'), taken - (LOGIN_QUEUE_JOBS_MAX - 2));
    scene_end(&s);
}

static void closing_tells_all_who_wait(void **state)
{
    (void)state;
    struct scene s;
    scene_begin(&s);
    unsigned taken = put_many(&s, 'A', 1, 3) + put_many(&s, 'B', 2, 3);
    open_gate(&s);
    login_queue_close(s.queue);
    s.queue = NULL;
    assert_int_equal(s.count, taken);
    scene_end(&s);
}

#define ANNA LIT_INIT("Basic YW5uYUBvaGlvLmV4YW1wbGU6Y29ycmVjdA==")
#define ANNA_WRONG LIT_INIT("Basic YW5uYUBvaGlvLmV4YW1wbGU6d3Jvbmc=")
#define ANNA_CUT LIT_INIT("Basic YW5uYUBvaGlvLmV4YW1wbGU6Y29ycmVjdA=")

/* S10: five minutes, one policy. */
static void remembers_one_password_under_one_policy_for_five_minutes(void **state)
{
    (void)state;
    static const struct {
        str header;
        struct login_moment moment;
        int64_t person;
    } CASES[] = {
        {ANNA, {7, 1000}, 42},
        {ANNA, {7, 1000 + LOGIN_CACHE_US - 1}, 42},
        {ANNA, {7, 1000 + LOGIN_CACHE_US}, 0},
        {ANNA, {8, 1000}, 0},
        {ANNA, {6, 1000}, 0},
        {ANNA_WRONG, {7, 1000}, 0},
        {ANNA_CUT, {7, 1000}, 0},
    };
    struct login_cache *c = login_cache_open();
    login_cache_put(c, (str)ANNA, (struct login_moment){7, 1000}, 42);
    for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++)
        assert_int_equal(login_cache_get(c, CASES[i].header, CASES[i].moment), CASES[i].person);
    login_cache_close(c);
}

static void a_flood_of_passwords_leaves_the_newest_remembered(void **state)
{
    (void)state;
    OWNED(arena_done) struct arena a = {0};
    struct login_cache *c = login_cache_open();
    for (int64_t i = 1; i <= 20000; i++) {
        str header = arena_print(&a, "Basic %lld", (long long)i);
        struct login_moment m = {1, i};
        login_cache_put(c, header, m, i);
        assert_int_equal(login_cache_get(c, header, m), i);
    }
    login_cache_close(c);
}

#define SECOND US_PER_SECOND

/* S11: thirty free a minute, by account and address. */
static void thirty_failures_a_minute_are_free(void **state)
{
    (void)state;
    struct login_throttle *t = login_throttle_open();
    str anna = LIT("anna@ohio.example");
    for (int64_t i = 0; i < LOGIN_FAILURES_FREE; i++)
        assert_int_equal(login_throttle_fail(t, anna, 1, i * SECOND), 0);
    assert_int_equal(login_throttle_wait(t, anna, 1, 30 * SECOND), 0);
    assert_int_equal(login_throttle_fail(t, anna, 1, 30 * SECOND), 31);
    assert_int_equal(login_throttle_wait(t, anna, 1, 31 * SECOND), 30);
    assert_int_equal(login_throttle_wait(t, anna, 2, 31 * SECOND), 0);
    assert_int_equal(login_throttle_wait(t, LIT("ben@ohio.example"), 1, 31 * SECOND), 0);
    assert_int_equal(login_throttle_fail(t, anna, 2, 31 * SECOND), 0);
    assert_int_equal(login_throttle_wait(t, anna, 1, 60 * SECOND), 0);
    assert_int_equal(login_throttle_fail(t, anna, 1, 60 * SECOND), 0);
    login_throttle_close(t);
}

/* As many as the hashing thread gets through in half a minute at 10 ms each. */
static void other_accounts_do_not_push_a_throttled_one_out(void **state)
{
    (void)state;
    OWNED(arena_done) struct arena a = {0};
    struct login_throttle *t = login_throttle_open();
    str anna = LIT("anna@ohio.example");
    for (unsigned i = 0; i <= LOGIN_FAILURES_FREE; i++)
        login_throttle_fail(t, anna, 1, SECOND);
    for (int64_t i = 0; i < 3000; i++) {
        login_throttle_fail(t, arena_print(&a, "p%lld", (long long)i), 1, SECOND + i * 10000);
    }
    assert_true(login_throttle_wait(t, anna, 1, 40 * SECOND) > 0);
    login_throttle_close(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_take_turns),
        cmocka_unit_test(who_comes_late_waits_one_round_only),
        cmocka_unit_test(a_full_queue_takes_no_more_than_it_holds),
        cmocka_unit_test(who_has_most_gives_way_when_it_is_full),
        cmocka_unit_test(closing_tells_all_who_wait),
        cmocka_unit_test(remembers_one_password_under_one_policy_for_five_minutes),
        cmocka_unit_test(a_flood_of_passwords_leaves_the_newest_remembered),
        cmocka_unit_test(thirty_failures_a_minute_are_free),
        cmocka_unit_test(other_accounts_do_not_push_a_throttled_one_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
