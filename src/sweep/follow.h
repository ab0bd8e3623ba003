/*
 * Following logs as tail -F does: files that grow, are rotated, cut short, or appear only later.
 */
#ifndef TOCSIN_SWEEP_FOLLOW_H
#define TOCSIN_SWEEP_FOLLOW_H

#include "sweep/logs.h"

/* So many files are open at once: below what a process may open unless it asks for more. */
#define FOLLOW_OPEN_MAX 900u

/* logs_sweep of what is followed: until it is stopped, or all of it was standard input. */
void follow_sweep(const struct logs_options *options, struct logs_totals *out);

/*
 * True if `path` is named as one that was set aside when `log` was rotated: log.1, log.2.gz,
 * log-20261129, log.old. What it holds was in the log before.
 */
bool follow_is_rotated(str path, str log);

#endif
