/*
 * The file: a head, then the sections, each at a multiple of 64 bytes, then the sum of all that in
 * 64 bytes more. It is read, not mapped: what is done to the file later does not reach this
 * process, and the memory can be large pages. What the head says is checked against the file's
 * size, a sum against all of it, and all that the sections point at against the sections, before
 * anything is looked up: a damaged file is refused by the sum, a crafted one, whose sum is right,
 * by what it points at.
 */
#include "sweep/compile.h"

#include "base/file.h"
#include "base/num.h"
#include "sweep/alike.h"
#include "sweep/huge.h"
#include "sweep/template.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAGIC UINT64_C(0x35307865736e6374) /* "tcnsex05" */
#define SECTION_ALIGN ((uint64_t)64)
#define SECTION_BYTES_MAX (UINT64_C(1) << 32) /* none that can be written is larger */
#define PART_BYTES ((size_t)256 << 10)        /* is summed while it lies in the cache */

enum section {
    SECTION_FILTER,
    SECTION_KEYS,
    SECTION_LABELS,
    SECTION_SLOTS,
    SECTION_ENTRIES,
    SECTION_SHARED,
    SECTION_STRINGS,
    SECTION_COUNT,
};

struct head {
    uint64_t magic;
    uint64_t head_bytes;
    uint64_t sum;                  /* see sum_of */
    uint64_t sizes[SECTION_COUNT]; /* in bytes */
    struct sweep_counts counts;
    uint64_t prefixes_v4;
    uint64_t prefixes_v6[3];
    uint8_t wants_addresses;
    uint8_t wants_hashes;
    uint8_t wants_colons;
    uint8_t wants_words;
    uint8_t has_urls;
    uint8_t has_emails;
    uint8_t has_files;
    uint8_t wants_names;
    uint8_t wants_all_hashes;
    uint8_t wants_all_words;
    uint8_t unused[6];
};

static uint64_t align(uint64_t at)
{
    return (at + SECTION_ALIGN - 1) / SECTION_ALIGN * SECTION_ALIGN;
}

/* Writing. */

static err write_all(struct arena *a, int fd, str path, const void *at, uint64_t size)
{
    const char *from = at;
    while (size) {
        ssize_t n = write(fd, from, size > (1u << 30) ? 1u << 30 : size);
        if (n < 0 && errno != EINTR)
            return file_fail(a, "write", path, errno);
        from += n > 0 ? n : 0;
        size -= n > 0 ? (uint64_t)n : 0;
    }
    return NULL;
}

/* A file that is being written. */
struct writing {
    int fd;
    str path;
    uint64_t sum;
};

static err write_section(struct arena *a, struct writing *w, const void *at, uint64_t size)
{
    static const char ZEROS[SECTION_ALIGN] = {0};
    w->sum = sweep_sum(w->sum, at, size);
    TRY(write_all(a, w->fd, w->path, at, size));
    return write_all(a, w->fd, w->path, ZEROS, align(size) - size);
}

static struct head describe(const struct sweep_index *x)
{
    return (struct head){
        .magic = MAGIC,
        .head_bytes = sizeof(struct head),
        .sizes =
            {
                [SECTION_FILTER] = (x->plan.filter.mask + 1) * sizeof(uint64_t),
                [SECTION_KEYS] = (x->keys.mask + 1) * sizeof(uint64_t),
                [SECTION_LABELS] = SWEEP_LABEL_BITS / 8,
                [SECTION_SLOTS] = (x->slot_mask + 1) * sizeof(uint64_t),
                [SECTION_ENTRIES] = x->counts.entries * sizeof(struct sweep_entry),
                [SECTION_SHARED] = x->shared_count * sizeof(uint32_t),
                [SECTION_STRINGS] = x->strings_len,
            },
        .counts = x->counts,
        .prefixes_v4 = x->prefixes_v4,
        .prefixes_v6 = {x->prefixes_v6[0], x->prefixes_v6[1], x->prefixes_v6[2]},
        .wants_addresses = x->plan.wants_addresses,
        .wants_hashes = x->plan.wants_hashes,
        .wants_colons = x->plan.wants_colons,
        .wants_words = x->plan.wants_words,
        .has_urls = x->has_urls,
        .has_emails = x->has_emails,
        .has_files = x->has_files,
        .wants_names = x->plan.wants_names,
        .wants_all_hashes = x->plan.wants_all_hashes,
        .wants_all_words = x->plan.wants_all_words,
    };
}

