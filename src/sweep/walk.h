/*
 * The walk: from bytes to candidates, a stripe of some thousand bytes at a time.
 *
 * What may be an indicator's value is a run of token characters with a dot in it (a name, an
 * address), or a run of hexadecimal digits as long as a hash. A block of 64 bytes becomes one bit
 * mask a class; adding the dots to the token mask carries each dot to the end of its run, so that
 * one addition finds the ends of all runs with dots, also across blocks. Then the ends of the
 * whole stripe are listed, and each is looked at with the masks before it. Of each only what the
 * filter lets pass is kept: it judges by the last two labels of a name, by all of an address.
 *
 * Each step is a loop of its own over the stripe: a short one keeps what it needs in registers,
 * and the processor guesses its branches better than those of one long loop.
 *
 * This file is the body of each kernel (kernel_*.c), which adds how bytes are classified.
 */
#ifndef TOCSIN_SWEEP_WALK_H
#define TOCSIN_SWEEP_WALK_H

#include "sweep/kernel.h"

#define WALK_BLOCKS 64
#define WALK_PLACES (WALK_BLOCKS * 32 + 4) /* no two runs end side by side */

/* Words kept of what stands before a stripe: the longest run and a window before it. */
#define WALK_KEPT 18

/* So many bits before a place does `window` give at least. */
#define WALK_WINDOW 57

/* One bit for each byte of the stripe and of what is kept; as bytes, the first byte's lowest. */
struct walk_map {
    uint64_t words[WALK_KEPT + WALK_BLOCKS];
};

/* Which bits follow runs of one kind, in the stripe's blocks. */
struct walk_ends {
    uint64_t blocks[WALK_BLOCKS];
    uint64_t any;
    unsigned carry;
};

struct walk {
    const struct sweep_plan *plan;
    struct sweep_found *found;
    const char *text;
    size_t base; /* of this stripe */
    size_t block_count;
    struct walk_map token;
    struct walk_map dot;
    struct walk_map digit;
    struct walk_map hex;
    struct walk_map colon;
    struct walk_map colon_run;
    struct walk_ends names;
    struct walk_ends hashes;
    struct walk_ends colons;
    struct walk_ends words;
    unsigned token_carry; /* whether the last byte before the block was a token's */
    unsigned open_carry;  /* likewise an opening bracket */
    uint16_t places[WALK_PLACES];
};

/* Before a text stands nothing. What else there is of a walk is written before it is read. */
static inline void walk_begin(struct walk *w)
{
    struct walk_map *maps[] = {&w->token, &w->dot, &w->digit, &w->hex, &w->colon, &w->colon_run};
    struct walk_ends *ends[] = {&w->names, &w->hashes, &w->colons, &w->words};
    for (size_t i = 0; i < sizeof(maps) / sizeof(*maps); i++)
        memset(maps[i]->words, 0, WALK_KEPT * sizeof(*maps[i]->words));
    for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
        ends[i]->any = 0;
        ends[i]->carry = 0;
    }
    w->token_carry = 0;
    w->open_carry = 0;
}

/* Masks. */

static inline void map_put(struct walk_map *m, size_t block, uint64_t mask)
{
    m->words[WALK_KEPT + block] = sweep_plain_word((const char *)&mask);
}

/* Makes room for the next stripe. */
static inline void map_move(struct walk_map *m, size_t block_count)
{
    memmove(m->words, m->words + block_count, WALK_KEPT * sizeof(*m->words));
}

/* The bits before `at`, the last of them on top: WALK_WINDOW of them or more, then none. */
static inline uint64_t window(const struct walk_map *m, size_t at)
{
    size_t last = WALK_KEPT * 64 + at - 1;
    return sweep_plain_word((const char *)m->words + last / 8 - 7) << (7 - last % 8);
}

