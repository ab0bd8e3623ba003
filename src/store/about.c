/*
 * The index of what briefings consist of.
 */
#include "store/about.h"

#include "base/map.h"
#include "store/log_row.h"

static const char SQL_PUT[] =
    "INSERT OR IGNORE INTO about (target, type, n, object, word) VALUES (?1, ?2, ?3, ?4, ?5)";
static const char SQL_LIST[] = "SELECT " LOG_ROW_COLUMNS ", a.object, a.word FROM about a "
                               "JOIN entry e ON e.n = a.n "
                               "WHERE a.target = ?1 AND a.type = ?2 ORDER BY a.n";
static const char SQL_PAIR[] = "SELECT " LOG_ROW_COLUMNS ", a.object, a.word FROM about a "
                               "JOIN entry e ON e.n = a.n "
                               "WHERE a.target = ?1 AND a.type = ?2 AND a.n > ?3 "
                               "AND EXISTS (SELECT 1 FROM about b WHERE b.target = ?4 "
                               "AND b.type = ?2 AND b.n = a.n) ORDER BY a.n";
static const char SQL_OBJECTS[] = "SELECT DISTINCT object FROM about "
                                  "WHERE target = ?1 AND type = ?2";
static const char SQL_ROWS[] = "SELECT target, type, object, word FROM about WHERE n = ?1 "
                               "ORDER BY target";
static const char SQL_NUMBERS[] = "SELECT n FROM entry WHERE collection = ?1 AND audience <> 0 "
                                  "UNION SELECT DISTINCT n FROM about ORDER BY n";

/* ---- what an entry implies */

static enum about_word word_of(const struct stix_object *o)
{
    json was_there = json_get(o->value, LIT("was_there"));
    str answer = json_get_string(o->value, LIT("answer"));
    if (str_eq(o->type, LIT("attendance")) && json_get_string(o->value, LIT("invitation_ref")).len)
        return json_is(was_there, JSON_TRUE) ? ABOUT_YES : ABOUT_NO;
    if (!str_eq(o->type, LIT("briefing-reply")))
        return ABOUT_NOTHING;
    if (str_eq(answer, LIT("delegate")))
        return ABOUT_DELEGATE;
    return str_eq(answer, LIT("yes")) ? ABOUT_YES : ABOUT_NO;
}

struct implied {
    int64_t *targets; /* ascending, without doubles */
    size_t count;
    size_t capacity;
    int64_t object;
    enum about_word word;
    bool is_purged; /* what it implied is no longer known */
};

static void add_target(struct arena *a, struct implied *to, int64_t target)
{
    size_t at = 0;
    while (at < to->count && to->targets[at] < target)
        at++;
    if (at < to->count && to->targets[at] == target)
        return;
    arena_grow(a, (void **)&to->targets, to->count++, &to->capacity, sizeof(*to->targets));
    for (size_t i = to->count - 1; i > at; i--)
        to->targets[i] = to->targets[i - 1];
    to->targets[at] = target;
}

/* Everything it names but who made it, which all of a briefing have in common. */
static void imply(struct arena *a, const struct session *s, const struct stix_object *o,
                  struct implied *out)
{
    *out = (struct implied){.object = log_id_hash(s, o->id), .word = word_of(o)};
    for (size_t i = 0; i < o->refs.count; i++) {
        if (!str_eq(o->refs.items[i], o->created_by_ref))
            add_target(a, out, log_id_hash(s, o->refs.items[i]));
    }
}

static err put_rows(struct arena *a, struct session *s, const struct about_source *entry,
                    const struct implied *rows)
{
    for (size_t i = 0; i < rows->count; i++)
        TRY(db_run(a, s->db, SQL_PUT,
                   DB_ARGS(db_int(rows->targets[i]), db_int(entry->type), db_int(entry->number),
                           db_int(rows->object), db_int(rows->word))));
    return NULL;
}

err about_put(struct arena *a, struct session *s, const struct about_source *entry,
              const struct stix_object *object)
{
    ASSERT(s->is_write);
    if (entry->collection != s->policy->briefings)
        return NULL;
    struct implied rows;
    imply(a, s, object, &rows);
    return put_rows(a, s, entry, &rows);
}

