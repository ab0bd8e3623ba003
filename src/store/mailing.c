/*
 * Rounds, what was told, and links.
 */
#include "store/mailing.h"

#include "store/digest.h"

err mailing_begin(struct arena *a, struct session *s, str about)
{
    ASSERT(s->is_write);
    return db_run(a, s->db, "INSERT OR REPLACE INTO mail_round (briefing, after) VALUES (?1, 0)",
                  DB_ARGS(db_text(about)));
}

err mailing_next(struct arena *a, struct session *s, struct mail_round *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    bool has_row;
    TRY(db_query(a, s->db, "SELECT briefing, after FROM mail_round ORDER BY briefing LIMIT 1",
                 DB_NO_ARGS, &q));
    TRY(db_next(a, &q, &has_row));
    *out = (struct mail_round){0};
    if (has_row)
        *out = (struct mail_round){.about = arena_copy(a, db_get_text(&q, 0)),
                                   .after = (uint32_t)db_get_int(&q, 1)};
    return NULL;
}

err mailing_move(struct arena *a, struct session *s, const struct mail_round *r, bool is_done)
{
    ASSERT(s->is_write);
    if (is_done)
        return db_run(a, s->db, "DELETE FROM mail_round WHERE briefing = ?1",
                      DB_ARGS(db_text(r->about)));
    return db_run(a, s->db, "UPDATE mail_round SET after = ?2 WHERE briefing = ?1",
                  DB_ARGS(db_text(r->about), db_int(r->after)));
}

err mailing_told(struct arena *a, struct session *s, str invitation, struct mail_told *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    bool has_row;
    TRY(db_query(a, s->db,
                 "SELECT sequence, is_cancelled, wrong_digits, reminded FROM mail_told "
                 "WHERE invitation = ?1",
                 DB_ARGS(db_text(invitation)), &q));
    TRY(db_next(a, &q, &has_row));
    *out = (struct mail_told){0};
    if (has_row)
        *out = (struct mail_told){.invitation = invitation,
                                  .sequence = db_get_int(&q, 0),
                                  .is_cancelled = db_get_int(&q, 1) != 0,
                                  .wrong_digits = db_get_int(&q, 2),
                                  .reminded = db_get_int(&q, 3)};
    return NULL;
}

err mailing_tell(struct arena *a, struct session *s, const struct mail_told *told)
{
    ASSERT(s->is_write && told->invitation.len > 0);
    return db_run(a, s->db,
                  "INSERT OR REPLACE INTO mail_told (invitation, sequence, is_cancelled, "
                  "wrong_digits, reminded) VALUES (?1, ?2, ?3, ?4, ?5)",
                  DB_ARGS(db_text(told->invitation), db_int(told->sequence),
                          db_int(told->is_cancelled), db_int(told->wrong_digits),
                          db_int(told->reminded)));
}

err mailing_list_told(struct arena *a, struct session *s, str after, size_t limit,
                      struct stix_strs *invitations)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db,
                 "SELECT invitation FROM mail_told WHERE invitation > ?1 ORDER BY invitation "
                 "LIMIT ?2",
                 DB_ARGS(db_text(after), db_int((int64_t)limit)), &q));
    DB_ROWS(a, &q)
        *LIST_ADD(a, invitations) = arena_copy(a, db_get_text(&q, 0));
    return NULL;
}

err mailing_forget(struct arena *a, struct session *s, str invitation)
{
    ASSERT(s->is_write);
    return db_run(a, s->db, "DELETE FROM mail_told WHERE invitation = ?1",
                  DB_ARGS(db_text(invitation)));
}

err mailing_drop_links(struct arena *a, struct session *s)
{
    ASSERT(s->is_write);
    return db_run(
        a, s->db,
        "DELETE FROM rsvp_link WHERE invitation NOT IN (SELECT invitation FROM mail_told)",
        DB_NO_ARGS);
}

static struct db_value link_digest(struct arena *a, const struct session *s, str secret)
{
    return db_blob(digest_of(a, &s->store->keys, LIT("rsvp link"), secret));
}

err mailing_add_link(struct arena *a, struct session *s, str invitation, str secret)
{
    ASSERT(s->is_write);
    return db_run(a, s->db, "INSERT INTO rsvp_link (digest, invitation) VALUES (?1, ?2)",
                  DB_ARGS(link_digest(a, s, secret), db_text(invitation)));
}

err mailing_open_link(struct arena *a, struct session *s, str secret, str *invitation)
{
    OWNED(db_query_done) struct db_query q = {0};
    bool has_row;
    TRY(db_query(a, s->db, "SELECT invitation FROM rsvp_link WHERE digest = ?1",
                 DB_ARGS(link_digest(a, s, secret)), &q));
    TRY(db_next(a, &q, &has_row));
    if (!has_row)
        return FAIL(a, ERR_NOT_FOUND, "this link is not good, or not any more");
    *invitation = arena_copy(a, db_get_text(&q, 0));
    return NULL;
}
