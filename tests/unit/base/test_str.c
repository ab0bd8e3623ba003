/*
 * Borrowed strings: slicing, searching, numbers.
 */
#include "base/num.h"
#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void clamps_parts_to_the_length(void **state)
{
    (void)state;
    assert_true(str_eq(str_part(LIT("abc"), 1, 2), LIT("b")));
    assert_true(str_eq(str_part(LIT("abc"), 1, 99), LIT("bc")));
    assert_int_equal(str_part(LIT("abc"), 7, 9).len, 0);
    assert_int_equal(str_part(LIT("abc"), 2, 1).len, 0);
    assert_int_equal(str_skip(LIT("abc"), 4).len, 0);
    assert_int_equal(str_part((str){0}, 0, 1).len, 0);
    assert_int_equal(str_of(NULL).len, 0);
}

static void compares_bytes_with_a_prefix_first(void **state)
{
    (void)state;
    assert_true(str_cmp(LIT("a"), LIT("ab")) < 0);
    assert_true(str_cmp(LIT("b"), LIT("ab")) > 0);
    assert_true(str_cmp(LIT("\xff"), LIT("a")) > 0);
    assert_int_equal(str_cmp((str){0}, LIT("")), 0);
    assert_true(str_eq_nocase(LIT("Tlp:ReD"), LIT("TLP:RED")));
    assert_false(str_eq_nocase(LIT("@"), LIT("`")));
    assert_true(str_starts(LIT("abc"), LIT("ab")) && !str_starts(LIT("a"), LIT("ab")));
    assert_true(str_ends(LIT("abc"), LIT("bc")) && !str_ends(LIT("c"), LIT("bc")));
    assert_true(str_ends(LIT("abc"), LIT("")));
}

static void finds_or_gives_the_length(void **state)
{
    (void)state;
    assert_int_equal(str_find_char(LIT("a=b="), '='), 1);
    assert_int_equal(str_find_char(LIT("abc"), '='), 3);
    assert_int_equal(str_find(LIT("abcbcd"), LIT("bcd")), 3);
    assert_int_equal(str_find(LIT("abc"), LIT("x")), 3);
    assert_int_equal(str_find(LIT("abc"), LIT("")), 0);
    assert_int_equal(str_find((str){0}, LIT("x")), 0);
    assert_true(str_eq(str_trim(LIT(" \t a b\r\n")), LIT("a b")));
    assert_int_equal(str_trim(LIT(" \n")).len, 0);
}

static void cuts_at_each_separator(void **state)
{
    (void)state;
    static const struct {
        str text;
        const char *parts[4];
        size_t count;
    } CASES[] = {
        {LIT_INIT("a,,b"), {"a", "", "b"}, 3},
        {LIT_INIT("a,"), {"a", ""}, 2},
        {LIT_INIT(","), {"", ""}, 2},
        {LIT_INIT("abc"), {"abc"}, 1},
        {LIT_INIT(""), {""}, 1},
        {{NULL, 0}, {NULL}, 0},
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        str rest = CASES[i].text;
        str part;
        size_t count = 0;
        while (str_cut(&rest, ',', &part)) {
            assert_true(count < CASES[i].count);
            assert_true(str_eq(part, str_of(CASES[i].parts[count])));
            count++;
        }
        assert_int_equal(count, CASES[i].count);
    }
}

static void reads_whole_numbers_that_fit(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool is_i64;
        int64_t signed_value;
        bool is_u64;
        uint64_t value;
    } CASES[] = {
        {"0", true, 0, true, 0},
        {"007", true, 7, true, 7},
        {"9223372036854775807", true, INT64_MAX, true, INT64_MAX},
        {"9223372036854775808", false, 0, true, UINT64_C(9223372036854775808)},
        {"-9223372036854775808", true, INT64_MIN, false, 0},
        {"-9223372036854775809", false, 0, false, 0},
        {"18446744073709551615", false, 0, true, UINT64_MAX},
        {"18446744073709551616", false, 0, false, 0},
        {"99999999999999999999", false, 0, false, 0},
        {"-1", true, -1, false, 0},
        {"", false, 0, false, 0},
        {"-", false, 0, false, 0},
        {"+1", false, 0, false, 0},
        {" 1", false, 0, false, 0},
        {"1 ", false, 0, false, 0},
        {"0x1", false, 0, false, 0},
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        int64_t signed_value = 0;
        uint64_t value = 0;
        assert_int_equal(str_to_i64(str_of(CASES[i].text), &signed_value), CASES[i].is_i64);
        assert_int_equal(str_to_u64(str_of(CASES[i].text), &value), CASES[i].is_u64);
        assert_true(signed_value == CASES[i].signed_value);
        assert_true(value == CASES[i].value);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clamps_parts_to_the_length),
        cmocka_unit_test(compares_bytes_with_a_prefix_first),
        cmocka_unit_test(finds_or_gives_the_length),
        cmocka_unit_test(cuts_at_each_separator),
        cmocka_unit_test(reads_whole_numbers_that_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
