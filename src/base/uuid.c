/*
 * UUIDs. SHA-1 for version 5 comes from GnuTLS's nettle through hash.c.
 */
#include "base/uuid.h"

#include "base/hash.h"
#include "base/secret.h"

static const char DIGITS[] = "0123456789abcdef";

/* Ids are read so often that a test for each digit would be seen. */
static const bool IS_HEX[256] = {
    ['0'] = true, ['1'] = true, ['2'] = true, ['3'] = true, ['4'] = true, ['5'] = true,
    ['6'] = true, ['7'] = true, ['8'] = true, ['9'] = true, ['a'] = true, ['b'] = true,
    ['c'] = true, ['d'] = true, ['e'] = true, ['f'] = true, ['A'] = true, ['B'] = true,
    ['C'] = true, ['D'] = true, ['E'] = true, ['F'] = true,
};

static bool is_dash_place(size_t at)
{
    return at == 8 || at == 13 || at == 18 || at == 23;
}

static void write_text(unsigned char bytes[16], unsigned version, char out[UUID_TEXT_BYTES])
{
    bytes[6] = (unsigned char)((bytes[6] & 0x0f) | version << 4);
    bytes[8] = (unsigned char)((bytes[8] & 0x3f) | 0x80);
    size_t nibble = 0;
    for (size_t at = 0; at < UUID_TEXT_BYTES; at++) {
        if (is_dash_place(at)) {
            out[at] = '-';
            continue;
        }
        unsigned char byte = bytes[nibble / 2];
        out[at] = DIGITS[nibble % 2 ? byte & 0x0f : byte >> 4];
        nibble++;
    }
}

str uuid_random(struct arena *a)
{
    unsigned char bytes[16];
    secret_random(bytes, sizeof(bytes));
    char *text = arena_alloc(a, UUID_TEXT_BYTES + 1);
    write_text(bytes, 4, text);
    return (str){text, UUID_TEXT_BYTES};
}

str uuid_random_id(struct arena *a, str prefix)
{
    return arena_join(a, prefix, LIT("--"), uuid_random(a));
}

bool uuid_to_bytes(str text, unsigned char bytes[16])
{
    static const uint8_t PLACES[16] = {0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34};
    if (text.len != UUID_TEXT_BYTES)
        return false;
    int all = 0;
    for (size_t i = 0; i < sizeof(PLACES); i++) {
        int upper = char_hex(text.at[PLACES[i]]);
        int lower = char_hex(text.at[PLACES[i] + 1]);
        bytes[i] = (unsigned char)((unsigned)upper << 4 | (unsigned)lower);
        all |= upper | lower;
    }
    return all >= 0 && text.at[8] == '-' && text.at[13] == '-' && text.at[18] == '-' &&
           text.at[23] == '-';
}

void uuid_of_name(str namespace_text, str name, char out[UUID_TEXT_BYTES])
{
    unsigned char space[16];
    ASSERT(uuid_to_bytes(namespace_text, space));
    const str parts[] = {{(const char *)space, sizeof(space)}, name};
    unsigned char digest[HASH_SHA1_BYTES];
    hash_sha1(parts, 2, digest);
    write_text(digest, 5, out);
}

static bool are_hex(str text, size_t from, size_t to)
{
    bool all = true;
    for (size_t at = from; at < to; at++)
        all &= IS_HEX[(unsigned char)text.at[at]];
    return all;
}

bool uuid_is_shape(str text)
{
    return text.len == UUID_TEXT_BYTES && text.at[8] == '-' && text.at[13] == '-' &&
           text.at[18] == '-' && text.at[23] == '-' && are_hex(text, 0, 8) &&
           are_hex(text, 9, 13) && are_hex(text, 14, 18) && are_hex(text, 19, 23) &&
           are_hex(text, 24, UUID_TEXT_BYTES);
}

bool uuid_read(str text, unsigned *version)
{
    if (!uuid_is_shape(text))
        return false;
    if ((char_hex(text.at[19]) & 0xc) != 0x8)
        return false;
    if (version)
        *version = (unsigned)char_hex(text.at[14]);
    return true;
}
