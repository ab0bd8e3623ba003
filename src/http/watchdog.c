/*
 * Who is too slow (S4): one thread looks at every connection once a second and cuts off
 * headers that are not complete in time and bodies or readers under the least rate.
 *
 * The kernel counts the bytes (TCP_INFO), so that one rule serves plain and TLS connections and
 * nothing is counted on the fast path. The window for a rate is as long as the time for a header.
 *
 * It also lingers: when an answer is sent before a body was read, closing at once would make the
 * kernel reset the connection and the client lose the answer. A copy of the socket is kept and
 * what still comes is read and dropped for a moment.
 */
#include "http/server_parts.h"

#include "base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* Each look takes a part of the connections, so that each is looked at once a second. */
#define LOOK_EVERY_MS 250
#define LOOK_SHARDS (CONNECTION_SHARDS / 4)
/* Once so much of connections_max is taken, who only waits is waited for no longer than this. */
#define CROWDED_EIGHTHS 7
#define CROWDED_WAIT_US (3 * US_PER_SECOND)
/* Where answers hold much memory, who reads one reads this many times as fast as else. */
#define HURRY 64
#define LINGER_US (2 * US_PER_SECOND)
#define LINGER_READ_BYTES ((size_t)256 * 1024)
#define LINGER_READS_MAX 64

struct bytes {
    uint64_t received;
    uint64_t acked;
};

static bool count_bytes(int fd, struct bytes *out)
{
    struct tcp_info info = {0};
    socklen_t size = sizeof(info);
    if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) != 0)
        return false;
    out->received = info.tcpi_bytes_received;
    out->acked = info.tcpi_bytes_acked;
    return true;
}

static void open_window(struct http_pace *pace, struct bytes now, int64_t now_us)
{
    pace->began_us = now_us;
    pace->received = now.received;
    pace->acked = now.acked;
}

static uint64_t rate_min(const struct http_connection *connection, enum http_phase phase)
{
    const struct http_server *server = connection->server;
    bool is_in_the_way = phase == PHASE_ANSWER && budget_answers_are_many(server);
    return server->limits.bytes_per_second_min * (is_in_the_way ? HURRY : 1);
}

/* At the end of each window: whether fewer bytes moved than at `rate`, in bytes a second. */
static bool is_slow(struct http_connection *connection, struct bytes now, int64_t now_us,
                    uint64_t rate)
{
    struct http_pace *pace = &connection->pace;
    const struct http_limits *limits = &connection->server->limits;
    int64_t window_us = now_us - pace->began_us;
    if (window_us < limits->header_seconds * US_PER_SECOND)
        return false;
    uint64_t moved = now.received - pace->received + now.acked - pace->acked;
    uint64_t least = rate * (uint64_t)window_us / (uint64_t)US_PER_SECOND;
    open_window(pace, now, now_us);
    return moved < least;
}

/* Whoever opens connections and asks nothing would keep everybody else out. */
static bool is_crowded(struct http_server *server)
{
    uint64_t most = server->limits.connections_max;
    return atomic_load(&server->connection_count) * 8 > most * CROWDED_EIGHTHS;
}

/*
 * A fresh connection is late from its start; a kept one from the next header's first byte, or while
 * it keeps others out.
 */
static bool is_late(struct http_connection *connection, struct bytes now, int64_t now_us)
{
    struct http_pace *pace = &connection->pace;
    if (!pace->is_heard && now.received != pace->received) {
        pace->is_heard = true;
        open_window(pace, now, now_us);
    }
    int64_t limit_us = connection->server->limits.header_seconds * US_PER_SECOND;
    bool is_crowding = now_us - pace->began_us >= CROWDED_WAIT_US && is_crowded(connection->server);
    return is_crowding || (pace->is_heard && now_us - pace->began_us >= limit_us);
}

static bool is_over(struct http_connection *connection, int64_t now_us)
{
    struct http_pace *pace = &connection->pace;
    uint64_t phase = atomic_load_explicit(&connection->phase, memory_order_relaxed);
    enum http_phase now_in = (enum http_phase)(phase & ((1U << PHASE_BITS) - 1));
    struct bytes now = {0};
    if (now_in == PHASE_WORK || !count_bytes(connection->fd, &now))
        return false;
    if (phase != pace->phase) {
        pace->phase = phase;
        pace->is_heard = now_in == PHASE_FRESH;
        if (now_in != PHASE_FRESH)
            open_window(pace, now, now_us);
        return false;
    }
    if (now_in == PHASE_FRESH || now_in == PHASE_IDLE)
        return is_late(connection, now, now_us);
    return is_slow(connection, now, now_us, rate_min(connection, now_in));
}

