/*
 * The server's certificates (GnuTLS). Each load makes a new set of credentials; a session takes
 * the newest when it begins and may use it for as long as it lasts, so earlier sets are kept until
 * the server ends: a reload is rare and a set is small. No session tickets are issued and no early
 * data is taken: libmicrohttpd enables neither, and we do not.
 */
#include "http/tls.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/secret.h"
#include "http/gnutls_load.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>

#define PEM_BYTES_MAX ((size_t)1024 * 1024)
#define SELF_SIGNED_DAYS 365

struct credentials {
    gnutls_certificate_credentials_t handle;
    unsigned char fingerprint[HASH_SHA256_BYTES];
    struct credentials *older;
};

struct http_tls {
    struct arena arena;
    struct http_tls_options options;
    str certificate_pem, key_pem; /* of the first load */
    pthread_mutex_t lock;
    struct credentials *newest;
};

static gnutls_datum_t datum(str s)
{
    union {
        const char *in;
        unsigned char *out;
    } view = {.in = s.at};
    return (gnutls_datum_t){view.out, (unsigned)s.len};
}

static err fail_tls(struct arena *a, const char *what, str name, int code)
{
    return FAIL(a, ERR_USAGE, "%s %.*s: %s", what, STR_ARG(name), gnutls()->strerror(code));
}

static err read_fingerprint(struct arena *a, str pem, unsigned char out[HASH_SHA256_BYTES])
{
    gnutls_x509_crt_t certificate;
    gnutls_datum_t text = datum(pem), der = {0};
    gnutls()->x509_crt_init(&certificate);
    int code = gnutls()->x509_crt_import(certificate, &text, GNUTLS_X509_FMT_PEM);
    if (code == 0)
        code = gnutls()->x509_crt_export2(certificate, GNUTLS_X509_FMT_DER, &der);
    gnutls()->x509_crt_deinit(certificate);
    if (code != 0)
        return fail_tls(a, "cannot read the certificate", (str){0}, code);
    str bytes = {(const char *)der.data, der.size};
    hash_sha256(&bytes, 1, out);
    (*gnutls()->free)(der.data);
    return NULL;
}

static err load_authorities(struct arena *a, const struct http_tls *tls,
                            gnutls_certificate_credentials_t handle)
{
    str text, file = tls->options.client_ca_file;
    if (file.len == 0)
        return NULL;
    TRY(file_read(a, file, PEM_BYTES_MAX, &text));
    gnutls_datum_t pem = datum(text);
    int count = gnutls()->certificate_set_x509_trust_mem(handle, &pem, GNUTLS_X509_FMT_PEM);
    if (count <= 0)
        return FAIL(a, ERR_USAGE, "there is no certificate in %.*s", STR_ARG(file));
    return NULL;
}

static err fill(struct arena *a, struct http_tls *tls, struct credentials *made, str certificate,
                str key)
{
    gnutls_datum_t certificate_pem = datum(certificate), key_pem = datum(key);
    int code = gnutls()->certificate_set_x509_key_mem2(made->handle, &certificate_pem, &key_pem,
                                                       GNUTLS_X509_FMT_PEM, NULL, 0);
    if (code < 0)
        return fail_tls(a, "cannot use the certificate", tls->options.certificate_file, code);
    TRY(read_fingerprint(a, certificate, made->fingerprint));
    return load_authorities(a, tls, made->handle);
}

static err add_credentials(struct arena *a, struct http_tls *tls, str certificate, str key)
{
    struct credentials *made = NEW(&tls->arena, struct credentials);
    int code = gnutls()->certificate_allocate_credentials(&made->handle);
    if (code != 0)
        return fail_tls(a, "cannot prepare TLS", (str){0}, code);
    err e = fill(a, tls, made, certificate, key);
    if (e) {
        gnutls()->certificate_free_credentials(made->handle);
        return e;
    }
    pthread_mutex_lock(&tls->lock);
    made->older = tls->newest;
    tls->newest = made;
    pthread_mutex_unlock(&tls->lock);
    return NULL;
}

static void name_host(gnutls_x509_crt_t certificate, str host)
{
    static const unsigned char v4[4] = {127, 0, 0, 1};
    static const unsigned char v6[16] = {[15] = 1};
    gnutls()->x509_crt_set_subject_alt_name(certificate, GNUTLS_SAN_DNSNAME, "localhost", 9,
                                            GNUTLS_FSAN_SET);
    gnutls()->x509_crt_set_subject_alt_name(certificate, GNUTLS_SAN_IPADDRESS, v4, sizeof(v4),
                                            GNUTLS_FSAN_APPEND);
    gnutls()->x509_crt_set_subject_alt_name(certificate, GNUTLS_SAN_IPADDRESS, v6, sizeof(v6),
                                            GNUTLS_FSAN_APPEND);
    if (host.len)
        gnutls()->x509_crt_set_subject_alt_name(certificate, GNUTLS_SAN_DNSNAME, host.at,
                                                (unsigned)host.len, GNUTLS_FSAN_APPEND);
}

