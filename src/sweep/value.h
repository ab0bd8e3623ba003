/*
 * Values that indicators name and logs hold: their kinds, and the one form in which they are looked
 * up.
 */
#ifndef TOCSIN_SWEEP_VALUE_H
#define TOCSIN_SWEEP_VALUE_H

#include "base/error.h"

/* kind, name, object path in patterns */
#define SWEEP_KINDS(X)                                  \
    X(SWEEP_DOMAIN, "domain", "domain-name:value")      \
    X(SWEEP_IPV4, "ipv4", "ipv4-addr:value")            \
    X(SWEEP_IPV6, "ipv6", "ipv6-addr:value")            \
    X(SWEEP_NET, "network", "")                         \
    X(SWEEP_URL, "url", "url:value")                    \
    X(SWEEP_EMAIL, "email", "email-addr:value")         \
    X(SWEEP_HASH, "hash", "")                           \
    X(SWEEP_FILE, "file", "file:name")                  \
    X(SWEEP_ACCOUNT, "account", "user-account:user_id") \
    X(SWEEP_LIKE, "like", "")                           \
    X(SWEEP_MATCHES, "matches", "")                     \
    X(SWEEP_ALIKE, "lookalike", "")

#define SWEEP_KIND_ENUM(kind, name, path) kind,
enum sweep_kind { SWEEP_KINDS(SWEEP_KIND_ENUM) SWEEP_KIND_COUNT };
#undef SWEEP_KIND_ENUM

#define SWEEP_VALUE_BYTES_MAX ((size_t)2048)

/* "domain", "network", … */
const char *sweep_kind_name(enum sweep_kind kind);

struct sweep_value {
    enum sweep_kind kind;
    str text;           /* as it was given, without defanging */
    str key;            /* under which it is looked up: bytes for addresses of IPv6 and networks */
    bool is_with_below; /* a public suffix, meant with all names below it */
};

/*
 * Brings a value of a known kind into its form: hosts to A-labels (IDNA 2008) without a final dot,
 * addresses to bytes, "hxxp" and "[.]" to what they stand for. ERR_INPUT in words where it is no
 * value of that kind.
 */
err sweep_value_make(struct arena *a, enum sweep_kind kind, str text,
                     struct sweep_value *out) MUST_USE;

/*
 * As sweep_value_make for a value that says by its looks what it is; "*.co.uk" is a name that is
 * meant with all below it though it is a public suffix.
 */
err sweep_value_guess(struct arena *a, str text, struct sweep_value *out) MUST_USE;

/* hxxp://evil[.]example -> http://evil.example; itself where there is nothing to do. */
str sweep_refang(struct arena *a, str text);

/* A host name as A-labels in lower case; false where it is none. */
bool sweep_host_to_ascii(struct arena *a, str host, str *out);

/* A-labels as the letters that they stand for; false where they stand for none. */
bool sweep_host_to_unicode(struct arena *a, str host, str *out);

/* Letters of ASCII in lower case, in `a`. */
str sweep_to_lower(struct arena *a, str s);

/* Where the host of a URL begins and what of it is the host; empty if it has none. */
str sweep_url_host(str url);

/*
 * A URL whose host ends at `host_end` without the port that its scheme has anyway, and without a
 * path that is only begun; itself where it has neither.
 */
str sweep_url_plain(struct arena *a, str url, size_t host_end);

bool sweep_is_ascii(str s);

/* The key of an address or network: "\4\30" and the masked bytes. `prefix` in bits. */
#define SWEEP_NET_KEY_BYTES_MAX 18
size_t sweep_net_key(const unsigned char *address, unsigned bytes, unsigned prefix,
                     char key[SWEEP_NET_KEY_BYTES_MAX]);

#endif
