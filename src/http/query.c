/*
 * Query strings and percent escapes (RFC 3986 §2.1, §3.4).
 */
#include "http/query.h"

#include "base/utf8.h"

/* The byte that an escape at `at` stands for, or -1 if it is broken. */
static int read_escape(str raw, size_t at)
{
    if (at + 2 >= raw.len)
        return -1;
    int high = char_hex(raw.at[at + 1]), low = char_hex(raw.at[at + 2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

static err fail_escape(struct arena *a, str raw, const char *what)
{
    return FAIL(a, ERR_INPUT, "%s in \"%.*s\"", what, STR_ARG(str_part(raw, 0, 200)));
}

err http_percent_decode(struct arena *a, str raw, bool refuses_slash, str *out)
{
    if (str_find_char(raw, '%') == raw.len) {
        if (str_find_char(raw, 0) < raw.len)
            return fail_escape(a, raw, "a zero byte");
        if (utf8_find_fault(raw) < raw.len)
            return fail_escape(a, raw, "no UTF-8");
        *out = raw;
        return NULL;
    }
    char *decoded = arena_take(a, raw.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < raw.len; i++) {
        int byte = raw.at[i] == '%' ? read_escape(raw, i) : (unsigned char)raw.at[i];
        if (byte < 0)
            return fail_escape(a, raw, "a broken percent escape");
        if (byte == 0)
            return fail_escape(a, raw, "a zero byte");
        if (raw.at[i] == '%') {
            if (byte == '/' && refuses_slash)
                return fail_escape(a, raw, "an encoded slash");
            i += 2;
        }
        decoded[len++] = (char)byte;
    }
    decoded[len] = 0;
    str result = {decoded, len};
    if (utf8_find_fault(result) != len)
        return fail_escape(a, raw, "no UTF-8");
    *out = result;
    return NULL;
}

str http_percent_encode(struct arena *a, str text)
{
    char *encoded = arena_take(a, text.len * 3 + 1);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (char_is_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~') {
            encoded[len++] = c;
            continue;
        }
        encoded[len++] = '%';
        encoded[len++] = "0123456789ABCDEF"[(unsigned char)c >> 4];
        encoded[len++] = "0123456789ABCDEF"[(unsigned char)c & 15];
    }
    encoded[len] = 0;
    return (str){encoded, len};
}

static err read_pair(struct arena *a, str part, struct http_pair *out)
{
    size_t equals = str_find_char(part, '=');
    struct http_pair pair = {.has_value = equals < part.len};
    TRY(http_percent_decode(a, str_part(part, 0, equals), false, &pair.name));
    TRY(http_percent_decode(a, str_skip(part, equals + 1), false, &pair.value));
    *out = pair;
    return NULL;
}

err http_query_read(struct arena *a, str raw, struct http_query *out)
{
    struct http_query query = {0};
    str rest = raw, part;
    while (str_cut(&rest, '&', &part)) {
        struct http_pair pair;
        if (part.len == 0)
            continue;
        if (query.count == HTTP_QUERY_PAIRS_MAX)
            return FAIL(a, ERR_INPUT, "the query has more than %d parameters",
                        HTTP_QUERY_PAIRS_MAX);
        TRY(read_pair(a, part, &pair));
        *LIST_ADD(a, &query) = pair;
    }
    *out = query;
    return NULL;
}

size_t http_query_get(const struct http_query *query, str name, str *value)
{
    size_t found = 0;
    for (size_t i = 0; i < query->count; i++) {
        if (!str_eq(query->items[i].name, name))
            continue;
        if (found++ == 0)
            *value = query->items[i].value;
    }
    return found;
}

const struct http_pair *http_query_find_repeated(const struct http_query *query)
{
    for (size_t i = 1; i < query->count; i++) {
        for (size_t j = 0; j < i; j++) {
            if (str_eq(query->items[i].name, query->items[j].name))
                return &query->items[i];
        }
    }
    return NULL;
}
