/*
 * What is new, as it is asked for: by kind, source, label and collection, in pages that look at a
 * stated number of things, and at nothing that is hidden.
 */
#include "exchange.h"

#include "service/fresh.h"
#include "service/newest_things.h"

#define NOTES_MANY (NEWEST_LOOKED_MAX + 20)

/* Of a query: one of a kind, a source, a collection; labels. */
#define KIND(word) .kinds = (const str[]){LIT(word)}, .kind_count = 1
#define SOURCE(id) .sources = (const str[]){id}, .source_count = 1
#define IN(collection) .collections = (const uint32_t[]){collection}, .collection_count = 1
#define GREEN (1U << TLP_GREEN)
#define AMBER (1U << TLP_AMBER)
#define RED (1U << TLP_RED)

static void share(struct exchange *x, struct who who, uint32_t in, const char *type, unsigned n,
                  enum tlp label)
{
    str more = arena_print(&x->arena, "%s,\"name\":\"%s %u\"", marked(x, label).at, type, n);
    assert_says(post(x, who, in, thing(x, type, n, 1, more)), "A");
}

static str note_about(struct exchange *x, unsigned n, str about)
{
    return thing_with(x, "note", n, 1, "%s,\"content\":\"note %u\",\"object_refs\":[\"%.*s\"]",
                      marked(x, TLP_GREEN).at, n, STR_ARG(about));
}

/* The titles of a page; `q` goes on behind it. */
static str page_of(struct exchange *x, struct who who, struct fresh_query *q)
{
    OWNED(session_done) struct session s = {0};
    struct fresh_list found;
    struct buf told;
    buf_init(&told, 1 << 16);
    q->limit = q->limit ? q->limit : 50;
    must(x, session_read(&x->arena, x->store, &s));
    struct reader r = reader_for(x, &s, who);
    must(x, fresh_read(&x->arena, &s, &r, q, &found));
    for (size_t i = 0; i < found.count; i++)
        buf_print(&told, "%s%.*s", i ? ", " : "", STR_ARG(found.items[i].title));
    q->before = found.next;
    str out = arena_copy(&x->arena, buf_str(&told));
    buf_done(&told);
    return out;
}

static str all_of(struct exchange *x, struct who who, struct fresh_query q)
{
    str told = page_of(x, who, &q);
    assert_int_equal(q.before, 0);
    return told;
}

static void what_is_new_is_narrowed_by_what_it_is_and_by_whom_and_how(void **state)
{
    struct exchange *x = *state;
    share(x, x->f1, x->k, "report", 1, TLP_GREEN);
    share(x, x->f1, x->k, "campaign", 2, TLP_AMBER);
    share(x, x->p1, x->k, "campaign", 3, TLP_GREEN);
    assert_says(all_of(x, x->ohio, (struct fresh_query){0}), "campaign 3, campaign 2, report 1");
    assert_says(all_of(x, x->ohio, (struct fresh_query){KIND("campaign")}),
                "campaign 3, campaign 2");
    assert_says(all_of(x, x->ohio, (struct fresh_query){.labels = GREEN}), "campaign 3, report 1");
    assert_says(all_of(x, x->ohio, (struct fresh_query){.labels = AMBER}), "campaign 2");
    str fed = exchange_id_of(x, x->fed);
    assert_says(all_of(x, x->ohio, (struct fresh_query){SOURCE(fed)}), "campaign 2, report 1");
    assert_says(all_of(x, x->ohio, (struct fresh_query){SOURCE(fed), .labels = GREEN}), "report 1");
    assert_says(all_of(x, x->ohio, (struct fresh_query){SOURCE(exchange_id_of(x, x->out))}), "");
    assert_says(all_of(x, x->ohio, (struct fresh_query){SOURCE(LIT("identity--none"))}), "");
}

