/*
 * Choosing a kernel, and room for what it finds.
 */
#include "sweep/kernel.h"

#include "base/error.h"
#include "base/num.h"

#include <stdlib.h>

static bool always(void)
{
    return true;
}

#if defined(__x86_64__)
static bool has_avx2(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2");
}

static bool has_avx512(void)
{
    return has_avx2() && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("avx512vbmi2");
}
#endif

/* The fastest first. */
static const struct {
    struct sweep_kernel kernel;
    bool (*is_there)(void);
} KERNELS[] = {
#if defined(__x86_64__)
    {{"avx512", sweep_walk_avx512}, has_avx512},
    {{"avx2", sweep_walk_avx2}, has_avx2},
#endif
    {{"portable", sweep_walk_portable}, always},
};

const struct sweep_kernel *sweep_kernel_best(void)
{
    size_t i = 0;
    while (!KERNELS[i].is_there())
        i++;
    return &KERNELS[i].kernel;
}

const struct sweep_kernel *sweep_kernel_named(str name)
{
    for (size_t i = 0; i < COUNT_OF(KERNELS); i++) {
        if (str_eq(str_of(KERNELS[i].kernel.name), name) && KERNELS[i].is_there())
            return &KERNELS[i].kernel;
    }
    return NULL;
}

static void *must_malloc(size_t size)
{
    void *made = malloc(size);
    ASSERT(made != NULL);
    return made;
}

void sweep_found_init(struct sweep_found *f, size_t bytes_max)
{
    *f = (struct sweep_found){
        .items = must_malloc((bytes_max * 2 + 256) * sizeof(*f->items)),
        .disguises = must_malloc((bytes_max / 64 + 4) * sizeof(*f->disguises)),
        .disguise_capacity = bytes_max / 64 + 4,
    };
}

void sweep_found_clear(struct sweep_found *f)
{
    f->count = 0;
    f->sifted = 0;
    f->disguise_count = 0;
    f->line_count = 0;
}

void sweep_found_done(struct sweep_found *f)
{
    free(f->items);
    free(f->disguises);
}
