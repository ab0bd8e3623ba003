/*
 * Audiences beside the rows of the index `about`.
 */
#include "store/about_audiences.h"

/* So many characters stay within one page of the database. */
#define PART_AUDIENCES 180
#define PART_BYTES ((size_t)PART_AUDIENCES * KEY_AUDIENCE_DIGITS)

static const char SQL_GET[] = "SELECT audiences FROM about_audiences "
                              "WHERE target = ?1 AND type = ?2 ORDER BY part";
static const char SQL_PART[] = "SELECT audiences FROM about_audiences "
                               "WHERE target = ?1 AND type = ?2 AND part = ?3";
static const char SQL_LAST[] = "SELECT part, audiences FROM about_audiences "
                               "WHERE target = ?1 AND type = ?2 ORDER BY part DESC LIMIT 1";
static const char SQL_IS_THERE[] = "SELECT 1 FROM about "
                                   "WHERE target = ?1 AND type = ?2 AND audience = ?3 LIMIT 1";
static const char SQL_PUT[] =
    "INSERT INTO about_audiences (target, type, part, audiences) VALUES (?1, ?2, ?3, ?4) "
    "ON CONFLICT (target, type, part) DO UPDATE SET audiences = excluded.audiences";
static const char SQL_DELETE[] = "DELETE FROM about_audiences WHERE target = ?1 AND type = ?2";
static const char SQL_DISTINCT[] = "SELECT DISTINCT audience FROM about "
                                   "WHERE target = ?1 AND type = ?2 ORDER BY audience";
static const char SQL_KEYS_OF[] = "SELECT target, type FROM about WHERE n = ?1";
static const char SQL_MOVE[] = "UPDATE about SET audience = ?2 WHERE n = ?1";
/* Those with rows, and those that have lost theirs. */
static const char SQL_KEYS[] = "SELECT target, type FROM about UNION "
                               "SELECT target, type FROM about_audiences ORDER BY target, type";

#define KEY_ARGS(key) db_int((key)->target), db_int((key)->type)

err about_audiences_get(struct arena *a, struct db *db, const struct about_key *key,
                        struct key_audiences *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, db, SQL_GET, DB_ARGS(KEY_ARGS(key)), &q));
    *out = (struct key_audiences){0};
    DB_ROWS(a, &q)
        key_audiences_read(a, db_get_text(&q, 0), out);
    return NULL;
}

err about_audiences_part(struct arena *a, struct db *db, const struct about_key *key, int64_t part,
                         struct key_audiences *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, db, SQL_PART, DB_ARGS(KEY_ARGS(key), db_int(part)), &q));
    DB_ROWS(a, &q)
        key_audiences_read(a, db_get_text(&q, 0), out);
    return NULL;
}

static err put_part(struct arena *a, struct db *db, const struct about_key *key, int64_t part,
                    str audiences)
{
    return db_run(a, db, SQL_PUT, DB_ARGS(KEY_ARGS(key), db_int(part), db_text(audiences)));
}

err about_audiences_put(struct arena *a, struct db *db, const struct about_key *key,
                        uint32_t audience)
{
    const struct key_audiences one = {.items = &audience, .count = 1};
    int64_t is_there;
    bool has_part;
    int64_t part = 0;
    str before = {0};
    TRY(db_query_int(a, db, SQL_IS_THERE, DB_ARGS(KEY_ARGS(key), db_int(audience)), 0, &is_there));
    if (is_there)
        return NULL;
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, db, SQL_LAST, DB_ARGS(KEY_ARGS(key)), &q));
    TRY(db_next(a, &q, &has_part));
    if (has_part) {
        part = db_get_int(&q, 0);
        before = arena_copy(a, db_get_text(&q, 1));
    }
    db_query_done(&q);
    if (before.len >= PART_BYTES) {
        part++;
        before = (str){0};
    }
    str audiences = arena_join(a, before, key_audiences_write(a, &one), (str){0});
    return put_part(a, db, key, part, audiences);
}

static err list_audiences(struct arena *a, struct db *db, const struct about_key *key,
                          struct key_audiences *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, db, SQL_DISTINCT, DB_ARGS(KEY_ARGS(key)), &q));
    DB_ROWS(a, &q)
        *LIST_ADD(a, out) = (uint32_t)db_get_int(&q, 0);
    return NULL;
}

err about_audiences_mend(struct arena *a, struct db *db, const struct about_key *key)
{
    struct key_audiences all = {0};
    TRY(list_audiences(a, db, key, &all));
    TRY(db_run(a, db, SQL_DELETE, DB_ARGS(KEY_ARGS(key))));
    str rest = key_audiences_write(a, &all);
    for (int64_t part = 0; rest.len; part++, rest = str_skip(rest, PART_BYTES))
        TRY(put_part(a, db, key, part, str_part(rest, 0, PART_BYTES)));
    return NULL;
}

static err list_keys(struct arena *a, struct db *db, const char *sql, const struct db_value *args,
                     size_t count, struct about_keys *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, db, sql, args, count, &q));
    DB_ROWS(a, &q)
        *LIST_ADD(a, out) = (struct about_key){db_get_int(&q, 0), (uint32_t)db_get_int(&q, 1)};
    return NULL;
}

err about_keys_of(struct arena *a, struct db *db, uint32_t number, struct about_keys *out)
{
    return list_keys(a, db, SQL_KEYS_OF, DB_ARGS(db_int(number)), out);
}

err about_audiences_move(struct arena *a, struct db *db, uint32_t number, uint32_t audience)
{
    struct about_keys keys = {0};
    TRY(about_keys_of(a, db, number, &keys));
    if (keys.count == 0)
        return NULL;
    TRY(db_run(a, db, SQL_MOVE, DB_ARGS(db_int(number), db_int(audience))));
    for (size_t i = 0; i < keys.count; i++)
        TRY(about_audiences_mend(a, db, &keys.items[i]));
    return NULL;
}

/* ---- comparing */

static err is_right(struct arena *a, struct db *db, const struct about_key *key, bool *out)
{
    struct key_audiences implied = {0};
    struct key_audiences said;
    TRY(list_audiences(a, db, key, &implied));
    TRY(about_audiences_get(a, db, key, &said));
    key_audiences_sort(&said);
    *out = str_eq(key_audiences_write(a, &said), key_audiences_write(a, &implied));
    return NULL;
}

err about_find_wrong_audiences(struct arena *a, struct session *s, struct about_keys *out)
{
    OWNED(arena_done) struct arena scratch = {0};
    struct about_keys all = {0};
    TRY(list_keys(a, s->db, SQL_KEYS, DB_NO_ARGS, &all));
    for (size_t i = 0; i < all.count; i++) {
        bool is_good = false;
        err failure = is_right(&scratch, s->db, &all.items[i], &is_good);
        if (failure) /* in longer-lived memory */
            return FAIL(a, failure->code, "%.*s", STR_ARG(error_text(&scratch, failure)));
        arena_reset(&scratch);
        if (!is_good)
            *LIST_ADD(a, out) = all.items[i];
    }
    return NULL;
}

err about_mend_audiences(struct arena *a, struct session *s, const struct about_key *key)
{
    ASSERT(s->is_write);
    return about_audiences_mend(a, s->db, key);
}
