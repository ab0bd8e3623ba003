/*
 * Secrets, from libsodium. Every function that draws random bytes or runs code picked for this
 * processor starts the library first; starting it twice does nothing.
 */
#include "base/secret.h"

#include <pthread.h>
#include <sodium.h>

#define PASSWORD_PASSES 2
#define PASSWORD_MEMORY_BYTES ((size_t)19 * 1024 * 1024)
#define NONCE_BYTES crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_BYTES crypto_aead_xchacha20poly1305_ietf_ABYTES
#define BOXED_KEY_BYTES \
    (crypto_box_SEALBYTES + (size_t)crypto_secretstream_xchacha20poly1305_KEYBYTES)
#define STREAM_HEADER_BYTES \
    (BOXED_KEY_BYTES + (size_t)crypto_secretstream_xchacha20poly1305_HEADERBYTES)

_Static_assert(SECRET_HASH_KEY_BYTES == crypto_shorthash_KEYBYTES, "SipHash key");
_Static_assert(SECRET_KEY_BYTES == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "sealing key");
_Static_assert(SECRET_KEY_BYTES == crypto_box_PUBLICKEYBYTES, "public box key");
_Static_assert(SECRET_KEY_BYTES == crypto_box_SECRETKEYBYTES, "secret box key");
_Static_assert(SECRET_KEY_BYTES <= crypto_generichash_KEYBYTES_MAX, "digest key");
_Static_assert(SECRET_PUBLIC_KEY_BYTES == crypto_sign_PUBLICKEYBYTES, "public signing key");
_Static_assert(SECRET_SIGNING_KEY_BYTES == crypto_sign_SECRETKEYBYTES, "secret signing key");
_Static_assert(SECRET_SIGNATURE_BYTES == crypto_sign_BYTES, "signature");
_Static_assert(SECRET_BOX_EXTRA_BYTES == crypto_box_SEALBYTES, "what a sealed box adds");
_Static_assert(SECRET_STREAM_EXTRA_BYTES == crypto_secretstream_xchacha20poly1305_ABYTES,
               "what a piece of a stream grows by");

struct secret_stream {
    crypto_secretstream_xchacha20poly1305_state state;
    bool is_finished; /* its last piece has passed */
};

static pthread_once_t sodium_once = PTHREAD_ONCE_INIT;

static void start_sodium(void)
{
    ASSERT(sodium_init() >= 0);
}

static void start(void)
{
    pthread_once(&sodium_once, start_sodium);
}

static const unsigned char *bytes_of(str s)
{
    return (const unsigned char *)s.at;
}

void secret_random(void *at, size_t size)
{
    start();
    randombytes_buf(at, size);
}

uint32_t secret_random_below(uint32_t bound)
{
    ASSERT(bound > 0);
    start();
    return randombytes_uniform(bound);
}

uint64_t secret_short_hash(const unsigned char key[SECRET_HASH_KEY_BYTES], str s)
{
    unsigned char hash[crypto_shorthash_BYTES];
    crypto_shorthash(hash, bytes_of(s), s.len, key);
    uint64_t value;
    memcpy(&value, hash, sizeof(value));
    return value;
}

void secret_digest(const unsigned char *key, str s, unsigned char out[SECRET_DIGEST_BYTES])
{
    start();
    crypto_generichash(out, SECRET_DIGEST_BYTES, bytes_of(s), s.len, key,
                       key ? SECRET_KEY_BYTES : 0);
}

void secret_digest_parts(const unsigned char *key, const str *parts, size_t count,
                         unsigned char out[SECRET_DIGEST_BYTES])
{
    start();
    crypto_generichash_state state;
    crypto_generichash_init(&state, key, key ? SECRET_KEY_BYTES : 0, SECRET_DIGEST_BYTES);
    for (size_t i = 0; i < count; i++) {
        unsigned char length[8];
        for (size_t at = 0; at < sizeof(length); at++)
            length[at] = (unsigned char)((uint64_t)parts[i].len >> (8 * at));
        crypto_generichash_update(&state, length, sizeof(length));
        crypto_generichash_update(&state, bytes_of(parts[i]), parts[i].len);
    }
    crypto_generichash_final(&state, out, SECRET_DIGEST_BYTES);
    sodium_memzero(&state, sizeof(state));
}

bool secret_eq(str a, str b)
{
    return a.len == b.len && (a.len == 0 || sodium_memcmp(a.at, b.at, a.len) == 0);
}

void secret_wipe(void *at, size_t size)
{
    sodium_memzero(at, size);
}

str secret_hex(struct arena *a, const void *bytes, size_t size)
{
    char *text = arena_array(a, size + 1, 2);
    sodium_bin2hex(text, size * 2 + 1, bytes, size);
    return (str){text, size * 2};
}

bool secret_from_hex(str hex, unsigned char *out, size_t size)
{
    if (hex.len % 2 != 0 || hex.len / 2 != size)
        return false;
    for (size_t i = 0; i < hex.len; i++) {
        if (char_hex(hex.at[i]) < 0)
            return false;
    }
    sodium_hex2bin(out, size, hex.at, hex.len, NULL, NULL, NULL);
    return true;
}

