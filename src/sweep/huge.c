/*
 * Large pages are asked for, not insisted on.
 */
#include "sweep/huge.h"

#include "base/error.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define PAGE_BYTES ((size_t)2 << 20)

void *huge_alloc(size_t size)
{
    if (size < PAGE_BYTES) {
        void *small = calloc(1, size ? size : 1);
        ASSERT(small != NULL);
        return small;
    }
    void *made = NULL;
    ASSERT(posix_memalign(&made, PAGE_BYTES, size) == 0);
    madvise(made, size, MADV_HUGEPAGE);
    memset(made, 0, size);
    return made;
}
