/*
 * The table of commands: each verb has help and an example that its own flags accept; every exit
 * status is explained; man page and completion name everything.
 */
#include "base/num.h"
#include "cli/args.h"
#include "cli/commands.h"
#include "cli/help.h"
#include "cli/run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define WORDS_MAX 40

static bool holds(str text, str part)
{
    return str_find(text, part) < text.len || part.len == 0;
}

/* Words as a shell would make them of an example: double quotes, and `<` or `>` ends it. */
static size_t split(struct arena *a, str line, str words[WORDS_MAX])
{
    size_t count = 0;
    size_t i = 0;
    while (i < line.len) {
        if (line.at[i] == ' ') {
            i++;
            continue;
        }
        if (line.at[i] == '<' || line.at[i] == '>' || line.at[i] == '|')
            break;
        char *word = arena_alloc(a, line.len + 1);
        size_t len = 0;
        bool is_quoted = false;
        for (; i < line.len && (is_quoted || line.at[i] != ' '); i++) {
            if (line.at[i] == '"')
                is_quoted = !is_quoted;
            else
                word[len++] = line.at[i];
        }
        assert_true(count < WORDS_MAX);
        words[count++] = (str){word, len};
    }
    return count;
}

static void check_verb(struct arena *a, const struct command *command, const struct verb *verb)
{
    if (verb->summary == NULL || verb->example == NULL || verb->run == NULL)
        fail_msg("%s %s lacks a summary, an example or a function", command->name, verb->name);
    str words[WORDS_MAX];
    size_t count = split(a, str_of(verb->example), words);
    assert_true(count >= 2 && str_eq(words[0], LIT("tocsin")));
    assert_true(str_eq(words[1], str_of(command->name)));
    struct cli cli = {0};
    err failure = args_read(a, command, words + 2, count - 2, &cli);
    if (failure)
        fail_msg("%s: %.*s", verb->example, STR_ARG(error_text(a, failure)));
    assert_ptr_equal(cli.verb, verb);
    for (const struct flag *f = verb->flags; f && f->name; f++) {
        if (f->help == NULL || f->help[0] == 0 || str_starts(str_of(f->name), LIT("-")))
            fail_msg("%s %s --%s lacks help", command->name, verb->name, f->name);
    }
}

static void each_verb_has_help_and_an_example_that_works(void **state)
{
    (void)state;
    struct arena a = {0};
    for (const struct command *const *c = COMMANDS; *c; c++) {
        assert_non_null((*c)->summary);
        assert_non_null((*c)->help);
        assert_ptr_equal(command_find(str_of((*c)->name)), *c);
        for (const struct verb *v = (*c)->verbs; v->name; v++)
            check_verb(&a, *c, v);
    }
    arena_done(&a);
}

static void each_error_has_an_exit_status_that_is_explained(void **state)
{
    (void)state;
    for (int code = 0; code < ERR_CODE_COUNT; code++) {
        bool is_explained = false;
        for (const struct exit_words *e = EXIT_WORDS; e->words; e++)
            is_explained |= e->status == error_exit_status((enum err_code)code);
        assert_true(is_explained);
        assert_int_not_equal(error_exit_status((enum err_code)code), 0);
    }
}

/* Without the backslashes that roff wants before hyphens. */
static str plain_man(struct arena *a)
{
    OWNED(buf_done) struct buf text;
    buf_init(&text, HELP_BYTES_MAX);
    help_put_man(&text);
    char *plain = arena_take(a, text.len);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] != '\\')
            plain[len++] = text.at[i];
    }
    return (str){plain, len};
}

static void man_page_and_completion_name_every_verb_and_flag(void **state)
{
    (void)state;
    struct arena a = {0};
    OWNED(buf_done) struct buf bash;
    buf_init(&bash, HELP_BYTES_MAX);
    help_put_bash(&bash);
    str man = plain_man(&a);
    for (const struct command *const *c = COMMANDS; *c; c++) {
        for (const struct verb *v = (*c)->verbs; v->name && !(*c)->is_hidden; v++) {
            str name = arena_print(&a, "tocsin %s%s%s", (*c)->name, v->name[0] ? " " : "", v->name);
            assert_true(holds(man, name));
            assert_true(holds(man, str_of(v->example)));
            for (const struct flag *f = v->flags; f && f->name; f++) {
                str flag = arena_print(&a, "--%s", f->name);
                assert_true(holds(man, flag) && holds(buf_str(&bash), flag));
            }
        }
    }
    arena_done(&a);
}

