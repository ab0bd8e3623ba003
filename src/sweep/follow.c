/*
 * One thread: each file in turn gives a piece of at most LOGS_PIECE_BYTES, so that one which is
 * busy does not hold up the others; where no file had anything, it waits a little. What is left of
 * a line stays with its file until the rest comes, or the file is at its end.
 */
#include "sweep/follow.h"

#include "base/clock.h"
#include "base/num.h"
#include "sweep/source.h"

#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#define WAIT_MS 200
#define LOOK_EVERY_US US_PER_SECOND /* for what is not there, or new in folders */
#define LEFT_MAX 4096u              /* files that were rotated away, of which we know */

struct followed {
    str path;
    struct source *source; /* NULL: it is not there, or over */
    char *carry;           /* of malloc */
    size_t carry_len;
    uint64_t offset;
    uint64_t line;
    bool was_opened; /* once */
    bool is_said;    /* that it is not there */
    bool is_found;   /* by find_more: not named by anybody */
    bool is_once;    /* set aside by rotation: it grows no more */
    bool is_over;
};

struct files {
    struct followed *items;
    size_t count;
    size_t capacity;
};

struct follow {
    const struct logs_options *options;
    struct arena lasting; /* the files */
    struct arena scratch;
    struct files files;
    size_t open_count;
    bool is_full_said;
    struct source_identity *left; /* what was at paths before, round and round */
    size_t left_count;
    int64_t looked_us;
    bool is_looking; /* for what is not there */
    bool is_enough;  /* no more is wanted */
    struct sweep_scan scan;
    char *memory;
    char *text;
    struct logs_totals totals;
};

/* Names. */

static bool is_of(str text, const char *chars, size_t least)
{
    for (size_t i = 0; i < text.len; i++) {
        if (memchr(chars, text.at[i], strlen(chars)) == NULL)
            return false;
    }
    return text.len >= least;
}

/* What compressors put behind the name, taken away. */
static str without_packing(str rest)
{
    static const str ENDINGS[] = {LIT_INIT(".gz"), LIT_INIT(".zst"), LIT_INIT(".bz2"),
                                  LIT_INIT(".xz")};
    for (size_t i = 0; i < COUNT_OF(ENDINGS); i++) {
        if (str_ends(rest, ENDINGS[i]))
            return str_part(rest, 0, rest.len - ENDINGS[i].len);
    }
    return rest;
}

bool follow_is_rotated(str path, str log)
{
    if (path.len <= log.len || !str_starts(path, log))
        return false;
    str packed = str_skip(path, log.len);
    str rest = without_packing(packed);
    if (rest.len == 0 || str_eq(rest, LIT(".old")) || str_eq(rest, LIT(".bak")))
        return true;
    /* A number, or a date: "web-2" is more likely another log than one of "web". */
    bool is_number = rest.at[0] == '.' && is_of(str_skip(rest, 1), "0123456789", 1);
    bool is_date = memchr(".-_", rest.at[0], 3) && is_of(str_skip(rest, 1), "0123456789-_.T:Z", 6);
    return is_number || is_date;
}

/* Files. */

static void say(struct follow *f, err failure)
{
    const struct trouble *t = f->options->trouble;
    t->say(t->context, (str){0}, error_text(&f->scratch, failure));
}

/* Set aside when another of the files was rotated, as the names say. */
static bool is_set_aside(const struct follow *f, str path)
{
    for (size_t i = 0; i < f->files.count; i++) {
        if (follow_is_rotated(path, f->files.items[i].path))
            return true;
    }
    return false;
}

static void add(struct follow *f, str path, bool is_found)
{
    *LIST_ADD(&f->lasting, &f->files) =
        (struct followed){.path = path, .line = 1, .is_found = is_found};
}

/* One that is open already by another name, or was under a name that now another has. */
static bool is_known(const struct follow *f, const struct source_identity *identity)
{
    for (size_t i = 0; i < f->files.count; i++) {
        const struct followed *other = &f->files.items[i];
        if (other->source == NULL)
            continue;
        struct source_identity its = source_identity_of(other->source);
        if (its.device == identity->device && its.number == identity->number)
            return true;
    }
    for (size_t i = 0; i < f->left_count && i < LEFT_MAX; i++) {
        if (source_is_same(&f->left[i], identity))
            return true;
    }
    return false;
}

static bool is_new(void *context, const struct source_identity *identity)
{
    const struct follow *f = context;
    return !is_known(f, identity);
}

/* What was at the path; not where the file was only cut short. */
static void remember_left(struct follow *f, const struct followed *file,
                          const struct source_identity *left)
{
    struct source_identity now = source_identity_of(file->source);
    if (source_is_same(&now, left))
        return;
    f->left[f->left_count++ % LEFT_MAX] = *left;
    if (f->left_count == 2 * LEFT_MAX)
        f->left_count = LEFT_MAX;
}

