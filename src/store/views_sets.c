/*
 * Tables of sets by packed key: open addressing with linear probing, at most half full.
 */
#include "store/views_parts.h"

#include <stdlib.h>

#define SLOTS_LEAST ((size_t)64)
/* What a slot, its share of the free ones and an empty set cost. */
#define SLOT_BYTES ((size_t)64)

/* Neighbouring keys land far apart (the finalizer of SplitMix64). */
static uint64_t mix(uint64_t key)
{
    key = (key ^ (key >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    key = (key ^ (key >> 27)) * UINT64_C(0x94d049bb133111eb);
    return key ^ (key >> 31);
}

void view_sets_done(struct view_sets *s)
{
    for (size_t i = 0; i < s->slot_count; i++)
        bitmap_close(s->slots[i].set);
    arena_done(&s->arena);
    *s = (struct view_sets){0};
}

/* The slot that holds `key`, or the free one where it belongs. */
static struct view_slot *find_slot(struct view_slot *slots, size_t slot_count, uint64_t key)
{
    size_t at = mix(key) & (slot_count - 1);
    while (slots[at].is_taken && slots[at].key != key)
        at = (at + 1) & (slot_count - 1);
    return &slots[at];
}

struct view_slot *view_sets_slot(const struct view_sets *s, uint64_t key)
{
    if (s->count == 0)
        return NULL;
    struct view_slot *slot = find_slot(s->slots, s->slot_count, key);
    return slot->is_taken ? slot : NULL;
}

struct bitmap *view_sets_get(const struct view_sets *s, uint64_t key)
{
    const struct view_slot *slot = view_sets_slot(s, key);
    return slot ? slot->set : NULL;
}

static void grow(struct view_sets *s)
{
    size_t larger = s->slot_count ? s->slot_count * 2 : SLOTS_LEAST;
    struct view_slot *slots = NEW_ARRAY(&s->arena, larger, struct view_slot);
    for (size_t i = 0; i < s->slot_count; i++) {
        if (s->slots[i].is_taken)
            *find_slot(slots, larger, s->slots[i].key) = s->slots[i];
    }
    s->slots = slots;
    s->slot_count = larger;
}

void view_sets_put(struct view_sets *s, uint64_t key, struct bitmap *set)
{
    if ((s->count + 1) * 2 > s->slot_count)
        grow(s);
    struct view_slot *slot = find_slot(s->slots, s->slot_count, key);
    ASSERT(!slot->is_taken);
    *slot = (struct view_slot){.key = key, .set = set, .is_taken = true, .is_recent = true};
    s->count++;
    s->bytes += SLOT_BYTES + (set ? bitmap_bytes(set) : 0);
}

void view_sets_replace(struct view_sets *s, struct view_slot *slot, struct bitmap *set)
{
    s->bytes += set ? bitmap_bytes(set) : 0;
    s->bytes -= slot->set ? bitmap_bytes(slot->set) : 0;
    bitmap_close(slot->set);
    slot->set = set;
}

struct bitmap *view_sets_open(struct view_sets *s, uint64_t key)
{
    struct bitmap *set = view_sets_get(s, key);
    if (set == NULL) {
        set = bitmap_open();
        view_sets_put(s, key, set);
    }
    return set;
}

void view_sets_sweep(struct view_sets *s)
{
    struct view_sets kept = {0};
    for (size_t i = 0; i < s->slot_count; i++) {
        struct view_slot *slot = &s->slots[i];
        if (!slot->is_taken || !slot->is_recent)
            continue;
        view_sets_put(&kept, slot->key, slot->set);
        view_sets_slot(&kept, slot->key)->is_recent = false;
        slot->set = NULL;
    }
    view_sets_done(s);
    *s = kept;
}

static int compare_keys(const void *x, const void *y)
{
    uint64_t first = *(const uint64_t *)x;
    uint64_t second = *(const uint64_t *)y;
    return (first > second) - (first < second);
}

uint64_t *view_sets_keys(struct arena *a, const struct view_sets *s)
{
    uint64_t *keys = NEW_ARRAY(a, s->count, uint64_t);
    size_t count = 0;
    for (size_t i = 0; i < s->slot_count; i++) {
        if (s->slots[i].is_taken)
            keys[count++] = s->slots[i].key;
    }
    qsort(keys, count, sizeof(*keys), compare_keys);
    return keys;
}
