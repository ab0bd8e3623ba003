/*
 * Compressed sets of 16-bit numbers over CRoaring, and the check of their stored form.
 *
 * The library's own reader stays inside its buffer, but believes what it finds there: values out
 * of order or a wrong count would make later operations write past their memory. So the shape is
 * checked here first (the portable format is specified at
 * https://github.com/RoaringBitmap/RoaringFormatSpec).
 */
#include "store/bitmap.h"

#include <roaring/roaring.h>

#define COOKIE_PLAIN 12346u
#define COOKIE_RUNS 12347u
#define PLAIN_HEADER_BYTES ((size_t)16) /* cookie, containers, key, count - 1, offset */
#define RUNS_HEADER_BYTES ((size_t)9)   /* cookie, which are runs, key, count - 1 */
#define ARRAY_VALUES_MAX 4096u
#define BITSET_BYTES ((size_t)8192)

struct bitmap {
    roaring_bitmap_t *set;
};

static struct bitmap *own(roaring_bitmap_t *set)
{
    struct bitmap *b = malloc(sizeof(*b));
    ASSERT(b != NULL && set != NULL);
    b->set = set;
    return b;
}

struct bitmap *bitmap_open(void)
{
    return own(roaring_bitmap_create());
}

void bitmap_close(struct bitmap *b)
{
    if (b == NULL)
        return;
    roaring_bitmap_free(b->set);
    free(b);
}

struct bitmap *bitmap_copy(const struct bitmap *b)
{
    return own(roaring_bitmap_copy(b->set));
}

bool bitmap_add(struct bitmap *b, uint32_t value)
{
    ASSERT(value < BITMAP_VALUES);
    return roaring_bitmap_add_checked(b->set, value);
}

bool bitmap_remove(struct bitmap *b, uint32_t value)
{
    return roaring_bitmap_remove_checked(b->set, value);
}

bool bitmap_has(const struct bitmap *b, uint32_t value)
{
    return roaring_bitmap_contains(b->set, value);
}

bool bitmap_is_empty(const struct bitmap *b)
{
    return roaring_bitmap_is_empty(b->set);
}

bool bitmap_eq(const struct bitmap *x, const struct bitmap *y)
{
    return roaring_bitmap_equals(x->set, y->set);
}

uint32_t bitmap_count(const struct bitmap *b)
{
    return (uint32_t)roaring_bitmap_get_cardinality(b->set);
}

uint32_t bitmap_count_from(const struct bitmap *b, uint32_t from)
{
    if (from == 0)
        return bitmap_count(b);
    return bitmap_count(b) - (uint32_t)roaring_bitmap_rank(b->set, from - 1);
}

bool bitmap_next(const struct bitmap *b, uint32_t from, uint32_t *value)
{
    return bitmap_list(b, from, value, 1) == 1;
}

size_t bitmap_list(const struct bitmap *b, uint32_t from, uint32_t *values, size_t max)
{
    roaring_uint32_iterator_t at;
    roaring_init_iterator(b->set, &at);
    if (!at.has_value || !roaring_move_uint32_iterator_equalorlarger(&at, from))
        return 0;
    uint32_t wanted = max < BITMAP_VALUES ? (uint32_t)max : BITMAP_VALUES;
    return roaring_read_uint32_iterator(&at, values, wanted);
}

void bitmap_unite(struct bitmap *b, const struct bitmap *other)
{
    if (other)
        roaring_bitmap_or_inplace(b->set, other->set);
}

void bitmap_intersect(struct bitmap *b, const struct bitmap *other)
{
    if (other)
        roaring_bitmap_and_inplace(b->set, other->set);
    else
        roaring_bitmap_clear(b->set);
}

void bitmap_subtract(struct bitmap *b, const struct bitmap *other)
{
    if (other)
        roaring_bitmap_andnot_inplace(b->set, other->set);
}

struct bitmap *bitmap_union(const struct bitmap *const *sets, size_t count)
{
    if (count == 0)
        return bitmap_open();
    struct bitmap *result = bitmap_copy(sets[0]);
    for (size_t i = 1; i < count; i++)
        roaring_bitmap_lazy_or_inplace(result->set, sets[i]->set, true);
    if (count > 1)
        roaring_bitmap_repair_after_lazy(result->set);
    return result;
}

