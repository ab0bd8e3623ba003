/*
 * One file after the other, in the order in which they came.
 */
#include "service/file_keeper.h"

#include "store/files.h"

#include <pthread.h>
#include <stdlib.h>

struct file_keeper {
    const struct store *store;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t moved;
    struct file_keeping *first;
    struct file_keeping **last; /* where the next one is linked in */
    bool is_closing;
};

/* NULL: nothing waits, and nothing more will come. */
static struct file_keeping *take(struct file_keeper *k)
{
    pthread_mutex_lock(&k->lock);
    while (k->first == NULL && !k->is_closing)
        pthread_cond_wait(&k->moved, &k->lock);
    struct file_keeping *job = k->first;
    if (job) {
        k->first = job->next_;
        if (k->first == NULL)
            k->last = &k->first;
    }
    pthread_mutex_unlock(&k->lock);
    return job;
}

static void *run(void *context)
{
    struct file_keeper *k = context;
    OWNED(arena_done) struct arena a = {0};
    for (struct file_keeping *job; (job = take(k));) {
        str digest = {0};
        err failure = files_put(&a, k->store, job->bytes, &digest);
        job->done(job->context, failure, digest);
        arena_reset(&a);
    }
    return NULL;
}

err file_keeper_open(struct arena *a, const struct store *store, struct file_keeper **out)
{
    struct file_keeper *k = calloc(1, sizeof(*k));
    ASSERT(k);
    k->store = store;
    k->last = &k->first;
    pthread_mutex_init(&k->lock, NULL);
    pthread_cond_init(&k->moved, NULL);
    if (pthread_create(&k->thread, NULL, run, k) != 0) {
        pthread_cond_destroy(&k->moved);
        pthread_mutex_destroy(&k->lock);
        free(k);
        return FAIL(a, ERR_BUSY, "the system gives no thread for keeping files");
    }
    *out = k;
    return NULL;
}

void file_keeper_submit(struct file_keeper *k, struct file_keeping *job)
{
    pthread_mutex_lock(&k->lock);
    ASSERT(!k->is_closing);
    job->next_ = NULL;
    *k->last = job;
    k->last = &job->next_;
    pthread_cond_signal(&k->moved);
    pthread_mutex_unlock(&k->lock);
}

void file_keeper_close(struct file_keeper *k)
{
    if (k == NULL)
        return;
    pthread_mutex_lock(&k->lock);
    k->is_closing = true;
    pthread_cond_signal(&k->moved);
    pthread_mutex_unlock(&k->lock);
    pthread_join(k->thread, NULL);
    pthread_cond_destroy(&k->moved);
    pthread_mutex_destroy(&k->lock);
    free(k);
}
