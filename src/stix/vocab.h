/*
 * The closed lists of words by which members and audiences are described (rule G4): sectors and
 * roles. One X-list feeds the enum, the names and the readers.
 */
#ifndef TOCSIN_STIX_VOCAB_H
#define TOCSIN_STIX_VOCAB_H

#include "base/str.h"

#define SECTORS(X)                           \
    X(SECTOR_FEDERAL, "federal")             \
    X(SECTOR_STATE, "state")                 \
    X(SECTOR_LOCAL, "local")                 \
    X(SECTOR_TRIBAL, "tribal")               \
    X(SECTOR_TERRITORIAL, "territorial")     \
    X(SECTOR_ASSOCIATION, "association")     \
    X(SECTOR_PLATFORM, "platform")           \
    X(SECTOR_VENDOR, "vendor")               \
    X(SECTOR_RESEARCH, "research")           \
    X(SECTOR_CIVIL_SOCIETY, "civil-society") \
    X(SECTOR_OTHER, "other")

#define ROLES(X)                   \
    X(ROLE_STEWARD, "steward")     \
    X(ROLE_ADMIN, "admin")         \
    X(ROLE_PUBLISHER, "publisher") \
    X(ROLE_MEMBER, "member")       \
    X(ROLE_OBSERVER, "observer")

#define VOCAB_ENUM(word, name) word,
enum sector { SECTORS(VOCAB_ENUM) SECTOR_COUNT };
enum role { ROLES(VOCAB_ENUM) ROLE_COUNT };
#undef VOCAB_ENUM

/* "civil-society", …; the words of the list, which are case-sensitive. */
str sector_name(unsigned sector);
str role_name(unsigned role);
bool sector_read(str text, enum sector *out);
bool role_read(str text, enum role *out);

/* All words, comma-separated, for error texts and help. */
const char *sector_words(void);
const char *role_words(void);

#endif
