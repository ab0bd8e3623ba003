/*
 * The manual page and the completion for bash.
 */
#include "cli/help.h"

#include "cli/args.h"
#include "cli/commands.h"

/* ---- the manual page */

/* Roff takes a leading dot or quote, hyphens and backslashes for its own. */
static void put_roff(struct buf *to, str text)
{
    if (str_starts(text, LIT(".")) || str_starts(text, LIT("'")))
        buf_put(to, LIT("\\&"));
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '\\')
            buf_put(to, LIT("\\e"));
        else if (text.at[i] == '-')
            buf_put(to, LIT("\\-"));
        else if (text.at[i] == HELP_STICKY_SPACE)
            buf_put_char(to, ' ');
        else
            buf_put_char(to, text.at[i]);
    }
}

static void put_man_flag(struct buf *to, const struct flag *f)
{
    buf_put(to, LIT(".TP\n.B "));
    put_roff(to, LIT("--"));
    put_roff(to, str_of(f->name));
    if (f->value)
        buf_print(to, " \\fI%s\\fR", f->value);
    buf_put_char(to, '\n');
    put_roff(to, str_of(f->help));
    buf_print(to, "%s.\n", f->is_repeated ? "; may be repeated" : "");
}

static void put_man_verb(struct buf *to, const struct command *command, const struct verb *verb)
{
    OWNED(buf_done) struct buf usage;
    buf_init(&usage, HELP_BYTES_MAX);
    help_put_usage(&usage, command, verb);
    buf_put(to, LIT(".PP\n.B "));
    put_roff(to, buf_str(&usage));
    buf_put(to, LIT("\n.RS\n"));
    put_roff(to, str_of(verb->summary));
    buf_put(to, LIT(".\n"));
    for (const struct flag *f = verb->flags; f && f->name; f++)
        put_man_flag(to, f);
    buf_put(to, LIT(".PP\nExample:\n.PP\n.nf\n"));
    put_roff(to, str_of(verb->example));
    buf_put(to, LIT("\n.fi\n.RE\n"));
}

static void put_man_command(struct buf *to, const struct command *command)
{
    buf_print(to, ".SS tocsin %s\n", command->name);
    put_roff(to, str_of(command->help));
    buf_put_char(to, '\n');
    for (const struct verb *v = command->verbs; v->name; v++)
        put_man_verb(to, command, v);
}

static void put_man_exits(struct buf *to)
{
    buf_put(to, LIT(".SH EXIT STATUS\n"));
    for (const struct exit_words *e = EXIT_WORDS; e->words; e++) {
        buf_print(to, ".TP\n.B %d\n", e->status);
        put_roff(to, str_of(e->words));
        buf_put_char(to, '\n');
    }
}

void help_put_man(struct buf *to)
{
    buf_put(to, LIT(".TH TOCSIN 1 \"\" \"tocsin " TOCSIN_VERSION "\" \"User Commands\"\n"
                    ".SH NAME\ntocsin \\- an exchange for threat intelligence over STIX and "
                    "TAXII 2.1\n"
                    ".SH SYNOPSIS\n.B tocsin\n.I COMMAND\n.B \\-\\-data\n.I DIR\n"
                    "[\\fIVERB\\fR] [\\fIFLAGS\\fR] [\\fIARGUMENTS\\fR]\n"
                    ".SH DESCRIPTION\n"
                    "An exchange lives in one data directory. Flags may stand anywhere behind "
                    "the command; \\fB\\-\\-flag value\\fR and \\fB\\-\\-flag=value\\fR are the "
                    "same, and behind \\fB\\-\\-\\fR everything is an argument. Every command "
                    "works while the server runs.\n"
                    ".SH COMMON FLAGS\n"));
    put_man_flag(to, &ARGS_DATA);
    put_man_flag(to, &ARGS_JSON);
    put_man_flag(to, &ARGS_HELP);
    buf_put(to, LIT(".PP\nWith \\fB\\-\\-json\\fR standard output is one JSON object: the thing, "
                    "{\"items\": [...]} for lists, or {\"error\": {\"code\", \"text\", "
                    "\"exit\"}} where nothing else was printed before the failure; of "
                    "\\fBmatch\\fR it is one object a line. Words for people go to standard "
                    "error.\n.SH COMMANDS\n"));
    for (const struct command *const *c = COMMANDS; *c; c++) {
        if (!(*c)->is_hidden)
            put_man_command(to, *c);
    }
    put_man_exits(to);
    buf_put(to, LIT(".SH ENVIRONMENT\n.TP\n.B TOCSIN_DATA\nThe data directory, where "
                    "\\fB\\-\\-data\\fR is not given.\n"
                    ".TP\n.B XDG_CACHE_HOME\nWhere \\fBmatch\\fR keeps what it pulled, in the "
                    "folder tocsin; else in ~/.cache.\n"
                    ".SH FILES\n.TP\n.I DIR/tocsin.conf\nSettings, each with its help; checked "
                    "with line numbers, read again on SIGHUP.\n"
                    ".TP\n.I DIR/tocsin.db\nThe database.\n"
                    ".TP\n.I DIR/files/\nFiles that people gave to briefings.\n"
                    ".TP\n.I DIR/audit.key\nThe key that signs audit heads.\n"));
}

