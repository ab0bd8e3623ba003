/*
 * A request's way through libmicrohttpd: the request line (as raw text), the header, the pieces of
 * the body, the end. Everything here runs on the pool thread that serves the connection.
 */
#include "http/connection.h"
#include "http/gzip.h"
#include "http/request_check.h"

#include "base/clock.h"

#include "http/mhd_load.h"
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

/* An early answer waits for bodies up to this size, so that the connection can be kept. */
#define DISCARDED_BYTES_MAX ((uint64_t)64 * 1024)
/* Memory for a body is taken at once up to this size, then by doubling. */
#define BODY_FIRST_BYTES ((size_t)1024 * 1024)

void connection_set_phase(struct http_connection *connection, enum http_phase phase)
{
    uint64_t serial =
        (atomic_load_explicit(&connection->phase, memory_order_relaxed) >> PHASE_BITS) + 1;
    atomic_store_explicit(&connection->phase, serial << PHASE_BITS | phase, memory_order_relaxed);
}

static const union MHD_ConnectionInfo *info_of(struct MHD_Connection *mhd,
                                               enum MHD_ConnectionInfoType type)
{
    return microhttpd()->get_connection_info(mhd, type);
}

static struct gnutls_session_int *session_of(struct MHD_Connection *mhd)
{
    const union MHD_ConnectionInfo *info = info_of(mhd, MHD_CONNECTION_INFO_GNUTLS_SESSION);
    return info ? info->tls_session : NULL;
}

static struct shard *shard_of(struct http_connection *connection)
{
    return &connection->server->shards[(unsigned)connection->fd % CONNECTION_SHARDS];
}

static void link_in(struct http_connection *connection)
{
    struct shard *shard = shard_of(connection);
    pthread_mutex_lock(&shard->lock);
    connection->next = shard->first;
    connection->link = &shard->first;
    if (shard->first)
        shard->first->link = &connection->next;
    shard->first = connection;
    pthread_mutex_unlock(&shard->lock);
}

static void link_out(struct http_connection *connection)
{
    struct shard *shard = shard_of(connection);
    pthread_mutex_lock(&shard->lock);
    *connection->link = connection->next;
    if (connection->next)
        connection->next->link = connection->link;
    pthread_mutex_unlock(&shard->lock);
}

