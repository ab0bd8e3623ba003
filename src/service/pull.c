/*
 * The walk over a collection's pages. Servers differ: pages may be empty, dates missing (then the
 * manifest is asked), `next` missing (then dates lead on), filters unknown (then fewer are used).
 * Some keep one place behind `next`, move it as they answer and forget it soon: once an answer was
 * lost, or `next` is refused, dates lead on from what came.
 */
#include "service/pull.h"

#include "base/clock.h"
#include "service/pull_parts.h"

#define PAGE_OBJECTS "1000"
#define URL_BYTES_MAX 65536
#define EMPTY_PAGES_MAX 1000
#define SAME_PAGES_MAX 3
#define LOST_PLACES_MAX 8

/* Which filters a server takes: with a 400 the next is tried. */
enum pull_filters { ALL_VERSIONS_AND_SPECS, ALL_VERSIONS, NO_FILTERS };

struct pull {
    struct arena *a;
    struct arena page; /* of one page */
    struct remote *remote;
    struct pull_sink *sink;
    struct json_reader reader;
    enum pull_filters filters;
    int64_t begun_us; /* the position at the start */
    int64_t after_us; /* what the server is asked for */
    str next;         /* empty: the first page, or dates lead on */
    bool by_manifest; /* no date headers: the position comes from `manifest_us` at the end */
    int64_t manifest_us;
    int64_t newest_us; /* of all pages */
    bool is_unordered; /* dates fell: the position moves at the end only */
    unsigned empty_pages;
    unsigned same_pages;
    unsigned lost_places;                      /* since `newest_us` rose */
    unsigned char digest[SECRET_DIGEST_BYTES]; /* of the page before */
    struct pull_totals *totals;
};

static void pull_done(struct pull *p)
{
    json_reader_done(&p->reader);
    arena_done(&p->page);
}

str pull_write_position(struct arena *a, int64_t position_us)
{
    char text[CLOCK_TEXT_BYTES];
    return arena_copy(a, clock_write(position_us, text));
}

int64_t pull_read_position(str text)
{
    int64_t position_us;
    return clock_read(text, &position_us, NULL) ? position_us : PULL_NO_TIME;
}

/* ---- one request */

static str page_url(struct pull *p, const char *what, int64_t after_us, str next)
{
    OWNED(buf_done) struct buf url;
    buf_init(&url, URL_BYTES_MAX);
    buf_put(&url, remote_url(&p->page, p->remote, what));
    remote_put_query(&url, "limit", LIT(PAGE_OBJECTS));
    if (p->filters < NO_FILTERS)
        remote_put_query(&url, "match[version]", LIT("all"));
    if (p->filters == ALL_VERSIONS_AND_SPECS)
        remote_put_query(&url, "match[spec_version]", LIT("2.0,2.1"));
    if (after_us != PULL_NO_TIME)
        remote_put_query(&url, "added_after", pull_write_position(&p->page, after_us));
    if (next.len)
        remote_put_query(&url, "next", next);
    return arena_copy(&p->page, buf_str(&url));
}

/*
 * An answer as a JSON object; a server that does not know a filter is asked with fewer. With `next`
 * it is not the filters, for it took them before.
 */
static err get_page(struct pull *p, const char *what, int64_t after_us, str next,
                    struct http_result *result, json *out)
{
    str url;
    for (;;) {
        url = page_url(p, what, after_us, next);
        TRY(remote_get(&p->page, p->remote, url, result));
        if (result->status != 400 || next.len || p->filters == NO_FILTERS)
            break;
        p->filters++;
    }
    TRY(remote_check(&p->page, result, url));
    json body;
    err failure = json_read(&p->page, &p->reader, result->body, NULL, &body);
    if (failure)
        return WRAP(&p->page, failure, "the server's answer is not readable");
    if (!json_is(body, JSON_OBJECT))
        return FAIL(&p->page, ERR_INPUT, "the server's answer is no envelope of TAXII 2.1");
    *out = body;
    return NULL;
}

