/*
 * What the comparison operators do to one value: the functions of the table in ops.c.
 */
#ifndef TOCSIN_PATTERN_OPERATE_H
#define TOCSIN_PATTERN_OPERATE_H

#include "pattern/subject.h"
#include "pattern/subnet.h"
#include "pattern/text.h"

/* What is made of a comparison's constant once, as its operator needs it. */
struct pattern_prepared {
    str wildcard; /* LIKE, in NFC */
    bool has_subnet;
    struct subnet subnet;      /* ISSUBSET, ISSUPERSET */
    struct regex *text_regex;  /* MATCHES, over strings */
    struct regex *bytes_regex; /* over bytes; NULL where the pattern is not Latin-1 */
};

/* Where an evaluation works, and what it may still cost. */
struct operation {
    struct arena *scratch;
    uint64_t budget;      /* zero: given up */
    bool is_regex_beyond; /* a regular expression took too many steps */
};

typedef bool operate_fn(const struct pattern_test *t, const struct subject *s,
                        struct operation *run);

operate_fn operate_equal;
operate_fn operate_unequal;
operate_fn operate_less;
operate_fn operate_at_most;
operate_fn operate_greater;
operate_fn operate_at_least;
operate_fn operate_in;
operate_fn operate_like;
operate_fn operate_matches;
operate_fn operate_is_subset;
operate_fn operate_is_superset;
operate_fn operate_exists;

/* Fills `t->prepared`; `text` is the pattern's, for the place of an error. */
err operate_prepare(struct arena *a, str text, struct pattern_test *t) MUST_USE;

/* Accepts a comparison that is not prepared. */
void operate_release(struct pattern_test *t);

#endif
