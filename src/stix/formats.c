/*
 * Formats of strings. Each is a walk over bytes; what registries and the network would know
 * (whether a domain exists, whether an address is routed) is not asked.
 */
#include "stix/formats.h"

#include "base/num.h"
#include "stix/words.h"

#include <arpa/inet.h>

/* Splits "ADDRESS/BITS"; the bits must be 0 to `most` without leading zeros. */
static bool cut_prefix(str value, unsigned most, str *address)
{
    size_t slash = str_find_char(value, '/');
    *address = str_part(value, 0, slash);
    if (slash == value.len)
        return true;
    str bits = str_skip(value, slash + 1);
    uint64_t n;
    return bits.len <= 3 && str_to_u64(bits, &n) && n <= most &&
           (bits.len == 1 || bits.at[0] != '0');
}

static bool is_address(int family, str address)
{
    char text[INET6_ADDRSTRLEN + 1];
    unsigned char bytes[16];
    if (address.len == 0 || address.len >= sizeof(text))
        return false;
    memcpy(text, address.at, address.len);
    text[address.len] = '\0';
    return strlen(text) == address.len && inet_pton(family, text, bytes) == 1;
}

static bool is_ipv4(str value)
{
    str address;
    return cut_prefix(value, 32, &address) && is_address(AF_INET, address);
}

static bool is_ipv6(str value)
{
    str address;
    return cut_prefix(value, 128, &address) && is_address(AF_INET6, address);
}

static bool is_lower_hex(char c)
{
    return char_is_digit(c) || (c >= 'a' && c <= 'f');
}

static bool is_mac(str value)
{
    if (value.len != 17)
        return false;
    for (size_t i = 0; i < value.len; i++) {
        if (i % 3 == 2 ? value.at[i] != ':' : !is_lower_hex(value.at[i]))
            return false;
    }
    return true;
}

/* Blanks and control characters, which none of the formats below may hold. */
static bool has_blank(str value)
{
    for (size_t i = 0; i < value.len; i++) {
        if ((unsigned char)value.at[i] <= ' ' || value.at[i] == 0x7f)
            return true;
    }
    return false;
}

/* addr-spec of RFC 5322 with the quoted local part, and RFC 6532's letters beyond ASCII. */
static bool is_email(str value)
{
    size_t at = value.len;
    for (size_t i = 0; i < value.len; i++) {
        if (value.at[i] == '@')
            at = i;
    }
    if (at == 0 || at + 1 >= value.len)
        return false;
    str local = str_part(value, 0, at);
    str domain = str_skip(value, at + 1);
    bool is_quoted = local.len >= 2 && local.at[0] == '"' && local.at[local.len - 1] == '"';
    if (has_blank(domain) || (!is_quoted && has_blank(local)))
        return false;
    if (!is_quoted &&
        (str_find_char(local, '@') < local.len || str_find_char(local, '<') < local.len))
        return false;
    return str_find(domain, LIT("..")) == domain.len && domain.at[0] != '.' &&
           str_find_char(domain, '>') == domain.len;
}

static bool is_url(str value)
{
    size_t colon = str_find_char(value, ':');
    if (colon == 0 || colon + 1 >= value.len || has_blank(value))
        return false;
    if (!char_is_lower(char_lower(value.at[0])))
        return false;
    for (size_t i = 1; i < colon; i++) {
        char c = value.at[i];
        if (!char_is_alnum(c) && c != '+' && c != '-' && c != '.')
            return false;
    }
    return true;
}

/* Labels of 1 to 63 bytes, 253 in all; letters beyond ASCII are taken as IDN in its Unicode form.
 */
static bool is_domain(str value)
{
    if (value.len == 0 || value.len > 1000 || has_blank(value))
        return false;
    if (value.at[value.len - 1] == '.')
        value.len--;
    str label;
    while (str_cut(&value, '.', &label)) {
        if (label.len == 0 || label.len > 63 * 4)
            return false;
    }
    return true;
}

static bool is_subtag(str part, size_t least, size_t most)
{
    if (part.len < least || part.len > most)
        return false;
    for (size_t i = 0; i < part.len; i++) {
        if (!char_is_alnum(part.at[i]))
            return false;
    }
    return true;
}

bool format_is_language(str tag)
{
    str part;
    if (!str_cut(&tag, '-', &part) || !is_subtag(part, 1, 8))
        return false;
    bool is_private = part.len == 1;
    if (is_private && char_lower(part.at[0]) != 'x' && char_lower(part.at[0]) != 'i')
        return false;
    for (size_t i = 0; i < part.len; i++) {
        if (char_is_digit(part.at[i]))
            return false;
    }
    if (is_private && tag.at == NULL)
        return false;
    while (str_cut(&tag, '-', &part)) {
        if (!is_subtag(part, 1, 8))
            return false;
    }
    return true;
}

static bool is_cpe(str value)
{
    size_t colons = 0;
    for (size_t i = 0; i < value.len; i++) {
        if (value.at[i] == '\\')
            i++;
        else if (value.at[i] == ':')
            colons++;
    }
    return str_starts(value, LIT("cpe:2.3:")) && colons == 12 && !has_blank(value);
}

static bool is_base64_char(char c)
{
    return char_is_alnum(c) || c == '+' || c == '/';
}

static bool is_base64(str value)
{
    if (value.len % 4 != 0)
        return false;
    size_t end = value.len;
    for (unsigned i = 0; i < 2 && end > 0 && value.at[end - 1] == '='; i++)
        end--;
    for (size_t i = 0; i < end; i++) {
        if (!is_base64_char(value.at[i]))
            return false;
    }
    return true;
}

