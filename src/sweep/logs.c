/*
 * Threads take turns at reading and at giving out, and scan side by side in between. What is left
 * of a line at the end of a piece is carried over to the next.
 */
#include "sweep/logs.h"

#include "sweep/follow.h"
#include "sweep/source.h"

#include <pthread.h>
#include <stdlib.h>

#define CUT_WITHIN ((size_t)8192) /* a line longer than a piece is cut at a blank in its end */

struct logs {
    const struct logs_options *options;
    pthread_mutex_t reading;
    pthread_mutex_t giving;
    pthread_cond_t next;
    /* Under `reading`. */
    struct arena arena;
    struct source *source;
    size_t path;
    uint64_t offset;
    char *carry;
    size_t carry_len;
    uint64_t turn_read;
    uint64_t file_count;
    uint64_t file_bytes; /* of those that are closed */
    bool is_ended;
    _Atomic bool is_enough; /* no more is wanted */
    /* Under `giving`. */
    uint64_t turn_given;
    size_t given_path;
    uint64_t line;
    struct logs_totals totals;
};

struct worker {
    struct logs *logs;
    pthread_t thread;
    char *memory;
    char *text;
    size_t len;
    size_t path;
    uint64_t offset;
    uint64_t turn;
    uint64_t file_bytes;
    bool is_last; /* of its file */
    struct sweep_scan scan;
};

static void say(struct logs *l, err failure)
{
    const struct trouble *t = l->options->trouble;
    t->say(t->context, (str){0}, error_text(&l->arena, failure));
}

/* Reading. */

size_t logs_whole_lines(const char *text, size_t len)
{
    const char *end = memrchr(text, '\n', len);
    if (end)
        return (size_t)(end - text) + 1;
    for (size_t i = len; i > 0 && len - i < CUT_WITHIN; i--) {
        if (text[i - 1] == ' ' || text[i - 1] == '\t' || text[i - 1] == '"')
            return i;
    }
    return len;
}

static void close_source(struct logs *l)
{
    l->file_bytes += source_file_bytes(l->source);
    source_close(l->source);
    l->source = NULL;
    l->path++;
    l->offset = 0;
    arena_reset(&l->arena);
}

static bool is_stopped(const struct logs *l)
{
    return l->is_enough || (l->options->is_stopped && l->options->is_stopped());
}

static bool open_path(struct logs *l, str path)
{
    struct source_options options = {.is_stopped = l->options->is_stopped};
    err failure = source_open(&l->arena, path, &options, &l->source);
    if (failure)
        say(l, failure);
    l->file_count += failure == NULL;
    return failure == NULL;
}

static bool open_next(struct logs *l)
{
    for (; l->path < l->options->path_count; l->path++) {
        if (open_path(l, l->options->paths[l->path]))
            return true;
    }
    return false;
}

/* Fills the worker's text from the open source; true if that has ended. */
static bool fill(struct logs *l, struct worker *w)
{
    memcpy(w->text, l->carry, l->carry_len);
    w->len = l->carry_len;
    l->carry_len = 0;
    while (w->len < LOGS_PIECE_BYTES) {
        size_t got = 0;
        err failure =
            source_read(&l->arena, l->source, w->text + w->len, LOGS_PIECE_BYTES - w->len, &got);
        if (failure)
            say(l, failure);
        if (failure || got == 0)
            return true;
        w->len += got;
    }
    return false;
}

/* Takes the next piece; false where there is none. */
static bool take_piece(struct logs *l, struct worker *w)
{
    for (;;) {
        if (is_stopped(l) || sweep_index_is_broken(l->options->index))
            l->is_ended = true;
        if (l->is_ended || (l->source == NULL && !open_next(l))) {
            l->is_ended = true;
            return false;
        }
        w->is_last = fill(l, w);
        size_t whole = w->is_last ? w->len : logs_whole_lines(w->text, w->len);
        l->carry_len = w->len - whole;
        memcpy(l->carry, w->text + whole, l->carry_len);
        w->len = whole;
        w->path = l->path;
        w->file_bytes = l->file_bytes + source_file_bytes(l->source);
        w->offset = l->offset;
        l->offset += whole;
        if (w->is_last)
            close_source(l);
        if (w->len) {
            w->turn = l->turn_read++;
            return true;
        }
    }
}

