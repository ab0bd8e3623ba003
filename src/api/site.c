/*
 * The first page: plain HTML in English or Spanish, built for each request from what the anonymous
 * may know.
 */
#include "api/site.h"

#include "api/html.h"
#include "api/language.h"
#include "api/web.h"
#include "base/num.h"

#define PAGE_BYTES_MAX ((size_t)1 << 20)
#define CSP                                                                         \
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; " \
    "form-action 'none'; frame-ancestors 'none'"

/* A page on its way. */
struct page {
    struct http_request *rq;
    const struct app *app;
    enum language language;
    struct buf text;
};

static void page_done(struct page *p)
{
    buf_done(&p->text);
}

static void page_init(struct page *p, struct app *app, struct http_request *rq)
{
    struct http_query query = {0};
    *p = (struct page){.rq = rq, .app = app};
    p->language = language_accepted(http_header(rq, LIT("Accept-Language")));
    if (http_query_read(rq->arena, rq->query, &query) == NULL)
        p->language = language_asked(&query, p->language);
    buf_init(&p->text, PAGE_BYTES_MAX);
}

static void put(struct page *p, const char *html)
{
    buf_put(&p->text, str_of(html));
}

static void put_text(struct page *p, str text)
{
    html_put_text(&p->text, text);
}

static void put_words(struct page *p, const char *before, enum site_word word, const char *after)
{
    put(p, before);
    put_text(p, site_words(word, p->language));
    put(p, after);
}

/* A link to one of these pages in the language of this one, which may have been chosen. */
static void put_link(struct page *p, const char *path, enum site_word words)
{
    str tag = language_tag(p->language);
    buf_print(&p->text, "<p><a href=\"%s?lang=%.*s\">", path, STR_ARG(tag));
    put_words(p, "", words, "</a></p>");
}

static void put_other_language(struct page *p)
{
    str tag = language_tag(language_other(p->language));
    buf_print(&p->text, "<p><a lang=\"%.*s\" hreflang=\"%.*s\" href=\"/?lang=%.*s\">", STR_ARG(tag),
              STR_ARG(tag), STR_ARG(tag));
    put_words(p, "", SITE_OTHER_LANGUAGE, "</a></p>");
}

static void put_exercise(struct page *p)
{
    put_words(p, "<section class=\"exercise\" aria-label=\"", SITE_EXERCISE_NAME, "\">");
    put_words(p, "<div class=\"wrap\">", SITE_EXERCISE, "</div></section>\n");
}

