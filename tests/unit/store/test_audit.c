/*
 * The audit chain (R3): whatever is changed, removed, inserted or put into another order is named.
 */
#include "exchange.h"

#include "base/clock.h"
#include "store/audit.h"

#define ROWS 12

static void put_rows(struct exchange *x, unsigned count)
{
    OWNED(session_done) struct session s = {0};
    must(x, session_write(&x->arena, x->store, &s));
    for (unsigned i = 0; i < count; i++) {
        const struct audit_row row = {.actor = i,
                                      .verb = i % 2 ? LIT("org.add") : LIT("objects.post"),
                                      .object = arena_print(&x->arena, "object %u", i),
                                      .outcome = LIT("ok"),
                                      .detail = LIT("d")};
        must(x, audit_put(&x->arena, &s, &row));
    }
    must(x, session_commit(&x->arena, &s));
}

static struct audit_head head_now(struct exchange *x)
{
    OWNED(session_done) struct session s = {0};
    must(x, session_write(&x->arena, x->store, &s));
    struct audit_head head;
    must(x, audit_head_get(&x->arena, &s, &head));
    must(x, session_commit(&x->arena, &s));
    return head;
}

static err verify(struct exchange *x, const struct audit_head *against, uint64_t *rows)
{
    OWNED(session_done) struct session s = {0};
    must(x, session_read(&x->arena, x->store, &s));
    return audit_verify(&x->arena, &s, against, rows);
}

static void a_whole_chain_is_good(void **state)
{
    struct exchange *x = *state;
    uint64_t rows = 99;
    must(x, verify(x, NULL, &rows));
    assert_int_equal(rows, 0);
    put_rows(x, ROWS);
    struct audit_head old = head_now(x);
    put_rows(x, ROWS);
    struct audit_head head = head_now(x);
    must(x, verify(x, NULL, &rows));
    assert_int_equal(rows, 2 * ROWS);
    must(x, verify(x, &old, &rows));
    must(x, verify(x, &head, &rows));
}

/* R3: each way of tampering, and the first row that is named. */
static void tampering_is_named(void **state)
{
    struct exchange *x = *state;
    static const struct {
        const char *sql;
        const char *named;
    } CASES[] = {
        {"UPDATE audit SET time = time + 1 WHERE n = 5", "row 5"},
        {"UPDATE audit SET actor = actor + 1 WHERE n = 5", "row 5"},
        {"UPDATE audit SET verb = verb || 'x' WHERE n = 1", "row 1"},
        {"UPDATE audit SET object = 'other' WHERE n = 5", "row 5"},
        {"UPDATE audit SET outcome = 'refused' WHERE n = 12", "row 12"},
        {"UPDATE audit SET detail = '' WHERE n = 5", "row 5"},
        {"UPDATE audit SET outcome = outcome || detail, detail = '' WHERE n = 5", "row 5"},
        {"UPDATE audit SET link = zeroblob(32) WHERE n = 5", "row 5"},
        {"UPDATE audit SET link = x'' WHERE n = 5", "row 5"},
        {"DELETE FROM audit WHERE n = 5", "row 5"},
        {"DELETE FROM audit WHERE n = 1", "row 1"},
        {"DELETE FROM audit WHERE n = 5; UPDATE audit SET n = -n WHERE n > 5; "
         "UPDATE audit SET n = -n - 1 WHERE n < 0",
         "row 5"},
        {"UPDATE audit SET n = 0 WHERE n = 5; UPDATE audit SET n = 5 WHERE n = 6; "
         "UPDATE audit SET n = 6 WHERE n = 0",
         "row 5"},
        {"INSERT INTO audit SELECT 0, time, actor, verb, object, outcome, detail, link FROM audit "
         "WHERE n = 5",
         "row 1"},
        {"DELETE FROM audit WHERE n > 10", "after row 10"}, /* cut before a head that was kept */
        {"DELETE FROM audit", "after row 0"},
    };
    put_rows(x, ROWS);
    struct audit_head kept = head_now(x);
    exchange_sql(x, "CREATE TABLE was AS SELECT * FROM audit");
    for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
        exchange_sql(x, CASES[i].sql);
        uint64_t rows = 0;
        err e = verify(x, &kept, &rows);
        if (e == NULL || e->code != ERR_CORRUPT)
            fail_msg("not found: %s", CASES[i].sql);
        if (str_find(e->text, str_of(CASES[i].named)) == e->text.len)
            fail_msg("%s says \"%s\"", CASES[i].sql, e->text.at);
        exchange_sql(x, "DELETE FROM audit; INSERT INTO audit SELECT * FROM was");
    }
    uint64_t rows;
    must(x, verify(x, &kept, &rows));
}

/* A chain that somebody made anew without the key differs from its signed heads. */
static void a_rewritten_chain_meets_its_heads(void **state)
{
    struct exchange *x = *state;
    put_rows(x, ROWS);
    struct audit_head kept = head_now(x);
    exchange_sql(x, "DELETE FROM audit");
    put_rows(x, ROWS - 1);
    put_rows(x, 3);
    uint64_t rows;
    must_fail(x, verify(x, NULL, &rows), ERR_CORRUPT); /* by the head in the database */
    exchange_sql(x, "DELETE FROM audit_head");
    must(x, verify(x, NULL, &rows)); /* nobody kept one: this cannot be seen */
    must_fail(x, verify(x, &kept, &rows), ERR_CORRUPT);
}

