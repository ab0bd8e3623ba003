/*
 * Orders to invite people: the list as numbers in the machine's order, since it never leaves.
 */
#include "store/sendings.h"

err sendings_put(struct arena *a, struct session *s, const struct sending *sending)
{
    ASSERT(s->is_write);
    str people = {(const char *)sending->people, sending->total * sizeof(*sending->people)};
    return db_run(a, s->db,
                  "INSERT OR REPLACE INTO briefing_sending (briefing, ordered, actor, people, "
                  "total, done) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                  DB_ARGS(db_text(sending->briefing), db_int(sending->ordered_us),
                          db_int(sending->actor), db_blob(people), db_int((int64_t)sending->total),
                          db_int((int64_t)sending->done)));
}

err sendings_set_done(struct arena *a, struct session *s, str briefing, size_t done)
{
    ASSERT(s->is_write);
    return db_run(a, s->db, "UPDATE briefing_sending SET done = ?2 WHERE briefing = ?1",
                  DB_ARGS(db_text(briefing), db_int((int64_t)done)));
}

err sendings_get(struct arena *a, struct session *s, str briefing, struct sending *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db,
                 "SELECT ordered, actor, people, total, done FROM briefing_sending "
                 "WHERE briefing = ?1",
                 DB_ARGS(db_text(briefing)), &q));
    bool has_row;
    TRY(db_next(a, &q, &has_row));
    if (!has_row)
        return FAIL(a, ERR_NOT_FOUND, "no invitations were sent for this briefing");
    str people = db_get_blob(&q, 2);
    struct sending found = {.briefing = arena_copy(a, briefing),
                            .ordered_us = db_get_int(&q, 0),
                            .actor = db_get_int(&q, 1),
                            .total = (size_t)db_get_int(&q, 3),
                            .done = (size_t)db_get_int(&q, 4)};
    if (people.len != found.total * sizeof(*found.people) || found.done > found.total)
        return FAIL(a, ERR_CORRUPT, "the list of whom to invite to %.*s is damaged",
                    STR_ARG(briefing));
    found.people = arena_take(a, people.len);
    if (people.len)
        memcpy(found.people, people.at, people.len);
    *out = found;
    return NULL;
}

err sendings_next(struct arena *a, struct session *s, str *briefing)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(
        a, s->db,
        "SELECT briefing FROM briefing_sending WHERE done < total ORDER BY ordered LIMIT 1",
        DB_NO_ARGS, &q));
    bool has_row;
    TRY(db_next(a, &q, &has_row));
    *briefing = has_row ? arena_copy(a, db_get_text(&q, 0)) : (str){0};
    return NULL;
}
