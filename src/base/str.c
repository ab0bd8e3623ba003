/*
 * Borrowed strings: comparison, slicing and numbers. Nothing here allocates.
 */
#include "base/str.h"

#include <limits.h>

const uint8_t char_hex_values[256] = {
    ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
    ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
    ['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
};

str str_of(const char *c_string)
{
    return c_string ? (str){c_string, strlen(c_string)} : (str){0};
}

int str_cmp(str a, str b)
{
    size_t shared = a.len < b.len ? a.len : b.len;
    int order = shared ? memcmp(a.at, b.at, shared) : 0;
    if (order != 0)
        return order;
    return (a.len > b.len) - (a.len < b.len);
}

bool str_eq_nocase(str a, str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++) {
        if (char_lower(a.at[i]) != char_lower(b.at[i]))
            return false;
    }
    return true;
}

bool str_starts(str s, str prefix)
{
    return s.len >= prefix.len && str_eq((str){s.at, prefix.len}, prefix);
}

bool str_ends(str s, str suffix)
{
    return s.len >= suffix.len && str_eq(str_skip(s, s.len - suffix.len), suffix);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v' || c == '\f';
}

str str_trim(str s)
{
    size_t from = 0;
    size_t to = s.len;
    while (from < to && is_space(s.at[from]))
        from++;
    while (to > from && is_space(s.at[to - 1]))
        to--;
    return str_part(s, from, to);
}

size_t str_find(str s, str needle)
{
    const char *hit = s.len && needle.len ? memmem(s.at, s.len, needle.at, needle.len) : NULL;
    if (needle.len == 0)
        return 0;
    return hit ? (size_t)(hit - s.at) : s.len;
}

bool str_cut(str *rest, char sep, str *part)
{
    if (rest->at == NULL)
        return false;
    size_t end = str_find_char(*rest, sep);
    *part = str_part(*rest, 0, end);
    *rest = end < rest->len ? str_skip(*rest, end + 1) : (str){0};
    return true;
}

bool str_to_u64(str s, uint64_t *out)
{
    if (s.len == 0 || s.len > 20)
        return false;
    uint64_t value = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (!char_is_digit(s.at[i]))
            return false;
        if (__builtin_mul_overflow(value, 10u, &value) ||
            __builtin_add_overflow(value, (uint64_t)(s.at[i] - '0'), &value))
            return false;
    }
    *out = value;
    return true;
}

bool str_to_i64(str s, int64_t *out)
{
    bool is_negative = s.len > 0 && s.at[0] == '-';
    uint64_t size;
    if (!str_to_u64(is_negative ? str_skip(s, 1) : s, &size))
        return false;
    if (size > (uint64_t)INT64_MAX + (is_negative ? 1u : 0u))
        return false;
    *out = is_negative ? (int64_t)(0 - size) : (int64_t)size;
    return true;
}