void bitmap_pack(struct bitmap *b)
{
    roaring_bitmap_run_optimize(b->set);
    roaring_bitmap_shrink_to_fit(b->set);
}

size_t bitmap_bytes(const struct bitmap *b)
{
    /* Four small blocks of the allocator beside the values. */
    return roaring_bitmap_portable_size_in_bytes(b->set) + sizeof(*b) + sizeof(*b->set) + 128;
}

str bitmap_write(struct arena *a, const struct bitmap *b)
{
    ASSERT(!bitmap_is_empty(b));
    size_t size = roaring_bitmap_portable_size_in_bytes(b->set);
    char *at = arena_take(a, size);
    roaring_bitmap_portable_serialize(b->set, at);
    return (str){at, size};
}

static uint32_t u16_at(str s, size_t at)
{
    const unsigned char *p = (const unsigned char *)s.at + at;
    return (uint32_t)p[0] | (uint32_t)p[1] << 8;
}

static uint32_t u32_at(str s, size_t at)
{
    return u16_at(s, at) | u16_at(s, at + 2) << 16;
}

static bool is_array(str values, uint32_t count)
{
    if (values.len != (size_t)count * 2)
        return false;
    for (size_t i = 1; i < count; i++) {
        if (u16_at(values, 2 * i - 2) >= u16_at(values, 2 * i))
            return false;
    }
    return true;
}

static bool is_bitset(str words, uint32_t count)
{
    if (words.len != BITSET_BYTES)
        return false;
    uint32_t ones = 0;
    for (size_t i = 0; i < BITSET_BYTES; i++)
        ones += (uint32_t)__builtin_popcount((unsigned char)words.at[i]);
    return ones == count;
}

static bool is_plain(str s)
{
    if (s.len < PLAIN_HEADER_BYTES || u32_at(s, 4) != 1 || u16_at(s, 8) != 0 ||
        u32_at(s, 12) != PLAIN_HEADER_BYTES)
        return false;
    uint32_t count = u16_at(s, 10) + 1;
    str body = str_skip(s, PLAIN_HEADER_BYTES);
    return count <= ARRAY_VALUES_MAX ? is_array(body, count) : is_bitset(body, count);
}

/* Runs are pairs of first value and length - 1, ascending, with a gap between them. */
static bool is_runs(str s)
{
    if (s.len < RUNS_HEADER_BYTES + 2 || u16_at(s, 2) != 0 || s.at[4] != 1 || u16_at(s, 5) != 0)
        return false;
    size_t runs = u16_at(s, RUNS_HEADER_BYTES);
    str body = str_skip(s, RUNS_HEADER_BYTES + 2);
    if (runs == 0 || body.len != runs * 4)
        return false;
    uint32_t count = 0;
    uint32_t least = 0;
    for (size_t i = 0; i < runs; i++) {
        uint32_t first = u16_at(body, i * 4);
        uint32_t last = first + u16_at(body, i * 4 + 2);
        if (first < least || last >= BITMAP_VALUES)
            return false;
        count += last - first + 1;
        least = last + 2;
    }
    return count == u16_at(s, 7) + 1;
}

static bool is_stored_set(str s)
{
    if (s.len < 4)
        return false;
    return u32_at(s, 0) == COOKIE_PLAIN ? is_plain(s) : u16_at(s, 0) == COOKIE_RUNS && is_runs(s);
}

err bitmap_read(struct arena *a, str bytes, struct bitmap **out)
{
    if (!is_stored_set(bytes))
        return FAIL(a, ERR_CORRUPT, "a stored set of numbers is damaged (%zu bytes)", bytes.len);
    roaring_bitmap_t *set = roaring_bitmap_portable_deserialize_safe(bytes.at, bytes.len);
    if (set == NULL)
        return FAIL(a, ERR_CORRUPT, "a stored set of numbers cannot be read");
    *out = own(set);
    return NULL;
}
