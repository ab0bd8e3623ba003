/*
 * One-time codes (B6): the vectors of RFC 6238 appendix B (its SHA-1 column; six digits are the
 * last six of its eight), base32 of RFC 4648, and what counts as typed.
 */
#include "base/clock.h"
#include "base/error.h"
#include "base/totp.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define SECRET LIT("12345678901234567890")

static void codes_are_those_of_rfc_6238(void **state)
{
    (void)state;
    static const struct {
        int64_t seconds;
        uint32_t code;
    } CASES[] = {{59, 287082},       {1111111109, 81804},  {1111111111, 50471},
                 {1234567890, 5924}, {2000000000, 279037}, {INT64_C(20000000000), 353130}};
    for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++)
        assert_int_equal(totp_code(SECRET, totp_step(CASES[i].seconds * US_PER_SECOND)),
                         CASES[i].code);
}

/* The clock is given: 2009-02-13T23:31:30Z, step 41152263, whose code is 005924. */
static void a_code_counts_once_and_for_three_steps(void **state)
{
    (void)state;
    static const struct {
        int64_t later_seconds;
        int64_t last;
        bool is_good;
    } CASES[] = {{0, 0, true},    {30, 0, true},       {-30, 0, true},       {60, 0, false},
                 {-60, 0, false}, {0, 41152262, true}, {0, 41152263, false}, {30, 41152263, false}};
    for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
        int64_t now_us = (1234567890 + CASES[i].later_seconds) * US_PER_SECOND;
        int64_t step = 0;
        assert_int_equal(totp_find(SECRET, LIT("005924"), now_us, CASES[i].last, &step),
                         CASES[i].is_good);
        assert_int_equal(step, CASES[i].is_good ? 41152263 : 0);
    }
}

static void only_six_digits_are_a_code(void **state)
{
    (void)state;
    int64_t now_us = 1234567890 * US_PER_SECOND;
    int64_t step;
    assert_true(totp_find(SECRET, LIT("005 924"), now_us, 0, &step));
    static const char *const BAD[] = {"",       "5924",    "0005924", "00592",
                                      "00592a", "005924x", "-05924"};
    for (size_t i = 0; i < sizeof(BAD) / sizeof(BAD[0]); i++)
        assert_false(totp_find(SECRET, str_of(BAD[i]), now_us, 0, &step));
}

static void secrets_are_written_as_apps_read_them(void **state)
{
    (void)state;
    OWNED(arena_done) struct arena a = {0};
    static const char *const CASES[][2] = {{"", ""},
                                           {"f", "MY"},
                                           {"fo", "MZXQ"},
                                           {"foo", "MZXW6"},
                                           {"foob", "MZXW6YQ"},
                                           {"fooba", "MZXW6YTB"},
                                           {"foobar", "MZXW6YTBOI"}};
    for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++)
        assert_true(str_eq(totp_base32(&a, str_of(CASES[i][0])), str_of(CASES[i][1])));
    assert_true(str_eq(totp_uri(&a, LIT("An Exchange"), LIT("a@b.example"), LIT("foob")),
                       LIT("otpauth://totp/An%20Exchange:a%40b.example?secret=MZXW6YQ"
                           "&issuer=An%20Exchange")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_those_of_rfc_6238),
        cmocka_unit_test(a_code_counts_once_and_for_three_steps),
        cmocka_unit_test(only_six_digits_are_a_code),
        cmocka_unit_test(secrets_are_written_as_apps_read_them),
    };
    return cmocka_run_group_tests_name("base/totp", tests, NULL, NULL);
}
