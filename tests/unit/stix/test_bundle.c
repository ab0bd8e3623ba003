/*
 * Cutting of big inputs: by cases, and against a slow obvious cutter on random JSON (S16, L10).
 * Seeds are printed; STIX_SEED sets one.
 */
#include "base/buf.h"
#include "base/clock.h"
#include "base/num.h"
#include "stix/bundle.h"
#include "stix/scan_parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#define ROUNDS 400
#define TEXT_BYTES_MAX ((size_t)4 << 20)

struct cut {
    struct arena arena;
    struct bundle_stream *stream;
    err error;
    str joined; /* the objects, each followed by a bar */
    size_t count;
    size_t pieces;
};

static void cut_done(struct cut *c)
{
    bundle_close(c->stream);
    arena_done(&c->arena);
}

/* Every piece lies where it says it does. */
static void check_piece(const struct bundle_piece *piece, str whole)
{
    size_t line;
    size_t column;
    assert_true(piece->count > 0);
    assert_true(
        str_eq(piece->bytes, str_part(whole, piece->offset, piece->offset + piece->bytes.len)));
    json_place(whole, piece->offset, &line, &column);
    assert_int_equal(piece->line, line);
    assert_int_equal(piece->column, column);
}

static void cut_all(struct cut *c, str whole)
{
    OWNED(buf_done)
    struct buf joined = {0};
    buf_init(&joined, TEXT_BYTES_MAX * 2);
    bool has_piece = true;
    while (!c->error && has_piece) {
        struct bundle_piece piece;
        c->error = bundle_next(&c->arena, c->stream, &piece, &has_piece);
        if (c->error || !has_piece)
            break;
        check_piece(&piece, whole);
        assert_int_equal(piece.index, c->count);
        for (size_t i = 0; i < piece.count; i++) {
            buf_put(&joined, piece.objects[i]);
            buf_put_char(&joined, '|');
        }
        c->count += piece.count;
        c->pieces++;
    }
    c->joined = arena_copy(&c->arena, buf_str(&joined));
}

static void cut_text(struct cut *c, str text, const struct bundle_limits *limits)
{
    c->error = bundle_open_text(&c->arena, text, limits, &c->stream);
    cut_all(c, text);
}

static void cut_pipe(struct cut *c, str text, const struct bundle_limits *limits)
{
    FILE *file = tmpfile();
    assert_non_null(file);
    assert_int_equal(fwrite(text.at, 1, text.len, file), text.len);
    rewind(file);
    c->error = bundle_open_fd(&c->arena, fileno(file), limits, &c->stream);
    cut_all(c, text);
    fclose(file);
}

struct stream_case {
    const char *text;
    const char *joined; /* NULL: refused */
    const char *words;  /* of the refusal, or the head */
    enum bundle_kind kind;
};

static const struct stream_case CASES[] = {
    {"{\"type\":\"bundle\",\"id\":\"b\",\"objects\":[{\"a\":1},{\"b\":[2]}]}",
     "{\"a\":1}|{\"b\":[2]}|", "{\"type\":\"bundle\",\"id\":\"b\"}", BUNDLE_STIX},
    {"{\"objects\":[{\"a\":1}],\"id\":\"b\",\"type\":\"bundle\"}", "{\"a\":1}|",
     "{\"id\":\"b\",\"type\":\"bundle\"}", BUNDLE_STIX},
    {"{\"more\":true,\"objects\":[{\"a\":1}]}", "{\"a\":1}|", "{\"more\":true}", BUNDLE_ENVELOPE},
    {"{}", "", "{}", BUNDLE_ENVELOPE},
    {"{\"type\":\"bundle\",\"objects\":[]}", "", "{\"type\":\"bundle\",\"objects\":[]}",
     BUNDLE_STIX},
    {"{\"type\":\"bundle\",\"id\":\"b\"}", "", "{\"type\":\"bundle\",\"id\":\"b\"}", BUNDLE_STIX},
    {" {\"type\":\"tool\"} ", "{\"type\":\"tool\"}|", "", BUNDLE_OBJECT},
    {"{\"type\":\"tool\"}\n{\"type\":\"note\"}\n\n{\"x\":\n",
     "{\"type\":\"tool\"}|{\"type\":\"note\"}|{\"x\":|", "", BUNDLE_LINES},
    {"{\"type\":\"tool\"\n{\"type\":\"note\"}\n", "{\"type\":\"tool\"|{\"type\":\"note\"}|", "",
     BUNDLE_LINES},
    {"{\"objects\":[5,\"a]\",{\"s\":\"}\\\"]\"}]}", "5|\"a]\"|{\"s\":\"}\\\"]\"}|", "{}",
     BUNDLE_ENVELOPE},
    {"{\"objects\":[{\"s\":\"\\\\\"},{}]}", "{\"s\":\"\\\\\"}|{}|", "{}", BUNDLE_ENVELOPE},
    {"", NULL, "line 1, column 1", BUNDLE_OBJECT},
    {"[{}]", NULL, "line 1, column 1", BUNDLE_OBJECT},
    {"{\"objects\":[{},]}", NULL, "line 1, column 16: an object", BUNDLE_OBJECT},
    {"{\"objects\":[{}\n{}]}", NULL, "line 2, column 1: a comma", BUNDLE_OBJECT},
    {"{\"objects\":[{}", NULL, "the input ends", BUNDLE_OBJECT},
    {"{\"objects\":[{\"a\":", NULL, "the input ends", BUNDLE_OBJECT},
    {"{\"objects\":[{}]} x", NULL, "line 1, column 18: the end", BUNDLE_OBJECT},
    {"{\"type\":\"tool\"} x", NULL, "line 1, column 17: the end", BUNDLE_OBJECT},
    {"{\"a\" 1}", NULL, "line 1, column 6: a colon", BUNDLE_OBJECT},
    {"{\"a\":}", NULL, "line 1, column 6: a value", BUNDLE_OBJECT},
};

