/*
 * Writing JSON. The writer knows per level what it is in and whether a comma is due; everything
 * that puts a value goes through begin_value.
 */
#include "json/write.h"

#include "base/utf8.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define DOUBLE_TEXT_BYTES 32

void json_writer_init(struct json_writer *w, struct buf *to)
{
    *w = (struct json_writer){.to = to};
}

static void put_indent(struct json_writer *w)
{
    if (!w->is_pretty || w->depth == 0)
        return;
    buf_put_char(w->to, '\n');
    for (unsigned i = 0; i < w->depth; i++)
        buf_put(w->to, LIT("  "));
}

/* The comma before an item, and its line. */
static void begin_item(struct json_writer *w)
{
    ASSERT(w->depth > 0 || !w->is_after_value[0]);
    if (w->is_after_value[w->depth])
        buf_put_char(w->to, ',');
    w->is_after_value[w->depth] = true;
    put_indent(w);
}

static void begin_value(struct json_writer *w)
{
    ASSERT(w->is_after_key == w->is_object[w->depth]);
    if (!w->is_after_key)
        begin_item(w);
    w->is_after_key = false;
}

static void open_level(struct json_writer *w, bool is_object)
{
    begin_value(w);
    ASSERT(w->depth < JSON_WRITE_DEPTH_MAX);
    buf_put_char(w->to, is_object ? '{' : '[');
    w->depth++;
    w->is_after_value[w->depth] = false;
    w->is_object[w->depth] = is_object;
}

static void close_level(struct json_writer *w, bool is_object)
{
    ASSERT(w->depth > 0 && w->is_object[w->depth] == is_object && !w->is_after_key);
    bool is_empty = !w->is_after_value[w->depth];
    w->depth--;
    if (w->is_pretty && !is_empty && w->depth == 0)
        buf_put_char(w->to, '\n');
    if (!is_empty)
        put_indent(w);
    buf_put_char(w->to, is_object ? '}' : ']');
}

void json_open_object(struct json_writer *w)
{
    open_level(w, true);
}

void json_close_object(struct json_writer *w)
{
    close_level(w, true);
}

void json_open_array(struct json_writer *w)
{
    open_level(w, false);
}

void json_close_array(struct json_writer *w)
{
    close_level(w, false);
}

void json_key(struct json_writer *w, str key)
{
    ASSERT(w->is_object[w->depth] && !w->is_after_key);
    begin_item(w);
    json_quote(w->to, key);
    buf_put(w->to, w->is_pretty ? LIT(": ") : LIT(":"));
    w->is_after_key = true;
}

void json_put_string(struct json_writer *w, str value)
{
    begin_value(w);
    json_quote(w->to, value);
}

void json_put_i64(struct json_writer *w, int64_t value)
{
    begin_value(w);
    buf_put_i64(w->to, value);
}

void json_put_u64(struct json_writer *w, uint64_t value)
{
    begin_value(w);
    buf_put_u64(w->to, value);
}

void json_put_double(struct json_writer *w, double value)
{
    ASSERT(isfinite(value));
    begin_value(w);
    char text[DOUBLE_TEXT_BYTES];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof(text), "%.*g", digits, value);
        double back = strtod(text, NULL);
        if (back >= value && back <= value)
            break;
    }
    buf_put(w->to, str_of(text));
}

void json_put_bool(struct json_writer *w, bool value)
{
    begin_value(w);
    buf_put(w->to, value ? LIT("true") : LIT("false"));
}

void json_put_null(struct json_writer *w)
{
    begin_value(w);
    buf_put(w->to, LIT("null"));
}

void json_put_raw(struct json_writer *w, str json)
{
    ASSERT(json.len > 0);
    begin_value(w);
    buf_put(w->to, json);
}

void json_member(struct json_writer *w, const char *key, str value)
{
    json_key(w, str_of(key));
    json_put_string(w, value);
}

void json_member_i64(struct json_writer *w, const char *key, int64_t value)
{
    json_key(w, str_of(key));
    json_put_i64(w, value);
}

void json_member_bool(struct json_writer *w, const char *key, bool value)
{
    json_key(w, str_of(key));
    json_put_bool(w, value);
}

void json_member_raw(struct json_writer *w, const char *key, str json)
{
    json_key(w, str_of(key));
    json_put_raw(w, json);
}

void json_member_bits(struct json_writer *w, const char *key, unsigned bits,
                      str (*name)(unsigned bit))
{
    json_key(w, str_of(key));
    json_open_array(w);
    for (unsigned i = 0; bits >> i; i++) {
        if (bits & 1u << i)
            json_put_string(w, name(i));
    }
    json_close_array(w);
}

void json_member_if(struct json_writer *w, const char *key, str value)
{
    if (value.len)
        json_member(w, key, value);
}

static bool is_plain(char c)
{
    return (unsigned char)c >= 0x20 && c != '"' && c != '\\';
}

static void put_escape(struct buf *to, char c)
{
    static const str SHORT[] = {
        ['\b'] = LIT_INIT("\\b"), ['\f'] = LIT_INIT("\\f"), ['\n'] = LIT_INIT("\\n"),
        ['\r'] = LIT_INIT("\\r"), ['\t'] = LIT_INIT("\\t"), ['"'] = LIT_INIT("\\\""),
        ['\\'] = LIT_INIT("\\\\")};
    size_t code = (unsigned char)c;
    if (SHORT[code].len)
        buf_put(to, SHORT[code]);
    else
        buf_print(to, "\\u%04x", (unsigned)code);
}

/* Well-formed text: runs of plain bytes go over whole. */
static void put_escaped(struct buf *to, str text)
{
    size_t from = 0;
    for (size_t at = 0; at < text.len; at++) {
        if (is_plain(text.at[at]))
            continue;
        buf_put(to, str_part(text, from, at));
        put_escape(to, text.at[at]);
        from = at + 1;
    }
    buf_put(to, str_skip(text, from));
}

void json_quote(struct buf *to, str value)
{
    buf_put_char(to, '"');
    for (;;) {
        size_t fault = utf8_find_fault(value);
        put_escaped(to, str_part(value, 0, fault));
        if (fault == value.len)
            break;
        utf8_put(to, 0xfffd);
        value = str_skip(value, fault + 1);
    }
    buf_put_char(to, '"');
}
