/*
 * The audiences that each reader holds. A list grows in place while readers look at its beginning;
 * when it must move, the old one stays until the cache closes.
 */
#include "store/held.h"

#include "base/map.h"

#include <pthread.h>
#include <stdlib.h>

struct held {
    uint32_t *items;
    size_t count;
    size_t capacity;
    size_t asked; /* audiences up to this number were asked */
    uint64_t generation;
};

struct held_cache {
    pthread_mutex_t lock;
    struct arena arena;
    struct map by_reader;
};

static uint64_t next_generation(void)
{
    static uint64_t last; /* only ever counted up: keys must differ, nothing else hangs on it */
    return __atomic_add_fetch(&last, 1, __ATOMIC_RELAXED);
}

struct held_cache *held_open(void)
{
    struct held_cache *h = calloc(1, sizeof(*h));
    ASSERT(h != NULL);
    pthread_mutex_init(&h->lock, NULL);
    map_init(&h->by_reader, &h->arena);
    return h;
}

void held_close(struct held_cache *h)
{
    if (h == NULL)
        return;
    arena_done(&h->arena);
    pthread_mutex_destroy(&h->lock);
    free(h);
}

static struct held *held_of(struct held_cache *h, str key)
{
    struct held *held = map_get(&h->by_reader, key);
    if (held == NULL) {
        held = NEW(&h->arena, struct held);
        held->generation = next_generation();
        map_put(&h->by_reader, arena_copy(&h->arena, key), held);
    }
    return held;
}

static void extend(struct held_cache *h, struct held *held, struct audience_table *t,
                   const struct gate_reader *r, size_t audience_count)
{
    struct gate_names names = audience_names(t);
    size_t before = held->count;
    for (size_t n = held->asked + 1; n <= audience_count; n++) {
        if (gate_audience_holds(audience_get(t, (uint32_t)n), &names, r))
            *LIST_ADD(&h->arena, held) = (uint32_t)n;
    }
    held->asked = audience_count;
    if (held->count != before)
        held->generation = next_generation();
}

struct held_list held_get(struct held_cache *h, struct audience_table *t,
                          const struct gate_reader *r, str key, size_t audience_count)
{
    pthread_mutex_lock(&h->lock);
    struct held *held = held_of(h, key);
    if (held->asked < audience_count)
        extend(h, held, t, r, audience_count);
    size_t within = held->count; /* an older snapshot may know fewer audiences */
    while (within > 0 && held->items[within - 1] > audience_count)
        within--;
    struct held_list list = {held->items, within, held->generation};
    pthread_mutex_unlock(&h->lock);
    return list;
}