static void put_head(struct page *p)
{
    put(p, "<!doctype html>\n<html lang=\"");
    buf_put(&p->text, language_tag(p->language));
    put(p, "\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    put_text(p, p->app->store->name);
    put(p, "</title>\n<link rel=\"icon\" href=\"data:,\">\n"
           "<link rel=\"stylesheet\" href=\"/style.css\">\n</head>\n<body>\n");
    put_words(p, "<a class=\"skip\" href=\"#main\">", SITE_SKIP, "</a>\n");
    if (p->app->store->is_demo)
        put_exercise(p);
    put(p, "<header><div class=\"wrap\"><p class=\"name\">");
    put_text(p, p->app->store->name);
    put_words(p, "</p><p>", SITE_RUNS, "</p>");
    put_link(p, "/app/", SITE_SIGN_IN);
    put_other_language(p);
    put(p, "</div></header>\n<main id=\"main\" class=\"wrap\">\n");
}

static void put_foot(struct page *p)
{
    const struct config *config = store_config(p->app->store);
    put(p, "</main>\n<footer><div class=\"wrap\">");
    if (config->contact.len) {
        put_words(p, "", SITE_CONTACT, " ");
        put_text(p, config->contact);
        put(p, ". ");
    }
    put_words(p, "", SITE_RECEIPTS, "</div></footer>\n</body>\n</html>\n");
}

static void put_public_item(struct page *p, const struct policy_collection *c)
{
    put(p, "<li><h3>");
    put_text(p, c->title);
    put(p, "</h3>\n<p>");
    put_text(p, c->description);
    put(p, "</p>\n<p><code>");
    put_text(p, p->app->public_url);
    put(p, "/exchange/collections/");
    put_text(p, c->id);
    put(p, "/</code></p></li>\n");
}

static void put_public(struct page *p, const struct policy *policy)
{
    bool has_any = false;
    put_words(p, "<h2>", SITE_PUBLIC, "</h2>\n");
    for (size_t i = 0; i < policy->collection_count; i++) {
        if (!policy->collections[i].is_public)
            continue;
        if (!has_any) {
            put_words(p, "<p>", SITE_MARKED, " <span class=\"tlp\">TLP:CLEAR</span> ");
            put_words(p, "", SITE_WITHOUT_ACCOUNT, "</p>\n<ul class=\"collection\">\n");
        }
        has_any = true;
        put_public_item(p, &policy->collections[i]);
    }
    if (has_any)
        put(p, "</ul>\n");
    else
        put_words(p, "<p>", SITE_NOTHING_PUBLIC, "</p>\n");
}

/* One client: what to type where. `%` in the text stands for the address of the exchange. */
static const struct client {
    struct bilingual name;
    struct bilingual words;
    const char *example;
} CLIENTS[] = {
    {{{"Any tool: curl", "Cualquier herramienta: curl"}},
     {{"With the token you were given in the file token.txt:",
       "Con el token que recibió en el archivo token.txt:"}},
     "curl -H \"Authorization: Bearer $(cat token.txt)\" \\\n"
     "     -H \"Accept: application/taxii+json;version=2.1\" \\\n     %/exchange/collections/"},
    {{{"The OASIS Python client (taxii2-client)", "El cliente de OASIS en Python (taxii2-client)"}},
     {{"A token is used as a password, with the user name \"token\":",
       "El token se usa como contraseña, con el nombre de usuario «token»:"}},
     "from taxii2client.v21 import Server\n"
     "server = Server(\"%/taxii2/\", user=\"token\", password=TOKEN)\n"
     "for collection in server.api_roots[0].collections:\n"
     "    print(collection.id, collection.title)"},
    {{{"OpenCTI", "OpenCTI"}},
     {{"Data, Ingestion, TAXII feeds, and then:", "Data, Ingestion, TAXII feeds, y después:"}},
     "TAXII server URL: %/exchange/\nTAXII version:    2.1\n"
     "Authentication:   Basic user / password, user: token, password: the token\n"
     "Collection:       the id of the collection"},
    {{{"MISP", "MISP"}},
     {{"Sync Actions, TAXII Servers, Add TAXII Server:",
       "Sync Actions, TAXII Servers, Add TAXII Server:"}},
     "Base URL:   %\nAPI Root:   exchange\nCollection: the id of the collection\n"
     "User:       token\nPassword:   the token"},
    {{{"Microsoft Sentinel", "Microsoft Sentinel"}},
     {{"Content hub, Threat Intelligence, the TAXII data connector:",
       "Content hub, Threat Intelligence, el conector de datos TAXII:"}},
     "API root URL:  %/exchange/\nCollection ID: the id of the collection\n"
     "Username:      token\nPassword:      the token"},
    {{{"Splunk Enterprise Security", "Splunk Enterprise Security"}},
     {{"Configure, Threat intelligence, New, TAXII:",
       "Configure, Threat intelligence, New, TAXII:"}},
     "Type:           taxii\nURL:            %/taxii2/\n"
     "POST arguments: collection=\"the id of the collection\" earliest=\"-1y\" "
     "taxii_username=\"token\" taxii_password=\"the token\""},
    {{{"Another exchange that runs tocsin", "Otra plataforma que usa tocsin"}},
     {{"With the token in the file token.txt:", "Con el token en el archivo token.txt:"}},
     "tocsin pull %/exchange/ --collection ID --token-file token.txt \\\n"
     "     --data DIR --into ID --as ORG"},
};

/* What is typed is the same in every language. */
static void put_client(struct page *p, const struct client *c)
{
    put(p, "<h3>");
    put_text(p, str_of(c->name.words[p->language]));
    put(p, "</h3>\n<p>");
    put_text(p, str_of(c->words.words[p->language]));
    put(p, "</p>\n<pre lang=\"en\">");
    str rest = str_of(c->example);
    str part;
    bool is_first = true;
    while (str_cut(&rest, '%', &part)) {
        if (!is_first)
            put_text(p, p->app->public_url);
        put_text(p, part);
        is_first = false;
    }
    put(p, "</pre>\n");
}

static void put_what(struct page *p)
{
    const struct config *config = store_config(p->app->store);
    put_words(p, "<h1>", SITE_TITLE, "</h1>\n<p class=\"lead\">");
    put_text(p, config->description.len ? config->description : site_words(SITE_LEAD, p->language));
    put_words(p, "</p>\n<p>", SITE_SPEAKS, " ");
    put(p, "<span class=\"tlp\">TLP:CLEAR</span> "
           "<span class=\"tlp tlp-green\">TLP:GREEN</span> "
           "<span class=\"tlp tlp-amber\">TLP:AMBER</span> "
           "<span class=\"tlp tlp-amber\">TLP:AMBER+STRICT</span> "
           "<span class=\"tlp tlp-red\">TLP:RED</span>. ");
    put_words(p, "", SITE_HIDDEN, "</p>\n");
}

static void put_connect(struct page *p)
{
    put_words(p, "<h2 id=\"connect\">", SITE_CONNECT, "</h2>\n<dl>\n");
    put_words(p, "<dt>", SITE_DISCOVERY, "</dt><dd><code>");
    put_text(p, p->app->public_url);
    put_words(p, "/taxii2/</code></dd>\n<dt>", SITE_API_ROOT, "</dt><dd><code>");
    put_text(p, p->app->public_url);
    put_words(p, "/exchange/</code></dd>\n<dt>", SITE_SIGN_IN_WITH, "</dt><dd>");
    put_words(p, "", SITE_CREDENTIALS, "</dd>\n</dl>\n");
    for (size_t i = 0; i < COUNT_OF(CLIENTS); i++)
        put_client(p, &CLIENTS[i]);
}

static void reply_page(struct page *p, unsigned status)
{
    struct http_response response = {.status = status,
                                     .body = arena_copy(p->rq->arena, buf_str(&p->text))};
    web_add_page_fields(p->rq, &response, LIT("text/html; charset=utf-8"), LIT(CSP));
    http_response_add(&response, LIT("Cache-Control"), LIT("no-cache"));
    http_response_add(&response, LIT("Vary"), LIT("Accept-Language"));
    http_reply(p->rq, &response);
}

void site_reply_words(struct app *app, struct http_request *rq, unsigned status,
                      enum site_word words)
{
    OWNED(page_done) struct page p;
    page_init(&p, app, rq);
    put_head(&p);
    put_words(&p, "<h1>", words, "</h1>\n");
    put_link(&p, "/", SITE_BACK);
    put_foot(&p);
    reply_page(&p, status);
}

static void serve_first_page(struct app *app, struct http_request *rq)
{
    OWNED(session_done) struct session s = {0};
    err failure = session_read(rq->arena, app->store, &s);
    if (failure) {
        site_reply_words(app, rq, error_http_status(failure->code), SITE_NO_DATA);
        return;
    }
    OWNED(page_done) struct page p;
    page_init(&p, app, rq);
    put_head(&p);
    put_what(&p);
    put_public(&p, s.policy);
    put_connect(&p);
    put_foot(&p);
    session_done(&s);
    reply_page(&p, 200);
}

static void serve_style(struct http_request *rq)
{
    struct http_response response = {.status = 200, .body = {SITE_CSS, SITE_CSS_BYTES}};
    web_add_page_fields(rq, &response, LIT("text/css; charset=utf-8"), LIT(CSP));
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
        site_reply_words(app, rq, 404, SITE_NO_SUCH_PAGE);
    else if (!is_read)
        site_reply_words(app, rq, 405, SITE_ONLY_READ);
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
