/*
 * gzip, both ways, within limits (zlib). Unpacking grows its buffer as bytes come out, so that a
 * small body that claims to be huge costs no more than the limit.
 */
#include "http/gzip.h"

#include <limits.h>

#define ZLIB_CONST
#include <zlib.h>

#define PIECE_BYTES ((size_t)64 * 1024)
/* zlib: the largest window, with a gzip header and trailer. */
#define GZIP_WINDOW_BITS (15 + 16)
#define MEMORY_LEVEL 8

static unsigned at_most(size_t n, size_t limit)
{
    size_t least = n < limit ? n : limit;
    return least < UINT_MAX ? (unsigned)least : UINT_MAX;
}

static err too_large(struct arena *a, const struct buf *out)
{
    return FAIL(a, ERR_TOO_LARGE, "unpacked, the body is larger than %zu bytes", out->max);
}

/* Gives the stream the rest of `packed` and room in `out`. False: there is no room left. */
static bool feed(z_stream *stream, str packed, size_t taken, struct buf *out)
{
    size_t left = out->max - out->len;
    size_t wanted = left < PIECE_BYTES ? left : PIECE_BYTES;
    char *room = wanted ? buf_room(out, wanted) : NULL;
    if (room == NULL)
        return false;
    stream->next_in = (const Bytef *)packed.at + taken;
    stream->avail_in = at_most(packed.len - taken, UINT_MAX);
    stream->next_out = (Bytef *)room;
    stream->avail_out = (unsigned)wanted;
    return true;
}

/* Whether the member ends exactly here although the buffer is full. */
static bool ends_here(z_stream *stream, str packed, size_t *taken)
{
    Bytef none[1];
    stream->next_in = (const Bytef *)packed.at + *taken;
    stream->avail_in = at_most(packed.len - *taken, UINT_MAX);
    stream->next_out = none;
    stream->avail_out = 1;
    unsigned before = stream->avail_in;
    int code = inflate(stream, Z_NO_FLUSH);
    *taken += before - stream->avail_in;
    return code == Z_STREAM_END && stream->avail_out == 1;
}

static err unpack_member(struct arena *a, z_stream *stream, str packed, size_t *taken,
                         struct buf *out)
{
    for (;;) {
        if (!feed(stream, packed, *taken, out))
            return ends_here(stream, packed, taken) ? NULL : too_large(a, out);
        unsigned given = stream->avail_in, room = stream->avail_out;
        int code = inflate(stream, Z_NO_FLUSH);
        *taken += given - stream->avail_in;
        out->len += room - stream->avail_out;
        if (code == Z_STREAM_END)
            return NULL;
        if (code == Z_BUF_ERROR || (code == Z_OK && *taken == packed.len && stream->avail_out > 0))
            return FAIL(a, ERR_INPUT, "the gzip body is cut short");
        if (code != Z_OK)
            return FAIL(a, ERR_INPUT, "the body is not gzip, or is damaged after %zu bytes",
                        *taken);
    }
}

err gzip_unpack(struct arena *a, str packed, struct buf *out)
{
    z_stream stream = {0};
    size_t taken = 0;
    err e = NULL;
    if (inflateInit2(&stream, GZIP_WINDOW_BITS) != Z_OK)
        return FAIL(a, ERR_INTERNAL, "zlib does not start");
    do {
        e = unpack_member(a, &stream, packed, &taken, out);
        if (e == NULL)
            inflateReset(&stream);
    } while (e == NULL && taken < packed.len);
    inflateEnd(&stream);
    return e;
}

err gzip_pack(struct arena *a, str plain, int level, struct buf *out)
{
    z_stream stream = {0};
    ASSERT(level >= 1 && level <= 9);
    if (deflateInit2(&stream, level, Z_DEFLATED, GZIP_WINDOW_BITS, MEMORY_LEVEL,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        return FAIL(a, ERR_INTERNAL, "zlib does not start");
    size_t taken = 0;
    int code = Z_OK;
    while (code != Z_STREAM_END && feed(&stream, plain, taken, out)) {
        unsigned given = stream.avail_in, room = stream.avail_out;
        bool is_rest = given == plain.len - taken;
        code = deflate(&stream, is_rest ? Z_FINISH : Z_NO_FLUSH);
        taken += given - stream.avail_in;
        out->len += room - stream.avail_out;
    }
    deflateEnd(&stream);
    if (code != Z_STREAM_END)
        return FAIL(a, ERR_TOO_LARGE, "packed, the body is larger than %zu bytes", out->max);
    return NULL;
}
