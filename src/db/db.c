/*
 * What is the same for all databases: the statement cache, queries, transactions.
 *
 * A statement is found by the address of its text, which costs a few nanoseconds; since an address
 * proves nothing about a text that is not a literal, the text is compared as well, and a second
 * address of the same text finds the same statement. A text that is already running (a query that
 * runs itself again inside its loop), or that comes after the cache is full, gets a statement of
 * its own that ends with its query.
 */
#include "db/db.h"

#include "base/map.h"
#include "base/num.h"
#include "db/driver.h"

#include <stdlib.h>

#define STATEMENTS_MAX 1024
#define ADDRESS_SLOT_BITS 9

struct statement {
    str text; /* ended by a NUL */
    void *handle;
    size_t argument_count;
    bool is_busy;
    bool is_spare; /* not in the cache */
};

struct address_slot {
    const char *address;
    struct statement *statement;
};

struct db {
    struct arena arena; /* cached statements */
    const struct db_driver *driver;
    void *connection;
    struct map by_text;
    struct address_slot by_address[1 << ADDRESS_SLOT_BITS];
    size_t spare_count;
    bool has_transaction; /* the caller began one and has not ended it */
};

static const struct db_driver *const DRIVERS[] = {
    &db_driver_sqlite,
    &db_driver_fault,
};

static const struct db_driver *find_driver(str name)
{
    for (size_t i = 0; i < COUNT_OF(DRIVERS); i++) {
        if (str_eq(name, str_of(DRIVERS[i]->name)))
            return DRIVERS[i];
    }
    return NULL;
}

err db_open(struct arena *a, const struct db_options *options, struct db **out)
{
    str argument = str_of(options->driver);
    str name = {0};
    str_cut(&argument, ':', &name);
    const struct db_driver *driver = find_driver(name);
    if (driver == NULL)
        return FAIL(a, ERR_USAGE, "there is no database driver \"%s\"", options->driver);
    void *connection;
    TRY(driver->open(a, options, argument, &connection));
    struct db *db = calloc(1, sizeof(*db));
    ASSERT(db != NULL);
    db->driver = driver;
    db->connection = connection;
    map_init(&db->by_text, &db->arena);
    *out = db;
    return NULL;
}

void db_close(struct db *db)
{
    if (db == NULL)
        return;
    ASSERT(db->spare_count == 0);
    db_rollback(db);
    size_t at = 0;
    for (const struct map_slot *slot; (slot = map_next(&db->by_text, &at));) {
        const struct statement *s = slot->value;
        ASSERT(!s->is_busy);
        db->driver->finish(db->connection, s->handle);
    }
    db->driver->close(db->connection);
    arena_done(&db->arena);
    free(db);
}

void *db_connection(struct db *db, const struct db_driver *driver)
{
    ASSERT(db->driver == driver);
    return db->connection;
}

static struct address_slot *slot_of(struct db *db, const char *address)
{
    uint64_t mixed = (uint64_t)(uintptr_t)address * UINT64_C(0x9e3779b97f4a7c15);
    return &db->by_address[mixed >> (64 - ADDRESS_SLOT_BITS)];
}

static struct statement *find_statement(struct db *db, const char *sql)
{
    struct address_slot *slot = slot_of(db, sql);
    if (slot->address == sql && strcmp(slot->statement->text.at, sql) == 0)
        return slot->statement;
    struct statement *s = map_get(&db->by_text, str_of(sql));
    if (s)
        *slot = (struct address_slot){.address = sql, .statement = s};
    return s;
}

static err prepare_cached(struct arena *a, struct db *db, const char *sql, struct statement **out)
{
    struct statement fresh = {0};
    TRY(db->driver->prepare(a, db->connection, str_of(sql), &fresh.handle, &fresh.argument_count));
    struct statement *s = NEW(&db->arena, struct statement);
    *s = fresh;
    s->text = arena_copy(&db->arena, str_of(sql));
    map_put(&db->by_text, s->text, s);
    *slot_of(db, sql) = (struct address_slot){.address = sql, .statement = s};
    *out = s;
    return NULL;
}

static err prepare_spare(struct arena *a, struct db *db, const char *sql, struct statement **out)
{
    struct statement fresh = {.is_spare = true};
    TRY(db->driver->prepare(a, db->connection, str_of(sql), &fresh.handle, &fresh.argument_count));
    struct statement *s = malloc(sizeof(*s));
    ASSERT(s != NULL);
    *s = fresh;
    db->spare_count++;
    *out = s;
    return NULL;
}

