/*
 * Finding and mending keys of objects and marks of withdrawal.
 */
#include "store/mend.h"

#define PROGRESS_ROWS 4096

static const char SQL_ENTRIES[] =
    "SELECT e.n, e.collection, e.audience, e.flags, b.id FROM entry e "
    "LEFT JOIN body b ON b.n = e.body ORDER BY e.n";
static const char SQL_KEYS[] =
    "SELECT hash, audience, n FROM object_key WHERE audience > 0 ORDER BY hash, audience, n";
static const char SQL_KEY[] =
    "SELECT collection FROM object_key WHERE hash = ?1 AND audience = ?2 AND n = ?3";
static const char SQL_WITHDRAWN[] = "SELECT DISTINCT n FROM withdrawal ORDER BY n";
static const char SQL_DELETE_KEY[] =
    "DELETE FROM object_key WHERE hash = ?1 AND audience = ?2 AND n = ?3";

struct finding {
    struct arena *a;
    struct session *s;
    struct mend_numbers withdrawn; /* ascending */
    size_t next_withdrawn;
    uint64_t right_keys;
    struct mend_differences *out;
};

static err load_withdrawn(struct finding *f)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(f->a, f->s->db, SQL_WITHDRAWN, DB_NO_ARGS, &q));
    DB_ROWS(f->a, &q)
        *LIST_ADD(f->a, &f->withdrawn) = (uint32_t)db_get_int(&q, 0);
    return NULL;
}

/* What the log says of an entry that is an object. */
struct implied {
    uint32_t number;
    uint32_t collection;
    uint32_t audience;
    int64_t hash;
};

enum key_state { KEY_ABSENT, KEY_WRONG, KEY_RIGHT };

static err key_state(struct arena *a, struct session *s, const struct implied *e,
                     enum key_state *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db, SQL_KEY,
                 DB_ARGS(db_int(e->hash), db_int(e->audience), db_int(e->number)), &q));
    bool has_row;
    TRY(db_next(a, &q, &has_row));
    if (!has_row)
        *out = KEY_ABSENT;
    else
        *out = db_get_int(&q, 0) == e->collection ? KEY_RIGHT : KEY_WRONG;
    return NULL;
}

static err look_at_key(struct finding *f, const struct implied *e)
{
    enum key_state state;
    TRY(key_state(f->a, f->s, e, &state));
    f->out->keys++;
    f->right_keys += state != KEY_ABSENT;
    if (state != KEY_RIGHT)
        *LIST_ADD(f->a, &f->out->key) = e->number;
    return NULL;
}

static void look_at_flag(struct finding *f, uint32_t number, unsigned flags)
{
    const struct mend_numbers *w = &f->withdrawn;
    while (f->next_withdrawn < w->count && w->items[f->next_withdrawn] < number)
        f->next_withdrawn++;
    bool is_withdrawn = f->next_withdrawn < w->count && w->items[f->next_withdrawn] == number;
    if (is_withdrawn != ((flags & ENTRY_WITHDRAWN) != 0))
        *LIST_ADD(f->a, &f->out->flag) = number;
}

static err look_at_entry(struct finding *f, const struct db_query *q)
{
    unsigned flags = (unsigned)db_get_int(q, 3);
    const struct implied e = {.number = (uint32_t)db_get_int(q, 0),
                              .collection = (uint32_t)db_get_int(q, 1),
                              .audience = (uint32_t)db_get_int(q, 2),
                              .hash = log_id_hash(f->s, db_get_text(q, 4))};
    f->out->entries++;
    look_at_flag(f, e.number, flags);
    if (flags & ENTRY_TOMBSTONE)
        return NULL;
    if (db_is_null(q, 4))
        return FAIL(f->a, ERR_CORRUPT,
                    "the bytes of entry %u are missing, so that its object is not known; restore "
                    "a backup",
                    e.number);
    return look_at_key(f, &e);
}

/* What stands for an entry: false for a tombstone or one that is not there. */
static err implied_by_log(struct arena *a, struct session *s, uint32_t number, struct implied *out,
                          bool *is_object)
{
    struct log_entry e;
    err absent = log_entry_get(a, s, number, &e);
    *is_object = absent == NULL && !(e.flags & ENTRY_TOMBSTONE);
    if (!*is_object)
        return absent && absent->code != ERR_NOT_FOUND ? absent : NULL;
    str id;
    TRY(log_body_id(a, s, e.body, &id));
    *out = (struct implied){number, e.collection, e.audience, log_id_hash(s, id)};
    return NULL;
}

