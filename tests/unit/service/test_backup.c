/*
 * Backups (S15): what is restored is what was there; whatever is wrong with a backup is named, and
 * leaves nothing behind.
 */
#include "base/file.h"
#include "base/num.h"
#include "exchange.h"
#include "service/backup.h"
#include "service/fsck.h"

#include <sys/stat.h>
#include <unistd.h>

#define BACKUP_BYTES_MAX ((size_t)1 << 26)

static const struct watch NOBODY_WATCHES;

static str path_of(struct exchange *x, const char *name)
{
    return arena_print(&x->arena, "%s/%s", x->folder, name);
}

struct keys {
    unsigned char public_key[1][SECRET_KEY_BYTES];
    unsigned char secret_key[SECRET_KEY_BYTES];
};

static struct keys make_keys(struct exchange *x, const char *name)
{
    struct keys keys;
    str hex;
    must(x, backup_make_key(&x->arena, path_of(x, name), &hex));
    must(x, backup_read_public_key(&x->arena, hex, keys.public_key[0]));
    must(x, backup_read_secret_key(&x->arena, path_of(x, name), keys.secret_key));
    return keys;
}

static err write_to(struct exchange *x, struct keys *keys, const struct watch *watch,
                    struct backup_totals *out)
{
    const struct backup_holders to = {.keys = keys->public_key, .count = 1};
    return backup_write(&x->arena, x->store, path_of(x, "backup"), &to, watch, out);
}

static str backup(struct exchange *x, struct keys *keys)
{
    struct backup_totals totals;
    must(x, write_to(x, keys, &NOBODY_WATCHES, &totals));
    str bytes;
    must(x, file_read(&x->arena, path_of(x, "backup"), BACKUP_BYTES_MAX, &bytes));
    assert_int_equal(totals.file_bytes, bytes.len);
    return bytes;
}

static err restore(struct exchange *x, const char *from, const struct keys *keys, const char *to)
{
    return backup_restore(&x->arena, path_of(x, from), keys->secret_key, path_of(x, to),
                          &NOBODY_WATCHES);
}

static void what_is_restored_is_what_was_there(void **state)
{
    struct exchange *x = *state;
    struct keys keys = make_keys(x, "key");
    post(x, x->f1, x->k, thing(x, "campaign", 1, 1, marked(x, TLP_GREEN)));
    str before = exchange_dump(x);
    str bytes = backup(x, &keys);
    assert_int_equal(str_find(bytes, id_of(x, "campaign", 1)), bytes.len);
    must(x, restore(x, "backup", &keys, "restored"));
    struct fsck_report report = {0};
    must(x, fsck_run(&x->arena, path_of(x, "restored"), &NOBODY_WATCHES, &report));
    assert_int_equal(report.faults, 0);
    store_close(x->store);
    must(x, store_open(&x->arena, path_of(x, "restored"), &x->store));
    assert_true(str_eq(exchange_dump(x), before));
    assert_says(post(x, x->f1, x->k, thing(x, "campaign", 2, 1, (str){0})), "A");
}

static void a_backup_is_one_state_though_others_write(void **state)
{
    struct exchange *x = *state;
    struct keys keys = make_keys(x, "key");
    struct store *other = exchange_second(x);
    OWNED(session_done) struct session writing = {0};
    must(x, session_write(&x->arena, other, &writing));
    must(x, db_run(&x->arena, writing.db, "UPDATE state SET name = 'half'", DB_NO_ARGS));
    backup(x, &keys);
    session_done(&writing);
    store_close(other);
    must(x, restore(x, "backup", &keys, "restored"));
    struct store *restored;
    must(x, store_open(&x->arena, path_of(x, "restored"), &restored));
    assert_says(restored->name, "Test exchange");
    store_close(restored);
}

/* Each makes a wrong backup from a good one. */
static str cut(struct exchange *x, str good)
{
    (void)x;
    return str_part(good, 0, good.len - 10);
}

static str cut_in_the_head(struct exchange *x, str good)
{
    (void)x;
    return str_part(good, 0, 40);
}

static str emptied(struct exchange *x, str good)
{
    (void)x;
    return str_part(good, 0, 0);
}

static str added_to(struct exchange *x, str good)
{
    return arena_join(&x->arena, good, LIT("more"), (str){0});
}

static str change(struct exchange *x, str good, size_t at)
{
    str bad = arena_copy(&x->arena, good);
    ((char *)(uintptr_t)bad.at)[at] ^= 1;
    return bad;
}

