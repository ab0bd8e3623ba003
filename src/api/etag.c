/*
 * ETag and If-Match.
 */
#include "api/etag.h"

#include "http/accept.h"

static str tag_of(struct api_call *c, str kind, str text)
{
    struct arena *a = c->rq->arena;
    unsigned char digest[SECRET_DIGEST_BYTES];
    const str parts[] = {kind, text};
    secret_digest_parts(c->app->store->keys.etag, parts, 2, digest);
    str tag = secret_base64url(a, (str){(const char *)digest, 18});
    return arena_join(a, LIT("\""), tag, LIT("\""));
}

str api_tag(struct api_call *c, str state)
{
    return tag_of(c, LIT("api"), state);
}

void api_etag_bytes(struct api_call *c, str bytes, bool is_packed)
{
    str kind = is_packed ? LIT("api, packed") : LIT("api, plain");
    http_response_add(&c->response, LIT("ETag"), tag_of(c, kind, bytes));
}

void api_etag(struct api_call *c, str state)
{
    http_response_add(&c->response, LIT("ETag"), api_tag(c, state));
}

void api_etag_with(struct api_call *c, str state, str rest)
{
    str own = api_tag(c, state);
    str more = api_tag(c, rest);
    str tag = arena_join(c->rq->arena, str_part(own, 0, own.len - 1), LIT("."), str_skip(more, 1));
    http_response_add(&c->response, LIT("ETag"), tag);
}

/* Of a tag by api_etag_with the part that stands for the state. */
static str without_rest(struct arena *a, str header)
{
    size_t dot = str_find_char(header, '.');
    return dot == header.len ? header
                             : arena_join(a, str_part(header, 0, dot), LIT("\""), (str){0});
}

err api_check_match(struct api_call *c, str state)
{
    struct arena *a = c->rq->arena;
    str header = without_rest(a, http_header(c->rq, LIT("If-Match")));
    if (header.len == 0)
        return FAIL(a, ERR_NO_PRECONDITION,
                    "Send the ETag of what you saw as If-Match, so that nobody's change is lost");
    if (http_etag_matches(header, api_tag(c, state)))
        return NULL;
    return FAIL(a, ERR_PRECONDITION, "Somebody was faster; nothing of yours was written");
}
