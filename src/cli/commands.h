/*
 * The one table of commands, in display order. A row X(name) stands for cli/cmd_name.c, which
 * defines `const struct command command_name`.
 */
#ifndef TOCSIN_CLI_COMMANDS_H
#define TOCSIN_CLI_COMMANDS_H

#include "cli/command.h"

/* clang-format off */
#define COMMAND_ROWS(X) \
    X(init) \
    X(serve) \
    X(org) \
    X(person) \
    X(token) \
    X(cert) \
    X(collection) \
    X(grant) \
    X(audience) \
    X(election) \
    X(import) \
    X(list) \
    X(show) \
    X(export) \
    X(withdraw) \
    X(purge) \
    X(hold) \
    X(who) \
    X(audit) \
    X(mail) \
    X(validate) \
    X(pattern) \
    X(match) \
    X(pull) \
    X(push) \
    X(backup) \
    X(restore) \
    X(rebuild) \
    X(fsck) \
    X(demo) \
    X(help)
/* clang-format on */

#define COMMAND_DECLARE(name) extern const struct command command_##name;
COMMAND_ROWS(COMMAND_DECLARE)
#undef COMMAND_DECLARE

/* Ends with NULL. */
extern const struct command *const COMMANDS[];

/* NULL where there is none of that name. */
const struct command *command_find(str name);

/* The verb of that name, or NULL; the empty name is that of a verb without one. */
const struct verb *command_verb(const struct command *command, str name);

#endif
