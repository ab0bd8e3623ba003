/*
 * Sessions: a connection, a transaction, the state row, the policy and the views that belong to
 * the snapshot.
 */
#include "store/store.h"

#include "base/clock.h"
#include "base/log.h"
#include "store/picture.h"
#include "store/policy_slot.h"
#include "store/pool.h"

/* A snapshot older than the views is retried this often; each time it is a newer one. */
#define STALE_TRIES_MAX 1000
#define WAL_WARN_BYTES (INT64_C(256) << 20)

static err read_state(struct arena *a, struct session *s)
{
    static const char *const STATE = "SELECT last_number, last_added, policy_epoch, sealed_chunks,"
                                     " (SELECT coalesce(max(n), 0) FROM audience),"
                                     " (SELECT coalesce(max(n), 0) FROM named_audience) FROM state";
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db, STATE, DB_NO_ARGS, &q));
    bool has_row;
    TRY(db_next(a, &q, &has_row));
    if (!has_row)
        return FAIL(a, ERR_CORRUPT, "the database has lost its state row; restore a backup");
    s->last_number = db_get_int(&q, 0);
    s->last_added = db_get_int(&q, 1);
    s->policy_epoch = db_get_int(&q, 2);
    s->sealed_chunks = db_get_int(&q, 3);
    s->audience_count = (size_t)db_get_int(&q, 4);
    s->named_count = (size_t)db_get_int(&q, 5);
    return NULL;
}

static err begin(struct arena *a, struct session *s, enum db_begin how)
{
    struct store *store = s->store;
    TRY(db_begin(a, s->db, how));
    TRY(read_state(a, s));
    TRY(audience_table_catch_up(a, store->audiences, s->db, s->audience_count, s->named_count));
    s->now_us = clock_now_us();
    return policy_acquire(a, store->policy, s->db, s->policy_epoch, s->now_us, &s->policy);
}

static void end_attempt(struct session *s)
{
    policy_release(s->policy);
    s->policy = NULL;
    db_rollback(s->db);
}

/* Until the snapshot is as new as what the views know. */
static err begin_with_views(struct arena *a, struct session *s)
{
    for (unsigned tries = 0; tries < STALE_TRIES_MAX; tries++) {
        TRY(begin(a, s, DB_BEGIN_READ));
        bool is_stale;
        TRY(views_begin(a, s->store->views, s->db, &is_stale));
        if (!is_stale) {
            s->holds_views = true;
            return NULL;
        }
        end_attempt(s);
    }
    return FAIL(a, ERR_BUSY, "the exchange is busy with writing; try again");
}

err session_read(struct arena *a, struct store *store, struct session *out)
{
    struct session s = {.store = store};
    TRY(pool_take(a, store->pool, &s.connection));
    s.db = s.connection->db;
    err failure = begin_with_views(a, &s);
    if (failure) {
        session_done(&s);
        return failure;
    }
    *out = s;
    return NULL;
}

/* What session_read would give, if the newest picture is of this very moment. */
static bool glance(struct store *store, const struct db_mark *mark, struct session *out)
{
    struct session s;
    struct view_state views;
    if (!picture_get(store->picture, mark, clock_now_us(), &s, &views))
        return false;
    if (!views_begin_at(store->views, &views)) {
        policy_release(s.policy);
        return false;
    }
    s.holds_views = true;
    *out = s;
    return true;
}

err session_glance(struct arena *a, struct store *store, struct session *out)
{
    struct db_mark before;
    struct db_mark after;
    bool is_marked = picture_mark(a, store->picture, &before);
    if (is_marked && glance(store, &before, out))
        return NULL;
    TRY(session_read(a, store, out));
    if (is_marked && picture_mark(a, store->picture, &after) && db_mark_eq(&before, &after)) {
        struct view_state views = views_state(store->views);
        picture_put(store->picture, &after, out, &views);
    }
    return NULL;
}

/* Whether nothing was committed between the glance and the transaction that has begun since. */
static bool is_still_new(struct arena *a, const struct session *s)
{
    struct db_mark mark;
    return picture_mark(a, s->store->picture, &mark) && db_mark_eq(&mark, &s->mark);
}