static err get_statement(struct arena *a, struct db *db, const char *sql, struct statement **out)
{
    struct statement *s = find_statement(db, sql);
    if (s && !s->is_busy) {
        *out = s;
        return NULL;
    }
    bool is_spare = s || db->by_text.count >= STATEMENTS_MAX;
    return is_spare ? prepare_spare(a, db, sql, out) : prepare_cached(a, db, sql, out);
}

static void release(struct db *db, struct statement *s)
{
    db->driver->reset(db->connection, s->handle);
    s->is_busy = false;
    if (s->is_spare) {
        db->driver->finish(db->connection, s->handle);
        db->spare_count--;
        free(s);
    }
}

/*
 * A database ends a transaction by itself after some failures, such as a full disk. What the
 * caller then still runs must not be taken for transactions of one statement each.
 */
static err check_transaction(struct arena *a, struct db *db)
{
    if (db->has_transaction && !db->driver->is_in_transaction(db->connection))
        return FAIL(a, ERR_IO, "an earlier failure has already undone this transaction");
    return NULL;
}

err db_query(struct arena *a, struct db *db, const char *sql, const struct db_value *args,
             size_t arg_count, struct db_query *out)
{
    TRY(check_transaction(a, db));
    struct statement *s;
    TRY(get_statement(a, db, sql, &s));
    ASSERT(arg_count == s->argument_count);
    s->is_busy = true;
    err failure = db->driver->bind(a, db->connection, s->handle, args, arg_count);
    if (failure) {
        release(db, s);
        return failure;
    }
    *out = (struct db_query){.db = db, .statement = s};
    return NULL;
}

static void *handle_of(const struct db_query *q)
{
    return ((const struct statement *)q->statement)->handle;
}

err db_next(struct arena *a, struct db_query *q, bool *has_row)
{
    return q->db->driver->step(a, q->db->connection, handle_of(q), has_row);
}

void db_query_done(struct db_query *q)
{
    if (q->statement)
        release(q->db, q->statement);
    *q = (struct db_query){0};
}

err db_run(struct arena *a, struct db *db, const char *sql, const struct db_value *args,
           size_t arg_count)
{
    OWNED(db_query_done)
    struct db_query q = {0};
    TRY(db_query(a, db, sql, args, arg_count, &q));
    bool has_row = true;
    while (has_row)
        TRY(db_next(a, &q, &has_row));
    return NULL;
}

err db_run_script(struct arena *a, struct db *db, str script)
{
    TRY(check_transaction(a, db));
    return db->driver->run_script(a, db->connection, script);
}

bool db_is_null(const struct db_query *q, unsigned column)
{
    return q->db->driver->column(handle_of(q), column, DB_NULL).type == DB_NULL;
}

int64_t db_get_int(const struct db_query *q, unsigned column)
{
    return q->db->driver->column(handle_of(q), column, DB_INT).number;
}

str db_get_text(const struct db_query *q, unsigned column)
{
    return q->db->driver->column(handle_of(q), column, DB_TEXT).bytes;
}

str db_get_blob(const struct db_query *q, unsigned column)
{
    return q->db->driver->column(handle_of(q), column, DB_BLOB).bytes;
}

