/*
 * Keys that occur twice, and equality of JSON, held against a slow obvious model. Seeds are
 * printed; JSON_SEED sets one.
 */
#include "../seeded.h"
#include "reading.h"
#include "json/json.h"
#include "json/write.h"

#define TEXT_BYTES_MAX ((size_t)1 << 24)
#define ROUNDS 3000

/* S16: duplicate keys are found, wherever they are. */
static void finds_a_key_that_occurs_twice(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *path; /* NULL: there is none */
    } CASES[] = {
        {"1", NULL},
        {"{}", NULL},
        {"{\"a\":1,\"b\":1,\"A\":1,\"\":1}", NULL},
        {"[{\"a\":1},{\"a\":1}]", NULL},
        {"{\"a\":1,\"a\":1}", "a"},
        {"{\"a\":1,\"\\u0061\":2}", "a"},
        {"{\"\":1,\"\":2}", "[\"\"]"},
        {"{\"a b\":1,\"a b\":2}", "[\"a b\"]"},
        {"{\"objects\":[{},{},{},{\"labels\":1,\"labels\":2}]}", "objects[3].labels"},
        {"[[{\"x\":{\"y\":1,\"z\":1,\"y\":1}}]]", "[0][0].x.y"},
        {"{\"a.b\":{\"c\":1,\"c\":1}}", "[\"a.b\"].c"},
        {"[[1,[]],[{}],[2,[{\"k\":1,\"k\":1}]]]", "[2][1][0].k"},
        {"[1.5,{\"k\":2.5,\"l\":[3.5],\"k\":1}]", "[1].k"},
        {"{\"n\":[1,2,3.5],\"m\":{\"abc\":0,\"bc\":0,\"c\":0,\"bc\":0}}", "m.bc"},
        {"{\"a\\u0000\":1,\"a\":2}", NULL},
        {"{\"a\\u0000\":1,\"a\\u0000\":2}", "[\"a\\u0000\"]"},
    };
    OWNED(arena_done)
    struct arena a = {0};
    OWNED(json_reader_done)
    struct json_reader r = {0};
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        str path = {0};
        bool is_found = json_find_duplicate(&a, read_good(&a, &r, str_of(CASES[i].text)), &path);
        if (!str_eq(path, str_of(CASES[i].path)) || is_found != (CASES[i].path != NULL))
            fail_msg("%s\n  gave: %.*s", CASES[i].text, STR_ARG(path));
    }
}

/* An object of `count` members k0, k1, …; member `twice`, if there is one, comes again last. */
static str object_of(struct arena *a, size_t count, size_t twice)
{
    OWNED(buf_done)
    struct buf text;
    buf_init(&text, TEXT_BYTES_MAX);
    buf_put_char(&text, '{');
    for (size_t i = 0; i < count; i++)
        buf_print(&text, "\"k%zu\":%zu,", i, i);
    buf_print(&text, "\"k%zu\":0}", twice);
    return arena_copy(a, buf_str(&text));
}

static void finds_it_in_objects_of_any_size(void **state)
{
    (void)state;
    static const size_t COUNTS[] = {1, 2, 14, 15, 16, 17, 18, 100, 200000};
    OWNED(arena_done)
    struct arena a = {0};
    OWNED(json_reader_done)
    struct json_reader r = {0};
    for (size_t i = 0; i < COUNT_OF(COUNTS); i++) {
        size_t count = COUNTS[i];
        const size_t PLACES[] = {0, count / 2, count - 1, count};
        for (size_t k = 0; k < COUNT_OF(PLACES); k++) {
            json v = read_good(&a, &r, object_of(&a, count, PLACES[k]));
            str path = {0};
            assert_int_equal(json_find_duplicate(&a, v, &path), PLACES[k] < count);
            str expected = arena_print(&a, "k%zu", PLACES[k]);
            assert_true(PLACES[k] == count || str_eq(path, expected));
        }
    }
}

static void keeps_a_path_short_however_long_the_keys(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    OWNED(json_reader_done)
    struct json_reader r = {0};
    char *key = arena_alloc(&a, 100001);
    memset(key, 'k', 100000);
    str text = arena_print(&a, "{\"%s\":1,\"%s\":2}", key, key);
    str path = {0};
    assert_true(json_find_duplicate(&a, read_good(&a, &r, text), &path));
    assert_true(path.len < 100);
}

