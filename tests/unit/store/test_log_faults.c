/*
 * Faults: with the nth call of the database failing, for every n, a verb is done whole or not at
 * all, and the store that saw the fault goes on and agrees with one that has just been opened.
 */
#include "exchange.h"

#include "db/fault.h"
#include "store/pool.h"
#include "store/search_index.h"
#include "store/views.h"

#include <unistd.h>

struct verb {
    const char *name;
    err (*run)(struct exchange *x, struct session *s, unsigned round);
    unsigned stride; /* every nth call fails, not each, for long verbs */
};

static err append(struct exchange *x, struct session *s, unsigned round)
{
    struct arena *a = &x->arena;
    str p1 = policy_person(s->policy, x->p1.person)->id;
    str text = arena_print(
        a, "[%s,%s,%s,%s,%s]",
        audience_definition(x, 100 + round, "\"people\":[\"%.*s\"]", STR_ARG(p1)).at,
        thing(x, "indicator", 1000 + round, 1, marked_for(x, TLP_RED, 100 + round)).at,
        thing(x, "indicator", 1, 1, LIT("")).at, /* a duplicate */
        thing(x, "relationship", 1000 + round, 1,
              from_to(x, id_of(x, "indicator", 1000 + round), id_of(x, "indicator", 7777)))
            .at,
        thing_with(x, "report", 1000 + round, 1,
                   ",\"name\":\"r\",\"published\":\"2018-08-01T00:00:00Z\",\"object_refs\":[\"%s\"]"
                   "%s",
                   id_of(x, "indicator", 1).at, marked(x, TLP_AMBER).at)
            .at);
    OWNED(json_reader_done) struct json_reader reader = {0};
    json objects;
    TRY(json_read(a, &reader, text, NULL, &objects));
    struct log_item items[5] = {0};
    for (struct json_walk w = json_walk(objects); json_next(&w);)
        TRY(stix_object_read(a, w.value, &items[w.index].object));
    struct reader r;
    TRY(reader_make(a, s, policy_org(s->policy, x->f1.org), policy_person(s->policy, x->f1.person),
                    NULL, &r));
    TRY(reader_intern_actor(a, s, &r));
    struct log_submission sub = {.reader = &r,
                                 .contributor = x->f1.org,
                                 .collections = &x->k,
                                 .collection_count = 1,
                                 .items = items,
                                 .item_count = 5};
    return log_append(a, s, &sub);
}

static err withdraw_one(struct exchange *x, struct session *s, unsigned round)
{
    struct reader r;
    TRY(reader_make(&x->arena, s, policy_org(s->policy, x->fed.org), NULL, NULL, &r));
    const struct log_withdrawal w = {
        .reader = &r, .collection = x->k, .id = id_of(x, "indicator", 2)};
    size_t count;
    (void)round;
    return log_withdraw(&x->arena, s, &w, &count);
}

static err add_member(struct exchange *x, struct session *s, unsigned round)
{
    const struct member_org org = {.name = arena_print(&x->arena, "Member %u", round),
                                   .sector = LIT("state"),
                                   .ceiling = TLP_AMBER,
                                   .status = LIT("member")};
    str id;
    return members_add(&x->arena, s, &org, &id);
}

static err index_words(struct exchange *x, struct session *s, unsigned round)
{
    (void)round;
    return search_advance(&x->arena, s);
}

/* Of what was withdrawn before, and of its words. */
static err purge(struct exchange *x, struct session *s, unsigned round)
{
    struct log_purged purged;
    (void)round;
    return log_purge(&x->arena, s, &(struct log_look){0}, &purged);
}

/* The connection that the next session will get. */
static void arm(struct exchange *x, struct store *store, uint64_t n)
{
    struct connection *c;
    must(x, pool_take(&x->arena, store->pool, &c));
    db_fault_arm(c->db, n);
    pool_give(store->pool, c);
}

/* Under a mark, as the writer runs it; what fails is undone by itself. */
static err run_and_commit(struct exchange *x, struct store *store, const struct verb *verb,
                          unsigned round, uint64_t fails_at)
{
    OWNED(session_done) struct session s = {0};
    must(x, session_write(&x->arena, store, &s));
    db_fault_arm(s.db, fails_at);
    struct session_mark mark;
    err e = session_mark(&x->arena, &s, &mark);
    e = e ? e : verb->run(x, &s, round);
    e = e ? e : session_keep(&x->arena, &s);
    e = e ? e : session_commit(&x->arena, &s);
    session_done(&s);
    arm(x, store, 0); /* a commit gave the connection back */
    return e;
}

static void agrees(struct exchange *x, struct store *store)
{
    struct store *fresh = exchange_second(x);
    const struct who readers[] = {x->f1, x->p1, x->ohio};
    const struct page_query q = {.collection = x->k};
    for (size_t i = 0; i < sizeof(readers) / sizeof(readers[0]); i++) {
        str expected = shows_in(x, fresh, readers[i], &q);
        assert_says(shows_in(x, store, readers[i], &q), expected.len ? expected.at : "");
    }
    store_close(fresh);
}

