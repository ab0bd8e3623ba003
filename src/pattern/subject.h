/*
 * What a comparison finds at the end of its path, and how it compares with a constant.
 */
#ifndef TOCSIN_PATTERN_SUBJECT_H
#define TOCSIN_PATTERN_SUBJECT_H

#include "pattern/pattern.h"
#include "json/json.h"

enum subject_kind {
    SUBJECT_OTHER, /* a list, an object, null, or bytes that cannot be decoded */
    SUBJECT_BOOLEAN,
    SUBJECT_NUMBER,
    SUBJECT_STRING,
    SUBJECT_BYTES, /* of a property that ends in _hex or _bin */
};

struct subject {
    enum subject_kind kind;
    json value;
    str text; /* string or bytes */
};

/* `property` is the last name of the path, which says how the value is encoded. */
struct subject subject_of(struct arena *a, str property, json value);

enum subject_order { SUBJECT_LESS, SUBJECT_EQUAL, SUBJECT_GREATER, SUBJECT_INCOMPARABLE };

/* Strings by code points, numbers exactly, timestamps by instant, strings with bytes as Latin-1. */
enum subject_order subject_compare(struct arena *a, const struct subject *s,
                                   const struct pattern_value *constant);

/* The bytes that a string stands for beside binary values: false if a code point is beyond U+FF. */
bool subject_latin1(struct arena *a, str text, str *out);

#endif
