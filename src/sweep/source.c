/*
 * Reading. A decoder turns what is read into what is given; the plain one is no decoder at all.
 * What comes out of it may be UTF-16, which is turned into UTF-8 last.
 */
#include "sweep/source.h"

#include "base/file.h"
#include "base/num.h"
#include "sweep/utf16.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#define INPUT_BYTES ((size_t)128 * 1024)
#define MARK_BYTES 2u
#define WINDOW_LOG_MAX 27 /* of zstd: 128 MiB */
#define HEAD_BYTES 16u    /* in which a file says what it is */
#define GZIP_WINDOW_BITS (15 + 16)

enum coding { CODING_UNKNOWN, CODING_PLAIN, CODING_GZIP, CODING_ZSTD };
enum text { TEXT_UNKNOWN, TEXT_BYTES, TEXT_UTF16 };

/* Files in which nothing would be found as they are; `at` is where they say what they are. */
static const struct unread {
    size_t at;
    str magic;
    const char *what;
    const char *how;
} UNREAD[] = {
    {4, LIT_INIT("1AY&SY"), "compressed by bzip2", "bzip2 -dc FILE | tocsin match … -"},
    {0, LIT_INIT("\xfd\x37zXZ"), "compressed by xz", "xz -dc FILE | tocsin match … -"},
    {0, LIT_INIT("\x04\x22\x4d\x18"), "compressed by lz4", "lz4 -dc FILE | tocsin match … -"},
    {0, LIT_INIT("PK\3\4"), "a zip archive", "unzip -p FILE | tocsin match … -"},
    {0, LIT_INIT("7z\xbc\xaf\x27\x1c"), "a 7z archive", "7z x -so FILE | tocsin match … -"},
    {0, LIT_INIT("ElfFile\0"), "an event log of Windows",
     "Get-WinEvent -Path FILE | ConvertTo-Csv > events.csv, and sweep that"},
    {0, LIT_INIT("LPKSHHRH"), "a journal of systemd",
     "journalctl --file FILE -o json | tocsin match … -"},
    {0, LIT_INIT("\xd4\xc3\xb2\xa1"), "a packet capture", "zeek -r FILE, and sweep its logs"},
    {0, LIT_INIT("\x0a\x0d\x0d\x0a"), "a packet capture", "zeek -r FILE, and sweep its logs"},
    {0, LIT_INIT("PAR1\x15"), "a Parquet file", "write it as CSV, and sweep that"},
};

struct source {
    str path; /* ended by a NUL */
    int fd;
    struct source_options options;
    enum coding coding;
    enum text text;
    char *input;
    size_t at;
    size_t len;
    bool is_waiting; /* it follows, and there is no more for now */
    bool begins_anew;
    struct source_identity left; /* what was at the path before */
    uint64_t file_bytes;
    bool is_frame_open; /* compressed data has begun and not ended */
    z_stream gzip;
    ZSTD_DStream *zstd;
    struct utf16 utf16;
    char *wide; /* of UTF-16: as it is read, */
    char *narrow;
    str narrow_rest; /* and what of it is UTF-8 and not given yet */
};

/* One that is followed never waits: a pipe may have nobody yet who writes. */
static err open_fd(struct arena *a, str path, bool follows, int *out)
{
    *out = STDIN_FILENO;
    if (str_eq(path, LIT("-")))
        return NULL;
    *out = open(arena_copy(a, path).at, O_RDONLY | O_CLOEXEC | (follows ? O_NONBLOCK : 0));
    return *out < 0 ? file_fail(a, "open", path, errno) : NULL;
}

err source_open(struct arena *a, str path, const struct source_options *options,
                struct source **out)
{
    int fd;
    TRY(open_fd(a, path, options->follows, &fd));
    struct source *s = calloc(1, sizeof(*s));
    ASSERT(s != NULL);
    s->path = (str){strndup(path.at, path.len), path.len};
    ASSERT(s->path.at != NULL);
    s->fd = fd;
    s->options = *options;
    *out = s;
    return NULL;
}

/* Forgets what the bytes so far said of those to come. */
static void forget(struct source *s)
{
    if (s->coding == CODING_GZIP)
        inflateEnd(&s->gzip);
    ZSTD_freeDStream(s->zstd);
    free(s->wide);
    free(s->narrow);
    s->zstd = NULL;
    s->wide = NULL;
    s->narrow = NULL;
    s->narrow_rest = (str){0};
    s->coding = CODING_UNKNOWN;
    s->text = TEXT_UNKNOWN;
    s->at = 0;
    s->len = 0;
    s->is_frame_open = false;
}

