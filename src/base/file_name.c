/*
 * Names of files: what is kept of one, and how it is told to a browser.
 */
#include "base/file_kind.h"

#include "base/buf.h"
#include "base/num.h"
#include "base/utf8.h"

struct span {
    uint32_t first;
    uint32_t last;
};

/* Not seen, or seen as what they are not. */
static const struct span UNSEEN[] = {
    {0x00, 0x1f},     {0x7f, 0xa0},     {0xad, 0xad},     {0x034f, 0x034f},   {0x061c, 0x061c},
    {0x115f, 0x1160}, {0x1680, 0x1680}, {0x17b4, 0x17b5}, {0x180b, 0x180f},   {0x2000, 0x200f},
    {0x2028, 0x202f}, {0x205f, 0x206f}, {0x3000, 0x3000}, {0x3164, 0x3164},   {0xfe00, 0xfe0f},
    {0xfeff, 0xfeff}, {0xffa0, 0xffa0}, {0xfff0, 0xffff}, {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff},
};

static bool is_unseen(uint32_t code_point)
{
    for (size_t i = 0; i < COUNT_OF(UNSEEN); i++) {
        if (code_point >= UNSEEN[i].first && code_point <= UNSEEN[i].last)
            return true;
    }
    return false;
}

/* What a file system or a shell would take for something else. */
static bool is_awkward(uint32_t code_point)
{
    return code_point < 0x80 && str_find_char(LIT("\"*:<>?|"), (char)code_point) < 7;
}

static str without_folders(str name)
{
    size_t from = name.len;
    while (from > 0 && name.at[from - 1] != '/' && name.at[from - 1] != '\\')
        from--;
    return str_skip(name, from);
}

static str keep_seen(struct arena *a, str name)
{
    OWNED(buf_done) struct buf kept;
    uint32_t code_point;
    buf_init(&kept, name.len + 1);
    while (utf8_next(&name, &code_point)) {
        if (is_awkward(code_point))
            buf_put_char(&kept, '_');
        else if (!is_unseen(code_point))
            utf8_put(&kept, code_point);
    }
    return arena_copy(a, buf_str(&kept));
}

/* A dot in front hides a file; dots and spaces at the end are cut off by some systems. */
static str without_edges(str name)
{
    while (name.len && (name.at[0] == '.' || name.at[0] == ' '))
        name = str_skip(name, 1);
    while (name.len && (name.at[name.len - 1] == '.' || name.at[name.len - 1] == ' '))
        name.len--;
    return name;
}

/* No code point is cut in two. */
static str shorten(struct arena *a, str name)
{
    if (name.len <= FILE_NAME_BYTES_MAX)
        return name;
    size_t dot = name.len;
    while (dot > 0 && name.at[dot - 1] != '.')
        dot--;
    bool has_ending = dot > 0 && name.len - dot < FILE_NAME_BYTES_MAX / 4;
    str ending = has_ending ? str_skip(name, dot - 1) : (str){0};
    size_t len = FILE_NAME_BYTES_MAX - ending.len;
    while (len > 0 && ((unsigned char)name.at[len] & 0xc0) == 0x80)
        len--;
    return arena_join(a, str_part(name, 0, len), ending, (str){0});
}

err file_name_clean(struct arena *a, str name, str *out)
{
    if (utf8_find_fault(name) < name.len)
        return FAIL(a, ERR_INVALID, "The name of the file is not written as UTF-8");
    str kept = without_edges(keep_seen(a, without_folders(name)));
    if (kept.len == 0)
        return FAIL(a, ERR_INVALID, "Of the name of this file nothing is left that one can see");
    *out = without_edges(shorten(a, kept));
    return NULL;
}

/* ---- for a browser */

static bool is_plain(char c)
{
    return char_is_alnum(c) || str_find_char(LIT("-._"), c) < 3;
}

static void put_ascii(struct buf *to, str name)
{
    uint32_t code_point;
    while (utf8_next(&name, &code_point)) {
        char c = code_point < 0x80 ? (char)code_point : '_';
        buf_put_char(to, is_plain(c) || c == ' ' ? c : '_');
    }
}

static void put_encoded(struct buf *to, str name)
{
    for (size_t i = 0; i < name.len; i++) {
        if (is_plain(name.at[i]))
            buf_put_char(to, name.at[i]);
        else
            buf_print(to, "%%%02X", (unsigned)(unsigned char)name.at[i]);
    }
}

str file_name_disposition(struct arena *a, str name)
{
    OWNED(buf_done) struct buf text;
    buf_init(&text, 5 * name.len + 64);
    buf_put(&text, LIT("attachment; filename=\""));
    put_ascii(&text, name);
    buf_put(&text, LIT("\"; filename*=UTF-8''"));
    put_encoded(&text, name);
    return arena_copy(a, buf_str(&text));
}
