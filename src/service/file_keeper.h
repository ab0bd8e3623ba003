/*
 * The thread that keeps files: writing one and waiting for the disk takes longer than a thread of
 * the server may be held up (S5), and is nothing that the writer of the log should wait for. The
 * bytes that wait are those of request bodies, which are limited where they come in (S5, S7).
 */
#ifndef TOCSIN_SERVICE_FILE_KEEPER_H
#define TOCSIN_SERVICE_FILE_KEEPER_H

#include "store/store.h"

struct file_keeper;

struct file_keeping {
    struct file_keeping *next_;
    str bytes; /* stay where they are until `done` */
    /* On the keeper's thread: the file is durable, and what its digest is; or it is not kept.
     * `failure` and `digest` live until this returns. */
    void (*done)(void *context, err failure, str digest);
    void *context;
};

err file_keeper_open(struct arena *a, const struct store *store, struct file_keeper **out) MUST_USE;
/* Keeps what waits, ends the thread. Accepts NULL. */
void file_keeper_close(struct file_keeper *k);

/* `job` must stay where it is until `done`. */
void file_keeper_submit(struct file_keeper *k, struct file_keeping *job);

#endif
