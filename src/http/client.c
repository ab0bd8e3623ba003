/*
 * The HTTP client (libcurl). One handle keeps its connection between calls.
 *
 * A pinned certificate is checked in two steps, since libcurl pins public keys only: a connection
 * without a request shows the certificate; if its fingerprint is the pinned one, its key is pinned
 * for the requests themselves. So nothing is ever sent to a server that lacks that key.
 */
#include "http/client.h"

#include "base/num.h"
#include "base/secret.h"
#include "http/curl_load.h"
#include "http/tls.h"

#include <arpa/inet.h>
#include <stdlib.h>

#define CONNECT_SECONDS 10
#define TOTAL_SECONDS 300
#define RESPONSE_BYTES ((size_t)256 * 1024 * 1024)
#define FIELDS_MAX 200
#define FIELDS_BYTES_MAX ((size_t)256 * 1024)

struct http_client {
    struct arena arena;
    struct http_client_options options;
    struct curl_library lib;
    CURL *curl;
    str pin; /* "sha256//…" of the key of the pinned certificate, once seen */
    str pinned_origin;
    char words[CURL_ERROR_SIZE];
};

/* What comes in during one transfer. */
struct incoming {
    struct arena *arena;
    struct buf body;
    struct http_field *items; /* of the newest header */
    size_t count, capacity;
    size_t field_bytes;
};

static str keep(struct http_client *client, str s)
{
    return s.len ? arena_copy(&client->arena, s) : (str){0};
}

static void keep_options(struct http_client *client, const struct http_client_options *options)
{
    struct http_client_options *own = &client->options;
    *own = *options;
    own->ca_file = keep(client, options->ca_file);
    own->pinned_fingerprint = keep(client, options->pinned_fingerprint);
    own->certificate_file = keep(client, options->certificate_file);
    own->key_file = keep(client, options->key_file);
    own->bearer = keep(client, options->bearer);
    own->user = keep(client, options->user);
    own->password = keep(client, options->password);
    own->connect_seconds_max =
        own->connect_seconds_max ? own->connect_seconds_max : CONNECT_SECONDS;
    own->total_seconds_max = own->total_seconds_max ? own->total_seconds_max : TOTAL_SECONDS;
    own->response_bytes_max = own->response_bytes_max ? own->response_bytes_max : RESPONSE_BYTES;
}

