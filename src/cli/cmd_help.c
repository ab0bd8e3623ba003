/*
 * tocsin help: the same words as --help; and, for the build, the manual page and the completion.
 */
#include "cli/commands.h"
#include "cli/help.h"

static err print(struct arena *a, struct cli *cli, const struct buf *text)
{
    TRY(buf_check(a, text));
    cli_print(cli, "%.*s", STR_ARG(buf_str(text)));
    return NULL;
}

static err put_topic(struct arena *a, const struct cli *cli, struct buf *text)
{
    str topic = cli_argument(cli, 0);
    const struct command *command = command_find(topic);
    if (command == NULL)
        return FAIL(a, ERR_USAGE, "there is no command '%.*s'; see: tocsin --help", STR_ARG(topic));
    str name = cli_argument(cli, 1);
    const struct verb *verb = name.len ? command_verb(command, name) : NULL;
    if (name.len && verb == NULL)
        return FAIL(a, ERR_USAGE, "'%s %.*s' is unknown; see: tocsin %s --help", command->name,
                    STR_ARG(name), command->name);
    if (verb)
        help_put_verb(text, command, verb);
    else
        help_put_command(text, command);
    return NULL;
}

static err run(struct arena *a, struct cli *cli)
{
    OWNED(buf_done) struct buf text;
    buf_init(&text, HELP_BYTES_MAX);
    str topic = cli_argument(cli, 0);
    if (topic.len == 0)
        help_put_all(&text);
    else if (str_eq(topic, LIT("man")))
        help_put_man(&text);
    else if (str_eq(topic, LIT("completion")))
        help_put_bash(&text);
    else
        TRY(put_topic(a, cli, &text));
    return print(a, cli, &text);
}

static const struct verb VERBS[] = {
    {.name = "",
     .arguments = "[COMMAND [VERB]]",
     .argument_max = 2,
     .summary = "Show what a command does and how it is written",
     .example = "tocsin help org add",
     .run = run},
    {0},
};

const struct command command_help = {
    .name = "help",
    .summary = "Show what a command does",
    .help = "Without a command: all of them. `tocsin help man` prints the manual page, `tocsin "
            "help completion` the completion for bash.",
    .verbs = VERBS,
};
