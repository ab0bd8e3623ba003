/*
 * Elections as a sheet: looked at line by line, then all of it or nothing.
 */
#include "service/election.h"

#include "base/csv.h"
#include "base/map.h"

enum { NAME, JURISDICTION, KIND, DATE };
static const struct csv_column COLUMNS[] = {
    {.name = "name", .is_required = true},
    {.name = "jurisdiction", .is_required = true},
    {.name = "kind", .is_required = true},
    {.name = "date", .is_required = true},
    {0},
};

str election_change_name(enum election_change change)
{
#define ELECTION_CHANGE_NAME(word, name) LIT_INIT(name),
    static const str NAMES[] = {ELECTION_CHANGES(ELECTION_CHANGE_NAME)};
#undef ELECTION_CHANGE_NAME
    return NAMES[change];
}

static void find_fault(struct election_line *line, str words)
{
    line->change = ELECTION_FAULTY;
    line->fault = words;
}

/* What it is beside what is known, and beside the lines before it. */
static err judge(struct arena *a, struct session *s, struct map *said, struct election_line *line)
{
    const struct election *e = &line->election;
    struct election known;
    str key = arena_print(a, "%.*s %.*s %lld", STR_ARG(e->jurisdiction), STR_ARG(e->kind),
                          (long long)e->day);
    const size_t *first = map_put_new(said, key, &line->line);
    if (*first != line->line) {
        find_fault(line, arena_print(a, "Line %zu is about the same election", *first));
        return NULL;
    }
    TRY(elections_find(a, s, e, &known));
    line->election.id = known.id;
    if (known.id.len)
        line->change = str_eq(known.name, e->name) ? ELECTION_SAME : ELECTION_NAMED;
    return NULL;
}

static err read_line(struct arena *a, struct session *s, struct map *said,
                     const struct csv_row *row, struct election_sheet *out)
{
    struct election_line *line = NEW(a, struct election_line);
    struct election_words faults;
    *line = (struct election_line){.line = row->line,
                                   .words = {.name = row->cells[NAME],
                                             .jurisdiction = row->cells[JURISDICTION],
                                             .kind = row->cells[KIND],
                                             .date = row->cells[DATE]}};
    if (election_read(a, &line->words, &line->election, &faults))
        TRY(judge(a, s, said, line));
    else
        find_fault(line, election_first_fault(&faults));
    *LIST_ADD(a, out) = *line;
    out->faults += line->change == ELECTION_FAULTY;
    out->changes += line->change == ELECTION_NEW || line->change == ELECTION_NAMED;
    return NULL;
}

err election_sheet_read(struct arena *a, struct session *s, str csv, struct election_sheet *out)
{
    struct csv rows = {0};
    struct election_sheet sheet = {0};
    struct map said;
    map_init(&said, a);
    err unread = csv_read(a, csv, COLUMNS, &rows);
    if (unread)
        return FAIL(a, ERR_INVALID, "The sheet cannot be read: %.*s",
                    STR_ARG(error_text(a, unread)));
    if (rows.count > ELECTION_SHEET_LINES_MAX)
        return FAIL(a, ERR_INVALID, "A sheet has up to %d lines; bring it in pieces",
                    ELECTION_SHEET_LINES_MAX);
    for (size_t i = 0; i < rows.count; i++)
        TRY(read_line(a, s, &said, &rows.items[i], &sheet));
    *out = sheet;
    return NULL;
}

static err check_faults(struct arena *a, const struct election_sheet *sheet)
{
    for (size_t i = 0; i < sheet->count; i++) {
        if (sheet->items[i].change == ELECTION_FAULTY)
            return FAIL(a, ERR_INVALID, "Nothing was changed. Line %zu: %.*s", sheet->items[i].line,
                        STR_ARG(sheet->items[i].fault));
    }
    return NULL;
}

err election_sheet_apply_in(struct arena *a, struct session *s, str csv, struct election_sheet *out)
{
    struct election_sheet sheet = {0};
    TRY(election_sheet_read(a, s, csv, &sheet));
    TRY(check_faults(a, &sheet));
    for (size_t i = 0; i < sheet.count; i++) {
        if (sheet.items[i].change != ELECTION_SAME)
            TRY(election_put_in(a, s, &sheet.items[i].election));
    }
    *out = sheet;
    return NULL;
}
