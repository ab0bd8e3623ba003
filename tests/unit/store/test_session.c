/*
 * Sessions: what is undone leaves nothing behind, in the database or in memory, and what one
 * process commits another sees at once (L1, G10, V3).
 */
#include "exchange.h"

#include "store/grants.h"

#include <malloc.h>

static str red_for(struct exchange *x, unsigned n, unsigned audience, str person)
{
    return arena_print(&x->arena, "%s,%s",
                       audience_definition(x, audience, "\"people\":[\"%s\"]", person.at).at,
                       thing(x, "indicator", n, 1, marked_for(x, TLP_RED, audience)).at);
}

/* Appends in an open session. */
static void append_in(struct exchange *x, struct session *s, struct who who, str objects)
{
    OWNED(json_reader_done) struct json_reader reader = {0};
    json list;
    str text = arena_join(&x->arena, LIT("["), objects, LIT("]"));
    must(x, json_read(&x->arena, &reader, text, NULL, &list));
    struct log_item items[8] = {0};
    size_t count = 0;
    for (struct json_walk w = json_walk(list); json_next(&w);)
        must(x, stix_object_read(&x->arena, w.value, &items[count++].object));
    struct reader r = reader_for(x, s, who);
    must(x, reader_intern_actor(&x->arena, s, &r));
    struct log_submission sub = {.reader = &r,
                                 .contributor = who.org,
                                 .collections = &x->k,
                                 .collection_count = 1,
                                 .items = items,
                                 .item_count = count};
    must(x, log_append(&x->arena, s, &sub));
}

/* Every reader sees the same in this store as in one that has just been opened. */
static void agrees_with_a_fresh_store(struct exchange *x)
{
    const struct who readers[] = {x->f1, x->f2, x->p1, x->plat, x->ohio, x->county, x->low, x->out};
    struct store *fresh = exchange_second(x);
    const struct page_query q = {.collection = x->k};
    for (size_t i = 0; i < sizeof(readers) / sizeof(readers[0]); i++) {
        str expected = shows_in(x, fresh, readers[i], &q);
        assert_says(shows_in(x, x->store, readers[i], &q), expected.len ? expected.at : "");
    }
    store_close(fresh);
}

/* What was interned and undone is forgotten; its number means what is interned next. */
static void undone_audiences_are_forgotten(void **state)
{
    struct exchange *x = *state;
    str p1 = exchange_id_of(x, x->p1);
    str f2 = exchange_id_of(x, x->f2);
    OWNED(session_done) struct session s = {0};
    must(x, session_write(&x->arena, x->store, &s));
    append_in(x, &s, x->f1, thing(x, "indicator", 1, 1, LIT("")));
    struct session_mark mark;
    must(x, session_mark(&x->arena, &s, &mark));
    append_in(x, &s, x->f1, red_for(x, 2, 7, p1));
    session_undo(&s, &mark);
    must(x, session_mark(&x->arena, &s, &mark));
    append_in(x, &s, x->f1, red_for(x, 3, 8, f2));
    must(x, session_keep(&x->arena, &s));
    must(x, session_commit(&x->arena, &s));
    assert_says(shows(x, x->p1, x->k), "i1v1");
    assert_says(shows(x, x->f2, x->k), "i1v1 m8v1 i3v1");
    agrees_with_a_fresh_store(x);
    /* and the undone submission may come again */
    post(x, x->f1, x->k, red_for(x, 2, 7, p1));
    assert_says(shows(x, x->p1, x->k), "i1v1 m7v1 i2v1");
    agrees_with_a_fresh_store(x);
}

/* A write session that ends without a commit, at whatever point. */
static void rolled_back_audiences_are_forgotten(void **state)
{
    struct exchange *x = *state;
    struct posting lost = {.store = x->store,
                           .who = x->f1,
                           .collections = {x->k},
                           .collection_count = 1,
                           .objects = red_for(x, 2, 7, exchange_id_of(x, x->p1)),
                           .is_rolled_back = true};
    str before = exchange_dump(x);
    str outcomes;
    must(x, post_with(x, &lost, &outcomes));
    assert_true(str_eq(before, exchange_dump(x)));
    post(x, x->f1, x->k, red_for(x, 3, 8, exchange_id_of(x, x->f2)));
    assert_says(shows(x, x->p1, x->k), "");
    agrees_with_a_fresh_store(x);
}

