/*
 * Backups to k of n keys: the head that holds the shares, opening one, and joining k of them.
 */
#include "base/file.h"
#include "base/num.h"
#include "service/backup_parts.h"

#include <errno.h>

#define SHARE_FILE_BYTES_MAX 4096
#define SHARE_WORD "tocsin-backup-share"
#define SHARE_BYTES (1 + (size_t)SECRET_KEY_BYTES)
#define SEALED_SHARE_BYTES (SHARE_BYTES + SECRET_BOX_EXTRA_BYTES)
#define HOLDER_BYTES ((size_t)SECRET_KEY_BYTES + SECRET_DIGEST_BYTES + SEALED_SHARE_BYTES)
#define HEAD_BYTES_MAX (2 + (size_t)SECRET_KEY_BYTES + SHAMIR_SHARES_MAX * HOLDER_BYTES)

/* One holder's part of the head. */
struct holder {
    str public_key;
    str digest; /* of their share: to tell a changed one, and whose it is */
    str sealed;
};

struct head {
    unsigned threshold;
    unsigned count;
    str file_key; /* public; its secret one is what is shared */
    struct holder holders[SHAMIR_SHARES_MAX];
};

static void wipe_shares(struct shamir_share (*shares)[SHAMIR_SHARES_MAX])
{
    secret_wipe(*shares, sizeof(*shares));
}

static void wipe_key(unsigned char (*key)[SECRET_KEY_BYTES])
{
    secret_wipe(*key, sizeof(*key));
}

/* A share is 32 random bytes or as good as that: its digest gives none of it away. */
static void digest_share(str file_key, const struct shamir_share *share,
                         unsigned char out[SECRET_DIGEST_BYTES])
{
    const str parts[] = {LIT(SHARE_WORD),
                         file_key,
                         {(const char *)&share->x, 1},
                         {(const char *)share->y, sizeof(share->y)}};
    secret_digest_parts(NULL, parts, COUNT_OF(parts), out);
}

static bool is_of(const struct head *h, unsigned at, const struct shamir_share *share)
{
    unsigned char digest[SECRET_DIGEST_BYTES];
    digest_share(h->file_key, share, digest);
    return share->x == at + 1 && secret_eq(h->holders[at].digest, (str){(char *)digest, 32});
}

/* ---- writing */

static err put_holder(struct arena *a, struct buf *head, str file_key,
                      const unsigned char key[SECRET_KEY_BYTES], const struct shamir_share *share)
{
    unsigned char digest[SECRET_DIGEST_BYTES];
    char plain[SHARE_BYTES];
    str sealed;
    plain[0] = (char)share->x;
    memcpy(plain + 1, share->y, sizeof(share->y));
    digest_share(file_key, share, digest);
    err failure = secret_box_seal(a, key, (str){plain, sizeof(plain)}, &sealed);
    secret_wipe(plain, sizeof(plain));
    TRY(failure);
    buf_put(head, (str){(const char *)key, SECRET_KEY_BYTES});
    buf_put(head, (str){(char *)digest, sizeof(digest)});
    buf_put(head, sealed);
    return NULL;
}

err backup_shares_make(struct arena *a, const struct backup_holders *to, struct backup_sealing *out)
{
    OWNED(wipe_shares) struct shamir_share shares[SHAMIR_SHARES_MAX] = {0};
    OWNED(wipe_key) unsigned char secret_key[SECRET_KEY_BYTES] = {0};
    OWNED(buf_done) struct buf head;
    secret_box_pair(out->public_key, secret_key);
    shamir_split(secret_key, (struct shamir_count){(unsigned)to->threshold, (unsigned)to->count},
                 shares);
    str file_key = {(const char *)out->public_key, SECRET_KEY_BYTES};
    buf_init(&head, BACKUP_MAGIC_BYTES + HEAD_BYTES_MAX);
    buf_put(&head, LIT(BACKUP_SHARED_MAGIC));
    buf_put_char(&head, (char)to->threshold);
    buf_put_char(&head, (char)to->count);
    buf_put(&head, file_key);
    for (size_t i = 0; i < to->count; i++)
        TRY(put_holder(a, &head, file_key, to->keys[i], &shares[i]));
    out->head = arena_copy(a, buf_str(&head));
    return NULL;
}

/* ---- reading the head */

