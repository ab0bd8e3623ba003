/*
 * The reading side of an import. A piece is copied into one JSON array and parsed at once; only if
 * that fails are its objects parsed one by one, so that a broken one spoils only itself. Pass two
 * reads and parses again: keeping what pass one parsed costs more, since memory that is touched for
 * the first time is slower than the parser.
 */
#include "service/import_batch.h"

#include "base/file.h"
#include "base/secret.h"
#include "service/item.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

/* Few and small, so that the same memory is used over and over. */
#define BATCHES 4
#define PIECE_BYTES ((size_t)64 * 1024)
#define ARENA_BLOCK_BYTES ((size_t)1 << 20)

struct import_feed {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    const struct import_options *options;
    const str *paths;
    bool has_thread;
    bool is_second; /* pass */
    bool is_closing;
    unsigned char print_key[SECRET_HASH_KEY_BYTES];
    struct import_batch batches[BATCHES];
    struct import_batch *spare[BATCHES];
    size_t spare_count;
    struct import_batch *ready[BATCHES];
    size_t ready_count;
};

static void note_broken(struct import_batch *b, uint64_t line, str id, str reason)
{
    b->broken++;
    struct {
        struct import_refusal *items;
        size_t count;
        size_t capacity;
    } list = {b->refusals, b->refusal_count, b->refusal_capacity};
    *LIST_ADD(&b->arena, &list) =
        (struct import_refusal){.file = b->file, .line = line, .id = id, .reason = reason};
    b->refusals = list.items;
    b->refusal_count = list.count;
    b->refusal_capacity = list.capacity;
}

static uint64_t line_of(const struct bundle_piece *piece, size_t i)
{
    uint64_t line;
    uint64_t column;
    bundle_piece_place(piece, piece->objects[i].at, &line, &column);
    return line;
}

uint64_t import_batch_line(const struct import_batch *b, size_t i)
{
    return line_of(&b->piece, b->sources[i]);
}

static void add_item(struct import_batch *b, json value, size_t source)
{
    struct log_item *item = &b->items[b->count];
    err e = stix_object_read(&b->arena, value, &item->object);
    if (e) {
        note_broken(b, line_of(&b->piece, source), (str){0}, error_text(&b->arena, e));
        return;
    }
    b->sources[b->count++] = source;
}

/* The objects that parse, as one array; the others are noted. `readable` are their places. */
static void keep_readable(struct import_batch *b)
{
    size_t count = 0;
    buf_clear(&b->text);
    buf_put_char(&b->text, '[');
    for (size_t i = 0; i < b->piece.count; i++) {
        json value;
        err e = json_read(&b->arena, &b->reader, b->piece.objects[i], NULL, &value);
        if (e) {
            note_broken(b, line_of(&b->piece, i), (str){0}, error_text(&b->arena, e));
            continue;
        }
        if (count)
            buf_put_char(&b->text, ',');
        buf_put(&b->text, b->piece.objects[i]);
        b->readable[count++] = i;
    }
    buf_put_char(&b->text, ']');
}

static err parse(struct import_batch *b)
{
    struct json_limits limits = {.depth_max = BUNDLE_DEPTH_MAX + 1,
                                 .padding = b->piece.array.len ? JSON_PADDING : 0};
    b->bytes = b->piece.bytes.len;
    b->readable = NEW_ARRAY(&b->arena, b->piece.count, size_t);
    for (size_t i = 0; i < b->piece.count; i++)
        b->readable[i] = i;
    str array = bundle_piece_array(&b->piece, &b->text);
    err e = json_read(&b->arena, &b->reader, array, &limits, &b->list);
    if (e == NULL && json_count(b->list) == b->piece.count)
        return NULL;
    keep_readable(b);
    limits.padding = 0;
    return json_read(&b->arena, &b->reader, buf_str(&b->text), &limits, &b->list);
}

void import_batch_read(const struct import_feed *f, struct import_batch *b)
{
    b->print = secret_short_hash(f->print_key, b->piece.bytes);
    b->items = NEW_ARRAY(&b->arena, b->piece.count, struct log_item);
    b->sources = NEW_ARRAY(&b->arena, b->piece.count, size_t);
    for (struct json_walk w = json_walk(b->list); json_next(&w);)
        add_item(b, w.value, b->readable[w.index]);
}

static void validate(struct import_batch *b)
{
    for (size_t i = 0; i < b->count; i++)
        item_check(&b->arena, &b->items[i]);
}

/* Makes a batch ready for another piece. */
static void recycle(struct import_feed *f, struct import_batch *b)
{
    arena_reset(&b->arena);
    *b = (struct import_batch){.arena = b->arena, .reader = b->reader, .text = b->text};
    f->spare[f->spare_count++] = b;
}

static bool is_closing(struct import_feed *f)
{
    pthread_mutex_lock(&f->lock);
    bool is = f->is_closing;
    pthread_mutex_unlock(&f->lock);
    return is;
}

static struct import_batch *take_spare(struct import_feed *f)
{
    pthread_mutex_lock(&f->lock);
    while (f->spare_count == 0 && !f->is_closing)
        pthread_cond_wait(&f->changed, &f->lock);
    struct import_batch *b = f->is_closing ? NULL : f->spare[--f->spare_count];
    pthread_mutex_unlock(&f->lock);
    return b;
}

