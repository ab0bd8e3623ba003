/*
 * tocsin restore: a new data directory from a backup, checked before it is called restored.
 */
#include "cli/commands.h"
#include "cli/fsck_print.h"
#include "cli/values.h"
#include "cli/watching.h"
#include "service/backup.h"

static void wipe_key(unsigned char (*key)[SECRET_KEY_BYTES])
{
    secret_wipe(*key, sizeof(*key));
}

/* One secret key, or the shares that holders of several opened. */
static err find_key(struct arena *a, struct cli *cli, unsigned char out[SECRET_KEY_BYTES])
{
    struct value_list shares = values_of(a, cli, "share");
    if (cli_has(cli, "key") == (shares.count > 0))
        return FAIL(a, ERR_USAGE,
                    "by what is it opened? Give --key FILE, or --share FILE for each share of a "
                    "backup to several keys");
    if (shares.count == 0)
        return backup_read_secret_key(a, cli_value(cli, "key"), out);
    const struct backup_share_files files = {shares.items, shares.count};
    return backup_join_shares(a, cli_value(cli, "from"), &files, out);
}

static err restore(struct arena *a, struct cli *cli)
{
    OWNED(wipe_key) unsigned char key[SECRET_KEY_BYTES] = {0};
    TRY(find_key(a, cli, key));
    OWNED(progress_done) struct progress bar = progress_open(0, "bytes");
    struct watch watch = watching(&bar);
    return backup_restore(a, cli_value(cli, "from"), key, cli->data_dir, &watch);
}

static err run(struct arena *a, struct cli *cli)
{
    if (cli->data_dir.len == 0)
        return FAIL(a, ERR_USAGE, "where to? Give --data DIR, a new folder");
    TRY(restore(a, cli));
    err failure = fsck_check(a, cli);
    if (failure)
        return WRAP(a, failure,
                    "%.*s was restored as it was backed up, and does not pass the check",
                    STR_ARG(cli->data_dir));
    cli_note(cli, "restored into %.*s and checked: no faults", STR_ARG(cli->data_dir));
    return NULL;
}

static const struct flag FLAGS[] = {
    {.name = "from", .value = "FILE", .is_required = true, .help = "The backup"},
    {.name = "key",
     .value = "FILE",
     .help = "File of the secret key, as backup --make-key made it"},
    {.name = "share",
     .value = "FILE",
     .is_repeated = true,
     .help = "Of a backup to several keys: a share, as backup open-share printed it"},
    {0},
};

static const struct verb VERBS[] = {
    {.name = "",
     .flags = FLAGS,
     .needs_data = true,
     .has_json = true,
     .summary = "Make a new data directory from a backup and check it",
     .example = "tocsin restore --from exchange.backup --key secret.key --data restored",
     .run = run},
    {0},
};

const struct command command_restore = {
    .name = "restore",
    .summary = "Make a data directory from a backup",
    .help =
        "Decrypts a backup into a new data directory, then checks it as `tocsin fsck` does and "
        "says so. A backup that is cut short, changed or encrypted to another key is named as "
        "such, a share that was changed or is of another backup too, and nothing is left behind.",
    .verbs = VERBS,
};