/* True if there are further pages; `*next` is empty where the server leaves it to dates. */
static bool has_more(json body, str *next)
{
    json more = json_get(body, LIT("more"));
    *next = json_get_string(body, LIT("next"));
    if (json_is(more, JSON_NONE))
        return next->len > 0;
    bool is_more = json_is(more, JSON_TRUE);
    *next = is_more ? *next : (str){0};
    return is_more;
}

/* ---- dates */

static int64_t header_time(const struct http_result *result, const char *name)
{
    return pull_read_position(http_result_field(result, str_of(name)));
}

static int64_t later(int64_t x, int64_t y)
{
    return x > y ? x : y;
}

static int64_t newest_of_manifest_page(json body)
{
    int64_t newest = PULL_NO_TIME;
    for (struct json_walk w = json_walk(json_get(body, LIT("objects"))); json_next(&w);)
        newest = later(newest, pull_read_position(json_get_string(w.value, LIT("date_added"))));
    return newest;
}

/*
 * The newest time in the manifest as it stands before the objects are read, so that all up to it
 * are among them.
 */
static err ask_manifest(struct pull *p)
{
    str next = {0};
    p->manifest_us = PULL_NO_TIME;
    for (unsigned pages = 0; pages < EMPTY_PAGES_MAX; pages++) {
        struct http_result result;
        json body;
        err failure = get_page(p, "manifest/", p->begun_us, next, &result, &body);
        if (failure && failure->code == ERR_NOT_FOUND)
            return NULL;
        TRY(failure);
        int64_t newest =
            later(newest_of_manifest_page(body), header_time(&result, "X-TAXII-Date-Added-Last"));
        p->manifest_us = later(p->manifest_us, newest);
        if (!has_more(body, &next) || next.len == 0)
            return NULL;
        next = arena_copy(&p->page, next);
    }
    return NULL;
}

/* ---- the walk */

/* Whether the walk begins anew, because this page has no dates and the manifest was not asked. */
static err look_at_dates(struct pull *p, const struct http_result *result, struct pull_page *page,
                         bool *is_restarted)
{
    int64_t first = header_time(result, "X-TAXII-Date-Added-First");
    page->newest_us = later(first, header_time(result, "X-TAXII-Date-Added-Last"));
    *is_restarted = false;
    if (json_count(page->objects) == 0)
        return NULL;
    if (page->newest_us == PULL_NO_TIME && !p->by_manifest) {
        p->by_manifest = true;
        p->after_us = p->begun_us;
        p->next = (str){0};
        *is_restarted = true;
        return ask_manifest(p);
    }
    if (first != PULL_NO_TIME && first < p->newest_us)
        p->is_unordered = true;
    if (page->newest_us > p->newest_us)
        p->lost_places = 0;
    p->newest_us = later(p->newest_us, page->newest_us);
    return NULL;
}

static int64_t before(int64_t time_us)
{
    return time_us == PULL_NO_TIME ? PULL_NO_TIME : time_us - 1;
}

/* Where the next pull begins once this page is stored; never further back than it is. */
static int64_t position_of(const struct pull *p, bool is_last)
{
    int64_t position = PULL_NO_TIME;
    if (p->by_manifest)
        position = is_last ? before(p->manifest_us) : PULL_NO_TIME;
    else if (is_last || !p->is_unordered)
        position = before(p->newest_us);
    return position > p->begun_us ? position : PULL_NO_TIME;
}

/* Against servers that never end. */
static err check_progress(struct pull *p, const struct pull_page *page)
{
    unsigned char digest[SECRET_DIGEST_BYTES];
    secret_digest(NULL, page->body, digest);
    bool is_same = memcmp(digest, p->digest, sizeof(digest)) == 0;
    memcpy(p->digest, digest, sizeof(digest));
    p->same_pages = is_same ? p->same_pages + 1 : 0;
    p->empty_pages = json_count(page->objects) ? 0 : p->empty_pages + 1;
    if (p->empty_pages > EMPTY_PAGES_MAX ||
        (p->same_pages >= SAME_PAGES_MAX && p->empty_pages == 0))
        return FAIL(p->a, ERR_IO, "the server gives the same page again and again");
    return NULL;
}

