/*
 * Scanning with AVX2 or AVX-512, by what this is compiled for: once for each (meson.build).
 */
#include "stix/scan_parts.h"

#include <immintrin.h>

#ifdef __AVX512BW__
#define KERNEL SCAN_AVX512

typedef __m512i block;

static inline block load(const char *at)
{
    return _mm512_loadu_si512(at);
}

static inline uint64_t equal_bits(block v, char wanted)
{
    return _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8(wanted));
}

static inline block fold(block v)
{
    return _mm512_or_si512(v, _mm512_set1_epi8(0x20));
}

static inline uint64_t begin_bits(const char *at)
{
    return _mm512_cmpgt_epi8_mask(load(at), _mm512_set1_epi8(-65));
}
#else
#define KERNEL SCAN_AVX2

typedef struct {
    __m256i low;
    __m256i high;
} block;

static inline block load(const char *at)
{
    const __m256i *halves = (const __m256i *)(const void *)at;
    return (block){_mm256_loadu_si256(halves), _mm256_loadu_si256(halves + 1)};
}

static inline uint64_t bits_of(__m256i low, __m256i high)
{
    uint64_t upper = (uint32_t)_mm256_movemask_epi8(high);
    return upper << 32 | (uint32_t)_mm256_movemask_epi8(low);
}

static inline uint64_t equal_bits(block v, char wanted)
{
    __m256i all = _mm256_set1_epi8(wanted);
    return bits_of(_mm256_cmpeq_epi8(v.low, all), _mm256_cmpeq_epi8(v.high, all));
}

static inline block fold(block v)
{
    __m256i bit = _mm256_set1_epi8(0x20);
    return (block){_mm256_or_si256(v.low, bit), _mm256_or_si256(v.high, bit)};
}

static inline uint64_t begin_bits(const char *at)
{
    block v = load(at);
    __m256i least = _mm256_set1_epi8(-65);
    return bits_of(_mm256_cmpgt_epi8(v.low, least), _mm256_cmpgt_epi8(v.high, least));
}
#endif

/* '{' and '[' differ from each other in one bit only, and so do '}' and ']'. */
static inline struct scan_masks masks_of(const char *at)
{
    block v = load(at);
    block folded = fold(v);
    return (struct scan_masks){
        .quote = equal_bits(v, '"'),
        .backslash = equal_bits(v, '\\'),
        .open = equal_bits(folded, '{'),
        .close = equal_bits(folded, '}'),
    };
}

static inline uint64_t newline_bits(const char *at)
{
    return equal_bits(load(at), '\n');
}

static bool wide_value(struct scan *s, str text, size_t *end)
{
    return scan_value_by(masks_of, s, text, end);
}

static uint64_t wide_newlines(str s)
{
    return count_newlines_by(newline_bits, s);
}

static uint64_t wide_code_points(str s)
{
    return count_code_points_by(begin_bits, s);
}

const struct scan_kernel KERNEL = {wide_value, wide_newlines, wide_code_points};
