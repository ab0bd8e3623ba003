/*
 * Patterns for people: a tree of what is asked for, in plain English.
 */
#ifndef TOCSIN_PATTERN_EXPLAIN_H
#define TOCSIN_PATTERN_EXPLAIN_H

#include "pattern/pattern.h"

/* One line for each part, indented by two spaces a level below the first. */
void pattern_explain(const struct pattern *p, struct buf *to);

#endif
