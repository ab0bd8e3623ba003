/*
 * Large pages are asked for, not insisted on. What is smaller than one comes from malloc.
 */
#include "sweep/huge.h"

#include <stdlib.h>
#include <sys/mman.h>

#define PAGE_BYTES ((size_t)2 << 20)
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

/* Gives back the pages that lie wholly between two places of what malloc gave. */
static void give_back(char *from, char *to)
{
    char *first = from + (round_up((size_t)from, SMALL_PAGE_BYTES) - (size_t)from);
    char *end = to - (size_t)to % SMALL_PAGE_BYTES;
    if (first < end)
        madvise(first, (size_t)(end - first), MADV_DONTNEED);
}

void *huge_take(struct buf *b)
{
    char *made = huge_alloc(b->len);
    for (size_t done = 0; done < b->len; done += PAGE_BYTES) {
        size_t part = b->len - done < PAGE_BYTES ? b->len - done : PAGE_BYTES;
        memcpy(made + done, b->at + done, part);
        give_back(b->at + done, b->at + done + part);
    }
    buf_done(b);
    return made;
}
