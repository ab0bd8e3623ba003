/*
 * CSV files (RFC 4180) with a heading row: organizations and people to import.
 *
 * Quoted fields may hold commas, quotes (doubled) and line ends; a byte-order mark, CRLF and a
 * missing last line end are welcome. The heading may name the columns in any order and leave out
 * those that may be empty.
 */
#ifndef TOCSIN_BASE_CSV_H
#define TOCSIN_BASE_CSV_H

#include "base/error.h"

#define CSV_COLUMNS_MAX 16

struct csv_column {
    const char *name;
    bool is_required;      /* the column, and a value in each row */
    const char *also_name; /* another name for it, or NULL */
};

struct csv_row {
    size_t line;      /* where it begins, from 1 */
    const str *cells; /* in the order of the columns asked for; empty where absent */
};

struct csv {
    struct csv_row *items;
    size_t count;
    size_t capacity;
};

/*
 * Reads a whole file. `columns` ends with a zeroed row. ERR_INPUT names the line: a column that is
 * unknown, twice there or missing; a row with too many or too few cells; a quote that does not end;
 * text that is not UTF-8. Empty lines are passed over. Cells are borrowed from `text` or put in
 * `a`.
 */
err csv_read(struct arena *a, str text, const struct csv_column *columns, struct csv *out) MUST_USE;

#endif
