/*
 * Scanning: every kernel gives the same hits, and a slow obvious matcher agrees with them.
 */
#include "base/num.h"
#include "sweep/build.h"
#include "sweep/scan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#define TEXT_MAX ((size_t)1 << 16)

/* The walk goes from stripe to stripe of so many bytes. */
#define WALKED_AT_ONCE ((size_t)4096)

static const char *const VALUES[] = {
    "evil.example",
    "www.bad.test",
    "198.51.100.7",
    "203.0.113.0/24",
    "http://bad.test/a",
    "a@evil.example",
    "2001:db8::/32",
    "@troll",
    "e3b0c44298fc1c149afbf4c8996fb924",
    "x.y.z.deep.example",
};

static void build(struct sweep_index *x)
{
    OWNED(arena_done)
    struct arena a = {0};
    struct sweep_builder *b = sweep_builder_new();
    struct sweep_indicator i = {.confidence = SWEEP_CONFIDENCE_NONE};
    for (size_t k = 0; k < COUNT_OF(VALUES); k++) {
        struct sweep_value value;
        assert_null(sweep_value_guess(&a, str_of(VALUES[k]), &value));
        assert_null(sweep_builder_add(&a, b, &i, &value, 1));
    }
    sweep_builder_finish(b, x);
}

/* A text in the padding that a scan wants. */
struct padded {
    char bytes[SWEEP_SLACK + TEXT_MAX + SWEEP_PADDING];
};

static const char *pad(struct padded *p, str text)
{
    memset(p->bytes, '\n', sizeof(p->bytes));
    memcpy(p->bytes + SWEEP_SLACK, text.at, text.len);
    return p->bytes + SWEEP_SLACK;
}

static const char *const PARTS[] = {
    "evil.example",
    "EVIL.example",
    "www.bad.test",
    "bad.test",
    "198.51.100.7",
    "203.0.113.9",
    "http://bad.test/a",
    "a@evil.example",
    "2001:db8::1",
    "troll",
    "@troll",
    ".",
    "-",
    "_",
    "[.]",
    "(.)",
    "%2e",
    "\\/",
    "hxxp://",
    ":",
    "/",
    " ",
    "\n",
    "\"",
    "\xc3\xbc",
    "\xff",
    "0",
    "f",
    "e3b0c44298fc1c149afbf4c8996fb924",
    "y.z.deep.example",
    "x.",
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
};

static str random_text(unsigned *seed, char *to)
{
    size_t len = 0;
    size_t parts = (size_t)(rand_r(seed) % 400);
    for (size_t i = 0; i < parts; i++) {
        const char *part = PARTS[(size_t)rand_r(seed) % COUNT_OF(PARTS)];
        memcpy(to + len, part, strlen(part));
        len += strlen(part);
    }
    return (str){to, len};
}

static void scan(const struct sweep_index *x, const char *kernel, str text, struct sweep_scan *s,
                 struct padded *p)
{
    sweep_scan_init(s, x, sweep_kernel_named(str_of(kernel)), TEXT_MAX);
    sweep_scan_text(s, pad(p, text), text.len);
}

static bool is_same(const struct sweep_scan *a, const struct sweep_scan *b)
{
    if (a->hits.count != b->hits.count || a->found.line_count != b->found.line_count)
        return false;
    for (size_t i = 0; i < a->hits.count; i++) {
        const struct sweep_hit *h = &a->hits.items[i];
        const struct sweep_hit *g = &b->hits.items[i];
        if (h->start != g->start || h->len != g->len || h->entry != g->entry)
            return false;
    }
    return true;
}

