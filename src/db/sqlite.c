/*
 * The driver over SQLite, and the only file that knows it.
 *
 * Databases are in WAL mode with synchronous=FULL, so that what was committed survives the loss of
 * power. The log is folded in by db_checkpoint (and by the last connection that closes), never in
 * the middle of somebody's commit. Files are made readable by their owner only and carry our
 * application id; a file with another one is left alone.
 */
#include "db/driver.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define CACHE_KIB_DEFAULT 2048
#define WAL_FRAME_HEADER_BYTES 24
/* Of the file that indexes the log: sqlite.org/walformat.html, sections 2.1 and 2.2. */
#define WAL_INDEX_REGION_BYTES 32768
#define WAL_INDEX_VERSION 3007000

/* The file of the log shrinks to this when it begins anew. */
#define WAL_KEPT_BYTES "268435456"

#define STRINGIFY_(x) #x
#define STRINGIFY(x) STRINGIFY_(x)

/* A connection. Sessions end by rolling back, so that is prepared once. */
struct sqlite {
    sqlite3 *db;
    sqlite3_stmt *rollback;
    const volatile uint32_t *index; /* of the log, shared by all processes; NULL: not known */
};

static pthread_once_t configured_once = PTHREAD_ONCE_INIT;

static sqlite3 *handle_of(void *connection)
{
    return ((struct sqlite *)connection)->db;
}

/* Counting memory takes a lock for all threads at each allocation, and nobody reads the count. */
static void configure(void)
{
    sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

/* What the system said at the last failure of one of the connection's files. */
static int last_errno(sqlite3 *db, int pointer_to_file)
{
    sqlite3_file *file = NULL;
    int why = 0;
    sqlite3_file_control(db, "main", pointer_to_file, (void *)&file);
    if (file && file->pMethods)
        file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &why);
    return why;
}

static bool is_no_space(int why)
{
    return why == ENOSPC || why == EDQUOT || why == EFBIG;
}

/*
 * A full disk is SQLITE_FULL, but a quota or a limit on sizes a mere failure to write; its reason
 * is asked of the files, since sqlite3_system_errno has forgotten it by the time of the rollback.
 */
static bool is_disk_full(sqlite3 *db, int code)
{
    if ((code & 0xff) == SQLITE_FULL)
        return true;
    if (code == SQLITE_IOERR_WRITE)
        return is_no_space(last_errno(db, SQLITE_FCNTL_JOURNAL_POINTER)) ||
               is_no_space(last_errno(db, SQLITE_FCNTL_FILE_POINTER));
    return (code & 0xff) == SQLITE_IOERR && is_no_space(sqlite3_system_errno(db));
}

static enum err_code code_of(sqlite3 *db, int code)
{
    if (is_disk_full(db, code))
        return ERR_NO_SPACE;
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ERR_BUSY;
    case SQLITE_CORRUPT:
        return ERR_CORRUPT;
    case SQLITE_NOTADB:
        return ERR_DATA_DIR;
    case SQLITE_CONSTRAINT:
        return ERR_CONFLICT;
    case SQLITE_TOOBIG:
        return ERR_TOO_LARGE;
    case SQLITE_ERROR:
    case SQLITE_MISUSE:
    case SQLITE_RANGE:
    case SQLITE_MISMATCH:
        return ERR_INTERNAL;
    default:
        return ERR_IO;
    }
}

static const char *advice_for(enum err_code code)
{
    switch (code) {
    case ERR_NO_SPACE:
        return "; the disk is full: nothing of this was kept, reading goes on; make room and try "
               "again";
    case ERR_BUSY:
        return "; another process holds it; try again";
    case ERR_CORRUPT:
        return "; the file is damaged: restore a backup, or run tocsin fsck to see the extent";
    case ERR_DATA_DIR:
        return "; this file was not made by tocsin";
    default:
        return "";
    }
}

/* The failure `result` in the database's own words. */
static err fail(struct arena *a, sqlite3 *db, int result)
{
    const char *path = sqlite3_db_filename(db, "main");
    enum err_code code = code_of(db, result);
    return FAIL(a, code, "database %s: %s%s", path ? path : "", sqlite3_errmsg(db),
                advice_for(code));
}

static err run_texts(struct arena *a, sqlite3 *db, str script)
{
    if (script.len > INT_MAX)
        return FAIL(a, ERR_TOO_LARGE, "an SQL script of %zu bytes is too large", script.len);
    while (script.len) {
        sqlite3_stmt *statement = NULL;
        const char *rest = NULL;
        int code = sqlite3_prepare_v2(db, script.at, (int)script.len, &statement, &rest);
        if (code != SQLITE_OK)
            return fail(a, db, code);
        script = str_skip(script, (size_t)(rest - script.at));
        if (statement == NULL) /* a comment or white space */
            continue;
        do
            code = sqlite3_step(statement);
        while (code == SQLITE_ROW);
        err failure = code == SQLITE_DONE ? NULL : fail(a, db, code);
        sqlite3_finalize(statement);
        TRY(failure);
    }
    return NULL;
}

