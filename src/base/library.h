/*
 * A library that is not linked but loaded when it is first needed: a command that does without it
 * starts without it, and without all that it links to.
 */
#ifndef TOCSIN_BASE_LIBRARY_H
#define TOCSIN_BASE_LIBRARY_H

#include "base/error.h"

struct library {
    const char *file;         /* as in "libfido2.so.1"; found where the system keeps libraries */
    const char *what;         /* begins a sentence: "libfido2, which checks passkeys," */
    const char *const *names; /* of what is used */
    size_t count;
};

/*
 * Fills `table`, a struct of nothing but pointers, one for each name and in their order: to
 * functions, or to variables of the library. What was loaded stays in the process; loading again
 * costs little. ERR_INTERNAL: it is not there, or lacks a name, in words that say which; then
 * nothing is filled.
 */
err library_load(struct arena *a, const struct library *library, void *table) MUST_USE;

/* The same, from any thread, for a table that they share: it is filled once. */
err library_load_shared(struct arena *a, const struct library *library, void *table) MUST_USE;

#endif