/* The database may end a transaction by itself (a full disk): the table in memory follows. */
static void a_transaction_that_the_database_ended_is_forgotten(void **state)
{
    struct exchange *x = *state;
    OWNED(session_done) struct session s = {0};
    must(x, session_write(&x->arena, x->store, &s));
    append_in(x, &s, x->f1, red_for(x, 2, 7, exchange_id_of(x, x->p1)));
    must(x, db_run_script(&x->arena, s.db, LIT("ROLLBACK")));
    assert_non_null(session_commit(&x->arena, &s));
    post(x, x->f1, x->k, red_for(x, 3, 8, exchange_id_of(x, x->f2)));
    assert_says(shows(x, x->p1, x->k), "");
    agrees_with_a_fresh_store(x);
}

/* Random submissions, undone or kept, in one or the other of two stores on one folder. */
static void random_undoing_leaves_two_stores_agreed(void **state)
{
    struct exchange *x = *state;
    uint32_t seed = (uint32_t)clock_now_us();
    print_message("seed %u\n", seed);
    srandom(seed);
    struct store *second = exchange_second(x);
    struct store *first = x->store;
    const struct who people[] = {x->f1, x->f2, x->p1};
    for (unsigned round = 0; round < 60; round++) {
        struct who who = people[random() % 3];
        struct who other = people[random() % 3];
        unsigned n = (unsigned)random() % 12;
        str objects = red_for(x, n, 100 + round, exchange_id_of(x, other));
        if (random() % 2)
            objects = arena_print(&x->arena, "%s,%s", objects.at,
                                  thing(x, "relationship", round, 1,
                                        from_to(x, id_of(x, "indicator", n),
                                                id_of(x, "indicator", (unsigned)random() % 12)))
                                      .at);
        struct posting posting = {.store = random() % 2 ? first : second,
                                  .who = who,
                                  .collections = {x->k},
                                  .collection_count = 1,
                                  .objects = objects,
                                  .is_rolled_back = random() % 3 == 0};
        str outcomes;
        must(x, post_with(x, &posting, &outcomes));
        if (round % 10 == 9)
            agrees_with_a_fresh_store(x);
    }
    x->store = second;
    agrees_with_a_fresh_store(x);
    x->store = first;
    store_close(second);
}

/* Out gets the right to read, or loses it. */
static void grant_or_take(struct exchange *x, bool may_read)
{
    OWNED(session_done) struct session s = {0};
    must(x, session_write(&x->arena, x->store, &s));
    const struct grant_entry grant = {
        .collection = x->k, .subject = policy_org(s.policy, x->out.org)->id, .may_read = true};
    must(x, may_read ? grants_put(&x->arena, &s, &grant) : grants_take(&x->arena, &s, &grant));
    must(x, session_commit(&x->arena, &s));
}

/* G10: another process's change of rights counts at once, in a session that begins after it. */
static void another_process_changes_rights_at_once(void **state)
{
    struct exchange *x = *state;
    post(x, x->f1, x->k, thing(x, "indicator", 1, 1, LIT("")));
    struct store *second = exchange_second(x);
    const struct page_query q = {.collection = x->k};
    assert_says(shows_in(x, second, x->out, &q), "");
    exchange_grant(x, x->k, x->out, true, false);
    assert_says(shows_in(x, second, x->out, &q), "i1v1");
    grant_or_take(x, false);
    assert_says(shows_in(x, second, x->out, &q), "");
    exchange_sql(x, "UPDATE org SET is_suspended = 1 WHERE name = 'Plat'; "
                    "UPDATE state SET policy_epoch = policy_epoch + 1");
    assert_says(shows_in(x, second, x->plat, &q), "");
    store_close(second);
}

/* A change of rights that is undone leaves no policy behind (G10). */
static void undone_rights_are_forgotten(void **state)
{
    struct exchange *x = *state;
    post(x, x->f1, x->k, thing(x, "indicator", 1, 1, LIT("")));
    OWNED(session_done) struct session s = {0};
    must(x, session_write(&x->arena, x->store, &s));
    str out = arena_copy(&x->arena, policy_org(s.policy, x->out.org)->id);
    const struct grant_entry grant = {.collection = x->k, .subject = out, .may_read = true};
    must(x, grants_put(&x->arena, &s, &grant));
    session_done(&s);
    assert_says(shows(x, x->out, x->k), "");
    must(x, session_write(&x->arena, x->store, &s));
    struct session_mark mark;
    must(x, session_mark(&x->arena, &s, &mark));
    must(x, grants_put(&x->arena, &s, &grant));
    session_undo(&s, &mark);
    struct reader r = reader_for(x, &s, x->out);
    assert_false(reader_may_read_collection(&r, x->k));
    session_done(&s);
    assert_says(shows(x, x->out, x->k), "");
}

