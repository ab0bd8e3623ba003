/*
 * Pages: several lineages of one id (L6), versions (L7), withdrawing (L8), purging, and a property
 * over random logs: every object once, full pages, and nothing that the gate denies.
 */
#include "exchange.h"

static str indicator(struct exchange *x, unsigned n, unsigned version)
{
    return thing(x, "indicator", n, version, LIT(""));
}

/* ---- L6 */

static void a_reader_gets_one_lineage(void **state)
{
    struct exchange *x = *state;
    str plat = exchange_id_of(x, x->plat);
    post(x, x->f1, x->k, indicator(x, 1, 1));
    post(x, x->p1, x->k, indicator(x, 1, 3));
    assert_says(shows(x, x->ohio, x->k), "i1v1"); /* the earliest */
    const struct page_query all = {.collection = x->k, .wants_all = true};
    assert_says(shows_in(x, x->store, x->ohio, &all), "i1v1");
    /* the collection's publisher of record */
    exchange_sql(x, "UPDATE collection SET publisher = (SELECT n FROM org WHERE name = 'Plat') "
                    "WHERE alias = 'k'; UPDATE state SET policy_epoch = policy_epoch + 1");
    assert_says(shows(x, x->ohio, x->k), "i1v3");
    exchange_sql(x, "UPDATE collection SET publisher = NULL; "
                    "UPDATE state SET policy_epoch = policy_epoch + 1");
    /* the member named by its own created_by_ref; a foreign one gains nothing */
    str by_plat = arena_print(&x->arena, ",\"created_by_ref\":\"%s\"", plat.at);
    post(x, x->county, x->k, thing(x, "indicator", 1, 5, by_plat));
    assert_says(shows(x, x->ohio, x->k), "i1v1");
    post(x, x->p1, x->k, thing(x, "indicator", 1, 4, by_plat));
    assert_says(shows(x, x->ohio, x->k), "i1v4");
    assert_says(shows_in(x, x->store, x->ohio, &all), "i1v3 i1v4");
}

/* L6: among those they may read; an id that was taken under RED is a new id for others. */
static void lineages_are_chosen_among_what_is_readable(void **state)
{
    struct exchange *x = *state;
    post(x, x->f1, x->k, thing(x, "indicator", 1, 1, marked(x, TLP_RED)));
    assert_says(post(x, x->p1, x->k, indicator(x, 1, 3)), "A");
    assert_says(shows(x, x->ohio, x->k), "i1v3");
    assert_says(shows(x, x->f2, x->k), "i1v3");
    assert_says(shows(x, x->f1, x->k), "i1v1");
}

/* L6, L7: the lineage is chosen first, then filters apply. */
static void filters_apply_after_the_lineage(void **state)
{
    struct exchange *x = *state;
    post(x, x->f1, x->k, indicator(x, 1, 1));
    uint32_t since = (uint32_t)exchange_number(x, "SELECT max(n) FROM entry");
    post(x, x->p1, x->k, indicator(x, 1, 3));
    const struct page_query q = {.collection = x->k, .since = since};
    assert_says(shows_in(x, x->store, x->ohio, &q), "");
}

/* ---- L7 */

