/*
 * Small counts stay hidden, and cannot be worked out from what is shown beside them.
 *
 * Whoever reads the table may know how many of a sector were there and answered, so that a row is
 * judged as if its sum were known; sums of columns are shown. A hidden cell holds one at least
 * (none is shown), so a line of k hidden cells with a rest of k, or one hidden cell alone, is
 * solved: then one more is hidden, or the whole line.
 */
#include "service/briefing_after.h"

static size_t sum_of(const struct usefulness_row *row)
{
    size_t sum = 0;
    for (size_t k = 0; k < USEFULNESS_STEPS; k++)
        sum += row->counts[k];
    return sum;
}

static bool is_shown(const struct usefulness_row *row)
{
    return row->is_there && !row->is_hidden;
}

/* Hides the smallest sector that is shown, if there is one. */
static void hide_smallest(struct usefulness *u)
{
    struct usefulness_row *smallest = NULL;
    for (size_t i = 0; i < SECTOR_COUNT; i++) {
        struct usefulness_row *row = &u->rows[i];
        if (is_shown(row) && (smallest == NULL || sum_of(row) < sum_of(smallest)))
            smallest = row;
    }
    if (smallest)
        smallest->is_hidden = true;
}

/* One hidden sector alone would be the total less the others. */
static void hide_second_sector(struct usefulness *u)
{
    size_t hidden = 0;
    for (size_t i = 0; i < SECTOR_COUNT; i++)
        hidden += u->rows[i].is_there && u->rows[i].is_hidden;
    if (hidden == 1)
        hide_smallest(u);
}

/* A line of the table: a row, or a column over the sectors that are shown. */
struct line {
    size_t *counts[SECTOR_COUNT];
    bool *is_hidden[SECTOR_COUNT];
    size_t count;
};

static struct line row_of(struct usefulness_row *row)
{
    struct line line = {.count = USEFULNESS_STEPS};
    for (size_t k = 0; k < USEFULNESS_STEPS; k++) {
        line.counts[k] = &row->counts[k];
        line.is_hidden[k] = &row->is_cell_hidden[k];
    }
    return line;
}

static struct line column_of(struct usefulness *u, size_t k)
{
    struct line line = {0};
    for (size_t i = 0; i < SECTOR_COUNT; i++) {
        if (!is_shown(&u->rows[i]))
            continue;
        line.counts[line.count] = &u->rows[i].counts[k];
        line.is_hidden[line.count++] = &u->rows[i].is_cell_hidden[k];
    }
    return line;
}

/* True if what is hidden in it follows from its sum. */
static bool is_solved(const struct line *line)
{
    size_t hidden = 0;
    size_t rest = 0;
    for (size_t i = 0; i < line->count; i++) {
        hidden += *line->is_hidden[i];
        rest += *line->is_hidden[i] ? *line->counts[i] : 0;
    }
    return hidden > 0 && (hidden == 1 || rest == hidden);
}

/* Hides the smallest cell that is shown and not none; false where there is no such cell. */
static bool hide_cell(const struct line *line)
{
    size_t smallest = line->count;
    for (size_t i = 0; i < line->count; i++) {
        bool is_candidate = !*line->is_hidden[i] && *line->counts[i] > 0;
        if (is_candidate && (smallest == line->count || *line->counts[i] < *line->counts[smallest]))
            smallest = i;
    }
    if (smallest == line->count)
        return false;
    *line->is_hidden[smallest] = true;
    return true;
}

/* Each round hides something more, so that it ends. True if anything was hidden. */
static bool mend_rows(struct usefulness *u)
{
    bool has_changed = false;
    for (size_t i = 0; i < SECTOR_COUNT; i++) {
        struct line line = row_of(&u->rows[i]);
        if (!is_shown(&u->rows[i]) || !is_solved(&line))
            continue;
        if (!hide_cell(&line))
            u->rows[i].is_hidden = true;
        has_changed = true;
    }
    if (has_changed)
        hide_second_sector(u);
    return has_changed;
}

static bool mend_columns(struct usefulness *u)
{
    bool has_changed = false;
    for (size_t k = 0; k < USEFULNESS_STEPS && u->has_sums; k++) {
        struct line line = column_of(u, k);
        if (!is_solved(&line))
            continue;
        if (!hide_cell(&line))
            u->has_sums = false;
        has_changed = true;
    }
    return has_changed;
}

static void set_sums(struct usefulness *u)
{
    for (size_t k = 0; k < USEFULNESS_STEPS; k++) {
        u->sums[k] = 0;
        for (size_t i = 0; i < SECTOR_COUNT; i++)
            u->sums[k] += is_shown(&u->rows[i]) ? u->rows[i].counts[k] : 0;
    }
}

void usefulness_hide(struct usefulness *u)
{
    u->has_sums = true;
    for (size_t i = 0; i < SECTOR_COUNT; i++) {
        struct usefulness_row *row = &u->rows[i];
        row->is_there = sum_of(row) > 0;
        row->is_hidden = sum_of(row) < USEFULNESS_FEW;
        for (size_t k = 0; k < USEFULNESS_STEPS; k++)
            row->is_cell_hidden[k] = row->counts[k] > 0 && row->counts[k] < USEFULNESS_FEW;
    }
    hide_second_sector(u);
    while (mend_rows(u) || mend_columns(u))
        ;
    set_sums(u);
}
