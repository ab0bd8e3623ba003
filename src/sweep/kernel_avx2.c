/*
 * The walk with AVX2: a block is two registers.
 */
#include "sweep/walk.h"

#include <immintrin.h>

struct pair {
    __m256i low;
    __m256i high;
};

static inline uint64_t bits(__m256i low, __m256i high)
{
    return (uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high)
                                                     << 32;
}

static inline uint64_t is_byte(struct pair v, char c)
{
    __m256i all = _mm256_set1_epi8(c);
    return bits(_mm256_cmpeq_epi8(v.low, all), _mm256_cmpeq_epi8(v.high, all));
}

static inline __m256i among(__m256i v, char first, char count)
{
    __m256i moved = _mm256_sub_epi8(v, _mm256_set1_epi8(first));
    __m256i most = _mm256_set1_epi8((char)(count - 1));
    return _mm256_cmpeq_epi8(_mm256_min_epu8(moved, most), moved);
}

/* Bytes from `first` on, `count` of them. */
static inline uint64_t is_among(struct pair v, char first, char count)
{
    return bits(among(v.low, first, count), among(v.high, first, count));
}

static inline struct sweep_masks classify(const char *at)
{
    struct pair v = {_mm256_loadu_si256((const __m256i *)(const void *)at),
                     _mm256_loadu_si256((const __m256i *)(const void *)(at + 32))};
    __m256i fold = _mm256_set1_epi8(0x20);
    struct pair lower = {_mm256_or_si256(v.low, fold), _mm256_or_si256(v.high, fold)};
    uint64_t dot = is_byte(v, '.');
    uint64_t digit = is_among(v, '0', 10);
    uint64_t colon = is_byte(v, ':');
    uint64_t beyond = bits(v.low, v.high);
    uint64_t open = is_byte(v, '[') | is_byte(v, '(') | is_byte(v, '{');
    uint64_t opened =
        dot | colon | is_byte(lower, 'd') | is_byte(v, '@') | is_byte(lower, 'a') | is_byte(v, '/');
    return (struct sweep_masks){
        .token =
            is_among(lower, 'a', 26) | digit | dot | beyond | is_byte(v, '-') | is_byte(v, '_'),
        .dot = dot,
        .digit = digit,
        .hex = digit | is_among(lower, 'a', 6),
        .colon = colon,
        .newline = is_byte(v, '\n'),
        .disguise = beyond | is_byte(v, '%') | is_byte(v, '\\') |
                    (open & (opened >> 1 | sweep_is_opened(at[64]) << 63)),
    };
}

void sweep_walk_avx2(const struct sweep_plan *plan, const char *text, size_t len,
                     struct sweep_found *found)
{
    walk_text(plan, text, len, found, classify);
}
