/*
 * The walk in C alone: a table gives each byte's classes as bits of a byte, and of eight such bytes
 * at a time each class is gathered at once.
 */
#include "sweep/walk.h"

enum class {
    CLASS_TOKEN,
    CLASS_DOT,
    CLASS_DIGIT,
    CLASS_HEX,
    CLASS_COLON,
    CLASS_NEWLINE,
    CLASS_DISGUISE, /* whatever follows */
    CLASS_OPEN,     /* a disguise if the next is opened */
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

static inline uint64_t opened_after(const char *at)
{
    uint64_t opened = 0;
    for (unsigned i = 0; i < 64; i++)
        opened |= (sweep_is_opened(at[i + 1]) | (at[i] == '(' && char_is_digit(at[i + 1]))) << i;
    return opened;
}

static inline struct sweep_masks classify(const char *at)
{
    struct sweep_masks m = {0};
    uint64_t open = 0;
    for (unsigned i = 0; i < 64; i += 8) {
        uint64_t eight = classes_of(at + i);
        m.token |= gather(eight, CLASS_TOKEN) << i;
        m.dot |= gather(eight, CLASS_DOT) << i;
        m.digit |= gather(eight, CLASS_DIGIT) << i;
        m.hex |= gather(eight, CLASS_HEX) << i;
        m.colon |= gather(eight, CLASS_COLON) << i;
        m.newline |= gather(eight, CLASS_NEWLINE) << i;
        m.disguise |= gather(eight, CLASS_DISGUISE) << i;
        open |= gather(eight, CLASS_OPEN) << i;
    }
    if (open)
        m.disguise |= open & opened_after(at);
    return m;
}

void sweep_walk_portable(const struct sweep_plan *plan, const char *text, size_t len,
                         struct sweep_found *found)
{
    walk_text(plan, text, len, found, classify);
}
