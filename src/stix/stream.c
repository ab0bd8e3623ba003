/*
 * Streams of objects. A window of the source is held in memory; for a text in memory it is the
 * whole text. Whether the objects lie in a list is found by walking the members of the first value:
 * a member "objects" that is a list holds them; otherwise the value is itself an object, and more
 * of them may follow, one a line.
 */
#include "stix/bundle.h"

#include "base/buf.h"
#include "stix/scan.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#define READ_BYTES ((size_t)1 << 16)
#define HEAD_BYTES_MAX ((size_t)1 << 20)
#define PIECE_OBJECTS_MAX 65536u

enum stream_phase {
    PHASE_START,
    PHASE_LIST,  /* inside "objects" */
    PHASE_LINES, /* one object a line */
    PHASE_DONE,
};

struct bundle_stream {
    struct bundle_limits limits;
    bundle_source_fn *source; /* NULL for a text */
    void *context;
    int fd;       /* that read_fd reads */
    char *memory; /* the window's own memory, for a source */
    size_t capacity;
    str window;    /* what is at hand */
    size_t at;     /* the next byte in it */
    bool is_ended; /* nothing follows the window */
    uint64_t base; /* offset of the window in the whole */
    size_t marked; /* offset in the window up to which `place` has counted */
    struct scan_place place;
    enum stream_phase phase;
    enum bundle_kind kind;
    bool has_other_members; /* than an envelope has */
    bool is_after_element;
    uint64_t count; /* objects given */
    struct buf head;
};

static struct bundle_stream *new_stream(struct arena *a, const struct bundle_limits *limits)
{
    struct bundle_stream *b = NEW(a, struct bundle_stream);
    if (limits)
        b->limits = *limits;
    if (b->limits.piece_bytes == 0)
        b->limits.piece_bytes = BUNDLE_PIECE_BYTES;
    if (b->limits.object_bytes_max == 0)
        b->limits.object_bytes_max = BUNDLE_OBJECT_BYTES_MAX_DEFAULT;
    b->place = (struct scan_place){1, 1};
    buf_init(&b->head, HEAD_BYTES_MAX);
    return b;
}

err bundle_open_text(struct arena *a, str text, const struct bundle_limits *limits,
                     struct bundle_stream **out)
{
    if (limits && limits->bytes_max && text.len > limits->bytes_max)
        return FAIL(a, ERR_TOO_LARGE, "the input has %zu bytes; at most %llu are taken", text.len,
                    (unsigned long long)limits->bytes_max);
    struct bundle_stream *b = new_stream(a, limits);
    b->window = text;
    b->is_ended = true;
    *out = b;
    return NULL;
}

err bundle_open_source(struct arena *a, bundle_source_fn *source, void *context,
                       const struct bundle_limits *limits, struct bundle_stream **out)
{
    struct bundle_stream *b = new_stream(a, limits);
    b->source = source;
    b->context = context;
    *out = b;
    return NULL;
}

static err read_fd(struct arena *a, void *context, char *to, size_t room, size_t *got)
{
    const struct bundle_stream *b = context;
    ssize_t n;
    do
        n = read(b->fd, to, room);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return FAIL(a, ERR_IO, "the input cannot be read: %s", strerror(errno));
    *got = (size_t)n;
    return NULL;
}

err bundle_open_fd(struct arena *a, int fd, const struct bundle_limits *limits,
                   struct bundle_stream **out)
{
    ASSERT(fd >= 0);
    struct bundle_stream *b = new_stream(a, limits);
    b->source = read_fd;
    b->context = b;
    b->fd = fd;
    *out = b;
    return NULL;
}

void bundle_close(struct bundle_stream *b)
{
    if (b == NULL)
        return;
    free(b->memory);
    b->memory = NULL;
    buf_done(&b->head);
}

enum bundle_kind bundle_stream_kind(const struct bundle_stream *b)
{
    return b->kind;
}

str bundle_stream_head(const struct bundle_stream *b)
{
    return buf_str(&b->head);
}

