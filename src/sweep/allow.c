/*
 * Allow lists are indexes themselves, looked up by value.
 */
#include "sweep/allow.h"

#include "base/file.h"
#include "base/num.h"
#include "pattern/subnet.h"

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

static err add_value(struct sweep_load *l, str text, uint64_t line)
{
    struct sweep_indicator i = {.confidence = SWEEP_CONFIDENCE_NONE};
    struct sweep_value value;
    arena_reset(&l->scratch);
    /* Warninglists begin names that stand for all below them with a dot. */
    text = str_starts(text, LIT(".")) ? str_skip(text, 1) : text;
    err failure = sweep_value_guess(&l->scratch, text, &value);
    if (failure == NULL)
        return load_add(l, &i, &value, 1);
    load_trouble(l, line, error_text(&l->scratch, failure));
    return NULL;
}

static err add_warninglist(struct arena *a, struct sweep_load *l, str text)
{
    OWNED(json_reader_done) struct json_reader reader = {0};
    json top;
    TRY(json_read(a, &reader, text, NULL, &top));
    json list = json_get(top, LIT("list"));
    if (!json_is(list, JSON_ARRAY))
        return FAIL(a, ERR_INPUT, "%.*s has no \"list\", as MISP's warninglists have",
                    STR_ARG(l->file));
    for (struct json_walk w = json_walk(list); json_next(&w);)
        TRY(add_value(l, json_string(w.value), 0));
    return NULL;
}

static err add_file(struct arena *a, struct sweep_load *l, str path)
{
    str text;
    l->file = path;
    TRY(file_read(a, path, ALLOW_BYTES_MAX, &text));
    if (str_starts(str_trim(str_part(text, 0, 4096)), LIT("{")))
        return add_warninglist(a, l, text);
    return load_list(l, text);
}

static err fill(struct arena *a, struct sweep_load *l, const str *paths, size_t count)
{
    for (size_t i = 0; i < COUNT_OF(BUILT_IN); i++)
        TRY(add_value(l, str_of(BUILT_IN[i]), 0));
    for (size_t i = 0; i < count; i++)
        TRY(add_file(a, l, paths[i]));
    return NULL;
}

err sweep_allow_open(struct arena *a, const str *paths, size_t count, const struct trouble *trouble,
                     struct sweep_allow *out)
{
    struct sweep_load l = {.builder = sweep_builder_new(), .trouble = trouble};
    err failure = fill(a, &l, paths, count);
    if (failure)
        failure = FAIL(a, failure->code, "%.*s", STR_ARG(error_text(a, failure)));
    if (failure == NULL)
        sweep_builder_finish(l.builder, &out->index);
    else
        sweep_builder_free(l.builder);
    sweep_load_done(&l);
    return failure;
}

void sweep_allow_close(struct sweep_allow *l)
{
    sweep_index_close(&l->index);
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
    if (sweep_index_find(x, kind, key) != SWEEP_NONE)
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
