/*
 * A hash map from strings to pointers, in an arena.
 *
 * Keys are borrowed: they must live as long as the map. Hashing is SipHash under a key drawn once
 * per process, so that nobody outside can choose keys that collide. There is no removal.
 */
#ifndef TOCSIN_BASE_MAP_H
#define TOCSIN_BASE_MAP_H

#include "base/arena.h"

struct map_slot {
    str key;
    uint64_t hash;
    void *value; /* NULL: the slot is free */
};

struct map {
    struct arena *arena;
    struct map_slot *slots;
    size_t slot_count; /* a power of two, or zero */
    size_t count;
};

/* An empty map that grows in `a`. */
void map_init(struct map *m, struct arena *a);

/* The value under `key`, or NULL. A zeroed map is an empty one. */
void *map_get(const struct map *m, str key);

/* Puts `value` (never NULL) under `key`, replacing what was there. */
void map_put(struct map *m, str key, void *value);

/* Puts `value` only if `key` is new; returns what is under `key` afterwards. */
void *map_put_new(struct map *m, str key, void *value);

/* Walks the map in no particular order: `*at` starts at zero; NULL at the end. */
const struct map_slot *map_next(const struct map *m, size_t *at);

/* The hash that maps use; differs from process to process. */
uint64_t map_hash(str key);

#endif
