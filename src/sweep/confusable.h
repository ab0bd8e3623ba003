/*
 * Letters that are read as others: what a person takes a text in Unicode for.
 */
#ifndef TOCSIN_SWEEP_CONFUSABLE_H
#define TOCSIN_SWEEP_CONFUSABLE_H

#include "base/arena.h"
#include "base/str.h"

/*
 * Well-formed UTF-8 without marks, in lower case, letters of other scripts that look like a Latin
 * one as that one; what looks like none stays. In `a`.
 */
str confusable_as_read(struct arena *a, str text);

#endif
