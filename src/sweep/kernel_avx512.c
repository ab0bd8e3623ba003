/*
 * The walk with AVX-512: a block is one register, a class one comparison.
 */
#include "sweep/kernel.h"

#include <immintrin.h>

typedef __m512i wide;

static inline wide load(const char *at)
{
    return _mm512_loadu_si512(at);
}

/* The top bit of each byte. */
static inline uint64_t is_beyond(wide v)
{
    return _mm512_movepi8_mask(v);
}

static inline wide table(const unsigned char *sixteen)
{
    return _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)(const void *)sixteen));
}

/* A byte whose top bit is set finds nothing in the first table. */
static inline wide look_up(wide v, const unsigned char *low, const unsigned char *high)
{
    wide upper = _mm512_and_si512(_mm512_srli_epi16(v, 4), _mm512_set1_epi8(0x0f));
    return _mm512_and_si512(_mm512_shuffle_epi8(table(low), v),
                            _mm512_shuffle_epi8(table(high), upper));
}

static inline uint64_t has(wide v, int bits)
{
    return _mm512_test_epi8_mask(v, _mm512_set1_epi8((char)bits));
}

#include "sweep/wide.inc"

/*
 * Eight words are added at once. Those that overflow, and those that a carry would make overflow,
 * say by an addition of their own which words are carried into.
 */
static inline uint64_t put_ends(uint64_t *ends, const uint64_t *runs, const uint64_t *marks,
                                size_t count, bool *carry)
{
    uint64_t which = 0;
    const wide ones = _mm512_set1_epi64(-1);
    for (size_t i = 0; i < count; i += 8) {
        wide run = _mm512_loadu_si512(runs + i);
        wide sum = _mm512_add_epi64(run, _mm512_loadu_si512(marks + i));
        unsigned over = (unsigned)_mm512_cmplt_epu64_mask(sum, run) << 1 | *carry;
        unsigned full = _mm512_cmpeq_epi64_mask(sum, ones);
        unsigned into = (over + full) ^ full;
        sum = _mm512_mask_sub_epi64(sum, (__mmask8)into, sum, ones);
        wide end = _mm512_andnot_si512(run, sum);
        _mm512_storeu_si512(ends + i, end);
        which |= (uint64_t)_mm512_test_epi64_mask(end, end) << i;
        *carry = into >> 8 & 1;
    }
    return which;
}

/* Packs the bytes 0 to 63 that have a bit. Most blocks have eight or fewer. */
static inline void put_places(uint16_t *to, size_t base, uint64_t ends)
{
    static const unsigned char NUMBERS[64] = {
        0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
        22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
        44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
    wide packed = _mm512_maskz_compress_epi8(ends, _mm512_loadu_si512(NUMBERS));
    __m128i few = _mm_cvtepu8_epi16(_mm512_castsi512_si128(packed));
    _mm_storeu_si128((__m128i *)(void *)to, _mm_add_epi16(few, _mm_set1_epi16((short)base)));
    if (__builtin_expect(__builtin_popcountll(ends) <= 8, 1))
        return;
    wide all = _mm512_cvtepu8_epi16(_mm512_castsi512_si256(packed));
    _mm512_storeu_si512(to, _mm512_add_epi16(all, _mm512_set1_epi16((short)base)));
}

#include "sweep/walk.inc"

void sweep_walk_avx512(const struct sweep_plan *plan, const char *text, size_t len,
                       struct sweep_found *found)
{
    walk_text(plan, text, len, found);
}
