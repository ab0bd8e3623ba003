/*
 * Search: what is found and what is not (L3, L6, L7), that it goes through the gate and that its
 * pages, its counts and the work it does follow from what the reader may read alone (G1, O1), that
 * the index follows the log, and that what is purged leaves it.
 */
#include "exchange.h"

#include "store/search.h"
#include "store/search_index.h"

static str called(struct exchange *x, const char *name)
{
    return arena_print(&x->arena, ",\"name\":\"%s\"", name);
}

static void index_all(struct exchange *x)
{
    bool is_behind = true;
    while (is_behind) {
        OWNED(session_done) struct session s = {0};
        struct search_state at;
        must(x, session_write(&x->arena, x->store, &s));
        must(x, search_advance(&x->arena, &s));
        must(x, search_state_read(&x->arena, &s, &at));
        is_behind = at.indexed < (uint32_t)s.last_number || at.has_moved;
        must(x, session_commit(&x->arena, &s));
    }
}

static void put_row(struct buf *to, const struct page_row *row)
{
    str id = row->body.id;
    uint32_t n = 0;
    for (size_t i = id.len - 12; i < id.len; i++)
        n = n * 10 + (uint32_t)(id.at[i] - '0');
    buf_print(to, "%s%.1s%u", to->len ? " " : "", id.at, n);
}

/* What a reader finds, page by page, the newest first. */
static str finds_by(struct exchange *x, struct who who, const char *words, size_t limit)
{
    OWNED(session_done) struct session s = {0};
    struct buf text;
    struct page page = {.has_more = true};
    struct search_query q = {.text = str_of(words), .limit = limit};
    buf_init(&text, 1 << 20);
    must(x, session_read(&x->arena, x->store, &s));
    struct reader r = reader_for(x, &s, who);
    while (page.has_more) {
        must(x, search_read(&x->arena, &s, &r, &q, &page));
        assert_true(page.count == limit || !page.has_more);
        for (size_t i = 0; i < page.count; i++)
            put_row(&text, &page.items[i]);
        q.before = page.last_number;
    }
    str copy = arena_copy(&x->arena, buf_str(&text));
    buf_done(&text);
    return copy;
}

static str finds(struct exchange *x, struct who who, const char *words)
{
    index_all(x);
    str all = finds_by(x, who, words, 1000);
    assert_says(finds_by(x, who, words, 1), all.at);
    assert_says(finds_by(x, who, words, 2), all.at);
    return all;
}

static void words_are_found_without_case_and_accents(void **state)
{
    struct exchange *x = *state;
    post(x, x->f1, x->k,
         thing(x, "indicator", 1, 1, LIT(",\"name\":\"Login page of HARBOR County\"")));
    post(x, x->f1, x->k,
         thing(x, "indicator", 2, 1, LIT(",\"name\":\"Caf\xc3\xa9 r\xc3\xa9sum\xc3\xa9\"")));
    post(x, x->f1, x->k,
         thing(x, "indicator", 3, 1, LIT(",\"description\":\"see login-ohio.example\"")));
    static const char *const CASES[][2] = {
        {"harbor", "i1"},
        {"Harbor county", "i1"},
        {"county harbor", "i1"},
        {"harb", "i1"},
        {"harbors", ""},
        {"RESUME", "i2"},
        {"caf\xc3\xa9", "i2"},
        {"login", "i3 i1"},
        {"login-ohio.example", "i3"},
        {"o", ""},
        {"of", "i1"},
        {"login cafe", ""},
        {"\"login\" AND (ohio*", ""},
        {"login ohio*", "i3"},
    };
    for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++)
        assert_says(finds(x, x->ohio, CASES[i][0]), CASES[i][1]);
}

static void what_cannot_be_searched_for_is_refused_in_words(void **state)
{
    struct exchange *x = *state;
    OWNED(session_done) struct session s = {0};
    struct page page;
    struct search_query q = {.text = LIT(" -- "), .limit = 1};
    must(x, session_read(&x->arena, x->store, &s));
    struct reader r = reader_for(x, &s, x->ohio);
    must_fail(x, search_read(&x->arena, &s, &r, &q, &page), ERR_INPUT);
    q.text = LIT("a b c d e f g h i");
    must_fail(x, search_read(&x->arena, &s, &r, &q, &page), ERR_INPUT);
}

