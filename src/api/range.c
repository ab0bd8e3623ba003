/*
 * Which part of a file an answer gives.
 */
#include "api/range.h"

#include "http/accept.h"

static void add_part(struct api_call *c, unsigned long long size)
{
    struct http_response *out = &c->response;
    unsigned long long at = out->part.at;
    unsigned long long last = at + out->part.len - 1;
    out->status = 206;
    http_response_add(out, LIT("Content-Range"),
                      arena_print(c->rq->arena, "bytes %llu-%llu/%llu", at, last, size));
}

err range_choose(struct api_call *c, str etag, uint64_t size)
{
    struct http_response *out = &c->response;
    unsigned long long bytes = size;
    out->status = 200;
    http_response_add(out, LIT("ETag"), etag);
    if (http_etag_matches(http_header(c->rq, LIT("If-None-Match")), etag)) {
        out->status = 304;
        return NULL;
    }
    http_response_add(out, LIT("Accept-Ranges"), LIT("bytes"));
    if (c->rq->method != HTTP_GET || !http_range_holds(http_header(c->rq, LIT("If-Range")), etag))
        return NULL;
    switch (http_range_read(http_header(c->rq, LIT("Range")), size, &out->part)) {
    case HTTP_RANGE_NOTHING:
        c->content_range = arena_print(c->rq->arena, "bytes */%llu", bytes);
        return FAIL(c->rq->arena, ERR_RANGE,
                    "This has %llu bytes, and what you ask for lies past them", bytes);
    case HTTP_RANGE_PART:
        add_part(c, bytes);
        return NULL;
    case HTTP_RANGE_WHOLE:
    default:
        return NULL;
    }
}
