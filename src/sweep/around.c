/*
 * Looking around.
 */
#include "sweep/around.h"

#define URL_BEFORE_HOST_MAX 256
#define EMAIL_LOCAL_MAX 64

static inline bool ends_url(char c)
{
    static const bool ENDS[256] = {
        ['"'] = true,  ['<'] = true, ['>'] = true, ['\''] = true, ['`'] = true,
        ['\\'] = true, ['{'] = true, ['}'] = true, ['|'] = true,  ['^'] = true};
    return (unsigned char)c <= ' ' || ENDS[(unsigned char)c];
}

static bool find_scheme(str text, size_t host, size_t *out)
{
    size_t at = host;
    while (at >= 3 && host - at < URL_BEFORE_HOST_MAX && text.at[at - 1] != '/' &&
           !ends_url(text.at[at - 1]) && text.at[at - 1] != '?')
        at--;
    if (at < 4 || memcmp(text.at + at - 3, "://", 3) != 0)
        return false;
    size_t first = at - 3;
    while (first > 0 && (char_is_alnum(text.at[first - 1]) || text.at[first - 1] == '+'))
        first--;
    *out = first;
    return first < at - 3;
}

bool around_url(str text, size_t host, size_t *first, size_t *end)
{
    if (!find_scheme(text, host, first))
        return false;
    while (*end < text.len && !ends_url(text.at[*end]))
        ++*end;
    return true;
}

static bool is_local_char(char c)
{
    return char_is_alnum(c) || memchr("._%+-", c, 5) != NULL;
}

bool around_email(str text, size_t host, size_t *first)
{
    if (host == 0 || text.at[host - 1] != '@')
        return false;
    size_t at = host - 1;
    while (at > 0 && host - at <= EMAIL_LOCAL_MAX && is_local_char(text.at[at - 1]))
        at--;
    *first = at;
    return at < host - 1;
}

bool around_ends_sentence(char c)
{
    return memchr(".,;:!?)]", c, 8) != NULL;
}
