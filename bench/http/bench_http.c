/*
 * A server of three pages of fixed bytes (/20k, /400k, /4m), for comparing src/http with another
 * server of the same bytes: see `run` beside it. Ends at the end of its standard input.
 *
 *   bench_http HOST:PORT [CERTIFICATE KEY]
 */
#include "base/num.h"
#include "http/server.h"

#include <stdio.h>
#include <stdlib.h>

struct page {
    str path;
    size_t size;
    struct http_body *body;
};

struct pages {
    struct page items[3];
};

static void on_request(void *context, struct http_request *rq)
{
    struct pages *pages = context;
    struct http_response response = {.status = 404};
    http_response_add(&response, LIT("Content-Type"), LIT("application/taxii+json;version=2.1"));
    for (size_t i = 0; i < COUNT_OF(pages->items); i++) {
        if (!str_eq(rq->path, pages->items[i].path))
            continue;
        response.status = 200;
        response.shared = http_body_ref(pages->items[i].body);
    }
    http_reply(rq, &response);
}

int main(int count, char **args)
{
    struct pages pages = {
        {{LIT("/20k"), 20000, NULL}, {LIT("/400k"), 400000, NULL}, {LIT("/4m"), 4000000, NULL}}};
    struct arena arena = {0};
    struct config config;
    struct http_server *server;
    if (count != 2 && count != 4) {
        fprintf(stderr, "usage: bench_http HOST:PORT [CERTIFICATE KEY]\n");
        return 2;
    }
    config_init(&config);
    for (size_t i = 0; i < COUNT_OF(pages.items); i++) {
        size_t size = pages.items[i].size;
        pages.items[i].body = http_body_new((str){memset(malloc(size), 'x', size), size}, free);
    }
    struct http_server_options options = {
        .listen = str_of(args[1]),
        .certificate_file = count == 4 ? str_of(args[2]) : (str){0},
        .key_file = count == 4 ? str_of(args[3]) : (str){0},
        .config = &config,
        .application = {.context = &pages, .on_request = on_request}};
    err e = http_server_start(&arena, &options, &server);
    if (e) {
        fprintf(stderr, "bench_http: %.*s\n", STR_ARG(error_text(&arena, e)));
        return 1;
    }
    while (getchar() != EOF)
        continue;
    e = http_server_stop(&arena, server, 5);
    for (size_t i = 0; i < COUNT_OF(pages.items); i++)
        http_body_unref(pages.items[i].body);
    arena_done(&arena);
    return e ? 1 : 0;
}
