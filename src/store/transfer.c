/*
 * Table transfer.
 */
#include "store/transfer.h"

err transfer_get(struct arena *a, struct session *s, str key, str *position)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db, "SELECT position FROM transfer WHERE key = ?1", DB_ARGS(db_text(key)),
                 &q));
    bool has_row;
    TRY(db_next(a, &q, &has_row));
    *position = has_row ? arena_copy(a, db_get_text(&q, 0)) : (str){0};
    return NULL;
}

err transfer_put(struct arena *a, struct session *s, str key, str position)
{
    ASSERT(s->is_write);
    TRY(db_run(a, s->db, "DELETE FROM transfer WHERE key = ?1", DB_ARGS(db_text(key))));
    return db_run(a, s->db, "INSERT INTO transfer (key, position, updated) VALUES (?1, ?2, ?3)",
                  DB_ARGS(db_text(key), db_text(position), db_int(s->now_us)));
}
