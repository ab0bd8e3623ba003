/*
 * Public suffixes: names below which anybody may have a name ("co.uk", "github.io"), by the list
 * that libpsl holds.
 */
#ifndef TOCSIN_SWEEP_SUFFIX_H
#define TOCSIN_SWEEP_SUFFIX_H

#include "base/str.h"

/* True for a name in A-labels, in lower case, that is a public suffix itself. */
bool suffix_is_public(str host);

/* What was said of some names before, by a number that the caller has for each. Begins zeroed. */
#define SUFFIX_MEMO_SLOTS 16384u
struct suffix_memo {
    uint32_t slots[SUFFIX_MEMO_SLOTS]; /* twice the rest of the number, and whether; 0: free */
};

/* Asks the processor for the memory of the number's. */
static inline void suffix_memo_fetch(const struct suffix_memo *m, uint32_t number)
{
    __builtin_prefetch(&m->slots[number % SUFFIX_MEMO_SLOTS]);
}

/* As suffix_is_public; the name of a number is always the same. */
bool suffix_memo_is_public(struct suffix_memo *m, uint32_t number, str host);

/* As suffix_is_public, but not for a last label that only the rule for all unknown ones makes a
 * suffix. */
bool suffix_is_listed(str host);

/*
 * What of such a name can be registered: the label before its public suffix, and that ("b.co.uk" of
 * "a.b.co.uk"). Empty for a public suffix.
 */
str suffix_registrable(str host);

#endif
