/*
 * ETag and If-Match.
 */
#include "api/etag.h"

#include "http/accept.h"

static str tag_of(struct api_call *c, str state)
{
    struct arena *a = c->rq->arena;
    unsigned char digest[SECRET_DIGEST_BYTES];
    const str parts[] = {LIT("api"), state};
    secret_digest_parts(c->app->store->keys.etag, parts, 2, digest);
    str text = secret_base64url(a, (str){(const char *)digest, 18});
    return arena_join(a, LIT("\""), text, LIT("\""));
}

void api_etag(struct api_call *c, str state)
{
    http_response_add(&c->response, LIT("ETag"), tag_of(c, state));
}

err api_check_match(struct api_call *c, str state)
{
    struct arena *a = c->rq->arena;
    str header = http_header(c->rq, LIT("If-Match"));
    if (header.len == 0)
        return FAIL(a, ERR_NO_PRECONDITION,
                    "Send the ETag of what you saw as If-Match, so that nobody's change is lost");
    if (http_etag_matches(header, tag_of(c, state)))
        return NULL;
    return FAIL(a, ERR_PRECONDITION, "Somebody was faster; nothing of yours was written");
}
