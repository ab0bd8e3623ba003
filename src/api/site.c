/*
 * The first page: plain HTML, built for each request from what the anonymous may know.
 */
#include "api/site.h"

#include "api/html.h"
#include "api/web.h"

#define PAGE_BYTES_MAX ((size_t)1 << 20)
#define CSP                                                                         \
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; " \
    "form-action 'none'; frame-ancestors 'none'"

static void put_head(struct buf *b, const struct app *app, str title)
{
    buf_put(b, LIT("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                   "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                   "<title>"));
    html_put_text(b, title);
    buf_put(b, LIT("</title>\n<link rel=\"icon\" href=\"data:,\">\n"
                   "<link rel=\"stylesheet\" href=\"/style.css\">\n</head>\n<body>\n"
                   "<a class=\"skip\" href=\"#main\">Skip to the content</a>\n"));
    if (app->store->is_demo)
        buf_put(b,
                LIT("<section class=\"exercise\" aria-label=\"Exercise\"><div class=\"wrap\">"
                    "EXERCISE EXERCISE EXERCISE: everything here is invented</div></section>\n"));
    buf_put(b, LIT("<header><div class=\"wrap\"><p class=\"name\">"));
    html_put_text(b, app->store->name);
    buf_put(b, LIT("</p><p>An exchange that runs tocsin</p>"
                   "<p><a href=\"/app/\">Sign in</a></p></div></header>\n"
                   "<main id=\"main\" class=\"wrap\">\n"));
}

static void put_foot(struct buf *b, const struct app *app)
{
    const struct config *config = store_config(app->store);
    buf_put(b, LIT("</main>\n<footer><div class=\"wrap\">"));
    if (config->contact.len) {
        buf_put(b, LIT("Questions, or to join: "));
        html_put_text(b, config->contact);
        buf_put(b, LIT(". "));
    }
    buf_put(b, LIT("What members are given here is noted in receipts."
                   "</div></footer>\n</body>\n</html>\n"));
}

static void put_public_item(struct buf *b, const struct app *app, const struct policy_collection *c)
{
    buf_put(b, LIT("<li><h3>"));
    html_put_text(b, c->title);
    buf_put(b, LIT("</h3>\n<p>"));
    html_put_text(b, c->description);
    buf_put(b, LIT("</p>\n<p><code>"));
    html_put_text(b, app->public_url);
    buf_put(b, LIT("/exchange/collections/"));
    html_put_text(b, c->id);
    buf_put(b, LIT("/</code></p></li>\n"));
}

static void put_public(struct buf *b, const struct app *app, const struct policy *policy)
{
    buf_put(b, LIT("<h2>What anyone may read</h2>\n"));
    bool has_any = false;
    for (size_t i = 0; i < policy->collection_count; i++) {
        if (!policy->collections[i].is_public)
            continue;
        if (!has_any)
            buf_put(b, LIT("<p>Objects marked <span class=\"tlp\">TLP:CLEAR</span> in these "
                           "collections, without an account:</p>\n<ul class=\"collection\">\n"));
        has_any = true;
        put_public_item(b, app, &policy->collections[i]);
    }
    if (has_any)
        buf_put(b, LIT("</ul>\n"));
    else
        buf_put(b, LIT("<p>Nothing: this exchange has no public collection. Members sign in with "
                       "the token or the password that their steward gave them.</p>\n"));
}

