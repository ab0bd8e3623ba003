/*
 * The page cache: a hash table with chains and a list in the order of use, under one mutex. Pages
 * are shared by reference.
 */
#include "taxii/cache.h"

#include "base/map.h"

#include <pthread.h>
#include <stdlib.h>

#define BUCKETS 4096
#define KEY_BLOCK_BYTES 512
#define PAGE_BLOCK_BYTES 1024

struct entry {
    struct entry *chain;
    struct entry *newer;
    struct entry *older;
    uint64_t hash;
    str key;
    struct cached_page *page;
    struct arena arena; /* the key */
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

struct cached_page *cached_page_new(void)
{
    struct cached_page *page = calloc(1, sizeof(*page));
    ASSERT(page != NULL);
    atomic_init(&page->holders, 1);
    arena_init(&page->arena, PAGE_BLOCK_BYTES);
    return page;
}

static struct cached_page *retain(struct cached_page *page)
{
    atomic_fetch_add(&page->holders, 1);
    return page;
}

void cached_page_release(struct cached_page *page)
{
    if (page == NULL || atomic_fetch_sub(&page->holders, 1) > 1)
        return;
    http_body_unref(page->plain);
    http_body_unref(page->packed);
    arena_done(&page->arena);
    free(page);
}

static void entry_close(struct entry *e)
{
    cached_page_release(e->page);
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

struct cached_page *page_cache_get(struct page_cache *c, str key)
{
    uint64_t hash = map_hash(key);
    struct cached_page *page = NULL;
    pthread_mutex_lock(&c->lock);
    struct entry *e = *find(c, hash, key);
    if (e) {
        unlink_use(c, e);
        link_newest(c, e);
        page = retain(e->page);
    }
    pthread_mutex_unlock(&c->lock);
    return page;
}

static struct entry *entry_open(str key, uint64_t hash, struct cached_page *page)
{
    struct entry *e = calloc(1, sizeof(*e));
    ASSERT(e != NULL);
    arena_init(&e->arena, KEY_BLOCK_BYTES);
    e->hash = hash;
    e->key = arena_copy(&e->arena, key);
    e->page = retain(page);
    e->bytes = sizeof(*e) + sizeof(*page) + e->arena.held_bytes + page->arena.held_bytes +
               http_body_bytes(page->plain).len +
               (page->packed ? http_body_bytes(page->packed).len : 0);
    return e;
}

void page_cache_put(struct page_cache *c, str key, struct cached_page *page)
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
