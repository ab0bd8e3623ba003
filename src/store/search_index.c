/*
 * The index behind search. It keeps no text: what is taken out of it is worked out again from the
 * bytes and the audience under which it was put in.
 */
#include "store/search_index.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/map.h"

#define ADVANCE_US_MAX 20000
#define TEXT_BYTES_MAX ((size_t)1 << 20)
/* Which words entries have here. */
#define FORM 1

static const char SQL_STATE[] = "SELECT indexed, EXISTS (SELECT 1 FROM search_moved), form "
                                "FROM search_state WHERE one = 1";
static const char SQL_MOVED[] = "SELECT n, audience FROM search_moved ORDER BY n LIMIT 1";
static const char SQL_MOVED_OF[] = "SELECT audience FROM search_moved WHERE n = ?1";
static const char SQL_MOVED_DONE[] = "DELETE FROM search_moved WHERE n = ?1";
static const char SQL_PUT[] = "INSERT INTO search_index (rowid, words) VALUES (?1, ?2)";
static const char SQL_TAKE[] =
    "INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', ?1, ?2)";
static const char SQL_INDEXED[] = "UPDATE search_state SET indexed = ?1, form = ?2 WHERE one = 1";
static const char SQL_TERMS[] = "SELECT term, doc FROM search_term";
static const char SQL_COMPACT[] = "INSERT INTO search_index (search_index) VALUES ('optimize')";
static const char SQL_EMPTY[] = "INSERT INTO search_index (search_index) VALUES ('delete-all')";

err search_state_read(struct arena *a, struct session *s, struct search_state *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    bool has_row;
    TRY(db_query(a, s->db, SQL_STATE, DB_NO_ARGS, &q));
    TRY(db_next(a, &q, &has_row));
    if (!has_row)
        return FAIL(a, ERR_CORRUPT, "table search_state is empty; restore a backup");
    bool is_of_old = db_get_int(&q, 2) != FORM;
    *out = (struct search_state){.indexed = is_of_old ? 0 : (uint32_t)db_get_int(&q, 0),
                                 .has_moved = !is_of_old && db_get_int(&q, 1),
                                 .is_of_old = is_of_old};
    return NULL;
}

/* ---- what an entry implies */

/* One reader for all bodies: making one for each costs more than reading. */
struct indexing {
    struct arena *a; /* of one entry */
    struct session *s;
    struct json_reader json;
};

static void indexing_done(struct indexing *x)
{
    json_reader_done(&x->json);
}

void search_put_term(struct buf *to, uint32_t audience, str word)
{
    buf_print(to, "%xx%.*s", audience, STR_ARG(word));
}

static err put_indexed(struct arena *a, struct session *s, uint32_t number)
{
    return db_run(a, s->db, SQL_INDEXED, DB_ARGS(db_int(number), db_int(FORM)));
}

/* What it names beside who made it: objects it points at, and objects it contains. */
static err add_refs(struct arena *a, const struct session *s, json object, struct search_words *out)
{
    struct stix_object o;
    struct map met;
    map_init(&met, a);
    TRY(stix_object_read(a, object, &o));
    for (size_t i = 0; i < o.refs.count && met.count < SEARCH_REFS_MAX; i++) {
        str id = o.refs.items[i];
        if (str_eq(id, o.created_by_ref) || map_get(&met, id))
            continue;
        map_put(&met, id, out);
        *LIST_ADD(a, out) = search_word_of_ref(a, log_id_hash(s, id));
    }
    return NULL;
}

/* No words for what is no object, and for what was purged. */
static err words_of_body(struct indexing *x, const struct log_entry *e, struct search_words *out)
{
    struct log_body body;
    json object;
    if (e->flags & ENTRY_TOMBSTONE)
        return NULL;
    TRY(log_body_get(x->a, x->s, e->body, &body));
    if (body.bytes.len == 0)
        return NULL;
    TRY(json_read(x->a, &x->json, body.bytes, NULL, &object));
    search_words_of_object(x->a, object, out);
    return add_refs(x->a, x->s, object, out);
}

