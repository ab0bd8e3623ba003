/*
 * What tests/blackbox/passkeys.py made and signed for one challenge.
 */
#include "passkey_vector.h"

#include "store/digest.h"

#define CHALLENGE "challenge-of-a-test"
#define ORIGIN "https://exchange.example"
#define CLIENT_DATA(kind)                                                                       \
    "{\"type\": \"webauthn." kind "\", \"challenge\": \"" CHALLENGE "\", \"origin\": \"" ORIGIN \
    "\", \"crossOrigin\": false}"
#define ATTESTATION                                                                        \
    "a363666d74646e6f6e656761747453746d74a068617574684461746158a4d31386dd541488eda10887fb" \
    "ace3f06f9a1f16cd7d125550d777e74746e700ef45000000010000000000000000000000000000000000" \
    "200102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20a50102032620012158" \
    "20221730ddfb8d18409b415e01899a000133c19d334cd17f091cd1084722ed5b4e225820273222069ab0" \
    "21f20cfe4dca7c2cd527c7329ceb671d2af210d996f80d419a01"
#define CREDENTIAL "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20"
#define AUTHENTICATOR_DATA \
    "d31386dd541488eda10887fbace3f06f9a1f16cd7d125550d777e74746e700ef0500000002"
#define SIGNATURE                                                                          \
    "30460221009ef50814fd3beb218e3f88337acfbd3cf3ceb58ee5e2f463ea6b82c2b61591d90221008e72" \
    "3c31a1af6813cb8b52a0598994a034422ad71f9caf65b00e9c5c4ce5fd96"

static const struct passkey_ceremony CEREMONY = {LIT_INIT(CHALLENGE), LIT_INIT(ORIGIN),
                                                 LIT_INIT("exchange.example")};

static str bytes_of(struct arena *a, str hex)
{
    unsigned char *bytes = NEW_ARRAY(a, hex.len / 2, unsigned char);
    ASSERT(secret_from_hex(hex, bytes, hex.len / 2));
    return (str){(const char *)bytes, hex.len / 2};
}

err passkey_vector_ask(struct arena *a, struct session *s, int64_t person)
{
    str digest = digest_of(a, &s->store->keys, LIT("passkey challenge"), LIT(CHALLENGE));
    return db_run(a, s->db,
                  "INSERT INTO passkey_challenge (digest, person, created) VALUES (?1, ?2, ?3)",
                  DB_ARGS(db_blob(digest), db_int(person), db_int(s->now_us)));
}

struct account_passkey passkey_vector_made(struct arena *a)
{
    return (struct account_passkey){.name = LIT("Key"),
                                    .client_data = LIT(CLIENT_DATA("create")),
                                    .attestation = bytes_of(a, LIT(ATTESTATION)),
                                    .ceremony = CEREMONY};
}

struct signing_passkey passkey_vector_used(struct arena *a)
{
    return (struct signing_passkey){
        .credential = bytes_of(a, LIT(CREDENTIAL)),
        .assertion = {.client_data = LIT(CLIENT_DATA("get")),
                      .authenticator_data = bytes_of(a, LIT(AUTHENTICATOR_DATA)),
                      .signature = bytes_of(a, LIT(SIGNATURE))},
        .ceremony = CEREMONY};
}
