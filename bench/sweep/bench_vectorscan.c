/*
 * The rival: all indicators as literals in one Vectorscan database, block mode, 1 MiB at a time.
 *
 *   bench_vectorscan INDICATORS LOG
 *
 * Prints the seconds of the processor for compiling and for scanning, and the matches.
 */
#include <hs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BLOCK ((size_t)1 << 20)

static double cpu_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int count(unsigned id, unsigned long long from, unsigned long long to, unsigned flags,
                 void *context)
{
    (void)id;
    (void)from;
    (void)to;
    (void)flags;
    ++*(unsigned long long *)context;
    return 0;
}

static hs_database_t *compile(const char *path)
{
    size_t capacity = 1 << 21;
    char **texts = calloc(capacity, sizeof(*texts));
    size_t *lengths = calloc(capacity, sizeof(*lengths));
    unsigned *ids = calloc(capacity, sizeof(*ids));
    unsigned *flags = calloc(capacity, sizeof(*flags));
    unsigned n = 0;
    char *line = NULL;
    size_t room = 0;
    FILE *from = fopen(path, "r");
    for (ssize_t len; from && n < capacity && (len = getline(&line, &room, from)) > 0; n++) {
        lengths[n] = (size_t)len - (line[len - 1] == '\n');
        texts[n] = strndup(line, lengths[n]);
        ids[n] = n;
        flags[n] = 0;
    }
    hs_database_t *db = NULL;
    hs_compile_error_t *error = NULL;
    if (hs_compile_lit_multi((const char *const *)texts, flags, ids, lengths, n, HS_MODE_BLOCK,
                             NULL, &db, &error) != HS_SUCCESS)
        fprintf(stderr, "bench_vectorscan: %s\n", error->message);
    return db;
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    double begun = cpu_seconds();
    hs_database_t *db = compile(argv[1]);
    hs_scratch_t *scratch = NULL;
    FILE *log = fopen(argv[2], "r");
    if (db == NULL || log == NULL || hs_alloc_scratch(db, &scratch) != HS_SUCCESS)
        return 1;
    printf("compile %.3f\n", cpu_seconds() - begun);
    char *block = malloc(BLOCK);
    unsigned long long matches = 0;
    size_t kept = 0;
    begun = cpu_seconds();
    for (size_t got; (got = fread(block + kept, 1, BLOCK - kept, log)) > 0;) {
        size_t len = kept + got;
        char *end = memrchr(block, '\n', len);
        size_t whole = end ? (size_t)(end - block) + 1 : len;
        hs_scan(db, block, (unsigned)whole, 0, scratch, count, &matches);
        kept = len - whole;
        memmove(block, block + whole, kept);
    }
    printf("scan %.4f %llu\n", cpu_seconds() - begun, matches);
    return 0;
}
