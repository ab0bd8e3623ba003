/*
 * The walk: from bytes to candidates, 64 at a time.
 *
 * What may be an indicator's value is a run of token characters with a dot in it (a name, an
 * address), or a run of hexadecimal digits as long as a hash. A block of 64 bytes becomes one bit
 * mask a class; adding the dots to the token mask carries each dot to the end of its run, so that
 * one addition finds the ends of all runs with dots, also across blocks. Of each only what the
 * filter lets pass is written down: its last two labels for a name, all of it for an address.
 *
 * This file is the body of each kernel (kernel_*.c), which adds how bytes are classified.
 */
#ifndef TOCSIN_SWEEP_WALK_H
#define TOCSIN_SWEEP_WALK_H

#include "sweep/kernel.h"

/* Where a walk is. */
struct walk {
    const struct sweep_plan *plan;
    struct sweep_found *found;
    const char *text;
    size_t base; /* of this block */
    struct sweep_masks now;
    struct sweep_masks before;
    size_t token_gap; /* behind the last byte before this block that is no token character */
    size_t hex_gap;
    size_t colon_gap;
    unsigned dot_carry;
    unsigned word_carry;
    unsigned hex_carry;
    unsigned colon_carry;
};

/* The 64 bits before bit `end` of this block, the last of them on top. */
static inline uint64_t window(uint64_t now, uint64_t before, unsigned end)
{
    return end ? now << (64 - end) | before >> end : before;
}

/* The ends of those runs of `run` that hold a bit of `marks`: the bits behind them. */
static inline uint64_t ends_of(uint64_t run, uint64_t marks, unsigned *carry)
{
    uint64_t sum;
    uint64_t all;
    unsigned over = __builtin_add_overflow(run, marks, &sum);
    over |= __builtin_add_overflow(sum, (uint64_t)*carry, &all);
    *carry = over;
    return all & ~run;
}

/* Where the run that ends at bit `end` begins; `gap` is where it would begin before the block. */
static inline size_t start_of(uint64_t run, unsigned end, size_t base, size_t gap)
{
    uint64_t outside = ~run & ((UINT64_C(1) << end) - 1);
    return outside ? base + 64 - (size_t)__builtin_clzll(outside) : gap;
}

static inline size_t gap_after(uint64_t run, size_t base, size_t gap)
{
    return ~run ? base + 64 - (size_t)__builtin_clzll(~run) : gap;
}

/* Of the candidates that wait, the filter's choice stays. */
static inline void sift(struct walk *w)
{
    struct sweep_found *f = w->found;
    size_t kept = f->sifted;
    for (size_t i = f->sifted; i < f->count; i++) {
        struct sweep_candidate c = f->items[i];
        f->items[kept] = c;
        kept += c.hash == 0 || sweep_filter_may_have(&w->plan->filter, c.hash);
    }
    f->count = kept;
    f->sifted = kept;
}

static inline void note(struct walk *w, size_t start, size_t end, enum sweep_shape shape,
                        uint64_t hash)
{
    sweep_filter_fetch(&w->plan->filter, hash);
    w->found->items[w->found->count++] =
        (struct sweep_candidate){hash, (uint32_t)start, (uint32_t)(end - start), shape};
}

/* The hash of the `len` bytes before `end`; 0, which passes the filter, where all are wanted. */
static inline uint64_t judge_by(const struct walk *w, bool wants_all, size_t end, size_t len)
{
    return wants_all ? 0 : sweep_hash(w->text + end, len) | 1;
}

/* A run of token characters with a dot, up to bit `at`. */
static inline void take_dotted(struct walk *w, unsigned at)
{
    size_t end = w->base + at;
    size_t start = start_of(w->now.token, at, w->base, w->token_gap);
    uint64_t dots = window(w->now.dot, w->before.dot, at);
    uint64_t digits = window(w->now.digit, w->before.digit, at);
    if (end - start > 64) {
        if (end - start <= SWEEP_TOKEN_BYTES_MAX)
            note(w, start, end, SWEEP_SHAPE_NAME, 0);
        return;
    }
    while (dots >> 63) { /* a dot at the end is a full stop */
        dots <<= 1;
        digits <<= 1;
        end--;
    }
    while (start < end && (w->text[start] == '-' || w->text[start] == '_'))
        start++; /* no name begins so */
    if (end <= start)
        return;
    uint64_t all = ~UINT64_C(0) << (64 - (end - start));
    dots &= all;
    if (dots == 0)
        return;
    if (((dots | digits) & all) == all) {
        bool is_address = __builtin_popcountll(dots) == 3 && end - start <= 15;
        if (is_address)
            note(w, start, end, SWEEP_SHAPE_ADDRESS,
                 judge_by(w, w->plan->wants_addresses, end, end - start));
        return;
    }
    unsigned label = (unsigned)__builtin_clzll(dots);
    if (!sweep_plan_has_label(w->plan, w->text + end, label))
        return;
    dots &= ~(UINT64_C(1) << (63 - label));
    size_t two = dots ? (size_t)__builtin_clzll(dots) : end - start;
    note(w, start, end, SWEEP_SHAPE_NAME, judge_by(w, w->plan->wants_names, end, two));
}