/* Giving out. */

static void give(struct logs *l, struct worker *w)
{
    pthread_mutex_lock(&l->giving);
    while (l->turn_given != w->turn)
        pthread_cond_wait(&l->next, &l->giving);
    if (l->given_path != w->path || w->offset == 0)
        l->line = 1;
    l->given_path = w->path;
    struct logs_piece piece = {
        .path = l->options->paths[w->path],
        .offset = w->offset,
        .line = l->line,
        .text = {w->text, w->len},
        .file_bytes = w->file_bytes,
        .hits = &w->scan.hits,
        .meant = w->scan.meant.at,
        .given_up = &w->scan.given_up,
    };
    l->line += w->scan.found.line_count;
    l->totals.lines += w->scan.found.line_count;
    l->totals.lines += w->is_last && w->text[w->len - 1] != '\n';
    l->totals.bytes += w->len;
    l->totals.hits += w->scan.hits.count;
    if (!l->options->on_piece(l->options->context, &piece))
        l->is_enough = true;
    l->turn_given++;
    pthread_cond_broadcast(&l->next);
    pthread_mutex_unlock(&l->giving);
}

static void *work(void *context)
{
    struct worker *w = context;
    for (;;) {
        pthread_mutex_lock(&w->logs->reading);
        bool has_piece = take_piece(w->logs, w);
        pthread_mutex_unlock(&w->logs->reading);
        if (!has_piece)
            return NULL;
        memset(w->text + w->len, '\n', SWEEP_PADDING);
        sweep_scan_text(&w->scan, w->text, w->len);
        give(w->logs, w);
    }
}

static void worker_init(struct worker *w, struct logs *l)
{
    *w = (struct worker){.logs = l};
    w->memory = malloc(SWEEP_SLACK + LOGS_PIECE_BYTES + SWEEP_PADDING);
    ASSERT(w->memory != NULL);
    memset(w->memory, '\n', SWEEP_SLACK);
    w->text = w->memory + SWEEP_SLACK;
    sweep_scan_init(&w->scan, l->options->index, l->options->kernel, LOGS_PIECE_BYTES);
}

void logs_sweep(const struct logs_options *options, struct logs_totals *out)
{
    struct logs l = {.options = options,
                     .reading = PTHREAD_MUTEX_INITIALIZER,
                     .giving = PTHREAD_MUTEX_INITIALIZER,
                     .next = PTHREAD_COND_INITIALIZER,
                     .line = 1};
    ASSERT(options->threads >= 1 && options->threads <= LOGS_THREADS_MAX);
    if (options->follows) {
        follow_sweep(options, out);
        return;
    }
    l.carry = malloc(LOGS_PIECE_BYTES);
    struct worker *workers = calloc(options->threads, sizeof(*workers));
    ASSERT(l.carry != NULL && workers != NULL);
    for (unsigned i = 0; i < options->threads; i++)
        worker_init(&workers[i], &l);
    for (unsigned i = 1; i < options->threads; i++)
        ASSERT(pthread_create(&workers[i].thread, NULL, work, &workers[i]) == 0);
    work(&workers[0]);
    for (unsigned i = 1; i < options->threads; i++)
        pthread_join(workers[i].thread, NULL);
    for (unsigned i = 0; i < options->threads; i++) {
        sweep_scan_done(&workers[i].scan);
        free(workers[i].memory);
    }
    free(workers);
    free(l.carry);
    source_close(l.source);
    arena_done(&l.arena);
    l.totals.files = l.file_count;
    *out = l.totals;
}
