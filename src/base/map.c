/*
 * A hash map with open addressing and linear probing, at most half full.
 */
#include "base/map.h"

#include "base/error.h"
#include "base/secret.h"

#include <pthread.h>

static unsigned char process_key[SECRET_HASH_KEY_BYTES];
static pthread_once_t process_key_once = PTHREAD_ONCE_INIT;

static void draw_process_key(void)
{
    secret_random(process_key, sizeof(process_key));
}

uint64_t map_hash(str key)
{
    pthread_once(&process_key_once, draw_process_key);
    return secret_short_hash(process_key, key);
}

void map_init(struct map *m, struct arena *a)
{
    *m = (struct map){.arena = a};
}

/* The slot that holds `key`, or the free one where it belongs. */
static struct map_slot *find_slot(struct map_slot *slots, size_t slot_count, uint64_t hash, str key)
{
    size_t at = hash & (slot_count - 1);
    while (slots[at].value && !(slots[at].hash == hash && str_eq(slots[at].key, key)))
        at = (at + 1) & (slot_count - 1);
    return &slots[at];
}

void *map_get(const struct map *m, str key)
{
    if (m->count == 0)
        return NULL;
    return find_slot(m->slots, m->slot_count, map_hash(key), key)->value;
}

static void grow(struct map *m)
{
    size_t larger = m->slot_count ? m->slot_count * 2 : 16;
    struct map_slot *slots = NEW_ARRAY(m->arena, larger, struct map_slot);
    for (size_t i = 0; i < m->slot_count; i++) {
        const struct map_slot *old = &m->slots[i];
        if (old->value)
            *find_slot(slots, larger, old->hash, old->key) = *old;
    }
    m->slots = slots;
    m->slot_count = larger;
}

static struct map_slot *slot_for(struct map *m, str key)
{
    if ((m->count + 1) * 2 > m->slot_count)
        grow(m);
    uint64_t hash = map_hash(key);
    struct map_slot *slot = find_slot(m->slots, m->slot_count, hash, key);
    if (slot->value == NULL) {
        slot->key = key;
        slot->hash = hash;
    }
    return slot;
}

void map_put(struct map *m, str key, void *value)
{
    ASSERT(value != NULL);
    struct map_slot *slot = slot_for(m, key);
    m->count += slot->value == NULL;
    slot->value = value;
}

void *map_put_new(struct map *m, str key, void *value)
{
    ASSERT(value != NULL);
    struct map_slot *slot = slot_for(m, key);
    if (slot->value == NULL) {
        slot->value = value;
        m->count++;
    }
    return slot->value;
}

const struct map_slot *map_next(const struct map *m, size_t *at)
{
    while (*at < m->slot_count) {
        const struct map_slot *slot = &m->slots[(*at)++];
        if (slot->value)
            return slot;
    }
    return NULL;
}
