/*
 * Reading a command line: which command, which verb, flags and arguments.
 *
 * Flags may stand anywhere behind the command, before the verb too. `--flag value` and
 * `--flag=value` are the same; behind `--` everything is an argument; `-` is an argument.
 */
#ifndef TOCSIN_CLI_ARGS_H
#define TOCSIN_CLI_ARGS_H

#include "cli/command.h"

/*
 * Reads what follows the name of `command` into `out`, whose lists are put in `a`. ERR_USAGE with
 * what to do instead. With --help anywhere nothing is demanded; `out->verb` is then NULL unless one
 * was named. `environment_data` is TOCSIN_DATA, or empty.
 */
err args_read(struct arena *a, const struct command *command, const str *words, size_t count,
              struct cli *out) MUST_USE;

/* --data, --json and --help as the verb takes them; ends with a zeroed row. */
extern const struct flag ARGS_DATA;
extern const struct flag ARGS_JSON;
extern const struct flag ARGS_HELP;

/* The flag of that name which the verb takes, the common ones too, or NULL. */
const struct flag *args_find_flag(const struct verb *verb, str name);

#endif
