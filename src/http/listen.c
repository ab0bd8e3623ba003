/*
 * The listening socket: addresses in words, and how many files the system allows.
 */
#include "http/server_parts.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define BACKLOG 4096

static bool is_loopback(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET) {
        const struct sockaddr_in *v4 = (const void *)address;
        return (ntohl(v4->sin_addr.s_addr) >> 24) == 127;
    }
    const struct sockaddr_in6 *v6 = (const void *)address;
    return IN6_IS_ADDR_LOOPBACK(&v6->sin6_addr);
}

static unsigned bound_port(int fd)
{
    struct sockaddr_storage bound = {0};
    socklen_t size = sizeof(bound);
    if (getsockname(fd, (struct sockaddr *)&bound, &size) != 0)
        return 0;
    if (bound.ss_family == AF_INET)
        return ntohs(((const struct sockaddr_in *)(const void *)&bound)->sin_port);
    return ntohs(((const struct sockaddr_in6 *)(const void *)&bound)->sin6_port);
}

/* "[::1]:80" and "127.0.0.1:80" into host and port. */
static err split(struct arena *a, str where, str *host, str *port)
{
    size_t colon = where.len;
    while (colon > 0 && where.at[colon - 1] != ':')
        colon--;
    uint64_t number;
    if (colon == 0 || !str_to_u64(str_skip(where, colon), &number) || number > 65535)
        return FAIL(a, ERR_USAGE, "\"%.*s\" is no address to listen on; write HOST:PORT",
                    STR_ARG(where));
    *port = arena_copy(a, str_skip(where, colon));
    str name = str_part(where, 0, colon - 1);
    if (name.len >= 2 && name.at[0] == '[' && name.at[name.len - 1] == ']')
        name = str_part(name, 1, name.len - 1);
    *host = arena_copy(a, name);
    return NULL;
}

/* What whoever starts the server can do about it. */
static const char *listen_advice(int reason)
{
    if (reason == EADDRINUSE)
        return "; end what listens there, or take another port";
    if (reason == EACCES)
        return "; ports below 1024 need a right of their own: take a higher one, or a proxy";
    return reason == EADDRNOTAVAIL ? "; this machine has no such address" : "";
}

static err open_socket(struct arena *a, const struct addrinfo *info, str where, int *out)
{
    int one = 1, zero = 0;
    int fd = socket(info->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return FAIL(a, ERR_IO, "cannot open a socket: %s", strerror(errno));
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
    if (info->ai_family == AF_INET6)
        setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &zero, sizeof(zero));
    if (bind(fd, info->ai_addr, info->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0) {
        *out = fd;
        return NULL;
    }
    int reason = errno;
    close(fd);
    return FAIL(a, ERR_IO, "cannot listen on %.*s: %s%s", STR_ARG(where), strerror(reason),
                listen_advice(reason));
}

err listen_open(struct arena *a, str where, struct listen_address *out)
{
    str host, port;
    TRY(split(a, where, &host, &port));
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    struct addrinfo *info = NULL;
    int code = getaddrinfo(host.len ? host.at : NULL, port.at, &hints, &info);
    if (code != 0)
        return FAIL(a, ERR_USAGE, "cannot listen on %.*s: %s", STR_ARG(where), gai_strerror(code));
    int fd = -1;
    err e = open_socket(a, info, where, &fd);
    bool loopback = is_loopback(info->ai_addr);
    freeaddrinfo(info);
    TRY(e);
    *out = (struct listen_address){
        .fd = fd, .port = bound_port(fd), .is_loopback = loopback, .host = host};
    return NULL;
}

size_t listen_address_text(const struct sockaddr *address, char out[PEER_TEXT_BYTES])
{
    out[0] = 0;
    if (address->sa_family == AF_INET) {
        const struct sockaddr_in *v4 = (const void *)address;
        inet_ntop(AF_INET, &v4->sin_addr, out, PEER_TEXT_BYTES);
    } else if (address->sa_family == AF_INET6) {
        const struct sockaddr_in6 *v6 = (const void *)address;
        if (IN6_IS_ADDR_V4MAPPED(&v6->sin6_addr))
            inet_ntop(AF_INET, &v6->sin6_addr.s6_addr[12], out, PEER_TEXT_BYTES);
        else
            inet_ntop(AF_INET6, &v6->sin6_addr, out, PEER_TEXT_BYTES);
    }
    return strlen(out);
}

str listen_raise_files(struct arena *a, uint64_t wanted, uint64_t *allowed)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return arena_print(a, "cannot tell how many files may be open: %s", strerror(errno));
    rlim_t hard = limit.rlim_max;
    if (limit.rlim_cur < wanted) {
        struct rlimit raised = {.rlim_cur = wanted, .rlim_max = hard < wanted ? wanted : hard};
        if (setrlimit(RLIMIT_NOFILE, &raised) != 0) {
            raised = (struct rlimit){.rlim_cur = hard, .rlim_max = hard};
            setrlimit(RLIMIT_NOFILE, &raised);
        }
        getrlimit(RLIMIT_NOFILE, &limit);
    }
    *allowed = limit.rlim_cur;
    if (limit.rlim_cur >= wanted)
        return (str){0};
    return arena_print(a,
                       "the system allows %llu open files and %llu are wanted for connections_max; "
                       "raise the limit (LimitNOFILE= in systemd, ulimit -n in a shell)",
                       (unsigned long long)limit.rlim_cur, (unsigned long long)wanted);
}
