/*
 * Finding the end of a JSON value without parsing it: strings are skipped, brackets counted, 64
 * bytes at a time. What is inside is not checked; a value cut out is parsed by its reader.
 */
#ifndef TOCSIN_STIX_SCAN_H
#define TOCSIN_STIX_SCAN_H

#include "base/str.h"

/* A scan that can go on when more bytes have come. Zeroed at the first byte of a value. */
struct scan {
    size_t at;        /* bytes looked at */
    uint64_t depth;   /* open brackets */
    uint64_t in_text; /* all ones inside a string */
    uint64_t escape;  /* 1 if the next byte is escaped */
};

/*
 * Goes on in `text`, which begins with an object or a list and holds all bytes given before. True
 * once the closing bracket is found: `*end` is the offset behind it.
 */
bool scan_value(struct scan *s, str text, size_t *end);

/* A place in a text: line and column, from 1; columns count code points. */
struct scan_place {
    uint64_t line;
    uint64_t column;
};

/* Moves the place over `bytes`. */
void scan_advance(struct scan_place *place, str bytes);

#endif
