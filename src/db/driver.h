/*
 * What a database driver gives: one const table of functions, one row in db.c.
 *
 * db.c holds the statement cache, transactions and migrations and calls these; nothing else does.
 * Connections and statements are the driver's own and opaque. Every callback is required unless
 * it says optional. Errors carry the database's own words. To add a driver: one file with its
 * table, one row in db.c; the store's tests then run on it.
 */
#ifndef TOCSIN_DB_DRIVER_H
#define TOCSIN_DB_DRIVER_H

#include "db/db.h"

/* The id in the header of a database file that says whose it is: "toCS". */
#define DB_APPLICATION_ID 0x746f4353

/* The savepoint of db_savepoint; one level is enough. */
#define DB_SAVEPOINT "one"

/* The texts in which databases differ. Those marked optional may be NULL. */
struct db_dialect {
    const char *begin_read;
    const char *snapshot; /* optional: run after begin_read if that alone pins nothing */
    const char *begin_write;
    const char *version;         /* one number: migrations applied */
    const char *data_version;    /* one number, see db_data_version */
    const char *check_integrity; /* optional: one row "ok", or the first fault */
};

struct db_driver {
    const char *name;
    const struct db_dialect *sql;

    /*
     * Opens the database at options->address. `argument` is what follows the colon in
     * options->driver, or empty. ERR_NOT_FOUND without the file, ERR_DATA_DIR for a file that
     * another program made.
     */
    err (*open)(struct arena *a, const struct db_options *options, str argument,
                void **connection) MUST_USE;

    /* All statements were finished before. */
    void (*close)(void *connection);

    /* `*argument_count` is how many values bind must be given. `sql` is ended by a NUL. */
    err (*prepare)(struct arena *a, void *connection, str sql, void **statement,
                   size_t *argument_count) MUST_USE;
    void (*finish)(void *connection, void *statement);

    /* Binds without copying: the bytes are the caller's until reset. */
    err (*bind)(struct arena *a, void *connection, void *statement, const struct db_value *args,
                size_t arg_count) MUST_USE;
    err (*step)(struct arena *a, void *connection, void *statement, bool *has_row) MUST_USE;

    /* Ends the run of a statement, whether it failed or not; it can be bound and run again. */
    void (*reset)(void *connection, void *statement);

    /*
     * A column of the present row, as `type`; texts and blobs until the next step or reset. Asked
     * as DB_NULL, the answer's type is DB_NULL where the column holds nothing.
     */
    struct db_value (*column)(void *statement, unsigned column, enum db_value_type type);

    err (*run_script)(struct arena *a, void *connection, str script) MUST_USE;

    int64_t (*changes)(void *connection);
    bool (*is_in_transaction)(void *connection);

    /* Optional: see db_mark_get. */
    bool (*mark)(void *connection, struct db_mark *out);

    /* Must not fail: what is left open otherwise would be written by the next commit. */
    void (*rollback)(void *connection);

    err (*set_version)(struct arena *a, void *connection, unsigned version) MUST_USE;

    /* Optional: without a write-ahead log of its own there is nothing to do. */
    err (*checkpoint)(struct arena *a, void *connection, int64_t *wal_bytes) MUST_USE;

    /* Optional: a server's copies are made by its own tools. */
    err (*copy_to)(struct arena *a, void *connection, str path) MUST_USE;
};

extern const struct db_dialect db_dialect_sqlite;
extern const struct db_driver db_driver_sqlite;
extern const struct db_driver db_driver_fault;

/* The driver's own connection under `db`, for what only that driver (asserted) offers. */
void *db_connection(struct db *db, const struct db_driver *driver);

#endif
