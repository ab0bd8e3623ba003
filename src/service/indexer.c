/*
 * Following the log, piece by piece.
 */
#include "service/indexer.h"

#include "base/log.h"
#include "store/search_index.h"

#include <pthread.h>
#include <stdlib.h>

#define LOOK_NANOSECONDS 200000000
/* While the log grows: a piece a second keeps nobody waiting. */
#define BUSY_NANOSECONDS 1000000000
#define NANOSECONDS 1000000000

static err index_piece(struct arena *a, struct store *store)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_write(a, store, &s));
    TRY(search_advance(a, &s));
    return session_commit(a, &s);
}

static err find_backlog(struct arena *a, struct store *store, struct search_state *at,
                        uint64_t *last)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_read(a, store, &s));
    session_release_views(&s);
    *last = (uint64_t)s.last_number;
    return search_state_read(a, &s, at);
}

/* A piece of what is left; `*is_whole`: there was nothing. `*last`: how long the log was then. */
static err index_next(struct arena *a, struct store *store, const struct watch *watch,
                      uint64_t *last, bool *is_whole)
{
    struct search_state at;
    TRY(find_backlog(a, store, &at, last));
    watch_progress(watch, at.indexed, *last);
    *is_whole = at.indexed >= *last && !at.has_moved;
    return *is_whole ? NULL : index_piece(a, store);
}

err indexer_catch_up(struct arena *a, struct store *store, const struct watch *watch)
{
    uint64_t last;
    for (bool is_whole = false; !is_whole;) {
        OWNED(arena_done) struct arena own = {0};
        err failure = index_next(&own, store, watch, &last, &is_whole);
        if (failure) /* in longer-lived memory */
            return FAIL(a, failure->code, "%.*s", STR_ARG(error_text(&own, failure)));
        TRY(watch_stop(a, watch));
    }
    return NULL;
}

/* ---- the thread */

struct indexer {
    struct store *store;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t moved;
    _Atomic bool is_closing;
    uint64_t last;   /* how long the log was at the last piece */
    bool is_busy;    /* it had grown since the piece before */
    bool has_failed; /* said once, until it goes on */
};

/* As long as there is something to do; one piece only while others write, who have precedence. */
static void look(struct indexer *x)
{
    x->is_busy = false;
    for (bool is_whole = false; !is_whole && !x->is_busy && !x->is_closing;) {
        OWNED(arena_done) struct arena own = {0};
        uint64_t last = x->last;
        err failure = index_next(&own, x->store, &(struct watch){0}, &last, &is_whole);
        x->is_busy = last != x->last;
        x->last = last;
        if (failure && !x->has_failed)
            LOG_ERROR("search does not follow: %.*s", STR_ARG(error_text(&own, failure)));
        x->has_failed = failure != NULL;
        if (failure)
            return;
    }
}

static void *run(void *context)
{
    struct indexer *x = context;
    pthread_mutex_lock(&x->lock);
    while (!x->is_closing) {
        pthread_mutex_unlock(&x->lock);
        look(x);
        pthread_mutex_lock(&x->lock);
        int64_t wait = x->is_busy ? BUSY_NANOSECONDS : LOOK_NANOSECONDS;
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_sec += (until.tv_nsec + wait) / NANOSECONDS;
        until.tv_nsec = (until.tv_nsec + wait) % NANOSECONDS;
        if (!x->is_closing)
            pthread_cond_timedwait(&x->moved, &x->lock, &until);
    }
    pthread_mutex_unlock(&x->lock);
    return NULL;
}

static void free_indexer(struct indexer *x)
{
    pthread_cond_destroy(&x->moved);
    pthread_mutex_destroy(&x->lock);
    free(x);
}

err indexer_open(struct arena *a, struct store *store, struct indexer **out)
{
    struct indexer *x = calloc(1, sizeof(*x));
    ASSERT(x != NULL);
    x->store = store;
    pthread_mutex_init(&x->lock, NULL);
    pthread_cond_init(&x->moved, NULL);
    if (pthread_create(&x->thread, NULL, run, x) != 0) {
        free_indexer(x);
        return FAIL(a, ERR_BUSY, "the system gives no thread for search");
    }
    *out = x;
    return NULL;
}

void indexer_close(struct indexer *x)
{
    if (x == NULL)
        return;
    pthread_mutex_lock(&x->lock);
    x->is_closing = true;
    pthread_cond_broadcast(&x->moved);
    pthread_mutex_unlock(&x->lock);
    pthread_join(x->thread, NULL);
    free_indexer(x);
}
