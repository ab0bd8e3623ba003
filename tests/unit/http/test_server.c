/*
 * The real server on a loopback port, spoken to with raw sockets. S-numbers are those of the
 * server's requirements.
 */
#include "base/clock.h"
#include "base/num.h"
#include "http/gzip.h"
#include "trial.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

static int setup(void **state)
{
    static struct trial t;
    trial_init(&t);
    t.config.body_bytes_max = 100000;
    trial_start(&t);
    *state = &t;
    return 0;
}

static int teardown(void **state)
{
    trial_done(*state);
    return 0;
}

/* S1 */
static void refuses_plain_http_beyond_loopback(void **state)
{
    static const struct {
        const char *listen;
        const char *proxy;
        bool is_fine;
    } cases[] = {
        {"127.0.0.1:0", "", true}, {"[::1]:0", "", true},      {"localhost:0", "", true},
        {"0.0.0.0:0", "", false},  {"[::]:0", "", false},      {"0.0.0.0:0", "192.0.2.1", true},
        {"127.0.0.1", "", false},  {"127.0.0.1:x", "", false}, {"127.0.0.1:70000", "", false},
        {"", "", false},           {"[::1:0", "", false},
    };
    struct trial *running = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct http_server *server = NULL;
        struct http_server_options options = running->options;
        options.listen = str_of(cases[i].listen);
        options.behind_proxy = str_of(cases[i].proxy);
        err e = http_server_start(&running->arena, &options, &server);
        if ((e == NULL) != cases[i].is_fine)
            fail_msg("%s", cases[i].listen);
        if (e)
            assert_int_equal(e->code, ERR_USAGE);
        else
            assert_null(http_server_stop(&running->arena, server, 1));
    }
}

static int early_client = -1;

/* The socket listens, so that a client finds it; nobody reads what it sends. */
static void ask_early(void *context, unsigned port, bool is_loopback)
{
    (void)context;
    assert_true(is_loopback);
    early_client = trial_connect_to(port);
    trial_send(early_client, LIT("GET /early HTTP/1.1\r\nHost: a\r\n\r\n"));
    struct pollfd answer = {.fd = early_client, .events = POLLIN};
    assert_int_equal(poll(&answer, 1, 100), 0);
}

/* S1: what links are made from is known before the first answer. */
static void tells_its_port_before_it_answers(void **state)
{
    struct trial *running = *state;
    struct trial t;
    trial_init(&t);
    t.options.application.on_bound = ask_early;
    trial_start(&t);
    str answer = trial_read_answer(running, early_client, false);
    assert_int_equal(trial_status(answer), 200);
    close(early_client);
    trial_done(&t);
}

static str ask_from(struct trial *t, const char *proxy, str fields)
{
    struct trial behind;
    trial_init(&behind);
    behind.options.behind_proxy = str_of(proxy);
    trial_start(&behind);
    str answer = trial_ask(&behind, arena_join(&behind.arena, LIT("GET / HTTP/1.1\r\nHost: a\r\n"),
                                               fields, LIT("\r\n")));
    answer = arena_copy(&t->arena, answer);
    trial_done(&behind);
    return answer;
}

/* S1 */
static void believes_forwarding_headers_only_from_the_proxy(void **state)
{
    static const struct {
        const char *proxy;
        const char *fields;
        const char *expected;
    } cases[] = {
        {"", "X-Forwarded-For: 192.0.2.9\r\n", "peer=127.0.0.1 scheme=http "},
        {"192.0.2.1", "X-Forwarded-For: 192.0.2.9\r\n", "peer=127.0.0.1 scheme=http "},
        {"127.0.0.1", "X-Forwarded-For: 6.6.6.6, 192.0.2.9\r\nX-Forwarded-Proto: https\r\n",
         "peer=192.0.2.9 scheme=https "},
        {"127.0.0.1", "Forwarded: for=6.6.6.6, for=\"[2001:db8::7]:99\";proto=https\r\n",
         "peer=2001:db8::7 scheme=https "},
        /* Which of the two the proxy sets is not known, so a client could send the other. */
        {"127.0.0.1", "Forwarded: for=6.6.6.6\r\nX-Forwarded-For: 192.0.2.9\r\n",
         "peer=127.0.0.1 scheme=http "},
        {"127.0.0.1", "X-Forwarded-For: <script>\r\n", "peer=127.0.0.1 scheme=http "},
        {"127.0.0.1", "", "peer=127.0.0.1 scheme=http "},
    };
    struct trial *t = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        str answer = ask_from(t, cases[i].proxy, str_of(cases[i].fields));
        if (!trial_contains(answer, cases[i].expected))
            fail_msg("%s gave %.*s", cases[i].fields, STR_ARG(answer));
    }
}

