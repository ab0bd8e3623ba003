/*
 * One row for each reader, found by who it is. A list of audiences grows in place while readers
 * look at its beginning; when it must move, the old one stays until the cache closes. So does the
 * row of bits beside it.
 */
#include "store/held.h"

#include "base/map.h"

#include <pthread.h>
#include <stdlib.h>

struct held {
    struct held_key key;
    struct reader *reader; /* NULL: not kept */
    uint32_t *items;
    size_t count;
    size_t capacity;
    size_t asked; /* audiences up to this number were asked */
    uint64_t *bits;
    size_t word_count;
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

struct held_key held_key(const struct policy_org *org, const struct policy_person *person,
                         const struct policy_token *token)
{
    return (struct held_key){
        .org = org ? org->n : 0, .person = person ? person->n : 0, .token = token ? token->n : 0};
}

static str key_bytes(const struct held_key *key)
{
    return (str){(const char *)key, sizeof(*key)};
}

/* With the lock held. */
static struct held *held_of(struct held_cache *h, const struct held_key *key)
{
    struct held *held = map_get(&h->by_reader, key_bytes(key));
    if (held == NULL) {
        held = NEW(&h->arena, struct held);
        held->key = *key;
        held->generation = next_generation();
        map_put(&h->by_reader, key_bytes(&held->key), held);
    }
    return held;
}

bool held_get_reader(struct held_cache *h, const struct held_key *key, struct reader *out)
{
    pthread_mutex_lock(&h->lock);
    const struct held *held = map_get(&h->by_reader, key_bytes(key));
    bool is_kept = held && held->reader;
    if (is_kept)
        *out = *held->reader;
    pthread_mutex_unlock(&h->lock);
    return is_kept;
}

static struct reader *copy_reader(struct arena *a, const struct reader *r)
{
    struct reader *copy = NEW(a, struct reader);
    *copy = *r;
    struct gate_hold_row *holds = NEW_ARRAY(a, r->gate.hold_count, struct gate_hold_row);
    uint32_t *writes = NEW_ARRAY(a, r->write_count, uint32_t);
    memcpy(holds, r->gate.holds, r->gate.hold_count * sizeof(*holds));
    memcpy(writes, r->writes, r->write_count * sizeof(*writes));
    copy->gate.holds = holds;
    copy->writes = writes;
    return copy;
}

void held_put_reader(struct held_cache *h, const struct held_key *key, const struct reader *r)
{
    pthread_mutex_lock(&h->lock);
    struct held *held = held_of(h, key);
    if (held->reader == NULL)
        held->reader = copy_reader(&h->arena, r);
    pthread_mutex_unlock(&h->lock);
}

/* Whoever looks at the shorter row meanwhile asks for no newer audience. */
static void put_bit(struct held_cache *h, struct held *held, size_t audience)
{
    size_t words = held->word_count ? held->word_count : 4;
    while (words <= audience / 64)
        words *= 2;
    if (words > held->word_count) {
        uint64_t *longer = NEW_ARRAY(&h->arena, words, uint64_t);
        for (size_t i = 0; i < held->word_count; i++)
            longer[i] = held->bits[i];
        held->bits = longer;
        held->word_count = words;
    }
    __atomic_fetch_or(&held->bits[audience / 64], UINT64_C(1) << audience % 64, __ATOMIC_RELAXED);
}

static void add(struct held_cache *h, struct held *held, uint32_t audience)
{
    *LIST_ADD(&h->arena, held) = audience;
    put_bit(h, held, audience);
}

static void extend(struct held_cache *h, struct held *held, struct audience_table *t,
                   const struct gate_reader *r, size_t audience_count)
{
    struct gate_names names = audience_names(t);
    size_t before = held->count;
    for (size_t n = held->asked + 1; n <= audience_count; n++) {
        if (gate_audience_holds(audience_get(t, (uint32_t)n), &names, r))
            add(h, held, (uint32_t)n);
    }
    held->asked = audience_count;
    if (held->count != before)
        held->generation = next_generation();
}

struct held_list held_get(struct held_cache *h, struct audience_table *t, const struct reader *r,
                          size_t audience_count)
{
    struct held_key key = held_key(r->org, r->person, r->token);
    pthread_mutex_lock(&h->lock);
    struct held *held = held_of(h, &key);
    if (held->asked < audience_count)
        extend(h, held, t, &r->gate, audience_count);
    size_t within = held->count; /* an older snapshot may know fewer audiences */
    while (within > 0 && held->items[within - 1] > audience_count)
        within--;
    struct held_list list = {.items = held->items,
                             .count = within,
                             .generation = held->generation,
                             .bits = held->bits,
                             .bit_count = held->word_count * 64};
    pthread_mutex_unlock(&h->lock);
    return list;
}
