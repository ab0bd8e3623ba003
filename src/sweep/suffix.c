/*
 * The list is compiled into libpsl, so that the same program answers the same everywhere.
 */
#include "sweep/suffix.h"

#include <libpsl.h>

#define HOST_BYTES_MAX 253

/* `host` as libpsl wants it, in `to`; false if it can be no host. */
static bool copy_host(str host, char to[HOST_BYTES_MAX + 1])
{
    if (host.len == 0 || host.len > HOST_BYTES_MAX || memchr(host.at, '\0', host.len))
        return false;
    memcpy(to, host.at, host.len);
    to[host.len] = '\0';
    return true;
}

bool suffix_is_public(str host)
{
    char text[HOST_BYTES_MAX + 1];
    return copy_host(host, text) && psl_is_public_suffix(psl_builtin(), text) == 1;
}

bool suffix_memo_is_public(struct suffix_memo *m, uint32_t number, str host)
{
    uint32_t *slot = &m->slots[number % SUFFIX_MEMO_SLOTS];
    uint32_t told = (number / SUFFIX_MEMO_SLOTS + 1) << 1;
    if ((*slot & ~UINT32_C(1)) != told)
        *slot = told | suffix_is_public(host);
    return *slot & 1;
}

bool suffix_is_listed(str host)
{
    char text[HOST_BYTES_MAX + 1];
    int type = PSL_TYPE_ANY | PSL_TYPE_NO_STAR_RULE;
    return copy_host(host, text) && psl_is_public_suffix2(psl_builtin(), text, type) == 1;
}

str suffix_registrable(str host)
{
    char text[HOST_BYTES_MAX + 1];
    const char *found = copy_host(host, text) ? psl_registrable_domain(psl_builtin(), text) : NULL;
    return found ? str_skip(host, (size_t)(found - text)) : (str){0};
}