static void tells_equal_from_unequal(void **state)
{
    (void)state;
    static const struct {
        const char *left;
        const char *right;
        bool is_equal;
    } CASES[] = {
        {"{\"a\":1,\"b\":[2,3]}", " { \"b\" : [ 2,3 ], \"a\":1 }", true},
        {"\"\\u0041\"", "\"A\"", true},
        {"[1,2]", "[2,1]", false},
        {"[1,2]", "[1,2,3]", false},
        {"1.0", "1", false},
        {"1e2", "1E2", false},
        {"{\"a\":1}", "{\"b\":1}", false},
        {"{\"a\":1}", "{\"a\":1,\"b\":1}", false},
        {"{\"a\":1,\"a\":2}", "{\"a\":2,\"a\":1}", false},
        {"{\"a\":1,\"a\":1}", "{\"a\":1,\"b\":1}", false},
        {"{\"a\":1,\"b\":3,\"a\":2}", "{\"b\":3,\"a\":1,\"a\":2}", true},
        {"{}", "[]", false},
        {"null", "false", false},
        {"[{\"a\":{\"b\":1,\"c\":2}}]", "[{\"a\":{\"c\":2,\"b\":1}}]", true},
        {"[{\"a\":{\"b\":1,\"c\":2}}]", "[{\"a\":{\"c\":1,\"b\":2}}]", false},
    };
    OWNED(arena_done)
    struct arena a = {0};
    OWNED(json_reader_done)
    struct json_reader left = {0};
    OWNED(json_reader_done)
    struct json_reader right = {0};
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        json l = read_good(&a, &left, str_of(CASES[i].left));
        json r = read_good(&a, &right, str_of(CASES[i].right));
        if (json_equal(l, r) != CASES[i].is_equal || json_equal(r, l) != CASES[i].is_equal)
            fail_msg("%s and %s", CASES[i].left, CASES[i].right);
    }
}

/* Few keys and few values, so that equal and nearly equal pairs are common. */
static void write_random(struct json_writer *w, uint64_t *seed, unsigned depth)
{
    static const char *const SCALARS[] = {"0", "1", "\"x\"", "null"};
    size_t kind = random_below(seed, depth < 3 ? 4 : 2);
    if (kind < 2) {
        json_put_raw(w, str_of(SCALARS[random_below(seed, COUNT_OF(SCALARS))]));
        return;
    }
    size_t count = random_below(seed, 4);
    if (kind == 2) {
        json_open_array(w);
        for (size_t i = 0; i < count; i++)
            write_random(w, seed, depth + 1);
        json_close_array(w);
        return;
    }
    json_open_object(w);
    for (size_t i = 0; i < count; i++) {
        const char key = (char)('a' + random_below(seed, 3));
        json_key(w, (str){&key, 1});
        write_random(w, seed, depth + 1);
    }
    json_close_object(w);
}

/* The `which`th member `key` of an object, or absent. */
static json nth_member(json object, str key, size_t which)
{
    for (struct json_walk w = json_walk(object); json_next(&w);) {
        if (str_eq(w.key, key) && which-- == 0)
            return w.value;
    }
    return (json){0};
}

/* The definition, taken word by word. */
static bool model_equal(json a, json b)
{
    if (json_type(a) != json_type(b) || json_count(a) != json_count(b))
        return false;
    if (json_is(a, JSON_ARRAY)) {
        for (size_t i = 0; i < json_count(a); i++) {
            if (!model_equal(json_at(a, i), json_at(b, i)))
                return false;
        }
        return true;
    }
    if (!json_is(a, JSON_OBJECT))
        return str_eq(json_string(a), json_string(b)) && str_eq(json_span(a), json_span(b));
    for (struct json_walk w = json_walk(a); json_next(&w);) {
        size_t before = 0;
        for (struct json_walk v = json_walk(a); json_next(&v) && v.index < w.index;)
            before += str_eq(v.key, w.key);
        if (!model_equal(w.value, nth_member(b, w.key, before)))
            return false;
    }
    return true;
}

static bool model_has_duplicate(json v)
{
    for (struct json_walk w = json_walk(v); json_next(&w);) {
        if (json_is(v, JSON_OBJECT) && json_type(nth_member(v, w.key, 1)) != JSON_NONE)
            return true;
        if (model_has_duplicate(w.value))
            return true;
    }
    return false;
}

static void agrees_with_the_model(void **state)
{
    (void)state;
    uint64_t seed = choose_seed("JSON_SEED");
    OWNED(json_reader_done)
    struct json_reader left = {0};
    OWNED(json_reader_done)
    struct json_reader right = {0};
    size_t equal_count = 0;
    for (int round = 0; round < ROUNDS; round++) {
        OWNED(arena_done)
        struct arena a = {0};
        struct buf texts[2];
        for (int i = 0; i < 2; i++) {
            struct json_writer w;
            buf_init(&texts[i], TEXT_BYTES_MAX);
            json_writer_init(&w, &texts[i]);
            write_random(&w, &seed, 0);
        }
        json l = read_good(&a, &left, buf_str(&texts[0]));
        json r = read_good(&a, &right, buf_str(&texts[1]));
        equal_count += json_equal(l, r);
        assert_int_equal(json_equal(l, r), model_equal(l, r));
        str path;
        assert_int_equal(json_find_duplicate(&a, l, &path), model_has_duplicate(l));
        buf_done(&texts[0]);
        buf_done(&texts[1]);
    }
    assert_true(equal_count > ROUNDS / 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_a_key_that_occurs_twice),
        cmocka_unit_test(finds_it_in_objects_of_any_size),
        cmocka_unit_test(keeps_a_path_short_however_long_the_keys),
        cmocka_unit_test(tells_equal_from_unequal),
        cmocka_unit_test(agrees_with_the_model),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
