/*
 * The walk with AVX2: a block is two registers.
 */
#include "sweep/kernel.h"

#include <immintrin.h>

typedef struct {
    __m256i low;
    __m256i high;
} wide;

static inline wide load(const char *at)
{
    return (wide){_mm256_loadu_si256((const __m256i *)(const void *)at),
                  _mm256_loadu_si256((const __m256i *)(const void *)(at + 32))};
}

/* The top bit of each byte. */
static inline uint64_t is_beyond(wide v)
{
    return (uint32_t)_mm256_movemask_epi8(v.low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(v.high)
                                                       << 32;
}

static inline __m256i table(const unsigned char *sixteen)
{
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)sixteen));
}

static inline __m256i upper(__m256i v)
{
    return _mm256_and_si256(_mm256_srli_epi16(v, 4), _mm256_set1_epi8(0x0f));
}

/* A byte whose top bit is set finds nothing in the first table. */
static inline wide look_up(wide v, const unsigned char *low, const unsigned char *high)
{
    return (wide){_mm256_and_si256(_mm256_shuffle_epi8(table(low), v.low),
                                   _mm256_shuffle_epi8(table(high), upper(v.low))),
                  _mm256_and_si256(_mm256_shuffle_epi8(table(low), v.high),
                                   _mm256_shuffle_epi8(table(high), upper(v.high)))};
}

/* Bytes with one of `bits`. Of one bit, it is moved to the top: what comes along from the byte
 * beside it lies below. */
static inline uint64_t has(wide v, int bits)
{
    bool is_one = (bits & (bits - 1)) == 0;
    if (is_one) {
        int up = 7 - __builtin_ctz((unsigned)bits);
        return is_beyond((wide){_mm256_slli_epi16(v.low, up), _mm256_slli_epi16(v.high, up)});
    }
    __m256i all = _mm256_set1_epi8((char)bits);
    __m256i none = _mm256_setzero_si256();
    return ~is_beyond((wide){_mm256_cmpeq_epi8(_mm256_and_si256(v.low, all), none),
                             _mm256_cmpeq_epi8(_mm256_and_si256(v.high, all), none)});
}

#include "sweep/walk.h"
#include "sweep/wide.inc"

void sweep_walk_avx2(const struct sweep_plan *plan, const char *text, size_t len,
                     struct sweep_found *found)
{
    walk_text(plan, text, len, found, classify);
}
