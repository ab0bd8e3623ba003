/*
 * Whether mail can go out, and what the world is told about it: the relay, and SPF, DKIM and DMARC
 * of the domain that mail comes from.
 */
#ifndef TOCSIN_SERVICE_MAIL_CHECK_H
#define TOCSIN_SERVICE_MAIL_CHECK_H

#include "service/mail.h"

struct mail_check_options {
    str dkim_selector; /* under which the relay signs; empty: not known */
    str name_server;   /* ADDRESS:PORT; empty: the system's */
    str to;            /* a test message goes there; empty: none is sent */
};

struct mail_finding {
    const char *name; /* "relay", "message", "spf", "dkim", "dmarc" */
    bool is_good;
    str words;
};
#define MAIL_FINDINGS_MAX 5

struct mail_findings {
    struct mail_finding items[MAIL_FINDINGS_MAX];
    size_t count;
};

/* ERR_INPUT: the settings name no relay or no address. What is wrong outside is a finding. */
err mail_check(struct arena *a, const struct store *store, const struct mail_check_options *options,
               struct mail_findings *out) MUST_USE;

#endif
