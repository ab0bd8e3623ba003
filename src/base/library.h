/*
 * A library that is not linked but loaded when it is first needed: a command that does without it
 * starts without it, and without all that it links to.
 */
#ifndef TOCSIN_BASE_LIBRARY_H
#define TOCSIN_BASE_LIBRARY_H

#include "base/error.h"

#include <stdint.h>

struct library {
    const char *file;         /* as in "libfido2.so.1"; found where the system keeps libraries */
    const char *what;         /* begins a sentence: "libfido2, which checks passkeys," */
    const char *const *names; /* of the functions that are used */
    size_t count;
};

/*
 * Fills `functions`, one address for each name, to be cast to the function's type. What was loaded
 * stays in the process; loading again costs little. ERR_INTERNAL: it is not there, or lacks a
 * function, in words that name it; then nothing is filled.
 */
err library_load(struct arena *a, const struct library *library, uintptr_t *functions) MUST_USE;

#endif
