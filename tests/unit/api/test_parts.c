/*
 * What handlers are made of: fields with their rules, cursors, entity tags, cookies and origins,
 * problem documents.
 */
#include "api/browser.h"
#include "api/etag.h"
#include "api/fields.h"
#include "api/page.h"
#include "api/problem.h"
#include "exchange.h"
#include "http/server_parts.h"

#define HEADERS_MAX 8

/* A call without a connection: what a test gives of it. */
struct trial {
    struct app app;
    struct request request;
    struct http_field headers[HEADERS_MAX];
    struct api_call call;
};

static struct api_call *open_trial(struct exchange *x, struct trial *t, const char *body)
{
    *t = (struct trial){.app = {.store = x->store, .public_url = LIT("https://public.example")}};
    t->request.fields = t->headers;
    t->request.seen.arena = &x->arena;
    t->request.seen.scheme = LIT("http");
    t->request.seen.path = LIT("/api/things");
    t->call = (struct api_call){.app = &t->app, .rq = &t->request.seen, .who = {1, 2, 0}};
    if (body)
        must(x, json_read(&x->arena, &t->call.json_reader, str_of(body), NULL, &t->call.body));
    return &t->call;
}

static void add_header(struct trial *t, const char *name, const char *value)
{
    assert_true(t->request.field_count < HEADERS_MAX);
    t->headers[t->request.field_count++] = (struct http_field){str_of(name), str_of(value)};
}

static void close_trial(struct trial *t)
{
    json_reader_done(&t->call.json_reader);
}

/* ---- fields */

static void fields_are_read_by_their_rules(void **state)
{
    struct exchange *x = *state;
    struct trial t;
    struct api_call *c =
        open_trial(x, &t,
                   "{\"title\":\" A call \",\"minutes\":30,\"is_late\":true,"
                   "\"codes\":[\"a\",\"b\"],\"about\":\"one\\ntwo\",\"gone\":null}");
    struct api_fields f = api_fields(c);
    assert_says(field_text(&f, "title", (struct field_text){.is_required = true, .bytes_max = 9}),
                " A call ");
    assert_int_equal(field_number(&f, "minutes", (struct field_number){5, 600, .absent = 1}), 30);
    assert_int_equal(field_number(&f, "other", (struct field_number){5, 600, .absent = 1}), 1);
    assert_true(field_flag(&f, "is_late", false));
    assert_true(field_flag(&f, "is_early", true));
    assert_false(field_is_there(&f, "gone"));
    struct field_list codes = field_texts(&f, "codes", (struct field_text){.bytes_max = 9}, 5);
    assert_int_equal(codes.count, 2);
    assert_says(codes.items[1], "b");
    assert_says(
        field_text(&f, "about", (struct field_text){.bytes_max = 9, .may_have_lines = true}),
        "one\ntwo");
    must(x, api_fields_check(&f));
    close_trial(&t);
}

static void ask_everything(struct api_fields *f)
{
    field_text(f, "title", (struct field_text){.is_required = true, .bytes_max = 5});
    field_text(f, "word", (struct field_text){.bytes_max = 9, .words = "yes, no"});
    field_number(f, "minutes", (struct field_number){5, 600, .is_required = true});
    field_flag(f, "is_late", false);
    field_texts(f, "codes", (struct field_text){.bytes_max = 3}, 2);
    field_value(f, "when", JSON_OBJECT, false);
}

