/*
 * Constants. Numbers keep their text beside the value, since a double cannot hold every decimal.
 */
#include "pattern/constant.h"

#include "base/clock.h"
#include "base/secret.h"

#include <stdlib.h>

bool token_is_constant(const struct token *t)
{
    return (t->kind >= TOKEN_INTEGER && t->kind <= TOKEN_HEX) ||
           (t->kind == TOKEN_WORD && (t->word == WORD_TRUE || t->word == WORD_FALSE));
}

str constant_unescape(struct arena *a, const struct token *t)
{
    if (!t->has_escape)
        return t->text;
    char *to = arena_take(a, t->text.len);
    size_t len = 0;
    for (size_t i = 0; i < t->text.len; i++) {
        i += t->text.at[i] == '\\';
        to[len++] = t->text.at[i];
    }
    return (str){to, len};
}

/* The integer that "-12.000" means: whole digits, a fraction of zeros. */
static bool read_whole(str number, int64_t *out)
{
    size_t point = str_find_char(number, '.');
    for (size_t i = point + 1; i < number.len; i++) {
        if (number.at[i] != '0')
            return false;
    }
    bool is_negative = number.len > 0 && number.at[0] == '-';
    size_t from = is_negative ? 1 : 0;
    while (from < point && number.at[from] == '0')
        from++;
    if (from == point) {
        *out = 0;
        return true;
    }
    uint64_t size;
    if (!str_to_u64(str_part(number, from, point), &size))
        return false;
    if (size > (uint64_t)INT64_MAX + (is_negative ? 1u : 0u))
        return false;
    *out = is_negative ? (int64_t)(0 - size) : (int64_t)size;
    return true;
}

static double read_real(str number)
{
    char text[PATTERN_NUMBER_BYTES_MAX + 1];
    ASSERT(number.at != NULL && number.len < sizeof(text));
    memcpy(text, number.at, number.len);
    text[number.len] = '\0';
    return strtod(text, NULL);
}

static err read_number(struct arena *a, str text, const struct token *t, struct pattern_value *out)
{
    str number = str_starts(t->text, LIT("+")) ? str_skip(t->text, 1) : t->text;
    if (number.len > PATTERN_NUMBER_BYTES_MAX)
        return FAIL(a, ERR_TOO_LARGE, "%s: a number has at most %d digits",
                    pattern_place(a, text, t->offset), PATTERN_NUMBER_BYTES_MAX);
    out->type = t->kind == TOKEN_INTEGER ? PATTERN_INTEGER : PATTERN_FLOAT;
    out->text = number;
    out->is_integer = read_whole(number, &out->integer);
    bool is_small = out->is_integer && out->integer > -(INT64_C(1) << 53) &&
                    out->integer < INT64_C(1) << 53 && out->integer != 0;
    out->real = is_small ? (double)out->integer : read_real(number);
    if (__builtin_isinf(out->real))
        return PATTERN_FAIL(a, text, t->offset, "the number is too large for any property");
    return NULL;
}

static err read_timestamp(struct arena *a, str text, const struct token *t,
                          struct pattern_value *out)
{
    if (!clock_read(t->text, &out->time_us, NULL))
        return PATTERN_FAIL(a, text, t->offset,
                            "a timestamp such as t'2026-11-03T20:15:00.5Z' is expected, in UTC and "
                            "of a day that exists");
    out->type = PATTERN_TIMESTAMP;
    out->text = t->text;
    return NULL;
}

static err read_hex(struct arena *a, str text, const struct token *t, struct pattern_value *out)
{
    size_t size = t->text.len / 2;
    char *bytes = arena_take(a, size);
    size_t good = 0;
    for (; good < t->text.len; good++) {
        int digit = char_hex(t->text.at[good]);
        if (digit < 0)
            break;
        if (good % 2 == 1)
            bytes[good / 2] = (char)(char_hex(t->text.at[good - 1]) << 4 | digit);
        else if (good == t->text.len - 1)
            break;
    }
    if (good < t->text.len)
        return PATTERN_FAIL(a, text, t->offset + 2 + good,
                            "h'…' holds an even number of hexadecimal digits");
    out->type = PATTERN_HEX;
    out->text = t->text;
    out->bytes = (str){bytes, size};
    return NULL;
}

/* Line feeds in base64 are to be ignored (§9.2). */
static str without_line_ends(struct arena *a, str s)
{
    if (str_find_char(s, '\n') == s.len && str_find_char(s, '\r') == s.len)
        return s;
    char *to = arena_take(a, s.len);
    size_t len = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] != '\n' && s.at[i] != '\r')
            to[len++] = s.at[i];
    }
    return (str){to, len};
}

static err read_binary(struct arena *a, str text, const struct token *t, struct pattern_value *out)
{
    str base64 = without_line_ends(a, t->text);
    str bytes = {0};
    if (base64.len && secret_from_base64(a, base64, &bytes) != NULL)
        return PATTERN_FAIL(a, text, t->offset,
                            "b'…' holds base64 (RFC 4648 §4), padded with = to a multiple of four "
                            "characters");
    out->type = PATTERN_BINARY;
    out->text = base64;
    out->bytes = bytes;
    return NULL;
}

err constant_read(struct arena *a, str text, const struct token *t, struct pattern_value *out)
{
    ASSERT(token_is_constant(t));
    out->offset = t->offset;
    if (t->kind == TOKEN_INTEGER || t->kind == TOKEN_FLOAT)
        return read_number(a, text, t, out);
    if (t->kind == TOKEN_TIMESTAMP)
        return read_timestamp(a, text, t, out);
    if (t->kind == TOKEN_HEX)
        return read_hex(a, text, t, out);
    if (t->kind == TOKEN_BINARY)
        return read_binary(a, text, t, out);
    if (t->kind == TOKEN_STRING) {
        out->type = PATTERN_STRING;
        out->text = constant_unescape(a, t);
        return NULL;
    }
    out->type = PATTERN_BOOLEAN;
    out->is_true = t->word == WORD_TRUE;
    out->text = t->text;
    return NULL;
}

err constant_read_time(struct arena *a, str text, const struct token *t, struct pattern_value *out)
{
    struct token unescaped = *t;
    unescaped.text = constant_unescape(a, t);
    out->offset = t->offset;
    return read_timestamp(a, text, &unescaped, out);
}
