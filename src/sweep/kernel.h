/*
 * The kernels: the walk over text (walk.inc) for what the processor offers, chosen at start. All
 * give the same candidates.
 */
#ifndef TOCSIN_SWEEP_KERNEL_H
#define TOCSIN_SWEEP_KERNEL_H

#include "sweep/hash.h"

/* Longer runs of token characters are no names. */
#define SWEEP_TOKEN_BYTES_MAX 1024

/*
 * Around the text that is walked: so many bytes before it and behind its end must be there, line
 * feeds all of them. The walk goes on to the end of the block that begins before the last of the
 * first SWEEP_PADDING_MIN bytes behind the text, so that each run ends.
 */
#define SWEEP_SLACK 64
#define SWEEP_PADDING_MIN 1
#define SWEEP_PADDING 128

/* One bit for each byte of a block, the first byte's lowest. */
struct sweep_masks {
    uint64_t token; /* letters, digits, - _ . and bytes beyond ASCII */
    uint64_t dot;
    uint64_t digit;
    uint64_t hex;
    uint64_t colon;
    uint64_t newline;
    uint64_t disguise; /* where something may be written otherwise, see refang.h */
    uint64_t open;     /* [ ( { */
    uint64_t round;    /* ( */
    uint64_t opened; /* what makes a disguise with one of these before it: [.] [:] [dot] [at] [@] */
};

enum sweep_shape {
    SWEEP_SHAPE_NAME,    /* with a dot: a name of a host or file */
    SWEEP_SHAPE_ADDRESS, /* IPv4 */
    SWEEP_SHAPE_COLONS,  /* perhaps IPv6 */
    SWEEP_SHAPE_HASH,
    SWEEP_SHAPE_WORD,
};

struct sweep_candidate {
    uint32_t start;
    uint32_t len;
    uint32_t judged; /* so many bytes before its end does the filter judge by; 0: it passes */
    enum sweep_shape shape;
};

/* So many wait for the filter together, so that its memory is read for many at once. */
#define SWEEP_SIFT_AT 256u

#define SWEEP_LABEL_COUNT 4096u

/* What of an index the walk needs. */
struct sweep_plan {
    struct sweep_filter filter;
    const uint8_t *labels; /* SWEEP_LABEL_COUNT: not 0 for last labels that occur in the index */
    bool wants_names;      /* every name, whatever the filter says */
    bool wants_addresses;  /* likewise */
    bool wants_hashes;
    bool wants_colons;
    bool wants_words;
    bool wants_all_hashes; /* whatever the filter says */
    bool wants_all_words;
};

/* Where a last label of `len` bytes before `end` stands, by its length and last two bytes. */
static inline unsigned sweep_label_place(const char *end, size_t len)
{
    uint32_t two = (uint32_t)(sweep_word(end - 8) >> 48);
    return (two + ((uint32_t)len << 16)) * UINT32_C(0x9e3779b1) >> 20;
}
_Static_assert(SWEEP_LABEL_COUNT == 1u << 12, "the upper 12 bits of 32 tell the place");

/* What a walk found, in no order but each shape's own. */
struct sweep_found {
    struct sweep_candidate *items; /* room for len / 2 + 64 of them for each shape */
    size_t count;
    size_t sifted;       /* of these, those that the filter let pass */
    uint32_t *disguises; /* the first place in each block that has one */
    size_t disguise_count;
    size_t disguise_capacity;
    size_t line_count; /* line feeds in the text */
};

/* Gives room for a text of up to so many bytes. */
void sweep_found_init(struct sweep_found *f, size_t bytes_max);
void sweep_found_clear(struct sweep_found *f);
void sweep_found_done(struct sweep_found *f);

/* Appends to `found`. */
typedef void sweep_walk_fn(const struct sweep_plan *plan, const char *text, size_t len,
                           struct sweep_found *found);

sweep_walk_fn sweep_walk_portable;
#if defined(__x86_64__)
sweep_walk_fn sweep_walk_avx2;
sweep_walk_fn sweep_walk_avx512;
#endif

struct sweep_kernel {
    const char *name;
    sweep_walk_fn *walk;
};

/* The fastest that this processor knows; or the one of that name, NULL if it does not. */
const struct sweep_kernel *sweep_kernel_best(void);
const struct sweep_kernel *sweep_kernel_named(str name);

#endif
