/*
 * A server on trial: started on any free port, spoken to over raw sockets.
 */
#include "trial.h"

#include "base/clock.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

static void *answer_later(void *context)
{
    struct http_request *rq = context;
    usleep(5000);
    struct http_response response = {.status = 200, .body = LIT("later")};
    http_reply(rq, &response);
    return NULL;
}

static void hold(struct trial *t, struct http_request *rq)
{
    pthread_mutex_lock(&t->lock);
    t->held = rq;
    pthread_mutex_unlock(&t->lock);
}

static void echo(struct http_request *rq)
{
    struct http_response response = {.status = 200};
    http_response_add(&response, LIT("Content-Type"), LIT("text/plain"));
    response.body =
        arena_print(rq->arena, "method=%.*s path=%.*s query=%.*s peer=%.*s scheme=%.*s body=%.*s",
                    STR_ARG(rq->method_name), STR_ARG(rq->path), STR_ARG(rq->query),
                    STR_ARG(rq->peer), STR_ARG(rq->scheme), STR_ARG(str_part(rq->body, 0, 100)));
    http_reply(rq, &response);
}

static void on_header(void *context, struct http_request *rq)
{
    (void)context;
    if (str_eq(rq->path, LIT("/small")))
        rq->body_bytes_max = rq->inflated_bytes_max = 100;
    if (rq->has_body && rq->query.len && !http_body_pay(rq, (unsigned)(rq->query.at[0] - '0')))
        http_refuse(rq, 429, LIT(HTTP_PAYER_WORDS));
    else if (str_eq(rq->path, LIT("/denied")))
        http_refuse(rq, 401, LIT("who are you"));
}

/* Refused, if whoever pays by the query holds too much. */
static bool pays(struct http_request *rq, struct http_body *shared)
{
    bool has_payer = rq->query.len && rq->query.at[0] > '0' && rq->query.at[0] <= '9';
    err e = has_payer ? http_answer_pay(rq, shared, (unsigned)(rq->query.at[0] - '0')) : NULL;
    if (e)
        http_refuse(rq, error_http_status(e->code), error_text(rq->arena, e));
    return e == NULL;
}

static void send_copy(struct http_request *rq)
{
    struct http_response response = {.status = 200};
    char *bytes = arena_take(rq->arena, TRIAL_COPY_BYTES);
    memset(bytes, 'y', TRIAL_COPY_BYTES);
    response.body = (str){bytes, TRIAL_COPY_BYTES};
    if (pays(rq, NULL))
        http_reply(rq, &response);
}

static void on_request(void *context, struct http_request *rq)
{
    struct trial *t = context;
    pthread_t thread;
    pthread_mutex_lock(&t->lock);
    t->handled_count++;
    pthread_mutex_unlock(&t->lock);
    if (str_eq(rq->path, LIT("/later"))) {
        assert_int_equal(pthread_create(&thread, NULL, answer_later, rq), 0);
        pthread_detach(thread);
    } else if (str_eq(rq->path, LIT("/held"))) {
        hold(t, rq);
    } else if (str_eq(rq->path, LIT("/large"))) {
        struct http_response response = {.status = 200, .shared = http_body_ref(t->large)};
        http_reply(rq, &response);
    } else if (str_eq(rq->path, LIT("/copy"))) {
        send_copy(rq);
    } else if (str_eq(rq->path, LIT("/page"))) {
        struct http_response response = {.status = 200, .shared = http_body_ref(t->page)};
        http_reply(rq, &response);
    } else if (str_eq(rq->path, LIT("/unchanged"))) {
        struct http_response response = {.status = 304};
        http_response_add(&response, LIT("ETag"), LIT("\"1\""));
        http_reply(rq, &response);
    } else {
        echo(rq);
    }
}

static void on_refusal(void *context, struct http_request *rq, str text, struct http_response *out)
{
    (void)context;
    http_response_add(out, LIT("Content-Type"), LIT("text/trial"));
    out->body = arena_print(rq->arena, "refused %u: %.*s", out->status, STR_ARG(text));
}

static void on_access(void *context, const struct http_access *access)
{
    struct trial *t = context;
    pthread_mutex_lock(&t->lock);
    t->access_count++;
    t->access_status = access->status;
    t->access_bytes = access->body_bytes;
    t->access_is_complete = access->is_complete;
    memcpy(t->access_id, access->request->request_id.at, HTTP_REQUEST_ID_BYTES);
    pthread_mutex_unlock(&t->lock);
}

void trial_init(struct trial *t)
{
    *t = (struct trial){0};
    pthread_mutex_init(&t->lock, NULL);
    config_init(&t->config);
    t->config.threads = 2;
    t->options = (struct http_server_options){.listen = LIT("127.0.0.1:0"),
                                              .config = &t->config,
                                              .application = {.context = t,
                                                              .on_header = on_header,
                                                              .on_request = on_request,
                                                              .on_refusal = on_refusal,
                                                              .on_access = on_access}};
    char *bytes = malloc(TRIAL_LARGE_BYTES);
    memset(bytes, 'x', TRIAL_LARGE_BYTES);
    t->large = http_body_new((str){bytes, TRIAL_LARGE_BYTES}, free);
    t->page = http_body_new(LIT("the page"), NULL);
    http_body_add(t->page, LIT("ETag"), LIT("\"7\""));
    http_body_add(t->page, LIT("Content-Type"), LIT("text/trial"));
}

