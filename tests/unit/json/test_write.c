/*
 * Writing JSON: commas, quotes and layout; and random documents that read back as they were
 * written, with spans that make up the source again. Seeds are printed; JSON_SEED sets one.
 */
#include "../seeded.h"
#include "base/utf8.h"
#include "json/json.h"
#include "json/write.h"

#define TEXT_BYTES_MAX ((size_t)1 << 24)
#define ROUNDS 500
#define DEPTH_MAX 6

static void assert_text(struct buf *b, const char *expected)
{
    if (!str_eq(buf_str(b), str_of(expected)))
        fail_msg("expected: %s\n  got: %.*s", expected, STR_ARG(buf_str(b)));
}

static void write_sample(struct json_writer *w)
{
    json_open_object(w);
    json_member(w, "a", LIT("x"));
    json_member_if(w, "left_out", LIT(""));
    json_member_if(w, "b", LIT("y"));
    json_key(w, LIT("c"));
    json_open_array(w);
    json_put_i64(w, INT64_MIN);
    json_put_u64(w, UINT64_MAX);
    json_put_null(w);
    json_open_object(w);
    json_close_object(w);
    json_open_array(w);
    json_close_array(w);
    json_close_array(w);
    json_member_bool(w, "d", false);
    json_member_i64(w, "e", -1);
    json_member_raw(w, "f", LIT("{ \"as\":  1.10 }"));
    json_close_object(w);
}

static void places_commas_and_quotes(void **state)
{
    (void)state;
    OWNED(buf_done)
    struct buf b;
    buf_init(&b, TEXT_BYTES_MAX);
    struct json_writer w;
    json_writer_init(&w, &b);
    write_sample(&w);
    assert_text(&b, "{\"a\":\"x\",\"b\":\"y\",\"c\":[-9223372036854775808,18446744073709551615,"
                    "null,{},[]],\"d\":false,\"e\":-1,\"f\":{ \"as\":  1.10 }}");
}

static void lays_out_with_two_spaces_a_level(void **state)
{
    (void)state;
    OWNED(buf_done)
    struct buf b;
    buf_init(&b, TEXT_BYTES_MAX);
    struct json_writer w;
    json_writer_init(&w, &b);
    w.is_pretty = true;
    write_sample(&w);
    assert_text(&b, "{\n  \"a\": \"x\",\n  \"b\": \"y\",\n  \"c\": [\n    -9223372036854775808,\n"
                    "    18446744073709551615,\n    null,\n    {},\n    []\n  ],\n"
                    "  \"d\": false,\n  \"e\": -1,\n  \"f\": { \"as\":  1.10 }\n}");
}

static void escapes_what_must_be_escaped(void **state)
{
    (void)state;
    static const struct {
        str value;
        const char *text;
    } CASES[] = {
        {LIT_INIT(""), "\"\""},
        {LIT_INIT("a\"b\\c/d"), "\"a\\\"b\\\\c/d\""},
        {LIT_INIT("\b\f\n\r\t"), "\"\\b\\f\\n\\r\\t\""},
        {LIT_INIT("\0\x1f\x7f"), "\"\\u0000\\u001f\x7f\""},
        {LIT_INIT("\u00e9\U0001f600"), "\"\u00e9\U0001f600\""},
        {LIT_INIT("a\xff\xc3"), "\"a\ufffd\ufffd\""},
        {LIT_INIT("\xed\xa0\x80x"), "\"\ufffd\ufffd\ufffdx\""},
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        OWNED(buf_done)
        struct buf b;
        buf_init(&b, TEXT_BYTES_MAX);
        json_quote(&b, CASES[i].value);
        assert_text(&b, CASES[i].text);
    }
}

static void writes_the_shortest_double_that_reads_back(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *text;
    } CASES[] = {
        {0.1, "0.1"},
        {0.1 + 0.2, "0.30000000000000004"},
        {1e300, "1e+300"},
        {-2.5, "-2.5"},
        {5, "5"},
        {1e22, "1e+22"},
        {5e-324, "4.94065645841247e-324"},
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        OWNED(buf_done)
        struct buf b;
        buf_init(&b, TEXT_BYTES_MAX);
        struct json_writer w;
        json_writer_init(&w, &b);
        json_put_double(&w, CASES[i].value);
        assert_text(&b, CASES[i].text);
    }
}

static str random_text(struct arena *a, uint64_t *seed)
{
    static const uint32_t CODE_POINTS[] = {'a',    'b',    '"',     '\\',     '/',    0,
                                           '\n',   0x1f,   0x7f,    0xe9,     0x20ac, 0xd7ff,
                                           0xe000, 0xffff, 0x1f600, 0x10ffff, 'u'};
    OWNED(buf_done)
    struct buf text;
    buf_init(&text, TEXT_BYTES_MAX);
    for (size_t left = random_below(seed, 24); left; left--)
        utf8_put(&text, CODE_POINTS[random_below(seed, COUNT_OF(CODE_POINTS))]);
    return arena_copy(a, buf_str(&text));
}

/* A document as a tree, the obvious model of what was written. */
struct node {
    enum json_type type;
    str text; /* of a string, or a number as written */
    struct node **items;
    str *keys;
    size_t count;
};

