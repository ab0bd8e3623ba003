/*
 * Filters. `next` is sealed: the number it goes on behind, where the filter began, and the filters
 * themselves, so that it means the same on any node and after any restart (O2).
 */
#include "taxii/filter.h"

#include "base/clock.h"
#include "base/num.h"

#define LIST_VALUES_MAX 4096 /* more do not fit into a target of 6 kB */
#define SPEC_KNOWN 3u

struct parse {
    struct arena *a;
    const struct http_query *query;
    struct taxii_filter *f;
};

static err read_list(struct parse *p, str text, str name, str **out, size_t *count)
{
    str *items = NEW_ARRAY(p->a, LIST_VALUES_MAX, str);
    size_t n = 0;
    str rest = text;
    str part;
    while (str_cut(&rest, ',', &part)) {
        part = str_trim(part);
        if (part.len == 0)
            continue;
        if (n == LIST_VALUES_MAX)
            return FAIL(p->a, ERR_INPUT, "%.*s has more than %d values", STR_ARG(name),
                        LIST_VALUES_MAX);
        items[n++] = part;
    }
    if (n == 0)
        return FAIL(p->a, ERR_INPUT, "%.*s has no value", STR_ARG(name));
    *out = items;
    *count = n;
    return NULL;
}

static err read_added_after(struct parse *p, str text)
{
    if (!clock_read(text, &p->f->added_after_us, NULL))
        return FAIL(p->a, ERR_INPUT,
                    "added_after '%.*s' is no timestamp such as "
                    "2018-08-01T00:00:00.000000Z",
                    STR_ARG(text));
    p->f->has_added_after = true;
    return NULL;
}

static err read_limit(struct parse *p, str text)
{
    uint64_t limit;
    if (!str_to_u64(text, &limit) || limit == 0)
        return FAIL(p->a, ERR_INPUT, "limit '%.*s' is no whole number above zero", STR_ARG(text));
    p->f->query.limit = limit > UINT32_MAX ? UINT32_MAX : (size_t)limit;
    p->f->has_limit = true;
    return NULL;
}

static err read_next(struct parse *p, str text)
{
    if (text.len == 0) /* taken as absent: clients echo what they got */
        return NULL;
    p->f->has_next = true;
    p->f->next = text;
    return NULL;
}

static err read_ids(struct parse *p, str text)
{
    str *ids;
    TRY(read_list(p, text, LIT("match[id]"), &ids, &p->f->query.id_count));
    p->f->query.ids = ids;
    return NULL;
}

static err read_types(struct parse *p, str text)
{
    str *types;
    TRY(read_list(p, text, LIT("match[type]"), &types, &p->f->query.type_count));
    p->f->query.types = types;
    return NULL;
}

/* Notes a keyword; `*is_repeated`: it was noted before. False for what is none. */
static bool note_keyword(struct page_query *q, str word, bool *is_repeated)
{
    static const str WORDS[] = {LIT_INIT("all"), LIT_INIT("first"), LIT_INIT("last")};
    bool *const noted[] = {&q->wants_all, &q->wants_first, &q->wants_last};
    for (size_t i = 0; i < COUNT_OF(WORDS); i++) {
        if (!str_eq(word, WORDS[i]))
            continue;
        *is_repeated = *noted[i];
        *noted[i] = true;
        return true;
    }
    return false;
}

static err read_version(struct parse *p, str word, int64_t *times)
{
    struct page_query *q = &p->f->query;
    bool is_repeated = false;
    bool is_keyword = note_keyword(q, word, &is_repeated);
    if (!is_keyword && !clock_read(word, &times[q->version_count], NULL))
        return FAIL(p->a, ERR_INPUT,
                    "match[version] '%.*s' is none of all, first, last or a "
                    "timestamp",
                    STR_ARG(word));
    for (size_t i = 0; !is_keyword && i < q->version_count; i++)
        is_repeated |= times[i] == times[q->version_count];
    if (is_repeated)
        return FAIL(p->a, ERR_INPUT, "match[version] names '%.*s' twice", STR_ARG(word));
    q->version_count += !is_keyword;
    return NULL;
}

static err read_versions(struct parse *p, str text)
{
    struct page_query *q = &p->f->query;
    int64_t *times = NEW_ARRAY(p->a, LIST_VALUES_MAX, int64_t);
    str rest = text;
    str word;
    size_t count = 0;
    while (str_cut(&rest, ',', &word)) {
        if (count++ == LIST_VALUES_MAX)
            return FAIL(p->a, ERR_INPUT, "match[version] has more than %d values", LIST_VALUES_MAX);
        TRY(read_version(p, str_trim(word), times));
    }
    q->versions_us = times;
    if (q->wants_all && count > 1)
        return FAIL(p->a, ERR_INPUT, "match[version]=all stands alone: it asks for every version");
    return count ? NULL : read_version(p, (str){0}, times);
}

static err read_specs(struct parse *p, str text)
{
    str *words;
    size_t count;
    TRY(read_list(p, text, LIT("match[spec_version]"), &words, &count));
    for (size_t i = 0; i < count; i++) {
        if (str_eq(words[i], LIT("2.0")))
            p->f->query.specs |= VIEW_SPEC_20;
        else if (str_eq(words[i], LIT("2.1")))
            p->f->query.specs |= VIEW_SPEC_21;
    }
    p->f->matches_nothing = (p->f->query.specs & SPEC_KNOWN) == 0;
    return NULL;
}