/* Leads to the next page. */
static err step(struct pull *p, const struct pull_page *page, str next)
{
    TRY(check_progress(p, page));
    p->next = arena_copy(p->a, next);
    if (next.len)
        return NULL;
    /* To go past the newest time could lose what else the server has of that time. */
    int64_t after = before(page->newest_us);
    if (after <= p->after_us)
        return FAIL(p->a, ERR_IO,
                    "the server says that there is more, and gives no way to get it: no next, and "
                    "%s",
                    page->newest_us == PULL_NO_TIME ? "no dates"
                                                    : "a page full of objects of one time");
    p->after_us = after;
    return NULL;
}

/* What came is asked for again where there are no dates to go by; the sinks know it. */
static err leave_next(struct pull *p)
{
    if (++p->lost_places > LOST_PLACES_MAX)
        return FAIL(p->a, ERR_IO, "the server loses its place among the pages again and again");
    p->next = (str){0};
    p->after_us =
        p->by_manifest || p->is_unordered ? p->begun_us : later(p->after_us, before(p->newest_us));
    return NULL;
}

static err pull_page(struct pull *p, bool *is_end)
{
    struct http_result result = {0};
    json body;
    unsigned lost = p->remote->lost_answers;
    err failure = get_page(p, "objects/", p->after_us, p->next, &result, &body);
    bool is_lost = result.status == 400 || (failure == NULL && p->remote->lost_answers > lost);
    if (p->next.len && is_lost)
        return leave_next(p);
    TRY(failure);
    struct pull_page page = {.body = result.body, .objects = json_get(body, LIT("objects"))};
    bool is_restarted;
    TRY(look_at_dates(p, &result, &page, &is_restarted));
    if (is_restarted)
        return NULL;
    str next;
    *is_end = !has_more(body, &next);
    page.position_us = position_of(p, *is_end);
    p->totals->pages++;
    p->totals->objects += json_count(page.objects);
    TRY(p->sink->put_page(&p->page, p->sink, &page));
    watch_progress(&p->remote->options.watch, p->totals->objects, 0);
    return *is_end ? NULL : step(p, &page, next);
}

static err walk(struct pull *p)
{
    for (bool is_end = false; !is_end;) {
        TRY(watch_stop(p->a, &p->remote->options.watch));
        err failure = pull_page(p, &is_end);
        if (failure) /* in longer-lived memory */
            return FAIL(p->a, failure->code, "%.*s", STR_ARG(error_text(p->a, failure)));
        arena_reset(&p->page);
    }
    p->totals->lacks_versions = p->filters == NO_FILTERS;
    p->totals->lacks_dates = p->by_manifest && p->manifest_us == PULL_NO_TIME;
    return NULL;
}

static err pull_all(struct arena *a, struct remote *remote, struct pull_sink *sink)
{
    OWNED(pull_done)
    struct pull p = {
        .a = a, .remote = remote, .sink = sink, .newest_us = PULL_NO_TIME, .totals = sink->totals};
    TRY(sink->get_position(a, sink, &p.begun_us));
    if (sink->options->starts_over)
        p.begun_us = PULL_NO_TIME;
    p.after_us = p.begun_us;
    return walk(&p);
}

err pull_run(struct arena *a, const struct pull_options *options, struct pull_totals *out)
{
    OWNED(remote_close) struct remote remote = {0};
    TRY(remote_open(a, &options->remote, &remote));
    if (!remote.may_read)
        return FAIL(a, ERR_FORBIDDEN, "the server does not let you read the collection '%.*s'",
                    STR_ARG(options->remote.collection));
    OWNED(pull_file_close)
    struct pull_sink sink = {.options = options, .remote = &remote, .lasting = a, .totals = out};
    if (options->store)
        pull_store_init(&sink);
    else
        TRY(pull_file_open(a, &sink));
    return pull_all(a, &remote, &sink);
}
