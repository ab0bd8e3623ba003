/*
 * Files. Descriptors are closed by OWNED, so that every way out of a function closes them.
 */
#include "base/file.h"

#include "base/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define SECRET_LINE_BYTES_MAX 4096
#define READ_PIECE_BYTES ((size_t)64 * 1024)

static void close_descriptor(int *descriptor)
{
    if (*descriptor > STDERR_FILENO)
        close(*descriptor);
}

err file_fail(struct arena *a, const char *what, str path, int errno_value)
{
    enum err_code code = errno_value == ENOENT   ? ERR_NOT_FOUND
                         : errno_value == ENOSPC ? ERR_NO_SPACE
                         : errno_value == EDQUOT ? ERR_NO_SPACE
                                                 : ERR_IO;
    return FAIL(a, code, "cannot %s %.*s: %s", what, STR_ARG(path), strerror(errno_value));
}

static err read_all(struct arena *a, int from, str path, size_t bytes_max, str *out)
{
    OWNED(buf_done)
    struct buf content;
    buf_init(&content, bytes_max + 1);
    for (;;) {
        size_t left = content.max - content.len;
        size_t want = left < READ_PIECE_BYTES ? left : READ_PIECE_BYTES;
        if (want == 0)
            return FAIL(a, ERR_TOO_LARGE, "%.*s is larger than %zu bytes", STR_ARG(path),
                        bytes_max);
        char *room = buf_room(&content, want);
        ssize_t got = read(from, room, want);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return file_fail(a, "read", path, errno);
        if (got == 0)
            break;
        content.len += (size_t)got;
    }
    *out = arena_copy(a, buf_str(&content));
    return NULL;
}

err file_read(struct arena *a, str path, size_t bytes_max, str *out)
{
    if (str_eq(path, LIT("-")))
        return read_all(a, STDIN_FILENO, LIT("standard input"), bytes_max, out);
    OWNED(close_descriptor)
    int from = open(arena_copy(a, path).at, O_RDONLY | O_CLOEXEC);
    if (from < 0)
        return file_fail(a, "open", path, errno);
    return read_all(a, from, path, bytes_max, out);
}

static err write_all(struct arena *a, int to, str path, str content)
{
    while (content.len) {
        ssize_t put = write(to, content.at, content.len);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return file_fail(a, "write", path, errno);
        content = str_skip(content, (size_t)put);
    }
    return NULL;
}

static err sync_folder_of(struct arena *a, str path)
{
    size_t slash = path.len;
    while (slash > 0 && path.at[slash - 1] != '/')
        slash--;
    str folder = slash ? str_part(path, 0, slash) : LIT(".");
    OWNED(close_descriptor)
    int at = open(arena_copy(a, folder).at, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (at < 0 || fsync(at) != 0)
        return file_fail(a, "sync the folder", folder, errno);
    return NULL;
}

static err write_and_sync(struct arena *a, str path, str content, unsigned mode)
{
    unlink(path.at); /* left by a process that was cut off, or laid there by somebody else */
    OWNED(close_descriptor)
    int to = open(path.at, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, (mode_t)mode);
    if (to < 0)
        return file_fail(a, "create", path, errno);
    TRY(write_all(a, to, path, content));
    if (fsync(to) != 0)
        return file_fail(a, "sync", path, errno);
    return NULL;
}

err file_write(struct arena *a, str path, str content, unsigned mode)
{
    str beside = arena_print(a, "%.*s.%ld" FILE_BESIDE_ENDING, STR_ARG(path), (long)getpid());
    err failure = write_and_sync(a, beside, content, mode);
    if (failure) {
        unlink(beside.at);
        return failure;
    }
    if (rename(beside.at, arena_copy(a, path).at) != 0) {
        int why = errno;
        unlink(beside.at);
        return file_fail(a, "replace", path, why);
    }
    return sync_folder_of(a, path);
}

bool file_exists(struct arena *a, str path)
{
    struct stat about;
    return stat(arena_copy(a, path).at, &about) == 0;
}

bool file_is_dir(struct arena *a, str path)
{
    struct stat about;
    return stat(arena_copy(a, path).at, &about) == 0 && S_ISDIR(about.st_mode);
}

err file_make_dir(struct arena *a, str path)
{
    if (mkdir(arena_copy(a, path).at, 0700) == 0)
        return sync_folder_of(a, path);
    int why = errno;
    if (why == EEXIST && file_is_dir(a, path))
        return NULL;
    return file_fail(a, "make the folder", path, why);
}

err file_map_open(struct arena *a, str path, struct file_map *out)
{
    OWNED(close_descriptor)
    int from = open(arena_copy(a, path).at, O_RDONLY | O_CLOEXEC);
    struct stat about;
    if (from < 0 || fstat(from, &about) != 0)
        return file_fail(a, "open", path, errno);
    if (!S_ISREG(about.st_mode))
        return FAIL(a, ERR_INPUT, "%.*s is not a regular file", STR_ARG(path));
    str bytes = {"", 0};
    if (about.st_size > 0) {
        size_t size = (size_t)about.st_size;
        void *at = mmap(NULL, size, PROT_READ, MAP_PRIVATE, from, 0);
        if (at == MAP_FAILED)
            return file_fail(a, "map", path, errno);
        bytes = (str){at, size};
    }
    out->bytes = bytes;
    return NULL;
}

void file_map_close(struct file_map *m)
{
    if (m->bytes.len)
        munmap((void *)(uintptr_t)m->bytes.at, m->bytes.len);
    *m = (struct file_map){0};
}

err file_read_secret_line(struct arena *a, str *out)
{
    char line[SECRET_LINE_BYTES_MAX];
    if (fgets(line, sizeof(line), stdin) == NULL)
        return FAIL(a, ERR_INPUT, "standard input is empty; the secret is read from there");
    str text = str_of(line);
    if (text.len == sizeof(line) - 1)
        return FAIL(a, ERR_INPUT,
                    "the first line of standard input is too long for a secret; at "
                    "most %d bytes are read",
                    SECRET_LINE_BYTES_MAX - 2);
    while (text.len && (text.at[text.len - 1] == '\n' || text.at[text.len - 1] == '\r'))
        text.len--;
    if (text.len == 0)
        return FAIL(a, ERR_INPUT,
                    "the first line of standard input is empty; the secret is read "
                    "from there");
    *out = arena_copy(a, text);
    explicit_bzero(line, sizeof(line));
    return NULL;
}
