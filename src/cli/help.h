/*
 * Help, man page and shell completion, all made from the table of commands.
 */
#ifndef TOCSIN_CLI_HELP_H
#define TOCSIN_CLI_HELP_H

#include "base/buf.h"
#include "cli/command.h"

#define HELP_BYTES_MAX ((size_t)1 << 20)

/* In what help_put_usage writes, a space at which no line is broken. */
#define HELP_STICKY_SPACE '\x01'

/* tocsin --help */
void help_put_all(struct buf *to);

/* tocsin org --help */
void help_put_command(struct buf *to, const struct command *command);

/* tocsin org add --help */
void help_put_verb(struct buf *to, const struct command *command, const struct verb *verb);

/* The manual page, as roff with the man macros. */
void help_put_man(struct buf *to);

/* Completion for bash. */
void help_put_bash(struct buf *to);

/* What each exit status means; ends with a row without words. */
struct exit_words {
    int status;
    const char *words;
};
extern const struct exit_words EXIT_WORDS[];

/* "tocsin org add --name N ...": how the verb is written, without the common flags but --data. */
void help_put_usage(struct buf *to, const struct command *command, const struct verb *verb);

/* Puts `text` in lines of at most 78 columns, each after `indent` spaces; sticky spaces hold. */
void help_put_wrapped(struct buf *to, str text, unsigned indent);

#endif
