/*
 * Appending: positions, duplicates and versions (L1 to L4), and the pages that show them.
 */
#include "exchange.h"

#include "store/status.h"

#define INDICATOR(n, version, more) thing(x, "indicator", n, version, more)

/* ---- L1 */

/* L1: dense numbers; times that rise strictly, by steps of random length. */
static void times_rise_in_random_steps(void **state)
{
    struct exchange *x = *state;
    str objects = {0};
    for (unsigned i = 1; i <= 400; i++)
        objects = arena_join(&x->arena, objects, LIT(","), INDICATOR(i, 1, LIT("")));
    post(x, x->f1, x->k, str_skip(objects, 1));
    assert_int_equal(exchange_number(x, "SELECT count(*) - max(n) FROM entry"), 0);
    assert_int_equal(exchange_number(x,
                                     "SELECT count(*) FROM entry a JOIN entry b ON b.n = a.n + 1 "
                                     "WHERE b.added <= a.added"),
                     0);
    static const char STEPS[] = "SELECT %s FROM (SELECT b.added - a.added AS step FROM entry a "
                                "JOIN entry b ON b.n = a.n + 1 WHERE b.n > (SELECT max(n) - 399 "
                                "FROM entry))";
    char sql[300];
    snprintf(sql, sizeof(sql), STEPS, "count(DISTINCT step)");
    assert_true(exchange_number(x, sql) > 6);
    snprintf(sql, sizeof(sql), STEPS, "sum(step)"); /* 399 steps of mean 4, deviation 3.5 each */
    int64_t sum = exchange_number(x, sql);
    assert_true(sum > 399 * 3 && sum < 399 * 5);
}

/* L1: a clock that went back does not take the log with it. */
static void times_never_go_back(void **state)
{
    struct exchange *x = *state;
    exchange_sql(x, "UPDATE state SET last_added = last_added + 3600000000");
    post(x, x->f1, x->k, INDICATOR(1, 1, LIT("")));
    size_t withdrawn;
    must(x, withdraw(x, x->f1, x->k, id_of(x, "indicator", 1), &withdrawn));
    post(x, x->f1, x->k, INDICATOR(2, 1, LIT("")));
    assert_int_equal(exchange_number(x,
                                     "SELECT count(*) FROM entry a JOIN entry b ON b.n = a.n + 1 "
                                     "WHERE b.added <= a.added"),
                     0);
}

/* ---- L2 */

/* L2: one version, posted in many ways. */
static void equal_json_is_a_duplicate(void **state)
{
    struct exchange *x = *state;
    static const struct {
        const char *more;
        const char *outcome;
    } CASES[] = {
        {",\"x\":1,\"y\":[1,2]", "A"},
        {",\"x\":1,\"y\":[1,2]", "D"},
        {",\"y\":[1,2],\"x\":1", "D"},
        {" , \"y\" : [1, 2],\n\"x\": 1", "D"},
        {",\"\\u0078\":1,\"y\":[1,2]", "D"}, /* another spelling of "x" */
        {",\"x\":1.0,\"y\":[1,2]", "R"},     /* numbers by their text */
        {",\"x\":1,\"y\":[2,1]", "R"},
        {",\"x\":\"1\",\"y\":[1,2]", "R"},
        {",\"x\":1", "R"},
    };
    for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++)
        assert_says(post(x, x->f1, x->k, INDICATOR(1, 1, str_of(CASES[i].more))), CASES[i].outcome);
    assert_int_equal(exchange_number(x, "SELECT count(*) FROM body WHERE id LIKE 'indicator--%' "
                                        "AND CAST(bytes AS TEXT) LIKE '%\"y\":[1,2]}'"),
                     1);
    assert_says(shows(x, x->plat, x->k), "i1v1");
}

static void another_text_under_a_version_says_raise_modified(void **state)
{
    struct exchange *x = *state;
    post(x, x->f1, x->k, INDICATOR(1, 1, LIT("")));
    struct posting posting = {.store = x->store,
                              .who = x->f1,
                              .collections = {x->k},
                              .collection_count = 1,
                              .objects = INDICATOR(1, 1, LIT(",\"x\":1"))};
    str outcomes;
    must(x, post_with(x, &posting, &outcomes));
    assert_says(outcomes, "R");
    assert_true(str_find(posting.messages, LIT("raise `modified`")) < posting.messages.len);
}

