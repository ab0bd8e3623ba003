/*
 * Grants. A right stands in at most one row of a pair of collection and subject.
 */
#include "store/grants.h"

#include "base/utf8.h"

static err check_subject(struct arena *a, const struct session *s, str subject)
{
    enum sector sector;
    if (str_eq(subject, LIT("all")) || policy_org_by_id(s->policy, subject))
        return NULL;
    if (str_starts(subject, LIT("sector:"))) {
        if (sector_read(str_skip(subject, 7), &sector))
            return NULL;
        return FAIL(a, ERR_USAGE, "'%.*s' is no sector; it is one of %s",
                    STR_ARG(str_skip(subject, 7)), sector_words());
    }
    return FAIL(a, ERR_NOT_FOUND,
                "'%.*s' is no organization; give its identity id, sector:SECTOR "
                "or all",
                STR_ARG(subject));
}

static err check_grant(struct arena *a, const struct session *s, const struct grant_entry *grant)
{
    const struct policy_collection *c = policy_collection(s->policy, grant->collection);
    if (c == NULL)
        return FAIL(a, ERR_NOT_FOUND, "there is no such collection; see: tocsin collection list");
    if (c->is_builtin)
        return FAIL(a, ERR_CONFLICT,
                    "the built-in collection %.*s is read by every member and written by the "
                    "exchange alone; choose another collection",
                    STR_ARG(c->title));
    if (!grant->may_read && !grant->may_write)
        return FAIL(a, ERR_USAGE, "say which right: --read, --write or both");
    if (grant->purpose.len > GRANTS_PURPOSE_BYTES_MAX ||
        utf8_find_fault(grant->purpose) != grant->purpose.len)
        return FAIL(a, ERR_USAGE, "a purpose has at most %d bytes", GRANTS_PURPOSE_BYTES_MAX);
    return check_subject(a, s, grant->subject);
}

/* Takes the rights out of every row of the pair; `*count` is how many rows had one. */
static err clear_rights(struct arena *a, struct session *s, const struct grant_entry *grant,
                        int64_t *count)
{
    TRY(db_run(a, s->db,
               "UPDATE access_grant SET may_read = CASE WHEN ?3 = 1 THEN 0 ELSE may_read END, "
               "may_write = CASE WHEN ?4 = 1 THEN 0 ELSE may_write END "
               "WHERE collection = ?1 AND subject = ?2 AND "
               "((may_read = 1 AND ?3 = 1) OR (may_write = 1 AND ?4 = 1))",
               DB_ARGS(db_int(grant->collection), db_text(grant->subject), db_int(grant->may_read),
                       db_int(grant->may_write))));
    *count = db_changes(s->db);
    return db_run(a, s->db, "DELETE FROM access_grant WHERE may_read = 0 AND may_write = 0",
                  DB_NO_ARGS);
}

err grants_put(struct arena *a, struct session *s, const struct grant_entry *grant)
{
    TRY(check_grant(a, s, grant));
    if (policy_is_over(grant->until_us, s->now_us))
        return FAIL(a, ERR_USAGE,
                    "the grant would have ended already; choose a later day, or "
                    "take it back with --revoke");
    int64_t replaced;
    TRY(clear_rights(a, s, grant, &replaced));
    TRY(db_run(
        a, s->db,
        "INSERT INTO access_grant (collection, subject, may_read, may_write, until, purpose, "
        "created) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        DB_ARGS(db_int(grant->collection), db_text(grant->subject), db_int(grant->may_read),
                db_int(grant->may_write), grant->until_us ? db_int(grant->until_us) : db_null(),
                db_text(grant->purpose), db_int(s->now_us))));
    return session_policy_changed(a, s);
}

err grants_take(struct arena *a, struct session *s, const struct grant_entry *grant)
{
    int64_t count;
    TRY(check_grant(a, s, grant));
    TRY(clear_rights(a, s, grant, &count));
    if (count == 0)
        return FAIL(a, ERR_NOT_FOUND,
                    "there is no such right to take back; see: tocsin grant list");
    return session_policy_changed(a, s);
}

err grants_list(struct arena *a, struct session *s, struct grant_entries *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db,
                 "SELECT collection, subject, may_read, may_write, until, purpose, created "
                 "FROM access_grant ORDER BY collection, subject, n",
                 DB_NO_ARGS, &q));
    DB_ROWS(a, &q)
        *LIST_ADD(a, out) = (struct grant_entry){
            .collection = (uint32_t)db_get_int(&q, 0),
            .subject = arena_copy(a, db_get_text(&q, 1)),
            .may_read = db_get_int(&q, 2) != 0,
            .may_write = db_get_int(&q, 3) != 0,
            .until_us = db_get_int(&q, 4),
            .purpose = arena_copy(a, db_get_text(&q, 5)),
            .created_us = db_get_int(&q, 6),
        };
    return NULL;
}
