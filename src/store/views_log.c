/*
 * Views from the log: what entries are, and what they did to older ones, gathered into sets; and
 * single rows of the table that keeps sets of sealed chunks.
 */
#include "store/views_parts.h"

static const char SQL_STATE[] = "SELECT last_number, sealed_chunks, view_epoch FROM state";
static const char SQL_ENTRIES[] = "SELECT n, collection, audience, type, flags, supersedes "
                                  "FROM entry WHERE n >= ?1 AND n < ?2 ORDER BY n";
static const char SQL_WITHDRAWN[] =
    "SELECT w.n, e.audience FROM withdrawal w JOIN entry e ON e.n = w.n WHERE w.tombstone = ?1";
static const char SQL_CONTESTED[] = "SELECT n, 0 FROM contest WHERE by_number = ?1";
static const char SQL_ROW[] = "SELECT bitmap FROM view_chunk WHERE key = ?1";
static const char SQL_ROW_PUT[] = "INSERT INTO view_chunk (key, bitmap) VALUES (?1, ?2) "
                                  "ON CONFLICT (key) DO UPDATE SET bitmap = excluded.bitmap";
static const char SQL_ROW_DELETE[] = "DELETE FROM view_chunk WHERE key = ?1";

/* The log's limit of numbers leaves room for `last number + 1`. */
#define NUMBER_MAX (INT64_C(0xffff) * VIEW_CHUNK_ENTRIES - 1)

err view_state_read(struct arena *a, struct db *db, struct view_state *out)
{
    OWNED(db_query_done)
    struct db_query q = {0};
    TRY(db_query(a, db, SQL_STATE, DB_NO_ARGS, &q));
    bool has_row;
    TRY(db_next(a, &q, &has_row));
    if (!has_row)
        return FAIL(a, ERR_CORRUPT, "the row of table state is missing");
    int64_t last = db_get_int(&q, 0);
    int64_t sealed = db_get_int(&q, 1);
    if (last < 0 || last > NUMBER_MAX || sealed < 0 || sealed > last + 1)
        return FAIL(a, ERR_CORRUPT, "table state says impossible things");
    *out = (struct view_state){.last_number = (uint32_t)last,
                               .sealed_chunks = (uint32_t)sealed,
                               .view_epoch = (uint32_t)db_get_int(&q, 2)};
    return NULL;
}

/* One row of the log, as far as views care. */
struct entry_row {
    uint32_t number;
    uint32_t collection;
    uint32_t audience;
    uint32_t type;
    uint32_t flags;
    uint32_t supersedes; /* 0: nothing */
};

static err read_entry(struct arena *a, const struct db_query *q, struct entry_row *out)
{
    int64_t number = db_get_int(q, 0);
    int64_t collection = db_get_int(q, 1);
    int64_t audience = db_get_int(q, 2);
    int64_t type = db_get_int(q, 3);
    int64_t supersedes = db_is_null(q, 5) ? 0 : db_get_int(q, 5);
    if (collection < 0 || collection >= VIEW_COLLECTIONS || audience < 0 ||
        audience >= VIEW_VALUES || type < 0 || type >= VIEW_VALUES || supersedes < 0 ||
        supersedes > number)
        return FAIL(a, ERR_CORRUPT, "entry %lld of the log says impossible things",
                    (long long)number);
    *out = (struct entry_row){.number = (uint32_t)number,
                              .collection = (uint32_t)collection,
                              .audience = (uint32_t)audience,
                              .type = (uint32_t)type,
                              .flags = (uint32_t)db_get_int(q, 4),
                              .supersedes = (uint32_t)supersedes};
    return NULL;
}

struct mark {
    enum view_kind kind;
    uint32_t value;
};

static void put_mark(struct view_log *log, uint32_t collection, uint32_t number, struct mark mark)
{
    uint32_t chunk = number / log->chunk_entries;
    struct view_key key = {collection, chunk, mark.kind, mark.value};
    bitmap_add(view_sets_open(&log->sets, view_key_pack(key)), number % log->chunk_entries);
}

static void put_stamp(struct view_sets *stamps, struct view_key at, uint32_t number)
{
    uint64_t key = view_key_pack(at);
    struct view_slot *slot = view_sets_slot(stamps, key);
    if (slot == NULL) {
        view_sets_put(stamps, key, NULL);
        slot = view_sets_slot(stamps, key);
    }
    slot->stamp = number;
}

/* Remembers that something about a chunk has changed, and when. */
static void touch(struct view_log *log, uint32_t collection, uint32_t chunk, uint32_t by_number)
{
    put_stamp(&log->touched, (struct view_key){.collection = collection, .chunk = chunk},
              by_number);
}

