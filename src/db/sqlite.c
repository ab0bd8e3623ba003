/*
 * The embedded driver: SQLite with a write-ahead log, synchronous=FULL, explicit checkpoints (S13).
 */
#include "db/driver.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>

/* "toCS": marks the file as ours, in the header of the database. */
#define APPLICATION_ID 0x746f4353
#define CACHE_KIB_DEFAULT 2048u
#define COPY_PAGES 1024

static enum err_code code_of(sqlite3 *db, int result)
{
    switch (result & 0xff) {
    case SQLITE_FULL:
        return ERR_NO_SPACE;
    case SQLITE_IOERR: {
        int system = db ? sqlite3_system_errno(db) : 0;
        return system == ENOSPC || system == EDQUOT || system == EFBIG ? ERR_NO_SPACE : ERR_IO;
    }
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ERR_BUSY;
    case SQLITE_CORRUPT:
        return ERR_CORRUPT;
    case SQLITE_NOTADB:
        return ERR_DATA_DIR;
    case SQLITE_TOOBIG:
        return ERR_TOO_LARGE;
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
        return ERR_IO;
    default:
        return ERR_INTERNAL;
    }
}

static const char *advice_for(enum err_code code)
{
    switch (code) {
    case ERR_NO_SPACE:
        return "; the disk is full: nothing of this was kept, reading goes on; make room and try "
               "again";
    case ERR_BUSY:
        return "; another process holds the database; try again";
    case ERR_CORRUPT:
        return "; the file is damaged: restore a backup, or run tocsin fsck to see the extent";
    case ERR_DATA_DIR:
        return "; this file was not made by tocsin";
    default:
        return "";
    }
}

static err fail(struct arena *a, sqlite3 *db, int result, const char *what)
{
    enum err_code code = code_of(db, result);
    return FAIL(a, code, "%s: %s%s", what, db ? sqlite3_errmsg(db) : sqlite3_errstr(result),
                advice_for(code));
}

static err run_script(struct arena *a, void *connection, const char *sql)
{
    int result = sqlite3_exec(connection, sql, NULL, NULL, NULL);
    return result == SQLITE_OK ? NULL : fail(a, connection, result, "the database refused a change");
}

static err read_pragma(struct arena *a, sqlite3 *db, const char *sql, int64_t *out)
{
    sqlite3_stmt *statement;
    int result = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    if (result == SQLITE_OK) {
        result = sqlite3_step(statement);
        *out = sqlite3_column_int64(statement, 0);
        sqlite3_finalize(statement);
    }
    return result == SQLITE_ROW ? NULL : fail(a, db, result, "cannot read the database");
}

/* A new file gets our mark; an old one must have it. */
static err check_owner(struct arena *a, sqlite3 *db, const struct db_options *options)
{
    int64_t mark;
    int64_t pages;
    TRY(read_pragma(a, db, "PRAGMA application_id", &mark));
    TRY(read_pragma(a, db, "PRAGMA page_count", &pages));
    if (mark == APPLICATION_ID)
        return NULL;
    if (pages > 0 || !options->may_create)
        return FAIL(a, ERR_DATA_DIR, "%.*s is a database of another program, not of tocsin",
                    STR_ARG(options->address));
    sqlite3_str *text = sqlite3_str_new(db);
    sqlite3_str_appendf(text, "PRAGMA application_id = %d", APPLICATION_ID);
    char *sql = sqlite3_str_finish(text);
    err failure = run_script(a, db, sql);
    sqlite3_free(sql);
    return failure;
}

