/*
 * The scanner works on masks of 64 bytes: which are quotes, backslashes, opening and closing
 * brackets. A running exclusive or over the quotes that are not escaped tells what is inside a
 * string. Only blocks in which the depth might reach zero are looked at bracket by bracket.
 */
#include "stix/scan.h"

#define BLOCK_BYTES 64
#define EVEN_BITS UINT64_C(0x5555555555555555)

struct masks {
    uint64_t quote;
    uint64_t backslash;
    uint64_t open;
    uint64_t close;
};

#ifdef __SSE2__
#include <emmintrin.h>

static uint64_t equal_bits(__m128i bytes, char wanted)
{
    return (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(wanted)));
}

/* '{' and '[' differ from each other in one bit only, and so do '}' and ']'. */
static struct masks block_masks(const char *at)
{
    struct masks m = {0};
    for (unsigned i = 0; i < BLOCK_BYTES; i += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(at + i));
        __m128i folded = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
        m.quote |= equal_bits(bytes, '"') << i;
        m.backslash |= equal_bits(bytes, '\\') << i;
        m.open |= equal_bits(folded, '{') << i;
        m.close |= equal_bits(folded, '}') << i;
    }
    return m;
}
#else
static struct masks block_masks(const char *at)
{
    struct masks m = {0};
    for (unsigned i = 0; i < BLOCK_BYTES; i++) {
        uint64_t bit = (uint64_t)1 << i;
        char c = at[i];
        m.quote |= c == '"' ? bit : 0;
        m.backslash |= c == '\\' ? bit : 0;
        m.open |= c == '{' || c == '[' ? bit : 0;
        m.close |= c == '}' || c == ']' ? bit : 0;
    }
    return m;
}
#endif

/*
 * The bytes that a backslash before them escapes. A run of backslashes escapes what follows it if
 * its length is odd; adding the starts of runs carries along each run to its end.
 */
static uint64_t escaped_bits(struct scan *s, uint64_t backslash)
{
    if (backslash == 0) {
        uint64_t first = s->escape;
        s->escape = 0;
        return first;
    }
    backslash &= ~s->escape;
    uint64_t follows = backslash << 1 | s->escape;
    uint64_t odd_starts = backslash & ~EVEN_BITS & ~follows;
    uint64_t even_runs;
    s->escape = __builtin_add_overflow(odd_starts, backslash, &even_runs) ? 1 : 0;
    return (EVEN_BITS ^ even_runs << 1) & follows;
}

/* Bit i is the exclusive or of bits 0 to i. */
static uint64_t running_xor(uint64_t bits)
{
    for (unsigned shift = 1; shift < BLOCK_BYTES; shift *= 2)
        bits ^= bits << shift;
    return bits;
}

/* Ones, without an instruction for it: not every processor that this is compiled for has one. */
static uint64_t count_ones(uint64_t bits)
{
    bits -= bits >> 1 & EVEN_BITS;
    bits = (bits & UINT64_C(0x3333333333333333)) + (bits >> 2 & UINT64_C(0x3333333333333333));
    bits = (bits + (bits >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return bits * UINT64_C(0x0101010101010101) >> 56;
}

/* Walks the brackets of one block; true where the depth reaches zero, at bit `*where`. */
static bool walk_brackets(struct scan *s, uint64_t open, uint64_t close, unsigned *where)
{
    uint64_t brackets = open | close;
    while (brackets) {
        uint64_t bit = brackets & (~brackets + 1);
        brackets ^= bit;
        if (open & bit) {
            s->depth++;
        } else if (--s->depth == 0) {
            *where = (unsigned)__builtin_ctzll(bit);
            return true;
        }
    }
    return false;
}

static bool scan_block(struct scan *s, const char *at, unsigned *where)
{
    struct masks m = block_masks(at);
    uint64_t quote = m.quote & ~escaped_bits(s, m.backslash);
    if (quote == 0 && s->in_text) /* the middle of a long text */
        return false;
    uint64_t in_text = running_xor(quote) ^ s->in_text;
    s->in_text = 0 - (in_text >> (BLOCK_BYTES - 1)); /* all ones, or none */
    uint64_t open = m.open & ~in_text;
    uint64_t close = m.close & ~in_text;
    if ((open | close) == 0) /* most blocks of long texts */
        return false;
    uint64_t closes = count_ones(close);
    if (s->depth > closes) {
        s->depth += count_ones(open) - closes;
        return false;
    }
    return walk_brackets(s, open, close, where);
}

bool scan_value(struct scan *s, str text, size_t *end)
{
    unsigned where;
    while (s->at + BLOCK_BYTES <= text.len) {
        if (scan_block(s, text.at + s->at, &where)) {
            *end = s->at + where + 1;
            return true;
        }
        s->at += BLOCK_BYTES;
    }
    /* The rest is looked at in a copy filled with blanks; the scan goes on from its beginning. */
    char rest[BLOCK_BYTES];
    memset(rest, ' ', sizeof(rest));
    memcpy(rest, text.at + s->at, text.len - s->at);
    struct scan trial = *s;
    if (!scan_block(&trial, rest, &where))
        return false;
    *end = s->at + where + 1;
    return true;
}

static bool begins_code_point(char c)
{
    return ((unsigned char)c & 0xc0) != 0x80;
}

#ifdef __SSE2__
/* Adds the bytes of `which` that are all ones to the two halves of `counts`. */
static __m128i add_bytes(__m128i counts, __m128i which)
{
    __m128i each = _mm_and_si128(which, _mm_set1_epi8(1));
    return _mm_add_epi64(counts, _mm_sad_epu8(each, _mm_setzero_si128()));
}

static uint64_t sum_of(__m128i counts)
{
    uint64_t halves[2];
    _mm_storeu_si128((__m128i *)(void *)halves, counts);
    return halves[0] + halves[1];
}

static uint64_t count_newlines(str s)
{
    __m128i counts = _mm_setzero_si128();
    size_t i = 0;
    for (; i + 16 <= s.len; i += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(s.at + i));
        counts = add_bytes(counts, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')));
    }
    uint64_t count = sum_of(counts);
    for (; i < s.len; i++)
        count += s.at[i] == '\n';
    return count;
}

/* As signed bytes, those that go on a code point are the lowest 64. */
static uint64_t count_code_points(str s)
{
    __m128i counts = _mm_setzero_si128();
    size_t i = 0;
    for (; i + 16 <= s.len; i += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(s.at + i));
        counts = add_bytes(counts, _mm_cmpgt_epi8(bytes, _mm_set1_epi8(-65)));
    }
    uint64_t count = sum_of(counts);
    for (; i < s.len; i++)
        count += begins_code_point(s.at[i]);
    return count;
}
#else
static uint64_t count_newlines(str s)
{
    uint64_t count = 0;
    for (size_t i = 0; i < s.len; i++)
        count += s.at[i] == '\n';
    return count;
}

static uint64_t count_code_points(str s)
{
    uint64_t count = 0;
    for (size_t i = 0; i < s.len; i++)
        count += begins_code_point(s.at[i]);
    return count;
}
#endif

void scan_advance(struct scan_place *place, str bytes)
{
    if (bytes.len == 0)
        return;
    const char *newline = memrchr(bytes.at, '\n', bytes.len);
    if (newline) {
        place->line += count_newlines(bytes);
        place->column = 1;
        bytes = str_skip(bytes, (size_t)(newline - bytes.at) + 1);
    }
    place->column += count_code_points(bytes);
}