err http_client_open(struct arena *a, const struct http_client_options *options,
                     struct http_client **out)
{
    unsigned char digest[HASH_SHA256_BYTES];
    str pinned = options->pinned_fingerprint;
    if (pinned.len && !secret_from_hex(pinned, digest, sizeof(digest)))
        return FAIL(a, ERR_INPUT, "a fingerprint is 64 hexadecimal digits");
    struct curl_library lib;
    TRY(curl_load(a, CURL_LIBRARY_NAME, &lib));
    if (lib.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return FAIL(a, ERR_INTERNAL, "libcurl does not start");
    struct http_client *client = calloc(1, sizeof(*client));
    ASSERT(client != NULL);
    keep_options(client, options);
    client->lib = lib;
    client->curl = lib.easy_init();
    ASSERT(client->curl != NULL);
    *out = client;
    return NULL;
}

void http_client_close(struct http_client **client)
{
    struct http_client *c = *client;
    if (c == NULL)
        return;
    c->lib.easy_cleanup(c->curl);
    c->lib.global_cleanup();
    str secrets[] = {c->options.bearer, c->options.password};
    for (size_t i = 0; i < COUNT_OF(secrets); i++) {
        if (secrets[i].len)
            secret_wipe((void *)(uintptr_t)secrets[i].at, secrets[i].len);
    }
    arena_done(&c->arena);
    free(c);
    *client = NULL;
}

/* The parts of a URL that decide where credentials may go. */
struct origin {
    str scheme, host, port;
};

static str url_part(struct arena *a, const struct curl_library *lib, CURLU *url, CURLUPart part)
{
    char *text = NULL;
    if (lib->url_get(url, part, &text, CURLU_DEFAULT_PORT) != CURLUE_OK)
        return (str){0};
    str copy = arena_copy(a, str_of(text));
    lib->free(text);
    return copy;
}

static err read_origin(struct arena *a, const struct curl_library *lib, str text,
                       struct origin *out)
{
    CURLU *url = lib->url();
    str copy = arena_copy(a, text);
    CURLUcode code = lib->url_set(url, CURLUPART_URL, copy.at, 0);
    struct origin origin = {0};
    if (code == CURLUE_OK) {
        origin.scheme = url_part(a, lib, url, CURLUPART_SCHEME);
        origin.host = url_part(a, lib, url, CURLUPART_HOST);
        origin.port = url_part(a, lib, url, CURLUPART_PORT);
    }
    lib->url_cleanup(url);
    bool is_http =
        str_eq_nocase(origin.scheme, LIT("https")) || str_eq_nocase(origin.scheme, LIT("http"));
    if (!is_http || origin.host.len == 0)
        return FAIL(a, ERR_INPUT, "\"%.*s\" is no http:// or https:// URL",
                    STR_ARG(str_part(text, 0, 300)));
    *out = origin;
    return NULL;
}

static bool is_same_origin(struct origin x, struct origin y)
{
    return str_eq_nocase(x.scheme, y.scheme) && str_eq_nocase(x.host, y.host) &&
           str_eq(x.port, y.port);
}

/* By its address: 127.example.org is a name like any other. */
static bool is_own_machine(str host)
{
    char text[INET_ADDRSTRLEN] = {0};
    struct in_addr address;
    bool is_v4 = host.len < sizeof(text);
    if (is_v4)
        memcpy(text, host.at, host.len);
    is_v4 = is_v4 && inet_pton(AF_INET, text, &address) == 1;
    return str_eq_nocase(host, LIT("localhost")) || str_eq(host, LIT("[::1]")) ||
           (is_v4 && ntohl(address.s_addr) >> 24 == 127);
}

static err check_secrecy(struct arena *a, const struct http_client *client, struct origin origin)
{
    bool has_secret = client->options.bearer.len || client->options.user.len;
    if (!has_secret || str_eq_nocase(origin.scheme, LIT("https")) || is_own_machine(origin.host))
        return NULL;
    return FAIL(a, ERR_INPUT,
                "a token or password is not sent to http://%.*s in the clear; give its https:// "
                "address",
                STR_ARG(origin.host));
}

static size_t take_body(char *data, size_t size, size_t count, void *context)
{
    struct incoming *in = context;
    buf_put(&in->body, (str){data, size * count});
    return in->body.is_over ? 0 : size * count;
}

static size_t take_field(char *data, size_t size, size_t count, void *context)
{
    struct incoming *in = context;
    str line = {data, size * count};
    in->field_bytes += line.len;
    if (in->field_bytes > FIELDS_BYTES_MAX || in->count == FIELDS_MAX)
        return 0;
    if (str_starts(line, LIT("HTTP/"))) {
        in->count = 0; /* a proxy's, or 100 Continue's, came before */
        return line.len;
    }
    size_t colon = str_find_char(line, ':');
    if (colon < line.len) {
        struct http_field *field = LIST_ADD(in->arena, in);
        field->name = arena_copy(in->arena, str_part(line, 0, colon));
        field->value = arena_copy(in->arena, str_trim(str_skip(line, colon + 1)));
    }
    return line.len;
}

static err fail_transfer(struct arena *a, struct http_client *client, str url, CURLcode code)
{
    enum err_code kind = ERR_IO;
    if (code == CURLE_OPERATION_TIMEDOUT)
        kind = ERR_TIMEOUT;
    else if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_PINNEDPUBKEYNOTMATCH ||
             code == CURLE_SSL_ISSUER_ERROR)
        kind = ERR_FORBIDDEN;
    else if (code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL)
        kind = ERR_INPUT;
    const char *words = client->words[0] ? client->words : client->lib.easy_strerror(code);
    /* No query: it may hold what is not for logs. */
    str shown = str_part(url, 0, str_find_char(url, '?'));
    return FAIL(a, kind, "cannot reach %.*s: %s", STR_ARG(shown), words);
}

/* What holds for every connection. */
static void set_connection(struct http_client *client)
{
    const struct http_client_options *options = &client->options;
    const struct curl_library *lib = &client->lib;
    CURL *curl = client->curl;
    lib->easy_reset(curl);
    client->words[0] = 0;
    lib->easy_setopt(curl, CURLOPT_ERRORBUFFER, client->words);
    lib->easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    lib->easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    lib->easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)options->connect_seconds_max);
    lib->easy_setopt(curl, CURLOPT_TIMEOUT, (long)options->total_seconds_max);
    lib->easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    lib->easy_setopt(curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    if (options->ca_file.len)
        lib->easy_setopt(curl, CURLOPT_CAINFO, options->ca_file.at);
    if (options->certificate_file.len) {
        lib->easy_setopt(curl, CURLOPT_SSLCERT, options->certificate_file.at);
        lib->easy_setopt(curl, CURLOPT_SSLKEY, options->key_file.at);
    }
    if (options->pinned_fingerprint.len) {
        /* The pinned key takes the place of authorities and names. */
        lib->easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 0L);
        lib->easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 0L);
    }
}

