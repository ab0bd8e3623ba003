/*
 * A slot holds the upper half of a hash and the number of an entry, plus one. Slots lie at random
 * places: those of the next few entries are asked for before they are needed.
 */
#include "sweep/link.h"

#define SLOTS_LEAST 1024u
#define AHEAD 16u

struct linking {
    struct sweep_index *x;
    struct sweep_entry *entries;
    uint64_t *slots;
};

uint64_t sweep_link_slots(uint32_t entries)
{
    uint64_t slots = SLOTS_LEAST;
    while (slots <= entries * UINT64_C(2))
        slots *= 2;
    return slots;
}

static uint64_t *slot_at(const struct linking *l, uint64_t at)
{
    return &l->slots[at & l->x->slot_mask];
}

static void put_slot(uint64_t *slot, uint64_t hash, uint32_t number)
{
    *slot = hash >> 32 << 32 | (number + 1);
}

/* The entry in a slot, if it may be of this hash; else NULL. */
static struct sweep_entry *entry_of(const struct linking *l, uint64_t slot, uint64_t hash)
{
    bool may_be = slot && slot >> 32 == hash >> 32;
    return may_be ? &l->entries[(uint32_t)slot - 1] : NULL;
}

typedef bool same_fn(const struct sweep_index *x, const struct sweep_entry *known,
                     const struct sweep_entry *e);

/* The slot in which one is the same as `e` in what is asked, or the free one where it belongs. */
static uint64_t *find_slot(const struct linking *l, const struct sweep_entry *e, uint64_t hash,
                           same_fn *is_same)
{
    for (uint64_t at = hash;; at++) {
        uint64_t *slot = slot_at(l, at);
        const struct sweep_entry *known = entry_of(l, *slot, hash);
        if (*slot == 0 || (known && is_same(l->x, known, e)))
            return slot;
    }
}

/* Versions. */

static uint64_t version_hash(const struct sweep_entry *e)
{
    uint64_t halves[2];
    memcpy(halves, e->id, sizeof(halves));
    return sweep_fold(halves[0] ^ UINT64_C(0x9e3779b97f4a7c15), halves[1] ^ 0x94d049bb133111ebu);
}

static bool is_same_indicator(const struct sweep_index *x, const struct sweep_entry *known,
                              const struct sweep_entry *e)
{
    (void)x;
    return memcmp(known->id, e->id, sizeof(e->id)) == 0;
}

static bool is_older(const struct sweep_entry *a, const struct sweep_entry *b)
{
    return a->modified_s != b->modified_s ? a->modified_s < b->modified_s
                                          : a->modified_ms < b->modified_ms;
}

static void replace(const struct linking *l, struct sweep_entry *first)
{
    for (uint32_t i = 0; i < first->count; i++) {
        l->x->counts.not_sweepable -= sweep_entry_is_left_out(&first[i]);
        l->x->counts.in_part -= sweep_entry_is_part_left_out(&first[i]);
        first[i].flags |= SWEEP_IS_REPLACED;
    }
}

/* Of this version and the newest one so far, the older gives way. */
static void settle_version(const struct linking *l, struct sweep_entry *e)
{
    uint64_t hash = version_hash(e);
    uint64_t *slot = find_slot(l, e, hash, is_same_indicator);
    struct sweep_entry *known = entry_of(l, *slot, hash);
    if (known && is_older(e, known)) {
        replace(l, e);
        return;
    }
    if (known) {
        replace(l, known);
        l->x->counts.replaced++;
    }
    put_slot(slot, hash, (uint32_t)(e - l->entries));
}

void sweep_link_versions(struct sweep_index *x, struct sweep_entry *entries, uint64_t *slots)
{
    struct linking l = {x, entries, slots};
    uint32_t all = x->counts.entries;
    for (uint32_t i = 0; i < all; i += entries[i].count) {
        if (all - i > AHEAD)
            __builtin_prefetch(slot_at(&l, version_hash(&entries[i + AHEAD])), 1);
        if (entries[i].flags & SWEEP_HAS_ID)
            settle_version(&l, &entries[i]);
        ASSERT(entries[i].count);
    }
    memset(slots, 0, (x->slot_mask + 1) * sizeof(*slots));
}

/* Values. */

static bool is_same_value(const struct sweep_index *x, const struct sweep_entry *known,
                          const struct sweep_entry *e)
{
    return sweep_entry_is(x, known, e->kind, sweep_entry_key(x, e));
}

/* Whether a list, or a table, only says once more what it has said. */
static bool is_repeated(const struct sweep_index *x, const struct sweep_entry *known,
                        const struct sweep_entry *e)
{
    bool is_bare = e->count == 1 && known->count == 1 && !(e->flags & SWEEP_HAS_ID);
    return is_bare && e->flags == known->flags && e->file == known->file &&
           e->source == known->source && e->phases == known->phases && e->label == known->label &&
           e->confidence == known->confidence && e->valid_from_s == known->valid_from_s &&
           e->valid_until_s == known->valid_until_s &&
           str_eq(sweep_entry_name(x, e), sweep_entry_name(x, known));
}

static void link_value(const struct linking *l, uint32_t number, uint64_t hash)
{
    struct sweep_entry *e = &l->entries[number];
    if (e->flags & SWEEP_IS_LEFT_OUT)
        return;
    uint64_t *slot = find_slot(l, e, hash, is_same_value);
    const struct sweep_entry *known = *slot ? &l->entries[(uint32_t)*slot - 1] : NULL;
    if (known && is_repeated(l->x, known, e)) {
        l->x->counts.repeated++;
        return;
    }
    e->next = *slot ? (uint32_t)*slot - 1 : SWEEP_NONE;
    put_slot(slot, hash, number);
}

void sweep_link_values(struct sweep_index *x, struct sweep_entry *entries, uint64_t *slots)
{
    struct linking l = {x, entries, slots};
    uint64_t hashes[AHEAD];
    uint32_t all = x->counts.entries;
    for (uint64_t i = 0; i < (uint64_t)all + AHEAD; i++) {
        if (i >= AHEAD)
            link_value(&l, (uint32_t)(i - AHEAD), hashes[i % AHEAD]);
        if (i >= all)
            continue;
        str key = sweep_entry_key(x, &entries[i]);
        hashes[i % AHEAD] = sweep_hash(key.at + key.len, key.len);
        __builtin_prefetch(slot_at(&l, hashes[i % AHEAD]), 1);
    }
}
