/*
 * Reading a backup. Files are written under other names and get their own at the very end, the
 * database last, so that what was cut off is never taken for an exchange.
 */
#include "base/file.h"
#include "service/backup_parts.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#define NAME_BYTES_MAX 255
#define PART_SUFFIX ".part"

struct reading {
    struct arena *a;
    const struct watch *watch;
    str path;
    FILE *from;
    uint64_t done;
    uint64_t total;
    struct secret_stream *stream;
    struct buf sealed;
    struct buf plain;
    size_t taken; /* of `plain` */
    bool is_last; /* `plain` is the last piece */
    str dir;
    bool made_dir;
    bool made_files;
    struct files_names written; /* under other names still */
};

static str name_in(const struct reading *r, str name, const char *suffix)
{
    return arena_print(r->a, "%.*s/%.*s%s", STR_ARG(r->dir), STR_ARG(name), suffix);
}

/* Whatever has not been renamed goes; the folder only if it was made here and is empty. */
static void reading_done(struct reading *r)
{
    backup_close_file(&r->from);
    if (r->plain.at)
        secret_wipe(r->plain.at, r->plain.capacity);
    buf_done(&r->plain);
    buf_done(&r->sealed);
    for (size_t i = 0; i < r->written.count; i++)
        unlink(name_in(r, r->written.items[i], PART_SUFFIX).at);
    if (r->made_files)
        rmdir(name_in(r, LIT(FILES_FOLDER), "").at);
    if (r->made_dir)
        rmdir(arena_copy(r->a, r->dir).at);
}

static err cut_short(struct reading *r)
{
    return FAIL(r->a, ERR_CORRUPT, "the backup %.*s is cut short", STR_ARG(r->path));
}

static err read_bytes(struct reading *r, char *to, size_t max, size_t *got)
{
    errno = 0;
    *got = fread(to, 1, max, r->from);
    if (*got < max && ferror(r->from))
        return file_fail(r->a, "read", r->path, errno);
    r->done += *got;
    return NULL;
}

static err check_nothing_follows(struct reading *r)
{
    char one;
    size_t got;
    TRY(read_bytes(r, &one, 1, &got));
    if (got)
        return FAIL(r->a, ERR_CORRUPT, "something follows the end of the backup %.*s",
                    STR_ARG(r->path));
    return NULL;
}

static err next_piece(struct reading *r)
{
    if (r->is_last)
        return FAIL(r->a, ERR_CORRUPT, "the backup %.*s ends too early", STR_ARG(r->path));
    TRY(watch_stop(r->a, r->watch));
    buf_clear(&r->sealed);
    size_t got;
    TRY(read_bytes(r, buf_room(&r->sealed, BACKUP_SEALED_BYTES), BACKUP_SEALED_BYTES, &got));
    if (got == 0)
        return cut_short(r);
    r->sealed.len = got;
    err failure = secret_stream_pull(r->a, r->stream, buf_str(&r->sealed), &r->plain, &r->is_last);
    if (failure && got < BACKUP_SEALED_BYTES)
        return FAIL(r->a, ERR_CORRUPT,
                    "the backup %.*s is cut short, or its end was changed or added to",
                    STR_ARG(r->path));
    if (failure)
        return WRAP(r->a, failure, "the backup %.*s is damaged", STR_ARG(r->path));
    if (!r->is_last && got < BACKUP_SEALED_BYTES)
        return cut_short(r);
    r->taken = 0;
    watch_progress(r->watch, r->done, r->total);
    return r->is_last ? check_nothing_follows(r) : NULL;
}

/* The next plain bytes, at least one and at most `max`. */
static err take_plain(struct reading *r, uint64_t max, str *out)
{
    while (r->taken == r->plain.len)
        TRY(next_piece(r));
    size_t left = r->plain.len - r->taken;
    *out = (str){r->plain.at + r->taken, max < left ? (size_t)max : left};
    r->taken += out->len;
    return NULL;
}

static err take_exactly(struct reading *r, char *to, size_t size)
{
    while (size) {
        str part;
        TRY(take_plain(r, size, &part));
        memcpy(to, part.at, part.len);
        to += part.len;
        size -= part.len;
    }
    return NULL;
}

