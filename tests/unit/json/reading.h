/*
 * Reading JSON that is to be good, for tests of json/.
 */
#ifndef TOCSIN_TESTS_JSON_READING_H
#define TOCSIN_TESTS_JSON_READING_H

#include "json/json.h"

static inline json read_good(struct arena *a, struct json_reader *r, str text)
{
    json v = {0};
    err failure = json_read(a, r, text, NULL, &v);
    if (failure)
        fail_msg("%.*s\n  is refused: %.*s", STR_ARG(text), STR_ARG(failure->text));
    return v;
}

#endif
