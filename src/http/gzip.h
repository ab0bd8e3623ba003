/*
 * gzip, both ways, within limits.
 */
#ifndef TOCSIN_HTTP_GZIP_H
#define TOCSIN_HTTP_GZIP_H

#include "base/buf.h"

/*
 * Unpacks one or more gzip members into `out`, whose maximum is the limit. ERR_TOO_LARGE past it
 * (no more than that is ever unpacked); ERR_INPUT if it is no gzip, is cut short, or has a tail.
 */
err gzip_unpack(struct arena *a, str packed, struct buf *out) MUST_USE;

/* Packs `plain` at a zlib level of 1 to 9 into `out`. ERR_TOO_LARGE past its maximum. */
err gzip_pack(struct arena *a, str plain, int level, struct buf *out) MUST_USE;

#endif
