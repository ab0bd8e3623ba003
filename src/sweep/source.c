/*
 * Reading. A decoder turns what is read into what is given; the plain one is no decoder at all.
 */
#include "sweep/source.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#define INPUT_BYTES ((size_t)128 * 1024)
#define WINDOW_LOG_MAX 27 /* of zstd: 128 MiB */
#define FOLLOW_WAIT_NS 200000000L
#define GZIP_WINDOW_BITS (15 + 16)

enum coding { CODING_UNKNOWN, CODING_PLAIN, CODING_GZIP, CODING_ZSTD };

struct source {
    str path;
    int fd;
    struct source_options options;
    enum coding coding;
    char *input;
    size_t at;
    size_t len;
    bool is_input_ended;
    bool is_frame_open; /* compressed data has begun and not ended */
    z_stream gzip;
    ZSTD_DStream *zstd;
};

static err open_fd(struct arena *a, str path, int *out)
{
    *out = STDIN_FILENO;
    if (str_eq(path, LIT("-")))
        return NULL;
    *out = open(arena_copy(a, path).at, O_RDONLY | O_CLOEXEC);
    return *out < 0 ? file_fail(a, "open", path, errno) : NULL;
}

err source_open(struct arena *a, str path, const struct source_options *options,
                struct source **out)
{
    int fd;
    TRY(open_fd(a, path, &fd));
    struct source *s = calloc(1, sizeof(*s));
    ASSERT(s != NULL);
    s->path = path;
    s->fd = fd;
    s->options = *options;
    s->input = malloc(INPUT_BYTES);
    ASSERT(s->input != NULL);
    *out = s;
    return NULL;
}

void source_close(struct source *s)
{
    if (s == NULL)
        return;
    if (s->fd > STDIN_FILENO)
        close(s->fd);
    if (s->coding == CODING_GZIP)
        inflateEnd(&s->gzip);
    ZSTD_freeDStream(s->zstd);
    free(s->input);
    free(s);
}

/* Following. */

static bool is_stopped(const struct source *s)
{
    return s->options.is_stopped && s->options.is_stopped();
}

/* True if another file is now at the path, or this one was cut short: then it is opened anew. */
static bool reopen_if_rotated(struct arena *a, struct source *s)
{
    struct stat here;
    struct stat there;
    off_t at = lseek(s->fd, 0, SEEK_CUR);
    if (fstat(s->fd, &here) != 0 || stat(arena_copy(a, s->path).at, &there) != 0)
        return false;
    bool is_same = here.st_ino == there.st_ino && here.st_dev == there.st_dev;
    if (is_same && there.st_size >= at)
        return false;
    int fd;
    if (open_fd(a, s->path, &fd) != NULL)
        return false;
    close(s->fd);
    s->fd = fd;
    return true;
}

/* Reads from the descriptor; 0 at the end, or when stopped. */
static err read_raw(struct arena *a, struct source *s, char *to, size_t room, size_t *got)
{
    for (;;) {
        ssize_t n = read(s->fd, to, room);
        if (n < 0 && errno == EINTR && !is_stopped(s))
            continue;
        if (n < 0 && errno != EINTR)
            return file_fail(a, "read", s->path, errno);
        if (n > 0 || !s->options.follows || is_stopped(s)) {
            *got = n > 0 ? (size_t)n : 0;
            return NULL;
        }
        if (!reopen_if_rotated(a, s))
            nanosleep(&(struct timespec){.tv_nsec = FOLLOW_WAIT_NS}, NULL);
    }
}

static err fill(struct arena *a, struct source *s)
{
    size_t got;
    TRY(read_raw(a, s, s->input, INPUT_BYTES, &got));
    s->at = 0;
    s->len = got;
    s->is_input_ended = got == 0;
    return NULL;
}

/* Decoding. */

static err end_too_early(struct arena *a, const struct source *s)
{
    return FAIL(a, ERR_INPUT, "%.*s: the compressed data ends too early; what came before was read",
                STR_ARG(s->path));
}

static err broken(struct arena *a, const struct source *s, const char *why)
{
    return FAIL(a, ERR_INPUT, "%.*s: the compressed data is broken: %s", STR_ARG(s->path),
                why ? why : "no reason given");
}

static err read_gzip(struct arena *a, struct source *s, char *to, size_t room, size_t *got)
{
    s->gzip.next_in = (Bytef *)(void *)(s->input + s->at);
    s->gzip.avail_in = (uInt)(s->len - s->at);
    s->gzip.next_out = (Bytef *)(void *)to;
    s->gzip.avail_out = (uInt)room;
    s->is_frame_open = true;
    int code = inflate(&s->gzip, Z_NO_FLUSH);
    s->at = s->len - s->gzip.avail_in;
    *got = room - s->gzip.avail_out;
    if (code == Z_STREAM_END) {
        s->is_frame_open = false;
        inflateReset(&s->gzip);
        return NULL;
    }
    return code == Z_OK || code == Z_BUF_ERROR ? NULL : broken(a, s, s->gzip.msg);
}

static err read_zstd(struct arena *a, struct source *s, char *to, size_t room, size_t *got)
{
    ZSTD_inBuffer in = {s->input, s->len, s->at};
    ZSTD_outBuffer out = {to, room, 0};
    size_t code = ZSTD_decompressStream(s->zstd, &out, &in);
    s->at = in.pos;
    *got = out.pos;
    if (ZSTD_isError(code))
        return broken(a, s, ZSTD_getErrorName(code));
    s->is_frame_open = code != 0;
    return NULL;
}

static err choose_coding(struct arena *a, struct source *s)
{
    const unsigned char *head = (const unsigned char *)s->input;
    s->coding = CODING_PLAIN;
    if (s->len > 2 && head[0] == 0x1f && head[1] == 0x8b) {
        s->coding = CODING_GZIP;
        if (inflateInit2(&s->gzip, GZIP_WINDOW_BITS) != Z_OK)
            return FAIL(a, ERR_BUSY, "there is no memory to read gzip");
    }
    if (s->len > 4 && memcmp(head, "\x28\xb5\x2f\xfd", 4) == 0) {
        s->coding = CODING_ZSTD;
        s->zstd = ZSTD_createDStream();
        ASSERT(s->zstd != NULL);
        ZSTD_DCtx_setParameter(s->zstd, ZSTD_d_windowLogMax, WINDOW_LOG_MAX);
    }
    return NULL;
}

static err read_coded(struct arena *a, struct source *s, char *to, size_t room, size_t *got)
{
    *got = 0;
    while (*got == 0) {
        if (s->at == s->len)
            TRY(fill(a, s));
        if (s->is_input_ended)
            return s->is_frame_open ? end_too_early(a, s) : NULL;
        TRY(s->coding == CODING_GZIP ? read_gzip(a, s, to, room, got)
                                     : read_zstd(a, s, to, room, got));
    }
    return NULL;
}

err source_read(struct arena *a, struct source *s, char *to, size_t room, size_t *got)
{
    if (s->coding == CODING_UNKNOWN) {
        TRY(fill(a, s));
        TRY(choose_coding(a, s));
    }
    if (s->coding != CODING_PLAIN)
        return read_coded(a, s, to, room, got);
    if (s->at == s->len)
        return read_raw(a, s, to, room, got);
    *got = s->len - s->at < room ? s->len - s->at : room;
    memcpy(to, s->input + s->at, *got);
    s->at += *got;
    return NULL;
}
