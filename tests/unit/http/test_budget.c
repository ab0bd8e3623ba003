/*
 * Memory for bodies under way is limited in all (S5) and for each payer (S7).
 */
#include "trial.h"

#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

static int setup(void **state)
{
    static struct trial t;
    trial_init(&t);
    t.config.body_bytes_max = 100000;
    t.config.bodies_bytes_max = 150000;
    t.config.bodies_bytes_per_org_max = 95000;
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_bodies_past_the_budget),
        cmocka_unit_test(refuses_bodies_past_a_payers_share),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
