/*
 * Many patterns over observed data: the table answers as evaluation does.
 */
#include "base/num.h"
#include "sweep/observe.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static const char DATA[] =
    "[{\"type\":\"url\",\"id\":\"url--1\",\"value\":\"http://a.example/\"},"
    "{\"type\":\"file\",\"id\":\"file--1\",\"names\":[\"a\",\"b\"],\"magic_hex\":\"00\"},"
    "{\"type\":\"observed-data\",\"id\":\"o1\",\"first_observed\":\"2026-01-01T00:00:00Z\","
    "\"last_observed\":\"2026-01-01T00:00:00Z\",\"object_refs\":[\"url--1\",\"file--1\"]}]";

/* In pairs: one that fits the table, and the same made unfit. */
static const struct {
    const char *pattern;
    bool is_match;
} CASES[] = {
    {"[url:value = 'http://a.example/']", true},
    {"[url:value = 'http://a.example/' AND url:value = 'http://a.example/']", true},
    {"[url:value = 'http://b.example/' OR file:names[*] = 'b']", true},
    {"[url:value = 'http://b.example/'] OR [file:names[*] = 'b']", true},
    {"[file:names[1] = 'a']", false},
    {"[file:names[1] = 'b' OR file:names[7] = 'a']", true},
    {"[file:magic_hex = '00']", false},
    {"[url:value = 'http://A.example/']", false},
    {"[file:value = 'http://a.example/']", false},
};

static err note(void *context, const struct observe_result *result)
{
    bool *matched = context;
    assert_null(result->failure);
    matched[result->number] = true;
    return NULL;
}

static void the_table_answers_as_evaluation_does(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    OWNED(json_reader_done)
    struct json_reader reader = {0};
    json list;
    assert_null(json_read(&a, &reader, str_of(DATA), NULL, &list));
    json objects[3];
    for (struct json_walk w = json_walk(list); json_next(&w);)
        objects[w.index] = w.value;
    struct observed data;
    observed_gather(&a, objects, COUNT_OF(objects), &data);
    struct observe *o = observe_open(&a);
    for (size_t i = 0; i < COUNT_OF(CASES); i++)
        assert_null(observe_add(&a, o, str_of(CASES[i].pattern), false));
    assert_non_null(observe_add(&a, o, LIT("[broken"), false));
    bool matched[COUNT_OF(CASES) + 1] = {0};
    assert_null(observe_run(o, &data, note, matched));
    for (size_t i = 0; i < COUNT_OF(CASES); i++)
        assert_int_equal(matched[i], CASES[i].is_match);
    assert_false(matched[COUNT_OF(CASES)]);
    observe_close(o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_answers_as_evaluation_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
