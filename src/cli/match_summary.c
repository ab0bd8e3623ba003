/*
 * What is said at the end of a sweep: the summary, and the report.
 */
#include "base/file.h"
#include "base/num.h"
#include "cli/match_hits.h"
#include "cli/record.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SUMMARY_ROWS 20u
#define VALUE_CELL_MAX 48

/* What was met. */

static int compare_tallies(const void *left, const void *right)
{
    const struct match_tally *a = *(const struct match_tally *const *)left;
    const struct match_tally *b = *(const struct match_tally *const *)right;
    if (a->count != b->count)
        return a->count > b->count ? -1 : 1;
    return (a->entry > b->entry) - (a->entry < b->entry);
}

static struct match_met met_of(struct arena *a, const struct match_hits *h,
                               const struct match_tally *t)
{
    return (struct match_met){
        .indicator = match_indicator_of(a, h->index, sweep_index_entry(h->index, t->entry)),
        .count = t->count,
        .has_time = t->has_time,
        .first_us = t->first_us,
        .last_us = t->last_us,
    };
}

struct match_mets match_hits_met(struct arena *a, const struct match_hits *h, size_t max,
                                 size_t *count)
{
    struct match_mets mets = {0};
    const struct match_tally **rows = NEW_ARRAY(a, h->tallies.count, const struct match_tally *);
    *count = 0;
    for (size_t i = 0; i < h->tallies.count; i++) {
        const struct match_tally *t = &h->tallies.items[i];
        const struct sweep_entry *e = sweep_index_entry(h->index, t->entry);
        if (t->count == 0)
            continue;
        rows[(*count)++] = t;
        match_mind_label(&mets, (e->flags & SWEEP_IS_LABELLED) != 0, e->label);
    }
    qsort(rows, *count, sizeof(*rows), compare_tallies);
    for (size_t i = 0; i < *count && i < max; i++)
        *LIST_ADD(a, &mets) = met_of(a, h, rows[i]);
    return mets;
}

struct match_mets match_hits_sighted(struct arena *a, const struct match_hits *h)
{
    struct match_mets mets = {0};
    for (size_t i = 0; i < h->sighted.count; i++)
        *LIST_ADD(a, &mets) = met_of(a, h, &h->sighted.items[i]);
    return mets;
}

/* Summary. */

str match_left_out_counts(struct arena *a, const struct sweep_counts *counts)
{
    str all = arena_print(a, "%u of them cannot be looked for in logs", counts->not_sweepable);
    if (counts->in_part)
        all = arena_print(a, "%.*s, %u in part only", STR_ARG(all), counts->in_part);
    if (counts->repeated)
        all = arena_print(a, "%.*s, %u %s", STR_ARG(all), counts->repeated,
                          counts->repeated == 1 ? "is given again and counts once"
                                                : "are given again and count once");
    return all;
}

/* What is left out, as a whole or in part: how it is told, counted and said. */
static const struct left_out {
    bool (*is_it)(const struct sweep_entry *e);
    const char *words;
    const char *before_why;
    const char *more;
    const char *key;
} LEFT_OUT[] = {
    {sweep_entry_is_left_out, "not looked for", "", "are not looked for", "not_looked_for"},
    {sweep_entry_is_part_left_out, "looked for in part", "without ", "are looked for in part only",
     "looked_for_in_part"},
};

static void note_left_out(struct cli *cli, const struct sweep_index *x, const struct left_out *kind,
                          size_t count)
{
    OWNED(arena_done) struct arena a = {0};
    size_t shown = 0;
    for (uint32_t i = 0; i < x->apart_count && shown < SUMMARY_ROWS && shown < count; i++) {
        const struct sweep_entry *e = sweep_index_entry(x, x->apart[i]);
        if (!kind->is_it(e))
            continue;
        str id = match_indicator_id(&a, e);
        str name = sweep_entry_name(x, e);
        cli_note(cli, "%s: %.*s (%.*s): %s%.*s", kind->words,
                 STR_ARG(id.len ? id : LIT("an indicator without an id")),
                 STR_ARG(name.len ? match_name(&a, name) : LIT("no name")), kind->before_why,
                 STR_ARG(record_plain(&a, sweep_entry_value(x, e))));
        shown++;
    }
    if (count > shown)
        cli_note(cli, "and %zu more %s; the file of --report names them all", count - shown,
                 kind->more);
}

void match_note_left_out(struct cli *cli, const struct sweep_index *x)
{
    note_left_out(cli, x, &LEFT_OUT[0], x->counts.not_sweepable);
    note_left_out(cli, x, &LEFT_OUT[1], x->counts.in_part);
}