static const struct {
    unsigned flag;
    str name;
    err (*read)(struct parse *p, str text);
} PARAMETERS[] = {
    {TAXII_FILTER_ADDED_AFTER, LIT_INIT("added_after"), read_added_after},
    {TAXII_FILTER_PAGING, LIT_INIT("limit"), read_limit},
    {TAXII_FILTER_PAGING, LIT_INIT("next"), read_next},
    {TAXII_FILTER_ID, LIT_INIT("match[id]"), read_ids},
    {TAXII_FILTER_TYPE, LIT_INIT("match[type]"), read_types},
    {TAXII_FILTER_VERSION, LIT_INIT("match[version]"), read_versions},
    {TAXII_FILTER_SPEC, LIT_INIT("match[spec_version]"), read_specs},
};
#define PARAMETER_COUNT (sizeof(PARAMETERS) / sizeof(PARAMETERS[0]))

/*
 * Everything but the place, as a query string of its own: two requests with the same text ask for
 * the same. What the resource does not take is left out, since it changes nothing.
 */
static str canonical_text(struct parse *p, unsigned allowed)
{
    str text = LIT("");
    for (size_t i = 0; i < PARAMETER_COUNT; i++) {
        str value;
        if (PARAMETERS[i].flag == TAXII_FILTER_PAGING || !(allowed & PARAMETERS[i].flag) ||
            http_query_get(p->query, PARAMETERS[i].name, &value) == 0)
            continue;
        str name = http_percent_encode(p->a, PARAMETERS[i].name);
        str row = arena_join(p->a, name, LIT("="), http_percent_encode(p->a, value));
        text = arena_join(p->a, text, text.len ? LIT("&") : LIT(""), row);
    }
    return text;
}

err taxii_filter_read(struct arena *a, const struct http_query *query, unsigned allowed,
                      struct taxii_filter *out)
{
    struct taxii_filter f = {0};
    struct parse p = {.a = a, .query = query, .f = &f};
    for (size_t i = 0; i < PARAMETER_COUNT; i++) {
        str value;
        size_t times = http_query_get(query, PARAMETERS[i].name, &value);
        if (times > 1)
            return FAIL(a, ERR_INPUT,
                        "%.*s is given %zu times; give it once, with its values "
                        "separated by commas",
                        STR_ARG(PARAMETERS[i].name), times);
        if (times == 1 && (allowed & PARAMETERS[i].flag))
            TRY(PARAMETERS[i].read(&p, value));
    }
    f.canonical = canonical_text(&p, allowed);
    *out = f;
    return NULL;
}

static str purpose_of(struct arena *a, str path)
{
    return arena_join(a, LIT("next "), path, (str){0});
}

str taxii_next(struct arena *a, const struct session *s, const struct taxii_filter *f, str path,
               uint32_t last_number)
{
    /* Of one length whatever the numbers are: the length of the text would tell how large. */
    str plain = arena_print(a, "%010u %010u %010zu\n%.*s", last_number, f->query.since,
                            f->has_limit ? f->query.limit : 0, STR_ARG(f->canonical));
    str sealed = secret_seal(a, s->store->keys.next, purpose_of(a, path), plain);
    return secret_base64url(a, sealed);
}

static bool read_numbers(str head, struct taxii_filter *f)
{
    str parts[3];
    uint64_t numbers[3];
    for (size_t i = 0; i < 3; i++) {
        if (!str_cut(&head, ' ', &parts[i]) || !str_to_u64(parts[i], &numbers[i]) ||
            numbers[i] > UINT32_MAX)
            return false;
    }
    f->query.after = (uint32_t)numbers[0];
    f->query.since = (uint32_t)numbers[1];
    if (!f->has_limit && numbers[2]) {
        f->query.limit = (size_t)numbers[2];
        f->has_limit = true; /* on the pages after this one too */
    }
    return true;
}

/* The filters of the first page, where the client sends only `next`. */
static err take_filters(struct arena *a, str text, struct taxii_filter *f)
{
    struct http_query query = {0};
    TRY(http_query_read(a, text, &query));
    struct taxii_filter first;
    TRY(taxii_filter_read(a, &query, TAXII_FILTER_ALL, &first));
    first.query.limit = f->query.limit;
    first.has_limit = f->has_limit;
    first.query.after = f->query.after;
    first.query.since = f->query.since;
    *f = first;
    return NULL;
}

static err open_next(struct arena *a, struct session *s, str path, struct taxii_filter *f)
{
    static const char WORDS[] = "this `next` was not made by this exchange for this resource; "
                                "start again without it";
    str sealed;
    str plain;
    err e = secret_from_base64url(a, f->next, &sealed);
    e = e ? e : secret_open(a, s->store->keys.next, purpose_of(a, path), sealed, &plain);
    str head;
    if (e || !str_cut(&plain, '\n', &head) || !read_numbers(head, f))
        return FAIL(a, ERR_INPUT, WORDS);
    if (f->canonical.len && !str_eq(f->canonical, plain))
        return FAIL(a, ERR_INPUT,
                    "this `next` belongs to a request with other filters; start "
                    "again without it");
    if (f->canonical.len == 0 && plain.len)
        return take_filters(a, plain, f);
    return NULL;
}

err taxii_filter_place(struct arena *a, struct session *s, uint32_t collection, str path,
                       struct taxii_filter *f)
{
    if (f->has_next) {
        TRY(open_next(a, s, path, f));
    } else if (f->has_added_after) {
        uint32_t number;
        TRY(session_rows(a, s));
        TRY(log_number_after(a, s, f->added_after_us, &number));
        f->query.since = number - 1;
    }
    const struct config *config = store_config(s->store);
    if (f->query.limit == 0 || f->query.limit > config->page_objects_max)
        f->query.limit = (size_t)config->page_objects_max;
    f->query.bytes_max = (size_t)config->page_bytes_max;
    f->query.collection = collection;
    return NULL;
}
