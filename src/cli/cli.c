/*
 * What a running command asks of its command line, and where it prints.
 */
#include "cli/args.h"
#include "store/store.h"

#include <errno.h>

static const struct cli_value *find_value(const struct cli *cli, const char *flag)
{
    const struct cli_value *found = NULL;
    ASSERT(args_find_flag(cli->verb, str_of(flag)) != NULL);
    for (size_t i = 0; i < cli->value_count; i++) {
        if (str_eq(str_of(cli->values[i].flag->name), str_of(flag)))
            found = &cli->values[i];
    }
    return found;
}

bool cli_has(const struct cli *cli, const char *flag)
{
    return find_value(cli, flag) != NULL;
}

str cli_value(const struct cli *cli, const char *flag)
{
    const struct cli_value *value = find_value(cli, flag);
    return value ? value->text : (str){0};
}

const str *cli_values(struct arena *a, const struct cli *cli, const char *flag, size_t *count)
{
    ASSERT(args_find_flag(cli->verb, str_of(flag)) != NULL);
    str *texts = NEW_ARRAY(a, cli->value_count, str);
    *count = 0;
    for (size_t i = 0; i < cli->value_count; i++) {
        if (str_eq(str_of(cli->values[i].flag->name), str_of(flag)))
            texts[(*count)++] = cli->values[i].text;
    }
    return texts;
}

str cli_argument(const struct cli *cli, size_t index)
{
    return index < cli->argument_count ? cli->arguments[index] : (str){0};
}

err cli_store(struct arena *a, struct cli *cli, struct store **out)
{
    ASSERT(cli->verb->needs_data || cli->verb->may_have_data);
    if (cli->data_dir.len == 0)
        return FAIL(a, ERR_USAGE, "which data directory? Give --data DIR, or set TOCSIN_DATA");
    if (cli->store == NULL)
        TRY(store_open(a, cli->data_dir, &cli->store));
    *out = cli->store;
    return NULL;
}

void cli_print(struct cli *cli, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vfprintf(cli->out, format, args);
    va_end(args);
    cli->has_printed = true;
}

void cli_note(struct cli *cli, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("tocsin: ", cli->err_out);
    vfprintf(cli->err_out, format, args);
    fputc('\n', cli->err_out);
    va_end(args);
}

err cli_flush(struct arena *a, struct cli *cli)
{
    if (fflush(cli->out) == 0 && !ferror(cli->out))
        return NULL;
    cli->is_unread = errno == EPIPE;
    return FAIL(a, ERR_IO, "standard output took not everything: %s", strerror(errno));
}
