/*
 * Readers, and values as places on the parser's tape (json/parse.h).
 */
#include "json/json.h"

#include "base/utf8.h"
#include "json/fault.h"

#include <stdlib.h>

#define COUNT_SATURATED 0xffffffu

static err open_doc(struct arena *a, struct json_reader *r)
{
    if (r->doc)
        return NULL;
    struct json_doc *doc = calloc(1, sizeof(*doc));
    ASSERT(doc != NULL);
    doc->parser = json_parser_open();
    if (doc->parser == NULL) {
        free(doc);
        return FAIL(a, ERR_BUSY, "there is no memory to read JSON; try again");
    }
    r->doc = doc;
    return NULL;
}

static err refuse(struct arena *a, str text, unsigned depth_max)
{
    struct json_fault fault = {ERR_INPUT, 0, LIT("this is not JSON as RFC 8259 has it")};
    json_fault_find(a, text, depth_max, &fault);
    size_t line;
    size_t column;
    json_place(text, fault.at, &line, &column);
    return FAIL(a, fault.code, "line %zu, column %zu: %.*s", line, column, STR_ARG(fault.words));
}

static bool is_mark(char c)
{
    return c == ',' || c == ':' || c == '[' || c == '{';
}

/* As many as there can be; what stands in strings counts too. The compiler makes this fast. */
static size_t count_marks(str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += is_mark(text.at[i]);
    return count;
}

static size_t count_marks_outside_strings(str text)
{
    size_t count = 0;
    bool is_inside = false;
    for (size_t i = 0; i < text.len; i++) {
        if (is_inside && text.at[i] == '\\')
            i++;
        else if (text.at[i] == '"')
            is_inside = !is_inside;
        else
            count += !is_inside && is_mark(text.at[i]);
    }
    return count;
}

/* Before every value but the first stands a comma, a colon or an open bracket. */
static err check_values(struct arena *a, str text, size_t values_max)
{
    if (values_max == 0 || text.len < values_max || count_marks(text) < values_max ||
        count_marks_outside_strings(text) < values_max)
        return NULL;
    return FAIL(a, ERR_TOO_LARGE,
                "there are more than %zu keys and values in %zu bytes of JSON; send less at once",
                values_max, text.len);
}

err json_read(struct arena *a, struct json_reader *r, str text, const struct json_limits *limits,
              json *out)
{
    size_t bytes_max = limits && limits->bytes_max ? limits->bytes_max : JSON_TEXT_BYTES_MAX;
    unsigned depth_max = limits && limits->depth_max ? limits->depth_max : JSON_DEPTH_MAX_DEFAULT;
    if (bytes_max > JSON_TEXT_BYTES_MAX)
        bytes_max = JSON_TEXT_BYTES_MAX;
    if (depth_max > JSON_DEPTH_MAX)
        depth_max = JSON_DEPTH_MAX;
    if (text.len > bytes_max)
        return FAIL(a, ERR_TOO_LARGE, "the JSON text is %zu bytes long; %zu are the most", text.len,
                    bytes_max);
    TRY(check_values(a, text, limits ? limits->values_max : 0));
    TRY(open_doc(a, r));
    struct json_doc *doc = r->doc;
    doc->tape = (struct json_tape){0};
    doc->text = text;
    struct json_asked asked = {.depth_max = depth_max,
                               .finds_offsets_late = limits && limits->finds_spans_late,
                               .is_padded = limits && limits->padding >= JSON_PADDING};
    switch (json_parser_read(doc->parser, text.at, text.len, asked, &doc->tape)) {
    case JSON_PARSED:
        *out = (json){doc, 1};
        return NULL;
    case JSON_PARSED_NO_MEMORY:
        return FAIL(a, ERR_BUSY, "there is no memory to read %zu bytes of JSON; try again",
                    text.len);
    case JSON_PARSED_NOT:
        break;
    }
    return refuse(a, text, depth_max);
}

void json_reader_done(struct json_reader *r)
{
    if (r->doc == NULL)
        return;
    json_parser_close(r->doc->parser);
    free(r->doc);
    r->doc = NULL;
}

const char *json_type_name(enum json_type type)
{
    static const char *const NAMES[] = {
        [JSON_NONE] = "nothing",   [JSON_NULL] = "null",        [JSON_FALSE] = "false",
        [JSON_TRUE] = "true",      [JSON_NUMBER] = "a number",  [JSON_STRING] = "a string",
        [JSON_ARRAY] = "an array", [JSON_OBJECT] = "an object",
    };
    return NAMES[type];
}

