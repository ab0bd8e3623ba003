/*
 * LIKE and MATCHES over logs, and public suffixes: which lines are met, and what is not tried.
 */
#include "base/num.h"
#include "sweep/load.h"
#include "sweep/scan.h"
#include "sweep/template.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define TEXT_MAX ((size_t)1 << 16)

/* An index of one pattern. */
static void build(struct sweep_index *x, str pattern)
{
    OWNED(arena_done)
    struct arena a = {0};
    static struct sweep_value values[LOAD_VALUES_MAX];
    struct load_found found = {.values = values};
    struct sweep_builder *b = sweep_builder_new();
    struct sweep_indicator i = {.confidence = SWEEP_CONFIDENCE_NONE};
    assert_null(load_pattern(&a, pattern, false, &found));
    assert_null(sweep_builder_add(&a, b, &i, found.values, found.count));
    sweep_builder_finish(b, x);
}

static void scan(const struct sweep_index *x, str text, struct sweep_scan *s)
{
    static char padded[SWEEP_SLACK + TEXT_MAX + SWEEP_PADDING];
    memset(padded, '\n', sizeof(padded));
    memcpy(padded + SWEEP_SLACK, text.at, text.len);
    sweep_scan_init(s, x, NULL, TEXT_MAX);
    sweep_scan_text(s, padded + SWEEP_SLACK, text.len);
}

static size_t count_hits(const char *pattern, str text)
{
    struct sweep_index x = {0};
    struct sweep_scan s;
    build(&x, str_of(pattern));
    scan(&x, text, &s);
    size_t count = s.hits.count;
    sweep_scan_done(&s);
    sweep_index_close(&x);
    return count;
}

static const struct {
    const char *pattern;
    const char *line;
    size_t hits;
} CASES[] = {
    /* Names: case folds, and what lies below a name that fits is met. */
    {"[domain-name:value LIKE 'evil-%.example']", "GET http://EVIL-7.example/", 1},
    {"[domain-name:value LIKE 'evil-%.example']", "www.evil-7.example.", 1},
    {"[domain-name:value LIKE 'evil-%.example']", "notevil-7.example", 0},
    {"[domain-name:value LIKE 'evil-%.example']", "evil-7.example.test", 0},
    {"[domain-name:value LIKE 'evil-_.example']", "evil-7[.]example", 1},
    {"[domain-name:value LIKE 'evil-_.example']", "evil-77.example", 0},
    {"[domain-name:value LIKE '%.github.io']", "a.github.io", 1},
    {"[domain-name:value LIKE 'github.__']", "a.github.io", 0},
    {"[domain-name:value LIKE 'github.__']", "github.io", 1},
    {"[domain-name:value MATCHES '^evil[0-9]+\\\\.']", "www.Evil12.example", 1},
    {"[domain-name:value MATCHES '^evil[0-9]+\\\\.']", "www.evil.example", 0},
    {"[domain-name:value MATCHES '^b.cher\\\\.']",
     "b\xc3\xbc"
     "cher.example",
     1},
    {"[domain-name:value LIKE 'xn--%']",
     "b\xc3\xbc"
     "cher.example",
     1},
    {"[domain-name:value LIKE 'evil%']", "file evil.exe\xff", 0},
    /* URLs: scheme and host fold, the rest does not. */
    {"[url:value LIKE 'http://evil.example/a%']", "hxxp://EVIL.example/abc", 1},
    {"[url:value LIKE 'http://evil.example/a%']", "http://evil.example/Abc", 0},
    {"[url:value MATCHES '/login[0-9]+$']", "see http://a.example/login12).", 1},
    {"[url:value MATCHES '/login[0-9]+$']", "see http://a.example/login12/x", 0},
    {"[url:value MATCHES '^http://198']", "http://198.51.100.7/", 1},
    /* Others are tried on values of their kind alone. */
    {"[ipv4-addr:value LIKE '198.51.%']", "198.51.100.7:443", 1},
    {"[ipv4-addr:value LIKE '198.51.%']", "198.51.example", 0},
    {"[ipv6-addr:value LIKE '2001:db8:%']", "[2001:DB8::1]:53", 1},
    {"[ipv6-addr:value LIKE '198%']", "198.51.100.7", 0},
    {"[email-addr:value LIKE '%@evil.example']", "<Bob@evil.example>", 1},
    {"[email-addr:value LIKE '%@evil.example']", "evil.example", 0},
    {"[file:name LIKE '%.exe']", "run Setup.EXE now", 1},
    {"[file:name MATCHES '^setup$']", "run Setup now", 1},
    {"[user-account:user_id LIKE 'troll%']", "user=Troll99 posted", 1},
    {"[file:hashes.MD5 LIKE 'd41d%']", "D41D8CD98F00B204E9800998ECF8427E", 1},
    {"[file:hashes.'SHA-1' LIKE 'd41d%']", "d41d8cd98f00b204e9800998ecf8427e", 0},
    {"[network-traffic:dst_ref.value LIKE '198.%']", "198.51.100.7", 1},
    {"[network-traffic:dst_ref.value LIKE '%.example']", "a.example", 1},
    /* Beside equalities, and several that fit one value. */
    {"[domain-name:value = 'a.example' OR domain-name:value LIKE '%.example']", "a.example", 2},
    /* A public suffix is itself, not all below it. */
    {"[domain-name:value = 'co.uk']", "www.shop.co.uk", 0},
    {"[domain-name:value = 'co.uk']", "lookup co.uk.", 1},
    {"[domain-name:value = 'github.io']", "a.github.io", 0},
    {"[domain-name:value = 'b\xc3\xbc"
     "cher.example']",
     "a.b\xc3\xbc"
     "cher.example",
     1},
    {"[domain-name:value = 'shop.co.uk']", "www.shop.co.uk", 1},
};

