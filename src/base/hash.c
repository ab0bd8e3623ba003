/*
 * The public hashes, from Nettle.
 */
#include "base/hash.h"

#include <nettle/hmac.h>
#include <nettle/sha1.h>
#include <nettle/sha2.h>

static const unsigned char *bytes_of(str s)
{
    return (const unsigned char *)s.at;
}

void hash_sha1(const str *parts, size_t count, unsigned char out[HASH_SHA1_BYTES])
{
    struct sha1_ctx state;
    sha1_init(&state);
    for (size_t i = 0; i < count; i++)
        sha1_update(&state, parts[i].len, bytes_of(parts[i]));
    sha1_digest(&state, HASH_SHA1_BYTES, out);
}

void hash_sha256(const str *parts, size_t count, unsigned char out[HASH_SHA256_BYTES])
{
    struct sha256_ctx state;
    sha256_init(&state);
    for (size_t i = 0; i < count; i++)
        sha256_update(&state, parts[i].len, bytes_of(parts[i]));
    sha256_digest(&state, HASH_SHA256_BYTES, out);
}

void hash_hmac_sha1(str key, str text, unsigned char out[HASH_SHA1_BYTES])
{
    struct hmac_sha1_ctx state;
    hmac_sha1_set_key(&state, key.len, bytes_of(key));
    hmac_sha1_update(&state, text.len, bytes_of(text));
    hmac_sha1_digest(&state, HASH_SHA1_BYTES, out);
}
