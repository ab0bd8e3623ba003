/*
 * What commands print: records of named fields, as lines and tables for people, or as JSON.
 *
 * One description serves both, so that whatever is shown is also there for scripts. A record
 * prints as one object, a list of records as {"items": [...]}. Control characters in texts are
 * never sent to a terminal.
 */
#ifndef TOCSIN_CLI_RECORD_H
#define TOCSIN_CLI_RECORD_H

#include "cli/command.h"

enum field_type { FIELD_TEXT, FIELD_NUMBER, FIELD_FLAG, FIELD_LIST, FIELD_TIME, FIELD_RECORD };

struct record;

struct field {
    const char *name; /* as in JSON: "default_tlp"; for people "_" becomes a space */
    enum field_type type;
    str text;
    int64_t number;
    const str *items;
    size_t item_count;
    const struct record *record;
    bool is_json_only;
};

struct record {
    struct arena *arena; /* set before the first field */
    struct field *items;
    size_t count;
    size_t capacity;
};

/* Texts are borrowed. An empty text and a zero time are left out of JSON. */
void record_text(struct record *r, const char *name, str value);
void record_number(struct record *r, const char *name, int64_t value);
void record_flag(struct record *r, const char *name, bool value);
void record_list(struct record *r, const char *name, const str *items, size_t count);
void record_time(struct record *r, const char *name, int64_t time_us);
/* A record inside; for --json only. */
void record_put(struct record *r, const char *name, const struct record *inner);
/* The last field added is for --json only. */
void record_json_only(struct record *r);

struct records {
    struct arena *arena; /* set before the first record */
    struct record *items;
    size_t count;
    size_t capacity;
};

/* A new record at the end of the list. All records of a list have the same fields. */
struct record *records_add(struct records *list);

/* Prints it: "name: value" lines or one JSON object. */
err record_print(struct arena *a, struct cli *cli, const struct record *r) MUST_USE;

/*
 * Prints a table with a heading, or {"items": [...]}. An empty table is the words "no WHAT" on
 * standard error.
 */
err records_print(struct arena *a, struct cli *cli, const struct records *list,
                  const char *what) MUST_USE;

/* With --json a record's object; else the value of its field `id` on a line of its own. */
err record_print_id(struct arena *a, struct cli *cli, const struct record *r) MUST_USE;

/* A record of an id alone: what a verb prints that made or changed one thing. */
err record_print_only_id(struct arena *a, struct cli *cli, str id) MUST_USE;

/* Text with control characters as "?", in `a`: for terminals. */
str record_plain(struct arena *a, str text);
/* The same for a text of many lines: line breaks and tabs stay. */
str record_plain_lines(struct arena *a, str text);

#endif