/* The PEM text of the server's own certificate after a handshake. */
static str shown_certificate(struct arena *a, const struct http_client *client)
{
    struct curl_certinfo *chain = NULL;
    client->lib.easy_getinfo(client->curl, CURLINFO_CERTINFO, &chain);
    const struct curl_slist *row = chain && chain->num_of_certs > 0 ? chain->certinfo[0] : NULL;
    for (; row; row = row->next) {
        str line = str_of(row->data);
        if (str_starts(line, LIT("Cert:")))
            return arena_copy(a, str_skip(line, 5));
    }
    return (str){0};
}

/* Looks at the certificate of the origin, once, and pins its key. */
static err pin_key(struct arena *a, struct http_client *client, str url, struct origin origin)
{
    str name = arena_join(a, origin.host, LIT(":"), origin.port);
    if (client->options.pinned_fingerprint.len == 0)
        return NULL;
    if (!str_eq_nocase(origin.scheme, LIT("https")))
        return FAIL(a, ERR_INPUT, "a pinned certificate needs an https:// URL");
    if (client->pin.len && str_eq_nocase(name, client->pinned_origin))
        return NULL;
    str url_text = arena_copy(a, url), pin;
    set_connection(client);
    client->lib.easy_setopt(client->curl, CURLOPT_URL, url_text.at);
    client->lib.easy_setopt(client->curl, CURLOPT_CONNECT_ONLY, 1L);
    client->lib.easy_setopt(client->curl, CURLOPT_CERTINFO, 1L);
    CURLcode code = client->lib.easy_perform(client->curl);
    if (code != CURLE_OK)
        return fail_transfer(a, client, url, code);
    str pem = shown_certificate(a, client);
    TRY(http_tls_key_pin(a, pem, client->options.pinned_fingerprint, &pin));
    client->pin = arena_copy(&client->arena, pin);
    client->pinned_origin = arena_copy(&client->arena, name);
    return NULL;
}

static void set_method(const struct http_client *client, const struct http_call *call)
{
    const struct curl_library *lib = &client->lib;
    CURL *curl = client->curl;
    if (call->method == HTTP_HEAD) {
        lib->easy_setopt(curl, CURLOPT_NOBODY, 1L);
        return;
    }
    if (call->body.len || call->method == HTTP_POST || call->method == HTTP_PUT ||
        call->method == HTTP_PATCH) {
        lib->easy_setopt(curl, CURLOPT_POST, 1L);
        lib->easy_setopt(curl, CURLOPT_POSTFIELDS, call->body.len ? call->body.at : "");
        lib->easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)call->body.len);
    }
    if (call->method != HTTP_GET)
        lib->easy_setopt(curl, CURLOPT_CUSTOMREQUEST, http_method_name(call->method).at);
}

static struct curl_slist *make_fields(struct arena *a, const struct http_client *client,
                                      const struct http_call *call)
{
    struct curl_slist *list = NULL;
    for (size_t i = 0; i < call->field_count; i++) {
        str line = arena_join(a, call->fields[i].name, LIT(": "), call->fields[i].value);
        list = client->lib.slist_append(list, line.at);
    }
    if (client->options.bearer.len) {
        str line = arena_join(a, LIT("Authorization: Bearer "), client->options.bearer, (str){0});
        list = client->lib.slist_append(list, line.at);
    }
    /* Without these libcurl adds its own type, and waits a second for 100 Continue. */
    if (call->body.len)
        list = client->lib.slist_append(list, "Expect:");
    return list;
}

