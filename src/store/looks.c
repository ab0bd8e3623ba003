/*
 * Rows of look and looked_at.
 */
#include "store/looks.h"

#include "base/uuid.h"

#define COLUMNS                                                                      \
    "k.n, k.id, k.object, k.asked, k.actor, k.org, k.reason, k.of_people, k.state, " \
    "k.due, k.is_alone, k.decided, k.decided_by"
#define COLUMN_COUNT 13
#define SELECT "SELECT " COLUMNS " FROM look k "

str look_state_name(enum look_state state)
{
    static const str NAMES[] = {LIT_INIT("counted"), LIT_INIT("waits"), LIT_INIT("told"),
                                LIT_INIT("refused"), LIT_INIT("lapsed")};
    return NAMES[state];
}

err look_add(struct arena *a, struct session *s, struct look *l, const struct look_holders *holders)
{
    l->id = uuid_random(a);
    l->asked_us = s->now_us;
    TRY(db_run(a, s->db,
               "INSERT INTO look (id, object, asked, actor, org, reason, of_people, state, due, "
               "is_alone, decided, decided_by) "
               "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 0, 0)",
               DB_ARGS(db_text(l->id), db_text(l->object), db_int(l->asked_us), db_int(l->actor),
                       db_int(l->org), db_text(l->reason), db_int(l->of_people), db_int(l->state),
                       db_int(l->due_us), db_int(l->is_alone))));
    TRY(db_query_int(a, s->db, "SELECT n FROM look WHERE id = ?1", DB_ARGS(db_text(l->id)), 0,
                     &l->n));
    return look_put_holders(a, s, l->n, holders);
}

static struct look read_row(struct arena *a, const struct db_query *q)
{
    return (struct look){.n = db_get_int(q, 0),
                         .id = arena_copy(a, db_get_text(q, 1)),
                         .object = arena_copy(a, db_get_text(q, 2)),
                         .asked_us = db_get_int(q, 3),
                         .actor = db_get_int(q, 4),
                         .org = db_get_int(q, 5),
                         .reason = arena_copy(a, db_get_text(q, 6)),
                         .of_people = db_get_int(q, 7) != 0,
                         .state = (enum look_state)db_get_int(q, 8),
                         .due_us = db_get_int(q, 9),
                         .is_alone = db_get_int(q, 10) != 0,
                         .decided_us = db_get_int(q, 11),
                         .decided_by = db_get_int(q, 12)};
}

static err read_one(struct arena *a, struct db_query *q, struct look *out)
{
    bool has_row;
    TRY(db_next(a, q, &has_row));
    *out = has_row ? read_row(a, q) : (struct look){0};
    return NULL;
}

err look_get(struct arena *a, struct session *s, str id, struct look *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db, SELECT "WHERE k.id = ?1", DB_ARGS(db_text(id)), &q));
    return read_one(a, &q, out);
}

err look_find_count(struct arena *a, struct session *s, const struct look *like, int64_t since_us,
                    struct look *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(
        a, s->db,
        SELECT "WHERE k.object = ?1 AND k.actor = ?2 AND k.state = ?3 AND k.asked >= ?4 "
               "ORDER BY k.n DESC LIMIT 1",
        DB_ARGS(db_text(like->object), db_int(like->actor), db_int(LOOK_COUNTED), db_int(since_us)),
        &q));
    return read_one(a, &q, out);
}

err look_settle(struct arena *a, struct session *s, int64_t n, const struct look_end *end)
{
    return db_run(a, s->db,
                  "UPDATE look SET state = ?1, of_people = ?2, decided = ?3, decided_by = ?4 "
                  "WHERE n = ?5",
                  DB_ARGS(db_int(end->state), db_int(end->of_people), db_int(s->now_us),
                          db_int(end->by), db_int(n)));
}

err look_prolong(struct arena *a, struct session *s, int64_t n, int64_t due_us)
{
    return db_run(a, s->db, "UPDATE look SET due = ?1, is_alone = 0 WHERE n = ?2",
                  DB_ARGS(db_int(due_us), db_int(n)));
}

err looks_list_waiting(struct arena *a, struct session *s, struct looks *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db, SELECT "WHERE k.state = ?1 ORDER BY k.n", DB_ARGS(db_int(LOOK_WAITS)),
                 &q));
    DB_ROWS(a, &q)
        *LIST_ADD(a, out) = read_row(a, &q);
    return NULL;
}

err look_next_due(struct arena *a, struct session *s, struct look *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db, SELECT "WHERE k.state = ?1 AND k.due <= ?2 ORDER BY k.due LIMIT 1",
                 DB_ARGS(db_int(LOOK_WAITS), db_int(s->now_us)), &q));
    return read_one(a, &q, out);
}

err looks_list_of(struct arena *a, struct session *s, str object, size_t limit, struct looks *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db,
                 SELECT "WHERE k.object = ?1 AND k.reason <> '' ORDER BY k.n DESC LIMIT ?2",
                 DB_ARGS(db_text(object), db_int((int64_t)limit)), &q));
    DB_ROWS(a, &q)
        *LIST_ADD(a, out) = read_row(a, &q);
    return NULL;
}

/* ---- whose receipts */

err look_put_holders(struct arena *a, struct session *s, int64_t look,
                     const struct look_holders *holders)
{
    TRY(db_run(a, s->db, "DELETE FROM looked_at WHERE look = ?1", DB_ARGS(db_int(look))));
    for (size_t i = 0; i < holders->count; i++) {
        const struct look_holder *one = &holders->items[i];
        TRY(db_run(
            a, s->db, "INSERT INTO looked_at (org, look, audience, actor) VALUES (?1, ?2, ?3, ?4)",
            DB_ARGS(db_int(one->org), db_int(look), db_int(one->audience), db_int(one->actor))));
    }
    return NULL;
}

err look_list_holders(struct arena *a, struct session *s, int64_t look, struct look_holders *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db,
                 "SELECT actor, org, audience FROM looked_at WHERE look = ?1 "
                 "ORDER BY org, actor, audience",
                 DB_ARGS(db_int(look)), &q));
    DB_ROWS(a, &q)
        *LIST_ADD(a, out) = (struct look_holder){.actor = db_get_int(&q, 0),
                                                 .org = db_get_int(&q, 1),
                                                 .audience = (uint32_t)db_get_int(&q, 2)};
    return NULL;
}

/* Looks are counted by the limit, not their rows. */
static const char SQL_LIST_AT[] =
    "WITH some (look) AS (SELECT DISTINCT look FROM looked_at WHERE org = ?1 "
    "AND (?2 = 0 OR look < ?2) ORDER BY look DESC LIMIT ?3) "
    "SELECT DISTINCT " COLUMNS ", t.audience FROM some JOIN look k ON k.n = some.look "
    "JOIN looked_at t ON t.org = ?1 AND t.look = some.look ORDER BY k.n DESC, t.audience";

err looks_list_at(struct arena *a, struct session *s, int64_t org, int64_t before, size_t limit,
                  struct looks_at *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db, SQL_LIST_AT,
                 DB_ARGS(db_int(org), db_int(before), db_int((int64_t)limit)), &q));
    DB_ROWS(a, &q)
        *LIST_ADD(a, out) =
            (struct look_at){read_row(a, &q), (uint32_t)db_get_int(&q, COLUMN_COUNT)};
    return NULL;
}
