/*
 * The page cache: a hash table with chains and a list in the order of use, under one mutex. Bodies
 * are shared by reference; everything else of an entry lies in one allocation.
 */
#include "taxii/cache.h"

#include "base/map.h"

#include <pthread.h>
#include <stdlib.h>

#define BUCKETS 4096

struct entry {
    struct entry *chain;
    struct entry *newer;
    struct entry *older;
    uint64_t hash;
    str key;
    struct cached_page page;
    struct arena arena; /* key, etags, numbers */
    size_t bytes;
};

struct page_cache {
    pthread_mutex_t lock;
    struct entry *buckets[BUCKETS];
    struct entry *newest;
    struct entry *oldest;
    size_t bytes;
    size_t bytes_max;
};

struct page_cache *page_cache_open(size_t bytes_max)
{
    struct page_cache *c = calloc(1, sizeof(*c));
    ASSERT(c != NULL);
    pthread_mutex_init(&c->lock, NULL);
    c->bytes_max = bytes_max;
    return c;
}

void cached_page_done(struct cached_page *page)
{
    http_body_unref(page->plain);
    http_body_unref(page->packed);
    page->plain = page->packed = NULL;
}

static void entry_close(struct entry *e)
{
    cached_page_done(&e->page);
    arena_done(&e->arena);
    free(e);
}

static void unlink_use(struct page_cache *c, struct entry *e)
{
    *(e->newer ? &e->newer->older : &c->newest) = e->older;
    *(e->older ? &e->older->newer : &c->oldest) = e->newer;
}

static void link_newest(struct page_cache *c, struct entry *e)
{
    e->newer = NULL;
    e->older = c->newest;
    *(c->newest ? &c->newest->newer : &c->oldest) = e;
    c->newest = e;
}

static struct entry **find(struct page_cache *c, uint64_t hash, str key)
{
    struct entry **at = &c->buckets[hash % BUCKETS];
    while (*at && !((*at)->hash == hash && str_eq((*at)->key, key)))
        at = &(*at)->chain;
    return at;
}

static void remove_oldest(struct page_cache *c)
{
    struct entry *e = c->oldest;
    ASSERT(e != NULL);
    *find(c, e->hash, e->key) = e->chain;
    unlink_use(c, e);
    c->bytes -= e->bytes;
    entry_close(e);
}

void page_cache_close(struct page_cache *c)
{
    if (c == NULL)
        return;
    while (c->oldest)
        remove_oldest(c);
    pthread_mutex_destroy(&c->lock);
    free(c);
}

static struct cached_page copy_page(struct arena *a, const struct cached_page *from)
{
    struct cached_page page = *from;
    page.etag = arena_copy(a, from->etag);
    page.packed_etag = arena_copy(a, from->packed_etag);
    uint32_t *numbers = NEW_ARRAY(a, from->count, uint32_t);
    if (from->count)
        memcpy(numbers, from->numbers, from->count * sizeof(*numbers));
    page.numbers = numbers;
    page.plain = http_body_ref(from->plain);
    page.packed = from->packed ? http_body_ref(from->packed) : NULL;
    return page;
}

bool page_cache_get(struct arena *a, struct page_cache *c, str key, struct cached_page *out)
{
    uint64_t hash = map_hash(key);
    pthread_mutex_lock(&c->lock);
    struct entry *e = *find(c, hash, key);
    if (e) {
        unlink_use(c, e);
        link_newest(c, e);
        *out = copy_page(a, &e->page);
    }
    pthread_mutex_unlock(&c->lock);
    return e != NULL;
}

static struct entry *entry_open(str key, uint64_t hash, const struct cached_page *page)
{
    struct entry *e = calloc(1, sizeof(*e));
    ASSERT(e != NULL);
    e->hash = hash;
    e->key = arena_copy(&e->arena, key);
    e->page = copy_page(&e->arena, page);
    e->bytes = sizeof(*e) + e->arena.held_bytes + http_body_bytes(page->plain).len +
               (page->packed ? http_body_bytes(page->packed).len : 0);
    return e;
}

void page_cache_put(struct page_cache *c, str key, const struct cached_page *page)
{
    struct entry *e = entry_open(key, map_hash(key), page);
    if (e->bytes > c->bytes_max / 4) { /* one page shall not push everything else out */
        entry_close(e);
        return;
    }
    pthread_mutex_lock(&c->lock);
    struct entry **at = find(c, e->hash, key);
    bool is_known = *at != NULL; /* another thread was first */
    if (!is_known) {
        *at = e;
        link_newest(c, e);
        c->bytes += e->bytes;
        while (c->bytes > c->bytes_max)
            remove_oldest(c);
    }
    pthread_mutex_unlock(&c->lock);
    if (is_known)
        entry_close(e);
}
