/*
 * What HTTP forbids in a request's head: the faults that let one request be read as two, and
 * targets that two readers would take apart differently (RFC 9112 §3, §6; RFC 9110 §5.1, §5.5).
 */
#include "http/request_check.h"

#include "base/num.h"

static bool is_token_char(char c)
{
    return char_is_alnum(c) || (c != 0 && strchr("!#$%&'*+-.^_`|~", c) != NULL);
}

static bool is_token(str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (!is_token_char(s.at[i]))
            return false;
    }
    return s.len > 0;
}

static bool has_control(str s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if ((c < 0x20 && c != '\t') || c == 0x7f)
            return true;
    }
    return false;
}

static size_t count_fields(const struct http_field *fields, size_t count, str name)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        found += str_eq_nocase(fields[i].name, name);
    return found;
}

const struct http_field *request_find_field(const struct http_field *fields, size_t count, str name)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq_nocase(fields[i].name, name))
            return &fields[i];
    }
    return NULL;
}

static const char *check_framing(const struct http_field *fields, size_t count, bool is_http_1_0)
{
    const struct http_field *coding = request_find_field(fields, count, LIT("Transfer-Encoding"));
    const struct http_field *length = request_find_field(fields, count, LIT("Content-Length"));
    if (coding && length)
        return "Content-Length and Transfer-Encoding must not come together";
    if (coding && is_http_1_0)
        return "HTTP/1.0 knows no Transfer-Encoding";
    if (coding && !str_eq_nocase(str_trim(coding->value), LIT("chunked")))
        return "the only Transfer-Encoding taken is chunked";
    uint64_t bytes;
    if (length && !str_to_u64(length->value, &bytes))
        return "Content-Length is no number";
    return NULL;
}

const char *request_check_fields(const struct http_field *fields, size_t count, bool is_http_1_0)
{
    static const struct {
        str name;
        const char *fault;
    } once[] = {
        {LIT_INIT("Content-Length"), "Content-Length occurs more than once"},
        {LIT_INIT("Transfer-Encoding"), "Transfer-Encoding occurs more than once"},
        {LIT_INIT("Host"), "Host occurs more than once"},
        {LIT_INIT("Authorization"), "Authorization occurs more than once"},
    };
    for (size_t i = 0; i < count; i++) {
        if (!is_token(fields[i].name))
            return "the name of a header is no token";
        if (has_control(fields[i].value))
            return "a header holds a control character";
    }
    for (size_t i = 0; i < COUNT_OF(once); i++) {
        if (count_fields(fields, count, once[i].name) > 1)
            return once[i].fault;
    }
    return check_framing(fields, count, is_http_1_0);
}

static size_t origin_bytes(str target)
{
    static const str schemes[] = {LIT_INIT("http://"), LIT_INIT("https://")};
    for (size_t i = 0; i < COUNT_OF(schemes); i++) {
        if (!str_eq_nocase(str_part(target, 0, schemes[i].len), schemes[i]))
            continue;
        size_t end = schemes[i].len;
        while (end < target.len && target.at[end] != '/' && target.at[end] != '?')
            end++;
        return end > schemes[i].len ? end : 0;
    }
    return 0;
}

static const char *check_form(str target, enum http_method method)
{
    if (target.len == 0)
        return "the request line has no target";
    if (target.at[0] == '/' || origin_bytes(target) > 0)
        return NULL;
    if (method == HTTP_OPTIONS && str_eq(target, LIT("*")))
        return NULL;
    return "the target is neither a path nor a URL of http or https";
}

const char *request_check_target(str target, enum http_method method)
{
    for (size_t i = 0; i < target.len; i++) {
        char c = target.at[i];
        if (c <= 0x20 || c == 0x7f || c == '#')
            return "the target holds a character that must be percent-encoded";
        if (c != '%')
            continue;
        bool is_whole = i + 2 < target.len;
        int high = is_whole ? char_hex(target.at[i + 1]) : -1;
        int low = is_whole ? char_hex(target.at[i + 2]) : -1;
        if (high < 0 || low < 0)
            return "the target holds a broken percent escape";
        if (high == 0 && low == 0)
            return "the target holds an encoded zero byte";
    }
    return check_form(target, method);
}

void request_split_target(str target, str *path, str *query)
{
    str rest = str_skip(target, origin_bytes(target));
    size_t mark = str_find_char(rest, '?');
    *path = mark == 0 ? LIT("/") : str_part(rest, 0, mark);
    *query = str_skip(rest, mark + 1);
}

enum http_method request_method(str name)
{
    for (int i = 0; i < HTTP_METHOD_OTHER; i++) {
        if (str_eq(name, http_method_name((enum http_method)i)))
            return (enum http_method)i;
    }
    return HTTP_METHOD_OTHER;
}

/* "[2001:db8::7]:4711", "192.0.2.7:4711" and quoted forms, without quotes, brackets and port. */
static str bare_address(str s)
{
    s = str_trim(s);
    if (s.len >= 2 && s.at[0] == '"' && s.at[s.len - 1] == '"')
        s = str_part(s, 1, s.len - 1);
    if (s.len && s.at[0] == '[')
        return str_part(s, 1, str_find_char(s, ']'));
    size_t colon = str_find_char(s, ':');
    bool is_v4 = colon < s.len && str_find_char(str_skip(s, colon + 1), ':') == s.len - colon - 1;
    return is_v4 ? str_part(s, 0, colon) : s;
}

/* Only what looks like an address: it goes into logs and throttles. */
static str address_or_nothing(str s)
{
    bool is_sane = s.len > 0 && s.len < 46;
    for (size_t i = 0; is_sane && i < s.len; i++)
        is_sane = char_hex(s.at[i]) >= 0 || s.at[i] == '.' || s.at[i] == ':';
    return is_sane ? s : (str){0};
}

static str scheme_or_nothing(str s)
{
    if (str_eq_nocase(s, LIT("https")))
        return LIT("https");
    return str_eq_nocase(s, LIT("http")) ? LIT("http") : (str){0};
}

static str last_element(const struct http_field *fields, size_t count, str name)
{
    str last = {0};
    for (size_t i = 0; i < count; i++) {
        str rest = fields[i].value, part;
        if (!str_eq_nocase(fields[i].name, name))
            continue;
        while (str_cut(&rest, ',', &part))
            last = str_trim(part);
    }
    return last;
}

static struct forwarded read_forwarded(str element)
{
    struct forwarded result = {0};
    str part;
    while (str_cut(&element, ';', &part)) {
        size_t equals = str_find_char(part, '=');
        str name = str_trim(str_part(part, 0, equals));
        str value = bare_address(str_skip(part, equals + 1));
        if (str_eq_nocase(name, LIT("for")))
            result.address = address_or_nothing(value);
        else if (str_eq_nocase(name, LIT("proto")))
            result.scheme = scheme_or_nothing(value);
    }
    return result;
}

struct forwarded request_forwarded(const struct http_field *fields, size_t count)
{
    str element = last_element(fields, count, LIT("Forwarded"));
    str address = last_element(fields, count, LIT("X-Forwarded-For"));
    str scheme = last_element(fields, count, LIT("X-Forwarded-Proto"));
    if (element.len && (address.len || scheme.len))
        return (struct forwarded){0};
    if (element.len)
        return read_forwarded(element);
    return (struct forwarded){.address = address_or_nothing(bare_address(address)),
                              .scheme = scheme_or_nothing(scheme)};
}
