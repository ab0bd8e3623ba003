/*
 * Any bytes as a log: scanning ends, every kernel finds the same, and each hit lies in the text.
 */
#include "base/num.h"
#include "sweep/build.h"
#include "sweep/scan.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const VALUES[] = {
    "evil.example",  "198.51.100.7", "203.0.113.0/24",
    "@troll",        "http://a.b/c", "a@b.c",
    "2001:db8::/32", "x.y",          "e3b0c44298fc1c149afbf4c8996fb924"};

static void build(struct sweep_index *x)
{
    OWNED(arena_done)
    struct arena a = {0};
    struct sweep_builder *b = sweep_builder_new();
    struct sweep_indicator i = {.confidence = SWEEP_CONFIDENCE_NONE};
    for (size_t k = 0; k < COUNT_OF(VALUES); k++) {
        struct sweep_value value;
        ASSERT(sweep_value_guess(&a, str_of(VALUES[k]), &value) == NULL);
        ASSERT(sweep_builder_add(&a, b, &i, &value, 1) == NULL);
    }
    sweep_builder_finish(b, x);
}

static void scan(const struct sweep_index *x, const char *kernel, str text, struct sweep_scan *s)
{
    sweep_scan_init(s, x, sweep_kernel_named(str_of(kernel)), text.len);
    sweep_scan_text(s, text.at, text.len);
    for (size_t i = 0; i < s->hits.count; i++)
        ASSERT(s->hits.items[i].start + (size_t)s->hits.items[i].len <= text.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sweep_index x = {0};
    build(&x);
    char *memory = malloc(SWEEP_SLACK + size + SWEEP_PADDING);
    memset(memory, '\n', SWEEP_SLACK + size + SWEEP_PADDING);
    if (size)
        memcpy(memory + SWEEP_SLACK, data, size);
    str text = {memory + SWEEP_SLACK, size};
    struct sweep_scan plain;
    struct sweep_scan best;
    scan(&x, "portable", text, &plain);
    scan(&x, sweep_kernel_best()->name, text, &best);
    ASSERT(plain.hits.count == best.hits.count);
    ASSERT(plain.found.line_count == best.found.line_count);
    for (size_t i = 0; i < plain.hits.count; i++)
        ASSERT(plain.hits.items[i].start == best.hits.items[i].start &&
               plain.hits.items[i].entry == best.hits.items[i].entry);
    sweep_scan_done(&plain);
    sweep_scan_done(&best);
    free(memory);
    sweep_index_close(&x);
    return 0;
}
