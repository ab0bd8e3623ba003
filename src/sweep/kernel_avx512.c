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

#include "sweep/walk.h"
#include "sweep/wide.inc"

void sweep_walk_avx512(const struct sweep_plan *plan, const char *text, size_t len,
                       struct sweep_found *found)
{
    walk_text(plan, text, len, found, classify);
}