static void versions_are_chosen_by_words_and_times(void **state)
{
    struct exchange *x = *state;
    for (unsigned v = 1; v <= 3; v++)
        post(x, x->f1, x->k, indicator(x, 1, v));
    uint32_t since = (uint32_t)exchange_number(x, "SELECT max(n) - 1 FROM entry"); /* before v3 */
    post(x, x->f1, x->k, thing(x, "indicator", 1, 4, marked(x, TLP_RED)));
    post(x, x->f1, x->k, indicator(x, 2, 1));
    int64_t two;
    int64_t nine;
    assert_true(clock_read(LIT("2018-08-02T00:00:00Z"), &two, NULL));
    assert_true(clock_read(LIT("2018-08-09T00:00:00Z"), &nine, NULL));
    const int64_t times[] = {two, nine};
    const struct {
        struct page_query q;
        const char *author;
        const char *others;
    } CASES[] = {
        {{.limit = 0}, "i1v4 i2v1", "i1v3 i2v1"},
        {{.wants_last = true}, "i1v4 i2v1", "i1v3 i2v1"},
        {{.wants_first = true}, "i1v1 i2v1", "i1v1 i2v1"},
        {{.wants_all = true}, "i1v1 i1v2 i1v3 i1v4 i2v1", "i1v1 i1v2 i1v3 i2v1"},
        {{.wants_first = true, .wants_last = true}, "i1v1 i1v4 i2v1", "i1v1 i1v3 i2v1"},
        {{.versions_us = times, .version_count = 2}, "i1v2", "i1v2"},
        {{.versions_us = times, .version_count = 2, .wants_last = true},
         "i1v2 i1v4 i2v1",
         "i1v2 i1v3 i2v1"},
        {{.since = since, .wants_first = true}, "i1v3 i2v1", "i1v3 i2v1"},
        {{.since = since, .wants_all = true}, "i1v3 i1v4 i2v1", "i1v3 i2v1"},
        {{.since = since + 1}, "i1v4 i2v1", "i2v1"},
    };
    for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
        struct page_query q = CASES[i].q;
        q.collection = x->k;
        assert_says(shows_in(x, x->store, x->f1, &q), CASES[i].author);
        assert_says(shows_in(x, x->store, x->ohio, &q), CASES[i].others);
    }
}

/* A version that is posted late stands where it is in the log, but is not the last. */
static void old_versions_posted_late_are_not_last(void **state)
{
    struct exchange *x = *state;
    post(x, x->f1, x->k, indicator(x, 1, 5));
    post(x, x->f1, x->k, indicator(x, 1, 2));
    assert_says(shows(x, x->ohio, x->k), "i1v5");
    struct page_query q = {.collection = x->k, .wants_first = true};
    assert_says(shows_in(x, x->store, x->ohio, &q), "i1v2");
    q = (struct page_query){.collection = x->k, .wants_all = true};
    assert_says(shows_in(x, x->store, x->ohio, &q), "i1v5 i1v2");
    post(x, x->f1, x->k, indicator(x, 1, 3));
    post(x, x->f1, x->k, indicator(x, 1, 6));
    assert_says(shows(x, x->ohio, x->k), "i1v6");
}

/* ---- L8 */

static err withdraw_some(struct exchange *x, struct who who, struct log_withdrawal w, size_t *count)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_write(&x->arena, x->store, &s));
    struct reader r = reader_for(x, &s, who);
    w.reader = &r;
    w.collection = x->k;
    w.id = id_of(x, "indicator", 1);
    TRY(log_withdraw(&x->arena, &s, &w, count));
    return session_commit(&x->arena, &s);
}

static void withdrawing_takes_what_it_names(void **state)
{
    struct exchange *x = *state;
    int64_t two;
    assert_true(clock_read(LIT("2018-08-02T00:00:00Z"), &two, NULL));
    const struct {
        struct log_withdrawal w;
        size_t count;
        const char *left;
    } CASES[] = {
        {{.specs = VIEW_SPEC_20}, 0, "i1v1 i1v2 i1v3"},
        {{.versions_us = &two, .version_count = 1}, 1, "i1v1 i1v3"},
        {{.is_first = true}, 1, "i1v3"},
        {{.versions_us = &two, .version_count = 1}, 0, "i1v3"}, /* gone already */
        {{.is_last = true}, 1, ""},
        {{.is_last = true}, 0, ""},
    };
    for (unsigned v = 1; v <= 3; v++)
        post(x, x->f1, x->k, indicator(x, 1, v));
    const struct page_query all = {.collection = x->k, .wants_all = true};
    for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
        size_t count = 0;
        err e = withdraw_some(x, x->f2, CASES[i].w, &count); /* a colleague may */
        if (CASES[i].count)
            must(x, e);
        else
            must_fail(x, e, ERR_NOT_FOUND);
        assert_int_equal(count, CASES[i].count);
        assert_says(shows_in(x, x->store, x->ohio, &all), CASES[i].left);
    }
}

