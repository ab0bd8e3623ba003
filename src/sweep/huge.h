/*
 * Memory that is read at random places: in large pages where the system gives them, so that a
 * look-up does not wait for the address of the page, too.
 */
#ifndef TOCSIN_SWEEP_HUGE_H
#define TOCSIN_SWEEP_HUGE_H

#include "base/error.h"

/* Zeroed; for huge_free. */
void *huge_alloc(size_t size);

/* `size` as it was asked for. Accepts NULL. */
void huge_free(void *at, size_t size);

/*
 * Bytes that are put behind each other. Once they are large they lie in large pages and grow
 * without being copied, so that they take what they fill and not twice that. Zeroed but for `max`:
 * empty.
 */
struct huge_buf {
    char *at;
    size_t len;
    size_t capacity;
    size_t max;   /* most bytes it may hold */
    bool is_over; /* something did not fit, and was left away */
};

/* Accepts a zeroed one, leaves one. */
void huge_buf_done(struct huge_buf *b);

void huge_buf_put(struct huge_buf *b, str bytes);

#endif