/* L2: within one submission too; the rest of it stands. */
static void one_submission_meets_itself(void **state)
{
    struct exchange *x = *state;
    str objects = arena_print(&x->arena, "%s,%s,%s,%s", INDICATOR(1, 1, LIT("")).at,
                              INDICATOR(1, 1, LIT("")).at, INDICATOR(1, 1, LIT(",\"x\":1")).at,
                              INDICATOR(1, 2, LIT(",\"x\":1")).at);
    assert_says(post(x, x->f1, x->k, objects), "ADRA");
    assert_says(shows(x, x->plat, x->k), "i1v2");
}

/* L2: an object without a version of its own gets a new version when its text differs. */
static void observables_get_versions_by_their_bytes(void **state)
{
    struct exchange *x = *state;
    str one = thing(x, "url", 1, 0, LIT(",\"value\":\"http://a.example/\""));
    str two = thing(x, "url", 1, 0, LIT(",\"value\":\"http://b.example/\""));
    assert_says(post(x, x->f1, x->k, one), "A");
    assert_says(post(x, x->f2, x->k, one), "D"); /* one contributor, whoever of it posts */
    assert_says(post(x, x->f1, x->k, two), "A");
    assert_says(post(x, x->f1, x->k, one), "D");
    const struct page_query all = {.collection = x->k, .wants_all = true};
    assert_says(shows(x, x->plat, x->k), "u1v0");
    assert_says(shows_in(x, x->store, x->plat, &all), "u1v0 u1v0");
    /* the version is the `added` of the first entry of those bytes, in other collections too */
    uint32_t other = exchange_collection(x, "other", TLP_AMBER, false);
    exchange_grant(x, other, x->fed, true, true);
    assert_says(post(x, x->f1, other, one), "A");
    assert_int_equal(exchange_number(x, "SELECT count(*) FROM entry e JOIN entry f ON f.n = e.body "
                                        "JOIN body b ON b.n = e.body WHERE b.id LIKE 'url--%' AND "
                                        "e.version = f.added"),
                     3);
}

/* L3: bytes are stored once, an entry per collection refers to them. */
static void collections_share_the_bytes(void **state)
{
    struct exchange *x = *state;
    uint32_t other = exchange_collection(x, "other", TLP_GREEN, false);
    exchange_grant(x, other, x->fed, true, true);
    exchange_grant(x, other, x->low, true, false);
    int64_t bodies = exchange_number(x, "SELECT count(*) FROM body");
    assert_says(post(x, x->f1, x->k, INDICATOR(1, 1, LIT(",\"a\":1,\"b\":2"))), "A");
    assert_says(post(x, x->f1, other, INDICATOR(1, 1, LIT(",\"b\":2,\"a\":1"))), "A");
    assert_says(post(x, x->f1, other, INDICATOR(1, 1, LIT(",\"b\":2,\"a\":1"))), "D");
    assert_int_equal(exchange_number(x, "SELECT count(*) FROM body"), bodies + 1);
    assert_says(shows(x, x->plat, x->k), "i1v1");
    assert_says(shows(x, x->low, other), "i1v1"); /* its default label is GREEN */
    assert_says(shows(x, x->low, x->k), "");
    struct posting both = {.store = x->store,
                           .who = x->f1,
                           .collections = {x->k, other},
                           .collection_count = 2,
                           .objects = arena_print(&x->arena, "%s,%s",
                                                  INDICATOR(1, 1, LIT(",\"a\":1,\"b\":2")).at,
                                                  INDICATOR(2, 1, LIT("")).at)};
    str outcomes;
    must(x, post_with(x, &both, &outcomes));
    assert_says(outcomes, "DA");
    assert_says(shows(x, x->low, other), "i1v1 i2v1");
    assert_says(shows(x, x->plat, x->k), "i1v1 i2v1");
}

/* L2, O1: what the submitter cannot read never changes the answer. */
static void hidden_versions_are_not_compared(void **state)
{
    struct exchange *x = *state;
    str red = marked(x, TLP_RED);
    post(x, x->f1, x->k, INDICATOR(1, 1, red));
    assert_says(post(x, x->f2, x->k, INDICATOR(1, 1, LIT(",\"x\":1"))), "A"); /* a colleague */
    assert_says(post(x, x->p1, x->k, INDICATOR(1, 1, LIT(",\"x\":2"))), "A"); /* somebody else */
    assert_says(post(x, x->p1, x->k, INDICATOR(1, 1, LIT(",\"x\":3"))), "R");
    assert_says(shows(x, x->f1, x->k), "i1v1");
    /* of two entries of one version a reader of both gets the earlier */
    const struct page_query all = {.collection = x->k, .wants_all = true};
    assert_says(shows_in(x, x->store, x->f1, &all), "i1v1");
    assert_int_equal(exchange_number(x, "SELECT count(*) FROM entry e JOIN body b ON b.n = e.body "
                                        "WHERE b.id LIKE 'indicator%'"),
                     3);
}

