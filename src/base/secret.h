/*
 * Everything that touches libsodium: random bytes, hashes, passwords, tokens, sealed values and
 * signatures. Secrets are compared in constant time and wiped after use.
 *
 * The first call of any function here starts libsodium; it may be called from any thread.
 */
#ifndef TOCSIN_BASE_SECRET_H
#define TOCSIN_BASE_SECRET_H

#include "base/buf.h"

#define SECRET_HASH_KEY_BYTES 16
#define SECRET_KEY_BYTES 32
#define SECRET_DIGEST_BYTES 32
#define SECRET_PUBLIC_KEY_BYTES 32
#define SECRET_SIGNING_KEY_BYTES 64
#define SECRET_SIGNATURE_BYTES 64

/* Fills `at` with random bytes from the system. */
void secret_random(void *at, size_t size);

/* A random number below `bound`, without bias. */
uint32_t secret_random_below(uint32_t bound);

/* SipHash-2-4 of `s` under a 16-byte key. */
uint64_t secret_short_hash(const unsigned char key[SECRET_HASH_KEY_BYTES], str s);

/* BLAKE2b-256 of `s`; `key` is SECRET_KEY_BYTES long or NULL. */
void secret_digest(const unsigned char *key, str s, unsigned char out[SECRET_DIGEST_BYTES]);

/* BLAKE2b-256 of several parts, each preceded by its length, so that no two lists collide. */
void secret_digest_parts(const unsigned char *key, const str *parts, size_t count,
                         unsigned char out[SECRET_DIGEST_BYTES]);

/* Equal, in time that depends on the lengths only. */
bool secret_eq(str a, str b);

/* Overwrites secret memory. */
void secret_wipe(void *at, size_t size);

/* Lower-case hexadecimal in `a`; and back (false if odd, foreign or of another length). */
str secret_hex(struct arena *a, const void *bytes, size_t size);
bool secret_from_hex(str hex, unsigned char *out, size_t size);

/* Base64 with the URL alphabet and no padding; and back, into `a` (ERR_INPUT if broken). */
str secret_base64url(struct arena *a, str bytes);
err secret_from_base64url(struct arena *a, str text, str *out) MUST_USE;

/* Standard base64 with padding, as HTTP Basic has it (RFC 4648 §4). ERR_INPUT if broken. */
err secret_from_base64(struct arena *a, str text, str *out) MUST_USE;

/* argon2id, 19 MiB, two passes: the encoded text to store. Takes about 20 ms and 19 MiB. */
err secret_password_hash(struct arena *a, str password, str *out) MUST_USE;
bool secret_password_matches(str encoded, str password);

/*
 * Sealed values (XChaCha20-Poly1305, the nonce a keyed hash of the content): what only this
 * exchange can make and read. The same content seals to the same bytes, and tells only that.
 * `purpose` is bound in, so that a value for one use is worthless for another.
 */
str secret_seal(struct arena *a, const unsigned char key[SECRET_KEY_BYTES], str purpose, str plain);
/* ERR_INPUT if it was not sealed with this key and purpose. */
err secret_open(struct arena *a, const unsigned char key[SECRET_KEY_BYTES], str purpose, str sealed,
                str *plain) MUST_USE;

/* Ed25519. */
void secret_signing_pair(unsigned char public_key[SECRET_PUBLIC_KEY_BYTES],
                         unsigned char secret_key[SECRET_SIGNING_KEY_BYTES]);
void secret_sign(const unsigned char secret_key[SECRET_SIGNING_KEY_BYTES], str message,
                 unsigned char out[SECRET_SIGNATURE_BYTES]);
bool secret_signature_is_good(const unsigned char public_key[SECRET_PUBLIC_KEY_BYTES], str message,
                              const unsigned char signature[SECRET_SIGNATURE_BYTES]);

/*
 * Encryption of a stream to a public key (X25519 sealed box of a stream key, then secretstream):
 * for backups. A box pair is 32 + 32 bytes.
 */
void secret_box_pair(unsigned char public_key[SECRET_KEY_BYTES],
                     unsigned char secret_key[SECRET_KEY_BYTES]);

/* The public key of a secret one. */
void secret_box_public(const unsigned char secret_key[SECRET_KEY_BYTES],
                       unsigned char public_key[SECRET_KEY_BYTES]);

/* A few bytes that the holder of one key opens (X25519 sealed box), SECRET_BOX_EXTRA_BYTES longer.
 * ERR_INPUT: that is nobody's key. */
#define SECRET_BOX_EXTRA_BYTES 48
err secret_box_seal(struct arena *a, const unsigned char public_key[SECRET_KEY_BYTES], str plain,
                    str *sealed) MUST_USE;
/* Into `plain`, which is that much shorter. False: it was not sealed to this key, or changed. */
bool secret_box_open(const unsigned char secret_key[SECRET_KEY_BYTES], str sealed,
                     unsigned char *plain);

struct secret_stream;

/* Begins a stream to `public_key`; `*header` is to be written before the first piece. */
struct secret_stream *secret_stream_writer(struct arena *a,
                                           const unsigned char public_key[SECRET_KEY_BYTES],
                                           str *header);
/* Bytes of such a header. */
size_t secret_stream_header_bytes(void);
/* ERR_FORBIDDEN if the stream was not encrypted to this key. */
err secret_stream_reader(struct arena *a, const unsigned char secret_key[SECRET_KEY_BYTES],
                         str header, struct secret_stream **out) MUST_USE;
/* Encrypts one piece into `*sealed` (piece.len + SECRET_STREAM_EXTRA_BYTES), which it clears. */
#define SECRET_STREAM_EXTRA_BYTES 17
void secret_stream_push(struct secret_stream *s, str piece, bool is_last, struct buf *sealed);
/* ERR_CORRUPT if a piece was changed, moved, or follows the last. */
err secret_stream_pull(struct arena *a, struct secret_stream *s, str sealed, struct buf *piece,
                       bool *is_last) MUST_USE;

#endif
