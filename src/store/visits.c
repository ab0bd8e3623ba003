/*
 * Visits: what is new stays new for the length of one visit.
 */
#include "store/visits.h"

#include "base/clock.h"

err visits_get(struct arena *a, struct session *s, int64_t person, int64_t org, struct visit *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db,
                 "SELECT added, before, seen FROM last_visit WHERE person = ?1 AND org = ?2",
                 DB_ARGS(db_int(person), db_int(org)), &q));
    bool has_row;
    TRY(db_next(a, &q, &has_row));
    *out = (struct visit){.person = person, .org = org};
    if (!has_row)
        return NULL;
    out->seen_us = db_get_int(&q, 2);
    bool is_same = s->now_us - out->seen_us < VISITS_SAME_US;
    out->since_us = db_get_int(&q, is_same ? 1 : 0);
    return NULL;
}

err visits_put(struct arena *a, struct session *s, int64_t person, int64_t org)
{
    ASSERT(s->is_write);
    struct visit now;
    TRY(visits_get(a, s, person, org, &now));
    return db_run(a, s->db,
                  "INSERT OR REPLACE INTO last_visit (person, org, added, before, seen) "
                  "VALUES (?1, ?2, ?3, ?4, ?5)",
                  DB_ARGS(db_int(person), db_int(org), db_int(s->last_added), db_int(now.since_us),
                          db_int(s->now_us)));
}
