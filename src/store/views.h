/*
 * Views: which entries a set of audiences may read, as compressed bitmaps (V1 to V3).
 *
 * Numbers are cut into chunks of 65,536. Per collection and chunk there is one bitmap for each
 * audience, type and spec version that occurs, and one each for withdrawn, superseded and contested
 * numbers. Full chunks are sealed to the table view_chunk under one packed integer key
 * (collection, chunk, attribute); everything at and past the first unsealed chunk is the tail, kept
 * in memory only and made from the log.
 *
 * Nothing is written here at commit: whoever reads first catches the tail up from the log, by the
 * snapshot it reads with, whichever process committed. Views never show what that snapshot does not
 * hold. A withdrawn, superseded or contested number may lie in a sealed chunk while the entry that
 * made it so is still in the tail: the tail keeps those sets for all numbers, and sealing folds
 * them into the chunks they belong to.
 */
#ifndef TOCSIN_STORE_VIEWS_H
#define TOCSIN_STORE_VIEWS_H

#include "db/db.h"

#define VIEW_CHUNK_ENTRIES 65536

/* entry.flags */
#define ENTRY_SPEC_20 (1u << 0)          /* STIX 2.0 */
#define ENTRY_TOMBSTONE (1u << 1)        /* withdraws the numbers in table withdrawal */
#define ENTRY_CONTESTS (1u << 2)         /* makes the numbers in table contest contested */
#define ENTRY_WITHDRAWN (1u << 3)        /* set later, in place */
#define ENTRY_IS_EXPLICIT (1u << 4)      /* carries an explicit marking */
#define ENTRY_OWN_VERSION (1u << 5)      /* has modified or created */
#define ENTRY_LACKS_DEFINITION (1u << 7) /* contributor only, for want of a definition (G5) */
#define ENTRY_NAMED_AUTHOR (1u << 12)    /* created_by_ref names the contributor itself (L6) */
#define ENTRY_IS_POINTING (1u << 13)     /* carries the audiences of its ends (G6) */
#define ENTRY_IS_EXERCISE (1u << 14)     /* carries the marking of exercises, or points there */
#define ENTRY_DIGITS_SHIFT 8             /* fraction digits of its version text, four bits */
#define ENTRY_DIGITS_MASK (15u << ENTRY_DIGITS_SHIFT)

struct views;

/* What the row of table state says of the log and its views. */
struct view_state {
    uint32_t last_number;
    uint32_t sealed_chunks;
    uint32_t view_epoch;
};

/* `cache_bytes_max` bounds the sealed chunks kept in memory. */
struct views *views_open(size_t cache_bytes_max);
/* Accepts NULL. */
void views_close(struct views *v);

/*
 * Begins reading: `db` is in a read transaction, or in a write transaction that has not yet
 * written entries. Catches up to that snapshot and keeps the views from moving until views_end. If
 * the views already know more than the snapshot holds, `*is_stale` is set, nothing is held, and the
 * caller begins a new transaction and calls again. A thread holds views once at a time, and for a
 * page rather than an export: who comes with a newer snapshot waits for all holders.
 */
err views_begin(struct arena *a, struct views *v, struct db *db, bool *is_stale) MUST_USE;
/*
 * Begins reading at a state of which the caller knows that it is the newest. False: the views do
 * not stand there now, nothing is held, and views_begin must be asked.
 */
bool views_begin_at(struct views *v, const struct view_state *state);
void views_end(struct views *v);

/* Where the views stand, between views_begin and views_end. */
struct view_state views_state(const struct views *v);

/* The newest number of the snapshot; between views_begin and views_end. */
uint32_t views_last_number(const struct views *v);
/*
 * A number that changes when anything in the collection does that a reader of these audiences can
 * notice: for caches. What is added, withdrawn or narrowed for others leaves it as it is, so that
 * no time tells of it (O4). Good in this process only.
 */
uint32_t views_stamp(const struct views *v, uint32_t collection, const uint32_t *audiences,
                     size_t audience_count);

#define VIEW_SPEC_20 1u
#define VIEW_SPEC_21 2u

struct view_query {
    uint32_t collection;
    const uint32_t *audiences; /* those the reader holds, ascending */
    size_t audience_count;
    uint64_t generation;   /* not zero: stands for just these audiences in this process */
    const uint32_t *types; /* interned types, any order; NULL: every type */
    size_t type_count;
    unsigned specs;      /* VIEW_SPEC_*; zero: every one */
    bool is_newest_only; /* leave superseded numbers out */
    uint32_t after;      /* numbers above this one */
};

struct view_hit {
    uint32_t number;
    bool is_contested; /* the caller must look at all entries of this object */
};

/* The caller's room for `max` hits; views_walk sets the count. */
struct view_hits {
    struct view_hit *items;
    size_t count;
    size_t max;
};

/*
 * The next numbers of the view in ascending order, as many as there is room for; fewer only at the
 * end. Superseded numbers that are contested are given (the caller decides). Costs depend on what
 * the audiences hold, never on what is hidden.
 */
err views_walk(struct arena *a, struct views *v, struct db *db, const struct view_query *q,
               struct view_hits *hits) MUST_USE;

/*
 * Of these numbers, ascending and no more than there is room for hits, those that the view holds.
 * Costs by how many are asked about.
 */
struct view_choice {
    const uint32_t *numbers;
    size_t count;
};
err views_choose(struct arena *a, struct views *v, struct db *db, const struct view_query *q,
                 const struct view_choice *among, struct view_hits *hits) MUST_USE;

/* How many numbers the view holds, contested ones counted apart. */
err views_count(struct arena *a, struct views *v, struct db *db, const struct view_query *q,
                uint64_t *regular, uint64_t *contested) MUST_USE;

/*
 * Seals full chunks, each in a write transaction of its own on `db` (not in one). Called after
 * commits that may have filled a chunk; cheap when there is nothing to do.
 */
err views_seal(struct arena *a, struct db *db) MUST_USE;

/* One entry's move to a narrower audience. */
struct view_narrowing {
    uint32_t number;
    uint32_t audience;
    int64_t object_hash; /* of its id: object_key.hash */
};

/*
 * Inside a write transaction: an entry moves to a narrower audience (G6, recall). Rewrites the
 * entry, its object_key row and, if sealed, the bitmaps; raises state.view_epoch. If its object has
 * other entries in the collection under either audience, all of them become contested, because what
 * follows on what is not in one audience any more.
 */
err views_narrow(struct arena *a, struct db *db, const struct view_narrowing *narrowing) MUST_USE;

/* Makes every sealed chunk anew from the log (`tocsin rebuild`), in one write transaction. */
err views_rebuild(struct arena *a, struct db *db) MUST_USE;

/* Compares sealed chunks with the log; ERR_CORRUPT names the first difference (`tocsin fsck`). */
err views_check(struct arena *a, struct db *db) MUST_USE;

#endif
