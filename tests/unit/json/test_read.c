/*
 * Reading JSON: what is taken, what is refused and with which words at which place (S16), exact
 * spans, limits, and what a reader keeps between documents.
 */
#include "base/file.h"
#include "base/num.h"
#include "json/fault.h"
#include "json/json.h"

#include <malloc.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

#include "reading.h"

static void assert_str(str got, const char *expected)
{
    if (!str_eq(got, str_of(expected)))
        fail_msg("expected: %s\n  got: %.*s", expected, STR_ARG(got));
}

/* S16: every lexical fault with line, column and what to do. */
static const struct {
    const char *text;
    const char *words;
} FAULTS[] = {
    {"", "line 1, column 1: the text is empty; a JSON value is expected"},
    {" \n ", "line 2, column 2: the text is empty; a JSON value is expected"},
    {"\xef\xbb\xbf{}", "line 1, column 1: the text begins with a byte-order mark; leave it out"},
    {"\xff\xfe{", "line 1, column 1: the text is in UTF-16; JSON is written in UTF-8"},
    {"{\n\"a\": 1\n\"b\": 2}", "line 2, column 7: a comma or } is missing after this value"},
    {"[1 2]", "line 1, column 3: a comma or ] is missing after this value"},
    {"[\"\u00e9\u00e9\" x]", "line 1, column 6: a comma or ] is missing after this value"},
    {"[1,]", "line 1, column 4: a comma must not stand before this ]"},
    {"{\"a\":1,}", "line 1, column 8: a comma must not stand before this }"},
    {"[,1]", "line 1, column 2: a value is expected here, not ,"},
    {"[1,,2]", "line 1, column 4: a value is expected here, not ,"},
    {"{\"a\" 1}", "line 1, column 5: a colon is missing after this name"},
    {"{\"a\":}", "line 1, column 6: a value is expected here, not }"},
    {"{a:1}", "line 1, column 2: a name in double quotes is expected here, not a"},
    {"{1:1}", "line 1, column 2: a name in double quotes is expected here, not 1"},
    {"{'a':1}", "line 1, column 2: texts and names stand in double quotes (\"), not in '"},
    {"['a']", "line 1, column 2: texts and names stand in double quotes (\"), not in '"},
    {"[1}", "line 1, column 3: this } cannot close the array that begins at line 1, column 1"},
    {"{\"a\":[\n1}", "line 2, column 2: this } cannot close the array that begins at line 1, "
                     "column 6"},
    {"]", "line 1, column 1: a value is expected here, not ]"},
    {"[", "line 1, column 2: the text ends before the array that begins at line 1, column 1 is "
          "closed by ]"},
    {"{\"a\":{\"b\"", "line 1, column 10: the text ends before the object that begins at "
                      "line 1, column 6 is closed by }"},
    {"{\"a\":1", "line 1, column 7: the text ends before the object that begins at line 1, "
                 "column 1 is closed by }"},
    {"1 1", "line 1, column 3: the JSON value ended before this; nothing may follow"},
    {"{} {}", "line 1, column 4: the JSON value ended before this; nothing may follow"},
    {"// x\n1", "line 1, column 1: JSON has no comments; leave this one out"},
    {"[1 /* x */]", "line 1, column 4: JSON has no comments; leave this one out"},
    {"True", "line 1, column 1: True is written in lower case: true"},
    {"[NULL]", "line 1, column 2: NULL is written in lower case: null"},
    {"[NaN]", "line 1, column 2: JSON has no NaN; write null or leave the member out"},
    {"[None]", "line 1, column 2: JSON has no None; write null or leave the member out"},
    {"[-Infinity]", "line 1, column 3: a digit must follow the minus sign"},
    {"nulll", "line 1, column 1: nulll is not a JSON value; a text stands in double quotes"},
    {"tru", "line 1, column 1: tru is not a JSON value; a text stands in double quotes"},
    {"[+1]", "line 1, column 2: a value is expected here, not +"},
    {"[.5]", "line 1, column 2: a value is expected here, not ."},
    {"01", "line 1, column 1: a number does not begin with a zero before other digits"},
    {"-", "line 1, column 2: a digit must follow the minus sign"},
    {"[1.]", "line 1, column 4: a digit must follow the decimal point"},
    {"[1e]", "line 1, column 4: a digit must follow the e of an exponent"},
    {"[1e+]", "line 1, column 5: a digit must follow the e of an exponent"},
    {"0x10", "line 1, column 2: the JSON value ended before this; nothing may follow"},
    {"[18446744073709551616]",
     "line 1, column 2: this integer does not fit into 64 bits; write it as a string"},
    {"[-9223372036854775809]",
     "line 1, column 2: this integer does not fit into 64 bits; write it as a string"},
    {"1e309", "line 1, column 1: this number is larger than a 64-bit floating-point number can be"},
    {"\"abc", "line 1, column 1: the string that begins here is not closed"},
    {"[\"a\nb\"]", "line 1, column 4: the string is not closed before the end of its line; a "
                   "line break in a string is written \\n"},
    {"\"\t\"", "line 1, column 2: the control character U+0009 must be written \\u0009 in a "
               "string"},
    {"\"\\x\"", "line 1, column 2: a backslash before x is no JSON escape; a backslash itself "
                "is written \\\\"},
    {"\"\\", "line 1, column 2: the text ends within a string"},
    {"\"\\u12g4\"", "line 1, column 2: four hexadecimal digits must follow \\u"},
    {"\"\\u12", "line 1, column 2: four hexadecimal digits must follow \\u"},
    {"\"\\ud800\"", "line 1, column 2: \\ud800 is half of a surrogate pair without its other half"},
    {"\"\\udc00\"", "line 1, column 2: \\udc00 is half of a surrogate pair without its other half"},
    {"\"\\ud800\\u0041\"",
     "line 1, column 2: \\ud800 is half of a surrogate pair without its other half"},
    {"\"\\ud800\\ud800\"",
     "line 1, column 2: \\ud800 is half of a surrogate pair without its other half"},
    {"\"\xc3\"", "line 1, column 2: the byte 0xc3 here is not UTF-8; JSON is written in UTF-8"},
    {"\"\xed\xa0\x80\"",
     "line 1, column 2: the byte 0xed here is not UTF-8; JSON is written in UTF-8"},
    {"\"\xc0\xaf\"", "line 1, column 2: the byte 0xc0 here is not UTF-8; JSON is written in UTF-8"},
    {"[\xff]", "line 1, column 2: the byte 0xff here is not UTF-8; JSON is written in UTF-8"},
    {"[\u201cx\u201d]", "line 1, column 2: a value is expected here, not U+201C"},
};

