/*
 * Query strings as decoded pairs, in the order they were sent.
 *
 * A plus stays a plus, as in RFC 3986 (times in TAXII carry "+00:00"); a space is sent as %20.
 */
#ifndef TOCSIN_HTTP_QUERY_H
#define TOCSIN_HTTP_QUERY_H

#include "base/error.h"

#define HTTP_QUERY_PAIRS_MAX 128

struct http_pair {
    str name;
    str value; /* empty for "name" and "name=" */
    bool has_value;
};

struct http_query {
    struct http_pair *items;
    size_t count, capacity;
};

/*
 * Takes `raw` (without the question mark) apart. Empty pieces ("a=1&&b=2") are passed over.
 * ERR_INPUT: a broken percent escape, a zero byte, no UTF-8, more than HTTP_QUERY_PAIRS_MAX pairs.
 */
err http_query_read(struct arena *a, str raw, struct http_query *out) MUST_USE;

/* How often `name` occurs; `*value` is the first one's (untouched if there is none). */
size_t http_query_get(const struct http_query *query, str name, str *value);

/* The first pair whose name occurred before, or NULL: TAXII allows no parameter twice. */
const struct http_pair *http_query_find_repeated(const struct http_query *query);

/*
 * Percent-decodes `raw` into `a` (or borrows it where there is nothing to decode). ERR_INPUT as
 * above; with `refuses_slash` an encoded slash as well.
 */
err http_percent_decode(struct arena *a, str raw, bool refuses_slash, str *out) MUST_USE;

/* Percent-encodes everything but unreserved characters. */
str http_percent_encode(struct arena *a, str text);

#endif
