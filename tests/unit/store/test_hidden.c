/*
 * O1, V1: what others keep hidden under an id costs its reader nothing. Times scatter, calls of the
 * database do not: they are counted here, with and without hidden entries, on each way to an
 * object.
 */
#include "exchange.h"

#include "db/fault.h"
#include "store/migrations.h"

#define OLDER_MIGRATIONS 13
#define HIDDEN_COUNT 40

struct hidden {
    struct exchange *x;
    struct store *counting;
    uint32_t crowded; /* two objects that Low reads; the first has hidden entries beside it */
    uint32_t quiet;
};

static const char *const LABELLED = ",\"x_count\":%u%s";

static void open_counting(struct hidden *h, struct exchange *x)
{
    *h = (struct hidden){.x = x};
    must(x, store_open_with(&x->arena, x->dir, "fault:0", &h->counting));
}

static uint32_t newest(struct exchange *x)
{
    return (uint32_t)exchange_number(x, "SELECT max(n) FROM entry");
}

/* Newer versions under AMBER of the contributor, and lineages of others under AMBER and RED. */
static void hide(struct exchange *x, const char *type, unsigned count)
{
    const enum tlp LABELS[] = {TLP_AMBER, TLP_RED};
    const struct who whose[] = {x->f1, x->p1};
    for (unsigned i = 0; i < count; i++) {
        str mark = marked(x, LABELS[i / 2 % 2]);
        unsigned version = type[0] == 'u' ? 0 : 2 + i / 2;
        assert_says(
            post(x, whose[i % 2], x->k, thing_with(x, type, 1, version, LABELLED, i + 1, mark.at)),
            "A");
    }
}

static struct page page_for(struct hidden *h, struct who who, const struct page_query *q,
                            uint64_t *calls)
{
    struct page page;
    struct arena *a = &h->x->arena;
    for (int round = 0; round < 2; round++) { /* the first fills what is remembered */
        OWNED(session_done) struct session s = {0};
        must(h->x, session_read(a, h->counting, &s));
        struct reader r = reader_for(h->x, &s, who);
        db_fault_arm(s.db, 0);
        must(h->x, page_read(a, &s, &r, q, &page));
        *calls = db_fault_calls(s.db);
    }
    return page;
}

/* The page with just this entry, as a list finds it. */
static uint64_t calls_of_entry(struct hidden *h, struct page_query q, uint32_t number)
{
    uint64_t calls;
    q.collection = h->x->k;
    q.limit = 1;
    q.wants_bytes = true;
    q.after = number - 1;
    q.before = number + 1;
    struct page page = page_for(h, h->x->low, &q, &calls);
    assert_int_equal(page.count, 1);
    assert_int_equal(page.items[0].entry.number, number);
    return calls;
}

static uint64_t calls_of_id(struct hidden *h, struct page_query q, str id, size_t expected)
{
    uint64_t calls;
    q.collection = h->x->k;
    q.limit = 10;
    q.ids = &id;
    q.id_count = 1;
    assert_int_equal(page_for(h, h->x->low, &q, &calls).count, expected);
    return calls;
}

static uint64_t calls_of_entries(struct hidden *h, str id, size_t expected)
{
    struct exchange *x = h->x;
    OWNED(session_done) struct session s = {0};
    struct log_entries entries = {0};
    must(x, session_read(&x->arena, h->counting, &s));
    struct reader r = reader_for(x, &s, x->low);
    db_fault_arm(s.db, 0);
    must(x, page_entries_of(&x->arena, &s, &r, id, 0, &entries));
    assert_int_equal(entries.count, expected);
    return db_fault_calls(s.db);
}

static void put_pair(struct hidden *h, const char *type, unsigned version)
{
    struct exchange *x = h->x;
    str green = marked(x, TLP_GREEN);
    post(x, x->f1, x->k, thing(x, type, 1, version, green));
    h->crowded = newest(x);
    post(x, x->f1, x->k, thing(x, type, 2, version, green));
    h->quiet = newest(x);
}

