/*
 * What the files of the views share: keys, tables of sets, and reading the log into them.
 */
#ifndef TOCSIN_STORE_VIEWS_PARTS_H
#define TOCSIN_STORE_VIEWS_PARTS_H

#include "base/map.h"
#include "store/bitmap.h"
#include "store/views.h"

#include <pthread.h>
#include <stdatomic.h>

/* A key is collection (15 bits), chunk (16 bits), kind (3 bits), value (29 bits). */
enum view_kind {
    VIEW_AUDIENCE,
    VIEW_TYPE,
    VIEW_SPEC,
    VIEW_WITHDRAWN,
    VIEW_SUPERSEDED,
    VIEW_CONTESTED,
};

#define VIEW_COLLECTIONS 32768u
#define VIEW_VALUES (1u << 29)
/* In place of a chunk: the set is of the sealed chunks in which the audience occurs. */
#define VIEW_CHUNKS_OF_AUDIENCE 0xffffu

struct view_key {
    uint32_t collection;
    uint32_t chunk;
    enum view_kind kind;
    uint32_t value; /* audience, type or VIEW_SPEC_*; else zero */
};

static inline uint64_t view_key_pack(struct view_key k)
{
    ASSERT(k.collection < VIEW_COLLECTIONS && k.chunk <= 0xffff && k.value < VIEW_VALUES);
    return (uint64_t)k.collection << 48 | (uint64_t)k.chunk << 32 | (uint64_t)k.kind << 29 |
           k.value;
}

static inline struct view_key view_key_unpack(uint64_t packed)
{
    return (struct view_key){.collection = (uint32_t)(packed >> 48),
                             .chunk = (uint32_t)(packed >> 32) & 0xffff,
                             .kind = (enum view_kind)((packed >> 29) & 7),
                             .value = (uint32_t)packed & (VIEW_VALUES - 1)};
}

/* Withdrawn, superseded and contested numbers may belong to chunks sealed long ago. */
static inline bool view_kind_is_mark(enum view_kind kind)
{
    return kind >= VIEW_WITHDRAWN;
}

/*
 * A table of sets by packed key (views_sets.c). It owns its sets. A set that is known to be empty
 * may be in it as NULL.
 */
struct view_slot {
    uint64_t key;
    struct bitmap *set;
    uint32_t stamp; /* free for the table's owner */
    bool is_taken;
    bool is_recent; /* used since the last sweep */
};

struct view_sets {
    struct view_slot *slots;
    size_t slot_count; /* a power of two, or zero */
    size_t count;
    size_t bytes; /* memory of the sets as they were put in */
    struct arena arena;
};

/* Accepts a zeroed table, leaves one. */
void view_sets_done(struct view_sets *s);
/* NULL where the key is not in it. Valid until the next put. */
struct view_slot *view_sets_slot(const struct view_sets *s, uint64_t key);
/* NULL where the key is not in it, or is known to be empty. */
struct bitmap *view_sets_get(const struct view_sets *s, uint64_t key);
/* Puts a new key; `set` may be NULL. */
void view_sets_put(struct view_sets *s, uint64_t key, struct bitmap *set);
/* Puts another set into a slot. */
void view_sets_replace(struct view_sets *s, struct view_slot *slot, struct bitmap *set);
/* The set under `key`, made if it is not there; for sets still changing (not counted in bytes). */
struct bitmap *view_sets_open(struct view_sets *s, uint64_t key);
/* Closes what was not used since the last sweep. */
void view_sets_sweep(struct view_sets *s);
/* The keys ascending, in `a`. */
uint64_t *view_sets_keys(struct arena *a, const struct view_sets *s);

err view_state_read(struct arena *a, struct db *db, struct view_state *out) MUST_USE;

/* Sets made from rows of the log (views_log.c). */
struct view_log {
    struct view_sets sets;
    struct view_sets touched; /* keys of chunks, with the newest entry that did (stamp) */
    struct view_sets changes; /* by collection and audience, with the moment of the last (stamp) */
    uint32_t moment;          /* counts what was read at a time; kept by the views */
    uint32_t changed_number;  /* entries up to this one have changed what they change */
    uint32_t chunk_entries;
};

