/*
 * Trying the relay and reading what the domain publishes (RFC 7208, 6376, 7489).
 */
#include "service/mail_check.h"

#include "base/uuid.h"
#include "http/dns.h"
#include "service/mime.h"

static void add(struct mail_findings *to, const char *name, bool is_good, str words)
{
    ASSERT(to->count < MAIL_FINDINGS_MAX);
    to->items[to->count++] =
        (struct mail_finding){.name = name, .is_good = is_good, .words = words};
}

static void add_result(struct arena *a, struct mail_findings *to, const char *name, err failure,
                       str good)
{
    add(to, name, failure == NULL, failure ? error_text(a, failure) : good);
}

/* ---- the relay */

static err send_test(struct arena *a, const struct store *store, struct smtp *smtp, str to)
{
    const struct outbox_message m = {
        .id = uuid_random_id(a, LIT("message")),
        .kind = LIT("notice"),
        .recipient = to,
        .subject = LIT("A test of mail from the exchange"),
        .body = LIT("This is a test that whoever runs the exchange has asked for. There is nothing "
                    "to do.\n\nEsta es una prueba pedida por quien administra el intercambio. No "
                    "hay que hacer nada.\n"),
        .created_us = clock_now_us()};
    struct smtp_mail mail;
    TRY(mail_compose(a, store, &m, &mail));
    return smtp_send(a, smtp, &mail);
}

static err check_relay(struct arena *a, const struct store *store, str to,
                       struct mail_findings *out)
{
    struct smtp_relay relay;
    OWNED(smtp_close) struct smtp *smtp = NULL;
    TRY(mail_relay(a, store_config(store), &relay));
    TRY(smtp_open(a, &relay, &smtp));
    str good = arena_join(a, relay.url, LIT(" answers"),
                          relay.user.len ? LIT(" and takes name and password") : (str){0});
    add_result(a, out, "relay", smtp_try(a, smtp), good);
    if (to.len)
        add_result(a, out, "message", send_test(a, store, smtp, to),
                   arena_join(a, LIT("the relay took a test message to "), to, (str){0}));
    return NULL;
}

/* ---- the domain */

/* One kind of record about a domain. */
struct record_kind {
    const char *name;
    const char *begins; /* how such a text begins */
    const char *absent; /* what to do where there is none */
};

/* The one text that begins so; what is wrong is said in `*words`. */
static bool find_text(struct arena *a, const struct record_kind *kind, str domain,
                      const struct dns_texts *texts, str *words)
{
    size_t count = 0;
    for (size_t i = 0; i < texts->count; i++) {
        if (!str_eq_nocase(str_part(texts->items[i], 0, strlen(kind->begins)),
                           str_of(kind->begins)))
            continue;
        *words = texts->items[i];
        count++;
    }
    if (count == 0)
        *words = arena_print(a, "%.*s says nothing; %s", STR_ARG(domain), kind->absent);
    if (count > 1)
        *words = arena_print(a, "%.*s says it %zu times, so that nobody believes any; keep one",
                             STR_ARG(domain), count);
    return count == 1;
}

static void check_record(struct arena *a, const struct record_kind *kind, str name, str name_server,
                         struct mail_findings *out)
{
    struct dns_texts texts;
    str words;
    err failure = dns_texts_get(a, name, name_server, &texts);
    bool is_good = !failure && find_text(a, kind, name, &texts, &words);
    add(out, kind->name, is_good, failure ? error_text(a, failure) : words);
}

static void check_domain(struct arena *a, str domain, const struct mail_check_options *options,
                         struct mail_findings *out)
{
    static const struct record_kind SPF = {
        "spf", "v=spf1",
        "publish a TXT record that names the relay, or much mail is taken for spam"};
    static const struct record_kind DKIM = {"dkim", "v=DKIM1",
                                            "publish the key under which the relay signs"};
    static const struct record_kind DMARC = {
        "dmarc", "v=DMARC1", "publish a TXT record that says what to do with forged mail"};
    check_record(a, &SPF, domain, options->name_server, out);
    if (options->dkim_selector.len)
        check_record(a, &DKIM,
                     arena_print(a, "%.*s._domainkey.%.*s", STR_ARG(options->dkim_selector),
                                 STR_ARG(domain)),
                     options->name_server, out);
    else
        add(out, "dkim", false,
            LIT("not looked for: say with --dkim-selector under which name the relay signs"));
    check_record(a, &DMARC, arena_join(a, LIT("_dmarc."), domain, (str){0}), options->name_server,
                 out);
}

err mail_check(struct arena *a, const struct store *store, const struct mail_check_options *options,
               struct mail_findings *out)
{
    struct mail_findings found = {0};
    TRY(check_relay(a, store, options->to, &found));
    check_domain(a, mime_domain(store_config(store)->mail_from), options, &found);
    *out = found;
    return NULL;
}