void trial_start(struct trial *t)
{
    err e = http_server_start(&t->arena, &t->options, &t->server);
    if (e)
        fail_msg("%.*s", STR_ARG(error_text(&t->arena, e)));
}

void trial_done(struct trial *t)
{
    if (t->server)
        assert_null(http_server_stop(&t->arena, t->server, 5));
    http_body_unref(t->large);
    http_body_unref(t->page);
    pthread_mutex_destroy(&t->lock);
    arena_done(&t->arena);
}

int trial_connect(const struct trial *t)
{
    return trial_connect_to(http_server_port(t->server));
}

int trial_connect_to(unsigned port)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(connect(fd, (const struct sockaddr *)&address, sizeof(address)), 0);
    return fd;
}

void trial_send(int fd, str text)
{
    while (text.len) {
        ssize_t sent = send(fd, text.at, text.len, MSG_NOSIGNAL);
        if (sent <= 0)
            return; /* the server has refused and closed */
        text = str_skip(text, (size_t)sent);
    }
}

/* False at the end of the stream or of the time. */
static bool read_more(int fd, struct buf *b, int64_t until_us)
{
    struct pollfd poller = {.fd = fd, .events = POLLIN};
    int64_t left_us = until_us - clock_monotonic_us();
    if (left_us <= 0 || poll(&poller, 1, (int)(left_us / 1000) + 1) <= 0)
        return false;
    char *room = buf_room(b, 65536);
    assert_non_null(room);
    ssize_t got = recv(fd, room, 65536, 0);
    if (got <= 0)
        return false;
    b->len += (size_t)got;
    return true;
}

str trial_read_all(struct trial *t, int fd, unsigned seconds)
{
    OWNED(buf_done)
    struct buf b = {0};
    buf_init(&b, (size_t)64 * 1024 * 1024);
    int64_t until_us = clock_monotonic_us() + seconds * US_PER_SECOND;
    while (read_more(fd, &b, until_us))
        continue;
    return arena_copy(&t->arena, buf_str(&b));
}

static size_t answer_bytes(str text, bool is_head)
{
    size_t head = str_find(text, LIT("\r\n\r\n"));
    if (head == text.len)
        return SIZE_MAX;
    size_t at = str_find(str_part(text, 0, head), LIT("Content-Length: "));
    uint64_t length = 0;
    if (at < head && !is_head) {
        str number = str_skip(str_part(text, 0, head), at + 16);
        assert_true(str_to_u64(str_part(number, 0, str_find_char(number, '\r')), &length));
    }
    return head + 4 + length;
}

str trial_read_answer(struct trial *t, int fd, bool is_head)
{
    OWNED(buf_done)
    struct buf b = {0};
    buf_init(&b, (size_t)64 * 1024 * 1024);
    int64_t until_us = clock_monotonic_us() + TRIAL_PATIENCE_SECONDS * US_PER_SECOND;
    while (answer_bytes(buf_str(&b), is_head) > b.len && read_more(fd, &b, until_us))
        continue;
    return arena_copy(&t->arena, buf_str(&b));
}

str trial_ask(struct trial *t, str request)
{
    int fd = trial_connect(t);
    trial_send(fd, request);
    str answer = trial_read_answer(t, fd, false);
    close(fd);
    return answer;
}

str trial_post(struct trial *t, const char *path, size_t size, const char *fields)
{
    char *body = arena_take(&t->arena, size);
    memset(body, 'b', size);
    str head =
        arena_print(&t->arena, "POST %s HTTP/1.1\r\nHost: a\r\n%sContent-Length: %zu\r\n\r\n", path,
                    fields, size);
    return trial_ask(t, arena_join(&t->arena, head, (str){body, size}, (str){0}));
}

unsigned trial_status(str answer)
{
    uint64_t status = 0;
    if (!str_starts(answer, LIT("HTTP/1.1 ")))
        return 0;
    return str_to_u64(str_part(answer, 9, 12), &status) ? (unsigned)status : 0;
}

bool trial_is_closed(int fd, unsigned seconds)
{
    char bytes[4096];
    int64_t until_us = clock_monotonic_us() + seconds * US_PER_SECOND;
    for (;;) {
        struct pollfd poller = {.fd = fd, .events = POLLIN};
        int64_t left_us = until_us - clock_monotonic_us();
        if (left_us <= 0 || poll(&poller, 1, (int)(left_us / 1000) + 1) <= 0)
            return false;
        if (recv(fd, bytes, sizeof(bytes), 0) <= 0)
            return true;
    }
}

bool trial_contains(str text, const char *part)
{
    return str_find(text, str_of(part)) < text.len;
}

struct http_request *trial_take_held(struct trial *t)
{
    struct http_request *held = NULL;
    for (int i = 0; i < TRIAL_LOOKS && held == NULL; i++) {
        usleep(5000);
        pthread_mutex_lock(&t->lock);
        held = t->held;
        t->held = NULL;
        pthread_mutex_unlock(&t->lock);
    }
    assert_non_null(held);
    return held;
}

void trial_settle(struct trial *t)
{
    for (int i = 0; i < TRIAL_LOOKS && http_server_counts(t->server).requests > 0; i++)
        usleep(5000);
}

bool trial_wait_access(struct trial *t, unsigned count)
{
    for (int i = 0; i < TRIAL_LOOKS; i++) {
        pthread_mutex_lock(&t->lock);
        bool is_there = t->access_count >= count;
        pthread_mutex_unlock(&t->lock);
        if (is_there)
            return true;
        usleep(5000);
    }
    return false;
}
