/*
 * The time that a line of a log gives for itself.
 */
#ifndef TOCSIN_SWEEP_LINE_TIME_H
#define TOCSIN_SWEEP_LINE_TIME_H

#include "base/str.h"

/*
 * The first time that stands near the beginning of the line, as logs write it: RFC 3339 and its
 * relatives, 28/May/2026:20:26:40 +0000, 28-May-2026 20:26:40, May 28 20:26:40 (of the last such
 * day), 5/28/2026 8:26:40 PM, seconds since 1970 at the very beginning or behind a key such as
 * "ts". Without a zone it is one of this machine's. False if there is none, or it lies more than a
 * day after `now_us`.
 */
bool line_time_read(str line, int64_t now_us, int64_t *time_us);

#endif
