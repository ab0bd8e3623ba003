/*
 * From text to hits: the walk's candidates, verified byte for byte against the index; then what is
 * written otherwise (defanged, percent-encoded, escaped, in Unicode) once more as it is meant.
 */
#ifndef TOCSIN_SWEEP_SCAN_H
#define TOCSIN_SWEEP_SCAN_H

#include "sweep/alike.h"
#include "sweep/hits.h"
#include "sweep/refang.h"
#include "sweep/suffix.h"

/* What of a text is looked up. */
enum sweep_part {
    SWEEP_WHOLE,
    SWEEP_ABOVE, /* a name above the one that stands there */
    SWEEP_HOST,  /* all of it; and a URL with it, if there are any with that host */
};

/* A look-up whose memory is on its way. */
struct sweep_wanted {
    uint64_t hash;
    uint32_t start;
    uint32_t len;
    enum sweep_kind kind;
    enum sweep_part part;
};

/* A host of which the filter knows URLs. */
struct sweep_host {
    uint32_t start;
    uint32_t len;
};

#define SWEEP_WANTED_MAX 256u

/* Templates (by their entries) that took too many steps on a value of the text. */
struct sweep_given_up {
    uint32_t *items;
    size_t count;
    size_t capacity;
};

/* One thread's. */
struct sweep_scan {
    const struct sweep_index *index;
    const struct sweep_kernel *kernel;
    struct sweep_found found;
    struct sweep_found found_again; /* in lines as they are meant */
    size_t room;
    struct refanged again; /* lines as they are meant, SWEEP_SLACK line feeds before them */
    bool is_again_ascii;
    struct arena scratch; /* of these lines */
    struct arena value;   /* of one value that templates are tried on */
    struct buf meant;     /* of these, where something was found */
    struct sweep_hits hits;
    struct sweep_given_up given_up;    /* and passed over in the rest of the text */
    struct suffix_memo suffixes;       /* by the numbers of entries */
    struct alike_memory *alike_memory; /* NULL: nothing is protected */
    struct sweep_wanted wanted[SWEEP_WANTED_MAX];
    size_t wanted_count;
    struct sweep_host hosts[SWEEP_WANTED_MAX];
    size_t host_count;
};

/* Texts of up to `bytes_max`. `kernel` may be NULL: the best. */
void sweep_scan_init(struct sweep_scan *s, const struct sweep_index *x,
                     const struct sweep_kernel *kernel, size_t bytes_max);

/* Accepts a zeroed one. */
void sweep_scan_done(struct sweep_scan *s);

/*
 * Scans whole lines. SWEEP_SLACK line feeds must stand before `text`, SWEEP_PADDING behind it.
 * Afterwards `hits` holds what was found, in the order of the text, each place and entry once.
 */
void sweep_scan_text(struct sweep_scan *s, const char *text, size_t len);

#endif
