/*
 * Cookies and origins.
 */
#include "api/browser.h"

#define COOKIE_HTTPS "__Host-tocsin"
#define COOKIE_HTTP "tocsin"

static bool is_https(const struct http_request *rq)
{
    return str_eq(rq->scheme, LIT("https"));
}

static str cookie_name(const struct http_request *rq)
{
    return is_https(rq) ? LIT(COOKIE_HTTPS) : LIT(COOKIE_HTTP);
}

str browser_cookie(const struct http_request *rq)
{
    str rest = http_header(rq, LIT("Cookie"));
    str pair;
    while (str_cut(&rest, ';', &pair)) {
        str value = pair;
        str name;
        if (str_cut(&value, '=', &name) && str_eq(str_trim(name), cookie_name(rq)))
            return str_trim(value);
    }
    return (str){0};
}

str browser_set_cookie(struct arena *a, const struct http_request *rq, str secret, int64_t seconds)
{
    str age = secret.len == 0 ? LIT("; Max-Age=0")
              : seconds       ? arena_print(a, "; Max-Age=%lld", (long long)seconds)
                              : (str){0};
    return arena_print(a, "%.*s=%.*s; Path=/; HttpOnly; SameSite=Lax%s%.*s",
                       STR_ARG(cookie_name(rq)), STR_ARG(secret), is_https(rq) ? "; Secure" : "",
                       STR_ARG(age));
}

/* "https://exchange.example:8443" of a longer address. */
static str origin_of(str url)
{
    size_t scheme = str_find(url, LIT("://"));
    if (scheme == url.len)
        return (str){0};
    size_t slash = str_find_char(str_skip(url, scheme + 3), '/');
    return str_part(url, 0, scheme + 3 + slash);
}

static bool is_own_origin(struct arena *a, const struct http_request *rq, str origin,
                          str public_url)
{
    str host = http_header(rq, LIT("Host"));
    str here = arena_print(a, "%.*s://%.*s", STR_ARG(rq->scheme), STR_ARG(host));
    return str_eq_nocase(origin, here) || str_eq_nocase(origin, origin_of(public_url));
}

err browser_check_origin(struct arena *a, const struct http_request *rq, str public_url)
{
    str origin;
    str site;
    bool has_origin = http_header_get(rq, LIT("Origin"), &origin);
    bool has_site = http_header_get(rq, LIT("Sec-Fetch-Site"), &site);
    bool is_own = (!has_origin || is_own_origin(a, rq, origin, public_url)) &&
                  (!has_site || str_eq(site, LIT("same-origin")));
    if (is_own && (has_origin || has_site))
        return NULL;
    return FAIL(a, ERR_FORBIDDEN,
                "What changes something comes from this exchange's own pages (Origin), or with a "
                "person's token (Authorization: Bearer)");
}

struct browser_site browser_site(struct arena *a, const struct http_request *rq, str public_url,
                                 bool is_loopback)
{
    str origin = origin_of(public_url);
    if (is_loopback && browser_is_at_loopback(rq))
        origin = arena_print(a, "%.*s://%.*s", STR_ARG(rq->scheme),
                             STR_ARG(http_header(rq, LIT("Host"))));
    str host = str_skip(origin, str_find(origin, LIT("://")) + 3);
    return (struct browser_site){origin, str_part(host, 0, str_find_char(host, ':'))};
}

void browser_add_https_only(const struct http_request *rq, struct http_response *response)
{
    if (is_https(rq) && !browser_is_at_loopback(rq))
        http_response_add(response, LIT("Strict-Transport-Security"), LIT("max-age=31536000"));
}

bool browser_is_at_loopback(const struct http_request *rq)
{
    static const str NAMES[] = {LIT_INIT("localhost"), LIT_INIT("127.0.0.1"), LIT_INIT("[::1]")};
    str host = http_header(rq, LIT("Host"));
    for (size_t i = 0; i < sizeof(NAMES) / sizeof(NAMES[0]); i++) {
        str rest = str_skip(host, NAMES[i].len);
        if (str_eq_nocase(str_part(host, 0, NAMES[i].len), NAMES[i]) &&
            (rest.len == 0 || rest.at[0] == ':'))
            return true;
    }
    return false;
}
