/*
 * Reads any bytes as JSON. What is read must be what its spans say, and the fast reading and the
 * slow search for faults must agree on what JSON is (S16).
 */
#include "json/fault.h"
#include "json/json.h"
#include "json/write.h"

#define DEPTH_MAX 16
#define TEXT_BYTES_MAX ((size_t)1 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Writes `v` anew from its parts: strings by value, numbers as they are. */
static void write_again(struct json_writer *w, json v)
{
    switch (json_type(v)) {
    case JSON_OBJECT:
        json_open_object(w);
        for (struct json_walk walk = json_walk(v); json_next(&walk);) {
            json_key(w, walk.key);
            write_again(w, walk.value);
        }
        json_close_object(w);
        return;
    case JSON_ARRAY:
        json_open_array(w);
        for (struct json_walk walk = json_walk(v); json_next(&walk);)
            write_again(w, walk.value);
        json_close_array(w);
        return;
    case JSON_STRING:
        json_put_string(w, json_string(v));
        return;
    case JSON_NUMBER:
        json_put_raw(w, json_number_text(v));
        return;
    default:
        json_put_raw(w, json_span(v));
    }
}

/* Each value's span lies within its parent's, and counts are true. */
static void check_spans(json v)
{
    str span = json_span(v);
    ASSERT(span.len > 0);
    const char *from = span.at;
    size_t count = 0;
    for (struct json_walk w = json_walk(v); json_next(&w); count++) {
        str inner = json_span(w.value);
        ASSERT(inner.at > from && inner.at + inner.len < span.at + span.len);
        from = inner.at + inner.len;
        ASSERT(w.index == count);
        check_spans(w.value);
    }
    ASSERT(count == json_count(v));
    double number;
    ASSERT(json_to_double(v, &number) == json_is(v, JSON_NUMBER));
}

static void check_reads_again(struct arena *a, json v, str text)
{
    struct json_reader again = {0};
    json copy;
    err failure = json_read(a, &again, text, NULL, &copy);
    ASSERT(failure == NULL && json_equal(v, copy) && json_equal(copy, v));
    json_reader_done(&again);
}

static void check_value(struct arena *a, json v)
{
    check_spans(v);
    check_reads_again(a, v, json_span(v));
    for (struct json_walk w = json_walk(v); json_next(&w);)
        check_reads_again(a, w.value, json_span(w.value));

    OWNED(buf_done)
    struct buf text;
    buf_init(&text, TEXT_BYTES_MAX * 8);
    struct json_writer w;
    json_writer_init(&w, &text);
    write_again(&w, v);
    check_reads_again(a, v, buf_str(&text));
    str path;
    if (json_find_duplicate(a, v, &path))
        ASSERT(path.len > 0);
}

/*
 * In place, whatever stands behind it, and with spans found late: the same, but that an empty
 * container may stand one deeper.
 */
static void check_in_place(struct arena *a, str text, const json *wanted)
{
    struct json_reader late = {0};
    struct json_limits limits = {
        .depth_max = DEPTH_MAX, .finds_spans_late = true, .padding = JSON_PADDING};
    char *padded = arena_take(a, text.len + JSON_PADDING);
    memset(padded, text.len % 2 ? '}' : '"', text.len + JSON_PADDING);
    if (text.len)
        memcpy(padded, text.at, text.len);
    json v;
    err failure = json_read(a, &late, (str){padded, text.len}, &limits, &v);
    ASSERT(wanted == NULL || (failure == NULL && json_equal(v, *wanted)));
    struct json_fault fault;
    if (wanted == NULL && failure == NULL)
        ASSERT(!json_fault_find(a, text, DEPTH_MAX + 1, &fault));
    json_reader_done(&late);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > TEXT_BYTES_MAX)
        return 0;
    OWNED(arena_done)
    struct arena a = {0};
    OWNED(json_reader_done)
    struct json_reader reader = {0};
    str text = {(const char *)data, size};
    const struct json_limits limits = {.depth_max = DEPTH_MAX};
    json v;
    err failure = json_read(&a, &reader, text, &limits, &v);
    struct json_fault fault;
    bool has_fault = json_fault_find(&a, text, DEPTH_MAX, &fault);
    ASSERT(has_fault == (failure != NULL));
    check_in_place(&a, text, failure ? NULL : &v);
    if (failure)
        ASSERT(fault.at <= size && fault.code == failure->code);
    else
        check_value(&a, v);
    return 0;
}
