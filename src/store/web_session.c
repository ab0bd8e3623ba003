/*
 * Browsers that are signed in.
 */
#include "store/web_session.h"

#include "base/uuid.h"
#include "store/digest.h"

#define COLUMNS "n, id, person, org, created, used, is_shared, agent, peer, stage, is_strong"

static struct db_value session_digest(struct arena *a, const struct session *s, str secret)
{
    return db_blob(digest_of(a, &s->store->keys, LIT("web session"), secret));
}

str web_session_csrf(struct arena *a, const struct store_keys *keys, str secret)
{
    return secret_base64url(a, digest_of(a, keys, LIT("csrf"), secret));
}

bool web_session_is_over(const struct web_session *w, int64_t now_us)
{
    int64_t idle_us = w->is_shared ? WEB_SESSION_SHARED_IDLE_US : WEB_SESSION_IDLE_US;
    int64_t whole_us = w->is_shared ? WEB_SESSION_SHARED_WHOLE_US : WEB_SESSION_WHOLE_US;
    bool is_late = w->stage != WEB_STAGE_WHOLE && now_us >= w->created_us + WEB_SESSION_EARLY_US;
    return is_late || now_us >= w->used_us + idle_us || now_us >= w->created_us + whole_us;
}

static err drop_over(struct arena *a, struct session *s)
{
    return db_run(a, s->db,
                  "DELETE FROM web_session WHERE used < ?1 - (CASE is_shared WHEN 1 THEN ?2 "
                  "ELSE ?3 END) OR created < ?1 - (CASE is_shared WHEN 1 THEN ?4 ELSE ?5 END)",
                  DB_ARGS(db_int(s->now_us), db_int(WEB_SESSION_SHARED_IDLE_US),
                          db_int(WEB_SESSION_IDLE_US), db_int(WEB_SESSION_SHARED_WHOLE_US),
                          db_int(WEB_SESSION_WHOLE_US)));
}

/* Whoever may sign in may do so often, and each time is a row. */
static err make_room(struct arena *a, struct session *s, const struct web_session *w)
{
    return db_run(
        a, s->db,
        "DELETE FROM web_session WHERE n IN (SELECT n FROM web_session WHERE person = ?1 "
        "AND stage = ?2 ORDER BY n DESC LIMIT -1 OFFSET ?3)",
        DB_ARGS(db_int(w->person), db_int(w->stage), db_int(WEB_SESSIONS_PER_PERSON_MAX - 1)));
}

err web_session_add(struct arena *a, struct session *s, struct web_session *w, str secret)
{
    TRY(drop_over(a, s));
    TRY(make_room(a, s, w));
    w->id = uuid_random_id(a, LIT("session"));
    w->created_us = s->now_us;
    w->used_us = s->now_us;
    TRY(db_run(a, s->db,
               "INSERT INTO web_session (id, digest, person, org, created, used, is_shared, agent, "
               "peer, stage, is_strong) VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, ?7, ?8, ?9, ?10)",
               DB_ARGS(db_text(w->id), session_digest(a, s, secret), db_int(w->person),
                       db_int(w->org), db_int(s->now_us), db_int(w->is_shared),
                       db_text(str_part(w->agent, 0, WEB_SESSION_AGENT_BYTES_MAX)),
                       db_text(w->peer), db_int(w->stage), db_int(w->is_strong))));
    return db_query_int(a, s->db, "SELECT n FROM web_session WHERE id = ?1",
                        DB_ARGS(db_text(w->id)), 0, &w->n);
}

static void read_row(struct arena *a, const struct db_query *q, struct web_session *out)
{
    *out = (struct web_session){.n = db_get_int(q, 0),
                                .id = arena_copy(a, db_get_text(q, 1)),
                                .person = db_get_int(q, 2),
                                .org = db_get_int(q, 3),
                                .created_us = db_get_int(q, 4),
                                .used_us = db_get_int(q, 5),
                                .is_shared = db_get_int(q, 6) != 0,
                                .agent = arena_copy(a, db_get_text(q, 7)),
                                .peer = arena_copy(a, db_get_text(q, 8)),
                                .stage = (enum web_stage)db_get_int(q, 9),
                                .is_strong = db_get_int(q, 10) != 0};
}

err web_session_get(struct arena *a, struct session *s, str secret, struct web_session *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    struct web_session found = {0};
    bool has_row;
    TRY(db_query(a, s->db, "SELECT " COLUMNS " FROM web_session WHERE digest = ?1",
                 DB_ARGS(session_digest(a, s, secret)), &q));
    TRY(db_next(a, &q, &has_row));
    if (has_row)
        read_row(a, &q, &found);
    *out = has_row && !web_session_is_over(&found, s->now_us) ? found : (struct web_session){0};
    return NULL;
}

err web_session_note(struct arena *a, struct session *s, int64_t n)
{
    return db_run(a, s->db, "UPDATE web_session SET used = ?1 WHERE n = ?2",
                  DB_ARGS(db_int(s->now_us), db_int(n)));
}

err web_session_renew(struct arena *a, struct session *s, const struct web_session *w, str secret)
{
    return db_run(a, s->db,
                  "UPDATE web_session SET org = ?1, digest = ?2, used = ?3, stage = ?4, "
                  "is_strong = ?5 WHERE n = ?6",
                  DB_ARGS(db_int(w->org), session_digest(a, s, secret), db_int(s->now_us),
                          db_int(w->stage), db_int(w->is_strong), db_int(w->n)));
}

err web_session_list(struct arena *a, struct session *s, int64_t person, struct web_sessions *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    struct web_sessions list = {0};
    TRY(db_query(a, s->db,
                 "SELECT " COLUMNS " FROM web_session WHERE person = ?1 AND stage = 0 "
                 "ORDER BY n DESC",
                 DB_ARGS(db_int(person)), &q));
    DB_ROWS(a, &q) {
        struct web_session one;
        read_row(a, &q, &one);
        if (!web_session_is_over(&one, s->now_us))
            *LIST_ADD(a, &list) = one;
    }
    *out = list;
    return NULL;
}

err web_session_end_others(struct arena *a, struct session *s, int64_t person, int64_t n)
{
    return db_run(a, s->db, "DELETE FROM web_session WHERE person = ?1 AND n <> ?2",
                  DB_ARGS(db_int(person), db_int(n)));
}

err web_session_end_weak(struct arena *a, struct session *s, int64_t person, int64_t n)
{
    return db_run(a, s->db,
                  "DELETE FROM web_session WHERE person = ?1 AND n <> ?2 AND stage = ?3 "
                  "AND is_strong = 0",
                  DB_ARGS(db_int(person), db_int(n), db_int(WEB_STAGE_WHOLE)));
}

err web_session_end_setups(struct arena *a, struct session *s, int64_t person, int64_t n)
{
    return db_run(a, s->db, "DELETE FROM web_session WHERE person = ?1 AND n <> ?2 AND stage = ?3",
                  DB_ARGS(db_int(person), db_int(n), db_int(WEB_STAGE_SETUP)));
}

err web_session_end(struct arena *a, struct session *s, int64_t n)
{
    return db_run(a, s->db, "DELETE FROM web_session WHERE n = ?1", DB_ARGS(db_int(n)));
}
