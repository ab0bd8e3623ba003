/*
 * Statements, values, transactions, savepoints and migrations on the embedded driver.
 */
#include "base/num.h"
#include "scratch.h"

static void gives_back_every_kind_of_value(void **state)
{
    struct scratch *s = *state;
    str with_nul = LIT("a\0b");
    must(s, db_run(&s->arena, s->db, "INSERT INTO t VALUES (?1, ?2, ?3)",
                   DB_ARGS(db_int(INT64_MIN), db_text(with_nul), db_blob(LIT("\xff\0\x01")))));
    OWNED(db_query_done) struct db_query q = {0};
    must(s, db_query(&s->arena, s->db, "SELECT n, word, body, NULL FROM t", DB_NO_ARGS, &q));
    bool has_row;
    must(s, db_next(&s->arena, &q, &has_row));
    assert_true(has_row);
    assert_true(db_get_int(&q, 0) == INT64_MIN);
    assert_true(str_eq(db_get_text(&q, 1), with_nul));
    assert_true(str_eq(db_get_blob(&q, 2), LIT("\xff\0\x01")));
    assert_true(db_is_null(&q, 3));
    assert_false(db_is_null(&q, 0));
    must(s, db_next(&s->arena, &q, &has_row));
    assert_false(has_row);
}

static void keeps_the_empty_text_apart_from_null(void **state)
{
    struct scratch *s = *state;
    static const struct {
        struct db_value value;
        const char *type;
    } CASES[] = {
        {{.type = DB_TEXT}, "text"},
        {{.type = DB_BLOB}, "blob"},
        {{.type = DB_NULL}, "null"},
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        OWNED(db_query_done) struct db_query q = {0};
        must(s, db_query(&s->arena, s->db, "SELECT typeof(?1)", DB_ARGS(CASES[i].value), &q));
        bool has_row;
        must(s, db_next(&s->arena, &q, &has_row));
        assert_true(str_eq(db_get_text(&q, 0), str_of(CASES[i].type)));
    }
    assert_int_equal(db_text_or_null((str){0}).type, DB_NULL);
    assert_int_equal(db_text_or_null(LIT("x")).type, DB_TEXT);
}

static void answers_absent_without_a_row_or_with_null(void **state)
{
    struct scratch *s = *state;
    int64_t n;
    must(s, db_query_int(&s->arena, s->db, "SELECT n FROM t", DB_NO_ARGS, 7, &n));
    assert_int_equal(n, 7);
    must(s, db_query_int(&s->arena, s->db, "SELECT max(n) FROM t", DB_NO_ARGS, 8, &n));
    assert_int_equal(n, 8);
}

/* A text is known by its address, which says nothing once the bytes there are others. */
static void takes_another_text_at_the_same_address_for_another(void **state)
{
    struct scratch *s = *state;
    char sql[16] = "SELECT 1";
    for (int round = 0; round < 3; round++) {
        for (char digit = '1'; digit <= '3'; digit++) {
            sql[7] = digit;
            int64_t n;
            must(s, db_query_int(&s->arena, s->db, sql, DB_NO_ARGS, 0, &n));
            assert_int_equal(n, digit - '0');
        }
    }
}

static void runs_a_statement_inside_its_own_loop(void **state)
{
    struct scratch *s = *state;
    static const char SQL[] = "SELECT n FROM t ORDER BY n";
    for (int64_t n = 1; n <= 3; n++)
        must(s, scratch_insert(s, s->db, n));
    OWNED(db_query_done) struct db_query outer = {0};
    must(s, db_query(&s->arena, s->db, SQL, DB_NO_ARGS, &outer));
    int64_t expected = 1;
    bool has_row;
    for (must(s, db_next(&s->arena, &outer, &has_row)); has_row;
         must(s, db_next(&s->arena, &outer, &has_row))) {
        assert_int_equal(db_get_int(&outer, 0), expected++);
        int64_t first;
        must(s, db_query_int(&s->arena, s->db, SQL, DB_NO_ARGS, 0, &first));
        assert_int_equal(first, 1);
    }
    assert_int_equal(expected, 4);
}