static void compare_reading(struct hidden *h, const char *type)
{
    const struct page_query kinds[] = {
        {0}, {.wants_all = true}, {.wants_first = true}, {.wants_first = true, .wants_last = true}};
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        assert_int_equal(calls_of_entry(h, kinds[i], h->crowded),
                         calls_of_entry(h, kinds[i], h->quiet));
        assert_int_equal(calls_of_id(h, kinds[i], id_of(h->x, type, 1), 1),
                         calls_of_id(h, kinds[i], id_of(h->x, type, 2), 1));
    }
    assert_int_equal(calls_of_entries(h, id_of(h->x, type, 1), 1),
                     calls_of_entries(h, id_of(h->x, type, 2), 1));
}

static void newer_versions_that_are_hidden_cost_a_reader_nothing(void **state)
{
    struct hidden h;
    open_counting(&h, *state);
    put_pair(&h, "indicator", 1);
    hide(h.x, "indicator", HIDDEN_COUNT);
    compare_reading(&h, "indicator");
    store_close(h.counting);
}

static void others_entries_of_an_id_that_can_be_guessed_cost_a_reader_nothing(void **state)
{
    struct hidden h;
    open_counting(&h, *state);
    put_pair(&h, "url", 0);
    hide(h.x, "url", HIDDEN_COUNT);
    compare_reading(&h, "url");
    store_close(h.counting);
}

static void what_is_hidden_whole_costs_what_is_not_there(void **state)
{
    struct hidden h;
    open_counting(&h, *state);
    hide(h.x, "indicator", HIDDEN_COUNT);
    post(h.x, h.x->f1, h.x->k, thing(h.x, "indicator", 3, 1, LIT("")));
    const struct page_query all = {.wants_all = true};
    uint64_t absent = calls_of_id(&h, all, id_of(h.x, "indicator", 4), 0);
    assert_int_equal(calls_of_id(&h, all, id_of(h.x, "indicator", 1), 0), absent);
    assert_int_equal(calls_of_id(&h, all, id_of(h.x, "indicator", 3), 0), absent);
    store_close(h.counting);
}

/* Appends as Plat, and takes it back. */
static uint64_t calls_of_posting(struct hidden *h, str text)
{
    struct exchange *x = h->x;
    struct arena *a = &x->arena;
    OWNED(json_reader_done) struct json_reader reader = {0};
    OWNED(session_done) struct session s = {0};
    struct log_item item = {0};
    json object;
    must(x, session_write(a, h->counting, &s));
    struct reader r = reader_for(x, &s, x->p1);
    must(x, reader_intern_actor(a, &s, &r));
    must(x, json_read(a, &reader, text, NULL, &object));
    must(x, stix_object_read(a, object, &item.object));
    struct log_submission sub = {.reader = &r,
                                 .contributor = x->p1.org,
                                 .collections = &x->k,
                                 .collection_count = 1,
                                 .items = &item,
                                 .item_count = 1};
    db_fault_arm(s.db, 0);
    must(x, log_append(a, &s, &sub));
    assert_int_equal(item.outcome, LOG_ADDED);
    return db_fault_calls(s.db);
}

static void posting_an_id_costs_by_what_its_submitter_may_read(void **state)
{
    struct hidden h;
    open_counting(&h, *state);
    struct exchange *x = h.x;
    str red = marked(x, TLP_RED);
    post(x, x->f1, x->k, thing_with(x, "url", 1, 0, LABELLED, 0, red.at));
    for (unsigned i = 0; i < HIDDEN_COUNT; i++)
        post(x, x->f1, x->k, thing_with(x, "url", 2, 0, LABELLED, i + 1, red.at));
    calls_of_posting(&h, thing(x, "url", 1, 0, LIT(""))); /* fills what is remembered */
    uint64_t one = calls_of_posting(&h, thing(x, "url", 1, 0, LIT("")));
    uint64_t many = calls_of_posting(&h, thing(x, "url", 2, 0, LIT("")));
    uint64_t none = calls_of_posting(&h, thing(x, "url", 3, 0, LIT("")));
    assert_int_equal(many, one);
    assert_in_range(many - none, 0, 8); /* once for each audience: the row that names them */
    store_close(h.counting);
}

