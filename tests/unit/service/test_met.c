/*
 * What others met, page by page: a long reading holds up no writer and misses nothing, and of a
 * thing that is not one's own nothing is read.
 */
#include "exchange.h"

#include "service/indexer.h"
#include "service/met.h"
#include "store/pool.h"

#define SIGHTINGS_MANY 1200 /* more than one page looks at */

static str met_by(struct exchange *x, unsigned n, unsigned of, const char *type)
{
    return thing_with(x, "sighting", n, 1, "%s,\"sighting_of_ref\":\"%.*s\"",
                      marked(x, TLP_GREEN).at, STR_ARG(id_of(x, type, of)));
}

static void share(struct exchange *x, struct who who, const char *type, unsigned n)
{
    str more = arena_print(&x->arena, "%s,\"name\":\"Thing %u\"", marked(x, TLP_GREEN).at, n);
    assert_says(post(x, who, x->k, thing(x, type, n, 1, more)), "A");
}

/* In one session: it is many of them. */
static void meet_often(struct exchange *x, unsigned from, unsigned count, unsigned of)
{
    struct buf all;
    buf_init(&all, 1 << 24);
    for (unsigned i = 0; i < count; i++) {
        buf_put(&all, i ? LIT(",") : LIT(""));
        buf_put(&all, met_by(x, from + i, of, "indicator"));
    }
    post(x, x->p1, x->k, buf_str(&all));
    buf_done(&all);
}

/* Somebody who reads, and what happens when they have the first thing before them. */
struct telling {
    struct exchange *x;
    struct buf told;
    void (*meanwhile)(struct exchange *x);
};

static err tell(void *context, const struct met_thing *one)
{
    struct telling *t = context;
    if (t->meanwhile && t->told.len == 0)
        t->meanwhile(t->x);
    buf_print(&t->told, "%s%.*s", t->told.len ? ", " : "", STR_ARG(one->title));
    return NULL;
}

static str walk(struct exchange *x, void (*meanwhile)(struct exchange *x))
{
    struct telling t = {.x = x, .meanwhile = meanwhile};
    const struct reading_query q = {.command = "who has-met", .org = x->fed.org};
    buf_init(&t.told, 1 << 16);
    must(x, met_things_walk(&x->arena, x->store, &q, tell, &t));
    str told = arena_copy(&x->arena, buf_str(&t.told));
    buf_done(&t.told);
    return told;
}

/* The whole of the write-ahead log goes into the database unless somebody reads an old state. */
static void write_and_fold(struct exchange *x)
{
    struct connection *c;
    int64_t wal_bytes;
    share(x, x->p1, "campaign", 9);
    must(x, pool_take(&x->arena, x->store->pool, &c));
    must(x, db_checkpoint(&x->arena, c->db, &wal_bytes));
    pool_give(x->store->pool, c);
    assert_int_equal(wal_bytes, 0);
}

static void a_list_of_what_was_met_holds_no_snapshot(void **state)
{
    struct exchange *x = *state;
    share(x, x->f1, "indicator", 1);
    share(x, x->f1, "indicator", 2);
    meet_often(x, 1, 1, 2);
    meet_often(x, 2, 1, 1);
    assert_says(walk(x, write_and_fold), "Thing 1, Thing 2");
}

/* The second thing, which stands on the second page, and one that nobody had met before. */
static void meet_more(struct exchange *x)
{
    meet_often(x, 8001, 1, 2);
    meet_often(x, 8002, 1, 3);
    must(x, indexer_catch_up(&x->arena, x->store, &(struct watch){0}));
}

static void what_is_met_while_the_list_is_read_is_in_it_once(void **state)
{
    struct exchange *x = *state;
    for (unsigned n = 1; n <= 3; n++)
        share(x, x->f1, "indicator", n);
    meet_often(x, 1, 1, 2);
    meet_often(x, 2, SIGHTINGS_MANY, 1);
    assert_says(walk(x, meet_more), "Thing 1, Thing 3, Thing 2");
    assert_says(walk(x, NULL), "Thing 3, Thing 2, Thing 1");
}

static size_t count_for(struct exchange *x, struct who who)
{
    OWNED(session_done) struct session s = {0};
    const struct met_things_query q = {.limit = 100};
    struct met_things found;
    must(x, session_read(&x->arena, x->store, &s));
    struct reader r = reader_for(x, &s, who);
    must(x, met_things_read(&x->arena, &s, &r, &q, &found));
    return found.count;
}

/* Whoever reads its bytes, which are none, fails. */
static void of_what_is_not_ones_own_no_byte_is_read(void **state)
{
    struct exchange *x = *state;
    share(x, x->f1, "indicator", 1);
    meet_often(x, 1, 1, 1);
    must(x, indexer_catch_up(&x->arena, x->store, &(struct watch){0}));
    assert_int_equal(count_for(x, x->fed), 1);
    exchange_sql(x, "UPDATE body SET bytes = x'' WHERE id LIKE 'indicator--%'");
    assert_int_equal(count_for(x, x->ohio), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        EXCHANGE_TEST(a_list_of_what_was_met_holds_no_snapshot),
        EXCHANGE_TEST(what_is_met_while_the_list_is_read_is_in_it_once),
        EXCHANGE_TEST(of_what_is_not_ones_own_no_byte_is_read),
    };
    return cmocka_run_group_tests_name("met", tests, NULL, NULL);
}
