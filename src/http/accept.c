/*
 * Media types and the other lists that clients send (RFC 9110 §5.6, §8.3, §8.8.3, §12.4.2, §12.5).
 */
#include "http/accept.h"

#include "base/num.h"

#include <limits.h>

#define WEIGHT_FULL 1000
#define PARAMS_MAX 8

struct param {
    str name;
    str value; /* without quotes; backslashes as sent */
};

struct range {
    str type;    /* "application", "*" */
    str subtype; /* "taxii+json", "*" */
    struct param params[PARAMS_MAX];
    size_t param_count;
    int weight; /* thousandths */
};

/* The offset of the first `c` outside of quotes, or the length. */
static size_t find_unquoted(str s, char c)
{
    bool is_quoted = false;
    for (size_t i = 0; i < s.len; i++) {
        if (is_quoted && s.at[i] == '\\')
            i++;
        else if (s.at[i] == '"')
            is_quoted = !is_quoted;
        else if (s.at[i] == c && !is_quoted)
            return i;
    }
    return s.len;
}

/* As str_cut, not cutting within quotes. */
static bool cut_unquoted(str *rest, char c, str *part)
{
    if (rest->len == 0)
        return false;
    size_t at = find_unquoted(*rest, c);
    *part = str_trim(str_part(*rest, 0, at));
    *rest = str_skip(*rest, at + 1);
    return true;
}

static str unquote(str s)
{
    bool is_quoted = s.len >= 2 && s.at[0] == '"' && s.at[s.len - 1] == '"';
    return is_quoted ? str_part(s, 1, s.len - 1) : s;
}

/* "1", "0.5", "0.125" in thousandths; -1 if it is no weight. */
static int read_weight(str s)
{
    if (s.len == 0 || s.len > 5 || (s.at[0] != '0' && s.at[0] != '1'))
        return -1;
    if (s.len > 1 && s.at[1] != '.')
        return -1;
    int weight = (s.at[0] - '0') * WEIGHT_FULL, unit = WEIGHT_FULL;
    for (size_t i = 2; i < s.len; i++) {
        if (!char_is_digit(s.at[i]))
            return -1;
        unit /= 10;
        weight += (s.at[i] - '0') * unit;
    }
    return weight <= WEIGHT_FULL ? weight : -1;
}

static bool is_token(str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        if (!char_is_alnum(c) && (c == 0 || strchr("!#$%&'*+-.^_`|~", c) == NULL))
            return false;
    }
    return s.len > 0;
}

/* One ";name=value" of a range. False: the whole range is void. */
static bool read_param(str part, struct range *range)
{
    size_t equals = str_find_char(part, '=');
    struct param param = {str_trim(str_part(part, 0, equals)),
                          unquote(str_trim(str_skip(part, equals + 1)))};
    if (part.len == 0)
        return true;
    if (!is_token(param.name))
        return false;
    if (str_eq_nocase(param.name, LIT("q"))) {
        range->weight = read_weight(param.value);
        return range->weight >= 0;
    }
    if (str_eq_nocase(param.name, LIT("charset")))
        return true;
    if (range->param_count == PARAMS_MAX)
        return false;
    range->params[range->param_count++] = param;
    return true;
}

/* "application/taxii+json; version=2.1; q=0.5". False: it is no media range. */
static bool read_range(str text, struct range *out)
{
    struct range range = {.weight = WEIGHT_FULL};
    str rest = text, part;
    if (!cut_unquoted(&rest, ';', &part))
        return false;
    size_t slash = str_find_char(part, '/');
    range.type = str_part(part, 0, slash);
    range.subtype = str_skip(part, slash + 1);
    if (str_eq(part, LIT("*"))) /* what some old clients send for any type */
        range.subtype = part;
    if (!is_token(range.type) || !is_token(range.subtype))
        return false;
    while (cut_unquoted(&rest, ';', &part)) {
        if (!read_param(part, &range))
            return false;
    }
    *out = range;
    return true;
}

static const struct param *find_param(const struct range *range, str name)
{
    for (size_t i = 0; i < range->param_count; i++) {
        if (str_eq_nocase(range->params[i].name, name))
            return &range->params[i];
    }
    return NULL;
}

