/*
 * Which files rotation set aside, as their names say. What is taken for one that is none would not
 * be swept; the other way round, hits would be given twice.
 */
#include "sweep/follow.h"

#include "base/num.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct {
    const char *path;
    const char *log;
    bool is_rotated;
} CASES[] = {
    {"/var/log/a.log.1", "/var/log/a.log", true},
    {"/var/log/a.log.12", "/var/log/a.log", true},
    {"/var/log/a.log.2.gz", "/var/log/a.log", true},
    {"/var/log/a.log.gz", "/var/log/a.log", true},
    {"/var/log/a.log.zst", "/var/log/a.log", true},
    {"/var/log/a.log.old", "/var/log/a.log", true},
    {"/var/log/a.log-20261129", "/var/log/a.log", true},
    {"/var/log/a.log-20261129.xz", "/var/log/a.log", true},
    {"/var/log/a.log.2026-11-29T10:00:00Z", "/var/log/a.log", true},
    {"/var/log/a.log-1764410000", "/var/log/a.log", true},
    {"/var/log/a.log", "/var/log/a.log", false},
    {"/var/log/a.log.1", "/var/log/b.log", false},
    {"/var/log/a.log", "/var/log/a.log.1", false},
    {"/var/log/web-2", "/var/log/web", false},
    {"/var/log/web2", "/var/log/web", false},
    {"/var/log/web2.log", "/var/log/web.log", false},
    {"/var/log/a.log.err", "/var/log/a.log", false},
    {"/var/log/a.log.1.err", "/var/log/a.log", false},
    {"/var/log/a.log.", "/var/log/a.log", false},
    {"/var/log/a.log-", "/var/log/a.log", false},
    {"/var/log/a/1.log", "/var/log/a", false},
};

static void a_name_says_what_rotation_set_aside(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        print_message("%s of %s\n", CASES[i].path, CASES[i].log);
        assert_int_equal(follow_is_rotated(str_of(CASES[i].path), str_of(CASES[i].log)),
                         CASES[i].is_rotated);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_name_says_what_rotation_set_aside)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