static err write_sections(struct arena *a, const struct sweep_index *x, struct writing *w)
{
    struct head head = describe(x);
    const void *sections[SECTION_COUNT] = {
        [SECTION_FILTER] = x->plan.filter.words, [SECTION_KEYS] = x->keys.words,
        [SECTION_LABELS] = x->plan.labels,       [SECTION_SLOTS] = x->slots,
        [SECTION_ENTRIES] = x->entries,          [SECTION_SHARED] = x->shared,
        [SECTION_STRINGS] = x->strings,
    };
    TRY(write_section(a, w, &head, sizeof(head)));
    for (size_t i = 0; i < SECTION_COUNT; i++)
        TRY(write_section(a, w, sections[i], head.sizes[i]));
    uint64_t sum = w->sum;
    TRY(write_section(a, w, &sum, sizeof(sum)));
    return fsync(w->fd) == 0 ? NULL : file_fail(a, "sync", w->path, errno);
}

err sweep_index_write(struct arena *a, const struct sweep_index *x, str path)
{
    str beside = arena_join(a, path, LIT(".new"), LIT(""));
    struct writing w = {.path = beside};
    w.fd = open(beside.at, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (w.fd < 0)
        return file_fail(a, "create", beside, errno);
    err failure = write_sections(a, x, &w);
    close(w.fd);
    if (failure == NULL && rename(beside.at, arena_copy(a, path).at) != 0)
        failure = file_fail(a, "rename", beside, errno);
    if (failure)
        unlink(beside.at);
    return failure;
}

/* What sections point at. */

/* A string with its length before it; 0 stands for none. */
static bool has_string(const struct sweep_index *x, uint64_t at)
{
    uint16_t len;
    if (at == 0)
        return true;
    if (at < SWEEP_SLACK || at > x->strings_len - sizeof(len))
        return false;
    memcpy(&len, x->strings + at, sizeof(len));
    return len <= x->strings_len - sizeof(len) - at;
}

/* The key of an address or network holds as many bytes as it says, and no longer prefix. */
static bool is_net_key(str key)
{
    unsigned bytes = key.len > 2 ? (unsigned char)key.at[0] : 0;
    return (bytes == 4 || bytes == 16) && key.len == bytes + 2 &&
           (unsigned char)key.at[1] <= bytes * 8;
}

static bool has_value(const struct sweep_index *x, const struct sweep_entry *e)
{
    bool is_inside = e->value_len && e->value >= (uint64_t)SWEEP_SLACK + e->key_len &&
                     (uint64_t)e->value + e->value_len <= x->strings_len;
    bool is_net = e->kind == SWEEP_NET || e->kind == SWEEP_IPV6;
    return is_inside && (!is_net || is_net_key(sweep_entry_key(x, e)));
}

/* What is wrong with an entry, or NULL. */
static const char *fault_of(const struct sweep_index *x, uint32_t number)
{
    const struct sweep_entry *e = &x->entries[number];
    bool is_left_out = e->flags & SWEEP_IS_LEFT_OUT;
    if (is_left_out ? e->kind != SWEEP_KIND_COUNT : e->kind >= SWEEP_KIND_COUNT)
        return "is of no known kind";
    if (e->label >= TLP_COUNT)
        return "has no known label";
    if (!has_value(x, e) || !has_string(x, e->name))
        return "points outside of the strings";
    if (e->source > x->shared_count || e->phase > x->shared_count || e->file > x->shared_count)
        return "points outside of the shared strings";
    /* Downwards only: so none is followed by itself, however far on. */
    bool is_next_good =
        e->next == SWEEP_NONE || (e->next < number && x->entries[e->next].kind == e->kind);
    return is_next_good ? NULL : "is followed by no earlier entry of its value";
}

static err damaged(struct arena *a, str path, str what)
{
    return FAIL(a, ERR_INPUT, "%.*s is damaged: %.*s; make it anew with --compile", STR_ARG(path),
                STR_ARG(what));
}

static err check_contents(struct arena *a, const struct sweep_index *x, str path)
{
    for (uint32_t i = 0; i < x->counts.entries; i++) {
        const char *fault = fault_of(x, i);
        if (fault)
            return damaged(a, path, arena_print(a, "entry %u %s", i, fault));
    }
    for (uint32_t i = 0; i < x->shared_count; i++) {
        if (!has_string(x, x->shared[i]))
            return damaged(a, path,
                           arena_print(a, "shared string %u points outside of the strings", i));
    }
    for (uint64_t i = 0; i <= x->slot_mask; i++) {
        /* Free ones are 0; the lower half of the others is an entry + 1. */
        if (x->slots[i] && (uint32_t)x->slots[i] - 1 >= x->counts.entries)
            return damaged(a, path,
                           arena_print(a, "slot %llu names no entry", (unsigned long long)i));
    }
    return NULL;
}

/* Reading. */

static bool is_power_of_two(uint64_t n)
{
    return n && (n & (n - 1)) == 0;
}

static bool is_good(const struct head *h, uint64_t file_bytes)
{
    if (h->magic != MAGIC || h->head_bytes != sizeof(*h))
        return false;
    uint64_t at = align(sizeof(*h));
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        if (h->sizes[i] > SECTION_BYTES_MAX)
            return false;
        at += align(h->sizes[i]);
    }
    return at + SECTION_ALIGN == file_bytes && is_power_of_two(h->sizes[SECTION_FILTER]) &&
           h->sizes[SECTION_FILTER] >= sizeof(uint64_t) &&
           h->sizes[SECTION_KEYS] == h->sizes[SECTION_FILTER] &&
           is_power_of_two(h->sizes[SECTION_SLOTS]) &&
           h->sizes[SECTION_SLOTS] >= sizeof(uint64_t) &&
           h->sizes[SECTION_SHARED] % sizeof(uint32_t) == 0 &&
           h->sizes[SECTION_SHARED] / sizeof(uint32_t) <= UINT32_MAX &&
           h->sizes[SECTION_LABELS] == SWEEP_LABEL_BITS / 8 &&
           h->sizes[SECTION_ENTRIES] == h->counts.entries * sizeof(struct sweep_entry) &&
           h->sizes[SECTION_STRINGS] >= SWEEP_SLACK;
}

