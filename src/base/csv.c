/*
 * CSV files.
 */
#include "base/csv.h"

#include "base/utf8.h"

typedef struct {
    str *items;
    size_t count;
    size_t capacity;
} cell_list;

struct reader {
    struct arena *arena;
    str rest;
    size_t line; /* of the first byte of `rest` */
};

static void skip(struct reader *r, size_t count)
{
    r->rest = str_skip(r->rest, count);
}

/* How many bytes stand between the quotes, as they are written; or up to the end. */
static size_t quoted_bytes(str rest)
{
    size_t at = 0;
    while (at < rest.len && (rest.at[at] != '"' || str_starts(str_skip(rest, at + 1), LIT("\""))))
        at += rest.at[at] == '"' ? 2 : 1;
    return at;
}

/* Takes "…" off the front; doubled quotes become one. */
static err read_quoted(struct reader *r, str *out)
{
    size_t begun = r->line;
    skip(r, 1);
    char *text = arena_take(r->arena, quoted_bytes(r->rest));
    size_t len = 0;
    for (;;) {
        if (r->rest.len == 0)
            return FAIL(r->arena, ERR_INPUT, "line %zu: a quote begins here and does not end",
                        begun);
        char c = r->rest.at[0];
        skip(r, 1);
        if (c == '"' && !str_starts(r->rest, LIT("\"")))
            break;
        if (c == '"')
            skip(r, 1);
        if (c == '\n')
            r->line++;
        text[len++] = c;
    }
    *out = (str){text, len};
    return NULL;
}

static str read_plain(struct reader *r)
{
    size_t len = 0;
    while (len < r->rest.len && r->rest.at[len] != ',' && r->rest.at[len] != '\n' &&
           r->rest.at[len] != '\r')
        len++;
    str cell = str_part(r->rest, 0, len);
    skip(r, len);
    return cell;
}

/* Takes the end of the line off the front, if it is there. */
static bool take_line_end(struct reader *r)
{
    size_t size = str_starts(r->rest, LIT("\r\n")) ? 2 : str_starts(r->rest, LIT("\n")) ? 1 : 0;
    skip(r, size);
    r->line += size > 0;
    return size > 0 || r->rest.len == 0;
}

static err read_row(struct reader *r, cell_list *cells)
{
    for (;;) {
        str *cell = LIST_ADD(r->arena, cells);
        if (str_starts(r->rest, LIT("\"")))
            TRY(read_quoted(r, cell));
        else
            *cell = str_trim(read_plain(r));
        size_t line = r->line;
        if (take_line_end(r))
            return NULL;
        if (!str_starts(r->rest, LIT(",")))
            return FAIL(r->arena, ERR_INPUT,
                        "line %zu: a comma or the end of the line is expected "
                        "after this cell",
                        line);
        skip(r, 1);
    }
}

static str column_names(struct arena *a, const struct csv_column *columns)
{
    str names = {0};
    for (const struct csv_column *c = columns; c->name; c++)
        names = arena_join(a, names, names.len ? LIT(",") : (str){0}, str_of(c->name));
    return names;
}

static size_t find_column(const struct csv_column *columns, str name)
{
    size_t i = 0;
    while (columns[i].name && !str_eq_nocase(str_of(columns[i].name), name) &&
           !(columns[i].also_name && str_eq_nocase(str_of(columns[i].also_name), name)))
        i++;
    return i;
}

/* For each cell of a row the index of its column. */
static err read_heading(struct reader *r, const struct csv_column *columns, size_t *places,
                        size_t *count)
{
    bool is_there[CSV_COLUMNS_MAX] = {0};
    cell_list cells = {0};
    str names = column_names(r->arena, columns);
    TRY(read_row(r, &cells));
    for (size_t i = 0; i < cells.count; i++) {
        size_t at = find_column(columns, cells.items[i]);
        if (columns[at].name == NULL || is_there[at])
            return FAIL(r->arena, ERR_INPUT,
                        "line 1: the column '%.*s' is %s; the columns are "
                        "%.*s",
                        STR_ARG(cells.items[i]), columns[at].name ? "there twice" : "unknown",
                        STR_ARG(names));
        is_there[at] = true;
        places[i] = at;
    }
    for (size_t i = 0; columns[i].name; i++) {
        if (columns[i].is_required && !is_there[i])
            return FAIL(r->arena, ERR_INPUT,
                        "line 1: the column '%s' is missing; the columns are "
                        "%.*s",
                        columns[i].name, STR_ARG(names));
    }
    *count = cells.count;
    return NULL;
}

static err put_row(struct reader *r, const struct csv_column *columns, const size_t *places,
                   const cell_list *cells, struct csv_row *row)
{
    str *placed = NEW_ARRAY(r->arena, CSV_COLUMNS_MAX, str);
    for (size_t i = 0; i < cells->count; i++)
        placed[places[i]] = cells->items[i];
    for (size_t i = 0; columns[i].name; i++) {
        if (columns[i].is_required && str_trim(placed[i]).len == 0)
            return FAIL(r->arena, ERR_INPUT, "line %zu: '%s' is empty", row->line, columns[i].name);
    }
    row->cells = placed;
    return NULL;
}

static err check_text(struct arena *a, str text)
{
    size_t fault = utf8_find_fault(text);
    size_t line = 1;
    for (size_t i = 0; i < fault; i++)
        line += text.at[i] == '\n';
    if (fault < text.len)
        return FAIL(a, ERR_INPUT, "line %zu is not UTF-8; save the file as UTF-8", line);
    return NULL;
}

err csv_read(struct arena *a, str text, const struct csv_column *columns, struct csv *out)
{
    TRY(check_text(a, text));
    struct reader r = {.arena = a, .rest = text, .line = 1};
    if (str_starts(r.rest, LIT("\xef\xbb\xbf")))
        skip(&r, 3);
    size_t places[CSV_COLUMNS_MAX];
    size_t count = 0;
    struct csv rows = {0};
    ASSERT(find_column(columns, (str){0}) <= CSV_COLUMNS_MAX);
    TRY(read_heading(&r, columns, places, &count));
    while (r.rest.len) {
        size_t line = r.line;
        cell_list cells = {0};
        TRY(read_row(&r, &cells));
        if (cells.count == 1 && cells.items[0].len == 0)
            continue;
        if (cells.count != count)
            return FAIL(a, ERR_INPUT, "line %zu has %zu cells, the heading has %zu", line,
                        cells.count, count);
        struct csv_row *row = LIST_ADD(a, &rows);
        row->line = line;
        TRY(put_row(&r, columns, places, &cells, row));
    }
    *out = rows;
    return NULL;
}