void source_close(struct source *s)
{
    if (s == NULL)
        return;
    if (s->fd > STDIN_FILENO)
        close(s->fd);
    forget(s);
    free((char *)(uintptr_t)s->path.at);
    free(s->input);
    free(s);
}

/* Following. */

static bool is_stopped(const struct source *s)
{
    return s->options.is_stopped && s->options.is_stopped();
}

static struct timespec time_of(struct statx_timestamp t)
{
    return (struct timespec){.tv_sec = t.tv_sec, .tv_nsec = t.tv_nsec};
}

static bool is_same_time(struct timespec a, struct timespec b)
{
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

bool source_is_same(const struct source_identity *a, const struct source_identity *b)
{
    if (a->device != b->device || a->number != b->number)
        return false;
    if (a->has_birth && b->has_birth)
        return is_same_time(a->birth, b->birth);
    return a->bytes == b->bytes && is_same_time(a->written, b->written);
}

/* Of an open file (an empty path), or of one by its name; false if there is none. */
static bool identify(int fd, const char *path, struct source_identity *out)
{
    struct statx s;
    int code = statx(fd, path, path[0] ? 0 : AT_EMPTY_PATH, STATX_BASIC_STATS | STATX_BTIME, &s);
    if (code != 0)
        return false;
    *out = (struct source_identity){
        .device = (uint64_t)s.stx_dev_major << 32 | s.stx_dev_minor,
        .number = s.stx_ino,
        .has_birth = (s.stx_mask & STATX_BTIME) != 0,
        .birth = time_of(s.stx_btime),
        .written = time_of(s.stx_mtime),
        .bytes = s.stx_size,
    };
    return true;
}

struct source_identity source_identity_of(const struct source *s)
{
    struct source_identity identity = {0};
    identify(s->fd, "", &identity);
    return identity;
}

bool source_is_deleted(const struct source *s)
{
    struct stat info;
    return s->fd != STDIN_FILENO && fstat(s->fd, &info) == 0 && info.st_nlink == 0;
}

/* True if another file is now at the path, or this one was cut short: then it is opened anew. */
static bool reopen_if_rotated(struct source *s)
{
    struct source_identity here;
    struct source_identity there;
    off_t at = lseek(s->fd, 0, SEEK_CUR);
    if (!identify(s->fd, "", &here) || !identify(AT_FDCWD, s->path.at, &there))
        return false;
    bool is_same = here.number == there.number && here.device == there.device;
    if (is_same && (at < 0 || there.bytes >= (uint64_t)at))
        return false;
    if (!is_same && s->options.is_new && !s->options.is_new(s->options.context, &there))
        return false;
    int fd = open(s->path.at, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return false;
    close(s->fd);
    s->fd = fd;
    s->left = here;
    s->begins_anew = true;
    forget(s);
    return true;
}

uint64_t source_file_bytes(const struct source *s)
{
    return s->file_bytes;
}

bool source_is_waiting(const struct source *s)
{
    return s->is_waiting;
}

bool source_begins_anew(struct source *s, struct source_identity *left)
{
    bool begins_anew = s->begins_anew;
    *left = s->left;
    s->begins_anew = false;
    return begins_anew;
}

/* Standard input is asked first, since it is not ours to be made one that never waits. */
static bool has_input(const struct source *s)
{
    struct pollfd p = {.fd = s->fd, .events = POLLIN};
    return s->fd != STDIN_FILENO || poll(&p, 1, 0) > 0;
}

/* Reads what is there, and looks for another file at the path where that is nothing. */
static err read_followed(struct arena *a, struct source *s, char *to, size_t room, size_t *got)
{
    *got = 0;
    s->is_waiting = true;
    if (!has_input(s))
        return NULL;
    ssize_t n = read(s->fd, to, room);
    if (n < 0 && errno != EINTR && errno != EAGAIN)
        return file_fail(a, "read", s->path, errno);
    if (n == 0 && s->fd == STDIN_FILENO)
        s->is_waiting = false;
    else if (n == 0)
        reopen_if_rotated(s);
    *got = n > 0 ? (size_t)n : 0;
    s->file_bytes += *got;
    return NULL;
}

/* Reads from the descriptor; 0 at the end, or when stopped. */
static err read_raw(struct arena *a, struct source *s, char *to, size_t room, size_t *got)
{
    if (s->options.follows)
        return read_followed(a, s, to, room, got);
    ssize_t n;
    do {
        n = read(s->fd, to, room);
    } while (n < 0 && errno == EINTR && !is_stopped(s));
    if (n < 0 && errno != EINTR)
        return file_fail(a, "read", s->path, errno);
    *got = n > 0 ? (size_t)n : 0;
    s->file_bytes += *got;
    return NULL;
}

/* It is given back where bytes go where they are wanted at once: many files may be followed. */
static void need_input(struct source *s)
{
    if (s->input == NULL)
        s->input = malloc(INPUT_BYTES);
    ASSERT(s->input != NULL);
}

static err fill(struct arena *a, struct source *s)
{
    need_input(s);
    size_t got;
    TRY(read_raw(a, s, s->input, INPUT_BYTES, &got));
    s->at = 0;
    s->len = got;
    return NULL;
}

/* The first bytes, which a pipe may give in pieces, until they say what they are. */
static err fill_head(struct arena *a, struct source *s)
{
    size_t got = 1;
    need_input(s);
    while (got && s->len < HEAD_BYTES && !memchr(s->input, '\n', s->len)) {
        TRY(read_raw(a, s, s->input + s->len, INPUT_BYTES - s->len, &got));
        s->len += got;
    }
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

static err check_is_read(struct arena *a, const struct source *s)
{
    str head = {s->input, s->len};
    for (size_t i = 0; i < COUNT_OF(UNREAD); i++) {
        const struct unread *u = &UNREAD[i];
        if (str_starts(str_skip(head, u->at), u->magic))
            return FAIL(a, ERR_INPUT, "%.*s is %s, in which nothing is looked for: %s",
                        STR_ARG(s->path), u->what, u->how);
    }
    return NULL;
}

static err choose_coding(struct arena *a, struct source *s)
{
    const unsigned char *head = (const unsigned char *)s->input;
    TRY(check_is_read(a, s));
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
        if (s->len == 0)
            return s->is_frame_open && !s->options.follows ? end_too_early(a, s) : NULL;
        TRY(s->coding == CODING_GZIP ? read_gzip(a, s, to, room, got)
                                     : read_zstd(a, s, to, room, got));
    }
    return NULL;
}

static err read_bytes(struct arena *a, struct source *s, char *to, size_t room, size_t *got)
{
    if (s->coding == CODING_UNKNOWN) {
        TRY(fill_head(a, s));
        *got = 0;
        bool may_be_more = s->is_waiting && s->len < MARK_BYTES;
        if (s->len == 0 || may_be_more)
            return NULL;
        TRY(choose_coding(a, s));
    }
    if (s->coding != CODING_PLAIN)
        return read_coded(a, s, to, room, got);
    if (s->at == s->len) {
        free(s->input);
        s->input = NULL;
        return read_raw(a, s, to, room, got);
    }
    *got = s->len - s->at < room ? s->len - s->at : room;
    memcpy(to, s->input + s->at, *got);
    s->at += *got;
    return NULL;
}

/* UTF-16. */

static void narrow(struct source *s, str bytes)
{
    s->narrow_rest = (str){s->narrow, utf16_read(&s->utf16, bytes, s->narrow)};
}

/* Reads the first bytes, in which a text says whether it is UTF-16. */
static err choose_text(struct arena *a, struct source *s, char *to, size_t room, size_t *got)
{
    size_t len = 0;
    size_t more = 1;
    room = room < INPUT_BYTES ? room : INPUT_BYTES;
    while (len < MARK_BYTES && len < room && more) {
        TRY(read_bytes(a, s, to + len, room - len, &more));
        len += more;
    }
    *got = len;
    if (len < MARK_BYTES)
        return NULL;
    s->text = TEXT_BYTES;
    if (!utf16_has_mark((str){to, len}, &s->utf16))
        return NULL;
    s->text = TEXT_UTF16;
    s->wide = malloc(INPUT_BYTES);
    s->narrow = malloc(UTF16_ROOM(INPUT_BYTES));
    ASSERT(s->wide != NULL && s->narrow != NULL);
    narrow(s, (str){to + MARK_BYTES, len - MARK_BYTES});
    return NULL;
}

static err read_utf16(struct arena *a, struct source *s, char *to, size_t room, size_t *got)
{
    *got = 0;
    while (s->narrow_rest.len == 0) {
        size_t more = 0;
        TRY(read_bytes(a, s, s->wide, INPUT_BYTES, &more));
        if (more == 0)
            return NULL;
        narrow(s, (str){s->wide, more});
    }
    *got = s->narrow_rest.len < room ? s->narrow_rest.len : room;
    memcpy(to, s->narrow_rest.at, *got);
    s->narrow_rest = str_skip(s->narrow_rest, *got);
    return NULL;
}

err source_read(struct arena *a, struct source *s, char *to, size_t room, size_t *got)
{
    if (s->text == TEXT_UNKNOWN) {
        TRY(choose_text(a, s, to, room, got));
        if (s->text != TEXT_UTF16)
            return NULL;
    }
    return s->text == TEXT_UTF16 ? read_utf16(a, s, to, room, got)
                                 : read_bytes(a, s, to, room, got);
}
