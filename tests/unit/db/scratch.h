/*
 * A folder of its own for each test, with a database in it.
 */
#ifndef TOCSIN_TESTS_DB_SCRATCH_H
#define TOCSIN_TESTS_DB_SCRATCH_H

#include "base/file.h"
#include "db/db.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

struct scratch {
    struct arena arena;
    char folder[64];
    str path; /* of the database */
    struct db *db;
};

/* Ends the test with the error's words. */
static inline void must(struct scratch *s, err e)
{
    if (e)
        fail_msg("%s", error_text(&s->arena, e).at);
}

static inline void expect_code(struct scratch *s, err e, enum err_code code)
{
    if (e == NULL)
        fail_msg("it was to fail as \"%s\"", error_type(code));
    if (e->code != code)
        fail_msg("not \"%s\": %s", error_type(code), error_text(&s->arena, e).at);
}

static inline struct db_options scratch_options(const struct scratch *s, const char *driver)
{
    return (struct db_options){.driver = driver, .address = s->path, .may_create = true};
}

static inline struct db *scratch_connect(struct scratch *s, const char *driver)
{
    struct db_options options = scratch_options(s, driver);
    struct db *db = NULL;
    must(s, db_open(&s->arena, &options, &db));
    return db;
}

static inline str scratch_path(struct scratch *s, const char *name)
{
    return arena_print(&s->arena, "%s/%s", s->folder, name);
}

/* An open database with the table t (n INTEGER PRIMARY KEY, word TEXT UNIQUE, body BLOB). */
static inline int scratch_init(void **state)
{
    struct scratch *s = calloc(1, sizeof(*s));
    assert_non_null(s);
    snprintf(s->folder, sizeof(s->folder), "/tmp/tocsin-db-XXXXXX");
    assert_non_null(mkdtemp(s->folder));
    s->path = scratch_path(s, "x.db");
    s->db = scratch_connect(s, "sqlite");
    must(s, db_run_script(&s->arena, s->db,
                          LIT("CREATE TABLE t (n INTEGER PRIMARY KEY, word TEXT UNIQUE, body BLOB);"
                              "CREATE TABLE child (n INTEGER REFERENCES t (n))")));
    *state = s;
    return 0;
}

static inline int scratch_done(void **state)
{
    struct scratch *s = *state;
    db_close(s->db);
    str remove = arena_print(&s->arena, "rm -r %s", s->folder);
    int code = system(remove.at);
    arena_done(&s->arena);
    free(s);
    return code;
}

static inline int64_t scratch_count(struct scratch *s, struct db *db)
{
    int64_t count = -1;
    must(s, db_query_int(&s->arena, db, "SELECT count(*) FROM t", DB_NO_ARGS, -1, &count));
    return count;
}

static inline err scratch_insert(struct scratch *s, struct db *db, int64_t n)
{
    return db_run(&s->arena, db, "INSERT INTO t (n, word) VALUES (?1, ?2)",
                  DB_ARGS(db_int(n), db_text(arena_print(&s->arena, "word %lld", (long long)n))));
}

#define DB_TEST(function) cmocka_unit_test_setup_teardown(function, scratch_init, scratch_done)

#endif