static err sqlite_run_script(struct arena *a, void *connection, str script)
{
    return run_texts(a, handle_of(connection), script);
}

static err prepare(struct arena *a, sqlite3 *db, str sql, sqlite3_stmt **out)
{
    ASSERT(sql.len < INT_MAX);
    sqlite3_stmt *prepared = NULL;
    int code = sqlite3_prepare_v3(db, sql.at, (int)sql.len + 1, SQLITE_PREPARE_PERSISTENT,
                                  &prepared, NULL);
    if (code != SQLITE_OK)
        return fail(a, db, code);
    ASSERT(prepared != NULL);
    *out = prepared;
    return NULL;
}

static err sqlite_prepare(struct arena *a, void *connection, str sql, void **statement,
                          size_t *argument_count)
{
    sqlite3_stmt *prepared = NULL;
    TRY(prepare(a, handle_of(connection), sql, &prepared));
    *argument_count = (size_t)sqlite3_bind_parameter_count(prepared);
    *statement = prepared;
    return NULL;
}

static void sqlite_finish(void *connection, void *statement)
{
    (void)connection;
    sqlite3_finalize(statement); /* repeats the code of the last step, which was reported */
}

static int bind_one(sqlite3_stmt *statement, int at, const struct db_value *value)
{
    const char *bytes = value->bytes.at ? value->bytes.at : ""; /* NULL would bind NULL */
    switch (value->type) {
    case DB_INT:
        return sqlite3_bind_int64(statement, at, value->number);
    case DB_TEXT:
        return sqlite3_bind_text64(statement, at, bytes, value->bytes.len, SQLITE_STATIC,
                                   SQLITE_UTF8);
    case DB_BLOB:
        return sqlite3_bind_blob64(statement, at, bytes, value->bytes.len, SQLITE_STATIC);
    case DB_NULL:
        break;
    }
    return sqlite3_bind_null(statement, at);
}

static err sqlite_bind(struct arena *a, void *connection, void *statement,
                       const struct db_value *args, size_t arg_count)
{
    for (size_t i = 0; i < arg_count; i++) {
        int code = bind_one(statement, (int)i + 1, &args[i]);
        if (code != SQLITE_OK)
            return fail(a, handle_of(connection), code);
    }
    return NULL;
}

static err step(struct arena *a, sqlite3 *db, sqlite3_stmt *statement, bool *has_row)
{
    int code = sqlite3_step(statement);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return fail(a, db, code);
    *has_row = code == SQLITE_ROW;
    return NULL;
}

static err sqlite_step(struct arena *a, void *connection, void *statement, bool *has_row)
{
    return step(a, handle_of(connection), statement, has_row);
}

static void sqlite_reset(void *connection, void *statement)
{
    (void)connection;
    sqlite3_reset(statement); /* as in sqlite_finish */
}

static struct db_value sqlite_column(void *statement, unsigned column, enum db_value_type type)
{
    int at = (int)column;
    ASSERT(at < sqlite3_data_count(statement));
    struct db_value value = {.type = type};
    switch (type) {
    case DB_INT:
        value.number = sqlite3_column_int64(statement, at);
        break;
    case DB_TEXT:
        value.bytes.at = (const char *)sqlite3_column_text(statement, at);
        break;
    case DB_BLOB:
        value.bytes.at = sqlite3_column_blob(statement, at);
        break;
    case DB_NULL:
        value.type = sqlite3_column_type(statement, at) == SQLITE_NULL ? DB_NULL : DB_INT;
        break;
    }
    if (value.bytes.at)
        value.bytes.len = (size_t)sqlite3_column_bytes(statement, at);
    return value;
}

/*
 * Every commit writes the head of the log's index twice, the second copy first, and whoever finds
 * both copies the same knows that no commit is between them. SQLite itself decides by these words
 * whether what it read before is still good. Another version of the index tells nothing.
 */
static bool sqlite_mark(void *connection, struct db_mark *out)
{
    const volatile uint32_t *index = ((struct sqlite *)connection)->index;
    if (index == NULL)
        return false;
    for (size_t i = 0; i < DB_MARK_WORDS; i++)
        out->words[i] = __atomic_load_n(&index[i], __ATOMIC_ACQUIRE);
    bool is_whole = out->words[0] == WAL_INDEX_VERSION;
    for (size_t i = 0; i < DB_MARK_WORDS; i++)
        is_whole &= out->words[i] == __atomic_load_n(&index[DB_MARK_WORDS + i], __ATOMIC_ACQUIRE);
    return is_whole;
}

