/*
 * Validation of whole files: a stream is cut into objects, each is read and checked by itself.
 */
#include "stix/validate.h"

#include "stix/bundle.h"
#include "stix/scan.h"

struct report {
    const struct stix_validate_options *options;
    struct stix_validate_totals totals;
    struct json_reader reader;
    struct arena scratch; /* for one object */
    struct arena pieces;  /* for one piece */
    struct bundle_stream *stream;
    str text; /* all of it */
};

static void report_done(struct report *r)
{
    bundle_close(r->stream);
    json_reader_done(&r->reader);
    arena_done(&r->scratch);
    arena_done(&r->pieces);
}

static bool is_told(const struct report *r, const struct stix_findings *findings)
{
    return findings->count || r->options->wants_clean;
}

static void give(struct report *r, struct stix_verdict *verdict,
                 const struct stix_findings *findings)
{
    verdict->findings = findings;
    r->options->on_verdict(r->options->to, verdict);
}

/* Takes "line 3, column 14: " off the front of the words of an error of reading JSON. */
static bool cut_place(str *words, uint64_t *line, uint64_t *column)
{
    str rest = *words;
    str part;
    if (!str_starts(rest, LIT("line ")))
        return false;
    rest = str_skip(rest, strlen("line "));
    if (!str_cut(&rest, ',', &part) || !str_to_u64(part, line))
        return false;
    if (!str_starts(rest, LIT(" column ")))
        return false;
    rest = str_skip(rest, strlen(" column "));
    if (!str_cut(&rest, ':', &part) || !str_to_u64(part, column))
        return false;
    *words = str_trim(rest);
    return true;
}

/* An object that is no JSON has one finding, which says why, and where in the file. */
static void add_unreadable(struct arena *a, err e, struct scan_place origin,
                           struct stix_findings *findings)
{
    struct stix_finding *f = LIST_ADD(a, findings);
    str words = error_text(a, e);
    uint64_t line;
    uint64_t column;
    f->level = STIX_MUST;
    f->section = "1.2.10";
    findings->must_count++;
    if (!cut_place(&words, &line, &column)) {
        f->rule = arena_print(a, "is not JSON: %.*s", STR_ARG(words));
        return;
    }
    column += line == 1 ? origin.column - 1 : 0;
    line += origin.line - 1;
    f->rule = arena_print(a, "is not JSON: line %llu, column %llu: %.*s", (unsigned long long)line,
                          (unsigned long long)column, STR_ARG(words));
}

static err read_value(struct report *r, str text, size_t padding, json *out)
{
    struct json_limits limits = {
        .depth_max = BUNDLE_DEPTH_MAX, .finds_spans_late = true, .padding = padding};
    return json_read(&r->scratch, &r->reader, text, &limits, out);
}

/* A bundle is no STIX object: it may not stand among the objects of another, or of an envelope. */
static void add_inner_bundle(struct arena *a, struct stix_findings *findings)
{
    findings->must_count++;
    *LIST_ADD(a, findings) = (struct stix_finding){.level = STIX_MUST,
                                                   .path = LIT("type"),
                                                   .rule = LIT("a bundle is no object and may not "
                                                               "stand inside another"),
                                                   .section = "8"};
}

static void check_one(struct report *r, json value, struct stix_verdict *verdict,
                      struct stix_findings *findings)
{
    verdict->type = json_get_string(value, LIT("type"));
    verdict->id = json_get_string(value, LIT("id"));
    stix_check(&r->scratch, value, r->options->spec, findings);
    if (verdict->index != SIZE_MAX && bundle_stream_kind(r->stream) != BUNDLE_OBJECT &&
        str_eq(verdict->type, LIT("bundle")))
        add_inner_bundle(&r->scratch, findings);
}

/* Where the object that was told last begins: lines are counted only where one is told. */
struct told {
    const char *at;
    struct scan_place place;
};

static struct scan_place tell_place(struct told *told, const char *at)
{
    scan_advance(&told->place, (str){told->at, (size_t)(at - told->at)});
    told->at = at;
    return told->place;
}

static void check_text(struct report *r, str text, struct told *told, struct stix_verdict *verdict)
{
    struct stix_findings findings = {0};
    json value;
    arena_reset(&r->scratch);
    err e = read_value(r, text, (size_t)(r->text.at + r->text.len - text.at) - text.len, &value);
    if (e)
        add_unreadable(&r->scratch, e, tell_place(told, text.at), &findings);
    else
        check_one(r, value, verdict, &findings);
    r->totals.object_count++;
    r->totals.refused_count += findings.must_count > 0;
    r->totals.warned_count += findings.must_count == 0 && findings.should_count > 0;
    if (is_told(r, &findings)) {
        verdict->line = tell_place(told, text.at).line;
        give(r, verdict, &findings);
    }
}

static void check_piece(struct report *r, const struct bundle_piece *piece)
{
    struct told told = {piece->bytes.at, {piece->line, piece->column}};
    for (size_t i = 0; i < piece->count; i++) {
        str text = piece->objects[i];
        struct stix_verdict verdict = {.index = piece->index + i,
                                       .offset =
                                           piece->offset + (uint64_t)(text.at - piece->bytes.at)};
        check_text(r, text, &told, &verdict);
    }
}

static void check_head(struct report *r)
{
    struct stix_findings findings = {0};
    struct stix_verdict verdict = {.index = SIZE_MAX, .line = 1};
    struct scan_place start = {1, 1};
    json value;
    if (bundle_stream_kind(r->stream) != BUNDLE_STIX)
        return;
    arena_reset(&r->scratch);
    err e = read_value(r, bundle_stream_head(r->stream), 0, &value);
    if (e)
        add_unreadable(&r->scratch, e, start, &findings);
    else
        check_one(r, value, &verdict, &findings);
    r->totals.is_bundle_refused = findings.must_count > 0;
    if (is_told(r, &findings))
        give(r, &verdict, &findings);
}

err stix_validate_text(struct arena *a, str text, const struct stix_validate_options *options,
                       struct stix_validate_totals *out)
{
    OWNED(report_done)
    struct report r = {.options = options, .text = text};
    TRY(bundle_open_text(a, text, NULL, &r.stream));
    for (;;) {
        struct bundle_piece piece;
        bool has_piece;
        arena_reset(&r.pieces);
        err e = bundle_next(&r.pieces, r.stream, &piece, &has_piece);
        if (e)
            return FAIL(a, e->code, "%.*s", STR_ARG(arena_copy(a, e->text)));
        if (!has_piece)
            break;
        check_piece(&r, &piece);
    }
    check_head(&r);
    *out = r.totals;
    return NULL;
}
