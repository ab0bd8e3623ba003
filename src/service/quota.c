/*
 * Request quotas: per organization the counts of this minute and of the one before, which weighs
 * less the longer this one has lasted.
 */
#include "service/quota.h"

#include "base/clock.h"

#include <pthread.h>
#include <stdlib.h>

#define SLOTS 4096 /* organizations that share a slot share a quota; there are few per exchange */
#define MINUTE_US (60 * US_PER_SECOND)

struct window {
    int64_t minute;
    uint64_t now;
    uint64_t before;
};

struct quota {
    pthread_mutex_t lock;
    uint64_t max;
    struct window windows[SLOTS];
};

struct quota *quota_open(uint64_t per_minute_max)
{
    struct quota *q = calloc(1, sizeof(*q));
    ASSERT(q != NULL);
    pthread_mutex_init(&q->lock, NULL);
    q->max = per_minute_max;
    return q;
}

void quota_close(struct quota *q)
{
    if (q == NULL)
        return;
    pthread_mutex_destroy(&q->lock);
    free(q);
}

void quota_set(struct quota *q, uint64_t per_minute_max)
{
    pthread_mutex_lock(&q->lock);
    q->max = per_minute_max;
    pthread_mutex_unlock(&q->lock);
}

static void move_on(struct window *w, int64_t minute)
{
    if (w->minute == minute)
        return;
    w->before = w->minute + 1 == minute ? w->now : 0;
    w->now = 0;
    w->minute = minute;
}

bool quota_take(struct quota *q, int64_t org, unsigned *retry_seconds)
{
    int64_t now_us = clock_monotonic_us();
    int64_t into_us = now_us % MINUTE_US;
    pthread_mutex_lock(&q->lock);
    struct window *w = &q->windows[(uint64_t)org % SLOTS];
    move_on(w, now_us / MINUTE_US);
    uint64_t weighed = w->before * (uint64_t)(MINUTE_US - into_us) / (uint64_t)MINUTE_US;
    bool is_within = w->now + weighed < q->max;
    w->now += is_within;
    pthread_mutex_unlock(&q->lock);
    *retry_seconds = (unsigned)((MINUTE_US - into_us) / US_PER_SECOND) + 1;
    return is_within;
}