/* One of the two statements, with the words of an entry under an audience. */
static err run_words(struct indexing *x, const char *sql, const struct log_entry *e,
                     uint32_t audience)
{
    struct search_words words = {0};
    OWNED(buf_done) struct buf text;
    buf_init(&text, TEXT_BYTES_MAX);
    TRY(words_of_body(x, e, &words));
    if (words.count == 0)
        return NULL;
    for (size_t i = 0; i < words.count; i++) {
        search_put_term(&text, audience, words.items[i]);
        buf_put_char(&text, ' ');
    }
    TRY(buf_check(x->a, &text));
    return db_run(x->a, x->s->db, sql, DB_ARGS(db_int(e->number), db_text(buf_str(&text))));
}

static err index_entry(struct indexing *x, uint32_t number)
{
    struct log_entry e;
    TRY(log_entry_get(x->a, x->s, number, &e));
    return run_words(x, SQL_PUT, &e, e.audience);
}

/* ---- following the log */

/* The first that has moved; `*number` is 0 where none has. */
static err next_moved(struct arena *a, struct session *s, uint32_t *number, uint32_t *audience)
{
    OWNED(db_query_done) struct db_query q = {0};
    bool has_row;
    TRY(db_query(a, s->db, SQL_MOVED, DB_NO_ARGS, &q));
    TRY(db_next(a, &q, &has_row));
    *number = has_row ? (uint32_t)db_get_int(&q, 0) : 0;
    *audience = has_row ? (uint32_t)db_get_int(&q, 1) : 0;
    return NULL;
}

static err move_entry(struct indexing *x, uint32_t number, uint32_t from)
{
    struct log_entry e;
    TRY(log_entry_get(x->a, x->s, number, &e));
    TRY(run_words(x, SQL_TAKE, &e, from));
    TRY(run_words(x, SQL_PUT, &e, e.audience));
    return db_run(x->a, x->s->db, SQL_MOVED_DONE, DB_ARGS(db_int(number)));
}

/* The next thing to do; `*is_done` where there was none. Moves come first. */
static err step(struct indexing *x, struct search_state *at, bool *is_done)
{
    uint32_t number = 0;
    uint32_t audience = 0;
    if (at->has_moved)
        TRY(next_moved(x->a, x->s, &number, &audience));
    at->has_moved = number != 0;
    if (number)
        return move_entry(x, number, audience);
    *is_done = at->indexed >= (uint32_t)x->s->last_number;
    return *is_done ? NULL : index_entry(x, ++at->indexed);
}

err search_advance(struct arena *a, struct session *s)
{
    ASSERT(s->is_write);
    OWNED(arena_done) struct arena scratch = {0};
    OWNED(indexing_done) struct indexing x = {.a = &scratch, .s = s};
    struct search_state at = {0};
    bool is_done = false;
    int64_t until_us = clock_monotonic_us() + ADVANCE_US_MAX;
    TRY(search_state_read(a, s, &at));
    if (at.is_of_old)
        TRY(search_reset(a, s));
    while (!is_done && clock_monotonic_us() < until_us) {
        err failure = step(&x, &at, &is_done);
        if (failure) /* in longer-lived memory */
            return FAIL(a, failure->code, "%.*s", STR_ARG(error_text(a, failure)));
        arena_reset(&scratch);
    }
    return put_indexed(a, s, at.indexed);
}

/* The audience under which an entry stands in the index. */
static err indexed_audience(struct arena *a, struct session *s, const struct log_entry *e,
                            uint32_t *out)
{
    int64_t audience;
    TRY(db_query_int(a, s->db, SQL_MOVED_OF, DB_ARGS(db_int(e->number)), e->audience, &audience));
    *out = (uint32_t)audience;
    return NULL;
}

static err take_entry(struct indexing *x, const struct log_entry *e)
{
    uint32_t audience;
    TRY(indexed_audience(x->a, x->s, e, &audience));
    TRY(run_words(x, SQL_TAKE, e, audience));
    return db_run(x->a, x->s->db, SQL_MOVED_DONE, DB_ARGS(db_int(e->number)));
}

