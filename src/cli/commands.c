/*
 * The table of commands.
 */
#include "cli/commands.h"

#define COMMAND_ROW(name) &command_##name,
const struct command *const COMMANDS[] = {COMMAND_ROWS(COMMAND_ROW) NULL};
#undef COMMAND_ROW

const struct command *command_find(str name)
{
    for (const struct command *const *c = COMMANDS; *c; c++) {
        if (str_eq(str_of((*c)->name), name))
            return *c;
    }
    return NULL;
}

const struct verb *command_verb(const struct command *command, str name)
{
    for (const struct verb *v = command->verbs; v->name; v++) {
        if (str_eq(str_of(v->name), name))
            return v;
    }
    return NULL;
}
