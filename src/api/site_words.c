/*
 * The words, by number.
 */
#include "api/site_words.h"

#define SITE_WORD_ROW(name, english, spanish) {{english, spanish}},
static const struct bilingual WORDS[] = {SITE_WORDS(SITE_WORD_ROW)};
#undef SITE_WORD_ROW

str site_words(enum site_word word, enum language l)
{
    return str_of(WORDS[word].words[l]);
}
