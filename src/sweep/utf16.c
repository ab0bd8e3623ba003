/*
 * Units of two bytes become characters; what is left over at the end of a piece waits for the next.
 */
#include "sweep/utf16.h"

#define REPLACEMENT 0xfffdu

bool utf16_has_mark(str text, struct utf16 *out)
{
    bool is_little = str_starts(text, LIT("\xff\xfe"));
    bool is_big = str_starts(text, LIT("\xfe\xff"));
    if (is_little || is_big)
        *out = (struct utf16){.is_big_endian = is_big};
    return is_little || is_big;
}

static size_t put(char *to, uint32_t c)
{
    if (c < 0x80) {
        to[0] = (char)c;
        return 1;
    }
    size_t more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    static const unsigned char FIRST[] = {0, 0xc0, 0xe0, 0xf0};
    to[0] = (char)(FIRST[more] | c >> (6 * more));
    for (size_t i = 1; i <= more; i++)
        to[i] = (char)(0x80 | (c >> (6 * (more - i)) & 0x3f));
    return more + 1;
}

static bool take_unit(struct utf16 *u, str *from, uint16_t *out)
{
    if (!u->has_half && from->len) {
        u->half = (unsigned char)from->at[0];
        u->has_half = true;
        *from = str_skip(*from, 1);
    }
    if (!u->has_half || from->len == 0)
        return false;
    unsigned char second = (unsigned char)from->at[0];
    *out = (uint16_t)(u->is_big_endian ? u->half << 8 | second : second << 8 | u->half);
    u->has_half = false;
    *from = str_skip(*from, 1);
    return true;
}

static bool is_high(uint16_t unit)
{
    return unit >= 0xd800 && unit < 0xdc00;
}

static bool is_low(uint16_t unit)
{
    return unit >= 0xdc00 && unit < 0xe000;
}

size_t utf16_read(struct utf16 *u, str bytes, char *to)
{
    size_t len = 0;
    for (uint16_t unit; take_unit(u, &bytes, &unit);) {
        uint16_t high = u->high;
        u->high = 0;
        if (high && is_low(unit)) {
            len += put(to + len, 0x10000u + ((high - 0xd800u) << 10) + (unit - 0xdc00u));
            continue;
        }
        if (high)
            len += put(to + len, REPLACEMENT);
        if (is_high(unit))
            u->high = unit;
        else
            len += put(to + len, is_low(unit) ? REPLACEMENT : unit);
    }
    return len;
}