/* NOLINTNEXTLINE(readability-function-size): DB_ARGS are two, and read as one */
err db_query_int(struct arena *a, struct db *db, const char *sql, const struct db_value *args,
                 size_t arg_count, int64_t absent, int64_t *out)
{
    OWNED(db_query_done)
    struct db_query q = {0};
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

static err begin(struct arena *a, struct db *db, enum db_begin how)
{
    const struct db_driver *driver = db->driver;
    if (how == DB_BEGIN_WRITE)
        return db_run(a, db, driver->sql->begin_write, DB_NO_ARGS);
    TRY(db_run(a, db, driver->sql->begin_read, DB_NO_ARGS));
    return driver->sql->snapshot ? db_run(a, db, driver->sql->snapshot, DB_NO_ARGS) : NULL;
}

err db_begin(struct arena *a, struct db *db, enum db_begin how)
{
    ASSERT(!db->has_transaction);
    err failure = begin(a, db, how);
    if (failure)
        db->driver->rollback(db->connection);
    db->has_transaction = failure == NULL;
    return failure;
}

err db_commit(struct arena *a, struct db *db)
{
    ASSERT(db->has_transaction);
    TRY(db_run(a, db, "COMMIT", DB_NO_ARGS));
    db->has_transaction = false;
    return NULL;
}

void db_rollback(struct db *db)
{
    db->has_transaction = false;
    db->driver->rollback(db->connection);
}

bool db_is_in_transaction(const struct db *db)
{
    return db->has_transaction;
}

err db_savepoint(struct arena *a, struct db *db)
{
    ASSERT(db->has_transaction);
    return db_run(a, db, "SAVEPOINT " DB_SAVEPOINT, DB_NO_ARGS);
}

err db_savepoint_keep(struct arena *a, struct db *db)
{
    return db_run(a, db, "RELEASE " DB_SAVEPOINT, DB_NO_ARGS);
}

static err undo(struct arena *a, struct db *db)
{
    TRY(db_run(a, db, "ROLLBACK TO " DB_SAVEPOINT, DB_NO_ARGS));
    return db_run(a, db, "RELEASE " DB_SAVEPOINT, DB_NO_ARGS);
}

/*
 * Where undoing fails, the whole transaction is undone instead: has_transaction stays, so that
 * whatever follows in it fails.
 */
void db_savepoint_undo(struct db *db)
{
    ASSERT(db->has_transaction);
    OWNED(arena_done)
    struct arena scratch = {0};
    if (undo(&scratch, db))
        db->driver->rollback(db->connection);
}

err db_data_version(struct arena *a, struct db *db, int64_t *out)
{
    return db_query_int(a, db, db->driver->sql->data_version, DB_NO_ARGS, 0, out);
}

bool db_mark_get(const struct db *db, struct db_mark *out)
{
    return db->driver->mark && db->driver->mark(db->connection, out);
}

bool db_mark_eq(const struct db_mark *a, const struct db_mark *b)
{
    return memcmp(a->words, b->words, sizeof(a->words)) == 0;
}

err db_checkpoint(struct arena *a, struct db *db, int64_t *wal_bytes)
{
    if (db->driver->checkpoint)
        return db->driver->checkpoint(a, db->connection, wal_bytes);
    *wal_bytes = 0;
    return NULL;
}

err db_copy_to(struct arena *a, struct db *db, str path)
{
    if (db->driver->copy_to == NULL)
        return FAIL(a, ERR_USAGE, "%s databases are copied by their own tools", db->driver->name);
    return db->driver->copy_to(a, db->connection, path);
}

err db_check_integrity(struct arena *a, struct db *db)
{
    if (db->driver->sql->check_integrity == NULL)
        return NULL;
    OWNED(db_query_done)
    struct db_query q = {0};
    TRY(db_query(a, db, db->driver->sql->check_integrity, DB_NO_ARGS, &q));
    bool has_row;
    TRY(db_next(a, &q, &has_row));
    if (!has_row)
        return FAIL(a, ERR_CORRUPT, "the database could not check itself");
    str found = db_get_text(&q, 0);
    if (!str_eq(found, LIT("ok")))
        return FAIL(a, ERR_CORRUPT, "the database is damaged: %.*s", STR_ARG(found));
    return NULL;
}

static err get_version(struct arena *a, struct db *db, size_t known, size_t *out)
{
    int64_t version;
    TRY(db_query_int(a, db, db->driver->sql->version, DB_NO_ARGS, 0, &version));
    if (version < 0 || (uint64_t)version > known)
        return FAIL(a, ERR_DATA_DIR,
                    "the database was made by a newer tocsin (its version is %lld, this program "
                    "knows %zu); install the newer one",
                    (long long)version, known);
    *out = (size_t)version;
    return NULL;
}

static err apply(struct arena *a, struct db *db, const struct db_migration *m)
{
    TRY(db_run_script(a, db, m->sql));
    TRY(db->driver->set_version(a, db->connection, m->number));
    return db_commit(a, db);
}

/* One migration in one transaction; `*version` is read inside, since others may migrate too. */
static err migrate_once(struct arena *a, struct db *db, const struct db_migration *migrations,
                        size_t count, size_t *version)
{
    TRY(db_begin(a, db, DB_BEGIN_WRITE));
    OWNED(db_rollback_owned)
    struct db *open = db;
    TRY(get_version(a, db, count, version));
    if (*version == count)
        return NULL;
    const struct db_migration *m = &migrations[*version];
    ASSERT(m->number == *version + 1);
    err failure = apply(a, db, m);
    if (failure)
        return WRAP(a, failure, "cannot apply migration %04u_%s", m->number, m->name);
    *version = m->number;
    return NULL;
}

err db_migrate(struct arena *a, struct db *db, const struct db_migration *migrations, size_t count)
{
    size_t version;
    TRY(get_version(a, db, count, &version));
    while (version < count)
        TRY(migrate_once(a, db, migrations, count, &version));
    return NULL;
}
