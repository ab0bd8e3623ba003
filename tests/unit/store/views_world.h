/*
 * A small log for tests of views: a database in a temporary folder, and a model of what readers
 * must see, kept in plain arrays.
 */
#ifndef TOCSIN_TESTS_STORE_VIEWS_WORLD_H
#define TOCSIN_TESTS_STORE_VIEWS_WORLD_H

#include "store/views_parts.h"

#define WORLD_CHUNK_ENTRIES 64u
#define WORLD_ENTRIES_MAX 4096u
#define WORLD_COLLECTIONS 3u
#define WORLD_AUDIENCES 12u
#define WORLD_TYPES 5u

struct world_entry {
    uint32_t collection;
    uint32_t audience;
    uint32_t type;
    uint32_t object;
    bool is_spec_20;
    bool is_tombstone;
    bool is_withdrawn;
    bool is_superseded;
    bool is_contested;
};

struct world {
    struct arena arena;
    char folder[64];
    char path[96];
    struct db *db;
    uint64_t seed;
    uint32_t last_number;
    uint32_t objects;
    struct world_entry entries[WORLD_ENTRIES_MAX];
};

/* Ends the program with the error's words. */
void must(struct arena *a, err e);

void world_init(struct world *w, uint64_t seed);
void world_done(struct world *w);
/* Another connection to the same database. */
struct db *world_connect(struct world *w);

/* Another one that fails its nth call from now on. */
struct db *world_connect_to_fail(struct world *w, uint64_t nth);

/* A number below `bound`, from the world's seed. */
uint32_t world_draw(struct world *w, uint32_t bound);

/* One transaction with a few random entries. */
void world_append(struct world *w, uint32_t count);
/* Moves a random entry to another audience. */
void world_narrow(struct world *w);

/* Whether the model says that the query sees the entry, and whether it is contested. */
bool world_sees(const struct world *w, const struct view_query *q, uint32_t number);

#endif
