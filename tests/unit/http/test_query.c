/*
 * Query strings: decoding, repeated names, what is refused.
 */
#include "base/num.h"
#include "base/secret.h"
#include "http/query.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void reads_pairs_in_their_order(void **state)
{
    static const struct {
        const char *raw;
        const char *pairs; /* name=value; joined by "|", or NULL for a refusal */
    } cases[] = {
        {"", ""},
        {"a=1&b=2", "a=1|b=2|"},
        {"&&a=1&", "a=1|"},
        {"a", "a=|"},
        {"a=b=c", "a=b=c|"},
        {"match%5Bid%5D=x,y", "match[id]=x,y|"},
        {"match[type]=x%2Cy", "match[type]=x,y|"},
        /* A plus stays: TAXII times carry offsets. */
        {"added_after=2026-01-01T00:00:00+00:00", "added_after=2026-01-01T00:00:00+00:00|"},
        {"a=%20b", "a= b|"},
        {"a=%c3%a9", "a=\xc3\xa9|"},
        {"limit=1&limit=2", "limit=1|limit=2|"},
        {"a=%", NULL},
        {"a=%4", NULL},
        {"a=%zz", NULL},
        {"next=%00", NULL},
        {"a=%ff", NULL},
    };
    struct arena a = {0};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct http_query query = {0};
        err e = http_query_read(&a, str_of(cases[i].raw), &query);
        assert_int_equal(e != NULL, cases[i].pairs == NULL);
        str all = {0};
        for (size_t n = 0; e == NULL && n < query.count; n++)
            all = arena_print(&a, "%.*s%.*s=%.*s|", STR_ARG(all), STR_ARG(query.items[n].name),
                              STR_ARG(query.items[n].value));
        if (e == NULL && !str_eq(all, str_of(cases[i].pairs)))
            fail_msg("%s gave %.*s", cases[i].raw, STR_ARG(all));
    }
    arena_done(&a);
}

static void shows_repeated_names(void **state)
{
    struct arena a = {0};
    struct http_query query;
    str value = {0};
    (void)state;
    assert_null(http_query_read(&a, LIT("a=1&b=2&%61=3"), &query));
    assert_int_equal(http_query_get(&query, LIT("a"), &value), 2);
    assert_true(str_eq(value, LIT("1")));
    assert_int_equal(http_query_get(&query, LIT("c"), &value), 0);
    assert_true(str_eq(http_query_find_repeated(&query)->name, LIT("a")));
    assert_null(http_query_read(&a, LIT("a=1&b=2"), &query));
    assert_null(http_query_find_repeated(&query));
    arena_done(&a);
}

static void refuses_more_pairs_than_it_holds(void **state)
{
    struct arena a = {0};
    struct http_query query;
    str raw = LIT("a=1");
    (void)state;
    for (int i = 1; i < HTTP_QUERY_PAIRS_MAX; i++)
        raw = arena_join(&a, raw, LIT("&a="), LIT("1"));
    assert_null(http_query_read(&a, raw, &query));
    assert_int_equal(query.count, HTTP_QUERY_PAIRS_MAX);
    raw = arena_join(&a, raw, LIT("&a="), LIT("1"));
    assert_int_equal(http_query_read(&a, raw, &query)->code, ERR_INPUT);
    arena_done(&a);
}

/* Property: what was encoded decodes to the same bytes, whatever ASCII it was. */
static void decodes_what_it_encoded(void **state)
{
    struct arena a = {0};
    uint32_t seed = secret_random_below(UINT32_MAX);
    (void)state;
    print_message("seed %u\n", seed);
    for (int round = 0; round < 500; round++) {
        char text[40];
        size_t len = seed % sizeof(text);
        for (size_t i = 0; i < len; i++) {
            seed = seed * 1664525 + 1013904223;
            text[i] = (char)(1 + (seed >> 16) % 127);
        }
        str plain = {text, len}, back;
        assert_null(http_percent_decode(&a, http_percent_encode(&a, plain), false, &back));
        assert_true(str_eq(plain, back));
        seed = seed * 1664525 + 1013904223;
    }
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_pairs_in_their_order),
        cmocka_unit_test(shows_repeated_names),
        cmocka_unit_test(refuses_more_pairs_than_it_holds),
        cmocka_unit_test(decodes_what_it_encoded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
