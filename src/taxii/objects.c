/*
 * Objects, one object, manifest and versions (TAXII 2.1 §5.3 to §5.5, §5.8): a page is read once,
 * kept as it goes over the wire, and noted as given to its reader before its bytes leave (R1).
 */
#include "taxii/handlers.h"

#include "base/clock.h"
#include "base/num.h"
#include "http/accept.h"
#include "http/gzip.h"
#include "store/page.h"
#include "taxii/cache.h"
#include "taxii/filter.h"
#include "json/write.h"

#include <stdlib.h>

#define GZIP_LEVEL 1
#define GZIP_BYTES_MIN 1024
#define PAGE_EXTRA_BYTES ((size_t)64 << 20) /* commas, manifest rows: far from the limit */

enum page_kind { PAGE_OBJECTS, PAGE_MANIFEST, PAGE_VERSIONS };

struct paging {
    struct taxii_call *c;
    enum page_kind kind;
    struct taxii_filter filter;
    bool is_one_object;       /* 404 if there is nothing at all */
    struct cached_page *page; /* held */
    struct writer_job job;    /* receipts of RED pages come first */
};

static void put_manifest_row(struct json_writer *w, const struct page_row *row)
{
    char text[CLOCK_TEXT_BYTES];
    bool is_20 = row->entry.flags & ENTRY_SPEC_20;
    json_open_object(w);
    json_member(w, "id", row->body.id);
    json_member(w, "date_added", clock_write(row->entry.added_us, text));
    json_member(w, "version", log_version_text(&row->entry, text));
    json_member(w, "media_type", is_20 ? LIT(STIX_MEDIA_TYPE_20) : LIT(STIX_MEDIA_TYPE_21));
    json_close_object(w);
}

static void put_row(struct json_writer *w, enum page_kind kind, const struct page_row *row)
{
    char text[CLOCK_TEXT_BYTES];
    if (kind == PAGE_OBJECTS)
        json_put_raw(w, row->body.bytes);
    else if (kind == PAGE_MANIFEST)
        put_manifest_row(w, row);
    else
        json_put_string(w, log_version_text(&row->entry, text));
}

/* An empty list is not sent (§2). */
static void put_page(struct paging *p, const struct page *page, struct buf *text)
{
    struct json_writer w;
    json_writer_init(&w, text);
    json_open_object(&w);
    if (page->has_more) {
        json_member_bool(&w, "more", true);
        json_member(&w, "next",
                    taxii_next(p->c->rq->arena, &p->c->session, &p->filter, p->c->rq->path,
                               page->last_number));
    }
    if (page->count) {
        json_key(&w, p->kind == PAGE_VERSIONS ? LIT("versions") : LIT("objects"));
        json_open_array(&w);
        for (size_t i = 0; i < page->count; i++)
            put_row(&w, p->kind, &page->items[i]);
        json_close_array(&w);
    }
    json_close_object(&w);
}

/* O3: a keyed hash of this reader's own bytes, for each encoding. */
static str etag_of(struct taxii_call *c, struct arena *a, str bytes)
{
    unsigned char digest[SECRET_DIGEST_BYTES];
    secret_digest(c->app->store->keys.etag, bytes, digest);
    return arena_join(a, LIT("\""), secret_hex(c->rq->arena, digest, 16), LIT("\""));
}

/* The headers of every answer with the page's bytes. */
static void add_fields(struct http_body *body, const struct cached_page *page, str etag)
{
    http_body_add(body, LIT("ETag"), etag);
    if (page->count) {
        http_body_add(body, LIT("X-TAXII-Date-Added-First"), str_of(page->first_added));
        http_body_add(body, LIT("X-TAXII-Date-Added-Last"), str_of(page->last_added));
    }
    http_body_add(body, LIT("Content-Type"), LIT(TAXII_MEDIA_TYPE));
    taxii_add_private(body, page->has_red);
}

static err pack(struct paging *p)
{
    struct cached_page *page = p->page;
    str plain = http_body_bytes(page->plain);
    if (page->has_red || plain.len < GZIP_BYTES_MIN)
        return NULL;
    struct buf packed;
    buf_init(&packed, plain.len + 1024);
    err failure = gzip_pack(p->c->rq->arena, plain, GZIP_LEVEL, &packed);
    if (failure) {
        buf_done(&packed);
        return failure;
    }
    page->packed_etag = etag_of(p->c, &page->arena, buf_str(&packed));
    page->packed = http_body_new(buf_str(&packed), free);
    add_fields(page->packed, page, page->packed_etag);
    http_body_add(page->packed, LIT("Content-Encoding"), LIT("gzip"));
    return NULL;
}

static bool holds_red(const struct session *s, const struct page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        if (audience_holds_red(audience_get(s->store->audiences, page->items[i].entry.audience)))
            return true;
    }
    return false;
}

