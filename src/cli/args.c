/*
 * Reading a command line. The verb is found first, so that flags may stand before it; then every
 * word is read with the verb's own table of flags.
 */
#include "cli/args.h"

#include "base/num.h"
#include "cli/commands.h"

const struct flag ARGS_DATA = {
    .name = "data", .value = "DIR", .help = "The data directory (or set TOCSIN_DATA)"};
const struct flag ARGS_JSON = {.name = "json", .help = "Print JSON"};
const struct flag ARGS_HELP = {.name = "help", .help = "Show this help"};

typedef struct {
    str *items;
    size_t count;
    size_t capacity;
} word_list;

typedef struct {
    struct cli_value *items;
    size_t count;
    size_t capacity;
} value_list;

struct parse {
    struct arena *arena;
    const str *rest;
    size_t rest_count;
    word_list arguments;
    value_list values;
};

static bool is_flag(str word)
{
    return str_starts(word, LIT("-")) && word.len > 1;
}

/* Takes "--name" or "--name=value" apart. */
static str flag_name(str word, str *value, bool *has_value)
{
    str body = str_skip(word, str_starts(word, LIT("--")) ? 2 : 1);
    size_t at = str_find_char(body, '=');
    *has_value = at < body.len;
    *value = str_skip(body, at + 1);
    return str_part(body, 0, at);
}

const struct flag *args_find_flag(const struct verb *verb, str name)
{
    if (str_eq(name, LIT("help")) || str_eq(name, LIT("h")))
        return &ARGS_HELP;
    if ((verb->needs_data || verb->may_have_data) && str_eq(name, LIT("data")))
        return &ARGS_DATA;
    if (verb->has_json && str_eq(name, LIT("json")))
        return &ARGS_JSON;
    for (const struct flag *f = verb->flags; f && f->name; f++) {
        if (str_eq(str_of(f->name), name))
            return f;
    }
    return NULL;
}

static const struct flag *find_in_any_verb(const struct command *command, str name)
{
    for (const struct verb *v = command->verbs; v->name; v++) {
        const struct flag *f = args_find_flag(v, name);
        if (f)
            return f;
    }
    return NULL;
}

/* The index of the first word that is neither flag nor a flag's value; `count` if there is none. */
static size_t find_first_argument(const struct command *command, const str *given, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq(given[i], LIT("--")))
            return i + 1 < count ? i + 1 : count;
        if (!is_flag(given[i]))
            return i;
        str value;
        bool has_value;
        const struct flag *f = find_in_any_verb(command, flag_name(given[i], &value, &has_value));
        if (f && f->value && !has_value)
            i++;
    }
    return count;
}

static bool wants_help(const str *given, size_t count)
{
    for (size_t i = 0; i < count && !str_eq(given[i], LIT("--")); i++) {
        if (str_eq(given[i], LIT("--help")) || str_eq(given[i], LIT("-h")))
            return true;
    }
    return false;
}

static str verb_words(struct arena *a, const struct command *command)
{
    str words = {0};
    for (const struct verb *v = command->verbs; v->name; v++) {
        if (v->name[0])
            words = arena_join(a, words, words.len ? LIT(", ") : (str){0}, str_of(v->name));
    }
    return words;
}

/* `*at` is the index of the word that names the verb, or `count` if none does. */
static err find_verb(struct arena *a, const struct command *command, const str *given, size_t count,
                     const struct verb **verb, size_t *at)
{
    size_t first = find_first_argument(command, given, count);
    const struct verb *plain = command_verb(command, (str){0});
    const struct verb *named = first < count ? command_verb(command, given[first]) : NULL;
    *at = named ? first : count;
    *verb = named ? named : plain;
    if (*verb || wants_help(given, count))
        return NULL;
    str choice = verb_words(a, command);
    if (first == count)
        return FAIL(a, ERR_USAGE, "say what to do: one of %.*s; see: tocsin %s --help",
                    STR_ARG(choice), command->name);
    return FAIL(a, ERR_USAGE, "'%s %.*s' is unknown; it is one of %.*s", command->name,
                STR_ARG(given[first]), STR_ARG(choice));
}

static str shown_name(struct arena *a, const struct cli *cli)
{
    return arena_print(a, "tocsin %s%s%s", cli->command->name, cli->verb->name[0] ? " " : "",
                       cli->verb->name);
}

static err unknown_flag(struct arena *a, const struct cli *cli, str word)
{
    return FAIL(a, ERR_USAGE, "the flag %.*s is unknown here; see: %.*s --help", STR_ARG(word),
                STR_ARG(shown_name(a, cli)));
}

