/*
 * The driver "fault": sqlite, with one call that fails. What cannot fail is passed on as it is.
 */
#include "db/fault.h"

#include "db/driver.h"

#include <stdlib.h>

struct fault {
    void *inner;
    uint64_t calls;
    uint64_t fails_at;  /* zero: never */
    int64_t left_bytes; /* of the write-ahead log, as checkpoints have it; zero: as it is */
};

static const struct db_driver *const INNER = &db_driver_sqlite;

static err count_call(struct arena *a, struct fault *f)
{
    if (++f->calls == f->fails_at)
        return FAIL(a, ERR_IO, "injected");
    return NULL;
}

static err fault_open(struct arena *a, const struct db_options *options, str argument,
                      void **connection)
{
    struct fault opened = {0};
    if (!str_to_u64(argument, &opened.fails_at))
        return FAIL(a, ERR_USAGE, "the driver is \"fault:N\", where the Nth call fails");
    TRY(count_call(a, &opened));
    TRY(INNER->open(a, options, (str){0}, &opened.inner));
    struct fault *f = malloc(sizeof(*f));
    ASSERT(f != NULL);
    *f = opened;
    *connection = f;
    return NULL;
}

static void fault_close(void *connection)
{
    struct fault *f = connection;
    INNER->close(f->inner);
    free(f);
}

static err fault_prepare(struct arena *a, void *connection, str sql, void **statement,
                         size_t *argument_count)
{
    struct fault *f = connection;
    TRY(count_call(a, f));
    return INNER->prepare(a, f->inner, sql, statement, argument_count);
}

static void fault_finish(void *connection, void *statement)
{
    INNER->finish(((struct fault *)connection)->inner, statement);
}

static err fault_bind(struct arena *a, void *connection, void *statement,
                      const struct db_value *args, size_t arg_count)
{
    struct fault *f = connection;
    TRY(count_call(a, f));
    return INNER->bind(a, f->inner, statement, args, arg_count);
}

static err fault_step(struct arena *a, void *connection, void *statement, bool *has_row)
{
    struct fault *f = connection;
    TRY(count_call(a, f));
    return INNER->step(a, f->inner, statement, has_row);
}

static void fault_reset(void *connection, void *statement)
{
    INNER->reset(((struct fault *)connection)->inner, statement);
}

static struct db_value fault_column(void *statement, unsigned column, enum db_value_type type)
{
    return INNER->column(statement, column, type);
}

static err fault_run_script(struct arena *a, void *connection, str script)
{
    struct fault *f = connection;
    TRY(count_call(a, f));
    return INNER->run_script(a, f->inner, script);
}

static int64_t fault_changes(void *connection)
{
    return INNER->changes(((struct fault *)connection)->inner);
}

static bool fault_is_in_transaction(void *connection)
{
    return INNER->is_in_transaction(((struct fault *)connection)->inner);
}

static void fault_rollback(void *connection)
{
    INNER->rollback(((struct fault *)connection)->inner);
}

static err fault_set_version(struct arena *a, void *connection, unsigned version)
{
    struct fault *f = connection;
    TRY(count_call(a, f));
    return INNER->set_version(a, f->inner, version);
}

static err fault_checkpoint(struct arena *a, void *connection, int64_t *wal_bytes)
{
    struct fault *f = connection;
    TRY(count_call(a, f));
    TRY(INNER->checkpoint(a, f->inner, wal_bytes));
    if (f->left_bytes)
        *wal_bytes = f->left_bytes;
    return NULL;
}

static err fault_copy_to(struct arena *a, void *connection, str path)
{
    struct fault *f = connection;
    TRY(count_call(a, f));
    return INNER->copy_to(a, f->inner, path);
}

const struct db_driver db_driver_fault = {
    .name = "fault",
    .sql = &db_dialect_sqlite,
    .open = fault_open,
    .close = fault_close,
    .prepare = fault_prepare,
    .finish = fault_finish,
    .bind = fault_bind,
    .step = fault_step,
    .reset = fault_reset,
    .column = fault_column,
    .run_script = fault_run_script,
    .changes = fault_changes,
    .is_in_transaction = fault_is_in_transaction,
    .rollback = fault_rollback,
    .set_version = fault_set_version,
    .checkpoint = fault_checkpoint,
    .copy_to = fault_copy_to,
};

void db_fault_arm(struct db *db, uint64_t n)
{
    struct fault *f = db_connection(db, &db_driver_fault);
    f->calls = 0;
    f->fails_at = n;
}

void db_fault_leave(struct db *db, int64_t wal_bytes)
{
    struct fault *f = db_connection(db, &db_driver_fault);
    f->left_bytes = wal_bytes;
}

uint64_t db_fault_calls(struct db *db)
{
    return ((struct fault *)db_connection(db, &db_driver_fault))->calls;
}