/* Brings `place` up to offset `to` of the window. */
static void count_to(struct bundle_stream *b, size_t to)
{
    if (to > b->marked) {
        scan_advance(&b->place, str_part(b->window, b->marked, to));
        b->marked = to;
    }
}

static err fail_at(struct arena *a, struct bundle_stream *b, size_t at, enum err_code code,
                   const char *what)
{
    count_to(b, at);
    return FAIL(a, code, "line %llu, column %llu: %s", (unsigned long long)b->place.line,
                (unsigned long long)b->place.column, what);
}

/* What is wrong with the next byte `c`: it is not `expected`, or the input ended. */
static err fail_here(struct arena *a, struct bundle_stream *b, char c, const char *expected)
{
    if (c == '\0' && b->at >= b->window.len)
        return fail_at(a, b, b->at, ERR_INPUT, "the input ends before its last bracket is closed");
    str words = arena_print(a, "%s is expected here", expected);
    return fail_at(a, b, b->at, ERR_INPUT, words.at);
}

/* Lets go of what was read, when that is worth the move. Offsets into the window change. */
static void drop_read(struct bundle_stream *b)
{
    if (b->source == NULL || b->at < READ_BYTES)
        return;
    count_to(b, b->at);
    memmove(b->memory, b->memory + b->at, b->window.len - b->at);
    b->base += b->at;
    b->window.len -= b->at;
    b->marked -= b->at;
    b->at = 0;
}

static void make_room(struct bundle_stream *b)
{
    if (b->window.len + READ_BYTES <= b->capacity)
        return;
    size_t capacity = b->capacity ? b->capacity * 2 : 4 * READ_BYTES;
    char *memory = realloc(b->memory, capacity);
    ASSERT(memory != NULL);
    b->memory = memory;
    b->capacity = capacity;
}

