/*
 * Passkeys, verified with libfido2. It does not take an attestation object whole: libcbor takes it
 * apart.
 */
#include "service/passkey.h"

#include "base/hash.h"
#include "service/cbor_counts.h"
#include "service/fido_load.h"
#include "json/json.h"

#include <cbor.h>

#define RP_HASH_BYTES 32
#define AUTH_DATA_HEAD_BYTES 37 /* hash, flags, count */
#define KEY_HEAD_BYTES 18       /* AAGUID, and how long the id is that follows */
#define FLAG_PRESENT 0x01
#define FLAG_VERIFIED 0x04
#define FLAG_HAS_KEY 0x40

static err refused(struct arena *a, const char *why)
{
    return FAIL(a, ERR_INVALID, "The passkey was not accepted: %s", why);
}

/* ---- what the browser says it did */

static err check_client_data(struct arena *a, const struct passkey_ceremony *c, str text,
                             const char *type)
{
    OWNED(json_reader_done) struct json_reader reader = {0};
    json data;
    if (json_read(a, &reader, text, NULL, &data) != NULL)
        return refused(a, "the client data is no JSON");
    if (!str_eq(json_get_string(data, LIT("type")), str_of(type)))
        return refused(a, "it is of another ceremony");
    if (!str_eq(json_get_string(data, LIT("challenge")), c->challenge))
        return refused(a, "it answers another challenge");
    if (!str_eq(json_get_string(data, LIT("origin")), c->origin))
        return refused(a, "it was made for another site");
    if (json_is(json_get(data, LIT("crossOrigin")), JSON_TRUE))
        return refused(a, "it was made inside another site");
    return NULL;
}

static void client_hash(str client_data, unsigned char out[HASH_SHA256_BYTES])
{
    hash_sha256(&client_data, 1, out);
}

/* ---- making one */

static void item_done(cbor_item_t **item)
{
    if (*item)
        cbor_decref(item);
}

static bool is_text(cbor_item_t *item, str text)
{
    return cbor_isa_string(item) && cbor_string_is_definite(item) &&
           str_eq((str){(const char *)cbor_string_handle(item), cbor_string_length(item)}, text);
}

/* The member authData of an attestation object. */
static bool find_auth_data(cbor_item_t *map, cbor_item_t **out)
{
    if (map == NULL || !cbor_isa_map(map))
        return false;
    struct cbor_pair *pairs = cbor_map_handle(map);
    for (size_t i = 0; i < cbor_map_size(map); i++) {
        if (!is_text(pairs[i].key, LIT("authData")) || !cbor_isa_bytestring(pairs[i].value))
            continue;
        *out = pairs[i].value;
        return cbor_bytestring_is_definite(*out);
    }
    return false;
}

/* §7.1, steps 13 to 15: whose site, and that a person was there and proved it to the device. */
static err check_flags(struct arena *a, const struct passkey_ceremony *c, str data)
{
    unsigned char hash[HASH_SHA256_BYTES];
    hash_sha256(&c->rp_id, 1, hash);
    if (data.len <= RP_HASH_BYTES ||
        !str_eq(str_part(data, 0, RP_HASH_BYTES), (str){(const char *)hash, RP_HASH_BYTES}))
        return refused(a, "it was made for another site");
    unsigned flags = (unsigned char)data.at[RP_HASH_BYTES];
    if (!(flags & FLAG_PRESENT) || !(flags & FLAG_VERIFIED))
        return refused(a, "its device did not ask for a PIN, a finger or a face");
    if (!(flags & FLAG_HAS_KEY))
        return refused(a, "there is no key in it");
    return NULL;
}

struct cred {
    const struct fido_library *fido;
    fido_cred_t *of;
};

static void cred_done(struct cred *cred)
{
    cred->fido->fido_cred_free(&cred->of);
}

static bool is_usable_key(const struct fido_library *fido, const fido_cred_t *cred)
{
    size_t id_bytes = fido->fido_cred_id_len(cred);
    return fido->fido_cred_pubkey_len(cred) == PASSKEY_PUBLIC_KEY_BYTES && id_bytes > 0 &&
           id_bytes <= PASSKEY_CREDENTIAL_BYTES_MAX;
}

/* What stands behind the id of a new key is CBOR: the key, and what else its device tells. */
static bool is_key_honest(str data)
{
    str key = str_skip(data, AUTH_DATA_HEAD_BYTES);
    if (key.len < KEY_HEAD_BYTES)
        return false;
    size_t id_bytes = (size_t)(unsigned char)key.at[KEY_HEAD_BYTES - 2] << 8 |
                      (unsigned char)key.at[KEY_HEAD_BYTES - 1];
    return cbor_counts_are_true(str_skip(key, KEY_HEAD_BYTES + id_bytes));
}