static err damaged(struct arena *a, str path)
{
    return FAIL(a, ERR_CORRUPT, "the head of the backup %.*s is damaged", STR_ARG(path));
}

static str take(str *bytes, size_t size)
{
    str part = str_part(*bytes, 0, size);
    *bytes = str_skip(*bytes, size);
    return part;
}

static err read_head(struct arena *a, FILE *from, str path, struct head *out)
{
    char *bytes = arena_take(a, HEAD_BYTES_MAX);
    size_t got = fread(bytes, 1, 2 + SECRET_KEY_BYTES, from);
    if (got < 2 + SECRET_KEY_BYTES)
        return damaged(a, path);
    *out = (struct head){.threshold = (unsigned char)bytes[0],
                         .count = (unsigned char)bytes[1],
                         .file_key = {bytes + 2, SECRET_KEY_BYTES}};
    if (out->count == 0 || out->count > SHAMIR_SHARES_MAX || out->threshold == 0 ||
        out->threshold > out->count)
        return damaged(a, path);
    str rest = {bytes + got, out->count * HOLDER_BYTES};
    if (fread(bytes + got, 1, rest.len, from) < rest.len)
        return damaged(a, path);
    for (unsigned i = 0; i < out->count; i++) {
        struct holder *one = &out->holders[i];
        one->public_key = take(&rest, SECRET_KEY_BYTES);
        one->digest = take(&rest, SECRET_DIGEST_BYTES);
        one->sealed = take(&rest, SEALED_SHARE_BYTES);
    }
    return NULL;
}

err backup_shares_pass(struct arena *a, FILE *from, str path,
                       const unsigned char secret_key[SECRET_KEY_BYTES])
{
    struct head h;
    unsigned char public_key[SECRET_KEY_BYTES];
    TRY(read_head(a, from, path, &h));
    secret_box_public(secret_key, public_key);
    if (secret_eq(h.file_key, (str){(char *)public_key, sizeof(public_key)}))
        return NULL;
    return FAIL(a, ERR_FORBIDDEN,
                "%.*s takes %u of %u keys together: each holder opens their share with `tocsin "
                "backup open-share --key F %.*s`, and --share names the files that hold them",
                STR_ARG(path), h.threshold, h.count, STR_ARG(path));
}

static err read_shared_head(struct arena *a, FILE *from, str path, struct head *out)
{
    char magic[BACKUP_MAGIC_BYTES];
    size_t got = fread(magic, 1, sizeof(magic), from);
    if (str_eq((str){magic, got}, LIT(BACKUP_MAGIC)))
        return FAIL(a, ERR_INPUT,
                    "%.*s is a backup to one key, without shares: restore it with --key",
                    STR_ARG(path));
    if (!str_eq((str){magic, got}, LIT(BACKUP_SHARED_MAGIC)))
        return FAIL(a, ERR_INPUT, "%.*s is not a backup of tocsin, or of a newer one",
                    STR_ARG(path));
    return read_head(a, from, path, out);
}

static err open_head(struct arena *a, str path, struct head *out)
{
    OWNED(backup_close_file) FILE *from = fopen(arena_copy(a, path).at, "rbe");
    return from ? read_shared_head(a, from, path, out) : file_fail(a, "open", path, errno);
}

/* ---- a holder's share */

static err open_sealed(struct arena *a, str path, const struct head *h, unsigned at,
                       const unsigned char secret_key[SECRET_KEY_BYTES], struct shamir_share *out)
{
    unsigned char plain[SHARE_BYTES];
    if (!secret_box_open(secret_key, h->holders[at].sealed, plain))
        return damaged(a, path);
    out->x = plain[0];
    memcpy(out->y, plain + 1, sizeof(out->y));
    secret_wipe(plain, sizeof(plain));
    return is_of(h, at, out) ? NULL : damaged(a, path);
}

static str share_line(struct arena *a, const struct head *h, const struct shamir_share *share)
{
    return arena_print(a, SHARE_WORD " %.*s %u %u %.*s\n",
                       STR_ARG(secret_hex(a, h->file_key.at, h->file_key.len)), h->threshold,
                       (unsigned)share->x, STR_ARG(secret_hex(a, share->y, sizeof(share->y))));
}

