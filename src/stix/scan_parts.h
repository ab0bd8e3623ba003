/*
 * The scanner, whatever makes the masks of a block: a part of scan.c and of scan_wide.c, which is
 * compiled for processors that offer more.
 *
 * It works on masks of 64 bytes: which are quotes, backslashes, opening and closing brackets. A
 * running exclusive or over the quotes that are not escaped tells what is inside a string. Only
 * blocks in which the depth might reach zero are looked at bracket by bracket.
 */
#ifndef TOCSIN_STIX_SCAN_PARTS_H
#define TOCSIN_STIX_SCAN_PARTS_H

#include "stix/scan.h"

#ifdef __PCLMUL__
#include <immintrin.h>
#endif

#define SCAN_BLOCK_BYTES 64
#define EVEN_BITS UINT64_C(0x5555555555555555)

struct scan_masks {
    uint64_t quote;
    uint64_t backslash;
    uint64_t open;
    uint64_t close;
};

/* What a processor does: scan_value, and the two counts of scan_advance. */
struct scan_kernel {
    bool (*value)(struct scan *s, str text, size_t *end);
    uint64_t (*newlines)(str s);
    uint64_t (*code_points)(str s);
};

extern const struct scan_kernel SCAN_PLAIN;
#if defined(__x86_64__)
extern const struct scan_kernel SCAN_AVX2;
extern const struct scan_kernel SCAN_AVX512;
#endif

#define SCAN_KERNELS_MAX 3u

/* Those that this processor can run, the fastest first; how many. All give the same. */
size_t scan_kernels(const struct scan_kernel *there[SCAN_KERNELS_MAX]);

/*
 * The bytes that a backslash before them escapes. A run of backslashes escapes what follows it if
 * its length is odd; adding the starts of runs carries along each run to its end.
 */
static inline uint64_t escaped_bits(struct scan *s, uint64_t backslash)
{
    if (backslash == 0) {
        uint64_t first = s->escape;
        s->escape = 0;
        return first;
    }
    backslash &= ~s->escape;
    uint64_t follows = backslash << 1 | s->escape;
    uint64_t odd_starts = backslash & ~EVEN_BITS & ~follows;
    uint64_t even_runs;
    s->escape = __builtin_add_overflow(odd_starts, backslash, &even_runs) ? 1 : 0;
    return (EVEN_BITS ^ even_runs << 1) & follows;
}

/* Bit i is the exclusive or of bits 0 to i. */
static inline uint64_t running_xor(uint64_t bits)
{
#ifdef __PCLMUL__
    __m128i product = _mm_clmulepi64_si128(_mm_set_epi64x(0, (int64_t)bits), _mm_set1_epi8(-1), 0);
    return (uint64_t)_mm_cvtsi128_si64(product);
#else
    for (unsigned shift = 1; shift < SCAN_BLOCK_BYTES; shift *= 2)
        bits ^= bits << shift;
    return bits;
#endif
}

static inline uint64_t count_ones(uint64_t bits)
{
#ifdef __POPCNT__
    return (uint64_t)__builtin_popcountll(bits);
#else
    bits -= bits >> 1 & EVEN_BITS;
    bits = (bits & UINT64_C(0x3333333333333333)) + (bits >> 2 & UINT64_C(0x3333333333333333));
    bits = (bits + (bits >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return bits * UINT64_C(0x0101010101010101) >> 56;
#endif
}

/* Walks the brackets of one block; true where the depth reaches zero, at bit `*where`. */
static inline bool walk_brackets(struct scan *s, uint64_t open, uint64_t close, unsigned *where)
{
    uint64_t brackets = open | close;
    while (brackets) {
        uint64_t bit = brackets & (~brackets + 1);
        brackets ^= bit;
        if (open & bit) {
            s->depth++;
        } else if (--s->depth == 0) {
            *where = (unsigned)__builtin_ctzll(bit);
            return true;
        }
    }
    return false;
}

static inline bool scan_block(struct scan *s, struct scan_masks m, unsigned *where)
{
    uint64_t quote = m.quote & ~escaped_bits(s, m.backslash);
    if (quote == 0 && s->in_text) /* the middle of a long text */
        return false;
    uint64_t in_text = running_xor(quote) ^ s->in_text;
    s->in_text = 0 - (in_text >> (SCAN_BLOCK_BYTES - 1)); /* all ones, or none */
    uint64_t open = m.open & ~in_text;
    uint64_t close = m.close & ~in_text;
    if ((open | close) == 0) /* most blocks of long texts */
        return false;
    uint64_t closes = count_ones(close);
    if (s->depth > closes) {
        s->depth += count_ones(open) - closes;
        return false;
    }
    return walk_brackets(s, open, close, where);
}

typedef struct scan_masks scan_masks_fn(const char *at);

/* scan_value, by the masks that the processor makes of a block. */
static inline bool scan_value_by(scan_masks_fn *masks_of, struct scan *s, str text, size_t *end)
{
    unsigned where;
    while (s->at + SCAN_BLOCK_BYTES <= text.len) {
        if (scan_block(s, masks_of(text.at + s->at), &where)) {
            *end = s->at + where + 1;
            return true;
        }
        s->at += SCAN_BLOCK_BYTES;
    }
    /* The rest is looked at in a copy filled with blanks; the scan goes on from its beginning. */
    char rest[SCAN_BLOCK_BYTES];
    memset(rest, ' ', sizeof(rest));
    memcpy(rest, text.at + s->at, text.len - s->at);
    struct scan trial = *s;
    if (!scan_block(&trial, masks_of(rest), &where))
        return false;
    *end = s->at + where + 1;
    return true;
}

static inline bool begins_code_point(char c)
{
    return ((unsigned char)c & 0xc0) != 0x80;
}

typedef uint64_t scan_bits_fn(const char *at);

/* How many bits there are over whole blocks; `*rest` is what is left behind them. */
static inline uint64_t count_bits(scan_bits_fn *bits_of, str s, str *rest)
{
    uint64_t count = 0;
    size_t i = 0;
    for (; i + SCAN_BLOCK_BYTES <= s.len; i += SCAN_BLOCK_BYTES)
        count += count_ones(bits_of(s.at + i));
    *rest = str_skip(s, i);
    return count;
}

static inline uint64_t count_newlines_by(scan_bits_fn *newline_bits, str s)
{
    str rest;
    uint64_t count = count_bits(newline_bits, s, &rest);
    for (size_t i = 0; i < rest.len; i++)
        count += rest.at[i] == '\n';
    return count;
}

static inline uint64_t count_code_points_by(scan_bits_fn *begin_bits, str s)
{
    str rest;
    uint64_t count = count_bits(begin_bits, s, &rest);
    for (size_t i = 0; i < rest.len; i++)
        count += begins_code_point(rest.at[i]);
    return count;
}

#endif
