/*
 * libfido2, loaded when the first passkey is made or used and not before: with it come OpenSSL's
 * libcrypto and udev, which no other part needs.
 */
#ifndef TOCSIN_SERVICE_FIDO_LOAD_H
#define TOCSIN_SERVICE_FIDO_LOAD_H

#include "base/error.h"

#include <fido.h>
#include <fido/es256.h>

/* The functions that are used. */
#define FIDO_FUNCTIONS(X)              \
    X(fido_init)                       \
    X(fido_cred_new)                   \
    X(fido_cred_free)                  \
    X(fido_cred_set_type)              \
    X(fido_cred_set_rp)                \
    X(fido_cred_set_authdata_raw)      \
    X(fido_cred_pubkey_len)            \
    X(fido_cred_pubkey_ptr)            \
    X(fido_cred_id_len)                \
    X(fido_cred_id_ptr)                \
    X(fido_cred_sigcount)              \
    X(fido_assert_new)                 \
    X(fido_assert_free)                \
    X(fido_assert_set_clientdata_hash) \
    X(fido_assert_set_rp)              \
    X(fido_assert_set_count)           \
    X(fido_assert_set_up)              \
    X(fido_assert_set_uv)              \
    X(fido_assert_set_authdata_raw)    \
    X(fido_assert_set_sig)             \
    X(fido_assert_verify)              \
    X(fido_assert_sigcount)            \
    X(es256_pk_new)                    \
    X(es256_pk_free)                   \
    X(es256_pk_from_ptr)

struct fido_library {
#define FIDO_MEMBER(name) __typeof__(name) *name;
    FIDO_FUNCTIONS(FIDO_MEMBER)
#undef FIDO_MEMBER
};

/*
 * The functions, from any thread; they stay as long as the process. ERR_INTERNAL: the library is
 * not there, in words that name it.
 */
err fido_load(struct arena *a, const struct fido_library **out) MUST_USE;

#endif
