/*
 * Values into the form in which they are looked up.
 */
#include "sweep/value.h"

#include "base/num.h"
#include "base/utf8.h"
#include "pattern/subnet.h"
#include "sweep/refang.h"

#include <idn2.h>
#include <stdlib.h>

#define HOST_BYTES_MAX 253
#define LABEL_BYTES_MAX 63
#define NO_DOT "a name without a dot stands for all names below it and is not looked for in logs"

const char *sweep_kind_name(enum sweep_kind kind)
{
#define KIND_NAME(kind, name, path) [kind] = name,
    static const char *const NAMES[] = {SWEEP_KINDS(KIND_NAME)};
#undef KIND_NAME
    return NAMES[kind];
}

/* What `text` is meant to be by the rules of refang_line, which undo more than defanging. */
static str undo_brackets(struct arena *a, str text)
{
    struct refanged meant = {0};
    buf_init(&meant.text, SWEEP_VALUE_BYTES_MAX * 3);
    /* Percent-encoding is a part of a URL. */
    if (refang_line(a, text, 0, &meant) && str_find_char(text, '%') == text.len)
        text = arena_copy(a, buf_str(&meant.text));
    buf_done(&meant.text);
    return text;
}

str sweep_refang(struct arena *a, str text)
{
    if (text.len <= SWEEP_VALUE_BYTES_MAX && !refang_is_plain(text))
        text = undo_brackets(a, text);
    if (str_eq_nocase(str_part(text, 0, 4), LIT("hxxp")))
        text = arena_join(a, LIT("http"), str_skip(text, 4), LIT(""));
    return text;
}

/* Hosts. */

bool sweep_is_ascii(str s)
{
    uint64_t all = 0;
    uint64_t eight;
    size_t i = 0;
    for (; i + sizeof(eight) <= s.len; i += sizeof(eight)) {
        memcpy(&eight, s.at + i, sizeof(eight));
        all |= eight;
    }
    for (; i < s.len; i++)
        all |= (unsigned char)s.at[i];
    return (all & UINT64_C(0x8080808080808080)) == 0;
}

/* Letters, digits, hyphens and underscores in labels of at most 63. */
static bool is_host(str host)
{
    size_t label = 0;
    for (size_t i = 0; i < host.len; i++) {
        char c = host.at[i];
        if (c == '.' ? label == 0 : !char_is_alnum(c) && c != '-' && c != '_')
            return false;
        label = c == '.' ? 0 : label + 1;
        if (label > LABEL_BYTES_MAX)
            return false;
    }
    return label > 0 && host.len <= HOST_BYTES_MAX;
}

str sweep_to_lower(struct arena *a, str s)
{
    char *to = arena_take(a, s.len + 1);
    for (size_t i = 0; i < s.len; i++)
        to[i] = char_lower(s.at[i]);
    return (str){to, s.len};
}

