/*
 * What is left to do once all entries are in: the newest version of each indicator replaces the
 * others, and each value gets the slot in which it is looked up. Of an entry only `flags` and
 * `next` are written, of the index two counts: what reads neither may go on beside (plan.h).
 */
#ifndef TOCSIN_SWEEP_LINK_H
#define TOCSIN_SWEEP_LINK_H

#include "sweep/index.h"

/* Slots for so many entries: a power of two, so that at most half of them are taken. */
uint64_t sweep_link_slots(uint32_t entries);

/*
 * Marks the entries that a newer version of their indicator replaces, and counts them. `entries`
 * are those of the index; `slots`, of which `x->slot_mask` tells the number, are zero before and
 * after.
 */
void sweep_link_versions(struct sweep_index *x, struct sweep_entry *entries, uint64_t *slots);

/*
 * Fills the slots, which are zero before. The newest entry of a value stands in its slot, the
 * others follow in the order of their numbers, downwards: so no list of them can go round in a
 * circle. One without an id that says what the one before it of its value says is counted only.
 */
void sweep_link_values(struct sweep_index *x, struct sweep_entry *entries, uint64_t *slots);

#endif