static bool is_hex(str value)
{
    for (size_t i = 0; i < value.len; i++) {
        if (!is_lower_hex(value.at[i]))
            return false;
    }
    return value.len % 2 == 0;
}

static bool is_country(str value)
{
    for (size_t i = 0; i < WORDS_COUNTRY.count; i++) {
        if (str_eq_nocase(WORDS_COUNTRY.items[i], value))
            return true;
    }
    return false;
}

static bool is_words_of(str value, char separator)
{
    for (size_t i = 0; i < value.len; i++) {
        char c = value.at[i];
        if (!char_is_lower(c) && !char_is_digit(c) && c != separator)
            return false;
    }
    return value.len > 0;
}

static bool is_relationship_type(str value)
{
    return is_words_of(value, '-');
}

/* Names from elsewhere may hold other characters; only capitals, blanks and underscores count. */
static bool is_kill_chain_name(str value)
{
    for (size_t i = 0; i < value.len; i++) {
        char c = value.at[i];
        if (char_is_upper(c) || c == ' ' || c == '_')
            return false;
    }
    return true;
}

static bool is_priority(str value)
{
    return str_ends(value, LIT("_CLASS"));
}

#define MUST_BE(name, test, section, rule) \
    const struct catalog_format name = {test, rule, false, section}
#define SHOULD_BE(name, test, section, rule) \
    const struct catalog_format name = {test, rule, true, section}

MUST_BE(FORMAT_IPV4, is_ipv4, "6.8", "must be an IPv4 address or a CIDR block");
MUST_BE(FORMAT_IPV6, is_ipv6, "6.9", "must be an IPv6 address or a CIDR block");
MUST_BE(FORMAT_MAC, is_mac, "6.10", "must be a MAC address in lower case with colons");
MUST_BE(FORMAT_EMAIL, is_email, "6.5", "must be an e-mail address (RFC 5322 addr-spec)");
MUST_BE(FORMAT_URL, is_url, "6.15", "must be a URL (RFC 3986)");
MUST_BE(FORMAT_DOMAIN, is_domain, "6.4", "must be a domain name (RFC 1034)");
MUST_BE(FORMAT_LANGUAGE, format_is_language, "3.2", "must be a language tag (RFC 5646)");
MUST_BE(FORMAT_CPE, is_cpe, "6.14", "must be a CPE 2.3 name");
MUST_BE(FORMAT_BASE64, is_base64, "2.1", "must be base64 (RFC 4648)");
MUST_BE(FORMAT_HEX, is_hex, "2.8", "must be an even number of digits 0-9 and a-f");
SHOULD_BE(FORMAT_COUNTRY, is_country, "4.10", "should be an ISO 3166-1 alpha-2 code");
MUST_BE(FORMAT_RELATIONSHIP_TYPE, is_relationship_type, "5.1",
        "must be of the characters a-z, 0-9 and hyphen");
SHOULD_BE(FORMAT_KILL_CHAIN_NAME, is_kill_chain_name, "2.11",
          "should be in lower case, words separated by hyphens");
SHOULD_BE(FORMAT_PRIORITY, is_priority, "6.13.2", "should end in _CLASS");

static const struct {
    str name;
    size_t digits;
} HASH_LENGTHS[] = {
    {LIT_INIT("MD5"), 32},      {LIT_INIT("SHA-1"), 40},      {LIT_INIT("SHA-256"), 64},
    {LIT_INIT("SHA-512"), 128}, {LIT_INIT("SHA3-256"), 64},   {LIT_INIT("SHA3-512"), 128},
    {LIT_INIT("SHA-224"), 56},  {LIT_INIT("SHA-384"), 96},    {LIT_INIT("SHA3-224"), 56},
    {LIT_INIT("SHA3-384"), 96}, {LIT_INIT("RIPEMD-160"), 40},
};

static bool is_any_hex(str value)
{
    for (size_t i = 0; i < value.len; i++) {
        if (char_hex(value.at[i]) < 0)
            return false;
    }
    return true;
}

/* BLOCKSIZE:HASH:HASH */
static bool is_ssdeep(str value)
{
    str size;
    str first;
    uint64_t n;
    return str_cut(&value, ':', &size) && str_to_u64(size, &n) && str_cut(&value, ':', &first) &&
           value.at != NULL && first.len <= 64 && value.len <= 148 && !has_blank(value);
}

/* 70 hexadecimal digits, in newer versions behind "T1". */
static bool is_tlsh(str value)
{
    if (str_starts(value, LIT("T1")))
        value = str_skip(value, 2);
    return value.len == 70 && is_any_hex(value);
}

bool format_hash_is_good(str algorithm, str value)
{
    if (value.len == 0)
        return false;
    for (size_t i = 0; i < COUNT_OF(HASH_LENGTHS); i++) {
        if (str_eq(HASH_LENGTHS[i].name, algorithm))
            return value.len == HASH_LENGTHS[i].digits && is_any_hex(value);
    }
    if (str_eq_nocase(algorithm, LIT("SSDEEP")))
        return is_ssdeep(value);
    if (str_eq(algorithm, LIT("TLSH")))
        return is_tlsh(value);
    return true;
}

bool format_is_type_name(str name)
{
    return name.len >= 3 && name.len <= 250 && char_is_lower(name.at[0]) && is_words_of(name, '-');
}

bool format_is_property_name(str name)
{
    return name.len >= 3 && name.len <= 250 && char_is_lower(name.at[0]) && is_words_of(name, '_');
}

bool format_is_dictionary_key(str key)
{
    if (key.len == 0 || key.len > 250)
        return false;
    for (size_t i = 0; i < key.len; i++) {
        if (!char_is_alnum(key.at[i]) && key.at[i] != '-' && key.at[i] != '_')
            return false;
    }
    return true;
}
