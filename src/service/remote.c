/*
 * Requests to a TAXII server of others, and finding one's way there.
 */
#include "service/remote.h"

#include "base/clock.h"
#include "base/secret.h"

#include <time.h>

#define MEDIA_TYPE "application/taxii+json;version=2.1"
#define URL_BYTES_MAX 16384
#define TRIES_MAX 7
#define WAIT_SECONDS_MAX 60
#define RETRY_AFTER_SECONDS_MAX 900
#define SERVER_WORDS_BYTES_MAX 500
#define REDIRECTS_MAX 5
#define ROOTS_MAX 50

/* ---- requests */

err remote_wait(struct arena *a, const struct remote *r, unsigned seconds)
{
    for (unsigned i = 0; i < seconds; i++) {
        TRY(watch_stop(a, &r->options.watch));
        const struct timespec second = {.tv_sec = 1};
        nanosleep(&second, NULL);
    }
    return watch_stop(a, &r->options.watch);
}

static bool is_worth_waiting(unsigned status)
{
    return status == 429 || status == 502 || status == 503 || status == 504;
}

/* What the server asks for, or ever longer. */
static unsigned wait_seconds(const struct http_result *result, unsigned tries)
{
    uint64_t asked;
    if (result && str_to_u64(http_result_field(result, LIT("Retry-After")), &asked))
        return asked < RETRY_AFTER_SECONDS_MAX ? (unsigned)asked : RETRY_AFTER_SECONDS_MAX;
    unsigned seconds = 1u << tries;
    return seconds < WAIT_SECONDS_MAX ? seconds : WAIT_SECONDS_MAX;
}

static void note(const struct remote *r, str words)
{
    if (r->options.on_note)
        r->options.on_note(r->options.note_context, words);
}

static bool is_passing(const struct remote *r, err failure)
{
    return failure->code == ERR_TIMEOUT || (failure->code == ERR_IO && r->has_answered);
}

err remote_fetch(struct arena *a, struct remote *r, const struct http_call *call,
                 struct http_result *out)
{
    for (unsigned tries = 0;; tries++) {
        TRY(watch_stop(a, &r->options.watch));
        struct http_result result = {0};
        err failure = http_fetch(a, r->client, call, &result);
        r->has_answered |= failure == NULL;
        bool is_again = failure ? is_passing(r, failure) : is_worth_waiting(result.status);
        if (failure && (!is_again || tries == TRIES_MAX))
            return failure;
        if (failure == NULL && (!is_again || tries == TRIES_MAX)) {
            *out = result;
            return NULL;
        }
        r->lost_answers += failure != NULL;
        unsigned seconds = wait_seconds(failure ? NULL : &result, tries);
        note(r, failure ? arena_print(a, "%.*s; trying again in %u s",
                                      STR_ARG(error_text(a, failure)), seconds)
                        : arena_print(a, "the server answered %u; trying again in %u s",
                                      result.status, seconds));
        TRY(remote_wait(a, r, seconds));
    }
}

err remote_get(struct arena *a, struct remote *r, str url, struct http_result *out)
{
    const struct http_field accept = {LIT("Accept"), LIT(MEDIA_TYPE)};
    const struct http_call call = {
        .method = HTTP_GET, .url = url, .fields = &accept, .field_count = 1};
    return remote_fetch(a, r, &call, out);
}

static enum err_code code_of(unsigned status)
{
    switch (status) {
    case 401:
        return ERR_UNAUTHENTICATED;
    case 403:
        return ERR_FORBIDDEN;
    case 404:
        return ERR_NOT_FOUND;
    case 413:
        return ERR_TOO_LARGE;
    case 422:
        return ERR_INVALID;
    case 429:
        return ERR_THROTTLED;
    case 503:
        return ERR_BUSY;
    default:
        return ERR_IO;
    }
}

/* Title and description of a TAXII error body. */
static str server_words(struct arena *a, const struct http_result *result)
{
    struct json_reader reader = {0};
    json body;
    str words = {0};
    if (json_read(a, &reader, result->body, NULL, &body) == NULL) {
        str title = json_get_string(body, LIT("title"));
        str more = json_get_string(body, LIT("description"));
        words = arena_join(a, title, title.len && more.len ? LIT(": ") : (str){0}, more);
    }
    json_reader_done(&reader);
    return str_part(words, 0, SERVER_WORDS_BYTES_MAX);
}

