/*
 * Narrowing: one entry moves to another audience, in the log, in its rows, and in the views of
 * every process, which follow narrowings one by one as long as the database remembers them.
 */
#include "store/about_audiences.h"
#include "store/object_key.h"
#include "store/views_parts.h"

static const char SQL_ENTRY[] = "SELECT collection, audience FROM entry WHERE n = ?1";
/* What the index of words has of it moves later (search_index.c); the first move says whence. */
static const char SQL_SEARCH_MOVED[] =
    "INSERT OR IGNORE INTO search_moved (n, audience) SELECT ?1, ?2 FROM search_state "
    "WHERE indexed >= ?1";
static const char SQL_ENTRY_MOVE[] = "UPDATE entry SET audience = ?2 WHERE n = ?1";
static const char SQL_CONTESTS[] = "UPDATE entry SET flags = flags | ?2 WHERE n = ?1";
static const char SQL_CONTEST_PUT[] = "INSERT INTO contest (by_number, n) VALUES (?1, ?2) "
                                      "ON CONFLICT DO NOTHING";
static const char SQL_CONTESTED[] = "SELECT n FROM contest WHERE by_number = ?1";
/* One row by its key: any other update might fail half-way, and is journalled page by page. */
static const char SQL_EPOCH[] = "UPDATE state SET view_epoch = view_epoch + 1 WHERE one = 1";
static const char SQL_REMEMBER[] =
    "INSERT INTO narrowing (epoch, n, audience_before, contested_by) VALUES (?1, ?2, ?3, ?4)";
static const char SQL_FORGET[] = "DELETE FROM narrowing WHERE epoch <= ?1";
static const char SQL_SINCE[] = "SELECT n, audience_before, contested_by FROM narrowing "
                                "WHERE epoch > ?1 AND epoch <= ?2 ORDER BY epoch";

/* So many are remembered; who missed more makes everything anew. */
#define NARROWINGS_KEPT 1000

/* The place of an entry, before and after it is narrowed. */
struct move {
    uint32_t number;
    uint32_t collection;
    uint32_t audience_before;
    uint32_t audience_after;
    uint32_t chunk_entries;
    uint32_t sealed_chunks;
};

/* Moves a sealed entry from one audience's set to another's. */
static err move_in_rows(struct arena *a, struct db *db, const struct move *m)
{
    uint32_t chunk = m->number / m->chunk_entries;
    uint32_t value = m->number % m->chunk_entries;
    struct view_key before = {m->collection, chunk, VIEW_AUDIENCE, m->audience_before};
    struct view_key after = {m->collection, chunk, VIEW_AUDIENCE, m->audience_after};
    TRY(view_row_change(a, db, before, value, false));
    TRY(view_row_change(a, db, after, value, true));
    TRY(view_presence_change(a, db, after, true));
    OWNED(bitmap_close_owned)
    struct bitmap *rest = NULL;
    TRY(view_row_read(a, db, view_key_pack(before), &rest));
    return rest ? NULL : view_presence_change(a, db, before, false);
}

/* What the entry leaves behind, and what it comes to, itself among them, in their order. */
static err list_beside(struct arena *a, struct db *db, int64_t object_hash, const struct move *m,
                       struct log_keys *out)
{
    struct key_place at = {object_hash, m->audience_before, m->collection};
    TRY(object_key_list(a, db, &at, out));
    at.audience = m->audience_after;
    TRY(object_key_list(a, db, &at, out));
    object_keys_sort(out);
    return NULL;
}

/*
 * Makes all of these contested, in the name of the newest of them: where that one is sealed they
 * all are, where it is not the log says so to whoever reads the tail. Each is by itself, too, so
 * that what comes beside it finds it so.
 */
