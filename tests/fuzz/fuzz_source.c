/*
 * Any bytes as a log file, compressed ones too: reading ends, in words where it is broken. What is
 * read is bounded, since a few bytes may stand for many.
 */
#include "sweep/source.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define READ_MAX ((size_t)1 << 24)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    OWNED(arena_done)
    struct arena a = {0};
    int fd = memfd_create("log", MFD_CLOEXEC);
    ASSERT(fd >= 0 && write(fd, data, size) == (ssize_t)size);
    str path = arena_print(&a, "/proc/self/fd/%d", fd);
    struct source_options options = {0};
    struct source *s = NULL;
    ASSERT(source_open(&a, path, &options, &s) == NULL);
    char piece[4096];
    size_t got = 1;
    for (size_t all = 0; got && all < READ_MAX; all += got) {
        if (source_read(&a, s, piece, sizeof(piece), &got) != NULL)
            break;
    }
    source_close(s);
    close(fd);
    return 0;
}