static void meets_what_fits(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        size_t hits = count_hits(CASES[i].pattern, str_of(CASES[i].line));
        if (hits != CASES[i].hits)
            print_message("%s on %s\n", CASES[i].pattern, CASES[i].line);
        assert_int_equal(hits, CASES[i].hits);
    }
}

static void a_list_may_mean_all_below_a_public_suffix(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    struct sweep_index x = {0};
    struct sweep_value value;
    struct sweep_scan s;
    struct sweep_indicator i = {.confidence = SWEEP_CONFIDENCE_NONE};
    struct sweep_builder *b = sweep_builder_new();
    assert_null(sweep_value_guess(&a, LIT("*.github.io"), &value));
    assert_null(sweep_builder_add(&a, b, &i, &value, 1));
    sweep_builder_finish(b, &x);
    scan(&x, LIT("www.a.github.io"), &s);
    assert_int_equal(s.hits.count, 1);
    sweep_scan_done(&s);
    sweep_index_close(&x);
}

static void what_takes_too_many_steps_is_given_up_for_the_text_only(void **state)
{
    (void)state;
    struct sweep_index x = {0};
    struct sweep_scan s;
    build(&x, LIT("[domain-name:value MATCHES '^(a+a?)+$' OR domain-name:value LIKE 'b%']"));
    scan(&x,
         LIT("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example b.example\n"
             "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example b.example\n"),
         &s);
    assert_int_equal(s.given_up.count, 1);
    assert_int_equal(x.entries[s.given_up.items[0]].kind, SWEEP_MATCHES);
    assert_int_equal(s.hits.count, 2);
    sweep_scan_text(&s, "\n\n\n\n" + 4, 0);
    assert_int_equal(s.given_up.count, 0);
    sweep_scan_done(&s);
    sweep_index_close(&x);
}

static void no_more_than_a_number_of_them_are_taken(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    struct sweep_index x = {0};
    struct sweep_builder *b = sweep_builder_new();
    struct sweep_indicator i = {.confidence = SWEEP_CONFIDENCE_NONE};
    struct sweep_target target = {SWEEP_DOMAIN, 0};
    for (unsigned k = 0; k < SWEEP_TEMPLATES_MAX + 5; k++) {
        struct sweep_value value;
        str text = arena_print(&a, "n%u-%%", k);
        assert_null(sweep_template_make(&a, SWEEP_LIKE, target, text, &value));
        assert_null(sweep_builder_add(&a, b, &i, &value, 1));
    }
    /* Beside one that does not fit, a name is looked for all the same. */
    struct sweep_value both[2];
    assert_null(sweep_template_make(&a, SWEEP_LIKE, target, LIT("m-%"), &both[0]));
    assert_null(sweep_value_make(&a, SWEEP_DOMAIN, LIT("evil.example"), &both[1]));
    assert_null(sweep_builder_add(&a, b, &i, both, 2));
    sweep_builder_finish(b, &x);
    assert_int_equal(x.counts.not_sweepable, 5);
    assert_int_equal(x.counts.in_part, 1);
    assert_int_equal(x.counts.by_kind[SWEEP_DOMAIN], 1);
    assert_int_equal(x.templates->count, SWEEP_TEMPLATES_MAX);
    sweep_index_close(&x);
}

static const char *const NOT_TAKEN[] = {
    "[domain-name:value NOT LIKE 'a%']",
    "[domain-name:value MATCHES '(']",
    "[process:command_line LIKE 'a%']",
    "[EXISTS domain-name:value]",
    "[domain-name:value LIKE 'a%' AND domain-name:value LIKE '%b']",
};

static void others_are_refused(void **state)
{
    (void)state;
    static struct sweep_value values[LOAD_VALUES_MAX];
    for (size_t i = 0; i < COUNT_OF(NOT_TAKEN); i++) {
        OWNED(arena_done)
        struct arena a = {0};
        struct load_found found = {.values = values};
        assert_non_null(load_pattern(&a, str_of(NOT_TAKEN[i]), false, &found));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(meets_what_fits),
        cmocka_unit_test(a_list_may_mean_all_below_a_public_suffix),
        cmocka_unit_test(what_takes_too_many_steps_is_given_up_for_the_text_only),
        cmocka_unit_test(no_more_than_a_number_of_them_are_taken),
        cmocka_unit_test(others_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
