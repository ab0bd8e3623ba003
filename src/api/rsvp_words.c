/*
 * The words, by number.
 */
#include "api/rsvp_words.h"

#include "base/num.h"

#define RSVP_WORD_ROW(name, english, spanish) {{english, spanish}},
static const struct bilingual WORDS[] = {RSVP_WORDS(RSVP_WORD_ROW)};
#undef RSVP_WORD_ROW

static const struct bilingual LEFT[] = {
    {{"no try", "ningún intento"}},      {{"one try", "un intento"}},
    {{"two tries", "dos intentos"}},     {{"three tries", "tres intentos"}},
    {{"four tries", "cuatro intentos"}}, {{"five tries", "cinco intentos"}},
};

str rsvp_words(enum rsvp_word word, enum language l)
{
    return str_of(WORDS[word].words[l]);
}

str rsvp_words_tries(struct arena *a, enum language l, int64_t left)
{
    ASSERT(left >= 0 && left < (int64_t)COUNT_OF(LEFT));
    const char *tries = LEFT[left].words[l];
    return l == LANGUAGE_SPANISH
               ? arena_print(a, "Los dígitos no coinciden. Le queda(n) %s.", tries)
               : arena_print(a, "The digits do not match. You have %s left.", tries);
}

str rsvp_words_all_tries(enum language l)
{
    return l == LANGUAGE_SPANISH ? LIT("Tiene cinco intentos.") : LIT("You have five tries.");
}