static void every_kernel_gives_the_same_hits(void **state)
{
    (void)state;
    static struct padded p;
    static char memory[TEXT_MAX];
    unsigned seed = (unsigned)time(NULL);
    print_message("seed %u\n", seed);
    struct sweep_index x = {0};
    build(&x);
    for (int round = 0; round < 500; round++) {
        str text = random_text(&seed, memory);
        struct sweep_scan plain;
        scan(&x, "portable", text, &plain, &p);
        static const char *const OTHERS[] = {"avx2", "avx512"};
        for (size_t k = 0; k < COUNT_OF(OTHERS); k++) {
            if (sweep_kernel_named(str_of(OTHERS[k])) == NULL)
                continue;
            struct sweep_scan other;
            scan(&x, OTHERS[k], text, &other, &p);
            assert_true(is_same(&plain, &other));
            sweep_scan_done(&other);
        }
        sweep_scan_done(&plain);
    }
    sweep_index_close(&x);
}

static bool is_token(char c)
{
    return char_is_alnum(c) || c == '-' || c == '_' || c == '.' || (unsigned char)c >= 0x80;
}

/* True if a name may begin at `at`: behind a dot, or first in its run but for hyphens and the like.
 */
static bool may_begin(str text, size_t at)
{
    if (at > 0 && text.at[at - 1] == '.')
        return true;
    while (at > 0 && (text.at[at - 1] == '-' || text.at[at - 1] == '_'))
        at--;
    return at == 0 || !is_token(text.at[at - 1]);
}

/* How often `name` stands in the text as a name or the end of one, the obvious way. */
static size_t count_name(str text, str name)
{
    size_t count = 0;
    for (size_t i = 0; i + name.len <= text.len; i++) {
        size_t end = i + name.len;
        size_t behind = end;
        while (behind < text.len && text.at[behind] == '.')
            behind++;
        bool ends = behind == text.len || !is_token(text.at[behind]);
        count += may_begin(text, i) && ends && str_eq_nocase(str_part(text, i, end), name);
    }
    return count;
}

/* What a slow matcher counts in texts without anything that may be written otherwise. */
struct slow {
    const char *const *parts; /* of which the texts are made */
    size_t part_count;
    int parts_max;
    size_t (*count)(str text, str value);
    str value;
};

static void agrees(const struct slow *slow)
{
    static struct padded p;
    static char memory[TEXT_MAX];
    unsigned seed = (unsigned)time(NULL);
    print_message("seed %u\n", seed);
    struct sweep_index x = {0};
    build(&x);
    for (int round = 0; round < 500; round++) {
        size_t len = WALKED_AT_ONCE - (size_t)rand_r(&seed) % 400;
        memset(memory, ' ', len);
        for (int i = rand_r(&seed) % slow->parts_max; i > 0; i--) {
            const char *part = slow->parts[(size_t)rand_r(&seed) % slow->part_count];
            memcpy(memory + len, part, strlen(part));
            len += strlen(part);
        }
        struct sweep_scan s;
        str text = {memory, len};
        scan(&x, sweep_kernel_best()->name, text, &s, &p);
        if (s.hits.count != slow->count(text, slow->value))
            print_message("differs: %.*s\n", STR_ARG(text));
        assert_int_equal(s.hits.count, slow->count(text, slow->value));
        sweep_scan_done(&s);
    }
    sweep_index_close(&x);
}

static void a_slow_matcher_agrees_about_names(void **state)
{
    (void)state;
    static const char *const PARTS_OF_NAMES[] = {
        "evil.example",        "EVIL.Example", "www.", "x", ".", "-", " ", "\n", "/", "com", "_",
        "aaaaaaaaaaaaaaaaaaaa"};
    agrees(&(struct slow){PARTS_OF_NAMES, COUNT_OF(PARTS_OF_NAMES), 40, count_name,
                          LIT_INIT("evil.example")});
}

/* How often `address` stands in the text as all of a run, but for what may stand around it. */
static size_t count_address(str text, str address)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++) {
        size_t end = i;
        while (end < text.len && is_token(text.at[end]))
            end++;
        str run = str_part(text, i, end);
        while (run.len && run.at[run.len - 1] == '.')
            run.len--;
        while (run.len && (run.at[0] == '-' || run.at[0] == '_'))
            run = str_skip(run, 1);
        count += str_eq(run, address);
        i = end;
    }
    return count;
}

