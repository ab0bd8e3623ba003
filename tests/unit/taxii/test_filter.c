/*
 * Filters and paging (TAXII 2.1 §3.4, §3.5, O2): what is read of a query, and what `next` tells and
 * refuses. The table of routes, and the page cache.
 */
#include "exchange.h"
#include "taxii/cache.h"
#include "taxii/exchange.h"
#include "taxii/filter.h"

static err read_query(struct exchange *x, const char *text, unsigned allowed,
                      struct taxii_filter *out)
{
    struct http_query query = {0};
    TRY(http_query_read(&x->arena, str_of(text), &query));
    return taxii_filter_read(&x->arena, &query, allowed, out);
}

static void queries_are_read_or_refused(void **state)
{
    struct exchange *x = *state;
    static const struct {
        const char *query;
        bool is_good;
        const char *canonical;
    } CASES[] = {
        {"", true, ""},
        {"unknown=1&unknown=2", true, ""},
        {"limit=5", true, ""},
        {"limit=99999999999", true, ""},
        {"limit=0", false, NULL},
        {"limit=-1", false, NULL},
        {"limit=", false, NULL},
        {"limit=1.5", false, NULL},
        {"limit=5&limit=5", false, NULL},
        {"limit=99999999999999999999999999", false, NULL},
        {"next=", true, ""},
        {"added_after=2018-08-01T00:00:00Z", true, "added_after=2018-08-01T00%3A00%3A00Z"},
        {"added_after=2018-08-01T00:00:00.123456789Z", true,
         "added_after=2018-08-01T00%3A00%3A00.123456789Z"},
        {"added_after=yesterday", false, NULL},
        {"added_after=2018-08-01", false, NULL},
        {"added_after=", false, NULL},
        {"match[id]=a--1,b--2", true, "match%5Bid%5D=a--1%2Cb--2"},
        {"match%5Bid%5D=a--1", true, "match%5Bid%5D=a--1"},
        {"match[id]=", false, NULL},
        {"match[id]=,,", false, NULL},
        {"match[type]=x&match[id]=y", true, "match%5Bid%5D=y&match%5Btype%5D=x"},
        {"match[id]=y%0Amatch[type]=x", true, "match%5Bid%5D=y%0Amatch%5Btype%5D%3Dx"},
        {"match[version]=all", true, "match%5Bversion%5D=all"},
        {"match[version]=first,last,2018-08-01T00:00:00Z", true,
         "match%5Bversion%5D=first%2Clast%2C2018-08-01T00%3A00%3A00Z"},
        {"match[version]=newest", false, NULL},
        {"match[spec_version]=2.1", true, "match%5Bspec_version%5D=2.1"},
        {"match[spec_version]=3.0", true, "match%5Bspec_version%5D=3.0"},
    };
    for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
        struct taxii_filter f;
        err e = read_query(x, CASES[i].query, TAXII_FILTER_ALL, &f);
        if ((e == NULL) != CASES[i].is_good)
            fail_msg("%s: %s", CASES[i].query, e ? e->text.at : "was read");
        if (e)
            assert_int_equal(e->code, ERR_INPUT);
        else
            assert_says(f.canonical, CASES[i].canonical);
    }
}

static void filters_mean_what_they_say(void **state)
{
    struct exchange *x = *state;
    struct taxii_filter f;
    must(x,
         read_query(x, "match[version]=first,last,2018-08-01T00:00:00Z&match[spec_version]=2.0,3",
                    TAXII_FILTER_ALL, &f));
    assert_true(f.query.wants_first && f.query.wants_last && !f.query.wants_all);
    assert_int_equal(f.query.version_count, 1);
    assert_int_equal(f.query.specs, VIEW_SPEC_20);
    assert_false(f.matches_nothing);
    must(x, read_query(x, "match[spec_version]=3.0", TAXII_FILTER_ALL, &f));
    assert_true(f.matches_nothing);
    must(x, read_query(x, "match[id]=a, b ,,c&limit=7", TAXII_FILTER_ALL, &f));
    assert_int_equal(f.query.id_count, 3);
    assert_says(f.query.ids[1], "b");
    assert_int_equal(f.query.limit, 7);
    /* what a resource does not take is passed over, and leaves no trace */
    must(x, read_query(x, "match[version]=nonsense&match[type]=x", TAXII_FILTER_ID, &f));
    assert_int_equal(f.query.type_count, 0);
    assert_says(f.canonical, "");
}

static err place(struct exchange *x, struct session *s, const char *query, const char *path,
                 struct taxii_filter *f)
{
    TRY(read_query(x, query, TAXII_FILTER_ALL, f));
    return taxii_filter_place(&x->arena, s, x->k, str_of(path), f);
}

