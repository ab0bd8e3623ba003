/*
 * The writer's thread. It takes all jobs that wait, runs them in one transaction, commits, and
 * tells each; while it syncs, the next ones gather.
 */
#include "service/writer.h"

#include "base/clock.h"
#include "base/log.h"
#include "service/writer_queue.h"

#include <pthread.h>
#include <stdlib.h>

#define BATCH_US_MAX 50000 /* other writers get their turn */
#define RECEIPT_WAIT_US 50000
#define SCRATCH_BLOCK_BYTES ((size_t)256 * 1024)

struct writer {
    struct store *store;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct writer_queue *queue;
    bool is_closing;
};

struct batch {
    struct writer_job *jobs[WRITER_JOBS_MAX];
    err failures[WRITER_JOBS_MAX];
    size_t count;
};

static void wait_for_work(struct writer *w)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += RECEIPT_WAIT_US * 1000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    if (receipts_are_pending(w->store->receipts))
        pthread_cond_timedwait(&w->wake, &w->lock, &until);
    else
        pthread_cond_wait(&w->wake, &w->lock);
}

static struct writer_job *take(struct writer *w, int64_t left_us)
{
    pthread_mutex_lock(&w->lock);
    struct writer_job *job = writer_queue_take(w->queue, left_us);
    pthread_mutex_unlock(&w->lock);
    return job;
}

static void charge(struct writer *w, const struct writer_job *job, int64_t took_us)
{
    pthread_mutex_lock(&w->lock);
    writer_queue_charge(w->queue, job, took_us);
    pthread_mutex_unlock(&w->lock);
}

static err run_job(struct arena *a, struct session *s, const struct writer_job *job)
{
    struct session_mark mark;
    if (job->run == NULL)
        return NULL;
    TRY(session_mark(a, s, &mark));
    err failure = job->run(a, s, job->context);
    if (failure) {
        session_undo(s, &mark);
        return failure;
    }
    return session_keep(a, s);
}

static err run_batch(struct arena *a, struct writer *w, struct batch *b, bool *has_receipts)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_write(a, w->store, &s));
    int64_t began_us = clock_monotonic_us();
    int64_t now_us = began_us;
    while (b->count < WRITER_JOBS_MAX) {
        /* The first job is taken whatever it takes. */
        struct writer_job *job = take(w, b->count ? BATCH_US_MAX - (now_us - began_us) : INT64_MAX);
        if (job == NULL)
            break;
        b->jobs[b->count++] = job;
        b->failures[b->count - 1] = run_job(a, &s, job);
        int64_t ended_us = clock_monotonic_us();
        charge(w, job, ended_us - now_us);
        now_us = ended_us;
    }
    *has_receipts = true;
    TRY(receipts_flush(a, w->store->receipts, s.db));
    return session_commit(a, &s);
}

/* Without a session no job was taken: the first in the queue hears why. */
static void take_one_at_least(struct writer *w, struct batch *b)
{
    if (b->count)
        return;
    struct writer_job *job = take(w, INT64_MAX);
    if (job) {
        b->jobs[b->count] = job;
        b->failures[b->count++] = NULL;
    }
}

static void work(struct arena *a, struct writer *w, struct batch *b)
{
    b->count = 0;
    bool has_receipts = false;
    err failure = run_batch(a, w, b, &has_receipts);
    if (has_receipts)
        receipts_flushed(w->store->receipts, failure == NULL);
    if (failure) {
        take_one_at_least(w, b);
        LOG_ERROR("a commit failed: %.*s", STR_ARG(error_text(a, failure)));
    }
    for (size_t i = 0; i < b->count; i++)
        b->jobs[i]->done(b->jobs[i]->context, failure ? failure : b->failures[i]);
}

static void *writer_run(void *context)
{
    struct writer *w = context;
    struct arena a;
    arena_init(&a, SCRATCH_BLOCK_BYTES);
    struct batch *b = calloc(1, sizeof(*b));
    ASSERT(b != NULL);
    for (;;) {
        pthread_mutex_lock(&w->lock);
        if (writer_queue_count(w->queue) == 0 && !w->is_closing)
            wait_for_work(w);
        bool has_jobs = writer_queue_count(w->queue) > 0;
        bool is_over = w->is_closing && !has_jobs;
        pthread_mutex_unlock(&w->lock);
        if (has_jobs || receipts_are_pending(w->store->receipts))
            work(&a, w, b);
        arena_reset(&a);
        if (is_over)
            break;
    }
    free(b);
    arena_done(&a);
    return NULL;
}

err writer_open(struct arena *a, struct store *store, struct writer **out)
{
    struct writer *w = calloc(1, sizeof(*w));
    ASSERT(w != NULL);
    w->store = store;
    w->queue = writer_queue_open();
    pthread_mutex_init(&w->lock, NULL);
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&w->wake, &monotonic);
    pthread_condattr_destroy(&monotonic);
    int failed = pthread_create(&w->thread, NULL, writer_run, w);
    if (failed) {
        writer_queue_close(w->queue);
        free(w);
        return FAIL(a, ERR_INTERNAL, "cannot start a thread: %s", strerror(failed));
    }
    *out = w;
    return NULL;
}

void writer_close(struct writer *w)
{
    if (w == NULL)
        return;
    pthread_mutex_lock(&w->lock);
    w->is_closing = true;
    pthread_cond_signal(&w->wake);
    pthread_mutex_unlock(&w->lock);
    pthread_join(w->thread, NULL);
    pthread_cond_destroy(&w->wake);
    pthread_mutex_destroy(&w->lock);
    writer_queue_close(w->queue);
    free(w);
}

bool writer_submit(struct writer *w, struct writer_job *job)
{
    pthread_mutex_lock(&w->lock);
    bool is_taken = !w->is_closing && writer_queue_put(w->queue, job);
    if (is_taken)
        pthread_cond_signal(&w->wake);
    pthread_mutex_unlock(&w->lock);
    return is_taken;
}

void writer_wake(struct writer *w)
{
    pthread_mutex_lock(&w->lock);
    pthread_cond_signal(&w->wake);
    pthread_mutex_unlock(&w->lock);
}
