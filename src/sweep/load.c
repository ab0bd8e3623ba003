/*
 * Telling files apart, and STIX.
 */
#include "sweep/load.h"

#include "base/file.h"
#include "sweep/compile.h"
#include "sweep/objects.h"
#include "sweep/phases.h"
#include "sweep/source.h"

#include <stdlib.h>

#define HEAD_BYTES 512u /* in which a file that is no text shows it */
#define LIST_PIECE_BYTES ((size_t)1 << 20)
#define CONFIDENCE_MAX 100
#define PROTECTED_BYTES_MAX ((size_t)16 << 20)

void sweep_load_done(struct sweep_load *l)
{
    arena_done(&l->scratch);
    free(l->values);
    l->values = NULL;
}

void load_trouble(struct sweep_load *l, uint64_t line, str words)
{
    OWNED(arena_done) struct arena a = {0};
    str place = arena_print(&a, "%.*s:%llu", STR_ARG(l->file), (unsigned long long)line);
    l->trouble->say(l->trouble->context, line ? place : l->file, words);
}

err load_check_stop(struct sweep_load *l)
{
    if (l->is_stopped == NULL || !l->is_stopped())
        return NULL;
    return FAIL(&l->scratch, ERR_BUSY, "stopped as asked, before all indicators were read");
}

err load_add(struct sweep_load *l, struct sweep_indicator *i, const struct sweep_value *values,
             size_t count)
{
    i->file = l->file;
    return sweep_builder_add(&l->scratch, l->builder, i, values, count);
}

err load_leave_out(struct sweep_load *l, struct sweep_indicator *i, str why)
{
    i->file = l->file;
    return sweep_builder_leave_out(&l->scratch, l->builder, i, why);
}

/* STIX. */

/* What is read of an indicator. */
#define MEMBERS(X)                                   \
    X(MEMBER_TYPE, "type")                           \
    X(MEMBER_ID, "id")                               \
    X(MEMBER_CREATED_BY_REF, "created_by_ref")       \
    X(MEMBER_MODIFIED, "modified")                   \
    X(MEMBER_NAME, "name")                           \
    X(MEMBER_PATTERN, "pattern")                     \
    X(MEMBER_PATTERN_TYPE, "pattern_type")           \
    X(MEMBER_PATTERN_VERSION, "pattern_version")     \
    X(MEMBER_VALID_FROM, "valid_from")               \
    X(MEMBER_VALID_UNTIL, "valid_until")             \
    X(MEMBER_KILL_CHAIN_PHASES, "kill_chain_phases") \
    X(MEMBER_REVOKED, "revoked")                     \
    X(MEMBER_CONFIDENCE, "confidence")               \
    X(MEMBER_OBJECT_MARKING_REFS, "object_marking_refs")

#define MEMBER_ENUM(member, key) member,
enum member { MEMBERS(MEMBER_ENUM) MEMBER_COUNT };
#undef MEMBER_ENUM

#define MEMBER_KEY(member, key) [member] = LIT_INIT(key),
static const str MEMBER_KEYS[MEMBER_COUNT] = {MEMBERS(MEMBER_KEY)};
#undef MEMBER_KEY

static int64_t time_of(struct load_time *last, json member)
{
    str text = json_string(member);
    int64_t us = 0;
    if (text.at == NULL)
        return us;
    if (str_eq(text, (str){last->text, last->len}))
        return last->us;
    if (clock_read(text, &us, NULL) && text.len <= sizeof(last->text)) {
        memcpy(last->text, text.at, text.len);
        last->len = text.len;
        last->us = us;
    }
    return us;
}

/* The strictest label of the object's markings. */
static void read_label(json refs, struct sweep_indicator *i)
{
    for (struct json_walk w = json_walk(refs); json_next(&w);) {
        enum tlp label;
        if (!tlp_of_marking_id(json_string(w.value), &label))
            continue;
        if (!i->is_labelled || label > i->label)
            i->label = label;
        i->is_labelled = true;
    }
}