str secret_base64url(struct arena *a, str bytes)
{
    const int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    size_t size = sodium_base64_encoded_len(bytes.len, variant);
    char *text = arena_alloc(a, size);
    sodium_bin2base64(text, size, bytes_of(bytes), bytes.len, variant);
    return (str){text, size - 1};
}

static err from_base64(struct arena *a, str text, int variant, str *out)
{
    unsigned char *bytes = arena_alloc(a, text.len / 4 * 3 + 4);
    size_t size = 0;
    if (sodium_base642bin(bytes, text.len / 4 * 3 + 3, text.at, text.len, NULL, &size, NULL,
                          variant) != 0)
        return FAIL(a, ERR_INPUT, "this is not %s",
                    variant == sodium_base64_VARIANT_ORIGINAL
                        ? "base64 with padding (RFC 4648 section 4)"
                        : "base64 of the URL alphabet without padding (RFC 4648 section 5)");
    *out = (str){(const char *)bytes, size};
    return NULL;
}

err secret_from_base64url(struct arena *a, str text, str *out)
{
    return from_base64(a, text, sodium_base64_VARIANT_URLSAFE_NO_PADDING, out);
}

err secret_from_base64(struct arena *a, str text, str *out)
{
    return from_base64(a, text, sodium_base64_VARIANT_ORIGINAL, out);
}