static int64_t sqlite_changes(void *connection)
{
    return sqlite3_changes64(handle_of(connection));
}

static bool sqlite_is_in_transaction(void *connection)
{
    return sqlite3_get_autocommit(handle_of(connection)) == 0;
}

static void sqlite_rollback(void *connection)
{
    struct sqlite *c = connection;
    if (sqlite_is_in_transaction(connection)) {
        sqlite3_step(c->rollback);
        sqlite3_reset(c->rollback);
    }
    ASSERT(!sqlite_is_in_transaction(connection));
}

static err sqlite_set_version(struct arena *a, void *connection, unsigned version)
{
    return sqlite_run_script(a, connection, arena_print(a, "PRAGMA user_version = %u", version));
}

/* The number that a pragma gives. */
static err get_number(struct arena *a, sqlite3 *db, const char *sql, int64_t *out)
{
    sqlite3_stmt *statement = NULL;
    TRY(prepare(a, db, str_of(sql), &statement));
    bool has_row = false;
    err failure = step(a, db, statement, &has_row);
    if (has_row)
        *out = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return failure;
}

/*
 * Passive: waits for nobody. What a reader still needs stays in the log for the next time; once
 * all of it was moved, the next commit begins the log anew.
 */
static err sqlite_checkpoint(struct arena *a, void *connection, int64_t *wal_bytes)
{
    sqlite3 *db = handle_of(connection);
    int64_t page_bytes = 0;
    TRY(get_number(a, db, "PRAGMA page_size", &page_bytes));
    int in_log = 0;
    int moved = 0;
    int code = sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_PASSIVE, &in_log, &moved);
    if (code != SQLITE_OK)
        return fail(a, db, code);
    *wal_bytes = in_log > moved ? (in_log - moved) * (page_bytes + WAL_FRAME_HEADER_BYTES) : 0;
    return NULL;
}

static err connect(struct arena *a, str path, int flags, sqlite3 **out)
{
    sqlite3 *db = NULL;
    int code = sqlite3_open_v2(arena_copy(a, path).at, &db,
                               flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    if (code != SQLITE_OK) {
        int why = sqlite3_system_errno(db);
        err failure = why ? file_fail(a, "open the database", path, why)
                          : FAIL(a, code_of(db, code), "cannot open the database %.*s: %s",
                                 STR_ARG(path), sqlite3_errstr(code));
        sqlite3_close(db);
        return failure;
    }
    *out = db;
    return NULL;
}

/*
 * Makes the empty file, so that it has its mode before it has contents: SQLite makes the files
 * beside it with the same. It must be new where `flags` say O_EXCL.
 */
static err make_file(struct arena *a, str path, int flags)
{
    int made = open(arena_copy(a, path).at, O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0600);
    if (made < 0 && errno == EEXIST)
        return FAIL(a, ERR_CONFLICT, "%.*s is already there", STR_ARG(path));
    if (made < 0)
        return file_fail(a, "create the database", path, errno);
    close(made);
    return NULL;
}

/* A database without a table and without an id becomes ours; any other must be. */
static err claim(struct arena *a, sqlite3 *db, const struct db_options *options)
{
    int64_t id = 0;
    TRY(get_number(a, db, "PRAGMA application_id", &id));
    if (id == DB_APPLICATION_ID)
        return NULL;
    int64_t things = 0;
    TRY(get_number(a, db, "SELECT count(*) FROM sqlite_schema", &things));
    if (id != 0 || things != 0 || !options->may_create)
        return FAIL(a, ERR_DATA_DIR, "%.*s is not a database of tocsin", STR_ARG(options->address));
    return run_texts(a, db, LIT("PRAGMA application_id = " STRINGIFY(DB_APPLICATION_ID)));
}

static err use_wal(struct arena *a, sqlite3 *db, str path)
{
    sqlite3_stmt *statement = NULL;
    TRY(prepare(a, db, LIT("PRAGMA journal_mode = WAL"), &statement));
    bool has_row = false;
    err failure = step(a, db, statement, &has_row);
    bool is_on = has_row && str_eq(sqlite_column(statement, 0, DB_TEXT).bytes, LIT("wal"));
    sqlite3_finalize(statement);
    if (failure == NULL && !is_on)
        return FAIL(a, ERR_IO,
                    "%.*s cannot have a write-ahead log; is it on a network file system?",
                    STR_ARG(path));
    return failure;
}

static err set_up(struct arena *a, sqlite3 *db, const struct db_options *options)
{
    sqlite3_busy_timeout(db, (int)options->busy_ms_max);
    sqlite3_wal_autocheckpoint(db, 0);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, (int *)NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, (int *)NULL);
    TRY(claim(a, db, options));
    if (!options->is_read_only)
        TRY(use_wal(a, db, options->address));
    unsigned cache_kib = options->cache_kib ? options->cache_kib : CACHE_KIB_DEFAULT;
    return run_texts(a, db,
                     arena_print(a,
                                 "PRAGMA synchronous = FULL;"
                                 "PRAGMA foreign_keys = ON;"
                                 "PRAGMA secure_delete = ON;"
                                 "PRAGMA trusted_schema = OFF;"
                                 "PRAGMA temp_store = MEMORY;"
                                 "PRAGMA mmap_size = 0;"
                                 "PRAGMA journal_size_limit = " WAL_KEPT_BYTES ";"
                                 "PRAGMA cache_size = -%u",
                                 cache_kib));
}

