/*
 * The walk with AVX-512: a block is one register, a class one comparison.
 */
#include "sweep/walk.h"

#include <immintrin.h>

static inline __mmask64 is_byte(__m512i v, char c)
{
    return _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8(c));
}

/* Bytes from `first` on, `count` of them. */
static inline __mmask64 is_among(__m512i v, char first, char count)
{
    return _mm512_cmplt_epu8_mask(_mm512_sub_epi8(v, _mm512_set1_epi8(first)),
                                  _mm512_set1_epi8(count));
}

static inline struct sweep_masks classify(const char *at)
{
    __m512i v = _mm512_loadu_si512(at);
    __m512i lower = _mm512_or_si512(v, _mm512_set1_epi8(0x20));
    __mmask64 dot = is_byte(v, '.');
    __mmask64 digit = is_among(v, '0', 10);
    __mmask64 colon = is_byte(v, ':');
    __mmask64 beyond = _mm512_movepi8_mask(v);
    __mmask64 open = is_byte(v, '[') | is_byte(v, '(') | is_byte(v, '{');
    __mmask64 opened =
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

void sweep_walk_avx512(const struct sweep_plan *plan, const char *text, size_t len,
                       struct sweep_found *found)
{
    walk_text(plan, text, len, found, classify);
}
