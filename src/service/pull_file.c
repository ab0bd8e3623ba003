/*
 * Pulled pages into a file of JSON Lines. Beside it, FILE.tocsin-pull says where to go on, how long
 * the file was then, and the digests of its newest objects, which will come again:
 *
 *     tocsin-pull 1
 *     URL of the API root
 *     id of the collection
 *     time, or nothing
 *     length of FILE
 *     digest, one a line
 *
 * What stands behind that length was cut off before it was whole, and is written anew. A file that
 * was taken away is begun again, with what is new.
 */
#include "base/clock.h"
#include "base/file.h"
#include "base/map.h"
#include "service/pull_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAGIC "tocsin-pull 1"
#define POSITION_FILE_BYTES_MAX ((size_t)64 << 20)
#define DIGEST_BYTES 16

struct pull_file {
    str path;
    str position_path;
    FILE *to;
    uint64_t length;
    int64_t position_us;
    int64_t newest_us; /* of the objects in `recent` */
    struct arena recent_arena;
    struct map recent; /* digests in hexadecimal */
};

void pull_file_close(struct pull_sink *sink)
{
    struct pull_file *f = sink->file;
    if (f == NULL)
        return;
    if (f->to)
        fclose(f->to);
    arena_done(&f->recent_arena);
    free(f);
    sink->file = NULL;
}

static void remember(struct pull_file *f, str digest)
{
    map_put(&f->recent, arena_copy(&f->recent_arena, digest), f);
}

static void forget_all(struct pull_file *f)
{
    arena_done(&f->recent_arena);
    map_init(&f->recent, &f->recent_arena);
}

static err read_position(struct arena *a, struct pull_sink *sink, bool *is_there)
{
    struct pull_file *f = sink->file;
    *is_there = file_exists(a, f->position_path);
    if (!*is_there)
        return NULL;
    str text;
    TRY(file_read(a, f->position_path, POSITION_FILE_BYTES_MAX, &text));
    str magic = {0};
    str root = {0};
    str collection = {0};
    str position = {0};
    str length = {0};
    bool is_whole = str_cut(&text, '\n', &magic) && str_cut(&text, '\n', &root) &&
                    str_cut(&text, '\n', &collection) && str_cut(&text, '\n', &position) &&
                    str_cut(&text, '\n', &length) && str_to_u64(length, &f->length);
    if (!is_whole || !str_eq(magic, LIT(MAGIC)))
        return FAIL(a, ERR_INPUT, "%.*s is not what a pull left there", STR_ARG(f->position_path));
    if (!str_eq(root, sink->remote->root) || !str_eq(collection, sink->remote->collection))
        return FAIL(a, ERR_CONFLICT,
                    "%.*s was pulled from %.*s, collection %.*s; choose another "
                    "file",
                    STR_ARG(f->path), STR_ARG(root), STR_ARG(collection));
    f->position_us = pull_read_position(position);
    f->newest_us = f->position_us == PULL_NO_TIME ? PULL_NO_TIME : f->position_us + 1;
    str digest;
    while (str_cut(&text, '\n', &digest)) {
        if (digest.len)
            remember(f, digest);
    }
    return NULL;
}

static err write_position(struct arena *a, struct pull_sink *sink)
{
    struct pull_file *f = sink->file;
    OWNED(buf_done) struct buf text;
    buf_init(&text, POSITION_FILE_BYTES_MAX);
    str position =
        f->position_us == PULL_NO_TIME ? (str){0} : pull_write_position(a, f->position_us);
    buf_print(&text, MAGIC "\n%.*s\n%.*s\n%.*s\n%llu\n", STR_ARG(sink->remote->root),
              STR_ARG(sink->remote->collection), STR_ARG(position), (unsigned long long)f->length);
    size_t at = 0;
    for (const struct map_slot *slot; (slot = map_next(&f->recent, &at));) {
        buf_put(&text, slot->key);
        buf_put_char(&text, '\n');
    }
    TRY(buf_check(a, &text));
    return file_write(a, f->position_path, buf_str(&text), 0600);
}

