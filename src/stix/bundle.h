/*
 * Many objects at once: STIX bundles, TAXII envelopes ({"objects": […]}), a single object, or JSON
 * lines, told apart by what they begin with.
 *
 * bundle_read takes a text in memory whole (a request's body): a lexical fault anywhere refuses
 * all of it. A bundle_stream cuts a text or a file of any size into pieces of whole objects with
 * bounded memory: one thread cuts, others parse the pieces; an object broken inside spoils only
 * itself.
 */
#ifndef TOCSIN_STIX_BUNDLE_H
#define TOCSIN_STIX_BUNDLE_H

#include "base/buf.h"
#include "json/json.h"

enum bundle_kind { BUNDLE_STIX, BUNDLE_ENVELOPE, BUNDLE_OBJECT, BUNDLE_LINES };

struct bundle {
    enum bundle_kind kind;
    json top;            /* the bundle, envelope or object itself */
    json objects;        /* the array to walk; absent for BUNDLE_OBJECT and without "objects" */
    size_t object_count; /* 1 for BUNDLE_OBJECT */
};

/*
 * Keys and values that a body read whole may have: these, and one for every so many bytes. The
 * densest STIX has one for five bytes. So reading costs at most eleven times the body's memory.
 */
#define BUNDLE_VALUES_LEAST ((size_t)16 * 1024)
#define BUNDLE_BYTES_PER_VALUE 4

/*
 * Reads a whole body. ERR_INPUT for anything that is not JSON, ERR_INVALID where the top is no
 * object or "objects" no list, ERR_TOO_LARGE past `objects_max` (zero: no limit) or with more keys
 * and values than a body may have. JSON lines are not taken here. Good until the reader reads
 * again.
 */
err bundle_read(struct arena *a, struct json_reader *r, str text, size_t objects_max,
                struct bundle *out) MUST_USE;

#define BUNDLE_PIECE_BYTES ((size_t)1 << 20)
#define BUNDLE_OBJECT_BYTES_MAX_DEFAULT ((size_t)64 << 20)
#define BUNDLE_DEPTH_MAX 64

struct bundle_limits {
    size_t piece_bytes;      /* a piece ends once it holds this much; zero: BUNDLE_PIECE_BYTES */
    size_t object_bytes_max; /* zero: BUNDLE_OBJECT_BYTES_MAX_DEFAULT */
    uint64_t bytes_max;      /* of the whole; zero: no limit */
    uint64_t objects_max;    /* zero: no limit */
};

/* Objects that lie side by side in the source. */
struct bundle_piece {
    str bytes;          /* from the first byte of the first object to the last of the last */
    const str *objects; /* the bytes of each, inside `bytes` */
    /* `bytes` in brackets, JSON_PADDING behind it, for a list that was read; of a text empty. */
    str array;
    size_t count;
    uint64_t index;  /* of the first object in the whole, from 0 */
    uint64_t offset; /* of the first byte in the whole */
    uint64_t line;   /* of the first byte, from 1 */
    uint64_t column; /* in code points, from 1 */
};

struct bundle_stream;

/* Cuts a text in memory; pieces borrow from it. The stream lives in `a`. */
err bundle_open_text(struct arena *a, str text, const struct bundle_limits *limits,
                     struct bundle_stream **out) MUST_USE;

/* Gives up to `room` bytes at `to`; `*got` is 0 at the end. */
typedef err bundle_source_fn(struct arena *a, void *context, char *to, size_t room, size_t *got);

/* Cuts what a source gives; asked by the thread that asks for pieces. */
err bundle_open_source(struct arena *a, bundle_source_fn *source, void *context,
                       const struct bundle_limits *limits, struct bundle_stream **out) MUST_USE;

/* Cuts what comes from a descriptor (a file, a pipe), which stays the caller's to close. */
err bundle_open_fd(struct arena *a, int fd, const struct bundle_limits *limits,
                   struct bundle_stream **out) MUST_USE;

/* Accepts NULL. */
void bundle_close(struct bundle_stream *b);

/*
 * The next piece. Its lists, and its bytes if they were read, are put in `a`, so that a worker may
 * keep it. At the end `*has_piece` is false. ERR_INPUT with line and column in the whole for broken
 * syntax around the objects and for input that ends too early; ERR_TOO_LARGE past a limit.
 */
err bundle_next(struct arena *a, struct bundle_stream *b, struct bundle_piece *piece,
                bool *has_piece) MUST_USE;

/* Known after the first bundle_next. */
enum bundle_kind bundle_stream_kind(const struct bundle_stream *b);

/*
 * After the last bundle_next: what stood beside "objects", as the text of one JSON object without
 * it ({"type": "bundle", "id": …}); empty for single objects and lines. Lives as long as the
 * stream.
 */
str bundle_stream_head(const struct bundle_stream *b);

/* The objects of a piece as the text of one array: `array`, or else put together in `to`. */
str bundle_piece_array(const struct bundle_piece *piece, struct buf *to);

/* Line and column in the whole of a place inside one of the piece's objects. */
void bundle_piece_place(const struct bundle_piece *piece, const char *at, uint64_t *line,
                        uint64_t *column);

#endif
