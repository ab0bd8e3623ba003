/*
 * The client against the real server: over TLS (S6) and plain.
 */
#include "base/file.h"
#include "base/num.h"
#include "base/secret.h"
#include "http/client.h"
#include "trial.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static void on_request(void *context, struct http_request *rq)
{
    struct http_response response = {.status = 200};
    struct trial *t = context;
    if (str_starts(rq->path, LIT("/same"))) {
        response.status = 302;
        http_response_add(&response, LIT("Location"), LIT("/echo"));
    } else if (str_eq(rq->path, LIT("/elsewhere"))) {
        response.status = 302;
        http_response_add(&response, LIT("Location"), LIT("http://127.0.0.1:1/"));
    } else if (str_eq(rq->path, LIT("/loop"))) {
        response.status = 307;
        http_response_add(&response, LIT("Location"), LIT("/loop"));
    } else if (str_eq(rq->path, LIT("/large"))) {
        response.shared = http_body_ref(t->large);
    } else if (str_eq(rq->path, LIT("/held"))) {
        pthread_mutex_lock(&t->lock);
        t->held = rq;
        pthread_mutex_unlock(&t->lock);
        return;
    } else {
        http_response_add(&response, LIT("X-Saw"), rq->method_name);
        response.body = arena_print(rq->arena, "%.*s|%.*s|%.*s|%s",
                                    STR_ARG(http_header(rq, LIT("authorization"))),
                                    STR_ARG(http_header(rq, LIT("x-mine"))), STR_ARG(rq->body),
                                    rq->fingerprint ? "certificate" : "none");
    }
    http_reply(rq, &response);
}

static void start(struct trial *t, bool is_tls)
{
    trial_init(t);
    t->options.application.on_request = on_request;
    t->options.is_self_signed = is_tls;
    t->options.wants_client_certificate = is_tls;
    trial_start(t);
}

static str url(struct trial *t, const char *path)
{
    return arena_print(&t->arena, "%s://127.0.0.1:%u%s",
                       t->options.is_self_signed ? "https" : "http", http_server_port(t->server),
                       path);
}

static struct http_client *client_of(struct trial *t, struct http_client_options options)
{
    struct http_client *client = NULL;
    if (options.connect_seconds_max == 0)
        options.connect_seconds_max = TRIAL_PATIENCE_SECONDS;
    err e = http_client_open(&t->arena, &options, &client);
    if (e)
        fail_msg("%.*s", STR_ARG(error_text(&t->arena, e)));
    return client;
}

static err get(struct trial *t, struct http_client *client, const char *path,
               struct http_result *result)
{
    struct http_call call = {.method = HTTP_GET, .url = url(t, path)};
    return http_fetch(&t->arena, client, &call, result);
}

static void sends_methods_fields_bodies_and_credentials(void **state)
{
    struct trial t;
    struct http_result result;
    struct http_field field = {LIT("X-Mine"), LIT("yes")};
    (void)state;
    start(&t, false);
    struct http_client *client =
        client_of(&t, (struct http_client_options){.bearer = LIT("secret")});
    struct http_call call = {.method = HTTP_POST,
                             .url = url(&t, "/"),
                             .fields = &field,
                             .field_count = 1,
                             .body = LIT("the body")};
    assert_null(http_fetch(&t.arena, client, &call, &result));
    assert_int_equal(result.status, 200);
    assert_true(str_eq(result.body, LIT("Bearer secret|yes|the body|none")));
    assert_true(str_eq(http_result_field(&result, LIT("x-saw")), LIT("POST")));
    call = (struct http_call){.method = HTTP_DELETE, .url = url(&t, "/")};
    assert_null(http_fetch(&t.arena, client, &call, &result));
    assert_true(str_eq(http_result_field(&result, LIT("x-saw")), LIT("DELETE")));
    http_client_close(&client);
    assert_null(client);
    client = client_of(&t, (struct http_client_options){.user = LIT("a"), .password = LIT("b")});
    assert_null(get(&t, client, "/", &result));
    assert_true(str_eq(result.body, LIT("Basic YTpi|||none")));
    /* One connection serves all calls of a client. */
    assert_null(get(&t, client, "/", &result));
    http_client_close(&client);
    trial_done(&t);
}

