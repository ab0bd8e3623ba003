/*
 * Which audiences stand under a key of an index, as one text: ascending or as they came, five
 * characters each: six bits to a character, the highest first, from '0' (48) on. So whoever looks
 * something up reads what stands there for others as five bytes for each audience, and not as rows
 * (V1, O1). For object_key.c and about_audiences.c.
 */
#ifndef TOCSIN_STORE_KEY_AUDIENCES_H
#define TOCSIN_STORE_KEY_AUDIENCES_H

#include "base/buf.h"

#define KEY_AUDIENCE_DIGITS 5
#define KEY_AUDIENCE_PAST (UINT32_C(1) << 30) /* audiences are below it */

struct key_audiences {
    uint32_t *items;
    size_t count;
    size_t capacity;
};

/* Adds those that the text names. */
void key_audiences_read(struct arena *a, str text, struct key_audiences *out);
str key_audiences_write(struct arena *a, const struct key_audiences *list);
bool key_audiences_has(const struct key_audiences *list, uint32_t audience);
void key_audiences_sort(struct key_audiences *list);

#endif
