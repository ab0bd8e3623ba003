/*
 * fsck and rebuild (S15): an exchange in order has no faults and is rebuilt as it was; every kind
 * of damage is named, and what rebuild can mend it mends.
 */
#include "base/num.h"
#include "exchange.h"
#include "service/fsck.h"
#include "service/rebuild.h"
#include "store/audit.h"

static void put_audit_row(struct exchange *x)
{
    OWNED(session_done) struct session s = {0};
    must(x, session_write(&x->arena, x->store, &s));
    const struct audit_row row = {.verb = LIT("test"), .object = LIT("x"), .outcome = LIT("ok")};
    must(x, audit_put(&x->arena, &s, &row));
    must(x, session_commit(&x->arena, &s));
}

/* Versions, one of them late, lineages, carried audiences, awaited ends, a tombstone: something of
 * everything. */
static void fill_log(struct exchange *x)
{
    assert_says(post(x, x->f1, x->k, thing(x, "campaign", 1, 1, marked(x, TLP_GREEN))), "A");
    assert_says(post(x, x->f1, x->k, thing(x, "campaign", 1, 2, marked(x, TLP_GREEN))), "A");
    assert_says(post(x, x->f1, x->k, thing(x, "campaign", 2, 2, marked(x, TLP_RED))), "A");
    assert_says(post(x, x->p1, x->k, thing(x, "campaign", 1, 1, marked(x, TLP_AMBER))), "A");
    str ends = from_to(x, id_of(x, "campaign", 2), id_of(x, "campaign", 9));
    assert_says(post(x, x->f1, x->k, thing(x, "relationship", 1, 1, ends)), "A");
    assert_says(post(x, x->f1, x->k, thing(x, "campaign", 3, 1, marked(x, TLP_CLEAR))), "A");
    assert_says(post(x, x->f1, x->k, thing(x, "campaign", 5, 2, marked(x, TLP_GREEN))), "A");
    assert_says(post(x, x->f1, x->k, thing(x, "campaign", 5, 1, marked(x, TLP_GREEN))), "A");
    put_audit_row(x);
    size_t withdrawn;
    must(x, withdraw(x, x->f1, x->k, id_of(x, "campaign", 3), &withdrawn));
    assert_int_equal(withdrawn, 1);
    assert_says(post(x, x->f1, x->k, thing(x, "campaign", 4, 1, marked(x, TLP_AMBER))), "A");
    assert_says(post(x, x->f1, x->k, thing(x, "campaign", 4, 2, marked(x, TLP_AMBER))), "A");
}

static int set_up(void **state)
{
    int failed = exchange_init(state);
    if (failed == 0)
        fill_log(*state);
    return failed;
}

static struct fsck_report check(struct exchange *x)
{
    struct fsck_report report = {0};
    const struct watch watch = {0};
    must(x, fsck_run(&x->arena, x->dir, &watch, &report));
    return report;
}

static void assert_clean(struct exchange *x)
{
    struct fsck_report report = check(x);
    for (size_t i = 0; i < report.count; i++)
        print_error("%.*s: %.*s\n", STR_ARG(report.items[i].part), STR_ARG(report.items[i].words));
    assert_int_equal(report.faults, 0);
    assert_null(fsck_verdict(&x->arena, &report));
}

static struct rebuild_report rebuild(struct exchange *x)
{
    struct rebuild_report report;
    const struct watch watch = {0};
    must(x, rebuild_run(&x->arena, x->store, &watch, &report));
    return report;
}

static void an_exchange_in_order_has_no_faults(void **state)
{
    struct exchange *x = *state;
    assert_clean(x);
    struct fsck_report report = check(x);
    assert_int_equal(report.entries, exchange_number(x, "SELECT count(*) FROM entry"));
    assert_int_equal(report.bodies, exchange_number(x, "SELECT count(*) FROM body"));
    assert_int_equal(report.audit_rows, exchange_number(x, "SELECT count(*) FROM audit"));
}

static void what_was_purged_is_no_fault(void **state)
{
    struct exchange *x = *state;
    OWNED(session_done) struct session s = {0};
    must(x, session_write(&x->arena, x->store, &s));
    struct log_purged purged;
    must(x, log_purge(&x->arena, &s, &(struct log_look){0}, &purged));
    must(x, session_commit(&x->arena, &s));
    assert_int_equal(purged.bodies, 1);
    assert_clean(x);
    assert_int_equal(check(x).purged, 1);
}

