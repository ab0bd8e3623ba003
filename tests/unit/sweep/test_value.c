/*
 * Values: kinds by their looks, the form in which they are looked up, and lines as they are meant.
 */
#include "base/num.h"
#include "sweep/load.h"
#include "sweep/refang.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static void guesses_kinds_and_makes_keys(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum sweep_kind kind;
        const char *key; /* NULL: bytes */
    } CASES[] = {
        {"Evil.Example.", SWEEP_DOMAIN, "evil.example"},
        {"evil[.]example", SWEEP_DOMAIN, "evil.example"},
        {"b\u00fccher.example", SWEEP_DOMAIN, "xn--bcher-kva.example"},
        {"192.0.2.1", SWEEP_IPV4, "192.0.2.1"},
        {"192.0.2.1/32", SWEEP_IPV4, "192.0.2.1"},
        {"192.0.2.0/24", SWEEP_NET, NULL},
        {"2001:db8::1", SWEEP_IPV6, NULL},
        {"hxxps://Evil[.]example/Path", SWEEP_URL, "https://evil.example/Path"},
        {"http://evil.example/a%20b", SWEEP_URL, "http://evil.example/a%20b"},
        {"Bob@Evil.example", SWEEP_EMAIL, "bob@evil.example"},
        {"@Troll", SWEEP_ACCOUNT, "troll"},
        {"D41D8CD98F00B204E9800998ECF8427E", SWEEP_HASH, "d41d8cd98f00b204e9800998ecf8427e"},
    };
    OWNED(arena_done)
    struct arena a = {0};
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        struct sweep_value v;
        assert_null(sweep_value_guess(&a, str_of(CASES[i].text), &v));
        assert_int_equal(v.kind, CASES[i].kind);
        assert_true(CASES[i].key == NULL || str_eq(v.key, str_of(CASES[i].key)));
    }
}

static void refuses_what_is_no_value(void **state)
{
    (void)state;
    static const char *const CASES[] = {
        "",           "localhost",        "a b.example", "http://localhost/", "@",
        "a..example", "d41d8cd98f00b204", "x@y",         "\xff.example"};
    OWNED(arena_done)
    struct arena a = {0};
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        struct sweep_value v;
        assert_non_null(sweep_value_guess(&a, str_of(CASES[i]), &v));
    }
}

static void takes_values_of_patterns_that_logs_can_hold(void **state)
{
    (void)state;
    static const struct {
        const char *pattern;
        size_t count; /* 0: not sweepable */
    } CASES[] = {
        {"[domain-name:value = 'a.example']", 1},
        {" [ domain-name : value = 'a.example' ] ", 1},
        {"[domain-name:'value' = 'a.example' OR url:value = 'http://b.example/']", 2},
        {"[ipv4-addr:value IN ('192.0.2.1', '192.0.2.2')] OR [file:name = 'a.exe']", 3},
        {"[ipv4-addr:value ISSUBSET '192.0.2.0/24']", 1},
        {"[domain-name:value = 'a.example' AND domain-name:value = 'b.example']", 0},
        {"[domain-name:value != 'a.example']", 0},
        {"[domain-name:value NOT = 'a.example']", 0},
        {"[file:size = 5]", 0},
        {"[domain-name:value = 'a.example'] REPEATS 2 TIMES", 0},
    };
    OWNED(arena_done)
    struct arena a = {0};
    struct sweep_value values[LOAD_VALUES_MAX];
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        struct load_found found = {.values = values};
        err e = load_pattern(&a, str_of(CASES[i].pattern), false, &found);
        assert_true((e == NULL) == (CASES[i].count > 0));
        assert_true(e == NULL || e->code == ERR_NOT_FOUND);
        assert_true(e != NULL || found.count == CASES[i].count);
    }
}

static void reads_lines_as_they_are_meant(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        const char *meant; /* NULL: as it is written */
    } CASES[] = {
        {"plain text", NULL},       {"100% of [a] (b) \\x", NULL}, {"a[.]b(dot)c", "a.b.c"},
        {"http[:]//x", "http://x"}, {"a%2Eb%2", "a.b%2"},          {"\\u0061\\/b", "a/b"},
        {"\\ud83d", NULL},
    };
    OWNED(arena_done)
    struct arena a = {0};
    struct refanged meant = {0};
    buf_init(&meant.text, 4096);
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        refang_begin(&meant);
        bool is_changed = refang_line(&a, str_of(CASES[i].line), 0, &meant);
        assert_int_equal(is_changed, CASES[i].meant != NULL);
        assert_true(!is_changed || str_eq(buf_str(&meant.text), str_of(CASES[i].meant)));
    }
    buf_done(&meant.text);
}

/* Where a byte of what is meant stands: at its own place, or where its disguise begins. */
static void knows_where_what_is_meant_stands_in_the_line(void **state)
{
    (void)state;
    static const char LINE[] = "at hxxp[:]//a%2Eb[.]c\\/d end";
    static const char MEANT[] = "at hxxp://a.b.c/d end";
    static const size_t FROM[] = {0,  1,  2,  3,  4,  5,  6,  7,  10, 11, 12,
                                  13, 16, 17, 20, 21, 23, 24, 25, 26, 27, 28};
    OWNED(arena_done)
    struct arena a = {0};
    struct refanged meant = {0};
    buf_init(&meant.text, 4096);
    for (size_t from = 0; from < 200; from += 100) {
        refang_begin(&meant);
        assert_true(refang_line(&a, LIT(LINE), from, &meant));
        assert_true(str_eq(buf_str(&meant.text), LIT(MEANT)));
        for (size_t at = 0; at <= meant.text.len; at++)
            assert_int_equal(refanged_from(&meant, at), from + FROM[at]);
    }
    refang_begin(&meant);
    assert_false(refang_line(&a, LIT("plain"), 0, &meant));
    for (size_t at = 0; at <= 5; at++)
        assert_int_equal(refanged_from(&meant, at), at);
    refang_begin(&meant);
    assert_false(refang_line(&a, LIT(""), 0, &meant));
    assert_int_equal(refanged_from(&meant, 0), 0);
    buf_done(&meant.text);
}

static void lines_are_gathered_and_given_up(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    struct refanged meant = {0};
    buf_init(&meant.text, 4096);
    assert_true(refang_line(&a, LIT("a[.]b"), 10, &meant));
    buf_put(&meant.text, LIT("\n"));
    size_t count = meant.count;
    assert_true(refang_line(&a, LIT("gone[.]"), 20, &meant));
    refang_undo(&meant, LIT("a.b\n").len, count);
    assert_true(refang_line(&a, LIT("c\\/d"), 30, &meant));
    assert_true(str_eq(buf_str(&meant.text), LIT("a.b\nc/d")));
    static const size_t FROM[] = {10, 11, 14, 15, 30, 31, 33, 34};
    for (size_t at = 0; at < COUNT_OF(FROM); at++)
        assert_int_equal(refanged_from(&meant, at), FROM[at]);
    buf_done(&meant.text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(guesses_kinds_and_makes_keys),
        cmocka_unit_test(refuses_what_is_no_value),
        cmocka_unit_test(takes_values_of_patterns_that_logs_can_hold),
        cmocka_unit_test(reads_lines_as_they_are_meant),
        cmocka_unit_test(knows_where_what_is_meant_stands_in_the_line),
        cmocka_unit_test(lines_are_gathered_and_given_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
