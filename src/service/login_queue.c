/*
 * The hashing thread. Lanes are kept in the order of their turns: the first is served, and goes to
 * the end if more of its jobs wait.
 */
#include "service/login_queue.h"

#include <pthread.h>
#include <stdlib.h>

struct lane {
    uint64_t peer;
    struct login_job *first;
    struct login_job *last;
    size_t count; /* never zero */
};

struct login_queue {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct lane lanes[LOGIN_QUEUE_JOBS_MAX]; /* each has a job, so that they never run out */
    size_t lane_count;
    size_t job_count; /* in all lanes */
    struct login_job *refused;
    bool is_closing;
};

static void lane_push(struct lane *lane, struct login_job *job)
{
    job->next_ = NULL;
    if (lane->count++)
        lane->last->next_ = job;
    else
        lane->first = job;
    lane->last = job;
}

static struct login_job *lane_take_first(struct lane *lane)
{
    struct login_job *job = lane->first;
    lane->first = job->next_;
    lane->count--;
    return job;
}

/* Of a lane of two jobs or more. */
static struct login_job *lane_take_last(struct lane *lane)
{
    struct login_job *before = lane->first;
    while (before->next_ != lane->last)
        before = before->next_;
    struct login_job *job = lane->last;
    before->next_ = NULL;
    lane->last = before;
    lane->count--;
    return job;
}

/* The job whose turn it is, or NULL. */
static struct login_job *take_next(struct login_queue *q)
{
    if (q->lane_count == 0)
        return NULL;
    struct lane lane = q->lanes[0];
    memmove(q->lanes, q->lanes + 1, --q->lane_count * sizeof(lane));
    struct login_job *job = lane_take_first(&lane);
    q->job_count--;
    if (lane.count)
        q->lanes[q->lane_count++] = lane;
    return job;
}

static void refuse_later(struct login_queue *q, struct login_job *job)
{
    job->next_ = q->refused;
    q->refused = job;
}

struct work {
    struct login_job *refused;
    struct login_job *job;
    bool is_last;
};

static struct work wait_for_work(struct login_queue *q)
{
    pthread_mutex_lock(&q->lock);
    while (q->lane_count == 0 && q->refused == NULL && !q->is_closing)
        pthread_cond_wait(&q->wake, &q->lock);
    while (q->is_closing && q->lane_count)
        refuse_later(q, take_next(q));
    struct work work = {.refused = q->refused, .job = take_next(q), .is_last = q->is_closing};
    q->refused = NULL;
    pthread_mutex_unlock(&q->lock);
    return work;
}

static void *queue_run(void *context)
{
    struct login_queue *q = context;
    OWNED(arena_done) struct arena a = {0};
    for (;;) {
        struct work work = wait_for_work(q);
        for (struct login_job *job = work.refused; job;) {
            struct login_job *next = job->next_; /* the job is gone once it has run */
            job->run(&a, job->context, true);
            job = next;
        }
        if (work.job)
            work.job->run(&a, work.job->context, false);
        arena_reset(&a);
        if (work.is_last)
            return NULL;
    }
}

err login_queue_open(struct arena *a, struct login_queue **out)
{
    struct login_queue *q = calloc(1, sizeof(*q));
    ASSERT(q != NULL);
    pthread_mutex_init(&q->lock, NULL);
    pthread_cond_init(&q->wake, NULL);
    if (pthread_create(&q->thread, NULL, queue_run, q) != 0) {
        pthread_cond_destroy(&q->wake);
        pthread_mutex_destroy(&q->lock);
        free(q);
        return FAIL(a, ERR_BUSY, "the system gives no thread for hashing passwords");
    }
    *out = q;
    return NULL;
}

void login_queue_close(struct login_queue *q)
{
    if (q == NULL)
        return;
    pthread_mutex_lock(&q->lock);
    q->is_closing = true;
    pthread_cond_signal(&q->wake);
    pthread_mutex_unlock(&q->lock);
    pthread_join(q->thread, NULL);
    pthread_cond_destroy(&q->wake);
    pthread_mutex_destroy(&q->lock);
    free(q);
}

static struct lane *lane_of(struct login_queue *q, uint64_t peer)
{
    for (size_t i = 0; i < q->lane_count; i++) {
        if (q->lanes[i].peer == peer)
            return &q->lanes[i];
    }
    return NULL;
}

static struct lane *longest_lane(struct login_queue *q)
{
    struct lane *longest = &q->lanes[0];
    for (size_t i = 1; i < q->lane_count; i++) {
        if (q->lanes[i].count > longest->count)
            longest = &q->lanes[i];
    }
    return longest;
}

/* Whoever gives way must still have as many jobs as the newcomer then has. */
static bool make_room(struct login_queue *q, size_t has)
{
    if (q->job_count < LOGIN_QUEUE_JOBS_MAX)
        return true;
    struct lane *longest = longest_lane(q);
    if (longest->count < has + 2)
        return false;
    refuse_later(q, lane_take_last(longest));
    q->job_count--;
    return true;
}

static bool put(struct login_queue *q, uint64_t peer, struct login_job *job)
{
    struct lane *lane = lane_of(q, peer);
    size_t has = lane ? lane->count : 0;
    if (q->is_closing || has >= LOGIN_QUEUE_JOBS_PER_PEER_MAX || !make_room(q, has))
        return false;
    if (lane == NULL) {
        lane = &q->lanes[q->lane_count++];
        *lane = (struct lane){.peer = peer};
    }
    lane_push(lane, job);
    q->job_count++;
    pthread_cond_signal(&q->wake);
    return true;
}

err login_queue_put(struct arena *a, struct login_queue *q, uint64_t peer, struct login_job *job)
{
    pthread_mutex_lock(&q->lock);
    bool is_taken = put(q, peer, job);
    pthread_mutex_unlock(&q->lock);
    if (is_taken)
        return NULL;
    return FAIL(a, ERR_BUSY, "Too many sign-ins are waiting; try again in a few seconds");
}
