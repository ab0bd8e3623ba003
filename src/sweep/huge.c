/*
 * Large pages are asked for, not insisted on. What is smaller than one comes from malloc.
 */
#include "sweep/huge.h"

#include <stdlib.h>
#include <sys/mman.h>

#define PAGE_BYTES ((size_t)2 << 20)
#define FIRST_BYTES ((size_t)4 << 10)       /* a power of two */
#define SMALL_PAGE_BYTES ((size_t)64 << 10) /* or a part of that, on most processors */

static size_t round_up(size_t n, size_t to)
{
    return (n + to - 1) / to * to;
}

/* Where a large page begins; what is mapped too much is given back. */
static void *map_aligned(size_t size)
{
    size_t wanted = round_up(size, SMALL_PAGE_BYTES);
    char *all =
        mmap(NULL, wanted + PAGE_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    ASSERT(all != MAP_FAILED);
    size_t before = round_up((size_t)all, PAGE_BYTES) - (size_t)all;
    if (before)
        munmap(all, before);
    munmap(all + before + wanted, PAGE_BYTES - before);
    return all + before;
}

void *huge_alloc(size_t size)
{
    if (size < PAGE_BYTES) {
        void *small = calloc(1, size ? size : 1);
        ASSERT(small != NULL);
        return small;
    }
    void *made = map_aligned(size);
    madvise(made, size, MADV_HUGEPAGE);
    return made;
}

void huge_free(void *at, size_t size)
{
    if (size < PAGE_BYTES)
        free(at);
    else if (at)
        munmap(at, round_up(size, SMALL_PAGE_BYTES));
}

/* Growing. */

void huge_buf_done(struct huge_buf *b)
{
    huge_free(b->at, b->capacity);
    *b = (struct huge_buf){0};
}

/* Moves `size` bytes to larger memory: large pages as they are, without touching them. */
static void move(char *to, char *from, size_t size)
{
    if (size < PAGE_BYTES) {
        if (size)
            memcpy(to, from, size);
        free(from);
        return;
    }
    void *moved = mremap(from, size, size, MREMAP_MAYMOVE | MREMAP_FIXED, to);
    ASSERT(moved == to);
}

static void grow(struct huge_buf *b, size_t least)
{
    size_t capacity = b->capacity ? b->capacity : FIRST_BYTES;
    while (capacity < least)
        capacity *= 2;
    char *larger = huge_alloc(capacity);
    move(larger, b->at, b->capacity);
    b->at = larger;
    b->capacity = capacity;
}

void huge_buf_put(struct huge_buf *b, str bytes)
{
    if (bytes.len > b->max - b->len) {
        b->is_over = true;
        return;
    }
    if (bytes.len > b->capacity - b->len)
        grow(b, b->len + bytes.len);
    if (bytes.len)
        memcpy(b->at + b->len, bytes.at, bytes.len);
    b->len += bytes.len;
}
