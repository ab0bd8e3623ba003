/*
 * Rows of vouching.
 */
#include "store/vouching.h"

#define SELECT                                                                           \
    "SELECT n, invitation, briefing, voucher, person, org, name, phone, state, outcome " \
    "FROM vouching "

/* From voucher to voucher in the index of voucher and outcome, without a look at rows that are
 * closed. */
static const char SQL_LIST_OPEN[] =
    "WITH RECURSIVE one (who) AS (SELECT min(voucher) FROM vouching UNION ALL "
    "SELECT (SELECT min(voucher) FROM vouching WHERE voucher > who) FROM one "
    "WHERE who IS NOT NULL) " SELECT
    "WHERE voucher IN (SELECT who FROM one) AND outcome = ?1 AND state <> ?2 ORDER BY n";

err vouching_add(struct arena *a, struct session *s, const struct vouching *v)
{
    return db_run(a, s->db,
                  "INSERT INTO vouching (invitation, briefing, voucher, person, org, name, phone, "
                  "made, state, outcome, decided, decided_by) "
                  "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, 0, 0)",
                  DB_ARGS(db_text(v->invitation), db_text(v->briefing), db_int(v->voucher),
                          db_int(v->person), db_int(v->org), db_text(v->name), db_text(v->phone),
                          db_int(s->now_us), db_int(v->state)));
}

static struct vouching read_row(struct arena *a, const struct db_query *q)
{
    return (struct vouching){.n = db_get_int(q, 0),
                             .invitation = arena_copy(a, db_get_text(q, 1)),
                             .briefing = arena_copy(a, db_get_text(q, 2)),
                             .voucher = db_get_int(q, 3),
                             .person = db_get_int(q, 4),
                             .org = db_get_int(q, 5),
                             .name = arena_copy(a, db_get_text(q, 6)),
                             .phone = arena_copy(a, db_get_text(q, 7)),
                             .state = (enum vouching_state)db_get_int(q, 8),
                             .outcome = (enum vouching_outcome)db_get_int(q, 9)};
}

err vouching_of_invitation(struct arena *a, struct session *s, str invitation, struct vouching *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    bool has_row;
    TRY(db_query(a, s->db, SELECT "WHERE invitation = ?1 ORDER BY n DESC LIMIT 1",
                 DB_ARGS(db_text(invitation)), &q));
    TRY(db_next(a, &q, &has_row));
    *out = has_row ? read_row(a, &q) : (struct vouching){0};
    return NULL;
}

err vouching_of_person(struct arena *a, struct session *s, int64_t person, int64_t org,
                       struct vouchings *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db, SELECT "WHERE person = ?1 AND org = ?2 ORDER BY n DESC",
                 DB_ARGS(db_int(person), db_int(org)), &q));
    DB_ROWS(a, &q)
        *LIST_ADD(a, out) = read_row(a, &q);
    return NULL;
}

err vouching_list_open(struct arena *a, struct session *s, struct vouchings *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db, SQL_LIST_OPEN,
                 DB_ARGS(db_int(VOUCHING_OPEN), db_int(VOUCHING_WITHDRAWN)), &q));
    DB_ROWS(a, &q)
        *LIST_ADD(a, out) = read_row(a, &q);
    return NULL;
}

err vouching_count_open(struct arena *a, struct session *s, int64_t voucher, int64_t *out)
{
    return db_query_int(a, s->db,
                        "SELECT count(DISTINCT v.person) FROM vouching v "
                        "JOIN person p ON p.n = v.person AND p.is_suspended = 0 "
                        "WHERE v.voucher = ?1 AND v.outcome IN (?2, ?3)",
                        DB_ARGS(db_int(voucher), db_int(VOUCHING_OPEN), db_int(VOUCHING_LAPSED)), 0,
                        out);
}

err vouching_withdraw(struct arena *a, struct session *s, str invitation)
{
    return db_run(a, s->db, "UPDATE vouching SET state = ?1 WHERE invitation = ?2",
                  DB_ARGS(db_int(VOUCHING_WITHDRAWN), db_text(invitation)));
}

err vouching_note_sent(struct arena *a, struct session *s, int64_t n)
{
    return db_run(a, s->db, "UPDATE vouching SET state = ?1 WHERE n = ?2",
                  DB_ARGS(db_int(VOUCHING_SENT), db_int(n)));
}

err vouching_lapse(struct arena *a, struct session *s, int64_t n)
{
    return db_run(a, s->db, "UPDATE vouching SET outcome = ?1 WHERE n = ?2",
                  DB_ARGS(db_int(VOUCHING_LAPSED), db_int(n)));
}

err vouching_close(struct arena *a, struct session *s, int64_t person, int64_t org,
                   enum vouching_outcome outcome)
{
    return db_run(a, s->db,
                  "UPDATE vouching SET outcome = ?1, decided = ?2, decided_by = ?3 "
                  "WHERE person = ?4 AND org = ?5 AND outcome IN (?6, ?7)",
                  DB_ARGS(db_int(outcome), db_int(s->now_us), db_int(s->actor), db_int(person),
                          db_int(org), db_int(VOUCHING_OPEN), db_int(VOUCHING_LAPSED)));
}
