/*
 * Counting what CBOR announces. Every element takes a byte at least, so that all counts together
 * are no more than the bytes there are; nesting needs no stack for that.
 */
#include "service/cbor_counts.h"

enum { MAJOR_BYTES = 2, MAJOR_TEXT, MAJOR_ARRAY, MAJOR_MAP, MAJOR_TAG, MAJOR_SIMPLE };

#define INFO_DIRECT 23  /* up to it the argument itself */
#define INFO_LONGEST 27 /* up to it 1, 2, 4, 8 bytes hold the argument */
#define INFO_UNTIL_BREAK 31

struct head {
    unsigned major;
    uint64_t argument;
};

static bool has_argument_bytes(str *rest, unsigned info, uint64_t *argument)
{
    size_t size = (size_t)1 << (info - INFO_DIRECT - 1);
    if (rest->len < size)
        return false;
    *argument = 0;
    for (size_t i = 0; i < size; i++)
        *argument = *argument << 8 | (unsigned char)rest->at[i];
    *rest = str_skip(*rest, size);
    return true;
}

/* `rest` is not empty. */
static bool take_head(str *rest, struct head *out)
{
    unsigned first = (unsigned char)rest->at[0];
    unsigned info = first & 31;
    *rest = str_skip(*rest, 1);
    *out = (struct head){.major = first >> 5, .argument = info};
    if (info <= INFO_DIRECT)
        return true;
    if (info <= INFO_LONGEST)
        return has_argument_bytes(rest, info, &out->argument);
    out->argument = 0;
    bool may_be_open = out->major >= MAJOR_BYTES && out->major != MAJOR_TAG;
    return info == INFO_UNTIL_BREAK && may_be_open;
}

bool cbor_counts_are_true(str bytes)
{
    str rest = bytes;
    uint64_t left = bytes.len; /* of the elements that fit */
    while (rest.len) {
        struct head head;
        if (!take_head(&rest, &head))
            return false;
        bool is_string = head.major == MAJOR_BYTES || head.major == MAJOR_TEXT;
        if (is_string && head.argument > rest.len)
            return false;
        if (is_string)
            rest = str_skip(rest, (size_t)head.argument);
        uint64_t each = head.major == MAJOR_ARRAY ? 1 : head.major == MAJOR_MAP ? 2 : 0;
        if (each && head.argument > left / each)
            return false;
        left -= each * head.argument;
    }
    return true;
}
