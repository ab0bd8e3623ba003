/*
 * UUIDs. SHA-1 for version 5 comes from GnuTLS's nettle through hash.c.
 */
#include "base/uuid.h"

#include "base/hash.h"
#include "base/secret.h"

static const char DIGITS[] = "0123456789abcdef";

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

#define EACH_BYTE(c) (UINT64_C(0x0101010101010101) * (uint64_t)(c))

static uint64_t load_eight(const char *at)
{
    uint64_t eight;
    memcpy(&eight, at, sizeof(eight));
    return eight;
}

/* The high bit of each byte that is from `least` to `most`; all bytes are below 128. */
static uint64_t in_range(uint64_t bytes, char least, char most)
{
    uint64_t at_least = bytes + EACH_BYTE(128 - least);
    uint64_t above = bytes + EACH_BYTE(127 - most);
    return at_least & ~above;
}

/*
 * Ids are read so often that a test for each digit would be seen: eight are told at a time. What is
 * not below 128 has its high bit in `bytes` itself.
 */
static uint64_t other_than_hex(uint64_t bytes)
{
    uint64_t low = bytes & ~EACH_BYTE(0x80);
    uint64_t good = in_range(low, '0', '9') | in_range(low | EACH_BYTE(0x20), 'a', 'f');
    return (bytes | ~good) & EACH_BYTE(0x80);
}

/* The four bytes on either side of a dash, as eight. */
static uint64_t load_around(const char *dash)
{
    uint32_t before;
    uint32_t behind;
    memcpy(&before, dash - sizeof(before), sizeof(before));
    memcpy(&behind, dash + 1, sizeof(behind));
    return (uint64_t)before << 32 | behind;
}

bool uuid_is_shape(str text)
{
    if (text.len != UUID_TEXT_BYTES)
        return false;
    const char *at = text.at;
    uint64_t bad = other_than_hex(load_eight(at)) | other_than_hex(load_around(at + 13)) |
                   other_than_hex(load_around(at + 23)) | other_than_hex(load_eight(at + 28));
    return bad == 0 && at[8] == '-' && at[13] == '-' && at[18] == '-' && at[23] == '-';
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
