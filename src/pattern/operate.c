/*
 * The operators (STIX 2.1 §9.6.1). NOT is applied by the caller.
 */
#include "pattern/operate.h"

#include "base/utf8.h"
#include "pattern/lexer.h"

static enum subject_order compare(const struct pattern_test *t, const struct subject *s,
                                  struct operation *run)
{
    return subject_compare(run->scratch, s, &t->values[0]);
}

bool operate_equal(const struct pattern_test *t, const struct subject *s, struct operation *run)
{
    return compare(t, s, run) == SUBJECT_EQUAL;
}

bool operate_unequal(const struct pattern_test *t, const struct subject *s, struct operation *run)
{
    return compare(t, s, run) != SUBJECT_EQUAL;
}

bool operate_less(const struct pattern_test *t, const struct subject *s, struct operation *run)
{
    return compare(t, s, run) == SUBJECT_LESS;
}

bool operate_at_most(const struct pattern_test *t, const struct subject *s, struct operation *run)
{
    enum subject_order order = compare(t, s, run);
    return order == SUBJECT_LESS || order == SUBJECT_EQUAL;
}

bool operate_greater(const struct pattern_test *t, const struct subject *s, struct operation *run)
{
    return compare(t, s, run) == SUBJECT_GREATER;
}

bool operate_at_least(const struct pattern_test *t, const struct subject *s, struct operation *run)
{
    enum subject_order order = compare(t, s, run);
    return order == SUBJECT_GREATER || order == SUBJECT_EQUAL;
}

bool operate_in(const struct pattern_test *t, const struct subject *s, struct operation *run)
{
    for (size_t i = 0; i < t->value_count; i++) {
        if (subject_compare(run->scratch, s, &t->values[i]) == SUBJECT_EQUAL)
            return true;
    }
    return false;
}

bool operate_like(const struct pattern_test *t, const struct subject *s, struct operation *run)
{
    bool is_text = s->kind == SUBJECT_STRING ||
                   (s->kind == SUBJECT_BYTES && utf8_find_fault(s->text) == s->text.len);
    return is_text &&
           text_is_like(text_nfc(run->scratch, s->text), t->prepared->wildcard, &run->budget);
}

bool operate_matches(const struct pattern_test *t, const struct subject *s, struct operation *run)
{
    enum regex_result found = REGEX_NO;
    if (s->kind == SUBJECT_STRING)
        found = regex_search(t->prepared->text_regex, text_nfc(run->scratch, s->text));
    else if (s->kind == SUBJECT_BYTES && t->prepared->bytes_regex)
        found = regex_search(t->prepared->bytes_regex, s->text);
    if (found == REGEX_GAVE_UP) {
        run->is_regex_beyond = true;
        run->budget = 0;
    }
    return found == REGEX_YES;
}

bool operate_is_subset(const struct pattern_test *t, const struct subject *s, struct operation *run)
{
    (void)run;
    struct subnet inner;
    return s->kind == SUBJECT_STRING && t->prepared->has_subnet && subnet_read(s->text, &inner) &&
           subnet_contains(&t->prepared->subnet, &inner);
}

bool operate_is_superset(const struct pattern_test *t, const struct subject *s,
                         struct operation *run)
{
    (void)run;
    struct subnet outer;
    return s->kind == SUBJECT_STRING && t->prepared->has_subnet && subnet_read(s->text, &outer) &&
           subnet_contains(&outer, &t->prepared->subnet);
}

bool operate_exists(const struct pattern_test *t, const struct subject *s, struct operation *run)
{
    (void)t;
    (void)s;
    (void)run;
    return true;
}

/* Preparing. */

static err prepare_regex(struct arena *a, str text, struct pattern_test *t)
{
    const struct pattern_value *v = &t->values[0];
    struct regex_options as_text = {.is_bytes = false};
    struct regex_options as_bytes = {.is_bytes = true};
    size_t at;
    err failure = regex_compile(a, text_nfc(a, v->text), as_text, &t->prepared->text_regex, &at);
    if (failure)
        return PATTERN_FAIL(a, text, v->offset + 1 + at, "%.*s", STR_ARG(failure->text));
    str bytes;
    if (subject_latin1(a, text_nfc(a, v->text), &bytes) &&
        regex_compile(a, bytes, as_bytes, &t->prepared->bytes_regex, &at) != NULL)
        t->prepared->bytes_regex = NULL;
    return NULL;
}

err operate_prepare(struct arena *a, str text, struct pattern_test *t)
{
    t->prepared = NEW(a, struct pattern_prepared);
    if (t->op->takes != PATTERN_TAKES_STRING)
        return NULL;
    str constant = t->values[0].text;
    if (t->op->id == PATTERN_MATCHES)
        return prepare_regex(a, text, t);
    if (t->op->id == PATTERN_LIKE)
        t->prepared->wildcard = text_nfc(a, constant);
    else
        t->prepared->has_subnet = subnet_read(constant, &t->prepared->subnet);
    return NULL;
}

void operate_release(struct pattern_test *t)
{
    if (t->prepared == NULL)
        return;
    regex_free(t->prepared->text_regex);
    regex_free(t->prepared->bytes_regex);
    t->prepared = NULL;
}
