/*
 * Reading objects a piece at a time: a piece becomes one JSON array, parsed at once; only if that
 * fails are its objects parsed one by one. A thread of its own cuts and parses while the caller's
 * takes what is in the piece before; where documents are kept, the caller does both.
 */
#include "sweep/objects.h"

#include "base/buf.h"
#include "sweep/source.h"

#include <pthread.h>

/* Few and small, so that the same memory is used over and over. */
#define BATCHES 4u
#define PIECE_BYTES ((size_t)1 << 17)
#define ARENA_BLOCK_BYTES ((size_t)1 << 18)

/* A piece, parsed. */
struct batch {
    struct arena arena; /* of the piece */
    struct json_reader reader;
    struct buf text;
    struct bundle_piece piece;
    bool has_piece;  /* false: the file is at its end */
    uint64_t *lines; /* on which the objects begin */
    json list;       /* absent: the piece is no array of as many objects */
    json *members;   /* of all objects, the call's keys of each */
    err failure;     /* the file cannot be read on */
};

struct feed {
    const struct objects_call *call;
    struct bundle_stream *stream;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    /* How many were filled, and how many of these were emptied again. */
    uint64_t filled;
    uint64_t emptied;
    bool is_closing;
    struct batch batches[BATCHES];
};

/* Filling. */

/* The reader for the next text: a kept one, or the batch's again. */
static struct json_reader *next_reader(const struct objects_call *call, struct batch *b)
{
    return call->keep ? LIST_ADD(&call->keep->arena, call->keep) : &b->reader;
}

/* `text` where it stays as long as its documents. */
static str kept_text(const struct objects_call *call, str text)
{
    return call->keep ? arena_copy(&call->keep->arena, text) : text;
}

static err read_json(const struct objects_call *call, struct batch *b, str text, size_t padding,
                     json *out)
{
    struct json_limits limits = {.depth_max = BUNDLE_DEPTH_MAX + 1,
                                 .finds_spans_late =
                                     call->keep == NULL, /* what is kept, several threads may ask */
                                 .padding = padding};
    return json_read(&b->arena, next_reader(call, b), text, &limits, out);
}

static size_t key_count(const struct objects_call *call)
{
    return call->keys ? call->keys->count : 0;
}

static void find_members(const struct objects_call *call, struct batch *b)
{
    b->members = arena_take(&b->arena, b->piece.count * key_count(call) * sizeof(json));
    for (struct json_walk w = json_walk(b->list); call->keys && json_next(&w);)
        json_get_all(w.value, call->keys, b->members + w.index * key_count(call));
}

static void find_lines(struct batch *b)
{
    uint64_t line = b->piece.line;
    const char *from = b->piece.bytes.at;
    b->lines = NEW_ARRAY(&b->arena, b->piece.count, uint64_t);
    for (size_t i = 0; i < b->piece.count; i++) {
        const char *begin = b->piece.objects[i].at;
        for (const char *at; (at = memchr(from, '\n', (size_t)(begin - from))) != NULL;
             from = at + 1)
            line++;
        from = begin;
        b->lines[i] = line;
    }
}

/* What is kept has its limit. */
static err count_kept(const struct objects_call *call, struct batch *b, size_t more)
{
    struct objects_keep *keep = call->keep;
    if (keep == NULL)
        return NULL;
    size_t max = keep->bytes_max ? keep->bytes_max : OBJECTS_KEPT_BYTES_MAX;
    if (more > max - keep->bytes)
        return FAIL(&b->arena, ERR_TOO_LARGE,
                    "more than %zu MB of objects are not held in memory at once; give them in "
                    "several runs",
                    max >> 20);
    keep->bytes += more;
    return NULL;
}

static err parse(const struct objects_call *call, struct batch *b)
{
    find_lines(b);
    str text = bundle_piece_array(&b->piece, &b->text);
    TRY(buf_check(&b->arena, &b->text));
    TRY(count_kept(call, b, text.len));
    size_t padding = call->keep || b->piece.array.len == 0 ? 0 : JSON_PADDING;
    text = kept_text(call, text);
    json list;
    bool is_read = read_json(call, b, text, padding, &list) == NULL;
    if (is_read && json_count(list) == b->piece.count) {
        b->list = list;
        find_members(call, b);
    }
    return NULL;
}

static void fill(const struct feed *f, struct batch *b)
{
    arena_reset(&b->arena);
    b->has_piece = false;
    b->list = (json){0};
    b->failure = bundle_next(&b->arena, f->stream, &b->piece, &b->has_piece);
    if (b->failure == NULL && b->has_piece)
        b->failure = parse(f->call, b);
}

/* Giving out. */

static err give_one_by_one(const struct objects_call *call, struct batch *b)
{
    for (size_t i = 0; i < b->piece.count; i++) {
        json members[JSON_KEYS_MAX];
        struct objects_item item = {.members = members, .line = b->lines[i]};
        err failure = read_json(call, b, kept_text(call, b->piece.objects[i]), 0, &item.object);
        if (failure == NULL) {
            if (call->keys)
                json_get_all(item.object, call->keys, members);
            TRY(call->fn(call->context, &item));
            continue;
        }
        str place = arena_print(&b->arena, "%.*s:%llu", STR_ARG(call->path),
                                (unsigned long long)b->lines[i]);
        call->trouble->say(call->trouble->context, place,
                           arena_join(&b->arena, LIT("no JSON object: "),
                                      error_text(&b->arena, failure), LIT("")));
    }
    return NULL;
}