static err open_file(struct arena *a, struct pull_file *f, bool has_position)
{
    int at = open(f->path.at, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (at < 0)
        return file_fail(a, "open", f->path, errno);
    f->to = fdopen(at, "r+b");
    ASSERT(f->to != NULL);
    struct stat about;
    if (fstat(at, &about) != 0)
        return file_fail(a, "open", f->path, errno);
    if (!has_position && about.st_size > 0)
        return FAIL(a, ERR_CONFLICT, "%.*s is there already and was not begun by a pull",
                    STR_ARG(f->path));
    if ((uint64_t)about.st_size < f->length)
        f->length = (uint64_t)about.st_size;
    if (ftruncate(at, (off_t)f->length) != 0 || fseeko(f->to, 0, SEEK_END) != 0)
        return file_fail(a, "cut", f->path, errno);
    return NULL;
}

static str digest_of(struct arena *a, str bytes)
{
    unsigned char digest[SECRET_DIGEST_BYTES];
    secret_digest(NULL, bytes, digest);
    return secret_hex(a, digest, DIGEST_BYTES);
}

/* An object may hold line feeds between its members; a line may not. */
static void write_line(struct pull_file *f, str bytes)
{
    for (size_t i = 0; i < bytes.len; i++) {
        char c = bytes.at[i];
        putc(c == '\n' || c == '\r' ? ' ' : c, f->to);
    }
    putc('\n', f->to);
    f->length += bytes.len + 1;
}

static err sync_file(struct arena *a, struct pull_file *f)
{
    if (fflush(f->to) != 0 || ferror(f->to) || fdatasync(fileno(f->to)) != 0)
        return file_fail(a, "write", f->path, errno ? errno : EIO);
    return NULL;
}

static err put_page(struct arena *a, struct pull_sink *sink, const struct pull_page *page)
{
    struct pull_file *f = sink->file;
    struct {
        str *items;
        size_t count;
        size_t capacity;
    } fresh = {0};
    errno = 0;
    for (struct json_walk w = json_walk(page->objects); json_next(&w);) {
        str bytes = json_span(w.value);
        str digest = digest_of(a, bytes);
        bool is_known = map_get(&f->recent, digest) != NULL;
        sink->totals->already_there += is_known;
        sink->totals->added += !is_known;
        *LIST_ADD(a, &fresh) = digest;
        if (!is_known)
            write_line(f, bytes);
    }
    TRY(sync_file(a, f));
    /* Once the position has moved, objects of the newest time only will come again. */
    if (page->position_us != PULL_NO_TIME && page->newest_us > f->newest_us) {
        forget_all(f);
        f->newest_us = page->newest_us;
    }
    for (size_t i = 0; i < fresh.count; i++)
        remember(f, fresh.items[i]);
    if (page->position_us != PULL_NO_TIME)
        f->position_us = page->position_us;
    return write_position(a, sink);
}

static err get_position(struct arena *a, struct pull_sink *sink, int64_t *position_us)
{
    (void)a;
    *position_us = sink->file->position_us;
    return NULL;
}

err pull_file_open(struct arena *a, struct pull_sink *sink)
{
    struct pull_file *f = calloc(1, sizeof(*f));
    ASSERT(f != NULL);
    sink->file = f;
    sink->get_position = get_position;
    sink->put_page = put_page;
    f->path = arena_copy(a, sink->options->out);
    f->position_path = arena_join(a, f->path, LIT(PULL_POSITION_ENDING), (str){0});
    f->position_us = PULL_NO_TIME;
    f->newest_us = PULL_NO_TIME;
    map_init(&f->recent, &f->recent_arena);
    bool has_position;
    TRY(read_position(a, sink, &has_position));
    return open_file(a, f, has_position);
}
