/*
 * The index of ids.
 */
#include "store/object_key.h"

#include <stdlib.h>

/* Of the id, or of the one behind it where there is nothing: one row in either case. */
static const char SQL_FIRST[] = "SELECT hash, audience, audiences FROM object_key "
                                "WHERE hash >= ?1 ORDER BY hash, audience, n LIMIT 1";
static const char SQL_LIST[] = "SELECT n, collection FROM object_key "
                               "WHERE hash = ?1 AND audience = ?2 ORDER BY n";
static const char SQL_ADD[] =
    "INSERT INTO object_key (hash, audience, n, collection) VALUES (?1, ?2, ?3, ?4)";
static const char SQL_PUT_HEAD[] =
    "INSERT INTO object_key (hash, audience, n, collection, audiences) VALUES (?1, 0, 0, 0, ?2) "
    "ON CONFLICT (hash, audience, n) DO UPDATE SET audiences = excluded.audiences";
static const char SQL_DELETE[] =
    "DELETE FROM object_key WHERE hash = ?1 AND audience = ?2 AND n = ?3";
static const char SQL_DISTINCT[] =
    "SELECT DISTINCT audience FROM object_key WHERE hash = ?1 AND audience > 0 ORDER BY audience";
static const char SQL_ALL[] =
    "SELECT hash, audience, audiences FROM object_key ORDER BY hash, audience, n";

/* ---- looking up */

err object_key_audiences(struct arena *a, struct db *db, int64_t hash, struct key_audiences *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, db, SQL_FIRST, DB_ARGS(db_int(hash)), &q));
    bool has_row;
    TRY(db_next(a, &q, &has_row));
    bool is_own = has_row && db_get_int(&q, 0) == hash;
    uint32_t first = is_own ? (uint32_t)db_get_int(&q, 1) : 0;
    *out = (struct key_audiences){0};
    if (first)
        *LIST_ADD(a, out) = first;
    else
        key_audiences_read(a, is_own ? db_get_text(&q, 2) : (str){0}, out);
    return NULL;
}

err object_key_list(struct arena *a, struct db *db, const struct key_place *at,
                    struct log_keys *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, db, SQL_LIST, DB_ARGS(db_int(at->hash), db_int(at->audience)), &q));
    DB_ROWS(a, &q) {
        uint32_t collection = (uint32_t)db_get_int(&q, 1);
        if (at->collection == 0 || at->collection == collection)
            *LIST_ADD(a, out) =
                (struct log_key){(uint32_t)db_get_int(&q, 0), collection, at->audience};
    }
    return NULL;
}

static int key_order(const void *a, const void *b)
{
    const struct log_key *one = a;
    const struct log_key *two = b;
    return (one->number > two->number) - (one->number < two->number);
}

void object_keys_sort(struct log_keys *keys)
{
    if (keys->count > 1)
        qsort(keys->items, keys->count, sizeof(*keys->items), key_order);
}

/* ---- changing */

/* The list with one more, in its place. */
static struct key_audiences with(struct arena *a, const struct key_audiences *list,
                                 uint32_t audience)
{
    uint32_t *items = NEW_ARRAY(a, list->count + 1, uint32_t);
    size_t at = 0;
    while (at < list->count && list->items[at] < audience)
        at++;
    for (size_t i = 0; i < list->count; i++)
        items[i < at ? i : i + 1] = list->items[i];
    items[at] = audience;
    return (struct key_audiences){.items = items, .count = list->count + 1};
}

static err put_head(struct arena *a, struct db *db, int64_t hash, const struct key_audiences *list)
{
    if (list->count < 2)
        return db_run(a, db, SQL_DELETE, DB_ARGS(db_int(hash), db_int(0), db_int(0)));
    return db_run(a, db, SQL_PUT_HEAD,
                  DB_ARGS(db_int(hash), db_text(key_audiences_write(a, list))));
}

/* Before its first entry stands there. */
static err add_audience(struct arena *a, struct db *db, int64_t hash, uint32_t audience)
{
    struct key_audiences list;
    TRY(object_key_audiences(a, db, hash, &list));
    if (list.count == 0 || key_audiences_has(&list, audience))
        return NULL;
    struct key_audiences longer = with(a, &list, audience);
    return put_head(a, db, hash, &longer);
}

err object_key_add(struct arena *a, struct db *db, int64_t hash, const struct log_key *key,
                   bool is_new)
{
    ASSERT(key->audience > 0 && key->audience < KEY_AUDIENCE_PAST && key->number > 0);
    if (!is_new)
        TRY(add_audience(a, db, hash, key->audience));
    return db_run(
        a, db, SQL_ADD,
        DB_ARGS(db_int(hash), db_int(key->audience), db_int(key->number), db_int(key->collection)));
}

err object_key_move(struct arena *a, struct db *db, int64_t hash, const struct log_key *key,
                    uint32_t audience)
{
    struct log_key moved = *key;
    moved.audience = audience;
    TRY(db_run(a, db, SQL_DELETE,
               DB_ARGS(db_int(hash), db_int(key->audience), db_int(key->number))));
    TRY(object_key_add(a, db, hash, &moved, true));
    return object_key_mend_head(a, db, hash);
}

err object_key_mend_head(struct arena *a, struct db *db, int64_t hash)
{
    struct key_audiences found = {0};
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, db, SQL_DISTINCT, DB_ARGS(db_int(hash)), &q));
    DB_ROWS(a, &q)
        *LIST_ADD(a, &found) = (uint32_t)db_get_int(&q, 0);
    return put_head(a, db, hash, &found);
}

/* ---- comparing */

/* What was read of one id. */
struct group {
    int64_t hash;
    bool is_there;
    bool has_head;
    str head;
    struct key_audiences seen; /* of its other rows */
};

static bool is_right(struct arena *a, const struct group *g)
{
    if (g->seen.count < 2)
        return !g->has_head;
    return g->has_head && str_eq(g->head, key_audiences_write(a, &g->seen));
}

static void read_row(struct arena *a, const struct db_query *q, struct group *g)
{
    uint32_t audience = (uint32_t)db_get_int(q, 1);
    g->hash = db_get_int(q, 0);
    g->is_there = true;
    if (audience == 0) {
        g->has_head = true;
        g->head = arena_copy(a, db_get_text(q, 2));
    } else if (g->seen.count == 0 || g->seen.items[g->seen.count - 1] != audience) {
        *LIST_ADD(a, &g->seen) = audience;
    }
}

err object_key_wrong_heads(struct arena *a, struct db *db, struct key_hashes *out)
{
    OWNED(arena_done) struct arena scratch = {0};
    OWNED(db_query_done) struct db_query q = {0};
    struct group g = {0};
    TRY(db_query(a, db, SQL_ALL, DB_NO_ARGS, &q));
    for (;;) {
        bool has_row;
        TRY(db_next(a, &q, &has_row));
        if (g.is_there && (!has_row || db_get_int(&q, 0) != g.hash)) {
            if (!is_right(&scratch, &g))
                *LIST_ADD(a, out) = g.hash;
            g = (struct group){0};
            arena_reset(&scratch);
        }
        if (!has_row)
            return NULL;
        read_row(&scratch, &q, &g);
    }
}