/* L8, O1: whose it is decides, and hidden is absent. */
static void withdrawing_is_for_the_contributor(void **state)
{
    struct exchange *x = *state;
    size_t count;
    str id = id_of(x, "indicator", 1);
    err absent = withdraw(x, x->p1, x->k, id, &count);
    must_fail(x, absent, ERR_NOT_FOUND);
    post(x, x->f1, x->k, thing(x, "indicator", 1, 1, marked(x, TLP_RED)));
    err hidden = withdraw(x, x->p1, x->k, id, &count);
    must_fail(x, hidden, ERR_NOT_FOUND);
    assert_true(str_eq(absent->text, hidden->text));
    must_fail(x, withdraw(x, x->f2, x->k, id, &count), ERR_NOT_FOUND); /* a colleague's RED */
    post(x, x->f1, x->k, indicator(x, 1, 2));
    must_fail(x, withdraw(x, x->p1, x->k, id, &count), ERR_FORBIDDEN);
    must(x, withdraw(x, x->f2, x->k, id, &count)); /* the versions they may read */
    assert_int_equal(count, 1);
    assert_says(shows(x, x->f1, x->k), "i1v1");
    assert_says(shows(x, x->ohio, x->k), "");
    must(x, withdraw(x, x->f1, x->k, id, &count));
    assert_int_equal(count, 1);
    assert_says(shows(x, x->f1, x->k), "");
    /* of one's own lineage, whoever else has one */
    post(x, x->p1, x->k, indicator(x, 1, 1));
    post(x, x->f1, x->k, indicator(x, 1, 3));
    must(x, withdraw(x, x->f1, x->k, id, &count));
    assert_says(shows(x, x->f1, x->k), "i1v1");
}

/* L8: the same id may come again, as a new entry, purged or not. */
static void withdrawn_objects_may_come_again(void **state)
{
    struct exchange *x = *state;
    str url = thing(x, "url", 2, 0, LIT(",\"value\":\"http://a.example/\""));
    for (unsigned round = 0; round < 3; round++) {
        assert_says(post(x, x->f1, x->k, indicator(x, 1, 1)), "A");
        assert_says(post(x, x->f1, x->k, url), "A");
        assert_says(shows(x, x->ohio, x->k), "i1v1 u2v0");
        size_t count;
        must(x, withdraw(x, x->f1, x->k, id_of(x, "indicator", 1), &count));
        must(x, withdraw(x, x->f1, x->k, id_of(x, "url", 2), &count));
        assert_says(shows(x, x->ohio, x->k), "");
        if (round == 1) {
            OWNED(session_done) struct session s = {0};
            must(x, session_write(&x->arena, x->store, &s));
            struct log_purged purged;
            must(x, log_purge(&x->arena, &s, &(struct log_look){0}, &purged));
            must(x, session_commit(&x->arena, &s));
            assert_int_equal(purged.bodies, 4);
        }
    }
}

/* Bytes that a live entry of another collection refers to are not purged (L3). */
static void shared_bytes_are_not_purged(void **state)
{
    struct exchange *x = *state;
    uint32_t other = exchange_collection(x, "other", TLP_AMBER, false);
    exchange_grant(x, other, x->fed, true, true);
    post(x, x->f1, x->k, indicator(x, 1, 1));
    post(x, x->f1, other, indicator(x, 1, 1));
    size_t count;
    must(x, withdraw(x, x->f1, x->k, id_of(x, "indicator", 1), &count));
    OWNED(session_done) struct session s = {0};
    must(x, session_write(&x->arena, x->store, &s));
    struct log_purged purged;
    must(x, log_purge(&x->arena, &s, &(struct log_look){0}, &purged));
    must(x, session_commit(&x->arena, &s));
    assert_int_equal(purged.bodies, 0);
    assert_says(shows(x, x->f1, other), "i1v1");
}

