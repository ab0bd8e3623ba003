/*
 * Importing with the nth call of the database failing (L10): what was committed before stays whole,
 * the import fails in words, and run again it ends as if nothing had happened.
 */
#include "exchange.h"

#include "base/file.h"
#include "db/fault.h"
#include "service/import.h"
#include "store/pool.h"

static str bundle_of(struct exchange *x)
{
    return arena_print(
        &x->arena,
        "{\"type\":\"bundle\",\"id\":\"bundle--00000000-0000-4000-8000-000000000001\","
        "\"objects\":[%s,%s,%s,%s]}",
        thing_with(x, "note", 2, 1, ",\"content\":\"c\",\"object_refs\":[\"%s\"]%s",
                   id_of(x, "identity", 1).at, marked(x, TLP_CLEAR).at)
            .at,
        thing_with(x, "identity", 1, 1, ",\"name\":\"n\",\"identity_class\":\"group\"%s",
                   marked(x, TLP_RED).at)
            .at,
        thing(x, "identity", 3, 1, LIT(",\"name\":\"m\",\"identity_class\":\"group\"")).at,
        thing(x, "identity", 4, 1, LIT(",\"name\":7")).at); /* breaks a MUST */
}

static err import(struct exchange *x, struct store *store, str path, struct import_totals *totals)
{
    const struct import_options options = {.org = x->f1.org,
                                           .person = x->f1.person,
                                           .collections = &x->k,
                                           .collection_count = 1,
                                           .files = &path,
                                           .file_count = 1,
                                           .actor_detail = LIT("console")};
    *totals = (struct import_totals){0};
    return import_files(&x->arena, store, &options, totals);
}

static void arm(struct exchange *x, struct store *store, uint64_t n)
{
    struct connection *c;
    must(x, pool_take(&x->arena, store->pool, &c));
    db_fault_arm(c->db, n);
    pool_give(store->pool, c);
}

/* Nothing of the note may ever be seen without the label that it carries. */
static void check_readers(struct exchange *x, struct store *store, bool is_whole)
{
    const struct page_query q = {.collection = x->k};
    str author = shows_in(x, store, x->f1, &q);
    str others = shows_in(x, store, x->plat, &q);
    if (!is_whole && author.len == 0)
        assert_says(others, "");
    else {
        assert_says(author, "n2v1 i1v1 i3v1");
        assert_says(others, "i3v1");
    }
}

static void an_import_is_run_again_after_a_fault(void **state)
{
    struct exchange *x = *state;
    str path = arena_print(&x->arena, "%s/bundle.json", x->folder);
    must(x, file_write(&x->arena, path, bundle_of(x), 0600));
    struct store *faulty;
    must(x, store_open_with(&x->arena, x->dir, "fault:0", &faulty));
    struct import_totals totals;
    for (uint64_t n = 1;; n++) {
        assert_true(n < 2000);
        arm(x, faulty, n);
        err e = import(x, faulty, path, &totals);
        arm(x, faulty, 0);
        struct store *fresh = exchange_second(x);
        check_readers(x, faulty, e == NULL);
        check_readers(x, fresh, e == NULL);
        store_close(fresh);
        if (e == NULL) {
            assert_true(n > 50);
            break;
        }
    }
    must(x, import(x, faulty, path, &totals));
    assert_int_equal(totals.objects, 4);
    assert_int_equal(totals.added, 0);
    assert_int_equal(totals.duplicates, 3);
    assert_int_equal(totals.refused, 1);
    store_close(faulty);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        EXCHANGE_TEST(an_import_is_run_again_after_a_fault),
    };
    return cmocka_run_group_tests_name("service/import_faults", tests, NULL, NULL);
}