/* S2 */
static void reads_path_and_query_from_the_raw_target(void **state)
{
    static const struct {
        const char *line;
        unsigned status;
        const char *expected;
    } cases[] = {
        {"GET /a%20b/c?x=%20+y HTTP/1.1", 200, "path=/a%20b/c query=x=%20+y "},
        {"GET /a%2Fb HTTP/1.1", 200, "path=/a%2Fb query= "},
        {"GET /a?b?c HTTP/1.1", 200, "path=/a query=b?c "},
        {"GET http://a/b?c HTTP/1.1", 200, "path=/b query=c "},
        {"GET http://a HTTP/1.1", 200, "path=/ query= "},
        {"OPTIONS * HTTP/1.1", 200, "path=* "},
        {"GET /?next=%00 HTTP/1.1", 400, "refused 400"},
        {"GET /a%00b HTTP/1.1", 400, "refused 400"},
        {"GET /a%0 HTTP/1.1", 400, "refused 400"},
        {"GET /a%zz HTTP/1.1", 400, "refused 400"},
        {"GET /\xc3\xa9 HTTP/1.1", 400, "refused 400"},
        {"GET /a\tb HTTP/1.1", 400, "refused 400"},
        {"GET /a#b HTTP/1.1", 400, "refused 400"},
        {"GET a HTTP/1.1", 400, "refused 400"},
        {"GET * HTTP/1.1", 400, "refused 400"},
        {"GET ftp://a/b HTTP/1.1", 400, "refused 400"},
        {"GET /a", 400, "refused 400"},
        {"GET /a b HTTP/1.1", 0, NULL}, /* closed without a word */
        {"GET", 0, NULL},
        {"GET /a HTTP/3.0", 505, "refused 505"},
    };
    struct trial *t = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        str answer = trial_ask(
            t, arena_join(&t->arena, str_of(cases[i].line), LIT("\r\nHost: a\r\n\r\n"), (str){0}));
        bool is_expected =
            cases[i].expected ? trial_contains(answer, cases[i].expected) : answer.len == 0;
        if (trial_status(answer) != cases[i].status || !is_expected)
            fail_msg("%s gave %.*s", cases[i].line, STR_ARG(answer));
        /* What the library says by itself is HTML; nothing of it may come out. */
        assert_false(trial_contains(answer, "<html>"));
    }
}

/* S2 */
static void refuses_a_raw_zero_byte_in_the_target(void **state)
{
    struct trial *t = *state;
    str answer = trial_ask(t, LIT("GET /a\0b HTTP/1.1\r\nHost: a\r\n\r\n"));
    assert_int_equal(trial_status(answer), 400);
}

static str long_target(struct trial *t, size_t size)
{
    char *target = arena_take(&t->arena, size);
    memset(target, 'a', size);
    target[0] = '/';
    return arena_join(
        &t->arena, LIT("GET "), (str){target, size},
        LIT(" HTTP/1.1\r\nHost: exchange.example\r\nUser-Agent: a usual client/1.0\r\n"
            "Accept: application/taxii+json;version=2.1\r\nAccept-Encoding: gzip\r\n"
            "Authorization: Bearer 0123456789abcdef0123456789abcdef0123456789abcdef\r\n"
            "Connection: keep-alive\r\nX-Forwarded-For: 192.0.2.9\r\n\r\n"));
}

