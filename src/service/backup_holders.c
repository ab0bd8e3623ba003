/*
 * Whose keys a backup is encrypted to: as they are named on the command line or in the settings.
 */
#include "service/backup.h"

/* ---- which fit together */

static err check_threshold(struct arena *a, const struct backup_names *names)
{
    if (names->count > SHAMIR_SHARES_MAX)
        return FAIL(a, ERR_USAGE, "a backup has at most %d keys", SHAMIR_SHARES_MAX);
    bool is_one = names->count == 1 && names->threshold == 0;
    if (!is_one && (names->threshold == 0 || names->threshold > names->count))
        return FAIL(a, ERR_USAGE,
                    "with %zu key%s, say how many of them it takes together, from 1 to %zu: "
                    "--threshold, or backup_threshold beside backup_key",
                    names->count, names->count == 1 ? "" : "s", names->count);
    return NULL;
}

static err check_differ(struct arena *a, const struct backup_holders *h)
{
    for (size_t i = 0; i < h->count; i++) {
        for (size_t k = 0; k < i; k++) {
            if (memcmp(h->keys[i], h->keys[k], SECRET_KEY_BYTES) == 0)
                return FAIL(a, ERR_USAGE,
                            "the key %.*s is given twice; whoever held two shares would count for "
                            "two",
                            STR_ARG(secret_hex(a, h->keys[i], SECRET_KEY_BYTES)));
        }
    }
    return NULL;
}

err backup_read_holders(struct arena *a, const struct backup_names *names,
                        struct backup_holders *out)
{
    TRY(check_threshold(a, names));
    struct backup_holders h = {.count = names->count, .threshold = names->threshold};
    h.keys = arena_alloc(a, names->count * sizeof(*h.keys));
    for (size_t i = 0; i < names->count; i++)
        TRY(backup_read_public_key(a, names->keys[i], h.keys[i]));
    TRY(check_differ(a, &h));
    *out = h;
    return NULL;
}

/* ---- in the settings */

err backup_holders_set(struct arena *a, const struct config *c, struct backup_holders *out)
{
    LIST_OF(str) keys = {0};
    str rest = c->backup_key;
    for (str part; str_cut(&rest, ';', &part);) {
        part = str_trim(part);
        if (part.len)
            *LIST_ADD(a, &keys) = part;
    }
    *out = (struct backup_holders){0};
    if (keys.count == 0 && c->backup_threshold)
        return FAIL(a, ERR_INPUT,
                    "backup_threshold in tocsin.conf says how many holders it takes, and "
                    "backup_key names none: set both or neither");
    if (keys.count == 0)
        return NULL;
    const struct backup_names names = {keys.items, keys.count, (size_t)c->backup_threshold};
    err wrong = backup_read_holders(a, &names, out);
    return wrong ? FAIL(a, ERR_INPUT, "backup_key in tocsin.conf: %.*s",
                        STR_ARG(error_text(a, wrong)))
                 : NULL;
}

err backup_check_settings(struct arena *a, const struct config *c)
{
    struct backup_holders unused;
    return backup_holders_set(a, c, &unused);
}
