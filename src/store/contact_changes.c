/*
 * The table of changes that wait.
 */
#include "store/contact_changes.h"

#include "store/digest.h"

#define COLUMNS "SELECT person, made_by, name, email, phone, created, due FROM contact_change "
/* With the time as ?2. */
#define WAITS "due > ?2 AND created > ?2 - ?3"

static struct db_value secret_digest_of(struct arena *a, const struct session *s, str secret)
{
    return db_blob(digest_of(a, &s->store->keys, LIT("contact change"), secret));
}

str contact_changes_stop(struct arena *a, const struct session *s, str confirms)
{
    return secret_hex(
        a, (const unsigned char *)digest_of(a, &s->store->keys, LIT("contact stop"), confirms).at,
        SECRET_DIGEST_BYTES);
}

static err read_row(struct arena *a, struct db_query *q, struct contact_change *out)
{
    bool has_row;
    TRY(db_next(a, q, &has_row));
    *out = (struct contact_change){0};
    if (has_row)
        *out = (struct contact_change){.person = db_get_int(q, 0),
                                       .made_by = db_get_int(q, 1),
                                       .name = arena_copy(a, db_get_text(q, 2)),
                                       .email = arena_copy(a, db_get_text(q, 3)),
                                       .phone = arena_copy(a, db_get_text(q, 4)),
                                       .created_us = db_get_int(q, 5),
                                       .due_us = db_get_int(q, 6)};
    return NULL;
}

err contact_changes_put(struct arena *a, struct session *s, struct contact_change *change,
                        str secret)
{
    ASSERT(s->is_write);
    change->created_us = s->now_us;
    TRY(contact_changes_settle(a, s, (str){0}));
    TRY(db_run(a, s->db,
               "INSERT INTO contact_change (person, digest, made_by, name, email, phone, created, "
               "due) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (person) DO UPDATE SET "
               "digest = excluded.digest, made_by = excluded.made_by, name = excluded.name, "
               "email = excluded.email, phone = excluded.phone, created = excluded.created, "
               "due = excluded.due",
               DB_ARGS(db_int(change->person), secret_digest_of(a, s, secret),
                       db_int(change->made_by), db_text(change->name), db_text(change->email),
                       db_text(change->phone), db_int(change->created_us),
                       db_int(change->due_us))));
    return session_policy_changed(a, s);
}

err contact_changes_get(struct arena *a, struct session *s, int64_t person,
                        struct contact_change *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db, COLUMNS "WHERE person = ?1 AND " WAITS,
                 DB_ARGS(db_int(person), db_int(s->now_us), db_int(CONTACT_DELAY_US)), &q));
    return read_row(a, &q, out);
}

err contact_changes_find(struct arena *a, struct session *s, str secret, struct contact_change *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(
        a, s->db, COLUMNS "WHERE digest = ?1 AND " WAITS,
        DB_ARGS(secret_digest_of(a, s, secret), db_int(s->now_us), db_int(CONTACT_DELAY_US)), &q));
    return read_row(a, &q, out);
}

err contact_changes_confirm(struct arena *a, struct session *s, int64_t person)
{
    ASSERT(s->is_write);
    TRY(db_run(a, s->db, "UPDATE contact_change SET due = created + ?2 WHERE person = ?1",
               DB_ARGS(db_int(person), db_int(CONTACT_DELAY_US))));
    return session_policy_changed(a, s);
}

err contact_changes_claim(struct arena *a, struct session *s, str email, int64_t person, bool *out)
{
    int64_t count;
    TRY(db_query_int(a, s->db,
                     "SELECT count(*) FROM contact_change WHERE email = ?1 AND person <> ?2 "
                     "AND due <> ?3",
                     DB_ARGS(db_text(email), db_int(person), db_int(CONTACT_NEVER)), 0, &count));
    *out = count > 0;
    return NULL;
}

err contact_changes_end(struct arena *a, struct session *s, int64_t person)
{
    ASSERT(s->is_write);
    TRY(contact_changes_settle(a, s, (str){0}));
    TRY(db_run(a, s->db, "DELETE FROM contact_change WHERE person = ?1", DB_ARGS(db_int(person))));
    return session_policy_changed(a, s);
}

err contact_changes_settle(struct arena *a, struct session *s, str email)
{
    ASSERT(s->is_write);
    TRY(db_run(a, s->db,
               "UPDATE person SET (name, email, phone) = (SELECT name, email, phone FROM "
               "contact_change WHERE person = person.n) "
               "WHERE n IN (SELECT person FROM contact_change WHERE due <= ?1)",
               DB_ARGS(db_int(s->now_us))));
    return db_run(a, s->db,
                  "DELETE FROM contact_change WHERE due <= ?1 OR created <= ?1 - ?3 OR email = ?2",
                  DB_ARGS(db_int(s->now_us), db_text(email), db_int(CONTACT_DELAY_US)));
}

err contact_changes_next(struct arena *a, struct db *db, int64_t now_us, int64_t *due_us)
{
    return db_query_int(a, db, "SELECT min(due) FROM contact_change WHERE due > ?1",
                        DB_ARGS(db_int(now_us)), 0, due_us);
}
