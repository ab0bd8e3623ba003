/*
 * tocsin serve: the exchange over HTTP, until it is told to stop.
 */
#include "api/browser.h"
#include "api/call.h"
#include "api/rsvp.h"
#include "api/site.h"
#include "api/web.h"
#include "cli/access_log.h"
#include "cli/commands.h"
#include "cli/stop.h"
#include "service/backup.h"
#include "service/briefing_send.h"
#include "service/file_keeper.h"
#include "service/file_upkeep.h"
#include "service/indexer.h"
#include "service/mailer.h"
#include "taxii/cache.h"
#include "taxii/exchange.h"

#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#define DRAIN_SECONDS_MAX 30
#define WAIT_MICROSECONDS 20000

/* Set by SIGHUP, taken by the main thread. */
static volatile sig_atomic_t reload_is_asked;

struct serving {
    struct arena arena; /* of what lives as long as the serving */
    const struct cli *cli;
    struct app app;
    struct http_server *http;
    struct mailer *mailer;
    struct indexer *indexer;
    struct log_lines *lines; /* of the access log */
};

/* The lines of the server that runs, for on_fatal. */
static struct log_lines *lines_to_save;

static void on_hangup(int number)
{
    (void)number;
    reload_is_asked = 1;
}

/* The process is lost; what it was asked last is what one wants to know. */
static void on_fatal(int number)
{
    if (lines_to_save)
        log_lines_write_last(lines_to_save);
    raise(number); /* by now the system's own way */
}

/* Where nobody else, such as a sanitizer, listens already. */
static void save_lines(struct log_lines *lines)
{
    static const int FATAL[] = {SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV};
    const struct sigaction ours = {.sa_handler = on_fatal, .sa_flags = (int)SA_RESETHAND};
    lines_to_save = lines;
    for (size_t i = 0; i < sizeof(FATAL) / sizeof(FATAL[0]); i++) {
        struct sigaction before;
        if (sigaction(FATAL[i], NULL, &before) == 0 && before.sa_handler == SIG_DFL)
            sigaction(FATAL[i], &ours, NULL);
    }
}

static bool is_taxii(const struct http_request *rq)
{
    return taxii_owns_path(rq->path) || taxii_is_wanted(rq);
}

