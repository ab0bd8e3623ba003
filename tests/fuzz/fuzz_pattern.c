/*
 * Any bytes as a pattern, of STIX 2.1 and 2.0: reading ends, and what it takes is read again, from
 * its own canonical text, as the same tree, and can be explained.
 */
#include "pattern/explain.h"

#define EXPLAINED_BYTES_MAX ((size_t)1 << 24)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_written(struct arena *a, const struct pattern *p)
{
    OWNED(buf_done)
    struct buf text = {0};
    buf_init(&text, PATTERN_BYTES_MAX * 4);
    pattern_write(p, &text);
    ASSERT(buf_check(a, &text) == NULL);
    struct pattern *again = NULL;
    ASSERT(text.len > PATTERN_BYTES_MAX || pattern_read(a, buf_str(&text), &again) == NULL);
    ASSERT(again == NULL || pattern_equal(p, again));
}

static void check_explained(const struct pattern *p)
{
    OWNED(buf_done)
    struct buf text = {0};
    buf_init(&text, EXPLAINED_BYTES_MAX);
    pattern_say(p, &text);
    pattern_explain(p, &text);
    ASSERT(text.len > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    OWNED(arena_done)
    struct arena a = {0};
    /* A copy without a byte behind it, so that reading past the end is seen. */
    char *copy = arena_take(&a, size);
    if (size)
        memcpy(copy, data, size);
    str text = {copy, size};
    struct pattern *p = NULL;
    if (pattern_read(&a, text, &p) == NULL) {
        check_written(&a, p);
        check_explained(p);
    }
    if (pattern_read_20(&a, text, &p) == NULL)
        check_written(&a, p);
    return 0;
}
