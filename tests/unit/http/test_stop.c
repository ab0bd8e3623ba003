/*
 * How a server ends (S8).
 */
#include "trial.h"

#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

static void answer_held(struct http_request *held)
{
    struct http_response response = {.status = 200, .body = LIT("held")};
    http_reply(held, &response);
}

static void *stop(void *context)
{
    struct trial *t = context;
    static _Thread_local struct arena a;
    err e = http_server_stop(&a, t->server, 5);
    arena_done(&a);
    return e ? t : NULL;
}

/* Once the server drains, whoever comes is turned away. */
static bool turns_newcomers_away(struct trial *t)
{
    for (int i = 0; i < 100; i++) {
        int fd = trial_connect(t);
        bool is_closed = trial_is_closed(fd, 1);
        close(fd);
        if (is_closed)
            return true;
    }
    return false;
}

/* S8: what runs is finished, its answer is the connection's last, nothing new is accepted. */
static void finishes_what_runs_before_it_stops(void **state)
{
    struct trial t;
    pthread_t thread;
    void *failed = NULL;
    (void)state;
    trial_init(&t);
    trial_start(&t);
    int fd = trial_connect(&t), idle = trial_connect(&t);
    trial_send(fd, LIT("GET /held HTTP/1.1\r\nHost: a\r\n\r\n"));
    struct http_request *held = trial_take_held(&t);
    pthread_create(&thread, NULL, stop, &t);
    assert_true(turns_newcomers_away(&t));
    answer_held(held);
    str answer = trial_read_all(&t, fd, 5);
    assert_true(str_ends(answer, LIT("held")) && trial_contains(answer, "Connection: close"));
    pthread_join(thread, &failed);
    assert_null(failed);
    assert_true(trial_is_closed(idle, 1));
    close(fd);
    close(idle);
    t.server = NULL;
    trial_done(&t);
}

/* S8: a handler that never replies does not hold the stop for ever. */
static void says_when_a_handler_did_not_reply(void **state)
{
    struct trial t;
    (void)state;
    trial_init(&t);
    trial_start(&t);
    int fd = trial_connect(&t);
    trial_send(fd, LIT("GET /held HTTP/1.1\r\nHost: a\r\n\r\n"));
    struct http_request *held = trial_take_held(&t);
    assert_int_equal(http_server_stop(&t.arena, t.server, 0)->code, ERR_TIMEOUT);
    answer_held(held);
    assert_true(str_ends(trial_read_answer(&t, fd, false), LIT("held")));
    close(fd);
    trial_done(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finishes_what_runs_before_it_stops),
        cmocka_unit_test(says_when_a_handler_did_not_reply),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
