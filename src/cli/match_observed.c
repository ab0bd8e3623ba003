/*
 * tocsin match --observed: every pattern, exactly, over observed data.
 */
#include "base/clock.h"
#include "base/file.h"
#include "base/map.h"
#include "cli/match.h"
#include "cli/record.h"
#include "cli/stop.h"
#include "sweep/objects.h"
#include "sweep/observe.h"

#define PATTERNS_BYTES_MAX ((size_t)1 << 32)
#define LINE_BYTES_MAX (PATTERN_BYTES_MAX * 8)

/* One line of a patterns file, or an indicator: what it calls itself, as JSON. */
struct pattern_line {
    str index;
    str error; /* empty for a good one */
    bool is_replaced;
    struct match_indicator *about; /* of an indicator; else NULL */
};

/* The newest version of an indicator so far. */
struct version {
    int64_t modified_us;
    size_t line; /* + 1; 0: it is revoked, expired or no STIX pattern */
};

struct pattern_lines {
    struct pattern_line *items;
    size_t count;
    size_t capacity;
};

struct observing {
    struct arena *arena;
    struct match *match;
    struct observe *observe;
    struct objects_keep keep;
    struct pattern_lines lines;
    str path;            /* of indicators, which is read */
    struct map versions; /* id of an indicator: a struct version* */
    struct map names;    /* id of an identity: a str* */
    size_t silenced;     /* indicators that are revoked or expired */
    struct match_mets mets;
    struct {
        json *items;
        size_t count;
        size_t capacity;
    } objects;
    struct observed data;
};

static void observing_done(struct observing *o)
{
    observe_close(o->observe);
    objects_keep_done(&o->keep);
}

/* Reading. */

static err add_line(struct observing *o, struct arena *scratch, json value, size_t number)
{
    json pattern = json_get(value, LIT("pattern"));
    if (!json_is(pattern, JSON_STRING))
        return FAIL(scratch, ERR_INPUT, "a line {\"index\": …, \"pattern\": \"…\"} is expected");
    json index = json_get(value, LIT("index"));
    struct pattern_line *line = LIST_ADD(o->arena, &o->lines);
    line->index = json_is(index, JSON_NONE) ? arena_print(o->arena, "%zu", number)
                                            : arena_copy(o->arena, json_span(index));
    bool is_20 = str_eq(json_get_string(value, LIT("pattern_version")), LIT("2.0"));
    err failure = observe_add(scratch, o->observe, json_string(pattern), is_20);
    if (failure)
        line->error = arena_copy(o->arena, error_text(scratch, failure));
    return NULL;
}

static void read_line(struct observing *o, struct json_reader *reader, str path, str line,
                      size_t number)
{
    OWNED(arena_done) struct arena scratch = {0};
    struct json_limits limits = {.bytes_max = LINE_BYTES_MAX};
    json value;
    err failure = json_read(&scratch, reader, line, &limits, &value);
    if (failure == NULL)
        failure = add_line(o, &scratch, value, number - 1);
    if (failure)
        match_trouble(o->match, arena_print(&scratch, "%.*s:%zu", STR_ARG(path), number),
                      error_text(&scratch, failure));
}

static err read_patterns(struct observing *o)
{
    OWNED(json_reader_done) struct json_reader reader = {0};
    size_t count;
    const str *paths = cli_values(o->arena, o->match->cli, "patterns", &count);
    for (size_t i = 0; i < count; i++) {
        OWNED(arena_done) struct arena file = {0};
        str text;
        err failure = file_read(&file, paths[i], PATTERNS_BYTES_MAX, &text);
        if (failure)
            return FAIL(o->arena, failure->code, "%.*s", STR_ARG(error_text(o->arena, failure)));
        size_t number = 0;
        for (str line; str_cut(&text, '\n', &line);) {
            number++;
            if (str_trim(line).len)
                read_line(o, &reader, paths[i], line, number);
        }
    }
    return NULL;
}

static bool is_live(json object)
{
    int64_t until = INT64_MAX;
    str type = json_get_string(object, LIT("pattern_type"));
    clock_read(json_get_string(object, LIT("valid_until")), &until, NULL);
    return !json_is(json_get(object, LIT("revoked")), JSON_TRUE) && until > clock_now_us() &&
           (type.len == 0 || str_eq(type, LIT("stix")));
}

/* What is known of the indicator from now on; NULL if a newer version is known already. */
static struct version *take_version(struct observing *o, json object)
{
    struct version made = {0};
    str id = json_get_string(object, LIT("id"));
    clock_read(json_get_string(object, LIT("modified")), &made.modified_us, NULL);
    struct version *known = id.len ? map_get(&o->versions, id) : NULL;
    if (known && known->modified_us > made.modified_us)
        return NULL;
    if (known && known->line)
        o->lines.items[known->line - 1].is_replaced = true;
    if (known == NULL) {
        known = NEW(o->arena, struct version);
        if (id.len)
            map_put(&o->versions, arena_copy(o->arena, id), known);
    }
    *known = made;
    return known;
}

