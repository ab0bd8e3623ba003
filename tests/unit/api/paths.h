/*
 * What api/openapi.yaml says of each operation, made at build time (scripts/api_paths.py).
 */
#ifndef TOCSIN_TESTS_API_PATHS_H
#define TOCSIN_TESTS_API_PATHS_H

#include "http/server.h"

struct documented {
    enum http_method method;
    const char *path; /* with /api in front */
    bool is_for_anyone;
    bool has_body;
    bool has_if_match;
};

extern const struct documented API_DOCUMENTED[];
extern const size_t API_DOCUMENTED_COUNT;

#endif