static void find_sections(const struct head *h, const char *map,
                          const void *sections[SECTION_COUNT])
{
    uint64_t at = align(sizeof(*h));
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        sections[i] = map + at;
        at += align(h->sizes[i]);
    }
}

static void fill_index(const struct head *h, const void *const sections[SECTION_COUNT],
                       struct sweep_index *x)
{
    x->plan = (struct sweep_plan){
        .filter = {sections[SECTION_FILTER], h->sizes[SECTION_FILTER] / 8 - 1},
        .labels = sections[SECTION_LABELS],
        .wants_addresses = h->wants_addresses,
        .wants_hashes = h->wants_hashes,
        .wants_colons = h->wants_colons,
        .wants_words = h->wants_words,
        .wants_names = h->wants_names,
        .wants_all_hashes = h->wants_all_hashes,
        .wants_all_words = h->wants_all_words,
    };
    x->keys = (struct sweep_filter){sections[SECTION_KEYS], x->plan.filter.mask};
    x->counts = h->counts;
    x->slots = sections[SECTION_SLOTS];
    x->slot_mask = h->sizes[SECTION_SLOTS] / 8 - 1;
    x->entries = sections[SECTION_ENTRIES];
    x->shared = sections[SECTION_SHARED];
    x->shared_count = (uint32_t)(h->sizes[SECTION_SHARED] / sizeof(uint32_t));
    x->strings = sections[SECTION_STRINGS];
    x->strings_len = h->sizes[SECTION_STRINGS];
    x->prefixes_v4 = h->prefixes_v4;
    memcpy(x->prefixes_v6, h->prefixes_v6, sizeof(x->prefixes_v6));
    x->has_urls = h->has_urls;
    x->has_emails = h->has_emails;
    x->has_files = h->has_files;
}

