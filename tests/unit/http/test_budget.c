/*
 * Memory for bodies under way is limited in all (S5) and for each payer (S7), and so is that of
 * answers that nobody reads (S4).
 */
#include "trial.h"

#include "base/num.h"

#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

static int setup(void **state)
{
    static struct trial t;
    trial_init(&t);
    t.config.body_bytes_max = 100000;
    t.config.bodies_bytes_max = 150000;
    t.config.bodies_bytes_per_org_max = 95000;
    t.config.header_seconds = 2;
    t.config.bytes_per_second_min = 500;
    t.config.answers_bytes_max = TRIAL_COPY_BYTES * 9 / 4;
    t.config.answers_bytes_per_org_max = TRIAL_COPY_BYTES * 3 / 2;
    trial_start(&t);
    *state = &t;
    return 0;
}

static int teardown(void **state)
{
    trial_done(*state);
    return 0;
}

static void wait_for_bodies(struct trial *t, uint64_t bytes)
{
    for (int i = 0; i < TRIAL_LOOKS && http_server_counts(t->server).body_bytes != bytes; i++)
        usleep(5000);
    assert_int_equal(http_server_counts(t->server).body_bytes, bytes);
}

/* S5: 503 with Retry-After once all bodies together pass the budget. */
static void refuses_bodies_past_the_budget(void **state)
{
    struct trial *t = *state;
    int first = trial_connect(t);
    char *body = arena_take(&t->arena, 90000);
    memset(body, 'b', 90000);
    trial_send(first, LIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 90001\r\n\r\n"));
    trial_send(first, (str){body, 90000});
    wait_for_bodies(t, 90000);
    str refused = trial_post(t, "/", 90000, "");
    assert_int_equal(trial_status(refused), 503);
    assert_true(trial_contains(refused, "Retry-After: "));
    trial_send(first, LIT("b"));
    assert_int_equal(trial_status(trial_read_answer(t, first, false)), 200);
    close(first);
    wait_for_bodies(t, 0);
    assert_int_equal(trial_status(trial_post(t, "/", 90000, "")), 200);
}

/* S7: who holds much is told so; others and what they themselves send later are not hit. */
static void refuses_bodies_past_a_payers_share(void **state)
{
    struct trial *t = *state;
    int first = trial_connect(t);
    char *body = arena_take(&t->arena, 90000);
    memset(body, 'b', 90000);
    wait_for_bodies(t, 0);
    trial_send(first, LIT("POST /?1 HTTP/1.1\r\nHost: a\r\nContent-Length: 90001\r\n\r\n"));
    trial_send(first, (str){body, 90000});
    wait_for_bodies(t, 90000);
    str refused = trial_post(t, "/?1", 5001, "");
    assert_int_equal(trial_status(refused), 429);
    assert_true(trial_contains(refused, "Retry-After: ") && trial_contains(refused, "of yours"));
    assert_int_equal(trial_status(trial_post(t, "/?1", 4999, "")), 200);
    assert_int_equal(trial_status(trial_post(t, "/?2", 50000, "")), 200);
    refused = trial_ask(t, arena_join(&t->arena,
                                      LIT("POST /?1 HTTP/1.1\r\nHost: a\r\n"
                                          "Transfer-Encoding: chunked\r\n\r\n1770\r\n"),
                                      (str){body, 6000}, LIT("\r\n0\r\n\r\n")));
    assert_int_equal(trial_status(refused), 429);
    trial_send(first, LIT("b"));
    assert_int_equal(trial_status(trial_read_answer(t, first, false)), 200);
    close(first);
    wait_for_bodies(t, 0);
    assert_int_equal(trial_status(trial_post(t, "/?1", 90000, "")), 200);
}

/* A client that takes little at once, and has asked. */
static int ask_and_wait(struct trial *t, const char *path)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int small = 4096;
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)http_server_port(t->server)),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof(small)), 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof(to)), 0);
    trial_send(fd, arena_print(&t->arena, "GET %s HTTP/1.1\r\nHost: a\r\n\r\n", path));
    return fd;
}

