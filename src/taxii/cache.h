/*
 * Pages answered before (O4): the bytes, ready to send, with what belongs to them. Keys hold the
 * collection and its stamp, the query, the reader's set of audiences and the policy, so that
 * nothing is ever taken out because it became wrong; old pages are pushed out by new ones.
 */
#ifndef TOCSIN_TAXII_CACHE_H
#define TOCSIN_TAXII_CACHE_H

#include "base/clock.h"
#include "http/server.h"

#include <stdatomic.h>

/* Does not change any more once it is in the cache, but for what is atomic. */
struct cached_page {
    atomic_size_t holders;
    struct arena arena;       /* texts and numbers */
    struct http_body *plain;  /* with the headers that go with it */
    struct http_body *packed; /* gzip; NULL: not worth it, or RED */
    str etag;                 /* of each, with quotes */
    str packed_etag;
    char first_added[CLOCK_TEXT_BYTES]; /* empty on an empty page */
    char last_added[CLOCK_TEXT_BYTES];
    const uint32_t *numbers; /* for receipts */
    size_t count;
    bool has_red;
    /*
     * Whoever was given the page and has all of it in the receipts, written or gathered; 0: nobody.
     * A receipt is never taken back, so that this stays true.
     */
    _Atomic int64_t noted;
};

/* An empty page, held once. */
struct cached_page *cached_page_new(void);
/* Accepts NULL. */
void cached_page_release(struct cached_page *page);

struct page_cache;

struct page_cache *page_cache_open(size_t bytes_max);
/* Accepts NULL. */
void page_cache_close(struct page_cache *c);

/* One more hold on a page, to be given back with cached_page_release; NULL where there is none. */
struct cached_page *page_cache_get(struct page_cache *c, str key);

/* Takes a hold of its own on a page that is whole. */
void page_cache_put(struct page_cache *c, str key, struct cached_page *page);

#endif