/* S2: up to 6 kB are served; what is longer gets 414 in our words, however much longer it is. */
static void serves_targets_up_to_six_kilobytes(void **state)
{
    static const struct {
        size_t size;
        unsigned status;
    } cases[] = {{6144, 200}, {6145, 414}, {8000, 414}, {16000, 414}, {200000, 414}};
    struct trial *t = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        str answer = trial_ask(t, long_target(t, cases[i].size));
        if (trial_status(answer) != cases[i].status)
            fail_msg("%zu gave %.*s", cases[i].size, STR_ARG(str_part(answer, 0, 300)));
        if (cases[i].status == 414)
            assert_true(trial_contains(answer, "refused 414") &&
                        trial_contains(answer, "X-Request-Id: "));
    }
}

static void answers_a_header_that_is_too_large_in_our_words(void **state)
{
    struct trial *t = *state;
    char *value = arena_take(&t->arena, 30000);
    memset(value, 'a', 30000);
    str request = arena_join(&t->arena, LIT("GET / HTTP/1.1\r\nHost: a\r\nX: "),
                             (str){value, 30000}, LIT("\r\n\r\n"));
    str answer = trial_ask(t, request);
    assert_int_equal(trial_status(answer), 431);
    assert_true(trial_contains(answer, "refused 431") && trial_contains(answer, "text/trial"));
    assert_true(trial_contains(answer, "X-Request-Id: "));
}

/* S3: 400 and the connection is closed. */
static void refuses_what_could_be_read_as_two_requests(void **state)
{
    static const char *const fields[] = {
        "Host: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n",
        "Host: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n",
        "Host: a\r\nContent-Length: 3\r\nContent-Length: 3\r\n",
        "Host: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n",
        "Host: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "Host: a\r\nHost: b\r\n",
        "Host: a\r\nhost: a\r\n",
        "Host: a\r\nAuthorization: Basic YTpi\r\nAuthorization: Basic YTpj\r\n",
        "Host: a\r\nTransfer-Encoding: gzip, chunked\r\n",
        "Host: a\r\nTransfer-Encoding: identity\r\n",
        "Host: a\r\nTransfer-Encoding: xchunked\r\n",
        "Host: a\r\nTransfer-Encoding : chunked\r\n",
        "Host: a\r\nContent-Length : 3\r\n",
        "Host: a\r\n: b\r\n",
        ": b\r\nHost: a\r\n",
        "Host: a\r\nX: b\r\n c\r\n",
        "Host: a\r\nTransfer-Encoding:\r\n chunked\r\n",
        "Host: a\r\nX: b\rContent-Length: 3\r\n",
        "Host: a\r\nX Y: b\r\n",
        "Host: a\r\nX(Y): b\r\n",
        "Host: a\r\nno colon\r\n",
        "Host: a\r\nContent-Length: +3\r\n",
        "Host: a\r\nContent-Length: -3\r\n",
        "Host: a\r\nContent-Length: 3, 3\r\n",
        "Host: a\r\nContent-Length: 0x3\r\n",
        "Host: a\r\nContent-Length:\r\n",
        "Host: a\r\nX: a\x01\r\n",
        "", /* no Host at all */
    };
    struct trial *t = *state;
    for (size_t i = 0; i < COUNT_OF(fields); i++) {
        size_t before = t->handled_count;
        int fd = trial_connect(t);
        trial_send(fd, arena_join(&t->arena, LIT("POST / HTTP/1.1\r\n"), str_of(fields[i]),
                                  LIT("\r\n3\r\nabc\r\n0\r\n\r\nGET /second HTTP/1.1\r\n"
                                      "Host: a\r\n\r\n")));
        str answer = trial_read_all(t, fd, 3);
        if (trial_status(answer) != 400 || t->handled_count != before)
            fail_msg("%s gave %.*s", fields[i], STR_ARG(answer));
        assert_true(trial_contains(answer, "Connection: close"));
        assert_true(trial_contains(answer, "refused 400"));
        assert_false(trial_contains(answer, "/second"));
        close(fd);
    }
}