bool sweep_host_to_ascii(struct arena *a, str host, str *out)
{
    while (str_ends(host, LIT(".")))
        host.len--;
    if (!sweep_is_ascii(host)) {
        if (host.len > SWEEP_VALUE_BYTES_MAX || utf8_find_fault(host) < host.len)
            return false;
        uint8_t *made = NULL;
        int code = idn2_lookup_u8((const uint8_t *)arena_copy(a, host).at, &made,
                                  IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
        if (code != IDN2_OK)
            return false;
        host = arena_copy(a, str_of((const char *)made));
        idn2_free(made);
    }
    if (!is_host(host))
        return false;
    *out = sweep_to_lower(a, host);
    return true;
}

bool sweep_host_to_unicode(struct arena *a, str host, str *out)
{
    char *made = NULL;
    if (idn2_to_unicode_8z8z(arena_copy(a, host).at, &made, 0) != IDN2_OK)
        return false;
    *out = arena_copy(a, str_of(made));
    idn2_free(made);
    return utf8_find_fault(*out) == out->len;
}

/* Addresses. */

size_t sweep_net_key(const unsigned char *address, unsigned bytes, unsigned prefix,
                     char key[SWEEP_NET_KEY_BYTES_MAX])
{
    key[0] = (char)bytes;
    key[1] = (char)prefix;
    for (unsigned i = 0; i < bytes; i++) {
        unsigned bits = prefix > i * 8 ? prefix - i * 8 : 0;
        unsigned mask = bits >= 8 ? 0xffu : 0xffu << (8 - bits) & 0xffu;
        key[2 + i] = (char)(address[i] & mask);
    }
    return 2 + bytes;
}

static err make_address(struct arena *a, str text, struct sweep_value *out)
{
    struct subnet s;
    if (!subnet_read(text, &s))
        return FAIL(a, ERR_INPUT, "this is no address and no network");
    if (s.prefix == 0)
        return FAIL(a, ERR_INPUT, "a network of all addresses is not looked for: any line has one");
    bool is_one = s.prefix == s.bytes * 8;
    out->kind = !is_one ? SWEEP_NET : s.bytes == 4 ? SWEEP_IPV4 : SWEEP_IPV6;
    out->text = text;
    if (out->kind == SWEEP_IPV4) {
        out->key = str_part(text, 0, str_find_char(text, '/'));
        return NULL;
    }
    char *key = arena_take(a, SWEEP_NET_KEY_BYTES_MAX);
    out->key = (str){key, sweep_net_key(s.address, s.bytes, s.prefix, key)};
    return NULL;
}

/* Others. */

static err make_host(struct arena *a, str text, struct sweep_value *out)
{
    if (!sweep_host_to_ascii(a, text, &out->key))
        return FAIL(a, ERR_INPUT, "this is no name of a host");
    return str_find_char(out->key, '.') < out->key.len ? NULL : FAIL(a, ERR_INPUT, NO_DOT);
}

str sweep_url_host(str url)
{
    str rest = str_skip(url, str_find(url, LIT("://")) + 3);
    size_t end = 0;
    while (end < rest.len && !memchr("/?#", rest.at[end], 3))
        end++;
    rest.len = end;
    size_t at = str_find_char(rest, '@');
    rest = at < rest.len ? str_skip(rest, at + 1) : rest;
    return str_part(rest, 0, str_find_char(rest, ':'));
}

/* How long the port at the beginning of `rest` is, if it is the one that the scheme has anyway. */
static size_t default_port(str url, str rest)
{
    static const struct {
        str scheme;
        str port;
    } DEFAULTS[] = {{LIT_INIT("http://"), LIT_INIT(":80")},
                    {LIT_INIT("https://"), LIT_INIT(":443")}};
    for (size_t i = 0; i < COUNT_OF(DEFAULTS); i++) {
        str port = DEFAULTS[i].port;
        bool is_it = str_eq_nocase(str_part(url, 0, DEFAULTS[i].scheme.len), DEFAULTS[i].scheme) &&
                     str_starts(rest, port);
        str behind = str_skip(rest, port.len);
        if (is_it && (behind.len == 0 || str_starts(behind, LIT("/")) ||
                      str_starts(behind, LIT("?")) || str_starts(behind, LIT("#"))))
            return port.len;
    }
    return 0;
}

str sweep_url_plain(struct arena *a, str url, size_t host_end)
{
    str rest = str_skip(url, host_end);
    rest = str_skip(rest, default_port(url, rest));
    size_t port = str_starts(rest, LIT(":")) ? 1 : 0;
    while (port && port < rest.len && char_is_digit(rest.at[port]))
        port++;
    if (str_eq(str_skip(rest, port), LIT("/")))
        rest.len--;
    bool is_itself = host_end + rest.len == url.len;
    return is_itself ? url : arena_join(a, str_part(url, 0, host_end), rest, LIT(""));
}

static err make_url(struct arena *a, str text, struct sweep_value *out)
{
    str host = sweep_url_host(text);
    str ascii;
    if (!sweep_host_to_ascii(a, host, &ascii) || str_find_char(ascii, '.') == ascii.len)
        return FAIL(a, ERR_INPUT, "a URL is looked for with scheme and a host that has a dot");
    str before = str_part(text, 0, (size_t)(host.at - text.at));
    str start = arena_join(a, sweep_to_lower(a, before), ascii, LIT(""));
    str rest = str_skip(text, before.len + host.len);
    out->key = sweep_url_plain(a, arena_join(a, start, rest, LIT("")), start.len);
    return NULL;
}

static err make_email(struct arena *a, str text, struct sweep_value *out)
{
    size_t at = str_find_char(text, '@');
    str host;
    if (at == 0 || at == text.len || !sweep_host_to_ascii(a, str_skip(text, at + 1), &host) ||
        str_find_char(host, '.') == host.len)
        return FAIL(a, ERR_INPUT, "this is no e-mail address");
    out->key = sweep_to_lower(a, arena_join(a, str_part(text, 0, at), LIT("@"), host));
    return NULL;
}

static err make_hash(struct arena *a, str text, struct sweep_value *out)
{
    size_t good = 0;
    while (good < text.len && char_hex(text.at[good]) >= 0)
        good++;
    bool is_long = text.len == 32 || text.len == 40 || text.len == 64 || text.len == 128;
    if (good < text.len || !is_long)
        return FAIL(a, ERR_INPUT, "this is no MD5, SHA-1, SHA-256 or SHA-512");
    out->key = sweep_to_lower(a, text);
    return NULL;
}

/* Names of files and accounts are looked for as runs of token characters. */
static err make_word(struct arena *a, str text, struct sweep_value *out)
{
    str word = str_starts(text, LIT("@")) ? str_skip(text, 1) : text;
    for (size_t i = 0; i < word.len; i++) {
        char c = word.at[i];
        if (!char_is_alnum(c) && !memchr("-_.", c, 3) && (unsigned char)c < 0x80)
            return FAIL(a, ERR_INPUT,
                        "a name with other characters than letters, digits, - _ . "
                        "is not looked for in logs");
    }
    if (word.len < 3)
        return FAIL(a, ERR_INPUT, "a name of less than three characters is not looked for in logs");
    out->key = sweep_to_lower(a, word);
    return NULL;
}

err sweep_value_make(struct arena *a, enum sweep_kind kind, str text, struct sweep_value *out)
{
    struct sweep_value value = {.kind = kind};
    value.text = sweep_refang(a, str_trim(text));
    if (value.text.len == 0 || value.text.len > SWEEP_VALUE_BYTES_MAX)
        return FAIL(a, ERR_INPUT, "a value has from 1 to %zu bytes", SWEEP_VALUE_BYTES_MAX);
    switch (kind) {
    case SWEEP_DOMAIN:
    case SWEEP_ALIKE:
        TRY(make_host(a, value.text, &value));
        break;
    case SWEEP_IPV4:
    case SWEEP_IPV6:
    case SWEEP_NET:
        TRY(make_address(a, value.text, &value));
        break;
    case SWEEP_URL:
        TRY(make_url(a, value.text, &value));
        break;
    case SWEEP_EMAIL:
        TRY(make_email(a, value.text, &value));
        break;
    case SWEEP_HASH:
        TRY(make_hash(a, value.text, &value));
        break;
    default:
        TRY(make_word(a, value.text, &value));
        break;
    }
    *out = value;
    return NULL;
}

err sweep_value_guess(struct arena *a, str text, struct sweep_value *out)
{
    text = sweep_refang(a, str_trim(text));
    if (str_starts(text, LIT("*."))) {
        TRY(sweep_value_make(a, SWEEP_DOMAIN, str_skip(text, 2), out));
        out->is_with_below = true;
        return NULL;
    }
    struct subnet s;
    enum sweep_kind kind = SWEEP_DOMAIN;
    if (str_find(text, LIT("://")) < text.len)
        kind = SWEEP_URL;
    else if (subnet_read(text, &s))
        kind = SWEEP_NET;
    else if (str_starts(text, LIT("@")))
        kind = SWEEP_ACCOUNT;
    else if (str_find_char(text, '@') < text.len)
        kind = SWEEP_EMAIL;
    else if (str_find_char(text, '.') == text.len)
        kind = SWEEP_HASH;
    err failure = sweep_value_make(a, kind, text, out);
    if (failure == NULL || kind == SWEEP_NET)
        return failure;
    str host;
    if ((kind == SWEEP_HASH || kind == SWEEP_DOMAIN) && sweep_host_to_ascii(a, text, &host))
        return FAIL(a, ERR_INPUT, "this is no hash, and " NO_DOT);
    size_t colon = str_find_char(text, ':');
    if (subnet_read(str_part(text, 0, colon), &s))
        return FAIL(a, ERR_INPUT, "a port is not looked for: give the address alone");
    size_t slash = str_find_char(text, '/');
    if (kind != SWEEP_URL && slash < text.len &&
        sweep_host_to_ascii(a, str_part(text, 0, slash), &host))
        return FAIL(a, ERR_INPUT, "a URL is looked for with its scheme, such as http://");
    return FAIL(a, ERR_INPUT, "this is no domain, address, network, URL, e-mail address or hash");
}
