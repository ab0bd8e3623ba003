/*
 * Looking entries up: by number, by object id, by time. Nothing here asks the gate.
 */
#include "store/log.h"

#include "base/clock.h"
#include "store/held.h"
#include "store/log_row.h"

void log_row_read(const struct db_query *q, struct log_entry *out)
{
    *out = (struct log_entry){
        .number = (uint32_t)db_get_int(q, 0),
        .added_us = db_get_int(q, 1),
        .collection = (uint32_t)db_get_int(q, 2),
        .audience = (uint32_t)db_get_int(q, 3),
        .clause = (uint32_t)db_get_int(q, 4),
        .contributor = db_get_int(q, 5),
        .actor = db_get_int(q, 6),
        .type = (uint32_t)db_get_int(q, 7),
        .version_us = db_get_int(q, 8),
        .flags = (unsigned)db_get_int(q, 9),
        .body = (uint32_t)db_get_int(q, 10),
        .supersedes = (uint32_t)db_get_int(q, 11),
    };
}

err log_entry_get(struct arena *a, struct session *s, uint32_t number, struct log_entry *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db, "SELECT " LOG_ROW_COLUMNS " FROM entry e WHERE e.n = ?1",
                 DB_ARGS(db_int(number)), &q));
    bool has_row;
    TRY(db_next(a, &q, &has_row));
    if (!has_row)
        return FAIL(a, ERR_NOT_FOUND, "there is no entry %u", number);
    log_row_read(&q, out);
    return NULL;
}

int64_t log_id_hash(const struct session *s, str id)
{
    return (int64_t)secret_short_hash(s->store->keys.id_hash, id);
}

err log_keys_of(struct arena *a, struct session *s, str id, uint32_t collection,
                struct log_keys *out)
{
    struct log_keys keys = {0};
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db,
                 "SELECT n, collection, audience FROM object_key WHERE hash = ?1 AND audience > 0 "
                 "ORDER BY n",
                 DB_ARGS(db_int(log_id_hash(s, id))), &q));
    DB_ROWS(a, &q) {
        if (collection == 0 || db_get_int(&q, 1) == collection)
            *LIST_ADD(a, &keys) =
                (struct log_key){(uint32_t)db_get_int(&q, 0), (uint32_t)db_get_int(&q, 1),
                                 (uint32_t)db_get_int(&q, 2)};
    }
    *out = keys;
    return NULL;
}

/* In a write session nothing is remembered, and the gate is asked each time. */
static size_t keep_held(struct session *s, const struct reader *r, struct key_audiences *list)
{
    struct held_list held = {0};
    size_t kept = 0;
    if (!s->is_write)
        held = reader_held(s, r);
    for (size_t i = 0; i < list->count; i++) {
        bool holds =
            s->is_write ? reader_may_read(s, r, list->items[i]) : held_has(&held, list->items[i]);
        if (holds)
            list->items[kept++] = list->items[i];
    }
    return kept;
}

err log_keys_held(struct arena *a, struct session *s, const struct log_asking *asking,
                  struct log_keys *out, bool *is_known)
{
    struct key_place at = {.hash = log_id_hash(s, asking->id), .collection = asking->collection};
    struct key_audiences list;
    struct log_keys keys = {0};
    TRY(object_key_audiences(a, s->db, at.hash, &list));
    *is_known = list.count > 0;
    list.count = keep_held(s, asking->reader, &list);
    for (size_t i = 0; i < list.count; i++) {
        at.audience = list.items[i];
        TRY(object_key_list(a, s->db, &at, &keys));
    }
    object_keys_sort(&keys);
    *out = keys;
    return NULL;
}

/* Hashes of different ids may meet; the id itself decides. */
static err has_id(struct arena *a, struct session *s, uint32_t body, str id, bool *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db, "SELECT id FROM body WHERE n = ?1", DB_ARGS(db_int(body)), &q));
    bool has_row;
    TRY(db_next(a, &q, &has_row));
    *out = has_row && str_eq(db_get_text(&q, 0), id);
    return NULL;
}

/* The live entries of an object among those that stand under its hash. */
err log_entries_by(struct arena *a, struct session *s, const struct log_keys *keys, str id,
                   struct log_entries *out)
{
    for (size_t i = 0; i < keys->count; i++) {
        struct log_entry entry;
        TRY(log_entry_get(a, s, keys->items[i].number, &entry));
        if (entry.flags & ENTRY_WITHDRAWN)
            continue;
        bool is_it;
        TRY(has_id(a, s, entry.body, id, &is_it));
        if (is_it)
            *LIST_ADD(a, out) = entry;
    }
    return NULL;
}

err log_entries_of(struct arena *a, struct session *s, str id, uint32_t collection,
                   struct log_entries *out)
{
    struct log_keys keys = {0};
    TRY(log_keys_of(a, s, id, collection, &keys));
    return log_entries_by(a, s, &keys, id, out);
}

