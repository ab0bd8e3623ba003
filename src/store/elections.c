/*
 * Elections that the steward keeps.
 */
#include "store/elections.h"

#include "base/uuid.h"

#define SELECT "SELECT id, name, jurisdiction, kind, day FROM election "

static struct election read_row(struct arena *a, const struct db_query *q)
{
    return (struct election){.id = arena_copy(a, db_get_text(q, 0)),
                             .name = arena_copy(a, db_get_text(q, 1)),
                             .jurisdiction = arena_copy(a, db_get_text(q, 2)),
                             .kind = arena_copy(a, db_get_text(q, 3)),
                             .day = db_get_int(q, 4)};
}

/* The first row, or a zeroed election. */
static err read_first(struct arena *a, struct db_query *q, struct election *out)
{
    bool has_row;
    *out = (struct election){0};
    TRY(db_next(a, q, &has_row));
    if (has_row)
        *out = read_row(a, q);
    return NULL;
}

err elections_list(struct arena *a, struct session *s, struct elections *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db, SELECT "ORDER BY day, jurisdiction, kind", DB_NO_ARGS, &q));
    DB_ROWS(a, &q)
        *LIST_ADD(a, out) = read_row(a, &q);
    return NULL;
}

err elections_get(struct arena *a, struct session *s, str id, struct election *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db, SELECT "WHERE id = ?1", DB_ARGS(db_text(id)), &q));
    TRY(read_first(a, &q, out));
    if (out->id.len == 0)
        return FAIL(a, ERR_NOT_FOUND, "there is no election %.*s; see: tocsin election list",
                    STR_ARG(id));
    return NULL;
}

err elections_find(struct arena *a, struct session *s, const struct election *like,
                   struct election *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db, SELECT "WHERE jurisdiction = ?1 AND day = ?2 AND kind = ?3",
                 DB_ARGS(db_text(like->jurisdiction), db_int(like->day), db_text(like->kind)), &q));
    return read_first(a, &q, out);
}

err elections_next(struct arena *a, struct session *s, str jurisdiction, int64_t day,
                   struct election *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db,
                 SELECT "WHERE jurisdiction = ?1 AND day >= ?2 ORDER BY day, kind LIMIT 1",
                 DB_ARGS(db_text(jurisdiction), db_int(day)), &q));
    return read_first(a, &q, out);
}

static err check_room(struct arena *a, struct session *s)
{
    int64_t count;
    TRY(db_query_int(a, s->db, "SELECT count(*) FROM election", DB_NO_ARGS, 0, &count));
    if (count >= ELECTIONS_MAX)
        return FAIL(a, ERR_CONFLICT,
                    "there are %d elections already; remove some that are over first",
                    ELECTIONS_MAX);
    return NULL;
}

err elections_put(struct arena *a, struct session *s, struct election *election)
{
    if (election->id.len == 0) {
        TRY(check_room(a, s));
        election->id = uuid_random_id(a, LIT("election"));
    }
    return db_run(a, s->db,
                  "INSERT INTO election (id, name, jurisdiction, kind, day) "
                  "VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (id) DO UPDATE SET "
                  "name = excluded.name, jurisdiction = excluded.jurisdiction, "
                  "kind = excluded.kind, day = excluded.day",
                  DB_ARGS(db_text(election->id), db_text(election->name),
                          db_text(election->jurisdiction), db_text(election->kind),
                          db_int(election->day)));
}

err elections_remove(struct arena *a, struct session *s, str id)
{
    return db_run(a, s->db, "DELETE FROM election WHERE id = ?1", DB_ARGS(db_text(id)));
}