/* One client: what to type where. `%` in the text stands for the address of the exchange. */
static const struct client {
    const char *name;
    const char *words;
    const char *example;
} CLIENTS[] = {
    {"Any tool: curl", "With the token you were given in the file token.txt:",
     "curl -H \"Authorization: Bearer $(cat token.txt)\" \\\n"
     "     -H \"Accept: application/taxii+json;version=2.1\" \\\n     %/exchange/collections/"},
    {"The OASIS Python client (taxii2-client)",
     "A token is used as a password, with the user name \"token\":",
     "from taxii2client.v21 import Server\n"
     "server = Server(\"%/taxii2/\", user=\"token\", password=TOKEN)\n"
     "for collection in server.api_roots[0].collections:\n"
     "    print(collection.id, collection.title)"},
    {"OpenCTI", "Data, Ingestion, TAXII feeds, and then:",
     "TAXII server URL: %/exchange/\nTAXII version:    2.1\n"
     "Authentication:   Basic user / password, user: token, password: the token\n"
     "Collection:       the id of the collection"},
    {"MISP", "Sync Actions, TAXII Servers, Add TAXII Server:",
     "Base URL:   %\nAPI Root:   exchange\nCollection: the id of the collection\n"
     "User:       token\nPassword:   the token"},
    {"Microsoft Sentinel", "Content hub, Threat Intelligence, the TAXII data connector:",
     "API root URL:  %/exchange/\nCollection ID: the id of the collection\n"
     "Username:      token\nPassword:      the token"},
    {"Splunk Enterprise Security", "Configure, Threat intelligence, New, TAXII:",
     "Type:           taxii\nURL:            %/taxii2/\n"
     "POST arguments: collection=\"the id of the collection\" earliest=\"-1y\" "
     "taxii_username=\"token\" taxii_password=\"the token\""},
    {"Another exchange that runs tocsin", "With the token in the file token.txt:",
     "tocsin pull %/exchange/ --collection ID --token-file token.txt \\\n"
     "     --data DIR --into ID --as ORG"},
};

static void put_client(struct buf *b, const struct app *app, const struct client *c)
{
    buf_put(b, LIT("<h3>"));
    html_put_text(b, str_of(c->name));
    buf_put(b, LIT("</h3>\n<p>"));
    html_put_text(b, str_of(c->words));
    buf_put(b, LIT("</p>\n<pre>"));
    str rest = str_of(c->example);
    str part;
    bool is_first = true;
    while (str_cut(&rest, '%', &part)) {
        if (!is_first)
            html_put_text(b, app->public_url);
        html_put_text(b, part);
        is_first = false;
    }
    buf_put(b, LIT("</pre>\n"));
}

static void put_what(struct buf *b, const struct app *app)
{
    const struct config *config = store_config(app->store);
    buf_put(b, LIT("<h1>Partners share what they know about foreign interference here</h1>\n"
                   "<p class=\"lead\">"));
    if (config->description.len)
        html_put_text(b, config->description);
    else
        buf_put(b, LIT("Government agencies, online platforms, election officials and researchers "
                       "exchange intelligence; each sees exactly what it may."));
    buf_put(b, LIT("</p>\n<p>The exchange speaks "
                   "STIX and TAXII 2.1, so that the tools its members already use can read and "
                   "write. Every object carries a label of the Traffic Light Protocol: "
                   "<span class=\"tlp\">TLP:CLEAR</span> "
                   "<span class=\"tlp tlp-green\">TLP:GREEN</span> "
                   "<span class=\"tlp tlp-amber\">TLP:AMBER</span> "
                   "<span class=\"tlp tlp-amber\">TLP:AMBER+STRICT</span> "
                   "<span class=\"tlp tlp-red\">TLP:RED</span>. What a reader may not see does not "
                   "exist for them.</p>\n"));
}

static void put_connect(struct buf *b, const struct app *app)
{
    buf_put(b, LIT("<h2>Connect a tool</h2>\n<dl>\n<dt>Discovery</dt><dd><code>"));
    html_put_text(b, app->public_url);
    buf_put(b, LIT("/taxii2/</code></dd>\n<dt>API root</dt><dd><code>"));
    html_put_text(b, app->public_url);
    buf_put(b, LIT("/exchange/</code></dd>\n<dt>Sign in with</dt><dd>a bearer token, a client "
                   "certificate, or Basic: the user name <code>token</code> with the token as "
                   "password, or your e-mail address with your password</dd>\n</dl>\n"));
    for (size_t i = 0; i < sizeof(CLIENTS) / sizeof(CLIENTS[0]); i++)
        put_client(b, app, &CLIENTS[i]);
}

