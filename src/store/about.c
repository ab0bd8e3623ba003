/*
 * The index of what briefings consist of.
 */
#include "store/about.h"

#include "base/map.h"
#include "store/about_audiences.h"
#include "store/held.h"
#include "store/log_row.h"

#include <stdlib.h>

/* Audiences this close to each other, and all between them, are asked for together. */
#define GAP_MAX 8

static const char SQL_PUT[] = "INSERT OR IGNORE INTO about (target, type, audience, n, object, "
                              "word) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
static const char SQL_LIST[] = "SELECT " LOG_ROW_COLUMNS ", a.object, a.word FROM about a "
                               "JOIN entry e ON e.n = a.n WHERE a.target = ?1 AND a.type = ?2 "
                               "AND a.audience BETWEEN ?3 AND ?4";
/* What names the one alone is passed over in the index. */
static const char SQL_PAIR[] =
    "SELECT " LOG_ROW_COLUMNS
    ", a.object, a.word FROM about p CROSS JOIN about a CROSS JOIN entry e "
    "WHERE p.target = ?1 AND p.type = ?2 AND p.n > ?3 "
    "AND EXISTS (SELECT 1 FROM about b WHERE b.n = p.n AND b.target = ?4 AND b.type = ?2) "
    "AND a.target = ?1 AND a.type = ?2 AND a.audience = p.audience AND a.n = p.n AND e.n = p.n";
static const char SQL_OBJECTS[] = "SELECT DISTINCT object FROM about "
                                  "WHERE target = ?1 AND type = ?2";
static const char SQL_ROWS[] = "SELECT target, type, object, word, audience FROM about "
                               "WHERE n = ?1 ORDER BY target";
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
    for (size_t i = 0; i < rows->count; i++) {
        const struct about_key key = {rows->targets[i], entry->type};
        TRY(about_audiences_put(a, s->db, &key, entry->audience));
        TRY(db_run(a, s->db, SQL_PUT,
                   DB_ARGS(db_int(key.target), db_int(key.type), db_int(entry->audience),
                           db_int(entry->number), db_int(rows->object), db_int(rows->word))));
    }
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

/* What is asked for, and by whom. */
struct asking {
    struct session *s;
    const struct reader *r;
    struct about_key key;
    bool is_remembered; /* what the reader holds; else the gate is asked each time */
    struct held_list held;
};

static bool holds(const struct asking *q, uint32_t audience)
{
    return q->is_remembered ? held_has(&q->held, audience) : reader_may_read(q->s, q->r, audience);
}

static bool permits(const struct asking *q, const struct log_entry *e)
{
    return !(e->flags & (ENTRY_WITHDRAWN | ENTRY_TOMBSTONE)) && holds(q, e->audience);
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

/* Neighbours in the list of what the reader holds: nothing between them is hidden. */
struct range {
    uint32_t first;
    uint32_t last;
};

static err take_rows(struct arena *a, const struct asking *q, struct db_query *rows,
                     struct about_rows *out)
{
    DB_ROWS(a, rows) {
        struct about_row row = {.object = db_get_int(rows, LOG_ROW_COLUMN_COUNT)};
        int64_t word = db_get_int(rows, LOG_ROW_COLUMN_COUNT + 1);
        log_row_read(rows, &row.entry);
        row.word = word > 0 && word < ABOUT_WORD_COUNT ? (enum about_word)word : ABOUT_NOTHING;
        if (permits(q, &row.entry))
            *LIST_ADD(a, out) = row;
    }
    return NULL;
}

static err read_range(struct arena *a, const struct asking *q, const struct range *range,
                      struct about_rows *out)
{
    OWNED(db_query_done) struct db_query rows = {0};
    TRY(db_query(a, q->s->db, SQL_LIST,
                 DB_ARGS(db_int(q->key.target), db_int(q->key.type), db_int(range->first),
                         db_int(range->last)),
                 &rows));
    return take_rows(a, q, &rows, out);
}

/* Whether the two belong to one range: that hangs on what the reader holds alone (O1). */
static bool is_near(const struct asking *q, uint32_t one, uint32_t other)
{
    if (other - one > GAP_MAX)
        return false;
    for (uint32_t between = one + 1; between < other; between++) {
        if (!holds(q, between))
            return false;
    }
    return true;
}

/* Of the audiences under which there is anything those that the reader holds, ascending. */
static void keep_held(const struct asking *q, struct key_audiences *list)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (holds(q, list->items[i]))
            list->items[kept++] = list->items[i];
    }
    list->count = kept;
    key_audiences_sort(list);
}

/* Costs by what the reader may read of it, and five bytes for each audience of others. */
static err read_under(struct arena *a, const struct asking *q, struct key_audiences *audiences,
                      struct about_rows *out)
{
    keep_held(q, audiences);
    for (size_t i = 0; i < audiences->count;) {
        struct range range = {audiences->items[i], audiences->items[i]};
        while (++i < audiences->count && is_near(q, range.last, audiences->items[i]))
            range.last = audiences->items[i];
        TRY(read_range(a, q, &range, out));
    }
    return NULL;
}

