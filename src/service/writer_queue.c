/*
 * Fair queueing by time used: each organization has an account. Who comes back after a rest begins
 * where those are who were served meanwhile, so that rest is no credit.
 */
#include "service/writer_queue.h"

#include <stdlib.h>

#define ACCOUNTS \
    1024 /* organizations that share one share their time; there are few per exchange */
#define STRANGERS 1024 /* the same of the places that strangers come from */

struct account {
    struct writer_job *first;
    struct writer_job **last;
    size_t waiting;
    int64_t used_us;
    int64_t last_us; /* of its last job */
    struct account *next;
};

struct writer_queue {
    struct account accounts[ACCOUNTS + STRANGERS];
    struct account *active; /* those with jobs: who was served longest ago comes first */
    struct account **end;
    int64_t used_us; /* by whoever was served last, when they were */
    size_t waiting;
    size_t strangers_waiting;
};

struct writer_queue *writer_queue_open(void)
{
    struct writer_queue *q = calloc(1, sizeof(*q));
    ASSERT(q != NULL);
    q->end = &q->active;
    return q;
}

void writer_queue_close(struct writer_queue *q)
{
    free(q);
}

size_t writer_queue_count(const struct writer_queue *q)
{
    return q->waiting;
}

static struct account *account_of(struct writer_queue *q, const struct writer_job *job)
{
    uint64_t org = (uint64_t)job->org;
    return job->org < 0 ? &q->accounts[ACCOUNTS + -org % STRANGERS] : &q->accounts[org % ACCOUNTS];
}

static bool has_room(const struct writer_queue *q, const struct account *account, bool is_stranger)
{
    if (is_stranger && q->strangers_waiting >= WRITER_JOBS_OF_STRANGERS_MAX)
        return false;
    size_t most = is_stranger ? WRITER_JOBS_PER_STRANGER_MAX : WRITER_JOBS_PER_ORG_MAX;
    return q->waiting < WRITER_JOBS_MAX && account->waiting < most;
}

static void activate(struct writer_queue *q, struct account *account)
{
    account->next = NULL;
    *q->end = account;
    q->end = &account->next;
}

static void deactivate(struct writer_queue *q, struct account **link)
{
    *link = (*link)->next;
    if (*link == NULL)
        q->end = link;
}

bool writer_queue_put(struct writer_queue *q, struct writer_job *job)
{
    struct account *account = account_of(q, job);
    if (!has_room(q, account, job->org < 0))
        return false;
    if (account->waiting == 0) {
        account->last = &account->first;
        if (account->used_us < q->used_us)
            account->used_us = q->used_us;
        activate(q, account);
    }
    job->next_ = NULL;
    *account->last = job;
    account->last = &job->next_;
    account->waiting++;
    q->waiting++;
    q->strangers_waiting += job->org < 0;
    return true;
}

/* The pointer to whoever has used the least. */
static struct account **find_least(struct writer_queue *q)
{
    struct account **least = &q->active;
    for (struct account **link = &q->active; *link; link = &(*link)->next) {
        if ((*link)->used_us < (*least)->used_us)
            least = link;
    }
    return least;
}

struct writer_job *writer_queue_take(struct writer_queue *q, int64_t left_us)
{
    struct account **link = find_least(q);
    struct account *account = *link;
    if (account == NULL || left_us <= 0 || account->last_us > left_us)
        return NULL;
    struct writer_job *job = account->first;
    account->first = job->next_;
    account->waiting--;
    q->waiting--;
    q->strangers_waiting -= job->org < 0;
    q->used_us = account->used_us;
    deactivate(q, link);
    if (account->waiting)
        activate(q, account);
    return job;
}

void writer_queue_charge(struct writer_queue *q, const struct writer_job *job, int64_t took_us)
{
    struct account *account = account_of(q, job);
    account->used_us += took_us > 0 ? took_us : 1; /* what costs nothing takes its turn too */
    account->last_us = took_us;
}