static err keep_page(struct paging *p, const struct page *page)
{
    struct arena *a = p->c->rq->arena;
    struct cached_page *kept = p->page = cached_page_new();
    kept->has_red = holds_red(&p->c->session, page);
    uint32_t *numbers = NEW_ARRAY(&kept->arena, page->count, uint32_t);
    for (size_t i = 0; i < page->count; i++)
        numbers[i] = page->items[i].entry.number;
    kept->numbers = numbers;
    kept->count = page->count;
    if (page->count) {
        clock_write(page->items[0].entry.added_us, kept->first_added);
        clock_write(page->items[page->count - 1].entry.added_us, kept->last_added);
    }
    struct buf text;
    buf_init(&text, (size_t)store_config(p->c->app->store)->page_bytes_max + PAGE_EXTRA_BYTES);
    put_page(p, page, &text);
    err failure = buf_check(a, &text);
    if (failure) {
        buf_done(&text);
        return failure;
    }
    kept->etag = etag_of(p->c, &kept->arena, buf_str(&text));
    kept->plain = http_body_new(buf_str(&text), free);
    add_fields(kept->plain, kept, kept->etag);
    return NULL;
}

static err not_found(struct taxii_call *c)
{
    return FAIL(c->rq->arena, ERR_NOT_FOUND, "There is no such object in this collection");
}

/* Anything at all under the id, whatever the filters say. */
static err check_exists(struct paging *p)
{
    struct taxii_call *c = p->c;
    struct log_entries entries = {0};
    TRY(page_entries_of(c->rq->arena, &c->session, &c->reader, p->filter.query.ids[0],
                        c->collection->n, &entries));
    return entries.count ? NULL : not_found(c);
}

static err read_page(struct paging *p)
{
    struct taxii_call *c = p->c;
    struct page page = {0};
    TRY(session_rows(c->rq->arena, &c->session));
    if (!p->filter.matches_nothing)
        TRY(page_read(c->rq->arena, &c->session, &c->reader, &p->filter.query, &page));
    if (page.count == 0 && p->is_one_object)
        TRY(check_exists(p));
    session_release_views(&c->session);
    return keep_page(p, &page);
}

/* Everything that the bytes of a page hang on, but its texts; zeroed first, so that it compares. */
struct page_key {
    uint64_t generation;
    uint64_t policy;
    uint64_t limit;
    uint32_t stamp;
    uint32_t collection;
    uint32_t after;
    uint32_t since;
    uint8_t kind;
    bool has_limit;
    bool is_packed;
};

static str cache_key(struct paging *p, bool is_packed)
{
    struct taxii_call *c = p->c;
    const uint32_t *audiences;
    size_t count;
    const struct page_query *q = &p->filter.query;
    struct page_key *key = NEW(c->rq->arena, struct page_key);
    reader_audiences(&c->session, &c->reader, &audiences, &count, &key->generation);
    key->stamp = views_stamp(c->app->store->views, c->collection->n, audiences, count);
    key->policy = c->session.policy->serial;
    key->limit = q->limit;
    key->collection = c->collection->n;
    key->after = q->after;
    key->since = q->since;
    key->kind = (uint8_t)p->kind;
    key->has_limit = p->filter.has_limit;
    key->is_packed = is_packed;
    const str path = arena_join(c->rq->arena, c->rq->path, LIT("\n"), p->filter.canonical);
    return arena_join(c->rq->arena, (str){(const char *)key, sizeof(*key)}, path, (str){0});
}

static err get_page(struct paging *p)
{
    struct page_cache *cache = p->c->app->pages;
    bool wants_packed =
        http_accepts_coding(http_header(p->c->rq, LIT("Accept-Encoding")), LIT("gzip"));
    str key = cache_key(p, wants_packed);
    p->page = page_cache_get(cache, key);
    if (p->page)
        return NULL;
    TRY(read_page(p));
    if (wants_packed)
        TRY(pack(p));
    page_cache_put(cache, key, p->page);
    return NULL;
}

/* Ends the hold on the page; what failed before it was whole has one too. */
static void release_page(struct paging *p)
{
    cached_page_release(p->page);
    p->page = NULL;
}

static str etag_sent(const struct paging *p)
{
    return p->page->packed ? p->page->packed_etag : p->page->etag;
}

static bool is_known(const struct paging *p)
{
    return http_etag_matches(http_header(p->c->rq, LIT("If-None-Match")), etag_sent(p));
}

static void send_unchanged(struct paging *p)
{
    struct arena *a = p->c->rq->arena;
    const struct cached_page *page = p->page;
    struct http_response response = {.status = 304};
    bool has_red = page->has_red;
    http_response_add(&response, LIT("ETag"), arena_copy(a, etag_sent(p)));
    if (page->count) {
        http_response_add(&response, LIT("X-TAXII-Date-Added-First"),
                          arena_copy(a, str_of(page->first_added)));
        http_response_add(&response, LIT("X-TAXII-Date-Added-Last"),
                          arena_copy(a, str_of(page->last_added)));
    }
    release_page(p);
    taxii_reply_with(p->c, &response, has_red);
}

