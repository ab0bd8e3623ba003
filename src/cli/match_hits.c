/*
 * Hits: printed as they come, counted by indicator.
 */
#include "cli/match_hits.h"

#include "base/clock.h"
#include "base/file.h"
#include "cli/record.h"
#include "sweep/line_time.h"
#include "sweep/template.h"

#include <stdlib.h>

#define CONTEXT_BYTES 80u
#define REPORT_BYTES_MAX ((size_t)1 << 30)
#define SUMMARY_ROWS 20u
#define LINE_BYTES_MAX ((size_t)1 << 24)

void match_hits_init(struct match_hits *h, struct match *m, const struct sweep_index *x,
                     const struct sweep_allow *allow)
{
    *h = (struct match_hits){.match = m, .index = x, .allow = allow, .now_us = clock_now_us()};
    h->tally_of = calloc((size_t)x->counts.entries + 1, sizeof(*h->tally_of));
    ASSERT(h->tally_of != NULL);
    buf_init(&h->line, LINE_BYTES_MAX);
}

void match_hits_done(struct match_hits *h)
{
    free(h->tally_of);
    arena_done(&h->arena);
    buf_done(&h->line);
}

str match_indicator_id(struct arena *a, const struct sweep_entry *e)
{
    if ((e->flags & SWEEP_HAS_ID) == 0)
        return (str){0};
    const unsigned char *b = e->id;
    return arena_print(a,
                       "indicator--%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x"
                       "%02x",
                       b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11],
                       b[12], b[13], b[14], b[15]);
}

/* Places. */

/* A hit with its line. */
struct place {
    str file;
    uint64_t line;
    uint64_t offset;
    str match;
    str context;
    bool has_time; /* of the line; of one that is followed, else the time at which it came */
    int64_t time_us;
    const struct sweep_hit *hit;
};

static str context_of(str line, size_t start, size_t len)
{
    size_t from = start > CONTEXT_BYTES ? start - CONTEXT_BYTES : 0;
    return str_trim(str_part(line, from, start + len + CONTEXT_BYTES));
}

/* Goes on counting lines from the hit before; `*counted` is up to where. */
static struct place place_of(const struct match_hits *h, const struct logs_piece *piece,
                             const struct sweep_hit *hit, size_t *counted, uint64_t *line)
{
    const char *text = piece->text.at;
    for (const char *at; (at = memchr(text + *counted, '\n', hit->start - *counted)) != NULL;
         *counted = (size_t)(at - text) + 1)
        ++*line;
    size_t begin = *counted;
    const char *end = memchr(text + hit->start, '\n', piece->text.len - hit->start);
    str whole = str_part(piece->text, begin, end ? (size_t)(end - text) : piece->text.len);
    struct place p = {
        .file = piece->path,
        .line = *line,
        .offset = piece->offset + hit->start,
        .match = str_part(piece->text, hit->start, hit->start + hit->len),
        .context = context_of(whole, hit->start - begin, hit->len),
        .has_time = h->follows,
        .time_us = h->now_us,
        .hit = hit,
    };
    p.has_time |= line_time_read(whole, h->now_us, &p.time_us);
    return p;
}

/* Printing. */

static void member_time(struct json_writer *w, const char *key, uint32_t seconds)
{
    char text[CLOCK_TEXT_BYTES];
    if (seconds)
        json_member(w, key, clock_write((int64_t)seconds * US_PER_SECOND, text));
}

void match_put_indicator(struct json_writer *w, const struct sweep_index *x,
                         const struct sweep_entry *e)
{
    OWNED(arena_done) struct arena a = {0};
    json_member(w, "kind", str_of(sweep_kind_name(e->kind)));
    json_member(w, "value", sweep_entry_value(x, e));
    json_member_if(w, "indicator", match_indicator_id(&a, e));
    json_member_if(w, "name", sweep_entry_name(x, e));
    if (e->flags & SWEEP_IS_LABELLED)
        json_member(w, "label", tlp_name(e->label));
    if (e->confidence != SWEEP_CONFIDENCE_NONE)
        json_member_i64(w, "confidence", e->confidence);
    member_time(w, "valid_from", e->valid_from_s);
    member_time(w, "valid_until", e->valid_until_s);
    json_member_bool(w, "revoked", (e->flags & SWEEP_IS_REVOKED) != 0);
    json_member_if(w, "phase", sweep_index_shared(x, e->phase));
    json_member_if(w, "shared_by", sweep_index_shared(x, e->source));
    json_member_if(w, "from_file", sweep_index_shared(x, e->file));
}