static void keep_name(struct observing *o, json identity)
{
    str *name = NEW(o->arena, str);
    *name = arena_copy(o->arena, json_get_string(identity, LIT("name")));
    map_put(&o->names, arena_copy(o->arena, json_get_string(identity, LIT("id"))), name);
}

/* The newest version of an indicator, if it is live: its index is its id. */
static err add_indicator(struct observing *o, json object)
{
    struct version *version = take_version(o, object);
    if (version == NULL)
        return NULL;
    o->silenced += !is_live(object);
    if (!is_live(object))
        return NULL;
    OWNED(arena_done) struct arena scratch = {0};
    struct pattern_line *added = LIST_ADD(o->arena, &o->lines);
    version->line = o->lines.count;
    added->index = arena_copy(o->arena, json_span(json_get(object, LIT("id"))));
    added->about = NEW(o->arena, struct match_indicator);
    *added->about = match_indicator_read(o->arena, object, o->path);
    bool is_20 = json_get_string(object, LIT("pattern_type")).len == 0 ||
                 str_eq(json_get_string(object, LIT("pattern_version")), LIT("2.0"));
    err failure = observe_add(&scratch, o->observe, json_get_string(object, LIT("pattern")), is_20);
    if (failure)
        added->error = arena_copy(o->arena, error_text(&scratch, failure));
    return NULL;
}

static err add_object(void *context, const struct objects_item *item)
{
    struct observing *o = context;
    TRY(stop_check(o->arena));
    str type = json_get_string(item->object, LIT("type"));
    if (str_eq(type, LIT("identity")))
        keep_name(o, item->object);
    return str_eq(type, LIT("indicator")) ? add_indicator(o, item->object) : NULL;
}

static err read_indicators(struct observing *o)
{
    size_t count;
    const str *paths = cli_values(o->arena, o->match->cli, "indicators", &count);
    for (size_t i = 0; i < count + o->match->extra_count; i++) {
        o->path = i < count ? paths[i] : o->match->extra[i - count];
        struct objects_call call = {
            .path = o->path, .fn = add_object, .context = o, .trouble = &o->match->trouble};
        TRY(objects_each(o->arena, &call));
    }
    return NULL;
}

static err keep_object(void *context, const struct objects_item *item)
{
    struct observing *o = context;
    TRY(stop_check(o->arena));
    *LIST_ADD(o->arena, &o->objects) = item->object;
    return NULL;
}

/* Of a file that breaks off, what came before counts. */
static err read_observed(struct observing *o)
{
    size_t count;
    const str *paths = cli_values(o->arena, o->match->cli, "observed", &count);
    for (size_t i = 0; i < count; i++) {
        struct objects_call call = {.path = paths[i],
                                    .fn = keep_object,
                                    .context = o,
                                    .keep = &o->keep,
                                    .trouble = &o->match->trouble};
        err failure = objects_each(o->arena, &call);
        TRY(stop_check(o->arena));
        if (failure)
            match_trouble(o->match, (str){0}, error_text(o->arena, failure));
    }
    observed_gather(o->arena, o->objects.items, o->objects.count, &o->data);
    for (size_t i = 0; i < o->data.faults.count; i++)
        match_trouble(o->match, o->data.faults.items[i].id, o->data.faults.items[i].text);
    if (o->data.count == 0)
        match_trouble(o->match, (str){0}, LIT("there is no observed data to look in"));
    return NULL;
}

/* Answering. */

static void put_observations(struct json_writer *w, const struct observing *o,
                             const struct observe_result *result)
{
    ASSERT(result != NULL);
    json_key(w, LIT("observed"));
    json_open_array(w);
    for (size_t i = 0; i < result->count; i++)
        json_put_string(w, o->data.items[result->observations[i]].id);
    json_close_array(w);
}

static void print_json(const struct observing *o, const struct pattern_line *line,
                       const struct observe_result *result, str error)
{
    OWNED(buf_done) struct buf text;
    buf_init(&text, (size_t)1 << 30);
    struct json_writer w;
    json_writer_init(&w, &text);
    json_open_object(&w);
    json_member_raw(&w, "index", line->index);
    if (error.len)
        json_member(&w, "error", error);
    else
        put_observations(&w, o, result);
    if (error.len == 0 && line->about)
        match_put_indicator(&w, line->about);
    json_close_object(&w);
    match_print_json(o->match, &text);
}

static void print_words(const struct observing *o, const struct pattern_line *line,
                        const struct observe_result *result)
{
    OWNED(arena_done) struct arena scratch = {0};
    struct cli *cli = o->match->cli;
    cli_print(cli, "pattern %.*s", STR_ARG(record_plain(&scratch, line->index)));
    if (line->about) {
        str about = match_about(&scratch, line->about);
        cli_print(cli, "%.*s ", STR_ARG(about));
    }
    cli_print(cli, " matches");
    for (size_t i = 0; i < result->count; i++)
        cli_print(cli, " %.*s",
                  STR_ARG(record_plain(&scratch, o->data.items[result->observations[i]].id)));
    cli_print(cli, "\n");
}

