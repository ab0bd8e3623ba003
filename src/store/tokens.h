/*
 * Tokens and certificates: what machines and people present instead of a password (S10, G9).
 *
 * A secret is 256 random bits, shown once; the database holds only its keyed digest. What changes
 * something runs in a write session, changes the policy epoch and leaves the audit row to the
 * caller (service/).
 */
#ifndef TOCSIN_STORE_TOKENS_H
#define TOCSIN_STORE_TOKENS_H

#include "base/hash.h"
#include "store/store.h"

#define TOKENS_SECRET_PREFIX "tocsin_"
#define TOKENS_NAME_BYTES_MAX 200

/* A new secret, in `a`: the prefix and 43 characters of base64url. */
str tokens_new_secret(struct arena *a);

/* What policy_token.digest holds for a bearer token's secret. */
void tokens_digest(const struct store_keys *keys, str secret,
                   unsigned char out[SECRET_DIGEST_BYTES]);

/*
 * Reads a SHA-256 fingerprint: 64 hexadecimal digits, colons between bytes are welcome, and so is
 * the whole line of openssl ("sha256 Fingerprint=AB:CD:...").
 */
bool tokens_read_fingerprint(str text, unsigned char out[HASH_SHA256_BYTES]);

struct token_entry {
    str name;
    str digest; /* of the secret, or the SHA-256 of the certificate */
    bool is_certificate;
    bool is_read_only;
    int64_t org;
    int64_t person;              /* 0: none */
    int64_t expires_us;          /* 0: never */
    const uint32_t *collections; /* with a count above 0: only these */
    size_t collection_count;
};

/* ERR_CONFLICT where the digest is known. `*id` is "token--UUID", in `a`. The actor is interned. */
err tokens_add(struct arena *a, struct session *s, const struct token_entry *entry,
               str *id) MUST_USE;

/* To revoke twice is no error. */
err tokens_revoke(struct arena *a, struct session *s, int64_t token) MUST_USE;
/* All tokens and certificates of a person; `*count` is how many were in force. */
err tokens_revoke_of_person(struct arena *a, struct session *s, int64_t person,
                            int64_t *count) MUST_USE;

#endif
