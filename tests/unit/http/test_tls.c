/*
 * S6: versions, tickets, certificates that change while the server runs, certificates of clients;
 * seen by a bare GnuTLS client.
 */
#include "base/file.h"
#include "base/hash.h"
#include "base/num.h"
#include "base/secret.h"
#include "trial.h"

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define ANY_VERSION "NORMAL"

struct pair {
    str certificate_pem, key_pem;
    unsigned char fingerprint[HASH_SHA256_BYTES];
};

static str take(struct arena *a, gnutls_datum_t datum)
{
    str copy = arena_copy(a, (str){(const char *)datum.data, datum.size});
    gnutls_free(datum.data);
    return copy;
}

/* A certificate that signs itself; as a CA too. */
static struct pair make_pair(struct arena *a)
{
    struct pair pair;
    gnutls_x509_crt_t certificate;
    gnutls_x509_privkey_t key;
    gnutls_datum_t out;
    gnutls_x509_crt_init(&certificate);
    gnutls_x509_privkey_init(&key);
    gnutls_x509_privkey_generate(key, GNUTLS_PK_ECDSA,
                                 GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0);
    gnutls_x509_crt_set_version(certificate, 3);
    gnutls_x509_crt_set_serial(certificate, "\x01", 1);
    gnutls_x509_crt_set_activation_time(certificate, time(NULL) - 60);
    gnutls_x509_crt_set_expiration_time(certificate, time(NULL) + 3600);
    gnutls_x509_crt_set_dn_by_oid(certificate, GNUTLS_OID_X520_COMMON_NAME, 0, "trial", 5);
    gnutls_x509_crt_set_ca_status(certificate, 1);
    gnutls_x509_crt_set_key(certificate, key);
    assert_int_equal(gnutls_x509_crt_sign2(certificate, certificate, key, GNUTLS_DIG_SHA256, 0), 0);
    gnutls_x509_crt_export2(certificate, GNUTLS_X509_FMT_PEM, &out);
    pair.certificate_pem = take(a, out);
    gnutls_x509_privkey_export2(key, GNUTLS_X509_FMT_PEM, &out);
    pair.key_pem = take(a, out);
    gnutls_x509_crt_export2(certificate, GNUTLS_X509_FMT_DER, &out);
    str der = take(a, out);
    hash_sha256(&der, 1, pair.fingerprint);
    gnutls_x509_crt_deinit(certificate);
    gnutls_x509_privkey_deinit(key);
    return pair;
}

static str write_file(struct trial *t, const char *folder, const char *name, str content)
{
    str path = arena_print(&t->arena, "%s/%s", folder, name);
    err e = file_write(&t->arena, path, content, 0600);
    if (e)
        fail_msg("%.*s", STR_ARG(error_text(&t->arena, e)));
    return path;
}

struct talk {
    gnutls_session_t session;
    gnutls_certificate_credentials_t credentials;
    int fd;
};

/* False if the handshake fails. */
static bool talk_open(struct trial *t, struct talk *talk, const char *priority,
                      const struct pair *own)
{
    gnutls_certificate_allocate_credentials(&talk->credentials);
    if (own) {
        gnutls_datum_t certificate = {(unsigned char *)(uintptr_t)own->certificate_pem.at,
                                      (unsigned)own->certificate_pem.len};
        gnutls_datum_t key = {(unsigned char *)(uintptr_t)own->key_pem.at,
                              (unsigned)own->key_pem.len};
        assert_int_equal(gnutls_certificate_set_x509_key_mem(talk->credentials, &certificate, &key,
                                                             GNUTLS_X509_FMT_PEM),
                         0);
    }
    gnutls_init(&talk->session, GNUTLS_CLIENT | GNUTLS_FORCE_CLIENT_CERT);
    assert_int_equal(gnutls_priority_set_direct(talk->session, priority, NULL), 0);
    gnutls_credentials_set(talk->session, GNUTLS_CRD_CERTIFICATE, talk->credentials);
    talk->fd = trial_connect(t);
    gnutls_transport_set_int(talk->session, talk->fd);
    gnutls_handshake_set_timeout(talk->session, 5000);
    int code;
    do {
        code = gnutls_handshake(talk->session);
    } while (code < 0 && !gnutls_error_is_fatal(code));
    return code == 0;
}