static void man_page_names_what_is_read_besides(void **state)
{
    (void)state;
    struct arena a = {0};
    str man = plain_man(&a);
    const char *const names[] = {"TOCSIN_DATA",   "XDG_CACHE_HOME", "DIR/tocsin.conf",
                                 "DIR/tocsin.db", "DIR/files/",     "DIR/audit.key"};
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        assert_true(holds(man, str_of(names[i])));
    arena_done(&a);
}

static void no_line_of_help_is_wider_than_a_screen_but_examples(void **state)
{
    (void)state;
    for (const struct command *const *c = COMMANDS; *c; c++) {
        for (const struct verb *v = (*c)->verbs; v->name; v++) {
            OWNED(buf_done) struct buf text;
            buf_init(&text, HELP_BYTES_MAX);
            help_put_verb(&text, *c, v);
            assert_true(holds(buf_str(&text), str_of(v->example)));
            str rest = buf_str(&text);
            rest.len = str_find(rest, LIT("\nExample"));
            str line;
            str_cut(&rest, '\n', &line); /* the summary */
            while (str_cut(&rest, '\n', &line)) {
                if (line.len > 80)
                    fail_msg("%s %s: %.*s", (*c)->name, v->name, STR_ARG(line));
            }
        }
    }
}

static struct cli_run make_run(char **argv, char **out, size_t *out_len, char **said,
                               size_t *said_len)
{
    struct cli_run run = {.argv = argv,
                          .out = open_memstream(out, out_len),
                          .err_out = open_memstream(said, said_len)};
    while (argv[run.argc])
        run.argc++;
    return run;
}

static void runs_end_with_their_status_and_words(void **state)
{
    (void)state;
    static const struct {
        const char *argv[6];
        int status;
        const char *out;
        const char *said;
    } CASES[] = {
        {{"tocsin"}, 2, "", "tocsin: say what to do; see: tocsin --help\n"},
        {{"tocsin", "frobnicate"}, 2, "", "there is no command 'frobnicate'"},
        {{"tocsin", "a\033[2Jb"}, 2, "", "there is no command 'a?[2Jb'"},
        {{"tocsin", "--version"}, 0, "tocsin ", ""},
        {{"tocsin", "--help"}, 0, "Commands:", ""},
        {{"tocsin", "org", "--help"}, 0, "tocsin org add --data DIR --name N", ""},
        {{"tocsin", "help", "org", "add"}, 0, "Example:", ""},
        {{"tocsin", "org", "list"}, 2, "", "TOCSIN_DATA"},
        {{"tocsin", "org", "list", "--data", "/nonexistent"}, 4, "", "tocsin init --data"},
        {{"tocsin", "org", "list", "--data=/nonexistent", "--json"},
         4,
         "{\"error\":{\"code\":",
         "tocsin init"},
        {{"tocsin", "org", "--json"}, 2, "{\"error\":{\"code\":\"usage\"", "say what to do"},
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        char *argv[6];
        char *out = NULL;
        char *said = NULL;
        size_t out_len;
        size_t said_len;
        memcpy(argv, CASES[i].argv, sizeof(argv));
        struct cli_run run = make_run(argv, &out, &out_len, &said, &said_len);
        int status = cli_run(&run);
        fclose(run.out);
        fclose(run.err_out);
        bool is_right = status == CASES[i].status &&
                        holds((str){out, out_len}, str_of(CASES[i].out)) &&
                        holds((str){said, said_len}, str_of(CASES[i].said));
        if (!is_right)
            fail_msg("case %zu: status %d\n%s\n%s", i, status, out, said);
        free(out);
        free(said);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_verb_has_help_and_an_example_that_works),
        cmocka_unit_test(each_error_has_an_exit_status_that_is_explained),
        cmocka_unit_test(man_page_and_completion_name_every_verb_and_flag),
        cmocka_unit_test(man_page_names_what_is_read_besides),
        cmocka_unit_test(no_line_of_help_is_wider_than_a_screen_but_examples),
        cmocka_unit_test(runs_end_with_their_status_and_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