/* Behind the closing quote of the string value that begins at `begin`. */
static size_t string_end(json v, size_t begin)
{
    str text = v.doc->text;
    /* Without escapes the value's own length leads there; a quote behind a backslash does not. */
    size_t guess = begin + 1 + json_string_at_(v.doc, v.at).len;
    if (text.at[guess] == '"' && (guess == begin + 1 || text.at[guess - 1] != '\\'))
        return guess + 1;
    size_t at = begin + 1;
    while (text.at[at] != '"')
        at += text.at[at] == '\\' ? 2 : 1;
    return at + 1;
}

static size_t number_end(str text, size_t at)
{
    while (at < text.len &&
           (char_is_digit(text.at[at]) || text.at[at] == '-' || text.at[at] == '+' ||
            text.at[at] == '.' || char_lower(text.at[at]) == 'e'))
        at++;
    return at;
}

str json_span(json v)
{
    enum json_type type = json_type(v);
    if (type == JSON_NONE)
        return (str){0};
    const struct json_doc *doc = v.doc;
    const uint32_t *offsets = json_parser_offsets(doc->parser);
    size_t begin = offsets[v.at];
    size_t end;
    switch (type) {
    case JSON_OBJECT:
    case JSON_ARRAY:
        end = (size_t)offsets[json_behind_(doc, v.at) - 1] + 1;
        break;
    case JSON_STRING:
        end = string_end(v, begin);
        break;
    case JSON_NUMBER:
        end = number_end(doc->text, begin);
        break;
    default:
        end = begin + (type == JSON_FALSE ? 5 : 4);
    }
    return str_part(doc->text, begin, end);
}

str json_number_text(json v)
{
    return json_is(v, JSON_NUMBER) ? json_span(v) : (str){0};
}

bool json_to_i64(json v, int64_t *out)
{
    if (json_tag_(v) != 'l')
        return false;
    uint64_t bits = json_word_(v.doc, v.at + 1);
    memcpy(out, &bits, sizeof(*out));
    return true;
}

bool json_to_double(json v, double *out)
{
    char tag = json_tag_(v);
    if (tag != 'l' && tag != 'u' && tag != 'd')
        return false;
    uint64_t bits = json_word_(v.doc, v.at + 1);
    if (tag == 'l')
        *out = (double)(int64_t)bits;
    else if (tag == 'u')
        *out = (double)bits;
    else
        memcpy(out, &bits, sizeof(*out));
    return true;
}

size_t json_count(json v)
{
    if (json_tag_(v) != '{' && json_tag_(v) != '[')
        return 0;
    size_t count = json_word_(v.doc, v.at) >> 32 & COUNT_SATURATED;
    if (count < COUNT_SATURATED)
        return count;
    count = 0;
    for (struct json_walk w = json_walk(v); json_next(&w);)
        count++;
    return count;
}

json json_get(json object, str key)
{
    if (json_tag_(object) != '{')
        return (json){0};
    const struct json_doc *doc = object.doc;
    uint32_t end = json_behind_(doc, object.at) - 1;
    for (uint32_t at = object.at + 1; at < end; at = json_behind_(doc, at + 1)) {
        if (str_eq(json_string_at_(doc, at), key))
            return (json){doc, at + 1};
    }
    return (json){0};
}

str json_get_string(json object, str key)
{
    return json_string(json_get(object, key));
}

static uint8_t first_as_long(const struct json_keys *k, size_t len)
{
    return k->first_[len % sizeof(k->first_)];
}

void json_keys_init(struct json_keys *k, const str *keys, size_t count)
{
    ASSERT(count <= JSON_KEYS_MAX);
    *k = (struct json_keys){.items = keys, .count = count};
    for (size_t i = 0; i < count; i++) {
        k->next_[i] = first_as_long(k, keys[i].len);
        k->first_[keys[i].len % sizeof(k->first_)] = (uint8_t)(i + 1);
    }
}

void json_get_all(json object, const struct json_keys *k, json *found)
{
    memset(found, 0, k->count * sizeof(*found));
    struct json_walk w = json_walk(json_is(object, JSON_OBJECT) ? object : (json){0});
    while (json_next(&w)) {
        size_t i = first_as_long(k, w.key.len);
        while (i && !str_eq(k->items[i - 1], w.key))
            i = k->next_[i - 1];
        if (i && found[i - 1].doc == NULL)
            found[i - 1] = w.value;
    }
}

json json_at(json array, size_t index)
{
    if (json_tag_(array) != '[')
        return (json){0};
    for (struct json_walk w = json_walk(array); json_next(&w);) {
        if (w.index == index)
            return w.value;
    }
    return (json){0};
}

void json_place(str text, size_t offset, size_t *line, size_t *column)
{
    str before = str_part(text, 0, offset);
    size_t line_begin = 0;
    *line = 1;
    for (size_t i = 0; i < before.len; i++) {
        if (before.at[i] == '\n') {
            (*line)++;
            line_begin = i + 1;
        }
    }
    *column = utf8_count(str_skip(before, line_begin)) + 1;
}
