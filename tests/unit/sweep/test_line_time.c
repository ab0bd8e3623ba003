/*
 * Times of lines, as logs of all sorts write them.
 */
#include "base/clock.h"
#include "base/num.h"
#include "sweep/line_time.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

/* A line, when it is read, and the time in it. */
struct line_case {
    const char *line;
    const char *time; /* NULL: none */
};

#define NOW "2026-11-29T08:00:00Z"

static int64_t time_of(const char *text)
{
    int64_t us;
    assert_true(clock_read(str_of(text), &us, NULL));
    return us;
}

static void check(const struct line_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char text[CLOCK_TEXT_BYTES] = "none";
        int64_t found = 0;
        bool is_found = line_time_read(str_of(cases[i].line), time_of(NOW), &found);
        if (is_found)
            clock_write(found, text);
        if (is_found != (cases[i].time != NULL) || (is_found && found != time_of(cases[i].time)))
            fail_msg("%s: %s", cases[i].line, text);
    }
}

static void reads_times_with_a_zone(void **state)
{
    (void)state;
    static const struct line_case CASES[] = {
        {"2026-05-28T20:26:40Z GET /", "2026-05-28T20:26:40Z"},
        {"2026-05-28T20:26:40.5Z", "2026-05-28T20:26:40.5Z"},
        {"2026-05-28T20:26:40.123456789Z", "2026-05-28T20:26:40.123456Z"},
        {"2026-05-28T20:26:40+02:00 host named", "2026-05-28T18:26:40Z"},
        {"<34>1 2026-05-28T20:26:40-05:30 host", "2026-05-29T01:56:40Z"},
        {"2026-05-28 20:26:40 UTC LOG:", "2026-05-28T20:26:40Z"},
        {"2026/05/28 20:26:40 +0100 [error]", "2026-05-28T19:26:40Z"},
        {"{\"timestamp\":\"2026-05-28T20:26:40.123456+0000\",\"flow_id\":1500000000}",
         "2026-05-28T20:26:40.123456Z"},
        {"198.51.100.7 - - [28/May/2026:20:26:40 +0200] \"GET /\"", "2026-05-28T18:26:40Z"},
        {"Received: by x; Thu, 28 May 2026 20:26:40 -0400", "2026-05-29T00:26:40Z"},
        {"1780000000.123    200 10.0.0.1 TCP_MISS/200", "2026-05-28T20:26:40.123Z"},
        {"1780000000\tx", "2026-05-28T20:26:40Z"},
        {"1780000000123 x", "2026-05-28T20:26:40.123Z"},
        {"{\"ts\":1780000000.123456,\"uid\":\"C\"}", "2026-05-28T20:26:40.123456Z"},
        {"{\"a\":1, \"timestamp\": 1780000000123456}", "2026-05-28T20:26:40.123456Z"},
        {"type=USER msg=audit(1780000000.5:42): x", "2026-05-28T20:26:40.5Z"},
    };
    check(CASES, COUNT_OF(CASES));
}

static void reads_times_without_a_zone_as_this_machine_s(void **state)
{
    (void)state;
    static const struct line_case CASES[] = {
        {"2026-05-28 20:26:40,198.51.100.7", "2026-05-29T00:26:40Z"},
        {"2026-05-28 20:26:40,250 INFO", "2026-05-29T00:26:40.25Z"},
        {"May 28 20:26:40 host sshd", "2026-05-29T00:26:40Z"},
        {"<13>May  8 20:26:40 host", "2026-05-09T00:26:40Z"},
        {"Nov 30 02:00:00 a little ahead", "2026-11-30T07:00:00Z"},
        {"Dec 24 20:00:00 last year's", "2025-12-25T01:00:00Z"},
        {"May 28 2026 20:26:40 fw : %ASA", "2026-05-29T00:26:40Z"},
        {"[Thu May 28 20:26:40.5 2026] [error]", "2026-05-29T00:26:40.5Z"},
        {"28-May-2026 20:26:40.123 queries: info", "2026-05-29T00:26:40.123Z"},
        {"5/28/2026 8:26:40 PM 0B5C PACKET", "2026-05-29T00:26:40Z"},
        {"5/28/2026 12:26:40 AM x", "2026-05-28T04:26:40Z"},
    };
    assert_int_equal(setenv("TZ", "EST5EDT,M3.2.0,M11.1.0", 1), 0);
    tzset();
    check(CASES, COUNT_OF(CASES));
}

static void takes_nothing_else_for_a_time(void **state)
{
    (void)state;
    static const struct line_case CASES[] = {
        {"", NULL},
        {"GET http://evil.example/", NULL},
        {"id 1780000000 x", NULL},
        {"{\"flow_id\":1780000000}", NULL},
        {"1780000000a", NULL},
        {"178000000", NULL},
        {"2026-13-01T00:00:00Z", NULL},
        {"2026-05-32T00:00:00Z", NULL},
        {"2026-05-28T24:00:00Z", NULL},
        {"2026-05-28", NULL},
        {"x2026-05-28T20:26:40Z", NULL},
        {"28/Mai/2026:20:26:40 +0200", NULL},
        {"28/5/2026 20:26:40", NULL},
        {"May 28 20:26", NULL},
        {"expires 2036-05-28T20:26:40Z", NULL},
        {"expires 2036-05-28T20:26:40Z at 2026-05-28T20:26:40Z", "2026-05-28T20:26:40Z"},
        {"1200-05-28T20:26:40Z", NULL},
    };
    check(CASES, COUNT_OF(CASES));
}

static void does_not_look_far_into_a_line(void **state)
{
    (void)state;
    char line[400];
    int64_t found;
    snprintf(line, sizeof(line), "%*s 2026-05-28T20:26:40Z", 300, "x");
    assert_false(line_time_read(str_of(line), time_of(NOW), &found));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_times_with_a_zone),
        cmocka_unit_test(reads_times_without_a_zone_as_this_machine_s),
        cmocka_unit_test(takes_nothing_else_for_a_time),
        cmocka_unit_test(does_not_look_far_into_a_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
