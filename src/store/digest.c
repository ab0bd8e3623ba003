/*
 * Keyed digests of secrets. The key is that of tokens; the purpose keeps each use to itself.
 */
#include "store/digest.h"

#define SECRET_BYTES 32

str digest_new_secret(struct arena *a)
{
    unsigned char bytes[SECRET_BYTES];
    secret_random(bytes, sizeof(bytes));
    str text = secret_base64url(a, (str){(char *)bytes, sizeof(bytes)});
    secret_wipe(bytes, sizeof(bytes));
    return text;
}

str digest_of(struct arena *a, const struct store_keys *keys, str purpose, str secret)
{
    unsigned char digest[SECRET_DIGEST_BYTES];
    const str parts[] = {purpose, secret};
    secret_digest_parts(keys->token, parts, 2, digest);
    return arena_copy(a, (str){(const char *)digest, sizeof(digest)});
}
