/*
 * What is in the files: whose they are, how they are locked, folded in, copied and checked.
 */
#include "base/num.h"
#include "scratch.h"

#include <fcntl.h>
#include <sys/stat.h>

static err open_at(struct scratch *s, str path, bool may_create, struct db **out)
{
    struct db_options options = {.driver = "sqlite", .address = path, .may_create = may_create};
    return db_open(&s->arena, &options, out);
}

static void expect_refused(struct scratch *s, str path, enum err_code code)
{
    for (int may_create = 0; may_create < 2; may_create++) {
        struct db *db = NULL;
        err e = open_at(s, path, may_create, &db);
        expect_code(s, e, code);
        assert_null(db);
        assert_non_null(strstr(error_text(&s->arena, e).at, path.at));
    }
}

static void is_safe_by_its_settings(void **state)
{
    struct scratch *s = *state;
    static const struct {
        const char *sql;
        int64_t expected;
    } CASES[] = {
        {"PRAGMA synchronous", 2},
        {"PRAGMA foreign_keys", 1},
        {"PRAGMA wal_autocheckpoint", 0},
        {"PRAGMA temp_store", 2},
        {"PRAGMA mmap_size", 0},
        {"PRAGMA cache_size", -2048},
        {"PRAGMA application_id", 0x746f4353},
        {"SELECT count(*) FROM pragma_journal_mode WHERE journal_mode = 'wal'", 1},
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        int64_t n;
        must(s, db_query_int(&s->arena, s->db, CASES[i].sql, DB_NO_ARGS, -1, &n));
        assert_int_equal(n, CASES[i].expected);
    }
}

static void makes_files_that_only_their_owner_reads(void **state)
{
    struct scratch *s = *state;
    static const char *const NAMES[] = {"x.db", "x.db-wal", "x.db-shm"};
    for (size_t i = 0; i < COUNT_OF(NAMES); i++) {
        struct stat about;
        assert_int_equal(stat(scratch_path(s, NAMES[i]).at, &about), 0);
        assert_int_equal(about.st_mode & 0777, 0600);
    }
}

static void makes_no_file_unasked(void **state)
{
    struct scratch *s = *state;
    str path = scratch_path(s, "none.db");
    struct db *db = NULL;
    expect_code(s, open_at(s, path, false, &db), ERR_NOT_FOUND);
    assert_false(file_exists(&s->arena, path));
}

static void leaves_a_file_alone_that_is_no_database(void **state)
{
    struct scratch *s = *state;
    str path = scratch_path(s, "letter.txt");
    static char text[8192];
    memset(text, 'x', sizeof(text));
    must(s, file_write(&s->arena, path, (str){text, sizeof(text)}, 0600));
    expect_refused(s, path, ERR_DATA_DIR);
    str now;
    must(s, file_read(&s->arena, path, sizeof(text), &now));
    assert_true(str_eq(now, (str){text, sizeof(text)}));
}

static void leaves_the_database_of_another_program_alone(void **state)
{
    struct scratch *s = *state;
    must(s, db_run_script(&s->arena, s->db, LIT("PRAGMA application_id = 7")));
    db_close(s->db);
    s->db = NULL;
    expect_refused(s, s->path, ERR_DATA_DIR);
}

static void waits_for_a_lock_only_so_long(void **state)
{
    struct scratch *s = *state;
    struct db *other = scratch_connect(s, "sqlite");
    must(s, db_run_script(&s->arena, other, LIT("BEGIN EXCLUSIVE")));
    err e = scratch_insert(s, s->db, 1);
    expect_code(s, e, ERR_BUSY);
    assert_non_null(strstr(e->text.at, "locked"));
    must(s, db_run_script(&s->arena, other, LIT("ROLLBACK")));
    must(s, scratch_insert(s, s->db, 1));
    db_close(other);
}

static void writes_nothing_when_opened_for_reading(void **state)
{
    struct scratch *s = *state;
    must(s, scratch_insert(s, s->db, 1));
    struct db_options options = {.driver = "sqlite", .address = s->path, .is_read_only = true};
    struct db *db = NULL;
    must(s, db_open(&s->arena, &options, &db));
    assert_int_equal(scratch_count(s, db), 1);
    expect_code(s, scratch_insert(s, db, 2), ERR_IO);
    db_close(db);
}

static off_t size_of(struct scratch *s, const char *name)
{
    struct stat about;
    assert_int_equal(stat(scratch_path(s, name).at, &about), 0);
    return about.st_size;
}