static err set_up(struct arena *a, sqlite3 *db, const struct db_options *options)
{
    sqlite3_extended_result_codes(db, 1);
    sqlite3_busy_timeout(db, (int)options->busy_ms_max);
    TRY(check_owner(a, db, options));
    if (!options->is_read_only)
        TRY(run_script(a, db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL"));
    TRY(run_script(a, db, "PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 0; "
                          "PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0; "
                          "PRAGMA trusted_schema = OFF"));
    unsigned cache_kib = options->cache_kib ? options->cache_kib : CACHE_KIB_DEFAULT;
    str sql = arena_print(a, "PRAGMA cache_size = -%u", cache_kib);
    return run_script(a, db, sql.at);
}

static err sqlite_open(struct arena *a, const struct db_options *options, void **connection)
{
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
    flags |= options->is_read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    if (options->may_create)
        flags |= SQLITE_OPEN_CREATE;
    sqlite3 *db = NULL;
    int result = sqlite3_open_v2(arena_copy(a, options->address).at, &db, flags, NULL);
    err failure = result == SQLITE_OK ? set_up(a, db, options)
                                      : fail(a, db, result, "cannot open the database");
    if (failure) {
        sqlite3_close(db);
        return WRAP(a, failure, "%.*s", STR_ARG(options->address));
    }
    *connection = db;
    return NULL;
}

static void sqlite_close_connection(void *connection)
{
    sqlite3_close(connection);
}

static err sqlite_prepare(struct arena *a, void *connection, const char *sql, void **statement)
{
    sqlite3_stmt *made;
    int result = sqlite3_prepare_v3(connection, sql, -1, SQLITE_PREPARE_PERSISTENT, &made, NULL);
    if (result != SQLITE_OK)
        return fail(a, connection, result, sql);
    *statement = made;
    return NULL;
}

static void sqlite_finalize(void *statement)
{
    sqlite3_finalize(statement);
}

static err sqlite_bind(struct arena *a, void *connection, void *statement, unsigned index,
                       const struct db_value *value)
{
    int result = SQLITE_OK;
    int at = (int)index;
    const char *bytes = value->bytes.len ? value->bytes.at : "";
    switch (value->type) {
    case DB_NULL:
        result = sqlite3_bind_null(statement, at);
        break;
    case DB_INT:
        result = sqlite3_bind_int64(statement, at, value->number);
        break;
    case DB_TEXT:
        result = sqlite3_bind_text64(statement, at, bytes, value->bytes.len, SQLITE_STATIC,
                                     SQLITE_UTF8);
        break;
    case DB_BLOB:
        result = sqlite3_bind_blob64(statement, at, bytes, value->bytes.len, SQLITE_STATIC);
        break;
    }
    return result == SQLITE_OK ? NULL : fail(a, connection, result, "cannot bind a value");
}

static err sqlite_step_statement(struct arena *a, void *connection, void *statement, bool *has_row)
{
    int result = sqlite3_step(statement);
    *has_row = result == SQLITE_ROW;
    if (result == SQLITE_ROW || result == SQLITE_DONE)
        return NULL;
    return fail(a, connection, result, "the database refused");
}

static void sqlite_reset_statement(void *statement)
{
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
}

static struct db_value sqlite_column(void *statement, unsigned column)
{
    int at = (int)column;
    switch (sqlite3_column_type(statement, at)) {
    case SQLITE_NULL:
        return db_null();
    case SQLITE_INTEGER:
        return db_int(sqlite3_column_int64(statement, at));
    case SQLITE_BLOB: {
        const char *bytes = sqlite3_column_blob(statement, at);
        return db_blob((str){bytes, (size_t)sqlite3_column_bytes(statement, at)});
    }
    default: {
        const char *text = (const char *)sqlite3_column_text(statement, at);
        return db_text((str){text, (size_t)sqlite3_column_bytes(statement, at)});
    }
    }
}

static int64_t sqlite_changes(void *connection)
{
    return sqlite3_changes64(connection);
}

static err sqlite_checkpoint(struct arena *a, void *connection, int64_t *wal_bytes)
{
    int frames_left = 0;
    int frames_done = 0;
    int result = sqlite3_wal_checkpoint_v2(connection, NULL, SQLITE_CHECKPOINT_PASSIVE,
                                           &frames_left, &frames_done);
    if (result != SQLITE_OK && (result & 0xff) != SQLITE_BUSY)
        return fail(a, connection, result, "cannot fold the write-ahead log in");
    int64_t page_bytes;
    TRY(read_pragma(a, connection, "PRAGMA page_size", &page_bytes));
    int left = frames_left > frames_done ? frames_left - frames_done : 0;
    *wal_bytes = page_bytes * left;
    return NULL;
}

static err copy_pages(struct arena *a, sqlite3 *from, sqlite3 *to)
{
    sqlite3_backup *copy = sqlite3_backup_init(to, "main", from, "main");
    if (copy == NULL)
        return fail(a, to, sqlite3_errcode(to), "cannot begin to copy the database");
    int result;
    do {
        result = sqlite3_backup_step(copy, COPY_PAGES);
        if (result == SQLITE_BUSY || result == SQLITE_LOCKED)
            sqlite3_sleep(20);
    } while (result == SQLITE_OK || result == SQLITE_BUSY || result == SQLITE_LOCKED);
    sqlite3_backup_finish(copy);
    return result == SQLITE_DONE ? NULL : fail(a, to, result, "cannot copy the database");
}

static err sqlite_copy_to(struct arena *a, void *connection, str path)
{
    sqlite3 *to = NULL;
    int result = sqlite3_open_v2(arena_copy(a, path).at, &to,
                                 SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    /* A read transaction keeps the copy one consistent state while others write. */
    bool is_inside = !sqlite3_get_autocommit(connection);
    err failure = result == SQLITE_OK ? NULL : fail(a, to, result, "cannot create the copy");
    if (failure == NULL && !is_inside)
        failure = run_script(a, connection, "BEGIN; SELECT 1 FROM sqlite_schema");
    if (failure == NULL)
        failure = copy_pages(a, connection, to);
    if (!is_inside && !sqlite3_get_autocommit(connection))
        sqlite3_exec(connection, "ROLLBACK", NULL, NULL, NULL);
    sqlite3_close(to);
    return failure;
}

const struct db_driver DB_SQLITE = {
    .name = "sqlite",
    .open = sqlite_open,
    .close = sqlite_close_connection,
    .prepare = sqlite_prepare,
    .finalize = sqlite_finalize,
    .bind = sqlite_bind,
    .step = sqlite_step_statement,
    .reset = sqlite_reset_statement,
    .column = sqlite_column,
    .script = run_script,
    .changes = sqlite_changes,
    .checkpoint = sqlite_checkpoint,
    .copy_to = sqlite_copy_to,
};
