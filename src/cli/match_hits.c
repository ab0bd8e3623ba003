/*
 * Hits: printed as they come, counted by indicator.
 */
#include "cli/match_hits.h"

#include "base/clock.h"
#include "cli/record.h"
#include "sweep/line_time.h"
#include "sweep/phases.h"
#include "sweep/template.h"

#include <stdlib.h>

#define CONTEXT_BYTES 80u
#define LINE_BYTES_MAX ((size_t)1 << 24)

static uint32_t *tallies_of(const struct sweep_index *x)
{
    uint32_t *made = calloc((size_t)x->counts.entries + 1, sizeof(*made));
    ASSERT(made != NULL);
    return made;
}

void match_hits_init(struct match_hits *h, struct match *m, const struct sweep_index *x,
                     const struct sweep_allow *allow)
{
    *h = (struct match_hits){.match = m, .index = x, .allow = allow, .now_us = clock_now_us()};
    h->tallies.of = tallies_of(x);
    if (cli_has(m->cli, "push-sightings"))
        h->sighted.of = tallies_of(x);
    buf_init(&h->line, LINE_BYTES_MAX);
}

void match_hits_done(struct match_hits *h)
{
    free(h->tallies.of);
    free(h->sighted.of);
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

struct match_indicator match_indicator_of(struct arena *a, const struct sweep_index *x,
                                          const struct sweep_entry *e)
{
    return (struct match_indicator){
        .kind = sweep_kind_name(e->kind),
        .value = sweep_entry_value(x, e),
        .id = match_indicator_id(a, e),
        .name = sweep_entry_name(x, e),
        .phases = sweep_index_shared(x, e->phases),
        .is_in_part = (e->flags & SWEEP_IS_IN_PART) != 0,
        .shared_by = sweep_index_shared(x, e->source),
        .from_file = sweep_index_shared(x, e->file),
        .is_labelled = (e->flags & SWEEP_IS_LABELLED) != 0,
        .label = e->label,
        .is_revoked = (e->flags & SWEEP_IS_REVOKED) != 0,
        .confidence = e->confidence,
        .valid_from_us = e->valid_from_s * US_PER_SECOND,
        .valid_until_us = e->valid_until_s * US_PER_SECOND,
    };
}

/* Places. */

/* A hit with its line. */
struct place {
    str file;
    uint64_t line;
    uint64_t offset;
    str match;
    str context;
    bool has_time;
    int64_t time_us;
    const struct sweep_hit *hit;
};

static str context_of(str line, size_t start, size_t len)
{
    size_t from = start > CONTEXT_BYTES ? start - CONTEXT_BYTES : 0;
    return str_trim(str_part(line, from, start + len + CONTEXT_BYTES));
}

/* The time of the line, or, of one that is followed, when it came. Hits share their line's. */
static void find_time(struct match_hits *h, struct place *p, str line)
{
    if (h->timed_line != line.at) {
        h->timed_line = line.at;
        h->time_us = h->now_us;
        h->has_time = line_time_read(line, h->now_us, &h->time_us) || h->follows;
    }
    p->has_time = h->has_time;
    p->time_us = h->time_us;
}

/* Goes on counting lines from the hit before; `*counted` is up to where. */
static struct place place_of(struct match_hits *h, const struct logs_piece *piece,
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
        .hit = hit,
    };
    find_time(h, &p, whole);
    return p;
}

/* Printing. */

/* How a lookalike resembles the protected name. */
static void put_likeness(struct json_writer *w, const struct sweep_hit *hit)
{
    json_member_i64(w, "score", hit->score);
    json_member(w, "likeness", str_of(alike_way_name((enum alike_way)hit->way)));
}

static void print_json(struct match_hits *h, const struct place *p, const struct sweep_entry *e)
{
    OWNED(arena_done) struct arena a = {0};
    struct match_indicator indicator = match_indicator_of(&a, h->index, e);
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
    match_put_indicator(&w, &indicator);
    if (p->hit->score)
        put_likeness(&w, p->hit);
    json_close_object(&w);
    match_print_json(h->match, &h->line);
}

static void print_likeness(struct match_hits *h, const struct place *p)
{
    OWNED(arena_done) struct arena a = {0};
    if (p->hit->score)
        cli_print(h->match->cli, " %.*s score %u (%s)", STR_ARG(record_plain(&a, p->match)),
                  (unsigned)p->hit->score, alike_way_name((enum alike_way)p->hit->way));
}

