/*
 * The public hashes, from GnuTLS.
 */
#include "base/hash.h"

#include "base/error.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>

static void hash_parts(gnutls_digest_algorithm_t which, const str *parts, size_t count, void *out)
{
    gnutls_hash_hd_t state;
    int started = gnutls_hash_init(&state, which);
    ASSERT(started == 0);
    for (size_t i = 0; i < count; i++) {
        if (parts[i].len)
            gnutls_hash(state, parts[i].at, parts[i].len);
    }
    gnutls_hash_deinit(state, out);
}

void hash_sha1(const str *parts, size_t count, unsigned char out[HASH_SHA1_BYTES])
{
    hash_parts(GNUTLS_DIG_SHA1, parts, count, out);
}

void hash_sha256(const str *parts, size_t count, unsigned char out[HASH_SHA256_BYTES])
{
    hash_parts(GNUTLS_DIG_SHA256, parts, count, out);
}

void hash_hmac_sha1(str key, str text, unsigned char out[HASH_SHA1_BYTES])
{
    int failed = gnutls_hmac_fast(GNUTLS_MAC_SHA1, key.at, key.len, text.at, text.len, out);
    ASSERT(failed == 0);
}
