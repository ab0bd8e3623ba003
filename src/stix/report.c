/*
 * Validation of whole files: a stream is cut into objects, each is read and checked by itself.
 */
#include "stix/validate.h"

#include "stix/bundle.h"

struct report {
    const struct stix_validate_options *options;
    struct stix_validate_totals totals;
    struct json_reader reader;
    struct arena scratch; /* for one object */
    struct arena pieces;  /* for one piece */
    struct bundle_stream *stream;
};

static void report_done(struct report *r)
{
    bundle_close(r->stream);
    json_reader_done(&r->reader);
    arena_done(&r->scratch);
    arena_done(&r->pieces);
}

static void give(struct report *r, struct stix_verdict *verdict,
                 const struct stix_findings *findings)
{
    verdict->findings = findings;
    if (findings->count || r->options->wants_clean)
        r->options->on_verdict(r->options->to, verdict);
}

/* An object that is no JSON has one finding, which says why. */
static void add_unreadable(struct arena *a, err e, struct stix_findings *findings)
{
    struct stix_finding *f = LIST_ADD(a, findings);
    str words = error_text(a, e);
    f->level = STIX_MUST;
    f->section = "1.2.10";
    f->rule = arena_print(a, "is not JSON: %.*s", STR_ARG(words));
    findings->must_count++;
}

static void check_text(struct report *r, str text, struct stix_verdict *verdict,
                       struct stix_findings *findings)
{
    json value;
    struct json_limits limits = {.depth_max = BUNDLE_DEPTH_MAX};
    err e = json_read(&r->scratch, &r->reader, text, &limits, &value);
    if (e) {
        add_unreadable(&r->scratch, e, findings);
        return;
    }
    verdict->type = json_get_string(value, LIT("type"));
    verdict->id = json_get_string(value, LIT("id"));
    stix_check(&r->scratch, value, r->options->spec, findings);
}

static void check_piece(struct report *r, const struct bundle_piece *piece)
{
    for (size_t i = 0; i < piece->count; i++) {
        struct stix_findings findings = {0};
        struct stix_verdict verdict = {.index = piece->index + i};
        uint64_t column;
        uint64_t line;
        arena_reset(&r->scratch);
        check_text(r, piece->objects[i], &verdict, &findings);
        if (findings.count || r->options->wants_clean) {
            bundle_piece_place(piece, piece->objects[i].at, &line, &column);
            verdict.line = line;
        }
        r->totals.object_count++;
        r->totals.refused_count += findings.must_count > 0;
        r->totals.warned_count += findings.must_count == 0 && findings.should_count > 0;
        give(r, &verdict, &findings);
    }
}

static void check_head(struct report *r)
{
    struct stix_findings findings = {0};
    struct stix_verdict verdict = {.index = SIZE_MAX, .line = 1};
    if (bundle_stream_kind(r->stream) != BUNDLE_STIX)
        return;
    arena_reset(&r->scratch);
    check_text(r, bundle_stream_head(r->stream), &verdict, &findings);
    r->totals.is_bundle_refused = findings.must_count > 0;
    give(r, &verdict, &findings);
}

err stix_validate_text(struct arena *a, str text, const struct stix_validate_options *options,
                       struct stix_validate_totals *out)
{
    OWNED(report_done)
    struct report r = {.options = options};
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
