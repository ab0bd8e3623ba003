/*
 * The one writer of a serving process (S5): everything that writes is a job, and jobs that wait at
 * the same time share one transaction and one sync, each under a savepoint of its own. Receipts are
 * written in the same commits, at most 100 ms after they were noted (R1). Organizations get equal
 * time (writer_queue.h); a commit takes in no more jobs after 50 ms, nor one that would likely take
 * it past them.
 */
#ifndef TOCSIN_SERVICE_WRITER_H
#define TOCSIN_SERVICE_WRITER_H

#include "store/store.h"

struct writer;

struct writer_job {
    struct writer_job *next_;
    int64_t org; /* whose time it takes; below 0: a stranger's, by where they come from */
    /* On the writer's thread, in its write session. What it changed is undone if it fails.
     * NULL: only waits for the commit, and so for what was noted before it. */
    err (*run)(struct arena *a, struct session *s, void *context);
    /*
     * After the commit, or after what prevented it; `failure` is NULL when the job's changes are
     * durable, and lives until this returns.
     */
    void (*done)(void *context, err failure);
    void *context;
};

err writer_open(struct arena *a, struct store *store, struct writer **out) MUST_USE;
/* Runs what waits, writes the receipts, ends the thread. Accepts NULL. */
void writer_close(struct writer *w);

/* Hands a job over; it must stay where it is until `done`. False: too much waits (503). */
bool writer_submit(struct writer *w, struct writer_job *job);

/* There are receipts to write: it looks within 100 ms. */
void writer_wake(struct writer *w);

#endif
