/*
 * Regular expressions by PCRE2: a dot matches line feeds (§9.6.1), properties are Unicode's where
 * the values are text. Compiled to machine code where the processor allows; one that is matched
 * without it answers the same.
 */
#include "pattern/text.h"

#include <stdlib.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#define MESSAGE_BYTES 256
#define HEAP_LIMIT_KB (16u * 1024u)

struct regex {
    pcre2_code *code;
    pcre2_match_context *limits;
};

err regex_compile(struct arena *a, str pattern, struct regex_options options, struct regex **out,
                  size_t *at)
{
    *at = 0;
    if (pattern.len > REGEX_PATTERN_BYTES_MAX)
        return FAIL(a, ERR_TOO_LARGE, "a regular expression has at most %zu bytes",
                    REGEX_PATTERN_BYTES_MAX);
    uint32_t flags = PCRE2_DOTALL | PCRE2_NEVER_BACKSLASH_C;
    if (!options.is_bytes)
        flags |= PCRE2_UTF | PCRE2_UCP | PCRE2_NO_UTF_CHECK;
    if (options.is_caseless)
        flags |= PCRE2_CASELESS;
    int code;
    PCRE2_SIZE offset;
    pcre2_code *made = pcre2_compile((PCRE2_SPTR)(pattern.len ? pattern.at : ""), pattern.len,
                                     flags, &code, &offset, NULL);
    if (made == NULL) {
        char message[MESSAGE_BYTES] = "";
        pcre2_get_error_message(code, (PCRE2_UCHAR *)message, sizeof(message));
        *at = offset;
        return FAIL(a, ERR_INPUT, "the regular expression is wrong: %s", message);
    }
    struct regex *r = calloc(1, sizeof(*r));
    ASSERT(r != NULL);
    r->code = made;
    r->limits = pcre2_match_context_create(NULL);
    ASSERT(r->limits != NULL);
    uint32_t steps_max = options.steps_max ? options.steps_max : REGEX_MATCH_LIMIT;
    pcre2_set_match_limit(r->limits, steps_max);
    pcre2_set_depth_limit(r->limits, steps_max);
    pcre2_set_heap_limit(r->limits, HEAP_LIMIT_KB);
    pcre2_jit_compile(made, PCRE2_JIT_COMPLETE);
    *out = r;
    return NULL;
}

void regex_free(struct regex *r)
{
    if (r == NULL)
        return;
    pcre2_match_context_free(r->limits);
    pcre2_code_free(r->code);
    free(r);
}

enum regex_result regex_search(const struct regex *r, str text)
{
    pcre2_match_data *match = pcre2_match_data_create(1, NULL);
    ASSERT(match != NULL);
    PCRE2_SPTR at = (PCRE2_SPTR)(text.len ? text.at : "");
    int found = pcre2_match(r->code, at, text.len, 0, PCRE2_NO_UTF_CHECK, match, r->limits);
    if (found == PCRE2_ERROR_JIT_STACKLIMIT)
        found = pcre2_match(r->code, at, text.len, 0, PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT, match,
                            r->limits);
    pcre2_match_data_free(match);
    if (found == PCRE2_ERROR_NOMATCH)
        return REGEX_NO;
    return found >= 0 ? REGEX_YES : REGEX_GAVE_UP;
}