/* S3: a zero byte would end a value early for us and not for a proxy. */
static void refuses_a_zero_byte_in_a_header(void **state)
{
    static const str requests[] = {
        LIT_INIT("GET / HTTP/1.1\r\nHost: a\r\nX: b\0c\r\n\r\n"),
        LIT_INIT("GET / HTTP/1.1\r\nHost: a\0b\r\nX: c\r\n\r\n"),
        LIT_INIT("GET / HTTP/1.1\r\nHost: a\r\nX\0Y: c\r\n\r\n"),
    };
    struct trial *t = *state;
    for (size_t i = 0; i < COUNT_OF(requests); i++)
        assert_int_equal(trial_status(trial_ask(t, requests[i])), 400);
    /* Single line feeds are taken as line ends (RFC 9112 section 2.2), and blanks are trimmed. */
    assert_int_equal(trial_status(trial_ask(t, LIT("GET / HTTP/1.1\nHost: a \nX:b\n\n"))), 200);
}

static void keeps_a_connection_and_reads_chunks(void **state)
{
    struct trial *t = *state;
    int fd = trial_connect(t);
    trial_send(fd, LIT("POST /one HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n"
                       "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"));
    assert_true(trial_contains(trial_read_answer(t, fd, false), "body=abcde"));
    trial_send(fd, LIT("GET /two HTTP/1.1\r\nHost: a\r\n\r\n"));
    assert_true(trial_contains(trial_read_answer(t, fd, false), "path=/two "));
    /* An early refusal of a small body keeps the connection too. */
    trial_send(fd, LIT("POST /denied HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"));
    assert_int_equal(trial_status(trial_read_answer(t, fd, false)), 401);
    trial_send(fd, LIT("HEAD /three HTTP/1.1\r\nHost: a\r\n\r\n"));
    str head = trial_read_answer(t, fd, true);
    assert_true(trial_contains(head, "200 OK") && str_ends(head, LIT("\r\n\r\n")));
    assert_false(trial_contains(head, "Content-Length: 0"));
    trial_send(fd, LIT("GET /unchanged HTTP/1.1\r\nHost: a\r\n\r\n"));
    str unchanged = trial_read_answer(t, fd, true);
    assert_true(trial_contains(unchanged, "304 Not Modified"));
    assert_true(trial_contains(unchanged, "ETag: \"1\"") && str_ends(unchanged, LIT("\r\n\r\n")));
    trial_send(fd,
               LIT("GET /four HTTP/1.1\r\nHost: a\r\n\r\nGET /five HTTP/1.1\r\nHost: a\r\n\r\n"));
    assert_true(trial_contains(trial_read_answer(t, fd, false), "path=/four "));
    close(fd);
}

static void sends_a_shared_body_whole(void **state)
{
    struct trial *t = *state;
    str answer = trial_ask(t, LIT("GET /large HTTP/1.1\r\nHost: a\r\n\r\n"));
    str body = str_skip(answer, str_find(answer, LIT("\r\n\r\n")) + 4);
    assert_int_equal(body.len, TRIAL_LARGE_BYTES);
    for (size_t i = 0; i < body.len; i++)
        assert_int_equal(body.at[i], 'x');
}

static size_t count_of(str text, const char *part)
{
    size_t count = 0;
    for (size_t at = str_find(text, str_of(part)); at < text.len; count++) {
        text = str_skip(text, at + 1);
        at = str_find(text, str_of(part));
    }
    return count;
}

static str id_of(str answer)
{
    return str_part(str_skip(answer, str_find(answer, LIT("X-Request-Id: ")) + 14), 0, 16);
}

static void is_whole_page(str answer)
{
    assert_int_equal(trial_status(answer), 200);
    assert_int_equal(count_of(answer, "ETag: \"7\"\r\n"), 1);
    assert_int_equal(count_of(answer, "Content-Type: text/trial\r\n"), 1);
    assert_int_equal(count_of(answer, "X-Request-Id: "), 1);
}

/* An answer is used again; each has the body's headers once and an id of its own (S7). */
static void sends_a_page_with_its_headers_any_number_of_times(void **state)
{
    enum { COUNT = 80 };
    struct trial *t = *state;
    int fds[COUNT];
    str before = {0};
    for (int i = 0; i < COUNT; i++)
        fds[i] = trial_connect(t);
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < COUNT; i++)
            trial_send(fds[i], LIT("GET /page HTTP/1.1\r\nHost: a\r\n\r\n"));
        for (int i = 0; i < COUNT; i++) {
            str answer = trial_read_answer(t, fds[i], false);
            is_whole_page(answer);
            assert_true(str_ends(answer, LIT("\r\n\r\nthe page")));
            assert_false(str_eq(id_of(answer), before));
            before = id_of(answer);
        }
    }
    for (int i = 0; i < COUNT; i++)
        close(fds[i]);
}

