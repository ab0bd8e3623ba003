/*
 * Ranges of bytes (RFC 9110 §14): which part of an answer a request asks for.
 */
#ifndef TOCSIN_HTTP_RANGE_H
#define TOCSIN_HTTP_RANGE_H

#include "base/str.h"

struct http_range {
    uint64_t at;
    uint64_t len; /* at least one */
};

enum http_range_kind {
    HTTP_RANGE_WHOLE,   /* none is asked for, or in a way that a server may pass over */
    HTTP_RANGE_PART,    /* this one */
    HTTP_RANGE_NOTHING, /* one that begins past the end: 416 */
};

/*
 * Of a Range header over `size` bytes. Several ranges, another unit and what breaks the grammar are
 * passed over; a range that goes past the end stops there. `out` is set with HTTP_RANGE_PART alone.
 */
enum http_range_kind http_range_read(str header, uint64_t size, struct http_range *out);

/*
 * Whether If-Range lets the range stand: absent, or the strong tag of what is there now. A weak tag
 * and a date never do (§13.1.5).
 */
bool http_range_holds(str if_range, str etag);

#endif
