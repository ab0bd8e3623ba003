/*
 * The walk with AVX2: a block is two registers.
 */
#include "sweep/kernel.h"
#include "sweep/places.h"

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

#include "sweep/wide.inc"

/* As that of kernel_avx512.c, four words at once. */
static inline uint64_t put_ends(uint64_t *ends, const uint64_t *runs, const uint64_t *marks,
                                size_t count, bool *carry)
{
    uint64_t none = 0;
    static const uint64_t ONES[16][4] = {{0, 0, 0, 0}, {1, 0, 0, 0}, {0, 1, 0, 0}, {1, 1, 0, 0},
                                         {0, 0, 1, 0}, {1, 0, 1, 0}, {0, 1, 1, 0}, {1, 1, 1, 0},
                                         {0, 0, 0, 1}, {1, 0, 0, 1}, {0, 1, 0, 1}, {1, 1, 0, 1},
                                         {0, 0, 1, 1}, {1, 0, 1, 1}, {0, 1, 1, 1}, {1, 1, 1, 1}};
    const __m256i top = _mm256_set1_epi64x(INT64_MIN);
    const __m256i full = _mm256_set1_epi64x(-1);
    for (size_t i = 0; i < count; i += 4) {
        __m256i run = _mm256_loadu_si256((const __m256i *)(const void *)(runs + i));
        __m256i mark = _mm256_loadu_si256((const __m256i *)(const void *)(marks + i));
        __m256i sum = _mm256_add_epi64(run, mark);
        __m256i less = _mm256_cmpgt_epi64(_mm256_xor_si256(run, top), _mm256_xor_si256(sum, top));
        __m256i all = _mm256_cmpeq_epi64(sum, full);
        unsigned over = (unsigned)_mm256_movemask_pd(_mm256_castsi256_pd(less)) << 1 | *carry;
        unsigned passed = (unsigned)_mm256_movemask_pd(_mm256_castsi256_pd(all));
        unsigned into = (over + passed) ^ passed;
        sum = _mm256_add_epi64(sum,
                               _mm256_loadu_si256((const __m256i *)(const void *)ONES[into & 15]));
        __m256i end = _mm256_andnot_si256(run, sum);
        _mm256_storeu_si256((__m256i *)(void *)(ends + i), end);
        __m256i zero = _mm256_cmpeq_epi64(end, _mm256_setzero_si256());
        none |= (uint64_t)(unsigned)_mm256_movemask_pd(_mm256_castsi256_pd(zero)) << i;
        *carry = into >> 4 & 1;
    }
    return ~none;
}

#include "sweep/walk.inc"

void sweep_walk_avx2(const struct sweep_plan *plan, const char *text, size_t len,
                     struct sweep_found *found)
{
    walk_text(plan, text, len, found);
}