err remote_check(struct arena *a, const struct http_result *result, str url)
{
    if (result->status >= 200 && result->status < 300)
        return NULL;
    str shown = str_part(url, 0, str_find_char(url, '?'));
    str words = server_words(a, result);
    return FAIL(a, code_of(result->status), "%.*s answered %u%s%.*s", STR_ARG(shown),
                result->status, words.len ? ": " : "", STR_ARG(words));
}

/* ---- URLs */

static void put_encoded(struct buf *to, str text)
{
    static const char HEX[] = "0123456789ABCDEF";
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (char_is_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~') {
            buf_put_char(to, c);
            continue;
        }
        buf_put_char(to, '%');
        buf_put_char(to, HEX[(unsigned char)c >> 4]);
        buf_put_char(to, HEX[(unsigned char)c & 15]);
    }
}

void remote_put_query(struct buf *url, const char *name, str value)
{
    bool is_first = str_find_char(buf_str(url), '?') == url->len;
    buf_put_char(url, is_first ? '?' : '&');
    put_encoded(url, str_of(name));
    buf_put_char(url, '=');
    put_encoded(url, value);
}

static str collection_url(struct arena *a, str root, str name, const char *what)
{
    OWNED(buf_done) struct buf url;
    buf_init(&url, URL_BYTES_MAX);
    buf_put(&url, root);
    buf_put(&url, LIT("collections/"));
    put_encoded(&url, name);
    buf_put_char(&url, '/');
    buf_put(&url, str_of(what));
    return arena_copy(a, buf_str(&url));
}

str remote_url(struct arena *a, const struct remote *r, const char *what)
{
    return collection_url(a, r->root, r->collection, what);
}

/* "https://host:port" of a URL. */
static str origin_of(str url)
{
    size_t scheme = str_find(url, LIT("://"));
    if (scheme == url.len)
        return url;
    size_t host = scheme + 3;
    return str_part(url, 0, host + str_find_char(str_skip(url, host), '/'));
}

/* Under the origin of `url`, the path of an API root named in full or from the root. */
static str root_url(struct arena *a, str url, str named)
{
    str path =
        str_find(named, LIT("://")) < named.len ? str_skip(named, origin_of(named).len) : named;
    str slash = str_starts(path, LIT("/")) ? (str){0} : LIT("/");
    str whole = arena_join(a, origin_of(url), slash, path);
    return str_ends(whole, LIT("/")) ? whole : arena_join(a, whole, LIT("/"), (str){0});
}

/* ---- finding the collection */

/* The answer as a JSON object, or absent where it is none. */
static json read_object(struct arena *a, struct json_reader *reader,
                        const struct http_result *result)
{
    json body;
    if (result->status != 200 || json_read(a, reader, result->body, NULL, &body) ||
        !json_is(body, JSON_OBJECT))
        return (json){0};
    return body;
}

static void take_collection(struct arena *a, struct remote *r, str root, json c)
{
    r->root = arena_copy(a, root);
    r->collection = arena_copy(a, json_get_string(c, LIT("id")));
    r->may_read = !json_is(json_get(c, LIT("can_read")), JSON_FALSE);
    r->may_write = !json_is(json_get(c, LIT("can_write")), JSON_FALSE);
}

static bool is_named(json c, str name)
{
    return str_eq(json_get_string(c, LIT("id")), name) ||
           str_eq(json_get_string(c, LIT("alias")), name) ||
           str_eq(json_get_string(c, LIT("title")), name);
}

/* By title, or by id where a server knows no other way. */
static err find_in_list(struct arena *a, struct remote *r, struct json_reader *reader, str root,
                        bool *is_found)
{
    struct http_result result;
    str url = arena_join(a, root, LIT("collections/"), (str){0});
    TRY(remote_get(a, r, url, &result));
    if (result.status == 404 || result.status == 406)
        return NULL;
    TRY(remote_check(a, &result, url));
    json body = read_object(a, reader, &result);
    for (struct json_walk w = json_walk(json_get(body, LIT("collections"))); json_next(&w);) {
        if (!is_named(w.value, r->options.collection))
            continue;
        take_collection(a, r, root, w.value);
        *is_found = true;
        return NULL;
    }
    return NULL;
}