static bool is_key_of(const struct mend_stray *key, const struct implied *e)
{
    return e && e->hash == key->hash && e->audience == key->audience;
}

static err find_strays(struct finding *f)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(f->a, f->s->db, SQL_KEYS, DB_NO_ARGS, &q));
    struct arena scratch = {0};
    DB_ROWS(f->a, &q) {
        const struct mend_stray key = {db_get_int(&q, 0), (uint32_t)db_get_int(&q, 1),
                                       (uint32_t)db_get_int(&q, 2)};
        struct implied e;
        bool is_object;
        err failure = implied_by_log(&scratch, f->s, key.number, &e, &is_object);
        if (failure == NULL && !is_key_of(&key, is_object ? &e : NULL))
            *LIST_ADD(f->a, &f->out->strays) = key;
        if (failure) /* in longer-lived memory */
            failure = FAIL(f->a, failure->code, "%.*s", STR_ARG(error_text(f->a, failure)));
        arena_done(&scratch);
        TRY(failure);
    }
    return NULL;
}

err mend_find(struct arena *a, struct session *s,
              err (*on_progress)(struct arena *a, void *context, uint64_t done, uint64_t total),
              void *context, struct mend_differences *out)
{
    struct finding f = {.a = a, .s = s, .out = out};
    TRY(load_withdrawn(&f));
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db, SQL_ENTRIES, DB_NO_ARGS, &q));
    DB_ROWS(a, &q) {
        TRY(look_at_entry(&f, &q));
        if (out->entries % PROGRESS_ROWS == 0)
            TRY(on_progress(a, context, out->entries, (uint64_t)s->last_number));
    }
    int64_t stored;
    TRY(db_query_int(a, s->db, "SELECT count(*) FROM object_key WHERE audience > 0", DB_NO_ARGS, 0,
                     &stored));
    if ((uint64_t)stored != f.right_keys)
        TRY(find_strays(&f));
    return object_key_wrong_heads(a, s->db, &out->heads);
}

err mend_key(struct arena *a, struct session *s, uint32_t number)
{
    ASSERT(s->is_write);
    struct implied e;
    bool is_object;
    TRY(implied_by_log(a, s, number, &e, &is_object));
    if (!is_object)
        return NULL;
    const struct log_key key = {number, e.collection, e.audience};
    TRY(db_run(a, s->db, SQL_DELETE_KEY,
               DB_ARGS(db_int(e.hash), db_int(e.audience), db_int(number))));
    TRY(object_key_add(a, s->db, e.hash, &key, true));
    return object_key_mend_head(a, s->db, e.hash);
}

err mend_flag(struct arena *a, struct session *s, uint32_t number)
{
    ASSERT(s->is_write);
    int64_t is_withdrawn;
    TRY(db_query_int(a, s->db, "SELECT count(*) FROM withdrawal WHERE n = ?1",
                     DB_ARGS(db_int(number)), 0, &is_withdrawn));
    return db_run(a, s->db,
                  is_withdrawn ? "UPDATE entry SET flags = flags | ?2 WHERE n = ?1"
                               : "UPDATE entry SET flags = flags & ~?2 WHERE n = ?1",
                  DB_ARGS(db_int(number), db_int(ENTRY_WITHDRAWN)));
}

err mend_remove_stray(struct arena *a, struct session *s, struct mend_stray stray)
{
    ASSERT(s->is_write);
    struct implied e;
    bool is_object;
    TRY(implied_by_log(a, s, stray.number, &e, &is_object));
    if (is_key_of(&stray, is_object ? &e : NULL))
        return NULL;
    TRY(db_run(a, s->db, SQL_DELETE_KEY,
               DB_ARGS(db_int(stray.hash), db_int(stray.audience), db_int(stray.number))));
    return object_key_mend_head(a, s->db, stray.hash);
}

err mend_head(struct arena *a, struct session *s, int64_t hash)
{
    ASSERT(s->is_write);
    return object_key_mend_head(a, s->db, hash);
}
