/*
 * The public hashes that standards name, from Nettle, which is what GnuTLS takes them from:
 * SHA-1 (UUID version 5, authenticator apps), SHA-256 (certificate fingerprints, files). For
 * anything of our own see secret_digest.
 */
#ifndef TOCSIN_BASE_HASH_H
#define TOCSIN_BASE_HASH_H

#include "base/str.h"

#define HASH_SHA1_BYTES 20
#define HASH_SHA256_BYTES 32

void hash_sha1(const str *parts, size_t count, unsigned char out[HASH_SHA1_BYTES]);
void hash_sha256(const str *parts, size_t count, unsigned char out[HASH_SHA256_BYTES]);

/* HMAC-SHA-1 (RFC 2104), which authenticator apps speak. */
void hash_hmac_sha1(str key, str text, unsigned char out[HASH_SHA1_BYTES]);

#endif
