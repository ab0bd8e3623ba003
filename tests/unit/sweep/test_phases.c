/*
 * Kill-chain phases as one text, and out of it again.
 */
#include "sweep/phases.h"

#include "base/buf.h"
#include "base/num.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

/* The phases of a list joined by "|", and how many are not kept. */
static str read_all(struct arena *a, str list, uint64_t *more)
{
    OWNED(json_reader_done)
    struct json_reader reader = {0};
    json value;
    str joined = LIT("");
    str phase;
    assert_null(json_read(a, &reader, list, NULL, &value));
    str phases = phases_read(a, value);
    while (phases_cut(&phases, &phase, more))
        joined = arena_join(a, joined, joined.len ? LIT("|") : LIT(""), phase);
    return joined;
}

static const struct {
    const char *list;
    const char *phases;
} CASES[] = {
    {"[]", ""},
    {"{\"kill_chain_name\":\"a\"}", ""},
    {"[1, null, \"a/b\"]", ""},
    {"[{\"kill_chain_name\":\"a\",\"phase_name\":\"b\"}]", "a/b"},
    {"[{\"kill_chain_name\":\"a\",\"phase_name\":\"b\"},{\"kill_chain_name\":\"disarm\","
     "\"phase_name\":\"plan\"}]",
     "a/b|disarm/plan"},
    {"[{},{\"kill_chain_name\":\"a\\nb\",\"phase_name\":\"c/d\\n7\"}]", "/|a b/c/d 7"},
};

static void all_phases_are_kept_in_their_order(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        OWNED(arena_done)
        struct arena a = {0};
        uint64_t more = 9;
        str phases = read_all(&a, str_of(CASES[i].list), &more);
        assert_true(str_eq(phases, str_of(CASES[i].phases)));
        assert_int_equal(more, 0);
    }
}

static void past_the_most_that_are_kept_they_are_counted(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    OWNED(buf_done)
    struct buf list;
    uint64_t more = 0;
    buf_init(&list, 65536);
    for (unsigned i = 0; i < PHASES_MAX + 3; i++)
        buf_print(&list, "%s{\"kill_chain_name\":\"k\",\"phase_name\":\"%u\"}", i ? "," : "[", i);
    buf_put(&list, LIT("]"));
    str phases = read_all(&a, buf_str(&list), &more);
    assert_true(str_eq(phases, LIT("k/0|k/1|k/2|k/3|k/4|k/5|k/6|k/7")));
    assert_int_equal(more, 3);
}

static void a_long_name_is_cut_between_characters(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    OWNED(buf_done)
    struct buf list;
    uint64_t more = 0;
    buf_init(&list, 65536);
    buf_put(&list, LIT("[{\"kill_chain_name\":\""));
    for (unsigned i = 0; i < 100; i++)
        buf_put(&list, LIT("\u20ac"));
    buf_put(&list, LIT("\",\"phase_name\":\"x\"}]"));
    /* Without its stroke it would be taken for a number. */
    str phases = read_all(&a, buf_str(&list), &more);
    assert_int_equal(more, 0);
    assert_int_equal(phases.len, 99 + 2);
    assert_true(str_ends(phases, LIT("\u20ac/x")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_phases_are_kept_in_their_order),
        cmocka_unit_test(past_the_most_that_are_kept_they_are_counted),
        cmocka_unit_test(a_long_name_is_cut_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
