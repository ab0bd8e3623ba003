/*
 * tocsin backup: the whole exchange as one encrypted file; and the keys for that.
 */
#include "cli/commands.h"
#include "cli/record.h"
#include "cli/watching.h"
#include "service/backup.h"

static err make_key(struct arena *a, struct cli *cli)
{
    if (cli_has(cli, "to") || cli_has(cli, "key"))
        return FAIL(a, ERR_USAGE, "--make-key only makes a pair of keys; make the backup after it");
    str path = cli_value(cli, "make-key");
    str public_key;
    TRY(backup_make_key(a, path, &public_key));
    struct record r = {.arena = a};
    record_text(&r, "id", public_key);
    record_text(&r, "secret_key_file", path);
    TRY(record_print_id(a, cli, &r));
    cli_note(cli,
             "this is the public key: give it to backup --key, or set backup_key to it. Keep %.*s "
             "away from the exchange and in more than one place: without it no backup can be "
             "restored",
             STR_ARG(path));
    return NULL;
}

static err find_key(struct arena *a, struct cli *cli, const struct store *store,
                    unsigned char out[SECRET_KEY_BYTES])
{
    str key = cli_has(cli, "key") ? cli_value(cli, "key") : store_config(store)->backup_key;
    if (key.len == 0)
        return FAIL(a, ERR_USAGE,
                    "to which public key? Give --key, or set backup_key; make a pair with: tocsin "
                    "backup --make-key FILE");
    return backup_read_public_key(a, key, out);
}

static err run(struct arena *a, struct cli *cli)
{
    if (cli_has(cli, "make-key"))
        return make_key(a, cli);
    if (!cli_has(cli, "to"))
        return FAIL(a, ERR_USAGE, "where to? Give --to FILE");
    struct store *store;
    TRY(cli_store(a, cli, &store));
    unsigned char key[SECRET_KEY_BYTES];
    TRY(find_key(a, cli, store, key));
    OWNED(progress_done) struct progress bar = progress_open(0, "bytes");
    struct watch watch = watching(&bar);
    struct backup_totals totals;
    TRY(backup_write(a, store, cli_value(cli, "to"), key, &watch, &totals));
    progress_done(&bar);
    struct record r = {.arena = a};
    record_text(&r, "id", cli_value(cli, "to"));
    record_number(&r, "bytes", (int64_t)totals.file_bytes);
    return record_print(a, cli, &r);
}

static const struct flag FLAGS[] = {
    {.name = "to", .value = "FILE", .help = "New file to write the backup to"},
    {.name = "key",
     .value = "PUBLIC",
     .help = "Public key to encrypt to, or the file that holds it; else the setting backup_key"},
    {.name = "make-key",
     .value = "FILE",
     .help = "Make a pair of keys instead: the secret one into a new file, the public one printed"},
    {0},
};

static const struct verb VERBS[] = {
    {.name = "",
     .flags = FLAGS,
     .may_have_data = true,
     .has_json = true,
     .summary = "Write a consistent, encrypted copy of the live exchange",
     .example = "tocsin backup --data exchange --to exchange.backup --key backup.pub",
     .run = run},
    {0},
};

const struct command command_backup = {
    .name = "backup",
    .summary = "Write an encrypted backup of the live exchange",
    .help = "Writes one consistent state of the exchange, its settings and its keys as one file "
            "that only the holder of the secret key can read. The server may go on meanwhile. "
            "With --make-key it makes the pair of keys: do that once, on another machine if you "
            "can, and bring only the public key here.",
    .verbs = VERBS,
};