static void rebuilding_gives_what_was_there(void **state)
{
    struct exchange *x = *state;
    str shown = shows(x, x->p1, x->k);
    struct rebuild_report report = rebuild(x);
    assert_true(rebuild_was_equal(&report));
    assert_true(report.keys > 0 && report.entries > report.keys);
    assert_true(str_eq(shows(x, x->p1, x->k), shown));
    assert_clean(x);
}

struct damage {
    const char *sql;
    const char *part;
    const char *words;
    bool is_mended; /* by rebuild */
};

#define NEWEST "(SELECT max(n) FROM entry)"
#define LIVE_2 "(SELECT max(n) FROM entry WHERE supersedes IS NOT NULL)"

static const struct damage DAMAGES[] = {
    {"UPDATE entry SET n = n + 5 WHERE n = " NEWEST, "entries", "entries are missing", false},
    {"UPDATE entry SET n = n + 5 WHERE n = " NEWEST, "state", "the state row says", false},
    {"UPDATE entry SET added = 1 WHERE n = " NEWEST, "entries", "not later", false},
    {"UPDATE entry SET collection = 99 WHERE n = " NEWEST, "entries", "collection 99", false},
    {"UPDATE entry SET contributor = 99 WHERE n = " NEWEST, "entries", "contributor 99", false},
    {"UPDATE entry SET actor = 99 WHERE n = " NEWEST, "entries", "author 99", false},
    {"UPDATE entry SET audience = 999 WHERE n = " NEWEST, "entries", "audience is not there",
     false},
    {"UPDATE entry SET audience = (SELECT min(n) FROM audience WHERE n <> audience.n + 1) "
     "WHERE n = " NEWEST,
     "entries", "wider", false},
    {"UPDATE entry SET type = 77 WHERE n = " NEWEST, "entries", "its type", false},
    {"UPDATE entry SET version = version + 1 WHERE n = " NEWEST, "entries", "its version", false},
    {"UPDATE entry SET flags = flags | 1 WHERE n = " NEWEST, "entries", "version of STIX", false},
    {"UPDATE entry SET supersedes = 1 WHERE n = " NEWEST, "entries", "supersedes entry 1", false},
    {"UPDATE entry SET supersedes = NULL WHERE n = " LIVE_2, "objects", "neither supersedes",
     false},
    {"UPDATE body SET bytes = x'7b7d' WHERE n = " NEWEST, "entries", "no STIX object", false},
    {"UPDATE body SET bytes = x'' WHERE n = " NEWEST, "entries", "not withdrawn", false},
    {"UPDATE body SET id = 'campaign--0' WHERE n = " NEWEST, "entries", "kept as campaign--0",
     false},
    {"DELETE FROM body WHERE n = " NEWEST, "entries", "bytes are missing", false},
    {"INSERT INTO body (n, id, bytes) VALUES (900, 'x', x'00')", "bytes", "entry 900", false},
    {"DELETE FROM object_key WHERE n = " NEWEST, "entries", "not found by the id", true},
    {"DELETE FROM object_key WHERE n = " NEWEST, "keys", "keys of objects", true},
    {"UPDATE object_key SET audience = 999 WHERE n = " NEWEST, "entries", "the key of its", true},
    {"UPDATE object_key SET hash = hash + 1 WHERE n = " NEWEST, "entries", "not found", true},
    {"INSERT INTO object_key VALUES (5, 1, 900, 1, NULL)", "keys", "entry 900", true},
    {"INSERT INTO object_key SELECT hash, 0, 0, 0, '00001' FROM object_key WHERE n = " NEWEST,
     "keys", "under which audiences", true},
    {"DELETE FROM object_key WHERE n = 0", "keys", "under which audiences", true},
    {"UPDATE object_key SET audiences = substr(audiences, 6) WHERE n = 0", "keys",
     "under which audiences", true},
    {"UPDATE entry SET flags = flags & ~8", "withdrawals", "not marked so", true},
    {"UPDATE entry SET flags = flags | 8 WHERE n = " NEWEST, "withdrawals", "no tombstone says",
     true},
    {"DELETE FROM withdrawal", "withdrawals", "withdraws nothing", false},
    {"UPDATE withdrawal SET tombstone = 1", "withdrawals", "which is no tombstone", false},
    {"DELETE FROM contest WHERE n = by_number", "contests", "not itself", false},
    {"UPDATE entry SET flags = flags & ~4", "contests", "contests nothing", false},
    {"INSERT INTO contest (by_number, n) SELECT max(by_number), 1 FROM contest", "contests",
     "another", false},
    {"UPDATE awaited_end SET n = 900", "awaited ends", "entry 900", false},
    {"UPDATE audience SET text = 'x' WHERE n = 2", "opening", "not readable", false},
    {"UPDATE audience SET text = '99/1/1/0/' WHERE n = 2", "audiences", "collection", false},
    {"INSERT INTO receipt VALUES (1, 1, 0, 0, x'00')", "receipts", "not readable", false},
    {"INSERT INTO view_chunk VALUES (12345, x'00')", "views", "should not be there", true},
    {"UPDATE audit SET detail = 'x' WHERE n = 1", "audit", "row 1", false},
    {"DELETE FROM secret_key WHERE name = 'etag'", "file", "etag", false},
};

