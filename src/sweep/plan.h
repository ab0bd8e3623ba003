/*
 * What an index asks of the walk: which kinds of candidates it has to find, and the filters by
 * which it passes the others by.
 */
#ifndef TOCSIN_SWEEP_PLAN_H
#define TOCSIN_SWEEP_PLAN_H

#include "sweep/index.h"

/* Words of each of the two filters, for so many entries: a power of two. */
uint64_t sweep_plan_words(uint32_t entries);

/*
 * Fills the filters (twice `words`, zeroed; that of the walk first) and the labels from the index's
 * entries, and sets `x->plan`, `x->keys` and what else depends on which values there are. Of an
 * entry it reads neither `flags` nor `next`.
 */
void sweep_plan_make(struct sweep_index *x, uint64_t *filters, uint64_t words, uint8_t *labels);

#endif
