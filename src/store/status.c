/*
 * What became of submissions.
 */
#include "store/status.h"

static err drop_late(struct arena *a, struct session *s)
{
    struct db_value before_us = db_int(s->now_us - STATUS_KEPT_US);
    TRY(db_run(a, s->db,
               "UPDATE status_room SET bytes = bytes - (SELECT sum(p.bytes) FROM post_status p "
               "WHERE p.org = status_room.org AND p.created < ?1) "
               "WHERE org IN (SELECT org FROM post_status WHERE created < ?1)",
               DB_ARGS(before_us)));
    return db_run(a, s->db, "DELETE FROM post_status WHERE created < ?1", DB_ARGS(before_us));
}

static err take_room(struct arena *a, struct session *s, int64_t org, int64_t bytes)
{
    return db_run(a, s->db,
                  "INSERT INTO status_room (org, bytes) VALUES (?1, ?2) "
                  "ON CONFLICT (org) DO UPDATE SET bytes = bytes + excluded.bytes",
                  DB_ARGS(db_int(org), db_int(bytes)));
}

/* The oldest of an organization's but this one; its id is empty where there is no other. */
static err find_oldest(struct arena *a, struct session *s, const struct status *status, str *id,
                       int64_t *bytes)
{
    OWNED(db_query_done) struct db_query q = {0};
    bool has_row;
    TRY(db_query(a, s->db,
                 "SELECT id, bytes FROM post_status WHERE org = ?1 AND id <> ?2 "
                 "ORDER BY created LIMIT 1",
                 DB_ARGS(db_int(status->org), db_text(status->id)), &q));
    TRY(db_next(a, &q, &has_row));
    *id = has_row ? arena_copy(a, db_get_text(&q, 0)) : (str){0};
    *bytes = has_row ? db_get_int(&q, 1) : 0;
    return NULL;
}

static err make_room(struct arena *a, struct session *s, const struct status *status)
{
    for (;;) {
        int64_t kept;
        int64_t bytes;
        str id;
        TRY(db_query_int(a, s->db, "SELECT bytes FROM status_room WHERE org = ?1",
                         DB_ARGS(db_int(status->org)), 0, &kept));
        if (kept <= STATUS_BYTES_PER_ORG_MAX)
            return NULL;
        TRY(find_oldest(a, s, status, &id, &bytes));
        if (id.len == 0)
            return NULL;
        TRY(db_run(a, s->db, "DELETE FROM post_status WHERE id = ?1", DB_ARGS(db_text(id))));
        TRY(take_room(a, s, status->org, -bytes));
    }
}

err status_put(struct arena *a, struct session *s, const struct status *status)
{
    int64_t bytes = (int64_t)status->text.len;
    TRY(drop_late(a, s));
    TRY(db_run(a, s->db,
               "INSERT INTO post_status (id, actor, created, body, org, bytes) "
               "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
               DB_ARGS(db_text(status->id), db_int(status->actor), db_int(s->now_us),
                       db_text(status->text), db_int(status->org), db_int(bytes))));
    TRY(take_room(a, s, status->org, bytes));
    return make_room(a, s, status);
}

err status_get(struct arena *a, struct session *s, int64_t actor, str id, str *text)
{
    static const char *const FIND =
        "SELECT body FROM post_status WHERE id = ?1 AND actor = ?2 AND created >= ?3";
    OWNED(db_query_done) struct db_query q = {0};
    bool has_row = false;
    if (actor) { /* nobody in particular has posted nothing */
        TRY(db_query(a, s->db, FIND,
                     DB_ARGS(db_text(id), db_int(actor), db_int(s->now_us - STATUS_KEPT_US)), &q));
        TRY(db_next(a, &q, &has_row));
    }
    if (!has_row)
        return FAIL(a, ERR_NOT_FOUND, "There is no such status resource");
    *text = arena_copy(a, db_get_text(&q, 0));
    return NULL;
}