static void a_thing_whose_newest_version_has_another_label_stands_under_that_one(void **state)
{
    struct exchange *x = *state;
    share(x, x->f1, x->k, "report", 1, TLP_GREEN);
    str next = thing_with(x, "report", 1, 2, "%s,\"name\":\"again\"", marked(x, TLP_AMBER).at);
    assert_says(post(x, x->f1, x->k, next), "A");
    assert_says(all_of(x, x->ohio, (struct fresh_query){.labels = GREEN}), "");
    assert_says(all_of(x, x->ohio, (struct fresh_query){.labels = AMBER}), "again");
    assert_says(all_of(x, x->low, (struct fresh_query){.labels = GREEN}), "report 1");
}

static void of_one_collection_it_is_what_came_last_there(void **state)
{
    struct exchange *x = *state;
    uint32_t other = exchange_collection(x, "other", TLP_GREEN, false);
    exchange_grant(x, other, x->ohio, true, false);
    exchange_grant(x, other, x->fed, true, true);
    share(x, x->f1, x->k, "report", 1, TLP_GREEN);
    share(x, x->f1, other, "report", 1, TLP_GREEN);
    share(x, x->f1, x->k, "report", 2, TLP_GREEN);
    assert_says(all_of(x, x->ohio, (struct fresh_query){0}), "report 2, report 1");
    assert_says(all_of(x, x->ohio, (struct fresh_query){IN(x->k)}), "report 2, report 1");
    assert_says(all_of(x, x->ohio, (struct fresh_query){IN(other)}), "report 1");
    assert_says(all_of(x, x->low, (struct fresh_query){IN(other)}), "");
}

static void of_several_values_any_will_do(void **state)
{
    struct exchange *x = *state;
    share(x, x->f1, x->k, "report", 1, TLP_GREEN);
    share(x, x->p1, x->k, "campaign", 2, TLP_AMBER);
    share(x, x->p1, x->k, "incident", 3, TLP_GREEN);
    assert_says(post(x, x->p1, x->k, note_about(x, 4, id_of(x, "report", 1))), "A");
    const str kinds[] = {LIT("note"), LIT("report"), LIT("answer")};
    struct fresh_query q = {.kinds = kinds, .kind_count = 3};
    assert_says(all_of(x, x->ohio, q), "note 4, report 1");
    q.kind_count = 2;
    assert_says(all_of(x, x->ohio, q), "note 4, report 1");
    q.kinds = kinds + 1; /* an answer is no plain note, and a report is neither */
    assert_says(all_of(x, x->ohio, q), "report 1");
    const str sources[] = {exchange_id_of(x, x->plat), exchange_id_of(x, x->out),
                           exchange_id_of(x, x->fed)};
    q = (struct fresh_query){.sources = sources, .source_count = 2, .labels = GREEN | AMBER};
    assert_says(all_of(x, x->ohio, q), "note 4, incident 3, campaign 2");
    q.source_count = 3;
    assert_says(all_of(x, x->ohio, q), "note 4, incident 3, campaign 2, report 1");
    q.labels = AMBER | RED;
    assert_says(all_of(x, x->ohio, q), "campaign 2");
}

static void of_several_collections_each_thing_is_where_it_came_last_in_one_of_them(void **state)
{
    struct exchange *x = *state;
    uint32_t in[3] = {x->k};
    for (size_t i = 1; i < 3; i++) {
        in[i] = exchange_collection(x, i == 1 ? "second" : "third", TLP_GREEN, false);
        exchange_grant(x, in[i], x->ohio, true, false);
        exchange_grant(x, in[i], x->fed, true, true);
    }
    share(x, x->f1, in[0], "report", 1, TLP_GREEN);
    share(x, x->f1, in[1], "report", 2, TLP_GREEN);
    share(x, x->f1, in[1], "report", 1, TLP_GREEN);
    share(x, x->f1, in[0], "report", 3, TLP_GREEN);
    share(x, x->f1, in[2], "report", 2, TLP_GREEN);
    struct fresh_query q = {.collections = in, .collection_count = 2};
    assert_says(all_of(x, x->ohio, q), "report 3, report 1, report 2");
    q.collection_count = 3;
    assert_says(all_of(x, x->ohio, q), "report 2, report 3, report 1");
    assert_says(all_of(x, x->ohio, (struct fresh_query){0}), "report 2, report 3, report 1");
}