/* All of the 64 bits before `at`. */
static inline uint64_t whole_window(const struct walk_map *m, size_t at)
{
    return window(m, at) | window(m, at - WALK_WINDOW) >> WALK_WINDOW;
}

/* How long the run is that ends at `at`; from `most` on it may be longer. */
static inline size_t run_before(const struct walk_map *m, size_t at, size_t most)
{
    size_t len = 0;
    for (;;) {
        uint64_t outside = ~window(m, at - len) | UINT64_C(1) << (63 - WALK_WINDOW);
        size_t more = (size_t)__builtin_clzll(outside);
        len += more;
        if (more < WALK_WINDOW || len >= most)
            return len;
    }
}

/* The ends of those runs of `run` that hold a bit of `marks`: the bits behind them. */
static inline void put_ends(struct walk_ends *e, size_t block, uint64_t run, uint64_t marks)
{
    uint64_t sum;
    uint64_t all;
    unsigned over = __builtin_add_overflow(run, marks, &sum);
    over |= __builtin_add_overflow(sum, (uint64_t)e->carry, &all);
    e->carry = over;
    e->blocks[block] = all & ~run;
    e->any |= all & ~run;
}

/* Lists the places of those ends in the stripe. Most blocks have four or fewer. */
static inline size_t list_ends(struct walk *w, struct walk_ends *e)
{
    size_t count = 0;
    for (size_t block = 0; block < w->block_count && e->any; block++) {
        uint64_t rest = e->blocks[block];
        size_t more = (size_t)__builtin_popcountll(rest);
        uint16_t *to = w->places + count;
#pragma GCC unroll 4
        for (size_t i = 0; i < 4; i++, rest &= rest - 1)
            to[i] = (uint16_t)(block * 64 + (size_t)__builtin_ctzll(rest | UINT64_C(1) << 63));
        for (size_t i = 4; i < more; i++, rest &= rest - 1)
            to[i] = (uint16_t)(block * 64 + (size_t)__builtin_ctzll(rest));
        count += more;
    }
    e->any = 0;
    return count;
}

/* Candidates. */

/*
 * Of the candidates that wait, the filter's choice stays. First all are hashed and their memory is
 * asked for, then all are judged: no look waits for the one before it.
 */
static inline void sift(struct walk *w)
{
    struct sweep_found *f = w->found;
    const struct sweep_filter *filter = &w->plan->filter;
    for (size_t i = f->sifted; i < f->count; i++) {
        struct sweep_candidate *c = &f->items[i];
        c->hash = sweep_hash(w->text + c->start + c->len, c->judged);
        sweep_filter_fetch(filter, c->hash);
    }
    size_t kept = f->sifted;
    for (size_t i = f->sifted; i < f->count; i++) {
        struct sweep_candidate c = f->items[i];
        f->items[kept] = c;
        kept += (size_t)(c.judged == 0) | (size_t)sweep_filter_may_have(filter, c.hash);
    }
    f->count = kept;
    f->sifted = kept;
}

/* The filter judges by the `judged` bytes before the end; 0: it passes. */
static inline void note(struct walk *w, size_t start, size_t end, enum sweep_shape shape,
                        size_t judged)
{
    w->found->items[w->found->count++] = (struct sweep_candidate){.start = (uint32_t)start,
                                                                  .len = (uint32_t)(end - start),
                                                                  .judged = (uint32_t)judged,
                                                                  .shape = shape};
}

/*
 * A run of up to 64 token characters that neither ends with a dot nor begins with what no name
 * begins with; dots and digits of it and before it.
 */