err session_rows(struct arena *a, struct session *s)
{
    if (s->db)
        return NULL;
    TRY(pool_take(a, s->store->pool, &s->connection));
    TRY(db_begin(a, s->connection->db, DB_BEGIN_READ));
    s->is_outdated = !is_still_new(a, s);
    if (s->is_outdated)
        return FAIL(a, ERR_BUSY, "the exchange has just changed; try again");
    s->db = s->connection->db;
    return NULL;
}

void session_release_views(struct session *s)
{
    if (s->holds_views)
        views_end(s->store->views);
    s->holds_views = false;
}

err session_write(struct arena *a, struct store *store, struct session *out)
{
    struct session s = {.store = store, .is_write = true};
    TRY(pool_take(a, store->pool, &s.connection));
    s.db = s.connection->db;
    err failure = begin(a, &s, DB_BEGIN_WRITE);
    if (failure) {
        session_done(&s);
        return failure;
    }
    *out = s;
    return NULL;
}

void session_done(struct session *s)
{
    if (s->store == NULL)
        return;
    session_release_views(s);
    bool was_begun = s->policy != NULL;
    if (s->is_write && was_begun) /* not committed: before the writer's lock is given up */
        audience_table_cut(s->store->audiences, s->audience_count, s->named_count);
    policy_release(s->policy);
    policy_release(s->marked_policy);
    pool_give(s->store->pool, s->connection);
    *s = (struct session){0};
}

static err write_state(struct arena *a, struct session *s)
{
    if (!s->is_changed)
        return NULL;
    return db_run(a, s->db, "UPDATE state SET last_number = ?1, last_added = ?2",
                  DB_ARGS(db_int(s->last_number), db_int(s->last_added)));
}

/* What is due after a commit: full chunks are sealed, a long write-ahead log is folded in. */
static err tend(struct arena *a, struct session *s)
{
    if (s->last_number / VIEW_CHUNK_ENTRIES <= s->sealed_chunks)
        return NULL;
    TRY(views_seal(a, s->db));
    int64_t wal_bytes;
    TRY(db_checkpoint(a, s->db, &wal_bytes));
    if (wal_bytes > WAL_WARN_BYTES)
        LOG_WARN("the write-ahead log holds %lld MB; a reader may be holding an old snapshot",
                 (long long)(wal_bytes >> 20));
    return NULL;
}

err session_commit(struct arena *a, struct session *s)
{
    ASSERT(s->is_write);
    err failure = write_state(a, s);
    failure = failure ? failure : db_commit(a, s->db);
    if (failure == NULL && s->is_changed) {
        err late = tend(a, s);
        if (late) /* the commit stands; what is due is tried again after the next */
            LOG_WARN("after a commit: %.*s", STR_ARG(error_text(a, late)));
    }
    if (failure == NULL)
        s->is_write = false; /* what was interned stays */
    session_done(s);
    return failure;
}

err session_mark(struct arena *a, struct session *s, struct session_mark *out)
{
    TRY(db_savepoint(a, s->db));
    policy_release(s->marked_policy);
    s->marked_policy = policy_retain(s->policy);
    *out = (struct session_mark){.last_number = s->last_number,
                                 .last_added = s->last_added,
                                 .policy_epoch = s->policy_epoch};
    audience_table_counts(s->store->audiences, &out->audience_count, &out->named_count);
    return NULL;
}

err session_keep(struct arena *a, struct session *s)
{
    return db_savepoint_keep(a, s->db);
}

void session_undo(struct session *s, const struct session_mark *mark)
{
    db_savepoint_undo(s->db);
    s->last_number = mark->last_number;
    s->last_added = mark->last_added;
    s->policy_epoch = mark->policy_epoch;
    policy_release(s->policy);
    s->policy = policy_retain(s->marked_policy);
    audience_table_cut(s->store->audiences, mark->audience_count, mark->named_count);
}

err session_policy_changed(struct arena *a, struct session *s)
{
    ASSERT(s->is_write);
    TRY(db_run(a, s->db, "UPDATE state SET policy_epoch = policy_epoch + 1", DB_NO_ARGS));
    s->policy_epoch++;
    struct policy *fresh;
    TRY(policy_load(a, s->db, s->policy_epoch, s->now_us, &fresh));
    policy_release(s->policy);
    s->policy = fresh;
    return NULL;
}