static void follows_redirects_within_the_origin_only(void **state)
{
    struct trial t;
    struct http_result result;
    (void)state;
    start(&t, false);
    struct http_client *client =
        client_of(&t, (struct http_client_options){.bearer = LIT("secret"), .redirects_max = 3});
    assert_null(get(&t, client, "/same", &result));
    assert_true(str_eq(result.body, LIT("Bearer secret|||none")));
    assert_int_equal(get(&t, client, "/elsewhere", &result)->code, ERR_FORBIDDEN);
    assert_int_equal(get(&t, client, "/loop", &result)->code, ERR_IO);
    http_client_close(&client);
    client = client_of(&t, (struct http_client_options){0});
    assert_null(get(&t, client, "/same", &result));
    assert_int_equal(result.status, 302);
    http_client_close(&client);
    trial_done(&t);
}

static void stops_at_its_limits(void **state)
{
    struct trial t;
    struct http_result result;
    (void)state;
    start(&t, false);
    struct http_client *client =
        client_of(&t, (struct http_client_options){.response_bytes_max = 100000});
    assert_int_equal(get(&t, client, "/large", &result)->code, ERR_TOO_LARGE);
    http_client_close(&client);
    client = client_of(&t, (struct http_client_options){.total_seconds_max = 2});
    assert_int_equal(get(&t, client, "/held", &result)->code, ERR_TIMEOUT);
    struct http_response response = {.status = 200};
    http_reply(trial_take_held(&t), &response);
    http_client_close(&client);
    trial_done(&t);
}

static void refuses_urls_it_must_not_use(void **state)
{
    static const struct {
        const char *url;
        enum err_code code;
    } cases[] = {
        {"file:///etc/passwd", ERR_INPUT},
        {"ftp://a/", ERR_INPUT},
        {"nonsense", ERR_INPUT},
        {"", ERR_INPUT},
        {"http://", ERR_INPUT},
        {"http://exchange.example/", ERR_INPUT},
        {"http://127.exchange.example/", ERR_INPUT}, /* a name, whatever it begins with */
        {"http://127.0.0.1.example/", ERR_INPUT},
        {"http://127.0.0.1:1/", ERR_IO},
    };
    struct trial t;
    struct http_result result;
    (void)state;
    start(&t, false);
    struct http_client *client =
        client_of(&t, (struct http_client_options){.bearer = LIT("secret")});
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct http_call call = {.method = HTTP_GET, .url = str_of(cases[i].url)};
        err e = http_fetch(&t.arena, client, &call, &result);
        if (e == NULL || e->code != cases[i].code)
            fail_msg("%s", cases[i].url);
    }
    http_client_close(&client);
    trial_done(&t);
}

static str own_fingerprint(struct trial *t)
{
    unsigned char digest[HTTP_FINGERPRINT_BYTES];
    assert_true(http_server_fingerprint(t->server, digest));
    return secret_hex(&t->arena, digest, sizeof(digest));
}

/* S6, and S1's certificate for a trial: trusted by its fingerprint alone. */
static void trusts_a_pinned_certificate_and_no_other(void **state)
{
    struct trial t;
    struct http_result result;
    (void)state;
    start(&t, true);
    struct http_client *client = client_of(&t, (struct http_client_options){0});
    assert_int_equal(get(&t, client, "/", &result)->code, ERR_FORBIDDEN);
    http_client_close(&client);
    str fingerprint = own_fingerprint(&t);
    client = client_of(&t, (struct http_client_options){.pinned_fingerprint = fingerprint});
    for (int i = 0; i < 3; i++) {
        err e = get(&t, client, "/", &result);
        if (e)
            fail_msg("%.*s", STR_ARG(error_text(&t.arena, e)));
        assert_int_equal(result.status, 200);
    }
    http_client_close(&client);
    str other = arena_copy(&t.arena, fingerprint);
    ((char *)(uintptr_t)other.at)[5] = other.at[5] == '0' ? '1' : '0';
    client = client_of(
        &t, (struct http_client_options){.pinned_fingerprint = other, .bearer = LIT("secret")});
    size_t before = t.handled_count;
    assert_int_equal(get(&t, client, "/", &result)->code, ERR_FORBIDDEN);
    assert_int_equal(t.handled_count, before);
    http_client_close(&client);
    struct http_client_options bad = {.pinned_fingerprint = LIT("abc")};
    assert_int_equal(http_client_open(&t.arena, &bad, &client)->code, ERR_INPUT);
    trial_done(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sends_methods_fields_bodies_and_credentials),
        cmocka_unit_test(follows_redirects_within_the_origin_only),
        cmocka_unit_test(stops_at_its_limits),
        cmocka_unit_test(refuses_urls_it_must_not_use),
        cmocka_unit_test(trusts_a_pinned_certificate_and_no_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