static void check_case(const struct stream_case *c, struct cut *cut)
{
    if (c->joined == NULL) {
        if (cut->error == NULL ||
            str_find(cut->error->text, str_of(c->words)) == cut->error->text.len)
            fail_msg("%s: %.*s", c->text, STR_ARG(cut->error ? cut->error->text : cut->joined));
        assert_int_equal(cut->error->code, ERR_INPUT);
        return;
    }
    if (cut->error)
        fail_msg("%s: %.*s", c->text, STR_ARG(cut->error->text));
    str head = bundle_stream_head(cut->stream);
    if (!str_eq(cut->joined, str_of(c->joined)) || !str_eq(head, str_of(c->words)) ||
        bundle_stream_kind(cut->stream) != c->kind)
        fail_msg("%s: %.*s, head %.*s", c->text, STR_ARG(cut->joined), STR_ARG(head));
}

static void tells_bundles_envelopes_objects_and_lines_apart(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        OWNED(cut_done)
        struct cut from_text = {0};
        OWNED(cut_done)
        struct cut from_pipe = {0};
        cut_text(&from_text, str_of(CASES[i].text), NULL);
        check_case(&CASES[i], &from_text);
        cut_pipe(&from_pipe, str_of(CASES[i].text), NULL);
        check_case(&CASES[i], &from_pipe);
    }
}

