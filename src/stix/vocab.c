/*
 * Sectors and roles: the X-lists of vocab.h as tables.
 */
#include "stix/vocab.h"

#include "base/error.h"

#define VOCAB_NAME(word, name) LIT_INIT(name),
static const str SECTOR_NAMES[] = {SECTORS(VOCAB_NAME)};
static const str ROLE_NAMES[] = {ROLES(VOCAB_NAME)};
#undef VOCAB_NAME

str sector_name(unsigned sector)
{
    ASSERT(sector < SECTOR_COUNT);
    return SECTOR_NAMES[sector];
}

str role_name(unsigned role)
{
    ASSERT(role < ROLE_COUNT);
    return ROLE_NAMES[role];
}

static bool find_word(const str *words, unsigned count, str text, unsigned *out)
{
    for (unsigned i = 0; i < count; i++) {
        if (str_eq(words[i], text)) {
            *out = i;
            return true;
        }
    }
    return false;
}

bool sector_read(str text, enum sector *out)
{
    unsigned found;
    if (!find_word(SECTOR_NAMES, SECTOR_COUNT, text, &found))
        return false;
    *out = (enum sector)found;
    return true;
}

bool role_read(str text, enum role *out)
{
    unsigned found;
    if (!find_word(ROLE_NAMES, ROLE_COUNT, text, &found))
        return false;
    *out = (enum role)found;
    return true;
}

/* Each word is preceded by a comma; the first comma is skipped. */
#define VOCAB_LISTED(word, name) ", " name
const char *sector_words(void)
{
    return &(SECTORS(VOCAB_LISTED))[2];
}

const char *role_words(void)
{
    return &(ROLES(VOCAB_LISTED))[2];
}
#undef VOCAB_LISTED