static err contest_all(struct arena *a, struct db *db, const struct move *m,
                       const struct log_keys *keys)
{
    uint32_t newest = keys->items[keys->count - 1].number;
    bool is_sealed = newest / m->chunk_entries < m->sealed_chunks;
    for (size_t i = 0; i < keys->count; i++) {
        uint32_t number = keys->items[i].number;
        TRY(db_run(a, db, SQL_CONTESTS, DB_ARGS(db_int(number), db_int(ENTRY_CONTESTS))));
        TRY(db_run(a, db, SQL_CONTEST_PUT, DB_ARGS(db_int(number), db_int(number))));
        TRY(db_run(a, db, SQL_CONTEST_PUT, DB_ARGS(db_int(newest), db_int(number))));
        struct view_key key = {m->collection, number / m->chunk_entries, VIEW_CONTESTED, 0};
        if (is_sealed)
            TRY(view_row_change(a, db, key, number % m->chunk_entries, true));
    }
    return NULL;
}

/* Fills in the collection and the audience as it stands. */
static err find_entry(struct arena *a, struct db *db, uint32_t number, struct move *out)
{
    OWNED(db_query_done)
    struct db_query q = {0};
    TRY(db_query(a, db, SQL_ENTRY, DB_ARGS(db_int(number)), &q));
    bool has_row;
    TRY(db_next(a, &q, &has_row));
    if (!has_row)
        return FAIL(a, ERR_NOT_FOUND, "the log has no such entry");
    out->number = number;
    out->collection = (uint32_t)db_get_int(&q, 0);
    out->audience_before = (uint32_t)db_get_int(&q, 1);
    return NULL;
}

/* Raises the epoch and says what this step of it was. */
static err remember(struct arena *a, struct db *db, const struct move *m, uint32_t contested_by)
{
    struct view_state state;
    TRY(db_run(a, db, SQL_EPOCH, DB_NO_ARGS));
    TRY(view_state_read(a, db, &state));
    TRY(db_run(a, db, SQL_REMEMBER,
               DB_ARGS(db_int(state.view_epoch), db_int(m->number), db_int(m->audience_before),
                       db_int(contested_by))));
    return db_run(a, db, SQL_FORGET, DB_ARGS(db_int((int64_t)state.view_epoch - NARROWINGS_KEPT)));
}

err views_narrow_with(struct arena *a, struct db *db, const struct view_narrowing *narrowing,
                      uint32_t chunk_entries)
{
    ASSERT(db_is_in_transaction(db));
    struct view_state state;
    TRY(view_state_read(a, db, &state));
    struct move m = {.audience_after = narrowing->audience,
                     .chunk_entries = chunk_entries,
                     .sealed_chunks = state.sealed_chunks};
    TRY(find_entry(a, db, narrowing->number, &m));
    if (m.audience_before == m.audience_after)
        return NULL;
    TRY(db_run(a, db, SQL_SEARCH_MOVED, DB_ARGS(db_int(m.number), db_int(m.audience_before))));
    TRY(db_run(a, db, SQL_ENTRY_MOVE, DB_ARGS(db_int(m.number), db_int(m.audience_after))));
    const struct log_key key = {m.number, m.collection, m.audience_before};
    TRY(object_key_move(a, db, narrowing->object_hash, &key, m.audience_after));
    TRY(about_audiences_move(a, db, m.number, m.audience_after));
    if (m.number / chunk_entries < m.sealed_chunks)
        TRY(move_in_rows(a, db, &m));
    struct log_keys keys = {0};
    TRY(list_beside(a, db, narrowing->object_hash, &m, &keys));
    if (keys.count < 2)
        return remember(a, db, &m, 0);
    TRY(contest_all(a, db, &m, &keys));
    return remember(a, db, &m, keys.items[keys.count - 1].number);
}

err views_narrow(struct arena *a, struct db *db, const struct view_narrowing *narrowing)
{
    return views_narrow_with(a, db, narrowing, VIEW_CHUNK_ENTRIES);
}

/* Reads a row again if it is in memory. */
static err refresh_row(struct arena *a, struct views *v, struct db *db, struct view_key key)
{
    uint64_t packed = view_key_pack(key);
    struct view_slot *slot = view_sets_slot(&v->rows, packed);
    if (slot == NULL)
        return NULL;
    struct bitmap *set = NULL;
    TRY(view_row_read(a, db, packed, &set));
    view_sets_replace(&v->rows, slot, set);
    return NULL;
}

