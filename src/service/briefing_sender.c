/*
 * The thread that carries out orders: it asks the writer for one piece at a time.
 */
#include "base/log.h"
#include "service/briefing_send.h"

#include <pthread.h>
#include <stdlib.h>

#define RETRY_SECONDS 5

struct briefing_sender {
    struct store *store;
    struct writer *writer;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t moved;
    bool is_awake; /* there may be orders */
    _Atomic bool is_closing;
    bool is_waiting; /* a piece is with the writer */
    bool has_failed;
    struct writer_job job;
    str briefing;
};

static err run_piece(struct arena *a, struct session *s, void *context)
{
    struct briefing_sender *b = context;
    bool is_done;
    return briefing_send_piece(a, s, b->briefing, &is_done);
}

static void piece_done(void *context, err failure)
{
    struct briefing_sender *b = context;
    if (failure)
        log_print(LOG_LEVEL_ERROR, "invitations to %.*s wait: %.*s", STR_ARG(b->briefing),
                  STR_ARG(failure->text));
    pthread_mutex_lock(&b->lock);
    b->is_waiting = false;
    b->has_failed = failure != NULL;
    pthread_cond_broadcast(&b->moved);
    pthread_mutex_unlock(&b->lock);
}

static err find_next(struct arena *a, struct briefing_sender *b)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_read(a, b->store, &s));
    return sendings_next(a, &s, &b->briefing);
}

/* With the lock held; gives it up while waiting. */
static void wait_for(struct briefing_sender *b, unsigned seconds)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += seconds;
    pthread_cond_timedwait(&b->moved, &b->lock, &until);
}

static void do_piece(struct briefing_sender *b)
{
    pthread_mutex_lock(&b->lock);
    b->is_waiting = true;
    pthread_mutex_unlock(&b->lock);
    b->job = (struct writer_job){.run = run_piece, .done = piece_done, .context = b};
    bool is_taken = writer_submit(b->writer, &b->job);
    pthread_mutex_lock(&b->lock);
    b->is_waiting &= is_taken;
    while (b->is_waiting)
        pthread_cond_wait(&b->moved, &b->lock);
    if ((!is_taken || b->has_failed) && !b->is_closing)
        wait_for(b, RETRY_SECONDS);
    pthread_mutex_unlock(&b->lock);
}

/* True when there was something to do. */
static bool work(struct briefing_sender *b, struct arena *a)
{
    b->briefing = (str){0};
    err failure = find_next(a, b);
    if (failure)
        log_print(LOG_LEVEL_ERROR, "cannot look for invitations to send: %.*s",
                  STR_ARG(error_text(a, failure)));
    if (b->briefing.len)
        do_piece(b);
    return b->briefing.len > 0;
}

static bool is_open(struct briefing_sender *b)
{
    pthread_mutex_lock(&b->lock);
    while (!b->is_awake && !b->is_closing)
        pthread_cond_wait(&b->moved, &b->lock);
    b->is_awake = false;
    bool is_open = !b->is_closing;
    pthread_mutex_unlock(&b->lock);
    return is_open;
}

static void *run(void *context)
{
    struct briefing_sender *b = context;
    OWNED(arena_done) struct arena a = {0};
    while (is_open(b)) {
        while (work(b, &a) && !b->is_closing)
            arena_reset(&a);
        arena_reset(&a);
    }
    return NULL;
}

err briefing_sender_open(struct arena *a, struct store *store, struct writer *writer,
                         struct briefing_sender **out)
{
    struct briefing_sender *b = calloc(1, sizeof(*b));
    ASSERT(b);
    b->store = store;
    b->writer = writer;
    b->is_awake = true;
    pthread_mutex_init(&b->lock, NULL);
    pthread_cond_init(&b->moved, NULL);
    if (pthread_create(&b->thread, NULL, run, b) != 0) {
        pthread_cond_destroy(&b->moved);
        pthread_mutex_destroy(&b->lock);
        free(b);
        return FAIL(a, ERR_BUSY, "the system gives no thread for sending invitations");
    }
    *out = b;
    return NULL;
}

void briefing_sender_wake(struct briefing_sender *b)
{
    pthread_mutex_lock(&b->lock);
    b->is_awake = true;
    pthread_cond_broadcast(&b->moved);
    pthread_mutex_unlock(&b->lock);
}

void briefing_sender_close(struct briefing_sender *b)
{
    if (b == NULL)
        return;
    pthread_mutex_lock(&b->lock);
    b->is_closing = true;
    pthread_cond_broadcast(&b->moved);
    pthread_mutex_unlock(&b->lock);
    pthread_join(b->thread, NULL);
    pthread_cond_destroy(&b->moved);
    pthread_mutex_destroy(&b->lock);
    free(b);
}
