/*
 * Connections over drivers: statements prepared once, transactions, migrations.
 */
#include "db/driver.h"

#include <stdio.h>
#include <stdlib.h>

#define SLOTS 512 /* prepared statements of one connection; a power of two */

struct kept {
    const char *sql;
    void *statement;
    bool is_running;
};

struct db {
    const struct db_driver *driver;
    void *connection;
    struct kept slots[SLOTS];
    size_t kept_count;
    bool is_in_transaction;
};

static const struct db_driver *const DRIVERS[] = {&DB_SQLITE, &DB_FAULT};

static const struct db_driver *find_driver(const char *name)
{
    for (size_t i = 0; i < sizeof(DRIVERS) / sizeof(DRIVERS[0]); i++) {
        if (str_eq(str_of(DRIVERS[i]->name), str_of(name)))
            return DRIVERS[i];
    }
    return NULL;
}

err db_open(struct arena *a, const struct db_options *options, struct db **out)
{
    const struct db_driver *driver = find_driver(options->driver);
    if (driver == NULL)
        return FAIL(a, ERR_USAGE, "there is no database driver '%s'", options->driver);
    void *connection;
    TRY(driver->open(a, options, &connection));
    struct db *db = calloc(1, sizeof(*db));
    ASSERT(db != NULL);
    db->driver = driver;
    db->connection = connection;
    *out = db;
    return NULL;
}

void db_close(struct db *db)
{
    if (db == NULL)
        return;
    db_rollback(db);
    for (size_t i = 0; i < SLOTS; i++) {
        if (db->slots[i].statement)
            db->driver->finalize(db->slots[i].statement);
    }
    db->driver->close(db->connection);
    free(db);
}

/* The statement for a literal, by its address; it must not be running already. */
static err keep_statement(struct arena *a, struct db *db, const char *sql, struct kept **out)
{
    size_t at = ((uintptr_t)sql >> 3) * 0x9e3779b97f4a7c15u >> 55;
    while (db->slots[at].sql && (db->slots[at].sql != sql || db->slots[at].is_running))
        at = (at + 1) & (SLOTS - 1);
    struct kept *kept = &db->slots[at];
    if (kept->sql == NULL) {
        ASSERT(db->kept_count < SLOTS - 1);
        TRY(db->driver->prepare(a, db->connection, sql, &kept->statement));
        kept->sql = sql;
        db->kept_count++;
    }
    *out = kept;
    return NULL;
}

static void stop(struct db *db, struct kept *kept)
{
    db->driver->reset(kept->statement);
    kept->is_running = false;
}

static err start(struct arena *a, struct db *db, const char *sql, const struct db_value *args,
                 size_t arg_count, struct kept **out)
{
    struct kept *kept;
    TRY(keep_statement(a, db, sql, &kept));
    kept->is_running = true;
    for (size_t i = 0; i < arg_count; i++) {
        err failure =
            db->driver->bind(a, db->connection, kept->statement, (unsigned)i + 1, &args[i]);
        if (failure) {
            stop(db, kept);
            return failure;
        }
    }
    *out = kept;
    return NULL;
}

err db_run(struct arena *a, struct db *db, const char *sql, const struct db_value *args,
           size_t arg_count)
{
    struct kept *kept;
    TRY(start(a, db, sql, args, arg_count, &kept));
    bool has_row = true;
    err failure = NULL;
    while (failure == NULL && has_row)
        failure = db->driver->step(a, db->connection, kept->statement, &has_row);
    stop(db, kept);
    return failure;
}

err db_run_script(struct arena *a, struct db *db, str script)
{
    return db->driver->script(a, db->connection, arena_copy(a, script).at);
}

err db_query(struct arena *a, struct db *db, const char *sql, const struct db_value *args,
             size_t arg_count, struct db_query *out)
{
    struct kept *kept;
    TRY(start(a, db, sql, args, arg_count, &kept));
    out->db = db;
    out->statement = kept;
    return NULL;
}

err db_next(struct arena *a, struct db_query *q, bool *has_row)
{
    const struct kept *kept = q->statement;
    return q->db->driver->step(a, q->db->connection, kept->statement, has_row);
}

void db_query_done(struct db_query *q)
{
    if (q->statement)
        stop(q->db, q->statement);
    *q = (struct db_query){0};
}

static struct db_value column_of(const struct db_query *q, unsigned column)
{
    const struct kept *kept = q->statement;
    return q->db->driver->column(kept->statement, column);
}

bool db_is_null(const struct db_query *q, unsigned column)
{
    return column_of(q, column).type == DB_NULL;
}

int64_t db_get_int(const struct db_query *q, unsigned column)
{
    return column_of(q, column).number;
}

str db_get_text(const struct db_query *q, unsigned column)
{
    return column_of(q, column).bytes;
}

str db_get_blob(const struct db_query *q, unsigned column)
{
    return column_of(q, column).bytes;
}

