/*
 * CSV files: RFC 4180 and what spreadsheets make of it.
 */
#include "base/csv.h"

#include "base/buf.h"
#include "base/num.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static const struct csv_column COLUMNS[] = {
    {"name", true, NULL}, {"jurisdictions", false, "jurisdiction"}, {"note", false, NULL}, {0}};

static void reads_what_spreadsheets_write(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *cells[3]; /* of the last row; NULL: there is no row */
        size_t rows;
        size_t line; /* of the last row */
    } CASES[] = {
        {"name\nOhio\n", {"Ohio", "", ""}, 1, 2},
        {"name\nOhio", {"Ohio", "", ""}, 1, 2},
        {"\xef\xbb\xbfName,NOTE\r\nOhio,x\r\n", {"Ohio", "", "x"}, 1, 2},
        {"note,jurisdiction,name\nx,39,Ohio\n", {"Ohio", "39", "x"}, 1, 2},
        {"name,note\n\"Stark, County\",\"say \"\"hi\"\"\"\n",
         {"Stark, County", "", "say \"hi\""},
         1,
         2},
        {"name,note\nA,\"two\nlines\"\nB,c\n", {"B", "", "c"}, 2, 4},
        {"name,note\n\n  Ohio  , x \n\n", {"Ohio", "", "x"}, 1, 3},
        {"name\n", {NULL, NULL, NULL}, 0, 0},
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        struct arena a = {0};
        struct csv csv = {0};
        err failure = csv_read(&a, str_of(CASES[i].text), COLUMNS, &csv);
        if (failure)
            fail_msg("case %zu: %.*s", i, STR_ARG(error_text(&a, failure)));
        assert_int_equal(csv.count, CASES[i].rows);
        for (size_t c = 0; c < 3 && CASES[i].rows; c++) {
            const struct csv_row *row = &csv.items[csv.count - 1];
            assert_int_equal(row->line, CASES[i].line);
            assert_true(str_eq(row->cells[c], str_of(CASES[i].cells[c])));
        }
        arena_done(&a);
    }
}

static void names_the_line_that_is_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *words;
    } CASES[] = {
        {"", "line 1: the column '' is unknown"},
        {"nme\nx\n",
         "line 1: the column 'nme' is unknown; the columns are name,jurisdictions,note"},
        {"note\nx\n", "line 1: the column 'name' is missing"},
        {"name,name\nx,y\n", "line 1: the column 'name' is there twice"},
        {"jurisdiction,name,jurisdictions\nx,y,z\n", "is there twice"},
        {"name\na\nb,c\n", "line 3 has 2 cells, the heading has 1"},
        {"name,note\na\n", "line 2 has 1 cells, the heading has 2"},
        {"name,note\n,x\n", "line 2: 'name' is empty"},
        {"name\n\"a\nb\n", "line 2: a quote begins here and does not end"},
        {"name\n\"a\"b\n", "line 2: a comma or the end of the line is expected"},
        {"name\na\nb\xff\n", "line 3 is not UTF-8"},
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        struct arena a = {0};
        struct csv csv = {0};
        err failure = csv_read(&a, str_of(CASES[i].text), COLUMNS, &csv);
        assert_non_null(failure);
        assert_int_equal(failure->code, ERR_INPUT);
        str text = error_text(&a, failure);
        if (str_find(text, str_of(CASES[i].words)) == text.len)
            fail_msg("expected '%s', got '%.*s'", CASES[i].words, STR_ARG(text));
        arena_done(&a);
    }
}

/* Cells with anything in them come back as they went in. */
static void reads_back_what_was_quoted(void **state)
{
    (void)state;
    static const char LETTERS[] = "a,\"\n\r; ";
    unsigned seed = (unsigned)(uintptr_t)&seed;
    print_message("seed %u\n", seed);
    for (unsigned round = 0; round < 2000; round++) {
        struct arena a = {0};
        char cell[12];
        char text[64] = "name,note\n\"";
        size_t at = strlen(text);
        size_t len = 1 + (size_t)(rand_r(&seed) % 10);
        for (size_t i = 0; i < len; i++) {
            cell[i] = i == 0 ? 'x' : LETTERS[rand_r(&seed) % 7];
            if (cell[i] == '"')
                text[at++] = '"';
            text[at++] = cell[i];
        }
        memcpy(text + at, "\",y\n", 4);
        struct csv csv = {0};
        assert_null(csv_read(&a, (str){text, at + 4}, COLUMNS, &csv));
        assert_int_equal(csv.count, 1);
        assert_true(str_eq(csv.items[0].cells[0], (str){cell, len}));
        assert_true(str_eq(csv.items[0].cells[2], LIT("y")));
        arena_done(&a);
    }
}

/* A row of many cells holds no more memory than its text is worth. */
static void takes_memory_by_what_is_quoted(void **state)
{
    (void)state;
    enum { CELLS = 20000 };
    struct arena a = {0};
    struct csv csv = {0};
    OWNED(buf_done) struct buf text;
    buf_init(&text, 16 * CELLS);
    buf_put(&text, LIT("name\n"));
    for (size_t i = 0; i < CELLS; i++)
        buf_put(&text, LIT("\"\","));
    assert_non_null(csv_read(&a, buf_str(&text), COLUMNS, &csv));
    assert_in_range(a.held_bytes, text.len, 64 * text.len);
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_spreadsheets_write),
        cmocka_unit_test(names_the_line_that_is_wrong),
        cmocka_unit_test(reads_back_what_was_quoted),
        cmocka_unit_test(takes_memory_by_what_is_quoted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