/* What was bound counts; when that was is known of observed data. */
static void keep_met(struct observing *o, const struct pattern_line *line,
                     const struct observe_result *result)
{
    if (result->count == 0)
        return;
    const struct observation *first = &o->data.items[result->observations[0]];
    struct match_met met = {.count = result->count,
                            .has_time = true,
                            .first_us = first->first_us,
                            .last_us = first->last_us};
    for (size_t i = 1; i < result->count; i++) {
        const struct observation *next = &o->data.items[result->observations[i]];
        met.first_us = next->first_us < met.first_us ? next->first_us : met.first_us;
        met.last_us = next->last_us > met.last_us ? next->last_us : met.last_us;
    }
    met.indicator = line->about ? *line->about
                                : (struct match_indicator){.kind = "pattern",
                                                           .value = line->index,
                                                           .confidence = MATCH_NO_CONFIDENCE};
    match_mind_label(&o->mets, met.indicator.is_labelled, met.indicator.label);
    *LIST_ADD(o->arena, &o->mets) = met;
}

static void answer_error(struct observing *o, const struct pattern_line *line, str error)
{
    OWNED(arena_done) struct arena scratch = {0};
    match_trouble(o->match, arena_join(&scratch, LIT("pattern "), line->index, LIT("")), error);
    if (o->match->cli->is_json)
        print_json(o, line, NULL, error);
}

/* Broken patterns that stand before pattern `before` and were not answered yet. */
static void answer_broken(struct observing *o, size_t *at, size_t before)
{
    for (; *at < before; ++*at) {
        if (o->lines.items[*at].error.len && !o->lines.items[*at].is_replaced)
            answer_error(o, &o->lines.items[*at], o->lines.items[*at].error);
    }
}

struct answering {
    struct observing *o;
    size_t at;
};

static err answer(void *context, const struct observe_result *result)
{
    struct answering *t = context;
    const struct pattern_line *line = &t->o->lines.items[result->number];
    OWNED(arena_done) struct arena scratch = {0};
    TRY(stop_check(t->o->arena));
    answer_broken(t->o, &t->at, result->number);
    if (line->is_replaced)
        return NULL;
    if (result->failure) {
        answer_error(t->o, line, error_text(&scratch, result->failure));
        return NULL;
    }
    t->o->match->found++;
    keep_met(t->o, line, result);
    if (t->o->match->cli->is_json)
        print_json(t->o, line, result, (str){0});
    else
        print_words(t->o, line, result);
    return NULL;
}

/* Who shared it, by name where an identity gives one. */
static void name_sharers(struct observing *o)
{
    for (size_t i = 0; i < o->lines.count; i++) {
        struct match_indicator *about = o->lines.items[i].about;
        const str *name = about ? map_get(&o->names, about->shared_by) : NULL;
        if (name && name->len)
            about->shared_by = *name;
    }
}

static void summary(const struct observing *o)
{
    size_t evaluated = 0;
    for (size_t i = 0; i < o->lines.count; i++)
        evaluated += o->lines.items[i].error.len == 0 && !o->lines.items[i].is_replaced;
    cli_note(o->match->cli,
             "%llu of %zu patterns match; %zu observed data; %zu silent (expired or "
             "revoked)",
             (unsigned long long)o->match->found, evaluated, o->data.count, o->silenced);
    match_note_strictest(o->match->cli, &o->mets);
}

static err write_report(struct arena *a, const struct observing *o)
{
    OWNED(buf_done) struct buf text;
    buf_init(&text, MATCH_REPORT_BYTES_MAX);
    struct json_writer w;
    json_writer_init(&w, &text);
    json_open_object(&w);
    match_put_report(&w, &o->mets, o->match->found);
    json_member_i64(&w, "silent", (int64_t)o->silenced);
    json_close_object(&w);
    TRY(buf_check(a, &text));
    return file_write(a, cli_value(o->match->cli, "report"), buf_str(&text), 0600);
}

/* Lists, tables and exports of MISP have values and no patterns: silence would be good news. */
static void check_patterns(const struct observing *o)
{
    if (o->lines.count == 0 && o->silenced == 0)
        match_trouble(o->match, (str){0},
                      LIT("there is no pattern to evaluate: --observed goes with --patterns, or "
                          "with indicators that are STIX; lists, tables and MISP's exports are "
                          "looked for in --logs"));
}

err match_observed(struct arena *a, struct match *m)
{
    OWNED(observing_done) struct observing o = {.arena = a, .match = m};
    o.observe = observe_open(a);
    map_init(&o.versions, a);
    map_init(&o.names, a);
    TRY(read_patterns(&o));
    TRY(read_indicators(&o));
    check_patterns(&o);
    match_pull_done(m);
    name_sharers(&o);
    TRY(read_observed(&o));
    struct answering t = {.o = &o};
    TRY(observe_run(o.observe, &o.data, answer, &t));
    answer_broken(&o, &t.at, o.lines.count);
    TRY(cli_flush(a, m->cli));
    summary(&o);
    if (cli_has(m->cli, "report"))
        TRY(write_report(a, &o));
    return match_push_sightings(a, m, &o.mets);
}