static int write_self_signed(gnutls_x509_crt_t certificate, gnutls_x509_privkey_t key, str host)
{
    unsigned char serial[16];
    time_t now = (time_t)(clock_now_us() / US_PER_SECOND);
    secret_random(serial, sizeof(serial));
    serial[0] &= 0x7f;
    int code = gnutls()->x509_privkey_generate(key, GNUTLS_PK_ECDSA,
                                               GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0);
    if (code != 0)
        return code;
    gnutls()->x509_crt_set_version(certificate, 3);
    gnutls()->x509_crt_set_serial(certificate, serial, sizeof(serial));
    gnutls()->x509_crt_set_activation_time(certificate, now - 3600);
    gnutls()->x509_crt_set_expiration_time(certificate, now + SELF_SIGNED_DAYS * 86400);
    gnutls()->x509_crt_set_dn_by_oid(certificate, GNUTLS_OID_X520_COMMON_NAME, 0, "tocsin trial",
                                     12);
    name_host(certificate, host);
    gnutls()->x509_crt_set_key_usage(certificate, GNUTLS_KEY_DIGITAL_SIGNATURE);
    gnutls()->x509_crt_set_key_purpose_oid(certificate, GNUTLS_KP_TLS_WWW_SERVER, 0);
    gnutls()->x509_crt_set_key(certificate, key);
    return gnutls()->x509_crt_sign2(certificate, certificate, key, GNUTLS_DIG_SHA256, 0);
}

static err make_self_signed(struct arena *a, struct http_tls *tls)
{
    gnutls_x509_crt_t certificate;
    gnutls_x509_privkey_t key;
    gnutls_datum_t certificate_pem = {0}, key_pem = {0};
    gnutls()->x509_crt_init(&certificate);
    gnutls()->x509_privkey_init(&key);
    int code = write_self_signed(certificate, key, tls->options.host);
    if (code == 0)
        code = gnutls()->x509_crt_export2(certificate, GNUTLS_X509_FMT_PEM, &certificate_pem);
    if (code == 0)
        code = gnutls()->x509_privkey_export2(key, GNUTLS_X509_FMT_PEM, &key_pem);
    if (code == 0) {
        tls->certificate_pem = arena_copy(
            &tls->arena, (str){(const char *)certificate_pem.data, certificate_pem.size});
        tls->key_pem = arena_copy(&tls->arena, (str){(const char *)key_pem.data, key_pem.size});
    }
    (*gnutls()->free)(certificate_pem.data);
    (*gnutls()->free)(key_pem.data);
    gnutls()->x509_crt_deinit(certificate);
    gnutls()->x509_privkey_deinit(key);
    return code == 0 ? NULL : fail_tls(a, "cannot make a certificate", (str){0}, code);
}

static err read_files(struct arena *a, const struct http_tls *tls, str *certificate, str *key)
{
    TRY(file_read(a, tls->options.certificate_file, PEM_BYTES_MAX, certificate));
    return file_read(a, tls->options.key_file, PEM_BYTES_MAX, key);
}

static err load_first(struct arena *a, struct http_tls *tls)
{
    if (tls->options.is_self_signed)
        TRY(make_self_signed(a, tls));
    else
        TRY(read_files(a, tls, &tls->certificate_pem, &tls->key_pem));
    /* As C strings, for libmicrohttpd. */
    tls->certificate_pem = arena_copy(&tls->arena, tls->certificate_pem);
    tls->key_pem = arena_copy(&tls->arena, tls->key_pem);
    return add_credentials(a, tls, tls->certificate_pem, tls->key_pem);
}

err http_tls_open(struct arena *a, const struct http_tls_options *options, struct http_tls **out)
{
    TRY(gnutls_load(a));
    struct http_tls *tls = calloc(1, sizeof(*tls));
    ASSERT(tls != NULL);
    pthread_mutex_init(&tls->lock, NULL);
    tls->options = *options;
    tls->options.certificate_file = arena_copy(&tls->arena, options->certificate_file);
    tls->options.key_file = arena_copy(&tls->arena, options->key_file);
    tls->options.client_ca_file = arena_copy(&tls->arena, options->client_ca_file);
    tls->options.host = arena_copy(&tls->arena, options->host);
    err e = load_first(a, tls);
    if (e) {
        http_tls_close(tls);
        return e;
    }
    *out = tls;
    return NULL;
}

void http_tls_close(struct http_tls *tls)
{
    if (tls == NULL)
        return;
    for (struct credentials *c = tls->newest; c; c = c->older)
        gnutls()->certificate_free_credentials(c->handle);
    pthread_mutex_destroy(&tls->lock);
    arena_done(&tls->arena);
    free(tls);
}