/* O2: `next` goes on where it was, with the filters it began with. */
static void next_goes_on_with_its_filters(void **state)
{
    struct exchange *x = *state;
    for (unsigned i = 1; i <= 3; i++)
        post(x, x->f1, x->k, thing(x, "indicator", i, 1, LIT("")));
    OWNED(session_done) struct session s = {0};
    must(x, session_read(&x->arena, x->store, &s));
    static const char FIRST[] = "match[type]=indicator&match[version]=all&limit=2"
                                "&added_after=2018-01-01T00:00:00Z&match[spec_version]=2.1";
    struct taxii_filter first;
    must(x, place(x, &s, FIRST, "/p/", &first));
    str next = taxii_next(&x->arena, &s, &first, LIT("/p/"), 42);
    static const char *const AROUND[][2] = {
        {"", ""}, {FIRST, ""}, {"", "&limit=2"}, {"", "&unknown=1"}};
    for (size_t i = 0; i < sizeof(AROUND) / sizeof(AROUND[0]); i++) {
        str query = arena_print(&x->arena, "%s&next=%s%s", AROUND[i][0], next.at, AROUND[i][1]);
        struct taxii_filter f;
        must(x, place(x, &s, query.at, "/p/", &f));
        assert_int_equal(f.query.after, 42);
        assert_int_equal(f.query.since, first.query.since);
        assert_int_equal(f.query.limit, 2);
        assert_int_equal(f.query.type_count, 1);
        assert_int_equal(f.query.specs, VIEW_SPEC_21);
        assert_true(f.query.wants_all);
        assert_says(taxii_next(&x->arena, &s, &f, LIT("/p/"), 42), next.at); /* and again */
    }
    struct taxii_filter f;
    must(x, place(x, &s, arena_print(&x->arena, "next=%s&limit=1", next.at).at, "/p/", &f));
    assert_int_equal(f.query.limit, 1); /* the client may change its mind */
}

/* O2: it cannot be forged, nor used elsewhere. */
static void next_is_refused_where_it_does_not_belong(void **state)
{
    struct exchange *x = *state;
    OWNED(session_done) struct session s = {0};
    must(x, session_read(&x->arena, x->store, &s));
    struct taxii_filter f;
    must(x, place(x, &s, "match[type]=indicator", "/p/", &f));
    str next = taxii_next(&x->arena, &s, &f, LIT("/p/"), 42);
    str query = arena_join(&x->arena, LIT("next="), next, LIT(""));
    must_fail(x, place(x, &s, query.at, "/q/", &f), ERR_INPUT);
    must_fail(x, place(x, &s, arena_print(&x->arena, "%s&match[type]=url", query.at).at, "/p/", &f),
              ERR_INPUT);
    must_fail(x, place(x, &s, arena_print(&x->arena, "%s&match[id]=a--1", query.at).at, "/p/", &f),
              ERR_INPUT);
    for (size_t i = 5; i < query.len; i++) {
        char *wrong = (char *)(uintptr_t)arena_copy(&x->arena, query).at;
        wrong[i] = wrong[i] == 'A' ? 'B' : 'A';
        /* the last character may carry bits that mean nothing */
        if (i + 1 < query.len)
            must_fail(x, place(x, &s, wrong, "/p/", &f), ERR_INPUT);
        wrong[i] = 0;
        if (i > 5)
            must_fail(x, place(x, &s, wrong, "/p/", &f), ERR_INPUT);
    }
    static const char *const NONSENSE[] = {"next=1", "next=%ff", "next=*", "next=AAAA", "next=%20"};
    for (size_t i = 0; i < sizeof(NONSENSE) / sizeof(NONSENSE[0]); i++)
        assert_non_null(place(x, &s, NONSENSE[i], "/p/", &f));
    /* another exchange's is worth nothing here; this one's survives a restart */
    struct store *again = exchange_second(x);
    session_done(&s);
    must(x, session_read(&x->arena, again, &s));
    must(x, place(x, &s, query.at, "/p/", &f));
    session_done(&s);
    store_close(again);
}

