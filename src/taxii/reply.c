/*
 * Answers in TAXII's form.
 */
#include "taxii/exchange.h"

#include "base/log.h"
#include "json/write.h"

#define ERROR_BYTES_MAX ((size_t)64 * 1024)

str taxii_error_body(struct arena *a, unsigned status, str title, str description, str request_id)
{
    OWNED(buf_done) struct buf text;
    buf_init(&text, ERROR_BYTES_MAX);
    struct json_writer w;
    json_writer_init(&w, &text);
    json_open_object(&w);
    json_member(&w, "title", title);
    json_member_if(&w, "description", str_part(description, 0, ERROR_BYTES_MAX / 8));
    json_member_if(&w, "error_id", request_id);
    json_member(&w, "http_status", arena_print(a, "%u", status));
    json_close_object(&w);
    return arena_copy(a, buf_str(&text));
}

static const struct http_field PRIVATE[] = {
    {LIT_INIT("Vary"), LIT_INIT("Authorization, Accept, Accept-Encoding")},
    {LIT_INIT("X-Content-Type-Options"), LIT_INIT("nosniff")},
};
#define PRIVATE_COUNT (sizeof(PRIVATE) / sizeof(PRIVATE[0]))

/* What holds RED stays in this process (G3). */
static str cache_control(bool has_red)
{
    return has_red ? LIT("private, no-cache, no-store") : LIT("private, no-cache");
}

static void add_private_fields(struct http_response *response, bool has_red)
{
    http_response_add(response, LIT("Cache-Control"), cache_control(has_red));
    for (size_t i = 0; i < PRIVATE_COUNT; i++)
        http_response_add(response, PRIVATE[i].name, PRIVATE[i].value);
}

void taxii_add_private(struct http_body *body, bool has_red)
{
    http_body_add(body, LIT("Cache-Control"), cache_control(has_red));
    for (size_t i = 0; i < PRIVATE_COUNT; i++)
        http_body_add(body, PRIVATE[i].name, PRIVATE[i].value);
}

void taxii_error_response(struct arena *a, err e, str request_id, unsigned retry_seconds,
                          struct http_response *out)
{
    unsigned status = error_http_status(e->code);
    /* What lies underneath a fault of ours is for the log, not for strangers. */
    str text = status >= 500 && e->code != ERR_BUSY && e->code != ERR_NO_SPACE
                   ? LIT("The exchange could not do this; its operator finds the reason in the "
                         "log under this error_id")
                   : error_text(a, e);
    *out = (struct http_response){.status = status};
    http_response_add(out, LIT("Content-Type"), LIT(TAXII_MEDIA_TYPE));
    add_private_fields(out, false);
    if (status == 401)
        http_response_add(
            out, LIT("WWW-Authenticate"),
            LIT("Basic realm=\"tocsin\", charset=\"UTF-8\", Bearer realm=\"tocsin\""));
    if (status == 429 || status == 503)
        http_response_add(out, LIT("Retry-After"),
                          arena_print(a, "%u", retry_seconds ? retry_seconds : 5));
    out->body = taxii_error_body(a, status, str_of(error_title(e->code)), text, request_id);
}

static void end_and_reply(struct taxii_call *c, const struct http_response *response)
{
    struct http_request *rq = c->rq;
    session_done(&c->session); /* `c` is gone once the reply is out */
    http_reply(rq, response);
}

void taxii_reply_shared(struct taxii_call *c, struct http_body *body)
{
    const struct http_response response = {.status = 200, .shared = body};
    end_and_reply(c, &response);
}

void taxii_reply_with(struct taxii_call *c, struct http_response *response, bool has_red)
{
    add_private_fields(response, has_red);
    end_and_reply(c, response);
}

void taxii_fail(struct taxii_call *c, err e)
{
    struct http_request *rq = c->rq;
    if (error_http_status(e->code) >= 500)
        log_print((enum log_level)error_log_level(e->code), "%.*s %.*s: %.*s (%s:%d)",
                  STR_ARG(rq->request_id), STR_ARG(rq->path), STR_ARG(error_text(rq->arena, e)),
                  e->file, e->line);
    struct http_response response;
    taxii_error_response(rq->arena, e, rq->request_id, c->retry_seconds, &response);
    end_and_reply(c, &response);
}

void taxii_reply(struct taxii_call *c, unsigned status, str body)
{
    struct http_response response = {.status = status, .body = body};
    http_response_add(&response, LIT("Content-Type"), LIT(TAXII_MEDIA_TYPE));
    taxii_reply_with(c, &response, false);
}

str taxii_status_title(unsigned status)
{
    for (int code = 0; code < ERR_CODE_COUNT; code++) {
        if (error_http_status((enum err_code)code) == status && code != ERR_USAGE)
            return str_of(error_title((enum err_code)code));
    }
    return LIT("Refused");
}
