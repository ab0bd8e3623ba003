/*
 * Drafts of forms.
 */
#include "store/drafts.h"

err drafts_get(struct arena *a, struct session *s, const struct draft *which, struct draft *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    bool has_row;
    TRY(db_query(a, s->db,
                 "SELECT body, updated FROM draft WHERE person = ?1 AND org = ?2 AND form = ?3",
                 DB_ARGS(db_int(which->person), db_int(which->org), db_text(which->form)), &q));
    TRY(db_next(a, &q, &has_row));
    if (!has_row)
        return FAIL(a, ERR_NOT_FOUND, "there is no such draft");
    *out = *which;
    out->body = arena_copy(a, db_get_text(&q, 0));
    out->updated_us = db_get_int(&q, 1);
    return NULL;
}

static err check_room(struct arena *a, struct session *s, const struct draft *draft)
{
    int64_t others;
    TRY(db_query_int(
        a, s->db, "SELECT count(*) FROM draft WHERE person = ?1 AND (org <> ?2 OR form <> ?3)",
        DB_ARGS(db_int(draft->person), db_int(draft->org), db_text(draft->form)), 0, &others));
    if (others >= DRAFTS_PER_PERSON_MAX)
        return FAIL(a, ERR_CONFLICT, "You have %d drafts already; send or drop some of them",
                    DRAFTS_PER_PERSON_MAX);
    return NULL;
}

err drafts_put(struct arena *a, struct session *s, const struct draft *draft)
{
    TRY(check_room(a, s, draft));
    return db_run(a, s->db,
                  "INSERT INTO draft (person, org, form, body, updated) VALUES (?1, ?2, ?3, ?4, "
                  "?5) ON CONFLICT (person, org, form) DO UPDATE SET body = excluded.body, "
                  "updated = excluded.updated",
                  DB_ARGS(db_int(draft->person), db_int(draft->org), db_text(draft->form),
                          db_text(draft->body), db_int(s->now_us)));
}

err drafts_remove(struct arena *a, struct session *s, const struct draft *which)
{
    return db_run(a, s->db, "DELETE FROM draft WHERE person = ?1 AND org = ?2 AND form = ?3",
                  DB_ARGS(db_int(which->person), db_int(which->org), db_text(which->form)));
}