static void put_ready(struct import_feed *f, struct import_batch *b)
{
    pthread_mutex_lock(&f->lock);
    ASSERT(f->ready_count < BATCHES);
    f->ready[f->ready_count++] = b;
    pthread_cond_broadcast(&f->changed);
    pthread_mutex_unlock(&f->lock);
}

/* False: no more of this file, or of anything. */
static bool feed_piece(struct import_feed *f, struct bundle_stream *stream, str path)
{
    struct import_batch *b = take_spare(f);
    if (b == NULL)
        return false;
    bool has_piece = false;
    b->file = path;
    b->failure = bundle_next(&b->arena, stream, &b->piece, &has_piece);
    if (b->failure == NULL && has_piece)
        b->failure = parse(b);
    bool goes_on = b->failure == NULL && has_piece;
    if (f->is_second && b->failure == NULL) {
        import_batch_read(f, b);
        validate(b);
    }
    put_ready(f, b);
    return goes_on;
}

static void close_descriptor(int *descriptor)
{
    if (*descriptor >= 0)
        close(*descriptor);
}

static err feed_file(struct import_feed *f, struct arena *a, str path)
{
    OWNED(close_descriptor) int from = open(arena_copy(a, path).at, O_RDONLY | O_CLOEXEC);
    if (from < 0)
        return file_fail(a, "open", path, errno);
    static const struct bundle_limits LIMITS = {.piece_bytes = PIECE_BYTES};
    struct bundle_stream *stream;
    TRY(bundle_open_fd(a, from, &LIMITS, &stream));
    while (feed_piece(f, stream, path))
        ;
    bundle_close(stream);
    return NULL;
}

static void feed_files(struct import_feed *f)
{
    struct arena a = {0};
    for (size_t i = 0; i < f->options->file_count && !is_closing(f); i++) {
        err failure = feed_file(f, &a, f->paths[i]);
        if (failure) {
            struct import_batch *b = take_spare(f);
            if (b) {
                b->failure =
                    FAIL(&b->arena, failure->code, "%.*s", STR_ARG(error_text(&a, failure)));
                put_ready(f, b);
            }
        }
    }
    struct import_batch *last = take_spare(f);
    if (last) {
        last->is_end = true;
        put_ready(f, last);
    }
    arena_done(&a);
}

static void release(struct import_batch *b)
{
    json_reader_done(&b->reader);
    buf_done(&b->text);
    arena_done(&b->arena);
}

static void *feed_run(void *context)
{
    feed_files(context);
    return NULL;
}

static err start(struct arena *a, struct import_feed *f)
{
    int failed = pthread_create(&f->thread, NULL, feed_run, f);
    f->has_thread = !failed;
    return failed ? FAIL(a, ERR_INTERNAL, "cannot start a thread: %s", strerror(failed)) : NULL;
}

err import_feed_open(struct arena *a, const struct import_options *options, const str *paths,
                     struct import_feed **out)
{
    struct import_feed *f = calloc(1, sizeof(*f));
    ASSERT(f != NULL);
    f->options = options;
    f->paths = paths;
    secret_random(f->print_key, sizeof(f->print_key));
    pthread_mutex_init(&f->lock, NULL);
    pthread_cond_init(&f->changed, NULL);
    for (size_t i = 0; i < BATCHES; i++) {
        arena_init(&f->batches[i].arena, ARENA_BLOCK_BYTES);
        buf_init(&f->batches[i].text, JSON_TEXT_BYTES_MAX);
        f->spare[f->spare_count++] = &f->batches[i];
    }
    *out = f;
    return start(a, f);
}

static void join_thread(struct import_feed *f)
{
    if (f->has_thread)
        pthread_join(f->thread, NULL);
    f->has_thread = false;
}

err import_feed_rewind(struct arena *a, struct import_feed *f)
{
    ASSERT(!f->is_second);
    join_thread(f);
    ASSERT(f->spare_count == BATCHES);
    f->is_second = true;
    return start(a, f);
}

struct import_batch *import_feed_take(struct import_feed *f)
{
    pthread_mutex_lock(&f->lock);
    while (f->ready_count == 0)
        pthread_cond_wait(&f->changed, &f->lock);
    struct import_batch *b = f->ready[0];
    f->ready_count--;
    memmove(f->ready, f->ready + 1, f->ready_count * sizeof(f->ready[0]));
    pthread_mutex_unlock(&f->lock);
    return b;
}

bool import_feed_is_ready(struct import_feed *f)
{
    pthread_mutex_lock(&f->lock);
    bool is_ready = f->ready_count > 0;
    pthread_mutex_unlock(&f->lock);
    return is_ready;
}

void import_feed_give(struct import_feed *f, struct import_batch *b)
{
    pthread_mutex_lock(&f->lock);
    recycle(f, b);
    pthread_cond_broadcast(&f->changed);
    pthread_mutex_unlock(&f->lock);
}

void import_feed_close(struct import_feed **feed)
{
    struct import_feed *f = *feed;
    if (f == NULL)
        return;
    pthread_mutex_lock(&f->lock);
    f->is_closing = true;
    pthread_cond_broadcast(&f->changed);
    pthread_mutex_unlock(&f->lock);
    join_thread(f);
    for (size_t i = 0; i < BATCHES; i++)
        release(&f->batches[i]);
    pthread_cond_destroy(&f->changed);
    pthread_mutex_destroy(&f->lock);
    free(f);
    *feed = NULL;
}
