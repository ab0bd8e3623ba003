/*
 * Remembered passwords: a table of sets. The keyed hash picks the set; within it the least useful
 * row gives way.
 */
#include "service/login_cache.h"

#include "base/secret.h"

#include <pthread.h>
#include <stdlib.h>

#define SETS 256u /* a power of two; one byte of the hash picks */
#define WAYS 8u

struct row {
    unsigned char hash[SECRET_DIGEST_BYTES];
    uint64_t serial;
    int64_t until_us; /* 0: free */
    int64_t person;
};

struct login_cache {
    pthread_mutex_t lock;
    unsigned char key[SECRET_KEY_BYTES];
    struct row rows[SETS][WAYS];
};

struct login_cache *login_cache_open(void)
{
    struct login_cache *c = calloc(1, sizeof(*c));
    ASSERT(c != NULL);
    pthread_mutex_init(&c->lock, NULL);
    secret_random(c->key, sizeof(c->key));
    return c;
}

void login_cache_close(struct login_cache *c)
{
    if (c == NULL)
        return;
    pthread_mutex_destroy(&c->lock);
    secret_wipe(c, sizeof(*c));
    free(c);
}

static bool has_hash(const struct row *row, const unsigned char hash[SECRET_DIGEST_BYTES])
{
    return secret_eq((str){(const char *)row->hash, SECRET_DIGEST_BYTES},
                     (str){(const char *)hash, SECRET_DIGEST_BYTES});
}

static bool is_good(const struct row *row, struct login_moment m)
{
    return row->serial == m.serial && m.now_us < row->until_us;
}

/* The row of the same hash, else one of another policy or outlived, else the oldest. */
static struct row *row_for(struct row *set, const unsigned char *hash, struct login_moment m)
{
    struct row *oldest = NULL;
    int64_t oldest_us = INT64_MAX;
    for (size_t i = 0; i < WAYS; i++) {
        int64_t until_us = is_good(&set[i], m) ? set[i].until_us : 0;
        if (has_hash(&set[i], hash))
            return &set[i];
        if (until_us < oldest_us) {
            oldest = &set[i];
            oldest_us = until_us;
        }
    }
    return oldest;
}

void login_cache_put(struct login_cache *c, str header, struct login_moment m, int64_t person)
{
    ASSERT(header.len > 0);
    struct row row = {.serial = m.serial, .until_us = m.now_us + LOGIN_CACHE_US, .person = person};
    secret_digest(c->key, header, row.hash);
    pthread_mutex_lock(&c->lock);
    *row_for(c->rows[row.hash[0]], row.hash, m) = row;
    pthread_mutex_unlock(&c->lock);
}

int64_t login_cache_get(struct login_cache *c, str header, struct login_moment m)
{
    ASSERT(header.len > 0);
    unsigned char hash[SECRET_DIGEST_BYTES];
    secret_digest(c->key, header, hash);
    int64_t person = 0;
    pthread_mutex_lock(&c->lock);
    const struct row *set = c->rows[hash[0]];
    for (size_t i = 0; i < WAYS; i++) {
        if (is_good(&set[i], m) && has_hash(&set[i], hash))
            person = set[i].person;
    }
    pthread_mutex_unlock(&c->lock);
    return person;
}
