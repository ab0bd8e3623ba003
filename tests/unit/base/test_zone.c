/*
 * Wall clocks (B16): from local time to UTC and back, with both traps of the clock changes. The
 * C library's own reading of the same files stands beside ours for many zones and times.
 */
#include "base/clock.h"
#include "base/num.h"
#include "base/zone.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

static int open_book(void **state)
{
    *state = zone_book_open(ZONE_FOLDER);
    return 0;
}

static int close_book(void **state)
{
    zone_book_close(*state);
    return 0;
}

static const struct zone *find(struct zone_book *book, const char *name)
{
    OWNED(arena_done)
    struct arena a = {0};
    const struct zone *z = NULL;
    assert_null(zone_find(&a, book, str_of(name), &z));
    return z;
}

static int64_t local_of(const char *text)
{
    int64_t local_us = 0;
    assert_true(zone_read_local(str_of(text), &local_us));
    return local_us;
}

static int64_t utc_of(const char *text)
{
    int64_t time_us = 0;
    assert_true(clock_read(str_of(text), &time_us, NULL));
    return time_us;
}

struct meeting {
    const char *zone;
    const char *local;
    enum zone_fit fit;
    const char *utc;
};

static void check_meeting(struct zone_book *book, const struct meeting *m)
{
    const struct zone *z = find(book, m->zone);
    int64_t time_us = 0;
    assert_int_equal(zone_to_utc(z, local_of(m->local), &time_us), m->fit);
    assert_true(time_us == utc_of(m->utc));
    if (m->fit != ZONE_SKIPPED)
        assert_true(zone_to_local(z, time_us) == local_of(m->local));
}

/* B16: the places that are forgotten. */
static void finds_the_moment_of_a_wall_clock(void **state)
{
    static const struct meeting CASES[] = {
        {"America/New_York", "2026-08-29T14:30", ZONE_ONCE, "2026-08-29T18:30:00Z"},
        {"America/New_York", "2026-12-29T14:30", ZONE_ONCE, "2026-12-29T19:30:00Z"},
        {"Pacific/Guam", "2026-07-01T08:00", ZONE_ONCE, "2026-06-30T22:00:00Z"},
        {"Pacific/Guam", "2026-12-01T08:00", ZONE_ONCE, "2026-11-30T22:00:00Z"},
        {"Pacific/Pago_Pago", "2026-07-01T08:00", ZONE_ONCE, "2026-07-01T19:00:00Z"},
        {"Pacific/Honolulu", "2026-07-01T08:00", ZONE_ONCE, "2026-07-01T18:00:00Z"},
        /* Arizona keeps standard time all year; the Navajo Nation within it does as Denver. */
        {"America/Phoenix", "2026-07-01T12:00", ZONE_ONCE, "2026-07-01T19:00:00Z"},
        {"America/Denver", "2026-07-01T12:00", ZONE_ONCE, "2026-07-01T18:00:00Z"},
        {"America/Phoenix", "2026-01-01T12:00", ZONE_ONCE, "2026-01-01T19:00:00Z"},
        {"America/Denver", "2026-01-01T12:00", ZONE_ONCE, "2026-01-01T19:00:00Z"},
        {"America/Puerto_Rico", "2026-07-01T12:00", ZONE_ONCE, "2026-07-01T16:00:00Z"},
        {"Asia/Kathmandu", "2026-07-01T12:00", ZONE_ONCE, "2026-07-01T06:15:00Z"},
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++)
        check_meeting(*state, &CASES[i]);
}

