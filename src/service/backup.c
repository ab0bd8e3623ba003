/*
 * Keys for backups, and writing one: the live database is copied into a file beside it, since the
 * length must be known first and readers should not be held back by a slow disk elsewhere.
 */
#include "service/backup.h"

#include "base/file.h"
#include "service/backup_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#define KEY_FILE_BYTES_MAX 4096
#define KEY_HEX_BYTES ((size_t)2 * SECRET_KEY_BYTES)
#define SECRET_KEY_WORD "tocsin-backup-secret-key "

err backup_make_key(struct arena *a, str path, str *public_key)
{
    if (file_exists(a, path))
        return FAIL(a, ERR_CONFLICT, "%.*s is there already; keys are never overwritten",
                    STR_ARG(path));
    unsigned char public_bytes[SECRET_KEY_BYTES];
    unsigned char secret_bytes[SECRET_KEY_BYTES];
    secret_box_pair(public_bytes, secret_bytes);
    str hex = secret_hex(a, secret_bytes, sizeof(secret_bytes));
    str line = arena_join(a, LIT(SECRET_KEY_WORD), hex, LIT("\n"));
    err failure = file_write(a, path, line, 0600);
    secret_wipe(secret_bytes, sizeof(secret_bytes));
    secret_wipe((char *)(uintptr_t)hex.at, hex.len);
    secret_wipe((char *)(uintptr_t)line.at, line.len);
    TRY(failure);
    *public_key = secret_hex(a, public_bytes, sizeof(public_bytes));
    return NULL;
}

err backup_read_public_key(struct arena *a, str text, unsigned char out[SECRET_KEY_BYTES])
{
    if (secret_from_hex(text, out, SECRET_KEY_BYTES))
        return NULL;
    if (!file_exists(a, text))
        return FAIL(a, ERR_USAGE,
                    "'%.*s' is neither a public key (%zu hexadecimal digits) nor a file; make a "
                    "pair with: tocsin backup --make-key FILE",
                    STR_ARG(text), KEY_HEX_BYTES);
    str content;
    TRY(file_read(a, text, KEY_FILE_BYTES_MAX, &content));
    if (str_starts(content, LIT(SECRET_KEY_WORD)))
        return FAIL(a, ERR_USAGE,
                    "%.*s holds a secret key; a backup is made with the public one, and the "
                    "secret one is best kept elsewhere",
                    STR_ARG(text));
    if (!secret_from_hex(str_trim(content), out, SECRET_KEY_BYTES))
        return FAIL(a, ERR_INPUT, "%.*s does not hold a public key (%zu hexadecimal digits)",
                    STR_ARG(text), KEY_HEX_BYTES);
    return NULL;
}

err backup_read_secret_key(struct arena *a, str path, unsigned char out[SECRET_KEY_BYTES])
{
    unsigned char unused[SECRET_KEY_BYTES];
    bool is_hex = secret_from_hex(path, unused, sizeof(unused));
    secret_wipe(unused, sizeof(unused));
    if (is_hex && !file_exists(a, path))
        return FAIL(a, ERR_USAGE, "secrets are never arguments: name the file that holds the key");
    str content;
    TRY(file_read(a, path, KEY_FILE_BYTES_MAX, &content));
    str hex = str_trim(content);
    bool is_named = str_starts(hex, LIT(SECRET_KEY_WORD));
    bool is_key = is_named && secret_from_hex(str_skip(hex, sizeof(SECRET_KEY_WORD) - 1), out,
                                              SECRET_KEY_BYTES);
    secret_wipe((char *)(uintptr_t)content.at, content.len);
    if (!is_key)
        return FAIL(a, ERR_INPUT, "%.*s is not a file that `tocsin backup --make-key` made",
                    STR_ARG(path));
    return NULL;
}

/* ---- writing */

struct writing {
    struct arena *a;
    const struct watch *watch;
    str path;
    FILE *to;
    struct secret_stream *stream;
    struct buf plain; /* the piece under way */
    struct buf sealed;
    uint64_t done;
    uint64_t total;
    uint64_t file_bytes;
};

static void writing_done(struct writing *w)
{
    backup_close_file(&w->to);
    if (w->plain.at)
        secret_wipe(w->plain.at, w->plain.capacity);
    buf_done(&w->plain);
    buf_done(&w->sealed);
}

static err put_bytes(struct writing *w, str bytes)
{
    errno = 0;
    if (fwrite(bytes.at, 1, bytes.len, w->to) != bytes.len)
        return file_fail(w->a, "write", w->path, errno ? errno : EIO);
    w->file_bytes += bytes.len;
    return NULL;
}

static err put_piece(struct writing *w, bool is_last)
{
    secret_stream_push(w->stream, buf_str(&w->plain), is_last, &w->sealed);
    TRY(buf_check(w->a, &w->sealed));
    buf_clear(&w->plain);
    TRY(put_bytes(w, buf_str(&w->sealed)));
    watch_progress(w->watch, w->done, w->total);
    return watch_stop(w->a, w->watch);
}

static err put_plain(struct writing *w, str bytes)
{
    while (bytes.len) {
        size_t room = BACKUP_PIECE_BYTES - w->plain.len;
        str part = str_part(bytes, 0, room);
        buf_put(&w->plain, part);
        w->done += part.len;
        bytes = str_skip(bytes, part.len);
        if (w->plain.len == BACKUP_PIECE_BYTES)
            TRY(put_piece(w, false));
    }
    return NULL;
}

static err put_length(struct writing *w, size_t bytes, uint64_t number)
{
    char text[BACKUP_LENGTH_BYTES];
    backup_put_number(text, bytes, number);
    return put_plain(w, (str){text, bytes});
}

