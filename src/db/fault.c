/*
 * The failing driver: SQLite whose nth call fails, for tests that try every n. The count runs over
 * all connections of the process, since a verb may use several.
 */
#include "db/driver.h"

#include "db/fault.h"

static _Atomic long calls_left = -1;

void db_fault_set(long calls)
{
    calls_left = calls;
}

long db_fault_left(void)
{
    return calls_left;
}

static err count(struct arena *a)
{
    if (calls_left >= 0 && calls_left-- == 0)
        return FAIL(a, ERR_IO, "injected fault");
    return NULL;
}

static err fault_open(struct arena *a, const struct db_options *options, void **connection)
{
    TRY(count(a));
    return DB_SQLITE.open(a, options, connection);
}

static void fault_close(void *connection)
{
    DB_SQLITE.close(connection);
}

static err fault_prepare(struct arena *a, void *connection, const char *sql, void **statement)
{
    TRY(count(a));
    return DB_SQLITE.prepare(a, connection, sql, statement);
}

static void fault_finalize(void *statement)
{
    DB_SQLITE.finalize(statement);
}

static err fault_bind(struct arena *a, void *connection, void *statement, unsigned index,
                      const struct db_value *value)
{
    TRY(count(a));
    return DB_SQLITE.bind(a, connection, statement, index, value);
}

static err fault_step(struct arena *a, void *connection, void *statement, bool *has_row)
{
    TRY(count(a));
    return DB_SQLITE.step(a, connection, statement, has_row);
}

static void fault_reset(void *statement)
{
    DB_SQLITE.reset(statement);
}

static struct db_value fault_column(void *statement, unsigned column)
{
    return DB_SQLITE.column(statement, column);
}

static err fault_script(struct arena *a, void *connection, const char *sql)
{
    TRY(count(a));
    return DB_SQLITE.script(a, connection, sql);
}

static int64_t fault_changes(void *connection)
{
    return DB_SQLITE.changes(connection);
}

static err fault_checkpoint(struct arena *a, void *connection, int64_t *wal_bytes)
{
    TRY(count(a));
    return DB_SQLITE.checkpoint(a, connection, wal_bytes);
}

static err fault_copy_to(struct arena *a, void *connection, str path)
{
    TRY(count(a));
    return DB_SQLITE.copy_to(a, connection, path);
}

const struct db_driver DB_FAULT = {
    .name = "fault",
    .open = fault_open,
    .close = fault_close,
    .prepare = fault_prepare,
    .finalize = fault_finalize,
    .bind = fault_bind,
    .step = fault_step,
    .reset = fault_reset,
    .column = fault_column,
    .script = fault_script,
    .changes = fault_changes,
    .checkpoint = fault_checkpoint,
    .copy_to = fault_copy_to,
};