static inline void take_plain(struct walk *w, size_t start, size_t end, uint64_t dots,
                              uint64_t digits)
{
    size_t len = end - start;
    uint64_t all = ~UINT64_C(0) << (64 - len);
    dots &= all;
    if (((dots | digits) & all) == all) {
        bool is_address = __builtin_popcountll(dots) == 3 && len <= 15;
        if (is_address)
            note(w, start, end, SWEEP_SHAPE_ADDRESS, w->plan->wants_addresses ? 0 : len);
        return;
    }
    unsigned label = (unsigned)__builtin_clzll(dots);
    if (!sweep_plan_has_label(w->plan, w->text + end, label))
        return;
    dots &= ~(UINT64_C(1) << (63 - label));
    size_t two = dots ? (size_t)__builtin_clzll(dots) : len;
    note(w, start, end, SWEEP_SHAPE_NAME, w->plan->wants_names ? 0 : two);
}

/* Any run of token characters with a dot, up to `at`. */
static __attribute__((noinline)) void take_odd(struct walk *w, size_t at)
{
    size_t len = run_before(&w->token, at, SWEEP_TOKEN_BYTES_MAX + 1);
    size_t end = w->base + at;
    size_t start = end - len;
    if (len > 64) {
        if (len <= SWEEP_TOKEN_BYTES_MAX)
            note(w, start, end, SWEEP_SHAPE_NAME, 0);
        return;
    }
    uint64_t dots = whole_window(&w->dot, at);
    uint64_t digits = whole_window(&w->digit, at);
    while (dots >> 63) { /* a dot at the end is a full stop */
        dots <<= 1;
        digits <<= 1;
        end--;
    }
    while (start < end && (w->text[start] == '-' || w->text[start] == '_'))
        start++; /* no name begins so */
    if (end > start && dots & ~UINT64_C(0) << (64 - (end - start)))
        take_plain(w, start, end, dots, digits);
}

static inline void take_names(struct walk *w)
{
    size_t count = list_ends(w, &w->names);
    for (size_t i = 0; i < count; i++) {
        size_t at = w->places[i];
        size_t end = w->base + at;
        size_t len = (size_t)__builtin_clzll(~window(&w->token, at) | 1);
        uint64_t dots = window(&w->dot, at);
        char first = w->text[end - len];
        bool is_odd = len >= WALK_WINDOW || dots >> 63 || first == '-' || first == '_';
        if (__builtin_expect(is_odd, 0))
            take_odd(w, at);
        else
            take_plain(w, end - len, end, dots, window(&w->digit, at));
    }
}

/* Any run of token characters, as a word. */
static inline void take_words(struct walk *w)
{
    size_t count = list_ends(w, &w->words);
    for (size_t i = 0; i < count; i++) {
        size_t len = run_before(&w->token, w->places[i], SWEEP_TOKEN_BYTES_MAX + 1);
        size_t end = w->base + w->places[i];
        if (len <= SWEEP_TOKEN_BYTES_MAX)
            note(w, end - len, end, SWEEP_SHAPE_WORD, w->plan->wants_all_words ? 0 : len);
    }
}

static inline void take_hashes(struct walk *w)
{
    size_t count = list_ends(w, &w->hashes);
    for (size_t i = 0; i < count; i++) {
        size_t len = run_before(&w->hex, w->places[i], 129);
        size_t end = w->base + w->places[i];
        const char *at = w->text + end;
        bool is_hash = len == 32 || len == 40 || len == 64 || len == 128;
        if (is_hash && !char_is_alnum(*at) && !char_is_alnum(at[-1 - (long)len]))
            note(w, end - len, end, SWEEP_SHAPE_HASH, w->plan->wants_all_hashes ? 0 : len);
    }
}

/* Runs of hexadecimal digits, dots and colons with "::" or seven colons: IPv6. */
static inline void take_colons(struct walk *w)
{
    size_t count = list_ends(w, &w->colons);
    for (size_t i = 0; i < count; i++) {
        size_t at = w->places[i];
        size_t end = w->base + at;
        size_t len = run_before(&w->colon_run, at, 47);
        if (len < 3 || len > 46)
            continue;
        uint64_t colons = window(&w->colon, at) & ~UINT64_C(0) << (64 - len);
        if ((colons & colons << 1) || __builtin_popcountll(colons) >= 6)
            note(w, end - len, end, SWEEP_SHAPE_COLONS, 0);
    }
}

