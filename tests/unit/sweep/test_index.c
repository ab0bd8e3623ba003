/*
 * Indexes: what goes in is found, versions replace each other, files give the same.
 */
#include "base/num.h"
#include "sweep/build.h"
#include "sweep/compile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static void add(struct sweep_builder *b, const char *id, int64_t modified_us, const char *text)
{
    OWNED(arena_done)
    struct arena a = {0};
    struct sweep_indicator i = {.id = str_of(id),
                                .modified_us = modified_us,
                                .name = LIT("a name"),
                                .confidence = SWEEP_CONFIDENCE_NONE};
    struct sweep_value value;
    assert_null(sweep_value_guess(&a, str_of(text), &value));
    assert_null(sweep_builder_add(&a, b, &i, &value, 1));
}

/* The entry of a name, or SWEEP_NONE. */
static uint32_t find(const struct sweep_index *x, const char *name)
{
    char padded[SWEEP_HASH_SLACK + 256] = {0};
    size_t len = strlen(name);
    memcpy(padded + SWEEP_HASH_SLACK, name, len);
    return sweep_index_find(x, SWEEP_DOMAIN, (str){padded + SWEEP_HASH_SLACK, len});
}

#define ID "indicator--00000000-0000-4000-8000-000000000001"
#define OTHER_ID "indicator--00000000-0000-4000-8000-000000000002"

static void the_newest_version_counts_in_any_order(void **state)
{
    (void)state;
    struct sweep_index x = {0};
    struct sweep_builder *b = sweep_builder_new();
    add(b, ID, 2000000, "new.example");
    add(b, ID, 1000000, "old.example");
    add(b, OTHER_ID, 1000000, "old2.example");
    add(b, OTHER_ID, 2000000, "new2.example");
    sweep_builder_finish(b, &x);
    assert_true(sweep_entry_is_live(&x.entries[find(&x, "new.example")], 10));
    assert_false(sweep_entry_is_live(&x.entries[find(&x, "old.example")], 10));
    assert_true(sweep_entry_is_live(&x.entries[find(&x, "new2.example")], 10));
    assert_false(sweep_entry_is_live(&x.entries[find(&x, "old2.example")], 10));
    sweep_index_close(&x);
}

static void many_values_are_all_found_and_others_not(void **state)
{
    (void)state;
    struct sweep_index x = {0};
    struct sweep_builder *b = sweep_builder_new();
    char name[64];
    for (int i = 0; i < 20000; i++) {
        snprintf(name, sizeof(name), "n%d.example", i);
        add(b, "", 0, name);
    }
    add(b, ID, 0, "n7.example");
    sweep_builder_finish(b, &x);
    for (int i = 0; i < 20000; i++) {
        snprintf(name, sizeof(name), "N%d.Example", i);
        assert_int_not_equal(find(&x, name), SWEEP_NONE);
        snprintf(name, sizeof(name), "m%d.example", i);
        assert_int_equal(find(&x, name), SWEEP_NONE);
    }
    uint32_t first = find(&x, "n7.example");
    assert_int_not_equal(x.entries[first].next, SWEEP_NONE);
    sweep_index_close(&x);
}

static void a_file_gives_what_was_written(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    char path[] = "/tmp/tocsin-index-XXXXXX";
    close(mkstemp(path));
    struct sweep_index x = {0};
    struct sweep_index y = {0};
    struct sweep_builder *b = sweep_builder_new();
    add(b, ID, 0, "a.example");
    sweep_builder_finish(b, &x);
    assert_null(sweep_index_write(&a, &x, str_of(path)));
    assert_null(sweep_index_map(&a, str_of(path), &y));
    uint32_t entry = find(&y, "a.example");
    assert_int_not_equal(entry, SWEEP_NONE);
    assert_true(str_eq(sweep_entry_value(&y, &y.entries[entry]), LIT("a.example")));
    assert_true(str_eq(sweep_entry_name(&y, &y.entries[entry]), LIT("a name")));
    sweep_index_close(&y);
    /* Cut anywhere, it is refused. */
    assert_int_equal(truncate(path, 100), 0);
    assert_non_null(sweep_index_map(&a, str_of(path), &y));
    assert_int_equal(truncate(path, 0), 0);
    assert_non_null(sweep_index_map(&a, str_of(path), &y));
    unlink(path);
    sweep_index_close(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_newest_version_counts_in_any_order),
        cmocka_unit_test(many_values_are_all_found_and_others_not),
        cmocka_unit_test(a_file_gives_what_was_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