/* How a lookalike resembles the protected name. */
static void put_likeness(struct json_writer *w, const struct sweep_hit *hit)
{
    json_member_i64(w, "score", hit->score);
    json_member(w, "likeness", str_of(alike_way_name((enum alike_way)hit->way)));
}

static void print_json(struct match_hits *h, const struct place *p, const struct sweep_entry *e)
{
    struct json_writer w;
    char time[CLOCK_TEXT_BYTES];
    buf_clear(&h->line);
    json_writer_init(&w, &h->line);
    json_open_object(&w);
    json_member(&w, "file", p->file);
    json_member_i64(&w, "line", (int64_t)p->line);
    json_member_i64(&w, "offset", (int64_t)p->offset);
    json_member(&w, "match", p->match);
    json_member(&w, "context", p->context);
    if (p->has_time)
        json_member(&w, "time", clock_write(p->time_us, time));
    match_put_indicator(&w, h->index, e);
    if (p->hit->score)
        put_likeness(&w, p->hit);
    json_close_object(&w);
    match_print_json(h->match, &h->line);
}

static void print_words(struct match_hits *h, const struct place *p, const struct sweep_entry *e)
{
    OWNED(arena_done) struct arena a = {0};
    str id = match_indicator_id(&a, e);
    str name = sweep_entry_name(h->index, e);
    bool is_labelled = e->flags & SWEEP_IS_LABELLED;
    cli_print(h->match->cli, "%.*s:%llu: %s %.*s", STR_ARG(record_plain(&a, p->file)),
              (unsigned long long)p->line, sweep_kind_name(e->kind),
              STR_ARG(record_plain(&a, sweep_entry_value(h->index, e))));
    if (p->hit->score)
        cli_print(h->match->cli, " %.*s score %u (%s)", STR_ARG(record_plain(&a, p->match)),
                  (unsigned)p->hit->score, alike_way_name((enum alike_way)p->hit->way));
    if (is_labelled)
        cli_print(h->match->cli, " %.*s", STR_ARG(tlp_name(e->label)));
    if (id.len)
        cli_print(h->match->cli, " %.*s", STR_ARG(id));
    if (name.len)
        cli_print(h->match->cli, " (%.*s)", STR_ARG(record_plain(&a, name)));
    cli_print(h->match->cli, "\n    %.*s\n", STR_ARG(record_plain(&a, p->context)));
}

static struct match_tally *tally_of(struct match_hits *h, uint32_t entry)
{
    if (h->tally_of[entry] == 0) {
        LIST_ADD(&h->arena, &h->tallies)->entry = entry;
        h->tally_of[entry] = (uint32_t)h->tallies.count;
    }
    return &h->tallies.items[h->tally_of[entry] - 1];
}

static void count(struct match_hits *h, uint32_t entry, const struct place *p)
{
    struct match_tally *t = tally_of(h, entry);
    t->count += t->count < UINT32_MAX;
    if (!p->has_time)
        return;
    if (!t->has_time || p->time_us < t->first_us)
        t->first_us = p->time_us;
    if (!t->has_time || p->time_us > t->last_us)
        t->last_us = p->time_us;
    t->has_time = true;
}

/* Of a template what it met counts, of others what they are. */
static bool is_allowed(const struct match_hits *h, const struct sweep_entry *e, str match)
{
    struct sweep_target target;
    str key = sweep_entry_key(h->index, e);
    if (e->kind == SWEEP_ALIKE)
        return sweep_allow_has_text(h->allow, SWEEP_DOMAIN, match);
    if (sweep_is_template(e->kind))
        return sweep_template_target(key, &target) &&
               sweep_allow_has_text(h->allow, target.kind, match);
    return sweep_allow_has(h->allow, e->kind, key);
}

