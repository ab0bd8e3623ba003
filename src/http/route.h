/*
 * Routes: rows of a method and a path with parameters, found by the raw path of a request.
 *
 * A table is an array of the application's own row type whose first member is a
 * `struct http_route`, so that handler, right and limits stand in the same row.
 */
#ifndef TOCSIN_HTTP_ROUTE_H
#define TOCSIN_HTTP_ROUTE_H

#include "http/server.h"

#define HTTP_ROUTE_PARAMS_MAX 8

struct http_route {
    enum http_method method; /* a row for GET answers HEAD too */
    const char *path;        /* "/exchange/collections/{collection}/objects/" */
};

struct http_routes {
    const void *rows;
    size_t row_bytes; /* sizeof one row */
    size_t row_count;
};

/* The routes of a table of rows. */
#define HTTP_ROUTES(table) \
    ((struct http_routes){(table), sizeof((table)[0]), sizeof(table) / sizeof((table)[0])})

struct http_route_match {
    const struct http_route *route;    /* cast to the row type; NULL: nothing matches the method */
    size_t index;                      /* of the row */
    str params[HTTP_ROUTE_PARAMS_MAX]; /* decoded, in the order of the braces */
    size_t param_count;
    unsigned methods;   /* 1 << enum http_method for each method known at this path */
    bool differs_slash; /* the final slash is missing, or there is one too many */
};

/*
 * Finds the row for `path` (still encoded, without the query). ERR_NOT_FOUND: no row has this
 * path. ERR_METHOD: the path is known but not the method; `out->methods` is set then, for Allow.
 * ERR_INPUT: a broken percent escape, an encoded slash, a zero byte or no UTF-8. Rows are tried in
 * their order; a parameter takes one segment and never an empty one. Parameters stand in `a`.
 */
err http_route_find(struct arena *a, struct http_routes routes, enum http_method method, str path,
                    struct http_route_match *out) MUST_USE;

/* The value of the Allow header: "GET, HEAD, POST". */
str http_route_allow(struct arena *a, unsigned methods);

/* The parameter called `name` in the row's path; empty if there is none. */
str http_route_param(const struct http_route_match *match, str name);

#endif
