/*
 * Memory that is read at random places: in large pages where the system gives them, so that a
 * look-up does not wait for the address of the page, too.
 */
#ifndef TOCSIN_SWEEP_HUGE_H
#define TOCSIN_SWEEP_HUGE_H

#include "base/buf.h"

/* Zeroed; for huge_free. */
void *huge_alloc(size_t size);

/* `size` as it was asked for. Accepts NULL. */
void huge_free(void *at, size_t size);

/*
 * The contents of `b`, which is left empty, in memory of `b->len` bytes for huge_free. They go over
 * piece by piece, so that at no time both lie there whole.
 */
void *huge_take(struct buf *b);

#endif