static void refuses_with_place_and_words(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    OWNED(json_reader_done)
    struct json_reader r = {0};
    for (size_t i = 0; i < COUNT_OF(FAULTS); i++) {
        json v = {0};
        err failure = json_read(&a, &r, str_of(FAULTS[i].text), NULL, &v);
        if (failure == NULL)
            fail_msg("%s\n  is taken", FAULTS[i].text);
        assert_str(failure->text, FAULTS[i].words);
        assert_int_equal(failure->code, ERR_INPUT);
        assert_int_equal(json_type(v), JSON_NONE);
    }
}

static void refuses_lone_surrogate_behind_a_good_pair(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    OWNED(json_reader_done)
    struct json_reader r = {0};
    json v;
    err failure = json_read(&a, &r, LIT("[\"\\ud83d\\ude00\\ude00\"]"), NULL, &v);
    assert_non_null(failure);
    assert_str(failure->text,
               "line 1, column 15: \\ude00 is half of a surrogate pair without its other half");
}

static void resolves_escapes(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        str value;
    } CASES[] = {
        {"\"\"", LIT_INIT("")},
        {"\"a\\\"b\\\\c\\/d\"", LIT_INIT("a\"b\\c/d")},
        {"\"\\b\\f\\n\\r\\t\"", LIT_INIT("\b\f\n\r\t")},
        {"\"\\u0041\\u00e9\\u20AC\"", LIT_INIT("A\u00e9\u20ac")},
        {"\"\\ud83d\\ude00\"", LIT_INIT("\U0001f600")},
        {"\"\\u0000x\\u0000\"", LIT_INIT("\0x\0")},
        {"\"\\uffff\\ufdd0\"", LIT_INIT("\xef\xbf\xbf\xef\xb7\x90")},
    };
    OWNED(arena_done)
    struct arena a = {0};
    OWNED(json_reader_done)
    struct json_reader r = {0};
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        json v = read_good(&a, &r, str_of(CASES[i].text));
        assert_true(str_eq(json_string(v), CASES[i].value));
        assert_str(json_span(v), CASES[i].text);
    }
}