static inline void walk_names(struct walk *w)
{
    uint64_t ends = ends_of(w->now.token, w->now.dot, &w->dot_carry);
    for (; ends; ends &= ends - 1)
        take_dotted(w, (unsigned)__builtin_ctzll(ends));
}

/* Any run of token characters, as a word. */
static inline void walk_words(struct walk *w)
{
    uint64_t firsts = w->now.token & ~(w->now.token << 1 | (w->before.token >> 63));
    uint64_t ends = ends_of(w->now.token, firsts, &w->word_carry);
    for (; ends; ends &= ends - 1) {
        unsigned at = (unsigned)__builtin_ctzll(ends);
        size_t start = start_of(w->now.token, at, w->base, w->token_gap);
        size_t end = w->base + at;
        if (end - start > SWEEP_TOKEN_BYTES_MAX)
            continue;
        note(w, start, end, SWEEP_SHAPE_WORD,
             judge_by(w, w->plan->wants_all_words, end, end - start));
    }
}

/* Bits 0, 16, 32 and 48 where all 16 bits from there are set: a run of 32 holds such a place. */
static inline uint64_t full_quarters(uint64_t mask)
{
    mask &= mask >> 1;
    mask &= mask >> 2;
    mask &= mask >> 4;
    mask &= mask >> 8;
    return mask & UINT64_C(0x0001000100010001);
}

static inline void walk_hashes(struct walk *w)
{
    uint64_t ends = ends_of(w->now.hex, full_quarters(w->now.hex), &w->hex_carry);
    for (; ends; ends &= ends - 1) {
        unsigned at = (unsigned)__builtin_ctzll(ends);
        size_t start = start_of(w->now.hex, at, w->base, w->hex_gap);
        size_t end = w->base + at;
        size_t len = end - start;
        bool is_hash = len == 32 || len == 40 || len == 64 || len == 128;
        if (!is_hash || char_is_alnum(w->text[end]) || char_is_alnum(w->text[(long)start - 1]))
            continue;
        note(w, start, end, SWEEP_SHAPE_HASH, judge_by(w, w->plan->wants_all_hashes, end, len));
    }
}

/* Runs of hexadecimal digits, dots and colons with "::" or seven colons: IPv6. */
static inline void walk_colons(struct walk *w)
{
    uint64_t run = w->now.hex | w->now.dot | w->now.colon;
    uint64_t ends = ends_of(run, w->now.colon, &w->colon_carry);
    for (; ends; ends &= ends - 1) {
        unsigned at = (unsigned)__builtin_ctzll(ends);
        size_t start = start_of(run, at, w->base, w->colon_gap);
        size_t end = w->base + at;
        size_t len = end - start;
        if (len < 3 || len > 46)
            continue;
        uint64_t colons = window(w->now.colon, w->before.colon, at) & ~UINT64_C(0) << (64 - len);
        if ((colons & colons << 1) || __builtin_popcountll(colons) >= 6)
            note(w, start, end, SWEEP_SHAPE_COLONS, 0);
    }
    w->colon_gap = gap_after(run, w->base, w->colon_gap);
}

static inline void walk_block(struct walk *w)
{
    const struct sweep_plan *plan = w->plan;
    walk_names(w);
    if (plan->wants_hashes)
        walk_hashes(w);
    if (plan->wants_colons)
        walk_colons(w);
    if (plan->wants_words)
        walk_words(w);
    if (w->now.disguise && w->found->disguise_count < w->found->disguise_capacity)
        w->found->disguises[w->found->disguise_count++] =
            (uint32_t)(w->base + (size_t)__builtin_ctzll(w->now.disguise));
    w->token_gap = gap_after(w->now.token, w->base, w->token_gap);
    w->hex_gap = gap_after(w->now.hex, w->base, w->hex_gap);
    w->found->line_count += (size_t)__builtin_popcountll(w->now.newline);
    w->before = w->now;
    if (w->found->count - w->found->sifted >= SWEEP_SIFT_AT)
        sift(w);
}

/* The classes of the 64 bytes at `at`; the one behind them may be looked at, too. */
typedef struct sweep_masks classify_fn(const char *at);

/* The whole text; see sweep_walk_fn. Inlined, so that `classify` is no call. */
static inline __attribute__((always_inline)) void walk_text(const struct sweep_plan *plan,
                                                            const char *text, size_t len,
                                                            struct sweep_found *found,
                                                            classify_fn *classify)
{
    struct walk w = {.plan = plan, .found = found, .text = text};
    for (; w.base < len + SWEEP_PADDING_MIN; w.base += 64) {
        w.now = classify(text + w.base);
        walk_block(&w);
    }
    sift(&w);
    found->line_count -= w.base - len; /* the padding's */
}

#endif
