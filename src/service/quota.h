/*
 * Requests an organization may make in a minute (S7). Counted in a sliding window of two minutes.
 */
#ifndef TOCSIN_SERVICE_QUOTA_H
#define TOCSIN_SERVICE_QUOTA_H

#include "base/error.h"

struct quota;

struct quota *quota_open(uint64_t per_minute_max);
/* Accepts NULL. */
void quota_close(struct quota *q);

void quota_set(struct quota *q, uint64_t per_minute_max);

/* False: the organization is over its quota; `*retry_seconds` is when to try again. */
bool quota_take(struct quota *q, int64_t org, unsigned *retry_seconds);

#endif