void view_log_change(struct view_log *log, uint32_t collection, uint32_t audience)
{
    put_stamp(&log->changes, (struct view_key){collection, 0, VIEW_AUDIENCE, audience},
              log->moment);
}

/* An entry that is read again changes nothing again. */
static void put_change(struct view_log *log, const struct entry_row *row, uint32_t audience)
{
    if (row->number > log->changed_number)
        view_log_change(log, row->collection, audience);
}

/*
 * Marks the numbers that a query gives for the entry. What is withdrawn is a change to who read it;
 * that the rest is contested changes no page.
 */
static err put_marks(struct arena *a, struct db *db, const char *sql, const struct entry_row *row,
                     struct view_log *log)
{
    struct mark mark = {sql == SQL_WITHDRAWN ? VIEW_WITHDRAWN : VIEW_CONTESTED, 0};
    OWNED(db_query_done)
    struct db_query q = {0};
    TRY(db_query(a, db, sql, DB_ARGS(db_int(row->number)), &q));
    DB_ROWS(a, &q) {
        int64_t number = db_get_int(&q, 0);
        if (number < 0 || number > row->number)
            return FAIL(a, ERR_CORRUPT, "entry %lu of the log marks an entry after it",
                        (unsigned long)row->number);
        put_mark(log, row->collection, (uint32_t)number, mark);
        touch(log, row->collection, (uint32_t)number / log->chunk_entries, row->number);
        if (mark.kind == VIEW_WITHDRAWN)
            put_change(log, row, (uint32_t)db_get_int(&q, 1));
    }
    return NULL;
}

static void put_object(const struct entry_row *row, struct view_log *log)
{
    uint32_t collection = row->collection;
    put_change(log, row, row->audience);
    uint32_t spec = row->flags & ENTRY_SPEC_20 ? VIEW_SPEC_20 : VIEW_SPEC_21;
    put_mark(log, collection, row->number, (struct mark){VIEW_AUDIENCE, row->audience});
    put_mark(log, collection, row->number, (struct mark){VIEW_TYPE, row->type});
    put_mark(log, collection, row->number, (struct mark){VIEW_SPEC, spec});
    if (row->supersedes) {
        put_mark(log, collection, row->supersedes, (struct mark){VIEW_SUPERSEDED, 0});
        touch(log, collection, row->supersedes / log->chunk_entries, row->number);
    }
}

static err put_entry(struct arena *a, struct db *db, const struct entry_row *row,
                     struct view_log *log)
{
    touch(log, row->collection, row->number / log->chunk_entries, row->number);
    if (row->flags & ENTRY_TOMBSTONE)
        TRY(put_marks(a, db, SQL_WITHDRAWN, row, log));
    else
        put_object(row, log);
    if (row->flags & ENTRY_CONTESTS)
        TRY(put_marks(a, db, SQL_CONTESTED, row, log));
    return NULL;
}

err view_log_read(struct arena *a, struct db *db, struct view_range range, struct view_log *log)
{
    OWNED(db_query_done)
    struct db_query q = {0};
    TRY(db_query(a, db, SQL_ENTRIES,
                 DB_ARGS(db_int((int64_t)range.from), db_int((int64_t)range.past)), &q));
    DB_ROWS(a, &q) {
        struct entry_row row = {0};
        TRY(read_entry(a, &q, &row));
        TRY(put_entry(a, db, &row, log));
    }
    return NULL;
}

void view_log_forget(struct view_log *log)
{
    view_sets_done(&log->sets);
    view_sets_done(&log->touched);
}

void view_log_done(struct view_log *log)
{
    view_log_forget(log);
    view_sets_done(&log->changes);
}

err view_row_read(struct arena *a, struct db *db, uint64_t key, struct bitmap **out)
{
    OWNED(db_query_done)
    struct db_query q = {0};
    TRY(db_query(a, db, SQL_ROW, DB_ARGS(db_int((int64_t)key)), &q));
    bool has_row;
    TRY(db_next(a, &q, &has_row));
    if (!has_row) {
        *out = NULL;
        return NULL;
    }
    err e = bitmap_read(a, db_get_blob(&q, 0), out);
    if (e)
        return WRAP(a, e, "row %llu of view_chunk (tocsin rebuild makes it anew)",
                    (unsigned long long)key);
    return NULL;
}

err view_row_write(struct arena *a, struct db *db, uint64_t key, struct bitmap *set)
{
    if (bitmap_is_empty(set))
        return db_run(a, db, SQL_ROW_DELETE, DB_ARGS(db_int((int64_t)key)));
    OWNED(arena_done)
    struct arena scratch = {0};
    bitmap_pack(set);
    return db_run(a, db, SQL_ROW_PUT,
                  DB_ARGS(db_int((int64_t)key), db_blob(bitmap_write(&scratch, set))));
}
