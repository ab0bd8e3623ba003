/*
 * STIX patterns (STIX 2.1 §9): from text to a tree that is fit for evaluation, and back.
 *
 *     [file:hashes.MD5 = '…' AND file:size > 10] FOLLOWEDBY ([url:value LIKE '%x'] REPEATS 2 TIMES)
 *
 * In the tree, constants are decoded, a chain `a OR b OR c` is one node with three children (all
 * three operators are associative, so nothing is lost), and parentheses that change nothing are
 * gone. The tree borrows from the text it was read from, which must live as long. Its depth is
 * bounded, so that recursion over it is safe.
 */
#ifndef TOCSIN_PATTERN_PATTERN_H
#define TOCSIN_PATTERN_PATTERN_H

#include "base/buf.h"
#include "pattern/ops.h"

#define PATTERN_BYTES_MAX ((size_t)1 << 20)
#define PATTERN_DEPTH_MAX 64     /* parentheses within parentheses */
#define PATTERN_NODES_MAX 50000u /* comparisons, constants and groups together */
#define PATTERN_STEPS_MAX 32     /* of one object path */
#define PATTERN_WARNINGS_MAX 32  /* further ones are not kept */

enum pattern_type {
    PATTERN_BOOLEAN,
    PATTERN_INTEGER,
    PATTERN_FLOAT,
    PATTERN_STRING,
    PATTERN_TIMESTAMP,
    PATTERN_BINARY, /* b'…' */
    PATTERN_HEX,    /* h'…' */
};

struct pattern_value {
    enum pattern_type type;
    bool is_true;    /* boolean */
    bool is_integer; /* number: its value is whole and fits `integer` exactly */
    int64_t integer;
    double real;     /* number: the nearest double */
    int64_t time_us; /* timestamp: digits past the microsecond are dropped, `text` has them */
    str text;      /* string: unescaped; number: as written, without a plus; else what was quoted */
    str bytes;     /* binary, hex: decoded */
    size_t offset; /* in the pattern's text */
};

enum pattern_step_kind {
    PATTERN_PROPERTY,
    PATTERN_INDEX, /* [3] */
    PATTERN_EACH,  /* [*]: true if any element makes it true */
};

struct pattern_step {
    enum pattern_step_kind kind;
    bool is_ref;   /* the property ends in _ref: a property step behind it goes to that object */
    bool is_refs;  /* likewise _refs, with an index or [*] between */
    str name;      /* property: unescaped */
    int64_t index; /* below zero, or past any list: resolves to nothing */
};

struct pattern_path {
    str type; /* of the object where it starts */
    struct pattern_step *steps;
    size_t count; /* at least 1, the first a property */
    size_t offset;
};

struct pattern_prepared; /* see pattern/evaluate.h */

/* path [NOT] operator values; EXISTS has no value, IN any number, the others one. */
struct pattern_test {
    const struct pattern_op *op;
    bool is_negated;
    struct pattern_path path;
    struct pattern_value *values;
    size_t value_count;
    struct pattern_prepared *prepared; /* NULL until pattern_prepare */
};

enum pattern_qualifier_kind {
    PATTERN_WITHIN,
    PATTERN_REPEATS,
    PATTERN_START_STOP,
};

struct pattern_qualifier {
    enum pattern_qualifier_kind kind;
    struct pattern_value first;  /* seconds, times, or START */
    struct pattern_value second; /* STOP */
};

enum pattern_node_kind {
    /* Inside the brackets. */
    PATTERN_TEST,
    PATTERN_TEST_AND,
    PATTERN_TEST_OR,
    /* Outside. */
    PATTERN_OBSERVATION, /* [ … ]: one child, of the kinds above */
    PATTERN_AND,
    PATTERN_OR,
    PATTERN_FOLLOWEDBY,
    PATTERN_QUALIFIED, /* one child; the qualifiers apply one upon the other, in their order */
};

struct pattern_node {
    enum pattern_node_kind kind;
    unsigned depth;             /* 1 for a test; else one more than the deepest child */
    struct pattern_node *first; /* child */
    struct pattern_node *next;  /* sibling */
    size_t offset;              /* in the pattern's text */
    str type;                   /* inside: the one object type of all its paths, or empty */
    struct pattern_test *test;
    struct pattern_qualifier *qualifiers;
    size_t qualifier_count;
    size_t qualifier_capacity;
};

/* What is accepted though the standard's prose speaks against it, or cannot do what it says. */
struct pattern_warning {
    size_t offset;
    str text; /* begins with the place, as errors do */
};

struct pattern_warnings {
    struct pattern_warning *items;
    size_t count;
    size_t capacity;
};

struct pattern {
    str text;
    struct pattern_node *root;
    size_t test_count;
    size_t node_count; /* what PATTERN_NODES_MAX limits */
    struct pattern_warnings warnings;
};

/*
 * Reads a pattern of STIX 2.1. ERR_INPUT says where ("column 14: …", with the line before it if
 * there are several; both from 1, columns in code points) and what was expected there;
 * ERR_TOO_LARGE names the limit that is exceeded.
 */
err pattern_read(struct arena *a, str text, struct pattern **out) MUST_USE;

/* As pattern_read, for STIX 2.0: START and STOP take their times as plain strings, too. */
err pattern_read_20(struct arena *a, str text, struct pattern **out) MUST_USE;

/* The canonical text; reading it gives the same tree. */
void pattern_write(const struct pattern *p, struct buf *to);

/* The same of a part of it. */
void pattern_write_node(const struct pattern_node *n, struct buf *to);

/* The constant as it is written in a pattern; the path likewise, and what follows its colon. */
void pattern_write_value(const struct pattern_value *v, struct buf *to);
void pattern_write_path(const struct pattern_path *path, struct buf *to);
void pattern_write_steps(const struct pattern_path *path, struct buf *to);

/* The same trees, wherever in their texts the parts stand. */
bool pattern_equal(const struct pattern *a, const struct pattern *b);

#endif