/* ---- bash */

static void put_flag_words(struct buf *to, const struct verb *verb)
{
    for (const struct flag *f = verb->flags; f && f->name; f++)
        buf_print(to, " --%s", f->name);
    if (verb->needs_data || verb->may_have_data)
        buf_put(to, LIT(" --data"));
    if (verb->has_json)
        buf_put(to, LIT(" --json"));
    buf_put(to, LIT(" --help"));
}

/* Behind these stands a value; words between blanks, to be found as " --flag ". */
static void put_value_flags(struct buf *to, const struct verb *verb)
{
    buf_put(to, LIT("' values=' --data"));
    for (const struct flag *f = verb->flags; f && f->name; f++) {
        if (f->value)
            buf_print(to, " --%s", f->name);
    }
    buf_put_char(to, ' ');
}

static void put_bash_verb(struct buf *to, const struct command *command, const struct verb *verb)
{
    buf_print(to, "    '%s %s') words='", command->name, verb->name);
    put_flag_words(to, verb);
    put_value_flags(to, verb);
    buf_put(to, LIT("' ;;\n"));
}

static void put_bash_command(struct buf *to, const struct command *command)
{
    for (const struct verb *v = command->verbs; v->name; v++) {
        if (v->name[0])
            put_bash_verb(to, command, v);
    }
    buf_print(to, "    '%s '*) words='--data", command->name);
    for (const struct verb *v = command->verbs; v->name; v++) {
        if (v->name[0])
            buf_print(to, " %s", v->name);
    }
    const struct verb *plain = command_verb(command, (str){0});
    if (plain) {
        put_flag_words(to, plain);
        put_value_flags(to, plain);
    }
    buf_put(to, LIT("' ;;\n"));
}

static void put_command_names(struct buf *to)
{
    for (const struct command *const *c = COMMANDS; *c; c++) {
        if (!(*c)->is_hidden)
            buf_print(to, " %s", (*c)->name);
    }
}

void help_put_bash(struct buf *to)
{
    buf_put(to, LIT("# bash completion for tocsin\n"
                    "_tocsin()\n{\n"
                    "  local current=${COMP_WORDS[COMP_CWORD]} command='' verb='' words='' i\n"
                    "  local previous=${COMP_WORDS[COMP_CWORD - 1]} values=' --data '\n"
                    "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
                    "    case ${COMP_WORDS[i]} in\n"
                    "    --data) ((i++)) ;;\n"
                    "    -*) ;;\n"
                    "    *)\n"
                    "      if [ -z \"$command\" ]; then command=${COMP_WORDS[i]}\n"
                    "      elif [ -z \"$verb\" ]; then verb=${COMP_WORDS[i]}; fi ;;\n"
                    "    esac\n"
                    "  done\n"
                    "  if [ -z \"$command\" ] || [ \"$command $verb\" = 'help ' ]; "
                    "then\n    words='"));
    put_command_names(to);
    buf_put(to, LIT(" --help --version'\n  else\n    case \"$command $verb\" in\n"));
    for (const struct command *const *c = COMMANDS; *c; c++)
        put_bash_command(to, *c);
    buf_put(to, LIT("    esac\n  fi\n"
                    "  if [[ $values == *\" $previous \"* ]]; then\n"
                    "    mapfile -t COMPREPLY < <(compgen -f -- \"$current\")\n"
                    "    return\n"
                    "  fi\n"
                    "  if [[ $current == -* || -z $command || \"$words\" != *--* || -z $verb ]]; "
                    "then\n"
                    "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n"
                    "  fi\n"
                    "  [ ${#COMPREPLY[@]} -gt 0 ] || mapfile -t COMPREPLY < <(compgen -f -- "
                    "\"$current\")\n"
                    "}\n"
                    "complete -o filenames -F _tocsin tocsin\n"));
}