static void wait_for_answers(struct trial *t, uint64_t least, uint64_t most)
{
    uint64_t now = 0;
    for (int i = 0; i < TRIAL_LOOKS; i++) {
        now = http_server_counts(t->server).answer_bytes;
        if (now >= least && now <= most)
            return;
        usleep(5000);
    }
    fail_msg("%llu bytes are held", (unsigned long long)now);
}

static str ask(struct trial *t, const char *path)
{
    return trial_ask(t, arena_print(&t->arena, "GET %s HTTP/1.1\r\nHost: a\r\n\r\n", path));
}

/* S4: what nobody reads is held for one payer and for all up to a limit, and small answers go on.
 */
static void refuses_answers_past_what_unread_ones_may_hold(void **state)
{
    struct trial *t = *state;
    wait_for_answers(t, 0, 0);
    int first = ask_and_wait(t, "/copy?1");
    wait_for_answers(t, TRIAL_COPY_BYTES, TRIAL_COPY_BYTES + TRIAL_LARGE_BYTES);
    str refused = ask(t, "/copy?1");
    assert_int_equal(trial_status(refused), 429);
    assert_true(trial_contains(refused, "Retry-After: ") && trial_contains(refused, "to you"));
    int second = ask_and_wait(t, "/copy?2");
    wait_for_answers(t, 2 * TRIAL_COPY_BYTES, UINT64_MAX);
    assert_int_equal(trial_status(ask(t, "/copy?3")), 503);
    assert_int_equal(trial_status(ask(t, "/echo")), 200);
    close(first);
    close(second);
    wait_for_answers(t, 0, 0);
    assert_int_equal(trial_status(ask(t, "/copy?1")), 200);
    wait_for_answers(t, 0, 0);
}

/* S4: what is shared is held once, however many read it. */
static void counts_bytes_once_that_many_share(void **state)
{
    struct trial *t = *state;
    int readers[12];
    for (size_t i = 0; i < COUNT_OF(readers); i++)
        readers[i] = ask_and_wait(t, "/large");
    for (size_t i = 0; i < TRIAL_LOOKS && http_server_counts(t->server).requests < 12; i++)
        usleep(5000);
    wait_for_answers(t, TRIAL_LARGE_BYTES, TRIAL_LARGE_BYTES + (uint64_t)(1 << 20));
    for (size_t i = 0; i < COUNT_OF(readers); i++)
        close(readers[i]);
    wait_for_answers(t, 0, 0);
}

/*
 * Reads some 5 kB a second of each, for so many fifths of a second. What is in the sockets still
 * comes after the server has let go.
 */
static bool is_any_cut_while_reading(struct trial *t, const int *fds, int count, int times)
{
    char piece[1000];
    uint64_t least = (uint64_t)count * TRIAL_COPY_BYTES;
    for (int i = 0; i < times; i++) {
        for (int k = 0; k < count; k++)
            (void)!recv(fds[k], piece, sizeof(piece), MSG_DONTWAIT);
        usleep(200000);
        if (http_server_counts(t->server).answer_bytes < least)
            return true;
    }
    return false;
}

/* S4: who reads at a rate that is enough else is cut off while answers hold nearly all. */
static void hurries_readers_while_answers_are_many(void **state)
{
    struct trial *t = *state;
    int readers[] = {ask_and_wait(t, "/copy?1"), -1};
    wait_for_answers(t, TRIAL_COPY_BYTES, UINT64_MAX);
    assert_false(is_any_cut_while_reading(t, readers, 1, 25));
    readers[1] = ask_and_wait(t, "/copy?2");
    wait_for_answers(t, 2 * TRIAL_COPY_BYTES, UINT64_MAX);
    assert_true(is_any_cut_while_reading(t, readers, 2, 100));
    close(readers[0]);
    close(readers[1]);
    wait_for_answers(t, 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_bodies_past_the_budget),
        cmocka_unit_test(refuses_bodies_past_a_payers_share),
        cmocka_unit_test(refuses_answers_past_what_unread_ones_may_hold),
        cmocka_unit_test(counts_bytes_once_that_many_share),
        cmocka_unit_test(hurries_readers_while_answers_are_many),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