static void note_table(struct cli *cli, const struct match_mets *mets, size_t met)
{
    OWNED(arena_done) struct arena a = {0};
    int width = 0;
    for (size_t i = 0; i < mets->count; i++) {
        size_t len = mets->items[i].indicator.value.len;
        len = len > VALUE_CELL_MAX ? VALUE_CELL_MAX : len;
        width = (int)len > width ? (int)len : width;
    }
    if (met)
        cli_note(cli, "%10s  %-8s %s", "hits", "kind", "value");
    for (size_t i = 0; i < mets->count; i++) {
        const struct match_indicator *indicator = &mets->items[i].indicator;
        str what = match_about(&a, indicator);
        str value = record_plain(&a, indicator->value);
        cli_note(cli, "%10llu  %-8s %-*.*s%.*s", (unsigned long long)mets->items[i].count,
                 indicator->kind, what.len ? width : 0, STR_ARG(value), STR_ARG(what));
    }
    if (met > mets->count)
        cli_note(cli, "and %zu more; the file of --report has them all", met - mets->count);
}

void match_hits_summary(const struct match_hits *h, const struct logs_totals *totals,
                        int64_t elapsed_us)
{
    OWNED(arena_done) struct arena a = {0};
    struct cli *cli = h->match->cli;
    const struct sweep_counts *c = &h->index->counts;
    size_t met;
    struct match_mets mets = match_hits_met(&a, h, SUMMARY_ROWS, &met);
    double seconds = (double)(elapsed_us > 0 ? elapsed_us : 1) / 1e6;
    note_table(cli, &mets, met);
    cli_note(cli, "%.*s of %.*s; %llu silent (expired, revoked or allowed)",
             STR_ARG(match_amount(&a, h->match->found, "hit")),
             STR_ARG(match_amount(&a, met, "value")), (unsigned long long)h->silenced);
    cli_note(cli, "%.*s with %.*s; %.*s", STR_ARG(match_amount(&a, c->indicators, "indicator")),
             STR_ARG(match_amount(&a, c->values, "value")), STR_ARG(match_left_out_counts(&a, c)));
    match_note_left_out(cli, h->index);
    cli_note(cli, "%.*s, %.*s, %.*s in %.2f s: %.2f GB/s",
             STR_ARG(match_amount(&a, totals->files, "file")),
             STR_ARG(match_amount(&a, totals->lines, "line")),
             STR_ARG(match_amount(&a, totals->bytes, "byte")), seconds,
             (double)totals->bytes / seconds / 1e9);
    match_note_strictest(cli, &mets);
}

/* Report. */

static void put_left_out(struct json_writer *w, const struct sweep_index *x,
                         const struct left_out *kind)
{
    OWNED(arena_done) struct arena a = {0};
    json_key(w, str_of(kind->key));
    json_open_array(w);
    for (uint32_t i = 0; i < x->apart_count; i++) {
        const struct sweep_entry *e = sweep_index_entry(x, x->apart[i]);
        if (!kind->is_it(e))
            continue;
        json_open_object(w);
        json_member_if(w, "indicator", match_indicator_id(&a, e));
        json_member_if(w, "name", sweep_entry_name(x, e));
        json_member(w, "why", sweep_entry_value(x, e));
        json_member_if(w, "from_file", sweep_index_shared(x, e->file));
        json_close_object(w);
    }
    json_close_array(w);
}

err match_hits_report(struct arena *a, const struct match_hits *h, const struct logs_totals *totals,
                      str path)
{
    OWNED(buf_done) struct buf text;
    buf_init(&text, MATCH_REPORT_BYTES_MAX);
    struct json_writer w;
    size_t met;
    struct match_mets mets = match_hits_met(a, h, SIZE_MAX, &met);
    json_writer_init(&w, &text);
    json_open_object(&w);
    if (h->is_cut)
        json_member_bool(&w, "stopped", true);
    match_put_report(&w, &mets, h->match->found);
    json_member_i64(&w, "silent", (int64_t)h->silenced);
    json_member_i64(&w, "indicators", h->index->counts.indicators);
    json_member_i64(&w, "repeated", h->index->counts.repeated);
    json_member_i64(&w, "files", (int64_t)totals->files);
    json_member_i64(&w, "lines", (int64_t)totals->lines);
    json_member_i64(&w, "bytes", (int64_t)totals->bytes);
    for (size_t i = 0; i < COUNT_OF(LEFT_OUT); i++)
        put_left_out(&w, h->index, &LEFT_OUT[i]);
    json_close_object(&w);
    TRY(buf_check(a, &text));
    return file_write(a, path, buf_str(&text), 0600);
}

err match_report_check(struct arena *a, struct match *m)
{
    str path = cli_value(m->cli, "report");
    size_t end = path.len;
    while (end > 0 && path.at[end - 1] != '/')
        end--;
    str folder = end ? str_part(path, 0, end) : LIT(".");
    bool is_good =
        path.len == 0 || (!file_is_dir(a, path) && access(arena_copy(a, folder).at, W_OK) == 0);
    return is_good ? NULL
                   : FAIL(a, ERR_IO, "the report cannot be written to %.*s: %s", STR_ARG(path),
                          file_is_dir(a, path) ? "that is a folder" : strerror(errno));
}
