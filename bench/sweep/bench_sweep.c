/*
 * A sweep's speed, and that of its parts, in one process:
 *
 *   bench_sweep INDICATORS LOG [KERNEL]
 *
 * Prints one line a part: its name, seconds of the clock, seconds of the processor, and a number
 * (candidates, hits). "walk" is the token walk with a filter that lets nothing pass: the floor.
 */
#include "base/clock.h"
#include "sweep/compile.h"
#include "sweep/load.h"
#include "sweep/logs.h"
#include "sweep/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

struct stopwatch {
    int64_t wall_us;
    struct timespec cpu;
};

static struct stopwatch start(void)
{
    struct stopwatch s = {.wall_us = clock_monotonic_us()};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &s.cpu);
    return s;
}

static void stop(struct stopwatch s, const char *part, uint64_t number)
{
    struct stopwatch now = start();
    double cpu =
        (double)(now.cpu.tv_sec - s.cpu.tv_sec) + (double)(now.cpu.tv_nsec - s.cpu.tv_nsec) / 1e9;
    printf("%s %.4f %.4f %llu\n", part, (double)(now.wall_us - s.wall_us) / 1e6, cpu,
           (unsigned long long)number);
    fflush(stdout);
}

static void must(err failure)
{
    if (failure == NULL)
        return;
    fprintf(stderr, "bench_sweep: %.*s\n", STR_ARG(failure->text));
    exit(1);
}

static void ignore(void *context, str place, str words)
{
    (void)context;
    (void)place;
    (void)words;
}

static bool no_piece(void *context, const struct logs_piece *piece)
{
    (void)context;
    (void)piece;
    return true;
}

static const struct trouble TROUBLE = {ignore, NULL};

static void run_logs(const struct sweep_index *x, const struct sweep_kernel *k, str log,
                     unsigned threads, const char *part)
{
    struct logs_options options = {.index = x,
                                   .kernel = k,
                                   .paths = &log,
                                   .path_count = 1,
                                   .threads = threads,
                                   .trouble = &TROUBLE,
                                   .on_piece = no_piece};
    struct logs_totals totals;
    struct stopwatch s = start();
    logs_sweep(&options, &totals);
    stop(s, part, totals.hits);
}

static void run_walk(const struct sweep_index *x, const struct sweep_kernel *k, str log)
{
    static const uint64_t EMPTY[1] = {0};
    struct sweep_index none = *x;
    none.plan.filter = (struct sweep_filter){EMPTY, 0};
    run_logs(&none, k, log, 1, "walk");
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    struct arena a = {0};
    str log = str_of(argv[2]);
    const struct sweep_kernel *k =
        argc > 3 ? sweep_kernel_named(str_of(argv[3])) : sweep_kernel_best();
    if (k == NULL)
        return 2;
    struct sweep_load l = {.builder = sweep_builder_new(), .trouble = &TROUBLE};
    struct sweep_index x = {0};
    struct stopwatch s = start();
    must(sweep_load_file(&a, &l, str_of(argv[1])));
    sweep_builder_finish(l.builder, &x);
    stop(s, "load", x.counts.entries);
    str file = arena_print(&a, "/tmp/bench_sweep.%d", (int)getpid());
    must(sweep_index_write(&a, &x, file));
    struct sweep_index compiled = {0};
    s = start();
    must(sweep_index_open(&a, file, &compiled));
    stop(s, "start", compiled.counts.entries);
    unlink(file.at);
    printf("kernel %s\n", k->name);
    for (int round = 0; round < 3; round++) {
        run_walk(&x, k, log);
        run_logs(&x, k, log, 1, "one");
        run_logs(&x, k, log, 2, "two");
        run_logs(&compiled, k, log, 1, "compiled");
    }
    sweep_index_close(&compiled);
    sweep_index_close(&x);
    sweep_load_done(&l);
    arena_done(&a);
    return 0;
}
