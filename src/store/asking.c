/*
 * What hosts are asked.
 */
#include "store/asking.h"

#define COLUMNS "briefing, org, scope, asked, until, told, due"

static struct asking read_row(struct arena *a, struct db_query *q)
{
    return (struct asking){.briefing = arena_copy(a, db_get_text(q, 0)),
                           .org = db_get_int(q, 1),
                           .scope = db_get_int(q, 2),
                           .asked_us = db_get_int(q, 3),
                           .until_us = db_get_int(q, 4),
                           .told = db_get_int(q, 5),
                           .due_us = db_get_int(q, 6)};
}

err asking_list(struct arena *a, struct session *s, str briefing, struct askings *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db, "SELECT " COLUMNS " FROM asking WHERE briefing = ?1",
                 DB_ARGS(db_text(briefing)), &q));
    DB_ROWS(a, &q) {
        *LIST_ADD(a, out) = read_row(a, &q);
    }
    return NULL;
}

const struct asking *asking_find(const struct askings *list, int64_t org, int64_t scope)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].org == org && list->items[i].scope == scope)
            return &list->items[i];
    }
    return NULL;
}

err asking_next(struct arena *a, struct session *s, int64_t now_us, struct asking *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    bool has_row;
    TRY(db_query(a, s->db, "SELECT " COLUMNS " FROM asking WHERE due <= ?1 ORDER BY due LIMIT 1",
                 DB_ARGS(db_int(now_us)), &q));
    TRY(db_next(a, &q, &has_row));
    *out = has_row ? read_row(a, &q) : (struct asking){0};
    return NULL;
}

err asking_put(struct arena *a, struct session *s, const struct asking *asking)
{
    ASSERT(s->is_write);
    return db_run(a, s->db,
                  "INSERT OR REPLACE INTO asking (" COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                  DB_ARGS(db_text(asking->briefing), db_int(asking->org), db_int(asking->scope),
                          db_int(asking->asked_us), db_int(asking->until_us), db_int(asking->told),
                          db_int(asking->due_us)));
}

err asking_end(struct arena *a, struct session *s, const struct asking *asking)
{
    ASSERT(s->is_write);
    return db_run(a, s->db, "DELETE FROM asking WHERE briefing = ?1 AND org = ?2 AND scope = ?3",
                  DB_ARGS(db_text(asking->briefing), db_int(asking->org), db_int(asking->scope)));
}
