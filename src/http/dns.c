/*
 * TXT records, by the C library's resolver.
 */
#include "http/dns.h"

#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <netdb.h>
#include <resolv.h>

#define ANSWER_BYTES_MAX 16384
#define WAIT_SECONDS 2
#define TRIES 2
#define NAME_BYTES_MAX 253

static err use_server(struct arena *a, struct __res_state *state, str server)
{
    size_t colon = str_find_char(server, ':');
    str host = arena_copy(a, str_part(server, 0, colon));
    uint64_t port = 53;
    struct sockaddr_in *address = &state->nsaddr_list[0];
    bool is_good = colon == server.len || str_to_u64(str_skip(server, colon + 1), &port);
    *address = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    if (!is_good || port == 0 || port > 65535 ||
        inet_pton(AF_INET, host.at, &address->sin_addr) != 1)
        return FAIL(a, ERR_USAGE, "\"%.*s\" is no ADDRESS:PORT of a name server", STR_ARG(server));
    state->nscount = 1;
    return NULL;
}

/* A record is pieces of a length and as many bytes (RFC 1035 §3.3.14). */
static str join_pieces(struct arena *a, str data)
{
    str text = {0};
    while (data.len) {
        size_t size = (unsigned char)data.at[0];
        text = arena_join(a, text, str_part(data, 1, 1 + size), (str){0});
        data = str_skip(data, 1 + size);
    }
    return text;
}

static err read_answer(struct arena *a, const unsigned char *bytes, int size, struct dns_texts *out)
{
    ns_msg message;
    struct dns_texts texts = {0};
    if (ns_initparse(bytes, size, &message) != 0)
        return FAIL(a, ERR_IO, "the name server's answer makes no sense");
    for (int i = 0; i < ns_msg_count(message, ns_s_an) && texts.count < DNS_TEXTS_MAX; i++) {
        ns_rr record;
        if (ns_parserr(&message, ns_s_an, i, &record) == 0 && ns_rr_type(record) == ns_t_txt)
            texts.items[texts.count++] =
                join_pieces(a, (str){(const char *)ns_rr_rdata(record), ns_rr_rdlen(record)});
    }
    *out = texts;
    return NULL;
}

static err ask(struct arena *a, struct __res_state *state, str name, struct dns_texts *out)
{
    unsigned char *answer = arena_alloc(a, ANSWER_BYTES_MAX);
    str asked = arena_copy(a, name);
    state->retrans = WAIT_SECONDS;
    state->retry = TRIES;
    int size = res_nquery(state, asked.at, ns_c_in, ns_t_txt, answer, ANSWER_BYTES_MAX);
    if (size > ANSWER_BYTES_MAX)
        size = ANSWER_BYTES_MAX;
    if (size >= 0)
        return read_answer(a, answer, size, out);
    if (state->res_h_errno != HOST_NOT_FOUND && state->res_h_errno != NO_DATA)
        return FAIL(a, ERR_IO, "no name server answers about %.*s", STR_ARG(name));
    *out = (struct dns_texts){0};
    return NULL;
}

err dns_texts_get(struct arena *a, str name, str server, struct dns_texts *out)
{
    struct __res_state state = {0};
    if (name.len == 0 || name.len > NAME_BYTES_MAX)
        return FAIL(a, ERR_INPUT, "\"%.*s\" is no domain", STR_ARG(str_part(name, 0, 100)));
    if (res_ninit(&state) != 0)
        return FAIL(a, ERR_IO, "the system's resolver does not start");
    err failure = server.len ? use_server(a, &state, server) : NULL;
    failure = failure ? failure : ask(a, &state, name, out);
    res_nclose(&state);
    return failure;
}
