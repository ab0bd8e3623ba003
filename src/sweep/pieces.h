/*
 * A file that is read where it is needed: it has its place in memory, and of that a piece is filled
 * from the file when it is asked for, once its bytes have the sum that was written down for them.
 * What is damaged, or cannot be read, is not there, and that is kept to be said.
 *
 * Any number of threads may ask. Whoever changes the file meanwhile is found out by the sums.
 */
#ifndef TOCSIN_SWEEP_PIECES_H
#define TOCSIN_SWEEP_PIECES_H

#include "base/error.h"

#include <pthread.h>
#include <stdatomic.h>

#define PIECE_BYTES ((size_t)64 << 10)
#define PIECE_FAULT_BYTES 200u

struct pieces {
    int fd;
    char *path;
    char *memory; /* of huge_alloc; zeros where nothing was read */
    size_t size;  /* a multiple of 64 */
    uint64_t *sums;
    _Atomic bool *is_there; /* of each piece */
    _Atomic bool is_broken;
    pthread_mutex_t lock;          /* of what follows, and of reading */
    char fault[PIECE_FAULT_BYTES]; /* the first */
};

/* How many pieces so many bytes make. */
size_t pieces_count(size_t size);

/* Takes over `fd` and `sums` (of malloc), one for each piece: see sweep_sum. Copies the path. */
struct pieces *pieces_open(int fd, str path, size_t size, uint64_t *sums);

/* Accepts NULL. */
void pieces_close(struct pieces *p);

/* Reads what of these bytes is not there yet; false, and broken, if that cannot be done. */
bool pieces_read(struct pieces *p, const void *at, size_t len);

/* It is broken in these words, if it was whole so far. */
void pieces_break(struct pieces *p, str words);

/* What broke it, with the path; NULL: nothing. */
err pieces_failure(struct arena *a, struct pieces *p) MUST_USE;

/* True if the bytes are there. They must lie in the memory. */
static inline bool pieces_have(const struct pieces *p, const void *at, size_t len)
{
    size_t from = (size_t)((const char *)at - p->memory);
    for (size_t i = from / PIECE_BYTES; i * PIECE_BYTES < from + len; i++) {
        if (!atomic_load_explicit(&p->is_there[i], memory_order_acquire))
            return false;
    }
    return true;
}

static inline bool pieces_need(struct pieces *p, const void *at, size_t len)
{
    return pieces_have(p, at, len) || pieces_read(p, at, len);
}

#endif