static void run_with_faults(struct exchange *x, struct store *faulty, const struct verb *verb)
{
    str before = exchange_dump(x);
    for (uint64_t n = 1;; n += verb->stride) {
        assert_true(n < 5000);
        err e = run_and_commit(x, faulty, verb, 1, n);
        if (e == NULL) {
            assert_true(n > 15); /* many calls, so the faults were worth something */
            break;
        }
        if (!str_eq(exchange_dump(x), before))
            fail_msg("%s failed at call %llu and left something behind", verb->name,
                     (unsigned long long)n);
        if (n % 16 == 1)
            agrees(x, faulty);
    }
    assert_false(str_eq(exchange_dump(x), before));
    agrees(x, faulty);
}

static void verbs_are_done_whole_or_not_at_all(void **state)
{
    struct exchange *x = *state;
    static const struct verb VERBS[] = {{"log_append", append, 1},
                                        {"log_withdraw", withdraw_one, 1},
                                        {"search_advance", index_words, 1},
                                        {"log_purge", purge, 1},
                                        {"members_add", add_member, 1}};
    post(x, x->f1, x->k, thing(x, "indicator", 1, 1, LIT("")));
    post(x, x->f1, x->k, thing(x, "indicator", 2, 1, LIT("")));
    post(x, x->f1, x->k, thing(x, "indicator", 2, 2, LIT("")));
    struct store *faulty;
    must(x, store_open_with(&x->arena, x->dir, "fault:0", &faulty));
    for (size_t i = 0; i < sizeof(VERBS) / sizeof(VERBS[0]); i++)
        run_with_faults(x, faulty, &VERBS[i]);
    store_close(faulty);
}

/* A session that cannot even begin leaves the table of audiences to those who read. */
static void failing_to_begin_harms_nobody(void **state)
{
    struct exchange *x = *state;
    post(x, x->f1, x->k, thing(x, "indicator", 1, 1, LIT("")));
    struct store *faulty;
    must(x, store_open_with(&x->arena, x->dir, "fault:0", &faulty));
    OWNED(session_done) struct session reading = {0};
    must(x, session_read(&x->arena, faulty, &reading));
    for (uint64_t n = 1; n < 60; n++) {
        arm(x, faulty, n);
        struct session s = {0};
        err e = session_write(&x->arena, faulty, &s);
        session_done(&s);
        struct reader r = reader_for(x, &reading, x->plat);
        struct log_keys keys = {0};
        must(x, log_keys_of(&x->arena, &reading, id_of(x, "indicator", 1), 0, &keys));
        assert_true(reader_may_read(&reading, &r, keys.items[0].audience));
        if (e == NULL)
            break;
        assert_true(n < 59);
    }
    session_done(&reading);
    store_close(faulty);
}

/* What is said when a full chunk is sealed and so much of the write-ahead log stays behind. */
static str words_of_sealing(struct exchange *x, struct store *faulty, int64_t left_bytes)
{
    OWNED(session_done) struct session s = {0};
    FILE *words = tmpfile();
    int before = dup(STDERR_FILENO);
    assert_non_null(words);
    must(x, session_write(&x->arena, faulty, &s));
    db_fault_leave(s.db, left_bytes);
    s.last_number += VIEW_CHUNK_ENTRIES;
    s.is_changed = true;
    dup2(fileno(words), STDERR_FILENO);
    err failure = session_commit(&x->arena, &s);
    dup2(before, STDERR_FILENO);
    close(before);
    char text[1000];
    ssize_t size = pread(fileno(words), text, sizeof(text), 0);
    fclose(words);
    must(x, failure);
    return arena_copy(&x->arena, (str){text, size > 0 ? (size_t)size : 0});
}

/* S13: more than 256 MB that could not be folded into the database are warned of. */
static void a_write_ahead_log_that_stays_long_is_warned_of(void **state)
{
    struct exchange *x = *state;
    struct store *faulty;
    must(x, store_open_with(&x->arena, x->dir, "fault:0", &faulty));
    assert_says(words_of_sealing(x, faulty, INT64_C(256) << 20), "");
    str words = words_of_sealing(x, faulty, INT64_C(300) << 20);
    assert_true(str_find(words, LIT("the write-ahead log holds 300 MB")) < words.len);
    store_close(faulty);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        EXCHANGE_TEST(verbs_are_done_whole_or_not_at_all),
        EXCHANGE_TEST(failing_to_begin_harms_nobody),
        EXCHANGE_TEST(a_write_ahead_log_that_stays_long_is_warned_of),
    };
    return cmocka_run_group_tests_name("store/log_faults", tests, NULL, NULL);
}
