/*
 * The tally of "was it useful?" (B21): tables by chance, and somebody who tries to work out every
 * hidden cell from all that is shown.
 */
#include "base/num.h"
#include "service/briefing_after.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static size_t total_of(const struct usefulness_row *row)
{
    size_t total = 0;
    for (size_t k = 0; k < USEFULNESS_STEPS; k++)
        total += row->counts[k];
    return total;
}

/* What one line tells of its hidden cells, each of which holds one at least. */
struct clue {
    size_t hidden;
    size_t rest; /* what they hold together */
};

static void look_at(struct clue *clue, size_t count, bool is_hidden)
{
    clue->hidden += is_hidden;
    clue->rest += is_hidden ? count : 0;
}

static void expect_unsolved(const struct clue *clue, const char *what, unsigned seed)
{
    if (clue->hidden == 1 || (clue->hidden > 0 && clue->rest == clue->hidden))
        fail_msg("seed %u: a %s with %zu hidden cells of %zu is solved", seed, what, clue->hidden,
                 clue->rest);
}

/* Whoever knows how many of each sector answered, and sees the sums of columns. */
static void try_to_solve(const struct usefulness *u, unsigned seed)
{
    struct clue columns[USEFULNESS_STEPS] = {0};
    struct clue sectors = {0};
    for (size_t i = 0; i < SECTOR_COUNT; i++) {
        const struct usefulness_row *row = &u->rows[i];
        struct clue line = {0};
        sectors.hidden += row->is_there && row->is_hidden;
        for (size_t k = 0; row->is_there && !row->is_hidden && k < USEFULNESS_STEPS; k++) {
            look_at(&line, row->counts[k], row->is_cell_hidden[k]);
            look_at(&columns[k], row->counts[k], row->is_cell_hidden[k]);
        }
        expect_unsolved(&line, "row", seed);
    }
    for (size_t k = 0; u->has_sums && k < USEFULNESS_STEPS; k++)
        expect_unsolved(&columns[k], "column", seed);
    bool is_anything_shown = false;
    for (size_t i = 0; i < SECTOR_COUNT; i++)
        is_anything_shown |= u->rows[i].is_there && !u->rows[i].is_hidden;
    if (sectors.hidden == 1 && is_anything_shown)
        fail_msg("seed %u: one hidden sector alone is the total less the others", seed);
}

static void check_small_is_hidden(const struct usefulness *u, unsigned seed)
{
    for (size_t i = 0; i < SECTOR_COUNT; i++) {
        const struct usefulness_row *row = &u->rows[i];
        if (row->is_there && total_of(row) < USEFULNESS_FEW && !row->is_hidden)
            fail_msg("seed %u: a sector of %zu is shown", seed, total_of(row));
        for (size_t k = 0; !row->is_hidden && k < USEFULNESS_STEPS; k++) {
            bool is_small = row->counts[k] > 0 && row->counts[k] < USEFULNESS_FEW;
            if (is_small && !row->is_cell_hidden[k])
                fail_msg("seed %u: a cell of %zu is shown", seed, row->counts[k]);
        }
    }
}

static void fill(struct usefulness *u)
{
    unsigned most = (unsigned)(rand() % 12) + 1;
    *u = (struct usefulness){0};
    for (size_t i = 0; i < SECTOR_COUNT; i++) {
        if (rand() % 3 == 0)
            continue;
        for (size_t k = 0; k < USEFULNESS_STEPS; k++)
            u->rows[i].counts[k] = (size_t)(rand() % (int)most) * (size_t)(rand() % 4 != 0);
        u->answers += total_of(&u->rows[i]);
    }
}

static void no_hidden_cell_can_be_worked_out(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= 20000; seed++) {
        struct usefulness u;
        srand(seed);
        fill(&u);
        usefulness_hide(&u);
        check_small_is_hidden(&u, seed);
        try_to_solve(&u, seed);
    }
}

static void what_many_said_is_shown(void **state)
{
    (void)state;
    struct usefulness u = {.answers = 90};
    for (size_t k = 0; k < USEFULNESS_STEPS; k++) {
        u.rows[SECTOR_STATE].counts[k] = 10;
        u.rows[SECTOR_LOCAL].counts[k] = k ? 8 : 0;
    }
    usefulness_hide(&u);
    assert_true(u.has_sums);
    assert_int_equal(u.sums[0], 10);
    assert_int_equal(u.sums[4], 18);
    assert_false(u.rows[SECTOR_STATE].is_hidden || u.rows[SECTOR_LOCAL].is_hidden);
    assert_false(u.rows[SECTOR_LOCAL].is_cell_hidden[0]);
}

static void nothing_is_shown_of_nobody(void **state)
{
    (void)state;
    struct usefulness u = {0};
    usefulness_hide(&u);
    for (size_t i = 0; i < SECTOR_COUNT; i++)
        assert_false(u.rows[i].is_there);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_hidden_cell_can_be_worked_out),
        cmocka_unit_test(what_many_said_is_shown),
        cmocka_unit_test(nothing_is_shown_of_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
