/*
 * The file: a head, then the sections, each at a multiple of 64 bytes; then the sum of each piece
 * of that, and the sum of the sums in 64 bytes more. At the start are read the head, the sums and
 * what comes before the slots: the filters, which are asked about every candidate. The rest is read
 * where it is needed (pieces.h), into memory that can be large pages, which a mapped file cannot.
 * What the head says is checked against the file's size, each piece against its sum, and what an
 * entry points at when it is used (index.c): a damaged file is found out by a sum, a crafted one,
 * whose sums are right, by what it points at.
 */
#include "sweep/compile.h"

#include "base/file.h"
#include "sweep/alike.h"
#include "sweep/template.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAGIC UINT64_C(0x39307865736e6374) /* "tcnsex09" */
#define SECTION_ALIGN ((uint64_t)64)
#define SECTION_BYTES_MAX (UINT64_C(1) << 32) /* none that can be written is larger */

enum section {
    SECTION_FILTER,
    SECTION_KEYS,
    SECTION_LABELS,
    SECTION_APART,
    SECTION_SLOTS, /* from here on it is read where it is needed */
    SECTION_ENTRIES,
    SECTION_SHARED,
    SECTION_STRINGS,
    SECTION_COUNT,
};

struct head {
    uint64_t magic;
    uint64_t head_bytes;
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
    uint64_t at;
    uint64_t *sums; /* one for each piece */
};

