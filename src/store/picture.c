/*
 * One picture under one mutex, replaced whole.
 */
#include "store/picture.h"

#include "store/policy_slot.h"

#include <pthread.h>
#include <stdlib.h>

struct picture {
    pthread_mutex_t lock;
    struct connection_pool *pool;
    struct connection *watch;
    struct db_mark mark;
    struct session session; /* holds its policy; without one there is no picture yet */
    struct view_state views;
};

struct picture *picture_open(struct connection_pool *pool)
{
    struct picture *p = calloc(1, sizeof(*p));
    ASSERT(p != NULL);
    pthread_mutex_init(&p->lock, NULL);
    p->pool = pool;
    return p;
}

void picture_close(struct picture *p)
{
    if (p == NULL)
        return;
    policy_release(p->session.policy);
    pool_give(p->pool, p->watch);
    pthread_mutex_destroy(&p->lock);
    free(p);
}

/* The connection to see marks with; NULL where there is none to be had. */
static struct connection *watch_of(struct arena *a, struct picture *p)
{
    struct connection *watch = __atomic_load_n(&p->watch, __ATOMIC_ACQUIRE);
    if (watch)
        return watch;
    pthread_mutex_lock(&p->lock);
    if (p->watch == NULL && pool_take(a, p->pool, &watch) == NULL)
        __atomic_store_n(&p->watch, watch, __ATOMIC_RELEASE);
    watch = p->watch;
    pthread_mutex_unlock(&p->lock);
    return watch;
}

bool picture_mark(struct arena *a, struct picture *p, struct db_mark *out)
{
    const struct connection *watch = watch_of(a, p);
    return watch && db_mark_get(watch->db, out);
}

bool picture_get(struct picture *p, const struct db_mark *mark, int64_t now_us, struct session *out,
                 struct view_state *views)
{
    pthread_mutex_lock(&p->lock);
    const struct policy *policy = p->session.policy;
    bool is_good = policy && now_us < policy->good_until_us && db_mark_eq(&p->mark, mark);
    if (is_good) {
        *out = p->session;
        *views = p->views;
        policy_retain(out->policy);
    }
    pthread_mutex_unlock(&p->lock);
    if (is_good)
        out->now_us = now_us;
    return is_good;
}

void picture_put(struct picture *p, const struct db_mark *mark, const struct session *s,
                 const struct view_state *views)
{
    struct session kept = *s;
    kept.connection = NULL;
    kept.db = NULL;
    kept.holds_views = false;
    kept.mark = *mark;
    policy_retain(kept.policy);
    pthread_mutex_lock(&p->lock);
    struct policy *old = p->session.policy;
    p->session = kept;
    p->mark = *mark;
    p->views = *views;
    pthread_mutex_unlock(&p->lock);
    policy_release(old);
}
