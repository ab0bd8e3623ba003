/*
 * Two buffers: one is filled while the other is written. What is not filled is empty, unless
 * somebody holds `writing`.
 */
#include "base/log_lines.h"

#include "base/error.h"

#include <pthread.h>
#include <stdlib.h>

#define HALF_BYTES ((size_t)64 * 1024)

struct half {
    size_t len;
    char text[HALF_BYTES];
};

struct log_lines {
    pthread_mutex_t lock;    /* of the half that is filled */
    pthread_mutex_t writing; /* taken first */
    struct half halves[2];
    unsigned filled;
};

struct log_lines *log_lines_open(void)
{
    struct log_lines *l = calloc(1, sizeof(*l));
    ASSERT(l != NULL);
    pthread_mutex_init(&l->lock, NULL);
    pthread_mutex_init(&l->writing, NULL);
    return l;
}

void log_lines_close(struct log_lines *l)
{
    if (l == NULL)
        return;
    log_lines_write(l);
    pthread_mutex_destroy(&l->lock);
    pthread_mutex_destroy(&l->writing);
    free(l);
}

static bool add(struct log_lines *l, str line)
{
    pthread_mutex_lock(&l->lock);
    struct half *half = &l->halves[l->filled];
    bool has_room = line.len <= HALF_BYTES - half->len;
    if (has_room) {
        memcpy(half->text + half->len, line.at, line.len);
        half->len += line.len;
    }
    pthread_mutex_unlock(&l->lock);
    return has_room;
}

void log_lines_add(struct log_lines *l, enum log_level level, str text)
{
    if (!log_is_on(level))
        return;
    char line[LOG_LINE_BYTES_MAX];
    size_t len = log_line(level, text, line);
    while (!add(l, (str){line, len}))
        log_lines_write(l);
}

void log_lines_write(struct log_lines *l)
{
    pthread_mutex_lock(&l->writing);
    pthread_mutex_lock(&l->lock);
    struct half *half = &l->halves[l->filled];
    l->filled ^= 1;
    pthread_mutex_unlock(&l->lock);
    if (half->len)
        log_write((str){half->text, half->len});
    half->len = 0;
    pthread_mutex_unlock(&l->writing);
}

void log_lines_write_last(struct log_lines *l)
{
    const struct half *half = &l->halves[l->filled];
    log_write((str){half->text, half->len});
}
