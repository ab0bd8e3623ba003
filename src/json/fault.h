/*
 * Where and why a text is not JSON: a second, slow pass over texts that were refused, since the
 * fast parser does not say. Private to this folder and its tests.
 */
#ifndef TOCSIN_JSON_FAULT_H
#define TOCSIN_JSON_FAULT_H

#include "base/error.h"

struct json_fault {
    enum err_code code; /* ERR_INPUT, or ERR_TOO_LARGE for depth */
    size_t at;          /* offset in the text */
    str words;
};

/* The first fault of `text`, with its words in `a`; false if there is none. */
bool json_fault_find(struct arena *a, str text, unsigned depth_max, struct json_fault *out);

#endif
