/*
 * Links by which a person sets an authenticator.
 */
#include "store/person_links.h"

#include "base/uuid.h"
#include "store/digest.h"

static struct db_value link_digest(struct arena *a, const struct session *s, str secret)
{
    return db_blob(digest_of(a, &s->store->keys, LIT("person link"), secret));
}

err person_links_add(struct arena *a, struct session *s, struct person_link *link, str secret)
{
    TRY(db_run(a, s->db, "DELETE FROM person_link WHERE expires <= ?1",
               DB_ARGS(db_int(s->now_us))));
    link->id = uuid_random_id(a, LIT("invitation"));
    link->created_us = s->now_us;
    link->starts_us = link->starts_us ? link->starts_us : s->now_us;
    link->expires_us = link->starts_us + PERSON_LINK_US;
    return db_run(a, s->db,
                  "INSERT INTO person_link (id, digest, person, org, made_by, created, starts, "
                  "expires) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                  DB_ARGS(db_text(link->id), link_digest(a, s, secret), db_int(link->person),
                          db_int(link->org), db_int(link->made_by), db_int(link->created_us),
                          db_int(link->starts_us), db_int(link->expires_us)));
}

static struct person_link read_row(struct arena *a, const struct db_query *q)
{
    return (struct person_link){.id = arena_copy(a, db_get_text(q, 0)),
                                .person = db_get_int(q, 1),
                                .org = db_get_int(q, 2),
                                .made_by = db_get_int(q, 3),
                                .created_us = db_get_int(q, 4),
                                .starts_us = db_get_int(q, 5),
                                .expires_us = db_get_int(q, 6)};
}

static err refuse(struct arena *a)
{
    return FAIL(a, ERR_NOT_FOUND,
                "This link is not good, or not any more: it ends after 14 days, and when a "
                "password or a passkey is set; ask whoever sent it for another");
}

err person_links_look(struct arena *a, struct session *s, str secret, struct person_link *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    bool has_row;
    TRY(db_query(a, s->db,
                 "SELECT id, person, org, made_by, created, starts, expires FROM person_link "
                 "WHERE digest = ?1 AND expires > ?2",
                 DB_ARGS(link_digest(a, s, secret), db_int(s->now_us)), &q));
    TRY(db_next(a, &q, &has_row));
    if (!has_row)
        return refuse(a);
    *out = read_row(a, &q);
    return NULL;
}

err person_links_get(struct arena *a, struct session *s, str secret, struct person_link *out)
{
    struct person_link found;
    TRY(person_links_look(a, s, secret, &found));
    if (found.starts_us > s->now_us)
        return refuse(a);
    *out = found;
    return NULL;
}

err person_links_list(struct arena *a, struct session *s, int64_t person, struct person_links *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    struct person_links list = {0};
    TRY(db_query(a, s->db,
                 "SELECT id, person, org, made_by, created, starts, expires FROM person_link "
                 "WHERE person = ?1 AND expires > ?2 ORDER BY created, id",
                 DB_ARGS(db_int(person), db_int(s->now_us)), &q));
    DB_ROWS(a, &q)
        *LIST_ADD(a, &list) = read_row(a, &q);
    *out = list;
    return NULL;
}

err person_links_begin(struct arena *a, struct session *s, int64_t person)
{
    return db_run(a, s->db, "UPDATE person_link SET starts = ?1 WHERE person = ?2 AND starts > ?1",
                  DB_ARGS(db_int(s->now_us), db_int(person)));
}

err person_links_end(struct arena *a, struct session *s, int64_t person)
{
    return db_run(a, s->db, "DELETE FROM person_link WHERE person = ?1", DB_ARGS(db_int(person)));
}