/* L2, G5: a definition that was missing heals by a repost, once. */
static void a_missing_definition_is_healed_by_a_repost(void **state)
{
    struct exchange *x = *state;
    str object = INDICATOR(1, 1, marked_for(x, TLP_GREEN, 7));
    assert_says(post(x, x->f1, x->k, object), "A");
    assert_says(shows(x, x->ohio, x->k), "");
    assert_says(shows(x, x->fed, x->k), "i1v1");
    assert_says(post(x, x->f1, x->k, object), "D"); /* still missing */
    str definition = audience_definition(x, 7, "\"jurisdictions\":[\"us-39\"]");
    str both = arena_join(&x->arena, object, LIT(","), definition);
    assert_says(post(x, x->f1, x->k, both), "AA");
    assert_says(post(x, x->f1, x->k, both), "DD");
    assert_says(shows(x, x->ohio, x->k), "i1v1 m7v1");
    assert_says(shows(x, x->plat, x->k), "");
    assert_says(shows(x, x->fed, x->k), "i1v1 m7v1");
}

/* L4: without spec_version an SDO is STIX 2.0; an SCO is 2.1. */
static void spec_versions_are_told_apart(void **state)
{
    struct exchange *x = *state;
    str id = id_of(x, "indicator", 1);
    str old = arena_print(&x->arena,
                          "{\"type\":\"indicator\",\"id\":\"%s\","
                          "\"created\":\"2018-08-01T00:00:00.000Z\","
                          "\"modified\":\"2018-08-01T00:00:00.000Z\"}",
                          id.at);
    str sco =
        arena_print(&x->arena, "{\"type\":\"url\",\"id\":\"%s\",\"value\":\"http://a.example/\"}",
                    id_of(x, "url", 2).at);
    post(x, x->f1, x->k, old);
    post(x, x->f1, x->k, sco);
    struct page_query q = {.collection = x->k, .specs = VIEW_SPEC_20};
    assert_says(shows_in(x, x->store, x->plat, &q), "i1v1");
    q.specs = VIEW_SPEC_21;
    assert_says(shows_in(x, x->store, x->plat, &q), "u2v0");
    q.specs = 0;
    assert_says(shows_in(x, x->store, x->plat, &q), "i1v1 u2v0");
    post(x, x->f1, x->k, INDICATOR(1, 2, LIT(""))); /* the same object in 2.1 */
    assert_says(shows_in(x, x->store, x->plat, &q), "u2v0 i1v2");
    q.specs = VIEW_SPEC_20; /* L7: last among what the filters leave */
    assert_says(shows_in(x, x->store, x->plat, &q), "i1v1");
    q.specs = VIEW_SPEC_20 | VIEW_SPEC_21;
    assert_says(shows_in(x, x->store, x->plat, &q), "u2v0 i1v2");
}

/* The text of a version keeps its precision. */
static void versions_keep_their_digits(void **state)
{
    struct exchange *x = *state;
    static const char *const TIMES[] = {"2018-08-01T00:00:00Z", "2018-08-01T00:00:00.5Z",
                                        "2018-08-01T00:00:00.50Z", "2018-08-01T00:00:00.123456Z"};
    OWNED(session_done) struct session s = {0};
    for (unsigned i = 0; i < 4; i++) {
        str object = arena_print(&x->arena,
                                 "{\"type\":\"indicator\",\"spec_version\":\"2.1\",\"id\":\"%s\","
                                 "\"created\":\"2018-08-01T00:00:00Z\",\"modified\":\"%s\"}",
                                 id_of(x, "indicator", i).at, TIMES[i]);
        post(x, x->f1, x->k, object);
        must(x, session_read(&x->arena, x->store, &s));
        struct log_entries entries = {0};
        must(x, log_entries_of(&x->arena, &s, id_of(x, "indicator", i), 0, &entries));
        assert_int_equal(entries.count, 1);
        char text[CLOCK_TEXT_BYTES];
        assert_says(log_version_text(&entries.items[0], text), TIMES[i]);
        session_done(&s);
    }
}

