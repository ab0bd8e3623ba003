/*
 * Counts of failures: a table of sets; a keyed hash of account and address picks the set, so that
 * nobody can aim at one. A count runs for a minute from its first failure. The table has room for
 * more pairs than the hashing thread can get through in that minute.
 */
#include "service/login_throttle.h"

#include "base/clock.h"
#include "base/secret.h"

#include <pthread.h>
#include <stdlib.h>

#define SETS 2048u /* a power of two */
#define WAYS 8u
#define WINDOW_US (60 * US_PER_SECOND)

struct row {
    uint64_t pair;
    int64_t began_us;
    unsigned failures; /* 0: free */
};

struct login_throttle {
    pthread_mutex_t lock;
    unsigned char key[SECRET_KEY_BYTES];
    struct row rows[SETS][WAYS];
};

struct login_throttle *login_throttle_open(void)
{
    struct login_throttle *t = calloc(1, sizeof(*t));
    ASSERT(t != NULL);
    pthread_mutex_init(&t->lock, NULL);
    secret_random(t->key, sizeof(t->key));
    return t;
}

void login_throttle_close(struct login_throttle *t)
{
    if (t == NULL)
        return;
    pthread_mutex_destroy(&t->lock);
    free(t);
}

static uint64_t pair_of(const struct login_throttle *t, str account, uint64_t peer)
{
    const str parts[] = {account, {(const char *)&peer, sizeof(peer)}};
    unsigned char hash[SECRET_DIGEST_BYTES];
    secret_digest_parts(t->key, parts, 2, hash);
    uint64_t pair;
    memcpy(&pair, hash, sizeof(pair));
    return pair;
}

static bool is_counting(const struct row *row, int64_t now_us)
{
    return row->failures && now_us - row->began_us < WINDOW_US;
}

/* The row that counts for `pair`, or NULL. */
static struct row *find(struct login_throttle *t, uint64_t pair, int64_t now_us)
{
    struct row *set = t->rows[pair % SETS];
    for (size_t i = 0; i < WAYS; i++) {
        if (set[i].pair == pair && is_counting(&set[i], now_us))
            return &set[i];
    }
    return NULL;
}

/* A free row, or the oldest of the set. */
static struct row *make(struct login_throttle *t, uint64_t pair, int64_t now_us)
{
    struct row *set = t->rows[pair % SETS];
    struct row *oldest = &set[0];
    for (size_t i = 0; i < WAYS && is_counting(oldest, now_us); i++) {
        if (!is_counting(&set[i], now_us) || set[i].began_us < oldest->began_us)
            oldest = &set[i];
    }
    *oldest = (struct row){.pair = pair, .began_us = now_us};
    return oldest;
}

static unsigned seconds_left(const struct row *row, int64_t now_us)
{
    if (row == NULL || row->failures <= LOGIN_FAILURES_FREE)
        return 0;
    return (unsigned)((row->began_us + WINDOW_US - now_us) / US_PER_SECOND) + 1;
}

unsigned login_throttle_fail(struct login_throttle *t, str account, uint64_t peer, int64_t now_us)
{
    uint64_t pair = pair_of(t, account, peer);
    pthread_mutex_lock(&t->lock);
    struct row *row = find(t, pair, now_us);
    if (row == NULL)
        row = make(t, pair, now_us);
    row->failures += row->failures <= LOGIN_FAILURES_FREE;
    unsigned seconds = seconds_left(row, now_us);
    pthread_mutex_unlock(&t->lock);
    return seconds;
}

unsigned login_throttle_wait(struct login_throttle *t, str account, uint64_t peer, int64_t now_us)
{
    uint64_t pair = pair_of(t, account, peer);
    pthread_mutex_lock(&t->lock);
    unsigned seconds = seconds_left(find(t, pair, now_us), now_us);
    pthread_mutex_unlock(&t->lock);
    return seconds;
}
