/*
 * Writing the sets of full chunks to table view_chunk: sealing, and making all anew.
 *
 * The rows of sealed chunks hold exactly what the entries below the first unsealed number say,
 * neither less nor more, so that sealing step by step and making everything anew give the same.
 */
#include "store/views_parts.h"

static const char SQL_SEALED[] = "UPDATE state SET sealed_chunks = ?1";
static const char SQL_EPOCH[] = "UPDATE state SET view_epoch = view_epoch + 1";
static const char SQL_DELETE_ALL[] = "DELETE FROM view_chunk";

/* Memory for one chunk's sets, given back at the end of the block. */
struct sealing {
    struct arena arena;
    struct view_log log;
};

static void sealing_init(struct sealing *s, uint32_t chunk_entries)
{
    *s = (struct sealing){.log.chunk_entries = chunk_entries};
}

static void sealing_done(struct sealing *s)
{
    view_log_done(&s->log);
    arena_done(&s->arena);
}

/* Adds `more` to the row under `key`. `more` may be changed. */
static err unite_row(struct arena *a, struct db *db, uint64_t key, struct bitmap *more)
{
    OWNED(bitmap_close_owned)
    struct bitmap *stored = NULL;
    TRY(view_row_read(a, db, key, &stored));
    bitmap_unite(more, stored);
    return view_row_write(a, db, key, more);
}

err view_row_change(struct arena *a, struct db *db, struct view_key key, uint32_t value, bool is_in)
{
    OWNED(bitmap_close_owned)
    struct bitmap *set = NULL;
    uint64_t packed = view_key_pack(key);
    TRY(view_row_read(a, db, packed, &set));
    if (set == NULL)
        set = bitmap_open();
    bool is_changed = is_in ? bitmap_add(set, value) : bitmap_remove(set, value);
    return is_changed ? view_row_write(a, db, packed, set) : NULL;
}

err view_presence_change(struct arena *a, struct db *db, struct view_key key, bool is_in)
{
    uint32_t chunk = key.chunk;
    key.chunk = VIEW_CHUNKS_OF_AUDIENCE;
    return view_row_change(a, db, key, chunk, is_in);
}

/* In a write transaction: the rows that the entries of one chunk make or change. */
static err seal_chunk(struct arena *a, struct db *db, uint32_t chunk, uint32_t chunk_entries)
{
    OWNED(sealing_done)
    struct sealing s;
    sealing_init(&s, chunk_entries);
    uint64_t first = (uint64_t)chunk * chunk_entries;
    TRY(view_log_read(a, db, (struct view_range){first, first + chunk_entries}, &s.log));
    const uint64_t *keys = view_sets_keys(&s.arena, &s.log.sets);
    for (size_t i = 0; i < s.log.sets.count; i++) {
        struct view_key key = view_key_unpack(keys[i]);
        struct bitmap *set = view_sets_get(&s.log.sets, keys[i]);
        if (key.chunk == chunk)
            TRY(view_row_write(a, db, keys[i], set));
        else
            TRY(unite_row(a, db, keys[i], set));
        if (key.kind == VIEW_AUDIENCE)
            TRY(view_presence_change(a, db, key, true));
    }
    return NULL;
}

static bool has_full_chunk(const struct view_state *s, uint32_t chunk_entries)
{
    return (uint64_t)s->last_number + 1 >= ((uint64_t)s->sealed_chunks + 1) * chunk_entries;
}

static err seal_next(struct arena *a, struct db *db, uint32_t chunk_entries)
{
    OWNED(db_rollback_owned)
    struct db *open = db;
    TRY(db_begin(a, open, DB_BEGIN_WRITE));
    struct view_state state;
    TRY(view_state_read(a, db, &state));
    if (!has_full_chunk(&state, chunk_entries))
        return NULL;
    TRY(seal_chunk(a, db, state.sealed_chunks, chunk_entries));
    TRY(db_run(a, db, SQL_SEALED, DB_ARGS(db_int((int64_t)state.sealed_chunks + 1))));
    return db_commit(a, db);
}

err views_seal_with(struct arena *a, struct db *db, uint32_t chunk_entries)
{
    for (;;) {
        struct view_state state;
        TRY(view_state_read(a, db, &state));
        if (!has_full_chunk(&state, chunk_entries))
            return NULL;
        TRY(seal_next(a, db, chunk_entries));
    }
}

err views_seal(struct arena *a, struct db *db)
{
    return views_seal_with(a, db, VIEW_CHUNK_ENTRIES);
}

err views_rebuild_with(struct arena *a, struct db *db, uint32_t chunk_entries)
{
    OWNED(db_rollback_owned)
    struct db *open = db;
    TRY(db_begin(a, open, DB_BEGIN_WRITE));
    struct view_state state;
    TRY(view_state_read(a, db, &state));
    uint32_t full = (uint32_t)(((uint64_t)state.last_number + 1) / chunk_entries);
    TRY(db_run(a, db, SQL_DELETE_ALL, DB_NO_ARGS));
    for (uint32_t chunk = 0; chunk < full; chunk++)
        TRY(seal_chunk(a, db, chunk, chunk_entries));
    TRY(db_run(a, db, SQL_SEALED, DB_ARGS(db_int(full))));
    TRY(db_run(a, db, SQL_EPOCH, DB_NO_ARGS));
    return db_commit(a, db);
}

err views_rebuild(struct arena *a, struct db *db)
{
    return views_rebuild_with(a, db, VIEW_CHUNK_ENTRIES);
}