static void goes_on_when_the_cache_of_statements_is_full(void **state)
{
    struct scratch *s = *state;
    for (int64_t i = 0; i < 1500; i++) {
        int64_t n;
        str sql = arena_print(&s->arena, "SELECT %lld", (long long)i);
        must(s, db_query_int(&s->arena, s->db, sql.at, DB_NO_ARGS, 0, &n));
        assert_int_equal(n, i);
    }
}

static void says_what_the_database_said(void **state)
{
    struct scratch *s = *state;
    must(s, scratch_insert(s, s->db, 1));
    static const struct {
        const char *sql;
        enum err_code code;
        const char *words;
    } CASES[] = {
        {"SELECT missing FROM t", ERR_INTERNAL, "no such column: missing"},
        {"INSERT INTO t (word) VALUES (\"no word\")", ERR_INTERNAL, "no such column"},
        {"INSERT INTO t (n) VALUES (1)", ERR_CONFLICT, "UNIQUE constraint failed: t.n"},
        {"INSERT INTO child VALUES (99)", ERR_CONFLICT, "FOREIGN KEY constraint failed"},
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        err e = db_run(&s->arena, s->db, CASES[i].sql, DB_NO_ARGS);
        expect_code(s, e, CASES[i].code);
        if (strstr(e->text.at, CASES[i].words) == NULL)
            fail_msg("not \"%s\": %s", CASES[i].words, e->text.at);
    }
    assert_int_equal(scratch_count(s, s->db), 1);
}

static void counts_the_rows_that_a_statement_changed(void **state)
{
    struct scratch *s = *state;
    for (int64_t n = 0; n < 5; n++)
        must(s, scratch_insert(s, s->db, n));
    must(s, db_run(&s->arena, s->db, "DELETE FROM t WHERE n < ?1", DB_ARGS(db_int(3))));
    assert_int_equal(db_changes(s->db), 3);
}

static void forgets_what_was_rolled_back(void **state)
{
    struct scratch *s = *state;
    must(s, db_begin(&s->arena, s->db, DB_BEGIN_WRITE));
    must(s, scratch_insert(s, s->db, 1));
    assert_true(db_is_in_transaction(s->db));
    db_rollback(s->db);
    assert_false(db_is_in_transaction(s->db));
    db_rollback(s->db); /* harmless without a transaction */
    assert_int_equal(scratch_count(s, s->db), 0);
}

static err insert_and_fail(struct scratch *s)
{
    TRY(db_begin(&s->arena, s->db, DB_BEGIN_WRITE));
    OWNED(db_rollback_owned) struct db *open = s->db;
    TRY(scratch_insert(s, s->db, 1));
    return scratch_insert(s, s->db, 1);
}

static void rolls_back_what_a_failing_function_left(void **state)
{
    struct scratch *s = *state;
    expect_code(s, insert_and_fail(s), ERR_CONFLICT);
    assert_false(db_is_in_transaction(s->db));
    assert_int_equal(scratch_count(s, s->db), 0);
}

/* The snapshot stands from db_begin on, not from the first query. */
static void reads_one_snapshot_while_another_writes(void **state)
{
    struct scratch *s = *state;
    struct db *reader = scratch_connect(s, "sqlite");
    must(s, scratch_insert(s, s->db, 1));
    must(s, db_begin(&s->arena, reader, DB_BEGIN_READ));
    must(s, scratch_insert(s, s->db, 2));
    assert_int_equal(scratch_count(s, reader), 1);
    must(s, db_commit(&s->arena, reader));
    assert_int_equal(scratch_count(s, reader), 2);
    db_close(reader);
}