/* Heads as text: there and back, and no byte of it can be changed. */
static void heads_travel_as_text(void **state)
{
    struct exchange *x = *state;
    put_rows(x, 3);
    struct audit_head head = head_now(x);
    str text = audit_head_write(&x->arena, &head);
    struct audit_head back;
    must(x, audit_head_read(&x->arena, text, &back));
    assert_memory_equal(&head.link, &back.link, sizeof(head.link));
    assert_int_equal(head.n, back.n);
    assert_int_equal(head.time_us, back.time_us);
    must(x, audit_head_read(&x->arena, arena_join(&x->arena, LIT(" "), text, LIT("\n")), &back));
    for (size_t i = 0; i < text.len; i++) {
        str wrong = arena_copy(&x->arena, text);
        ((char *)(uintptr_t)wrong.at)[i] = (char)(text.at[i] == '1' ? '2' : '1');
        assert_non_null(audit_head_read(&x->arena, wrong, &back));
        assert_non_null(audit_head_read(&x->arena, str_part(text, 0, i), &back));
    }
    assert_non_null(
        audit_head_read(&x->arena, arena_join(&x->arena, text, LIT(" x"), LIT("")), &back));
}

/* A head signed with another key is not this exchange's. */
static void another_key_is_noticed(void **state)
{
    struct exchange *x = *state;
    put_rows(x, 3);
    struct audit_head head = head_now(x);
    must(x, audit_create_key(&x->arena, x->dir));
    uint64_t rows;
    must_fail(x, verify(x, &head, &rows), ERR_CORRUPT);
}

static void put_row_at(struct exchange *x, int64_t time_us)
{
    OWNED(session_done) struct session s = {0};
    must(x, session_write(&x->arena, x->store, &s));
    s.now_us = time_us;
    const struct audit_row row = {.verb = LIT("org.add"), .outcome = LIT("ok")};
    must(x, audit_put(&x->arena, &s, &row));
    must(x, session_commit(&x->arena, &s));
}

static struct audit_head given_at(struct exchange *x, int64_t now_us)
{
    OWNED(session_done) struct session s = {0};
    must(x, session_read(&x->arena, x->store, &s));
    s.now_us = now_us;
    struct audit_head head;
    must(x, audit_head_of_hour(&x->arena, &s, &head));
    return head;
}

/* R3, O1: what was done within an hour shows once it is over, and only how much it was. */
static void the_head_that_members_keep_moves_by_the_hour(void **state)
{
    struct exchange *x = *state;
    const int64_t hour_us = 3600 * US_PER_SECOND;
    const int64_t noon_us = 500000 * hour_us;
    put_row_at(x, noon_us - 50);
    put_row_at(x, noon_us - 40);
    const struct audit_head first = given_at(x, noon_us - 30);
    assert_int_equal(first.n, 1); /* none is older: the first row, which all know of */
    assert_int_equal(first.time_us, noon_us - 50);
    const struct audit_head noon = given_at(x, noon_us);
    assert_int_equal(noon.n, 2);
    assert_int_equal(noon.time_us, noon_us);
    put_row_at(x, noon_us);
    const struct audit_head later = given_at(x, noon_us + hour_us - 1);
    assert_memory_equal(&later, &noon, sizeof(noon));
    assert_int_equal(given_at(x, noon_us + hour_us).n, 3);
    uint64_t rows;
    must(x, verify(x, &first, &rows));
    must(x, verify(x, &noon, &rows));
}

static void rows_are_listed_by_verb_object_and_organization(void **state)
{
    struct exchange *x = *state;
    put_rows(x, ROWS);
    OWNED(session_done) struct session s = {0};
    must(x, session_read(&x->arena, x->store, &s));
    const struct {
        struct audit_query q;
        size_t count;
        int64_t first;
    } CASES[] = {
        {{.limit = 0}, ROWS, 1},
        {{.verb = LIT("org.")}, ROWS / 2, 2},
        {{.verb = LIT("o")}, ROWS, 1},
        {{.verb = LIT("%")}, 0, 0},
        {{.object = LIT("object 3")}, 1, 4},
        {{.after = 10}, 2, 11},
        {{.is_newest_first = true, .limit = 5}, 5, ROWS},
        {{.actor_org = 999}, 0, 0},
    };
    for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
        struct audit_rows rows = {0};
        must(x, audit_list(&x->arena, &s, &CASES[i].q, &rows));
        assert_int_equal(rows.count, CASES[i].count);
        if (rows.count)
            assert_int_equal(rows.items[0].n, CASES[i].first);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        EXCHANGE_TEST(a_whole_chain_is_good),
        EXCHANGE_TEST(tampering_is_named),
        EXCHANGE_TEST(a_rewritten_chain_meets_its_heads),
        EXCHANGE_TEST(heads_travel_as_text),
        EXCHANGE_TEST(another_key_is_noticed),
        EXCHANGE_TEST(the_head_that_members_keep_moves_by_the_hour),
        EXCHANGE_TEST(rows_are_listed_by_verb_object_and_organization),
    };
    return cmocka_run_group_tests_name("store/audit", tests, NULL, NULL);
}
