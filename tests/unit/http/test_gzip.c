/*
 * S16: gzip bodies are unpacked within the limit.
 */
#include "base/num.h"
#include "http/gzip.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define LIMIT ((size_t)8 * 1024 * 1024)

static str packed(struct arena *a, str plain)
{
    OWNED(buf_done)
    struct buf out = {0};
    buf_init(&out, LIMIT);
    assert_null(gzip_pack(a, plain, 6, &out));
    return arena_copy(a, buf_str(&out));
}

static err unpack(struct arena *a, str bytes, size_t limit, str *plain)
{
    OWNED(buf_done)
    struct buf out = {0};
    buf_init(&out, limit);
    err e = gzip_unpack(a, bytes, &out);
    assert_true(out.capacity <= limit);
    *plain = arena_copy(a, buf_str(&out));
    return e;
}

static void gives_back_what_was_packed(void **state)
{
    static const size_t sizes[] = {0, 1, 65535, 65536, 65537, 1000000};
    struct arena a = {0};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        char *bytes = arena_take(&a, sizes[i]);
        for (size_t n = 0; n < sizes[i]; n++)
            bytes[n] = (char)(n * n >> 7);
        str plain = {bytes, sizes[i]}, back = {0};
        assert_null(unpack(&a, packed(&a, plain), LIMIT, &back));
        assert_true(str_eq(plain, back));
        /* The limit itself is still fine. */
        assert_null(unpack(&a, packed(&a, plain), sizes[i], &back));
        assert_true(str_eq(plain, back));
    }
    arena_done(&a);
}

static void stops_a_bomb_at_the_limit(void **state)
{
    struct arena a = {0};
    str zeros = {arena_alloc(&a, LIMIT), LIMIT}, back;
    (void)state;
    str bomb = packed(&a, zeros);
    assert_true(bomb.len < 10000);
    assert_int_equal(unpack(&a, bomb, 100000, &back)->code, ERR_TOO_LARGE);
    assert_true(back.len <= 100000);
    assert_int_equal(unpack(&a, bomb, LIMIT - 1, &back)->code, ERR_TOO_LARGE);
    arena_done(&a);
}

static void joins_members(void **state)
{
    struct arena a = {0};
    str back;
    (void)state;
    str both = arena_join(&a, packed(&a, LIT("one ")), packed(&a, LIT("two")), (str){0});
    assert_null(unpack(&a, both, LIMIT, &back));
    assert_true(str_eq(back, LIT("one two")));
    arena_done(&a);
}

static void refuses_what_is_no_gzip(void **state)
{
    struct arena a = {0};
    str good = packed(&a, LIT("some text that is long enough")), back;
    (void)state;
    for (size_t len = 0; len < good.len; len++)
        assert_int_equal(unpack(&a, str_part(good, 0, len), LIMIT, &back)->code, ERR_INPUT);
    str tail = arena_join(&a, good, LIT("tail"), (str){0});
    assert_int_equal(unpack(&a, tail, LIMIT, &back)->code, ERR_INPUT);
    assert_int_equal(unpack(&a, LIT("{\"objects\":[]}"), LIMIT, &back)->code, ERR_INPUT);
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_back_what_was_packed),
        cmocka_unit_test(stops_a_bomb_at_the_limit),
        cmocka_unit_test(joins_members),
        cmocka_unit_test(refuses_what_is_no_gzip),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
