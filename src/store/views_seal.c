/*
 * Writing the sets of full chunks to table view_chunk: sealing, narrowing, making all anew.
 *
 * The rows of sealed chunks hold exactly what the entries below the first unsealed number say,
 * neither less nor more, so that sealing step by step and making everything anew give the same.
 */
#include "store/views_parts.h"

static const char SQL_SEALED[] = "UPDATE state SET sealed_chunks = ?1";
static const char SQL_EPOCH[] = "UPDATE state SET view_epoch = view_epoch + 1";
static const char SQL_DELETE_ALL[] = "DELETE FROM view_chunk";
static const char SQL_ENTRY[] = "SELECT collection, audience FROM entry WHERE n = ?1";
static const char SQL_ENTRY_MOVE[] = "UPDATE entry SET audience = ?2 WHERE n = ?1";
static const char SQL_KEY_MOVE[] = "UPDATE object_key SET audience = ?3 WHERE hash = ?1 AND n = ?2";
static const char SQL_OF_OBJECT[] = "SELECT n FROM object_key WHERE hash = ?1 AND collection = ?2 "
                                    "ORDER BY n";
static const char SQL_CONTESTS[] = "UPDATE entry SET flags = flags | ?2 WHERE n = ?1";
static const char SQL_CONTEST_PUT[] = "INSERT INTO contest (by_number, n) VALUES (?1, ?2) "
                                      "ON CONFLICT DO NOTHING";

/* Memory for one chunk's sets, given back at the end of the block. */
struct sealing {
    struct arena arena;
    struct view_log log;
};

static void sealing_init(struct sealing *s, uint32_t chunk_entries)
{
    *s = (struct sealing){.log.chunk_entries = chunk_entries};
    s->log.last_numbers = NEW_ARRAY(&s->arena, VIEW_COLLECTIONS, uint32_t);
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

/* Adds to or removes from the row under `key` one value. */
static err change_row(struct arena *a, struct db *db, struct view_key key, uint32_t value,
                      bool is_in)
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

/* Notes that an audience occurs in a chunk, or no longer does. */
static err change_presence(struct arena *a, struct db *db, struct view_key key, bool is_in)
{
    uint32_t chunk = key.chunk;
    key.chunk = VIEW_CHUNKS_OF_AUDIENCE;
    return change_row(a, db, key, chunk, is_in);
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
            TRY(change_presence(a, db, key, true));
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

/* The place of an entry, before and after it is narrowed. */
struct move {
    uint32_t number;
    uint32_t collection;
    uint32_t audience_before;
    uint32_t audience_after;
    uint32_t chunk_entries;
};

/* Moves a sealed entry from one audience's set to another's. */
static err move_in_rows(struct arena *a, struct db *db, const struct move *m)
{
    uint32_t chunk = m->number / m->chunk_entries;
    uint32_t value = m->number % m->chunk_entries;
    struct view_key before = {m->collection, chunk, VIEW_AUDIENCE, m->audience_before};
    struct view_key after = {m->collection, chunk, VIEW_AUDIENCE, m->audience_after};
    TRY(change_row(a, db, before, value, false));
    TRY(change_row(a, db, after, value, true));
    TRY(change_presence(a, db, after, true));
    OWNED(bitmap_close_owned)
    struct bitmap *rest = NULL;
    TRY(view_row_read(a, db, view_key_pack(before), &rest));
    return rest ? NULL : change_presence(a, db, before, false);
}

struct numbers {
    uint32_t *items;
    size_t count;
    size_t capacity;
};

static err list_object(struct arena *a, struct db *db, int64_t object_hash, uint32_t collection,
                       struct numbers *out)
{
    OWNED(db_query_done)
    struct db_query q = {0};
    TRY(db_query(a, db, SQL_OF_OBJECT, DB_ARGS(db_int(object_hash), db_int(collection)), &q));
    for (;;) {
        bool has_row;
        TRY(db_next(a, &q, &has_row));
        if (!has_row)
            return NULL;
        *LIST_ADD(a, out) = (uint32_t)db_get_int(&q, 0);
    }
}

/*
 * Makes all entries of an object contested, in the name of the newest of them: where that one is
 * sealed they all are, where it is not the log says so to whoever reads the tail.
 */
static err contest_object(struct arena *a, struct db *db, const struct move *m,
                          const struct numbers *numbers)
{
    struct view_state state;
    TRY(view_state_read(a, db, &state));
    uint32_t newest = numbers->items[numbers->count - 1];
    bool is_sealed = newest / m->chunk_entries < state.sealed_chunks;
    TRY(db_run(a, db, SQL_CONTESTS, DB_ARGS(db_int(newest), db_int(ENTRY_CONTESTS))));
    for (size_t i = 0; i < numbers->count; i++) {
        uint32_t number = numbers->items[i];
        TRY(db_run(a, db, SQL_CONTEST_PUT, DB_ARGS(db_int(newest), db_int(number))));
        struct view_key key = {m->collection, number / m->chunk_entries, VIEW_CONTESTED, 0};
        if (is_sealed)
            TRY(change_row(a, db, key, number % m->chunk_entries, true));
    }
    return NULL;
}

static err find_move(struct arena *a, struct db *db, const struct view_narrowing *narrowing,
                     struct move *out)
{
    OWNED(db_query_done)
    struct db_query q = {0};
    TRY(db_query(a, db, SQL_ENTRY, DB_ARGS(db_int(narrowing->number)), &q));
    bool has_row;
    TRY(db_next(a, &q, &has_row));
    if (!has_row)
        return FAIL(a, ERR_NOT_FOUND, "the log has no such entry");
    out->number = narrowing->number;
    out->collection = (uint32_t)db_get_int(&q, 0);
    out->audience_before = (uint32_t)db_get_int(&q, 1);
    out->audience_after = narrowing->audience;
    return NULL;
}

err views_narrow_with(struct arena *a, struct db *db, const struct view_narrowing *narrowing,
                      uint32_t chunk_entries)
{
    ASSERT(db_is_in_transaction(db));
    struct move m = {.chunk_entries = chunk_entries};
    struct view_state state;
    TRY(view_state_read(a, db, &state));
    TRY(find_move(a, db, narrowing, &m));
    if (m.audience_before == m.audience_after)
        return NULL;
    TRY(db_run(a, db, SQL_ENTRY_MOVE, DB_ARGS(db_int(m.number), db_int(m.audience_after))));
    TRY(db_run(
        a, db, SQL_KEY_MOVE,
        DB_ARGS(db_int(narrowing->object_hash), db_int(m.number), db_int(m.audience_after))));
    if (m.number / chunk_entries < state.sealed_chunks)
        TRY(move_in_rows(a, db, &m));
    struct numbers numbers = {0};
    TRY(list_object(a, db, narrowing->object_hash, m.collection, &numbers));
    if (numbers.count > 1)
        TRY(contest_object(a, db, &m, &numbers));
    return db_run(a, db, SQL_EPOCH, DB_NO_ARGS);
}

err views_narrow(struct arena *a, struct db *db, const struct view_narrowing *narrowing)
{
    return views_narrow_with(a, db, narrowing, VIEW_CHUNK_ENTRIES);
}
