/*
 * How calls end: JSON, nothing, other bytes, or a problem.
 */
#include "api/problem.h"

#include "api/browser.h"
#include "api/etag.h"
#include "api/range.h"
#include "base/log.h"
#include "http/accept.h"
#include "http/gzip.h"

#define GZIP_LEVEL 5
#define GZIP_BYTES_MIN 1000

/* What holds RED stays in this process (G3). */
static void add_common_fields(const struct http_request *rq, struct http_response *out,
                              bool has_red)
{
    browser_add_https_only(rq, out);
    http_response_add(out, LIT("Cache-Control"),
                      has_red ? LIT("private, no-cache, no-store") : LIT("private, no-cache"));
    http_response_add(out, LIT("Vary"), LIT("Authorization, Cookie, Accept-Encoding"));
    http_response_add(out, LIT("X-Content-Type-Options"), LIT("nosniff"));
    http_response_add(out, LIT("Cross-Origin-Resource-Policy"), LIT("same-origin"));
}

/* Everything a call holds goes before the reply, since the reply may end the request. */
static void finish(struct api_call *c)
{
    struct http_request *rq = c->rq;
    struct http_response response = c->response;
    add_common_fields(rq, &response, c->given.has_red);
    session_done(&c->session);
    json_reader_done(&c->json_reader);
    buf_done(&c->text);
    http_reply(rq, &response);
}

static void finish_after_commit(void *context, err failure)
{
    struct api_call *c = context;
    if (failure)
        api_fail_elsewhere(c, failure);
    else
        finish(c);
}

/* What a request beside this one has noted already may not be written yet. */
static bool waits_for_receipts(const struct api_call *c)
{
    struct store *store = c->app->store;
    if (c->rq->method == HTTP_HEAD || c->given.entries.count == 0)
        return false;
    bool is_new = given_note(store, &c->given, c->reader.gate.actor);
    if (is_new)
        writer_wake(c->app->writer);
    return c->given.has_red && (is_new || receipts_are_pending(store->receipts));
}

/* What was changed is answered in any case (S4). */
static err pay(struct api_call *c)
{
    unsigned payer = login_payer(c->app->login, c->rq->peer, c->who.org);
    return c->rq->method == HTTP_GET ? http_answer_pay(c->rq, c->response.shared, payer) : NULL;
}

/* Of RED no byte leaves before its receipt is durable (R1). */
static void finish_with_receipts(struct api_call *c)
{
    err failure = pay(c);
    if (failure) {
        api_fail(c, failure);
        return;
    }
    if (!waits_for_receipts(c)) {
        finish(c);
        return;
    }
    session_done(&c->session);
    c->receipts = (struct writer_job){.org = c->who.org, .done = finish_after_commit, .context = c};
    if (!writer_submit(c->app->writer, &c->receipts))
        api_fail(c, FAIL(c->rq->arena, ERR_BUSY, "The exchange is busy; try again"));
}

struct json_writer *api_body(struct api_call *c)
{
    buf_clear(&c->text);
    json_writer_init(&c->writer, &c->text);
    return &c->writer;
}

/* Nothing RED is compressed (G3). */
static bool may_pack(const struct api_call *c, str plain)
{
    return !c->given.has_red && plain.len >= GZIP_BYTES_MIN &&
           http_accepts_coding(http_header(c->rq, LIT("Accept-Encoding")), LIT("gzip"));
}

static bool pack(struct api_call *c, str plain, str *out)
{
    OWNED(buf_done) struct buf packed = {0};
    if (!may_pack(c, plain))
        return false;
    buf_init(&packed, plain.len);
    if (gzip_pack(c->rq->arena, plain, GZIP_LEVEL, &packed) != NULL)
        return false;
    *out = arena_copy(c->rq->arena, buf_str(&packed));
    return true;
}

void api_send_bytes(struct api_call *c, str type, str bytes)
{
    http_response_add(&c->response, LIT("Content-Type"), type);
    c->response.body = bytes;
    if (c->response.status == 0)
        c->response.status = 200;
    if (pack(c, bytes, &c->response.body))
        http_response_add(&c->response, LIT("Content-Encoding"), LIT("gzip"));
    finish_with_receipts(c);
}

err api_send_download(struct api_call *c, str type, str bytes)
{
    str sent = bytes;
    bool is_packed = pack(c, bytes, &sent);
    TRY(range_choose(c, api_tag(c, sent), sent.len));
    if (c->response.status == 304) {
        finish(c);
        return NULL;
    }
    http_response_add(&c->response, LIT("Content-Type"), type);
    if (is_packed)
        http_response_add(&c->response, LIT("Content-Encoding"), LIT("gzip"));
    c->response.body = sent;
    finish_with_receipts(c);
    return NULL;
}

