/*
 * Indicators compiled to an index: what a sweep looks up, in one piece of memory that can be
 * written to a file and read again (compile.c). Of a file is read what is asked for, when it is
 * asked for (pieces.h): what lies behind pointers is reached by the functions below.
 *
 * An entry is one value of one indicator. Values stand in a hash table under their key
 * (sweep/value.h); before it, a filter of a few bits each, small enough for the cache, lets the
 * walk pass almost everything by.
 */
#ifndef TOCSIN_SWEEP_INDEX_H
#define TOCSIN_SWEEP_INDEX_H

#include "stix/marking.h"
#include "sweep/kernel.h"
#include "sweep/pieces.h"
#include "sweep/value.h"

#define SWEEP_NONE UINT32_MAX
#define SWEEP_CONFIDENCE_NONE 255

enum sweep_entry_flag {
    SWEEP_IS_REVOKED = 1,
    SWEEP_IS_REPLACED = 2,   /* a newer version of the indicator follows */
    SWEEP_IS_WITH_BELOW = 4, /* met by the names below it even if it is a public suffix */
    SWEEP_HAS_ID = 8,
    SWEEP_IS_LABELLED = 16,
    SWEEP_IS_LEFT_OUT = 32, /* cannot be looked for: the value is why, the kind SWEEP_KIND_COUNT */
    SWEEP_IS_IN_PART = 64,  /* other parts of its indicator can, or cannot, be looked for */
};

struct sweep_entry {
    unsigned char id[16]; /* the UUID of indicator--… */
    uint32_t value;       /* offsets in the strings; a key of its own stands before it */
    uint32_t name;        /* 0: none, or the value itself */
    uint32_t next;        /* an earlier entry of the same value, or SWEEP_NONE */
    uint32_t valid_from_s;
    uint32_t valid_until_s; /* 0: no end */
    uint32_t modified_s;
    uint32_t source; /* which of the shared strings; 0: none */
    uint32_t phases;
    uint32_t file;
    uint16_t modified_ms;
    uint16_t value_len;
    uint16_t key_len; /* 0: the value is its own key */
    uint16_t count;   /* while indicators are added: of entries of its version, from this one on */
    uint8_t kind;     /* enum sweep_kind */
    uint8_t label;    /* enum tlp */
    uint8_t confidence;
    uint8_t flags;
};

/* How many entries there are of what. */
struct sweep_counts {
    uint32_t entries; /* values, and indicators, or parts of them, that are left out */
    uint32_t values;
    uint32_t indicators;
    uint32_t revoked;
    uint32_t replaced;
    uint32_t repeated;      /* values that a list has twice or more, but for the first of them */
    uint32_t not_sweepable; /* left out as a whole, and not replaced by what is newer */
    uint32_t in_part;       /* likewise, of which parts are left out and others are not */
    uint32_t by_kind[SWEEP_KIND_COUNT];
};

struct alike_names;
struct sweep_templates;

struct sweep_index {
    struct sweep_plan plan;
    struct sweep_counts counts;
    /* Of all keys, and by the other bits of hosts of URLs; plan.filter has what the walk judges by.
     */
    struct sweep_filter keys;
    const uint64_t *slots; /* upper half: of the hash; lower half: entry + 1; 0: free */
    uint64_t slot_mask;
    const struct sweep_entry *entries;
    const char *strings;
    uint64_t strings_len;
    const uint32_t *shared; /* offsets of strings that many entries have, from 1 */
    uint32_t shared_count;
    uint64_t prefixes_v4; /* bit n: there are networks of n bits */
    uint64_t prefixes_v6[3];
    bool has_urls;
    bool has_emails;
    bool has_files;
    struct sweep_templates *templates; /* NULL: there are none */
    struct alike_names *alike;         /* likewise */
    /* Entries that are not met by their key, in order: templates, protected names, left out. */
    const uint32_t *apart;
    uint32_t apart_count;
    /* What it lies in; one of the two. */
    struct pieces *pieces;
    struct sweep_builder *built;
};

/* Accepts a zeroed one. */
void sweep_index_close(struct sweep_index *x);