static err take_number(struct reading *r, size_t bytes, uint64_t *out)
{
    char text[BACKUP_LENGTH_BYTES];
    TRY(take_exactly(r, text, bytes));
    *out = backup_get_number(text, bytes);
    return NULL;
}

static err write_content(struct reading *r, str path, FILE *to, uint64_t length)
{
    while (length) {
        str part;
        TRY(take_plain(r, length, &part));
        if (fwrite(part.at, 1, part.len, to) != part.len)
            return file_fail(r->a, "write", path, errno);
        length -= part.len;
    }
    if (fflush(to) != 0 || fsync(fileno(to)) != 0)
        return file_fail(r->a, "write", path, errno);
    return NULL;
}

static err restore_file(struct reading *r, str name, uint64_t length)
{
    str path = name_in(r, name, PART_SUFFIX);
    int at = open(path.at, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (at < 0)
        return file_fail(r->a, "create", path, errno);
    *LIST_ADD(r->a, &r->written) = arena_copy(r->a, name);
    OWNED(backup_close_file) FILE *to = fdopen(at, "wb");
    ASSERT(to != NULL);
    return write_content(r, path, to, length);
}

static bool was_written(const struct reading *r, str name)
{
    for (size_t i = 0; i < r->written.count; i++) {
        if (str_eq(r->written.items[i], name))
            return true;
    }
    return false;
}

static bool is_known_name(str name)
{
    static const str NAMES[BACKUP_NAME_COUNT] = BACKUP_NAMES;
    for (size_t i = 0; i < BACKUP_NAME_COUNT; i++) {
        if (str_eq(name, NAMES[i]))
            return true;
    }
    return str_starts(name, LIT(BACKUP_FILES)) &&
           files_is_digest(str_skip(name, sizeof(BACKUP_FILES) - 1));
}

/* The folder of what people gave, before the first of it. */
static err make_files_folder(struct reading *r, str name)
{
    if (r->made_files || !str_starts(name, LIT(BACKUP_FILES)))
        return NULL;
    TRY(file_make_dir(r->a, name_in(r, LIT(FILES_FOLDER), "")));
    r->made_files = true;
    return NULL;
}

static err unknown_name(struct reading *r)
{
    return FAIL(r->a, ERR_INPUT,
                "the backup holds a file that this version does not know; it was made by a newer "
                "tocsin");
}

static err restore_files(struct reading *r)
{
    for (;;) {
        uint64_t name_length;
        TRY(take_number(r, BACKUP_NAME_LENGTH_BYTES, &name_length));
        if (name_length == 0)
            return NULL;
        uint64_t length;
        TRY(take_number(r, BACKUP_LENGTH_BYTES, &length));
        char text[NAME_BYTES_MAX];
        if (name_length > sizeof(text))
            return FAIL(r->a, ERR_CORRUPT, "the backup names a file too long");
        TRY(take_exactly(r, text, (size_t)name_length));
        str name = {text, (size_t)name_length};
        if (!is_known_name(name) || was_written(r, name))
            return unknown_name(r);
        TRY(make_files_folder(r, name));
        TRY(restore_file(r, name, length));
    }
}

static err read_head(struct reading *r, const unsigned char secret_key[SECRET_KEY_BYTES])
{
    char magic[BACKUP_MAGIC_BYTES];
    size_t got;
    TRY(read_bytes(r, magic, sizeof(magic), &got));
    str word = str_part(LIT(BACKUP_MAGIC), 0, BACKUP_MAGIC_BYTES - 2);
    if (got < sizeof(magic) || !str_starts((str){magic, got}, word))
        return FAIL(r->a, ERR_INPUT, "%.*s is not a backup of tocsin", STR_ARG(r->path));
    if (str_eq((str){magic, got}, LIT(BACKUP_SHARED_MAGIC)))
        TRY(backup_shares_pass(r->a, r->from, r->path, secret_key));
    else if (!str_eq((str){magic, got}, LIT(BACKUP_MAGIC)))
        return FAIL(r->a, ERR_INPUT, "%.*s was made by a newer tocsin", STR_ARG(r->path));
    size_t size = secret_stream_header_bytes();
    char *head = arena_take(r->a, size);
    TRY(read_bytes(r, head, size, &got));
    if (got < size)
        return cut_short(r);
    err failure = secret_stream_reader(r->a, secret_key, (str){head, size}, &r->stream);
    if (failure && failure->code == ERR_FORBIDDEN)
        return FAIL(r->a, ERR_FORBIDDEN,
                    "%.*s was encrypted to another key, or its head was changed", STR_ARG(r->path));
    return failure;
}

static err open_backup(struct reading *r)
{
    r->from = fopen(arena_copy(r->a, r->path).at, "rbe");
    struct stat about;
    if (r->from == NULL || fstat(fileno(r->from), &about) != 0)
        return file_fail(r->a, "open", r->path, errno);
    if (S_ISDIR(about.st_mode))
        return FAIL(r->a, ERR_INPUT, "%.*s is a folder, not a backup", STR_ARG(r->path));
    r->total = (uint64_t)about.st_size;
    return NULL;
}

static bool is_empty_folder(struct arena *a, str path)
{
    DIR *folder = opendir(arena_copy(a, path).at);
    if (folder == NULL)
        return false;
    size_t count = 0;
    while (readdir(folder))
        count++;
    closedir(folder);
    return count <= 2; /* itself and the one above */
}

static err prepare_folder(struct reading *r)
{
    if (file_exists(r->a, name_in(r, LIT(BACKUP_DATABASE), "")))
        return FAIL(r->a, ERR_CONFLICT, "%.*s holds an exchange already; restore into a new folder",
                    STR_ARG(r->dir));
    if (file_exists(r->a, r->dir)) {
        if (!is_empty_folder(r->a, r->dir))
            return FAIL(r->a, ERR_CONFLICT, "%.*s is there already and is no empty folder",
                        STR_ARG(r->dir));
        return NULL;
    }
    TRY(file_make_dir(r->a, r->dir));
    r->made_dir = true;
    return NULL;
}

static err sync_folder(struct reading *r, str path)
{
    int folder = open(arena_copy(r->a, path).at, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return file_fail(r->a, "open the folder", path, errno);
    bool is_synced = fsync(folder) == 0;
    int why = errno;
    close(folder);
    return is_synced ? NULL : file_fail(r->a, "sync the folder", path, why);
}

static err name_last(struct reading *r)
{
    str name = r->written.items[r->written.count - 1];
    str part = name_in(r, name, PART_SUFFIX);
    if (rename(part.at, name_in(r, name, "").at) != 0)
        return file_fail(r->a, "rename", part, errno);
    r->written.count--;
    return NULL;
}

/* The database last: without it there is no exchange. */
static err name_files(struct reading *r)
{
    if (r->written.count == 0 || !str_eq(r->written.items[0], LIT(BACKUP_DATABASE)))
        return FAIL(r->a, ERR_CORRUPT, "the backup %.*s holds no database", STR_ARG(r->path));
    while (r->written.count > 1)
        TRY(name_last(r));
    if (r->made_files)
        TRY(sync_folder(r, name_in(r, LIT(FILES_FOLDER), "")));
    TRY(name_last(r));
    r->made_files = false;
    r->made_dir = false;
    return sync_folder(r, r->dir);
}

err backup_restore(struct arena *a, str path, const unsigned char secret_key[SECRET_KEY_BYTES],
                   str dir, const struct watch *watch)
{
    OWNED(reading_done)
    struct reading r = {.a = a, .watch = watch, .path = path, .dir = dir};
    buf_init(&r.sealed, BACKUP_SEALED_BYTES);
    buf_init(&r.plain, BACKUP_PIECE_BYTES);
    TRY(open_backup(&r));
    TRY(read_head(&r, secret_key));
    TRY(prepare_folder(&r));
    TRY(restore_files(&r));
    if (!r.is_last && r.taken == r.plain.len) /* the last piece may be empty */
        TRY(next_piece(&r));
    if (!r.is_last || r.taken < r.plain.len)
        return FAIL(a, ERR_CORRUPT, "the backup %.*s goes on behind its end", STR_ARG(path));
    return name_files(&r);
}
