/*
 * Indexes as files: written once, then read, so that a sweep with a million indicators starts at
 * once. A file is good for the version of the program that wrote it; another refuses it in words.
 */
#ifndef TOCSIN_SWEEP_COMPILE_H
#define TOCSIN_SWEEP_COMPILE_H

#include "sweep/index.h"

/* Written beside and renamed, so that a reader sees the old or the new. */
err sweep_index_write(struct arena *a, const struct sweep_index *x, str path) MUST_USE;

/*
 * ERR_INPUT for a file that is no such index, is cut off, or whose contents point outside of it:
 * what was read can be looked up and printed without a further check.
 */
err sweep_index_read(struct arena *a, str path, struct sweep_index *out) MUST_USE;

#endif
