/*
 * Memory for bodies under way: all of them together (S5), and those of one payer (S7). The same of
 * answers on their way out (S4).
 */
#include "http/server_parts.h"

static bool is_past(const atomic_uint_fast64_t *held, uint64_t more, uint64_t max)
{
    uint64_t now = atomic_load(held);
    return more > max || now > max - more;
}

/* NULL: nobody in particular. */
static atomic_uint_fast64_t *payer_of(const struct request *request)
{
    return request->payer ? &request->seen.server->payer_bytes[request->payer] : NULL;
}

static bool is_past_payer(const struct request *request, uint64_t more)
{
    const atomic_uint_fast64_t *payer = payer_of(request);
    return payer && is_past(payer, more, request->seen.server->limits.bodies_bytes_per_payer_max);
}

bool budget_refuses(const struct request *request, uint64_t more, struct budget_refusal *out)
{
    const struct http_server *server = request->seen.server;
    if (is_past(&server->body_bytes, more, server->limits.bodies_bytes_max))
        *out = (struct budget_refusal){
            503, LIT("too many request bodies are under way; try again in a moment")};
    else if (is_past_payer(request, more))
        *out = (struct budget_refusal){429, LIT(HTTP_PAYER_WORDS)};
    else
        return false;
    return true;
}

void budget_charge(struct request *request, uint64_t bytes)
{
    atomic_uint_fast64_t *payer = payer_of(request);
    atomic_fetch_add(&request->seen.server->body_bytes, bytes);
    if (payer)
        atomic_fetch_add(payer, bytes);
    request->charged_bytes += bytes;
}

void budget_release(struct request *request)
{
    atomic_uint_fast64_t *payer = payer_of(request);
    atomic_fetch_sub(&request->seen.server->body_bytes, request->charged_bytes);
    if (payer)
        atomic_fetch_sub(payer, request->charged_bytes);
    request->charged_bytes = 0;
}

bool http_body_pay(struct http_request *rq, unsigned payer)
{
    struct request *request = (struct request *)rq;
    ASSERT(payer > 0 && payer < HTTP_PAYERS);
    uint64_t held = request->charged_bytes;
    budget_release(request);
    request->payer = payer;
    bool has_room = !is_past_payer(request, held ? held : rq->content_length);
    budget_charge(request, held);
    return has_room;
}

/* ---- answers */

/* Of this and less there is always room: pages for people, and refusals. */
#define ANSWER_SMALL_BYTES ((uint64_t)64 * 1024)
#define MANY_EIGHTHS 7

void budget_answer_add(struct http_server *server, unsigned payer, uint64_t bytes)
{
    atomic_fetch_add(&server->answers.bytes, bytes);
    if (payer)
        atomic_fetch_add(&server->answers.payer_bytes[payer], bytes);
}

void budget_answer_take(struct http_server *server, unsigned payer, uint64_t bytes)
{
    atomic_fetch_sub(&server->answers.bytes, bytes);
    if (payer)
        atomic_fetch_sub(&server->answers.payer_bytes[payer], bytes);
}

bool budget_answers_are_many(const struct http_server *server)
{
    return atomic_load(&server->answers.bytes) / MANY_EIGHTHS >
           server->limits.answers_bytes_max / 8;
}

err http_answer_pay(struct http_request *rq, struct http_body *shared, unsigned payer)
{
    struct request *request = (struct request *)rq;
    const struct http_server *server = rq->server;
    ASSERT(payer > 0 && payer < HTTP_PAYERS);
    uint64_t more = request->arena.held_bytes + (shared ? reply_body_bytes(shared) : 0);
    request->answer_payer = payer;
    if (more <= ANSWER_SMALL_BYTES)
        return NULL;
    if (is_past(&server->answers.payer_bytes[payer], more,
                server->limits.answers_bytes_per_payer_max))
        return FAIL(rq->arena, ERR_THROTTLED,
                    "Too many answers to you are on their way; read them, or ask for less at once");
    if (is_past(&server->answers.bytes, more, server->limits.answers_bytes_max))
        return FAIL(rq->arena, ERR_BUSY, "Too many answers are on their way; try again");
    return NULL;
}
