/*
 * Templates. Case folds where it does for values that are looked up: the templates are compiled so,
 * and what they are tried on is brought to lower case.
 */
#include "sweep/template.h"

#include "base/utf8.h"
#include "pattern/text.h"
#include "sweep/suffix.h"

#include <stdlib.h>

#define STEPS_MAX 100000u /* on one value */
#define TARGET_BYTES 2    /* of a key: kind and digits, before the text */

/* Which kinds fold case as a whole: all but URLs. */
static bool folds(enum sweep_kind kind)
{
    return kind != SWEEP_URL;
}

/* Scheme and host of a URL in lower case, "hxxp" as "http"; itself if it has no host. */
static str fold_url(struct arena *a, str url)
{
    if (str_eq_nocase(str_part(url, 0, 4), LIT("hxxp")))
        url = arena_join(a, LIT("http"), str_skip(url, 4), LIT(""));
    str host = sweep_url_host(url);
    if (host.len == 0)
        return url;
    size_t end = (size_t)(host.at - url.at) + host.len;
    return arena_join(a, sweep_to_lower(a, str_part(url, 0, end)), str_skip(url, end), LIT(""));
}

static str fold(struct arena *a, enum sweep_kind kind, str text)
{
    return folds(kind) ? sweep_to_lower(a, text) : fold_url(a, text);
}

static err compile(struct arena *a, enum sweep_kind kind, struct sweep_target target, str text,
                   struct sweep_template *to)
{
    *to = (struct sweep_template){.hex_digits = target.hex_digits};
    text = text_nfc(a, text);
    if (kind == SWEEP_LIKE) {
        to->wildcard = fold(a, target.kind, text);
        return NULL;
    }
    struct regex_options options = {.is_caseless = folds(target.kind), .steps_max = STEPS_MAX};
    size_t at;
    return regex_compile(a, text, options, &to->regex, &at);
}

err sweep_template_make(struct arena *a, enum sweep_kind kind, struct sweep_target target, str text,
                        struct sweep_value *out)
{
    if (text.len == 0 || text.len > SWEEP_VALUE_BYTES_MAX)
        return FAIL(a, ERR_INPUT, "LIKE and MATCHES are tried on logs with 1 to %zu bytes",
                    SWEEP_VALUE_BYTES_MAX);
    struct sweep_template tried;
    TRY(compile(a, kind, target, text, &tried));
    regex_free(tried.regex);
    char head[TARGET_BYTES] = {(char)target.kind, (char)target.hex_digits};
    *out = (struct sweep_value){
        .kind = kind,
        .text = text,
        .key = arena_join(a, (str){head, TARGET_BYTES}, text, LIT("")),
    };
    return NULL;
}

bool sweep_template_target(str key, struct sweep_target *out)
{
    if (key.len <= TARGET_BYTES || (unsigned char)key.at[0] >= SWEEP_KIND_COUNT)
        return false;
    *out = (struct sweep_target){(enum sweep_kind)key.at[0], (unsigned char)key.at[1]};
    return utf8_find_fault(str_skip(key, TARGET_BYTES)) == key.len - TARGET_BYTES;
}

/* Opening. */

/* The entry, if it is a template. */
static err add(struct arena *a, struct sweep_templates *t, const struct sweep_index *x,
               uint32_t number)
{
    const struct sweep_entry *e = sweep_index_entry(x, number);
    struct sweep_target target;
    struct sweep_template made;
    str key = sweep_entry_key(x, e);
    /* Those behind the first of a value are reached from that. */
    if (!sweep_is_template(e->kind) || sweep_index_find(x, e->kind, key) != number)
        return NULL;
    if (!sweep_template_target(key, &target))
        return FAIL(a, ERR_INPUT, "entry %u is a template for nothing", number);
    if (t->count++ == SWEEP_TEMPLATES_MAX)
        return FAIL(a, ERR_TOO_LARGE, "at most %u LIKE and MATCHES are tried on logs",
                    SWEEP_TEMPLATES_MAX);
    TRY(compile(a, e->kind, target, str_skip(key, TARGET_BYTES), &made));
    made.entry = number;
    made.wildcard = arena_copy(&t->arena, made.wildcard);
    struct sweep_template_list *list = &t->of[target.kind];
    *LIST_ADD(&t->arena, list) = made;
    return NULL;
}

err sweep_templates_open(struct arena *a, const struct sweep_index *x, struct sweep_templates **out)
{
    *out = NULL;
    if (x->counts.by_kind[SWEEP_LIKE] + x->counts.by_kind[SWEEP_MATCHES] == 0)
        return NULL;
    struct sweep_templates *t = calloc(1, sizeof(*t));
    ASSERT(t != NULL);
    err failure = NULL;
    for (uint32_t i = 0; i < x->apart_count && failure == NULL; i++)
        failure = add(a, t, x, x->apart[i]);
    if (failure)
        sweep_templates_close(t);
    else
        *out = t;
    return failure;
}

void sweep_templates_close(struct sweep_templates *t)
{
    if (t == NULL)
        return;
    for (size_t kind = 0; kind < SWEEP_KIND_COUNT; kind++) {
        for (size_t i = 0; i < t->of[kind].count; i++)
            regex_free(t->of[kind].items[i].regex);
    }
    arena_done(&t->arena);
    free(t);
}

/* Trying. */

str sweep_template_value(struct arena *a, enum sweep_kind kind, str text)
{
    if (text.len > SWEEP_VALUE_BYTES_MAX || utf8_find_fault(text) < text.len)
        return (str){0};
    return text_nfc(a, fold(a, kind, text));
}

static enum sweep_fit try_one(const struct sweep_template *t, str value)
{
    if (t->regex == NULL) {
        uint64_t budget = STEPS_MAX;
        bool is_like = text_is_like(value, t->wildcard, &budget);
        return is_like ? SWEEP_FITS : budget ? SWEEP_FITS_NOT : SWEEP_FIT_GIVEN_UP;
    }
    switch (regex_search(t->regex, value)) {
    case REGEX_YES:
        return SWEEP_FITS;
    case REGEX_NO:
        return SWEEP_FITS_NOT;
    default:
        return SWEEP_FIT_GIVEN_UP;
    }
}

enum sweep_fit sweep_template_try(const struct sweep_template *t, enum sweep_kind kind, str value)
{
    if (t->hex_digits && t->hex_digits != value.len)
        return SWEEP_FITS_NOT;
    enum sweep_fit fit = try_one(t, value);
    if (kind != SWEEP_DOMAIN)
        return fit;
    for (size_t dot; fit == SWEEP_FITS_NOT && (dot = str_find_char(value, '.')) < value.len;) {
        value = str_skip(value, dot + 1);
        if (str_find_char(value, '.') == value.len || suffix_is_public(value))
            break;
        fit = try_one(t, value);
    }
    return fit;
}