static void print_phases(struct arena *a, struct cli *cli, str phases)
{
    str phase;
    uint64_t more;
    while (phases_cut(&phases, &phase, &more))
        cli_print(cli, ", %.*s", STR_ARG(record_plain(a, phase)));
    if (more)
        cli_print(cli, " and %llu more phases", (unsigned long long)more);
}

static void print_words(struct match_hits *h, const struct place *p, const struct sweep_entry *e)
{
    OWNED(arena_done) struct arena a = {0};
    struct cli *cli = h->match->cli;
    struct match_indicator i = match_indicator_of(&a, h->index, e);
    cli_print(cli, "%.*s:%llu: %s %.*s", STR_ARG(record_plain(&a, p->file)),
              (unsigned long long)p->line, i.kind, STR_ARG(record_plain(&a, i.value)));
    print_likeness(h, p);
    if (i.is_labelled)
        cli_print(cli, " %.*s", STR_ARG(tlp_name(i.label)));
    if (i.id.len)
        cli_print(cli, " %.*s", STR_ARG(i.id));
    if (i.name.len)
        cli_print(cli, " (%.*s)", STR_ARG(match_name(&a, i.name)));
    if (i.shared_by.len)
        cli_print(cli, " from %.*s", STR_ARG(match_name(&a, i.shared_by)));
    if (i.confidence != MATCH_NO_CONFIDENCE)
        cli_print(cli, ", confidence %u", i.confidence);
    print_phases(&a, cli, i.phases);
    cli_print(cli, "\n    %.*s\n", STR_ARG(record_plain_lines(&a, p->context)));
}

static struct match_tally *tally_of(struct arena *a, struct match_tallies *tallies, uint32_t entry)
{
    if (tallies->of[entry] == 0) {
        LIST_ADD(a, tallies)->entry = entry;
        tallies->of[entry] = (uint32_t)tallies->count;
    }
    return &tallies->items[tallies->of[entry] - 1];
}

static void add_to(struct match_tally *t, const struct place *p)
{
    t->count += t->count < UINT32_MAX;
    t->file = p->file;
    t->line = p->line;
    if (!p->has_time)
        return;
    if (!t->has_time || p->time_us < t->first_us)
        t->first_us = p->time_us;
    if (!t->has_time || p->time_us > t->last_us)
        t->last_us = p->time_us;
    t->has_time = true;
}

/* The first entry of the entry's indicator; they stand side by side. */
static uint32_t first_of(const struct sweep_index *x, uint32_t entry)
{
    const struct sweep_entry *e = sweep_index_entry(x, entry);
    for (; entry > 0; entry--) {
        const struct sweep_entry *before = sweep_index_entry(x, entry - 1);
        if ((before->flags & SWEEP_HAS_ID) == 0 || memcmp(before->id, e->id, sizeof(e->id)) != 0)
            break;
    }
    return entry;
}

static void count(struct match_hits *h, uint32_t entry, const struct place *p)
{
    add_to(tally_of(&h->arena, &h->tallies, entry), p);
    bool has_id = sweep_index_entry(h->index, entry)->flags & SWEEP_HAS_ID;
    bool is_sighted = h->sighted.of && has_id;
    if (!is_sighted)
        return;
    struct match_tally *t = tally_of(&h->arena, &h->sighted, first_of(h->index, entry));
    bool is_same_line = t->count && t->line == p->line && str_eq(t->file, p->file);
    if (!is_same_line)
        add_to(t, p);
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
    const struct sweep_entry *e;
    for (; entry != SWEEP_NONE; entry = e->next) {
        e = sweep_index_entry(h->index, entry);
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
        const struct sweep_entry *e = sweep_index_entry(h->index, entry);
        struct match_tally *tally = tally_of(&h->arena, &h->tallies, entry);
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

bool match_hits_on_piece(void *context, const struct logs_piece *piece)
{
    struct match_hits *h = context;
    if (h->follows)
        h->now_us = clock_now_us();
    say_given_up(h, piece);
    h->timed_line = NULL;
    size_t counted = 0;
    uint64_t line = piece->line;
    for (size_t i = 0; i < piece->hits->count; i++) {
        const struct sweep_hit *hit = &piece->hits->items[i];
        struct place p = place_of(h, piece, hit, &counted, &line);
        on_hit(h, &p, hit->entry);
    }
    struct progress *bar = &h->match->bar;
    if (bar->is_terminal)
        progress_add(bar, piece->file_bytes - bar->count);
    if (h->follows && piece->hits->count)
        fflush(h->match->cli->out);
    return !ferror(h->match->cli->out); /* whoever read it may have read enough */
}
