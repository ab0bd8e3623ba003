/*
 * Reaching another server.
 */
#include "cli/remote_flags.h"

#include "base/file.h"
#include "cli/record.h"
#include "cli/watching.h"

#define TOKEN_BYTES_MAX 16384

static void note(void *context, str words)
{
    struct arena scratch = {0};
    cli_note(context, "%.*s", STR_ARG(record_plain(&scratch, words)));
    arena_done(&scratch);
}

static err read_secrets(struct arena *a, struct cli *cli, struct http_client_options *out)
{
    bool has_user = cli_has(cli, "user");
    if (cli_has(cli, "token-file") && has_user)
        return FAIL(a, ERR_USAGE, "give either --token-file or --user, not both");
    if (has_user != cli_has(cli, "password-stdin"))
        return FAIL(a, ERR_USAGE, "--user and --password-stdin go together");
    if (cli_has(cli, "token-file"))
        TRY(remote_flags_token(a, cli_value(cli, "token-file"), &out->bearer));
    if (!has_user)
        return NULL;
    out->user = cli_value(cli, "user");
    return file_read_secret_line(a, &out->password);
}

/* "AB:CD:…" as other tools print it, too. */
static str plain_fingerprint(struct arena *a, str text)
{
    char *plain = arena_take(a, text.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] != ':')
            plain[len++] = char_lower(text.at[i]);
    }
    return (str){plain, len};
}

struct remote_place remote_flags_place(struct arena *a, const struct cli *cli)
{
    size_t count;
    const str *collections = cli_values(a, cli, "collection", &count);
    return (struct remote_place){cli_argument(cli, 0), count ? collections[0] : (str){0}};
}

err remote_flags_read(struct arena *a, struct cli *cli, struct remote_place place,
                      struct progress *bar, struct remote_options *out)
{
    struct remote_options options = {.url = place.url,
                                     .collection = place.collection,
                                     .watch = watching(bar),
                                     .on_note = note,
                                     .note_context = cli};
    options.http.ca_file = cli_value(cli, "ca");
    options.http.pinned_fingerprint = plain_fingerprint(a, cli_value(cli, "pin"));
    TRY(read_secrets(a, cli, &options.http));
    *out = options;
    return NULL;
}

err remote_flags_token(struct arena *a, str path, str *out)
{
    str text;
    TRY(file_read(a, path, TOKEN_BYTES_MAX, &text));
    str token;
    if (!str_cut(&text, '\n', &token) || str_trim(token).len == 0)
        return FAIL(a, ERR_INPUT, "%.*s holds no token in its first line", STR_ARG(path));
    *out = str_trim(token);
    return NULL;
}
