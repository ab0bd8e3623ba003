/*
 * What is wrong or odd about a pattern beyond its grammar.
 */
#ifndef TOCSIN_PATTERN_CHECK_H
#define TOCSIN_PATTERN_CHECK_H

#include "pattern/pattern.h"

/* Keeps a warning about `offset`, unless there are too many already. */
void check_warn(struct arena *a, struct pattern *p, size_t offset, const char *what);

/*
 * The constants of one comparison. ERR_INPUT where it can never be true by the standard's own
 * formats (a hash of another length, for one); warnings for the rest.
 */
err check_test(struct arena *a, struct pattern *p, const struct pattern_test *t) MUST_USE;

/* A qualifier: positive numbers (ERR_INPUT), an interval that is not empty (a warning). */
err check_qualifier(struct arena *a, struct pattern *p, const struct pattern_qualifier *q) MUST_USE;

/* The operands of AND inside brackets: all must start at one object (STIX 2.1 §9.5). */
void check_and(struct arena *a, struct pattern *p, const struct pattern_node *n);

#endif