static err put_file(struct writing *w, str name, str path)
{
    OWNED(file_map_close) struct file_map map = {0};
    TRY(file_map_open(w->a, path, &map));
    TRY(put_length(w, BACKUP_NAME_LENGTH_BYTES, name.len));
    TRY(put_length(w, BACKUP_LENGTH_BYTES, map.bytes.len));
    TRY(put_plain(w, name));
    return put_plain(w, map.bytes);
}

struct source {
    str name;
    str path;
};
struct sources {
    struct source *items;
    size_t count;
    size_t capacity;
};

static err put_all(struct writing *w, const struct sources *sources)
{
    for (size_t i = 0; i < sources->count; i++)
        TRY(put_file(w, sources->items[i].name, sources->items[i].path));
    TRY(put_length(w, BACKUP_NAME_LENGTH_BYTES, 0));
    return put_piece(w, true);
}

static err open_new(struct arena *a, str path, FILE **out)
{
    int at = open(path.at, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (at < 0)
        return file_fail(a, "create", path, errno);
    *out = fdopen(at, "wb");
    ASSERT(*out != NULL);
    return NULL;
}

static err finish_file(struct writing *w)
{
    if (fflush(w->to) != 0 || fsync(fileno(w->to)) != 0)
        return file_fail(w->a, "write", w->path, errno);
    return NULL;
}

static err measure(struct arena *a, const struct sources *sources, uint64_t *total)
{
    *total = 0;
    for (size_t i = 0; i < sources->count; i++) {
        struct stat about;
        if (stat(sources->items[i].path.at, &about) != 0)
            return file_fail(a, "open", sources->items[i].path, errno);
        *total += (uint64_t)about.st_size;
    }
    return NULL;
}

static err write_file(struct writing *w, const struct sources *sources,
                      const struct backup_sealing *to)
{
    buf_init(&w->plain, BACKUP_PIECE_BYTES);
    buf_init(&w->sealed, BACKUP_SEALED_BYTES);
    TRY(measure(w->a, sources, &w->total));
    TRY(open_new(w->a, w->path, &w->to));
    str head;
    w->stream = secret_stream_writer(w->a, to->public_key, &head);
    TRY(put_bytes(w, to->head));
    TRY(put_bytes(w, head));
    TRY(put_all(w, sources));
    return finish_file(w);
}

/* A consistent state of the database in a file of its own. */
static err copy_database(struct arena *a, struct store *store, str path)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_read(a, store, &s));
    session_release_views(&s);
    return db_copy_to(a, s.db, path);
}

static err write_beside(struct arena *a, const struct sources *sources, str path,
                        const struct backup_sealing *to, const struct watch *watch,
                        struct backup_totals *out)
{
    str beside = arena_print(a, "%.*s.%ld.part", STR_ARG(path), (long)getpid());
    OWNED(writing_done) struct writing w = {.a = a, .watch = watch, .path = beside};
    err failure = write_file(&w, sources, to);
    if (failure == NULL && rename(beside.at, arena_copy(a, path).at) != 0)
        failure = file_fail(a, "create", path, errno);
    if (failure) {
        unlink(beside.at);
        return failure;
    }
    *out = (struct backup_totals){.plain_bytes = w.done, .file_bytes = w.file_bytes};
    return NULL;
}

static err find_sources(struct arena *a, const struct store *store, str copy, struct sources *out)
{
    static const str NAMES[BACKUP_NAME_COUNT] = BACKUP_NAMES;
    struct files_names files = {0};
    for (size_t i = 0; i < BACKUP_NAME_COUNT; i++) {
        str path = i == 0 ? copy : arena_join(a, store->dir, LIT("/"), NAMES[i]);
        if (file_exists(a, path))
            *LIST_ADD(a, out) = (struct source){NAMES[i], path};
    }
    TRY(files_list(a, store->dir, &files));
    for (size_t i = 0; i < files.count; i++) {
        str name = arena_join(a, LIT(BACKUP_FILES), files.items[i], (str){0});
        *LIST_ADD(a, out) = (struct source){name, arena_join(a, store->dir, LIT("/"), name)};
    }
    return NULL;
}

static err write_sealed(struct arena *a, struct store *store, str path,
                        const struct backup_sealing *to, const struct watch *watch,
                        struct backup_totals *out)
{
    if (file_exists(a, path))
        return FAIL(a, ERR_CONFLICT, "%.*s is there already; a backup is never overwritten",
                    STR_ARG(path));
    OWNED(files_unlock) int lock = 0;
    struct sources sources = {0};
    str copy = arena_print(a, "%.*s/backup-%ld.part", STR_ARG(store->dir), (long)getpid());
    TRY(files_lock(a, store, false, &lock)); /* what the copy refers to stays until it is written */
    unlink(copy.at);
    err failure = copy_database(a, store, copy);
    failure = failure ? failure : find_sources(a, store, copy, &sources);
    failure = failure ? failure : write_beside(a, &sources, path, to, watch, out);
    unlink(copy.at);
    return failure;
}

err backup_write(struct arena *a, struct store *store, str path, const struct backup_holders *to,
                 const struct watch *watch, struct backup_totals *out)
{
    struct backup_sealing sealing = {.head = LIT(BACKUP_MAGIC)};
    ASSERT(to->count > 0);
    if (to->count == 1)
        memcpy(sealing.public_key, to->keys[0], sizeof(sealing.public_key));
    else
        TRY(backup_shares_make(a, to, &sealing));
    return write_sealed(a, store, path, &sealing, watch, out);
}