static void close_file(struct follow *f, struct followed *file)
{
    source_close(file->source);
    f->open_count -= file->source != NULL;
    file->source = NULL;
}

static err full(struct follow *f, const struct followed *file)
{
    return FAIL(&f->scratch, ERR_TOO_LARGE,
                "%.*s is not read yet: no more than %u files are followed at once; name fewer",
                STR_ARG(file->path), FOLLOW_OPEN_MAX);
}

/* Opens it if it is there; that it is not is said once of what somebody named. */
static bool open_file(struct follow *f, struct followed *file)
{
    const struct logs_options *o = f->options;
    struct source_options options = {
        .follows = !file->is_once, .is_new = is_new, .context = f, .is_stopped = o->is_stopped};
    if (f->open_count == FOLLOW_OPEN_MAX)
        return false;
    struct source *source = NULL;
    err failure = source_open(&f->scratch, file->path, &options, &source);
    bool is_gone = file->is_found && failure && failure->code == ERR_NOT_FOUND;
    if (failure && !file->is_said && !is_gone)
        say(f, failure);
    file->is_said |= failure != NULL;
    if (failure)
        return false;
    struct source_identity identity = source_identity_of(source);
    if (!str_eq(file->path, LIT("-")) && is_known(f, &identity)) {
        source_close(source);
        file->is_over = file->is_found;
        return false;
    }
    file->source = source;
    f->open_count++;
    f->totals.files += !file->was_opened;
    file->was_opened = true;
    return true;
}

/* Pieces. */

/* Scans the first `len` bytes of the text, which are of the file. */
static void give(struct follow *f, struct followed *file, size_t len)
{
    memset(f->text + len, '\n', SWEEP_PADDING);
    sweep_scan_text(&f->scan, f->text, len);
    struct logs_piece piece = {
        .path = file->path,
        .offset = file->offset,
        .line = file->line,
        .text = {f->text, len},
        .hits = &f->scan.hits,
        .meant = f->scan.meant.at,
        .given_up = &f->scan.given_up,
    };
    file->offset += len;
    file->line += f->scan.found.line_count;
    f->totals.lines += f->scan.found.line_count;
    f->totals.bytes += len;
    f->totals.hits += f->scan.hits.count;
    f->is_enough |= !f->options->on_piece(f->options->context, &piece);
}

static void keep_carry(struct followed *file, const char *at, size_t len)
{
    free(file->carry);
    file->carry = NULL;
    file->carry_len = len;
    if (len == 0)
        return;
    file->carry = malloc(len);
    ASSERT(file->carry != NULL);
    memcpy(file->carry, at, len);
}

/* Gives what makes whole lines, or all at the end; the rest is carried. */
static void give_lines(struct follow *f, struct followed *file, size_t len, bool is_end)
{
    bool has_line = memrchr(f->text, '\n', len) != NULL;
    size_t whole = is_end                                ? len
                   : has_line || len == LOGS_PIECE_BYTES ? logs_whole_lines(f->text, len)
                                                         : 0;
    keep_carry(file, f->text + whole, len - whole);
    f->totals.lines += is_end && whole && f->text[whole - 1] != '\n';
    if (whole)
        give(f, file, whole);
}

/* Fills the text with what there is for now. */
static err fill(struct follow *f, struct followed *file, size_t *len, bool *is_end)
{
    memcpy(f->text, file->carry ? file->carry : "", file->carry_len);
    *len = file->carry_len;
    *is_end = false;
    while (*len < LOGS_PIECE_BYTES) {
        size_t got = 0;
        err failure =
            source_read(&f->scratch, file->source, f->text + *len, LOGS_PIECE_BYTES - *len, &got);
        *len += got;
        if (failure || got == 0) {
            *is_end = failure || !source_is_waiting(file->source);
            return failure;
        }
    }
    return NULL;
}

/* What becomes of a file once a piece of it was read. */
enum next {
    NEXT_GOES_ON,
    NEXT_BEGINS_ANEW, /* another file is at its path */
    NEXT_IS_AWAITED,  /* it was deleted; there may be another later */
    NEXT_IS_OVER,
};

static enum next next_of(struct follow *f, struct followed *file, size_t len, bool is_end)
{
    struct source_identity left;
    if (is_end)
        return NEXT_IS_OVER;
    if (source_begins_anew(file->source, &left)) {
        remember_left(f, file, &left);
        return NEXT_BEGINS_ANEW;
    }
    if (len == LOGS_PIECE_BYTES)
        return NEXT_GOES_ON;
    /* Whoever named a file that is deleted may know that it is written to all the same. */
    return file->is_found && source_is_deleted(file->source) ? NEXT_IS_AWAITED : NEXT_GOES_ON;
}

