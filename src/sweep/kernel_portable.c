/*
 * The walk in C alone: a table gives each byte's classes as bits of a byte, and of eight such bytes
 * at a time each class is gathered at once.
 */

#include "sweep/kernel.h"
#include "sweep/places.h"

enum class {
    CLASS_TOKEN,
    CLASS_DOT,
    CLASS_DIGIT,
    CLASS_HEX,
    CLASS_COLON,
    CLASS_NEWLINE,
    CLASS_DISGUISE,
    CLASS_OPEN,
};

#define T (1u << CLASS_TOKEN)
#define P (T | 1u << CLASS_DOT)
#define H (T | 1u << CLASS_HEX)
#define D (H | 1u << CLASS_DIGIT)
#define B (T | 1u << CLASS_DISGUISE) /* beyond ASCII */
#define C (1u << CLASS_COLON)
#define N (1u << CLASS_NEWLINE)
#define X (1u << CLASS_DISGUISE)
#define O (1u << CLASS_OPEN)

/* clang-format off: sixteen a row */
static const uint8_t CLASSES[256] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, N, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, X, 0, 0, O, 0, 0, 0, 0, T, P, 0, D, D, D, D, D, D, D, D, D, D, C, 0, 0, 0, 0, 0,
    0, H, H, H, H, H, H, T, T, T, T, T, T, T, T, T, T, T, T, T, T, T, T, T, T, T, T, O, X, 0, 0, T,
    0, H, H, H, H, H, H, T, T, T, T, T, T, T, T, T, T, T, T, T, T, T, T, T, T, T, T, O, 0, 0, 0, 0,
    B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B,
    B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B,
    B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B,
    B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B,
};
/* clang-format on */

/* The classes of eight bytes, the first byte's lowest. */
static inline uint64_t classes_of(const char *at)
{
    uint64_t all = 0;
    for (unsigned i = 0; i < 8; i++)
        all |= (uint64_t)CLASSES[(unsigned char)at[i]] << i * 8;
    return all;
}

/* One bit of each of eight bytes, side by side. */
static inline uint64_t gather(uint64_t classes, enum class which)
{
    uint64_t each = classes >> which & UINT64_C(0x0101010101010101);
    return each * UINT64_C(0x0102040810204080) >> 56;
}

static inline bool is_opened(char c)
{
    static const bool OPENED[256] = {['.'] = true, [':'] = true, ['@'] = true, ['/'] = true,
                                     ['d'] = true, ['D'] = true, ['a'] = true, ['A'] = true};
    return OPENED[(unsigned char)c];
}

/* Of the bytes that follow one of `open`, or of the block's first, those that are opened. */
static inline uint64_t opened_after(const char *at, uint64_t open)
{
    uint64_t opened = is_opened(*at);
    for (uint64_t rest = open << 1; rest; rest &= rest - 1) {
        unsigned i = (unsigned)__builtin_ctzll(rest);
        opened |= (uint64_t)is_opened(at[i]) << i;
    }
    return opened;
}

static inline struct sweep_masks classify(const char *at)
{
    struct sweep_masks m = {0};
    for (unsigned i = 0; i < 64; i += 8) {
        uint64_t eight = classes_of(at + i);
        m.token |= gather(eight, CLASS_TOKEN) << i;
        m.dot |= gather(eight, CLASS_DOT) << i;
        m.digit |= gather(eight, CLASS_DIGIT) << i;
        m.hex |= gather(eight, CLASS_HEX) << i;
        m.colon |= gather(eight, CLASS_COLON) << i;
        m.newline |= gather(eight, CLASS_NEWLINE) << i;
        m.disguise |= gather(eight, CLASS_DISGUISE) << i;
        m.open |= gather(eight, CLASS_OPEN) << i;
    }
    for (uint64_t rest = m.open; rest; rest &= rest - 1)
        m.round |= (uint64_t)(at[__builtin_ctzll(rest)] == '(') << __builtin_ctzll(rest);
    m.opened = opened_after(at, m.open);
    return m;
}

/* See walk.inc. */
static inline uint64_t put_ends(uint64_t *ends, const uint64_t *runs, const uint64_t *marks,
                                size_t count, bool *carry)
{
    uint64_t which = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t sum;
        uint64_t all;
        bool over = __builtin_add_overflow(runs[i], marks[i], &sum);
        over |= __builtin_add_overflow(sum, (uint64_t)*carry, &all);
        *carry = over;
        ends[i] = all & ~runs[i];
        which |= (uint64_t)(ends[i] != 0) << i;
    }
    return which;
}

#include "sweep/walk.inc"

void sweep_walk_portable(const struct sweep_plan *plan, const char *text, size_t len,
                         struct sweep_found *found)
{
    walk_text(plan, text, len, found);
}
