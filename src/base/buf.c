/*
 * Growing byte buffers. Capacity doubles up to the maximum; memory that cannot be had ends the
 * process as in arena.c, since the maximum already bounds what a stranger can ask for.
 */
#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>

void buf_init(struct buf *b, size_t max)
{
    *b = (struct buf){.max = max};
}

void buf_done(struct buf *b)
{
    free(b->at);
    *b = (struct buf){.max = b->max};
}

void buf_clear(struct buf *b)
{
    b->len = 0;
    b->is_over = false;
}

static void grow(struct buf *b, size_t needed)
{
    size_t capacity = b->capacity ? b->capacity : 256;
    while (capacity < needed)
        capacity *= 2;
    if (capacity > b->max)
        capacity = b->max;
    char *moved = realloc(b->at, capacity ? capacity : 1);
    ASSERT(moved != NULL);
    b->at = moved;
    b->capacity = capacity;
}

char *buf_room(struct buf *b, size_t n)
{
    if (b->is_over || n > b->max - b->len) {
        b->is_over = true;
        return NULL;
    }
    if (b->at == NULL || b->len + n > b->capacity)
        grow(b, b->len + n);
    return b->at + b->len;
}

void buf_put(struct buf *b, str s)
{
    char *room = s.len ? buf_room(b, s.len) : NULL;
    if (room == NULL)
        return;
    memcpy(room, s.at, s.len);
    b->len += s.len;
}

void buf_put_char(struct buf *b, char c)
{
    buf_put(b, (str){&c, 1});
}

void buf_put_u64(struct buf *b, uint64_t n)
{
    char digits[20];
    size_t at = sizeof(digits);
    do {
        digits[--at] = (char)('0' + n % 10);
        n /= 10;
    } while (n);
    buf_put(b, (str){digits + at, sizeof(digits) - at});
}

void buf_put_i64(struct buf *b, int64_t n)
{
    if (n < 0)
        buf_put_char(b, '-');
    buf_put_u64(b, n < 0 ? 0 - (uint64_t)n : (uint64_t)n);
}

void buf_print(struct buf *b, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = NULL;
    int len = vasprintf(&text, format, args);
    va_end(args);
    ASSERT(len >= 0);
    buf_put(b, (str){text, (size_t)len});
    free(text);
}

err buf_check(struct arena *a, const struct buf *b)
{
    if (b->is_over)
        return FAIL(a, ERR_TOO_LARGE, "the result would be larger than %zu bytes", b->max);
    return NULL;
}
