/*
 * GnuTLS, loaded when a server is to speak TLS, or a certificate is to be read, and not before.
 */
#ifndef TOCSIN_HTTP_GNUTLS_LOAD_H
#define TOCSIN_HTTP_GNUTLS_LOAD_H

#include "base/error.h"

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

/* What is used, without the prefix gnutls_: functions, and `free`, which points to one. */
#define GNUTLS_FUNCTIONS(X)             \
    X(strerror)                         \
    X(x509_crt_init)                    \
    X(x509_crt_import)                  \
    X(x509_crt_export2)                 \
    X(x509_crt_deinit)                  \
    X(free)                             \
    X(certificate_set_x509_trust_mem)   \
    X(certificate_set_x509_key_mem2)    \
    X(certificate_allocate_credentials) \
    X(certificate_free_credentials)     \
    X(x509_crt_set_subject_alt_name)    \
    X(x509_privkey_generate)            \
    X(x509_crt_set_version)             \
    X(x509_crt_set_serial)              \
    X(x509_crt_set_activation_time)     \
    X(x509_crt_set_expiration_time)     \
    X(x509_crt_set_dn_by_oid)           \
    X(x509_crt_set_key_usage)           \
    X(x509_crt_set_key_purpose_oid)     \
    X(x509_crt_set_key)                 \
    X(x509_crt_sign2)                   \
    X(x509_privkey_init)                \
    X(x509_privkey_export2)             \
    X(x509_privkey_deinit)              \
    X(transport_get_int)                \
    X(handshake_set_hook_function)      \
    X(credentials_set)                  \
    X(certificate_server_set_request)   \
    X(certificate_get_peers)            \
    X(certificate_verify_peers2)        \
    X(x509_crt_get_key_id)              \
    X(base64_encode2)

struct gnutls_library {
#define GNUTLS_MEMBER(name) __typeof__(gnutls_##name) *name;
    GNUTLS_FUNCTIONS(GNUTLS_MEMBER)
#undef GNUTLS_MEMBER
};

/* From any thread; stays as long as the process. ERR_INTERNAL: it is not there, in words. */
err gnutls_load(struct arena *a) MUST_USE;

/* What is used, once gnutls_load has succeeded. */
const struct gnutls_library *gnutls(void);

#endif
