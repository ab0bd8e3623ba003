/*
 * Texts in the domain name system: what a domain says about its mail. Asked of the system's
 * resolver, or of one that is named; bounded in time and size.
 */
#ifndef TOCSIN_HTTP_DNS_H
#define TOCSIN_HTTP_DNS_H

#include "base/error.h"

#define DNS_TEXTS_MAX 32

struct dns_texts {
    str items[DNS_TEXTS_MAX];
    size_t count;
};

/*
 * The TXT records of `name`, each joined from its pieces, in `a`; none is no error. `server` is
 * "ADDRESS:PORT" (IPv4), or empty for the system's. ERR_IO: no answer within a few seconds.
 */
err dns_texts_get(struct arena *a, str name, str server, struct dns_texts *out) MUST_USE;

#endif