err search_forget(struct arena *a, struct session *s, uint32_t body, str id)
{
    ASSERT(s->is_write);
    OWNED(indexing_done) struct indexing x = {.a = a, .s = s};
    struct search_state at = {0};
    struct log_keys keys = {0};
    TRY(search_state_read(a, s, &at));
    TRY(log_keys_of(a, s, id, 0, &keys));
    for (size_t i = 0; i < keys.count; i++) {
        struct log_entry e;
        TRY(log_entry_get(a, s, keys.items[i].number, &e));
        if (e.body == body && e.number <= at.indexed)
            TRY(take_entry(&x, &e));
    }
    return NULL;
}

err search_forget_all(struct arena *a, struct session *s)
{
    return db_run(a, s->db, SQL_COMPACT, DB_NO_ARGS);
}

err search_reset(struct arena *a, struct session *s)
{
    ASSERT(s->is_write);
    TRY(db_run(a, s->db, SQL_EMPTY, DB_NO_ARGS));
    TRY(db_run(a, s->db, "DELETE FROM search_moved", DB_NO_ARGS));
    return put_indexed(a, s, 0);
}

/* ---- comparing */

/* By chunks of entries: the sum of a hash of each word of each, in any order. */
struct sums {
    uint64_t *items;
    size_t count;
};

static void add_term(struct sums *sums, uint32_t number, str term)
{
    uint64_t mixed = (map_hash(term) ^ number) * 0x9e3779b97f4a7c15u;
    size_t chunk = number / VIEW_CHUNK_ENTRIES;
    if (chunk < sums->count)
        sums->items[chunk] += mixed ^ mixed >> 32;
}

static err sum_entry(struct indexing *x, uint32_t number, struct sums *sums)
{
    struct log_entry e;
    uint32_t audience;
    struct search_words words = {0};
    OWNED(buf_done) struct buf term;
    buf_init(&term, SEARCH_WORD_BYTES_MAX + 16);
    TRY(log_entry_get(x->a, x->s, number, &e));
    TRY(indexed_audience(x->a, x->s, &e, &audience));
    TRY(words_of_body(x, &e, &words));
    for (size_t i = 0; i < words.count; i++) {
        buf_clear(&term);
        search_put_term(&term, audience, words.items[i]);
        add_term(sums, number, buf_str(&term));
    }
    return NULL;
}

static err sum_log(struct arena *a, struct session *s, uint32_t indexed, struct sums *sums)
{
    OWNED(arena_done) struct arena scratch = {0};
    OWNED(indexing_done) struct indexing x = {.a = &scratch, .s = s};
    for (uint32_t number = 1; number <= indexed; number++) {
        err failure = sum_entry(&x, number, sums);
        if (failure)
            return FAIL(a, failure->code, "%.*s", STR_ARG(error_text(a, failure)));
        arena_reset(&scratch);
    }
    return NULL;
}

static err sum_index(struct arena *a, struct session *s, struct sums *sums)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db, SQL_TERMS, DB_NO_ARGS, &q));
    DB_ROWS(a, &q)
        add_term(sums, (uint32_t)db_get_int(&q, 1), db_get_text(&q, 0));
    return NULL;
}

err search_check(struct arena *a, struct session *s)
{
    struct search_state at = {0};
    TRY(search_state_read(a, s, &at));
    if (at.is_of_old)
        return NULL;
    size_t chunks = (size_t)s->last_number / VIEW_CHUNK_ENTRIES + 1;
    struct sums log = {NEW_ARRAY(a, chunks, uint64_t), chunks};
    struct sums index = {NEW_ARRAY(a, chunks, uint64_t), chunks};
    TRY(sum_log(a, s, at.indexed, &log));
    TRY(sum_index(a, s, &index));
    for (size_t i = 0; i < chunks; i++) {
        if (log.items[i] != index.items[i])
            return FAIL(a, ERR_CORRUPT,
                        "the words of entries %zu to %zu are not indexed as the log has them "
                        "(tocsin rebuild mends this)",
                        i * VIEW_CHUNK_ENTRIES + 1, (i + 1) * VIEW_CHUNK_ENTRIES);
    }
    return NULL;
}
