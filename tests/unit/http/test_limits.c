/*
 * S4: who is too slow is cut off, who only waits is not. The limits are set to a second or two.
 */
#include "base/clock.h"
#include "trial.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

static int setup(void **state)
{
    static struct trial t;
    trial_init(&t);
    t.config.header_seconds = 1;
    t.config.idle_seconds = 5;
    t.config.bytes_per_second_min = 1000;
    trial_start(&t);
    *state = &t;
    return 0;
}

static int teardown(void **state)
{
    trial_done(*state);
    return 0;
}

/* Sends a byte each tenth of a second; true if the server closes within the seconds. */
static bool is_cut_while_dribbling(int fd, unsigned seconds)
{
    for (unsigned i = 0; i < seconds * 10; i++) {
        struct pollfd poller = {.fd = fd, .events = POLLIN};
        send(fd, "x", 1, MSG_NOSIGNAL);
        if (poll(&poller, 1, 100) > 0 && trial_is_closed(fd, 1))
            return true;
    }
    return false;
}

static void cuts_off_a_header_that_does_not_end(void **state)
{
    struct trial *t = *state;
    int silent = trial_connect(t), slow = trial_connect(t), kept = trial_connect(t);
    trial_send(slow, LIT("GET / HTTP/1.1\r\nHost: a\r\nX: "));
    trial_send(kept, LIT("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    assert_int_equal(trial_status(trial_read_answer(t, kept, false)), 200);
    assert_true(is_cut_while_dribbling(slow, 3));
    assert_true(trial_is_closed(silent, 3));
    /* The kept one may be silent longer than that, but not slow once it has begun again. */
    trial_send(kept, LIT("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    assert_int_equal(trial_status(trial_read_answer(t, kept, false)), 200);
    usleep(300000);
    trial_send(kept, LIT("GET / HT"));
    assert_true(is_cut_while_dribbling(kept, 3));
    close(silent);
    close(slow);
    close(kept);
}

static size_t count_closed(const int *fds, size_t count)
{
    size_t closed = 0;
    for (size_t i = 0; i < count; i++) {
        struct pollfd poller = {.fd = fds[i], .events = POLLIN};
        closed += poll(&poller, 1, 0) > 0 && trial_is_closed(fds[i], 1);
    }
    return closed;
}

/* Sixteen connections at most: fourteen that wait are kept, fifteen are too many to wait for. */
static void waits_for_nobody_who_keeps_others_out(void **state)
{
    static struct trial own;
    struct trial *t = &own;
    int waiting[15];
    (void)state;
    trial_init(t);
    t->config.threads = 1; /* each has a share of the connections */
    t->config.header_seconds = 60;
    t->config.idle_seconds = 60;
    t->config.connections_max = 16;
    trial_start(t);
    for (size_t i = 0; i < 14; i++) {
        waiting[i] = trial_connect(t);
        trial_send(waiting[i], LIT("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
        assert_int_equal(trial_status(trial_read_answer(t, waiting[i], false)), 200);
    }
    usleep(5000000);
    assert_int_equal(count_closed(waiting, 14), 0);
    waiting[14] = trial_connect(t);
    usleep(5000000);
    assert_in_range(count_closed(waiting, 14), 1, 14);
    for (size_t i = 0; i < 15; i++)
        close(waiting[i]);
    trial_done(t);
}

static void cuts_off_a_body_under_the_least_rate(void **state)
{
    struct trial *t = *state;
    int fd = trial_connect(t);
    trial_send(fd, LIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n"));
    assert_true(is_cut_while_dribbling(fd, 4));
    close(fd);
}

static void lets_a_body_pass_that_is_slow_but_fast_enough(void **state)
{
    struct trial *t = *state;
    char piece[500];
    int fd = trial_connect(t);
    memset(piece, 'b', sizeof(piece));
    trial_send(fd, LIT("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10000\r\n\r\n"));
    for (int i = 0; i < 20; i++) {
        trial_send(fd, (str){piece, sizeof(piece)});
        usleep(120000);
    }
    assert_int_equal(trial_status(trial_read_answer(t, fd, false)), 200);
    close(fd);
}

static bool last_was_complete(struct trial *t)
{
    pthread_mutex_lock(&t->lock);
    bool was_complete = t->access_is_complete;
    pthread_mutex_unlock(&t->lock);
    return was_complete;
}

static void cuts_off_a_client_that_does_not_read(void **state)
{
    struct trial *t = *state;
    int fd = trial_connect(t), small = 4096;
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof(small));
    trial_settle(t);
    unsigned before = t->access_count;
    /* More than any socket buffer holds. */
    for (int i = 0; i < 4; i++)
        trial_send(fd, LIT("GET /large HTTP/1.1\r\nHost: a\r\n\r\n"));
    for (int i = 0; i < 80 && last_was_complete(t); i++)
        usleep(50000);
    assert_true(trial_wait_access(t, before + 1));
    assert_false(t->access_is_complete);
    close(fd);
}

/* A handler may take longer than any of these limits. */
static void waits_for_a_handler(void **state)
{
    struct trial *t = *state;
    int fd = trial_connect(t);
    trial_send(fd, LIT("GET /held HTTP/1.1\r\nHost: a\r\n\r\n"));
    usleep(2500000);
    struct http_response response = {.status = 200, .body = LIT("held")};
    http_reply(trial_take_held(t), &response);
    assert_true(str_ends(trial_read_answer(t, fd, false), LIT("held")));
    close(fd);
}

static void says_plainly_when_files_are_few(void **state)
{
    struct trial t;
    struct rlimit before;
    (void)state;
    getrlimit(RLIMIT_NOFILE, &before);
    trial_init(&t);
    t.config.connections_max = 2000000000; /* more than any system allows */
    trial_start(&t);
    assert_true(trial_contains(http_server_warning(t.server), "LimitNOFILE"));
    trial_done(&t);
    setrlimit(RLIMIT_NOFILE, &before);
}

static void raises_the_limit_of_open_files(void **state)
{
    struct trial t;
    struct rlimit before, now;
    (void)state;
    getrlimit(RLIMIT_NOFILE, &before);
    if (before.rlim_max < 2000)
        skip();
    struct rlimit few = {.rlim_cur = 512, .rlim_max = before.rlim_max};
    setrlimit(RLIMIT_NOFILE, &few);
    trial_init(&t);
    t.config.connections_max = 1200;
    trial_start(&t);
    getrlimit(RLIMIT_NOFILE, &now);
    assert_true(now.rlim_cur >= 1200);
    assert_int_equal(http_server_warning(t.server).len, 0);
    trial_done(&t);
    setrlimit(RLIMIT_NOFILE, &before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cuts_off_a_header_that_does_not_end),
        cmocka_unit_test(waits_for_nobody_who_keeps_others_out),
        cmocka_unit_test(cuts_off_a_body_under_the_least_rate),
        cmocka_unit_test(lets_a_body_pass_that_is_slow_but_fast_enough),
        cmocka_unit_test(cuts_off_a_client_that_does_not_read),
        cmocka_unit_test(waits_for_a_handler),
        cmocka_unit_test(says_plainly_when_files_are_few),
        cmocka_unit_test(raises_the_limit_of_open_files),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
