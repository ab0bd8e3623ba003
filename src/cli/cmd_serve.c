/*
 * tocsin serve: the exchange over HTTP, until it is told to stop.
 */
#include "api/call.h"
#include "api/rsvp.h"
#include "api/site.h"
#include "api/web.h"
#include "base/log.h"
#include "cli/commands.h"
#include "cli/stop.h"
#include "service/briefing_send.h"
#include "service/mailer.h"
#include "taxii/cache.h"
#include "taxii/exchange.h"

#include <malloc.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#define DRAIN_SECONDS_MAX 30
#define WAIT_MICROSECONDS 20000

/* Set by SIGHUP, taken by the main thread. */
static volatile sig_atomic_t reload_is_asked;

struct serving {
    struct app app;
    struct http_server *http;
    atomic_bool is_ready; /* `app` is whole: its address is known only once the server listens */
    struct mailer *mailer;
};

static void on_hangup(int number)
{
    (void)number;
    reload_is_asked = 1;
}

static bool is_taxii(const struct http_request *rq)
{
    return taxii_owns_path(rq->path) || taxii_is_wanted(rq);
}

static void on_request(void *context, struct http_request *rq)
{
    struct serving *s = context;
    if (!atomic_load(&s->is_ready)) {
        http_refuse(rq, 503, LIT("The exchange is starting; try again"));
        return;
    }
    if (api_owns_path(rq->path))
        api_handle(&s->app, rq);
    else if (rsvp_owns_path(rq->path))
        rsvp_handle(&s->app, rq);
    else if (web_owns_path(rq->path))
        web_handle(&s->app, rq);
    else if (is_taxii(rq))
        taxii_handle(&s->app, rq);
    else
        site_handle(&s->app, rq);
}

static void on_refusal(void *context, struct http_request *rq, str text, struct http_response *out)
{
    (void)context;
    if (api_owns_path(rq->path)) {
        api_refusal(rq, text, out);
        return;
    }
    if (rq->path.len && !is_taxii(rq)) {
        site_refusal(rq, text, out);
        return;
    }
    http_response_add(out, LIT("Content-Type"), LIT(TAXII_MEDIA_TYPE));
    out->body = taxii_error_body(rq->arena, out->status, taxii_status_title(out->status), text,
                                 rq->request_id);
}

/*
 * Before a body is read: the API's are small, and who sends TAXII no credentials at all need not
 * send one (§1.6.8).
 */
static void on_header(void *context, struct http_request *rq)
{
    (void)context;
    str authorization;
    if (api_owns_path(rq->path))
        api_prepare(rq);
    else if (rsvp_owns_path(rq->path))
        rsvp_prepare(rq);
    if (rq->has_body && taxii_owns_path(rq->path) && rq->fingerprint == NULL &&
        !http_header_get(rq, LIT("Authorization"), &authorization))
        taxii_refuse_anonymous(rq);
}

static void on_access(void *context, const struct http_access *access)
{
    (void)context;
    const struct http_request *rq = access->request;
    LOG_INFO("%.*s %.*s %.*s %.*s %u %llu bytes %lld.%03lld ms org %lld%s", STR_ARG(rq->request_id),
             STR_ARG(rq->peer), STR_ARG(rq->method_name), STR_ARG(rsvp_path_for_log(rq->path)),
             access->status, (unsigned long long)access->body_bytes,
             (long long)(access->duration_us / 1000), (long long)(access->duration_us % 1000),
             (long long)(intptr_t)rq->user, access->is_complete ? "" : " cut off");
}

static struct http_server_options server_options(const struct cli *cli, struct serving *s)
{
    return (struct http_server_options){
        .listen = cli_value(cli, "listen"),
        .certificate_file = cli_value(cli, "tls-cert"),
        .key_file = cli_value(cli, "tls-key"),
        .is_self_signed = cli_has(cli, "tls-self-signed"),
        .wants_client_certificate = cli_has(cli, "tls-cert") || cli_has(cli, "tls-self-signed"),
        .client_ca_file = cli_value(cli, "client-ca"),
        .behind_proxy = cli_value(cli, "behind-proxy"),
        .config = store_config(s->app.store),
        .application = {.context = s,
                        .on_header = on_header,
                        .on_request = on_request,
                        .on_refusal = on_refusal,
                        .on_access = on_access},
    };
}

static str host_of(str listen)
{
    size_t colon = listen.len;
    while (colon > 0 && listen.at[colon - 1] != ':')
        colon--;
    str host = str_part(listen, 0, colon ? colon - 1 : 0);
    bool is_everywhere = str_eq(host, LIT("0.0.0.0")) || str_eq(host, LIT("[::]")) || host.len == 0;
    return is_everywhere ? LIT("localhost") : host;
}

static str url_of(struct arena *a, const struct cli *cli, const struct serving *s)
{
    str configured = store_config(s->app.store)->public_url;
    while (configured.len && configured.at[configured.len - 1] == '/')
        configured.len--;
    if (configured.len)
        return configured;
    bool has_tls = cli_has(cli, "tls-cert") || cli_has(cli, "tls-self-signed");
    return arena_print(a, "%s://%.*s:%u", has_tls ? "https" : "http",
                       STR_ARG(host_of(cli_value(cli, "listen"))), http_server_port(s->http));
}

static enum log_level level_of(const struct config *config)
{
    static const char *const NAMES[] = {"error", "warn", "info", "debug"};
    for (int i = 0; i < 4; i++) {
        if (str_eq(config->log_level, str_of(NAMES[i])))
            return (enum log_level)i;
    }
    return LOG_LEVEL_INFO;
}

