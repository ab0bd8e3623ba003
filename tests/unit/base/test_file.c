/*
 * Files, in a folder of their own that is removed afterwards; and the words of errors.
 */
#include "base/file.h"
#include "base/num.h"

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct place {
    struct arena arena;
    char folder[64];
};

static int make_place(void **state)
{
    struct place *p = calloc(1, sizeof(*p));
    if (p == NULL)
        return -1;
    snprintf(p->folder, sizeof(p->folder), "/tmp/tocsin-test-XXXXXX");
    *state = p;
    return mkdtemp(p->folder) ? 0 : -1;
}

static str path_of(struct place *p, const char *name)
{
    return arena_print(&p->arena, "%s/%s", p->folder, name);
}

static size_t count_files(const struct place *p)
{
    size_t count = 0;
    DIR *entries = opendir(p->folder);
    assert_non_null(entries);
    for (const struct dirent *entry = readdir(entries); entry; entry = readdir(entries))
        count += entry->d_name[0] != '.';
    closedir(entries);
    return count;
}

static int remove_place(void **state)
{
    struct place *p = *state;
    DIR *entries = opendir(p->folder);
    for (const struct dirent *entry = readdir(entries); entry; entry = readdir(entries)) {
        if (entry->d_name[0] != '.')
            remove(path_of(p, entry->d_name).at);
    }
    closedir(entries);
    int removed = rmdir(p->folder);
    arena_done(&p->arena);
    free(p);
    return removed;
}

