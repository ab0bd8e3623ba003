/*
 * tocsin backup: the whole exchange as one encrypted file; and the keys for that.
 */
#include "cli/commands.h"
#include "cli/record.h"
#include "cli/values.h"
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

/* Those of the settings where none is given. */
static err find_holders(struct arena *a, struct cli *cli, const struct store *store,
                        struct backup_holders *out)
{
    struct value_list given = values_of(a, cli, "key");
    struct backup_names names = {.keys = given.items, .count = given.count};
    TRY(values_count(a, cli_value(cli, "threshold"), 0, &names.threshold));
    if (given.count)
        return backup_read_holders(a, &names, out);
    if (names.threshold)
        return FAIL(a, ERR_USAGE,
                    "--threshold goes with --key; how many of the keys in the settings it takes "
                    "is backup_threshold");
    TRY(backup_holders_set(a, store_config(store), out));
    if (out->count == 0)
        return FAIL(a, ERR_USAGE,
                    "to which public key? Give --key, or set backup_key; make a pair with: tocsin "
                    "backup --make-key FILE");
    return NULL;
}

static err write_to(struct arena *a, struct cli *cli, struct store *store,
                    const struct watch *watch, struct backup_totals *totals)
{
    struct backup_holders to;
    TRY(find_holders(a, cli, store, &to));
    return backup_write(a, store, cli_value(cli, "to"), &to, watch, totals);
}

static err run(struct arena *a, struct cli *cli)
{
    if (cli_has(cli, "make-key"))
        return make_key(a, cli);
    if (!cli_has(cli, "to"))
        return FAIL(a, ERR_USAGE, "where to? Give --to FILE");
    struct store *store;
    TRY(cli_store(a, cli, &store));
    OWNED(progress_done) struct progress bar = progress_open(0, "bytes");
    struct watch watch = watching(&bar);
    struct backup_totals totals;
    TRY(write_to(a, cli, store, &watch, &totals));
    progress_done(&bar);
    struct record r = {.arena = a};
    record_text(&r, "id", cli_value(cli, "to"));
    record_number(&r, "bytes", (int64_t)totals.file_bytes);
    return record_print(a, cli, &r);
}

static void wipe_key(unsigned char (*key)[SECRET_KEY_BYTES])
{
    secret_wipe(*key, sizeof(*key));
}

static err open_share(struct arena *a, struct cli *cli)
{
    OWNED(wipe_key) unsigned char key[SECRET_KEY_BYTES] = {0};
    str line;
    TRY(backup_read_secret_key(a, cli_value(cli, "key"), key));
    TRY(backup_open_share(a, cli_argument(cli, 0), key, &line));
    struct record r = {.arena = a};
    record_text(&r, "id", str_trim(line));
    TRY(record_print_id(a, cli, &r));
    cli_note(cli, "this line is your share of the backup: give it to nobody but whoever restores, "
                  "in a file (tocsin restore --share FILE)");
    return NULL;
}

static const struct flag FLAGS[] = {
    {.name = "to", .value = "FILE", .help = "New file to write the backup to"},
    {.name = "key",
     .value = "PUBLIC",
     .is_repeated = true,
     .help = "Public key to encrypt to, or the file that holds it; else the setting backup_key"},
    {.name = "threshold",
     .value = "K",
     .help = "With several keys (32 at most): so many of their holders open it together; of those "
             "in the settings backup_threshold says so"},
    {.name = "make-key",
     .value = "FILE",
     .help = "Make a pair of keys instead: the secret one into a new file, the public one printed"},
    {0},
};

static const struct flag SHARE_FLAGS[] = {
    {.name = "key",
     .value = "FILE",
     .is_required = true,
     .help = "File of one's own secret key, as backup --make-key made it"},
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
    {.name = "open-share",
     ONE_ARGUMENT("FILE"),
     .flags = SHARE_FLAGS,
     .has_json = true,
     .summary = "Open one's own share of a backup to several keys",
     .example = "tocsin backup open-share exchange.backup --key secret.key > share",
     .run = open_share},
    {0},
};

const struct command command_backup = {
    .name = "backup",
    .summary = "Write an encrypted backup of the live exchange",
    .help = "Writes one consistent state of the exchange, its settings and its keys as one file "
            "that only the holder of the secret key can read. The server may go on meanwhile. "
            "With several keys and a threshold K, any K of their holders can together, and fewer "
            "cannot: each opens a share of their own, and restore takes K of them. "
            "With --make-key it makes the pair of keys: do that once, on another machine if you "
            "can, and bring only the public key here.",
    .verbs = VERBS,
};