/*
 * What of its file could not be read or was damaged; NULL: nothing that was asked for. Those parts
 * met nothing.
 */
err sweep_index_failure(struct arena *a, const struct sweep_index *x) MUST_USE;

static inline bool sweep_index_is_broken(const struct sweep_index *x)
{
    return x->pieces && x->pieces->is_broken;
}

/* True if these bytes of it can be read. */
static inline bool sweep_index_has(const struct sweep_index *x, const void *at, size_t len)
{
    return x->pieces == NULL || pieces_have(x->pieces, at, len);
}

/* The same, and reads them from the file first. */
static inline bool sweep_index_need(const struct sweep_index *x, const void *at, size_t len)
{
    return x->pieces == NULL || pieces_need(x->pieces, at, len);
}

/*
 * The entry of a number that a function here gave, or that is the next of another. One that cannot
 * be read, or that points outside of the index, is given as one that never fires.
 */
const struct sweep_entry *sweep_index_entry(const struct sweep_index *x, uint32_t number);

/*
 * The first entry of `kind` under `key`, or SWEEP_NONE; the others follow by `next`.
 * SWEEP_HASH_SLACK bytes before the key must be readable.
 */
uint32_t sweep_index_find(const struct sweep_index *x, enum sweep_kind kind, str key);

/* The same by the hash of the key, without the filter. */
uint32_t sweep_index_find_hashed(const struct sweep_index *x, enum sweep_kind kind, str key,
                                 uint64_t hash);

/* Asks the processor for the memory of the hash's slot. */
static inline void sweep_index_fetch_slot(const struct sweep_index *x, uint64_t hash)
{
    __builtin_prefetch(&x->slots[hash & x->slot_mask]);
}

/* The entry that the hash's slot names, if it is likely the one that is looked for; else NULL. */
static inline const struct sweep_entry *sweep_index_likely(const struct sweep_index *x,
                                                           uint64_t hash)
{
    const uint64_t *at = &x->slots[hash & x->slot_mask];
    uint64_t slot = sweep_index_has(x, at, sizeof(*at)) ? *at : 0;
    uint32_t number = (uint32_t)slot;
    bool is_likely = slot >> 32 == hash >> 32 && number && number <= x->counts.entries;
    return is_likely ? &x->entries[number - 1] : NULL;
}

/* Asks for the memory of that entry, and gives its number, or SWEEP_NONE. */
static inline uint32_t sweep_index_fetch_entry(const struct sweep_index *x, uint64_t hash)
{
    const struct sweep_entry *e = sweep_index_likely(x, hash);
    if (e == NULL)
        return SWEEP_NONE;
    __builtin_prefetch(e);
    return (uint32_t)(e - x->entries);
}

/* Asks for the memory of the value of that entry, which has come. */

static inline void sweep_index_fetch_value(const struct sweep_index *x, uint64_t hash)
{
    const struct sweep_entry *e = sweep_index_likely(x, hash);
    if (e && sweep_index_has(x, e, sizeof(*e)))
        __builtin_prefetch(x->strings + e->value);
}

str sweep_entry_value(const struct sweep_index *x, const struct sweep_entry *e);
str sweep_entry_key(const struct sweep_index *x, const struct sweep_entry *e);
/* Whether it is of that kind and under that key. */
bool sweep_entry_is(const struct sweep_index *x, const struct sweep_entry *e, enum sweep_kind kind,
                    str key);
str sweep_entry_name(const struct sweep_index *x, const struct sweep_entry *e);
/* Of source, phases or file. */
str sweep_index_shared(const struct sweep_index *x, uint32_t number);

/* True if it fires at `now_s`: not revoked, not replaced, valid. */
bool sweep_entry_is_live(const struct sweep_entry *e, int64_t now_s);

/* True if it stands for an indicator that cannot be looked for, and nothing newer replaced it. */
bool sweep_entry_is_left_out(const struct sweep_entry *e);

/* The same of parts of an indicator, others of which are looked for. */
bool sweep_entry_is_part_left_out(const struct sweep_entry *e);

#endif