static struct node *random_node(struct arena *a, uint64_t *seed, unsigned depth)
{
    static const char *const NUMBERS[] = {"0",  "-0",    "1.10", "1E5", "18446744073709551615",
                                          "-7", "0.000", "2e-9"};
    struct node *n = NEW(a, struct node);
    size_t kinds = depth < DEPTH_MAX ? 7 : 5;
    n->type = (enum json_type)(JSON_NULL + random_below(seed, kinds));
    if (n->type == JSON_NUMBER)
        n->text = str_of(NUMBERS[random_below(seed, COUNT_OF(NUMBERS))]);
    if (n->type == JSON_STRING)
        n->text = random_text(a, seed);
    if (n->type < JSON_ARRAY)
        return n;
    n->count = random_below(seed, 40) == 0 ? 30 : random_below(seed, 5);
    n->items = NEW_ARRAY(a, n->count, struct node *);
    n->keys = NEW_ARRAY(a, n->count, str);
    for (size_t i = 0; i < n->count; i++) {
        n->items[i] = random_node(a, seed, depth + 1);
        n->keys[i] = random_text(a, seed);
    }
    return n;
}

static void write_node(struct json_writer *w, const struct node *n)
{
    switch (n->type) {
    case JSON_NULL:
        json_put_null(w);
        return;
    case JSON_NUMBER:
        json_put_raw(w, n->text);
        return;
    case JSON_STRING:
        json_put_string(w, n->text);
        return;
    case JSON_ARRAY:
        json_open_array(w);
        for (size_t i = 0; i < n->count; i++)
            write_node(w, n->items[i]);
        json_close_array(w);
        return;
    case JSON_OBJECT:
        json_open_object(w);
        for (size_t i = 0; i < n->count; i++) {
            json_key(w, n->keys[i]);
            write_node(w, n->items[i]);
        }
        json_close_object(w);
        return;
    default:
        json_put_bool(w, n->type == JSON_TRUE);
    }
}

static void assert_same(json v, const struct node *n)
{
    assert_int_equal(json_type(v), n->type);
    assert_int_equal(json_count(v), n->count);
    if (n->type == JSON_STRING)
        assert_true(str_eq(json_string(v), n->text));
    if (n->type == JSON_NUMBER)
        assert_true(str_eq(json_number_text(v), n->text));
    for (struct json_walk w = json_walk(v); json_next(&w);) {
        assert_true(n->type == JSON_ARRAY || str_eq(w.key, n->keys[w.index]));
        assert_same(w.value, n->items[w.index]);
    }
}

/* Puts `v` together from the spans of its innermost values; keys are quoted anew. */
static void put_spans(struct buf *to, json v)
{
    bool is_object = json_is(v, JSON_OBJECT);
    if (!is_object && !json_is(v, JSON_ARRAY)) {
        buf_put(to, json_span(v));
        return;
    }
    buf_put_char(to, is_object ? '{' : '[');
    for (struct json_walk w = json_walk(v); json_next(&w);) {
        if (w.index)
            buf_put_char(to, ',');
        if (is_object) {
            json_quote(to, w.key);
            buf_put_char(to, ':');
        }
        put_spans(to, w.value);
    }
    buf_put_char(to, is_object ? '}' : ']');
}

static void check_document(struct arena *a, struct json_reader *r, const struct node *n)
{
    OWNED(buf_done)
    struct buf text;
    OWNED(buf_done)
    struct buf pretty;
    OWNED(buf_done)
    struct buf spans;
    buf_init(&text, TEXT_BYTES_MAX);
    buf_init(&pretty, TEXT_BYTES_MAX);
    buf_init(&spans, TEXT_BYTES_MAX);
    struct json_writer w;
    json_writer_init(&w, &text);
    write_node(&w, n);
    json_writer_init(&w, &pretty);
    w.is_pretty = true;
    write_node(&w, n);

    json v = {0};
    assert_null(json_read(a, &r[0], buf_str(&text), NULL, &v));
    assert_same(v, n);
    put_spans(&spans, v);
    assert_true(str_eq(buf_str(&spans), buf_str(&text)));
    json laid_out = {0};
    assert_null(json_read(a, &r[1], buf_str(&pretty), NULL, &laid_out));
    assert_same(laid_out, n);
    assert_true(json_equal(v, laid_out));
}

static void reads_back_what_it_wrote(void **state)
{
    (void)state;
    uint64_t seed = choose_seed("JSON_SEED");
    struct json_reader readers[2] = {0};
    for (int round = 0; round < ROUNDS; round++) {
        OWNED(arena_done)
        struct arena a = {0};
        check_document(&a, readers, random_node(&a, &seed, 0));
    }
    json_reader_done(&readers[0]);
    json_reader_done(&readers[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_commas_and_quotes),
        cmocka_unit_test(lays_out_with_two_spaces_a_level),
        cmocka_unit_test(escapes_what_must_be_escaped),
        cmocka_unit_test(writes_the_shortest_double_that_reads_back),
        cmocka_unit_test(reads_back_what_it_wrote),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
