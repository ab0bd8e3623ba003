/*
 * The walk with AVX-512: a block is one register, a class one comparison.
 */
#include "sweep/kernel.h"

#include <immintrin.h>

typedef __m512i block;

static inline block load(const char *at)
{
    return _mm512_loadu_si512(at);
}

static inline block lower(block v)
{
    return _mm512_or_si512(v, _mm512_set1_epi8(0x20));
}

static inline uint64_t is_beyond(block v)
{
    return _mm512_movepi8_mask(v);
}

static inline uint64_t is_byte(block v, char c)
{
    return _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8(c));
}

/* Bytes from `first` on, `count` of them. */
static inline uint64_t is_among(block v, char first, char count)
{
    return _mm512_cmplt_epu8_mask(_mm512_sub_epi8(v, _mm512_set1_epi8(first)),
                                  _mm512_set1_epi8(count));
}

#include "sweep/walk.h"
#include "sweep/wide.inc"

void sweep_walk_avx512(const struct sweep_plan *plan, const char *text, size_t len,
                       struct sweep_found *found)
{
    walk_text(plan, text, len, found, classify);
}
