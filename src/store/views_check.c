/*
 * Comparing the sets of sealed chunks with the log, in one snapshot.
 *
 * Chunk by chunk the log is read again. What it says about audiences, types and spec versions must
 * stand in the rows as it is; marks on older entries, and where audiences occur, are gathered over
 * all chunks and compared at the end. At last no row may be left over.
 */
#include "store/views_parts.h"

static const char SQL_KEYS[] = "SELECT key FROM view_chunk ORDER BY key";

struct checking {
    struct arena arena;    /* lives as long as the check */
    struct view_sets late; /* marks and presences of all chunks */
    struct view_sets seen; /* keys of all rows that must be there */
};

static void checking_done(struct checking *c)
{
    view_sets_done(&c->late);
    view_sets_done(&c->seen);
    arena_done(&c->arena);
}

static const char *kind_name(enum view_kind kind)
{
    static const char *const NAMES[] = {"audience",  "type",       "spec version",
                                        "withdrawn", "superseded", "contested"};
    return kind <= VIEW_CONTESTED ? NAMES[kind] : "unknown";
}

static err differs(struct arena *a, struct view_key key, const char *how)
{
    return FAIL(a, ERR_CORRUPT,
                "views differ from the log: collection %u, chunk %u, %s %u %s "
                "(tocsin rebuild makes them anew)",
                key.collection, key.chunk, kind_name(key.kind), key.value, how);
}

static err compare_row(struct arena *a, struct db *db, uint64_t key, const struct bitmap *expected)
{
    OWNED(bitmap_close_owned)
    struct bitmap *stored = NULL;
    TRY(view_row_read(a, db, key, &stored));
    if (stored == NULL)
        return differs(a, view_key_unpack(key), "is missing");
    if (!bitmap_eq(stored, expected))
        return differs(a, view_key_unpack(key), "holds other numbers");
    return NULL;
}

/* Compares what belongs to this chunk alone, and keeps the rest for later. */
static err check_chunk(struct arena *a, struct db *db, struct view_log *log, struct checking *c)
{
    for (size_t i = 0; i < log->sets.slot_count; i++) {
        const struct view_slot *slot = &log->sets.slots[i];
        if (!slot->is_taken)
            continue;
        struct view_key key = view_key_unpack(slot->key);
        if (view_kind_is_mark(key.kind)) {
            bitmap_unite(view_sets_open(&c->late, slot->key), slot->set);
            continue;
        }
        TRY(compare_row(a, db, slot->key, slot->set));
        view_sets_put(&c->seen, slot->key, NULL);
        if (key.kind == VIEW_AUDIENCE) {
            uint32_t chunk = key.chunk;
            key.chunk = VIEW_CHUNKS_OF_AUDIENCE;
            bitmap_add(view_sets_open(&c->late, view_key_pack(key)), chunk);
        }
    }
    return NULL;
}

static err check_chunks(struct arena *a, struct db *db, uint32_t chunk_entries, struct checking *c)
{
    struct view_state state;
    TRY(view_state_read(a, db, &state));
    for (uint32_t chunk = 0; chunk < state.sealed_chunks; chunk++) {
        OWNED(view_log_done)
        struct view_log log = {.chunk_entries = chunk_entries};
        uint64_t first = (uint64_t)chunk * chunk_entries;
        TRY(view_log_read(a, db, (struct view_range){first, first + chunk_entries}, &log));
        TRY(check_chunk(a, db, &log, c));
    }
    return NULL;
}

static err check_late(struct arena *a, struct db *db, struct checking *c)
{
    const uint64_t *keys = view_sets_keys(&c->arena, &c->late);
    for (size_t i = 0; i < c->late.count; i++) {
        TRY(compare_row(a, db, keys[i], view_sets_get(&c->late, keys[i])));
        view_sets_put(&c->seen, keys[i], NULL);
    }
    return NULL;
}

static err check_nothing_is_left(struct arena *a, struct db *db, const struct checking *c)
{
    OWNED(db_query_done)
    struct db_query q = {0};
    TRY(db_query(a, db, SQL_KEYS, DB_NO_ARGS, &q));
    DB_ROWS(a, &q) {
        uint64_t key = (uint64_t)db_get_int(&q, 0);
        if (view_sets_slot(&c->seen, key) == NULL)
            return differs(a, view_key_unpack(key), "should not be there");
    }
    return NULL;
}

static err check(struct arena *a, struct db *db, uint32_t chunk_entries)
{
    OWNED(checking_done)
    struct checking c = {0};
    TRY(check_chunks(a, db, chunk_entries, &c));
    TRY(check_late(a, db, &c));
    return check_nothing_is_left(a, db, &c);
}

err views_check_with(struct arena *a, struct db *db, uint32_t chunk_entries)
{
    if (db_is_in_transaction(db))
        return check(a, db, chunk_entries);
    OWNED(db_rollback_owned)
    struct db *open = db;
    TRY(db_begin(a, open, DB_BEGIN_READ));
    return check(a, db, chunk_entries);
}

err views_check(struct arena *a, struct db *db)
{
    return views_check_with(a, db, VIEW_CHUNK_ENTRIES);
}
