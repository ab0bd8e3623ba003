/*
 * Arenas: memory that is given back all at once.
 *
 * A function that takes `struct arena *a` puts its result there; the caller decides how long that
 * lives. Allocation never fails to the caller: when the system has no memory left, the process
 * says so and ends, so hostile sizes must be refused earlier, by limits.
 *
 * An arena belongs to one thread at a time. Memory is aligned to 16 bytes and zeroed unless said.
 */
#ifndef TOCSIN_BASE_ARENA_H
#define TOCSIN_BASE_ARENA_H

#include "base/str.h"

#include <stdarg.h>

struct arena_block;

struct arena {
    struct arena_block *newest;
    char *at;           /* the next free byte of the newest block */
    char *end;          /* one past the newest block */
    size_t block_bytes; /* the size of an ordinary block; zero means 16 KiB */
    size_t held_bytes;  /* everything taken from the system */
};

/* The zero arena is ready to use as well. */
void arena_init(struct arena *a, size_t block_bytes);

/* Gives everything back. Accepts a zeroed arena, leaves one. */
void arena_done(struct arena *a);

/* Gives all but one ordinary block back; what was allocated is gone (sanitizers poison it). */
void arena_reset(struct arena *a);

/* `size` zeroed bytes; never NULL, also for size 0. */
void *arena_alloc(struct arena *a, size_t size);

/* As arena_alloc, not zeroed. */
void *arena_take(struct arena *a, size_t size);

/* `count` zeroed items of `item_size` bytes; ends the process where the product overflows. */
void *arena_array(struct arena *a, size_t count, size_t item_size);

/*
 * Makes room for one more item behind `*items` of `count` items, doubling when full: `*capacity`
 * is kept by the callee, zero at first. Returns the place of the new, zeroed item.
 */
void *arena_grow(struct arena *a, void **items, size_t count, size_t *capacity, size_t item_size);

#define NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define NEW_ARRAY(a, count, type) ((type *)arena_array((a), (count), sizeof(type)))

/* The type of a list for LIST_ADD, where no other file knows it. */
#define LIST_OF(type)    \
    struct {             \
        type *items;     \
        size_t count;    \
        size_t capacity; \
    }

/* Appends a zeroed item to `(list)->items`, `->count`, `->capacity` and gives its address. */
#define LIST_ADD(a, list)                                                                 \
    ((__typeof__((list)->items))arena_grow((a), (void **)&(list)->items, (list)->count++, \
                                           &(list)->capacity, sizeof(*(list)->items)))

/* A copy of `s` in `a`, followed by a NUL so that it can serve as a C string. */
str arena_copy(struct arena *a, str s);

/* printf into `a`, followed by a NUL. */
str arena_print(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
str arena_vprint(struct arena *a, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

/* Joins the parts into `a`, followed by a NUL. */
str arena_join(struct arena *a, str first, str second, str third);

#endif