static err read_key(struct arena *a, const struct passkey_ceremony *c, cbor_item_t *auth_data,
                    struct passkey_made *out)
{
    const struct fido_library *fido;
    str data = {(const char *)cbor_bytestring_handle(auth_data), cbor_bytestring_length(auth_data)};
    TRY(check_flags(a, c, data));
    if (!is_key_honest(data))
        return refused(a, "the key in it cannot be read");
    TRY(fido_load(a, &fido));
    OWNED(cred_done) struct cred owned = {fido, fido->fido_cred_new()};
    fido_cred_t *cred = owned.of;
    ASSERT(cred != NULL);
    if (fido->fido_cred_set_type(cred, COSE_ES256) != FIDO_OK ||
        fido->fido_cred_set_rp(cred, arena_copy(a, c->rp_id).at, NULL) != FIDO_OK ||
        fido->fido_cred_set_authdata_raw(cred, (const unsigned char *)data.at, data.len) !=
            FIDO_OK ||
        !is_usable_key(fido, cred))
        return refused(a, "it holds no ES256 key");
    out->credential = arena_copy(
        a, (str){(const char *)fido->fido_cred_id_ptr(cred), fido->fido_cred_id_len(cred)});
    out->public_key = arena_copy(
        a, (str){(const char *)fido->fido_cred_pubkey_ptr(cred), PASSKEY_PUBLIC_KEY_BYTES});
    out->counter = fido->fido_cred_sigcount(cred);
    return NULL;
}

err passkey_read(struct arena *a, const struct passkey_ceremony *c, str client_data,
                 str attestation, struct passkey_made *out)
{
    struct cbor_load_result result;
    cbor_item_t *auth_data;
    struct passkey_made made;
    TRY(check_client_data(a, c, client_data, "webauthn.create"));
    if (!cbor_counts_are_true(attestation))
        return refused(a, "the attestation object cannot be read");
    OWNED(item_done)
    cbor_item_t *map = cbor_load((const unsigned char *)attestation.at, attestation.len, &result);
    if (!find_auth_data(map, &auth_data))
        return refused(a, "the attestation object cannot be read");
    TRY(read_key(a, c, auth_data, &made));
    *out = made;
    return NULL;
}

/* ---- using one */

struct assertion {
    const struct fido_library *fido;
    fido_assert_t *of;
    es256_pk_t *key;
};

static void assertion_done(struct assertion *owned)
{
    owned->fido->fido_assert_free(&owned->of);
    owned->fido->es256_pk_free(&owned->key);
}

static bool fill(struct arena *a, const struct assertion *out, const struct passkey_ceremony *c,
                 const struct passkey_assertion *from)
{
    const struct fido_library *fido = out->fido;
    fido_assert_t *f = out->of;
    unsigned char hash[HASH_SHA256_BYTES];
    client_hash(from->client_data, hash);
    return fido->fido_assert_set_clientdata_hash(f, hash, sizeof(hash)) == FIDO_OK &&
           fido->fido_assert_set_rp(f, arena_copy(a, c->rp_id).at) == FIDO_OK &&
           fido->fido_assert_set_count(f, 1) == FIDO_OK &&
           fido->fido_assert_set_up(f, FIDO_OPT_TRUE) == FIDO_OK &&
           fido->fido_assert_set_uv(f, FIDO_OPT_TRUE) == FIDO_OK &&
           fido->fido_assert_set_authdata_raw(f, 0,
                                              (const unsigned char *)from->authenticator_data.at,
                                              from->authenticator_data.len) == FIDO_OK &&
           fido->fido_assert_set_sig(f, 0, (const unsigned char *)from->signature.at,
                                     from->signature.len) == FIDO_OK;
}

err passkey_verify(struct arena *a, const struct passkey_ceremony *c,
                   const struct passkey_assertion *assertion, str public_key, int64_t *counter)
{
    const struct fido_library *fido;
    TRY(check_client_data(a, c, assertion->client_data, "webauthn.get"));
    if (!cbor_counts_are_true(str_skip(assertion->authenticator_data, AUTH_DATA_HEAD_BYTES)))
        return refused(a, "what came cannot be read");
    TRY(fido_load(a, &fido));
    OWNED(assertion_done)
    struct assertion owned = {fido, fido->fido_assert_new(), fido->es256_pk_new()};
    ASSERT(owned.of != NULL && owned.key != NULL);
    if (fido->es256_pk_from_ptr(owned.key, public_key.at, public_key.len) != FIDO_OK ||
        !fill(a, &owned, c, assertion))
        return refused(a, "what came cannot be read");
    if (fido->fido_assert_verify(owned.of, 0, COSE_ES256, owned.key) != FIDO_OK)
        return refused(a, "the signature, the site or the user's verification is wrong");
    *counter = fido->fido_assert_sigcount(owned.of, 0);
    return NULL;
}