static err find_collection(struct arena *a, struct remote *r, struct json_reader *reader, str root,
                           bool *is_found)
{
    struct http_result result;
    str url = collection_url(a, root, r->options.collection, "");
    TRY(remote_get(a, r, url, &result));
    if (result.status == 401)
        return remote_check(a, &result, url);
    json body = read_object(a, reader, &result);
    if (json_get_string(body, LIT("id")).len) {
        take_collection(a, r, root, body);
        *is_found = true;
        return NULL;
    }
    return find_in_list(a, r, reader, root, is_found);
}

static err try_root(struct arena *a, struct remote *r, str root, bool *is_found)
{
    struct json_reader reader = {0};
    err failure = find_collection(a, r, &reader, root, is_found);
    json_reader_done(&reader);
    return failure;
}

/* The API roots of a discovery, the default first. */
static err try_discovery(struct arena *a, struct remote *r, json discovery, bool *is_found)
{
    str first = json_get_string(discovery, LIT("default"));
    if (first.len)
        TRY(try_root(a, r, root_url(a, r->options.url, first), is_found));
    size_t count = 0;
    for (struct json_walk w = json_walk(json_get(discovery, LIT("api_roots")));
         !*is_found && count < ROOTS_MAX && json_next(&w); count++) {
        str named = json_string(w.value);
        if (named.len && !str_eq(named, first))
            TRY(try_root(a, r, root_url(a, r->options.url, named), is_found));
    }
    return NULL;
}

/* What stands at a URL: a discovery, an API root, or nothing of TAXII. */
static err try_url(struct arena *a, struct remote *r, struct json_reader *reader, str url,
                   bool *is_found)
{
    struct http_result result;
    TRY(remote_get(a, r, url, &result));
    if (result.status == 401)
        return remote_check(a, &result, url);
    json body = read_object(a, reader, &result);
    if (json_is(json_get(body, LIT("api_roots")), JSON_ARRAY) ||
        json_get_string(body, LIT("default")).len)
        return try_discovery(a, r, body, is_found);
    if (json_is(json_get(body, LIT("versions")), JSON_ARRAY))
        return try_root(a, r, url, is_found);
    return NULL;
}

static err find(struct arena *a, struct remote *r, struct json_reader *reader)
{
    str url = str_part(r->options.url, 0, str_find(r->options.url, LIT("collections/")));
    url = root_url(a, url, str_skip(url, origin_of(url).len));
    str discovery = arena_join(a, origin_of(url), LIT("/taxii2/"), (str){0});
    bool is_found = false;
    TRY(try_url(a, r, reader, url, &is_found));
    if (!is_found && !str_eq(url, discovery))
        TRY(try_url(a, r, reader, discovery, &is_found));
    if (!is_found) /* a server that answers nothing at its API root */
        TRY(try_root(a, r, url, &is_found));
    if (is_found)
        return NULL;
    return FAIL(a, ERR_NOT_FOUND,
                "%.*s has no collection '%.*s', or does not show it to you; name the API root's "
                "URL if the server has several",
                STR_ARG(r->options.url), STR_ARG(r->options.collection));
}

/* max_content_length of the API root, where it says so. */
static err read_limits(struct arena *a, struct remote *r, struct json_reader *reader)
{
    struct http_result result;
    TRY(remote_get(a, r, r->root, &result));
    int64_t max;
    if (json_to_i64(json_get(read_object(a, reader, &result), LIT("max_content_length")), &max) &&
        max > 0)
        r->body_bytes_max = (uint64_t)max;
    return NULL;
}

err remote_open(struct arena *a, const struct remote_options *options, struct remote *out)
{
    struct remote r = {.options = *options};
    r.options.http.redirects_max = REDIRECTS_MAX;
    TRY(http_client_open(a, &r.options.http, &r.client));
    struct json_reader reader = {0};
    err failure = find(a, &r, &reader);
    failure = failure ? failure : read_limits(a, &r, &reader);
    json_reader_done(&reader);
    if (failure) {
        http_client_close(&r.client);
        return failure;
    }
    *out = r;
    return NULL;
}

void remote_close(struct remote *r)
{
    http_client_close(&r->client);
}