/* ---- asking */

/* Whether the reader may read entries: of one audience mostly, so the last answer is kept. */
struct permit {
    const struct session *s;
    const struct reader *r;
    uint32_t audience;
    bool may_read;
};

static bool permits(struct permit *p, const struct log_entry *e)
{
    if (e->flags & (ENTRY_WITHDRAWN | ENTRY_TOMBSTONE))
        return false;
    if (e->audience != p->audience) {
        p->audience = e->audience;
        p->may_read = reader_may_read(p->s, p->r, e->audience);
    }
    return p->may_read;
}

/* Takes the place of an earlier version of the same object. */
static void keep_newest(struct arena *a, struct map *places, const struct about_row *row,
                        struct about_rows *out)
{
    str key = {(const char *)&row->object, sizeof(row->object)};
    const size_t *place = map_get(places, key);
    if (place) {
        if (out->items[*place].entry.version_us <= row->entry.version_us)
            out->items[*place] = *row;
        return;
    }
    size_t *made = NEW(a, size_t);
    *made = out->count;
    map_put(places, arena_copy(a, key), made);
    *LIST_ADD(a, out) = *row;
}

/* Of the rows of a query those that the reader may read. */
static err take_rows(struct arena *a, struct session *s, const struct reader *r, struct db_query *q,
                     struct about_rows *out)
{
    struct map places;
    struct permit permit = {.s = s, .r = r};
    map_init(&places, a);
    DB_ROWS(a, q) {
        struct about_row row = {.object = db_get_int(q, LOG_ROW_COLUMN_COUNT)};
        int64_t word = db_get_int(q, LOG_ROW_COLUMN_COUNT + 1);
        log_row_read(q, &row.entry);
        row.word = word > 0 && word < ABOUT_WORD_COUNT ? (enum about_word)word : ABOUT_NOTHING;
        if (permits(&permit, &row.entry))
            keep_newest(a, &places, &row, out);
    }
    return NULL;
}

err about_list(struct arena *a, struct session *s, const struct reader *r, str target, str type,
               struct about_rows *out)
{
    uint32_t type_number;
    TRY(log_type_number(a, s, type, &type_number));
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db, SQL_LIST, DB_ARGS(db_int(log_id_hash(s, target)), db_int(type_number)),
                 &q));
    return take_rows(a, s, r, &q, out);
}

err about_list_pair(struct arena *a, struct session *s, const struct reader *r,
                    const struct about_pair *pair, struct about_rows *out)
{
    uint32_t type_number;
    TRY(log_type_number(a, s, pair->type, &type_number));
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db, SQL_PAIR,
                 DB_ARGS(db_int(log_id_hash(s, pair->target)), db_int(type_number),
                         db_int(pair->after), db_int(log_id_hash(s, pair->other))),
                 &q));
    return take_rows(a, s, r, &q, out);
}

err about_objects_get(struct arena *a, struct session *s, int64_t target, uint32_t type,
                      struct about_objects *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db, SQL_OBJECTS, DB_ARGS(db_int(target), db_int(type)), &q));
    DB_ROWS(a, &q)
        *LIST_ADD(a, out) = db_get_int(&q, 0);
    return NULL;
}

err about_live_ids(struct arena *a, struct session *s, const struct about_live *q,
                   struct stix_strs *out)
{
    OWNED(db_query_done) struct db_query rows = {0};
    TRY(db_query(a, s->db,
                 "SELECT DISTINCT b.id FROM about a JOIN entry e ON e.n = a.n "
                 "JOIN body b ON b.n = e.body WHERE a.target = ?1 AND a.type = ?2 "
                 "AND e.flags & ?3 = 0 LIMIT ?4",
                 DB_ARGS(db_int(q->target), db_int(q->type), db_int(ENTRY_WITHDRAWN),
                         db_int((int64_t)q->limit)),
                 &rows));
    DB_ROWS(a, &rows)
        *LIST_ADD(a, out) = arena_copy(a, db_get_text(&rows, 0));
    return NULL;
}