/* B16: an hour that daylight saving skips, and one that comes twice (the first of them). */
static void knows_both_clock_changes_of_three_years(void **state)
{
    static const struct meeting CASES[] = {
        {"America/New_York", "2026-03-08T01:59", ZONE_ONCE, "2026-03-08T06:59:00Z"},
        {"America/New_York", "2026-03-08T02:00", ZONE_SKIPPED, "2026-03-08T07:00:00Z"},
        {"America/New_York", "2026-03-08T02:59", ZONE_SKIPPED, "2026-03-08T07:00:00Z"},
        {"America/New_York", "2026-03-08T03:00", ZONE_ONCE, "2026-03-08T07:00:00Z"},
        {"America/New_York", "2026-11-01T00:59", ZONE_ONCE, "2026-11-01T04:59:00Z"},
        {"America/New_York", "2026-11-01T01:00", ZONE_TWICE, "2026-11-01T05:00:00Z"},
        {"America/New_York", "2026-11-01T01:59", ZONE_TWICE, "2026-11-01T05:59:00Z"},
        {"America/New_York", "2026-11-01T02:00", ZONE_ONCE, "2026-11-01T07:00:00Z"},
        {"America/New_York", "2027-03-14T02:30", ZONE_SKIPPED, "2027-03-14T07:00:00Z"},
        {"America/New_York", "2027-11-07T01:30", ZONE_TWICE, "2027-11-07T05:30:00Z"},
        {"America/New_York", "2028-03-12T02:30", ZONE_SKIPPED, "2028-03-12T07:00:00Z"},
        {"America/New_York", "2028-11-05T01:30", ZONE_TWICE, "2028-11-05T05:30:00Z"},
        {"America/Denver", "2026-03-08T02:30", ZONE_SKIPPED, "2026-03-08T09:00:00Z"},
        {"America/Phoenix", "2026-03-08T02:30", ZONE_ONCE, "2026-03-08T09:30:00Z"},
        {"Pacific/Honolulu", "2026-03-08T02:30", ZONE_ONCE, "2026-03-08T12:30:00Z"},
        {"Pacific/Guam", "2026-11-01T01:30", ZONE_ONCE, "2026-10-31T15:30:00Z"},
        {"Pacific/Pago_Pago", "2027-03-14T02:30", ZONE_ONCE, "2027-03-14T13:30:00Z"},
        {"America/Adak", "2028-03-12T02:30", ZONE_SKIPPED, "2028-03-12T12:00:00Z"},
        /* A whole day that Samoa never had, and an hour past what files list. */
        {"Pacific/Apia", "2011-12-30T12:00", ZONE_SKIPPED, "2011-12-30T10:00:00Z"},
        {"America/New_York", "2060-03-14T02:30", ZONE_SKIPPED, "2060-03-14T07:00:00Z"},
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++)
        check_meeting(*state, &CASES[i]);
}

static void gives_the_changes_around_a_time(void **state)
{
    const struct zone *z = find(*state, "America/New_York");
    struct zone_change change;
    assert_true(zone_next_change(z, utc_of("2026-11-01T05:59:00Z"), &change));
    assert_true(change.time_us == utc_of("2026-11-01T06:00:00Z"));
    assert_true(str_eq(change.before.abbreviation, LIT("EDT")) && change.before.is_summer);
    assert_true(str_eq(change.after.abbreviation, LIT("EST")) && !change.after.is_summer);
    assert_true(change.after.east_us == -5 * 3600 * US_PER_SECOND);
    assert_true(zone_last_change(z, utc_of("2026-11-01T05:59:00Z"), &change));
    assert_true(change.time_us == utc_of("2026-03-08T07:00:00Z"));
    assert_true(zone_last_change(z, utc_of("2050-07-01T00:00:00Z"), &change));
    assert_true(change.time_us == utc_of("2050-03-13T07:00:00Z"));
    assert_true(zone_next_change(z, utc_of("2050-07-01T00:00:00Z"), &change));
    assert_true(change.time_us == utc_of("2050-11-06T06:00:00Z"));

    assert_false(zone_next_change(find(*state, "Pacific/Honolulu"), utc_of("2026-11-01T00:00:00Z"),
                                  &change));
    assert_false(
        zone_last_change(find(*state, "Etc/UTC"), utc_of("2026-11-01T00:00:00Z"), &change));
}

static void names_what_holds(void **state)
{
    static const struct {
        const char *zone;
        const char *time;
        const char *abbreviation;
    } CASES[] = {
        {"Pacific/Guam", "2026-07-01T00:00:00Z", "ChST"},
        {"Pacific/Pago_Pago", "2026-07-01T00:00:00Z", "SST"},
        {"Pacific/Honolulu", "2026-07-01T00:00:00Z", "HST"},
        {"America/Phoenix", "2026-07-01T00:00:00Z", "MST"},
        {"America/Denver", "2026-07-01T00:00:00Z", "MDT"},
        {"America/New_York", "2045-07-01T00:00:00Z", "EDT"},
        {"America/Sao_Paulo", "2026-07-01T00:00:00Z", "-03"},
        {"Europe/Dublin", "2045-07-01T00:00:00Z", "IST"},
        {"Etc/UTC", "2026-07-01T00:00:00Z", "UTC"},
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        struct zone_offset o = zone_at(find(*state, CASES[i].zone), utc_of(CASES[i].time));
        assert_true(str_eq(o.abbreviation, str_of(CASES[i].abbreviation)));
    }
}

