/*
 * The server's certificates: loaded, made for a trial, and replaced while the server runs.
 */
#ifndef TOCSIN_HTTP_TLS_H
#define TOCSIN_HTTP_TLS_H

#include "base/error.h"
#include "base/hash.h"

/* TLS 1.3 and 1.2 only, with authenticated ciphers; the cheaper of two good ones first. */
#define HTTP_TLS_PRIORITIES                                                             \
    "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-CIPHER-ALL:+AES-128-GCM:+AES-256-GCM:" \
    "+CHACHA20-POLY1305:-RSA:%SERVER_PRECEDENCE"

struct gnutls_session_int;
struct http_tls;

struct http_tls_options {
    str certificate_file;
    str key_file;
    str client_ca_file;
    bool is_self_signed;
    bool wants_client_certificate;
    str host; /* for the certificate of a trial */
};

/* Loads or makes the certificate. ERR_USAGE, naming the file. */
err http_tls_open(struct arena *a, const struct http_tls_options *options,
                  struct http_tls **out) MUST_USE;
/* Accepts NULL. */
void http_tls_close(struct http_tls *tls);

/* Reads the files again; sessions that begin afterwards use them. */
err http_tls_reload(struct arena *a, struct http_tls *tls) MUST_USE;

/* PEM of what was loaded first, NUL-ended; lives as long as `tls`. */
const char *http_tls_certificate_pem(const struct http_tls *tls);
const char *http_tls_key_pem(const struct http_tls *tls);

void http_tls_fingerprint(struct http_tls *tls, unsigned char out[HASH_SHA256_BYTES]);

/* Gives a new session the newest certificate, and has it ask for the client's where wanted. */
void http_tls_adopt(struct http_tls *tls, struct gnutls_session_int *session);

/* The client's certificate, if there is one that counts. */
bool http_tls_client(struct http_tls *tls, struct gnutls_session_int *session,
                     unsigned char out[HASH_SHA256_BYTES]);

/*
 * The client's side: checks that the SHA-256 of a certificate (PEM) is `fingerprint` (hexadecimal)
 * and gives the pin of its key, "sha256//" and base64. ERR_FORBIDDEN if it is another.
 */
err http_tls_key_pin(struct arena *a, str pem, str fingerprint, str *out) MUST_USE;

#endif
