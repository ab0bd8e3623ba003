/*
 * Constants of patterns (STIX 2.1 §9.2): from a token to a typed, decoded value.
 */
#ifndef TOCSIN_PATTERN_CONSTANT_H
#define TOCSIN_PATTERN_CONSTANT_H

#include "pattern/lexer.h"
#include "pattern/pattern.h"

/* Longest number that is taken; the largest double has 309 digits. */
#define PATTERN_NUMBER_BYTES_MAX 400

bool token_is_constant(const struct token *t);

/* Decodes `t`, a constant in `text`. What it gives borrows from `text` or lies in `a`. */
err constant_read(struct arena *a, str text, const struct token *t,
                  struct pattern_value *out) MUST_USE;

/* A string between its apostrophes with \' and \\ resolved. */
str constant_unescape(struct arena *a, const struct token *t);

/* A string that holds a timestamp, as START and STOP had in STIX 2.0. */
err constant_read_time(struct arena *a, str text, const struct token *t,
                       struct pattern_value *out) MUST_USE;

#endif
