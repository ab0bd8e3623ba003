/*
 * Reminders: one row for each thing.
 */
#include "store/reminding.h"

#define COLUMNS "about, rounds, asked, due"

static struct reminding read_row(struct arena *a, struct db_query *q)
{
    return (struct reminding){.about = arena_copy(a, db_get_text(q, 0)),
                              .rounds = db_get_int(q, 1),
                              .asked_us = db_get_int(q, 2),
                              .due_us = db_get_int(q, 3)};
}

err reminding_get(struct arena *a, struct session *s, str about, struct reminding *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    bool has_row;
    TRY(db_query(a, s->db, "SELECT " COLUMNS " FROM reminding WHERE about = ?1",
                 DB_ARGS(db_text(about)), &q));
    TRY(db_next(a, &q, &has_row));
    *out =
        has_row ? read_row(a, &q) : (struct reminding){.about = about, .due_us = REMINDING_NEVER};
    return NULL;
}

err reminding_next(struct arena *a, struct session *s, int64_t now_us, struct reminding *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    bool has_row;
    TRY(db_query(a, s->db, "SELECT " COLUMNS " FROM reminding WHERE due <= ?1 ORDER BY due LIMIT 1",
                 DB_ARGS(db_int(now_us)), &q));
    TRY(db_next(a, &q, &has_row));
    *out = has_row ? read_row(a, &q) : (struct reminding){0};
    return NULL;
}

err reminding_put(struct arena *a, struct session *s, const struct reminding *r)
{
    ASSERT(s->is_write && r->about.len > 0);
    return db_run(
        a, s->db, "INSERT OR REPLACE INTO reminding (" COLUMNS ") VALUES (?1, ?2, ?3, ?4)",
        DB_ARGS(db_text(r->about), db_int(r->rounds), db_int(r->asked_us), db_int(r->due_us)));
}