err secret_password_hash(struct arena *a, str password, str *out)
{
    start();
    char encoded[crypto_pwhash_STRBYTES];
    if (crypto_pwhash_str_alg(encoded, password.at ? password.at : "", password.len,
                              PASSWORD_PASSES, PASSWORD_MEMORY_BYTES,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        return FAIL(a, ERR_BUSY, "there is no memory to hash a password (%zu bytes); try again",
                    PASSWORD_MEMORY_BYTES);
    *out = arena_copy(a, str_of(encoded));
    return NULL;
}

bool secret_password_matches(str encoded, str password)
{
    start();
    char ended[crypto_pwhash_STRBYTES] = {0};
    if (encoded.len == 0 || encoded.len >= sizeof(ended))
        return false;
    memcpy(ended, encoded.at, encoded.len);
    return crypto_pwhash_str_verify(ended, password.at ? password.at : "", password.len) == 0;
}

str secret_seal(struct arena *a, const unsigned char key[SECRET_KEY_BYTES], str purpose, str plain)
{
    start();
    size_t size = NONCE_BYTES + plain.len + TAG_BYTES;
    unsigned char *sealed = arena_alloc(a, size);
    /* From the content, so that the same value seals to the same text: pages repeat exactly. */
    unsigned char digest[SECRET_DIGEST_BYTES];
    const str parts[] = {purpose, plain};
    secret_digest_parts(key, parts, 2, digest);
    memcpy(sealed, digest, NONCE_BYTES);
    crypto_aead_xchacha20poly1305_ietf_encrypt(sealed + NONCE_BYTES, NULL, bytes_of(plain),
                                               plain.len, bytes_of(purpose), purpose.len, NULL,
                                               sealed, key);
    return (str){(const char *)sealed, size};
}

err secret_open(struct arena *a, const unsigned char key[SECRET_KEY_BYTES], str purpose, str sealed,
                str *plain)
{
    start();
    if (sealed.len < NONCE_BYTES + TAG_BYTES)
        return FAIL(a, ERR_INPUT, "the sealed value is cut short");
    size_t size = sealed.len - NONCE_BYTES - TAG_BYTES;
    unsigned char *opened = arena_alloc(a, size + 1);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(
            opened, NULL, NULL, bytes_of(sealed) + NONCE_BYTES, sealed.len - NONCE_BYTES,
            bytes_of(purpose), purpose.len, bytes_of(sealed), key) != 0)
        return FAIL(a, ERR_INPUT, "the sealed value was not made here, or not for this use");
    *plain = (str){(const char *)opened, size};
    return NULL;
}

void secret_signing_pair(unsigned char public_key[SECRET_PUBLIC_KEY_BYTES],
                         unsigned char secret_key[SECRET_SIGNING_KEY_BYTES])
{
    start();
    crypto_sign_keypair(public_key, secret_key);
}

void secret_sign(const unsigned char secret_key[SECRET_SIGNING_KEY_BYTES], str message,
                 unsigned char out[SECRET_SIGNATURE_BYTES])
{
    start();
    crypto_sign_detached(out, NULL, bytes_of(message), message.len, secret_key);
}

bool secret_signature_is_good(const unsigned char public_key[SECRET_PUBLIC_KEY_BYTES], str message,
                              const unsigned char signature[SECRET_SIGNATURE_BYTES])
{
    start();
    return crypto_sign_verify_detached(signature, bytes_of(message), message.len, public_key) == 0;
}

void secret_box_pair(unsigned char public_key[SECRET_KEY_BYTES],
                     unsigned char secret_key[SECRET_KEY_BYTES])
{
    start();
    crypto_box_keypair(public_key, secret_key);
}

void secret_box_public(const unsigned char secret_key[SECRET_KEY_BYTES],
                       unsigned char public_key[SECRET_KEY_BYTES])
{
    start();
    int made = crypto_scalarmult_base(public_key, secret_key);
    ASSERT(made == 0);
}

err secret_box_seal(struct arena *a, const unsigned char public_key[SECRET_KEY_BYTES], str plain,
                    str *sealed)
{
    start();
    unsigned char *bytes = arena_alloc(a, plain.len + SECRET_BOX_EXTRA_BYTES);
    if (crypto_box_seal(bytes, bytes_of(plain), plain.len, public_key) != 0)
        return FAIL(a, ERR_INPUT, "a public key is nobody's: it has no secret one");
    *sealed = (str){(const char *)bytes, plain.len + SECRET_BOX_EXTRA_BYTES};
    return NULL;
}

bool secret_box_open(const unsigned char secret_key[SECRET_KEY_BYTES], str sealed,
                     unsigned char *plain)
{
    start();
    unsigned char public_key[SECRET_KEY_BYTES];
    ASSERT(sealed.len >= SECRET_BOX_EXTRA_BYTES);
    return crypto_scalarmult_base(public_key, secret_key) == 0 &&
           crypto_box_seal_open(plain, bytes_of(sealed), sealed.len, public_key, secret_key) == 0;
}

struct secret_stream *
secret_stream_writer(struct arena *a, const unsigned char public_key[SECRET_KEY_BYTES], str *header)
{
    start();
    struct secret_stream *s = NEW(a, struct secret_stream);
    unsigned char *bytes = arena_alloc(a, STREAM_HEADER_BYTES);
    unsigned char key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
    crypto_secretstream_xchacha20poly1305_keygen(key);
    int boxed = crypto_box_seal(bytes, key, sizeof(key), public_key);
    ASSERT(boxed == 0); /* fails for a public key of small order only, which nobody was given */
    crypto_secretstream_xchacha20poly1305_init_push(&s->state, bytes + BOXED_KEY_BYTES, key);
    sodium_memzero(key, sizeof(key));
    *header = (str){(const char *)bytes, STREAM_HEADER_BYTES};
    return s;
}

size_t secret_stream_header_bytes(void)
{
    return STREAM_HEADER_BYTES;
}

err secret_stream_reader(struct arena *a, const unsigned char secret_key[SECRET_KEY_BYTES],
                         str header, struct secret_stream **out)
{
    start();
    if (header.len != STREAM_HEADER_BYTES)
        return FAIL(a, ERR_CORRUPT, "the head of the encrypted stream is cut short");
    unsigned char public_key[SECRET_KEY_BYTES];
    unsigned char key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
    if (crypto_scalarmult_base(public_key, secret_key) != 0 ||
        crypto_box_seal_open(key, bytes_of(header), BOXED_KEY_BYTES, public_key, secret_key) != 0)
        return FAIL(a, ERR_FORBIDDEN, "the stream was not encrypted to this key");
    struct secret_stream *s = NEW(a, struct secret_stream);
    int pulled = crypto_secretstream_xchacha20poly1305_init_pull(
        &s->state, bytes_of(header) + BOXED_KEY_BYTES, key);
    sodium_memzero(key, sizeof(key));
    if (pulled != 0)
        return FAIL(a, ERR_CORRUPT, "the head of the encrypted stream is damaged");
    *out = s;
    return NULL;
}

void secret_stream_push(struct secret_stream *s, str piece, bool is_last, struct buf *sealed)
{
    ASSERT(!s->is_finished);
    s->is_finished = is_last;
    buf_clear(sealed);
    size_t size = piece.len + SECRET_STREAM_EXTRA_BYTES;
    char *room = buf_room(sealed, size);
    if (room == NULL)
        return;
    unsigned char tag = is_last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                                : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
    crypto_secretstream_xchacha20poly1305_push(&s->state, (unsigned char *)room, NULL,
                                               bytes_of(piece), piece.len, NULL, 0, tag);
    sealed->len += size;
}

err secret_stream_pull(struct arena *a, struct secret_stream *s, str sealed, struct buf *piece,
                       bool *is_last)
{
    if (s->is_finished)
        return FAIL(a, ERR_CORRUPT, "something follows the end of the encrypted stream");
    if (sealed.len < SECRET_STREAM_EXTRA_BYTES)
        return FAIL(a, ERR_CORRUPT, "the encrypted stream is cut short");
    buf_clear(piece);
    size_t size = sealed.len - SECRET_STREAM_EXTRA_BYTES;
    char *room = buf_room(piece, size);
    if (room == NULL)
        return buf_check(a, piece);
    unsigned char tag;
    if (crypto_secretstream_xchacha20poly1305_pull(&s->state, (unsigned char *)room, NULL, &tag,
                                                   bytes_of(sealed), sealed.len, NULL, 0) != 0)
        return FAIL(a, ERR_CORRUPT, "a piece of the encrypted stream was changed or moved");
    piece->len += size;
    s->is_finished = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    *is_last = s->is_finished;
    return NULL;
}
