/*
 * Audiences as characters.
 */
#include "store/key_audiences.h"

#include <stdlib.h>

#define DIGIT_BITS 6
#define DIGIT_FIRST '0'

static void write_audience(uint32_t audience, char to[KEY_AUDIENCE_DIGITS])
{
    ASSERT(audience < KEY_AUDIENCE_PAST);
    for (unsigned i = 0; i < KEY_AUDIENCE_DIGITS; i++)
        to[i] =
            (char)(DIGIT_FIRST + (audience >> (DIGIT_BITS * (KEY_AUDIENCE_DIGITS - 1 - i)) & 63));
}

static uint32_t digit(const char *from, unsigned at)
{
    return ((uint32_t)(unsigned char)from[at] - DIGIT_FIRST)
           << (DIGIT_BITS * (KEY_AUDIENCE_DIGITS - 1 - at));
}

/* Not in a loop: it is what is left to be done for what others keep (O1). */
static uint32_t read_audience(const char *from)
{
    return digit(from, 0) | digit(from, 1) | digit(from, 2) | digit(from, 3) | digit(from, 4);
}

static void make_room(struct arena *a, size_t count, struct key_audiences *list)
{
    size_t capacity =
        list->count + count > list->capacity * 2 ? list->count + count + 1 : list->capacity * 2;
    uint32_t *items = arena_take(a, capacity * sizeof(*items));
    for (size_t i = 0; i < list->count; i++)
        items[i] = list->items[i];
    list->items = items;
    list->capacity = capacity;
}

void key_audiences_read(struct arena *a, str text, struct key_audiences *out)
{
    size_t count = text.len / KEY_AUDIENCE_DIGITS;
    if (out->count + count > out->capacity)
        make_room(a, count, out);
    for (size_t i = 0; i < count; i++)
        out->items[out->count + i] = read_audience(text.at + i * KEY_AUDIENCE_DIGITS);
    out->count += count;
}

str key_audiences_write(struct arena *a, const struct key_audiences *list)
{
    char *text = arena_alloc(a, list->count * KEY_AUDIENCE_DIGITS + 1);
    for (size_t i = 0; i < list->count; i++)
        write_audience(list->items[i], text + i * KEY_AUDIENCE_DIGITS);
    return (str){text, list->count * KEY_AUDIENCE_DIGITS};
}

bool key_audiences_has(const struct key_audiences *list, uint32_t audience)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i] == audience)
            return true;
    }
    return false;
}

static int in_order(const void *x, const void *y)
{
    uint32_t one = *(const uint32_t *)x;
    uint32_t two = *(const uint32_t *)y;
    return (one > two) - (one < two);
}

void key_audiences_sort(struct key_audiences *list)
{
    bool is_sorted = true;
    for (size_t i = 1; i < list->count; i++)
        is_sorted &= list->items[i - 1] < list->items[i];
    if (!is_sorted)
        qsort(list->items, list->count, sizeof(*list->items), in_order);
}