static void on_request(void *context, struct http_request *rq)
{
    struct serving *s = context;
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
 * Not every proxy says by which scheme it was asked: what comes to an https address came by https,
 * so that no cookie is ever made for a network in the clear (S1).
 */
static void settle_scheme(const struct serving *s, struct http_request *rq)
{
    bool is_public_https = str_starts(s->app.public_url, LIT("https://"));
    if (is_public_https && cli_has(s->cli, "behind-proxy") && !browser_is_at_loopback(rq))
        rq->scheme = LIT("https");
}

static bool wants_tls(const struct cli *cli)
{
    return cli_has(cli, "tls-cert") || cli_has(cli, "tls-self-signed");
}

/*
 * Where a proxy ends TLS, plain HTTP is between it and here (S1): whoever comes past it over the
 * network would send passwords in the clear. That the server is up may be asked by anybody.
 */
static bool is_past_proxy(const struct serving *s, const struct http_request *rq)
{
    bool is_own = str_starts(rq->peer, LIT("127.")) || str_eq(rq->peer, LIT("::1"));
    return cli_has(s->cli, "behind-proxy") && !wants_tls(s->cli) && !rq->is_by_proxy && !is_own &&
           !str_eq(rq->path, LIT("/healthz"));
}

/* Before a body is read: the API's are small; TAXII's are counted for who sends them. */
static void on_header(void *context, struct http_request *rq)
{
    struct serving *s = context;
    if (is_past_proxy(s, rq)) {
        http_refuse(rq, 403,
                    LIT("plain HTTP is spoken here with the proxy alone; ask at the public address "
                        "of the exchange"));
        return;
    }
    settle_scheme(s, rq);
    if (api_owns_path(rq->path))
        api_prepare(&s->app, rq);
    else if (rsvp_owns_path(rq->path))
        rsvp_prepare(rq);
    if (rq->has_body && taxii_owns_path(rq->path))
        taxii_admit_body(&s->app, rq);
}

static void on_access(void *context, const struct http_access *access)
{
    const struct serving *s = context;
    access_log_add(s->lines, access, (int64_t)(intptr_t)access->request->user);
}

static str host_of(str listen)
{
    size_t colon = listen.len;
    while (colon > 0 && listen.at[colon - 1] != ':')
        colon--;
    return str_part(listen, 0, colon ? colon - 1 : 0);
}

static str url_of(struct serving *s, unsigned port)
{
    str configured = store_config(s->app.store)->public_url;
    str host = host_of(cli_value(s->cli, "listen"));
    bool is_everywhere = str_eq(host, LIT("0.0.0.0")) || str_eq(host, LIT("[::]")) || host.len == 0;
    while (configured.len && configured.at[configured.len - 1] == '/')
        configured.len--;
    if (configured.len)
        return configured;
    return arena_print(&s->arena, "%s://%.*s:%u", wants_tls(s->cli) ? "https" : "http",
                       STR_ARG(is_everywhere ? LIT("localhost") : host), port);
}

/* The first request already finds the address that links are made from, and who can reach it. */
static void on_bound(void *context, unsigned port, bool is_loopback)
{
    struct serving *s = context;
    s->app.public_url = url_of(s, port);
    s->app.is_loopback = is_loopback && !cli_has(s->cli, "behind-proxy");
}

static struct http_server_options server_options(struct serving *s)
{
    const struct cli *cli = s->cli;
    return (struct http_server_options){
        .listen = cli_value(cli, "listen"),
        .certificate_file = cli_value(cli, "tls-cert"),
        .key_file = cli_value(cli, "tls-key"),
        .is_self_signed = cli_has(cli, "tls-self-signed"),
        .wants_client_certificate = wants_tls(cli),
        .client_ca_file = cli_value(cli, "client-ca"),
        .behind_proxy = cli_value(cli, "behind-proxy"),
        .config = store_config(s->app.store),
        .application = {.context = s,
                        .on_bound = on_bound,
                        .on_header = on_header,
                        .on_request = on_request,
                        .on_refusal = on_refusal,
                        .on_access = on_access},
    };
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
    TRY(file_upkeep_begin(a, app->store));
    TRY(file_keeper_open(a, app->store, &app->keeper));
    return login_open(a, app->store, &app->login);
}

static void close_app(struct serving *s)
{
    indexer_close(s->indexer);
    mailer_close(s->mailer);
    login_close(s->app.login);
    file_keeper_close(s->app.keeper);
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
    err failure = store_reload_config(&a, s->app.store, backup_check_settings);
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

/* The first line ends with the port, which is the system's choice where port 0 was asked for. */
static err say_where(struct arena *a, struct cli *cli, const struct serving *s)
{
    unsigned char fingerprint[HTTP_FINGERPRINT_BYTES];
    cli_print(cli, "tocsin serves %.*s at %.*s", STR_ARG(s->app.store->name),
              STR_ARG(s->app.public_url));
    if (store_config(s->app.store)->public_url.len)
        cli_print(cli, ", listening at %.*s:%u", STR_ARG(host_of(cli_value(cli, "listen"))),
                  http_server_port(s->http));
    cli_print(cli, "\n");
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
    const struct http_server_options options = server_options(s);
    struct sigaction hangup = {.sa_handler = on_hangup};
    sigaction(SIGHUP, &hangup, NULL); /* before anybody can tell that the server is there */
    TRY(http_server_start(a, &options, &s->http));
    err failure = mailer_open(a, s->app.store, s->app.public_url, &s->mailer);
    failure = failure ? failure : indexer_open(a, s->app.store, &s->indexer);
    failure = failure ? failure : say_where(a, cli, s);
    while (failure == NULL && !stop_is_asked()) {
        usleep(WAIT_MICROSECONDS);
        log_lines_write(s->lines);
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
    struct serving s = {.cli = cli};
    mallopt(M_ARENA_MAX, 2); /* memory goes back sooner; threads are few */
    TRY(cli_store(a, cli, &s.app.store));
    TRY(backup_check_settings(a, store_config(s.app.store)));
    s.lines = log_lines_open();
    save_lines(s.lines);
    err failure = serve(a, cli, &s);
    log_lines_write(s.lines);
    if (failure && failure->code == ERR_TIMEOUT) {
        cli->store = NULL; /* a handler still holds what would be closed */
        return failure;
    }
    close_app(&s);
    save_lines(NULL);
    log_lines_close(s.lines);
    arena_done(&s.arena);
    return failure;
}

static const struct flag FLAGS[] = {
    {.name = "listen",
     .value = "HOST:PORT",
     .is_required = true,
     .help = "Address to listen at; without TLS only a loopback one, or behind a proxy; port 0: a "
             "free one, which the first line printed ends with"},
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
