/*
 * Comparing values. Numbers meet as long double, which holds every 64-bit integer and every double
 * exactly, so that 2^53 + 1 is not the double beside it.
 */
#include "pattern/subject.h"

#include "base/clock.h"
#include "base/secret.h"
#include "base/utf8.h"

#include <stdlib.h>

#define MICROSECOND_DIGITS 6u

static bool decode_hex(struct arena *a, str text, str *out)
{
    if (text.len % 2)
        return false;
    unsigned char *bytes = arena_take(a, text.len / 2);
    if (!secret_from_hex(text, bytes, text.len / 2))
        return false;
    *out = (str){(const char *)bytes, text.len / 2};
    return true;
}

static bool decode(struct arena *a, str property, str text, str *out)
{
    if (str_ends(property, LIT("_hex")))
        return decode_hex(a, text, out);
    *out = (str){0};
    return text.len == 0 || secret_from_base64(a, text, out) == NULL;
}

struct subject subject_of(struct arena *a, str property, json value)
{
    struct subject s = {.value = value};
    switch (json_type(value)) {
    case JSON_TRUE:
    case JSON_FALSE:
        s.kind = SUBJECT_BOOLEAN;
        break;
    case JSON_NUMBER:
        s.kind = SUBJECT_NUMBER;
        break;
    case JSON_STRING:
        s.kind = SUBJECT_STRING;
        s.text = json_string(value);
        if (str_ends(property, LIT("_hex")) || str_ends(property, LIT("_bin")))
            s.kind = decode(a, property, s.text, &s.text) ? SUBJECT_BYTES : SUBJECT_OTHER;
        break;
    default:
        break;
    }
    return s;
}

static enum subject_order order_of(int sign)
{
    return sign < 0 ? SUBJECT_LESS : sign > 0 ? SUBJECT_GREATER : SUBJECT_EQUAL;
}

static long double long_of_json(json v)
{
    int64_t whole;
    uint64_t large;
    double real = 0;
    if (json_to_i64(v, &whole))
        return (long double)whole;
    if (str_to_u64(json_number_text(v), &large))
        return (long double)large;
    json_to_double(v, &real);
    return (long double)real;
}

static long double long_of_constant(const struct pattern_value *v)
{
    uint64_t large;
    if (v->is_integer)
        return (long double)v->integer;
    if (str_to_u64(v->text, &large))
        return (long double)large;
    return (long double)v->real;
}

static enum subject_order compare_numbers(json value, const struct pattern_value *constant)
{
    long double left = long_of_json(value);
    long double right = long_of_constant(constant);
    return order_of((left > right) - (left < right));
}

/* The digits of a fraction behind the sixth, without zeros at the end. */
static str fine_digits(str time)
{
    size_t point = str_find_char(time, '.');
    str digits = str_part(time, point + 1, time.len - 1);
    digits = str_skip(digits, MICROSECOND_DIGITS);
    while (digits.len && digits.at[digits.len - 1] == '0')
        digits.len--;
    return digits;
}

static enum subject_order compare_times(str text, const struct pattern_value *constant)
{
    int64_t time_us;
    if (!clock_read(text, &time_us, NULL))
        return SUBJECT_INCOMPARABLE;
    if (time_us != constant->time_us)
        return time_us < constant->time_us ? SUBJECT_LESS : SUBJECT_GREATER;
    return order_of(str_cmp(fine_digits(text), fine_digits(constant->text)));
}

bool subject_latin1(struct arena *a, str text, str *out)
{
    char *to = arena_take(a, text.len);
    size_t len = 0;
    uint32_t c;
    for (str rest = text; rest.len; len++) {
        if (!utf8_next(&rest, &c) || c > 0xff)
            return false;
        to[len] = (char)c;
    }
    *out = (str){to, len};
    return true;
}

static enum subject_order compare_string(struct arena *a, str text,
                                         const struct pattern_value *constant)
{
    str bytes;
    switch (constant->type) {
    case PATTERN_STRING:
        return order_of(str_cmp(text, constant->text));
    case PATTERN_TIMESTAMP:
        return compare_times(text, constant);
    case PATTERN_BINARY:
    case PATTERN_HEX:
        if (subject_latin1(a, text, &bytes))
            return order_of(str_cmp(bytes, constant->bytes));
        return SUBJECT_INCOMPARABLE;
    default:
        return SUBJECT_INCOMPARABLE;
    }
}

static enum subject_order compare_bytes(struct arena *a, str bytes,
                                        const struct pattern_value *constant)
{
    str other;
    if (constant->type == PATTERN_BINARY || constant->type == PATTERN_HEX)
        return order_of(str_cmp(bytes, constant->bytes));
    if (constant->type == PATTERN_STRING && subject_latin1(a, constant->text, &other))
        return order_of(str_cmp(bytes, other));
    return SUBJECT_INCOMPARABLE;
}

enum subject_order subject_compare(struct arena *a, const struct subject *s,
                                   const struct pattern_value *constant)
{
    bool is_number = constant->type == PATTERN_INTEGER || constant->type == PATTERN_FLOAT;
    switch (s->kind) {
    case SUBJECT_BOOLEAN:
        if (constant->type != PATTERN_BOOLEAN)
            return SUBJECT_INCOMPARABLE;
        return order_of(json_is(s->value, JSON_TRUE) - constant->is_true);
    case SUBJECT_NUMBER:
        return is_number ? compare_numbers(s->value, constant) : SUBJECT_INCOMPARABLE;
    case SUBJECT_STRING:
        return compare_string(a, s->text, constant);
    case SUBJECT_BYTES:
        return compare_bytes(a, s->text, constant);
    case SUBJECT_OTHER:
        break;
    }
    return SUBJECT_INCOMPARABLE;
}