static void keeps_numbers_as_written(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double value;
        bool is_i64;
        int64_t integer;
    } CASES[] = {
        {"0", 0, true, 0},
        {"-0", 0, true, 0},
        {"1.10", 1.1, false, 0},
        {"1E2", 100, false, 0},
        {"-2.5e-3", -0.0025, false, 0},
        {"9223372036854775807", 9223372036854775807.0, true, INT64_MAX},
        {"-9223372036854775808", -9223372036854775808.0, true, INT64_MIN},
        {"9223372036854775808", 9223372036854775808.0, false, 0},
        {"18446744073709551615", 18446744073709551615.0, false, 0},
        {"100000000000000000000000000000.0", 1e29, false, 0},
        {"1.7976931348623157e308", 1.7976931348623157e308, false, 0},
        {"1e-400", 0, false, 0},
    };
    OWNED(arena_done)
    struct arena a = {0};
    OWNED(json_reader_done)
    struct json_reader r = {0};
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        str text = arena_print(&a, "[ %s ]", CASES[i].text);
        json v = json_at(read_good(&a, &r, text), 0);
        assert_str(json_number_text(v), CASES[i].text);
        assert_str(json_span(v), CASES[i].text);
        double value = NAN;
        assert_true(json_to_double(v, &value));
        assert_true(value >= CASES[i].value && value <= CASES[i].value);
        int64_t integer = 0;
        assert_int_equal(json_to_i64(v, &integer), CASES[i].is_i64);
        assert_true(integer == CASES[i].integer);
    }
}

static void gives_exact_spans(void **state)
{
    (void)state;
    static const str TEXT =
        LIT_INIT(" { \"a\" : [ 1.50 , \"x\\\"]\" , { } , [] ] ,\n\"b\":true,\"\\u0063\" : null ,"
                 "\"d\": \"\\\\\", \"e\" : false,\"f\":\"\\\"\" } \n");
    static const struct {
        const char *key;
        const char *span;
    } MEMBERS[] = {
        {"a", "[ 1.50 , \"x\\\"]\" , { } , [] ]"},
        {"b", "true"},
        {"c", "null"},
        {"d", "\"\\\\\""},
        {"e", "false"},
        {"f", "\"\\\"\""},
    };
    static const char *const ELEMENTS[] = {"1.50", "\"x\\\"]\"", "{ }", "[]"};
    OWNED(arena_done)
    struct arena a = {0};
    OWNED(json_reader_done)
    struct json_reader r = {0};
    json v = read_good(&a, &r, TEXT);
    assert_true(str_eq(json_span(v), str_trim(TEXT)));
    assert_int_equal(json_count(v), COUNT_OF(MEMBERS));
    for (struct json_walk w = json_walk(v); json_next(&w);) {
        assert_str(w.key, MEMBERS[w.index].key);
        assert_str(json_span(w.value), MEMBERS[w.index].span);
    }
    json list = json_get(v, LIT("a"));
    assert_int_equal(json_count(list), COUNT_OF(ELEMENTS));
    for (size_t i = 0; i < COUNT_OF(ELEMENTS); i++)
        assert_str(json_span(json_at(list, i)), ELEMENTS[i]);
}

static void names_every_type(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum json_type type;
        const char *name;
    } CASES[] = {
        {"null", JSON_NULL, "null"},      {"false", JSON_FALSE, "false"},
        {"true", JSON_TRUE, "true"},      {"1", JSON_NUMBER, "a number"},
        {"1.5", JSON_NUMBER, "a number"}, {"\"\"", JSON_STRING, "a string"},
        {"[]", JSON_ARRAY, "an array"},   {"{}", JSON_OBJECT, "an object"},
    };
    OWNED(arena_done)
    struct arena a = {0};
    OWNED(json_reader_done)
    struct json_reader r = {0};
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        json v = read_good(&a, &r, str_of(CASES[i].text));
        assert_int_equal(json_type(v), CASES[i].type);
        assert_string_equal(json_type_name(json_type(v)), CASES[i].name);
    }
    assert_string_equal(json_type_name(JSON_NONE), "nothing");
}