static void talk_close(struct talk *talk)
{
    close(talk->fd);
    gnutls_deinit(talk->session);
    gnutls_certificate_free_credentials(talk->credentials);
}

/* The answer to a GET of /; head and body come in a record each. */
static str talk_get(struct trial *t, struct talk *talk)
{
    static const char request[] = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    char answer[2000];
    size_t len = 0;
    assert_true(gnutls_record_send(talk->session, request, sizeof(request) - 1) > 0);
    for (;;) {
        ssize_t got = gnutls_record_recv(talk->session, answer + len, sizeof(answer) - len);
        if (got == GNUTLS_E_AGAIN || got == GNUTLS_E_INTERRUPTED)
            continue;
        len += got > 0 ? (size_t)got : 0;
        if (got <= 0 || !str_ends((str){answer, len}, LIT("\r\n\r\n")))
            return arena_copy(&t->arena, (str){answer, len});
    }
}

static bool talk_sees(const struct talk *talk, const struct pair *pair)
{
    unsigned char digest[HASH_SHA256_BYTES];
    unsigned count = 0;
    const gnutls_datum_t *chain = gnutls_certificate_get_peers(talk->session, &count);
    assert_non_null(chain);
    str der = {(const char *)chain[0].data, chain[0].size};
    hash_sha256(&der, 1, digest);
    return memcmp(digest, pair->fingerprint, sizeof(digest)) == 0;
}

static void answer_fingerprint(void *context, struct http_request *rq)
{
    (void)context;
    struct http_response response = {.status = 200, .body = LIT("none")};
    if (rq->fingerprint)
        response.body = secret_hex(rq->arena, rq->fingerprint, HTTP_FINGERPRINT_BYTES);
    http_reply(rq, &response);
}

static void speaks_tls_1_2_and_1_3_only(void **state)
{
    static const struct {
        const char *priority;
        bool is_spoken;
    } cases[] = {
        {"NORMAL:-VERS-ALL:+VERS-TLS1.3", true},
        {"NORMAL:-VERS-ALL:+VERS-TLS1.2", true},
        {"NORMAL:-VERS-ALL:+VERS-TLS1.1:%UNSAFE_RENEGOTIATION", false},
        {"NORMAL:-VERS-ALL:+VERS-TLS1.0", false},
        {"NORMAL:-VERS-ALL:+VERS-TLS1.2:-CIPHER-ALL:+AES-128-CBC", false},
        {"NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+RSA", false},
    };
    struct trial t;
    (void)state;
    trial_init(&t);
    t.options.is_self_signed = true;
    trial_start(&t);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct talk talk;
        if (talk_open(&t, &talk, cases[i].priority, NULL) != cases[i].is_spoken)
            fail_msg("%s", cases[i].priority);
        if (cases[i].is_spoken) {
            str answer = talk_get(&t, &talk);
            assert_int_equal(trial_status(answer), 200);
            assert_true(trial_contains(answer, "scheme=https "));
            /* A ticket would let a session go on after its certificate was withdrawn. */
            assert_false(gnutls_session_get_flags(talk.session) & GNUTLS_SFLAGS_SESSION_TICKET);
        }
        talk_close(&talk);
    }
    /* Plain HTTP to the port of TLS gets no answer, and harms nothing. */
    assert_int_equal(trial_status(trial_ask(&t, LIT("GET / HTTP/1.1\r\nHost: a\r\n\r\n"))), 0);
    trial_done(&t);
}