/* Rows of the table: each says what right it asks for and what is recorded. */
static void every_route_has_a_right_and_an_audit_word(void **state)
{
    struct exchange *x = *state;
    static const char *const WORDS[] = {"none", "listed", "obtained", "objects.post",
                                        "objects.withdraw"};
    for (size_t i = 0; i < TAXII_ROW_COUNT; i++) {
        const struct taxii_row *row = &TAXII_ROWS[i];
        str path = str_of(row->route.path);
        bool is_word = false;
        for (size_t k = 0; k < sizeof(WORDS) / sizeof(WORDS[0]); k++)
            is_word |= str_eq(str_of(WORDS[k]), str_of(row->audit));
        bool has_collection = str_find(path, LIT("{collection}")) < path.len;
        bool asks_collection = row->right >= TAXII_RIGHT_READ && row->right <= TAXII_RIGHT_ANY;
        bool changes = row->route.method != HTTP_GET;
        if (!is_word || row->handle == NULL || has_collection != asks_collection ||
            !taxii_owns_path(path) || !str_ends(path, LIT("/")) ||
            (changes && !str_starts(str_of(row->audit), LIT("objects."))) ||
            (row->right == TAXII_RIGHT_NONE && !str_eq(path, LIT("/taxii2/"))))
            fail_msg("%s", row->route.path);
        /* it is found by its own path */
        struct http_route_match match;
        const struct http_routes routes = {TAXII_ROWS, sizeof(TAXII_ROWS[0]), TAXII_ROW_COUNT};
        str one = arena_copy(&x->arena, path);
        for (size_t k = 0; k < one.len; k++) {
            if (one.at[k] == '{' || one.at[k] == '}')
                ((char *)(uintptr_t)one.at)[k] = 'x';
        }
        must(x, http_route_find(&x->arena, routes, row->route.method, one, &match));
        assert_int_equal(match.index, i);
    }
}

/* ---- the page cache (O4) */

static struct cached_page *page_of(size_t bytes)
{
    static const uint32_t NUMBERS[] = {3, 5};
    char *text = malloc(bytes);
    assert_non_null(text);
    memset(text, 'x', bytes);
    struct cached_page *page = cached_page_new();
    page->plain = http_body_new((str){text, bytes}, free);
    page->etag = arena_copy(&page->arena, LIT("\"e\""));
    page->numbers = NUMBERS;
    page->count = 2;
    return page;
}

static void put(struct exchange *x, struct page_cache *c, unsigned key, size_t bytes)
{
    struct cached_page *page = page_of(bytes);
    page_cache_put(c, arena_print(&x->arena, "key %u", key), page);
    cached_page_release(page);
}

static bool has(struct exchange *x, struct page_cache *c, unsigned key)
{
    struct cached_page *page = page_cache_get(c, arena_print(&x->arena, "key %u", key));
    if (page == NULL)
        return false;
    assert_int_equal(page->count, 2);
    assert_int_equal(page->numbers[1], 5);
    assert_says(page->etag, "\"e\"");
    assert_true(http_body_bytes(page->plain).at[0] == 'x');
    cached_page_release(page);
    return true;
}

static void the_cache_keeps_what_was_used_last(void **state)
{
    struct exchange *x = *state;
    struct page_cache *c = page_cache_open((size_t)1 << 20);
    assert_false(has(x, c, 1));
    for (unsigned i = 1; i <= 6; i++)
        put(x, c, i, 100000);
    put(x, c, 3, 100000); /* known already */
    for (unsigned i = 1; i <= 6; i++)
        assert_true(has(x, c, i));
    assert_true(has(x, c, 1)); /* used last: 2 is the oldest now */
    for (unsigned i = 7; i <= 11; i++)
        put(x, c, i, 100000);
    assert_false(has(x, c, 2) && has(x, c, 3) && has(x, c, 4));
    assert_true(has(x, c, 1));
    assert_true(has(x, c, 11));
    put(x, c, 12, 300000); /* one page shall not push everything else out */
    assert_false(has(x, c, 12));
    page_cache_close(c);
}

/* A page that was got stays good when the cache drops it, or closes. */
static void pages_outlive_the_cache(void **state)
{
    struct exchange *x = *state;
    struct page_cache *c = page_cache_open((size_t)1 << 20);
    put(x, c, 1, 1000);
    struct cached_page *page = page_cache_get(c, LIT("key 1"));
    assert_non_null(page);
    page_cache_close(c);
    assert_int_equal(http_body_bytes(page->plain).len, 1000);
    cached_page_release(page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        EXCHANGE_TEST(queries_are_read_or_refused),
        EXCHANGE_TEST(filters_mean_what_they_say),
        EXCHANGE_TEST(next_goes_on_with_its_filters),
        EXCHANGE_TEST(next_is_refused_where_it_does_not_belong),
        EXCHANGE_TEST(every_route_has_a_right_and_an_audit_word),
        EXCHANGE_TEST(the_cache_keeps_what_was_used_last),
        EXCHANGE_TEST(pages_outlive_the_cache),
    };
    return cmocka_run_group_tests_name("taxii/filter", tests, NULL, NULL);
}