static void takes_questions_to_the_wrong_type(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    OWNED(json_reader_done)
    struct json_reader r = {0};
    json v = read_good(&a, &r, LIT("[1]"));
    const json ABSENT = {0};
    const json VALUES[] = {ABSENT, v};
    for (size_t i = 0; i < COUNT_OF(VALUES); i++) {
        double number;
        int64_t integer;
        assert_int_equal(json_type(json_get(VALUES[i], LIT("a"))), JSON_NONE);
        assert_int_equal(json_string(VALUES[i]).len, 0);
        assert_int_equal(json_number_text(VALUES[i]).len, 0);
        assert_false(json_to_i64(VALUES[i], &integer));
        assert_false(json_to_double(VALUES[i], &number));
    }
    assert_int_equal(json_type(json_at(v, 1)), JSON_NONE);
    assert_int_equal(json_span(ABSENT).len, 0);
    assert_int_equal(json_count(ABSENT), 0);
    struct json_walk w = json_walk(json_at(v, 0));
    assert_false(json_next(&w));
}

static void gets_the_first_of_two_members(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    OWNED(json_reader_done)
    struct json_reader r = {0};
    json v = read_good(&a, &r, LIT("{\"k\":\"1\",\"kk\":\"2\",\"k\":\"3\",\"\":\"4\"}"));
    assert_str(json_get_string(v, LIT("k")), "1");
    assert_str(json_get_string(v, LIT("kk")), "2");
    assert_str(json_get_string(v, LIT("")), "4");
    assert_str(json_get_string(v, LIT("K")), "");
}

static void gets_several_members_in_one_walk_as_each_by_itself(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    OWNED(json_reader_done)
    struct json_reader r = {0};
    static const str KEYS[] = {LIT_INIT("b"), LIT_INIT("a"), LIT_INIT("absent"), LIT_INIT("")};
    static const char *const TEXTS[] = {
        "{}",
        "[1]",
        "{\"b\":\"1\",\"a\":\"2\",\"\":\"3\"}",
        "{\"\":\"1\",\"a\":\"2\",\"b\":\"3\"}",
        "{\"a\":{\"b\":\"1\"},\"other\":\"2\",\"b\":null,\"a\":\"3\"}",
    };
    struct json_keys keys;
    json_keys_init(&keys, KEYS, COUNT_OF(KEYS));
    for (size_t i = 0; i < COUNT_OF(TEXTS); i++) {
        json found[COUNT_OF(KEYS)];
        json v = read_good(&a, &r, str_of(TEXTS[i]));
        json_get_all(v, &keys, found);
        for (size_t k = 0; k < COUNT_OF(KEYS); k++)
            assert_int_equal(found[k].at, json_get(v, KEYS[k]).at);
    }
}

/* `depth` arrays in each other, or twice as many bytes of opening brackets without an end. */
static str nested(struct arena *a, size_t depth, bool is_closed)
{
    char *text = arena_alloc(a, depth * 2);
    memset(text, '[', depth * 2);
    if (is_closed)
        memset(text + depth, ']', depth);
    return (str){text, depth * 2};
}

/* What stands behind a text with padding is no part of it, whatever it is. */
static void reads_alike_in_place_and_with_spans_found_late(void **state)
{
    (void)state;
    static const char TEXT[] = "{\"a\": [1, {\"b\": \"x\\ny\"}], \"c\": -2.5e3 , \"d\": [[]]}";
    OWNED(arena_done)
    struct arena a = {0};
    OWNED(json_reader_done)
    struct json_reader alone = {0};
    OWNED(json_reader_done)
    struct json_reader late = {0};
    json wanted = read_good(&a, &alone, LIT(TEXT));
    for (const char *behind = "}],\" 0"; *behind; behind++) {
        char text[sizeof(TEXT) + JSON_PADDING];
        memcpy(text, TEXT, sizeof(TEXT) - 1);
        memset(text + sizeof(TEXT) - 1, *behind, JSON_PADDING);
        struct json_limits limits = {.finds_spans_late = true, .padding = JSON_PADDING};
        json v;
        assert_null(json_read(&a, &late, (str){text, sizeof(TEXT) - 1}, &limits, &v));
        for (struct json_walk w = json_walk(wanted); json_next(&w);)
            assert_true(str_eq(json_span(json_get(v, w.key)), json_span(w.value)));
        assert_true(json_equal(v, wanted));
        assert_non_null(json_read(&a, &late, (str){text, sizeof(TEXT) - 2}, &limits, &v));
    }
}

