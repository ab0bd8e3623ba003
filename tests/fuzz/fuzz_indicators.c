/*
 * Any bytes as a file of indicators: reading ends, and every entry that is made can be found again.
 */
#include "sweep/load.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void ignore(void *context, str place, str words)
{
    (void)context;
    ASSERT(words.len > 0 && place.len > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    OWNED(arena_done)
    struct arena a = {0};
    int fd = memfd_create("indicators", MFD_CLOEXEC);
    ASSERT(fd >= 0 && write(fd, data, size) == (ssize_t)size);
    str path = arena_print(&a, "/proc/self/fd/%d", fd);
    struct trouble trouble = {ignore, NULL};
    struct sweep_load l = {.builder = sweep_builder_new(), .trouble = &trouble};
    err failure = sweep_load_file(&a, &l, path);
    ASSERT(failure == NULL || failure->text.len > 0);
    struct sweep_index x = {0};
    sweep_builder_finish(l.builder, &x);
    for (uint32_t i = 0; i < x.counts.entries; i++) {
        const struct sweep_entry *e = &x.entries[i];
        ASSERT((e->flags & SWEEP_IS_LEFT_OUT) ||
               sweep_index_find(&x, e->kind, sweep_entry_key(&x, e)) != SWEEP_NONE);
    }
    sweep_index_close(&x);
    sweep_load_done(&l);
    close(fd);
    return 0;
}