/* The audiences of one entry that was narrowed, as the snapshot has them now. */
static err follow_move(struct arena *a, struct views *v, struct db *db, const struct move *m)
{
    uint32_t chunk = m->number / m->chunk_entries;
    struct view_key before = {m->collection, chunk, VIEW_AUDIENCE, m->audience_before};
    struct view_key after = {m->collection, chunk, VIEW_AUDIENCE, m->audience_after};
    if (chunk >= m->sealed_chunks) {
        struct bitmap *left = view_sets_get(&v->tail.sets, view_key_pack(before));
        if (left)
            bitmap_remove(left, m->number % m->chunk_entries);
        bitmap_add(view_sets_open(&v->tail.sets, view_key_pack(after)),
                   m->number % m->chunk_entries);
        return NULL;
    }
    TRY(refresh_row(a, v, db, before));
    TRY(refresh_row(a, v, db, after));
    before.chunk = VIEW_CHUNKS_OF_AUDIENCE;
    after.chunk = VIEW_CHUNKS_OF_AUDIENCE;
    TRY(refresh_row(a, v, db, before));
    return refresh_row(a, v, db, after);
}

/* What became contested with it. */
static err follow_contest(struct arena *a, struct views *v, struct db *db, const struct move *m,
                          uint32_t contested_by)
{
    bool is_sealed = contested_by / m->chunk_entries < m->sealed_chunks;
    OWNED(db_query_done)
    struct db_query q = {0};
    TRY(db_query(a, db, SQL_CONTESTED, DB_ARGS(db_int(contested_by)), &q));
    DB_ROWS(a, &q) {
        uint32_t number = (uint32_t)db_get_int(&q, 0);
        struct view_key key = {m->collection, number / m->chunk_entries, VIEW_CONTESTED, 0};
        if (is_sealed)
            TRY(refresh_row(a, v, db, key));
        else
            bitmap_add(view_sets_open(&v->tail.sets, view_key_pack(key)),
                       number % m->chunk_entries);
    }
    return NULL;
}

/* A row of table narrowing. */
struct step {
    uint32_t number;
    uint32_t audience_before;
    uint32_t contested_by;
};

struct steps {
    struct step *items;
    size_t count;
    size_t capacity;
};

static err list_steps(struct arena *a, struct db *db, uint32_t from, uint32_t to, struct steps *out)
{
    OWNED(db_query_done)
    struct db_query q = {0};
    TRY(db_query(a, db, SQL_SINCE, DB_ARGS(db_int(from), db_int(to)), &q));
    DB_ROWS(a, &q)
        *LIST_ADD(a, out) = (struct step){.number = (uint32_t)db_get_int(&q, 0),
                                          .audience_before = (uint32_t)db_get_int(&q, 1),
                                          .contested_by = (uint32_t)db_get_int(&q, 2)};
    return NULL;
}

/* Entries that the views do not know yet are read later, as they stand now. */
static err follow_step(struct arena *a, struct views *v, struct db *db, const struct step *step,
                       bool moves_sets)
{
    struct move m = {.chunk_entries = v->options.chunk_entries,
                     .sealed_chunks = v->known.sealed_chunks};
    TRY(find_entry(a, db, step->number, &m));
    m.audience_after = m.audience_before;
    m.audience_before = step->audience_before;
    if (m.number <= v->known.last_number) {
        view_log_change(&v->tail, m.collection, m.audience_before);
        view_log_change(&v->tail, m.collection, m.audience_after);
    }
    if (!moves_sets)
        return NULL;
    if (m.number <= v->known.last_number)
        TRY(follow_move(a, v, db, &m));
    if (step->contested_by && step->contested_by <= v->known.last_number)
        TRY(follow_contest(a, v, db, &m, step->contested_by));
    return NULL;
}

err views_follow(struct arena *a, struct views *v, struct db *db, uint32_t view_epoch,
                 bool *is_whole)
{
    struct steps steps = {0};
    TRY(list_steps(a, db, v->known.view_epoch, view_epoch, &steps));
    bool moves_sets = *is_whole;
    if (steps.count != view_epoch - v->known.view_epoch) {
        v->unknown_moment = v->tail.moment;
        *is_whole = false;
        return NULL;
    }
    for (size_t i = 0; i < steps.count; i++)
        TRY(follow_step(a, v, db, &steps.items[i], moves_sets));
    return NULL;
}
