/*
 * The language of a page without script.
 */
#include "api/language.h"

str language_tag(enum language l)
{
    return l == LANGUAGE_SPANISH ? LIT("es") : LIT("en");
}

enum language language_other(enum language l)
{
    return l == LANGUAGE_SPANISH ? LANGUAGE_ENGLISH : LANGUAGE_SPANISH;
}

enum language language_asked(const struct http_query *query, enum language accepted)
{
    str tag = {0};
    http_query_get(query, LIT("lang"), &tag);
    for (int l = 0; l < LANGUAGE_COUNT; l++) {
        if (str_eq(tag, language_tag((enum language)l)))
            return (enum language)l;
    }
    return accepted;
}

/* "q=0.8" in thousandths; without one, 1000 (RFC 9110 §12.4.2). */
static unsigned weight_of(str parameters)
{
    size_t at = str_find(parameters, LIT("q="));
    str digits = str_trim(str_skip(parameters, at + 2));
    unsigned weight = at == parameters.len || str_starts(digits, LIT("1")) ? 1000 : 0;
    unsigned unit = 100;
    for (size_t i = 2; i < digits.len && i < 5 && char_is_digit(digits.at[i]) && weight < 1000;
         i++) {
        weight += (unsigned)(digits.at[i] - '0') * unit;
        unit /= 10;
    }
    return weight;
}

enum language language_accepted(str header)
{
    unsigned weights[LANGUAGE_COUNT] = {0};
    str piece;
    while (str_cut(&header, ',', &piece)) {
        str tag = str_trim(str_part(piece, 0, str_find_char(piece, ';')));
        unsigned weight = weight_of(str_skip(piece, str_find_char(piece, ';')));
        bool is_spanish = str_eq_nocase(str_part(tag, 0, 2), LIT("es"));
        bool is_english = str_eq_nocase(str_part(tag, 0, 2), LIT("en"));
        if (is_spanish && weight > weights[LANGUAGE_SPANISH])
            weights[LANGUAGE_SPANISH] = weight;
        if (is_english && weight > weights[LANGUAGE_ENGLISH])
            weights[LANGUAGE_ENGLISH] = weight;
    }
    return weights[LANGUAGE_SPANISH] > weights[LANGUAGE_ENGLISH] ? LANGUAGE_SPANISH
                                                                 : LANGUAGE_ENGLISH;
}