/* Stripes. */

/* Bits 0, 16, 32 and 48 where all 16 bits from there are set: a run of 32 holds such a place. */
static inline uint64_t full_quarters(uint64_t mask)
{
    mask &= mask >> 1;
    mask &= mask >> 2;
    mask &= mask >> 4;
    mask &= mask >> 8;
    return mask & UINT64_C(0x0001000100010001);
}

/* Where something may be written otherwise: the first place of the block. */
static inline void put_disguise(struct walk *w, size_t block, const struct sweep_masks *m)
{
    struct sweep_found *f = w->found;
    uint64_t disguise = m->disguise | ((m->open << 1 | w->open_carry) & m->opened) |
                        ((m->round << 1 | w->open_carry) & m->digit);
    w->open_carry = (unsigned)(m->open >> 63);
    if (disguise && f->disguise_count < f->disguise_capacity)
        f->disguises[f->disguise_count++] =
            (uint32_t)(w->base + block * 64 + (size_t)__builtin_ctzll(disguise));
}

static inline void put_block(struct walk *w, size_t block, const struct sweep_masks *m)
{
    const struct sweep_plan *plan = w->plan;
    map_put(&w->token, block, m->token);
    map_put(&w->dot, block, m->dot);
    map_put(&w->digit, block, m->digit);
    put_ends(&w->names, block, m->token, m->dot);
    if (plan->wants_hashes) {
        map_put(&w->hex, block, m->hex);
        put_ends(&w->hashes, block, m->hex, full_quarters(m->hex));
    }
    if (plan->wants_colons) {
        uint64_t run = m->hex | m->dot | m->colon;
        map_put(&w->colon, block, m->colon);
        map_put(&w->colon_run, block, run);
        put_ends(&w->colons, block, run, m->colon);
    }
    if (plan->wants_words) {
        uint64_t firsts = m->token & ~(m->token << 1 | w->token_carry);
        put_ends(&w->words, block, m->token, firsts);
        w->token_carry = (unsigned)(m->token >> 63);
    }
    put_disguise(w, block, m);
    w->found->line_count += (size_t)__builtin_popcountll(m->newline);
}

static inline void take_stripe(struct walk *w)
{
    take_names(w);
    take_hashes(w);
    take_colons(w);
    take_words(w);
    map_move(&w->token, w->block_count);
    map_move(&w->dot, w->block_count);
    map_move(&w->digit, w->block_count);
    map_move(&w->hex, w->block_count);
    map_move(&w->colon, w->block_count);
    map_move(&w->colon_run, w->block_count);
    if (w->found->count - w->found->sifted >= SWEEP_SIFT_AT)
        sift(w);
}

/* The classes of the 64 bytes at `at`. */
typedef struct sweep_masks classify_fn(const char *at);

/* The whole text; see sweep_walk_fn. Inlined, so that `classify` is no call. */
static inline __attribute__((always_inline)) void walk_text(const struct sweep_plan *plan,
                                                            const char *text, size_t len,
                                                            struct sweep_found *found,
                                                            classify_fn *classify)
{
    struct walk w;
    w.plan = plan;
    w.found = found;
    w.text = text;
    walk_begin(&w);
    size_t blocks = (len + SWEEP_PADDING_MIN + 63) / 64;
    for (size_t done = 0; done < blocks; done += w.block_count) {
        w.base = done * 64;
        w.block_count = blocks - done < WALK_BLOCKS ? blocks - done : WALK_BLOCKS;
        for (size_t block = 0; block < w.block_count; block++) {
            struct sweep_masks m = classify(text + w.base + block * 64);
            put_block(&w, block, &m);
        }
        take_stripe(&w);
    }
    sift(&w);
    found->line_count -= blocks * 64 - len; /* the padding's */
}

#endif