/* Each fault is told once, with a JSON pointer to it (RFC 6901). */
static void faults_say_where_and_what(void **state)
{
    struct exchange *x = *state;
    static const struct {
        const char *body;
        const char *field;
        const char *message;
    } CASES[] = {
        {"{\"minutes\":5}", "/title", "This is needed"},
        {"{\"title\":\"  \",\"minutes\":5}", "/title", "This is needed"},
        {"{\"title\":7,\"minutes\":5}", "/title", "This is a text"},
        {"{\"title\":\"longer\",\"minutes\":5}", "/title", "This is longer than 5 bytes"},
        {"{\"title\":\"a\\nb\",\"minutes\":5}", "/title", "This is one line of text"},
        {"{\"title\":\"a\"}", "/minutes", "This is needed"},
        {"{\"title\":\"a\",\"minutes\":4}", "/minutes", "This is a whole number from 5 to 600"},
        {"{\"title\":\"a\",\"minutes\":5.5}", "/minutes", "This is a whole number from 5 to 600"},
        {"{\"title\":\"a\",\"minutes\":5,\"word\":\"maybe\"}", "/word", "This is one of: yes, no"},
        {"{\"title\":\"a\",\"minutes\":5,\"is_late\":1}", "/is_late", "This is true or false"},
        {"{\"title\":\"a\",\"minutes\":5,\"codes\":[\"a\",\"long\"]}", "/codes/1",
         "This is longer than 3 bytes"},
        {"{\"title\":\"a\",\"minutes\":5,\"codes\":[1,2,3]}", "/codes",
         "This has more than 2 entries"},
        {"{\"title\":\"a\",\"minutes\":5,\"codes\":{}}", "/codes", "This is a list"},
        {"{\"title\":\"a\",\"minutes\":5,\"when\":[]}", "/when", "This is an object"},
        {"{\"title\":\"a\",\"minutes\":5,\"a/b~\":1}", "/a~1b~0", "There is no such field here"},
    };
    for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
        struct trial t;
        struct api_call *c = open_trial(x, &t, CASES[i].body);
        struct api_fields f = api_fields(c);
        ask_everything(&f);
        must_fail(x, api_fields_check(&f), ERR_INVALID);
        assert_int_equal(c->faults.count, 1);
        assert_says(c->faults.items[0].field, CASES[i].field);
        assert_says(c->faults.items[0].message, CASES[i].message);
        close_trial(&t);
    }
}

static void fields_of_an_inner_object_have_its_pointer(void **state)
{
    struct exchange *x = *state;
    struct trial t;
    struct api_call *c = open_trial(x, &t, "{\"when\":{\"local\":\"\",\"odd\":1}}");
    struct api_fields outer = api_fields(c);
    json when = field_value(&outer, "when", JSON_OBJECT, true);
    must(x, api_fields_check(&outer));
    struct api_fields inner = api_fields_of(c, when, field_pointer(&outer, LIT("when")));
    field_text(&inner, "local", (struct field_text){.is_required = true, .bytes_max = 9});
    must_fail(x, api_fields_check(&inner), ERR_INVALID);
    assert_int_equal(c->faults.count, 2);
    assert_says(c->faults.items[0].field, "/when/local");
    assert_says(c->faults.items[1].field, "/when/odd");
    close_trial(&t);
}

/* ---- cursors */

static void add_pair(struct exchange *x, struct api_call *c, const char *name, str value)
{
    struct http_pair *pair = LIST_ADD(&x->arena, &c->query);
    *pair = (struct http_pair){str_of(name), value, true};
}

static str cursor_of(struct exchange *x, struct api_call *c, const char *place)
{
    OWNED(buf_done) struct buf text;
    struct json_writer w;
    buf_init(&text, 4096);
    json_writer_init(&w, &text);
    json_open_object(&w);
    api_page_next(c, &w, str_of(place));
    json_close_object(&w);
    str whole = arena_copy(&x->arena, buf_str(&text));
    return str_part(whole, 9, whole.len - 2); /* {"next":"…"} */
}

/* O2's kin: a cursor tells nothing and is worth nothing elsewhere. */
static void cursors_belong_to_one_reader_and_one_list(void **state)
{
    struct exchange *x = *state;
    struct trial t;
    struct api_page page;
    str cursor = cursor_of(x, open_trial(x, &t, NULL), "42");
    assert_int_equal(cursor.len, cursor_of(x, &t.call, "4242424242").len);
    struct api_call *c = open_trial(x, &t, NULL);
    add_pair(x, c, "cursor", cursor);
    must(x, api_page_read(c, &page));
    assert_says(page.place, "42");
    assert_int_equal(page.limit, API_PAGE_DEFAULT);
    c->who.person = 3;
    must_fail(x, api_page_read(c, &page), ERR_INPUT);
    c->who = (struct identity){2, 2, 0};
    must_fail(x, api_page_read(c, &page), ERR_INPUT);
    c->who = (struct identity){1, 2, 0};
    t.request.seen.path = LIT("/api/others");
    must_fail(x, api_page_read(c, &page), ERR_INPUT);
    static const char *const NONSENSE[] = {"", "*", "AAAA", "42"};
    for (size_t i = 0; i < sizeof(NONSENSE) / sizeof(NONSENSE[0]); i++) {
        c = open_trial(x, &t, NULL);
        add_pair(x, c, "cursor", str_of(NONSENSE[i]));
        must_fail(x, api_page_read(c, &page), ERR_INPUT);
    }
}

