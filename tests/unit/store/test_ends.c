/*
 * What is kept of entries by their numbers.
 */
#include "store/ends.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void a_number_is_known_rightly_or_not_at_all(void **state)
{
    (void)state;
    const uint32_t count = 1u << 19;
    struct ends *e = ends_open();
    struct entry_end end = {0};
    assert_false(ends_get(e, 0, &end));
    assert_false(ends_get(e, 7, &end));
    for (uint32_t n = 1; n <= count; n++) {
        ends_put(e, n, &(struct entry_end){.end_us = n * INT64_C(10), .object = -(int64_t)n});
        assert_true(ends_get(e, n, &end));
    }
    for (uint32_t n = 1; n <= count; n++) {
        if (ends_get(e, n, &end))
            assert_true(end.end_us == n * INT64_C(10) && end.object == -(int64_t)n);
    }
    ends_close(e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_is_known_rightly_or_not_at_all),
    };
    return cmocka_run_group_tests_name("store/ends", tests, NULL, NULL);
}