/* More of them than a page of the store takes, in fewer numbers than it first looks at. */
static void the_newest_come_first_however_many_there_are_of_them(void **state)
{
    struct exchange *x = *state;
    struct fresh_query q = {.limit = 60};
    for (unsigned i = 1; i <= NEWEST_MAX + 20; i++)
        share(x, x->f1, x->k, "report", i, TLP_GREEN);
    assert_true(str_starts(page_of(x, x->ohio, &q), LIT("report 120, report 119, ")));
    assert_true(str_starts(page_of(x, x->ohio, &q), LIT("report 60, report 59, ")));
    assert_says(page_of(x, x->ohio, &q), "");
    assert_int_equal(q.before, 0);
}

/* Plat's notes carry the audience of what they are about, which is Fed's (G6). */
static void what_fits_rarely_is_found_page_by_page(void **state)
{
    struct exchange *x = *state;
    struct fresh_query q = {KIND("note"), SOURCE(exchange_id_of(x, x->fed))};
    struct buf many;
    share(x, x->f1, x->k, "campaign", 1, TLP_AMBER);
    assert_says(post(x, x->f1, x->k, note_about(x, 9001, id_of(x, "campaign", 1))), "A");
    buf_init(&many, 1 << 24);
    for (unsigned i = 1; i <= NOTES_MANY; i++) {
        buf_put(&many, i > 1 ? LIT(",") : LIT(""));
        buf_put(&many, note_about(x, i, id_of(x, "campaign", 1)));
    }
    str outcomes = post(x, x->p1, x->k, buf_str(&many));
    assert_int_equal(outcomes.len, NOTES_MANY);
    assert_int_equal(outcomes.at[NOTES_MANY - 1], 'A');
    buf_done(&many);
    assert_says(page_of(x, x->ohio, &q), "");
    assert_true(q.before > 0);
    assert_says(page_of(x, x->ohio, &q), "note 9001");
    assert_int_equal(q.before, 0);
}

/* Whoever reads its bytes, which are none, fails. */
static void of_what_is_hidden_no_byte_is_read_whatever_is_asked(void **state)
{
    struct exchange *x = *state;
    share(x, x->f1, x->k, "report", 1, TLP_RED);
    share(x, x->f1, x->k, "report", 2, TLP_GREEN);
    exchange_sql(x, "UPDATE body SET bytes = x'' WHERE id LIKE 'report--%1'");
    assert_says(all_of(x, x->ohio, (struct fresh_query){.labels = RED}), "");
    assert_says(all_of(x, x->ohio, (struct fresh_query){KIND("report")}), "report 2");
    assert_says(all_of(x, x->ohio, (struct fresh_query){SOURCE(exchange_id_of(x, x->fed))}),
                "report 2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        EXCHANGE_TEST(what_is_new_is_narrowed_by_what_it_is_and_by_whom_and_how),
        EXCHANGE_TEST(a_thing_whose_newest_version_has_another_label_stands_under_that_one),
        EXCHANGE_TEST(of_one_collection_it_is_what_came_last_there),
        EXCHANGE_TEST(of_several_values_any_will_do),
        EXCHANGE_TEST(of_several_collections_each_thing_is_where_it_came_last_in_one_of_them),
        EXCHANGE_TEST(the_newest_come_first_however_many_there_are_of_them),
        EXCHANGE_TEST(what_fits_rarely_is_found_page_by_page),
        EXCHANGE_TEST(of_what_is_hidden_no_byte_is_read_whatever_is_asked),
    };
    return cmocka_run_group_tests_name("fresh", tests, NULL, NULL);
}
