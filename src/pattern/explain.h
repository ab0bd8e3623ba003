/*
 * Patterns for people: what is asked for in plain English, as a sentence and as a tree.
 */
#ifndef TOCSIN_PATTERN_EXPLAIN_H
#define TOCSIN_PATTERN_EXPLAIN_H

#include "pattern/pattern.h"

/* One line for each part, indented by two spaces a level below the first. */
void pattern_explain(const struct pattern *p, struct buf *to);

/* One sentence: "Looks for a domain name whose value is 'evil.example'." */
void pattern_say(const struct pattern *p, struct buf *to);

#endif
