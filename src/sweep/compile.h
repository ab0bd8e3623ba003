/*
 * Indexes as files: written once, then opened, so that a sweep with a million indicators starts at
 * once. A file is good for the version of the program that wrote it; another refuses it in words.
 */
#ifndef TOCSIN_SWEEP_COMPILE_H
#define TOCSIN_SWEEP_COMPILE_H

#include "sweep/index.h"

/* Written beside and renamed, so that a reader sees the old or the new. */
err sweep_index_write(struct arena *a, const struct sweep_index *x, str path) MUST_USE;

/* Whether a file that begins so is one, of this version or another. */
bool sweep_index_begins(str head);

/*
 * Reads what every sweep needs; the rest is read from the file where it is asked for, until the
 * index is closed. ERR_INPUT for a file that is no such index, is cut off, or is damaged in what
 * was read; what is found later is in sweep_index_failure.
 */
err sweep_index_open(struct arena *a, str path, struct sweep_index *out) MUST_USE;

#endif
