/*
 * Reading and writing of patterns: the case file, decoded constants, limits.
 */
#include "base/clock.h"
#include "base/file.h"
#include "base/num.h"
#include "pattern/pattern.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

/* Fails with the case in the words. */
static void fail_case(str pattern, const char *what, str got)
{
    fail_msg("%.*s\n  expected: %s\n  got: %.*s", STR_ARG(pattern), what, STR_ARG(got));
}

struct run {
    struct arena *arena;
    str pattern;
    struct pattern *tree; /* NULL if refused */
    err error;
    size_t warnings_named;
};

static void finish_case(struct run *r)
{
    if (r->tree && r->warnings_named < r->tree->warnings.count)
        fail_case(r->pattern, "no such warning", r->tree->warnings.items[r->warnings_named].text);
}

static void begin_case(struct run *r, str line)
{
    finish_case(r);
    str pattern = str_skip(line, 4);
    *r = (struct run){.arena = r->arena, .pattern = pattern};
    r->error = str_starts(line, LIT("2.0 ")) ? pattern_read_20(r->arena, pattern, &r->tree)
                                             : pattern_read(r->arena, pattern, &r->tree);
}

static void expect_text(const struct run *r, str expected)
{
    if (r->error)
        fail_case(r->pattern, "accepted", r->error->text);
    OWNED(buf_done)
    struct buf written = {0};
    buf_init(&written, PATTERN_BYTES_MAX);
    pattern_write(r->tree, &written);
    if (!str_eq(buf_str(&written), expected))
        fail_case(r->pattern, arena_copy(r->arena, expected).at, buf_str(&written));
}

static void expect_warning(struct run *r, str expected)
{
    const char *words = arena_copy(r->arena, expected).at;
    if (r->tree == NULL || r->warnings_named == r->tree->warnings.count)
        fail_case(r->pattern, words, LIT("no further warning"));
    str got = r->tree->warnings.items[r->warnings_named++].text;
    if (!str_starts(got, expected))
        fail_case(r->pattern, words, got);
}

static void expect_error(const struct run *r, str expected)
{
    const char *words = arena_copy(r->arena, expected).at;
    if (r->error == NULL)
        fail_case(r->pattern, words, LIT("accepted"));
    if (!str_starts(r->error->text, expected))
        fail_case(r->pattern, words, r->error->text);
}

static void agrees_with_the_case_file(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    str text;
    assert_null(file_read(&a, LIT(PATTERN_CASES), 1 << 20, &text));
    struct run run = {.arena = &a};
    size_t cases = 0;
    for (str line; str_cut(&text, '\n', &line);) {
        if (str_starts(line, LIT("2."))) {
            begin_case(&run, line);
            cases++;
        } else if (str_starts(line, LIT("= "))) {
            expect_text(&run, str_skip(line, 2));
        } else if (str_starts(line, LIT("? "))) {
            expect_warning(&run, str_skip(line, 2));
        } else if (str_starts(line, LIT("! "))) {
            expect_error(&run, str_skip(line, 2));
        }
    }
    finish_case(&run);
    assert_true(cases > 50);
}

static struct pattern *read_good(struct arena *a, str text)
{
    struct pattern *p = NULL;
    err e = pattern_read(a, text, &p);
    if (e)
        fail_case(text, "accepted", e->text);
    return p;
}

/* The only value of a pattern with one comparison. */
static const struct pattern_value *read_value(struct arena *a, const char *constant)
{
    struct pattern *p = read_good(a, arena_print(a, "[a:b = %s]", constant));
    assert_int_equal(p->root->kind, PATTERN_OBSERVATION);
    assert_int_equal(p->root->first->kind, PATTERN_TEST);
    return &p->root->first->test->values[0];
}

static void decodes_strings_and_bytes(void **state)
{
    (void)state;
    static const struct {
        const char *constant;
        enum pattern_type type;
        str decoded;
    } CASES[] = {
        {"'it\\'s \\\\'", PATTERN_STRING, LIT_INIT("it's \\")},
        {"''", PATTERN_STRING, LIT_INIT("")},
        {"'line\nfeed'", PATTERN_STRING, LIT_INIT("line\nfeed")},
        {"h'00FFc3'", PATTERN_HEX, LIT_INIT("\x00\xff\xc3")},
        {"b'dGhp\r\ncw=='", PATTERN_BINARY, LIT_INIT("this")},
        {"b''", PATTERN_BINARY, LIT_INIT("")},
    };
    OWNED(arena_done)
    struct arena a = {0};
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        const struct pattern_value *v = read_value(&a, CASES[i].constant);
        assert_int_equal(v->type, CASES[i].type);
        str got = v->type == PATTERN_STRING ? v->text : v->bytes;
        assert_true(str_eq(got, CASES[i].decoded));
    }
}

