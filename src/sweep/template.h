/*
 * Templates: LIKE and MATCHES of patterns, which are no values to look up. Each is tried on every
 * value of its kind that a log holds. They come from strangers: their number, and the steps that
 * one may take on one value, are bounded.
 */
#ifndef TOCSIN_SWEEP_TEMPLATE_H
#define TOCSIN_SWEEP_TEMPLATE_H

#include "sweep/index.h"

#define SWEEP_TEMPLATES_MAX 4096u

/* Which values a template is tried on. */
struct sweep_target {
    enum sweep_kind kind; /* SWEEP_IPV4, not SWEEP_NET */
    unsigned hex_digits;  /* hashes of that length */
};

static inline bool sweep_is_template(enum sweep_kind kind)
{
    return kind == SWEEP_LIKE || kind == SWEEP_MATCHES;
}

/* `kind` is SWEEP_LIKE or SWEEP_MATCHES. ERR_INPUT in words where `text` is none. */
err sweep_template_make(struct arena *a, enum sweep_kind kind, struct sweep_target target, str text,
                        struct sweep_value *out) MUST_USE;

/* The target of an entry's key; false if there is none in it. */
bool sweep_template_target(str key, struct sweep_target *out);

struct sweep_template {
    uint32_t entry;
    unsigned hex_digits;
    str wildcard;        /* of LIKE */
    struct regex *regex; /* of MATCHES */
};

struct sweep_template_list {
    struct sweep_template *items;
    size_t count;
    size_t capacity;
};

/* All of an index, by the kind of what they are tried on. Read by any number of threads. */
struct sweep_templates {
    struct arena arena;
    size_t count;
    struct sweep_template_list of[SWEEP_KIND_COUNT];
};

/* Of an index that is finished or was read. `*out` is NULL where it has none. */
err sweep_templates_open(struct arena *a, const struct sweep_index *x,
                         struct sweep_templates **out) MUST_USE;

/* Accepts NULL. */
void sweep_templates_close(struct sweep_templates *t);

enum sweep_fit { SWEEP_FITS_NOT, SWEEP_FITS, SWEEP_FIT_GIVEN_UP };

/*
 * A value as patterns see it, in `a`: names, hashes and addresses in lower case, of a URL scheme
 * and host; normal form C. Empty where it is no UTF-8 or too long.
 */
str sweep_template_value(struct arena *a, enum sweep_kind kind, str text);

/* Tries what sweep_template_value made; of a name also the names above it that have a dot. */
enum sweep_fit sweep_template_try(const struct sweep_template *t, enum sweep_kind kind, str value);

#endif
