/*
 * Any bytes as the target of a TAXII request, path and query: it is read or refused, and the
 * filters that were read are read again from their canonical text as the same.
 */
#include "taxii/exchange.h"
#include "taxii/filter.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_query(struct arena *a, str raw, unsigned allowed)
{
    struct http_query query = {0};
    struct taxii_filter f;
    if (http_query_read(a, raw, &query) || taxii_filter_read(a, &query, allowed, &f))
        return;
    struct http_query again = {0};
    struct taxii_filter same;
    ASSERT(http_query_read(a, f.canonical, &again) == NULL);
    ASSERT(taxii_filter_read(a, &again, TAXII_FILTER_ALL, &same) == NULL);
    ASSERT(str_eq(f.canonical, same.canonical));
    ASSERT(f.query.id_count == same.query.id_count && f.query.type_count == same.query.type_count);
    ASSERT(f.query.version_count == same.query.version_count && f.query.specs == same.query.specs);
    ASSERT(f.matches_nothing == same.matches_nothing && f.added_after_us == same.added_after_us);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    OWNED(arena_done)
    struct arena a = {0};
    /* A copy without a byte behind it, so that reading past the end is seen. */
    char *copy = arena_take(&a, size);
    if (size)
        memcpy(copy, data, size);
    str target = {copy, size};
    size_t mark = str_find_char(target, '?');
    const struct http_routes routes = {TAXII_ROWS, sizeof(TAXII_ROWS[0]), TAXII_ROW_COUNT};
    for (unsigned method = 0; method <= HTTP_DELETE; method++) {
        struct http_route_match match;
        if (http_route_find(&a, routes, (enum http_method)method, str_part(target, 0, mark),
                            &match) == NULL)
            ASSERT(match.index < TAXII_ROW_COUNT && match.param_count <= HTTP_ROUTE_PARAMS_MAX);
    }
    check_query(&a, str_skip(target, mark + 1), TAXII_FILTER_ALL);
    check_query(&a, str_skip(target, mark + 1), TAXII_FILTER_ID | TAXII_FILTER_PAGING);
    return 0;
}