/* splitmix64 */
static uint64_t next_random(uint64_t *seed)
{
    *seed += 0x9e3779b97f4a7c15u;
    uint64_t z = *seed;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

/* A string out of what confuses cutters. */
static void put_text(struct buf *b, uint64_t *seed)
{
    static const char *const PARTS[] = {"\\\\",
                                        "\\\"",
                                        "{",
                                        "}",
                                        "[",
                                        "]",
                                        "a",
                                        "\\\\\\\\",
                                        ",",
                                        "\u00e9",
                                        "bcdefghijklmnopqrstuvwxyz"};
    buf_put_char(b, '"');
    for (uint64_t n = next_random(seed) % 12; n > 0; n--)
        buf_put(b, str_of(PARTS[next_random(seed) % COUNT_OF(PARTS)]));
    buf_put_char(b, '"');
}

static void put_object(struct buf *b, uint64_t *seed, unsigned depth)
{
    buf_put_char(b, '{');
    uint64_t members = next_random(seed) % 5;
    for (uint64_t i = 0; i < members; i++) {
        buf_put(b, i ? LIT(",\n ") : LIT(""));
        put_text(b, seed);
        buf_put_char(b, ':');
        if (depth < 4 && next_random(seed) % 3 == 0)
            put_object(b, seed, depth + 1);
        else
            put_text(b, seed);
    }
    buf_put_char(b, '}');
}

struct random_bundle {
    struct buf text;
    struct buf joined;
    size_t count;
};

static void random_bundle_done(struct random_bundle *r)
{
    buf_done(&r->text);
    buf_done(&r->joined);
}

static void make_bundle(struct random_bundle *r, uint64_t *seed)
{
    buf_init(&r->text, TEXT_BYTES_MAX);
    buf_init(&r->joined, TEXT_BYTES_MAX);
    r->count = next_random(seed) % 200;
    buf_put(&r->text, LIT("{\"type\":\"bundle\",\"objects\":["));
    for (size_t i = 0; i < r->count; i++) {
        if (i)
            buf_put(&r->text, next_random(seed) % 2 ? LIT(",") : LIT(" ,\n"));
        size_t from = r->text.len;
        put_object(&r->text, seed, 0);
        buf_put(&r->joined, str_skip(buf_str(&r->text), from));
        buf_put_char(&r->joined, '|');
    }
    buf_put(&r->text, LIT("]}"));
}

static void gives_every_object_once_and_whole(void **state)
{
    (void)state;
    const char *given = getenv("STIX_SEED");
    uint64_t seed = (uint64_t)clock_now_us();
    if (given)
        str_to_u64(str_of(given), &seed);
    print_message("STIX_SEED=%llu\n", (unsigned long long)seed);
    for (unsigned i = 0; i < ROUNDS; i++) {
        OWNED(random_bundle_done)
        struct random_bundle random = {0};
        OWNED(cut_done)
        struct cut from_text = {0};
        OWNED(cut_done)
        struct cut from_pipe = {0};
        make_bundle(&random, &seed);
        struct bundle_limits limits = {.piece_bytes = 1 + next_random(&seed) % 3000};
        cut_text(&from_text, buf_str(&random.text), &limits);
        cut_pipe(&from_pipe, buf_str(&random.text), &limits);
        assert_null(from_text.error);
        assert_null(from_pipe.error);
        assert_int_equal(from_text.count, random.count);
        assert_true(str_eq(from_text.joined, buf_str(&random.joined)));
        assert_true(str_eq(from_pipe.joined, buf_str(&random.joined)));
    }
}

/* Input cut off anywhere is named as such, never taken for whole. */
static void names_truncated_input(void **state)
{
    (void)state;
    str whole =
        LIT("{\"type\":\"bundle\",\"objects\":[{\"a\":\"b\\\"c\"},{\"d\":[1,{}]}],\"id\":\"x\"}");
    for (size_t length = 0; length < whole.len; length++) {
        OWNED(cut_done)
        struct cut cut = {0};
        cut_text(&cut, str_part(whole, 0, length), NULL);
        assert_non_null(cut.error);
    }
}

static void holds_to_its_limits(void **state)
{
    (void)state;
    static const struct bundle_limits LIMITS[] = {
        {.bytes_max = 20}, {.objects_max = 2}, {.object_bytes_max = 10}};
    str text = LIT("{\"objects\":[{\"a\":1},{\"b\":\"0123456789\"},{\"c\":3}]}");
    for (size_t i = 0; i < COUNT_OF(LIMITS); i++) {
        OWNED(cut_done)
        struct cut from_text = {0};
        OWNED(cut_done)
        struct cut from_pipe = {0};
        cut_text(&from_text, text, &LIMITS[i]);
        cut_pipe(&from_pipe, text, &LIMITS[i]);
        assert_non_null(from_text.error);
        assert_non_null(from_pipe.error);
        assert_int_equal(from_text.error->code, ERR_TOO_LARGE);
        assert_int_equal(from_pipe.error->code, ERR_TOO_LARGE);
    }
}

static void reads_a_body_whole(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t count;
        enum bundle_kind kind;
        enum err_code code; /* ERR_CODE_COUNT: read */
    } BODIES[] = {
        {"{\"objects\":[{},{}]}", 2, BUNDLE_ENVELOPE, ERR_CODE_COUNT},
        {"{\"type\":\"bundle\",\"objects\":[{}]}", 1, BUNDLE_STIX, ERR_CODE_COUNT},
        {"{\"type\":\"tool\",\"objects\":{}}", 1, BUNDLE_OBJECT, ERR_CODE_COUNT},
        {"{}", 0, BUNDLE_ENVELOPE, ERR_CODE_COUNT},
        {"{\"objects\":[{},{},{},{}]}", 0, BUNDLE_ENVELOPE, ERR_TOO_LARGE},
        {"{\"objects\":{}}", 0, BUNDLE_ENVELOPE, ERR_INVALID},
        {"[]", 0, BUNDLE_ENVELOPE, ERR_INVALID},
        {"{\"objects\":[{\"a\":tru}]}", 0, BUNDLE_ENVELOPE, ERR_INPUT},
    };
    for (size_t i = 0; i < COUNT_OF(BODIES); i++) {
        OWNED(arena_done)
        struct arena a = {0};
        OWNED(json_reader_done)
        struct json_reader reader = {0};
        struct bundle b = {0};
        err e = bundle_read(&a, &reader, str_of(BODIES[i].text), 3, &b);
        assert_int_equal(e ? e->code : ERR_CODE_COUNT, BODIES[i].code);
        assert_int_equal(b.object_count, BODIES[i].count);
        assert_true(e || b.kind == BODIES[i].kind);
    }
}