static void read_indicator(struct sweep_load *l, const json members[MEMBER_COUNT],
                           struct sweep_indicator *i)
{
    int64_t confidence;
    *i = (struct sweep_indicator){
        .id = json_string(members[MEMBER_ID]),
        .name = json_string(members[MEMBER_NAME]),
        .source = json_string(members[MEMBER_CREATED_BY_REF]),
        .modified_us = time_of(&l->last_time, members[MEMBER_MODIFIED]),
        .valid_from_us = time_of(&l->last_time, members[MEMBER_VALID_FROM]),
        .valid_until_us = time_of(&l->last_time, members[MEMBER_VALID_UNTIL]),
        .is_revoked = json_is(members[MEMBER_REVOKED], JSON_TRUE),
        .confidence = SWEEP_CONFIDENCE_NONE,
    };
    if (json_to_i64(members[MEMBER_CONFIDENCE], &confidence) && confidence >= 0 &&
        confidence <= CONFIDENCE_MAX)
        i->confidence = (unsigned)confidence;
    read_label(members[MEMBER_OBJECT_MARKING_REFS], i);
    i->phases = phases_read(&l->scratch, members[MEMBER_KILL_CHAIN_PHASES]);
}

/* Room for the values of any pattern: too much for the stack of each call. */
static struct sweep_value *values_of(struct sweep_load *l)
{
    if (l->values == NULL)
        l->values = malloc(LOAD_VALUES_MAX * sizeof(*l->values));
    ASSERT(l->values != NULL);
    return l->values;
}

/* False where it says an end that is no time. The first second of 1970 stands for all before it. */
static bool read_end(json end, struct sweep_indicator *i)
{
    if (json_is(end, JSON_NONE) || i->valid_until_us >= US_PER_SECOND)
        return true;
    i->valid_until_us = US_PER_SECOND;
    return clock_read(json_string(end), NULL, NULL);
}

static void say_of(struct sweep_load *l, const struct sweep_indicator *i, uint64_t line, str why)
{
    str id = i->id.len ? i->id : LIT("an indicator without an id");
    load_trouble(l, line, arena_join(&l->scratch, id, LIT(": "), why));
}

/* One that is broken: said, and left out. */
static err refuse(struct sweep_load *l, struct sweep_indicator *i, uint64_t line, str why)
{
    say_of(l, i, line, why);
    return load_leave_out(l, i, why);
}

/* All of it, or what can be looked for: what is at fault is said of a part as of a whole. */
static err add_found(struct sweep_load *l, struct sweep_indicator *i, uint64_t line,
                     const struct load_found *found)
{
    i->left_out = found->left_out;
    if (found->is_broken)
        say_of(l, i, line, arena_join(&l->scratch, LIT("in part: "), found->left_out, LIT("")));
    return load_add(l, i, found->values, found->count);
}

static err add_stix(struct sweep_load *l, const json members[MEMBER_COUNT], uint64_t line)
{
    struct sweep_indicator i;
    struct load_found found = {.values = values_of(l)};
    read_indicator(l, members, &i);
    if (!read_end(members[MEMBER_VALID_UNTIL], &i))
        return refuse(l, &i, line, LIT("its valid_until is no time"));
    if (!json_is(members[MEMBER_PATTERN], JSON_STRING))
        return refuse(l, &i, line, LIT("it has no pattern"));
    str type = json_string(members[MEMBER_PATTERN_TYPE]);
    if (type.len && !str_eq(type, LIT("stix")))
        return load_leave_out(
            l, &i,
            arena_print(&l->scratch, "its pattern is of type %.*s, not STIX", STR_ARG(type)));
    bool is_20 = type.len == 0 || str_eq(json_string(members[MEMBER_PATTERN_VERSION]), LIT("2.0"));
    err failure = load_pattern(&l->scratch, json_string(members[MEMBER_PATTERN]), is_20, &found);
    if (failure == NULL)
        return add_found(l, &i, line, &found);
    str why = error_text(&l->scratch, failure);
    return failure->code == ERR_NOT_FOUND ? load_leave_out(l, &i, why) : refuse(l, &i, line, why);
}

static err add_object(void *context, const struct objects_item *item)
{
    struct sweep_load *l = context;
    arena_reset(&l->scratch);
    TRY(load_check_stop(l));
    str type = json_string(item->members[MEMBER_TYPE]);
    if (str_eq(type, LIT("indicator")))
        return add_stix(l, item->members, item->line);
    if (str_eq(type, LIT("identity")))
        sweep_builder_name_source(l->builder, json_string(item->members[MEMBER_ID]),
                                  json_string(item->members[MEMBER_NAME]));
    else if (load_is_misp(item->object))
        return load_misp(l, item->object, item->line);
    return NULL;
}

/* Files. */

static bool begins_as_json(str text)
{
    str trimmed = str_trim(str_part(text, 0, 4096));
    return str_starts(trimmed, LIT("{"));
}

/* A list of objects without anything around it. */
static bool begins_as_array(str text)
{
    str trimmed = str_trim(str_part(text, 0, 4096));
    return str_starts(trimmed, LIT("[")) && str_starts(str_trim(str_skip(trimmed, 1)), LIT("{"));
}

