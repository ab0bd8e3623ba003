/*
 * Allow lists are indexes themselves, looked up by value; parts of values and expressions, of which
 * there are few, are tried one after the other.
 */
#include "sweep/allow.h"

#include "base/file.h"
#include "base/num.h"
#include "pattern/subnet.h"
#include "pattern/text.h"

#define ALLOW_BYTES_MAX ((size_t)1 << 30)

/* Public resolvers, and sites that every log is full of. */
static const char *const BUILT_IN[] = {
    "1.1.1.1",
    "1.0.0.1",
    "8.8.8.8",
    "8.8.4.4",
    "9.9.9.9",
    "149.112.112.112",
    "208.67.222.222",
    "208.67.220.220",
    "127.0.0.1",
    "0.0.0.0",
    "255.255.255.255",
    "google.com",
    "microsoft.com",
    "apple.com",
    "amazon.com",
    "facebook.com",
    "youtube.com",
    "wikipedia.org",
    "cloudflare.com",
    "windowsupdate.com",
    "gstatic.com",
    "googleapis.com",
    "akamai.net",
    "office.com",
    "d41d8cd98f00b204e9800998ecf8427e", /* hashes of nothing */
    "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
};

/* What is being filled. */
struct filling {
    struct sweep_load below; /* into the index of what stands for more than itself */
    struct sweep_load exact;
    struct sweep_allow *out;
};

static err add_value(struct sweep_load *l, str text)
{
    struct sweep_indicator i = {.confidence = SWEEP_CONFIDENCE_NONE};
    struct sweep_value value;
    arena_reset(&l->scratch);
    /* Warninglists begin names that stand for all below them with a dot. */
    text = str_starts(text, LIT(".")) ? str_skip(text, 1) : text;
    err failure = sweep_value_guess(&l->scratch, text, &value);
    if (failure == NULL)
        return load_add(l, &i, &value, 1);
    load_trouble(l, 0,
                 arena_print(&l->scratch, "%.*s: %.*s", STR_ARG(text),
                             STR_ARG(error_text(&l->scratch, failure))));
    return NULL;
}

static void add_part(struct filling *f, str text)
{
    struct sweep_allow *to = f->out;
    if (text.len)
        *LIST_ADD(&to->arena, to) =
            (struct sweep_allow_text){.part = sweep_to_lower(&to->arena, text)};
}

/* "/expression/i" */
static void add_regex(struct filling *f, str text)
{
    struct sweep_allow *to = f->out;
    size_t end = text.len;
    size_t at;
    struct regex *regex;
    while (end > 0 && text.at[end - 1] != '/')
        end--;
    bool has_slashes = end >= 2 && text.at[0] == '/';
    str pattern = has_slashes ? str_part(text, 1, end - 1) : text;
    struct regex_options options = {.is_caseless = true};
    err failure = regex_compile(&to->arena, pattern, options, &regex, &at);
    if (failure)
        load_trouble(&f->below, 0, error_text(&to->arena, failure));
    else
        *LIST_ADD(&to->arena, to) = (struct sweep_allow_text){.regex = regex};
}

/* An entry of a warninglist of that type. */
static err add_entry(struct filling *f, str type, str text)
{
    if (str_eq(type, LIT("string")))
        return add_value(&f->exact, text);
    if (str_eq(type, LIT("substring")))
        add_part(f, text);
    else if (str_eq(type, LIT("regex")))
        add_regex(f, text);
    else
        return add_value(&f->below, text);
    return NULL;
}

static err add_warninglist(struct arena *a, struct filling *f, str text)
{
    OWNED(json_reader_done) struct json_reader reader = {0};
    json top;
    TRY(json_read(a, &reader, text, NULL, &top));
    json list = json_get(top, LIT("list"));
    if (!json_is(list, JSON_ARRAY))
        return FAIL(a, ERR_INPUT, "%.*s has no \"list\", as MISP's warninglists have",
                    STR_ARG(f->below.file));
    for (struct json_walk w = json_walk(list); json_next(&w);)
        TRY(add_entry(f, json_get_string(top, LIT("type")), json_string(w.value)));
    return NULL;
}

static err add_file(struct arena *a, struct filling *f, str path)
{
    str text;
    f->below.file = path;
    f->exact.file = path;
    TRY(file_read(a, path, ALLOW_BYTES_MAX, &text));
    if (str_starts(str_trim(str_part(text, 0, 4096)), LIT("{")))
        return add_warninglist(a, f, text);
    return load_list(&f->below, text);
}

