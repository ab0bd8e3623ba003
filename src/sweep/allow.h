/*
 * Allow lists: what never fires, whatever an indicator says. The user's own (plain lists, CSV, and
 * the lists of MISP's warninglists), and a small one of resolvers and of sites that everyone uses.
 */
#ifndef TOCSIN_SWEEP_ALLOW_H
#define TOCSIN_SWEEP_ALLOW_H

#include "sweep/load.h"

struct sweep_allow {
    struct sweep_index index;
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
