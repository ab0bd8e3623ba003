/*
 * Subnets, with the system's own reading of addresses.
 */
#include "pattern/subnet.h"

#include <arpa/inet.h>

static bool read_address(str text, struct subnet *out)
{
    char address[INET6_ADDRSTRLEN];
    if (text.len == 0 || text.len >= sizeof(address))
        return false;
    memcpy(address, text.at, text.len);
    address[text.len] = '\0';
    bool is_v6 = str_find_char(text, ':') < text.len;
    out->bytes = is_v6 ? 16 : 4;
    return str_find_char(text, '\0') == text.len &&
           inet_pton(is_v6 ? AF_INET6 : AF_INET, address, out->address) == 1;
}

bool subnet_read(str text, struct subnet *out)
{
    struct subnet s = {0};
    size_t slash = str_find_char(text, '/');
    if (!read_address(str_part(text, 0, slash), &s))
        return false;
    uint64_t prefix = s.bytes * 8;
    if (slash < text.len &&
        (!str_to_u64(str_skip(text, slash + 1), &prefix) || prefix > s.bytes * 8))
        return false;
    s.prefix = (unsigned)prefix;
    *out = s;
    return true;
}

bool subnet_contains(const struct subnet *outer, const struct subnet *inner)
{
    if (outer->bytes != inner->bytes || outer->prefix > inner->prefix)
        return false;
    unsigned whole = outer->prefix / 8;
    if (memcmp(outer->address, inner->address, whole) != 0)
        return false;
    unsigned rest = outer->prefix % 8;
    if (rest == 0)
        return true;
    unsigned differ = (unsigned)(outer->address[whole] ^ inner->address[whole]);
    return differ >> (8 - rest) == 0;
}
