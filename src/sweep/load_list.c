/*
 * Lists: a value a line, or CSV with a heading that names a column of values.
 */
#include "base/clock.h"
#include "base/num.h"
#include "base/utf8.h"
#include "sweep/load.h"

#define COLUMNS_MAX 64u
#define NAMES_MAX 8u
#define PARTS_MAX 2
#define PART_BYTES 100u

enum column {
    COLUMN_VALUE,
    COLUMN_NAME,
    COLUMN_CONFIDENCE,
    COLUMN_UNTIL,
    COLUMN_SOURCE,
    COLUMN_LABEL,
    COLUMN_DETECTS,
    COLUMN_COUNT
};

/* What the columns are called in feeds. */
static const str HEADINGS[COLUMN_COUNT][NAMES_MAX] = {
    [COLUMN_VALUE] = {LIT_INIT("value"), LIT_INIT("indicator"), LIT_INIT("ioc"), LIT_INIT("domain"),
                      LIT_INIT("ip"), LIT_INIT("url"), LIT_INIT("hash"), LIT_INIT("observable")},
    [COLUMN_NAME] = {LIT_INIT("name"), LIT_INIT("description"), LIT_INIT("comment")},
    [COLUMN_CONFIDENCE] = {LIT_INIT("confidence")},
    [COLUMN_UNTIL] = {LIT_INIT("valid_until"), LIT_INIT("expires")},
    [COLUMN_SOURCE] = {LIT_INIT("source"), LIT_INIT("org")},
    [COLUMN_LABEL] = {LIT_INIT("tlp"), LIT_INIT("label")},
    [COLUMN_DETECTS] = {LIT_INIT("to_ids")},
};

/* A cell off the front of a line; quotes may hold commas, doubled quotes stay doubled. */
static bool cut_cell(str *rest, str *cell)
{
    if (rest->at == NULL)
        return false;
    size_t end = 0;
    bool is_quoted = false;
    while (end < rest->len && (is_quoted || rest->at[end] != ',')) {
        is_quoted ^= rest->at[end] == '"';
        end++;
    }
    *cell = str_trim(str_part(*rest, 0, end));
    if (cell->len >= 2 && cell->at[0] == '"' && cell->at[cell->len - 1] == '"')
        *cell = str_part(*cell, 1, cell->len - 1);
    *rest = end < rest->len ? str_skip(*rest, end + 1) : (str){0};
    return true;
}

static bool is_heading(enum column column, str cell)
{
    for (size_t i = 0; i < NAMES_MAX; i++) {
        if (HEADINGS[column][i].len && str_eq_nocase(HEADINGS[column][i], cell))
            return true;
    }
    return false;
}

_Static_assert(COLUMN_COUNT <= COUNT_OF(((struct load_list *)0)->columns), "a place for each");

/* True if the line names columns, one of them of values. */
static bool read_heading(str line, struct load_list *t)
{
    for (size_t c = 0; c < COLUMN_COUNT; c++)
        t->columns[c] = COLUMNS_MAX;
    str cell;
    for (size_t i = 0; i < COLUMNS_MAX && cut_cell(&line, &cell); i++) {
        for (size_t c = 0; c < COLUMN_COUNT; c++) {
            if (t->columns[c] == COLUMNS_MAX && is_heading((enum column)c, cell))
                t->columns[c] = i;
        }
    }
    return t->columns[COLUMN_VALUE] < COLUMNS_MAX;
}

static void read_row(str line, const struct load_list *t, str cells[COLUMN_COUNT])
{
    str cell;
    for (size_t i = 0; i < COLUMNS_MAX && cut_cell(&line, &cell); i++) {
        for (size_t c = 0; c < COLUMN_COUNT; c++) {
            if (t->columns[c] == i)
                cells[c] = cell;
        }
    }
}

/* A cell as it is meant: its doubled quotes are one. */
static str undouble(struct arena *a, str cell)
{
    if (cell.len == 0 || str_find(cell, LIT("\"\"")) == cell.len)
        return cell;
    str copy = arena_copy(a, cell);
    char *to = (char *)(uintptr_t)copy.at;
    size_t len = 0;
    for (size_t i = 0; i < cell.len; i++) {
        to[len++] = cell.at[i];
        i += cell.at[i] == '"' && i + 1 < cell.len && cell.at[i + 1] == '"';
    }
    return (str){copy.at, len};
}

