/*
 * The store: one data directory, opened once per process.
 *
 *     DIR/tocsin.db     the database: log, policy, private state
 *     DIR/tocsin.conf   settings (base/config.h)
 *     DIR/audit.key     the key that signs audit heads, unless signing_key_file names another place
 *
 * Work happens in sessions. A read session sees one snapshot of the log, the policy that belongs to
 * it and the views caught up to it; a write session is one transaction. Sessions borrow a
 * connection from the store's pool; the store may be used from many threads, a session from one.
 */
#ifndef TOCSIN_STORE_STORE_H
#define TOCSIN_STORE_STORE_H

#include "base/config.h"
#include "base/secret.h"
#include "base/zone.h"
#include "db/db.h"
#include "store/audience.h"
#include "store/policy.h"
#include "store/receipts.h"
#include "store/views.h"

#define STORE_PATH_BYTES_MAX 4000

struct store_keys {
    unsigned char id_hash[SECRET_HASH_KEY_BYTES]; /* finds objects by id */
    unsigned char next[SECRET_KEY_BYTES];         /* seals `next` of TAXII pages */
    unsigned char etag[SECRET_KEY_BYTES];
    unsigned char token[SECRET_KEY_BYTES]; /* keys the digests of tokens */
};

struct connection;
struct connection_pool;
struct ends;
struct picture;
struct policy_slot;

struct store {
    str dir;
    str name;        /* of the exchange */
    str exchange_id; /* a UUID */
    const char *driver;
    const struct config *config; /* see store_config */
    struct store_keys keys;
    bool is_demo;
    struct views *views;
    struct receipts *receipts;
    struct ends *ends;
    struct audience_table *audiences;
    struct policy_slot *policy; /* the policy in force, shared */
    struct zone_book *zones;
    struct picture *picture; /* what the newest snapshot said */
    struct connection_pool *pool;
    struct arena arena; /* lives as long as the store */
};

struct store_init {
    str dir;
    str name; /* of the exchange and of the steward's organization */
    bool is_demo;
};

/*
 * Makes a new data directory: folder, settings, keys, database, the built-in collection Members,
 * the steward's organization and the built-in markings. ERR_CONFLICT where there is one already.
 */
err store_create(struct arena *a, const struct store_init *init) MUST_USE;

/*
 * Opens a data directory. ERR_NOT_FOUND: there is none. ERR_DATA_DIR: it is somebody else's, or
 * made by a newer tocsin. ERR_BUSY: locked. `*out` is closed with store_close.
 */
err store_open(struct arena *a, str dir, struct store **out) MUST_USE;
/* As store_open with another driver of db/: for tests with faults. */
err store_open_with(struct arena *a, str dir, const char *driver, struct store **out) MUST_USE;
/* Accepts NULL. All sessions must have ended. */
void store_close(struct store *s);

/* The settings in force; they stay where they are until store_close. */
const struct config *store_config(const struct store *s);

/*
 * Reads DIR/tocsin.conf again, by one thread at a time. ERR_INPUT names the line that is wrong; the
 * settings in force stay then, and so where `check` (NULL: none) refuses the new ones.
 */
err store_reload_config(struct arena *a, struct store *s,
                        err (*check)(struct arena *a, const struct config *c)) MUST_USE;

struct session {
    struct store *store;
    struct connection *connection;
    struct db *db;
    struct policy *policy;        /* good until session_done */
    struct policy *marked_policy; /* as it was at session_mark */
    int64_t actor;                /* who acts, for the audit log; 0: the console of the exchange */
    int64_t now_us;
    int64_t last_number;
    int64_t last_added;
    int64_t policy_epoch;
    size_t audience_count; /* of this snapshot */
    size_t named_count;
    int64_t sealed_chunks;
    struct db_mark mark; /* of a glance: the commit it stands on */
    bool holds_views;
    bool is_outdated; /* a glance whose rows are gone: see session_rows */
    bool is_write;
    bool is_changed; /* entries were appended: state is to be written */
};

/* Begins a read session; the views are held still until session_done or session_release_views. */
err session_read(struct arena *a, struct store *s, struct session *out) MUST_USE;

/*
 * As session_read, for what is mostly answered from memory: where nothing was committed, by any
 * process, since the last one, it begins no transaction and `db` is NULL. Policy, audiences and
 * views are those of the newest commit all the same (G10).
 */
err session_glance(struct arena *a, struct store *s, struct session *out) MUST_USE;
/*
 * Begins the transaction that a glance left out; nothing to do in other sessions. If something was
 * committed meanwhile, the session `is_outdated` and fails with ERR_BUSY: what it was asked for
 * begins again with session_read.
 */
err session_rows(struct arena *a, struct session *s) MUST_USE;

/* Lets the views move on while this session goes on reading rows. */
void session_release_views(struct session *s);

/* Begins a write session; waits for other writers. */
err session_write(struct arena *a, struct store *s, struct session *out) MUST_USE;
/* Commits and ends it; afterwards sealing and the like may run. */
err session_commit(struct arena *a, struct session *s) MUST_USE;
/* Ends any session; what was not committed is rolled back. Accepts a zeroed one. */
void session_done(struct session *s);

/*
 * One level of undo inside a write session: what was done since session_mark is undone by
 * session_undo, positions, interned audiences and rights included, or kept by session_keep.
 */
struct session_mark {
    int64_t last_number;
    int64_t last_added;
    int64_t policy_epoch;
    size_t audience_count;
    size_t named_count;
};
err session_mark(struct arena *a, struct session *s, struct session_mark *out) MUST_USE;
err session_keep(struct arena *a, struct session *s) MUST_USE;
void session_undo(struct session *s, const struct session_mark *mark);

/* Inside a write session: who may read what has changed. The policy is loaded anew at once. */
err session_policy_changed(struct arena *a, struct session *s) MUST_USE;

#endif
