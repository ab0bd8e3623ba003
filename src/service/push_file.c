/*
 * From files. Beside each, FILE.tocsin-push says how much of it the server has, so that a file that
 * has grown is pushed from there:
 *
 *     tocsin-push 1
 *     URL of the API root
 *     id of the collection
 *     position: the number of objects, perhaps with a status
 *     a number of objects, and their digest, chained: to see that they are the same still
 */
#include "base/file.h"
#include "service/exercise.h"
#include "service/push_parts.h"
#include "stix/bundle.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAGIC "tocsin-push 1"
#define POSITION_FILE_BYTES_MAX 65536

struct push_file {
    struct arena *a;
    str path;
    str expected;   /* digest in hexadecimal of the first objects, sent before */
    uint64_t known; /* how many it covers */
    uint64_t index; /* objects read */
    unsigned char chain[SECRET_DIGEST_BYTES]; /* of the objects read */
    str *chains;                              /* behind each item of the round */
    struct push_items items;
    uint64_t bytes;       /* of the file, when it was opened; 0: not known */
    uint64_t sent_before; /* by earlier runs */
};

static str chain_text(struct arena *a, const struct push_file *f)
{
    return secret_hex(a, f->chain, sizeof(f->chain));
}

/* The digest of all that was sent, where the last of it is at hand. */
static void take_digest(struct push_file *f, uint64_t sent)
{
    for (size_t i = f->items.count; i-- > 0;) {
        if (f->items.items[i].position != sent)
            continue;
        f->expected = arena_copy(f->a, f->chains[i]);
        f->known = sent;
        return;
    }
}

static err save(struct push *p)
{
    struct push_file *f = p->file;
    take_digest(f, p->position.sent);
    str position = push_position_write(&p->scratch, &p->position);
    str text = arena_print(&p->scratch, MAGIC "\n%.*s\n%.*s\n%.*s\n%llu %.*s\n",
                           STR_ARG(p->remote->root), STR_ARG(p->remote->collection),
                           STR_ARG(position), (unsigned long long)f->known, STR_ARG(f->expected));
    return file_write(&p->scratch, p->key, text, 0600);
}

static err load(struct push *p)
{
    struct arena *a = p->a;
    if (!file_exists(a, p->key))
        return NULL;
    str text;
    TRY(file_read(a, p->key, POSITION_FILE_BYTES_MAX, &text));
    str lines[5] = {0};
    size_t count = 0;
    while (count < 5 && str_cut(&text, '\n', &lines[count]))
        count++;
    str known = {0};
    bool is_whole = count == 5 && str_eq(lines[0], LIT(MAGIC)) &&
                    push_position_read(lines[3], &p->position) && str_cut(&lines[4], ' ', &known) &&
                    str_to_u64(known, &p->file->known);
    if (!is_whole)
        return FAIL(a, ERR_INPUT, "%.*s is not what a push left there", STR_ARG(p->key));
    if (!str_eq(lines[1], p->remote->root) || !str_eq(lines[2], p->remote->collection))
        return FAIL(a, ERR_CONFLICT,
                    "%.*s says that the file goes to %.*s, collection %.*s; to send it elsewhere "
                    "too, push a copy",
                    STR_ARG(p->key), STR_ARG(lines[1]), STR_ARG(lines[2]));
    p->file->expected = lines[4];
    p->file->sent_before = p->position.sent;
    return NULL;
}

static err changed(struct push *p)
{
    return FAIL(p->a, ERR_CONFLICT,
                "%.*s was changed where it had been sent already; remove %.*s to send all of it "
                "again",
                STR_ARG(p->file->path), STR_ARG(p->key));
}

/* One object of the file: passed over if it was sent before. */
static err take_object(struct push *p, str bytes)
{
    struct push_file *f = p->file;
    const str parts[] = {{(const char *)f->chain, sizeof(f->chain)}, bytes};
    unsigned char next[SECRET_DIGEST_BYTES];
    secret_digest_parts(NULL, parts, 2, next);
    memcpy(f->chain, next, sizeof(next));
    f->index++;
    if (f->index == f->known && !str_eq(chain_text(&p->scratch, f), f->expected))
        return changed(p);
    if (f->index <= p->position.sent)
        return NULL;
    if (exercise_is_marked(&p->scratch, bytes)) {
        p->totals->exercises++;
        return NULL;
    }
    str id = arena_print(&p->scratch, "object %llu of %.*s", (unsigned long long)f->index,
                         STR_ARG(f->path));
    *LIST_ADD(&p->scratch, &f->items) = (struct push_item){id, bytes, f->index};
    return NULL;
}

static err send_items(struct push *p)
{
    struct push_file *f = p->file;
    err failure = f->items.count ? push_send(p, &f->items) : NULL;
    f->items = (struct push_items){0};
    return failure;
}

/* How many objects of the one file are left, as those so far take so much of it. */
static void expect(struct push *p, const struct bundle_piece *piece)
{
    const struct push_file *f = p->file;
    double read = (double)(piece->offset + piece->bytes.len);
    double objects = (double)(piece->index + piece->count) * (double)f->bytes / read;
    bool is_known = p->options->file_count == 1 && f->bytes && objects > (double)f->sent_before;
    p->expected = is_known ? (uint64_t)objects - f->sent_before : 0;
}

/* All objects of one piece; their digests first, since the position may end behind any. */
static err push_piece(struct push *p, const struct bundle_piece *piece)
{
    struct push_file *f = p->file;
    f->chains = NEW_ARRAY(&p->scratch, piece->count, str);
    for (size_t i = 0; i < piece->count; i++) {
        size_t before = f->items.count;
        TRY(take_object(p, piece->objects[i]));
        if (f->items.count > before)
            f->chains[before] = chain_text(&p->scratch, f);
    }
    expect(p, piece);
    return send_items(p);
}

static err push_pieces(struct push *p, struct bundle_stream *stream)
{
    for (;;) {
        struct bundle_piece piece;
        bool has_piece;
        err failure = bundle_next(&p->scratch, stream, &piece, &has_piece);
        if (failure)
            return WRAP(&p->scratch, failure, "%.*s", STR_ARG(p->file->path));
        if (!has_piece)
            break;
        TRY(push_piece(p, &piece));
        arena_reset(&p->scratch);
    }
    return p->file->index < p->position.sent ? changed(p) : NULL;
}

static void close_descriptor(int *at)
{
    if (*at >= 0)
        close(*at);
}

static void close_stream(struct bundle_stream **stream)
{
    bundle_close(*stream);
}

err push_file(struct push *p, str path)
{
    if (str_eq(path, LIT("-")))
        return FAIL(p->a, ERR_USAGE, "standard input cannot be gone on with; push a file");
    p->file = NEW(p->a, struct push_file);
    *p->file = (struct push_file){.a = p->a, .path = path};
    p->save = save;
    p->position = (struct push_position){0};
    p->key = arena_join(p->a, path, LIT(PUSH_POSITION_ENDING), (str){0});
    OWNED(close_descriptor) int from = open(arena_copy(p->a, path).at, O_RDONLY | O_CLOEXEC);
    if (from < 0)
        return file_fail(p->a, "open", path, errno);
    struct stat info;
    p->file->bytes = fstat(from, &info) == 0 ? (uint64_t)info.st_size : 0;
    TRY(load(p));
    TRY(push_settle_pending(p));
    OWNED(close_stream) struct bundle_stream *stream = NULL;
    TRY(bundle_open_fd(p->a, from, NULL, &stream));
    return push_pieces(p, stream);
}
