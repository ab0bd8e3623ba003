/*
 * Times and their texts.
 */
#include "base/clock.h"
#include "base/num.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void reads_days_that_exist(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t seconds;
    } CASES[] = {
        {"1970-01-01", 0},
        {"1969-12-31", -86400},
        {"1900-03-01", -2203891200},
        {"2000-02-29", 951782400},
        {"2024-02-29", 1709164800},
        {"9999-12-31", 253402214400},
        {"0001-01-01", -62135596800},
        {"0000-01-01", -62167219200},
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        int64_t time_us = -1;
        assert_true(clock_read_date(str_of(CASES[i].text), &time_us));
        assert_true(time_us == CASES[i].seconds * US_PER_SECOND);
    }
}

static void refuses_days_that_do_not_exist(void **state)
{
    (void)state;
    static const char *const CASES[] = {
        "2023-02-29", "1900-02-29", "2100-02-29", "2024-02-30",  "2024-04-31",
        "2024-13-01", "2024-00-01", "2024-01-00", "2024-01-32",  "2024/01/01",
        "24-01-01",   "2024-1-01",  "",           "2024-01-01 ", "+024-01-01",
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        int64_t time_us = 77;
        assert_false(clock_read_date(str_of(CASES[i]), &time_us));
        assert_true(time_us == 77);
    }
}

static void reads_times_with_their_precision(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t time_us;
        unsigned precision;
    } CASES[] = {
        {"1970-01-01T00:00:00Z", 0, 0},
        {"1970-01-01T00:00:00.0Z", 0, 1},
        {"1970-01-01T00:00:01.5Z", 1500000, 1},
        {"1970-01-01T00:00:00.123Z", 123000, 3},
        {"1970-01-01T00:00:00.123456Z", 123456, 6},
        {"1970-01-01T00:00:00.1234569Z", 123456, 7},
        {"1970-01-01T00:00:00.000000000000000000000000000001Z", 0, 30},
        {"1969-12-31T23:59:59.999999Z", -1, 6},
        {"2016-12-31T23:59:60Z", INT64_C(1483228800000000), 0},
        {"2024-02-29T12:34:56.789Z", INT64_C(1709210096789000), 3},
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        int64_t time_us = 77;
        unsigned precision = 77;
        assert_true(clock_read(str_of(CASES[i].text), &time_us, &precision));
        assert_true(time_us == CASES[i].time_us);
        assert_int_equal(precision, CASES[i].precision);
        assert_true(clock_read(str_of(CASES[i].text), NULL, NULL));
    }
}

static void refuses_other_forms_of_time(void **state)
{
    (void)state;
    static const char *const CASES[] = {
        "",
        "2024-01-01",
        "2024-01-01T00:00:00",
        "2024-01-01t00:00:00Z",
        "2024-01-01T00:00:00z",
        "2024-01-01 00:00:00Z",
        "2024-01-01T00:00:00+00:00",
        "2024-01-01T00:00:00.Z",
        "2024-01-01T00:00:00,5Z",
        "2024-01-01T00:00:00.1x2Z",
        "2024-01-01T24:00:00Z",
        "2024-01-01T00:60:00Z",
        "2024-01-01T00:00:61Z",
        "2024-01-01T12:00:60Z",
        "2024-01-01T0:00:00.0Z",
        "2023-02-29T00:00:00Z",
        "2024-01-01T-1:00:00Z",
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        int64_t time_us = 77;
        unsigned precision = 77;
        if (clock_read(str_of(CASES[i]), &time_us, &precision))
            fail_msg("%s is taken", CASES[i]);
        assert_true(time_us == 77 && precision == 77);
    }
}

/* Every day of four centuries and more, and what lies around midnight. */
static void reads_what_it_writes(void **state)
{
    (void)state;
    static const int64_t OFFSETS[] = {0, 1, US_PER_DAY - 1};
    int64_t first = -62167219200 * US_PER_SECOND;
    char previous[CLOCK_TEXT_BYTES] = "";
    for (int64_t day = 0; day < 366 * 500; day++) {
        for (size_t i = 0; i < COUNT_OF(OFFSETS); i++) {
            char text[CLOCK_TEXT_BYTES];
            int64_t time_us = first + day * US_PER_DAY + OFFSETS[i];
            str written = clock_write(time_us, text);
            int64_t back = 0;
            assert_true(clock_read(written, &back, NULL));
            assert_true(back == time_us);
            assert_true(strcmp(previous, text) < 0);
            memcpy(previous, text, sizeof(previous));
        }
    }
    char text[CLOCK_TEXT_BYTES];
    assert_true(
        str_eq(clock_write(INT64_C(253402300799999999), text), LIT("9999-12-31T23:59:59.999999Z")));
    assert_true(
        str_eq(clock_write_ms(INT64_C(253402300799999999), text), LIT("9999-12-31T23:59:59.999Z")));
}

static void reads_durations(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t seconds; /* zero: refused */
    } CASES[] = {
        {"45s", 45}, {"30m", 1800}, {"12h", 43200}, {"90d", 7776000},  {"100000000s", 100000000},
        {"0s", 0},   {"", 0},       {"5", 0},       {"s", 0},          {"-1s", 0},
        {"1.5h", 0}, {"1w", 0},     {"1 h", 0},     {"100000001d", 0},
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        int64_t duration_us = 0;
        assert_int_equal(clock_read_duration(str_of(CASES[i].text), &duration_us),
                         CASES[i].seconds > 0);
        assert_true(duration_us == CASES[i].seconds * US_PER_SECOND);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_days_that_exist),
        cmocka_unit_test(refuses_days_that_do_not_exist),
        cmocka_unit_test(reads_times_with_their_precision),
        cmocka_unit_test(refuses_other_forms_of_time),
        cmocka_unit_test(reads_what_it_writes),
        cmocka_unit_test(reads_durations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