static void sends_a_page_in_other_ways_too(void **state)
{
    struct trial *t = *state;
    int fd = trial_connect(t);
    trial_send(fd, LIT("HEAD /page HTTP/1.1\r\nHost: a\r\n\r\n"));
    str head = trial_read_answer(t, fd, true);
    is_whole_page(head);
    assert_true(trial_contains(head, "Content-Length: 8\r\n"));
    trial_send(fd, LIT("GET /page HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
    str last = trial_read_all(t, fd, 5);
    is_whole_page(last);
    assert_int_equal(count_of(last, "Connection: close"), 1);
    close(fd);
    str again = trial_ask(t, LIT("GET /page HTTP/1.1\r\nHost: a\r\n\r\n"));
    is_whole_page(again);
    assert_int_equal(count_of(again, "Connection: close"), 0);
    is_whole_page(trial_ask(t, LIT("GET /page HTTP/1.0\r\n\r\n")));
}

/* S5: a handler on another thread answers while the connection is suspended. */
static void answers_from_another_thread(void **state)
{
    struct trial *t = *state;
    for (int i = 0; i < 20; i++)
        assert_true(
            str_ends(trial_ask(t, LIT("GET /later HTTP/1.1\r\nHost: a\r\n\r\n")), LIT("later")));
}

/* Many at once, inside and outside of the handler: every one gets its own answer. */
static void answers_each_of_many_connections(void **state)
{
    enum { COUNT = 100 };
    struct trial *t = *state;
    int fds[COUNT];
    for (int i = 0; i < COUNT; i++) {
        fds[i] = trial_connect(t);
        str request = arena_print(&t->arena, "GET /%s?n=%d HTTP/1.1\r\nHost: a\r\n\r\n",
                                  i % 2 ? "later" : "echo", i);
        trial_send(fds[i], request);
    }
    for (int i = 0; i < COUNT; i++) {
        str answer = trial_read_answer(t, fds[i], false);
        str wanted = i % 2 ? LIT("later") : arena_print(&t->arena, "query=n=%d ", i);
        assert_true(str_find(answer, wanted) < answer.len);
        close(fds[i]);
    }
}

static void refuses_bodies_past_the_limit(void **state)
{
    struct trial *t = *state;
    assert_int_equal(trial_status(trial_post(t, "/", 100000, "")), 200);
    assert_int_equal(trial_status(trial_post(t, "/", 100001, "")), 413);
    assert_int_equal(trial_status(trial_post(t, "/small", 100, "")), 200);
    assert_int_equal(trial_status(trial_post(t, "/small", 101, "")), 413);
    /* The answer arrives although the client is still sending. */
    assert_int_equal(trial_status(trial_post(t, "/", 30000000, "")), 413);
    assert_int_equal(trial_status(trial_post(t, "/", 10, "Content-Encoding: br\r\n")), 415);
    str chunked = LIT("POST /small HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                      "40\r\n0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\r\n"
                      "40\r\n0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\r\n"
                      "0\r\n\r\n");
    assert_int_equal(trial_status(trial_ask(t, chunked)), 413);
    trial_settle(t);
    assert_int_equal(http_server_counts(t->server).body_bytes, 0);
}

/* A body is not asked for once it is refused. */
static void sends_100_continue_only_for_what_it_takes(void **state)
{
    struct trial *t = *state;
    int fd = trial_connect(t);
    trial_send(fd, LIT("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
                       "Content-Length: 3\r\n\r\n"));
    assert_true(trial_contains(trial_read_answer(t, fd, true), "100 Continue"));
    trial_send(fd, LIT("abc"));
    assert_true(trial_contains(trial_read_answer(t, fd, false), "body=abc"));
    close(fd);
    str refused = trial_ask(t, LIT("POST /denied HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
                                   "Content-Length: 3\r\n\r\n"));
    assert_int_equal(trial_status(refused), 401);
}

/* S16 */
static void unpacks_gzip_bodies_within_the_limit(void **state)
{
    struct trial *t = *state;
    OWNED(buf_done) struct buf packed = {0};
    char *zeros = arena_alloc(&t->arena, 200000);
    buf_init(&packed, 100000);
    assert_null(gzip_pack(&t->arena, LIT("the plain text"), 6, &packed));
    str head = arena_print(&t->arena,
                           "POST / HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\n"
                           "Content-Length: %zu\r\n\r\n",
                           packed.len);
    str answer = trial_ask(t, arena_join(&t->arena, head, buf_str(&packed), (str){0}));
    assert_true(trial_contains(answer, "body=the plain text"));
    buf_clear(&packed);
    assert_null(gzip_pack(&t->arena, (str){zeros, 200000}, 6, &packed));
    head = arena_print(&t->arena,
                       "POST / HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\n"
                       "Content-Length: %zu\r\n\r\n",
                       packed.len);
    answer = trial_ask(t, arena_join(&t->arena, head, buf_str(&packed), (str){0}));
    assert_int_equal(trial_status(answer), 413);
    answer = trial_ask(t, LIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\n"
                              "Content-Length: 3\r\n\r\nabc"));
    assert_int_equal(trial_status(answer), 400);
}

/* S7 */
static void gives_every_answer_an_id_and_logs_it(void **state)
{
    struct trial *t = *state;
    trial_settle(t);
    unsigned before = t->access_count;
    str first = trial_ask(t, LIT("GET /a HTTP/1.1\r\nHost: a\r\nX-Request-Id: mine\r\n\r\n"));
    assert_true(trial_wait_access(t, before + 1));
    str id = str_part(str_skip(first, str_find(first, LIT("X-Request-Id: ")) + 14), 0, 16);
    assert_true(str_eq(id, (str){t->access_id, sizeof(t->access_id)}));
    assert_int_equal(t->access_status, 200);
    assert_true(t->access_is_complete && t->access_bytes > 0);
    str second = trial_ask(t, LIT("GET /a HTTP/1.1\r\nHost: a\r\n\r\n"));
    assert_false(str_find(second, id) < second.len);
    /* A client that leaves in the middle is logged as such. */
    assert_true(trial_wait_access(t, before + 2));
    int fd = trial_connect(t);
    trial_send(fd, LIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc"));
    for (int i = 0; i < TRIAL_LOOKS && http_server_counts(t->server).body_bytes < 3; i++)
        usleep(5000);
    close(fd);
    assert_true(trial_wait_access(t, before + 3));
    assert_int_equal(t->access_status, 0);
    assert_false(t->access_is_complete);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_its_port_before_it_answers),
        cmocka_unit_test(refuses_plain_http_beyond_loopback),
        cmocka_unit_test(believes_forwarding_headers_only_from_the_proxy),
        cmocka_unit_test(reads_path_and_query_from_the_raw_target),
        cmocka_unit_test(refuses_a_raw_zero_byte_in_the_target),
        cmocka_unit_test(serves_targets_up_to_six_kilobytes),
        cmocka_unit_test(answers_a_header_that_is_too_large_in_our_words),
        cmocka_unit_test(refuses_what_could_be_read_as_two_requests),
        cmocka_unit_test(refuses_a_zero_byte_in_a_header),
        cmocka_unit_test(keeps_a_connection_and_reads_chunks),
        cmocka_unit_test(sends_a_shared_body_whole),
        cmocka_unit_test(sends_a_page_with_its_headers_any_number_of_times),
        cmocka_unit_test(sends_a_page_in_other_ways_too),
        cmocka_unit_test(answers_from_another_thread),
        cmocka_unit_test(answers_each_of_many_connections),
        cmocka_unit_test(refuses_bodies_past_the_limit),
        cmocka_unit_test(sends_100_continue_only_for_what_it_takes),
        cmocka_unit_test(unpacks_gzip_bodies_within_the_limit),
        cmocka_unit_test(gives_every_answer_an_id_and_logs_it),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
