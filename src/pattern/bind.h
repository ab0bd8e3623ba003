/*
 * Binding different observations to the parts of a pattern, in time.
 */
#ifndef TOCSIN_PATTERN_BIND_H
#define TOCSIN_PATTERN_BIND_H

#include "pattern/plan.h"

/*
 * True if there is a binding; `*bound` and `*count` are then the observations in it, in order, in
 * `a`. Costs are taken from `*budget`; where that comes to zero the answer means nothing.
 */
bool bind_find(struct arena *a, const struct plan *plan, const struct observed *data,
               uint64_t *budget, const uint32_t **bound, size_t *count);

#endif
