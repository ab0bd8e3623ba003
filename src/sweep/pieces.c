/*
 * Reading pieces. One thread reads at a time; a piece that failed is tried again by whoever asks
 * next, and fails again.
 */
#include "sweep/pieces.h"

#include "sweep/hash.h"
#include "sweep/huge.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

size_t pieces_count(size_t size)
{
    return (size + PIECE_BYTES - 1) / PIECE_BYTES;
}

struct pieces *pieces_open(int fd, str path, size_t size, uint64_t *sums)
{
    struct pieces *p = calloc(1, sizeof(*p));
    ASSERT(p != NULL);
    p->fd = fd;
    p->path = strndup(path.at, path.len);
    p->memory = huge_alloc(size);
    p->size = size;
    p->sums = sums;
    p->is_there = calloc(pieces_count(size), sizeof(*p->is_there));
    ASSERT(p->path != NULL && p->is_there != NULL);
    pthread_mutex_init(&p->lock, NULL);
    return p;
}

void pieces_close(struct pieces *p)
{
    if (p == NULL)
        return;
    close(p->fd);
    huge_free(p->memory, p->size);
    free(p->path);
    free(p->sums);
    free(p->is_there);
    pthread_mutex_destroy(&p->lock);
    free(p);
}

/* Under the lock. */
static void break_locked(struct pieces *p, str words)
{
    if (p->is_broken)
        return;
    snprintf(p->fault, sizeof(p->fault), "%.*s", STR_ARG(words));
    p->is_broken = true;
}

void pieces_break(struct pieces *p, str words)
{
    pthread_mutex_lock(&p->lock);
    break_locked(p, words);
    pthread_mutex_unlock(&p->lock);
}

err pieces_failure(struct arena *a, struct pieces *p)
{
    err failure = NULL;
    pthread_mutex_lock(&p->lock);
    if (p->is_broken)
        failure =
            FAIL(a, ERR_INPUT, "%s is damaged: %s; make it anew with --compile", p->path, p->fault);
    pthread_mutex_unlock(&p->lock);
    return failure;
}

/* All `len` bytes of the file from `at` on; else false, in words. */
static bool read_at(struct pieces *p, size_t at, char *to, size_t len)
{
    for (size_t done = 0; done < len;) {
        ssize_t n = pread(p->fd, to + done, len - done, (off_t)(at + done));
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            break_locked(p, n < 0 ? str_of(strerror(errno)) : LIT("it became shorter"));
            return false;
        }
        done += (size_t)n;
    }
    return true;
}

static bool read_piece(struct pieces *p, size_t number)
{
    size_t at = number * PIECE_BYTES;
    size_t len = p->size - at < PIECE_BYTES ? p->size - at : PIECE_BYTES;
    char *to = p->memory + at;
    if (!read_at(p, at, to, len))
        return false;
    if (sweep_sum(0, to, len) != p->sums[number]) {
        break_locked(p, LIT("its bytes are not those that were written"));
        return false;
    }
    atomic_store_explicit(&p->is_there[number], true, memory_order_release);
    return true;
}

bool pieces_read(struct pieces *p, const void *at, size_t len)
{
    size_t from = (size_t)((const char *)at - p->memory);
    bool is_good = true;
    pthread_mutex_lock(&p->lock);
    for (size_t i = from / PIECE_BYTES; i * PIECE_BYTES < from + len && is_good; i++)
        is_good = p->is_there[i] || read_piece(p, i);
    pthread_mutex_unlock(&p->lock);
    return is_good;
}
