/*
 * Starting and stopping the server: limits from the settings, the socket, TLS, the daemon's
 * options, and the order in which all of it ends.
 */
#include "http/connection.h"

#include "base/clock.h"
#include "base/num.h"
#include "base/secret.h"

#include "http/mhd_load.h"
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/*
 * Memory of one connection, for everything in a request's head: a target of 6 kB, the other
 * headers, and the head of the answer. Ten thousand idle connections hold this each (S4).
 */
#define CONNECTION_BYTES ((size_t)10 * 1024)
/* Descriptors beside the connections: database, log, files. */
#define OTHER_FILES 256
#define STOP_LOOK_MS 5

str http_method_name(enum http_method method)
{
    static const str names[] = {
        [HTTP_GET] = LIT_INIT("GET"),         [HTTP_HEAD] = LIT_INIT("HEAD"),
        [HTTP_POST] = LIT_INIT("POST"),       [HTTP_PUT] = LIT_INIT("PUT"),
        [HTTP_PATCH] = LIT_INIT("PATCH"),     [HTTP_DELETE] = LIT_INIT("DELETE"),
        [HTTP_OPTIONS] = LIT_INIT("OPTIONS"), [HTTP_METHOD_OTHER] = LIT_INIT(""),
    };
    return names[method];
}

static struct http_limits read_limits(const struct config *config)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned threads = (unsigned)config->threads;
    return (struct http_limits){
        .threads = threads     ? threads
                   : cores > 0 ? (unsigned)cores
                               : 1,
        .connections_max = (unsigned)config->connections_max,
        .connections_per_address_max = (unsigned)config->connections_per_address_max,
        .header_seconds = (unsigned)config->header_seconds,
        .idle_seconds = (unsigned)config->idle_seconds,
        .bytes_per_second_min = config->bytes_per_second_min,
        .body_bytes_max = config->body_bytes_max,
        .bodies_bytes_max = config->bodies_bytes_max,
        .bodies_bytes_per_payer_max = config->bodies_bytes_per_org_max,
        .answers_bytes_max = config->answers_bytes_max,
        .answers_bytes_per_payer_max = config->answers_bytes_per_org_max,
    };
}

static void server_init(struct http_server *server, const struct http_server_options *options)
{
    server->application = options->application;
    server->limits = read_limits(options->config);
    server->behind_proxy = arena_copy(&server->arena, options->behind_proxy);
    secret_random(server->id_key, sizeof(server->id_key));
    pthread_mutex_init(&server->pool_lock, NULL);
    pthread_mutex_init(&server->watchdog_lock, NULL);
    for (size_t i = 0; i < CONNECTION_SHARDS; i++)
        pthread_mutex_init(&server->shards[i].lock, NULL);
    for (size_t i = 0; i < LINGERING_MAX; i++)
        server->lingering[i].fd = -1;
}

/* Everything but the daemon and the watchdog, which must have ended. */
static void server_free(struct http_server *server)
{
    http_tls_close(server->tls);
    request_pool_done(server);
    for (size_t i = 0; i < CONNECTION_SHARDS; i++)
        pthread_mutex_destroy(&server->shards[i].lock);
    pthread_mutex_destroy(&server->watchdog_lock);
    pthread_mutex_destroy(&server->pool_lock);
    arena_done(&server->arena);
    free(server);
}

static bool wants_tls(const struct http_server_options *options)
{
    return options->is_self_signed || options->certificate_file.len > 0;
}

static err open_tls(struct arena *a, struct http_server *server,
                    const struct http_server_options *options, str host)
{
    if (!wants_tls(options))
        return NULL;
    struct http_tls_options tls = {.certificate_file = options->certificate_file,
                                   .key_file = options->key_file,
                                   .client_ca_file = options->client_ca_file,
                                   .is_self_signed = options->is_self_signed,
                                   .wants_client_certificate = options->wants_client_certificate,
                                   .host = host};
    return http_tls_open(a, &tls, &server->tls);
}

/* S1: credentials never cross a network in the clear. */
static err check_exposure(struct arena *a, const struct http_server_options *options,
                          bool is_loopback)
{
    if (wants_tls(options) || is_loopback || options->behind_proxy.len)
        return NULL;
    return FAIL(a, ERR_USAGE,
                "%.*s can be reached from other machines and plain HTTP would show passwords to "
                "the network; give a certificate, try --tls-self-signed, or name the proxy that "
                "ends TLS with --behind-proxy ADDRESS",
                STR_ARG(options->listen));
}

static void raise_files(struct http_server *server)
{
    uint64_t allowed = 0;
    uint64_t wanted = server->limits.connections_max + OTHER_FILES;
    server->warning = listen_raise_files(&server->arena, wanted, &allowed);
    if (server->warning.len && allowed > 2 * OTHER_FILES)
        server->limits.connections_max = (unsigned)(allowed - OTHER_FILES);
}

/*
 * While the server drains, a newcomer is turned away at once. MHD_quiesce_daemon is not used: it
 * and a worker may both take the listening socket out of the worker's epoll set, and whichever
 * comes second ends the process.
 */
static enum MHD_Result may_connect(void *context, const struct sockaddr *address, socklen_t size)
{
    const struct http_server *server = context;
    (void)address, (void)size;
    return atomic_load(&server->is_draining) ? MHD_NO : MHD_YES;
}

