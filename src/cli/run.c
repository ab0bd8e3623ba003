/*
 * One run of the program.
 */
#include "cli/run.h"

#include "cli/args.h"
#include "cli/commands.h"
#include "cli/help.h"
#include "cli/record.h"
#include "cli/stop.h"
#include "store/store.h"
#include "json/write.h"

static err show_help(struct arena *a, struct cli *cli)
{
    OWNED(buf_done) struct buf text;
    buf_init(&text, HELP_BYTES_MAX);
    if (cli->command == NULL)
        help_put_all(&text);
    else if (cli->verb)
        help_put_verb(&text, cli->command, cli->verb);
    else
        help_put_command(&text, cli->command);
    TRY(buf_check(a, &text));
    cli_print(cli, "%.*s", STR_ARG(buf_str(&text)));
    return NULL;
}

static bool is_word(str given, const char *first, const char *second)
{
    return str_eq(given, str_of(first)) || str_eq(given, str_of(second));
}

static err run_words(struct arena *a, struct cli *cli, const str *words, size_t count)
{
    if (count == 0)
        return FAIL(a, ERR_USAGE, "say what to do; see: tocsin --help");
    if (is_word(words[0], "--help", "-h"))
        return show_help(a, cli);
    if (is_word(words[0], "--version", "-V")) {
        cli_print(cli, "tocsin %s\n", TOCSIN_VERSION);
        return NULL;
    }
    const struct command *command = command_find(words[0]);
    if (command == NULL)
        return FAIL(a, ERR_USAGE, "there is no command '%.*s'; see: tocsin --help",
                    STR_ARG(record_plain(a, words[0])));
    TRY(args_read(a, command, words + 1, count - 1, cli));
    if (cli->wants_help)
        return show_help(a, cli);
    return cli->verb->run(a, cli);
}

static int exit_status(const struct cli *cli, err failure)
{
    bool is_own = cli->verb && cli->verb->trouble_status;
    return is_own ? cli->verb->trouble_status : error_exit_status(failure->code);
}

/* With --json the failure is an object on standard output too, if nothing stands there yet. */
static void print_error_json(struct cli *cli, err failure, str text)
{
    OWNED(buf_done) struct buf text_out;
    buf_init(&text_out, (size_t)1 << 20);
    struct json_writer w;
    json_writer_init(&w, &text_out);
    json_open_object(&w);
    json_key(&w, LIT("error"));
    json_open_object(&w);
    json_member(&w, "code", str_of(error_type(failure->code)));
    json_member(&w, "text", text);
    json_member_i64(&w, "exit", exit_status(cli, failure));
    json_close_object(&w);
    json_close_object(&w);
    cli_print(cli, "%.*s\n", STR_ARG(buf_str(&text_out)));
}

/* A wrong command line is reported before --json could be read. */
static bool asks_for_json(const str *words, size_t count)
{
    for (size_t i = 0; i < count && !str_eq(words[i], LIT("--")); i++) {
        if (str_eq(words[i], LIT("--json")))
            return true;
    }
    return false;
}

int cli_run(const struct cli_run *run)
{
    struct arena a = {0};
    struct cli cli = {.out = run->out, .err_out = run->err_out, .data_dir = str_of(run->data)};
    size_t count = run->argc > 1 ? (size_t)run->argc - 1 : 0;
    str *words = NEW_ARRAY(&a, count, str);
    for (size_t i = 0; i < count; i++)
        words[i] = str_of(run->argv[i + 1]);
    stop_install();
    err failure = run_words(&a, &cli, words, count);
    if (failure == NULL)
        failure = cli_flush(&a, &cli);
    int status = cli.status;
    if (failure) {
        str text = record_plain(&a, error_text(&a, failure));
        if (!cli.has_printed && asks_for_json(words, count))
            print_error_json(&cli, failure, text);
        if (!cli.is_unread)
            cli_note(&cli, "%.*s", STR_ARG(text));
        status = exit_status(&cli, failure);
    }
    fflush(cli.out);
    store_close(cli.store);
    arena_done(&a);
    return status;
}
