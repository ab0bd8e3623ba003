/*
 * Pages answered before (O4): the bytes, ready to send, with what belongs to them. Keys hold the
 * collection and its stamp, the query, the reader's set of audiences and the policy, so that
 * nothing is ever taken out because it became wrong; old pages are pushed out by new ones.
 */
#ifndef TOCSIN_TAXII_CACHE_H
#define TOCSIN_TAXII_CACHE_H

#include "base/clock.h"
#include "http/server.h"

struct cached_page {
    struct http_body *plain;
    struct http_body *packed; /* gzip; NULL: not worth it, or RED */
    str etag;                 /* of each, with quotes */
    str packed_etag;
    char first_added[CLOCK_TEXT_BYTES]; /* empty on an empty page */
    char last_added[CLOCK_TEXT_BYTES];
    const uint32_t *numbers; /* for receipts */
    size_t count;
    bool has_red;
};

struct page_cache;

struct page_cache *page_cache_open(size_t bytes_max);
/* Accepts NULL. */
void page_cache_close(struct page_cache *c);

/* A page with references of its own (give them back with cached_page_done), copied into `a`. */
bool page_cache_get(struct arena *a, struct page_cache *c, str key, struct cached_page *out);

/* Keeps a copy. */
void page_cache_put(struct page_cache *c, str key, const struct cached_page *page);

void cached_page_done(struct cached_page *page);

#endif
