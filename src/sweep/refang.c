/*
 * Undoing disguises, one rule a function: each says how many bytes of the line it takes.
 */
#include "sweep/refang.h"

#include "base/num.h"
#include "base/utf8.h"

/* What is written so that nobody follows a link, or for another program, and what it stands for. */
struct fang {
    str written; /* two bytes or more */
    str meant;
};

/* JSON, of which logs are full, and JSON in JSON. */
static const struct fang BACKSLASHES[] = {
    {LIT_INIT("\\/"), LIT_INIT("/")},     {LIT_INIT("\\\\/"), LIT_INIT("/")},
    {LIT_INIT("\\\\\\/"), LIT_INIT("/")}, {LIT_INIT("\\."), LIT_INIT(".")},
    {LIT_INIT("\\\""), LIT_INIT("\"")},   {LIT_INIT("\\n"), LIT_INIT("\n")},
    {LIT_INIT("\\t"), LIT_INIT("\t")},
};

/* Between people. */
static const struct fang SQUARES[] = {
    {LIT_INIT("[.]"), LIT_INIT(".")}, {LIT_INIT("[dot]"), LIT_INIT(".")},
    {LIT_INIT("[:]"), LIT_INIT(":")}, {LIT_INIT("[://]"), LIT_INIT("://")},
    {LIT_INIT("[@]"), LIT_INIT("@")}, {LIT_INIT("[at]"), LIT_INIT("@")},
};
static const struct fang ROUNDS[] = {
    {LIT_INIT("(.)"), LIT_INIT(".")},
    {LIT_INIT("(dot)"), LIT_INIT(".")},
    {LIT_INIT("(at)"), LIT_INIT("@")},
    {LIT_INIT("(@)"), LIT_INIT("@")},
};
static const struct fang CURLIES[] = {
    {LIT_INIT("{.}"), LIT_INIT(".")},
    {LIT_INIT("{dot}"), LIT_INIT(".")},
};

/* Encoded twice, as a page names another in its own address. */
static const struct fang PERCENTS[] = {
    {LIT_INIT("%253a%252f%252f"), LIT_INIT("://")},
    {LIT_INIT("%25253a%25252f%25252f"), LIT_INIT("://")},
};

struct fangs {
    const struct fang *items;
    size_t count;
};

/* Those that begin so. */
static struct fangs fangs_of(char first)
{
    switch (first) {
    case '\\':
        return (struct fangs){BACKSLASHES, COUNT_OF(BACKSLASHES)};
    case '[':
        return (struct fangs){SQUARES, COUNT_OF(SQUARES)};
    case '(':
        return (struct fangs){ROUNDS, COUNT_OF(ROUNDS)};
    case '{':
        return (struct fangs){CURLIES, COUNT_OF(CURLIES)};
    case '%':
        return (struct fangs){PERCENTS, COUNT_OF(PERCENTS)};
    default:
        return (struct fangs){0};
    }
}

struct work {
    struct arena *a;
    str line;
    size_t at;
    size_t from;
    struct refanged *to;
};

static void add_span(struct work *w, bool is_plain)
{
    *LIST_ADD(w->a, w->to) =
        (struct refang_span){(uint32_t)w->to->text.len, (uint32_t)(w->from + w->at), is_plain};
}

static void put(struct work *w, str bytes)
{
    add_span(w, false);
    buf_put(&w->to->text, bytes);
}

static size_t take_fang(struct work *w, str rest)
{
    struct fangs all = fangs_of(rest.at[0]);
    char second = rest.len > 1 ? char_lower(rest.at[1]) : 0;
    for (size_t i = 0; i < all.count; i++) {
        const struct fang *fang = &all.items[i];
        if (fang->written.at[1] == second &&
            str_eq_nocase(str_part(rest, 0, fang->written.len), fang->written)) {
            put(w, fang->meant);
            return fang->written.len;
        }
    }
    return 0;
}

static bool is_label_char(char c)
{
    return char_is_alnum(c) || c == '-' || c == '_' || (unsigned char)c >= 0x80;
}

/*
 * A label of a name with its length before it, as the DNS server of Windows writes it:
 * (3)www(4)evil(7)example(0). A dot stands for what joins two of them.
 */