/* ---- G1, G2 */

/* The anonymous hold what is public, at CLEAR; a member without a grant likewise. */
static void the_public_reads_what_is_clear_in_public(void **state)
{
    struct exchange *x = *state;
    uint32_t open = exchange_collection(x, "open", TLP_GREEN, true);
    exchange_grant(x, open, x->fed, true, true);
    post(x, x->f1, open, thing(x, "indicator", 1, 1, marked(x, TLP_CLEAR)));
    post(x, x->f1, open, indicator(x, 2, 1));
    post(x, x->f1, open, audience_definition(x, 7, "\"sectors\":[\"vendor\"]"));
    post(x, x->f1, open, thing(x, "indicator", 3, 1, marked_for(x, TLP_CLEAR, 7)));
    const struct who nobody = {0};
    assert_says(shows(x, nobody, open), "i1v1");
    assert_says(shows(x, x->out, open), "i1v1"); /* in the audience, but without a grant */
    assert_says(shows(x, nobody, x->k), "");
    exchange_grant(x, open, x->out, true, false);
    assert_says(shows(x, x->out, open), "i1v1 i2v1 m7v1 i3v1");
}

/* ---- a property */

/* L7, V1: `shows` checks order, full pages, and views against a walk without them. */
static void random_logs_page_the_same_with_and_without_views(void **state)
{
    struct exchange *x = *state;
    uint32_t seed = (uint32_t)clock_now_us();
    print_message("seed %u\n", seed);
    srandom(seed);
    const struct who posters[] = {x->f1, x->f2, x->p1, x->ohio};
    const struct who readers[] = {x->f1, x->p1, x->ohio, x->low, x->out};
    static const enum tlp LABELS[] = {TLP_CLEAR, TLP_GREEN, TLP_AMBER, TLP_RED};
    for (unsigned round = 0; round < 120; round++) {
        unsigned n = (unsigned)random() % 6;
        struct who who = posters[random() % 4];
        if (random() % 8 == 0) {
            size_t count;
            if (withdraw(x, who, x->k, id_of(x, "indicator", n), &count))
                continue;
        } else if (random() % 4 == 0) {
            str ends =
                from_to(x, id_of(x, "indicator", n), id_of(x, "indicator", (unsigned)random() % 6));
            post(x, who, x->k, thing(x, "relationship", n, 1 + (unsigned)random() % 20, ends));
        } else {
            str label = marked(x, LABELS[random() % 4]);
            post(x, who, x->k, thing(x, "indicator", n, 1 + (unsigned)random() % 20, label));
        }
        if (round % 6)
            continue;
        struct page_query q = {.collection = x->k,
                               .wants_all = random() % 3 == 0,
                               .wants_first = random() % 3 == 0,
                               .wants_last = random() % 3 == 0};
        if (random() % 2)
            q.since = (uint32_t)exchange_number(x, "SELECT abs(random()) % max(n) FROM entry");
        for (size_t i = 0; i < sizeof(readers) / sizeof(readers[0]); i++)
            shows_in(x, x->store, readers[i], &q);
    }
}

/* O1: however many hidden entries stand under an id, and whose, what is shown is the same. */
static void many_hidden_entries_of_an_object_change_nothing(void **state)
{
    struct exchange *x = *state;
    str red = marked(x, TLP_RED);
    for (unsigned i = 0; i < 40; i++) {
        str more = arena_print(&x->arena, ",\"x_n\":%u%.*s", i, STR_ARG(red));
        post(x, x->f1, x->k, thing(x, "url", 1, 0, more));
        if (i % 10 == 9)
            post(x, x->plat, x->k, thing_with(x, "url", 1, 0, ",\"x_p\":%u", i));
        if (i == 20)
            assert_says(shows(x, x->ohio, x->k), "u1v0");
    }
    const struct page_query all = {.collection = x->k, .wants_all = true};
    str id = id_of(x, "url", 1);
    const struct page_query one = {.collection = x->k, .ids = &id, .id_count = 1};
    assert_says(shows(x, x->ohio, x->k), "u1v0");
    assert_says(shows_in(x, x->store, x->ohio, &all), "u1v0 u1v0 u1v0 u1v0");
    assert_says(shows_in(x, x->store, x->ohio, &one), "u1v0");
    assert_says(shows_in(x, x->store, x->low, &one), "");
}