static str changed_in_the_middle(struct exchange *x, str good)
{
    return change(x, good, good.len / 2);
}

static str changed_in_the_head(struct exchange *x, str good)
{
    return change(x, good, 30);
}

static str something_else(struct exchange *x, str good)
{
    (void)x;
    (void)good;
    return LIT("{\"type\": \"bundle\"}");
}

static str of_a_newer_form(struct exchange *x, str good)
{
    return arena_join(&x->arena, LIT("tocsin-backup 3\n"), str_skip(good, 16), (str){0});
}

static const struct {
    str (*make)(struct exchange *x, str good);
    enum err_code code;
    const char *words;
} WRONG[] = {
    {cut, ERR_CORRUPT, "cut short"},
    {cut_in_the_head, ERR_CORRUPT, "cut short"},
    {emptied, ERR_INPUT, "not a backup"},
    {added_to, ERR_CORRUPT, "added to"},
    {changed_in_the_middle, ERR_CORRUPT, "changed"},
    {changed_in_the_head, ERR_FORBIDDEN, "another key"},
    {something_else, ERR_INPUT, "not a backup"},
    {of_a_newer_form, ERR_INPUT, "newer"},
};

static void a_wrong_backup_is_named_and_leaves_nothing(void **state)
{
    struct exchange *x = *state;
    struct keys keys = make_keys(x, "key");
    str good = backup(x, &keys);
    for (size_t i = 0; i < COUNT_OF(WRONG); i++) {
        must(x, file_write(&x->arena, path_of(x, "wrong"), WRONG[i].make(x, good), 0600));
        err failure = restore(x, "wrong", &keys, "restored");
        must_fail(x, failure, WRONG[i].code);
        str words = error_text(&x->arena, failure);
        if (str_find(words, str_of(WRONG[i].words)) == words.len)
            fail_msg("case %zu: \"%.*s\" does not say \"%s\"", i, STR_ARG(words), WRONG[i].words);
        assert_false(file_exists(&x->arena, path_of(x, "restored")));
    }
}

static void another_key_does_not_open_it(void **state)
{
    struct exchange *x = *state;
    struct keys keys = make_keys(x, "key");
    struct keys others = make_keys(x, "key2");
    backup(x, &keys);
    must_fail(x, restore(x, "backup", &others, "restored"), ERR_FORBIDDEN);
    assert_false(file_exists(&x->arena, path_of(x, "restored")));
}

static void nothing_is_overwritten(void **state)
{
    struct exchange *x = *state;
    struct keys keys = make_keys(x, "key");
    str good = backup(x, &keys);
    struct backup_totals totals;
    must_fail(x, write_to(x, &keys, &NOBODY_WATCHES, &totals), ERR_CONFLICT);
    str hex;
    must_fail(x, backup_make_key(&x->arena, path_of(x, "key"), &hex), ERR_CONFLICT);
    must_fail(x, restore(x, "backup", &keys, "data"), ERR_CONFLICT);
    must(x, file_make_dir(&x->arena, path_of(x, "full")));
    must(x, file_write(&x->arena, path_of(x, "full/mine"), good, 0600));
    must_fail(x, restore(x, "backup", &keys, "full"), ERR_CONFLICT);
    must(x, file_make_dir(&x->arena, path_of(x, "empty")));
    must(x, restore(x, "backup", &keys, "empty"));
}