static void reply_page(struct http_request *rq, const struct buf *text, unsigned status)
{
    struct http_response response = {.status = status,
                                     .body = arena_copy(rq->arena, buf_str(text))};
    web_add_page_fields(&response, LIT("text/html; charset=utf-8"), LIT(CSP));
    http_response_add(&response, LIT("Cache-Control"), LIT("no-cache"));
    http_reply(rq, &response);
}

void site_reply_words(struct app *app, struct http_request *rq, unsigned status, str words)
{
    OWNED(buf_done) struct buf text;
    buf_init(&text, PAGE_BYTES_MAX);
    put_head(&text, app, app->store->name);
    buf_put(&text, LIT("<h1>"));
    html_put_text(&text, words);
    buf_put(&text, LIT("</h1>\n<p><a href=\"/\">Back to the first page</a></p>\n"));
    put_foot(&text, app);
    reply_page(rq, &text, status);
}

static void serve_first_page(struct app *app, struct http_request *rq)
{
    OWNED(session_done) struct session s = {0};
    err failure = session_read(rq->arena, app->store, &s);
    if (failure) {
        site_reply_words(app, rq, error_http_status(failure->code),
                         LIT("The exchange cannot read its data just now"));
        return;
    }
    OWNED(buf_done) struct buf text;
    buf_init(&text, PAGE_BYTES_MAX);
    put_head(&text, app, app->store->name);
    put_what(&text, app);
    put_public(&text, app, s.policy);
    put_connect(&text, app);
    put_foot(&text, app);
    session_done(&s);
    reply_page(rq, &text, 200);
}

static void serve_style(struct http_request *rq)
{
    struct http_response response = {.status = 200, .body = {SITE_CSS, SITE_CSS_BYTES}};
    web_add_page_fields(&response, LIT("text/css; charset=utf-8"), LIT(CSP));
    http_response_add(&response, LIT("Cache-Control"), LIT("public, max-age=300"));
    http_reply(rq, &response);
}

/* Ready is: the database answers. */
static void serve_health(struct app *app, struct http_request *rq)
{
    OWNED(session_done) struct session s = {0};
    err failure = session_read(rq->arena, app->store, &s);
    session_done(&s);
    struct http_response response = {.status = failure ? 503 : 200,
                                     .body = failure ? LIT("{\"status\":\"unavailable\"}\n")
                                                     : LIT("{\"status\":\"ok\"}\n")};
    http_response_add(&response, LIT("Content-Type"), LIT("application/json"));
    http_response_add(&response, LIT("Cache-Control"), LIT("no-store"));
    http_reply(rq, &response);
}

void site_handle(struct app *app, struct http_request *rq)
{
    bool is_read = rq->method == HTTP_GET || rq->method == HTTP_HEAD;
    bool is_known = str_eq(rq->path, LIT("/")) || str_eq(rq->path, LIT("/style.css")) ||
                    str_eq(rq->path, LIT("/healthz"));
    if (!is_known)
        site_reply_words(app, rq, 404, LIT("There is no such page"));
    else if (!is_read)
        site_reply_words(app, rq, 405, LIT("This page can only be read"));
    else if (str_eq(rq->path, LIT("/healthz")))
        serve_health(app, rq);
    else if (str_eq(rq->path, LIT("/style.css")))
        serve_style(rq);
    else
        serve_first_page(app, rq);
}

void site_refusal(struct http_request *rq, str text, struct http_response *out)
{
    out->body = arena_join(rq->arena, text, LIT("\n"), (str){0});
    http_response_add(out, LIT("Content-Type"), LIT("text/plain; charset=utf-8"));
    http_response_add(out, LIT("X-Content-Type-Options"), LIT("nosniff"));
}
