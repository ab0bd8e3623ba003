/*
 * Growing byte buffers with a stated maximum.
 *
 * Writing never fails in the middle: past the maximum the buffer only remembers that it is over,
 * and buf_check says so once, at the end. This keeps writers straight. A buffer owns its memory;
 * buf_done gives it back.
 */
#ifndef TOCSIN_BASE_BUF_H
#define TOCSIN_BASE_BUF_H

#include "base/error.h"

struct buf {
    char *at;
    size_t len;
    size_t capacity;
    size_t max;   /* most bytes it may hold */
    bool is_over; /* something did not fit */
};

void buf_init(struct buf *b, size_t max);

/* Accepts a zeroed buffer, leaves one. */
void buf_done(struct buf *b);

/* Forgets the contents, keeps the memory. */
void buf_clear(struct buf *b);

void buf_put(struct buf *b, str s);
void buf_put_char(struct buf *b, char c);
void buf_put_u64(struct buf *b, uint64_t n);
void buf_put_i64(struct buf *b, int64_t n);
void buf_print(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Makes room for `n` more bytes and returns where they go (then add to len), or NULL if over. */
char *buf_room(struct buf *b, size_t n);

/* What is in it, borrowed until the next write. */
static inline str buf_str(const struct buf *b)
{
    return (str){b->at, b->len};
}

/* ERR_TOO_LARGE if anything did not fit. */
err buf_check(struct arena *a, const struct buf *b) MUST_USE;

#endif