err backup_open_share(struct arena *a, str path, const unsigned char secret_key[SECRET_KEY_BYTES],
                      str *line)
{
    struct head h;
    struct shamir_share share;
    unsigned char public_key[SECRET_KEY_BYTES];
    TRY(open_head(a, path, &h));
    secret_box_public(secret_key, public_key);
    for (unsigned i = 0; i < h.count; i++) {
        if (!secret_eq(h.holders[i].public_key, (str){(char *)public_key, sizeof(public_key)}))
            continue;
        TRY(open_sealed(a, path, &h, i, secret_key, &share));
        *line = share_line(a, &h, &share);
        secret_wipe(&share, sizeof(share));
        return NULL;
    }
    return FAIL(a, ERR_FORBIDDEN, "%.*s has no share for this key: it is none of its %u",
                STR_ARG(path), h.count);
}

/* ---- joining */

static err no_share(struct arena *a, str path)
{
    return FAIL(a, ERR_INPUT, "%.*s does not hold a share, as tocsin backup open-share prints it",
                STR_ARG(path));
}

static err read_share(struct arena *a, str path, const struct head *h, str content,
                      struct shamir_share *out)
{
    unsigned char file_key[SECRET_KEY_BYTES];
    str parts[5] = {0};
    uint64_t x;
    str rest = str_trim(content);
    for (size_t i = 0; i < 4; i++)
        if (!str_cut(&rest, ' ', &parts[i]))
            return no_share(a, path);
    parts[4] = rest;
    if (!str_eq(parts[0], LIT(SHARE_WORD)) ||
        !secret_from_hex(parts[1], file_key, sizeof(file_key)) || !str_to_u64(parts[3], &x) ||
        !secret_from_hex(parts[4], out->y, sizeof(out->y)))
        return no_share(a, path);
    if (!secret_eq(h->file_key, (str){(char *)file_key, sizeof(file_key)}))
        return FAIL(a, ERR_FORBIDDEN, "the share in %.*s is of another backup", STR_ARG(path));
    out->x = x <= h->count ? (unsigned char)x : 0;
    if (out->x == 0 || !is_of(h, out->x - 1u, out))
        return FAIL(a, ERR_CORRUPT, "the share in %.*s was changed since it was opened",
                    STR_ARG(path));
    return NULL;
}

static err read_share_file(struct arena *a, str path, const struct head *h,
                           struct shamir_share *out)
{
    str content;
    if (!file_exists(a, path) && str_starts(path, LIT(SHARE_WORD)))
        return FAIL(a, ERR_USAGE,
                    "secrets are never arguments: name the file that holds the share");
    TRY(file_read(a, path, SHARE_FILE_BYTES_MAX, &content));
    err failure = read_share(a, path, h, content, out);
    secret_wipe((char *)(uintptr_t)content.at, content.len);
    return failure;
}

static err add_share(struct arena *a, str path, const struct head *h, unsigned *count,
                     struct shamir_share shares[SHAMIR_SHARES_MAX])
{
    struct shamir_share one;
    TRY(read_share_file(a, path, h, &one));
    for (unsigned i = 0; i < *count; i++) {
        if (shares[i].x == one.x)
            return FAIL(a, ERR_USAGE, "the share in %.*s is given twice", STR_ARG(path));
    }
    shares[(*count)++] = one;
    secret_wipe(&one, sizeof(one));
    return NULL;
}

err backup_join_shares(struct arena *a, str path, const struct backup_share_files *files,
                       unsigned char secret_key[SECRET_KEY_BYTES])
{
    struct head h;
    unsigned char public_key[SECRET_KEY_BYTES];
    OWNED(wipe_shares) struct shamir_share shares[SHAMIR_SHARES_MAX] = {0};
    unsigned count = 0;
    TRY(open_head(a, path, &h));
    if (files->count > h.count)
        return FAIL(a, ERR_USAGE, "%.*s has %u shares, and %zu are given", STR_ARG(path), h.count,
                    files->count);
    for (size_t i = 0; i < files->count; i++)
        TRY(add_share(a, files->paths[i], &h, &count, shares));
    if (count < h.threshold)
        return FAIL(a, ERR_FORBIDDEN,
                    "%.*s takes %u shares together, and %u %s given: ask further holders",
                    STR_ARG(path), h.threshold, count, count == 1 ? "is" : "are");
    shamir_join(shares, count, secret_key);
    secret_box_public(secret_key, public_key);
    return secret_eq(h.file_key, (str){(char *)public_key, sizeof(public_key)}) ? NULL
                                                                                : damaged(a, path);
}