static void refuses_names_of_no_zone(void **state)
{
    static const char *const CASES[] = {
        "",          "America",          "America/",         "/America/New_York",
        "Nowhere",   "../../etc/passwd", "America/../Etc",   "America/./New_York",
        "posix/UTC", "zone.tab",         "America/New York", "right/America/New_York",
    };
    OWNED(arena_done)
    struct arena a = {0};
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        const struct zone *z = NULL;
        err failure = zone_find(&a, *state, str_of(CASES[i]), &z);
        assert_non_null(failure);
        assert_int_equal(failure->code, ERR_INVALID);
        assert_null(z);
    }
}

static void reads_and_writes_wall_clocks(void **state)
{
    (void)state;
    static const char *const BAD[] = {"2026-02-29T10:00",  "2026-08-29 14:30", "2026-08-29T24:00",
                                      "2026-08-29T14:30Z", "2026-8-29T14:30",  ""};
    char text[ZONE_TEXT_BYTES];
    int64_t local_us = local_of("2028-02-29T23:59");
    assert_true(
        str_eq(zone_write_local(local_us + 59 * US_PER_SECOND, text), LIT("2028-02-29T23:59")));
    for (size_t i = 0; i < COUNT_OF(BAD); i++)
        assert_false(zone_read_local(str_of(BAD[i]), &local_us));
}

static void check_against_library(const struct zone *z, int64_t seconds)
{
    time_t time = (time_t)seconds;
    struct tm tm;
    assert_non_null(localtime_r(&time, &tm));
    struct zone_offset o = zone_at(z, seconds * US_PER_SECOND);
    if (o.east_us != tm.tm_gmtoff * US_PER_SECOND || !str_eq(o.abbreviation, str_of(tm.tm_zone)))
        fail_msg("%.*s at %lld: %lld %.*s, the library has %ld %s", STR_ARG(zone_name(z)),
                 (long long)seconds, (long long)(o.east_us / US_PER_SECOND),
                 STR_ARG(o.abbreviation), tm.tm_gmtoff, tm.tm_zone);
}

static void agrees_with_the_library(void **state)
{
    static const char *const ZONES[] = {
        "America/New_York",  "America/Chicago",      "America/Denver",      "America/Phoenix",
        "America/Anchorage", "America/Adak",         "America/Los_Angeles", "Pacific/Honolulu",
        "Pacific/Guam",      "Pacific/Pago_Pago",    "America/Puerto_Rico", "America/Nuuk",
        "Europe/Dublin",     "Africa/Casablanca",    "Australia/Lord_Howe", "Asia/Tehran",
        "Pacific/Apia",      "America/Indiana/Knox", "Asia/Jerusalem",      "America/Havana",
    };
    srand(20260829);
    for (size_t i = 0; i < COUNT_OF(ZONES); i++) {
        const struct zone *z = find(*state, ZONES[i]);
        setenv("TZ", ZONES[i], 1);
        tzset();
        for (int n = 0; n < 2000; n++)
            check_against_library(z, (int64_t)(rand() % 200000) * 15000 + rand() % 15000);
        struct zone_change change = {.time_us = 0};
        while (zone_next_change(z, change.time_us, &change) &&
               change.time_us < utc_of("2080-01-01T00:00:00Z")) {
            check_against_library(z, change.time_us / US_PER_SECOND);
            check_against_library(z, change.time_us / US_PER_SECOND - 1);
        }
    }
    unsetenv("TZ");
    tzset();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_moment_of_a_wall_clock),
        cmocka_unit_test(knows_both_clock_changes_of_three_years),
        cmocka_unit_test(gives_the_changes_around_a_time),
        cmocka_unit_test(names_what_holds),
        cmocka_unit_test(refuses_names_of_no_zone),
        cmocka_unit_test(reads_and_writes_wall_clocks),
        cmocka_unit_test(agrees_with_the_library),
    };
    return cmocka_run_group_tests(tests, open_book, close_book);
}
