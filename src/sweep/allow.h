/*
 * Allow lists: what never fires, whatever an indicator says. The user's own (plain lists, CSV, and
 * MISP's warninglists of every type), and a small one of resolvers and of sites that everyone uses.
 */
#ifndef TOCSIN_SWEEP_ALLOW_H
#define TOCSIN_SWEEP_ALLOW_H

#include "sweep/load.h"

/* A part of values, or an expression that they match. */
struct sweep_allow_text {
    str part;
    struct regex *regex; /* or NULL */
};

struct sweep_allow {
    struct sweep_index index; /* names stand for those below them, networks for addresses */
    struct sweep_index exact; /* values stand for themselves */
    struct arena arena;       /* of: */
    struct sweep_allow_text *items;
    size_t count;
    size_t capacity;
};

/* The built-in list, unless `paths` are to stand alone, and the files. */
err sweep_allow_open(struct arena *a, const str *paths, size_t count, const struct trouble *trouble,
                     struct sweep_allow *out) MUST_USE;

/* Accepts a zeroed one. */
void sweep_allow_close(struct sweep_allow *l);

/*
 * True if the value itself is allowed, a name above it, or a network around it. A URL is not
 * allowed because its site is: what is on it may be bad.
 */
bool sweep_allow_has(const struct sweep_allow *l, enum sweep_kind kind, str key);

/* As sweep_allow_has for a value as it stands in a log. */
bool sweep_allow_has_text(const struct sweep_allow *l, enum sweep_kind kind, str text);

#endif