err http_tls_reload(struct arena *a, struct http_tls *tls)
{
    str certificate, key;
    if (tls->options.is_self_signed)
        return NULL;
    TRY(read_files(a, tls, &certificate, &key));
    return add_credentials(a, tls, certificate, key);
}

const char *http_tls_certificate_pem(const struct http_tls *tls)
{
    return tls->certificate_pem.at;
}

const char *http_tls_key_pem(const struct http_tls *tls)
{
    return tls->key_pem.at;
}

static struct credentials *newest(struct http_tls *tls)
{
    pthread_mutex_lock(&tls->lock);
    struct credentials *found = tls->newest;
    pthread_mutex_unlock(&tls->lock);
    return found;
}

void http_tls_fingerprint(struct http_tls *tls, unsigned char out[HASH_SHA256_BYTES])
{
    memcpy(out, newest(tls)->fingerprint, HASH_SHA256_BYTES);
}

/*
 * In TLS 1.3 the client speaks last, and many clients hold their request back until that is
 * acknowledged (Nagle), which the kernel would do 40 ms later: we have nothing to send then, since
 * we issue no tickets. Asking for quick acknowledgements earlier does not last until here.
 */
static int acknowledge(gnutls_session_t session, unsigned type, unsigned when, unsigned incoming,
                       const gnutls_datum_t *message)
{
    int one = 1;
    (void)type;
    (void)when;
    (void)message;
    if (incoming)
        setsockopt(gnutls()->transport_get_int(session), IPPROTO_TCP, TCP_QUICKACK, &one,
                   sizeof(one));
    return 0;
}

void http_tls_adopt(struct http_tls *tls, struct gnutls_session_int *session)
{
    gnutls()->handshake_set_hook_function(session, GNUTLS_HANDSHAKE_FINISHED, GNUTLS_HOOK_POST,
                                          acknowledge);
    gnutls()->credentials_set(session, GNUTLS_CRD_CERTIFICATE, newest(tls)->handle);
    if (tls->options.wants_client_certificate)
        gnutls()->certificate_server_set_request(session, GNUTLS_CERT_REQUEST);
}

bool http_tls_client(struct http_tls *tls, struct gnutls_session_int *session,
                     unsigned char out[HASH_SHA256_BYTES])
{
    unsigned count = 0, status = 0;
    if (!tls->options.wants_client_certificate)
        return false;
    const gnutls_datum_t *chain = gnutls()->certificate_get_peers(session, &count);
    if (chain == NULL || count == 0)
        return false;
    bool is_checked = tls->options.client_ca_file.len > 0;
    if (is_checked && (gnutls()->certificate_verify_peers2(session, &status) != 0 || status != 0))
        return false;
    str der = {(const char *)chain[0].data, chain[0].size};
    hash_sha256(&der, 1, out);
    return true;
}

static err key_pin(struct arena *a, gnutls_x509_crt_t certificate, str *out)
{
    unsigned char id[HASH_SHA256_BYTES];
    size_t size = sizeof(id);
    gnutls_datum_t raw = {id, sizeof(id)}, text = {0};
    int code = gnutls()->x509_crt_get_key_id(certificate, GNUTLS_KEYID_USE_SHA256, id, &size);
    if (code == 0)
        code = gnutls()->base64_encode2(&raw, &text);
    if (code != 0)
        return fail_tls(a, "cannot read the key of a certificate", (str){0}, code);
    *out = arena_join(a, LIT("sha256//"), (str){(const char *)text.data, text.size}, (str){0});
    (*gnutls()->free)(text.data);
    return NULL;
}

err http_tls_key_pin(struct arena *a, str pem, str fingerprint, str *out)
{
    unsigned char wanted[HASH_SHA256_BYTES], seen[HASH_SHA256_BYTES];
    TRY(gnutls_load(a));
    TRY(read_fingerprint(a, pem, seen));
    bool is_read = secret_from_hex(fingerprint, wanted, sizeof(wanted));
    if (!is_read || memcmp(wanted, seen, sizeof(seen)) != 0)
        return FAIL(a, ERR_FORBIDDEN, "the server's certificate has another fingerprint, %.*s",
                    STR_ARG(secret_hex(a, seen, sizeof(seen))));
    gnutls_x509_crt_t certificate;
    gnutls_datum_t text = datum(pem);
    gnutls()->x509_crt_init(&certificate);
    err e = NULL;
    int code = gnutls()->x509_crt_import(certificate, &text, GNUTLS_X509_FMT_PEM);
    if (code != 0)
        e = fail_tls(a, "cannot read the certificate", (str){0}, code);
    else
        e = key_pin(a, certificate, out);
    gnutls()->x509_crt_deinit(certificate);
    return e;
}