static void look_at(struct shard *shard)
{
    pthread_mutex_lock(&shard->lock);
    int64_t now_us = clock_monotonic_us();
    for (struct http_connection *c = shard->first; c; c = c->next) {
        /* Its thread sees the end of the stream and closes; the descriptor stays its own. */
        if (is_over(c, now_us))
            shutdown(c->fd, SHUT_RDWR);
    }
    pthread_mutex_unlock(&shard->lock);
}

/* False: the other side has closed, or the time is over. */
static bool read_on(const struct lingering *lingering, int64_t now_us)
{
    /* With MSG_TRUNC a stream's bytes are dropped without a copy (tcp(7)). */
    for (int i = 0; i < LINGER_READS_MAX; i++) {
        ssize_t got = recv(lingering->fd, NULL, LINGER_READ_BYTES, MSG_DONTWAIT | MSG_TRUNC);
        if (got == 0)
            return false;
        if (got < 0)
            return (errno == EAGAIN || errno == EINTR) && now_us < lingering->until_us;
    }
    return now_us < lingering->until_us;
}

static void look_at_lingering(struct http_server *server)
{
    int64_t now_us = clock_monotonic_us();
    for (size_t i = 0; i < LINGERING_MAX; i++) {
        struct lingering *lingering = &server->lingering[i];
        if (lingering->fd >= 0 && !read_on(lingering, now_us)) {
            close(lingering->fd);
            lingering->fd = -1;
        }
    }
}

void watchdog_linger(struct http_server *server, int fd)
{
    pthread_mutex_lock(&server->watchdog_lock);
    for (size_t i = 0; i < LINGERING_MAX; i++) {
        struct lingering *lingering = &server->lingering[i];
        if (lingering->fd < 0) {
            shutdown(fd, SHUT_WR); /* the answer is complete, the client shall see its end */
            lingering->fd = fcntl(fd, F_DUPFD_CLOEXEC, 0);
            lingering->until_us = clock_monotonic_us() + LINGER_US;
            break;
        }
    }
    pthread_mutex_unlock(&server->watchdog_lock);
}

/* Sleeps until the next look, with the lock held on return. */
static void sleep_locked(struct http_server *server)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += LOOK_EVERY_MS * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    pthread_cond_timedwait(&server->watchdog_wake, &server->watchdog_lock, &until);
}

static void *run(void *context)
{
    struct http_server *server = context;
    size_t next = 0;
    pthread_mutex_lock(&server->watchdog_lock);
    while (server->has_watchdog) {
        look_at_lingering(server);
        pthread_mutex_unlock(&server->watchdog_lock);
        for (size_t i = 0; i < LOOK_SHARDS; i++)
            look_at(&server->shards[next++ % CONNECTION_SHARDS]);
        pthread_mutex_lock(&server->watchdog_lock);
        if (server->has_watchdog)
            sleep_locked(server);
    }
    pthread_mutex_unlock(&server->watchdog_lock);
    return NULL;
}

err watchdog_start(struct arena *a, struct http_server *server)
{
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&server->watchdog_wake, &attributes);
    pthread_condattr_destroy(&attributes);
    server->has_watchdog = true;
    int code = pthread_create(&server->watchdog, NULL, run, server);
    if (code != 0) {
        server->has_watchdog = false;
        return FAIL(a, ERR_IO, "cannot start a thread: %s", strerror(code));
    }
    return NULL;
}

void watchdog_stop(struct http_server *server)
{
    pthread_mutex_lock(&server->watchdog_lock);
    bool was_running = server->has_watchdog;
    server->has_watchdog = false;
    pthread_cond_broadcast(&server->watchdog_wake);
    pthread_mutex_unlock(&server->watchdog_lock);
    if (was_running)
        pthread_join(server->watchdog, NULL);
    for (size_t i = 0; i < LINGERING_MAX; i++) {
        if (server->lingering[i].fd >= 0)
            close(server->lingering[i].fd);
        server->lingering[i].fd = -1;
    }
}
