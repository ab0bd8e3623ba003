/*
 * Arenas: a chain of blocks, each filled from its start. A request larger than a block gets a
 * block of its own behind the newest, so that the rest of the newest stays in use.
 */
#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>

#if defined(__has_feature)
#define HAS_ADDRESS_SANITIZER __has_feature(address_sanitizer)
#elif defined(__SANITIZE_ADDRESS__)
#define HAS_ADDRESS_SANITIZER 1
#else
#define HAS_ADDRESS_SANITIZER 0
#endif

#if HAS_ADDRESS_SANITIZER
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
#endif

#define BLOCK_BYTES_DEFAULT ((size_t)16 * 1024)
#define ALIGNMENT ((size_t)16)
#define PRINT_BYTES_BRIEF 256

struct arena_block {
    struct arena_block *older;
    size_t size; /* bytes of data that follow the header */
    char data[] __attribute__((aligned(16)));
};

static _Noreturn void out_of_memory(size_t size)
{
    fprintf(stderr, "tocsin: out of memory (%zu bytes were asked for)\n", size);
    abort();
}

void arena_init(struct arena *a, size_t block_bytes)
{
    *a = (struct arena){.block_bytes = block_bytes};
}

static struct arena_block *block_open(struct arena *a, size_t size)
{
    if (size > SIZE_MAX - sizeof(struct arena_block))
        out_of_memory(size);
    struct arena_block *block = malloc(sizeof(*block) + size);
    if (block == NULL)
        out_of_memory(size);
    block->older = NULL;
    block->size = size;
    a->held_bytes += size;
    return block;
}

static void block_close(struct arena *a, struct arena_block *block)
{
    ASAN_UNPOISON_MEMORY_REGION(block->data, block->size);
    a->held_bytes -= block->size;
    free(block);
}

void arena_done(struct arena *a)
{
    while (a->newest) {
        struct arena_block *older = a->newest->older;
        block_close(a, a->newest);
        a->newest = older;
    }
    *a = (struct arena){.block_bytes = a->block_bytes};
}

void arena_reset(struct arena *a)
{
    if (a->newest == NULL)
        return;
    while (a->newest->older) {
        struct arena_block *older = a->newest->older;
        block_close(a, a->newest);
        a->newest = older;
    }
    size_t ordinary = a->block_bytes ? a->block_bytes : BLOCK_BYTES_DEFAULT;
    if (a->newest->size > ordinary) {
        arena_done(a);
        return;
    }
    a->at = a->newest->data;
    a->end = a->newest->data + a->newest->size;
    ASAN_POISON_MEMORY_REGION(a->newest->data, a->newest->size);
}

/* Behind the newest block, so that its rest stays in use. */
static void *take_large(struct arena *a, size_t size)
{
    struct arena_block *block = block_open(a, size);
    if (a->newest) {
        block->older = a->newest->older;
        a->newest->older = block;
    } else {
        a->newest = block;
        a->at = a->end = block->data + size;
    }
    return block->data;
}

static void block_add(struct arena *a, size_t ordinary)
{
    struct arena_block *block = block_open(a, ordinary);
    block->older = a->newest;
    a->newest = block;
    a->at = block->data;
    a->end = block->data + ordinary;
    ASAN_POISON_MEMORY_REGION(block->data, ordinary);
}

void *arena_take(struct arena *a, size_t size)
{
    if (size > SIZE_MAX / 2)
        out_of_memory(size);
    size_t padded = ((size ? size : 1) + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
    size_t ordinary = a->block_bytes ? a->block_bytes : BLOCK_BYTES_DEFAULT;
    if (padded > (size_t)(a->end - a->at)) {
        if (padded > ordinary / 4)
            return take_large(a, padded);
        block_add(a, ordinary);
    }
    void *result = a->at;
    ASAN_UNPOISON_MEMORY_REGION(result, size);
    a->at += padded;
    return result;
}

void *arena_alloc(struct arena *a, size_t size)
{
    void *result = arena_take(a, size);
    return memset(result, 0, size);
}

void *arena_array(struct arena *a, size_t count, size_t item_size)
{
    size_t size;
    if (__builtin_mul_overflow(count, item_size, &size))
        out_of_memory(SIZE_MAX);
    return arena_alloc(a, size);
}

void *arena_grow(struct arena *a, void **items, size_t count, size_t *capacity, size_t item_size)
{
    if (count == *capacity) {
        size_t larger = *capacity ? *capacity * 2 : 8;
        void *moved = arena_array(a, larger, item_size);
        if (count)
            memcpy(moved, *items, count * item_size);
        *items = moved;
        *capacity = larger;
    }
    return (char *)*items + count * item_size;
}

str arena_copy(struct arena *a, str s)
{
    char *copy = arena_take(a, s.len + 1);
    if (s.len)
        memcpy(copy, s.at, s.len);
    copy[s.len] = 0;
    return (str){copy, s.len};
}

/* Most texts are short enough to be printed once. */
str arena_vprint(struct arena *a, const char *format, va_list args)
{
    char brief[PRINT_BYTES_BRIEF];
    va_list again;
    va_copy(again, args);
    int printed = vsnprintf(brief, sizeof(brief), format, args);
    size_t len = printed < 0 ? 0 : (size_t)printed;
    char *text = arena_take(a, len + 1);
    if (len < sizeof(brief))
        memcpy(text, brief, len);
    else
        vsnprintf(text, len + 1, format, again);
    text[len] = 0;
    va_end(again);
    return (str){text, len};
}

str arena_print(struct arena *a, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    str text = arena_vprint(a, format, args);
    va_end(args);
    return text;
}

str arena_join(struct arena *a, str first, str second, str third)
{
    char *text = arena_take(a, first.len + second.len + third.len + 1);
    char *end = text;
    const str parts[] = {first, second, third};
    for (size_t i = 0; i < 3; i++) {
        if (parts[i].len)
            memcpy(end, parts[i].at, parts[i].len);
        end += parts[i].len;
    }
    *end = 0;
    return (str){text, (size_t)(end - text)};
}