/* Its next piece; true if there was one, or another file is now at its path. */
static bool take_turn(struct follow *f, struct followed *file)
{
    size_t len;
    bool is_end;
    bool may_open = f->is_looking || !file->is_found;
    if (file->is_over || (file->source == NULL && !(may_open && open_file(f, file))))
        return false;
    size_t carried = file->carry_len;
    err failure = fill(f, file, &len, &is_end);
    enum next next = next_of(f, file, len, is_end);
    give_lines(f, file, len, next != NEXT_GOES_ON);
    if (failure)
        say(f, failure);
    if (next == NEXT_BEGINS_ANEW || next == NEXT_IS_AWAITED) {
        file->offset = 0;
        file->line = 1;
    }
    file->is_over = next == NEXT_IS_OVER;
    if (next == NEXT_IS_OVER || next == NEXT_IS_AWAITED)
        close_file(f, file);
    arena_reset(&f->scratch);
    return next == NEXT_BEGINS_ANEW || len > carried;
}

/* The round. */

static bool is_stopped(const struct follow *f)
{
    return f->is_enough || (f->options->is_stopped && f->options->is_stopped()) ||
           sweep_index_is_broken(f->options->index);
}

static void find_more(struct follow *f)
{
    const str *paths;
    size_t count =
        f->options->find_more ? f->options->find_more(f->options->find_context, &paths) : 0;
    for (size_t i = 0; i < count; i++)
        add(f, paths[i], true);
}

static bool take_round(struct follow *f)
{
    bool has_moved = false;
    int64_t now_us = clock_monotonic_us();
    f->is_looking = f->looked_us == 0 || now_us - f->looked_us >= LOOK_EVERY_US;
    if (f->is_looking && f->looked_us)
        find_more(f);
    if (f->is_looking)
        f->looked_us = now_us;
    for (size_t i = 0; i < f->files.count; i++)
        has_moved |= take_turn(f, &f->files.items[i]);
    return has_moved;
}

/* One that does not get its turn, since so many others are open. */
static void say_if_full(struct follow *f)
{
    for (size_t i = 0; i < f->files.count && f->open_count == FOLLOW_OPEN_MAX; i++) {
        const struct followed *file = &f->files.items[i];
        if (f->is_full_said || file->is_over || file->source)
            continue;
        say(f, full(f, file));
        f->is_full_said = true;
    }
}

static bool is_all_over(const struct follow *f)
{
    bool is_over = f->options->find_more == NULL;
    for (size_t i = 0; i < f->files.count && is_over; i++)
        is_over = f->files.items[i].is_over;
    return is_over;
}

/* A little, or until there is more on standard input. */
static void wait_for_more(const struct follow *f)
{
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    nfds_t count = 0;
    for (size_t i = 0; i < f->files.count; i++)
        count |= f->files.items[i].source && str_eq(f->files.items[i].path, LIT("-"));
    poll(&input, count, WAIT_MS);
}

static void follow_init(struct follow *f, const struct logs_options *options)
{
    *f = (struct follow){.options = options};
    f->memory = malloc(SWEEP_SLACK + LOGS_PIECE_BYTES + SWEEP_PADDING);
    f->left = calloc(LEFT_MAX, sizeof(*f->left));
    ASSERT(f->memory != NULL && f->left != NULL);
    memset(f->memory, '\n', SWEEP_SLACK);
    f->text = f->memory + SWEEP_SLACK;
    sweep_scan_init(&f->scan, options->index, options->kernel, LOGS_PIECE_BYTES);
    for (size_t i = 0; i < options->path_count; i++)
        add(f, options->paths[i], false);
    for (size_t i = 0; i < f->files.count; i++)
        f->files.items[i].is_once = is_set_aside(f, f->files.items[i].path);
}

static void follow_done(struct follow *f)
{
    for (size_t i = 0; i < f->files.count; i++) {
        close_file(f, &f->files.items[i]);
        free(f->files.items[i].carry);
    }
    sweep_scan_done(&f->scan);
    free(f->memory);
    free(f->left);
    arena_done(&f->scratch);
    arena_done(&f->lasting);
}

/* What is left of lines when it is stopped. */
static void give_rest(struct follow *f)
{
    for (size_t i = 0; i < f->files.count; i++) {
        struct followed *file = &f->files.items[i];
        size_t len = file->carry_len;
        memcpy(f->text, file->carry ? file->carry : "", len);
        give_lines(f, file, len, true);
    }
}

void follow_sweep(const struct logs_options *options, struct logs_totals *out)
{
    struct follow f;
    follow_init(&f, options);
    while (!is_stopped(&f) && !is_all_over(&f)) {
        if (take_round(&f))
            continue;
        say_if_full(&f);
        wait_for_more(&f);
    }
    if (!f.is_enough && !sweep_index_is_broken(options->index)) {
        take_round(&f); /* what was written before it was stopped */
        give_rest(&f);
    }
    *out = f.totals;
    follow_done(&f);
}
