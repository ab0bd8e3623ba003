/*
 * Borrowed strings: a pointer and a length, passed by value.
 *
 * A str is never owned, never freed and not NUL-ended. Its bytes belong to an
 * arena, a buffer or a literal, and live as long as that does. It may hold any
 * bytes, NUL included. The zero str is the empty string.
 */
#ifndef TOCSIN_BASE_STR_H
#define TOCSIN_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct {
    const char *at;
    size_t len;
} str;

/* A str of a string literal, usable in static initialisers as LIT_INIT. */
#define LIT(s) ((str){(s), sizeof(s) - 1})
#define LIT_INIT(s)        \
    {                      \
        (s), sizeof(s) - 1 \
    }

/* For printf: printf("%.*s", STR_ARG(s)). Only for strings below 2 GB. */
#define STR_ARG(s) (int)(s).len, (s).at ? (s).at : ""

/* Borrows a NUL-ended string; NULL gives the empty string. */
str str_of(const char *c_string);

static inline bool str_eq(str a, str b)
{
    if (a.len != b.len || a.len == 0)
        return a.len == b.len;
    /* Most that differ do so in their first byte, which costs no call. */
    return memcmp(a.at, b.at, 1) == 0 && memcmp(a.at, b.at, a.len) == 0;
}

/* Compares bytes: below, at or above zero, as memcmp; a prefix comes first. */
int str_cmp(str a, str b);

/* As str_eq, with ASCII letters of either case the same. */
bool str_eq_nocase(str a, str b);

bool str_starts(str s, str prefix);
bool str_ends(str s, str suffix);

/* The part of `s` from `from` up to, not including, `to`; both are clamped to the length. */
static inline str str_part(str s, size_t from, size_t to)
{
    if (to > s.len)
        to = s.len;
    if (from > to)
        from = to;
    return s.at ? (str){s.at + from, to - from} : (str){0};
}

/* `s` without its first `n` bytes; empty if it has fewer. */
static inline str str_skip(str s, size_t n)
{
    return str_part(s, n, s.len);
}

/* `s` without ASCII white space at either end. */
str str_trim(str s);

/* Offset of the first `c` in `s`, or s.len if there is none. */
static inline size_t str_find_char(str s, char c)
{
    const char *hit = s.len ? (const char *)memchr(s.at, c, s.len) : NULL;
    return hit ? (size_t)(hit - s.at) : s.len;
}

/* Offset of the first `needle` in `s`, or s.len if there is none. */
size_t str_find(str s, str needle);

/*
 * Takes the part before the first `sep` off the front of `*rest` into `*part`. False once nothing
 * is left: "a,,b" gives "a", "", "b", and "" gives "" once; the zero str gives nothing at all.
 */
bool str_cut(str *rest, char sep, str *part);

/* Reads an unsigned decimal that is the whole of `s` (digits only) and fits; false otherwise. */
bool str_to_u64(str s, uint64_t *out);

/* As str_to_u64 with an optional leading minus. */
bool str_to_i64(str s, int64_t *out);

static inline bool char_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool char_is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static inline bool char_is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static inline bool char_is_alnum(char c)
{
    return char_is_digit(c) || char_is_lower(c) || char_is_upper(c);
}

static inline char char_lower(char c)
{
    return char_is_upper(c) ? (char)(c + ('a' - 'A')) : c;
}

static inline char char_upper(char c)
{
    return char_is_lower(c) ? (char)(c - 'a' + 'A') : c;
}

/* By the byte: the value of a hexadecimal digit of either case, and one; 0 for all others. */
extern const uint8_t char_hex_values[256];

/* The value of a hexadecimal digit of either case, or -1. */
static inline int char_hex(char c)
{
    return char_hex_values[(unsigned char)c] - 1;
}

#endif
