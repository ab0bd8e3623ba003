/*
 * What only browsers do: the session's cookie, and saying from which site a request comes.
 */
#ifndef TOCSIN_API_BROWSER_H
#define TOCSIN_API_BROWSER_H

#include "http/server.h"

/* The secret in the session's cookie; empty where there is none. */
str browser_cookie(const struct http_request *rq);

/*
 * The cookie that keeps `secret` for `seconds` (0: until the browser closes). `__Host-tocsin` over
 * https; over http, which is loopback only, `tocsin`. An empty secret takes the cookie away.
 */
str browser_set_cookie(struct arena *a, const struct http_request *rq, str secret, int64_t seconds);

/*
 * ERR_FORBIDDEN unless Origin or Sec-Fetch-Site is there and each that is says: this very site, at
 * `public_url` or the address the request was sent to.
 */
err browser_check_origin(struct arena *a, const struct http_request *rq, str public_url) MUST_USE;

/*
 * The site that passkeys belong to: `public_url`'s, or on a server that only this machine reaches
 * the name it was asked by, since browsers make passkeys for localhost.
 */
struct browser_site {
    str origin; /* "https://exchange.example" */
    str host;   /* "exchange.example" */
};
struct browser_site browser_site(struct arena *a, const struct http_request *rq, str public_url,
                                 bool is_loopback);

/*
 * A browser that was here over https comes by nothing else again (RFC 6797). Never said of this
 * machine's own name, which belongs to other programs too.
 */
void browser_add_https_only(const struct http_request *rq, struct http_response *response);

/* True where the request was sent to localhost, 127.0.0.1 or [::1], whatever the port. */
bool browser_is_at_loopback(const struct http_request *rq);

#endif
