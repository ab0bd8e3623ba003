/*
 * The walk in C alone: a table gives each byte's classes.
 */
#include "sweep/walk.h"

enum class {
    CLASS_TOKEN = 1,
    CLASS_DOT = 2,
    CLASS_DIGIT = 4,
    CLASS_HEX = 8,
    CLASS_COLON = 16,
    CLASS_NEWLINE = 32,
    CLASS_DISGUISE = 64, /* whatever follows */
    CLASS_OPEN = 128,    /* a disguise if the next is opened */
};

static inline unsigned class_of(unsigned char c)
{
    unsigned lower = c | 0x20u;
    unsigned is_digit = c >= '0' && c <= '9';
    unsigned is_letter = lower >= 'a' && lower <= 'z';
    unsigned is_hex = is_digit || (lower >= 'a' && lower <= 'f');
    unsigned is_token = is_digit || is_letter || c == '-' || c == '_' || c == '.' || c >= 0x80;
    unsigned is_open = c == '[' || c == '(' || c == '{';
    unsigned is_disguise = c >= 0x80 || c == '%' || c == '\\';
    return is_token * CLASS_TOKEN | (unsigned)(c == '.') * CLASS_DOT | is_digit * CLASS_DIGIT |
           is_hex * CLASS_HEX | (unsigned)(c == ':') * CLASS_COLON |
           (unsigned)(c == '\n') * CLASS_NEWLINE | is_disguise * CLASS_DISGUISE |
           is_open * CLASS_OPEN;
}

static inline struct sweep_masks classify(const char *at)
{
    struct sweep_masks m = {0};
    for (unsigned i = 0; i < 64; i++) {
        unsigned class = class_of((unsigned char)at[i]);
        m.token |= (uint64_t)(class & 1) << i;
        m.dot |= (uint64_t)(class >> 1 & 1) << i;
        m.digit |= (uint64_t)(class >> 2 & 1) << i;
        m.hex |= (uint64_t)(class >> 3 & 1) << i;
        m.colon |= (uint64_t)(class >> 4 & 1) << i;
        m.newline |= (uint64_t)(class >> 5 & 1) << i;
        uint64_t opens = class >> 7 & 1 & sweep_is_opened(at[i + 1]);
        m.disguise |= ((class >> 6 & 1) | opens) << i;
    }
    return m;
}

void sweep_walk_portable(const struct sweep_plan *plan, const char *text, size_t len,
                         struct sweep_found *found)
{
    walk_text(plan, text, len, found, classify);
}
