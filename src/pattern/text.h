/*
 * What LIKE and MATCHES need of text: normal form C (utf8proc), wildcards, regular expressions
 * (PCRE2). Regular expressions come from strangers: compiling and matching are bounded.
 */
#ifndef TOCSIN_PATTERN_TEXT_H
#define TOCSIN_PATTERN_TEXT_H

#include "base/error.h"

#define REGEX_PATTERN_BYTES_MAX ((size_t)1 << 16)
#define REGEX_MATCH_LIMIT 1000000u /* steps of PCRE2 for one value */

/* `text`, well-formed UTF-8, in NFC; itself where it is so already and plain ASCII. */
str text_nfc(struct arena *a, str text);

/* Without case and accents, for comparing words; itself where that cannot be worked out. */
str text_fold(struct arena *a, str text);

/* Letters, digits and marks of any script: what words are made of. */
bool text_is_word(uint32_t code_point);

/*
 * `%` stands for any characters, `_` for one, line feeds included; the whole text must fit. Takes
 * from `*budget` what it costs; false with `*budget` zero where that was not enough.
 */
bool text_is_like(str text, str wildcard, uint64_t *budget);

struct regex;

struct regex_options {
    bool is_bytes;      /* the pattern and the values are bytes, not UTF-8 */
    bool is_caseless;   /* upper and lower case are the same */
    uint32_t steps_max; /* for one value; 0: REGEX_MATCH_LIMIT */
};

/* ERR_INPUT with PCRE2's words; `*at` is then the offset in the pattern. */
err regex_compile(struct arena *a, str pattern, struct regex_options options, struct regex **out,
                  size_t *at) MUST_USE;

/* Accepts NULL. */
void regex_free(struct regex *r);

enum regex_result { REGEX_NO, REGEX_YES, REGEX_GAVE_UP };

/* Searches: the pattern may match anywhere in `text`. */
enum regex_result regex_search(const struct regex *r, str text);

#endif
