/*
 * The failing driver, and what stands after a failure at every single call (design.md, chapter 8).
 */
#include "base/num.h"
#include "db/fault.h"
#include "scratch.h"

#include <signal.h>
#include <sys/resource.h>

/* Two inserts in one transaction; all or nothing. */
static err insert_two(struct scratch *s, struct db *db)
{
    TRY(db_begin(&s->arena, db, DB_BEGIN_WRITE));
    OWNED(db_rollback_owned) struct db *open = db;
    TRY(scratch_insert(s, db, 1));
    TRY(scratch_insert(s, db, 2));
    return db_commit(&s->arena, db);
}

static void rolls_back_whole_at_each_failing_call(void **state)
{
    struct scratch *s = *state;
    struct db *db = scratch_connect(s, "fault:0");
    uint64_t n = 1;
    for (;; n++) {
        db_fault_arm(db, n);
        err e = insert_two(s, db);
        if (e == NULL)
            break;
        expect_code(s, e, ERR_IO);
        assert_true(str_eq(e->text, LIT("injected")));
        assert_int_equal(db_fault_calls(db), n);
        assert_false(db_is_in_transaction(db));
        assert_int_equal(scratch_count(s, s->db), 0);
    }
    assert_in_range(n, 8, 30); /* bind and step of four statements, and preparing them */
    assert_int_equal(scratch_count(s, s->db), 2);
    db_close(db);
}

static void counts_from_opening_on(void **state)
{
    struct scratch *s = *state;
    struct db_options options = scratch_options(s, "fault:1");
    struct db *db = NULL;
    expect_code(s, db_open(&s->arena, &options, &db), ERR_IO);
    assert_null(db);
    db = scratch_connect(s, "fault:2");
    assert_int_equal(db_fault_calls(db), 1);
    expect_code(s, scratch_insert(s, db, 1), ERR_IO);
    must(s, scratch_insert(s, db, 1)); /* it fails once */
    db_close(db);
}

static void refuses_drivers_that_do_not_exist(void **state)
{
    struct scratch *s = *state;
    static const char *const NAMES[] = {"", "oracle", "fault", "fault:", "fault:x", "sqlite3"};
    for (size_t i = 0; i < COUNT_OF(NAMES); i++) {
        struct db_options options = scratch_options(s, NAMES[i]);
        struct db *db = NULL;
        expect_code(s, db_open(&s->arena, &options, &db), ERR_USAGE);
        assert_null(db);
    }
}

static const struct db_migration MIGRATIONS[] = {
    {1, "first", LIT_INIT("CREATE TABLE one (n INTEGER)")},
    {2, "second", LIT_INIT("CREATE TABLE two (n INTEGER); CREATE TABLE three (n INTEGER)")},
};

static void migrates_by_whole_steps(void **state)
{
    struct scratch *s = *state;
    struct db *db = scratch_connect(s, "fault:0");
    bool has_failed = true;
    for (uint64_t n = 1; has_failed; n++) {
        db_fault_arm(db, n);
        has_failed = db_migrate(&s->arena, db, MIGRATIONS, COUNT_OF(MIGRATIONS)) != NULL;
        int64_t version;
        int64_t tables;
        must(s, db_query_int(&s->arena, s->db, "PRAGMA user_version", DB_NO_ARGS, -1, &version));
        must(s, db_query_int(&s->arena, s->db,
                             "SELECT count(*) FROM sqlite_schema "
                             "WHERE name IN ('one', 'two', 'three')",
                             DB_NO_ARGS, -1, &tables));
        assert_int_equal(tables, version == 0 ? 0 : version == 1 ? 1 : 3);
    }
    db_close(db);
}

static void fails_copies_and_checkpoints_too(void **state)
{
    struct scratch *s = *state;
    struct db *db = scratch_connect(s, "fault:0");
    int64_t left;
    db_fault_arm(db, 1);
    expect_code(s, db_checkpoint(&s->arena, db, &left), ERR_IO);
    must(s, db_checkpoint(&s->arena, db, &left));
    db_fault_arm(db, 1);
    expect_code(s, db_copy_to(&s->arena, db, scratch_path(s, "copy.db")), ERR_IO);
    must(s, db_copy_to(&s->arena, db, scratch_path(s, "copy.db")));
    db_close(db);
}

