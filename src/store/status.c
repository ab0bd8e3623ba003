/*
 * What became of submissions.
 */
#include "store/status.h"

err status_put(struct arena *a, struct session *s, int64_t actor, str id, str text)
{
    TRY(db_run(a, s->db, "DELETE FROM post_status WHERE created < ?1",
               DB_ARGS(db_int(s->now_us - STATUS_KEPT_US))));
    return db_run(a, s->db,
                  "INSERT INTO post_status (id, actor, created, body) VALUES (?1, ?2, ?3, ?4)",
                  DB_ARGS(db_text(id), db_int(actor), db_int(s->now_us), db_text(text)));
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
