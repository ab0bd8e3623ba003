/*
 * The walk with AVX2: a block is two registers.
 */
#include "sweep/kernel.h"

#include <immintrin.h>

typedef struct {
    __m256i low;
    __m256i high;
} block;

static inline block load(const char *at)
{
    return (block){_mm256_loadu_si256((const __m256i *)(const void *)at),
                   _mm256_loadu_si256((const __m256i *)(const void *)(at + 32))};
}

static inline block lower(block v)
{
    __m256i fold = _mm256_set1_epi8(0x20);
    return (block){_mm256_or_si256(v.low, fold), _mm256_or_si256(v.high, fold)};
}

/* The top bit of each byte. */
static inline uint64_t is_beyond(block v)
{
    return (uint32_t)_mm256_movemask_epi8(v.low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(v.high)
                                                       << 32;
}

static inline uint64_t is_byte(block v, char c)
{
    __m256i all = _mm256_set1_epi8(c);
    return is_beyond((block){_mm256_cmpeq_epi8(v.low, all), _mm256_cmpeq_epi8(v.high, all)});
}

static inline __m256i among(__m256i v, char first, char count)
{
    __m256i moved = _mm256_sub_epi8(v, _mm256_set1_epi8(first));
    __m256i most = _mm256_set1_epi8((char)(count - 1));
    return _mm256_cmpeq_epi8(_mm256_min_epu8(moved, most), moved);
}

/* Bytes from `first` on, `count` of them. */
static inline uint64_t is_among(block v, char first, char count)
{
    return is_beyond((block){among(v.low, first, count), among(v.high, first, count)});
}

#include "sweep/walk.h"
#include "sweep/wide.inc"

void sweep_walk_avx2(const struct sweep_plan *plan, const char *text, size_t len,
                     struct sweep_found *found)
{
    walk_text(plan, text, len, found, classify);
}
