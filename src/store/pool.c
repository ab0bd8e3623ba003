/*
 * Connections to one database: a stack under a mutex, the last used first.
 */
#include "store/pool.h"

#include <pthread.h>
#include <stdlib.h>

struct connection_pool {
    pthread_mutex_t lock;
    struct db_options options;
    struct connection *idle;
    size_t idle_count;
};

struct connection_pool *pool_open(const struct db_options *options)
{
    struct connection_pool *p = calloc(1, sizeof(*p));
    ASSERT(p != NULL);
    pthread_mutex_init(&p->lock, NULL);
    p->options = *options;
    return p;
}

static void connection_close(struct connection *c)
{
    db_close(c->db);
    free(c);
}

void pool_close(struct connection_pool *p)
{
    if (p == NULL)
        return;
    while (p->idle) {
        struct connection *c = p->idle;
        p->idle = c->next;
        connection_close(c);
    }
    pthread_mutex_destroy(&p->lock);
    free(p);
}

err pool_take(struct arena *a, struct connection_pool *p, struct connection **out)
{
    pthread_mutex_lock(&p->lock);
    struct connection *c = p->idle;
    if (c) {
        p->idle = c->next;
        p->idle_count--;
    }
    pthread_mutex_unlock(&p->lock);
    if (c == NULL) {
        struct db *db;
        TRY(db_open(a, &p->options, &db));
        c = calloc(1, sizeof(*c));
        ASSERT(c != NULL);
        c->db = db;
    }
    *out = c;
    return NULL;
}

void pool_give(struct connection_pool *p, struct connection *c)
{
    if (c == NULL)
        return;
    db_rollback(c->db);
    pthread_mutex_lock(&p->lock);
    bool is_kept = p->idle_count < POOL_IDLE_MAX;
    if (is_kept) {
        c->next = p->idle;
        p->idle = c;
        p->idle_count++;
    }
    pthread_mutex_unlock(&p->lock);
    if (!is_kept)
        connection_close(c);
}