static void limits_are_bounded(void **state)
{
    struct exchange *x = *state;
    struct trial t;
    struct api_page page;
    static const char *const BAD[] = {"0", "501", "-1", "", "many", "1.5"};
    for (size_t i = 0; i < sizeof(BAD) / sizeof(BAD[0]); i++) {
        struct api_call *c = open_trial(x, &t, NULL);
        add_pair(x, c, "limit", str_of(BAD[i]));
        must_fail(x, api_page_read(c, &page), ERR_INPUT);
    }
    struct api_call *c = open_trial(x, &t, NULL);
    add_pair(x, c, "limit", LIT("500"));
    must(x, api_page_read(c, &page));
    assert_int_equal(page.limit, 500);
}

/* ---- entity tags */

/* If-Match decides races: without it nothing is edited, with another state's neither. */
static void an_edit_names_the_state_it_saw(void **state)
{
    struct exchange *x = *state;
    struct trial t;
    struct api_call *c = open_trial(x, &t, NULL);
    api_etag(c, LIT("state 1"));
    assert_says(c->response.fields[0].name, "ETag");
    str tag = c->response.fields[0].value;
    must_fail(x, api_check_match(c, LIT("state 1")), ERR_NO_PRECONDITION);
    add_header(&t, "If-Match", tag.at);
    must(x, api_check_match(c, LIT("state 1")));
    must_fail(x, api_check_match(c, LIT("state 2")), ERR_PRECONDITION);
    assert_int_equal(error_http_status(ERR_NO_PRECONDITION), 428);
}

/* ---- browsers */

static void the_cookie_is_found_among_others(void **state)
{
    struct exchange *x = *state;
    static const struct {
        const char *scheme;
        const char *cookies;
        const char *secret;
    } CASES[] = {
        {"http", "tocsin=abc", "abc"},
        {"http", "a=b; tocsin=abc; c=d", "abc"},
        {"http", "xtocsin=abc; tocsin2=d", ""},
        {"http", "__Host-tocsin=abc", ""},
        {"https", "__Host-tocsin=abc", "abc"},
        {"https", "tocsin=planted; __Host-tocsin=abc", "abc"},
        {"https", "tocsin=planted", ""},
        {"http", "", ""},
        {"http", "tocsin", ""},
    };
    for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
        struct trial t;
        open_trial(x, &t, NULL);
        t.request.seen.scheme = str_of(CASES[i].scheme);
        add_header(&t, "Cookie", CASES[i].cookies);
        assert_says(browser_cookie(&t.request.seen), CASES[i].secret);
    }
}

static void cookies_are_for_the_server_alone(void **state)
{
    struct exchange *x = *state;
    struct trial t;
    open_trial(x, &t, NULL);
    struct http_request *rq = &t.request.seen;
    assert_says(browser_set_cookie(&x->arena, rq, LIT("s"), 60),
                "tocsin=s; Path=/; HttpOnly; SameSite=Lax; Max-Age=60");
    rq->scheme = LIT("https");
    assert_says(browser_set_cookie(&x->arena, rq, LIT("s"), 0),
                "__Host-tocsin=s; Path=/; HttpOnly; SameSite=Lax; Secure");
    assert_says(browser_set_cookie(&x->arena, rq, (str){0}, 0),
                "__Host-tocsin=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0");
}