/* S6 and S8 */
static void changes_certificates_while_it_runs(void **state)
{
    char folder[] = "/tmp/tocsin-tls-XXXXXX";
    struct trial t;
    struct talk before, after;
    (void)state;
    assert_non_null(mkdtemp(folder));
    trial_init(&t);
    struct pair first = make_pair(&t.arena), second = make_pair(&t.arena);
    t.options.certificate_file = write_file(&t, folder, "cert.pem", first.certificate_pem);
    t.options.key_file = write_file(&t, folder, "key.pem", first.key_pem);
    trial_start(&t);
    assert_true(talk_open(&t, &before, ANY_VERSION, NULL));
    assert_true(talk_sees(&before, &first));
    write_file(&t, folder, "cert.pem", second.certificate_pem);
    /* The key does not belong to it: refused, and the old one stays. */
    assert_int_equal(http_server_reload_certificates(&t.arena, t.server)->code, ERR_USAGE);
    write_file(&t, folder, "key.pem", second.key_pem);
    assert_null(http_server_reload_certificates(&t.arena, t.server));
    assert_true(talk_open(&t, &after, ANY_VERSION, NULL));
    assert_true(talk_sees(&after, &second));
    assert_int_equal(trial_status(talk_get(&t, &before)), 200);
    assert_int_equal(trial_status(talk_get(&t, &after)), 200);
    talk_close(&after);
    unlink(arena_print(&t.arena, "%s/key.pem", folder).at);
    assert_non_null(http_server_reload_certificates(&t.arena, t.server));
    assert_true(talk_open(&t, &after, ANY_VERSION, NULL));
    assert_true(talk_sees(&after, &second));
    talk_close(&after);
    talk_close(&before);
    unlink(arena_print(&t.arena, "%s/cert.pem", folder).at);
    rmdir(folder);
    trial_done(&t);
}

static str ask_as(struct trial *t, const char *priority, const struct pair *own)
{
    struct talk talk;
    assert_true(talk_open(t, &talk, priority, own));
    talk_get(t, &talk);
    str answer = talk_get(t, &talk); /* every request of a connection, not the first only */
    talk_close(&talk);
    return answer;
}

static void tells_the_fingerprint_of_the_client(void **state)
{
    static const char *const priorities[] = {"NORMAL:-VERS-ALL:+VERS-TLS1.3",
                                             "NORMAL:-VERS-ALL:+VERS-TLS1.2"};
    char folder[] = "/tmp/tocsin-tls-XXXXXX";
    (void)state;
    assert_non_null(mkdtemp(folder));
    for (int has_authority = 0; has_authority < 2; has_authority++) {
        struct trial t;
        trial_init(&t);
        struct pair known = make_pair(&t.arena), stranger = make_pair(&t.arena);
        str hex = secret_hex(&t.arena, known.fingerprint, HASH_SHA256_BYTES);
        t.options.is_self_signed = true;
        t.options.wants_client_certificate = true;
        t.options.application.on_request = answer_fingerprint;
        if (has_authority)
            t.options.client_ca_file = write_file(&t, folder, "ca.pem", known.certificate_pem);
        trial_start(&t);
        for (size_t i = 0; i < COUNT_OF(priorities); i++) {
            assert_true(str_ends(ask_as(&t, priorities[i], &known), hex));
            assert_true(str_ends(ask_as(&t, priorities[i], NULL), LIT("none")));
            /* Without an authority any certificate counts; with one only those it signed. */
            assert_int_equal(str_ends(ask_as(&t, priorities[i], &stranger), LIT("none")),
                             has_authority);
        }
        trial_done(&t);
    }
    struct arena a = {0};
    unlink(arena_print(&a, "%s/ca.pem", folder).at);
    rmdir(folder);
    arena_done(&a);
}

static void names_a_certificate_that_does_not_load(void **state)
{
    static const char *const files[] = {"/nonexistent/cert.pem", "/dev/null"};
    struct trial t;
    struct http_server *server;
    (void)state;
    trial_init(&t);
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        t.options.certificate_file = t.options.key_file = str_of(files[i]);
        err e = http_server_start(&t.arena, &t.options, &server);
        assert_non_null(e);
        assert_true(trial_contains(error_text(&t.arena, e), files[i]));
    }
    trial_done(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(speaks_tls_1_2_and_1_3_only),
        cmocka_unit_test(changes_certificates_while_it_runs),
        cmocka_unit_test(tells_the_fingerprint_of_the_client),
        cmocka_unit_test(names_a_certificate_that_does_not_load),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
