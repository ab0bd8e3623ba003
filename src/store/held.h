/*
 * The audiences that each reader holds, worked out once per policy and extended as new audiences
 * are interned (G10, V3): nothing is ever taken from such a list, since a policy never changes.
 */
#ifndef TOCSIN_STORE_HELD_H
#define TOCSIN_STORE_HELD_H

#include "store/audience.h"

struct held_cache;

struct held_cache *held_open(void);
/* Accepts NULL. */
void held_close(struct held_cache *h);

/* Audiences, ascending; borrowed until held_close. */
struct held_list {
    const uint32_t *items;
    size_t count;
    uint64_t generation; /* differs for every other list of this process */
};

/*
 * The audiences among the first `audience_count` that the reader holds. `key` identifies the reader
 * within the policy.
 */
struct held_list held_get(struct held_cache *h, struct audience_table *t,
                          const struct gate_reader *r, str key, size_t audience_count);

#endif