err api_send_file(struct api_call *c, str type, str etag, struct file_map *map)
{
    TRY(range_choose(c, etag, map->bytes.len));
    if (c->response.status == 304) {
        finish(c);
        return NULL;
    }
    http_response_add(&c->response, LIT("Content-Type"), type);
    c->response.shared = http_body_of_file(map);
    finish_with_receipts(c);
    return NULL;
}

static str etag_of(const struct http_response *response)
{
    for (size_t i = 0; i < response->field_count; i++) {
        if (str_eq(response->fields[i].name, LIT("ETag")))
            return response->fields[i].value;
    }
    return (str){0};
}

/* What is read has an ETag: what its handler set, else one of its bytes (O3). */
static bool is_known(struct api_call *c, str bytes)
{
    if (c->rq->method != HTTP_GET && c->rq->method != HTTP_HEAD)
        return false;
    if (etag_of(&c->response).len == 0)
        api_etag_bytes(c, bytes, may_pack(c, bytes));
    return http_etag_matches(http_header(c->rq, LIT("If-None-Match")), etag_of(&c->response));
}

void api_send(struct api_call *c, unsigned status)
{
    err failure = buf_check(c->rq->arena, &c->text);
    if (failure) {
        api_fail(c, failure);
        return;
    }
    c->response.status = status;
    str bytes = buf_str(&c->text);
    if (status == 200 && is_known(c, bytes)) {
        c->response.status = 304;
        finish(c);
        return;
    }
    api_send_bytes(c, LIT("application/json"), arena_copy(c->rq->arena, bytes));
}

void api_send_nothing(struct api_call *c)
{
    c->response.status = 204;
    finish(c);
}

static void add_status_fields(struct api_call *c, unsigned status)
{
    struct http_response *out = &c->response;
    http_response_add(out, LIT("Content-Type"), LIT(PROBLEM_TYPE));
    if (status == 401)
        http_response_add(out, LIT("WWW-Authenticate"), LIT("Bearer realm=\"tocsin\""));
    if (status == 405)
        http_response_add(out, LIT("Allow"), http_route_allow(c->rq->arena, c->match.methods));
    if (status == 416)
        http_response_add(out, LIT("Content-Range"), c->content_range);
    if (status == 429 || status == 503)
        http_response_add(out, LIT("Retry-After"),
                          arena_print(c->rq->arena, "%u", c->retry_seconds ? c->retry_seconds : 5));
}

void api_fail(struct api_call *c, err e)
{
    struct http_request *rq = c->rq;
    unsigned status = error_http_status(e->code);
    if (status >= 500)
        log_print((enum log_level)error_log_level(e->code), "%.*s %.*s: %.*s (%s:%d)",
                  STR_ARG(rq->request_id), STR_ARG(rq->path), STR_ARG(error_text(rq->arena, e)),
                  e->file, e->line);
    http_body_unref(c->response.shared); /* of an answer that could not leave */
    c->response = (struct http_response){.status = status};
    add_status_fields(c, status);
    const struct problem_more more = {
        .request_id = rq->request_id,
        .faults = e->code == ERR_INVALID ? &c->faults : NULL,
        .current = e->code == ERR_PRECONDITION ? c->current : (str){0},
    };
    c->response.body = problem_write(rq->arena, e, &more);
    finish(c);
}

void api_fail_elsewhere(struct api_call *c, err e)
{
    struct arena *a = c->rq->arena;
    api_fail(c, FAIL(a, e->code, "%.*s", STR_ARG(error_text(a, e))));
}

static enum err_code code_of(unsigned status)
{
    for (int code = 0; code < ERR_CODE_COUNT; code++) {
        if (error_http_status((enum err_code)code) == status && code != ERR_USAGE)
            return (enum err_code)code;
    }
    return ERR_INPUT;
}

void api_refusal(struct http_request *rq, str text, struct http_response *out)
{
    err e = FAIL(rq->arena, code_of(out->status), "%.*s", STR_ARG(text));
    const struct problem_more more = {.request_id = rq->request_id};
    http_response_add(out, LIT("Content-Type"), LIT(PROBLEM_TYPE));
    http_response_add(out, LIT("X-Content-Type-Options"), LIT("nosniff"));
    out->body = problem_write(rq->arena, e, &more);
}