/* G1, G8, L7, L8: the newest version that this reader may read, and nothing withdrawn. */
static void only_what_the_reader_gets_is_found(void **state)
{
    struct exchange *x = *state;
    size_t withdrawn;
    str red = arena_join(&x->arena, called(x, "pier seven"), marked(x, TLP_RED), (str){0});
    post(x, x->f1, x->k, thing(x, "indicator", 1, 1, called(x, "harbor")));
    post(x, x->f1, x->k, thing(x, "indicator", 1, 2, red));
    post(x, x->f1, x->k, thing(x, "indicator", 2, 1, called(x, "harbor")));
    post(x, x->f1, x->k, thing(x, "indicator", 2, 2, called(x, "pier")));
    assert_says(finds(x, x->ohio, "harbor"), "i1");
    assert_says(finds(x, x->f1, "harbor"), "");
    assert_says(finds(x, x->f1, "pier"), "i2 i1");
    assert_says(finds(x, x->ohio, "pier"), "i2");
    assert_says(finds(x, x->low, "pier"), ""); /* a ceiling of GREEN */
    assert_says(finds(x, x->out, "pier"), "");
    must(x, withdraw(x, x->f1, x->k, id_of(x, "indicator", 2), &withdrawn));
    assert_says(finds(x, x->ohio, "pier"), "");
}

/* L3, L6: one of several lineages; what stands in two collections once. */
static void an_object_is_found_once(void **state)
{
    struct exchange *x = *state;
    uint32_t other = exchange_collection(x, "other", TLP_AMBER, false);
    exchange_grant(x, other, x->fed, true, true);
    exchange_grant(x, other, x->ohio, true, false);
    struct posting both = {.store = x->store,
                           .who = x->f1,
                           .collections = {x->k, other},
                           .collection_count = 2,
                           .objects = thing(x, "indicator", 1, 1, called(x, "harbor"))};
    str outcomes;
    must(x, post_with(x, &both, &outcomes));
    post(x, x->p1, x->k, thing(x, "indicator", 1, 3, called(x, "harbor")));
    assert_says(finds(x, x->ohio, "harbor"), "i1");
    assert_says(finds(x, x->plat, "harbor"), "i1");
}

/* G6: an end that comes later narrows what points at it, in the index as everywhere. */
static void what_is_narrowed_is_found_by_fewer(void **state)
{
    struct exchange *x = *state;
    str ends = from_to(x, id_of(x, "indicator", 1), id_of(x, "indicator", 2));
    str about = arena_join(&x->arena, ends, LIT(",\"description\":\"harbor\""), (str){0});
    post(x, x->f1, x->k, thing(x, "relationship", 1, 1, about));
    assert_says(finds(x, x->ohio, "harbor"), "r1");
    post(x, x->f1, x->k, thing(x, "indicator", 2, 1, marked(x, TLP_RED)));
    assert_int_equal(exchange_number(x, "SELECT count(*) FROM search_moved"), 1);
    assert_says(finds_by(x, x->ohio, "harbor", 10), ""); /* before the index has followed, too */
    assert_says(finds(x, x->f1, "harbor"), "r1");
    assert_says(finds(x, x->ohio, "harbor"), "");
    OWNED(session_done) struct session s = {0};
    must(x, session_read(&x->arena, x->store, &s));
    must(x, search_check(&x->arena, &s));
}

/* A word stands under the audience: for a reader the index holds no more than they may read. */
static void hidden_words_stand_under_other_terms(void **state)
{
    struct exchange *x = *state;
    post(x, x->f1, x->k,
         thing(x, "indicator", 1, 1,
               arena_join(&x->arena, called(x, "harbor"), marked(x, TLP_RED), (str){0})));
    post(x, x->f1, x->k, thing(x, "indicator", 2, 1, called(x, "harbor")));
    index_all(x);
    assert_int_equal(exchange_number(x, "SELECT count(DISTINCT term) FROM search_term "
                                        "WHERE term LIKE '%xharbor'"),
                     2);
    assert_int_equal(exchange_number(x, "SELECT count(*) FROM search_term "
                                        "WHERE term NOT LIKE '%x%'"),
                     0);
}

static uint64_t is_behind(struct exchange *x, struct who who)
{
    OWNED(session_done) struct session s = {0};
    uint64_t behind;
    must(x, session_read(&x->arena, x->store, &s));
    struct reader r = reader_for(x, &s, who);
    must(x, search_behind(&x->arena, &s, &r, &behind));
    return behind;
}

/* O6: how far the index is, is told by what the reader may read. */
static void how_far_it_is_counts_what_is_readable(void **state)
{
    struct exchange *x = *state;
    index_all(x);
    post(x, x->f1, x->k, thing(x, "indicator", 1, 1, marked(x, TLP_RED)));
    assert_int_equal(is_behind(x, x->ohio), 0);
    assert_int_equal(is_behind(x, x->f1), 1);
    post(x, x->f1, x->k, thing(x, "indicator", 2, 1, called(x, "pier")));
    assert_int_equal(is_behind(x, x->ohio), 1);
    index_all(x);
    assert_int_equal(is_behind(x, x->f1), 0);
}

/* Of the stored parts of the index, those in which "harbor" stands. */
static const char PARTS_WITH_HARBOR[] =
    "SELECT count(*) FROM search_index_data WHERE instr(block, x'686172626f72') > 0";