static bool has_params_of(const struct range *range, const struct range *offer)
{
    for (size_t i = 0; i < range->param_count; i++) {
        const struct param *own = find_param(offer, range->params[i].name);
        if (own == NULL || !str_eq_nocase(own->value, range->params[i].value))
            return false;
    }
    return true;
}

/* How exactly the range names the offer: -1 not at all, then from "*" to all its parameters. */
static int match_range(const struct range *range, const struct range *offer)
{
    bool any_type = str_eq(range->type, LIT("*")), any_subtype = str_eq(range->subtype, LIT("*"));
    if (!any_type && !str_eq_nocase(range->type, offer->type))
        return -1;
    if (!any_subtype && (any_type || !str_eq_nocase(range->subtype, offer->subtype)))
        return -1;
    if (!has_params_of(range, offer))
        return -1;
    return (any_type ? 0 : any_subtype ? 1 : 2) + 2 * (int)range->param_count;
}

/* The weight that the most specific range of the list gives to the offer; zero: not acceptable. */
static int weigh(str list, const struct range *offer)
{
    int best = -1, weight = 0;
    str part;
    while (cut_unquoted(&list, ',', &part)) {
        struct range range;
        if (!read_range(part, &range))
            continue;
        int exactness = match_range(&range, offer);
        bool is_better = exactness > best || (exactness == best && range.weight > weight);
        if (exactness >= 0 && is_better) {
            best = exactness;
            weight = range.weight;
        }
    }
    return weight;
}

int http_accept_choose(str header, const str *offers, size_t count)
{
    int chosen = -1, best = 0;
    if (str_trim(header).len == 0)
        return count > 0 ? 0 : -1;
    if (count > 0 && str_eq(header, offers[0])) /* what most clients send, word for word */
        return 0;
    for (size_t i = 0; i < count && i < INT_MAX; i++) {
        struct range offer;
        int weight = read_range(offers[i], &offer) ? weigh(header, &offer) : 0;
        if (weight > best) {
            best = weight;
            chosen = (int)i;
        }
    }
    return chosen;
}

bool http_content_type_is(str header, str type)
{
    struct range sent, ours;
    if (!read_range(header, &sent) || !read_range(type, &ours))
        return false;
    if (!str_eq_nocase(sent.type, ours.type) || !str_eq_nocase(sent.subtype, ours.subtype))
        return false;
    for (size_t i = 0; i < ours.param_count; i++) {
        const struct param *theirs = find_param(&sent, ours.params[i].name);
        if (theirs && !str_eq_nocase(theirs->value, ours.params[i].value))
            return false;
    }
    return true;
}

/* "gzip;q=0.5": its weight, or full; -1 if broken. */
static int coding_weight(str *part)
{
    str rest = *part, name, param;
    if (!cut_unquoted(&rest, ';', &name))
        return -1;
    *part = name;
    if (!cut_unquoted(&rest, ';', &param))
        return WEIGHT_FULL;
    size_t equals = str_find_char(param, '=');
    bool is_weight = str_eq_nocase(str_trim(str_part(param, 0, equals)), LIT("q"));
    return is_weight ? read_weight(str_trim(str_skip(param, equals + 1))) : -1;
}

bool http_accepts_coding(str header, str coding)
{
    int named = -1, any = -1;
    str part;
    while (cut_unquoted(&header, ',', &part)) {
        int weight = coding_weight(&part);
        if (str_eq_nocase(part, coding) ||
            (str_eq_nocase(coding, LIT("gzip")) && str_eq_nocase(part, LIT("x-gzip"))))
            named = weight > named ? weight : named;
        else if (str_eq(part, LIT("*")))
            any = weight;
    }
    return named >= 0 ? named > 0 : any > 0;
}

static str strong_part(str etag)
{
    return str_starts(etag, LIT("W/")) ? str_skip(etag, 2) : etag;
}

bool http_etag_matches(str header, str etag)
{
    str part;
    if (str_eq(str_trim(header), LIT("*")))
        return true;
    while (cut_unquoted(&header, ',', &part)) {
        if (part.len && str_eq(strong_part(part), strong_part(etag)))
            return true;
    }
    return false;
}
