/*
 * Messages that go out.
 */
#include "store/outbox.h"

#include "base/uuid.h"

#define SEAL_PURPOSE "outbox"
#define COLUMNS "n, id, kind, briefing, recipient, subject, created, state, tries, due, failure, "
#define WHOLE "SELECT " COLUMNS "body, calendar, secret FROM outbox "

str outbox_state_name(enum outbox_state state)
{
    static const char *const NAMES[] = {"waiting", "kept", "sent", "failed"};
    return str_of(NAMES[state]);
}

static str seal(struct arena *a, const struct session *s, str secret)
{
    return secret.len ? secret_seal(a, s->store->keys.token, LIT(SEAL_PURPOSE), secret) : secret;
}

err outbox_add(struct arena *a, struct session *s, struct outbox_message *m)
{
    ASSERT(s->is_write && (m->state == OUTBOX_WAITING || m->state == OUTBOX_KEPT));
    m->id = uuid_random_id(a, LIT("message"));
    m->created_us = s->now_us;
    m->due_us = s->now_us;
    TRY(db_run(a, s->db,
               "INSERT INTO outbox (id, kind, briefing, recipient, subject, body, calendar, "
               "secret, created, state, tries, due, failure) "
               "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 0, ?9, '')",
               DB_ARGS(db_text(m->id), db_text(m->kind), db_text(m->briefing),
                       db_text(m->recipient), db_text(m->subject), db_text(m->body),
                       db_text(m->calendar), db_blob(seal(a, s, m->secret)), db_int(m->created_us),
                       db_int((int64_t)m->state))));
    return db_query_int(a, s->db, "SELECT max(n) FROM outbox", DB_NO_ARGS, 0, &m->n);
}

static struct outbox_message read_head(struct arena *a, const struct db_query *q)
{
    return (struct outbox_message){.n = db_get_int(q, 0),
                                   .id = arena_copy(a, db_get_text(q, 1)),
                                   .kind = arena_copy(a, db_get_text(q, 2)),
                                   .briefing = arena_copy(a, db_get_text(q, 3)),
                                   .recipient = arena_copy(a, db_get_text(q, 4)),
                                   .subject = arena_copy(a, db_get_text(q, 5)),
                                   .created_us = db_get_int(q, 6),
                                   .state = (enum outbox_state)db_get_int(q, 7),
                                   .tries = db_get_int(q, 8),
                                   .due_us = db_get_int(q, 9),
                                   .failure = arena_copy(a, db_get_text(q, 10))};
}

static err read_whole(struct arena *a, const struct session *s, const struct db_query *q,
                      struct outbox_message *out)
{
    struct outbox_message m = read_head(a, q);
    m.body = arena_copy(a, db_get_text(q, 11));
    m.calendar = arena_copy(a, db_get_text(q, 12));
    str sealed = arena_copy(a, db_get_blob(q, 13));
    if (sealed.len)
        TRY(secret_open(a, s->store->keys.token, LIT(SEAL_PURPOSE), sealed, &m.secret));
    *out = m;
    return NULL;
}

err outbox_get(struct arena *a, struct session *s, str id, struct outbox_message *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    bool has_row;
    TRY(db_query(a, s->db, WHOLE "WHERE id = ?1", DB_ARGS(db_text(id)), &q));
    TRY(db_next(a, &q, &has_row));
    if (!has_row)
        return FAIL(a, ERR_NOT_FOUND, "there is no such message");
    return read_whole(a, s, &q, out);
}

err outbox_list(struct arena *a, struct session *s, int64_t before, size_t limit,
                struct outbox_messages *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    struct outbox_messages list = {0};
    TRY(db_query(a, s->db,
                 "SELECT " COLUMNS "'' FROM outbox WHERE ?1 = 0 OR n < ?1 ORDER BY n DESC LIMIT ?2",
                 DB_ARGS(db_int(before), db_int((int64_t)limit)), &q));
    DB_ROWS(a, &q)
        *LIST_ADD(a, &list) = read_head(a, &q);
    *out = list;
    return NULL;
}

err outbox_next(struct arena *a, struct session *s, int64_t now_us, struct outbox_message *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    bool has_row;
    TRY(db_query(a, s->db, WHOLE "WHERE state = 0 AND due <= ?1 ORDER BY due, n LIMIT 1",
                 DB_ARGS(db_int(now_us)), &q));
    TRY(db_next(a, &q, &has_row));
    if (has_row)
        return read_whole(a, s, &q, out);
    *out = (struct outbox_message){0};
    return NULL;
}

err outbox_next_due(struct arena *a, struct session *s, int64_t *due_us)
{
    return db_query_int(a, s->db, "SELECT min(due) FROM outbox WHERE state = 0", DB_NO_ARGS,
                        INT64_MAX, due_us);
}

err outbox_note(struct arena *a, struct session *s, const struct outbox_message *m)
{
    ASSERT(s->is_write);
    return db_run(a, s->db,
                  "UPDATE outbox SET state = ?2, tries = ?3, due = ?4, failure = ?5, "
                  "secret = CASE WHEN ?2 = 0 THEN secret ELSE x'' END WHERE n = ?1",
                  DB_ARGS(db_int(m->n), db_int((int64_t)m->state), db_int(m->tries),
                          db_int(m->due_us), db_text(m->failure)));
}

err outbox_count_invited(struct arena *a, struct session *s, str briefing, int64_t *out)
{
    return db_query_int(
        a, s->db,
        "SELECT count(*) FROM outbox WHERE briefing = ?1 AND kind = 'invitation' AND "
        "state IN (1, 2)",
        DB_ARGS(db_text(briefing)), 0, out);
}

err outbox_count_notices(struct arena *a, struct session *s, str recipient, int64_t since_us,
                         int64_t *out)
{
    return db_query_int(a, s->db,
                        "SELECT count(*) FROM outbox WHERE briefing = '' AND kind = 'notice' AND "
                        "recipient = ?1 AND created > ?2",
                        DB_ARGS(db_text(recipient), db_int(since_us)), 0, out);
}

err outbox_old_briefings(struct arena *a, struct session *s, int64_t before_us,
                         struct stix_strs *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db,
                 "SELECT DISTINCT briefing FROM outbox WHERE state <> 0 AND created < ?1 "
                 "ORDER BY briefing",
                 DB_ARGS(db_int(before_us)), &q));
    DB_ROWS(a, &q)
        *LIST_ADD(a, out) = arena_copy(a, db_get_text(&q, 0));
    return NULL;
}

err outbox_drop(struct arena *a, struct session *s, str briefing, int64_t before_us, size_t limit)
{
    ASSERT(s->is_write);
    return db_run(a, s->db,
                  "DELETE FROM outbox WHERE n IN (SELECT n FROM outbox WHERE briefing = ?1 "
                  "AND state <> 0 AND created < ?2 ORDER BY n LIMIT ?3)",
                  DB_ARGS(db_text(briefing), db_int(before_us), db_int((int64_t)limit)));
}