static void what_changes_something_comes_from_our_own_pages(void **state)
{
    struct exchange *x = *state;
    static const struct {
        const char *origin; /* NULL: absent */
        const char *site;
        bool is_good;
    } CASES[] = {
        {NULL, NULL, false},
        {"http://localhost:8018", NULL, true},
        {"http://localhost:8018", "same-origin", true},
        {"https://public.example", NULL, true},
        {"https://public.example.evil.example", NULL, false},
        {"https://localhost:8018", NULL, false},
        {"http://localhost:8019", NULL, false},
        {"null", NULL, false},
        {"", NULL, false},
        {NULL, "same-origin", true},
        {NULL, "same-site", false},
        {NULL, "cross-site", false},
        {NULL, "none", false},
        {"http://localhost:8018", "cross-site", false},
        {"https://evil.example", "same-origin", false},
    };
    for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
        struct trial t;
        open_trial(x, &t, NULL);
        add_header(&t, "Host", "localhost:8018");
        if (CASES[i].origin)
            add_header(&t, "Origin", CASES[i].origin);
        if (CASES[i].site)
            add_header(&t, "Sec-Fetch-Site", CASES[i].site);
        err e = browser_check_origin(&x->arena, &t.request.seen, LIT("https://public.example"));
        if ((e == NULL) != CASES[i].is_good)
            fail_msg("case %zu", i);
    }
}

/* A name that somebody points at 127.0.0.1 is not this machine's. */
static void loopback_is_asked_by_its_own_names(void **state)
{
    struct exchange *x = *state;
    static const struct {
        const char *host;
        bool is_loopback;
    } CASES[] = {
        {"localhost", true},           {"localhost:8018", true},
        {"127.0.0.1:1", true},         {"[::1]:8018", true},
        {"evil.example", false},       {"localhost.evil.example", false},
        {"127.0.0.1.nip.test", false}, {"", false},
    };
    for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
        struct trial t;
        open_trial(x, &t, NULL);
        add_header(&t, "Host", CASES[i].host);
        assert_int_equal(browser_is_at_loopback(&t.request.seen), CASES[i].is_loopback);
    }
}

/* ---- problems */

static void problems_say_what_and_where(void **state)
{
    struct exchange *x = *state;
    struct api_fault fault = {LIT("/title"), LIT("This is needed")};
    struct api_faults faults = {&fault, 1, 1};
    const struct problem_more more = {.request_id = LIT("r1"), .faults = &faults};
    assert_says(problem_write(&x->arena, FAIL(&x->arena, ERR_INVALID, "Mend it"), &more),
                "{\"type\":\"/problems/invalid\",\"title\":\"Unprocessable Entity\","
                "\"status\":422,\"detail\":\"Mend it\",\"request_id\":\"r1\","
                "\"errors\":[{\"field\":\"/title\",\"message\":\"This is needed\"}]}");
    const struct problem_more late = {.current = LIT("{\"a\":1}")};
    assert_says(problem_write(&x->arena, FAIL(&x->arena, ERR_PRECONDITION, "Late"), &late),
                "{\"type\":\"/problems/precondition\",\"title\":\"Precondition Failed\","
                "\"status\":412,\"detail\":\"Late\",\"current\":{\"a\":1}}");
}

/* What lies underneath a fault of ours is for the log. */
static void faults_of_ours_tell_nothing(void **state)
{
    struct exchange *x = *state;
    const struct problem_more more = {0};
    err e = FAIL(&x->arena, ERR_CORRUPT, "table person, row 7");
    str text = problem_write(&x->arena, e, &more);
    assert_true(str_find(text, LIT("person")) == text.len);
    e = FAIL(&x->arena, ERR_BUSY, "try again");
    text = problem_write(&x->arena, e, &more);
    assert_true(str_find(text, LIT("Try again")) < text.len);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        EXCHANGE_TEST(fields_are_read_by_their_rules),
        EXCHANGE_TEST(faults_say_where_and_what),
        EXCHANGE_TEST(fields_of_an_inner_object_have_its_pointer),
        EXCHANGE_TEST(cursors_belong_to_one_reader_and_one_list),
        EXCHANGE_TEST(limits_are_bounded),
        EXCHANGE_TEST(an_edit_names_the_state_it_saw),
        EXCHANGE_TEST(the_cookie_is_found_among_others),
        EXCHANGE_TEST(cookies_are_for_the_server_alone),
        EXCHANGE_TEST(what_changes_something_comes_from_our_own_pages),
        EXCHANGE_TEST(loopback_is_asked_by_its_own_names),
        EXCHANGE_TEST(problems_say_what_and_where),
        EXCHANGE_TEST(faults_of_ours_tell_nothing),
    };
    return cmocka_run_group_tests_name("api/parts", tests, NULL, NULL);
}