/* L8: what is purged leaves no word behind. */
static void purging_takes_the_words(void **state)
{
    struct exchange *x = *state;
    size_t withdrawn;
    struct log_purged purged;
    post(x, x->f1, x->k, thing(x, "indicator", 1, 1, called(x, "harbor")));
    post(x, x->f1, x->k, thing(x, "indicator", 2, 1, called(x, "pier")));
    index_all(x);
    assert_int_equal(exchange_number(x, PARTS_WITH_HARBOR), 1);
    must(x, withdraw(x, x->f1, x->k, id_of(x, "indicator", 1), &withdrawn));
    OWNED(session_done) struct session s = {0};
    must(x, session_write(&x->arena, x->store, &s));
    must(x, log_purge(&x->arena, &s, &(struct log_look){0}, &purged));
    must(x, search_check(&x->arena, &s));
    must(x, session_commit(&x->arena, &s));
    assert_int_equal(exchange_number(x, PARTS_WITH_HARBOR), 0);
    assert_says(finds(x, x->ohio, "pier"), "i2");
}

/* S15: what is not as the log has it is found, and made anew. */
static void a_damaged_index_is_found_and_made_anew(void **state)
{
    struct exchange *x = *state;
    post(x, x->f1, x->k, thing(x, "indicator", 1, 1, called(x, "harbor")));
    index_all(x);
    exchange_sql(x, "INSERT INTO search_index (rowid, words) VALUES (1, '1xpier')");
    OWNED(session_done) struct session s = {0};
    must(x, session_write(&x->arena, x->store, &s));
    must_fail(x, search_check(&x->arena, &s), ERR_CORRUPT);
    must(x, search_reset(&x->arena, &s));
    must(x, session_commit(&x->arena, &s));
    assert_says(finds(x, x->ohio, "harbor"), "i1");
    must(x, session_read(&x->arena, x->store, &s));
    must(x, search_check(&x->arena, &s));
}

/* An older tocsin's knows no number of this form: nothing of it is believed. */
static void an_index_of_an_older_form_is_made_anew(void **state)
{
    struct exchange *x = *state;
    post(x, x->f1, x->k, thing(x, "indicator", 1, 1, called(x, "harbor")));
    index_all(x);
    exchange_sql(x, "INSERT INTO search_index (rowid, words) VALUES (1, '1xpier')");
    exchange_sql(x, "UPDATE search_state SET form = 0");
    OWNED(session_done) struct session s = {0};
    struct search_state at;
    must(x, session_read(&x->arena, x->store, &s));
    must(x, search_state_read(&x->arena, &s, &at));
    assert_int_equal(at.indexed, 0);
    session_done(&s);
    assert_says(finds(x, x->ohio, "harbor"), "i1");
    must(x, session_read(&x->arena, x->store, &s));
    must(x, search_check(&x->arena, &s));
}

/* G6: by its id, through the gate like all that is searched. No text finds what names something. */
static void what_names_an_object_is_found_by_it(void **state)
{
    struct exchange *x = *state;
    post(x, x->f1, x->k, thing(x, "indicator", 1, 1, called(x, "harbor")));
    str note = arena_print(&x->arena, ",\"content\":\"x\",\"object_refs\":[\"%.*s\"]",
                           STR_ARG(id_of(x, "indicator", 1)));
    post(x, x->f1, x->k, thing(x, "note", 2, 1, note));
    post(x, x->f1, x->k,
         thing(x, "note", 3, 1, arena_join(&x->arena, note, marked(x, TLP_RED), (str){0})));
    index_all(x);
    OWNED(session_done) struct session s = {0};
    struct page page;
    must(x, session_read(&x->arena, x->store, &s));
    struct reader r = reader_for(x, &s, x->ohio);
    struct search_query q = {.named = id_of(x, "indicator", 1), .limit = 10};
    must(x, search_read(&x->arena, &s, &r, &q, &page));
    assert_int_equal(page.count, 1);
    assert_true(str_eq(page.items[0].body.id, id_of(x, "note", 2)));
    r = reader_for(x, &s, x->f1);
    must(x, search_read(&x->arena, &s, &r, &q, &page));
    assert_int_equal(page.count, 2);
    q = (struct search_query){.text = search_word_of_ref(&x->arena, log_id_hash(&s, q.named)),
                              .limit = 10};
    must(x, search_read(&x->arena, &s, &r, &q, &page));
    assert_int_equal(page.count, 0);
    must(x, search_check(&x->arena, &s));
}

/* ---- a random log against a slow model */

