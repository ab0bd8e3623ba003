/*
 * Lists in pages.
 */
#include "api/page.h"

/* Sealed texts are of one length for whatever fits, since the length of a number tells its size. */
#define PLACE_BYTES 96

static str purpose_of(const struct api_call *c)
{
    return arena_print(c->rq->arena, "cursor %.*s %lld %lld", STR_ARG(c->rq->path),
                       (long long)c->who.org, (long long)c->who.person);
}

void api_page_next(struct api_call *c, struct json_writer *w, str place)
{
    struct arena *a = c->rq->arena;
    ASSERT(place.len > 0 && place.len <= PLACE_BYTES);
    str padded = arena_print(a, "%-*.*s", PLACE_BYTES, STR_ARG(place));
    str sealed = secret_seal(a, c->app->store->keys.next, purpose_of(c), padded);
    json_member(w, "next", secret_base64url(a, sealed));
}

static err open_cursor(struct api_call *c, str cursor, str *place)
{
    struct arena *a = c->rq->arena;
    str sealed;
    str padded;
    err failure = secret_from_base64url(a, cursor, &sealed);
    if (failure == NULL)
        failure = secret_open(a, c->app->store->keys.next, purpose_of(c), sealed, &padded);
    if (failure)
        return FAIL(a, ERR_INPUT, "This cursor does not belong here; begin again without it");
    *place = str_trim(padded);
    return NULL;
}

err api_page_read(struct api_call *c, struct api_page *out)
{
    struct arena *a = c->rq->arena;
    struct api_page page = {.limit = API_PAGE_DEFAULT};
    str text;
    uint64_t limit;
    if (http_query_get(&c->query, LIT("limit"), &text)) {
        if (!str_to_u64(text, &limit) || limit == 0 || limit > API_PAGE_MAX)
            return FAIL(a, ERR_INPUT, "limit is a number from 1 to %d", API_PAGE_MAX);
        page.limit = (size_t)limit;
    }
    if (http_query_get(&c->query, LIT("cursor"), &text))
        TRY(open_cursor(c, text, &page.place));
    *out = page;
    return NULL;
}