static void set_call(struct http_client *client, const struct http_call *call, const char *url,
                     struct curl_slist *fields)
{
    const struct curl_library *lib = &client->lib;
    CURL *curl = client->curl;
    lib->easy_setopt(curl, CURLOPT_URL, url);
    lib->easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "gzip");
    lib->easy_setopt(curl, CURLOPT_USERAGENT, "tocsin");
    lib->easy_setopt(curl, CURLOPT_HTTPHEADER, fields);
    if (client->pin.len)
        lib->easy_setopt(curl, CURLOPT_PINNEDPUBLICKEY, client->pin.at);
    if (client->options.user.len) {
        lib->easy_setopt(curl, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
        lib->easy_setopt(curl, CURLOPT_USERNAME, client->options.user.at);
        str password = client->options.password;
        lib->easy_setopt(curl, CURLOPT_PASSWORD, password.len ? password.at : "");
    }
    set_method(client, call);
}

/* One exchange; `*redirect` is where the answer points to, or empty. */
static err transfer(struct arena *a, struct http_client *client, const struct http_call *call,
                    struct incoming *in, str *redirect)
{
    str url = arena_copy(a, call->url);
    struct curl_slist *fields = make_fields(a, client, call);
    set_connection(client);
    set_call(client, call, url.at, fields);
    client->lib.easy_setopt(client->curl, CURLOPT_WRITEFUNCTION, take_body);
    client->lib.easy_setopt(client->curl, CURLOPT_WRITEDATA, in);
    client->lib.easy_setopt(client->curl, CURLOPT_HEADERFUNCTION, take_field);
    client->lib.easy_setopt(client->curl, CURLOPT_HEADERDATA, in);
    CURLcode code = client->lib.easy_perform(client->curl);
    client->lib.slist_free_all(fields);
    if (in->body.is_over || in->field_bytes > FIELDS_BYTES_MAX || in->count == FIELDS_MAX)
        return FAIL(a, ERR_TOO_LARGE, "the answer is larger than %zu bytes", in->body.max);
    if (code != CURLE_OK)
        return fail_transfer(a, client, call->url, code);
    const char *target = NULL;
    client->lib.easy_getinfo(client->curl, CURLINFO_REDIRECT_URL, &target);
    *redirect = target ? arena_copy(a, str_of(target)) : (str){0};
    return NULL;
}

static err check_redirect(struct arena *a, const struct http_client *client, str url,
                          struct origin from, str redirect)
{
    struct origin to;
    TRY(read_origin(a, &client->lib, redirect, &to));
    if (!is_same_origin(from, to))
        return FAIL(a, ERR_FORBIDDEN, "%.*s redirects to another place, %.*s://%.*s", STR_ARG(url),
                    STR_ARG(to.scheme), STR_ARG(to.host));
    return NULL;
}

/* `call->url` moves along with redirects. */
static err follow(struct arena *a, struct http_client *client, struct http_call *call,
                  struct incoming *in)
{
    struct origin origin;
    str redirect;
    TRY(read_origin(a, &client->lib, call->url, &origin));
    TRY(check_secrecy(a, client, origin));
    TRY(pin_key(a, client, call->url, origin));
    bool is_reading = call->method == HTTP_GET || call->method == HTTP_HEAD;
    for (unsigned n = 0;; n++) {
        buf_clear(&in->body);
        in->count = in->field_bytes = 0;
        TRY(transfer(a, client, call, in, &redirect));
        if (redirect.len == 0 || !is_reading || client->options.redirects_max == 0)
            return NULL;
        TRY(check_redirect(a, client, call->url, origin, redirect));
        if (n == client->options.redirects_max)
            return FAIL(a, ERR_IO, "%.*s redirects more than %u times", STR_ARG(call->url), n);
        call->url = redirect;
    }
}

err http_fetch(struct arena *a, struct http_client *client, const struct http_call *call,
               struct http_result *out)
{
    struct http_call current = *call;
    struct incoming in = {.arena = a};
    long status = 0;
    buf_init(&in.body, client->options.response_bytes_max);
    err e = follow(a, client, &current, &in);
    if (e == NULL) {
        client->lib.easy_getinfo(client->curl, CURLINFO_RESPONSE_CODE, &status);
        *out = (struct http_result){.status = (unsigned)status,
                                    .fields = in.items,
                                    .field_count = in.count,
                                    .body = arena_copy(a, buf_str(&in.body))};
    }
    buf_done(&in.body);
    return e;
}

str http_result_field(const struct http_result *result, str name)
{
    for (size_t i = 0; i < result->field_count; i++) {
        if (str_eq_nocase(result->fields[i].name, name))
            return result->fields[i].value;
    }
    return (str){0};
}