static void the_secret_key_is_a_file_and_only_its_owner_reads_it(void **state)
{
    struct exchange *x = *state;
    make_keys(x, "key");
    struct stat about;
    assert_int_equal(stat(path_of(x, "key").at, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    unsigned char key[SECRET_KEY_BYTES];
    str text;
    must(x, file_read(&x->arena, path_of(x, "key"), 4096, &text));
    str hex = str_trim(str_skip(text, str_find_char(text, ' ')));
    must_fail(x, backup_read_secret_key(&x->arena, hex, key), ERR_USAGE);
    must_fail(x, backup_read_public_key(&x->arena, path_of(x, "key"), key), ERR_USAGE);
    must_fail(x, backup_read_public_key(&x->arena, LIT("nonsense"), key), ERR_USAGE);
    must_fail(x, backup_read_secret_key(&x->arena, path_of(x, "data/tocsin.conf"), key), ERR_INPUT);
}

/* "2 of 3", or what is wrong. */
static str settings_say(struct exchange *x, str keys, unsigned threshold)
{
    struct backup_holders to;
    struct config c;
    config_init(&c);
    c.backup_key = keys;
    c.backup_threshold = threshold;
    err wrong = backup_holders_set(&x->arena, &c, &to);
    err checked = backup_check_settings(&x->arena, &c);
    assert_true((wrong == NULL) == (checked == NULL));
    if (wrong == NULL)
        return arena_print(&x->arena, "%zu of %zu", to.threshold, to.count);
    assert_int_equal(wrong->code, ERR_INPUT);
    return wrong->text;
}

static void the_settings_name_one_key_or_any_k_of_several(void **state)
{
    struct exchange *x = *state;
    struct keys keys[3] = {make_keys(x, "a"), make_keys(x, "b"), make_keys(x, "c")};
    str hex[3];
    for (size_t i = 0; i < COUNT_OF(keys); i++)
        hex[i] = secret_hex(&x->arena, keys[i].public_key[0], SECRET_KEY_BYTES);
    must(x, file_write(&x->arena, path_of(x, "c.pub"), hex[2], 0600));
    str two = arena_print(&x->arena, "%.*s ; %.*s;", STR_ARG(hex[0]), STR_ARG(hex[1]));
    str three = arena_join(&x->arena, two, path_of(x, "c.pub"), (str){0});
    str twice = arena_join(&x->arena, three, LIT(";"), hex[2]);
    const struct {
        str keys;
        unsigned threshold;
        const char *said;
    } CASES[] = {
        {LIT(""), 0, "0 of 0"},
        {hex[0], 0, "0 of 1"},
        {hex[0], 1, "1 of 1"},
        {three, 2, "2 of 3"},
        {two, 2, "2 of 2"},
        {LIT(""), 2,
         "backup_threshold in tocsin.conf says how many holders it takes, and backup_key names "
         "none: set both or neither"},
        {two, 0,
         "backup_key in tocsin.conf: with 2 keys, say how many of them it takes together, from 1 "
         "to 2: --threshold, or backup_threshold beside backup_key"},
        {hex[0], 2,
         "backup_key in tocsin.conf: with 1 key, say how many of them it takes together, from 1 "
         "to 1: --threshold, or backup_threshold beside backup_key"},
        {LIT("abc"), 0,
         "backup_key in tocsin.conf: 'abc' is neither a public key (64 hexadecimal digits) nor a "
         "file; make a pair with: tocsin backup --make-key FILE"},
        {path_of(x, "a"), 0,
         arena_print(&x->arena,
                     "backup_key in tocsin.conf: %s holds a secret key; a backup is made with the "
                     "public one, and the secret one is best kept elsewhere",
                     path_of(x, "a").at)
             .at},
        {twice, 2,
         arena_print(&x->arena,
                     "backup_key in tocsin.conf: the key %s is given twice; whoever held two "
                     "shares would count for two",
                     hex[2].at)
             .at},
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++)
        assert_says(settings_say(x, CASES[i].keys, CASES[i].threshold), CASES[i].said);
}

static err ask_to_stop(struct arena *a)
{
    return FAIL(a, ERR_BUSY, "stopped");
}

static void being_stopped_leaves_nothing(void **state)
{
    struct exchange *x = *state;
    struct keys keys = make_keys(x, "key");
    const struct watch stopped = {.check_stop = ask_to_stop};
    struct backup_totals totals;
    must_fail(x, write_to(x, &keys, &stopped, &totals), ERR_BUSY);
    assert_false(file_exists(&x->arena, path_of(x, "backup")));
    backup(x, &keys);
    must_fail(x,
              backup_restore(&x->arena, path_of(x, "backup"), keys.secret_key,
                             path_of(x, "restored"), &stopped),
              ERR_BUSY);
    assert_false(file_exists(&x->arena, path_of(x, "restored")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        EXCHANGE_TEST(what_is_restored_is_what_was_there),
        EXCHANGE_TEST(a_backup_is_one_state_though_others_write),
        EXCHANGE_TEST(a_wrong_backup_is_named_and_leaves_nothing),
        EXCHANGE_TEST(another_key_does_not_open_it),
        EXCHANGE_TEST(nothing_is_overwritten),
        EXCHANGE_TEST(the_secret_key_is_a_file_and_only_its_owner_reads_it),
        EXCHANGE_TEST(the_settings_name_one_key_or_any_k_of_several),
        EXCHANGE_TEST(being_stopped_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