/* S13: what a reader still needs stays in the log and is reported; the rest is moved. */
static void folds_the_log_in_as_far_as_readers_allow(void **state)
{
    struct scratch *s = *state;
    struct db *reader = scratch_connect(s, "sqlite");
    must(s, db_begin(&s->arena, reader, DB_BEGIN_READ));
    for (int64_t n = 0; n < 100; n++)
        must(s, scratch_insert(s, s->db, n));
    int64_t left;
    must(s, db_checkpoint(&s->arena, s->db, &left));
    assert_true(left > 0);
    must(s, db_commit(&s->arena, reader));
    must(s, db_checkpoint(&s->arena, s->db, &left));
    assert_int_equal(left, 0);
    off_t high = size_of(s, "x.db-wal");
    for (int64_t n = 100; n < 150; n++)
        must(s, scratch_insert(s, s->db, n));
    assert_int_equal(size_of(s, "x.db-wal"), high); /* it began anew */
    db_close(reader);
}

static void copies_one_state_while_others_write(void **state)
{
    struct scratch *s = *state;
    struct db *other = scratch_connect(s, "sqlite");
    must(s, db_run_script(&s->arena, s->db, LIT("PRAGMA user_version = 5")));
    must(s, scratch_insert(s, s->db, 1));
    must(s, db_begin(&s->arena, s->db, DB_BEGIN_READ));
    must(s, scratch_insert(s, other, 2));
    must(s, db_begin(&s->arena, other, DB_BEGIN_WRITE));
    must(s, scratch_insert(s, other, 3));
    str path = scratch_path(s, "copy.db");
    must(s, db_copy_to(&s->arena, s->db, path));
    must(s, db_commit(&s->arena, other));
    must(s, db_commit(&s->arena, s->db));
    expect_code(s, db_copy_to(&s->arena, s->db, path), ERR_CONFLICT);

    struct db *copy = NULL;
    must(s, open_at(s, path, false, &copy));
    assert_int_equal(scratch_count(s, copy), 1); /* of the snapshot, though 2 and 3 came since */
    int64_t version;
    must(s, db_query_int(&s->arena, copy, "PRAGMA user_version", DB_NO_ARGS, 0, &version));
    assert_int_equal(version, 5);
    must(s, db_check_integrity(&s->arena, copy));
    db_close(copy);
    db_close(other);
}

static void leaves_no_half_copy(void **state)
{
    struct scratch *s = *state;
    must(s, db_begin(&s->arena, s->db, DB_BEGIN_WRITE));
    must(s, scratch_insert(s, s->db, 1));
    str path = scratch_path(s, "copy.db");
    expect_code(s, db_copy_to(&s->arena, s->db, path), ERR_BUSY);
    assert_false(file_exists(&s->arena, path));
    expect_code(s, db_copy_to(&s->arena, s->db, scratch_path(s, "no/copy.db")), ERR_NOT_FOUND);
    db_rollback(s->db);
}

/* Writes rubbish over the middle of the file, page 2 and what follows. */
static void spoil(struct scratch *s)
{
    int file = open(s->path.at, O_WRONLY | O_CLOEXEC);
    assert_true(file >= 0);
    static char rubbish[4096];
    memset(rubbish, 0x5a, sizeof(rubbish));
    assert_int_equal(pwrite(file, rubbish, sizeof(rubbish), 4096), sizeof(rubbish));
    close(file);
}

static void finds_damage(void **state)
{
    struct scratch *s = *state;
    must(s, scratch_insert(s, s->db, 1));
    must(s, db_check_integrity(&s->arena, s->db));
    db_close(s->db);
    spoil(s);
    s->db = scratch_connect(s, "sqlite");
    expect_code(s, db_check_integrity(&s->arena, s->db), ERR_CORRUPT);
    expect_code(s, scratch_insert(s, s->db, 2), ERR_CORRUPT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DB_TEST(is_safe_by_its_settings),
        DB_TEST(makes_files_that_only_their_owner_reads),
        DB_TEST(makes_no_file_unasked),
        DB_TEST(leaves_a_file_alone_that_is_no_database),
        DB_TEST(leaves_the_database_of_another_program_alone),
        DB_TEST(waits_for_a_lock_only_so_long),
        DB_TEST(writes_nothing_when_opened_for_reading),
        DB_TEST(folds_the_log_in_as_far_as_readers_allow),
        DB_TEST(copies_one_state_while_others_write),
        DB_TEST(leaves_no_half_copy),
        DB_TEST(finds_damage),
    };
    return cmocka_run_group_tests_name("db/files", tests, NULL, NULL);
}
