/*
 * A table in which each number has one place, which it shares with others: the last one stays.
 */
#include "store/ends.h"

#include <pthread.h>
#include <stdlib.h>

#define PLACES ((size_t)1 << 17)

struct place {
    uint32_t number; /* zero: none, since the log begins at 1 */
    struct entry_end end;
};

struct ends {
    pthread_mutex_t lock;
    struct place places[PLACES];
};

struct ends *ends_open(void)
{
    struct ends *e = calloc(1, sizeof(*e));
    ASSERT(e != NULL);
    pthread_mutex_init(&e->lock, NULL);
    return e;
}

void ends_close(struct ends *e)
{
    if (e == NULL)
        return;
    pthread_mutex_destroy(&e->lock);
    free(e);
}

bool ends_get(struct ends *e, uint32_t number, struct entry_end *out)
{
    const struct place *place = &e->places[number % PLACES];
    pthread_mutex_lock(&e->lock);
    bool is_known = number && place->number == number;
    if (is_known)
        *out = place->end;
    pthread_mutex_unlock(&e->lock);
    return is_known;
}

void ends_put(struct ends *e, uint32_t number, const struct entry_end *end)
{
    pthread_mutex_lock(&e->lock);
    e->places[number % PLACES] = (struct place){number, *end};
    pthread_mutex_unlock(&e->lock);
}
