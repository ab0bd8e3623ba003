/*
 * Requests and their arenas, kept for the next one: an ordinary request takes nothing from the
 * system. Idle connections hold none.
 */
#include "http/server_parts.h"

#include "base/clock.h"
#include "base/secret.h"

#include <stdlib.h>

#define POOL_MAX 256
#define ARENA_BLOCK_BYTES 8192

static struct request *pool_take(struct http_server *server)
{
    pthread_mutex_lock(&server->pool_lock);
    struct request *request = server->pool;
    if (request) {
        server->pool = request->next;
        server->pool_count--;
    }
    pthread_mutex_unlock(&server->pool_lock);
    if (request)
        return request;
    request = calloc(1, sizeof(*request));
    ASSERT(request != NULL);
    arena_init(&request->arena, ARENA_BLOCK_BYTES);
    return request;
}

static void request_free(struct request *request)
{
    arena_done(&request->arena);
    free(request);
}

static void pool_give(struct http_server *server, struct request *request)
{
    struct arena arena = request->arena;
    arena_reset(&arena);
    *request = (struct request){.arena = arena};
    pthread_mutex_lock(&server->pool_lock);
    bool is_kept = server->pool_count < POOL_MAX;
    if (is_kept) {
        request->next = server->pool;
        server->pool = request;
        server->pool_count++;
    }
    pthread_mutex_unlock(&server->pool_lock);
    if (!is_kept)
        request_free(request);
}

/*
 * Sixteen hexadecimal digits by a key of this process: whoever sees two of them cannot tell how
 * many requests others made in between.
 */
static void write_id(struct http_server *server, char out[HTTP_REQUEST_ID_BYTES])
{
    uint64_t count = atomic_fetch_add(&server->id_count, 1);
    uint64_t n = secret_short_hash(server->id_key, (str){(const char *)&count, sizeof(count)});
    for (size_t i = 0; i < HTTP_REQUEST_ID_BYTES; i++)
        out[i] = "0123456789abcdef"[(n >> (60 - 4 * i)) & 15];
}

struct request *request_open(struct http_server *server, struct http_connection *connection)
{
    struct request *request = pool_take(server);
    request->connection = connection;
    request->began_us = clock_monotonic_us();
    write_id(server, request->id);
    request->seen.arena = &request->arena;
    request->seen.server = server;
    request->seen.method = HTTP_METHOD_OTHER;
    request->seen.request_id = (str){request->id, HTTP_REQUEST_ID_BYTES};
    request->seen.peer = (str){connection->peer, connection->peer_len};
    request->seen.scheme = server->tls ? LIT("https") : LIT("http");
    request->seen.body_bytes_max = server->limits.body_bytes_max;
    request->seen.inflated_bytes_max = server->limits.body_bytes_max;
    atomic_fetch_add(&server->request_count, 1);
    return request;
}

void request_is_answered(struct request *request)
{
    if (request->is_counted)
        atomic_fetch_sub(&request->seen.server->handed_count, 1);
    request->is_counted = false;
}

void request_close(struct request *request, bool is_complete)
{
    struct http_server *server = request->seen.server;
    struct http_access access = {.request = &request->seen,
                                 .status = request->status,
                                 .body_bytes = request->answer_bytes,
                                 .duration_us = clock_monotonic_us() - request->began_us,
                                 .is_complete = is_complete};
    if (server->application.on_access)
        server->application.on_access(server->application.context, &access);
    request_is_answered(request); /* also where nobody was there any more to be answered */
    reply_done(request);
    buf_done(&request->body);
    budget_release(request);
    pool_give(server, request);
    atomic_fetch_sub(&server->request_count, 1);
}

void request_pool_done(struct http_server *server)
{
    while (server->pool) {
        struct request *next = server->pool->next;
        request_free(server->pool);
        server->pool = next;
    }
}