static bool counts(const struct match_hits *h, const struct sweep_entry *e, str match)
{
    return sweep_entry_is_live(e, h->now_us / US_PER_SECOND) && !is_allowed(h, e, match);
}

static void on_hit(struct match_hits *h, const struct place *p, uint32_t entry)
{
    for (; entry != SWEEP_NONE; entry = h->index->entries[entry].next) {
        const struct sweep_entry *e = &h->index->entries[entry];
        if (!counts(h, e, p->match)) {
            h->silenced++;
            continue;
        }
        count(h, entry, p);
        h->match->found++;
        if (h->is_quiet)
            continue;
        if (h->match->cli->is_json)
            print_json(h, p, e);
        else
            print_words(h, p, e);
    }
}

/* Once for each template, where it happens first. */
static void say_given_up(struct match_hits *h, const struct logs_piece *piece)
{
    OWNED(arena_done) struct arena a = {0};
    for (size_t i = 0; i < piece->given_up->count; i++) {
        uint32_t entry = piece->given_up->items[i];
        const struct sweep_entry *e = &h->index->entries[entry];
        struct match_tally *tally = tally_of(h, entry);
        if (tally->is_given_up)
            continue;
        tally->is_given_up = true;
        str place =
            arena_print(&a, "%.*s:%llu", STR_ARG(piece->path), (unsigned long long)piece->line);
        match_trouble(h->match, place,
                      arena_print(&a,
                                  "%s '%.*s' takes too many steps on a value near here; where "
                                  "that happens it is passed over for up to %zu bytes",
                                  e->kind == SWEEP_LIKE ? "LIKE" : "MATCHES",
                                  STR_ARG(sweep_entry_value(h->index, e)), LOGS_PIECE_BYTES));
    }
}

void match_hits_on_piece(void *context, const struct logs_piece *piece)
{
    struct match_hits *h = context;
    if (h->follows)
        h->now_us = clock_now_us();
    say_given_up(h, piece);
    size_t counted = 0;
    uint64_t line = piece->line;
    for (size_t i = 0; i < piece->hits->count; i++) {
        const struct sweep_hit *hit = &piece->hits->items[i];
        struct place p = place_of(h, piece, hit, &counted, &line);
        on_hit(h, &p, hit->entry);
    }
    if (h->follows && piece->hits->count)
        fflush(h->match->cli->out);
}

/* The end. */

static int compare_tallies(const void *left, const void *right)
{
    const struct match_tally *a = *(const struct match_tally *const *)left;
    const struct match_tally *b = *(const struct match_tally *const *)right;
    if (a->count != b->count)
        return a->count > b->count ? -1 : 1;
    return (a->entry > b->entry) - (a->entry < b->entry);
}

/* What was met, the most often met first. */
static const struct match_tally **met_rows(struct arena *a, const struct match_hits *h,
                                           size_t *count)
{
    const struct match_tally **rows = NEW_ARRAY(a, h->tallies.count, const struct match_tally *);
    *count = 0;
    for (size_t i = 0; i < h->tallies.count; i++) {
        if (h->tallies.items[i].count)
            rows[(*count)++] = &h->tallies.items[i];
    }
    qsort(rows, *count, sizeof(*rows), compare_tallies);
    return rows;
}

/* The strictest label of what was met; false if nothing that was met has one. */
static bool strictest_label(const struct match_hits *h, enum tlp *out)
{
    bool is_found = false;
    *out = TLP_CLEAR;
    for (size_t i = 0; i < h->tallies.count; i++) {
        const struct sweep_entry *e = &h->index->entries[h->tallies.items[i].entry];
        if (h->tallies.items[i].count == 0 || (e->flags & SWEEP_IS_LABELLED) == 0)
            continue;
        is_found = true;
        if (e->label > *out)
            *out = e->label;
    }
    return is_found;
}

