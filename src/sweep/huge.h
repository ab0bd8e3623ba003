/*
 * Memory that is read at random places: in large pages where the system gives them, so that a
 * look-up does not wait for the address of the page, too.
 */
#ifndef TOCSIN_SWEEP_HUGE_H
#define TOCSIN_SWEEP_HUGE_H

#include <stddef.h>

/* Zeroed; for free(). */
void *huge_alloc(size_t size);

#endif