err db_query_int(struct arena *a, struct db *db, const char *sql, const struct db_value *args,
                 size_t arg_count, int64_t absent, int64_t *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, db, sql, args, arg_count, &q));
    bool has_row;
    TRY(db_next(a, &q, &has_row));
    *out = has_row && !db_is_null(&q, 0) ? db_get_int(&q, 0) : absent;
    return NULL;
}

int64_t db_changes(struct db *db)
{
    return db->driver->changes(db->connection);
}

err db_begin(struct arena *a, struct db *db, enum db_begin how)
{
    ASSERT(!db->is_in_transaction);
    TRY(db_run(a, db, how == DB_BEGIN_WRITE ? "BEGIN IMMEDIATE" : "BEGIN", DB_NO_ARGS));
    db->is_in_transaction = true;
    if (how == DB_BEGIN_WRITE)
        return NULL;
    /* The snapshot is taken by the first read, not by BEGIN. */
    int64_t unused;
    err failure =
        db_query_int(a, db, "SELECT count(*) FROM sqlite_schema", DB_NO_ARGS, 0, &unused);
    if (failure)
        db_rollback(db);
    return failure;
}

err db_commit(struct arena *a, struct db *db)
{
    TRY(db_run(a, db, "COMMIT", DB_NO_ARGS));
    db->is_in_transaction = false;
    return NULL;
}

static void stop_all(struct db *db)
{
    for (size_t i = 0; i < SLOTS; i++) {
        if (db->slots[i].is_running)
            stop(db, &db->slots[i]);
    }
}

void db_rollback(struct db *db)
{
    if (!db->is_in_transaction)
        return;
    stop_all(db);
    struct arena scratch = {0};
    /* A failed commit may have rolled back already: that is what is wanted. */
    err ignored = DB_SQLITE.script(&scratch, db->connection, "ROLLBACK");
    (void)ignored;
    arena_done(&scratch);
    db->is_in_transaction = false;
}

bool db_is_in_transaction(const struct db *db)
{
    return db->is_in_transaction;
}

err db_savepoint(struct arena *a, struct db *db)
{
    return db_run(a, db, "SAVEPOINT one", DB_NO_ARGS);
}

err db_savepoint_keep(struct arena *a, struct db *db)
{
    return db_run(a, db, "RELEASE one", DB_NO_ARGS);
}

void db_savepoint_undo(struct db *db)
{
    stop_all(db);
    struct arena scratch = {0};
    err failure = DB_SQLITE.script(&scratch, db->connection, "ROLLBACK TO one; RELEASE one");
    if (failure) /* the engine rolled the whole transaction back; its commit will say so */
        db->is_in_transaction = false;
    arena_done(&scratch);
}

err db_data_version(struct arena *a, struct db *db, int64_t *out)
{
    return db_query_int(a, db, "PRAGMA data_version", DB_NO_ARGS, 0, out);
}

err db_checkpoint(struct arena *a, struct db *db, int64_t *wal_bytes)
{
    return db->driver->checkpoint(a, db->connection, wal_bytes);
}

err db_copy_to(struct arena *a, struct db *db, str path)
{
    return db->driver->copy_to(a, db->connection, path);
}

err db_check_integrity(struct arena *a, struct db *db)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, db, "PRAGMA integrity_check(1)", DB_NO_ARGS, &q));
    bool has_row;
    TRY(db_next(a, &q, &has_row));
    if (has_row && !str_eq(db_get_text(&q, 0), LIT("ok")))
        return FAIL(a, ERR_CORRUPT, "the database file is damaged: %.*s", STR_ARG(db_get_text(&q, 0)));
    return NULL;
}

static err apply(struct arena *a, struct db *db, const struct db_migration *m)
{
    TRY(db_begin(a, db, DB_BEGIN_WRITE));
    err failure = db_run_script(a, db, m->sql);
    str mark = arena_print(a, "PRAGMA user_version = %u", m->number);
    failure = failure ? failure : db_run_script(a, db, mark);
    failure = failure ? failure : db_commit(a, db);
    if (failure) {
        db_rollback(db);
        return WRAP(a, failure, "migration %04u_%s", m->number, m->name);
    }
    return NULL;
}

err db_migrate(struct arena *a, struct db *db, const struct db_migration *migrations, size_t count)
{
    int64_t applied;
    TRY(db_query_int(a, db, "PRAGMA user_version", DB_NO_ARGS, 0, &applied));
    int64_t known = count ? (int64_t)migrations[count - 1].number : 0;
    if (applied > known)
        return FAIL(a, ERR_DATA_DIR,
                    "the data directory was made by a newer tocsin (schema %lld, this one knows "
                    "%lld); use that version",
                    (long long)applied, (long long)known);
    for (size_t i = 0; i < count; i++) {
        if ((int64_t)migrations[i].number > applied)
            TRY(apply(a, db, &migrations[i]));
    }
    return NULL;
}