static err fill(struct arena *a, struct filling *f, const str *paths, size_t count)
{
    for (size_t i = 0; i < COUNT_OF(BUILT_IN); i++)
        TRY(add_value(&f->below, str_of(BUILT_IN[i])));
    for (size_t i = 0; i < count; i++)
        TRY(add_file(a, f, paths[i]));
    return NULL;
}

static void finish(struct sweep_load *l, bool is_good, struct sweep_index *out)
{
    if (is_good)
        sweep_builder_finish(l->builder, out);
    else
        sweep_builder_free(l->builder);
    sweep_load_done(l);
}

err sweep_allow_open(struct arena *a, const str *paths, size_t count, const struct trouble *trouble,
                     struct sweep_allow *out)
{
    struct filling f = {.below = {.builder = sweep_builder_new(), .trouble = trouble},
                        .exact = {.builder = sweep_builder_new(), .trouble = trouble},
                        .out = out};
    err failure = fill(a, &f, paths, count);
    if (failure)
        failure = FAIL(a, failure->code, "%.*s", STR_ARG(error_text(a, failure)));
    finish(&f.below, failure == NULL, &out->index);
    finish(&f.exact, failure == NULL, &out->exact);
    return failure;
}

void sweep_allow_close(struct sweep_allow *l)
{
    sweep_index_close(&l->index);
    sweep_index_close(&l->exact);
    for (size_t i = 0; i < l->count; i++)
        regex_free(l->items[i].regex);
    arena_done(&l->arena);
}

static bool has_text(const struct sweep_allow *l, str key)
{
    for (size_t i = 0; i < l->count; i++) {
        const struct sweep_allow_text *t = &l->items[i];
        bool is_met =
            t->regex ? regex_search(t->regex, key) == REGEX_YES : str_find(key, t->part) < key.len;
        if (is_met)
            return true;
    }
    return false;
}

static bool has_net(const struct sweep_index *x, const struct subnet *s)
{
    char key[SWEEP_HASH_SLACK + SWEEP_NET_KEY_BYTES_MAX] = {0};
    for (unsigned prefix = 0; prefix <= s->prefix; prefix++) {
        size_t len = sweep_net_key(s->address, s->bytes, prefix, key + SWEEP_HASH_SLACK);
        enum sweep_kind kind = prefix == 128 ? SWEEP_IPV6 : SWEEP_NET;
        if (sweep_index_find(x, kind, (str){key + SWEEP_HASH_SLACK, len}) != SWEEP_NONE)
            return true;
    }
    return false;
}

/* The network that an address or network's key or text stands for. */
static bool read_net(enum sweep_kind kind, str key, struct subnet *out)
{
    if (kind == SWEEP_IPV4)
        return subnet_read(key, out);
    *out = (struct subnet){.bytes = (unsigned char)key.at[0], .prefix = (unsigned char)key.at[1]};
    memcpy(out->address, key.at + 2, key.len - 2);
    return true;
}

bool sweep_allow_has(const struct sweep_allow *l, enum sweep_kind kind, str key)
{
    const struct sweep_index *x = &l->index;
    struct subnet s;
    if (sweep_index_find(x, kind, key) != SWEEP_NONE ||
        sweep_index_find(&l->exact, kind, key) != SWEEP_NONE)
        return true;
    if (kind != SWEEP_IPV6 && kind != SWEEP_NET && has_text(l, key))
        return true;
    if (kind == SWEEP_IPV4 || kind == SWEEP_IPV6 || kind == SWEEP_NET)
        return read_net(kind, key, &s) && has_net(x, &s);
    if (kind != SWEEP_DOMAIN)
        return false;
    for (size_t dot = str_find_char(key, '.'); dot < key.len; dot = str_find_char(key, '.')) {
        key = str_skip(key, dot + 1);
        if (sweep_index_find(x, SWEEP_DOMAIN, key) != SWEEP_NONE)
            return true;
    }
    return false;
}

bool sweep_allow_has_text(const struct sweep_allow *l, enum sweep_kind kind, str text)
{
    OWNED(arena_done) struct arena a = {0};
    struct sweep_value value;
    if (sweep_value_make(&a, kind, text, &value) != NULL)
        return false;
    char *padded = arena_alloc(&a, SWEEP_HASH_SLACK + value.key.len);
    memcpy(padded + SWEEP_HASH_SLACK, value.key.at, value.key.len);
    return sweep_allow_has(l, value.kind, (str){padded + SWEEP_HASH_SLACK, value.key.len});
}