/* Numbers from `from` up to, not including, `past`. */
struct view_range {
    uint64_t from;
    uint64_t past;
};

/* Adds what the entries of a range are and what they did to older ones. */
err view_log_read(struct arena *a, struct db *db, struct view_range range,
                  struct view_log *log) MUST_USE;

/* Whoever reads this audience in the collection may notice something new, as of this moment. */
void view_log_change(struct view_log *log, uint32_t collection, uint32_t audience);
/* Forgets the sets, keeps the changes. */
void view_log_forget(struct view_log *log);
/* Accepts a zeroed one, leaves one but for chunk_entries. */
void view_log_done(struct view_log *log);

/* One set of table view_chunk; `*out` is NULL where there is no row. */
err view_row_read(struct arena *a, struct db *db, uint64_t key, struct bitmap **out) MUST_USE;
/* Writes a row, or deletes it if the set is empty. */
err view_row_write(struct arena *a, struct db *db, uint64_t key, struct bitmap *set) MUST_USE;

/* Puts one value into the row under `key`, or takes it out. */
err view_row_change(struct arena *a, struct db *db, struct view_key key, uint32_t value,
                    bool is_in) MUST_USE;
/* Notes that an audience occurs in a chunk, or no longer does. */
err view_presence_change(struct arena *a, struct db *db, struct view_key key, bool is_in) MUST_USE;

/* The public functions with the number of entries of a chunk, smaller in tests. */
struct view_options {
    size_t cache_bytes_max;
    uint32_t chunk_entries; /* a power of two, at most 65,536 */
};
struct views *views_open_with(const struct view_options *options);
err views_seal_with(struct arena *a, struct db *db, uint32_t chunk_entries) MUST_USE;
err views_narrow_with(struct arena *a, struct db *db, const struct view_narrowing *narrowing,
                      uint32_t chunk_entries) MUST_USE;
err views_rebuild_with(struct arena *a, struct db *db, uint32_t chunk_entries) MUST_USE;
err views_check_with(struct arena *a, struct db *db, uint32_t chunk_entries) MUST_USE;

/* One chunk of a reader's view. */
struct view_part {
    struct bitmap *numbers;   /* NULL: not made yet */
    struct bitmap *contested; /* those of them that are; NULL: none */
    uint32_t stamp;           /* the newest entry that touched the chunk when this was made */
};

/* An audience that occurs in sealed chunks, and in which. */
struct view_occurrence {
    uint32_t audience;
    const struct bitmap *chunks;
};

/* What one query sees, as far as it was asked for. */
struct view {
    const struct view_occurrence *audiences;
    size_t audience_count;
    struct bitmap *chunks; /* sealed ones in which anything is */
    struct view_part *parts;
    size_t part_count;
};

/*
 * The rows of sealed chunks and the readers' views are caches that readers fill, each under
 * `cache_lock`; what is in them does not change and is given back under the exclusive lock only,
 * so that whoever holds the shared lock may use it. All else moves under the exclusive lock.
 */
struct views {
    struct arena arena;
    struct view_options options;
    pthread_rwlock_t lock;
    bool is_known; /* what follows is whole */
    struct view_state known;
    struct view_log tail;
    uint32_t unknown_moment; /* the last after which nobody knows what has changed */
    pthread_mutex_t cache_lock;
    struct view_sets rows;
    struct map views; /* struct view by query */
    struct arena views_arena;
    size_t views_bytes;
    atomic_bool is_full; /* the caches want to be swept */
};

/* With the shared lock and cache_lock held: whether the caches may grow; else asks for a sweep. */
bool views_have_room(struct views *v);
/* Under the exclusive lock. */
void views_forget_views(struct views *v);
/*
 * Under the exclusive lock: follows the narrowings that led to this epoch, as far as they concern
 * entries already known (views_narrow.c): what changes for whom and, if nothing was sealed since
 * (`*is_whole`), the sets. `*is_whole` becomes false where the database does not remember them all:
 * then everything has changed and is to be made anew.
 */
err views_follow(struct arena *a, struct views *v, struct db *db, uint32_t view_epoch,
                 bool *is_whole) MUST_USE;

#endif
