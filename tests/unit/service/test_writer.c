/*
 * The one writer of a process (S5): jobs from many threads share commits, a failing one is undone
 * alone, each hears once what became of it, and closing runs what still waits.
 */
#include "service/writer.h"

#include "base/uuid.h"
#include "store/audit.h"
#include "store/page.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <unistd.h>

#include <cmocka.h>

#define THREADS 8
#define JOBS_EACH 60

struct world {
    struct arena arena;
    char folder[64];
    str dir;
    struct store *store;
    struct writer *writer;
};

struct job {
    struct writer_job writer_job;
    unsigned number;
    bool is_failing;
    unsigned runs;
    unsigned turn; /* when it ran, from 1 */
    unsigned dones;
    bool has_failed;
};

static void must(struct world *w, err e)
{
    if (e)
        fail_msg("%s", error_text(&w->arena, e).at);
}

static int world_init(void **state)
{
    struct world *w = calloc(1, sizeof(*w));
    assert_non_null(w);
    snprintf(w->folder, sizeof(w->folder), "/tmp/tocsin-writer-XXXXXX");
    assert_non_null(mkdtemp(w->folder));
    w->dir = arena_print(&w->arena, "%s/data", w->folder);
    const struct store_init init = {.dir = w->dir, .name = LIT("Test exchange")};
    must(w, store_create(&w->arena, &init));
    must(w, store_open(&w->arena, w->dir, &w->store));
    must(w, writer_open(&w->arena, w->store, &w->writer));
    *state = w;
    return 0;
}

static int world_done(void **state)
{
    struct world *w = *state;
    writer_close(w->writer);
    store_close(w->store);
    str remove = arena_print(&w->arena, "rm -r %s", w->folder);
    int code = system(remove.at);
    arena_done(&w->arena);
    free(w);
    return code;
}

/* An audit row that carries the job's number; a failing job fails after it wrote. */
static err run_job(struct arena *a, struct session *s, void *context)
{
    static unsigned turns; /* on the writer's thread alone */
    struct job *job = context;
    job->runs++;
    job->turn = ++turns;
    const struct audit_row row = {.actor = job->number, .verb = LIT("test"), .outcome = LIT("ok")};
    TRY(audit_put(a, s, &row));
    s->last_number += 7; /* as appending does */
    s->last_number -= job->is_failing ? 0 : 7;
    return job->is_failing ? FAIL(a, ERR_CONFLICT, "as told") : NULL;
}

static void job_done(void *context, err failure)
{
    struct job *job = context;
    job->has_failed = failure != NULL;
    __atomic_add_fetch(&job->dones, 1, __ATOMIC_RELEASE);
}

static void job_init(struct job *job, unsigned number, bool is_failing)
{
    *job = (struct job){.number = number, .is_failing = is_failing};
    job->writer_job = (struct writer_job){.run = run_job, .done = job_done, .context = job};
}

static void wait_for(struct job *job)
{
    while (__atomic_load_n(&job->dones, __ATOMIC_ACQUIRE) == 0)
        usleep(200);
}

struct sender {
    pthread_t thread;
    struct world *world;
    struct job jobs[JOBS_EACH];
};

static void *send(void *context)
{
    struct sender *sender = context;
    for (unsigned i = 0; i < JOBS_EACH; i++) {
        while (!writer_submit(sender->world->writer, &sender->jobs[i].writer_job))
            usleep(100);
        if (i % 5 == 4)
            wait_for(&sender->jobs[i]);
    }
    return NULL;
}

static int64_t number(struct world *w, const char *sql)
{
    OWNED(session_done) struct session s = {0};
    must(w, session_read(&w->arena, w->store, &s));
    int64_t n;
    must(w, db_query_int(&w->arena, s.db, sql, DB_NO_ARGS, -1, &n));
    return n;
}

static void check_jobs(struct world *w, const struct job *jobs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(jobs[i].runs, 1);
        assert_int_equal(jobs[i].dones, 1);
        assert_int_equal(jobs[i].has_failed, jobs[i].is_failing);
        str sql =
            arena_print(&w->arena, "SELECT count(*) FROM audit WHERE actor = %u", jobs[i].number);
        assert_int_equal(number(w, sql.at), !jobs[i].is_failing);
    }
}

/* S5: what many threads hand over is done once each; what fails is undone alone. */
static void jobs_of_many_threads_are_done_once(void **state)
{
    struct world *w = *state;
    struct sender *senders = calloc(THREADS, sizeof(*senders));
    assert_non_null(senders);
    int64_t last = number(w, "SELECT last_number FROM state");
    for (unsigned t = 0; t < THREADS; t++) {
        senders[t].world = w;
        for (unsigned i = 0; i < JOBS_EACH; i++)
            job_init(&senders[t].jobs[i], 1000 + t * JOBS_EACH + i, (i + t) % 7 == 0);
        assert_int_equal(pthread_create(&senders[t].thread, NULL, send, &senders[t]), 0);
    }
    for (unsigned t = 0; t < THREADS; t++)
        pthread_join(senders[t].thread, NULL);
    writer_close(w->writer);
    w->writer = NULL;
    for (unsigned t = 0; t < THREADS; t++)
        check_jobs(w, senders[t].jobs, JOBS_EACH);
    assert_int_equal(number(w, "SELECT last_number FROM state"), last);
    OWNED(session_done) struct session s = {0};
    must(w, session_read(&w->arena, w->store, &s));
    uint64_t rows;
    must(w, audit_verify(&w->arena, &s, NULL, &rows));
    free(senders);
}

