/*
 * What receipts cost: noting a page of a thousand entries for the first time and again, and writing
 * what a hundred actors were given.
 *
 *     bench_receipts WORK_FOLDER
 */
#include "store/receipts.h"

#include "base/clock.h"
#include "store/migrations.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define ACTORS 100
#define PAGES 60
#define PAGE 1000u

static void must(struct arena *a, err e)
{
    if (e == NULL)
        return;
    str text = error_text(a, e);
    fprintf(stderr, "bench_receipts: %.*s\n", (int)text.len, text.at);
    exit(1);
}

static struct db *open_database(struct arena *a, str path)
{
    struct db_options options = {.driver = "sqlite", .address = path, .may_create = true};
    struct db *db = NULL;
    unlink(path.at);
    must(a, db_open(a, &options, &db));
    must(a, db_migrate(a, db, STORE_MIGRATIONS, STORE_MIGRATION_COUNT));
    return db;
}

/* Every actor pages through the same entries; microseconds a page. */
static double give_all(struct receipts *r)
{
    uint32_t numbers[PAGE];
    int64_t start = clock_monotonic_us();
    for (uint32_t page = 0; page < PAGES; page++) {
        for (uint32_t i = 0; i < PAGE; i++)
            numbers[i] = page * 2 * PAGE + i * 2;
        for (int64_t actor = 1; actor <= ACTORS; actor++)
            receipts_add(r, actor, 1, RECEIPT_OBTAINED, numbers, PAGE);
    }
    return (double)(clock_monotonic_us() - start) / (ACTORS * PAGES);
}

static double flush(struct arena *a, struct receipts *r, struct db *db)
{
    int64_t start = clock_monotonic_us();
    must(a, db_begin(a, db, DB_BEGIN_WRITE));
    must(a, receipts_flush(a, r, db));
    must(a, db_commit(a, db));
    receipts_flushed(r, true);
    return (double)(clock_monotonic_us() - start) / 1000;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: bench_receipts WORK_FOLDER\n");
        return 2;
    }
    struct arena a = {0};
    str path = arena_print(&a, "%s/bench_receipts.db", argv[1]);
    struct db *db = open_database(&a, path);
    struct receipts *r = receipts_open();
    double first_us = give_all(r);
    double again_us = give_all(r);
    double flush_ms = flush(&a, r, db);
    int64_t bytes;
    must(&a,
         db_query_int(&a, db, "SELECT sum(length(bitmap)) FROM receipt", DB_NO_ARGS, 0, &bytes));
    printf("%d actors, %d pages of %u entries each\n", ACTORS, PAGES, PAGE);
    printf("noting a page: %.1f us, again %.1f us; writing all: %.1f ms, %" PRId64 " bytes\n",
           first_us, again_us, flush_ms, bytes);
    receipts_close(r);
    db_close(db);
    unlink(path.at);
    arena_done(&a);
    return 0;
}