/* One value, or the parts of one of MISP ("198.51.100.7|80") that logs can be searched for. */
static err read_values(struct sweep_load *l, str text, struct sweep_value values[PARTS_MAX],
                       size_t *count, str *left_out)
{
    *count = 1;
    if (l->protects)
        return sweep_value_make(&l->scratch, SWEEP_ALIKE, text, &values[0]);
    err failure = sweep_value_guess(&l->scratch, text, &values[0]);
    if (failure == NULL || str_find_char(text, '|') == text.len)
        return failure;
    *count = 0;
    str part;
    for (size_t i = 0; i < PARTS_MAX && str_cut(&text, '|', &part); i++) {
        uint64_t port;
        err why = sweep_value_guess(&l->scratch, part, &values[*count]);
        *count += why == NULL;
        if (why && !str_to_u64(part, &port))
            *left_out = arena_print(&l->scratch, "%.*s: %.*s", STR_ARG(utf8_part(part, PART_BYTES)),
                                    STR_ARG(error_text(&l->scratch, why)));
    }
    return *count ? NULL : failure;
}

static struct sweep_indicator describe(const str cells[COLUMN_COUNT])
{
    struct sweep_indicator i = {.name = cells[COLUMN_NAME],
                                .source = cells[COLUMN_SOURCE],
                                .confidence = SWEEP_CONFIDENCE_NONE};
    uint64_t confidence;
    if (str_to_u64(cells[COLUMN_CONFIDENCE], &confidence) && confidence <= 100)
        i.confidence = (unsigned)confidence;
    clock_read(cells[COLUMN_UNTIL], &i.valid_until_us, NULL);
    i.is_labelled = tlp_read(cells[COLUMN_LABEL], &i.label);
    return i;
}

static err add_row(struct sweep_load *l, uint64_t number, const str cells[COLUMN_COUNT])
{
    struct sweep_indicator i = describe(cells);
    struct sweep_value values[PARTS_MAX];
    size_t count;
    bool is_context = str_eq(cells[COLUMN_DETECTS], LIT("0")) ||
                      str_eq_nocase(cells[COLUMN_DETECTS], LIT("false"));
    if (is_context)
        return NULL;
    arena_reset(&l->scratch);
    i.name = undouble(&l->scratch, i.name);
    i.source = undouble(&l->scratch, i.source);
    err failure = read_values(l, cells[COLUMN_VALUE], values, &count, &i.left_out);
    if (failure == NULL)
        return load_add(l, &i, values, count);
    load_trouble(l, number, error_text(&l->scratch, failure));
    return NULL;
}

/* "192.0.2.0/24 ; SBL12": what stands behind a value in many lists. */
static str without_comment(str line)
{
    for (size_t i = 1; i < line.len; i++) {
        bool begins = line.at[i] == '#' || line.at[i] == ';';
        if (begins && (line.at[i - 1] == ' ' || line.at[i - 1] == '\t'))
            return str_trim(str_part(line, 0, i));
    }
    return line;
}

static err add_line(struct sweep_load *l, struct load_list *list, str line)
{
    line = str_trim(line);
    if (line.len == 0 || line.at[0] == '#' || line.at[0] == ';')
        return NULL;
    if (list->lines == 1 && read_heading(line, list)) {
        list->is_table = true;
        return NULL;
    }
    str cells[COLUMN_COUNT] = {[COLUMN_VALUE] = without_comment(line)};
    if (list->is_table) {
        cells[COLUMN_VALUE] = (str){0};
        read_row(line, list, cells);
    }
    return add_row(l, list->lines, cells);
}

err load_lines(struct sweep_load *l, struct load_list *list, str text)
{
    if (list->lines == 0 && str_starts(text, LIT("\xef\xbb\xbf")))
        text = str_skip(text, 3);
    for (str line; str_cut(&text, '\n', &line);) {
        list->lines++;
        TRY(add_line(l, list, line));
    }
    return NULL;
}

err load_list(struct sweep_load *l, str text)
{
    struct load_list list = {0};
    return load_lines(l, &list, text);
}
