/*
 * Reading objects a piece at a time: a piece becomes one JSON array, parsed at once; only if that
 * fails are its objects parsed one by one.
 */
#include "sweep/objects.h"

#include "base/buf.h"
#include "base/file.h"
#include "stix/bundle.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define PIECE_BYTES ((size_t)1 << 18)

struct reading {
    const struct objects_call *call;
    struct arena piece_arena;
    struct json_reader reader;
    struct buf text;
};

static void reading_done(struct reading *r)
{
    arena_done(&r->piece_arena);
    json_reader_done(&r->reader);
    buf_done(&r->text);
}

static const struct json_limits LIMITS = {.depth_max = BUNDLE_DEPTH_MAX + 1};

/* The reader for the next text: a kept one, or the same again. */
static struct json_reader *next_reader(struct reading *r)
{
    struct objects_keep *keep = r->call->keep;
    return keep ? LIST_ADD(&keep->arena, keep) : &r->reader;
}

/* `text` where it stays as long as its documents. */
static str kept_text(struct reading *r, str text)
{
    return r->call->keep ? arena_copy(&r->call->keep->arena, text) : text;
}

static uint64_t line_of(const struct bundle_piece *piece, size_t i)
{
    uint64_t line;
    uint64_t column;
    bundle_piece_place(piece, piece->objects[i].at, &line, &column);
    return line;
}

static err read_one_by_one(struct reading *r, const struct bundle_piece *piece)
{
    for (size_t i = 0; i < piece->count; i++) {
        json object;
        str text = kept_text(r, piece->objects[i]);
        uint64_t line = line_of(piece, i);
        err failure = json_read(&r->piece_arena, next_reader(r), text, &LIMITS, &object);
        if (failure == NULL) {
            TRY(r->call->fn(r->call->context, object, line));
            continue;
        }
        str place = arena_print(&r->piece_arena, "%.*s:%llu", STR_ARG(r->call->path),
                                (unsigned long long)line);
        r->call->trouble->say(r->call->trouble->context, place,
                              arena_join(&r->piece_arena, LIT("no JSON object: "),
                                         error_text(&r->piece_arena, failure), LIT("")));
    }
    return NULL;
}

static err read_piece(struct reading *r, const struct bundle_piece *piece)
{
    buf_clear(&r->text);
    buf_put_char(&r->text, '[');
    for (size_t i = 0; i < piece->count; i++) {
        if (i)
            buf_put_char(&r->text, ',');
        buf_put(&r->text, piece->objects[i]);
    }
    buf_put_char(&r->text, ']');
    TRY(buf_check(&r->piece_arena, &r->text));
    json list;
    str text = kept_text(r, buf_str(&r->text));
    if (json_read(&r->piece_arena, next_reader(r), text, &LIMITS, &list) != NULL ||
        json_count(list) != piece->count)
        return read_one_by_one(r, piece);
    uint64_t line = piece->line;
    const char *counted = piece->bytes.at;
    for (struct json_walk w = json_walk(list); json_next(&w);) {
        for (const char *at;
             (at = memchr(counted, '\n', (size_t)(piece->objects[w.index].at - counted))) != NULL;
             counted = at + 1)
            line++;
        counted = piece->objects[w.index].at;
        TRY(r->call->fn(r->call->context, w.value, line));
    }
    return NULL;
}

static err read_stream(struct reading *r, struct bundle_stream *stream)
{
    for (;;) {
        struct bundle_piece piece;
        bool has_piece = false;
        arena_reset(&r->piece_arena);
        TRY(bundle_next(&r->piece_arena, stream, &piece, &has_piece));
        if (!has_piece)
            return NULL;
        TRY(read_piece(r, &piece));
    }
}

static void close_fd(const int *fd)
{
    if (*fd > STDIN_FILENO)
        close(*fd);
}

err objects_each(struct arena *a, const struct objects_call *call)
{
    OWNED(close_fd) int fd = STDIN_FILENO;
    if (!str_eq(call->path, LIT("-"))) {
        fd = open(arena_copy(a, call->path).at, O_RDONLY | O_CLOEXEC);
        if (fd < 0)
            return file_fail(a, "open", call->path, errno);
    }
    OWNED(reading_done) struct reading r = {.call = call};
    buf_init(&r.text, (size_t)1 << 30);
    struct bundle_limits limits = {.piece_bytes = PIECE_BYTES};
    struct bundle_stream *stream;
    TRY(bundle_open_fd(a, fd, &limits, &stream));
    err failure = read_stream(&r, stream);
    if (failure)
        failure = FAIL(a, failure->code, "%.*s: %.*s", STR_ARG(call->path),
                       STR_ARG(error_text(a, failure)));
    bundle_close(stream);
    return failure;
}

void objects_keep_done(struct objects_keep *k)
{
    for (size_t i = 0; i < k->count; i++)
        json_reader_done(&k->items[i]);
    arena_done(&k->arena);
    *k = (struct objects_keep){0};
}
