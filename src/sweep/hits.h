/*
 * What a scan found in a text.
 */
#ifndef TOCSIN_SWEEP_HITS_H
#define TOCSIN_SWEEP_HITS_H

#include <stddef.h>
#include <stdint.h>

struct sweep_hit {
    uint32_t start; /* in the text */
    uint32_t len;
    uint32_t entry; /* the first of its value; others by `next` */
    uint32_t seen;  /* offset + 1 of what is meant, in `meant`; 0: as written */
    uint32_t seen_len;
    uint16_t score; /* of a lookalike; else 0 */
    uint16_t way;   /* enum alike_way */
};

struct sweep_hits {
    struct sweep_hit *items;
    size_t count;
    size_t capacity;
};

/* Room for one more, counted; it is gone with the next one. */
struct sweep_hit *sweep_hits_new(struct sweep_hits *hits);

/* In the order of the text, each place and entry once. */
void sweep_hits_settle(struct sweep_hits *hits);

void sweep_hits_done(struct sweep_hits *hits);

#endif
