/*
 * Backups (S15): one consistent state of a live exchange as one file, encrypted to a public key
 * that the operator names, or to any k of n, and back into a new data directory.
 *
 * The file, numbers with the most significant byte first:
 *
 *     16 bytes   "tocsin-backup 1\n"
 *     a head     of the encrypted stream (secret_stream_header_bytes)
 *     pieces     BACKUP_PIECE_BYTES of plain text each, the last one shorter; sealed, so
 *                SECRET_STREAM_EXTRA_BYTES longer
 *
 * The plain text: for each file its name's length (2 bytes), its own length (8), the name, the
 * content; at the end a length of zero (2). Names are those of BACKUP_NAMES, and "files/" with the
 * SHA-256 of a file that somebody gave (store/files.h); nothing else.
 *
 * To k of n keys (up to 32) the file begins otherwise. The stream is encrypted to a key of its own,
 * whose secret one is shared (base/shamir.h); each share is sealed to one holder's key:
 *
 *     16 bytes   "tocsin-backup 2\n"
 *     k, n       one byte each
 *     32 bytes   the public key of the file
 *     n times    the holder's public key (32); the digest of their share (32), by which a changed
 *                one is named; the share, its number and 32 bytes, in an X25519 sealed box (81)
 *     a head, pieces: as above
 *
 * A backup holds every secret of the exchange, the keys in its database and the key of its audit
 * log among them.
 */
#ifndef TOCSIN_SERVICE_BACKUP_H
#define TOCSIN_SERVICE_BACKUP_H

#include "base/shamir.h"
#include "service/watch.h"
#include "store/store.h"

#define BACKUP_PIECE_BYTES ((size_t)1 << 20)

/* Makes a pair of keys. The secret one goes to a new file, mode 0600; ERR_CONFLICT if it is there.
 * `*public_key` is the other in hexadecimal digits. */
err backup_make_key(struct arena *a, str path, str *public_key) MUST_USE;

/* Reads a public key: 64 hexadecimal digits, or the file that holds them. */
err backup_read_public_key(struct arena *a, str text, unsigned char out[SECRET_KEY_BYTES]) MUST_USE;

/* Reads a secret key from the file that backup_make_key made. The caller wipes it. */
err backup_read_secret_key(struct arena *a, str path, unsigned char out[SECRET_KEY_BYTES]) MUST_USE;

struct backup_totals {
    uint64_t plain_bytes;
    uint64_t file_bytes;
};

/* Whose keys a backup is encrypted to: any `threshold` of them together open it. */
struct backup_holders {
    unsigned char (*keys)[SECRET_KEY_BYTES]; /* all different */
    size_t count;
    size_t threshold; /* of one key also 0 */
};

/* By public keys as backup_read_public_key takes them. ERR_USAGE where they do not fit. */
struct backup_names {
    const str *keys;
    size_t count;
    size_t threshold;
};
err backup_read_holders(struct arena *a, const struct backup_names *names,
                        struct backup_holders *out) MUST_USE;

/* Those that backup_key and backup_threshold name; `out->count` is 0 where nothing is set.
 * ERR_INPUT names the setting. */
err backup_holders_set(struct arena *a, const struct config *c,
                       struct backup_holders *out) MUST_USE;
/* Whether timed backups could be made by these settings: what is wrong with them is found at once,
 * and not when the first backup is missing. */
err backup_check_settings(struct arena *a, const struct config *c) MUST_USE;

/* Writes a new file (ERR_CONFLICT if it is there), complete or not at all, while others write. */
err backup_write(struct arena *a, struct store *store, str path, const struct backup_holders *to,
                 const struct watch *watch, struct backup_totals *out) MUST_USE;

/* What one holder gives to whoever restores: one line, as secret as the backup. ERR_FORBIDDEN: the
 * backup has no share for this key. */
err backup_open_share(struct arena *a, str path, const unsigned char secret_key[SECRET_KEY_BYTES],
                      str *line) MUST_USE;

/*
 * The secret key of a backup from files with such lines, for backup_restore; the caller wipes it.
 * ERR_FORBIDDEN: too few, or of another backup. ERR_CORRUPT: a share was changed, which is named.
 */
struct backup_share_files {
    const str *paths;
    size_t count;
};
err backup_join_shares(struct arena *a, str path, const struct backup_share_files *files,
                       unsigned char secret_key[SECRET_KEY_BYTES]) MUST_USE;

/*
 * Makes the data directory `dir` (absent or an empty folder; else ERR_CONFLICT) from a backup,
 * complete or not at all. ERR_INPUT: the file is no backup. ERR_FORBIDDEN: encrypted to another
 * key. ERR_CORRUPT: cut short, changed, or followed by something.
 */
err backup_restore(struct arena *a, str path, const unsigned char secret_key[SECRET_KEY_BYTES],
                   str dir, const struct watch *watch) MUST_USE;

#endif