/* A file that is being read into memory of its size. */
struct reading {
    int fd;
    str path;
    char *memory;
    size_t size;
    size_t len;
};

static err read_up_to(struct arena *a, struct reading *r, size_t end)
{
    while (r->len < end) {
        ssize_t n = read(r->fd, r->memory + r->len, end - r->len);
        if (n < 0 && errno != EINTR)
            return file_fail(a, "read", r->path, errno);
        if (n == 0)
            return damaged(a, r->path, LIT("it became shorter while it was read"));
        r->len += n > 0 ? (size_t)n : 0;
    }
    return NULL;
}

/* All of the file; `*sum` is that of what stands before the last SECTION_ALIGN bytes. */
static err read_all(struct arena *a, struct reading *r, uint64_t *sum)
{
    size_t summed = r->size - SECTION_ALIGN;
    *sum = 0;
    for (size_t at = 0; at < summed; at += PART_BYTES) {
        size_t part = summed - at < PART_BYTES ? summed - at : PART_BYTES;
        TRY(read_up_to(a, r, at + part));
        *sum = sweep_sum(*sum, r->memory + at, part);
    }
    return read_up_to(a, r, r->size);
}

static err check_index(struct arena *a, struct sweep_index *x, str path)
{
    const void *sections[SECTION_COUNT];
    find_sections(x->memory, x->memory, sections);
    fill_index(x->memory, sections, x);
    TRY(check_contents(a, x, path));
    x->alike = alike_open(x);
    err failure = sweep_templates_open(a, x, &x->templates);
    return failure ? damaged(a, path, error_text(a, failure)) : NULL;
}

static err read_index(struct arena *a, struct reading *r, struct sweep_index *x)
{
    uint64_t sum;
    TRY(read_all(a, r, &sum));
    bool is_as_written = is_good((const struct head *)x->memory, r->size) &&
                         memcmp(&sum, r->memory + r->size - SECTION_ALIGN, sizeof(sum)) == 0;
    if (!is_as_written)
        return damaged(a, r->path, LIT("its bytes are not those that were written"));
    return check_index(a, x, r->path);
}

/* The file's size, if it begins as an index of that size does. */
static err check_head(struct arena *a, int fd, str path, size_t *size)
{
    struct head head;
    struct stat info;
    if (fstat(fd, &info) != 0)
        return file_fail(a, "read", path, errno);
    ssize_t got = pread(fd, &head, sizeof(head), 0);
    if (got != (ssize_t)sizeof(head) || !is_good(&head, (uint64_t)info.st_size))
        return FAIL(a, ERR_INPUT,
                    "%.*s is no index of this version of tocsin; make it anew with --compile",
                    STR_ARG(path));
    *size = (size_t)info.st_size;
    return NULL;
}

static err read_fd(struct arena *a, int fd, str path, struct sweep_index *out)
{
    struct reading r = {.fd = fd, .path = path};
    TRY(check_head(a, fd, path, &r.size));
    r.memory = huge_alloc(r.size);
    struct sweep_index x = {.memory = r.memory, .memory_bytes = r.size};
    err failure = read_index(a, &r, &x);
    if (failure)
        sweep_index_close(&x);
    else
        *out = x;
    return failure;
}

err sweep_index_read(struct arena *a, str path, struct sweep_index *out)
{
    int fd = open(arena_copy(a, path).at, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return file_fail(a, "open", path, errno);
    err failure = read_fd(a, fd, path, out);
    close(fd);
    return failure;
}