/* Brings more bytes behind the window, which may move in memory; offsets stay. */
static err read_more(struct arena *a, struct bundle_stream *b)
{
    size_t got = 0;
    make_room(b);
    TRY(b->source(a, b->context, b->memory + b->window.len, READ_BYTES, &got));
    b->is_ended = got == 0;
    b->window.at = b->memory;
    b->window.len += got;
    if (b->limits.bytes_max && b->base + b->window.len > b->limits.bytes_max)
        return FAIL(a, ERR_TOO_LARGE, "the input has more than the %llu bytes that are taken",
                    (unsigned long long)b->limits.bytes_max);
    return NULL;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Goes to the next byte that is no white space; `*c` is NUL at the end. */
static err skip_space(struct arena *a, struct bundle_stream *b, char *c)
{
    for (;;) {
        while (b->at < b->window.len && is_space(b->window.at[b->at]))
            b->at++;
        if (b->at < b->window.len) {
            *c = b->window.at[b->at];
            return NULL;
        }
        if (b->is_ended) {
            *c = '\0';
            return NULL;
        }
        TRY(read_more(a, b));
    }
}

/* A string or a bare word at the beginning of `s`: where it ends, or false if it does not. */
static bool scan_plain(str s, bool is_ended, size_t *end)
{
    size_t i = 0;
    if (s.at[0] == '"') {
        for (i = 1; i < s.len && s.at[i] != '"'; i++)
            i += s.at[i] == '\\';
        *end = i + 1;
        return i < s.len;
    }
    while (i < s.len && !is_space(s.at[i]) && !strchr(",]}:", s.at[i]))
        i++;
    *end = i;
    return i < s.len || is_ended;
}

/*
 * Finds the end of the value at the next byte. Where `may_read`, more is read until it is there;
 * otherwise `*is_whole` says whether what is at hand has all of it.
 */
static err find_end(struct arena *a, struct bundle_stream *b, bool may_read, size_t *end,
                    bool *is_whole)
{
    struct scan scan = {0};
    for (;;) {
        str rest = str_skip(b->window, b->at);
        ASSERT(rest.at != NULL);
        bool is_bracket = rest.at[0] == '{' || rest.at[0] == '[';
        *is_whole = is_bracket ? scan_value(&scan, rest, end) : scan_plain(rest, b->is_ended, end);
        if (*is_whole ? *end > b->limits.object_bytes_max : rest.len > b->limits.object_bytes_max)
            return fail_at(a, b, b->at, ERR_TOO_LARGE, "this value is larger than is taken");
        if (*is_whole)
            *end += b->at;
        if (*is_whole || !may_read)
            return NULL;
        if (b->is_ended)
            return fail_at(a, b, b->window.len, ERR_INPUT, "the input ends inside a value");
        TRY(read_more(a, b));
    }
}

/* The value at the next byte, read until it is whole; the next byte is then behind it. */
static err take_value(struct arena *a, struct bundle_stream *b, str *value)
{
    size_t end;
    bool is_whole;
    TRY(find_end(a, b, true, &end, &is_whole));
    *value = str_part(b->window, b->at, end);
    b->at = end;
    return NULL;
}

static void add_to_head(struct bundle_stream *b, str key, str value)
{
    buf_put_char(&b->head, b->head.len ? ',' : '{');
    buf_put(&b->head, key);
    buf_put_char(&b->head, ':');
    buf_put(&b->head, value);
}

static err end_head(struct arena *a, struct bundle_stream *b)
{
    if (b->head.len == 0)
        buf_put_char(&b->head, '{');
    buf_put_char(&b->head, '}');
    return buf_check(a, &b->head);
}

/* After the last object: nothing but white space may follow. */
static err expect_end(struct arena *a, struct bundle_stream *b)
{
    char c;
    TRY(skip_space(a, b, &c));
    b->phase = PHASE_DONE;
    return b->at < b->window.len ? fail_here(a, b, c, "the end of the input") : NULL;
}

/* The name of a member and the colon behind it; the next byte is then its value's. */
static err take_key(struct arena *a, struct bundle_stream *b, str *key)
{
    char c;
    TRY(skip_space(a, b, &c));
    if (c != '"')
        return fail_here(a, b, c, "the name of a member");
    TRY(take_value(a, b, key));
    *key = arena_copy(a, *key);
    TRY(skip_space(a, b, &c));
    if (c != ':')
        return fail_here(a, b, c, "a colon");
    b->at++;
    TRY(skip_space(a, b, &c));
    return c == '\0' || strchr(",]}:", c) ? fail_here(a, b, c, "a value") : NULL;
}

/* What is told by the members that are not "objects". */
static void note_member(struct bundle_stream *b, str key, str value)
{
    if (str_eq(key, LIT("\"type\"")) && str_eq(value, LIT("\"bundle\"")))
        b->kind = BUNDLE_STIX;
    if (!str_eq(key, LIT("\"more\"")) && !str_eq(key, LIT("\"next\"")))
        b->has_other_members = true;
    add_to_head(b, key, value);
}

/*
 * Walks the members of the value around the objects from the next byte on, keeping them in the
 * head, up to "objects" with a list, or to the end of the value.
 */
static err walk_head(struct arena *a, struct bundle_stream *b, bool is_first, bool *has_list)
{
    *has_list = false;
    for (;; is_first = false) {
        char c;
        TRY(skip_space(a, b, &c));
        if (c == '}') {
            b->at++;
            return end_head(a, b);
        }
        if (!is_first && c != ',')
            return fail_here(a, b, c, "a comma or a closing brace");
        b->at += !is_first;
        str key;
        TRY(take_key(a, b, &key));
        if (b->phase == PHASE_START && b->window.at[b->at] == '[' &&
            str_eq(key, LIT("\"objects\""))) {
            b->at++;
            *has_list = true;
            return NULL;
        }
        str value;
        TRY(take_value(a, b, &value));
        note_member(b, key, value);
    }
}

struct offsets {
    size_t from;
    size_t to;
};

struct offset_list {
    struct offsets *items;
    size_t count;
    size_t capacity;
};

/* In brackets what is a list already is an array. */
static void copy_piece(struct arena *a, const struct bundle_stream *b, struct bundle_piece *p)
{
    char *copy = arena_take(a, p->bytes.len + 2 + JSON_PADDING);
    copy[0] = '[';
    if (p->bytes.len)
        memcpy(copy + 1, p->bytes.at, p->bytes.len);
    copy[p->bytes.len + 1] = ']';
    memset(copy + p->bytes.len + 2, ' ', JSON_PADDING);
    p->bytes.at = copy + 1;
    if (b->kind != BUNDLE_LINES)
        p->array = (str){copy, p->bytes.len + 2};
}

/* Makes the piece of the spans, whose offsets are in the window. */
static err give_piece(struct arena *a, struct bundle_stream *b, const struct offset_list *spans,
                      struct bundle_piece *piece)
{
    size_t from = spans->items[0].from;
    size_t to = spans->items[spans->count - 1].to;
    count_to(b, from);
    struct bundle_piece p = {.count = spans->count};
    p.bytes = str_part(b->window, from, to);
    if (b->source)
        copy_piece(a, b, &p);
    str *objects = NEW_ARRAY(a, spans->count, str);
    for (size_t i = 0; i < spans->count; i++)
        objects[i] = str_part(p.bytes, spans->items[i].from - from, spans->items[i].to - from);
    p.objects = objects;
    p.index = b->count;
    p.offset = b->base + from;
    p.line = b->place.line;
    p.column = b->place.column;
    b->count += spans->count;
    if (b->limits.objects_max && b->count > b->limits.objects_max)
        return FAIL(a, ERR_TOO_LARGE, "the input has more than the %llu objects that are taken",
                    (unsigned long long)b->limits.objects_max);
    *piece = p;
    return NULL;
}

/* Between two elements of the list: a comma, or the end of it. */
static err next_element(struct arena *a, struct bundle_stream *b, bool *has_more)
{
    char c;
    TRY(skip_space(a, b, &c));
    *has_more = c != ']';
    if (!*has_more) {
        b->at++;
        return NULL;
    }
    if (b->is_after_element) {
        if (c != ',')
            return fail_here(a, b, c, "a comma or a closing bracket");
        b->at++;
        b->is_after_element = false;
        TRY(skip_space(a, b, &c));
    }
    return c == '\0' || strchr(",]}:", c) ? fail_here(a, b, c, "an object") : NULL;
}

/* The end of the list: what stands behind it belongs to the head. */
static err end_list(struct arena *a, struct bundle_stream *b, bool is_empty)
{
    bool has_list;
    if (is_empty)
        add_to_head(b, LIT("\"objects\""), LIT("[]"));
    b->phase = PHASE_DONE; /* so that a second "objects" is a member like any other */
    TRY(walk_head(a, b, false, &has_list));
    return expect_end(a, b);
}

static bool is_full(const struct bundle_stream *b, const struct offset_list *spans)
{
    return spans->count == PIECE_OBJECTS_MAX ||
           spans->items[spans->count - 1].to - spans->items[0].from >= b->limits.piece_bytes;
}

static err take_from_list(struct arena *a, struct bundle_stream *b, struct offset_list *spans)
{
    do {
        bool has_more;
        TRY(next_element(a, b, &has_more));
        if (!has_more)
            return end_list(a, b, b->count + spans->count == 0);
        size_t end;
        bool is_whole;
        TRY(find_end(a, b, spans->count == 0, &end, &is_whole));
        if (!is_whole)
            return NULL;
        *LIST_ADD(a, spans) = (struct offsets){b->at, end};
        b->at = end;
        b->is_after_element = true;
    } while (!is_full(b, spans));
    return NULL;
}

/* The end of the line at the next byte, as find_end. */
static err find_line_end(struct arena *a, struct bundle_stream *b, bool may_read, size_t *end)
{
    for (;;) {
        str rest = str_skip(b->window, b->at);
        *end = b->at + str_find_char(rest, '\n');
        if (rest.len > b->limits.object_bytes_max && *end - b->at > b->limits.object_bytes_max)
            return fail_at(a, b, b->at, ERR_TOO_LARGE, "this line is longer than is taken");
        if (*end < b->window.len || b->is_ended || !may_read)
            return NULL;
        TRY(read_more(a, b));
    }
}

static err take_lines(struct arena *a, struct bundle_stream *b, struct offset_list *spans)
{
    do {
        char c;
        TRY(skip_space(a, b, &c));
        if (b->at >= b->window.len) {
            b->phase = PHASE_DONE;
            return NULL;
        }
        size_t end;
        TRY(find_line_end(a, b, spans->count == 0, &end));
        if (end == b->window.len && !b->is_ended)
            return NULL;
        *LIST_ADD(a, spans) = (struct offsets){b->at, end};
        b->at = end;
    } while (!is_full(b, spans));
    return NULL;
}

/* True if the first line is followed by another that begins with a brace: then lines they are. */
static bool looks_like_lines(const struct bundle_stream *b, size_t from)
{
    str rest = str_skip(b->window, from);
    str next = str_trim(str_skip(rest, str_find_char(rest, '\n')));
    return next.len && next.at[0] == '{';
}

/* The first value was an object by itself. */
static err after_first_object(struct arena *a, struct bundle_stream *b, size_t from,
                              struct offset_list *spans)
{
    if (b->kind == BUNDLE_STIX || !b->has_other_members)
        return expect_end(a, b);
    size_t end = b->at;
    *LIST_ADD(a, spans) = (struct offsets){from, end};
    buf_clear(&b->head);
    char c;
    TRY(skip_space(a, b, &c));
    str between = str_part(b->window, end, b->at);
    if (c == '{' && str_find_char(between, '\n') == between.len)
        return fail_here(a, b, c, "the end of the line, since JSON Lines hold one object a line");
    b->phase = c == '{' ? PHASE_LINES : PHASE_DONE;
    b->kind = c == '{' ? BUNDLE_LINES : BUNDLE_OBJECT;
    return c == '{' || b->at >= b->window.len ? NULL : fail_here(a, b, c, "the end of the input");
}

static err start(struct arena *a, struct bundle_stream *b, struct offset_list *spans)
{
    char c;
    TRY(skip_space(a, b, &c));
    if (c != '{')
        return fail_here(a, b, c, "a bundle, an object with \"objects\", or one object a line");
    size_t from = b->at;
    b->kind = BUNDLE_ENVELOPE;
    b->at++;
    bool has_list;
    size_t marked = b->marked;
    struct scan_place place = b->place;
    err e = walk_head(a, b, true, &has_list);
    if (e && looks_like_lines(b, from)) {
        b->at = from;
        b->marked = marked;
        b->place = place;
        b->phase = PHASE_LINES;
        b->kind = BUNDLE_LINES;
        buf_clear(&b->head);
        return take_lines(a, b, spans);
    }
    if (e)
        return e;
    if (!has_list)
        return after_first_object(a, b, from, spans);
    b->phase = PHASE_LIST;
    return take_from_list(a, b, spans);
}

err bundle_next(struct arena *a, struct bundle_stream *b, struct bundle_piece *piece,
                bool *has_piece)
{
    struct offset_list spans = {0};
    drop_read(b);
    while (!b->is_ended && b->window.len - b->at < b->limits.piece_bytes)
        TRY(read_more(a, b));
    if (b->phase == PHASE_START)
        TRY(start(a, b, &spans));
    else if (b->phase == PHASE_LIST)
        TRY(take_from_list(a, b, &spans));
    else if (b->phase == PHASE_LINES)
        TRY(take_lines(a, b, &spans));
    *has_piece = spans.count > 0;
    return spans.count ? give_piece(a, b, &spans, piece) : NULL;
}

str bundle_piece_array(const struct bundle_piece *piece, struct buf *to)
{
    if (piece->array.len)
        return piece->array;
    buf_clear(to);
    buf_put_char(to, '[');
    for (size_t i = 0; i < piece->count; i++) {
        if (i)
            buf_put_char(to, ',');
        buf_put(to, piece->objects[i]);
    }
    buf_put_char(to, ']');
    return buf_str(to);
}

void bundle_piece_place(const struct bundle_piece *piece, const char *at, uint64_t *line,
                        uint64_t *column)
{
    struct scan_place place = {piece->line, piece->column};
    scan_advance(&place, str_part(piece->bytes, 0, (size_t)(at - piece->bytes.at)));
    *line = place.line;
    *column = place.column;
}