static void *connection_open(struct http_server *server, struct MHD_Connection *mhd)
{
    struct http_connection *connection = calloc(1, sizeof(*connection));
    ASSERT(connection != NULL);
    connection->server = server;
    connection->mhd = mhd;
    connection->fd = info_of(mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    const struct sockaddr *address = info_of(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr;
    connection->peer_len = listen_address_text(address, connection->peer);
    connection->pace.began_us = clock_monotonic_us();
    connection_set_phase(connection, PHASE_FRESH);
    if (server->tls)
        http_tls_adopt(server->tls, session_of(mhd));
    atomic_fetch_add(&server->connection_count, 1);
    link_in(connection);
    return connection;
}

static void connection_close(struct http_connection *connection)
{
    struct http_server *server = connection->server;
    link_out(connection);
    if (connection->request)
        request_close(connection->request,
                      atomic_load(&connection->request->state) == REQUEST_SENT);
    if (connection->lingers)
        watchdog_linger(server, connection->fd);
    atomic_fetch_sub(&server->connection_count, 1);
    free(connection);
}

void connection_notify(void *context, struct MHD_Connection *mhd, void **socket_context,
                       enum MHD_ConnectionNotificationCode code)
{
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        *socket_context = connection_open(context, mhd);
    } else if (*socket_context) {
        connection_close(*socket_context);
        *socket_context = NULL;
    }
}

static struct http_connection *connection_of(struct MHD_Connection *mhd)
{
    return info_of(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

void *connection_line(void *context, const char *target, struct MHD_Connection *mhd)
{
    struct http_connection *connection = connection_of(mhd);
    struct request *request = request_open(context, connection);
    ASSERT(connection->request == NULL);
    connection->request = request;
    request->line = target;
    request->seen.target = arena_copy(&request->arena, str_of(target));
    return request;
}

void connection_completed(void *context, struct MHD_Connection *mhd, void **unused,
                          enum MHD_RequestTerminationCode code)
{
    struct http_connection *connection = connection_of(mhd);
    struct request *request = connection->request;
    (void)context;
    *unused = NULL;
    if (request == NULL)
        return;
    connection->request = NULL;
    bool is_sent = atomic_load(&request->state) == REQUEST_SENT;
    /* Answers of the library itself count as errors to it even when they arrived. */
    request_close(request,
                  is_sent && (code == MHD_REQUEST_TERMINATED_COMPLETED_OK || connection->lingers));
    connection_set_phase(connection, PHASE_IDLE);
}

static enum MHD_Result add_field(void *context, enum MHD_ValueKind kind, const char *key,
                                 size_t key_size, const char *value, size_t value_size)
{
    struct request *request = context;
    (void)kind;
    request->fields[request->field_count++] =
        (struct http_field){{key, key_size}, {value, value_size}};
    return MHD_YES;
}

static void read_fields(struct request *request)
{
    struct MHD_Connection *mhd = request->connection->mhd;
    int count = microhttpd()->get_connection_values_n(mhd, MHD_HEADER_KIND, NULL, NULL);
    request->fields = NEW_ARRAY(&request->arena, count > 0 ? (size_t)count : 0, struct http_field);
    microhttpd()->get_connection_values_n(mhd, MHD_HEADER_KIND, add_field, request);
}

/*
 * The library cuts values at a zero byte, joins folded lines and takes a line without a name for
 * the end of the header. Each of these leaves a gap between the end of one field and the start of
 * the next (or the end of the header) that is no line end, since fields stay where they were read.
 */
static bool has_gap(const struct request *request, const char *head)
{
    const union MHD_ConnectionInfo *info =
        info_of(request->connection->mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    uintptr_t end = (uintptr_t)head + (info ? info->header_size : 0);
    for (size_t i = 0; i < request->field_count; i++) {
        bool is_final = i + 1 == request->field_count;
        uintptr_t from = (uintptr_t)request->fields[i].value.at + request->fields[i].value.len;
        uintptr_t to = is_final ? end : (uintptr_t)request->fields[i + 1].name.at;
        uintptr_t line_ends = is_final ? 2 : 1; /* each of one byte or two */
        if (to - from < line_ends || to - from > 2 * line_ends)
            return true;
    }
    return false;
}

static void trim_fields(struct request *request)
{
    for (size_t i = 0; i < request->field_count; i++)
        request->fields[i].value = str_trim(request->fields[i].value);
}

static void read_forwarded(struct request *request)
{
    struct http_request *rq = &request->seen;
    if (rq->server->behind_proxy.len == 0 || !str_eq(rq->server->behind_proxy, rq->peer))
        return;
    rq->is_by_proxy = true;
    struct forwarded said = request_forwarded(request->fields, request->field_count);
    if (said.address.len)
        rq->peer = said.address;
    if (said.scheme.len)
        rq->scheme = said.scheme;
}

static void read_fingerprint(struct request *request)
{
    struct http_connection *connection = request->connection;
    struct http_server *server = connection->server;
    if (server->tls && !connection->is_fingerprint_known) {
        connection->has_fingerprint =
            http_tls_client(server->tls, session_of(connection->mhd), connection->fingerprint);
        connection->is_fingerprint_known = true;
    }
    request->seen.fingerprint = connection->has_fingerprint ? connection->fingerprint : NULL;
}

static void read_lengths(struct request *request)
{
    struct http_request *rq = &request->seen;
    str length;
    rq->has_length = http_header_get(rq, LIT("Content-Length"), &length) &&
                     str_to_u64(length, &rq->content_length);
    rq->has_body = rq->content_length > 0 || http_header(rq, LIT("Transfer-Encoding")).len > 0;
}

/* What is wrong with the request line, or NULL. */
static const char *check_line(struct request *request, const char *url, const char *version)
{
    struct http_request *rq = &request->seen;
    /* A zero byte in the line ends the text early, but not what the library takes for the line. */
    if (url == request->line && version > url && (size_t)(version - url - 1) != rq->target.len)
        return "the request line holds a zero byte";
    return request_check_target(rq->target, rq->method);
}

/* Everything that HTTP itself refuses once the header is there. True: refused. */
static bool refuse_head(struct request *request, const char *url, const char *version)
{
    struct http_request *rq = &request->seen;
    bool is_http_1_0 = str_eq(str_of(version), LIT("HTTP/1.0"));
    const char *fault = check_line(request, url, version);
    if (fault == NULL && has_gap(request, rq->method_name.at))
        fault = "a header is folded, has no name, or holds a zero byte";
    trim_fields(request);
    if (fault == NULL)
        fault = request_check_fields(request->fields, request->field_count, is_http_1_0);
    if (fault) {
        reply_refuse_last(request, 400, str_of(fault));
        return true;
    }
    if (rq->target.len > HTTP_TARGET_BYTES_MAX) {
        reply_refuse_last(request, 414,
                          arena_print(rq->arena, "the target has %zu bytes; at most %d are taken",
                                      rq->target.len, HTTP_TARGET_BYTES_MAX));
        return true;
    }
    return false;
}

static void refuse_large(struct request *request)
{
    reply_refuse_last(request, 413,
                      arena_print(request->seen.arena,
                                  "the body is too large; at most %llu bytes are taken here",
                                  (unsigned long long)request->seen.body_bytes_max));
}

/* False: there is room for so many more bytes of the body. */
static bool refuse_over_budget(struct request *request, uint64_t more)
{
    struct budget_refusal refusal;
    if (!budget_refuses(request, more, &refusal))
        return false;
    reply_refuse_last(request, refusal.status, refusal.text);
    return true;
}

/* Limits on the body, as far as the header tells. */
static void check_body(struct request *request)
{
    struct http_request *rq = &request->seen;
    str coding = http_header(rq, LIT("Content-Encoding"));
    if (!rq->has_body)
        return;
    if (rq->content_length > rq->body_bytes_max)
        refuse_large(request);
    else if (coding.len && !str_eq_nocase(coding, LIT("gzip")) &&
             !str_eq_nocase(coding, LIT("identity")))
        reply_refuse_last(request, 415, LIT("the only Content-Encoding taken is gzip"));
    else
        refuse_over_budget(request, rq->content_length);
}

static bool is_replied(const struct request *request)
{
    return atomic_load(&request->state) == REQUEST_REPLIED;
}

static enum MHD_Result queue(struct request *request)
{
    return reply_queue(request) ? MHD_YES : MHD_NO;
}

/* An early answer: at once if a large body would follow, else after the body, which is dropped. */
static enum MHD_Result answer_early(struct request *request)
{
    const struct http_request *rq = &request->seen;
    bool is_small = rq->has_length && rq->content_length <= DISCARDED_BYTES_MAX;
    bool waits = http_header(rq, LIT("Expect")).len > 0;
    if (rq->has_body && is_small && !waits && !request->response.is_last) {
        request->is_discarded = true;
        connection_set_phase(request->connection, PHASE_BODY);
        return MHD_YES;
    }
    request->connection->lingers = rq->has_body;
    return queue(request);
}

static void begin(struct request *request, const char *url, const char *method, const char *version)
{
    struct http_request *rq = &request->seen;
    const struct http_application *application = &rq->server->application;
    rq->method_name = str_of(method);
    rq->method = request_method(rq->method_name);
    read_fields(request);
    if (refuse_head(request, url, version))
        return;
    request_split_target(rq->target, &rq->path, &rq->query);
    read_lengths(request);
    read_forwarded(request);
    read_fingerprint(request);
    if (application->on_header)
        application->on_header(application->context, rq);
    if (!is_replied(request))
        check_body(request);
}

static enum MHD_Result take_header(struct request *request, const char *url, const char *method,
                                   const char *version)
{
    request->has_header = true;
    begin(request, url, method, version);
    if (is_replied(request))
        return answer_early(request);
    connection_set_phase(request->connection, request->seen.has_body ? PHASE_BODY : PHASE_WORK);
    if (request->seen.has_body) {
        /* Many clients hold a small body back until its header is acknowledged (Nagle). */
        int one = 1;
        setsockopt(request->connection->fd, IPPROTO_TCP, TCP_QUICKACK, &one, sizeof(one));
    }
    return MHD_YES;
}

/* The rest of a body is dropped once the request is refused; a second limit's worth is too much. */
static enum MHD_Result drop_piece(struct request *request, size_t size)
{
    request->dropped_bytes += size;
    bool is_patient = request->dropped_bytes <= request->seen.body_bytes_max ||
                      request->dropped_bytes <= DISCARDED_BYTES_MAX;
    return is_patient ? MHD_YES : MHD_NO;
}

static void keep_piece(struct request *request, str piece)
{
    struct http_request *rq = &request->seen;
    struct buf *body = &request->body;
    if (body->max == 0) {
        uint64_t first =
            rq->content_length < BODY_FIRST_BYTES ? rq->content_length : BODY_FIRST_BYTES;
        buf_init(body, rq->body_bytes_max);
        buf_room(body, (size_t)first);
    }
    if (refuse_over_budget(request, piece.len))
        return;
    budget_charge(request, piece.len);
    buf_put(body, piece);
    if (body->is_over)
        refuse_large(request);
}

static enum MHD_Result take_piece(struct request *request, const char *data, size_t *size)
{
    str piece = {data, *size};
    *size = 0;
    if (!request->is_discarded) {
        keep_piece(request, piece);
        if (!is_replied(request))
            return MHD_YES;
        request->is_discarded = true;
        budget_release(request);
        buf_done(&request->body);
    }
    return drop_piece(request, piece.len);
}

static err check_budget(struct request *request, uint64_t more)
{
    struct budget_refusal refusal;
    if (!budget_refuses(request, more, &refusal))
        return NULL;
    return FAIL(request->seen.arena, refusal.status == 503 ? ERR_BUSY : ERR_THROTTLED, "%.*s",
                STR_ARG(refusal.text));
}

err http_body_unpack(struct http_request *rq)
{
    struct request *request = (struct request *)rq;
    bool is_packed = str_eq_nocase(http_header(rq, LIT("Content-Encoding")), LIT("gzip"));
    if (!is_packed || !rq->has_body || request->is_unpacked)
        return NULL;
    OWNED(buf_done)
    struct buf plain = {0};
    buf_init(&plain, rq->inflated_bytes_max);
    TRY(gzip_unpack(rq->arena, rq->body, &plain));
    struct buf packed = request->body;
    request->body = plain;
    plain = packed;
    request->is_unpacked = true;
    rq->body = buf_str(&request->body);
    TRY(check_budget(request, rq->body.len));
    budget_charge(request, rq->body.len);
    return NULL;
}

/* False: the request was refused. */
static bool unpack(struct request *request)
{
    struct http_request *rq = &request->seen;
    rq->body = buf_str(&request->body);
    err e = rq->unpacks_late ? NULL : http_body_unpack(rq);
    if (e)
        http_refuse(rq, error_http_status(e->code), error_text(rq->arena, e));
    return e == NULL;
}

static void hand_over(struct request *request)
{
    struct http_server *server = request->seen.server;
    request->is_handed = true;
    request->is_counted = true;
    connection_set_phase(request->connection, PHASE_WORK);
    atomic_fetch_add(&server->handed_count, 1);
    if (atomic_load(&server->is_stopping))
        reply_refuse_last(request, 503, LIT("the server is stopping"));
    else if (unpack(request))
        server->application.on_request(server->application.context, &request->seen);
}

static enum MHD_Result finish(struct request *request)
{
    request_is_answered(request);
    return queue(request);
}

/* The request is whole; or its suspended connection was woken by http_reply. */
static enum MHD_Result take_end(struct request *request)
{
    struct MHD_Connection *mhd = request->connection->mhd;
    if (!is_replied(request)) {
        if (request->is_handed)
            return MHD_YES;
        hand_over(request);
    }
    if (is_replied(request))
        return finish(request);
    /* From here on another thread may reply; it wakes the connection if it sees it suspended. */
    microhttpd()->suspend_connection(mhd);
    int expected = REQUEST_OPEN;
    if (!atomic_compare_exchange_strong(&request->state, &expected, REQUEST_SUSPENDED))
        microhttpd()->resume_connection(mhd);
    return MHD_YES;
}

/* NOLINTNEXTLINE(readability-function-size): the parameters are MHD_AccessHandlerCallback's */
enum MHD_Result connection_handle(void *context, struct MHD_Connection *mhd, const char *url,
                                  const char *method, const char *version, const char *data,
                                  size_t *size, void **unused)
{
    struct request *request = connection_of(mhd)->request;
    (void)context;
    (void)unused;
    if (request == NULL)
        return MHD_NO;
    if (!request->has_header)
        return take_header(request, url, method, version);
    if (*size > 0)
        return take_piece(request, data, size);
    return take_end(request);
}

bool http_header_get(const struct http_request *rq, str name, str *value)
{
    const struct request *request = (const struct request *)rq;
    const struct http_field *field =
        request_find_field(request->fields, request->field_count, name);
    if (field)
        *value = field->value;
    return field != NULL;
}

str http_header(const struct http_request *rq, str name)
{
    str value = {0};
    http_header_get(rq, name, &value);
    return value;
}
