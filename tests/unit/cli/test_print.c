/*
 * What is printed: records for people and as JSON, values on the command line, the progress bar.
 */
#include "base/clock.h"
#include "base/num.h"
#include "cli/progress.h"
#include "cli/record.h"
#include "cli/values.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static void put_rows(struct arena *a, struct records *list)
{
    static const str CODES[] = {LIT_INIT("us-39"), LIT_INIT("us-19")};
    list->arena = a;
    struct record *r = records_add(list);
    record_text(r, "id", LIT("identity--1"));
    record_text(r, "name", LIT("Ohio\033[2J"));
    record_text(r, "note", (str){0});
    record_list(r, "codes", CODES, 2);
    record_flag(r, "is_suspended", false);
    record_time(r, "since", 1530403200 * US_PER_SECOND);
    record_number(r, "tokens", 3);
    record_json_only(r);
    r = records_add(list);
    record_text(r, "id", LIT("identity--2"));
    record_text(r, "name", LIT("I\xc3\xb6wa"));
    record_text(r, "note", (str){0});
    record_list(r, "codes", NULL, 0);
    record_flag(r, "is_suspended", true);
    record_time(r, "since", 0);
    record_number(r, "tokens", 0);
    record_json_only(r);
}

static void check_printed(bool is_json, const char *expected)
{
    struct arena a = {0};
    struct records list = {0};
    char *text = NULL;
    size_t len;
    struct cli cli = {.is_json = is_json, .out = open_memstream(&text, &len)};
    put_rows(&a, &list);
    assert_null(records_print(&a, &cli, &list, "rows"));
    fclose(cli.out);
    assert_string_equal(text, expected);
    free(text);
    arena_done(&a);
}

static void tables_leave_out_empty_columns_and_control_characters(void **state)
{
    (void)state;
    check_printed(false, "id           name      codes         is suspended  since\n"
                         "identity--1  Ohio?[2J  us-39, us-19  no            "
                         "2018-07-01T00:00:00Z\n"
                         "identity--2  I\xc3\xb6wa                    yes\n");
}

static void json_has_everything_with_its_type(void **state)
{
    (void)state;
    check_printed(true,
                  "{\"items\":[{\"id\":\"identity--1\",\"name\":\"Ohio\\u001b[2J\",\"codes\":"
                  "[\"us-39\",\"us-19\"],\"is_suspended\":false,\"since\":"
                  "\"2018-07-01T00:00:00.000000Z\",\"tokens\":3},{\"id\":\"identity--2\",\"name\":"
                  "\"I\xc3\xb6wa\",\"codes\":[],\"is_suspended\":true,\"tokens\":0}]}\n");
}

static void ends_are_days_durations_or_times(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t end; /* seconds; -1: refused */
    } CASES[] = {
        {"", 0},
        {"90d", 1000 + 90 * 86400},
        {"12h", 1000 + 12 * 3600},
        {"2018-07-01", 1530403200 + 86400}, /* the last day is included */
        {"2018-07-01T00:00:00Z", 1530403200},
        {"soon", -1},
        {"2018-02-30", -1},
        {"-3d", -1},
        {"99999999999999999d", -1},
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        struct arena a = {0};
        int64_t end = 0;
        err failure = values_end(&a, str_of(CASES[i].text), 1000 * US_PER_SECOND, &end);
        assert_int_equal(failure != NULL, CASES[i].end < 0);
        if (failure == NULL)
            assert_int_equal(end, CASES[i].end * US_PER_SECOND);
        arena_done(&a);
    }
}

static void the_bar_shows_rate_and_time_left(void **state)
{
    (void)state;
    static const struct {
        struct progress p;
        const char *line;
    } CASES[] = {
        {{.unit = "objects", .total = 1000, .count = 250},
         "[######..................]  25 %  250 objects, 125/s, 6 s left"},
        {{.unit = "objects", .total = 1000, .count = 1000},
         "[########################] 100 %  1000 objects, 500/s, 0 s left"},
        {{.unit = "bytes", .total = 4000000000, .count = 2000000},
         "[#.......................]   0 %  2.0 MB, 1.0 MB/s, 1 h 06 min left"},
        {{.unit = "objects", .count = 7}, "7 objects, 4/s"},
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        char line[160];
        progress_line(&CASES[i].p, 2 * US_PER_SECOND, line, sizeof(line));
        assert_string_equal(line, CASES[i].line);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_leave_out_empty_columns_and_control_characters),
        cmocka_unit_test(json_has_everything_with_its_type),
        cmocka_unit_test(ends_are_days_durations_or_times),
        cmocka_unit_test(the_bar_shows_rate_and_time_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
