/*
 * Any bytes as the head of a request and as a gzip body: what is checked holds its promises
 * afterwards, and every reader ends within its limits. The first line is the target, the second an
 * Accept list, the others are headers.
 */
#include "base/num.h"
#include "base/utf8.h"
#include "http/accept.h"
#include "http/gzip.h"
#include "http/query.h"
#include "http/request_check.h"
#include "http/route.h"

#define FIELDS_MAX 64
#define UNPACKED_BYTES_MAX ((size_t)64 * 1024)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct http_route rows[] = {
    {HTTP_GET, "/"},
    {HTTP_GET, "/taxii2/"},
    {HTTP_POST, "/exchange/collections/{collection}/objects/"},
    {HTTP_GET, "/exchange/collections/{collection}/objects/{object}/"},
};

static void check_query(struct arena *a, str raw)
{
    struct http_query query;
    if (http_query_read(a, raw, &query) != NULL)
        return;
    ASSERT(query.count <= HTTP_QUERY_PAIRS_MAX);
    for (size_t i = 0; i < query.count; i++) {
        str again, value = query.items[i].value;
        ASSERT(utf8_find_fault(value) == value.len);
        ASSERT(http_percent_decode(a, http_percent_encode(a, value), true, &again) == NULL ||
               str_find_char(value, '/') < value.len);
    }
}

static void check_target(struct arena *a, str target)
{
    struct http_route_match match;
    str path, query;
    if (request_check_target(target, HTTP_GET) != NULL)
        return;
    request_split_target(target, &path, &query);
    ASSERT(path.len + query.len <= target.len + 1);
    ASSERT(str_find_char(path, '?') == path.len);
    check_query(a, query);
    err e = http_route_find(a, HTTP_ROUTES(rows), HTTP_GET, path, &match);
    for (size_t i = 0; e == NULL && i < match.param_count; i++) {
        ASSERT(match.params[i].len > 0);
        ASSERT(str_find_char(match.params[i], 0) == match.params[i].len);
    }
}

static void check_accept(str list)
{
    static const str offers[] = {LIT_INIT("application/taxii+json;version=2.1"),
                                 LIT_INIT("text/html")};
    int chosen = http_accept_choose(list, offers, COUNT_OF(offers));
    ASSERT(chosen >= -1 && chosen < (int)COUNT_OF(offers));
    /* What is chosen alone is acceptable among others as well. */
    if (http_accept_choose(list, offers, 1) == 0)
        ASSERT(chosen >= 0);
    http_content_type_is(list, offers[0]);
    http_accepts_coding(list, LIT("gzip"));
    http_etag_matches(list, LIT("\"a\""));
}

static void check_fields(str text)
{
    struct http_field fields[FIELDS_MAX];
    size_t count = 0;
    str line;
    while (count < FIELDS_MAX && str_cut(&text, '\n', &line)) {
        size_t colon = str_find_char(line, ':');
        fields[count++] =
            (struct http_field){str_part(line, 0, colon), str_trim(str_skip(line, colon + 1))};
    }
    struct forwarded said = request_forwarded(fields, count);
    ASSERT(said.address.len < 46);
    if (request_check_fields(fields, count, false) != NULL)
        return;
    bool has_length = request_find_field(fields, count, LIT("content-length")) != NULL;
    ASSERT(!has_length || request_find_field(fields, count, LIT("transfer-encoding")) == NULL);
}

static void check_gzip(struct arena *a, str bytes)
{
    OWNED(buf_done)
    struct buf out = {0};
    buf_init(&out, UNPACKED_BYTES_MAX);
    err e = gzip_unpack(a, bytes, &out);
    ASSERT(out.len <= UNPACKED_BYTES_MAX);
    ASSERT(e == NULL || e->code == ERR_INPUT || e->code == ERR_TOO_LARGE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    OWNED(arena_done)
    struct arena a = {0};
    /* A copy without a byte behind it, so that reading past the end is seen. */
    char *copy = arena_take(&a, size);
    if (size)
        memcpy(copy, data, size);
    str text = {copy, size}, line = {0};
    check_gzip(&a, text);
    if (str_cut(&text, '\n', &line)) {
        check_target(&a, line);
        check_query(&a, line);
    }
    if (str_cut(&text, '\n', &line))
        check_accept(line);
    check_fields(text);
    return 0;
}
