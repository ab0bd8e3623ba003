/*
 * What a command of `tocsin` is: one file cmd_NAME.c with one const struct command, one row in
 * commands.c. Parsing, help, man page and shell completion are made from these.
 */
#ifndef TOCSIN_CLI_COMMAND_H
#define TOCSIN_CLI_COMMAND_H

#include "base/error.h"

#include <limits.h>
#include <stdio.h>

struct cli;
struct store;

/* One flag. Rows end with a zeroed one. --data, --json and --help are not listed: see verb. */
struct flag {
    const char *name;  /* without the dashes: "ceiling" */
    const char *value; /* what stands for the value in help, "TLP"; NULL: no value */
    bool is_repeated;  /* may be given several times */
    bool is_required;
    const char *help; /* a few words, without the final stop */
};

#define ARGUMENTS_ANY UINT_MAX
/* Of a verb that takes just one. */
#define ONE_ARGUMENT(word) .arguments = (word), .argument_min = 1, .argument_max = 1

/* One thing to do: `tocsin org add` is verb "add" of command "org"; verb "" where there is none. */
struct verb {
    const char *name;
    const char *arguments; /* "ID", "FILE...", "A member-of|part-of B"; NULL: none */
    unsigned argument_min;
    unsigned argument_max;    /* ARGUMENTS_ANY: any number */
    const struct flag *flags; /* NULL: none but the common ones */
    bool needs_data;          /* --data, or TOCSIN_DATA */
    bool may_have_data;       /* --data is known, but what else is given decides */
    bool has_json;            /* --json */
    int trouble_status;       /* exit status of every failure; 0: by the kind of failure */
    const char *summary;      /* one line, without the final stop */
    const char *example;      /* a whole command line */
    err (*run)(struct arena *a, struct cli *cli) MUST_USE;
};

struct command {
    const char *name;
    const char *summary;      /* one line, without the final stop */
    const char *help;         /* a paragraph or two; lines are broken where it is shown */
    const struct verb *verbs; /* ends with a row without a name */
    bool is_hidden;           /* from the list of commands */
};

struct cli_value {
    const struct flag *flag;
    str text; /* empty for a flag without value */
};

/* What a verb is given. Arguments and values borrow from argv. */
struct cli {
    const struct command *command;
    const struct verb *verb;
    const str *arguments;
    size_t argument_count;
    const struct cli_value *values; /* in the order given */
    size_t value_count;
    str data_dir; /* from --data or TOCSIN_DATA; empty: none */
    bool is_json;
    bool wants_help;
    FILE *out;
    FILE *err_out;
    bool has_printed;    /* something stands on `out` already */
    bool is_unread;      /* nobody reads `out` any more, as before `| head`: no words about it */
    int status;          /* exit status of a run that does not fail */
    struct store *store; /* see cli_store */
};

/* True if the flag was given. Asking for a flag that the verb does not have is our mistake. */
bool cli_has(const struct cli *cli, const char *flag);

/* The flag's value, the last one given; empty if absent. */
str cli_value(const struct cli *cli, const char *flag);

/* All values of a repeated flag, in the order given, in `a`. */
const str *cli_values(struct arena *a, const struct cli *cli, const char *flag, size_t *count);

/* The argument, counted from 0; empty if absent. */
str cli_argument(const struct cli *cli, size_t index);

/* The store of --data, opened once and closed by main. Only for verbs that take --data. */
err cli_store(struct arena *a, struct cli *cli, struct store **out) MUST_USE;

/* printf to standard output, and words for people to standard error (prefixed "tocsin: "). */
void cli_print(struct cli *cli, const char *format, ...) __attribute__((format(printf, 2, 3)));
void cli_note(struct cli *cli, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* ERR_IO if standard output took not all of it. */
err cli_flush(struct arena *a, struct cli *cli) MUST_USE;

#endif
