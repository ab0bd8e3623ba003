/*
 * Arenas, growing buffers and maps.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void gives_aligned_zeroed_memory(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    for (size_t size = 0; size < 20000; size += 37) {
        unsigned char *at = arena_alloc(&a, size);
        assert_non_null(at);
        assert_int_equal((uintptr_t)at % 16, 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(at[i], 0);
        memset(at, 0xff, size);
    }
}

static void gives_something_for_nothing_asked(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    const void *first = arena_alloc(&a, 0);
    const void *second = arena_alloc(&a, 0);
    assert_non_null(first);
    assert_ptr_not_equal(first, second);
}

static void keeps_one_ordinary_block_on_reset(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a;
    arena_init(&a, 4096);
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 100; i++)
            arena_alloc(&a, 500);
        arena_alloc(&a, 1000000);
        assert_true(a.held_bytes > 1000000);
        arena_reset(&a);
        assert_int_equal(a.held_bytes, 4096);
    }
    arena_done(&a);
    assert_int_equal(a.held_bytes, 0);
    arena_alloc(&a, 1000000);
    arena_reset(&a);
    assert_int_equal(a.held_bytes, 0);
}

static void grows_lists_and_keeps_their_items(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    struct {
        size_t *items;
        size_t count;
        size_t capacity;
    } list = {0};
    for (size_t i = 0; i < 1000; i++)
        *LIST_ADD(&a, &list) = i;
    assert_int_equal(list.count, 1000);
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(list.items[i], i);
}

static void ends_copies_with_a_nul(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    assert_string_equal(arena_copy(&a, str_part(LIT("abcdef"), 1, 3)).at, "bc");
    assert_string_equal(arena_copy(&a, (str){0}).at, "");
    assert_string_equal(arena_print(&a, "%d-%s", 7, "x").at, "7-x");
    assert_string_equal(arena_join(&a, LIT("a"), (str){0}, LIT("c")).at, "ac");
}

static void holds_exactly_its_maximum(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    OWNED(buf_done)
    struct buf b;
    buf_init(&b, 6);
    buf_put(&b, LIT("abc"));
    buf_print(&b, "%d", 123);
    assert_null(buf_check(&a, &b));
    assert_true(str_eq(buf_str(&b), LIT("abc123")));
    buf_put_char(&b, 'x');
    err failure = buf_check(&a, &b);
    assert_non_null(failure);
    assert_int_equal(failure->code, ERR_TOO_LARGE);
    buf_clear(&b);
    buf_put_char(&b, 'x');
    assert_null(buf_check(&a, &b));
    assert_int_equal(b.len, 1);
}

static void stays_over_once_something_did_not_fit(void **state)
{
    (void)state;
    OWNED(buf_done)
    struct buf b;
    buf_init(&b, 4);
    buf_put(&b, LIT("abcde"));
    buf_put(&b, LIT("a"));
    assert_true(b.is_over);
    assert_int_equal(b.len, 0);
}

static void writes_numbers(void **state)
{
    (void)state;
    OWNED(buf_done)
    struct buf b;
    buf_init(&b, 1000);
    buf_put_i64(&b, INT64_MIN);
    buf_put_char(&b, ' ');
    buf_put_u64(&b, UINT64_MAX);
    buf_put_char(&b, ' ');
    buf_put_i64(&b, 0);
    assert_true(str_eq(buf_str(&b), LIT("-9223372036854775808 18446744073709551615 0")));
}

static void finds_every_key_it_was_given(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    struct map m;
    map_init(&m, &a);
    assert_null(map_get(&m, LIT("k0")));
    int values[5000];
    for (int i = 0; i < 5000; i++)
        map_put(&m, arena_print(&a, "k%d", i), &values[i]);
    assert_int_equal(m.count, 5000);
    for (int i = 0; i < 5000; i++)
        assert_ptr_equal(map_get(&m, arena_print(&a, "k%d", i)), &values[i]);
    assert_null(map_get(&m, LIT("k5000")));
    size_t seen = 0;
    for (size_t at = 0; map_next(&m, &at);)
        seen++;
    assert_int_equal(seen, 5000);
}

static void replaces_or_keeps_as_asked(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    struct map m;
    map_init(&m, &a);
    int first;
    int second;
    assert_ptr_equal(map_put_new(&m, LIT("k"), &first), &first);
    assert_ptr_equal(map_put_new(&m, LIT("k"), &second), &first);
    map_put(&m, LIT("k"), &second);
    assert_ptr_equal(map_get(&m, LIT("k")), &second);
    map_put(&m, LIT(""), &first);
    assert_ptr_equal(map_get(&m, (str){0}), &first);
    assert_int_equal(m.count, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_aligned_zeroed_memory),
        cmocka_unit_test(gives_something_for_nothing_asked),
        cmocka_unit_test(keeps_one_ordinary_block_on_reset),
        cmocka_unit_test(grows_lists_and_keeps_their_items),
        cmocka_unit_test(ends_copies_with_a_nul),
        cmocka_unit_test(holds_exactly_its_maximum),
        cmocka_unit_test(stays_over_once_something_did_not_fit),
        cmocka_unit_test(writes_numbers),
        cmocka_unit_test(finds_every_key_it_was_given),
        cmocka_unit_test(replaces_or_keeps_as_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