static void holds_the_depth_limit_exactly(void **state)
{
    (void)state;
    static const unsigned LIMITS[] = {1, 2, 63, 64, 65, 1024};
    OWNED(arena_done)
    struct arena a = {0};
    OWNED(json_reader_done)
    struct json_reader r = {0};
    for (size_t i = 0; i < COUNT_OF(LIMITS); i++) {
        const struct json_limits limits = {.depth_max = LIMITS[i]};
        json v;
        assert_null(json_read(&a, &r, nested(&a, LIMITS[i], true), &limits, &v));
        err failure = json_read(&a, &r, nested(&a, LIMITS[i] + 1, true), &limits, &v);
        assert_non_null(failure);
        assert_int_equal(failure->code, ERR_TOO_LARGE);
        str words = arena_print(&a, "line 1, column %u: values are nested more than %u deep here",
                                LIMITS[i] + 1, LIMITS[i]);
        assert_true(str_eq(failure->text, words));
    }
}

static void survives_hostile_nesting(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    OWNED(json_reader_done)
    struct json_reader r = {0};
    static const struct json_limits UNLIMITED = {.depth_max = UINT32_MAX};
    for (int is_closed = 0; is_closed < 2; is_closed++) {
        json v;
        err failure = json_read(&a, &r, nested(&a, 2000000, is_closed), &UNLIMITED, &v);
        assert_non_null(failure);
        assert_int_equal(failure->code, ERR_TOO_LARGE);
    }
}

static void refuses_what_is_larger_than_allowed(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    OWNED(json_reader_done)
    struct json_reader r = {0};
    static const struct json_limits LIMITS = {.bytes_max = 4};
    json v;
    assert_null(json_read(&a, &r, LIT("[12]"), &LIMITS, &v));
    err failure = json_read(&a, &r, LIT("[123]"), &LIMITS, &v);
    assert_non_null(failure);
    assert_int_equal(failure->code, ERR_TOO_LARGE);
    assert_str(failure->text, "the JSON text is 5 bytes long; 4 are the most");
}

/* S16: keys and values are counted, what looks like them in strings is not. */
static void holds_the_limit_of_values(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool is_fine;
    } CASES[] = {
        {"[1,2,3,4]", true},
        {"[1,2,3,4,5]", false},
        {"{\"a\":1,\"b\":2}", true},
        {"{\"a\":1,\"b\":2,\"c\":3}", false},
        {"[\",,,::[[{{\",\"a,\\\",,,,\"]", true},
        {"[\"\\\\\",1,2,3,4]", false},
        {"[[[[]]]]", true},
        {"[[[[[]]]]]", false},
        {"[[[[[", false},
    };
    OWNED(arena_done)
    struct arena a = {0};
    OWNED(json_reader_done)
    struct json_reader r = {0};
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        static const struct json_limits LIMITS = {.values_max = 5};
        json v;
        err failure = json_read(&a, &r, str_of(CASES[i].text), &LIMITS, &v);
        if ((failure == NULL) != CASES[i].is_fine)
            fail_msg("%s", CASES[i].text);
        assert_true(failure == NULL || failure->code == ERR_TOO_LARGE);
    }
    err failure =
        json_read(&a, &r, LIT("[1,2,3,4,5]"), &(struct json_limits){.values_max = 5}, &(json){0});
    assert_str(failure->text, "there are more than 5 keys and values in 11 bytes of JSON; send "
                              "less at once");
}

/* An array of `count` ones. */
static str ones(struct arena *a, size_t count)
{
    char *text = arena_alloc(a, count * 2 + 1);
    for (size_t i = 0; i < count; i++)
        memcpy(text + i * 2, ",1", 2);
    text[0] = '[';
    text[count * 2] = ']';
    return (str){text, count * 2 + 1};
}

static void counts_past_what_the_tape_can_hold(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    OWNED(json_reader_done)
    struct json_reader r = {0};
    const size_t count = 0xffffff + 3;
    assert_int_equal(json_count(read_good(&a, &r, ones(&a, count))), count);
}

