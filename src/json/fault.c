/*
 * A plain scan by the grammar of RFC 8259. It keeps the places of the open brackets, so that words
 * can name them; nothing here recurses.
 */
#include "json/fault.h"

#include "base/utf8.h"
#include "json/json.h"

#include <math.h>
#include <stdlib.h>

#define WORD_BYTES_MAX 24

struct scan {
    struct arena *arena;
    str text;
    size_t at;
    size_t *open; /* where each open bracket stands, innermost last */
    unsigned depth;
    unsigned depth_max;
    struct json_fault fault;
};

/* Notes the fault and gives false, so that a check can return it. */
static bool fail(struct scan *s, size_t at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static bool fail(struct scan *s, size_t at, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    s->fault = (struct json_fault){ERR_INPUT, at, arena_vprint(s->arena, format, args)};
    va_end(args);
    return false;
}

/* The byte at the scan's place, or -1 at the end. */
static int peek(const struct scan *s)
{
    return s->at < s->text.len ? (unsigned char)s->text.at[s->at] : -1;
}

static bool is_space(int c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_digit(int c)
{
    return c >= '0' && c <= '9';
}

static void skip_space(struct scan *s)
{
    while (is_space(peek(s)))
        s->at++;
}

/* "line 2, column 5" of an offset. */
static str place_words(const struct scan *s, size_t at)
{
    size_t line;
    size_t column;
    json_place(s->text, at, &line, &column);
    return arena_print(s->arena, "line %zu, column %zu", line, column);
}

static bool fail_end(struct scan *s)
{
    if (s->depth == 0)
        return fail(s, s->text.len, "the text is empty; a JSON value is expected");
    size_t open = s->open[s->depth - 1];
    bool is_object = s->text.at[open] == '{';
    return fail(s, s->text.len, "the text ends before the %s that begins at %.*s is closed by %s",
                is_object ? "object" : "array", STR_ARG(place_words(s, open)),
                is_object ? "}" : "]");
}

/* A byte as a person would name it. */
static str char_words(const struct scan *s, size_t at)
{
    unsigned char c = (unsigned char)s->text.at[at];
    if (c > 0x20 && c < 0x7f)
        return arena_print(s->arena, "%c", c);
    uint32_t code_point = c;
    str rest = str_skip(s->text, at);
    if (c < 0x80 || utf8_next(&rest, &code_point))
        return arena_print(s->arena, "U+%04X", (unsigned)code_point);
    return arena_print(s->arena, "byte 0x%02x", c);
}

static bool scan_utf8(struct scan *s)
{
    str rest = str_skip(s->text, s->at);
    uint32_t code_point;
    if (!utf8_next(&rest, &code_point))
        return fail(s, s->at, "the byte 0x%02x here is not UTF-8; JSON is written in UTF-8",
                    (unsigned)peek(s));
    s->at = s->text.len - rest.len;
    return true;
}

/* The four digits behind \u, or -1. */
static int32_t hex_at(const struct scan *s, size_t at)
{
    int32_t value = 0;
    for (size_t i = at; i < at + 4; i++) {
        int digit = i < s->text.len ? char_hex(s->text.at[i]) : -1;
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

static bool scan_unicode_escape(struct scan *s)
{
    size_t begin = s->at;
    int32_t first = hex_at(s, begin + 2);
    if (first < 0)
        return fail(s, begin, "four hexadecimal digits must follow \\u");
    s->at += 6;
    if (first < 0xd800 || first > 0xdfff)
        return true;
    bool has_second = peek(s) == '\\' && s->at + 1 < s->text.len && s->text.at[s->at + 1] == 'u';
    int32_t second = has_second ? hex_at(s, s->at + 2) : -1;
    if (first >= 0xdc00 || second < 0xdc00 || second > 0xdfff)
        return fail(s, begin, "\\u%04x is half of a surrogate pair without its other half",
                    (unsigned)first);
    s->at += 6;
    return true;
}

static bool scan_escape(struct scan *s)
{
    static const str KNOWN = LIT_INIT("\"\\/bfnrt");
    if (s->at + 1 >= s->text.len)
        return fail(s, s->at, "the text ends within a string");
    char c = s->text.at[s->at + 1];
    if (c == 'u')
        return scan_unicode_escape(s);
    if (str_find_char(KNOWN, c) == KNOWN.len)
        return fail(s, s->at,
                    "a backslash before %.*s is no JSON escape; a backslash itself is "
                    "written \\\\",
                    STR_ARG(char_words(s, s->at + 1)));
    s->at += 2;
    return true;
}

static bool fail_control(struct scan *s)
{
    int c = peek(s);
    if (c == '\n' || c == '\r')
        return fail(s, s->at,
                    "the string is not closed before the end of its line; a line break "
                    "in a string is written \\n");
    return fail(s, s->at, "the control character U+%04X must be written \\u%04x in a string",
                (unsigned)c, (unsigned)c);
}

static bool scan_string(struct scan *s)
{
    size_t begin = s->at++;
    while (s->at < s->text.len) {
        int c = peek(s);
        bool is_good = true;
        if (c == '"') {
            s->at++;
            return true;
        }
        if (c == '\\')
            is_good = scan_escape(s);
        else if (c < 0x20)
            is_good = fail_control(s);
        else if (c < 0x80)
            s->at++;
        else
            is_good = scan_utf8(s);
        if (!is_good)
            return false;
    }
    return fail(s, begin, "the string that begins here is not closed");
}

static void skip_digits(struct scan *s)
{
    while (is_digit(peek(s)))
        s->at++;
}

static bool check_integer(struct scan *s, size_t begin)
{
    str text = str_part(s->text, begin, s->at);
    int64_t negative;
    uint64_t positive;
    if (text.at[0] == '-' ? str_to_i64(text, &negative) : str_to_u64(text, &positive))
        return true;
    return fail(s, begin, "this integer does not fit into 64 bits; write it as a string");
}

static bool check_double(struct scan *s, size_t begin)
{
    str ended = arena_copy(s->arena, str_part(s->text, begin, s->at));
    if (isfinite(strtod(ended.at, NULL)))
        return true;
    return fail(s, begin, "this number is larger than a 64-bit floating-point number can be");
}

/* The digits that must stand here. */
static bool scan_digits(struct scan *s, const char *after)
{
    if (!is_digit(peek(s)))
        return fail(s, s->at, "a digit must follow %s", after);
    skip_digits(s);
    return true;
}

static bool scan_number(struct scan *s)
{
    size_t begin = s->at;
    bool is_integer = true;
    if (peek(s) == '-')
        s->at++;
    size_t first = s->at;
    if (!scan_digits(s, "the minus sign"))
        return false;
    if (s->text.at[first] == '0' && s->at > first + 1)
        return fail(s, begin, "a number does not begin with a zero before other digits");
    if (peek(s) == '.') {
        is_integer = false;
        s->at++;
        if (!scan_digits(s, "the decimal point"))
            return false;
    }
    if (peek(s) == 'e' || peek(s) == 'E') {
        is_integer = false;
        s->at++;
        if (peek(s) == '+' || peek(s) == '-')
            s->at++;
        if (!scan_digits(s, "the e of an exponent"))
            return false;
    }
    return is_integer ? check_integer(s, begin) : check_double(s, begin);
}

static bool fail_word(struct scan *s, str word)
{
    static const str LITERALS[] = {LIT_INIT("true"), LIT_INIT("false"), LIT_INIT("null")};
    static const str FOREIGN[] = {LIT_INIT("NaN"), LIT_INIT("Infinity"), LIT_INIT("undefined"),
                                  LIT_INIT("None")};
    str shown = str_part(word, 0, WORD_BYTES_MAX);
    for (size_t i = 0; i < sizeof(LITERALS) / sizeof(LITERALS[0]); i++) {
        if (str_eq_nocase(word, LITERALS[i]))
            return fail(s, s->at, "%.*s is written in lower case: %.*s", STR_ARG(shown),
                        STR_ARG(LITERALS[i]));
    }
    for (size_t i = 0; i < sizeof(FOREIGN) / sizeof(FOREIGN[0]); i++) {
        if (str_eq_nocase(word, FOREIGN[i]))
            return fail(s, s->at, "JSON has no %.*s; write null or leave the member out",
                        STR_ARG(shown));
    }
    return fail(s, s->at, "%.*s is not a JSON value; a text stands in double quotes",
                STR_ARG(shown));
}

static bool scan_word(struct scan *s)
{
    size_t end = s->at;
    while (end < s->text.len && char_is_alnum(s->text.at[end]))
        end++;
    str word = str_part(s->text, s->at, end);
    if (!str_eq(word, LIT("true")) && !str_eq(word, LIT("false")) && !str_eq(word, LIT("null")))
        return fail_word(s, word);
    s->at = end;
    return true;
}

static bool is_after_comma(const struct scan *s)
{
    size_t at = s->at;
    while (at > 0 && is_space(s->text.at[at - 1]))
        at--;
    return at > 0 && s->text.at[at - 1] == ',';
}

/* What stands where a value or a name is expected, and cannot. */
static bool fail_unexpected(struct scan *s, const char *expected)
{
    int c = peek(s);
    size_t at = s->at;
    if (c < 0)
        return fail_end(s);
    if ((c == ']' || c == '}') && is_after_comma(s))
        return fail(s, s->at, "a comma must not stand before this %c", c);
    if (c == '\'')
        return fail(s, s->at, "texts and names stand in double quotes (\"), not in '");
    if (c == '/')
        return fail(s, s->at, "JSON has no comments; leave this one out");
    if (c >= 0x80 && !scan_utf8(s))
        return false;
    return fail(s, at, "%s is expected here, not %.*s", expected, STR_ARG(char_words(s, at)));
}

static bool scan_name(struct scan *s)
{
    if (peek(s) != '"')
        return fail_unexpected(s, "a name in double quotes");
    if (!scan_string(s))
        return false;
    size_t end = s->at;
    skip_space(s);
    if (peek(s) < 0)
        return fail_end(s);
    if (peek(s) != ':')
        return fail(s, end, "a colon is missing after this name");
    s->at++;
    skip_space(s);
    return true;
}

/* Passes an opening bracket; `*is_open` if a value of the container comes next. */
static bool scan_open(struct scan *s, bool *is_open)
{
    char open = s->text.at[s->at];
    if (s->depth == s->depth_max) {
        fail(s, s->at, "values are nested more than %u deep here", s->depth_max);
        s->fault.code = ERR_TOO_LARGE;
        return false;
    }
    s->open[s->depth++] = s->at++;
    skip_space(s);
    if (peek(s) == (open == '{' ? '}' : ']')) {
        s->at++;
        s->depth--;
        return true;
    }
    *is_open = true;
    return open == '[' || scan_name(s);
}

static bool scan_value(struct scan *s, bool *is_open)
{
    *is_open = false;
    int c = peek(s);
    if (c == '{' || c == '[')
        return scan_open(s, is_open);
    if (c == '"')
        return scan_string(s);
    if (c == '-' || is_digit(c))
        return scan_number(s);
    if (c >= 0 && char_is_alnum((char)c))
        return scan_word(s);
    return fail_unexpected(s, "a value");
}

static bool fail_after_value(struct scan *s, size_t value_end)
{
    int c = peek(s);
    if (c < 0)
        return fail_end(s);
    size_t open = s->open[s->depth - 1];
    bool is_object = s->text.at[open] == '{';
    if (c == '}' || c == ']')
        return fail(s, s->at, "this %c cannot close the %s that begins at %.*s", c,
                    is_object ? "object" : "array", STR_ARG(place_words(s, open)));
    if (c == '/')
        return fail(s, s->at, "JSON has no comments; leave this one out");
    return fail(s, value_end, "a comma or %s is missing after this value", is_object ? "}" : "]");
}

/* From behind a value to where the next one begins, or to the end of the text. */
static bool scan_after_value(struct scan *s, bool *is_end)
{
    for (;;) {
        size_t value_end = s->at;
        skip_space(s);
        int c = peek(s);
        if (s->depth == 0) {
            *is_end = true;
            return c < 0 || fail(s, s->at, "the JSON value ended before this; nothing may follow");
        }
        bool is_object = s->text.at[s->open[s->depth - 1]] == '{';
        if (c == ',') {
            s->at++;
            skip_space(s);
            return !is_object || scan_name(s);
        }
        if (c != (is_object ? '}' : ']'))
            return fail_after_value(s, value_end);
        s->at++;
        s->depth--;
    }
}

static bool scan_start(struct scan *s)
{
    if (str_starts(s->text, LIT("\xef\xbb\xbf")))
        return fail(s, 0, "the text begins with a byte-order mark; leave it out");
    if (str_starts(s->text, LIT("\xff\xfe")) || str_starts(s->text, LIT("\xfe\xff")))
        return fail(s, 0, "the text is in UTF-16; JSON is written in UTF-8");
    skip_space(s);
    return true;
}

static bool scan_text(struct scan *s)
{
    if (!scan_start(s))
        return false;
    for (bool is_end = false; !is_end;) {
        bool is_open;
        if (!scan_value(s, &is_open))
            return false;
        if (!is_open && !scan_after_value(s, &is_end))
            return false;
    }
    return true;
}

bool json_fault_find(struct arena *a, str text, unsigned depth_max, struct json_fault *out)
{
    struct scan s = {.arena = a, .text = text, .depth_max = depth_max};
    s.open = NEW_ARRAY(a, (size_t)depth_max + 1, size_t);
    if (scan_text(&s))
        return false;
    *out = s.fault;
    return true;
}