/* Whoever reads both audiences is given one lineage and its newest version all the same. */
static void a_reader_of_several_audiences_gets_them_settled(void **state)
{
    struct hidden h;
    open_counting(&h, *state);
    put_pair(&h, "indicator", 1);
    post(h.x, h.x->f1, h.x->k, thing(h.x, "indicator", 1, 3, marked(h.x, TLP_AMBER)));
    post(h.x, h.x->f1, h.x->k, thing(h.x, "indicator", 2, 3, marked(h.x, TLP_RED)));
    assert_says(shows(h.x, h.x->low, h.x->k), "i1v1 i2v1");
    assert_says(shows(h.x, h.x->ohio, h.x->k), "i2v1 i1v3");
    assert_says(shows(h.x, h.x->f1, h.x->k), "i1v3 i2v3");
    const struct page_query all = {.collection = h.x->k, .wants_all = true};
    assert_says(shows_in(h.x, h.x->store, h.x->ohio, &all), "i1v1 i2v1 i1v3");
    assert_int_equal(exchange_number(h.x, "SELECT count(*) FROM contest"), 0);
    store_close(h.counting);
}

/* The index as it was before its rows began with the audience. */
static const char OLDER_ROWS[] =
    "INSERT INTO object_key (hash, n, collection, audience) VALUES "
    "(-7, 1, 1, 3), (-7, 2, 1, 3), (-7, 5, 2, 3), (8, 3, 1, 70000000), (8, 4, 1, 2), "
    "(8, 6, 1, 4095), (8, 7, 2, 2), (9, 8, 1, 1)";

static void assert_audiences(struct exchange *x, struct db *db, int64_t hash, size_t count,
                             const uint32_t *expected)
{
    struct key_audiences list;
    must(x, object_key_audiences(&x->arena, db, hash, &list));
    assert_int_equal(list.count, count);
    if (count)
        assert_memory_equal(list.items, expected, count * sizeof(*expected));
}

static void an_index_of_an_older_tocsin_is_taken_over(void **state)
{
    struct exchange *x = *state;
    struct arena *a = &x->arena;
    str path = arena_print(a, "%s/older.db", x->folder);
    const struct db_options options = {.driver = "sqlite", .address = path, .may_create = true};
    const uint32_t alone[] = {3};
    const uint32_t several[] = {2, 4095, 70000000};
    struct db *db;
    struct key_hashes wrong = {0};
    struct log_keys keys = {0};
    must(x, db_open(a, &options, &db));
    must(x, db_migrate(a, db, STORE_MIGRATIONS, OLDER_MIGRATIONS));
    must(x, db_run_script(a, db, str_of(OLDER_ROWS)));
    must(x, db_migrate(a, db, STORE_MIGRATIONS, STORE_MIGRATION_COUNT));
    must(x, object_key_wrong_heads(a, db, &wrong));
    assert_int_equal(wrong.count, 0);
    assert_audiences(x, db, -7, 1, alone);
    assert_audiences(x, db, 8, 3, several);
    assert_audiences(x, db, 7, 0, NULL);
    assert_audiences(x, db, 10, 0, NULL);
    must(x, object_key_list(a, db, &(struct key_place){-7, 3, 1}, &keys));
    assert_int_equal(keys.count, 2);
    must(x, object_key_list(a, db, &(struct key_place){8, 2, 0}, &keys));
    assert_int_equal(keys.count, 4);
    assert_int_equal(keys.items[3].number, 7);
    db_close(db);
    remove(path.at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        EXCHANGE_TEST(newer_versions_that_are_hidden_cost_a_reader_nothing),
        EXCHANGE_TEST(others_entries_of_an_id_that_can_be_guessed_cost_a_reader_nothing),
        EXCHANGE_TEST(what_is_hidden_whole_costs_what_is_not_there),
        EXCHANGE_TEST(posting_an_id_costs_by_what_its_submitter_may_read),
        EXCHANGE_TEST(a_reader_of_several_audiences_gets_them_settled),
        EXCHANGE_TEST(an_index_of_an_older_tocsin_is_taken_over),
    };
    return cmocka_run_group_tests_name("store/hidden", tests, NULL, NULL);
}