err about_live_id(struct arena *a, struct session *s, int64_t object, str *out)
{
    bool has_row;
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(
        a, s->db,
        "SELECT b.id FROM object_key k JOIN entry e ON e.n = k.n "
        "JOIN body b ON b.n = e.body WHERE k.hash = ?1 AND k.collection = ?2 AND k.audience > 0 "
        "AND e.flags & ?3 = 0 LIMIT 1",
        DB_ARGS(db_int(object), db_int(s->policy->briefings), db_int(ENTRY_WITHDRAWN)), &q));
    TRY(db_next(a, &q, &has_row));
    *out = has_row ? arena_copy(a, db_get_text(&q, 0)) : (str){0};
    return NULL;
}

err about_get(struct arena *a, struct session *s, const struct reader *r, str id,
              struct log_entry *out)
{
    struct log_entries entries = {0};
    const struct log_entry *newest = NULL;
    bool is_known;
    const struct log_asking asking = {r, id, s->policy->briefings};
    TRY(log_entries_held(a, s, &asking, &entries, &is_known));
    for (size_t i = 0; i < entries.count; i++) {
        const struct log_entry *e = &entries.items[i];
        if (newest == NULL || newest->version_us <= e->version_us)
            newest = e;
    }
    if (newest == NULL)
        return FAIL(a, ERR_NOT_FOUND, "there is no such thing here, or you may not see it");
    *out = *newest;
    return NULL;
}

/* ---- keeping */

/* What one entry implies: nothing unless it stands in Briefings and its bytes are there. */
static err imply_number(struct arena *a, struct session *s, uint32_t number,
                        struct log_entry *entry, struct implied *out)
{
    *out = (struct implied){0};
    err absent = log_entry_get(a, s, number, entry);
    if (absent)
        return absent->code == ERR_NOT_FOUND ? NULL : absent;
    if (entry->collection != s->policy->briefings || entry->flags & ENTRY_TOMBSTONE)
        return NULL;
    struct log_body body;
    TRY(log_body_get(a, s, entry->body, &body));
    out->is_purged = body.bytes.len == 0;
    if (out->is_purged)
        return NULL;
    OWNED(json_reader_done) struct json_reader reader = {0};
    json value;
    struct stix_object object;
    TRY(json_read(a, &reader, body.bytes, NULL, &value));
    TRY(stix_object_read(a, value, &object));
    imply(a, s, &object, out);
    return NULL;
}

/* Rows of withdrawn entries stay; those of purged ones do not count. */
static err is_as_implied(struct arena *a, struct session *s, uint32_t number, bool *out)
{
    struct log_entry entry = {0};
    struct implied rows;
    size_t at = 0;
    TRY(imply_number(a, s, number, &entry, &rows));
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db, SQL_ROWS, DB_ARGS(db_int(number)), &q));
    *out = true;
    DB_ROWS(a, &q) {
        *out &= at < rows.count && db_get_int(&q, 0) == rows.targets[at] &&
                db_get_int(&q, 1) == entry.type && db_get_int(&q, 2) == rows.object &&
                db_get_int(&q, 3) == rows.word;
        at++;
    }
    *out = rows.is_purged || (*out && at == rows.count);
    return NULL;
}

err about_find_differences(struct arena *a, struct session *s, struct about_numbers *out)
{
    OWNED(arena_done) struct arena scratch = {0};
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db, SQL_NUMBERS, DB_ARGS(db_int(s->policy->briefings)), &q));
    DB_ROWS(a, &q) {
        uint32_t number = (uint32_t)db_get_int(&q, 0);
        bool is_right = false;
        err failure = is_as_implied(&scratch, s, number, &is_right);
        if (failure) /* in longer-lived memory */
            return FAIL(a, failure->code, "%.*s", STR_ARG(error_text(a, failure)));
        arena_reset(&scratch);
        if (!is_right)
            *LIST_ADD(a, out) = number;
    }
    return NULL;
}

err about_mend(struct arena *a, struct session *s, uint32_t number)
{
    ASSERT(s->is_write);
    struct log_entry entry = {0};
    struct implied rows;
    TRY(imply_number(a, s, number, &entry, &rows));
    TRY(db_run(a, s->db, "DELETE FROM about WHERE n = ?1", DB_ARGS(db_int(number))));
    return put_rows(a, s, &(struct about_source){entry.collection, entry.type, number}, &rows);
}
