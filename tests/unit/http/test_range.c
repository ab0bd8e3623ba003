/*
 * Ranges of bytes (RFC 9110 §14): what is a part, what is passed over, what is past the end.
 */
#include "base/num.h"
#include "http/range.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void reads_one_range_and_passes_over_what_it_need_not_know(void **state)
{
    static const struct {
        const char *header;
        uint64_t size;
        enum http_range_kind kind;
        struct http_range part;
    } cases[] = {
        {"", 10, HTTP_RANGE_WHOLE, {0}},
        {"bytes=0-9", 10, HTTP_RANGE_PART, {0, 10}},
        {"bytes=0-0", 10, HTTP_RANGE_PART, {0, 1}},
        {"Bytes= 3- ", 10, HTTP_RANGE_PART, {3, 7}},
        {"bytes=9-", 10, HTTP_RANGE_PART, {9, 1}},
        {"bytes=4-5000", 10, HTTP_RANGE_PART, {4, 6}},
        {"bytes=4-18446744073709551615", 10, HTTP_RANGE_PART, {4, 6}},
        {"bytes=-3", 10, HTTP_RANGE_PART, {7, 3}},
        {"bytes=-5000", 10, HTTP_RANGE_PART, {0, 10}},
        {"bytes=-0", 10, HTTP_RANGE_NOTHING, {0}},
        {"bytes=10-", 10, HTTP_RANGE_NOTHING, {0}},
        {"bytes=10-20", 10, HTTP_RANGE_NOTHING, {0}},
        {"bytes=5-4", 10, HTTP_RANGE_WHOLE, {0}},
        {"bytes=0-1,3-4", 10, HTTP_RANGE_WHOLE, {0}},
        {"bytes=5", 10, HTTP_RANGE_WHOLE, {0}},
        {"bytes=-", 10, HTTP_RANGE_WHOLE, {0}},
        {"bytes=", 10, HTTP_RANGE_WHOLE, {0}},
        {"bytes=a-b", 10, HTTP_RANGE_WHOLE, {0}},
        {"bytes=+1-2", 10, HTTP_RANGE_WHOLE, {0}},
        {"bytes=99999999999999999999-", 10, HTTP_RANGE_WHOLE, {0}},
        {"items=0-1", 10, HTTP_RANGE_WHOLE, {0}},
        {"bytes=0-", 0, HTTP_RANGE_WHOLE, {0}},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct http_range part = {0};
        if (http_range_read(str_of(cases[i].header), cases[i].size, &part) != cases[i].kind ||
            part.at != cases[i].part.at || part.len != cases[i].part.len)
            fail_msg("%s gave %llu+%llu", cases[i].header, (unsigned long long)part.at,
                     (unsigned long long)part.len);
    }
}

/* §13.1.5: compared strongly; we send no Last-Modified that a date could name. */
static void a_range_stands_for_the_same_bytes_alone(void **state)
{
    static const struct {
        const char *if_range;
        const char *etag;
        bool holds;
    } cases[] = {
        {"", "\"a\"", true},           {"\"a\"", "\"a\"", true},
        {"\"b\"", "\"a\"", false},     {"W/\"a\"", "\"a\"", false},
        {"W/\"a\"", "W/\"a\"", false}, {"Wed, 29 Aug 2018 18:30:00 GMT", "\"a\"", false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_int_equal(http_range_holds(str_of(cases[i].if_range), str_of(cases[i].etag)),
                         cases[i].holds);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_one_range_and_passes_over_what_it_need_not_know),
        cmocka_unit_test(a_range_stands_for_the_same_bytes_alone),
    };
    return cmocka_run_group_tests_name("range", tests, NULL, NULL);
}