static void keeps_numbers_exact(void **state)
{
    (void)state;
    static const struct {
        const char *constant;
        const char *text;
        bool is_integer;
        int64_t integer;
        double real;
    } CASES[] = {
        {"0", "0", true, 0, 0},
        {"-7", "-7", true, -7, -7},
        {"+7", "7", true, 7, 7},
        {"2.50", "2.50", false, 0, 2.5},
        {"-.5", "-.5", false, 0, -0.5},
        {"7.000", "7.000", true, 7, 7},
        {"007.5", "007.5", false, 0, 7.5},
        {"9007199254740993", "9007199254740993", true, 9007199254740993, 9007199254740992.0},
        {"9223372036854775807", "9223372036854775807", true, INT64_MAX, 9223372036854775808.0},
        {"-9223372036854775808", "-9223372036854775808", true, INT64_MIN, -9223372036854775808.0},
        {"9223372036854775808", "9223372036854775808", false, 0, 9223372036854775808.0},
    };
    OWNED(arena_done)
    struct arena a = {0};
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        const struct pattern_value *v = read_value(&a, CASES[i].constant);
        assert_true(str_eq(v->text, str_of(CASES[i].text)));
        assert_int_equal(v->is_integer, CASES[i].is_integer);
        if (v->is_integer)
            assert_true(v->integer == CASES[i].integer);
        assert_true(memcmp(&v->real, &CASES[i].real, sizeof(double)) == 0);
    }
}

static void reads_timestamps_as_microseconds(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    assert_true(read_value(&a, "t'1970-01-01T00:00:01.5Z'")->time_us == 1500000);
    const struct pattern_value *v = read_value(&a, "t'1970-01-01T00:00:00.0000019Z'");
    assert_true(v->time_us == 1);
    assert_true(str_eq(v->text, LIT("1970-01-01T00:00:00.0000019Z")));
}

static void marks_steps_that_refer(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    struct pattern *p = read_good(&a, LIT("[network-traffic:src_ref.'to_refs'[*].value[3] = 1]"));
    const struct pattern_path *path = &p->root->first->test->path;
    assert_true(str_eq(path->type, LIT("network-traffic")));
    assert_int_equal(path->count, 5);
    assert_true(path->steps[0].is_ref && !path->steps[0].is_refs);
    assert_true(path->steps[1].is_refs && !path->steps[1].is_ref);
    assert_true(str_eq(path->steps[1].name, LIT("to_refs")));
    assert_int_equal(path->steps[2].kind, PATTERN_EACH);
    assert_int_equal(path->steps[4].kind, PATTERN_INDEX);
    assert_int_equal(path->steps[4].index, 3);
}

static void makes_one_node_of_a_chain(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    struct pattern *p = read_good(&a, LIT("[a:b = 1 OR a:b = 2 OR a:b = 3 AND a:b = 4]"));
    const struct pattern_node *any = p->root->first;
    assert_int_equal(any->kind, PATTERN_TEST_OR);
    assert_int_equal(any->first->next->next->kind, PATTERN_TEST_AND);
    assert_null(any->first->next->next->next);
    assert_true(str_eq(any->type, LIT("a")));
    assert_int_equal(p->test_count, 4);
    assert_int_equal(p->root->depth, 4);
}

static void takes_every_unicode_white_space(void **state)
{
    (void)state;
    static const char *const SPACES[] = {
        " ",      "\t",     "\n",     "\v",     "\f",     "\r",     "\xc2\x85", "\u00a0", "\u1680",
        "\u2000", "\u2003", "\u200a", "\u2028", "\u2029", "\u202f", "\u205f",   "\u3000",
    };
    OWNED(arena_done)
    struct arena a = {0};
    for (size_t i = 0; i < COUNT_OF(SPACES); i++)
        read_good(&a, arena_print(&a, "%s[%sa:b%s=%s1]%s", SPACES[i], SPACES[i], SPACES[i],
                                  SPACES[i], SPACES[i]));
    struct pattern *p = NULL;
    assert_non_null(pattern_read(&a, LIT("[a:b \u200b= 1]"), &p));
    assert_null(p);
}