static bool has_fault(const struct fsck_report *report, const struct damage *d)
{
    for (size_t i = 0; i < report->count; i++) {
        str words = report->items[i].words;
        if (str_eq(report->items[i].part, str_of(d->part)) &&
            str_find(words, str_of(d->words)) < words.len)
            return true;
    }
    return false;
}

static void try_damage(struct exchange *x, const struct damage *d)
{
    exchange_sql(x, d->sql);
    struct fsck_report report = check(x);
    if (!has_fault(&report, d)) {
        for (size_t i = 0; i < report.count; i++)
            print_error("%.*s: %.*s\n", STR_ARG(report.items[i].part),
                        STR_ARG(report.items[i].words));
        fail_msg("after \"%s\" no fault of %s says \"%s\"", d->sql, d->part, d->words);
    }
    err verdict = fsck_verdict(&x->arena, &report);
    assert_non_null(verdict);
    assert_int_equal(verdict->code, ERR_CORRUPT);
    if (!d->is_mended)
        return;
    struct rebuild_report rebuilt = rebuild(x);
    assert_false(rebuild_was_equal(&rebuilt));
    assert_clean(x);
    rebuilt = rebuild(x);
    assert_true(rebuild_was_equal(&rebuilt));
}

static void every_damage_is_named_and_mended_where_it_can_be(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(DAMAGES); i++) {
        void *own = NULL;
        assert_int_equal(set_up(&own), 0);
        try_damage(own, &DAMAGES[i]);
        assert_int_equal(exchange_done(&own), 0);
    }
}

static void a_folder_without_an_exchange_is_no_fault_but_an_error(void **state)
{
    struct exchange *x = *state;
    struct fsck_report report = {0};
    const struct watch watch = {0};
    must_fail(x, fsck_run(&x->arena, str_of(x->folder), &watch, &report), ERR_DATA_DIR);
    must_fail(x, fsck_run(&x->arena, LIT("/nonexistent"), &watch, &report), ERR_NOT_FOUND);
}

static err ask_to_stop(struct arena *a)
{
    return FAIL(a, ERR_BUSY, "stopped");
}

static void both_end_in_order_when_asked(void **state)
{
    struct exchange *x = *state;
    const struct watch watch = {.check_stop = ask_to_stop};
    struct fsck_report report = {0};
    must_fail(x, fsck_run(&x->arena, x->dir, &watch, &report), ERR_BUSY);
}

#define FSCK_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, exchange_done)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FSCK_TEST(an_exchange_in_order_has_no_faults),
        FSCK_TEST(what_was_purged_is_no_fault),
        FSCK_TEST(rebuilding_gives_what_was_there),
        FSCK_TEST(a_folder_without_an_exchange_is_no_fault_but_an_error),
        FSCK_TEST(both_end_in_order_when_asked),
        cmocka_unit_test(every_damage_is_named_and_mended_where_it_can_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
