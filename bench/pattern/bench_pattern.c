/*
 * What reading patterns, matching many of them and validating objects cost, in one process:
 *
 *   bench_pattern read PATTERNS             a line of JSON each, with "pattern"
 *   bench_pattern match PATTERNS OBSERVED   over the observed data of a bundle
 *   bench_pattern validate OBJECTS          a bundle
 *
 * Prints lines "PART SECONDS COUNT", seconds of the processor; each part is done fifteen times, but
 * for the patterns that "match" keeps.
 */
#include "base/file.h"
#include "stix/validate.h"
#include "sweep/objects.h"
#include "sweep/observe.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define ROUNDS 15
#define FILE_BYTES_MAX ((size_t)1 << 31)

struct texts {
    str *items;
    size_t count;
    size_t capacity;
};

struct objects {
    struct arena *arena;
    json *items;
    size_t count;
    size_t capacity;
};

static double cpu_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void show(const char *part, double begun, double count)
{
    printf("%s %.5f %.0f\n", part, cpu_seconds() - begun, count);
    fflush(stdout);
}

static void must(err failure)
{
    if (failure == NULL)
        return;
    fprintf(stderr, "bench_pattern: %.*s\n", STR_ARG(failure->text));
    exit(1);
}

static struct texts read_patterns(struct arena *a, str path)
{
    OWNED(json_reader_done) struct json_reader reader = {0};
    struct texts patterns = {0};
    str text;
    must(file_read(a, path, FILE_BYTES_MAX, &text));
    for (str line; str_cut(&text, '\n', &line);) {
        json value;
        if (line.len == 0)
            continue;
        must(json_read(a, &reader, line, NULL, &value));
        *LIST_ADD(a, &patterns) = arena_copy(a, json_get_string(value, LIT("pattern")));
    }
    return patterns;
}

static void time_reading(struct arena *a, str path)
{
    struct texts patterns = read_patterns(a, path);
    OWNED(arena_done) struct arena scratch = {0};
    for (int round = 0; round < ROUNDS; round++) {
        double begun = cpu_seconds();
        for (size_t i = 0; i < patterns.count; i++) {
            struct pattern *p;
            arena_reset(&scratch);
            must(pattern_read(&scratch, patterns.items[i], &p));
        }
        show("read", begun, (double)patterns.count);
    }
}

static err keep_object(void *context, const struct objects_item *item)
{
    struct objects *to = context;
    *LIST_ADD(to->arena, to) = item->object;
    return NULL;
}

static void ignore(void *context, str place, str words)
{
    (void)context;
    (void)place;
    (void)words;
}

static err count_match(void *context, const struct observe_result *result)
{
    (void)result;
    ++*(size_t *)context;
    return NULL;
}

static void time_matching(struct arena *a, str patterns_path, str observed_path)
{
    struct texts patterns = read_patterns(a, patterns_path);
    struct observe *o = observe_open(a);
    double begun = cpu_seconds();
    for (size_t i = 0; i < patterns.count; i++)
        must(observe_add(a, o, patterns.items[i], false));
    show("add", begun, (double)patterns.count);
    OWNED(objects_keep_done) struct objects_keep keep = {0};
    struct trouble trouble = {ignore, NULL};
    struct objects objects = {.arena = a};
    struct objects_call call = {.path = observed_path,
                                .fn = keep_object,
                                .context = &objects,
                                .keep = &keep,
                                .trouble = &trouble};
    must(objects_each(a, &call));
    struct observed data = {0};
    observed_gather(a, objects.items, objects.count, &data);
    for (int round = 0; round < ROUNDS; round++) {
        size_t matches = 0;
        begun = cpu_seconds();
        must(observe_run(o, &data, count_match, &matches));
        show("match", begun, (double)patterns.count * (double)data.count);
        fprintf(stderr, "%zu patterns match\n", matches);
    }
    observe_close(o);
}

static void no_verdict(void *to, const struct stix_verdict *verdict)
{
    (void)to;
    (void)verdict;
}

/* All of it at once, as simdjson is asked in bench_parse. */
static void time_parsing(struct arena *a, str text)
{
    OWNED(json_reader_done) struct json_reader reader = {0};
    struct json_limits limits = {.bytes_max = FILE_BYTES_MAX};
    for (int round = 0; round < ROUNDS; round++) {
        json value;
        double begun = cpu_seconds();
        must(json_read(a, &reader, text, &limits, &value));
        show("parse", begun, 1);
    }
}

static void time_validating(struct arena *a, str path)
{
    struct stix_validate_options options = {.on_verdict = no_verdict};
    struct stix_validate_totals totals;
    str text;
    must(file_read(a, path, FILE_BYTES_MAX, &text));
    for (int round = 0; round < ROUNDS; round++) {
        OWNED(arena_done) struct arena scratch = {0};
        double begun = cpu_seconds();
        must(stix_validate_text(&scratch, text, &options, &totals));
        show("validate", begun, (double)totals.object_count);
    }
    time_parsing(a, text);
}

int main(int argc, char **argv)
{
    OWNED(arena_done) struct arena a = {0};
    str verb = argc > 2 ? str_of(argv[1]) : (str){0};
    if (argc == 3 && str_eq(verb, LIT("read")))
        time_reading(&a, str_of(argv[2]));
    else if (argc == 4 && str_eq(verb, LIT("match")))
        time_matching(&a, str_of(argv[2]), str_of(argv[3]));
    else if (argc == 3 && str_eq(verb, LIT("validate")))
        time_validating(&a, str_of(argv[2]));
    else
        return 2;
    return 0;
}
