/*
 * Reading Range and If-Range.
 */
#include "http/range.h"

#define UNIT "bytes="

/* "-500": the last bytes; all of them, where there are fewer. */
static enum http_range_kind read_suffix(str digits, uint64_t size, struct http_range *out)
{
    uint64_t len;
    if (!str_to_u64(digits, &len))
        return HTTP_RANGE_WHOLE;
    if (len == 0)
        return HTTP_RANGE_NOTHING;
    if (len > size)
        len = size;
    *out = (struct http_range){size - len, len};
    return HTTP_RANGE_PART;
}

enum http_range_kind http_range_read(str header, uint64_t size, struct http_range *out)
{
    uint64_t at;
    uint64_t last = UINT64_MAX;
    if (size == 0 || !str_eq_nocase(str_part(header, 0, sizeof(UNIT) - 1), LIT(UNIT)))
        return HTTP_RANGE_WHOLE;
    str both = str_trim(str_skip(header, sizeof(UNIT) - 1));
    size_t dash = str_find_char(both, '-');
    if (dash == both.len)
        return HTTP_RANGE_WHOLE;
    str to = str_skip(both, dash + 1);
    if (dash == 0)
        return read_suffix(to, size, out);
    if (!str_to_u64(str_part(both, 0, dash), &at) || (to.len && !str_to_u64(to, &last)) ||
        last < at)
        return HTTP_RANGE_WHOLE;
    if (at >= size)
        return HTTP_RANGE_NOTHING;
    *out = (struct http_range){at, (last < size ? last + 1 : size) - at};
    return HTTP_RANGE_PART;
}

bool http_range_holds(str if_range, str etag)
{
    return if_range.len == 0 || (str_starts(etag, LIT("\"")) && str_eq(if_range, etag));
}