/* Ends at a multiple of SECTION_ALIGN, zeros behind it. */
static err write_section(struct arena *a, struct writing *w, const void *at, uint64_t size)
{
    static const char ZEROS[SECTION_ALIGN] = {0};
    const char *from = at;
    for (uint64_t done = 0, part; done < size; done += part) {
        uint64_t room = PIECE_BYTES - (w->at + done) % PIECE_BYTES;
        uint64_t *sum = &w->sums[(w->at + done) / PIECE_BYTES];
        part = size - done < room ? size - done : room;
        *sum = sweep_sum(*sum, from + done, part);
    }
    w->at += align(size);
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
                [SECTION_LABELS] = SWEEP_LABEL_COUNT,
                [SECTION_APART] = x->apart_count * sizeof(uint32_t),
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

/* Of head and sections. */
static uint64_t body_bytes(const struct head *h)
{
    uint64_t at = align(sizeof(*h));
    for (size_t i = 0; i < SECTION_COUNT; i++)
        at += align(h->sizes[i]);
    return at;
}

static err write_body(struct arena *a, const struct sweep_index *x, const struct head *head,
                      struct writing *w)
{
    const void *sections[SECTION_COUNT] = {
        [SECTION_FILTER] = x->plan.filter.words,
        [SECTION_KEYS] = x->keys.words,
        [SECTION_LABELS] = x->plan.labels,
        [SECTION_APART] = x->apart,
        [SECTION_SLOTS] = x->slots,
        [SECTION_ENTRIES] = x->entries,
        [SECTION_SHARED] = x->shared,
        [SECTION_STRINGS] = x->strings,
    };
    TRY(write_section(a, w, head, sizeof(*head)));
    for (size_t i = 0; i < SECTION_COUNT; i++)
        TRY(write_section(a, w, sections[i], head->sizes[i]));
    return NULL;
}

static err write_sums(struct arena *a, struct writing *w, size_t count)
{
    uint64_t last[SECTION_ALIGN / sizeof(uint64_t)] = {0};
    char zeros[SECTION_ALIGN] = {0};
    uint64_t size = count * sizeof(*w->sums);
    last[0] = sweep_sum(0, (const char *)w->sums, size);
    TRY(write_all(a, w->fd, w->path, w->sums, size));
    TRY(write_all(a, w->fd, w->path, zeros, align(size) - size));
    TRY(write_all(a, w->fd, w->path, last, sizeof(last)));
    return fsync(w->fd) == 0 ? NULL : file_fail(a, "sync", w->path, errno);
}

static err write_file(struct arena *a, const struct sweep_index *x, struct writing *w)
{
    struct head head = describe(x);
    size_t count = pieces_count(body_bytes(&head));
    w->sums = NEW_ARRAY(a, count, uint64_t);
    TRY(write_body(a, x, &head, w));
    return write_sums(a, w, count);
}

err sweep_index_write(struct arena *a, const struct sweep_index *x, str path)
{
    if (x->pieces && !pieces_need(x->pieces, x->pieces->memory, x->pieces->size))
        return pieces_failure(a, x->pieces);
    str beside = arena_join(a, path, LIT(".new"), LIT(""));
    struct writing w = {.path = beside};
    w.fd = open(beside.at, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (w.fd < 0)
        return file_fail(a, "create", beside, errno);
    err failure = write_file(a, x, &w);
    close(w.fd);
    if (failure == NULL && rename(beside.at, arena_copy(a, path).at) != 0)
        failure = file_fail(a, "rename", beside, errno);
    if (failure)
        unlink(beside.at);
    return failure;
}

/* Reading. */

static bool is_power_of_two(uint64_t n)
{
    return n && (n & (n - 1)) == 0;
}

static uint64_t sums_bytes(uint64_t body)
{
    return align(pieces_count(body) * sizeof(uint64_t));
}

bool sweep_index_begins(str head)
{
    return str_starts(head, LIT("tcnsex"));
}

static bool is_good(const struct head *h, uint64_t file_bytes)
{
    if (h->magic != MAGIC || h->head_bytes != sizeof(*h))
        return false;
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        if (h->sizes[i] > SECTION_BYTES_MAX)
            return false;
    }
    uint64_t body = body_bytes(h);
    return body + sums_bytes(body) + SECTION_ALIGN == file_bytes &&
           is_power_of_two(h->sizes[SECTION_FILTER]) &&
           h->sizes[SECTION_FILTER] >= sizeof(uint64_t) &&
           h->sizes[SECTION_KEYS] == h->sizes[SECTION_FILTER] &&
           is_power_of_two(h->sizes[SECTION_SLOTS]) &&
           h->sizes[SECTION_SLOTS] >= sizeof(uint64_t) &&
           h->sizes[SECTION_APART] % sizeof(uint32_t) == 0 &&
           h->sizes[SECTION_SHARED] % sizeof(uint32_t) == 0 &&
           h->sizes[SECTION_SHARED] / sizeof(uint32_t) <= UINT32_MAX &&
           h->sizes[SECTION_LABELS] == SWEEP_LABEL_COUNT &&
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
    x->apart = sections[SECTION_APART];
    x->apart_count = (uint32_t)(h->sizes[SECTION_APART] / sizeof(uint32_t));
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

static err damaged(struct arena *a, str path, str what)
{
    return FAIL(a, ERR_INPUT, "%.*s is damaged: %.*s; make it anew with --compile", STR_ARG(path),
                STR_ARG(what));
}

static err read_at(struct arena *a, int fd, str path, uint64_t at, void *to, size_t size)
{
    ssize_t got = pread(fd, to, size, (off_t)at);
    if (got < 0)
        return file_fail(a, "read", path, errno);
    return (size_t)got == size ? NULL : damaged(a, path, LIT("it became shorter"));
}

/* The head, if the file begins with one and is as long as that says. */
static err read_head(struct arena *a, int fd, str path, struct head *out)
{
    struct stat info;
    if (fstat(fd, &info) != 0)
        return file_fail(a, "read", path, errno);
    ssize_t got = pread(fd, out, sizeof(*out), 0);
    if (got != (ssize_t)sizeof(*out) || !is_good(out, (uint64_t)info.st_size))
        return FAIL(a, ERR_INPUT,
                    "%.*s is no index of this version of tocsin; make it anew with --compile",
                    STR_ARG(path));
    return NULL;
}

/* The sums of the pieces, of malloc. */
static err read_sums(struct arena *a, int fd, str path, uint64_t body, uint64_t **out)
{
    uint64_t size = pieces_count(body) * sizeof(uint64_t);
    uint64_t sum = 0;
    uint64_t *sums = malloc(size);
    ASSERT(sums != NULL);
    err failure = read_at(a, fd, path, body, sums, size);
    if (failure == NULL)
        failure = read_at(a, fd, path, body + sums_bytes(body), &sum, sizeof(sum));
    if (failure == NULL && sum != sweep_sum(0, (const char *)sums, size))
        failure = damaged(a, path, LIT("its sums are not those that were written"));
    if (failure)
        free(sums);
    else
        *out = sums;
    return failure;
}

static err check_apart(struct arena *a, const struct sweep_index *x, str path)
{
    for (uint32_t i = 0; i < x->apart_count; i++) {
        if (x->apart[i] >= x->counts.entries)
            return damaged(a, path, arena_print(a, "it has no entry %u", x->apart[i]));
    }
    return NULL;
}

/* What is needed before anything is looked up; the head again, as it lies in a good piece. */
static err read_first(struct arena *a, const struct head *h, str path, struct sweep_index *x)
{
    const void *sections[SECTION_COUNT];
    find_sections(h, x->pieces->memory, sections);
    size_t first = (size_t)((const char *)sections[SECTION_SLOTS] - x->pieces->memory);
    if (pieces_need(x->pieces, x->pieces->memory, first) &&
        memcmp(h, x->pieces->memory, sizeof(*h)) != 0)
        pieces_break(x->pieces, LIT("it changes while it is read"));
    TRY(pieces_failure(a, x->pieces));
    fill_index(h, sections, x);
    TRY(check_apart(a, x, path));
    x->alike = alike_open(x);
    err failure = sweep_templates_open(a, x, &x->templates);
    TRY(pieces_failure(a, x->pieces));
    return failure ? damaged(a, path, error_text(a, failure)) : NULL;
}

/* Once there are pieces, they own the descriptor. */
static err open_fd(struct arena *a, int fd, str path, struct sweep_index *x)
{
    struct head head;
    uint64_t *sums = NULL;
    TRY(read_head(a, fd, path, &head));
    TRY(read_sums(a, fd, path, body_bytes(&head), &sums));
    x->pieces = pieces_open(fd, path, body_bytes(&head), sums);
    return read_first(a, &head, path, x);
}

err sweep_index_open(struct arena *a, str path, struct sweep_index *out)
{
    struct sweep_index x = {0};
    int fd = open(arena_copy(a, path).at, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return file_fail(a, "open", path, errno);
    err failure = open_fd(a, fd, path, &x);
    if (failure == NULL) {
        *out = x;
        return NULL;
    }
    if (x.pieces == NULL)
        close(fd);
    sweep_index_close(&x);
    return failure;
}
