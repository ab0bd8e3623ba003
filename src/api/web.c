/*
 * The web application's files.
 */
#include "api/web.h"

#include "api/browser.h"
#include "api/site.h"
#include "http/accept.h"

#define ROOT "/app/"
#define POLICY                                                                   \
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; " \
    "connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action "    \
    "'none'; frame-ancestors 'none'"

bool web_owns_path(str path)
{
    return str_starts(path, LIT(ROOT)) || str_eq(path, LIT("/app"));
}

static const struct web_file *find(str path)
{
    size_t low = 0;
    size_t high = WEB_FILE_COUNT;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_cmp(str_of(WEB_FILES[middle].path), path);
        if (order == 0)
            return &WEB_FILES[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* The application's own addresses are words between slashes; a file has a dot in its name. */
static const struct web_file *find_for(str path)
{
    const struct web_file *file = find(path);
    bool is_file = str_starts(path, LIT("assets/")) || str_find_char(path, '.') < path.len;
    return file || is_file ? file : find(LIT("index.html"));
}

static void redirect(struct http_request *rq)
{
    struct http_response response = {.status = 308};
    http_response_add(&response, LIT("Location"), LIT(ROOT));
    http_reply(rq, &response);
}

static str etag_of(struct arena *a, const struct web_file *file, bool is_packed)
{
    str bytes = {file->bytes, file->size};
    unsigned char digest[SECRET_DIGEST_BYTES];
    secret_digest(NULL, bytes, digest);
    str text = secret_base64url(a, (str){(const char *)digest, 12});
    return arena_print(a, "\"%.*s%s\"", STR_ARG(text), is_packed ? "-gzip" : "");
}

static void send_file(struct http_request *rq, const struct web_file *file)
{
    bool is_packed =
        file->packed && http_accepts_coding(http_header(rq, LIT("Accept-Encoding")), LIT("gzip"));
    str etag = etag_of(rq->arena, file, is_packed);
    bool is_known = http_etag_matches(http_header(rq, LIT("If-None-Match")), etag);
    struct http_response response = {.status = is_known ? 304 : 200};
    web_add_page_fields(rq, &response, str_of(file->type), LIT(POLICY));
    http_response_add(&response, LIT("Cache-Control"),
                      file->is_immutable ? LIT("public, max-age=31536000, immutable")
                                         : LIT("no-cache"));
    http_response_add(&response, LIT("Vary"), LIT("Accept-Encoding"));
    http_response_add(&response, LIT("ETag"), etag);
    if (is_packed)
        http_response_add(&response, LIT("Content-Encoding"), LIT("gzip"));
    if (!is_known)
        response.body =
            is_packed ? (str){file->packed, file->packed_size} : (str){file->bytes, file->size};
    http_reply(rq, &response);
}

void web_handle(struct app *app, struct http_request *rq)
{
    bool is_read = rq->method == HTTP_GET || rq->method == HTTP_HEAD;
    if (!is_read) {
        site_reply_words(app, rq, 405, SITE_ONLY_READ);
        return;
    }
    if (str_eq(rq->path, LIT("/app"))) {
        redirect(rq);
        return;
    }
    str path = str_skip(rq->path, sizeof(ROOT) - 1);
    const struct web_file *file = find_for(path.len ? path : LIT("index.html"));
    if (file)
        send_file(rq, file);
    else if (WEB_FILE_COUNT == 0)
        site_reply_words(app, rq, 404, SITE_NOT_BUILT);
    else
        site_reply_words(app, rq, 404, SITE_NO_SUCH_PAGE);
}

void web_add_page_fields(const struct http_request *rq, struct http_response *response, str type,
                         str policy)
{
    browser_add_https_only(rq, response);
    http_response_add(response, LIT("Content-Type"), type);
    http_response_add(response, LIT("Content-Security-Policy"), policy);
    http_response_add(response, LIT("X-Content-Type-Options"), LIT("nosniff"));
    http_response_add(response, LIT("Referrer-Policy"), LIT("no-referrer"));
    http_response_add(response, LIT("Cross-Origin-Opener-Policy"), LIT("same-origin"));
    http_response_add(response, LIT("Cross-Origin-Resource-Policy"), LIT("same-origin"));
}
