/*
 * A line's text is put together piece by piece: printf would cost as much as all the rest of it.
 */
#include "cli/access_log.h"

#include "api/rsvp.h"

struct text {
    char at[LOG_TEXT_BYTES_MAX];
    size_t len;
};

/* What has no room is cut off. */
static void put(struct text *t, str piece)
{
    size_t room = sizeof(t->at) - t->len;
    size_t len = piece.len < room ? piece.len : room;
    if (len)
        memcpy(t->at + t->len, piece.at, len);
    t->len += len;
}

/* In decimal, with zeros in front up to `digits_min`. */
static void put_number(struct text *t, uint64_t n, size_t digits_min)
{
    char digits[20];
    size_t at = sizeof(digits);
    while (n || sizeof(digits) - at < digits_min) {
        digits[--at] = (char)('0' + n % 10);
        n /= 10;
    }
    put(t, (str){digits + at, sizeof(digits) - at});
}

void access_log_add(struct log_lines *lines, const struct http_access *access, int64_t org)
{
    const struct http_request *rq = access->request;
    const str words[] = {rq->request_id, rq->peer, rq->method_name, rsvp_path_for_log(rq->path)};
    uint64_t duration_us = access->duration_us > 0 ? (uint64_t)access->duration_us : 0;
    struct text t;
    t.len = 0;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        put(&t, words[i]);
        put(&t, LIT(" "));
    }
    put_number(&t, access->status, 1);
    put(&t, LIT(" "));
    put_number(&t, access->body_bytes, 1);
    put(&t, LIT(" bytes "));
    put_number(&t, duration_us / 1000, 1);
    put(&t, LIT("."));
    put_number(&t, duration_us % 1000, 3);
    put(&t, LIT(" ms org "));
    put_number(&t, (uint64_t)org, 1);
    if (!access->is_complete)
        put(&t, LIT(" cut off"));
    log_lines_add(lines, LOG_LEVEL_INFO, (str){t.at, t.len});
}