/* Where the savepoint cannot be undone, nothing of the transaction may be kept. */
static void gives_up_the_transaction_when_undoing_fails(void **state)
{
    struct scratch *s = *state;
    struct db *db = scratch_connect(s, "fault:0");
    must(s, db_begin(&s->arena, db, DB_BEGIN_WRITE));
    must(s, scratch_insert(s, db, 1));
    must(s, db_savepoint(&s->arena, db));
    must(s, scratch_insert(s, db, 2));
    db_fault_arm(db, 1);
    db_savepoint_undo(db);
    expect_code(s, scratch_insert(s, db, 3), ERR_IO);
    expect_code(s, db_commit(&s->arena, db), ERR_IO);
    db_rollback(db);
    must(s, scratch_insert(s, db, 4));
    assert_int_equal(scratch_count(s, db), 1);
    db_close(db);
}

/* Fills the database until it refuses; true if it did within `rows`. */
static err fill(struct scratch *s, int64_t rows)
{
    static char body[4000];
    TRY(db_begin(&s->arena, s->db, DB_BEGIN_WRITE));
    OWNED(db_rollback_owned) struct db *open = s->db;
    for (int64_t n = 100; n < 100 + rows; n++)
        TRY(db_run(&s->arena, s->db, "INSERT INTO t (n, body) VALUES (?1, ?2)",
                   DB_ARGS(db_int(n), db_blob((str){body, sizeof(body)}))));
    return db_commit(&s->arena, s->db);
}

static void says_that_there_is_no_space(void **state)
{
    struct scratch *s = *state;
    must(s, scratch_insert(s, s->db, 1));
    must(s, db_run_script(&s->arena, s->db, LIT("PRAGMA max_page_count = 20")));
    err e = fill(s, 50);
    expect_code(s, e, ERR_NO_SPACE);
    assert_false(db_is_in_transaction(s->db));
    assert_int_equal(scratch_count(s, s->db), 1);
    must(s, db_run_script(&s->arena, s->db, LIT("PRAGMA max_page_count = 100000")));
    must(s, fill(s, 50));
    assert_int_equal(scratch_count(s, s->db), 51);
}

/* The same with a limit that the system sets, as a full disk or a quota does. */
static void says_that_there_is_no_space_when_the_system_does(void **state)
{
    struct scratch *s = *state;
    must(s, scratch_insert(s, s->db, 1));
    struct rlimit before;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    struct rlimit narrow = {.rlim_cur = (rlim_t)256 * 1024, .rlim_max = before.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &narrow), 0);
    err e = fill(s, 200);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    expect_code(s, e, ERR_NO_SPACE);
    assert_int_equal(scratch_count(s, s->db), 1);
    must(s, fill(s, 200));
    must(s, db_check_integrity(&s->arena, s->db));
}

/* A transaction that the database ended by itself must not go on as single statements. */
static void runs_nothing_in_a_transaction_that_is_lost(void **state)
{
    struct scratch *s = *state;
    must(s, scratch_insert(s, s->db, 1));
    must(s, db_begin(&s->arena, s->db, DB_BEGIN_WRITE));
    must(s, scratch_insert(s, s->db, 2));
    expect_code(s, db_run(&s->arena, s->db, "INSERT OR ROLLBACK INTO t (n) VALUES (1)", DB_NO_ARGS),
                ERR_CONFLICT);
    expect_code(s, scratch_insert(s, s->db, 3), ERR_IO);
    db_savepoint_undo(s->db);
    expect_code(s, scratch_insert(s, s->db, 4), ERR_IO);
    db_rollback(s->db);
    assert_int_equal(scratch_count(s, s->db), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DB_TEST(rolls_back_whole_at_each_failing_call),
        DB_TEST(counts_from_opening_on),
        DB_TEST(refuses_drivers_that_do_not_exist),
        DB_TEST(migrates_by_whole_steps),
        DB_TEST(fails_copies_and_checkpoints_too),
        DB_TEST(gives_up_the_transaction_when_undoing_fails),
        DB_TEST(says_that_there_is_no_space),
        DB_TEST(says_that_there_is_no_space_when_the_system_does),
        DB_TEST(runs_nothing_in_a_transaction_that_is_lost),
    };
    return cmocka_run_group_tests_name("db/fault", tests, NULL, NULL);
}
