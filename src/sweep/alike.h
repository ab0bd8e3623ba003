/*
 * Names that look like a protected one: with homoglyphs, one edit, hyphens or dots added or left
 * out, or another public suffix. Only the part that people read as the name is compared: what
 * stands before the public suffix.
 */
#ifndef TOCSIN_SWEEP_ALIKE_H
#define TOCSIN_SWEEP_ALIKE_H

#include "sweep/index.h"

#define ALIKE_NAMES_MAX 100000u

/* how, what it is called, score where the public suffix is the same */
#define ALIKE_WAYS(X)                   \
    X(ALIKE_HOMOGLYPH, "homoglyph", 95) \
    X(ALIKE_HYPHEN, "hyphen", 85)       \
    X(ALIKE_EDIT, "edit", 80)           \
    X(ALIKE_SUFFIX, "another suffix", 70)

/* Taken off the first three where the public suffix is another. */
#define ALIKE_OTHER_SUFFIX 15u

#define ALIKE_ENUM(way, name, score) way,
enum alike_way { ALIKE_WAYS(ALIKE_ENUM) ALIKE_WAY_COUNT };
#undef ALIKE_ENUM

const char *alike_way_name(enum alike_way way);

struct alike {
    uint32_t entry; /* of the protected name */
    enum alike_way way;
    unsigned score; /* of 100 */
};

/* The protected names of an index (SWEEP_ALIKE). Read by any number of threads. */
struct alike_names;

/* NULL where it has none. */
struct alike_names *alike_open(const struct sweep_index *x);

/* Accepts NULL. */
void alike_close(struct alike_names *n);

/* Names that a thread met and that look like none, so that they are looked at once. */
struct alike_memory;

struct alike_memory *alike_memory_new(void);
void alike_memory_free(struct alike_memory *m);

/*
 * The protected name that `host` (A-labels, lower case) looks most like; false where it looks like
 * none, or belongs to a protected name: the two can be registered only together. Scratch in `a`.
 */
bool alike_find(struct arena *a, const struct alike_names *n, struct alike_memory *m, str host,
                struct alike *out);

#endif