static int log_order(const void *x, const void *y)
{
    const struct about_row *one = x;
    const struct about_row *two = y;
    return (one->entry.number > two->entry.number) - (one->entry.number < two->entry.number);
}

static void sort_rows(struct about_rows *rows)
{
    bool is_sorted = true;
    for (size_t i = 1; i < rows->count; i++)
        is_sorted &= log_order(&rows->items[i - 1], &rows->items[i]) < 0;
    if (!is_sorted)
        qsort(rows->items, rows->count, sizeof(*rows->items), log_order);
}

/*
 * In a write session nothing is remembered; of the group of a briefing it is not worth it, since
 * there is one for each briefing, and what it asks for is its own.
 */
static err begin(struct arena *a, struct asking *q, str type)
{
    q->is_remembered = !q->s->is_write && (q->r->person || q->r->token);
    if (q->is_remembered)
        q->held = reader_held(q->s, q->r);
    return log_type_number(a, q->s, type, &q->key.type);
}

/* Of each object one version, in the order of the log. */
static void settle(struct arena *a, struct about_rows *rows, struct about_rows *out)
{
    struct map places;
    map_init(&places, a);
    sort_rows(rows);
    for (size_t i = 0; i < rows->count; i++)
        keep_newest(a, &places, &rows->items[i], out);
}

err about_list(struct arena *a, struct session *s, const struct reader *r, str target, str type,
               struct about_rows *out)
{
    struct asking q = {.s = s, .r = r, .key = {.target = log_id_hash(s, target)}};
    struct key_audiences audiences;
    struct about_rows all = {0};
    TRY(begin(a, &q, type));
    TRY(about_audiences_get(a, s->db, &q.key, &audiences));
    TRY(read_under(a, &q, &audiences, &all));
    settle(a, &all, out);
    return NULL;
}

err about_list_pair(struct arena *a, struct session *s, const struct reader *r,
                    const struct about_pair *pair, struct about_rows *out)
{
    struct asking q = {.s = s, .r = r, .key = {.target = log_id_hash(s, pair->target)}};
    struct about_rows all = {0};
    OWNED(db_query_done) struct db_query rows = {0};
    TRY(begin(a, &q, pair->type));
    TRY(db_query(a, s->db, SQL_PAIR,
                 DB_ARGS(db_int(q.key.target), db_int(q.key.type), db_int(pair->after),
                         db_int(log_id_hash(s, pair->other))),
                 &rows));
    TRY(take_rows(a, &q, &rows, &all));
    settle(a, &all, out);
    return NULL;
}

static err count_part(struct arena *a, const struct asking *q, const struct key_audiences *list,
                      struct map *seen, size_t limit)
{
    for (size_t i = 0; i < list->count && seen->count < limit; i++) {
        const struct range one = {list->items[i], list->items[i]};
        struct about_rows rows = {0};
        TRY(read_range(a, q, &one, &rows));
        for (size_t k = 0; k < rows.count; k++)
            map_put(seen, (str){(char *)&rows.items[k].object, sizeof(int64_t)}, seen);
    }
    return NULL;
}

err about_count(struct arena *a, struct session *s, const struct reader *r,
                const struct about_counting *counting, size_t *out)
{
    struct asking q = {.s = s, .r = r, .key = {.target = log_id_hash(s, counting->target)}};
    size_t limit = counting->limit;
    struct map seen;
    map_init(&seen, a);
    TRY(begin(a, &q, counting->type));
    for (int64_t part = 0; seen.count < limit; part++) {
        struct key_audiences audiences = {0};
        TRY(about_audiences_part(a, s->db, &q.key, part, &audiences));
        if (audiences.count == 0)
            break;
        keep_held(&q, &audiences);
        TRY(count_part(a, &q, &audiences, &seen, limit));
    }
    *out = seen.count < limit ? seen.count : limit;
    return NULL;
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
                db_get_int(&q, 3) == rows.word && db_get_int(&q, 4) == entry.audience;
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

static err mend_audiences(struct arena *a, struct session *s, const struct about_keys *keys)
{
    for (size_t i = 0; i < keys->count; i++)
        TRY(about_audiences_mend(a, s->db, &keys->items[i]));
    return NULL;
}

err about_mend(struct arena *a, struct session *s, uint32_t number)
{
    ASSERT(s->is_write);
    struct log_entry entry = {0};
    struct implied rows;
    struct about_keys before = {0};
    struct about_keys after = {0};
    TRY(imply_number(a, s, number, &entry, &rows));
    TRY(about_keys_of(a, s->db, number, &before));
    TRY(db_run(a, s->db, "DELETE FROM about WHERE n = ?1", DB_ARGS(db_int(number))));
    TRY(put_rows(a, s, &(struct about_source){entry.collection, entry.type, number, entry.audience},
                 &rows));
    TRY(about_keys_of(a, s->db, number, &after));
    TRY(mend_audiences(a, s, &before));
    return mend_audiences(a, s, &after);
}