static void counts_lines_and_characters(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    struct pattern *p = NULL;
    err e = pattern_read(&a, LIT("[a:b = 1\n  AND\n  a:ü = 2]"), &p);
    assert_non_null(e);
    assert_string_equal(e->text.at, "line 3, column 5: the character 'ü' cannot stand here");
}

static void refuses_broken_utf8(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    struct pattern *p = NULL;
    err e = pattern_read(&a, LIT("[a:b = '\xc0\xaf']"), &p);
    assert_non_null(e);
    assert_int_equal(e->code, ERR_INPUT);
}

/* `count` times `part`, between `before` and `after`. */
static str repeat(struct arena *a, const char *before, const char *part, size_t count,
                  const char *after)
{
    OWNED(buf_done)
    struct buf b = {0};
    buf_init(&b, (size_t)1 << 22);
    buf_put(&b, str_of(before));
    for (size_t i = 0; i < count; i++)
        buf_put(&b, str_of(part));
    buf_put(&b, str_of(after));
    return arena_copy(a, buf_str(&b));
}

static void refuses_what_exceeds_a_limit(void **state)
{
    (void)state;
    static const struct {
        const char *before;
        const char *part;
        size_t good;
        const char *after;
    } CASES[] = {
        {"[a:b", ".c", PATTERN_STEPS_MAX - 1, " = 1]"},
        {"", "(", PATTERN_DEPTH_MAX, ""},
        {"[", "(", PATTERN_DEPTH_MAX, ""},
        {"[a:b IN (1", ",1", PATTERN_NODES_MAX - 3, ")]"},
        {"[a:b = 1 ", " ", PATTERN_BYTES_MAX - 10, "]"},
    };
    OWNED(arena_done)
    struct arena a = {0};
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        struct pattern *p = NULL;
        str good = repeat(&a, CASES[i].before, CASES[i].part, CASES[i].good, CASES[i].after);
        err e = pattern_read(&a, good, &p);
        assert_true(e == NULL || e->code == ERR_INPUT);
        str bad = repeat(&a, CASES[i].before, CASES[i].part, CASES[i].good + 1, CASES[i].after);
        p = NULL;
        e = pattern_read(&a, bad, &p);
        assert_non_null(e);
        assert_int_equal(e->code, ERR_TOO_LARGE);
        assert_null(p);
    }
}

static void keeps_a_bounded_number_of_warnings(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    struct pattern *p = read_good(&a, repeat(&a, "[a:b = 1", " OR a:b == 1", 1000, "]"));
    assert_int_equal(p->warnings.count, PATTERN_WARNINGS_MAX);
}

static void tells_unequal_trees_apart(void **state)
{
    (void)state;
    static const char *const DIFFERENT[] = {
        "[a:b = 1]",
        "[a:b = 2]",
        "[a:b = 1.0]",
        "[a:b != 1]",
        "[a:b NOT = 1]",
        "[a:c = 1]",
        "[c:b = 1]",
        "[a:b[0] = 1]",
        "[a:b[*] = 1]",
        "[a:b = 1 OR a:b = 1]",
        "[a:b = 1 AND a:b = 1]",
        "[a:b = 1] AND [a:b = 1]",
        "[a:b = 1] REPEATS 2 TIMES",
        "[a:b = 1] REPEATS 3 TIMES",
        "[a:b = 1] WITHIN 2 SECONDS",
    };
    OWNED(arena_done)
    struct arena a = {0};
    for (size_t i = 0; i < COUNT_OF(DIFFERENT); i++) {
        for (size_t k = 0; k < COUNT_OF(DIFFERENT); k++) {
            struct pattern *p = read_good(&a, str_of(DIFFERENT[i]));
            struct pattern *q = read_good(&a, str_of(DIFFERENT[k]));
            assert_int_equal(pattern_equal(p, q), i == k);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_the_case_file),
        cmocka_unit_test(decodes_strings_and_bytes),
        cmocka_unit_test(keeps_numbers_exact),
        cmocka_unit_test(reads_timestamps_as_microseconds),
        cmocka_unit_test(marks_steps_that_refer),
        cmocka_unit_test(makes_one_node_of_a_chain),
        cmocka_unit_test(takes_every_unicode_white_space),
        cmocka_unit_test(counts_lines_and_characters),
        cmocka_unit_test(refuses_broken_utf8),
        cmocka_unit_test(refuses_what_exceeds_a_limit),
        cmocka_unit_test(keeps_a_bounded_number_of_warnings),
        cmocka_unit_test(tells_unequal_trees_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