#define OBJECTS 60
static const char *const NAMES[] = {"harbor", "pier", "harbor pier", "lock", "harbormaster lock"};

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void post_random(struct exchange *x, uint32_t *seed, uint32_t other)
{
    const struct who *const WRITERS[] = {&x->f1, &x->f2, &x->p1};
    const uint32_t collection = next_random(seed) % 3 ? x->k : other;
    static const enum tlp LABELS[] = {TLP_CLEAR, TLP_GREEN, TLP_AMBER, TLP_RED};
    str more = called(x, NAMES[next_random(seed) % 5]);
    if (next_random(seed) % 2)
        more = arena_join(&x->arena, more, marked(x, LABELS[next_random(seed) % 4]), (str){0});
    post(x, *WRITERS[next_random(seed) % 3], collection,
         thing(x, "indicator", 1 + next_random(seed) % 12, 1 + next_random(seed) % 3, more));
}

static bool has_word(str name, const char *word)
{
    str rest = name;
    str one;
    while (str_cut(&rest, ' ', &one)) {
        if (str_starts(one, str_of(word)))
            return true;
    }
    return false;
}

static int newer(const void *a, const void *b)
{
    const struct page_row *one = a;
    const struct page_row *two = b;
    return (one->entry.number < two->entry.number) - (one->entry.number > two->entry.number);
}

/* Every page of every collection, looked through for the word. */
static str model(struct exchange *x, struct who who, const char *word)
{
    OWNED(session_done) struct session s = {0};
    OWNED(json_reader_done) struct json_reader reader = {0};
    struct buf text;
    struct page all = {0};
    buf_init(&text, 1 << 20);
    must(x, session_read(&x->arena, x->store, &s));
    struct reader r = reader_for(x, &s, who);
    for (size_t i = 0; i < s.policy->collection_count; i++) {
        struct page page = {0};
        const struct page_query q = {
            .collection = s.policy->collections[i].n, .limit = 1000, .wants_bytes = true};
        must(x, page_read(&x->arena, &s, &r, &q, &page));
        for (size_t k = 0; k < page.count; k++)
            *LIST_ADD(&x->arena, &all) = page.items[k];
    }
    if (all.count)
        qsort(all.items, all.count, sizeof(*all.items), newer);
    for (size_t i = 0; i < all.count; i++) {
        json object;
        bool is_again = false;
        for (size_t k = 0; k < i; k++)
            is_again |= all.items[k].entry.body == all.items[i].entry.body;
        must(x, json_read(&x->arena, &reader, all.items[i].body.bytes, NULL, &object));
        if (!is_again && has_word(json_get_string(object, LIT("name")), word))
            put_row(&text, &all.items[i]);
    }
    str copy = arena_copy(&x->arena, buf_str(&text));
    buf_done(&text);
    return copy;
}

/* G1, L6, L7, O1: for any log and any reader search gives what a walk through all pages gives. */
static void random_logs_are_searched_as_they_are_paged(void **state)
{
    struct exchange *x = *state;
    uint32_t seed = (uint32_t)clock_now_us();
    print_message("seed %u\n", seed);
    uint32_t other = exchange_collection(x, "other", TLP_GREEN, true);
    exchange_grant(x, other, x->fed, true, true);
    exchange_grant(x, other, x->plat, true, true);
    exchange_grant(x, other, x->low, true, false);
    const struct who READERS[] = {x->f1, x->f2, x->p1, x->fed, x->ohio, x->low, x->out};
    static const char *const WORDS[] = {"harbor", "pier", "lock", "harbormaster"};
    for (unsigned i = 0; i < OBJECTS; i++)
        post_random(x, &seed, other);
    for (size_t i = 0; i < sizeof(READERS) / sizeof(READERS[0]); i++) {
        for (size_t k = 0; k < sizeof(WORDS) / sizeof(WORDS[0]); k++) {
            str expected = model(x, READERS[i], WORDS[k]);
            assert_says(finds(x, READERS[i], WORDS[k]), expected.at);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        EXCHANGE_TEST(words_are_found_without_case_and_accents),
        EXCHANGE_TEST(what_cannot_be_searched_for_is_refused_in_words),
        EXCHANGE_TEST(only_what_the_reader_gets_is_found),
        EXCHANGE_TEST(an_object_is_found_once),
        EXCHANGE_TEST(what_is_narrowed_is_found_by_fewer),
        EXCHANGE_TEST(hidden_words_stand_under_other_terms),
        EXCHANGE_TEST(how_far_it_is_counts_what_is_readable),
        EXCHANGE_TEST(purging_takes_the_words),
        EXCHANGE_TEST(a_damaged_index_is_found_and_made_anew),
        EXCHANGE_TEST(an_index_of_an_older_form_is_made_anew),
        EXCHANGE_TEST(what_names_an_object_is_found_by_it),
        EXCHANGE_TEST(random_logs_are_searched_as_they_are_paged),
    };
    return cmocka_run_group_tests_name("store/search", tests, NULL, NULL);
}
