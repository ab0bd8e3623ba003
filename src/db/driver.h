/*
 * What a database driver is: a table of functions over one connection. A new engine is one such
 * table and one row in db.c. All callbacks are required. Errors carry the engine's words.
 */
#ifndef TOCSIN_DB_DRIVER_H
#define TOCSIN_DB_DRIVER_H

#include "db/db.h"

struct db_driver {
    const char *name;
    err (*open)(struct arena *a, const struct db_options *options, void **connection);
    void (*close)(void *connection);
    /* Statements are kept by the caller and reset between uses. `sql` lives as long as they do. */
    err (*prepare)(struct arena *a, void *connection, const char *sql, void **statement);
    void (*finalize)(void *statement);
    /* Texts and blobs stay the caller's until the reset. */
    err (*bind)(struct arena *a, void *connection, void *statement, unsigned index,
                const struct db_value *value);
    err (*step)(struct arena *a, void *connection, void *statement, bool *has_row);
    void (*reset)(void *statement);
    /* A column of the current row; texts are good until the next step or reset. */
    struct db_value (*column)(void *statement, unsigned column);
    err (*script)(struct arena *a, void *connection, const char *sql);
    int64_t (*changes)(void *connection);
    err (*checkpoint)(struct arena *a, void *connection, int64_t *wal_bytes);
    err (*copy_to)(struct arena *a, void *connection, str path);
};

extern const struct db_driver DB_SQLITE;

/* "fault:N" is sqlite whose Nth call of open, prepare, bind, step or script fails (tests). */
extern const struct db_driver DB_FAULT;

#endif
