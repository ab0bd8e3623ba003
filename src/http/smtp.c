/*
 * Mail to a relay.
 */
#include "http/smtp.h"

#include "base/secret.h"
#include "http/curl_load.h"

#include <stdlib.h>

#define CONNECT_SECONDS 10
#define TOTAL_SECONDS 60
/* What a relay says to a mail that it will never take. */
#define CODE_REFUSED 550
#define CODE_END 560

struct smtp {
    struct arena arena;
    struct smtp_relay relay;
    struct curl_library lib;
    CURL *curl;
    char words[CURL_ERROR_SIZE];
};

static str keep(struct smtp *smtp, str s)
{
    return s.len ? arena_copy(&smtp->arena, s) : (str){0};
}

static bool is_relay(str url)
{
    return (str_starts(url, LIT("smtp://")) || str_starts(url, LIT("smtps://"))) &&
           str_find_char(url, '@') == url.len;
}

err smtp_open(struct arena *a, const struct smtp_relay *relay, struct smtp **out)
{
    if (!is_relay(relay->url))
        return FAIL(a, ERR_INPUT, "a relay is given as smtp://HOST:PORT or smtps://HOST:PORT");
    struct curl_library lib;
    TRY(curl_load(a, CURL_LIBRARY_NAME, &lib));
    if (lib.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return FAIL(a, ERR_INTERNAL, "libcurl does not start");
    struct smtp *smtp = calloc(1, sizeof(*smtp));
    ASSERT(smtp != NULL);
    smtp->relay = *relay;
    smtp->relay.url = keep(smtp, relay->url);
    smtp->relay.user = keep(smtp, relay->user);
    smtp->relay.password = keep(smtp, relay->password);
    smtp->relay.ca_file = keep(smtp, relay->ca_file);
    smtp->lib = lib;
    smtp->curl = lib.easy_init();
    ASSERT(smtp->curl != NULL);
    *out = smtp;
    return NULL;
}

void smtp_close(struct smtp **smtp)
{
    struct smtp *s = *smtp;
    if (s == NULL)
        return;
    s->lib.easy_cleanup(s->curl);
    s->lib.global_cleanup();
    if (s->relay.password.len)
        secret_wipe((void *)(uintptr_t)s->relay.password.at, s->relay.password.len);
    arena_done(&s->arena);
    free(s);
    *smtp = NULL;
}

static bool is_own_machine(str url)
{
    str host = str_skip(url, str_find(url, LIT("://")) + 3);
    return str_starts(host, LIT("127.")) || str_starts(host, LIT("localhost")) ||
           str_starts(host, LIT("[::1]"));
}

static void set_connection(struct smtp *s)
{
    const struct smtp_relay *relay = &s->relay;
    unsigned connect = relay->connect_seconds_max ? relay->connect_seconds_max : CONNECT_SECONDS;
    unsigned total = relay->total_seconds_max ? relay->total_seconds_max : TOTAL_SECONDS;
    bool must_hide = relay->user.len > 0 && !is_own_machine(relay->url);
    s->lib.easy_reset(s->curl);
    s->words[0] = 0;
    s->lib.easy_setopt(s->curl, CURLOPT_ERRORBUFFER, s->words);
    s->lib.easy_setopt(s->curl, CURLOPT_NOSIGNAL, 1L);
    s->lib.easy_setopt(s->curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    s->lib.easy_setopt(s->curl, CURLOPT_URL, relay->url.at);
    s->lib.easy_setopt(s->curl, CURLOPT_CONNECTTIMEOUT, (long)connect);
    s->lib.easy_setopt(s->curl, CURLOPT_TIMEOUT, (long)total);
    s->lib.easy_setopt(s->curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    s->lib.easy_setopt(s->curl, CURLOPT_USE_SSL,
                       (long)(must_hide ? CURLUSESSL_ALL : CURLUSESSL_TRY));
    if (relay->ca_file.len)
        s->lib.easy_setopt(s->curl, CURLOPT_CAINFO, relay->ca_file.at);
    if (relay->user.len) {
        s->lib.easy_setopt(s->curl, CURLOPT_USERNAME, relay->user.at);
        s->lib.easy_setopt(s->curl, CURLOPT_PASSWORD,
                           relay->password.len ? relay->password.at : "");
    }
}

static enum err_code kind_of(CURLcode code, long answer)
{
    if (code == CURLE_OPERATION_TIMEDOUT)
        return ERR_TIMEOUT;
    if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE ||
        code == CURLE_USE_SSL_FAILED || code == CURLE_LOGIN_DENIED)
        return ERR_FORBIDDEN;
    if (answer >= CODE_REFUSED && answer < CODE_END)
        return ERR_INVALID;
    return answer >= 400 ? ERR_BUSY : ERR_IO;
}

static err perform(struct arena *a, struct smtp *s)
{
    CURLcode code = s->lib.easy_perform(s->curl);
    long answer = 0;
    if (code == CURLE_OK)
        return NULL;
    s->lib.easy_getinfo(s->curl, CURLINFO_RESPONSE_CODE, &answer);
    return FAIL(a, kind_of(code, answer), "the relay %.*s did not take it: %s",
                STR_ARG(s->relay.url), s->words[0] ? s->words : s->lib.easy_strerror(code));
}

static size_t give(char *to, size_t size, size_t count, void *context)
{
    str *rest = context;
    str piece = str_part(*rest, 0, size * count);
    if (piece.len)
        memcpy(to, piece.at, piece.len);
    *rest = str_skip(*rest, piece.len);
    return piece.len;
}

err smtp_send(struct arena *a, struct smtp *s, const struct smtp_mail *mail)
{
    str rest = mail->bytes;
    str from = arena_print(a, "<%.*s>", STR_ARG(mail->return_path));
    str to = arena_print(a, "<%.*s>", STR_ARG(mail->recipient));
    struct curl_slist *recipients = s->lib.slist_append(NULL, to.at);
    set_connection(s);
    s->lib.easy_setopt(s->curl, CURLOPT_MAIL_FROM, from.at);
    s->lib.easy_setopt(s->curl, CURLOPT_MAIL_RCPT, recipients);
    s->lib.easy_setopt(s->curl, CURLOPT_UPLOAD, 1L);
    s->lib.easy_setopt(s->curl, CURLOPT_READFUNCTION, give);
    s->lib.easy_setopt(s->curl, CURLOPT_READDATA, &rest);
    err failure = perform(a, s);
    s->lib.slist_free_all(recipients);
    return failure;
}

static size_t drop(char *data, size_t size, size_t count, void *context)
{
    (void)data;
    (void)context;
    return size * count;
}

err smtp_try(struct arena *a, struct smtp *s)
{
    set_connection(s);
    s->lib.easy_setopt(s->curl, CURLOPT_NOBODY, 1L);
    s->lib.easy_setopt(s->curl, CURLOPT_CUSTOMREQUEST, "NOOP");
    s->lib.easy_setopt(s->curl, CURLOPT_WRITEFUNCTION, drop);
    return perform(a, s);
}