static size_t bytes_in_use(void)
{
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

static void allocates_nothing_once_warm_and_gives_a_huge_document_back(void **state)
{
    (void)state;
    if (bytes_in_use() == 0)
        skip(); /* an allocator that does not count, as a sanitizer's */
    OWNED(arena_done)
    struct arena a = {0};
    OWNED(json_reader_done)
    struct json_reader r = {0};
    str large = ones(&a, 8 * 1024 * 1024);
    read_good(&a, &r, LIT("{\"a\":[1,2,3]}"));
    size_t small_bytes = bytes_in_use();
    for (int i = 0; i < 100; i++)
        read_good(&a, &r, LIT("{\"a\":[1,2,3],\"b\":\"\\u0041\"}"));
    assert_int_equal(bytes_in_use(), small_bytes);
    read_good(&a, &r, large);
    assert_true(bytes_in_use() > small_bytes + large.len * 10);
    read_good(&a, &r, LIT("{}"));
    assert_int_equal(bytes_in_use(), small_bytes);
}

static void says_line_and_column_in_code_points(void **state)
{
    (void)state;
    static const struct {
        size_t offset;
        size_t line;
        size_t column;
    } CASES[] = {{0, 1, 1}, {1, 1, 2}, {3, 1, 3}, {4, 2, 1}, {6, 2, 2}, {8, 3, 1}, {99, 3, 2}};
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        size_t line;
        size_t column;
        json_place(LIT("a\u00e9\n\u00e9\r\nx"), CASES[i].offset, &line, &column);
        assert_int_equal(line, CASES[i].line);
        assert_int_equal(column, CASES[i].column);
    }
}

/* Whole published bundles: each object's bytes read back as that object. */
static void reads_published_bundles(void **state)
{
    (void)state;
    static const char *const FILES[] = {"disarm-red.json", "ics-attack-17.1.json"};
    if (access(SHARED_DIR "/data/stix", R_OK) != 0) {
        print_message("%s is not here\n", SHARED_DIR "/data/stix");
        skip();
    }
    OWNED(arena_done)
    struct arena a = {0};
    OWNED(json_reader_done)
    struct json_reader whole = {0};
    OWNED(json_reader_done)
    struct json_reader single = {0};
    for (size_t i = 0; i < COUNT_OF(FILES); i++) {
        str path = arena_print(&a, "%s/data/stix/%s", SHARED_DIR, FILES[i]);
        str text;
        assert_null(file_read(&a, path, (size_t)64 << 20, &text));
        json bundle = read_good(&a, &whole, text);
        size_t count = 0;
        for (struct json_walk w = json_walk(json_get(bundle, LIT("objects"))); json_next(&w);) {
            json alone = read_good(&a, &single, json_span(w.value));
            assert_true(json_equal(alone, w.value));
            count++;
        }
        assert_true(count > 300);
        str duplicate;
        assert_false(json_find_duplicate(&a, bundle, &duplicate));
        struct json_fault fault;
        assert_false(json_fault_find(&a, text, JSON_DEPTH_MAX_DEFAULT, &fault));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_with_place_and_words),
        cmocka_unit_test(refuses_lone_surrogate_behind_a_good_pair),
        cmocka_unit_test(resolves_escapes),
        cmocka_unit_test(keeps_numbers_as_written),
        cmocka_unit_test(gives_exact_spans),
        cmocka_unit_test(reads_alike_in_place_and_with_spans_found_late),
        cmocka_unit_test(names_every_type),
        cmocka_unit_test(takes_questions_to_the_wrong_type),
        cmocka_unit_test(gets_the_first_of_two_members),
        cmocka_unit_test(gets_several_members_in_one_walk_as_each_by_itself),
        cmocka_unit_test(holds_the_depth_limit_exactly),
        cmocka_unit_test(survives_hostile_nesting),
        cmocka_unit_test(holds_the_limit_of_values),
        cmocka_unit_test(refuses_what_is_larger_than_allowed),
        cmocka_unit_test(counts_past_what_the_tape_can_hold),
        cmocka_unit_test(allocates_nothing_once_warm_and_gives_a_huge_document_back),
        cmocka_unit_test(says_line_and_column_in_code_points),
        cmocka_unit_test(reads_published_bundles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