/* Jobs that wait while another writer holds the lock share one commit. */
static void waiting_jobs_share_a_commit(void **state)
{
    struct world *w = *state;
    struct job jobs[20];
    OWNED(session_done) struct session s = {0};
    must(w, session_write(&w->arena, w->store, &s));
    for (unsigned i = 0; i < 20; i++) {
        job_init(&jobs[i], 500 + i, i == 3);
        assert_true(writer_submit(w->writer, &jobs[i].writer_job));
    }
    usleep(20000); /* the writer is waiting for the lock by now */
    session_done(&s);
    for (unsigned i = 0; i < 20; i++)
        wait_for(&jobs[i]);
    check_jobs(w, jobs, 20);
    /* rows of one transaction have one time */
    assert_int_equal(number(w, "SELECT count(DISTINCT time) FROM audit WHERE verb = 'test'"), 1);
}

/* S5: a flood of one organization's jobs leaves another's its turn. */
static void organizations_take_turns(void **state)
{
    struct world *w = *state;
    static struct job jobs[101];
    OWNED(session_done) struct session s = {0};
    must(w, session_write(&w->arena, w->store, &s));
    for (unsigned i = 0; i < 101; i++) {
        job_init(&jobs[i], 4000 + i, false);
        jobs[i].writer_job.org = i < 100 ? 1 : 2;
        assert_true(writer_submit(w->writer, &jobs[i].writer_job));
    }
    session_done(&s); /* nothing could be taken before */
    for (unsigned i = 0; i < 101; i++)
        wait_for(&jobs[i]);
    assert_int_equal(jobs[100].turn, jobs[0].turn + 1);
    assert_int_equal(jobs[1].turn, jobs[0].turn + 2);
}

/* Closing runs what still waits, and takes nothing more. */
static void closing_runs_what_waits(void **state)
{
    struct world *w = *state;
    static struct job jobs[200];
    for (unsigned i = 0; i < 200; i++) {
        job_init(&jobs[i], 2000 + i, i % 3 == 0);
        assert_true(writer_submit(w->writer, &jobs[i].writer_job));
    }
    writer_close(w->writer);
    w->writer = NULL;
    check_jobs(w, jobs, 200);
}

/* Readers go on beside the writer: the audiences they hold are worked out by several threads. */
static void *read_on(void *context)
{
    struct world *w = context;
    struct arena a;
    arena_init(&a, 0);
    for (unsigned i = 0; i < 150; i++) {
        OWNED(session_done) struct session s = {0};
        err e = session_read(&a, w->store, &s);
        ASSERT(e == NULL);
        const struct policy_org *steward = &s.policy->orgs[0];
        struct reader r;
        e = reader_make(&a, &s, steward, NULL, NULL, &r);
        ASSERT(e == NULL);
        const uint32_t *audiences;
        size_t count;
        uint64_t generation;
        reader_audiences(&s, &r, &audiences, &count, &generation);
        for (size_t k = 0; k < count; k++)
            ASSERT(reader_may_read(&s, &r, audiences[k]));
        session_done(&s);
        arena_reset(&a);
    }
    arena_done(&a);
    return NULL;
}

/* Interns an audience of its own, and fails every other time. */
static err intern(struct arena *a, struct session *s, void *context)
{
    struct job *job = context;
    job->runs++;
    const struct gate_clause clause = {
        .collection = 1, .contributor = 1, .label = TLP_GREEN, .author = 100 + job->number};
    const struct gate_audience audience = {&clause, 1};
    uint32_t n;
    TRY(audience_intern(a, s->store->audiences, s->db, &audience, &n));
    return job->is_failing ? FAIL(a, ERR_CONFLICT, "as told") : NULL;
}

static void readers_hold_audiences_beside_the_writer(void **state)
{
    struct world *w = *state;
    pthread_t readers[3];
    static struct job jobs[120];
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(pthread_create(&readers[i], NULL, read_on, w), 0);
    for (unsigned i = 0; i < 120; i++) {
        job_init(&jobs[i], i, i % 2);
        jobs[i].writer_job.run = intern;
        assert_true(writer_submit(w->writer, &jobs[i].writer_job));
        if (i % 4 == 0)
            wait_for(&jobs[i]);
    }
    for (size_t i = 0; i < 3; i++)
        pthread_join(readers[i], NULL);
    writer_close(w->writer);
    w->writer = NULL;
    assert_int_equal(number(w, "SELECT count(*) FROM audience WHERE text GLOB '1/1/1/[12]*'"), 60);
    assert_int_equal(number(w, "SELECT count(*) - max(n) FROM audience"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(jobs_of_many_threads_are_done_once, world_init, world_done),
        cmocka_unit_test_setup_teardown(waiting_jobs_share_a_commit, world_init, world_done),
        cmocka_unit_test_setup_teardown(organizations_take_turns, world_init, world_done),
        cmocka_unit_test_setup_teardown(closing_runs_what_waits, world_init, world_done),
        cmocka_unit_test_setup_teardown(readers_hold_audiences_beside_the_writer, world_init,
                                        world_done),
    };
    return cmocka_run_group_tests_name("service/writer", tests, NULL, NULL);
}