static void reads_what_it_wrote(void **state)
{
    struct place *p = *state;
    str path = path_of(p, "key");
    str back = {0};
    assert_false(file_exists(&p->arena, path));
    assert_null(file_write(&p->arena, path, LIT("one\0two"), 0600));
    assert_null(file_read(&p->arena, path, 7, &back));
    assert_true(str_eq(back, LIT("one\0two")));
    struct stat about;
    assert_int_equal(stat(path.at, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_null(file_write(&p->arena, path, LIT("two"), 0600));
    assert_null(file_read(&p->arena, path, 7, &back));
    assert_true(str_eq(back, LIT("two")));
    assert_int_equal(count_files(p), 1);
}

/* Whoever laid a file where the new one is begun does not hold what is written then. */
static void writes_into_no_file_that_is_there_already(void **state)
{
    struct place *p = *state;
    str path = path_of(p, "key");
    str beside = arena_print(&p->arena, "%.*s.%ld.new", STR_ARG(path), (long)getpid());
    int held = open(beside.at, O_RDWR | O_CREAT | O_EXCL, 0666);
    struct stat about;
    assert_true(held >= 0);
    assert_null(file_write(&p->arena, path, LIT("secret"), 0600));
    assert_int_equal(fstat(held, &about), 0);
    assert_int_equal(about.st_size, 0);
    assert_int_equal(stat(path.at, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_int_equal(count_files(p), 1);
    close(held);
}

static void keeps_the_old_file_where_the_new_one_fails(void **state)
{
    struct place *p = *state;
    str path = path_of(p, "a-folder");
    assert_null(file_make_dir(&p->arena, path));
    err failure = file_write(&p->arena, path, LIT("x"), 0600);
    assert_non_null(failure);
    assert_true(file_is_dir(&p->arena, path));
    assert_int_equal(count_files(p), 1);
    failure = file_write(&p->arena, path_of(p, "no/where"), LIT("x"), 0600);
    assert_non_null(failure);
    assert_int_equal(failure->code, ERR_NOT_FOUND);
}

static void reads_no_more_than_allowed(void **state)
{
    struct place *p = *state;
    str path = path_of(p, "large");
    char *content = arena_alloc(&p->arena, 200000);
    assert_null(file_write(&p->arena, path, (str){content, 200000}, 0600));
    str back = {0};
    assert_null(file_read(&p->arena, path, 200000, &back));
    assert_int_equal(back.len, 200000);
    err failure = file_read(&p->arena, path, 199999, &back);
    assert_non_null(failure);
    assert_int_equal(failure->code, ERR_TOO_LARGE);
    failure = file_read(&p->arena, path_of(p, "absent"), 10, &back);
    assert_non_null(failure);
    assert_int_equal(failure->code, ERR_NOT_FOUND);
    assert_true(str_ends(failure->text, LIT("absent: No such file or directory")));
}

static void maps_files(void **state)
{
    struct place *p = *state;
    str path = path_of(p, "mapped");
    struct file_map map = {0};
    assert_null(file_write(&p->arena, path, LIT("bytes"), 0600));
    assert_null(file_map_open(&p->arena, path, &map));
    assert_true(str_eq(map.bytes, LIT("bytes")));
    file_map_close(&map);
    file_map_close(&map);
    assert_null(file_write(&p->arena, path, (str){0}, 0600));
    assert_null(file_map_open(&p->arena, path, &map));
    assert_int_equal(map.bytes.len, 0);
    file_map_close(&map);
    err failure = file_map_open(&p->arena, str_of(p->folder), &map);
    assert_non_null(failure);
    assert_int_equal(failure->code, ERR_INPUT);
}

static void makes_a_folder_once(void **state)
{
    struct place *p = *state;
    str path = path_of(p, "data");
    assert_null(file_make_dir(&p->arena, path));
    assert_null(file_make_dir(&p->arena, path));
    str taken = path_of(p, "taken");
    assert_null(file_write(&p->arena, taken, LIT("x"), 0600));
    assert_non_null(file_make_dir(&p->arena, taken));
    assert_true(file_exists(&p->arena, taken) && !file_is_dir(&p->arena, taken));
}

static void reads_a_secret_from_the_first_line(void **state)
{
    struct place *p = *state;
    char too_long[5001] = {0};
    memset(too_long, 'x', 5000);
    const struct {
        const char *input;
        const char *secret; /* NULL: refused */
    } CASES[] = {
        {"hush\nmore\n", "hush"}, {"hush\r\n", "hush"}, {"hush", "hush"},
        {" hu sh \n", " hu sh "}, {"", NULL},           {"\nhush\n", NULL},
        {too_long, NULL},
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        str path = path_of(p, "input");
        assert_null(file_write(&p->arena, path, str_of(CASES[i].input), 0600));
        assert_non_null(freopen(path.at, "r", stdin));
        str secret = {0};
        err failure = file_read_secret_line(&p->arena, &secret);
        assert_int_equal(failure == NULL, CASES[i].secret != NULL);
        assert_true(str_eq(secret, str_of(CASES[i].secret)));
        assert_true(failure == NULL || failure->code == ERR_INPUT);
    }
}

static err cannot_import(struct arena *a)
{
    err cause = FAIL(a, ERR_INVALID, "line %d: a comma is missing", 3);
    return WRAP(a, cause, "cannot import %s", "a.json");
}

static void says_the_cause_of_an_error(void **state)
{
    struct place *p = *state;
    err failure = cannot_import(&p->arena);
    assert_int_equal(failure->code, ERR_INVALID);
    assert_string_equal(error_text(&p->arena, failure).at,
                        "cannot import a.json: line 3: a comma is missing");
    assert_int_equal(error_http_status(ERR_INVALID), 422);
    assert_int_equal(error_exit_status(ERR_NO_SPACE), 7);
    assert_string_equal(error_type(ERR_NOT_FOUND), "not-found");
}

#define FILE_TEST(name) cmocka_unit_test_setup_teardown(name, make_place, remove_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FILE_TEST(reads_what_it_wrote),
        FILE_TEST(writes_into_no_file_that_is_there_already),
        FILE_TEST(keeps_the_old_file_where_the_new_one_fails),
        FILE_TEST(reads_no_more_than_allowed),
        FILE_TEST(maps_files),
        FILE_TEST(makes_a_folder_once),
        FILE_TEST(reads_a_secret_from_the_first_line),
        FILE_TEST(says_the_cause_of_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