static err start_daemon(struct arena *a, struct http_server *server, int fd)
{
    const struct http_limits *limits = &server->limits;
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_TURBO;
    struct MHD_OptionItem items[16];
    size_t count = 0;
#define OPTION(name, number, pointer) \
    items[count++] = (struct MHD_OptionItem){(name), (intptr_t)(number), (pointer)}
    OPTION(MHD_OPTION_LISTEN_SOCKET, fd, NULL);
    OPTION(MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_BYTES, NULL);
    OPTION(MHD_OPTION_CONNECTION_LIMIT, limits->connections_max, NULL);
    OPTION(MHD_OPTION_CONNECTION_TIMEOUT, limits->idle_seconds, NULL);
    OPTION(MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL);
    if (limits->connections_per_address_max)
        OPTION(MHD_OPTION_PER_IP_CONNECTION_LIMIT, limits->connections_per_address_max, NULL);
    if (limits->threads > 1)
        OPTION(MHD_OPTION_THREAD_POOL_SIZE, limits->threads, NULL);
    if (server->tls) {
        flags |= MHD_USE_TLS;
        OPTION(MHD_OPTION_HTTPS_MEM_CERT, 0,
               (void *)(uintptr_t)http_tls_certificate_pem(server->tls));
        OPTION(MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)(uintptr_t)http_tls_key_pem(server->tls));
        OPTION(MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t)HTTP_TLS_PRIORITIES);
    }
    OPTION(MHD_OPTION_END, 0, NULL);
#undef OPTION
    ASSERT(count <= COUNT_OF(items));
    server->daemon = microhttpd()->start_daemon(
        flags, 0, may_connect, server, connection_handle, server, MHD_OPTION_URI_LOG_CALLBACK,
        connection_line, server, MHD_OPTION_NOTIFY_COMPLETED, connection_completed, server,
        MHD_OPTION_NOTIFY_CONNECTION, connection_notify, server, MHD_OPTION_ARRAY, items,
        MHD_OPTION_END);
    if (server->daemon == NULL)
        return FAIL(a, ERR_IO, "the HTTP server does not start");
    return NULL;
}

static err start(struct arena *a, struct http_server *server,
                 const struct http_server_options *options)
{
    struct listen_address address = {.fd = -1};
    TRY(mhd_load(a));
    TRY(listen_open(a, options->listen, &address));
    server->port = address.port;
    err e = check_exposure(a, options, address.is_loopback);
    if (e == NULL)
        e = open_tls(a, server, options, address.host);
    if (e == NULL) {
        raise_files(server);
        e = watchdog_start(a, server);
    }
    if (e == NULL && server->application.on_bound)
        server->application.on_bound(server->application.context, server->port,
                                     address.is_loopback);
    if (e == NULL)
        e = start_daemon(a, server, address.fd);
    if (e)
        close(address.fd);
    return e;
}

err http_server_start(struct arena *a, const struct http_server_options *options,
                      struct http_server **out)
{
    ASSERT(options->config != NULL && options->application.on_request != NULL);
    struct http_server *server = calloc(1, sizeof(*server));
    ASSERT(server != NULL);
    server_init(server, options);
    err e = start(a, server, options);
    if (e) {
        watchdog_stop(server);
        server_free(server);
        return e;
    }
    *out = server;
    return NULL;
}

str http_server_warning(const struct http_server *server)
{
    return server->warning;
}

unsigned http_server_port(const struct http_server *server)
{
    return server->port;
}

bool http_server_fingerprint(const struct http_server *server,
                             unsigned char out[HTTP_FINGERPRINT_BYTES])
{
    if (server->tls == NULL)
        return false;
    http_tls_fingerprint(server->tls, out);
    return true;
}

err http_server_reload_certificates(struct arena *a, struct http_server *server)
{
    return server->tls ? http_tls_reload(a, server->tls) : NULL;
}

struct http_server_counts http_server_counts(const struct http_server *server)
{
    return (struct http_server_counts){
        .connections = atomic_load(&server->connection_count),
        .requests = atomic_load(&server->request_count),
        .body_bytes = atomic_load(&server->body_bytes),
        .answer_bytes = atomic_load(&server->answers.bytes),
    };
}

/* Waits until the count is zero; false if it is not by then. */
static bool wait_for_none(const atomic_uint_fast64_t *count, int64_t until_us)
{
    const struct timespec pause = {.tv_nsec = STOP_LOOK_MS * 1000000L};
    while (atomic_load(count) > 0) {
        if (clock_monotonic_us() >= until_us)
            return false;
        nanosleep(&pause, NULL);
    }
    return true;
}

err http_server_stop(struct arena *a, struct http_server *server, unsigned seconds_max)
{
    int64_t until_us = clock_monotonic_us() + seconds_max * US_PER_SECOND;
    atomic_store(&server->is_draining, true);
    wait_for_none(&server->request_count, until_us);
    /* Requests that are not whole yet are cut off below; handlers must have replied first. */
    atomic_store(&server->is_stopping, true);
    if (!wait_for_none(&server->handed_count, until_us))
        return FAIL(a, ERR_TIMEOUT, "%llu requests were still being worked on after %u seconds",
                    (unsigned long long)atomic_load(&server->handed_count), seconds_max);
    microhttpd()->stop_daemon(server->daemon);
    watchdog_stop(server);
    server_free(server);
    return NULL;
}
