/*
 * A passkey whose numbers are fixed, but for the challenge and the signature of it.
 */
#include "passkey_vector.h"

#include "base/hash.h"

#include <gnutls/abstract.h>

#define ORIGIN "https://exchange.example"
#define KEY_X "cf2d74b48e2a1822035af76b08f7c092fa6e5488f544b0600f3d66a440bd6223"
#define KEY_Y "c80082098b034d20d4817f3ddc95eefa509bfe69c944d60aae02be69890259f1"
#define KEY_SECRET "6373696e20746573742076656374746f7220206e6f7420612073656372657421"
#define ATTESTATION                                                                        \
    "a363666d74646e6f6e656761747453746d74a068617574684461746158a4d31386dd541488eda10887fb" \
    "ace3f06f9a1f16cd7d125550d777e74746e700ef45000000010000000000000000000000000000000000" \
    "200102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20a50102032620012158" \
    "20" KEY_X "225820" KEY_Y
#define CREDENTIAL "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20"
#define AUTHENTICATOR_DATA \
    "d31386dd541488eda10887fbace3f06f9a1f16cd7d125550d777e74746e700ef0500000002"

static str bytes_of(struct arena *a, str hex)
{
    unsigned char *bytes = NEW_ARRAY(a, hex.len / 2, unsigned char);
    ASSERT(secret_from_hex(hex, bytes, hex.len / 2));
    return (str){(const char *)bytes, hex.len / 2};
}

static str client_data(struct arena *a, const char *kind, str challenge)
{
    return arena_print(a,
                       "{\"type\": \"webauthn.%s\", \"challenge\": \"%.*s\", \"origin\": "
                       "\"" ORIGIN "\", \"crossOrigin\": false}",
                       kind, STR_ARG(challenge));
}

static struct passkey_ceremony ceremony_of(str challenge)
{
    return (struct passkey_ceremony){challenge, LIT(ORIGIN), LIT("exchange.example")};
}

static gnutls_datum_t datum_of(str bytes)
{
    return (gnutls_datum_t){(unsigned char *)(uintptr_t)bytes.at, (unsigned)bytes.len};
}

static str sign(struct arena *a, str data)
{
    gnutls_privkey_t key;
    gnutls_datum_t made;
    const gnutls_datum_t x = datum_of(bytes_of(a, LIT(KEY_X)));
    const gnutls_datum_t y = datum_of(bytes_of(a, LIT(KEY_Y)));
    const gnutls_datum_t k = datum_of(bytes_of(a, LIT(KEY_SECRET)));
    const gnutls_datum_t text = datum_of(data);
    ASSERT(gnutls_privkey_init(&key) == 0);
    ASSERT(gnutls_privkey_import_ecc_raw(key, GNUTLS_ECC_CURVE_SECP256R1, &x, &y, &k) == 0);
    ASSERT(gnutls_privkey_sign_data(key, GNUTLS_DIG_SHA256, 0, &text, &made) == 0);
    str signature = arena_copy(a, (str){(const char *)made.data, made.size});
    gnutls_free(made.data);
    gnutls_privkey_deinit(key);
    return signature;
}

struct account_passkey passkey_vector_made(struct arena *a, str challenge)
{
    return (struct account_passkey){.name = LIT("Key"),
                                    .client_data = client_data(a, "create", challenge),
                                    .attestation = bytes_of(a, LIT(ATTESTATION)),
                                    .ceremony = ceremony_of(challenge)};
}

struct signing_passkey passkey_vector_used(struct arena *a, str challenge)
{
    str data = client_data(a, "get", challenge);
    str device = bytes_of(a, LIT(AUTHENTICATOR_DATA));
    unsigned char hash[HASH_SHA256_BYTES];
    hash_sha256(&data, 1, hash);
    str hashed = {(const char *)hash, sizeof(hash)};
    return (struct signing_passkey){
        .credential = bytes_of(a, LIT(CREDENTIAL)),
        .assertion = {.client_data = data,
                      .authenticator_data = device,
                      .signature = sign(a, arena_join(a, device, hashed, (str){0}))},
        .ceremony = ceremony_of(challenge)};
}