static size_t take_length(struct work *w, str rest)
{
    uint64_t length;
    size_t close = str_find_char(str_part(rest, 0, 4), ')');
    if (rest.at[0] != '(' || !str_to_u64(str_part(rest, 1, close), &length) ||
        close + 1 + length > rest.len)
        return 0;
    str label = str_part(rest, close + 1, close + 1 + (size_t)length);
    for (size_t i = 0; i < label.len; i++) {
        if (!is_label_char(label.at[i]))
            return 0;
    }
    bool goes_on = str_starts(str_skip(rest, close + 1 + label.len), LIT("("));
    str before = buf_str(&w->to->text);
    bool joins = before.len && is_label_char(before.at[before.len - 1]);
    if (length ? !goes_on : !joins)
        return 0;
    put(w, length == 0 ? LIT(" ") : joins ? LIT(".") : LIT(""));
    return close + 1;
}

static size_t take_percent(struct work *w, str rest)
{
    int high = rest.len > 2 ? char_hex(rest.at[1]) : -1;
    int low = rest.len > 2 ? char_hex(rest.at[2]) : -1;
    if (high < 0 || low < 0)
        return 0;
    char byte = (char)(high << 4 | low);
    put(w, (str){&byte, 1});
    return 3;
}

/* Four hexadecimal digits; false where there are none. */
static bool read_unit(str digits, uint32_t *out)
{
    *out = 0;
    for (size_t i = 0; i < 4; i++) {
        int digit = i < digits.len ? char_hex(digits.at[i]) : -1;
        if (digit < 0)
            return false;
        *out = *out << 4 | (uint32_t)digit;
    }
    return true;
}

/* \u0041; surrogates stay as they are. */
static size_t take_unicode(struct work *w, str rest)
{
    uint32_t unit;
    bool is_escape = rest.len > 5 && (rest.at[1] == 'u' || rest.at[1] == 'U');
    if (!is_escape || !read_unit(str_skip(rest, 2), &unit) || (unit >= 0xd800 && unit < 0xe000))
        return 0;
    OWNED(buf_done) struct buf one;
    buf_init(&one, 8);
    utf8_put(&one, unit);
    put(w, buf_str(&one));
    return 6;
}

typedef unsigned char sixteen __attribute__((vector_size(16)));

/* Whether a rule may begin with one of sixteen bytes. */
static bool has_beginning(const char *at)
{
    sixteen v;
    uint64_t halves[2];
    memcpy(&v, at, sizeof(v));
    sixteen begins = (sixteen)((v == '%') | (v == '\\') | (v == '[') | (v == '(') | (v == '{'));
    memcpy(halves, &begins, sizeof(halves));
    return halves[0] | halves[1];
}

/* Bytes from `at` on that no rule begins with. */
static size_t plain_run(str line, size_t at)
{
    static const bool BEGINS[256] = {
        ['%'] = true, ['\\'] = true, ['['] = true, ['('] = true, ['{'] = true};
    size_t end = at;
    while (line.len - end >= sizeof(sixteen) && !has_beginning(line.at + end))
        end += sizeof(sixteen);
    while (end < line.len && !BEGINS[(unsigned char)line.at[end]])
        end++;
    return end - at;
}

bool refang_is_plain(str line)
{
    return plain_run(line, 0) == line.len;
}

static void put_plain(struct work *w, size_t len)
{
    add_span(w, true);
    buf_put(&w->to->text, str_part(w->line, w->at, w->at + len));
    w->at += len;
}

static size_t take(struct work *w)
{
    str rest = str_skip(w->line, w->at);
    ASSERT(rest.len > 0 && rest.at != NULL);
    char c = rest.at[0];
    size_t taken = 0;
    if (c == '\\')
        taken = take_unicode(w, rest);
    if (taken == 0)
        taken = take_fang(w, rest);
    if (taken == 0)
        taken = c == '%' ? take_percent(w, rest) : take_length(w, rest);
    return taken;
}

void refang_begin(struct refanged *to)
{
    *to = (struct refanged){.text = to->text};
    buf_clear(&to->text);
}

bool refang_line(struct arena *a, str line, size_t from, struct refanged *to)
{
    struct work w = {.a = a, .line = line, .from = from, .to = to};
    bool is_changed = false;
    while (w.at < line.len) {
        size_t taken = take(&w);
        is_changed |= taken > 0;
        w.at += taken;
        if (taken == 0)
            put_plain(&w, 1 + plain_run(line, w.at + 1));
    }
    add_span(&w, true);
    return is_changed;
}

void refang_undo(struct refanged *to, size_t len, size_t count)
{
    to->text.len = len;
    to->count = count;
}

size_t refanged_from(const struct refanged *r, size_t at)
{
    size_t low = 0;
    size_t high = r->count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (r->items[middle].at <= at)
            low = middle;
        else
            high = middle;
    }
    const struct refang_span *span = &r->items[low];
    return span->from + (span->is_plain ? at - span->at : 0);
}