static err put_value(struct parse *p, struct cli *cli, const struct flag *flag, str value)
{
    if (flag == &ARGS_DATA)
        cli->data_dir = value;
    else if (flag == &ARGS_JSON)
        cli->is_json = true;
    for (size_t i = 0; i < p->values.count && !flag->is_repeated; i++) {
        if (p->values.items[i].flag == flag)
            return FAIL(p->arena, ERR_USAGE, "--%s is given twice; give it once", flag->name);
    }
    *LIST_ADD(p->arena, &p->values) = (struct cli_value){flag, value};
    return NULL;
}

static err read_flag(struct parse *p, struct cli *cli, str word)
{
    str value;
    bool has_value;
    str name = flag_name(word, &value, &has_value);
    const struct flag *flag = str_starts(word, LIT("--")) || str_eq(word, LIT("-h"))
                                  ? args_find_flag(cli->verb, name)
                                  : NULL;
    if (flag == NULL)
        return unknown_flag(p->arena, cli, word);
    if (flag->value == NULL && has_value)
        return FAIL(p->arena, ERR_USAGE, "--%s takes no value; leave '=%.*s' away", flag->name,
                    STR_ARG(value));
    if (flag->value && !has_value) {
        if (p->rest_count == 0)
            return FAIL(p->arena, ERR_USAGE, "--%s needs a value: --%s %s", flag->name, flag->name,
                        flag->value);
        value = *p->rest++;
        p->rest_count--;
    }
    if (flag->value && value.len == 0)
        return FAIL(p->arena, ERR_USAGE, "--%s is empty; give it as --%s %s", flag->name,
                    flag->name, flag->value);
    return put_value(p, cli, flag, value);
}

static err read_words(struct parse *p, struct cli *cli, const str *given, size_t count,
                      size_t verb_at)
{
    bool is_literal = false;
    p->rest = given;
    p->rest_count = count;
    while (p->rest_count) {
        size_t index = count - p->rest_count;
        str word = *p->rest++;
        p->rest_count--;
        if (index == verb_at)
            continue;
        if (!is_literal && str_eq(word, LIT("--")))
            is_literal = true;
        else if (!is_literal && is_flag(word))
            TRY(read_flag(p, cli, word));
        else
            *LIST_ADD(p->arena, &p->arguments) = word;
    }
    return NULL;
}

static err check_flags(struct arena *a, const struct cli *cli)
{
    for (const struct flag *f = cli->verb->flags; f && f->name; f++) {
        if (f->is_required && !cli_has(cli, f->name))
            return FAIL(a, ERR_USAGE, "--%s %s is missing; for example: %s", f->name,
                        f->value ? f->value : "", cli->verb->example);
    }
    if (cli->verb->needs_data && cli->data_dir.len == 0)
        return FAIL(a, ERR_USAGE, "which data directory? Give --data DIR, or set TOCSIN_DATA");
    return NULL;
}

static err check_arguments(struct arena *a, const struct cli *cli)
{
    const struct verb *verb = cli->verb;
    if (cli->argument_count > verb->argument_max)
        return FAIL(a, ERR_USAGE, "'%.*s' is one argument too many; for example: %s",
                    STR_ARG(cli->arguments[verb->argument_max]), verb->example);
    if (cli->argument_count < verb->argument_min)
        return FAIL(a, ERR_USAGE, "%.*s needs %s; for example: %s", STR_ARG(shown_name(a, cli)),
                    verb->arguments, verb->example);
    return NULL;
}

err args_read(struct arena *a, const struct command *command, const str *given, size_t count,
              struct cli *out)
{
    struct cli cli = *out;
    size_t verb_at;
    cli.command = command;
    cli.wants_help = wants_help(given, count);
    TRY(find_verb(a, command, given, count, &cli.verb, &verb_at));
    if (cli.wants_help) {
        /* The plain verb of a command with others is shown with them. */
        if (cli.verb && cli.verb->name[0] == 0)
            cli.verb = NULL;
        *out = cli;
        return NULL;
    }
    struct parse p = {.arena = a};
    TRY(read_words(&p, &cli, given, count, verb_at));
    cli.arguments = p.arguments.items;
    cli.argument_count = p.arguments.count;
    cli.values = p.values.items;
    cli.value_count = p.values.count;
    TRY(check_arguments(a, &cli));
    TRY(check_flags(a, &cli));
    *out = cli;
    return NULL;
}
