/*
 * The comparison operators of STIX patterns (STIX 2.1 §9.6.1), one row each.
 */
#ifndef TOCSIN_PATTERN_OPS_H
#define TOCSIN_PATTERN_OPS_H

#include "base/str.h"

struct pattern_test;
struct subject;
struct operation;

enum pattern_op_id {
    PATTERN_EQ,
    PATTERN_NE,
    PATTERN_LT,
    PATTERN_LE,
    PATTERN_GT,
    PATTERN_GE,
    PATTERN_IN,
    PATTERN_LIKE,
    PATTERN_MATCHES,
    PATTERN_ISSUBSET,
    PATTERN_ISSUPERSET,
    PATTERN_EXISTS,
};

/* What stands behind the operator. */
enum pattern_takes {
    PATTERN_TAKES_ANY,     /* one constant of any type */
    PATTERN_TAKES_ORDERED, /* one constant, not a boolean */
    PATTERN_TAKES_STRING,
    PATTERN_TAKES_SET,  /* constants in parentheses, perhaps none */
    PATTERN_TAKES_NONE, /* the operator stands before the path */
};

struct pattern_op {
    str name;
    str alias; /* a second spelling that the grammar takes and the prose does not know; or empty */
    enum pattern_op_id id;
    enum pattern_takes takes;
    /* Whether the value makes the comparison true, NOT aside (pattern/operate.h). */
    bool (*is_true)(const struct pattern_test *t, const struct subject *s, struct operation *run);
    const char *words; /* plain English: "is", "is one of"; behind it the constant */
};

/* The operator written `name`, by either spelling, or NULL. */
const struct pattern_op *pattern_op_find(str name);

const struct pattern_op *pattern_op_get(enum pattern_op_id id);

#endif