static void has_one_writer_at_a_time(void **state)
{
    struct scratch *s = *state;
    struct db *other = scratch_connect(s, "sqlite");
    must(s, db_begin(&s->arena, s->db, DB_BEGIN_WRITE));
    expect_code(s, db_begin(&s->arena, other, DB_BEGIN_WRITE), ERR_BUSY);
    assert_false(db_is_in_transaction(other));
    must(s, db_begin(&s->arena, other, DB_BEGIN_READ));
    must(s, db_commit(&s->arena, other));
    must(s, db_commit(&s->arena, s->db));
    must(s, db_begin(&s->arena, other, DB_BEGIN_WRITE));
    must(s, db_commit(&s->arena, other));
    db_close(other);
}

static void undoes_to_the_savepoint_only(void **state)
{
    struct scratch *s = *state;
    must(s, db_begin(&s->arena, s->db, DB_BEGIN_WRITE));
    for (int64_t n = 1; n <= 4; n++) {
        must(s, db_savepoint(&s->arena, s->db));
        must(s, scratch_insert(s, s->db, n));
        if (n % 2)
            db_savepoint_undo(s->db);
        else
            must(s, db_savepoint_keep(&s->arena, s->db));
    }
    must(s, db_commit(&s->arena, s->db));
    int64_t sum;
    must(s, db_query_int(&s->arena, s->db, "SELECT sum(n) FROM t", DB_NO_ARGS, 0, &sum));
    assert_int_equal(sum, 6);
}

static void has_a_version_that_others_change(void **state)
{
    struct scratch *s = *state;
    struct db *other = scratch_connect(s, "sqlite");
    int64_t before;
    int64_t after;
    must(s, db_data_version(&s->arena, s->db, &before));
    must(s, scratch_insert(s, s->db, 1));
    must(s, db_data_version(&s->arena, s->db, &after));
    assert_int_equal(before, after);
    must(s, scratch_insert(s, other, 2));
    must(s, db_data_version(&s->arena, s->db, &after));
    assert_int_not_equal(before, after);
    db_close(other);
}

static const struct db_migration MIGRATIONS[] = {
    {1, "first", LIT_INIT("CREATE TABLE one (n INTEGER); INSERT INTO one VALUES (1)")},
    {2, "second", LIT_INIT("CREATE TABLE two (n INTEGER);\n-- a comment at the end\n")},
    {3, "broken", LIT_INIT("CREATE TABLE three (n INTEGER); INSERT INTO no_table VALUES (1)")},
};

static int64_t number(struct scratch *s, const char *sql)
{
    int64_t n;
    must(s, db_query_int(&s->arena, s->db, sql, DB_NO_ARGS, -1, &n));
    return n;
}

static void applies_each_migration_once(void **state)
{
    struct scratch *s = *state;
    must(s, db_migrate(&s->arena, s->db, MIGRATIONS, 1));
    assert_int_equal(number(s, "PRAGMA user_version"), 1);
    must(s, db_migrate(&s->arena, s->db, MIGRATIONS, 2));
    must(s, db_migrate(&s->arena, s->db, MIGRATIONS, 2));
    assert_int_equal(number(s, "PRAGMA user_version"), 2);
    assert_int_equal(number(s, "SELECT count(*) FROM one"), 1);
}

static void undoes_a_migration_that_fails_and_names_it(void **state)
{
    struct scratch *s = *state;
    err e = db_migrate(&s->arena, s->db, MIGRATIONS, 3);
    expect_code(s, e, ERR_INTERNAL);
    assert_non_null(strstr(error_text(&s->arena, e).at, "0003_broken"));
    assert_false(db_is_in_transaction(s->db));
    assert_int_equal(number(s, "PRAGMA user_version"), 2);
    assert_int_equal(number(s, "SELECT count(*) FROM sqlite_schema WHERE name = 'three'"), 0);
}

static void refuses_a_database_that_is_newer(void **state)
{
    struct scratch *s = *state;
    must(s, db_migrate(&s->arena, s->db, MIGRATIONS, 2));
    err e = db_migrate(&s->arena, s->db, MIGRATIONS, 1);
    expect_code(s, e, ERR_DATA_DIR);
    assert_non_null(strstr(e->text.at, "newer"));
}