/* Numbers are told from names, and addresses from other numbers, by masks over whole stripes. */
static void a_slow_matcher_agrees_about_addresses(void **state)
{
    (void)state;
    static const char *const PARTS_OF_NUMBERS[] = {
        "198.51.100.7", "198.51.100.7", "1", "5.0", ".", "-", " ", "\n", "/", "a", "_", "537.36"};
    agrees(&(struct slow){PARTS_OF_NUMBERS, COUNT_OF(PARTS_OF_NUMBERS), 80, count_address,
                          LIT_INIT("198.51.100.7")});
}

static void finds_at_every_place_of_a_block(void **state)
{
    (void)state;
    static struct padded p;
    static char memory[TEXT_MAX];
    struct sweep_index x = {0};
    build(&x);
    for (size_t value = 0; value < COUNT_OF(VALUES); value++) {
        if (strchr(VALUES[value], '/') && !strchr(VALUES[value], 'h'))
            continue; /* networks do not stand in logs */
        for (size_t place = 0; place < 400; place++) {
            size_t before = place < 200 ? place : WALKED_AT_ONCE - 300 + place;
            memset(memory, ' ', before);
            memcpy(memory + before, VALUES[value], strlen(VALUES[value]));
            size_t len = before + strlen(VALUES[value]);
            struct sweep_scan s;
            sweep_scan_init(&s, &x, NULL, TEXT_MAX);
            sweep_scan_text(&s, pad(&p, (str){memory, len}), len);
            assert_true(s.hits.count >= 1);
            sweep_scan_done(&s);
        }
    }
    sweep_index_close(&x);
}

/* How many hits there are in a text of `count` times `c`, then `tail`, that begins at `before`. */
static size_t hits_behind(const struct sweep_index *x, size_t before, size_t count, char c,
                          const char *tail)
{
    static struct padded p;
    static char memory[TEXT_MAX];
    memset(memory, '\n', before);
    memset(memory + before, c, count);
    memcpy(memory + before + count, tail, strlen(tail));
    struct sweep_scan s;
    scan(x, sweep_kernel_best()->name, (str){memory, before + count + strlen(tail)}, &s, &p);
    size_t hits = s.hits.count;
    sweep_scan_done(&s);
    return hits;
}

/* Long runs are longer than what the walk sees at once, and reach over its stripes. */
static void a_run_of_any_length_is_measured(void **state)
{
    (void)state;
    static const size_t BEFORE[] = {
        0, 1, 63, WALKED_AT_ONCE - 1040, WALKED_AT_ONCE - 60, WALKED_AT_ONCE - 1};
    struct sweep_index x = {0};
    build(&x);
    for (size_t i = 0; i < COUNT_OF(BEFORE); i++) {
        for (size_t count = 0; count < 140; count++) {
            assert_int_equal(hits_behind(&x, BEFORE[i], count, 'a', ".evil.example"), 1);
            assert_int_equal(hits_behind(&x, BEFORE[i], count, 'a', "evil.example"), count == 0);
            assert_int_equal(hits_behind(&x, BEFORE[i], count, '-', "evil.example."), 1);
            assert_int_equal(hits_behind(&x, BEFORE[i], count, '0', VALUES[8]), count == 0);
        }
        for (size_t count = 1000; count < 1030; count++)
            assert_int_equal(hits_behind(&x, BEFORE[i], count, 'a', ".evil.example"),
                             count + strlen(".evil.example") <= SWEEP_TOKEN_BYTES_MAX);
    }
    sweep_index_close(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kernel_gives_the_same_hits),
        cmocka_unit_test(a_run_of_any_length_is_measured),
        cmocka_unit_test(a_slow_matcher_agrees_about_names),
        cmocka_unit_test(a_slow_matcher_agrees_about_addresses),
        cmocka_unit_test(finds_at_every_place_of_a_block),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
