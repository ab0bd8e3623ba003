/*
 * UTF-16 into UTF-8, a piece at a time: what Windows writes where one asks it for a file.
 */
#ifndef TOCSIN_SWEEP_UTF16_H
#define TOCSIN_SWEEP_UTF16_H

#include "base/str.h"

/* The most that `bytes` become. */
#define UTF16_ROOM(bytes) ((bytes)*2 + 8)

/* Zeroed, with the order of the bytes: at the beginning of a text. */
struct utf16 {
    bool is_big_endian;
    uint16_t high; /* a surrogate that waits for its second half */
    bool has_half; /* a byte that waits for its second half: */
    unsigned char half;
};

/* True if the text begins with a mark of UTF-16, which is two bytes. */
bool utf16_has_mark(str text, struct utf16 *out);

/*
 * Goes on with the next bytes of the text; `to` has UTF16_ROOM of them. Returns how many were
 * written. What is no text becomes U+FFFD.
 */
size_t utf16_read(struct utf16 *u, str bytes, char *to);

#endif
