/*
 * The one thread that hashes passwords, and its queue: bounded, and fair by address (S10).
 *
 * Addresses with waiting jobs take turns, one job each. A full queue takes a job of an address that
 * has few only by turning away the newest job of the one that has most; no address may have more
 * than its share.
 */
#ifndef TOCSIN_SERVICE_LOGIN_QUEUE_H
#define TOCSIN_SERVICE_LOGIN_QUEUE_H

#include "base/error.h"

#define LOGIN_QUEUE_JOBS_MAX 64u
#define LOGIN_QUEUE_JOBS_PER_PEER_MAX 16u

/* Belongs to the caller until `run` has been called. */
struct login_job {
    /*
     * Called once, on the queue's thread. `is_refused`: nothing is to be done but say so. `a` is
     * reset afterwards.
     */
    void (*run)(struct arena *a, void *context, bool is_refused);
    void *context;
    struct login_job *next_;
};

struct login_queue;

err login_queue_open(struct arena *a, struct login_queue **out) MUST_USE;
/* Refuses what waits and ends the thread. Accepts NULL. */
void login_queue_close(struct login_queue *q);

/* `peer` stands for an address. ERR_BUSY: no room; the job will not run. */
err login_queue_put(struct arena *a, struct login_queue *q, uint64_t peer,
                    struct login_job *job) MUST_USE;

#endif