/* An organization's quota is a bound on what it stores. */
static void the_quota_undoes_the_submission(void **state)
{
    struct exchange *x = *state;
    exchange_sql(x, "UPDATE org SET stored_bytes = 9000000000000000000 WHERE name = 'Fed'");
    struct posting posting = {.store = x->store,
                              .who = x->f1,
                              .collections = {x->k},
                              .collection_count = 1,
                              .objects = INDICATOR(1, 1, LIT(""))};
    str outcomes;
    must_fail(x, post_with(x, &posting, &outcomes), ERR_NO_SPACE);
    assert_says(shows(x, x->plat, x->k), "");
    assert_says(post(x, x->p1, x->k, INDICATOR(1, 1, LIT(""))), "A");
}

/* Purged bytes are given back to the quota. */
static void purging_gives_the_quota_back(void **state)
{
    struct exchange *x = *state;
    static const char STORED[] = "SELECT stored_bytes FROM org WHERE name = 'Fed'";
    post(x, x->f1, x->k, INDICATOR(1, 1, LIT("")));
    assert_true(exchange_number(x, STORED) > 0);
    size_t withdrawn;
    must(x, withdraw(x, x->f1, x->k, id_of(x, "indicator", 1), &withdrawn));
    OWNED(session_done) struct session s = {0};
    must(x, session_write(&x->arena, x->store, &s));
    struct log_purged purged;
    must(x, log_purge(&x->arena, &s, &(struct log_look){0}, &purged));
    must(x, session_commit(&x->arena, &s));
    assert_int_equal(purged.bodies, 1);
    assert_int_equal(exchange_number(x, STORED), 0);
}

/* As a later session reads it. */
static err status_after(struct exchange *x, int64_t passed_us, str *text)
{
    OWNED(session_done) struct session s = {0};
    must(x, session_read(&x->arena, x->store, &s));
    s.now_us += passed_us;
    return status_get(&x->arena, &s, 1, LIT("status"), text);
}

static void put_status(struct exchange *x, str id, int64_t passed_us)
{
    OWNED(session_done) struct session s = {0};
    must(x, session_write(&x->arena, x->store, &s));
    s.now_us += passed_us;
    must(x, status_put(&x->arena, &s,
                       &(struct status){.id = id, .text = LIT("{}"), .actor = 1, .org = 1}));
    must(x, session_commit(&x->arena, &s));
}

/* L9: what became of a POST is kept for 24 hours, and no longer. */
static void a_status_is_kept_for_a_day(void **state)
{
    struct exchange *x = *state;
    str text;
    put_status(x, LIT("status"), 0);
    must(x, status_after(x, US_PER_DAY - 60 * US_PER_SECOND, &text));
    assert_says(text, "{}");
    must_fail(x, status_after(x, US_PER_DAY + 60 * US_PER_SECOND, &text), ERR_NOT_FOUND);
    put_status(x, LIT("other"), US_PER_DAY - 60 * US_PER_SECOND);
    assert_int_equal(exchange_number(x, "SELECT count(*) FROM post_status"), 2);
    put_status(x, LIT("third"), US_PER_DAY + 60 * US_PER_SECOND);
    assert_int_equal(exchange_number(x, "SELECT count(*) FROM post_status"), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        EXCHANGE_TEST(times_rise_in_random_steps),
        EXCHANGE_TEST(times_never_go_back),
        EXCHANGE_TEST(equal_json_is_a_duplicate),
        EXCHANGE_TEST(another_text_under_a_version_says_raise_modified),
        EXCHANGE_TEST(one_submission_meets_itself),
        EXCHANGE_TEST(observables_get_versions_by_their_bytes),
        EXCHANGE_TEST(collections_share_the_bytes),
        EXCHANGE_TEST(hidden_versions_are_not_compared),
        EXCHANGE_TEST(a_missing_definition_is_healed_by_a_repost),
        EXCHANGE_TEST(spec_versions_are_told_apart),
        EXCHANGE_TEST(versions_keep_their_digits),
        EXCHANGE_TEST(the_quota_undoes_the_submission),
        EXCHANGE_TEST(purging_gives_the_quota_back),
        EXCHANGE_TEST(a_status_is_kept_for_a_day),
    };
    return cmocka_run_group_tests_name("store/log", tests, NULL, NULL);
}
