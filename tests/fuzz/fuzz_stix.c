/*
 * Any bytes as STIX: validation, envelope and marking of what is JSON; and cutting of all of it,
 * which must find in a readable bundle exactly the objects that the reader sees (S16).
 */
#include "stix/bundle.h"
#include "stix/marking.h"
#include "stix/object.h"
#include "stix/validate.h"

#define TEXT_BYTES_MAX ((size_t)1 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_object(struct arena *a, json value)
{
    struct stix_findings findings = {0};
    struct stix_object object;
    struct marking marking;
    stix_check(a, value, STIX_SPEC_BY_OBJECT, &findings);
    stix_check(a, value, STIX_SPEC_2_0, &findings);
    stix_check(a, value, STIX_SPEC_2_1, &findings);
    ASSERT(findings.count <= STIX_FINDINGS_MAX);
    for (size_t i = 0; i < findings.count; i++)
        ASSERT(stix_finding_text(a, &findings.items[i]).len > 0);
    err e = stix_object_read(a, value, &object);
    ASSERT(e != NULL || stix_id_is_usable(object.id));
    e = marking_read(a, value, &marking);
    ASSERT(e == NULL || e->code == ERR_INVALID);
}

/* The stream's next object, or the empty str at the end. */
struct cursor {
    struct bundle_stream *stream;
    struct bundle_piece piece;
    size_t at;
};

static str next_object(struct arena *a, struct cursor *c)
{
    bool has_piece = true;
    if (c->at == c->piece.count) {
        err e = bundle_next(a, c->stream, &c->piece, &has_piece);
        ASSERT(e == NULL);
        c->at = 0;
    }
    return has_piece ? c->piece.objects[c->at++] : (str){0};
}

static void check_same_objects(struct arena *a, str text, const struct bundle *b)
{
    struct bundle_limits limits = {.piece_bytes = 64};
    struct cursor c = {0};
    err e = bundle_open_text(a, text, &limits, &c.stream);
    ASSERT(e == NULL);
    for (struct json_walk w = json_walk(b->objects); json_next(&w);)
        ASSERT(str_eq(next_object(a, &c), json_span(w.value)));
    ASSERT(next_object(a, &c).len == 0);
    bundle_close(c.stream);
}

static void check_cutting(struct arena *a, str text)
{
    struct bundle_limits limits = {.piece_bytes = 16, .object_bytes_max = 4096};
    struct bundle_stream *stream;
    err e = bundle_open_text(a, text, &limits, &stream);
    bool has_piece = true;
    while (!e && has_piece) {
        struct bundle_piece piece;
        e = bundle_next(a, stream, &piece, &has_piece);
        if (!e && has_piece)
            ASSERT(piece.count > 0 && piece.bytes.len > 0 && piece.line > 0);
    }
    bundle_close(stream);
}

static size_t count_key(json object, str key)
{
    size_t count = 0;
    for (struct json_walk w = json_walk(object); json_next(&w);)
        count += str_eq(w.key, key);
    return count;
}

/* An escape in the name of a member hides it from the cutter, and so may a second one. */
static bool is_plain(json top)
{
    str span = json_span(top);
    return str_find_char(span, '\\') == span.len && count_key(top, LIT("objects")) <= 1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > TEXT_BYTES_MAX)
        return 0;
    OWNED(arena_done)
    struct arena a = {0};
    OWNED(json_reader_done)
    struct json_reader reader = {0};
    char *copy = arena_take(&a, size);
    if (size)
        memcpy(copy, data, size);
    str text = {copy, size};
    struct bundle b;
    check_cutting(&a, text);
    if (bundle_read(&a, &reader, text, 0, &b) != NULL)
        return 0;
    check_object(&a, b.top);
    for (struct json_walk w = json_walk(b.objects); json_next(&w);)
        check_object(&a, w.value);
    if (json_is(b.objects, JSON_ARRAY) && is_plain(b.top))
        check_same_objects(&a, text, &b);
    return 0;
}