/* The index of the log is mapped by the first read, and stays where it is. */
static err find_index(struct arena *a, struct sqlite *c)
{
    int64_t unused;
    TRY(get_number(a, c->db, "SELECT 1 FROM sqlite_schema LIMIT 1", &unused));
    sqlite3_file *file = NULL;
    volatile void *index = NULL;
    sqlite3_file_control(c->db, "main", SQLITE_FCNTL_FILE_POINTER, (void *)&file);
    if (file && file->pMethods && file->pMethods->iVersion >= 2)
        file->pMethods->xShmMap(file, 0, WAL_INDEX_REGION_BYTES, 0, &index);
    c->index = index;
    return NULL;
}

static err sqlite_open(struct arena *a, const struct db_options *options, str argument,
                       void **connection)
{
    (void)argument;
    ASSERT(options->address.len && options->busy_ms_max <= INT_MAX);
    ASSERT(!(options->may_create && options->is_read_only));
    pthread_once(&configured_once, configure);
    if (options->may_create)
        TRY(make_file(a, options->address, 0));
    int flags = options->is_read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    struct sqlite *c = calloc(1, sizeof(*c));
    ASSERT(c != NULL);
    err failure = connect(a, options->address, flags, &c->db);
    failure = failure ? failure : set_up(a, c->db, options);
    if (failure == NULL && !options->is_read_only)
        failure = find_index(a, c);
    failure = failure ? failure : prepare(a, c->db, LIT("ROLLBACK"), &c->rollback);
    if (failure) {
        sqlite3_close(c->db);
        free(c);
        return failure;
    }
    *connection = c;
    return NULL;
}

static void sqlite_close(void *connection)
{
    struct sqlite *c = connection;
    sqlite3_finalize(c->rollback);
    int code = sqlite3_close(c->db);
    ASSERT(code == SQLITE_OK);
    free(c);
}

/* One step copies all under one snapshot of the source; its readers and writers go on. */
static err copy_pages(struct arena *a, sqlite3 *from, sqlite3 *to)
{
    sqlite3_backup *copy = sqlite3_backup_init(to, "main", from, "main");
    if (copy == NULL)
        return fail(a, to, sqlite3_errcode(to));
    sqlite3_backup_step(copy, -1);
    int code = sqlite3_backup_finish(copy);
    return code == SQLITE_OK ? NULL : fail(a, to, code);
}

static err sqlite_copy_to(struct arena *a, void *connection, str path)
{
    TRY(make_file(a, path, O_EXCL));
    sqlite3 *to = NULL;
    err failure = connect(a, path, SQLITE_OPEN_READWRITE, &to);
    failure = failure ? failure : copy_pages(a, handle_of(connection), to);
    int code = sqlite3_close(to);
    if (failure == NULL && code != SQLITE_OK)
        failure = FAIL(a, ERR_IO, "cannot close the copy %.*s", STR_ARG(path));
    if (failure)
        unlink(arena_copy(a, path).at);
    return failure;
}

const struct db_dialect db_dialect_sqlite = {
    .begin_read = "BEGIN",
    .snapshot = "SELECT 1 FROM sqlite_schema LIMIT 1",
    .begin_write = "BEGIN IMMEDIATE",
    .version = "PRAGMA user_version",
    .data_version = "PRAGMA data_version",
    .check_integrity = "PRAGMA integrity_check(1)",
};

const struct db_driver db_driver_sqlite = {
    .name = "sqlite",
    .sql = &db_dialect_sqlite,
    .open = sqlite_open,
    .close = sqlite_close,
    .prepare = sqlite_prepare,
    .finish = sqlite_finish,
    .bind = sqlite_bind,
    .step = sqlite_step,
    .reset = sqlite_reset,
    .column = sqlite_column,
    .run_script = sqlite_run_script,
    .changes = sqlite_changes,
    .is_in_transaction = sqlite_is_in_transaction,
    .mark = sqlite_mark,
    .rollback = sqlite_rollback,
    .set_version = sqlite_set_version,
    .checkpoint = sqlite_checkpoint,
    .copy_to = sqlite_copy_to,
};
