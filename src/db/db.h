/*
 * A small driver over SQL databases: connections, prepared statements, transactions.
 *
 * SQL is written once for all drivers, with parameters ?1, ?2, …; a statement is prepared once per
 * connection and kept by the address of its text, so texts are literals. A connection belongs to
 * one thread at a time. All failures carry the database's words; a full disk is ERR_NO_SPACE, a
 * lock that does not come free ERR_BUSY, a broken file ERR_CORRUPT.
 */
#ifndef TOCSIN_DB_DB_H
#define TOCSIN_DB_DB_H

#include "base/error.h"

struct db;

enum db_value_type { DB_NULL, DB_INT, DB_TEXT, DB_BLOB };

struct db_value {
    enum db_value_type type;
    int64_t number;
    str bytes;
};

static inline struct db_value db_int(int64_t n)
{
    return (struct db_value){.type = DB_INT, .number = n};
}
/* The empty str is the empty text, not NULL. */
static inline struct db_value db_text(str s)
{
    return (struct db_value){.type = DB_TEXT, .bytes = s};
}
static inline struct db_value db_blob(str s)
{
    return (struct db_value){.type = DB_BLOB, .bytes = s};
}
static inline struct db_value db_null(void)
{
    return (struct db_value){.type = DB_NULL};
}
/* NULL where `s` is empty. */
static inline struct db_value db_text_or_null(str s)
{
    return s.len ? db_text(s) : db_null();
}

#define DB_ARGS(...)                        \
    (const struct db_value[]){__VA_ARGS__}, \
        sizeof((const struct db_value[]){__VA_ARGS__}) / sizeof(struct db_value)
#define DB_NO_ARGS NULL, (size_t)0

struct db_options {
    const char *driver; /* "sqlite", "fault:N" is sqlite failing its nth call */
    str address;        /* for sqlite the path of the file */
    bool may_create;
    bool is_read_only;
    unsigned busy_ms_max; /* how long to wait for another's lock */
    unsigned cache_kib;   /* page cache; zero: 2,048 */
};

/* Opens a connection; on failure `*out` is untouched. */
err db_open(struct arena *a, const struct db_options *options, struct db **out) MUST_USE;
/* Accepts NULL. Rolls back what is open. */
void db_close(struct db *db);

/* Runs a statement that gives no rows. */
err db_run(struct arena *a, struct db *db, const char *sql, const struct db_value *args,
           size_t arg_count) MUST_USE;

/* Runs several statements separated by semicolons, without parameters: migrations. */
err db_run_script(struct arena *a, struct db *db, str script) MUST_USE;

/*
 * A running query. Columns count from 0; what db_get_text and db_get_blob give is borrowed until
 * the next db_next or db_query_done.
 *     OWNED(db_query_done) struct db_query q = {0};
 *     TRY(db_query(a, db, "SELECT n FROM t WHERE id = ?1", DB_ARGS(db_text(id)), &q));
 *     bool has_row;
 *     TRY(db_next(a, &q, &has_row));
 * or, for all rows that are left, a loop that hands onward what db_next refuses, as TRY does:
 *     DB_ROWS(a, &q)
 *         total += db_get_int(&q, 0);
 */
struct db_query {
    struct db *db;
    void *statement;
};
err db_query(struct arena *a, struct db *db, const char *sql, const struct db_value *args,
             size_t arg_count, struct db_query *out) MUST_USE;
err db_next(struct arena *a, struct db_query *q, bool *has_row) MUST_USE;
#define DB_ROWS(a, q)                           \
    for (bool has_row_; __extension__({         \
             TRY(db_next((a), (q), &has_row_)); \
             has_row_;                          \
         });)
/* Accepts a zeroed one. */
void db_query_done(struct db_query *q);

bool db_is_null(const struct db_query *q, unsigned column);
int64_t db_get_int(const struct db_query *q, unsigned column);
str db_get_text(const struct db_query *q, unsigned column);
str db_get_blob(const struct db_query *q, unsigned column);

/* The first column of the first row as a number; `*out` is `absent` without a row or for NULL. */
err db_query_int(struct arena *a, struct db *db, const char *sql, const struct db_value *args,
                 size_t arg_count, int64_t absent, int64_t *out) MUST_USE;

/* Rows changed by the last statement that wrote. */
int64_t db_changes(struct db *db);

/*
 * Transactions. A read transaction sees one snapshot from db_begin on. A write transaction takes
 * the writer's lock at once. Rolling back without one is harmless, so that OWNED(db_rollback_owned)
 * ends whatever a function left open.
 */
enum db_begin { DB_BEGIN_READ, DB_BEGIN_WRITE };
err db_begin(struct arena *a, struct db *db, enum db_begin how) MUST_USE;
err db_commit(struct arena *a, struct db *db) MUST_USE;
void db_rollback(struct db *db);
bool db_is_in_transaction(const struct db *db);
static inline void db_rollback_owned(struct db **db)
{
    if (*db)
        db_rollback(*db);
}

/* One level of savepoints inside a write transaction. */
err db_savepoint(struct arena *a, struct db *db) MUST_USE;
err db_savepoint_keep(struct arena *a, struct db *db) MUST_USE;
void db_savepoint_undo(struct db *db);

/* A number that changes when another connection commits; costs under a microsecond. */
err db_data_version(struct arena *a, struct db *db, int64_t *out) MUST_USE;

/*
 * A mark of the newest commit, whichever process made it: between two equal marks nothing was
 * committed, and a snapshot begun between them holds just what they stand for. Costs no system
 * call, and any thread may ask while the connection is open, whoever uses it. False: the driver
 * cannot tell, at this moment or ever.
 */
#define DB_MARK_WORDS 12
struct db_mark {
    uint32_t words[DB_MARK_WORDS];
};
bool db_mark_get(const struct db *db, struct db_mark *out);
bool db_mark_eq(const struct db_mark *a, const struct db_mark *b);

/* Moves the write-ahead log into the database; `*wal_bytes` is what is left of it. */
err db_checkpoint(struct arena *a, struct db *db, int64_t *wal_bytes) MUST_USE;

/* Copies a consistent state of the whole database to a new file while others write. */
err db_copy_to(struct arena *a, struct db *db, str path) MUST_USE;

/* The database's own check of its file; ERR_CORRUPT names the first fault. */
err db_check_integrity(struct arena *a, struct db *db) MUST_USE;

/*
 * Migrations: embedded SQL texts, applied in order inside one transaction each. `user_version`
 * says how many were applied; a database with more than we know is ERR_DATA_DIR ("newer").
 */
struct db_migration {
    unsigned number;
    const char *name;
    str sql;
};
err db_migrate(struct arena *a, struct db *db, const struct db_migration *migrations,
               size_t count) MUST_USE;

#endif