static struct db_mark mark_of(struct db *db)
{
    struct db_mark mark;
    assert_true(db_mark_get(db, &mark));
    return mark;
}

static bool is_marked_so(struct db *db, const struct db_mark *before)
{
    struct db_mark now = mark_of(db);
    return db_mark_eq(&now, before);
}

/* G10 rests on it: equal marks mean that nobody has committed anything. */
static void has_a_mark_that_every_commit_changes(void **state)
{
    struct scratch *s = *state;
    struct db *other = scratch_connect(s, "sqlite");
    for (int64_t n = 1; n <= 40; n++) {
        struct db_mark before = mark_of(s->db);
        assert_true(is_marked_so(other, &before));
        must(s, scratch_insert(s, n % 2 ? other : s->db, n));
        assert_false(is_marked_so(s->db, &before));
        assert_false(is_marked_so(other, &before));
        struct db_mark after = mark_of(s->db);
        assert_int_equal(scratch_count(s, s->db), n);
        assert_true(is_marked_so(s->db, &after));
        if (n % 10 == 0) { /* the log begins anew with the next commit */
            int64_t wal_bytes;
            must(s, db_checkpoint(&s->arena, s->db, &wal_bytes));
        }
    }
    db_close(other);
}

static void has_the_same_mark_after_a_rollback(void **state)
{
    struct scratch *s = *state;
    struct db_mark before = mark_of(s->db);
    must(s, db_begin(&s->arena, s->db, DB_BEGIN_WRITE));
    must(s, scratch_insert(s, s->db, 1));
    assert_true(is_marked_so(s->db, &before));
    db_rollback(s->db);
    assert_true(is_marked_so(s->db, &before));
}

static void sees_the_mark_of_another_process(void **state)
{
    struct scratch *s = *state;
    struct db_mark before = mark_of(s->db);
    str command = arena_print(&s->arena,
                              "/usr/bin/python3 -c 'import sqlite3; d = sqlite3.connect(\"%s\"); "
                              "d.execute(\"INSERT INTO t (n) VALUES (1)\"); d.commit()'",
                              s->path.at);
    assert_int_equal(system(command.at), 0);
    assert_false(is_marked_so(s->db, &before));
    assert_int_equal(scratch_count(s, s->db), 1);
}

static void tells_no_mark_where_the_driver_cannot(void **state)
{
    struct scratch *s = *state;
    struct db *other = scratch_connect(s, "fault:1000000");
    struct db_mark mark;
    assert_false(db_mark_get(other, &mark));
    db_close(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DB_TEST(has_a_mark_that_every_commit_changes),
        DB_TEST(has_the_same_mark_after_a_rollback),
        DB_TEST(sees_the_mark_of_another_process),
        DB_TEST(tells_no_mark_where_the_driver_cannot),
        DB_TEST(gives_back_every_kind_of_value),
        DB_TEST(keeps_the_empty_text_apart_from_null),
        DB_TEST(answers_absent_without_a_row_or_with_null),
        DB_TEST(takes_another_text_at_the_same_address_for_another),
        DB_TEST(runs_a_statement_inside_its_own_loop),
        DB_TEST(goes_on_when_the_cache_of_statements_is_full),
        DB_TEST(says_what_the_database_said),
        DB_TEST(counts_the_rows_that_a_statement_changed),
        DB_TEST(forgets_what_was_rolled_back),
        DB_TEST(rolls_back_what_a_failing_function_left),
        DB_TEST(reads_one_snapshot_while_another_writes),
        DB_TEST(has_one_writer_at_a_time),
        DB_TEST(undoes_to_the_savepoint_only),
        DB_TEST(has_a_version_that_others_change),
        DB_TEST(applies_each_migration_once),
        DB_TEST(undoes_a_migration_that_fails_and_names_it),
        DB_TEST(refuses_a_database_that_is_newer),
    };
    return cmocka_run_group_tests_name("db", tests, NULL, NULL);
}