/* {"objects":[{"a":[1,1,…]}]} with so many ones, each written in `digits` digits. */
static str body_of_ones(struct arena *a, size_t count, size_t digits)
{
    static const char HEAD[] = "{\"objects\":[{\"a\":[";
    size_t head = sizeof(HEAD) - 1;
    size_t len = head + count * (digits + 1) + 3;
    char *text = arena_alloc(a, len);
    memset(text, '1', len);
    memcpy(text, HEAD, head);
    for (size_t i = 1; i < count; i++)
        text[head + i * (digits + 1) - 1] = ',';
    memcpy(text + head + count * (digits + 1) - 1, "]}]}", 4);
    return (str){text, len};
}

/* S16: what a body may make of memory is bounded by its bytes; pieces of an import are not hit. */
static void bounds_the_values_of_a_body(void **state)
{
    (void)state;
    static const struct {
        size_t count;
        size_t digits;
        bool is_fine;
    } BODIES[] = {
        {BUNDLE_VALUES_LEAST, 1, true},
        {3 * BUNDLE_VALUES_LEAST / 2, 1, true}, /* its bytes bring another 12 ki */
        {3 * BUNDLE_VALUES_LEAST, 1, false},
        {1000000, 1, false},
        {1000000, 3, true},
    };
    for (size_t i = 0; i < COUNT_OF(BODIES); i++) {
        OWNED(arena_done)
        struct arena a = {0};
        OWNED(json_reader_done)
        struct json_reader reader = {0};
        struct bundle b = {0};
        str text = body_of_ones(&a, BODIES[i].count, BODIES[i].digits);
        err e = bundle_read(&a, &reader, text, 0, &b);
        assert_int_equal(e ? e->code : ERR_CODE_COUNT,
                         BODIES[i].is_fine ? ERR_CODE_COUNT : ERR_TOO_LARGE);
        json v;
        assert_null(json_read(&a, &reader, text, NULL, &v));
    }
}

/* Text in which what matters to a scan is frequent. */
static str random_text(struct arena *a, size_t len)
{
    static const char OFTEN[] = "{}[]\"\"\"\\\n,a\xc3\xa4 ";
    char *text = arena_take(a, len + 1);
    text[0] = '[';
    for (size_t i = 1; i < len; i++)
        text[i] = rand() % 3 ? 'x' : OFTEN[(size_t)rand() % (sizeof(OFTEN) - 1)];
    return (str){text, len};
}

/* The same answers, whichever kernel the processor has; given in two parts or at once. */
static void every_kernel_scans_alike(void **state)
{
    (void)state;
    const struct scan_kernel *kernels[SCAN_KERNELS_MAX];
    size_t count = scan_kernels(kernels);
    for (unsigned round = 0; round < ROUNDS; round++) {
        OWNED(arena_done)
        struct arena a = {0};
        str text = random_text(&a, 1 + (size_t)rand() % 900);
        str part = str_part(text, 0, 1 + (size_t)rand() % text.len);
        size_t ends[SCAN_KERNELS_MAX] = {0};
        for (size_t i = 0; i < count; i++) {
            struct scan s = {0};
            if (!kernels[i]->value(&s, part, &ends[i]) && !kernels[i]->value(&s, text, &ends[i]))
                ends[i] = SIZE_MAX;
            assert_int_equal(ends[i], ends[0]);
            assert_int_equal(kernels[i]->newlines(text), kernels[0]->newlines(text));
            assert_int_equal(kernels[i]->code_points(text), kernels[0]->code_points(text));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_bundles_envelopes_objects_and_lines_apart),
        cmocka_unit_test(gives_every_object_once_and_whole),
        cmocka_unit_test(names_truncated_input),
        cmocka_unit_test(holds_to_its_limits),
        cmocka_unit_test(reads_a_body_whole),
        cmocka_unit_test(bounds_the_values_of_a_body),
        cmocka_unit_test(every_kernel_scans_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
