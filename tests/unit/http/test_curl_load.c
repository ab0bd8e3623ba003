/*
 * Loading libcurl, and what a person reads where it is not.
 */
#include "http/curl_load.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void says_which_library_is_missing(void **state)
{
    (void)state;
    struct arena a = {0};
    struct curl_library lib = {0};
    err e = curl_load(&a, "libabsent-gnutls.so.4", &lib);
    assert_non_null(e);
    assert_int_equal(e->code, ERR_INTERNAL);
    assert_non_null(strstr(error_text(&a, e).at, "install the package that has libabsent"));
    assert_null(lib.easy_init); /* untouched on failure */
    arena_done(&a);
}

static void refuses_a_library_without_its_functions(void **state)
{
    (void)state;
    struct arena a = {0};
    struct curl_library lib = {0};
    err e = curl_load(&a, "libc.so.6", &lib);
    assert_non_null(e);
    assert_non_null(strstr(error_text(&a, e).at, "libc.so.6 lacks curl_"));
    assert_null(lib.easy_init);
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_which_library_is_missing),
        cmocka_unit_test(refuses_a_library_without_its_functions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