/* What the pages of this reader are cached by. */
static uint32_t stamp_for(struct exchange *x, struct who who)
{
    OWNED(session_done) struct session s = {0};
    must(x, session_read(&x->arena, x->store, &s));
    struct reader r = reader_for(x, &s, who);
    const uint32_t *audiences;
    size_t count;
    uint64_t generation;
    reader_audiences(&s, &r, &audiences, &count, &generation);
    return views_stamp(x->store->views, x->k, audiences, count);
}

/* O4: cached pages go stale by what their reader may notice, and by nothing else. */
static void cached_pages_stay_when_hidden_things_change(void **state)
{
    struct exchange *x = *state;
    str green = marked(x, TLP_GREEN);
    size_t withdrawn;
    post(x, x->f1, x->k, thing(x, "indicator", 1, 1, green));
    post(x, x->f1, x->k, thing(x, "indicator", 2, 1, LIT("")));
    uint32_t before = stamp_for(x, x->low);
    uint32_t of_plat = stamp_for(x, x->plat);
    /* appended, superseded, withdrawn and narrowed where Low cannot see */
    post(x, x->f1, x->k, thing(x, "indicator", 3, 1, LIT("")));
    post(x, x->f1, x->k, thing(x, "indicator", 2, 2, LIT("")));
    post(x, x->p1, x->k, thing(x, "indicator", 1, 1, LIT("")));
    assert_int_equal(stamp_for(x, x->low), before);
    must(x, withdraw(x, x->f1, x->k, id_of(x, "indicator", 3), &withdrawn));
    str ends = from_to(x, id_of(x, "indicator", 2), id_of(x, "indicator", 4));
    post(x, x->f1, x->k, thing(x, "relationship", 1, 1, ends));
    post(x, x->f1, x->k, thing(x, "indicator", 4, 1, marked(x, TLP_RED)));
    assert_int_equal(exchange_number(x, "SELECT count(*) FROM narrowing"), 1);
    assert_int_equal(stamp_for(x, x->low), before);
    assert_true(stamp_for(x, x->plat) > of_plat);
    /* and where they can */
    must(x, withdraw(x, x->f1, x->k, id_of(x, "indicator", 1), &withdrawn));
    assert_true(stamp_for(x, x->low) > before);
    before = stamp_for(x, x->low);
    post(x, x->f1, x->k, thing(x, "indicator", 5, 1, green));
    assert_true(stamp_for(x, x->low) > before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        EXCHANGE_TEST(a_reader_gets_one_lineage),
        EXCHANGE_TEST(lineages_are_chosen_among_what_is_readable),
        EXCHANGE_TEST(filters_apply_after_the_lineage),
        EXCHANGE_TEST(versions_are_chosen_by_words_and_times),
        EXCHANGE_TEST(old_versions_posted_late_are_not_last),
        EXCHANGE_TEST(withdrawing_takes_what_it_names),
        EXCHANGE_TEST(withdrawing_is_for_the_contributor),
        EXCHANGE_TEST(withdrawn_objects_may_come_again),
        EXCHANGE_TEST(shared_bytes_are_not_purged),
        EXCHANGE_TEST(the_public_reads_what_is_clear_in_public),
        EXCHANGE_TEST(many_hidden_entries_of_an_object_change_nothing),
        EXCHANGE_TEST(cached_pages_stay_when_hidden_things_change),
        EXCHANGE_TEST(random_logs_page_the_same_with_and_without_views),
    };
    return cmocka_run_group_tests_name("store/pages", tests, NULL, NULL);
}
