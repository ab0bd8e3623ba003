/*
 * Help on the screen.
 */
#include "cli/help.h"

#include "cli/args.h"
#include "cli/commands.h"

#define LINE_COLUMNS 78
#define NAME_COLUMNS 14
#define FLAG_COLUMNS 26

const struct exit_words EXIT_WORDS[] = {
    {0, "Success."},
    {1, "A mistake of tocsin itself. Please report it."},
    {2, "The command line is wrong; the message says how it is meant."},
    {3, "The input is wrong: a file, an object, a value. Nothing of it was kept, unless the "
        "message says so."},
    {4, "What was named does not exist."},
    {5, "Not allowed, or the other side did not accept the credentials."},
    {6, "It collides with what is there already."},
    {7, "Reading, writing or the network failed, or the disk is full."},
    {8, "The data directory is damaged, not a data directory, or made by a newer tocsin; or an "
        "audit does not hold."},
    {9, "Busy, stopped or too slow; the same command may succeed later."},
    {0, NULL},
};

/* Later lines of a paragraph stand `hang` columns further in. */
static void put_hanging(struct buf *to, str text, unsigned indent, unsigned hang)
{
    size_t column = 0;
    bool is_first = true;
    str word;
    while (str_cut(&text, ' ', &word)) {
        if (column && column + 1 + word.len > LINE_COLUMNS) {
            buf_put_char(to, '\n');
            column = 0;
        }
        if (column == 0) {
            buf_print(to, "%*s", (int)(is_first ? indent : indent + hang), "");
            column = is_first ? indent : indent + hang;
            is_first = false;
        } else {
            buf_put_char(to, ' ');
            column++;
        }
        for (size_t i = 0; i < word.len; i++)
            buf_put_char(to, word.at[i] == HELP_STICKY_SPACE ? ' ' : word.at[i]);
        column += word.len;
    }
    buf_put_char(to, '\n');
}

void help_put_wrapped(struct buf *to, str text, unsigned indent)
{
    put_hanging(to, text, indent, 0);
}

/* A name on the left, words on the right, broken where they are long. */
static void put_row(struct buf *to, str name, unsigned columns, str words)
{
    OWNED(buf_done) struct buf right;
    buf_init(&right, HELP_BYTES_MAX);
    help_put_wrapped(&right, words, columns + 2);
    buf_print(to, "  %.*s", STR_ARG(name));
    if (name.len + 2 > columns)
        buf_print(to, "\n%.*s", STR_ARG(buf_str(&right)));
    else
        buf_print(to, "%*s%.*s", (int)(columns - name.len), "",
                  STR_ARG(str_skip(buf_str(&right), columns + 2)));
}

void help_put_all(struct buf *to)
{
    buf_put(to, LIT("tocsin: an exchange for threat intelligence over STIX and TAXII 2.1\n\n"
                    "Usage: tocsin COMMAND --data DIR ...\n\nCommands:\n"));
    for (const struct command *const *c = COMMANDS; *c; c++) {
        if (!(*c)->is_hidden)
            put_row(to, str_of((*c)->name), NAME_COLUMNS, str_of((*c)->summary));
    }
    buf_put(to, LIT("\nStart an exchange:\n"
                    "  tocsin init --data exchange --name \"Election Exchange\"\n"
                    "  tocsin serve --data exchange --listen 127.0.0.1:6100\n\n"
                    "More: tocsin COMMAND --help, man tocsin\n"));
}

void help_put_usage(struct buf *to, const struct command *command, const struct verb *verb)
{
    buf_print(to, "tocsin %s%s%s", command->name, verb->name[0] ? " " : "", verb->name);
    if (verb->arguments)
        buf_print(to, " %s", verb->arguments);
    if (verb->needs_data)
        buf_print(to, " --data%cDIR", HELP_STICKY_SPACE);
    for (const struct flag *f = verb->flags; f && f->name; f++) {
        buf_print(to, f->is_required ? " --%s" : " [--%s", f->name);
        if (f->value)
            buf_print(to, "%c%s", HELP_STICKY_SPACE, f->value);
        buf_print(to, "%s%s", f->is_required ? "" : "]", f->is_repeated ? "..." : "");
    }
}

static void put_usage_line(struct buf *to, const struct command *command, const struct verb *verb)
{
    OWNED(buf_done) struct buf usage;
    buf_init(&usage, HELP_BYTES_MAX);
    help_put_usage(&usage, command, verb);
    put_hanging(to, buf_str(&usage), 2, 4);
}

static void put_flag(struct buf *to, const struct flag *f)
{
    OWNED(buf_done) struct buf name;
    OWNED(buf_done) struct buf words;
    buf_init(&name, HELP_BYTES_MAX);
    buf_init(&words, HELP_BYTES_MAX);
    buf_print(&name, "--%s%s%s", f->name, f->value ? " " : "", f->value ? f->value : "");
    buf_print(&words, "%s%s", f->help, f->is_repeated ? "; may be repeated" : "");
    put_row(to, buf_str(&name), FLAG_COLUMNS, buf_str(&words));
}

static void put_flags(struct buf *to, const struct verb *verb)
{
    buf_put(to, LIT("\nFlags:\n"));
    for (const struct flag *f = verb->flags; f && f->name; f++)
        put_flag(to, f);
    if (verb->needs_data || verb->may_have_data)
        put_flag(to, &ARGS_DATA);
    if (verb->has_json)
        put_flag(to, &ARGS_JSON);
    put_flag(to, &ARGS_HELP);
}

void help_put_verb(struct buf *to, const struct command *command, const struct verb *verb)
{
    buf_print(to, "%s\n\nUsage:\n", verb->summary);
    put_usage_line(to, command, verb);
    put_flags(to, verb);
    buf_print(to, "\nExample:\n  %s\n", verb->example);
}

void help_put_command(struct buf *to, const struct command *command)
{
    const struct verb *plain = command_verb(command, (str){0});
    bool is_single = plain && command->verbs[1].name == NULL;
    buf_print(to, "%s\n\n", command->summary);
    help_put_wrapped(to, str_of(command->help), 0);
    buf_put(to, LIT("\nUsage:\n"));
    for (const struct verb *v = command->verbs; v->name; v++)
        put_usage_line(to, command, v);
    if (plain)
        put_flags(to, plain);
    buf_print(to, "\nExample%s:\n", is_single ? "" : "s");
    for (const struct verb *v = command->verbs; v->name; v++)
        buf_print(to, "  %s\n", v->example);
    if (!is_single)
        buf_print(to, "\nMore: tocsin %s VERB --help\n", command->name);
}
