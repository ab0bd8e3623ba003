/*
 * Passkeys: what a browser sends of a WebAuthn ceremony (W3C WebAuthn level 2, §7.1 and §7.2), read
 * and verified. ES256 only, user verification required, attestation not asked for: what made a key
 * says nothing about who holds it.
 */
#ifndef TOCSIN_SERVICE_PASSKEY_H
#define TOCSIN_SERVICE_PASSKEY_H

#include "base/error.h"

#define PASSKEY_CREDENTIAL_BYTES_MAX 1023
#define PASSKEY_PUBLIC_KEY_BYTES 64

/* What the ceremony must have been about. */
struct passkey_ceremony {
    str challenge; /* as it was sent, base64url */
    str origin;    /* "https://exchange.example" */
    str rp_id;     /* "exchange.example" */
};

struct passkey_made {
    str credential; /* the key's id */
    str public_key; /* x and y */
    int64_t counter;
};

/* ERR_INVALID: it is not of this ceremony, not verified by its user, or no key of ours. */
err passkey_read(struct arena *a, const struct passkey_ceremony *c, str client_data,
                 str attestation, struct passkey_made *out) MUST_USE;

struct passkey_assertion {
    str client_data;
    str authenticator_data;
    str signature;
};

/* As passkey_read, and the signature is that of `public_key`. `*counter` is the key's own count. */
err passkey_verify(struct arena *a, const struct passkey_ceremony *c,
                   const struct passkey_assertion *assertion, str public_key,
                   int64_t *counter) MUST_USE;

#endif
