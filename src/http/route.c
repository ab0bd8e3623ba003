/*
 * Routes: paths are compared segment by segment, each decoded on its own, so that an encoded slash
 * can never move a segment's border.
 */
#include "http/route.h"

#include "http/query.h"

/* Takes "/segment" off the front; false at the end. A final slash gives one empty segment. */
static bool next_segment(str *rest, str *segment)
{
    if (rest->len == 0 || rest->at[0] != '/')
        return false;
    *rest = str_skip(*rest, 1);
    size_t end = str_find_char(*rest, '/');
    *segment = str_part(*rest, 0, end);
    *rest = str_skip(*rest, end);
    return true;
}

static bool is_param(str segment)
{
    return segment.len > 2 && segment.at[0] == '{' && segment.at[segment.len - 1] == '}';
}

static str without_slash(str path)
{
    return path.len > 1 && path.at[path.len - 1] == '/' ? str_part(path, 0, path.len - 1) : path;
}

/* `decoded` is the path's segments. */
static bool fits(const struct http_route *route, const str *decoded, size_t count)
{
    str rest = without_slash(str_of(route->path)), segment;
    size_t at = 0;
    while (next_segment(&rest, &segment)) {
        if (at == count)
            return false;
        if (is_param(segment) ? decoded[at].len == 0 : !str_eq(segment, decoded[at]))
            return false;
        at++;
    }
    return at == count;
}

static void take_params(const struct http_route *route, const str *decoded,
                        struct http_route_match *match)
{
    str rest = without_slash(str_of(route->path)), segment;
    for (size_t at = 0; next_segment(&rest, &segment); at++) {
        if (!is_param(segment))
            continue;
        ASSERT(match->param_count < HTTP_ROUTE_PARAMS_MAX);
        match->params[match->param_count++] = decoded[at];
    }
}

#define SEGMENTS_MAX 24

static err decode_segments(struct arena *a, str path, str out[SEGMENTS_MAX], size_t *count)
{
    str rest = without_slash(path), segment;
    size_t found = 0;
    while (next_segment(&rest, &segment)) {
        if (found == SEGMENTS_MAX)
            return FAIL(a, ERR_NOT_FOUND, "nothing has a path this deep");
        TRY(http_percent_decode(a, segment, true, &out[found]));
        found++;
    }
    if (found == 0)
        return FAIL(a, ERR_NOT_FOUND, "nothing has this path");
    *count = found;
    return NULL;
}

static unsigned methods_of(enum http_method method)
{
    unsigned bit = 1U << method;
    return method == HTTP_GET ? bit | 1U << HTTP_HEAD : bit;
}

static bool ends_alike(str a, str b)
{
    return str_ends(a, LIT("/")) == str_ends(b, LIT("/"));
}

err http_route_find(struct arena *a, struct http_routes routes, enum http_method method, str path,
                    struct http_route_match *out)
{
    str decoded[SEGMENTS_MAX];
    size_t count = 0;
    struct http_route_match found = {0};
    TRY(decode_segments(a, path, decoded, &count));
    for (size_t i = 0; i < routes.row_count; i++) {
        const struct http_route *route =
            (const void *)((const char *)routes.rows + i * routes.row_bytes);
        if (!fits(route, decoded, count))
            continue;
        unsigned methods = methods_of(route->method);
        if (found.route == NULL && (methods & 1U << method)) {
            found.route = route;
            found.index = i;
            found.differs_slash = !ends_alike(path, str_of(route->path));
            take_params(route, decoded, &found);
        }
        found.methods |= methods;
    }
    if (found.methods == 0)
        return FAIL(a, ERR_NOT_FOUND, "nothing has this path");
    *out = found;
    if (found.route == NULL)
        return FAIL(a, ERR_METHOD, "this path takes %s only",
                    http_route_allow(a, found.methods).at);
    return NULL;
}

str http_route_allow(struct arena *a, unsigned methods)
{
    str text = {0};
    for (int i = 0; i < HTTP_METHOD_OTHER; i++) {
        if (methods & 1U << i)
            text = arena_join(a, text, text.len ? LIT(", ") : (str){0},
                              http_method_name((enum http_method)i));
    }
    return text.len ? text : LIT("");
}

str http_route_param(const struct http_route_match *match, str name)
{
    str rest = str_of(match->route->path), segment;
    size_t at = 0;
    while (next_segment(&rest, &segment)) {
        if (!is_param(segment))
            continue;
        if (str_eq(str_part(segment, 1, segment.len - 1), name))
            return match->params[at];
        at++;
    }
    return (str){0};
}
