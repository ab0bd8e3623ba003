/*
 * UTF-8 reading and writing, one code point at a time, with a fast path for ASCII.
 */
#include "base/utf8.h"

/* Bytes of the sequence that `first` begins, with its payload bits and smallest value; 0: none. */
static unsigned sequence(unsigned char first, uint32_t *bits, uint32_t *least)
{
    if (first < 0x80) {
        *bits = first;
        *least = 0;
        return 1;
    }
    if (first >= 0xc2 && first < 0xe0) {
        *bits = first & 0x1fu;
        *least = 0x80;
        return 2;
    }
    if (first >= 0xe0 && first < 0xf0) {
        *bits = first & 0x0fu;
        *least = 0x800;
        return 3;
    }
    if (first >= 0xf0 && first < 0xf5) {
        *bits = first & 0x07u;
        *least = 0x10000;
        return 4;
    }
    return 0;
}

bool utf8_next(str *rest, uint32_t *code_point)
{
    if (rest->len == 0)
        return false;
    const unsigned char *at = (const unsigned char *)rest->at;
    uint32_t value;
    uint32_t least;
    unsigned size = sequence(at[0], &value, &least);
    if (size == 0 || size > rest->len)
        return false;
    for (unsigned i = 1; i < size; i++) {
        if ((at[i] & 0xc0) != 0x80)
            return false;
        value = value << 6 | (at[i] & 0x3fu);
    }
    if (value < least || value > 0x10ffff || (value >= 0xd800 && value < 0xe000))
        return false;
    *code_point = value;
    *rest = str_skip(*rest, size);
    return true;
}

size_t utf8_find_fault(str s)
{
    str rest = s;
    while (rest.len) {
        uint64_t eight;
        if (rest.len >= 8 && (memcpy(&eight, rest.at, 8), (eight & 0x8080808080808080u) == 0)) {
            rest = str_skip(rest, 8);
            continue;
        }
        uint32_t code_point;
        if (!utf8_next(&rest, &code_point))
            return s.len - rest.len;
    }
    return s.len;
}

void utf8_put(struct buf *b, uint32_t code_point)
{
    ASSERT(code_point <= 0x10ffff && !(code_point >= 0xd800 && code_point < 0xe000));
    if (code_point < 0x80) {
        buf_put_char(b, (char)code_point);
        return;
    }
    unsigned more = code_point < 0x800 ? 1 : code_point < 0x10000 ? 2 : 3;
    static const unsigned char MARKS[] = {0, 0xc0, 0xe0, 0xf0};
    buf_put_char(b, (char)(MARKS[more] | code_point >> (6 * more)));
    while (more > 0) {
        more--;
        buf_put_char(b, (char)(0x80 | (code_point >> (6 * more) & 0x3f)));
    }
}

bool utf8_is_turning(uint32_t code_point)
{
    return (code_point >= 0x202a && code_point <= 0x202e) ||
           (code_point >= 0x2066 && code_point <= 0x2069);
}

bool utf8_is_hidden(uint32_t code_point)
{
    static const struct {
        uint32_t first;
        uint32_t last;
    } HIDDEN[] = {
        {0x00, 0x1f},     {0x7f, 0x9f},     {0xad, 0xad},     {0x034f, 0x034f},   {0x115f, 0x1160},
        {0x180e, 0x180e}, {0x200b, 0x200b}, {0x2028, 0x202e}, {0x2060, 0x206f},   {0x3164, 0x3164},
        {0xfeff, 0xfeff}, {0xffa0, 0xffa0}, {0xfff9, 0xfffb}, {0xe0000, 0xe0fff},
    };
    for (size_t i = 0; i < sizeof(HIDDEN) / sizeof(HIDDEN[0]); i++) {
        if (code_point >= HIDDEN[i].first && code_point <= HIDDEN[i].last)
            return true;
    }
    return false;
}

bool utf8_is_line(str s)
{
    uint32_t code_point;
    while (utf8_next(&s, &code_point)) {
        if (utf8_is_hidden(code_point))
            return false;
    }
    return s.len == 0;
}

size_t utf8_count(str s)
{
    size_t count = 0;
    for (size_t i = 0; i < s.len; i++)
        count += ((unsigned char)s.at[i] & 0xc0) != 0x80;
    return count;
}

str utf8_part(str s, size_t bytes_max)
{
    size_t end = s.len < bytes_max ? s.len : bytes_max;
    while (end > 0 && end < s.len && ((unsigned char)s.at[end] & 0xc0) == 0x80)
        end--;
    return str_part(s, 0, end);
}