static err open_app(struct arena *a, struct serving *s)
{
    struct app *app = &s->app;
    const struct config *config = store_config(app->store);
    log_set_level(level_of(config));
    app->quota = quota_open(config->requests_per_minute_max);
    app->pages = page_cache_open((size_t)config->page_cache_bytes_max);
    TRY(writer_open(a, app->store, &app->writer));
    TRY(briefing_sender_open(a, app->store, app->writer, &app->sender));
    return login_open(a, app->store, &app->login);
}

static void close_app(struct serving *s)
{
    mailer_close(s->mailer);
    login_close(s->app.login);
    briefing_sender_close(s->app.sender);
    writer_close(s->app.writer);
    page_cache_close(s->app.pages);
    quota_close(s->app.quota);
}

/*
 * What takes effect without a restart beyond what is read from the settings each time. Addresses,
 * threads, connection limits and the sizes of caches are fixed when the server starts.
 */
static void apply_settings(struct serving *s)
{
    const struct config *config = store_config(s->app.store);
    log_set_level(level_of(config));
    quota_set(s->app.quota, config->requests_per_minute_max);
}

/* SIGHUP: settings and certificates are read again; what is bad is refused, the old kept (S8). */
static void reload(struct serving *s)
{
    struct arena a = {0};
    err failure = store_reload_config(&a, s->app.store);
    if (failure)
        LOG_ERROR("the settings in force stay: %.*s", STR_ARG(error_text(&a, failure)));
    else
        apply_settings(s);
    err bad = http_server_reload_certificates(&a, s->http);
    if (bad)
        LOG_ERROR("the certificates in use stay: %.*s", STR_ARG(error_text(&a, bad)));
    if (failure == NULL && bad == NULL)
        LOG_INFO("settings and certificates were read again");
    arena_done(&a);
}

static err say_where(struct arena *a, struct cli *cli, const struct serving *s)
{
    unsigned char fingerprint[HTTP_FINGERPRINT_BYTES];
    cli_print(cli, "tocsin serves %.*s at %.*s\n", STR_ARG(s->app.store->name),
              STR_ARG(s->app.public_url));
    if (http_server_fingerprint(s->http, fingerprint))
        cli_print(cli, "certificate SHA-256 %.*s\n",
                  STR_ARG(secret_hex(a, fingerprint, sizeof(fingerprint))));
    str warning = http_server_warning(s->http);
    if (warning.len)
        LOG_WARN("%.*s", STR_ARG(warning));
    return cli_flush(a, cli);
}

static err serve(struct arena *a, struct cli *cli, struct serving *s)
{
    TRY(open_app(a, s));
    const struct http_server_options options = server_options(cli, s);
    TRY(http_server_start(a, &options, &s->http));
    s->app.public_url = url_of(a, cli, s);
    s->app.is_loopback = http_server_is_loopback(s->http) && !cli_has(cli, "behind-proxy");
    atomic_store(&s->is_ready, true);
    struct sigaction hangup = {.sa_handler = on_hangup};
    sigaction(SIGHUP, &hangup, NULL);
    err failure = mailer_open(a, s->app.store, s->app.public_url, &s->mailer);
    failure = failure ? failure : say_where(a, cli, s);
    while (failure == NULL && !stop_is_asked()) {
        usleep(WAIT_MICROSECONDS);
        if (reload_is_asked) {
            reload_is_asked = 0;
            reload(s);
        }
    }
    err late = http_server_stop(a, s->http, DRAIN_SECONDS_MAX);
    return failure ? failure : late;
}

static err run(struct arena *a, struct cli *cli)
{
    struct serving s = {0};
    mallopt(M_ARENA_MAX, 2); /* memory goes back sooner; threads are few */
    TRY(cli_store(a, cli, &s.app.store));
    err failure = serve(a, cli, &s);
    if (failure && failure->code == ERR_TIMEOUT)
        return failure; /* a handler still holds what would be closed */
    close_app(&s);
    return failure;
}

static const struct flag FLAGS[] = {
    {.name = "listen",
     .value = "HOST:PORT",
     .is_required = true,
     .help = "Address to listen at; without TLS only a loopback one, or behind a proxy"},
    {.name = "tls-cert", .value = "F", .help = "Certificate, PEM, leaf first"},
    {.name = "tls-key", .value = "F", .help = "Its key, PEM"},
    {.name = "tls-self-signed", .help = "Make a certificate for a trial, print its fingerprint"},
    {.name = "client-ca", .value = "F", .help = "Authorities of client certificates, PEM"},
    {.name = "behind-proxy",
     .value = "ADDR",
     .help = "Address of the proxy that ends TLS; its forwarding headers are believed"},
    {0},
};

static const struct verb VERBS[] = {
    {.name = "",
     .flags = FLAGS,
     .needs_data = true,
     .summary = "Serve the exchange over HTTP until told to stop",
     .example = "tocsin serve --data exchange --listen 127.0.0.1:6100",
     .run = run},
    {0},
};

const struct command command_serve = {
    .name = "serve",
    .summary = "Serve the exchange",
    .help =
        "Answers TAXII 2.1 at /taxii2/ and /exchange/, a first page at /, the pages for people at "
        "/app/ and what they are made of at /api/. SIGTERM ends it in "
        "order, SIGHUP makes it read its settings and certificates again. Every other command "
        "works while it runs.",
    .verbs = VERBS,
};