err log_entries_under(struct arena *a, struct session *s, const struct log_place *at,
                      struct log_entries *out)
{
    struct log_keys keys = {0};
    const struct key_place place = {log_id_hash(s, at->id), at->audience, at->collection};
    TRY(object_key_list(a, s->db, &place, &keys));
    return log_entries_by(a, s, &keys, at->id, out);
}

err log_entries_held(struct arena *a, struct session *s, const struct log_asking *asking,
                     struct log_entries *out, bool *is_known)
{
    struct log_keys keys = {0};
    TRY(log_keys_held(a, s, asking, &keys, is_known));
    return log_entries_by(a, s, &keys, asking->id, out);
}

/* Of longer bytes the database reads the length alone. */
static err read_body(struct arena *a, struct session *s, uint32_t body, int64_t bytes_max,
                     struct log_body *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db,
                 "SELECT id, CASE WHEN length(bytes) <= ?2 THEN bytes END, warnings "
                 "FROM body WHERE n = ?1",
                 DB_ARGS(db_int(body), db_int(bytes_max)), &q));
    bool has_row;
    TRY(db_next(a, &q, &has_row));
    if (!has_row)
        return FAIL(a, ERR_CORRUPT, "the bytes of entry %u are missing; run tocsin fsck", body);
    out->id = arena_copy(a, db_get_text(&q, 0));
    out->bytes = arena_copy(a, db_get_blob(&q, 1));
    out->warnings = arena_copy(a, db_get_text(&q, 2));
    return NULL;
}

err log_body_get(struct arena *a, struct session *s, uint32_t body, struct log_body *out)
{
    return read_body(a, s, body, INT64_MAX, out);
}

err log_body_get_listed(struct arena *a, struct session *s, uint32_t body, struct log_body *out)
{
    return read_body(a, s, body, LOG_LISTED_BYTES_MAX, out);
}

err log_body_id(struct arena *a, struct session *s, uint32_t body, str *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db, "SELECT id FROM body WHERE n = ?1", DB_ARGS(db_int(body)), &q));
    bool has_row;
    TRY(db_next(a, &q, &has_row));
    if (!has_row)
        return FAIL(a, ERR_CORRUPT, "the bytes of entry %u are missing; run tocsin fsck", body);
    *out = arena_copy(a, db_get_text(&q, 0));
    return NULL;
}

err log_type_number(struct arena *a, struct session *s, str name, uint32_t *out)
{
    int64_t n;
    TRY(db_query_int(a, s->db, "SELECT n FROM type_name WHERE name = ?1", DB_ARGS(db_text(name)), 0,
                     &n));
    *out = (uint32_t)n;
    return NULL;
}

static err added_of(struct arena *a, struct session *s, int64_t number, int64_t *out)
{
    return db_query_int(a, s->db, "SELECT added FROM entry WHERE n = ?1", DB_ARGS(db_int(number)),
                        0, out);
}

/* A number between two by their times: entries come at an even pace, more or less. */
static int64_t guess_between(const int64_t numbers[2], const int64_t added[2], int64_t added_us)
{
    double share = (double)(added_us - added[0]) / (double)(added[1] - added[0]);
    int64_t guess = numbers[0] + (int64_t)(share * (double)(numbers[1] - numbers[0]));
    guess = guess > numbers[0] ? guess : numbers[0] + 1;
    return guess < numbers[1] ? guess : numbers[1] - 1;
}

/*
 * `added` rises with the number, so the rows themselves are the index. Guessing by time comes close
 * in a few steps; every other step halves, which bounds the rest.
 */
err log_number_after(struct arena *a, struct session *s, int64_t added_us, uint32_t *out)
{
    int64_t numbers[2] = {1, s->last_number}; /* added of the first <= added_us < of the second */
    int64_t added[2] = {0, s->last_added};
    bool is_past = s->last_number == 0 || added_us >= s->last_added;
    if (!is_past)
        TRY(added_of(a, s, 1, &added[0]));
    if (is_past || added_us < added[0]) {
        *out = is_past ? (uint32_t)s->last_number + 1 : 1;
        return NULL;
    }
    for (unsigned step = 0; numbers[1] - numbers[0] > 1; step++) {
        int64_t middle = step % 2 ? numbers[0] + (numbers[1] - numbers[0]) / 2
                                  : guess_between(numbers, added, added_us);
        int64_t found;
        TRY(added_of(a, s, middle, &found));
        unsigned side = found > added_us;
        numbers[side] = middle;
        added[side] = found;
    }
    *out = (uint32_t)numbers[1];
    return NULL;
}

str log_version_text(const struct log_entry *e, char text[CLOCK_TEXT_BYTES])
{
    clock_write(e->version_us, text);
    unsigned digits = (e->flags & ENTRY_DIGITS_MASK) >> ENTRY_DIGITS_SHIFT;
    if (digits > 6)
        digits = 6;
    size_t len = digits ? 20 + digits : 19;
    text[len] = 'Z';
    text[len + 1] = 0;
    return (str){text, len + 1};
}