/* Rights that end at a time end then, without anybody's change. */
static void grants_end_by_themselves(void **state)
{
    struct exchange *x = *state;
    post(x, x->f1, x->k, thing(x, "indicator", 1, 1, LIT("")));
    OWNED(session_done) struct session s = {0};
    must(x, session_write(&x->arena, x->store, &s));
    const struct grant_entry grant = {.collection = x->k,
                                      .subject = policy_org(s.policy, x->out.org)->id,
                                      .may_read = true,
                                      .until_us = s.now_us + 300000};
    must(x, grants_put(&x->arena, &s, &grant));
    int64_t until_us = grant.until_us;
    must(x, session_commit(&x->arena, &s));
    assert_says(shows(x, x->out, x->k), "i1v1");
    while (clock_now_us() <= until_us)
        ;
    assert_says(shows(x, x->out, x->k), "");
}

static size_t bytes_in_use(void)
{
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

/* Interns an audience of many words that nothing has had yet, and takes it back. */
static void intern_and_undo(struct exchange *x, int64_t author, bool by_rollback)
{
    OWNED(arena_done) struct arena a = {0};
    OWNED(session_done) struct session s = {0};
    struct session_mark mark;
    uint32_t named[60];
    uint32_t n;
    for (uint32_t i = 0; i < 60; i++)
        named[i] = 1000000 + i;
    const struct gate_clause clause = {.collection = x->k,
                                       .label = TLP_RED,
                                       .contributor = x->fed.org,
                                       .author = author,
                                       .named = named,
                                       .named_count = 60};
    must(x, session_write(&a, x->store, &s));
    must(x, session_mark(&a, &s, &mark));
    must(x,
         audience_intern(&a, x->store->audiences, s.db, &(struct gate_audience){&clause, 1}, &n));
    if (!by_rollback)
        session_undo(&s, &mark);
}

/* What refused submissions interned takes no memory, however many of them come. */
static void undone_audiences_give_their_memory_back(void **state)
{
    struct exchange *x = *state;
    if (bytes_in_use() == 0)
        skip(); /* an allocator that does not count, as a sanitizer's */
    for (int64_t i = 0; i < 200; i++)
        intern_and_undo(x, 1000 + i, i % 2);
    size_t before = bytes_in_use();
    for (int64_t i = 0; i < 2000; i++)
        intern_and_undo(x, 10000 + i, i % 2);
    assert_true(bytes_in_use() < before + 200000); /* 1,000 bytes each would be two million */
}

/* A glance over the exchange as it is now; the second one, so that it is from memory. */
static struct session glance(struct exchange *x, struct store *store)
{
    struct session s = {0};
    for (unsigned i = 0; i < 2; i++) {
        session_done(&s);
        must(x, session_glance(&x->arena, store, &s));
    }
    return s;
}

static void a_glance_begins_no_transaction_until_rows_are_wanted(void **state)
{
    struct exchange *x = *state;
    post(x, x->f1, x->k, thing(x, "indicator", 1, 1, LIT("")));
    OWNED(session_done) struct session s = glance(x, x->store);
    assert_null(s.db);
    assert_int_equal(s.last_number, exchange_number(x, "SELECT last_number FROM state"));
    assert_int_equal(views_last_number(x->store->views), s.last_number);
    must(x, session_rows(&x->arena, &s));
    assert_non_null(s.db);
    int64_t number;
    must(x, db_query_int(&x->arena, s.db, "SELECT last_number FROM state", DB_NO_ARGS, 0, &number));
    assert_int_equal(number, s.last_number);
    must(x, session_rows(&x->arena, &s));
}

/* G10: rights and entries of another process are in the next glance, whatever was remembered. */
static void a_glance_sees_what_another_process_committed(void **state)
{
    struct exchange *x = *state;
    struct store *second = exchange_second(x);
    for (unsigned n = 1; n <= 6; n++) {
        bool may_read = n % 2;
        OWNED(session_done) struct session before = glance(x, second);
        struct reader r = reader_for(x, &before, x->out);
        assert_int_equal(reader_may_read_collection(&r, x->k), !may_read && n > 1);
        session_done(&before);
        grant_or_take(x, may_read);
        OWNED(session_done) struct session after = {0};
        must(x, session_glance(&x->arena, second, &after));
        r = reader_for(x, &after, x->out);
        assert_int_equal(reader_may_read_collection(&r, x->k), may_read);
        session_done(&after);
        post(x, x->f1, x->k, thing(x, "indicator", n, 1, LIT("")));
        must(x, session_glance(&x->arena, second, &after));
        assert_int_equal(after.last_number, exchange_number(x, "SELECT last_number FROM state"));
        session_done(&after);
    }
    store_close(second);
}

/* What was seen at a glance and the rows read afterwards are of one moment, or nothing is read. */
static void rows_of_a_moment_that_is_over_are_refused(void **state)
{
    struct exchange *x = *state;
    struct store *second = exchange_second(x);
    OWNED(session_done) struct session s = glance(x, second);
    assert_null(s.db);
    exchange_grant(x, x->k, x->out, true, false);
    must_fail(x, session_rows(&x->arena, &s), ERR_BUSY);
    assert_true(s.is_outdated);
    assert_null(s.db);
    session_done(&s);
    s = glance(x, second);
    must(x, session_rows(&x->arena, &s));
    assert_false(s.is_outdated);
    session_done(&s);
    store_close(second);
}

/* Nobody commits anything when a grant's time is over. */
static void a_glance_knows_when_grants_end(void **state)
{
    struct exchange *x = *state;
    OWNED(session_done) struct session s = {0};
    must(x, session_write(&x->arena, x->store, &s));
    const struct grant_entry grant = {.collection = x->k,
                                      .subject = policy_org(s.policy, x->out.org)->id,
                                      .may_read = true,
                                      .until_us = s.now_us + 300000};
    must(x, grants_put(&x->arena, &s, &grant));
    must(x, session_commit(&x->arena, &s));
    s = glance(x, x->store);
    struct reader r = reader_for(x, &s, x->out);
    bool may_read = reader_may_read_collection(&r, x->k);
    assert_true(may_read || clock_now_us() >= grant.until_us);
    session_done(&s);
    while (clock_now_us() <= grant.until_us)
        ;
    must(x, session_glance(&x->arena, x->store, &s));
    r = reader_for(x, &s, x->out);
    assert_false(reader_may_read_collection(&r, x->k));
}

/* An actor's number is remembered once it is committed, and not before. */
static void readers_are_remembered_as_they_were_committed(void **state)
{
    struct exchange *x = *state;
    exchange_sql(x, "DELETE FROM receipt; DELETE FROM actor WHERE person <> 0");
    OWNED(session_done) struct session s = {0};
    must(x, session_glance(&x->arena, x->store, &s));
    assert_int_equal(reader_for(x, &s, x->p1).gate.actor, 0);
    session_done(&s);
    must(x, session_write(&x->arena, x->store, &s));
    struct reader r = reader_for(x, &s, x->p1);
    must(x, reader_intern_actor(&x->arena, &s, &r));
    assert_true(reader_for(x, &s, x->p1).gate.actor != 0);
    session_done(&s);
    must(x, session_read(&x->arena, x->store, &s));
    assert_int_equal(reader_for(x, &s, x->p1).gate.actor, 0);
    session_done(&s);
    post(x, x->p1, x->k, thing(x, "indicator", 1, 1, LIT("")));
    for (unsigned i = 0; i < 2; i++) {
        must(x, session_read(&x->arena, x->store, &s));
        assert_true(reader_for(x, &s, x->p1).gate.actor != 0);
        session_done(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        EXCHANGE_TEST(a_glance_begins_no_transaction_until_rows_are_wanted),
        EXCHANGE_TEST(a_glance_sees_what_another_process_committed),
        EXCHANGE_TEST(rows_of_a_moment_that_is_over_are_refused),
        EXCHANGE_TEST(a_glance_knows_when_grants_end),
        EXCHANGE_TEST(readers_are_remembered_as_they_were_committed),
        EXCHANGE_TEST(undone_audiences_are_forgotten),
        EXCHANGE_TEST(rolled_back_audiences_are_forgotten),
        EXCHANGE_TEST(a_transaction_that_the_database_ended_is_forgotten),
        EXCHANGE_TEST(random_undoing_leaves_two_stores_agreed),
        EXCHANGE_TEST(another_process_changes_rights_at_once),
        EXCHANGE_TEST(undone_rights_are_forgotten),
        EXCHANGE_TEST(undone_audiences_give_their_memory_back),
        EXCHANGE_TEST(grants_end_by_themselves),
    };
    return cmocka_run_group_tests_name("store/session", tests, NULL, NULL);
}