static err give(const struct objects_call *call, struct batch *b)
{
    if (b->failure || !b->has_piece)
        return b->failure;
    if (json_is(b->list, JSON_NONE))
        return give_one_by_one(call, b);
    for (struct json_walk w = json_walk(b->list); json_next(&w);) {
        const json *members = b->members + w.index * key_count(call);
        struct objects_item item = {w.value, members, b->lines[w.index]};
        TRY(call->fn(call->context, &item));
    }
    return NULL;
}

/* Both at once. */

/* The next batch to fill, or NULL where no more are wanted. */
static struct batch *wait_for_room(struct feed *f)
{
    pthread_mutex_lock(&f->lock);
    while (f->filled - f->emptied == BATCHES && !f->is_closing)
        pthread_cond_wait(&f->changed, &f->lock);
    struct batch *b = f->is_closing ? NULL : &f->batches[f->filled % BATCHES];
    pthread_mutex_unlock(&f->lock);
    return b;
}

static struct batch *wait_for_batch(struct feed *f)
{
    pthread_mutex_lock(&f->lock);
    while (f->filled == f->emptied)
        pthread_cond_wait(&f->changed, &f->lock);
    struct batch *b = &f->batches[f->emptied % BATCHES];
    pthread_mutex_unlock(&f->lock);
    return b;
}

/* One more is filled, or emptied. */
static void count(struct feed *f, uint64_t *counter)
{
    pthread_mutex_lock(&f->lock);
    ++*counter;
    pthread_cond_signal(&f->changed);
    pthread_mutex_unlock(&f->lock);
}

static void *fill_all(void *context)
{
    struct feed *f = context;
    bool goes_on = true;
    while (goes_on) {
        struct batch *b = wait_for_room(f);
        if (b == NULL)
            return NULL;
        fill(f, b);
        goes_on = b->failure == NULL && b->has_piece;
        count(f, &f->filled);
    }
    return NULL;
}

static err give_all(struct feed *f)
{
    for (;;) {
        struct batch *b = wait_for_batch(f);
        TRY(give(f->call, b));
        if (!b->has_piece)
            return NULL;
        count(f, &f->emptied);
    }
}

static err read_with_thread(struct feed *f, pthread_t thread)
{
    err failure = give_all(f);
    pthread_mutex_lock(&f->lock);
    f->is_closing = true;
    pthread_cond_signal(&f->changed);
    pthread_mutex_unlock(&f->lock);
    pthread_join(thread, NULL);
    return failure;
}

static err read_alone(struct feed *f)
{
    struct batch *b = &f->batches[0];
    do {
        fill(f, b);
        TRY(give(f->call, b));
    } while (b->has_piece);
    return NULL;
}

static void feed_init(struct feed *f, const struct objects_call *call)
{
    *f = (struct feed){
        .call = call, .lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};
    for (size_t i = 0; i < BATCHES; i++) {
        arena_init(&f->batches[i].arena, ARENA_BLOCK_BYTES);
        buf_init(&f->batches[i].text, JSON_TEXT_BYTES_MAX);
    }
}

static void feed_done(struct feed *f)
{
    bundle_close(f->stream);
    for (size_t i = 0; i < BATCHES; i++) {
        json_reader_done(&f->batches[i].reader);
        buf_done(&f->batches[i].text);
        arena_done(&f->batches[i].arena);
    }
    pthread_cond_destroy(&f->changed);
    pthread_mutex_destroy(&f->lock);
}

static err read_all(struct arena *a, struct feed *f)
{
    pthread_t thread;
    bool is_alone = f->call->keep || pthread_create(&thread, NULL, fill_all, f) != 0;
    err failure = is_alone ? read_alone(f) : read_with_thread(f, thread);
    if (failure == NULL)
        return NULL;
    str words = error_text(a, failure);
    str path = f->call->path;
    if (str_starts(words, path)) /* of the file, not of what is in it */
        return FAIL(a, failure->code, "%.*s", STR_ARG(words));
    return FAIL(a, failure->code, "%.*s: %.*s", STR_ARG(path), STR_ARG(words));
}

/* A file, and what ended its reading: to the stream that is its end, so that what came counts. */
struct reading {
    struct source *source;
    struct arena arena; /* of the failure */
    err failure;
};

static void reading_done(struct reading *r)
{
    source_close(r->source);
    arena_done(&r->arena);
}

static err read_source(struct arena *a, void *context, char *to, size_t room, size_t *got)
{
    struct reading *r = context;
    *got = 0;
    err failure = r->failure ? NULL : source_read(a, r->source, to, room, got);
    if (failure)
        r->failure =
            FAIL(&r->arena, failure->code, "%.*s", STR_ARG(error_text(&r->arena, failure)));
    return NULL;
}

static err read_file(struct arena *a, struct feed *f, const struct bundle_limits *limits)
{
    OWNED(reading_done) struct reading r = {0};
    struct source_options options = {0};
    TRY(source_open(a, f->call->path, &options, &r.source));
    TRY(bundle_open_source(a, read_source, &r, limits, &f->stream));
    err failure = read_all(a, f);
    return r.failure ? FAIL(a, r.failure->code, "%.*s", STR_ARG(error_text(a, r.failure)))
                     : failure;
}

err objects_each(struct arena *a, const struct objects_call *call)
{
    OWNED(feed_done) struct feed f;
    struct bundle_limits limits = {.piece_bytes = PIECE_BYTES};
    feed_init(&f, call);
    if (call->source == NULL)
        return read_file(a, &f, &limits);
    TRY(bundle_open_source(a, call->source, call->source_context, &limits, &f.stream));
    return read_all(a, &f);
}

void objects_keep_done(struct objects_keep *k)
{
    for (size_t i = 0; i < k->count; i++)
        json_reader_done(&k->items[i]);
    arena_done(&k->arena);
    *k = (struct objects_keep){0};
}