static void send_page(struct paging *p)
{
    if (is_known(p)) {
        send_unchanged(p);
        return;
    }
    struct http_body *body = http_body_ref(p->page->packed ? p->page->packed : p->page->plain);
    release_page(p);
    taxii_reply_shared(p->c, body);
}

static void send_after_commit(void *context, err failure)
{
    struct paging *p = context;
    if (failure == NULL) {
        send_page(p);
        return;
    }
    release_page(p);
    struct arena *a = p->c->rq->arena;
    taxii_fail(p->c, FAIL(a, failure->code, "%.*s", STR_ARG(error_text(a, failure))));
}

/* 304 and HEAD give nothing, so they add nothing (R1). */
static bool gives_bytes(struct paging *p)
{
    return p->c->rq->method != HTTP_HEAD && p->page->count && !is_known(p);
}

/* True if there is something new in it, which the writer shall write. */
static bool note(struct paging *p)
{
    struct taxii_call *c = p->c;
    int64_t actor = c->reader.gate.actor;
    if (actor == 0 || atomic_load(&p->page->noted) == actor)
        return false;
    bool is_new = receipts_add(c->app->store->receipts, actor, c->collection->n,
                               p->kind == PAGE_OBJECTS ? RECEIPT_OBTAINED : RECEIPT_LISTED,
                               p->page->numbers, p->page->count);
    atomic_store(&p->page->noted, actor);
    if (is_new)
        writer_wake(c->app->writer);
    return is_new;
}

/* Notes what is given; for RED the receipt is durable before the bytes leave. */
static err note_and_send(struct paging *p)
{
    struct taxii_call *c = p->c;
    struct app *app = c->app;
    bool gives = gives_bytes(p);
    if (gives)
        TRY(http_answer_pay(c->rq, p->page->packed ? p->page->packed : p->page->plain,
                            login_payer(app->login, c->rq->peer, c->who.org)));
    bool is_new = gives && note(p);
    /* What a request beside this one has noted already may not be written yet. */
    if (!gives || !p->page->has_red || !(is_new || receipts_are_pending(app->store->receipts))) {
        send_page(p);
        return NULL;
    }
    session_done(&c->session);
    p->job = (struct writer_job){.org = c->who.org, .done = send_after_commit, .context = p};
    if (writer_submit(app->writer, &p->job))
        return NULL;
    return FAIL(c->rq->arena, ERR_BUSY, "The exchange is busy; try again");
}

static err serve_page(struct paging *p, unsigned allowed)
{
    struct taxii_call *c = p->c;
    const str id = http_route_param(&c->match, LIT("object"));
    TRY(taxii_filter_read(c->rq->arena, &c->query, allowed, &p->filter));
    TRY(taxii_filter_place(c->rq->arena, &c->session, c->collection->n, c->rq->path, &p->filter));
    if (p->is_one_object) {
        str *ids = NEW(c->rq->arena, str);
        *ids = id;
        p->filter.query.ids = ids;
        p->filter.query.id_count = 1;
    }
    if (p->kind == PAGE_VERSIONS)
        p->filter.query.wants_all = true;
    p->filter.query.wants_bytes = p->kind == PAGE_OBJECTS;
    err failure = get_page(p);
    if (failure) {
        release_page(p);
        return failure;
    }
    failure = note_and_send(p);
    if (failure)
        release_page(p);
    return failure;
}

static struct paging *paging_new(struct taxii_call *c, enum page_kind kind, bool is_one_object)
{
    struct paging *p = NEW(c->rq->arena, struct paging);
    p->c = c;
    p->kind = kind;
    p->is_one_object = is_one_object;
    return p;
}

err taxii_get_objects(struct taxii_call *c)
{
    return serve_page(paging_new(c, PAGE_OBJECTS, false), TAXII_FILTER_ALL);
}

err taxii_get_manifest(struct taxii_call *c)
{
    return serve_page(paging_new(c, PAGE_MANIFEST, false), TAXII_FILTER_ALL);
}

err taxii_get_object(struct taxii_call *c)
{
    return serve_page(paging_new(c, PAGE_OBJECTS, true),
                      TAXII_FILTER_ALL & ~(TAXII_FILTER_ID | TAXII_FILTER_TYPE));
}

err taxii_get_versions(struct taxii_call *c)
{
    return serve_page(paging_new(c, PAGE_VERSIONS, true),
                      TAXII_FILTER_ADDED_AFTER | TAXII_FILTER_PAGING | TAXII_FILTER_SPEC);
}
