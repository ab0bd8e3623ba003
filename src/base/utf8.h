/*
 * UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing past U+10FFFF.
 */
#ifndef TOCSIN_BASE_UTF8_H
#define TOCSIN_BASE_UTF8_H

#include "base/buf.h"

/* Offset of the first byte that is not part of well-formed UTF-8, or s.len. */
size_t utf8_find_fault(str s);

/* Takes one code point off the front of `*rest`; false at the end or at a fault. */
bool utf8_next(str *rest, uint32_t *code_point);

/* The longest beginning of `s` of at most `bytes_max` bytes that cuts no code point. */
str utf8_part(str s, size_t bytes_max);

/* Appends `code_point` (asserted to be a scalar value). */
void utf8_put(struct buf *b, uint32_t code_point);

/* Marks that turn the direction of what stands beside them (Unicode's UAX #9, embeddings to
 * isolates).
 */
bool utf8_is_turning(uint32_t code_point);
/* These, controls, and what is not seen and joins nothing: a name with it looks like another. */
bool utf8_is_hidden(uint32_t code_point);
/* Well-formed, and nothing in it is hidden: what is shown as a name or a title. */
bool utf8_is_line(str s);

/* Code points in well-formed `s`. */
size_t utf8_count(str s);

#endif
