/*
 * Normal forms and wildcards.
 */
#include "pattern/text.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <utf8proc.h>

static bool is_ascii(str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.at[i] >= 0x80)
            return false;
    }
    return true;
}

/* Itself where utf8proc cannot. */
static str map_text(struct arena *a, str text, unsigned options)
{
    utf8proc_uint8_t *made = NULL;
    utf8proc_ssize_t size =
        utf8proc_map((const utf8proc_uint8_t *)text.at, (utf8proc_ssize_t)text.len, &made,
                     (utf8proc_option_t)options);
    if (size < 0)
        return text;
    str copy = arena_copy(a, (str){(const char *)made, (size_t)size});
    free(made);
    return copy;
}

str text_nfc(struct arena *a, str text)
{
    return is_ascii(text) ? text : map_text(a, text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

str text_fold(struct arena *a, str text)
{
    if (!is_ascii(text))
        return map_text(a, text,
                        UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
                            UTF8PROC_STRIPMARK | UTF8PROC_STRIPNA);
    char *folded = NEW_ARRAY(a, text.len, char);
    for (size_t i = 0; i < text.len; i++)
        folded[i] = char_lower(text.at[i]);
    return (str){folded, text.len};
}

bool text_is_word(uint32_t code_point)
{
    utf8proc_category_t kind = utf8proc_category((utf8proc_int32_t)code_point);
    return kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_NO;
}

/* Takes one character off `*rest`; false at its end. */
static bool skip_one(str *rest)
{
    uint32_t c;
    return utf8_next(rest, &c);
}

/* Where to go on after the last % when something behind it did not fit. */
struct retry {
    bool is_set;
    str text;
    str wildcard;
};

/* One character of the wildcard on the text; false if it does not fit. */
static bool fit_one(str *text, str *wildcard)
{
    if (wildcard->len == 0 || text->len == 0)
        return false;
    if (wildcard->at[0] == '_') {
        *wildcard = str_skip(*wildcard, 1);
        return skip_one(text);
    }
    if (wildcard->at[0] != text->at[0])
        return false;
    *wildcard = str_skip(*wildcard, 1);
    *text = str_skip(*text, 1);
    return true;
}

bool text_is_like(str text, str wildcard, uint64_t *budget)
{
    struct retry retry = {0};
    while (text.len || wildcard.len) {
        if (*budget == 0)
            return false;
        --*budget;
        if (wildcard.len && wildcard.at[0] == '%') {
            wildcard = str_skip(wildcard, 1);
            retry = (struct retry){true, text, wildcard};
            continue;
        }
        if (fit_one(&text, &wildcard))
            continue;
        if (!retry.is_set || !skip_one(&retry.text))
            return false;
        text = retry.text;
        wildcard = retry.wildcard;
    }
    return true;
}
