/*
 * Choosing how to scan, and the way that every processor has.
 */
#include "stix/scan_parts.h"

#ifdef __SSE2__
#include <emmintrin.h>

static inline uint64_t bits_of(__m128i bytes)
{
    return (uint64_t)(unsigned)_mm_movemask_epi8(bytes);
}

static inline uint64_t equal_bits(__m128i bytes, char wanted)
{
    return bits_of(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(wanted)));
}

static inline __m128i load(const char *at)
{
    return _mm_loadu_si128((const __m128i *)(const void *)at);
}

/* '{' and '[' differ from each other in one bit only, and so do '}' and ']'. */
static inline struct scan_masks masks_of(const char *at)
{
    struct scan_masks m = {0};
    for (unsigned i = 0; i < SCAN_BLOCK_BYTES; i += 16) {
        __m128i bytes = load(at + i);
        __m128i folded = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
        m.quote |= equal_bits(bytes, '"') << i;
        m.backslash |= equal_bits(bytes, '\\') << i;
        m.open |= equal_bits(folded, '{') << i;
        m.close |= equal_bits(folded, '}') << i;
    }
    return m;
}

static inline uint64_t newline_bits(const char *at)
{
    uint64_t bits = 0;
    for (unsigned i = 0; i < SCAN_BLOCK_BYTES; i += 16)
        bits |= equal_bits(load(at + i), '\n') << i;
    return bits;
}

/* As signed bytes, those that go on a code point are the lowest 64. */
static inline uint64_t begin_bits(const char *at)
{
    uint64_t bits = 0;
    for (unsigned i = 0; i < SCAN_BLOCK_BYTES; i += 16)
        bits |= bits_of(_mm_cmpgt_epi8(load(at + i), _mm_set1_epi8(-65))) << i;
    return bits;
}
#else
static inline struct scan_masks masks_of(const char *at)
{
    struct scan_masks m = {0};
    for (unsigned i = 0; i < SCAN_BLOCK_BYTES; i++) {
        uint64_t bit = (uint64_t)1 << i;
        char c = at[i];
        m.quote |= c == '"' ? bit : 0;
        m.backslash |= c == '\\' ? bit : 0;
        m.open |= c == '{' || c == '[' ? bit : 0;
        m.close |= c == '}' || c == ']' ? bit : 0;
    }
    return m;
}

static inline uint64_t newline_bits(const char *at)
{
    uint64_t bits = 0;
    for (unsigned i = 0; i < SCAN_BLOCK_BYTES; i++)
        bits |= (uint64_t)(at[i] == '\n') << i;
    return bits;
}

static inline uint64_t begin_bits(const char *at)
{
    uint64_t bits = 0;
    for (unsigned i = 0; i < SCAN_BLOCK_BYTES; i++)
        bits |= (uint64_t)begins_code_point(at[i]) << i;
    return bits;
}
#endif

static bool plain_value(struct scan *s, str text, size_t *end)
{
    return scan_value_by(masks_of, s, text, end);
}

static uint64_t plain_newlines(str s)
{
    return count_newlines_by(newline_bits, s);
}

static uint64_t plain_code_points(str s)
{
    return count_code_points_by(begin_bits, s);
}

const struct scan_kernel SCAN_PLAIN = {plain_value, plain_newlines, plain_code_points};

size_t scan_kernels(const struct scan_kernel *there[SCAN_KERNELS_MAX])
{
    size_t count = 0;
#if defined(__x86_64__)
    bool has_both = __builtin_cpu_supports("pclmul") && __builtin_cpu_supports("popcnt");
    if (has_both && __builtin_cpu_supports("avx512bw"))
        there[count++] = &SCAN_AVX512;
    if (has_both && __builtin_cpu_supports("avx2"))
        there[count++] = &SCAN_AVX2;
#endif
    there[count++] = &SCAN_PLAIN;
    return count;
}

static const struct scan_kernel *kernel(void)
{
    const struct scan_kernel *there[SCAN_KERNELS_MAX];
    scan_kernels(there);
    return there[0];
}

bool scan_value(struct scan *s, str text, size_t *end)
{
    return kernel()->value(s, text, end);
}

void scan_advance(struct scan_place *place, str bytes)
{
    if (bytes.len == 0)
        return;
    const char *newline = memrchr(bytes.at, '\n', bytes.len);
    if (newline) {
        place->line += kernel()->newlines(bytes);
        place->column = 1;
        bytes = str_skip(bytes, (size_t)(newline - bytes.at) + 1);
    }
    place->column += kernel()->code_points(bytes);
}