void match_note_left_out(struct cli *cli, const struct sweep_index *x)
{
    OWNED(arena_done) struct arena a = {0};
    size_t shown = 0;
    if (x->counts.not_sweepable == 0)
        return;
    for (uint32_t i = 0; i < x->counts.entries && shown < SUMMARY_ROWS; i++) {
        const struct sweep_entry *e = &x->entries[i];
        if (!sweep_entry_is_left_out(e))
            continue;
        str id = match_indicator_id(&a, e);
        str name = sweep_entry_name(x, e);
        cli_note(cli, "not looked for: %.*s (%.*s): %.*s",
                 STR_ARG(id.len ? id : LIT("an indicator without an id")),
                 STR_ARG(name.len ? record_plain(&a, name) : LIT("no name")),
                 STR_ARG(record_plain(&a, sweep_entry_value(x, e))));
        shown++;
    }
    if (x->counts.not_sweepable > shown)
        cli_note(cli, "and %zu more are not looked for; the file of --report names them all",
                 x->counts.not_sweepable - shown);
}

void match_hits_summary(const struct match_hits *h, const struct logs_totals *totals,
                        int64_t elapsed_us)
{
    OWNED(arena_done) struct arena a = {0};
    struct cli *cli = h->match->cli;
    const struct sweep_counts *c = &h->index->counts;
    size_t met;
    const struct match_tally **rows = met_rows(&a, h, &met);
    double seconds = (double)(elapsed_us > 0 ? elapsed_us : 1) / 1e6;
    for (size_t i = 0; i < met && i < SUMMARY_ROWS; i++) {
        const struct sweep_entry *e = &h->index->entries[rows[i]->entry];
        cli_note(cli, "%10u  %-8s %.*s", rows[i]->count, sweep_kind_name(e->kind),
                 STR_ARG(record_plain(&a, sweep_entry_value(h->index, e))));
    }
    if (met > SUMMARY_ROWS)
        cli_note(cli, "            and %zu more", met - SUMMARY_ROWS);
    cli_note(cli, "%llu hits of %zu values; %llu silent (expired, revoked or allowed)",
             (unsigned long long)h->match->found, met, (unsigned long long)h->silenced);
    cli_note(cli, "%u indicators with %u values; %u of them cannot be looked for in logs",
             c->indicators, c->values, c->not_sweepable);
    match_note_left_out(cli, h->index);
    cli_note(cli, "%llu lines, %llu bytes in %.2f s: %.2f GB/s", (unsigned long long)totals->lines,
             (unsigned long long)totals->bytes, seconds, (double)totals->bytes / seconds / 1e9);
    enum tlp label;
    if (strictest_label(h, &label))
        cli_note(cli, "what was met is %.*s at the strictest: keep this output as that label asks",
                 STR_ARG(tlp_name(label)));
}

static void put_met(struct json_writer *w, const struct match_hits *h, const struct match_tally *t)
{
    char text[CLOCK_TEXT_BYTES];
    json_open_object(w);
    match_put_indicator(w, h->index, &h->index->entries[t->entry]);
    json_member_i64(w, "count", t->count);
    if (t->has_time) {
        json_member(w, "first_seen", clock_write(t->first_us, text));
        json_member(w, "last_seen", clock_write(t->last_us, text));
    }
    json_close_object(w);
}

static void put_left_out(struct json_writer *w, const struct sweep_index *x)
{
    OWNED(arena_done) struct arena a = {0};
    json_key(w, LIT("not_looked_for"));
    json_open_array(w);
    for (uint32_t i = 0; i < x->counts.entries; i++) {
        const struct sweep_entry *e = &x->entries[i];
        if (!sweep_entry_is_left_out(e))
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

err match_hits_report(struct arena *a, const struct match_hits *h, str path)
{
    OWNED(buf_done) struct buf text;
    buf_init(&text, REPORT_BYTES_MAX);
    struct json_writer w;
    size_t met;
    const struct match_tally **rows = met_rows(a, h, &met);
    enum tlp label;
    json_writer_init(&w, &text);
    json_open_object(&w);
    if (strictest_label(h, &label))
        json_member(&w, "label", tlp_name(label));
    json_member_i64(&w, "hits", (int64_t)h->match->found);
    json_member_i64(&w, "silent", (int64_t)h->silenced);
    json_key(&w, LIT("met"));
    json_open_array(&w);
    for (size_t i = 0; i < met; i++)
        put_met(&w, h, rows[i]);
    json_close_array(&w);
    put_left_out(&w, h->index);
    json_close_object(&w);
    TRY(buf_check(a, &text));
    return file_write(a, path, buf_str(&text), 0600);
}