/* A file that is read a piece at a time: it may be large, and change under the reading. */
struct list_file {
    struct source *source;
    char *piece; /* the first, and of a list each next */
    size_t len;
    size_t at; /* of JSON: what was given of it */
    bool is_ended;
    bool is_cr; /* a list in which carriage returns alone end lines, as spreadsheets write some */
};

static void list_file_done(struct list_file *f)
{
    source_close(f->source);
    free(f->piece);
}

static void end_lines(char *at, size_t len)
{
    for (size_t i = 0; i < len; i++)
        at[i] = at[i] == '\r' ? '\n' : at[i];
}

/* Fills what room there is in the piece. */
static err fill_list(struct arena *a, struct list_file *f)
{
    while (f->len < LIST_PIECE_BYTES && !f->is_ended) {
        size_t got;
        TRY(source_read(a, f->source, f->piece + f->len, LIST_PIECE_BYTES - f->len, &got));
        if (f->is_cr)
            end_lines(f->piece + f->len, got);
        f->len += got;
        f->is_ended = got == 0;
    }
    return NULL;
}

static err load_list_file(struct arena *a, struct sweep_load *l, struct list_file *f)
{
    struct load_list list = {0};
    f->is_cr = memchr(f->piece, '\n', f->len) == NULL;
    if (f->is_cr)
        end_lines(f->piece, f->len);
    for (;;) {
        const char *end = f->len ? memrchr(f->piece, '\n', f->len) : NULL;
        size_t whole = end ? (size_t)(end - f->piece) + 1 : f->len;
        if (end == NULL && !f->is_ended)
            load_trouble(l, list.lines + 1, LIT("the line is longer than any indicator's"));
        else
            TRY(load_lines(l, &list, (str){f->piece, f->is_ended ? f->len : whole - 1}));
        TRY(load_check_stop(l));
        if (f->is_ended)
            return NULL;
        f->len -= whole;
        memmove(f->piece, f->piece + whole, f->len);
        TRY(fill_list(a, f));
    }
}

/* The first piece, then what follows. */
static err read_on(struct arena *a, void *context, char *to, size_t room, size_t *got)
{
    struct list_file *f = context;
    size_t left = f->len - f->at;
    if (left == 0 && !f->is_ended)
        return source_read(a, f->source, to, room, got);
    *got = left < room ? left : room;
    memcpy(to, f->piece + f->at, *got);
    f->at += *got;
    return NULL;
}

static err load_objects(struct arena *a, struct sweep_load *l, struct list_file *f)
{
    struct json_keys keys;
    json_keys_init(&keys, MEMBER_KEYS, MEMBER_COUNT);
    struct objects_call call = {.path = l->file,
                                .source = read_on,
                                .source_context = f,
                                .fn = add_object,
                                .context = l,
                                .keys = &keys,
                                .trouble = l->trouble};
    return objects_each(a, &call);
}

static err check_is_text(struct arena *a, str path, str first)
{
    if (sweep_index_begins(first))
        return FAIL(a, ERR_INPUT, "%.*s is compiled already: give it with --index", STR_ARG(path));
    str head = str_part(first, 0, HEAD_BYTES);
    if (str_find_char(head, '\0') < head.len)
        return FAIL(a, ERR_INPUT,
                    "%.*s is no text: indicators come as STIX, MISP, CSV or one value a line",
                    STR_ARG(path));
    return NULL;
}

err sweep_load_file(struct arena *a, struct sweep_load *l, str path)
{
    OWNED(list_file_done) struct list_file f = {.piece = malloc(LIST_PIECE_BYTES)};
    struct source_options options = {0};
    ASSERT(f.piece != NULL);
    l->file = path;
    TRY(source_open(a, path, &options, &f.source));
    TRY(fill_list(a, &f));
    str first = {f.piece, f.len};
    TRY(check_is_text(a, path, first));
    if (begins_as_array(first))
        return FAIL(a, ERR_INPUT,
                    "%.*s is a bare list of objects: put {\"objects\": before it and } behind it",
                    STR_ARG(path));
    return begins_as_json(first) ? load_objects(a, l, &f) : load_list_file(a, l, &f);
}

err sweep_load_protected(struct arena *a, struct sweep_load *l, str path)
{
    str text;
    l->file = path;
    TRY(file_read(a, path, PROTECTED_BYTES_MAX, &text));
    l->protects = true;
    err failure = load_list(l, text);
    l->protects = false;
    return failure;
}
