/*
 * The record's document: what the briefing is, its agenda and its materials; and what tells, thing
 * by thing, which part of the record it belongs to.
 */
#include "service/briefing_document.h"

#include "base/num.h"
#include "service/call_words.h"
#include "service/material_parts.h"
#include "service/reading.h"

#define DOCUMENT_BYTES_MAX ((size_t)64 << 20)
#define EXERCISE_LINE "EXERCISE EXERCISE EXERCISE"

/* ---- things and their entries */

void document_section(struct document *d, str heading)
{
    d->heading = heading;
}

void document_open(struct document *d)
{
    if (d->heading.len)
        buf_print(d->to, "\n## %.*s\n\n", STR_ARG(d->heading));
    d->heading = (str){0};
}

static bool has_barred(const struct document *d, const struct log_entry *const *entries,
                       size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (entries[i]->number && reading_is_barred(d->s, entries[i]))
            return true;
    }
    return false;
}

static bool tells(struct document *d, const struct log_entry *entry, bool is_given)
{
    if (entry->number == 0 || (d->part == RECORD_LEAVES && reading_is_barred(d->s, entry)))
        return false;
    enum tlp label = reading_label(d->s, entry);
    d->label = label > d->label ? label : d->label;
    d->is_begun = true;
    if (is_given)
        *LIST_ADD(d->a, &d->given) = *entry;
    return true;
}

bool document_tells(struct document *d, const struct log_entry *entry)
{
    return tells(d, entry, true);
}

bool document_begin_as(struct document *d, const struct log_entry *const *entries, size_t count,
                       bool is_given)
{
    bool stays = has_barred(d, entries, d->part == RECORD_LEAVES ? 1 : count);
    if (stays != (d->part == RECORD_STAYS) || !tells(d, entries[0], is_given))
        return false;
    document_open(d);
    return true;
}

bool document_begin(struct document *d, const struct log_entry *const *entries, size_t count)
{
    return document_begin_as(d, entries, count, true);
}

bool document_begin_one(struct document *d, const struct log_entry *entry)
{
    return document_begin(d, &entry, 1);
}

/* ---- words */

void document_put_lines(struct document *d, const char *lead, str words)
{
    str line;
    while (str_cut(&words, '\n', &line)) {
        if (str_trim(line).len == 0)
            continue;
        buf_print(d->to, "  %s%.*s\n", lead, STR_ARG(line));
        lead = "";
    }
}

/* What somebody wrote may look like a heading, a label or the strip of an exercise of ours. */
static bool looks_like_ours(str line)
{
    return str_starts(line, LIT("#")) || str_starts(line, LIT("TLP:")) ||
           str_starts(line, LIT(EXERCISE_LINE));
}

/* Words in paragraphs, as they were written: what looks like ours stands as a quote. */
static void put_paragraphs(struct document *d, str words)
{
    str line;
    while (str_cut(&words, '\n', &line)) {
        line = str_trim(line);
        buf_print(d->to, "%s%.*s\n", looks_like_ours(line) ? "> " : "", STR_ARG(line));
    }
}

str document_line(const struct document *d, str words)
{
    str line = {0};
    str part;
    while (str_cut(&words, '\n', &part)) {
        part = str_trim(part);
        line = arena_join(d->a, line, line.len && part.len ? LIT(" ") : (str){0}, part);
    }
    return line;
}

void document_put_name(struct document *d, bool is_first, str name)
{
    buf_print(d->to, "%s %.*s", is_first ? "" : ",", STR_ARG(name));
}

str document_org(const struct document *d, str id)
{
    const struct policy_org *org = policy_org_by_id(d->s->policy, id);
    return org ? org->name : LIT("an organization that is gone");
}

str document_person(const struct document *d, str id)
{
    const struct policy_person *person = map_get(&d->s->policy->person_by_id, id);
    return person ? person->name : LIT("somebody who is gone");
}

str document_time(const struct document *d, int64_t time_us)
{
    return call_time(d->a, LANGUAGE_ENGLISH, d->zone, time_us);
}

str document_moment(const struct document *d, int64_t time_us)
{
    str day = call_day(d->a, LANGUAGE_ENGLISH, d->zone, time_us);
    return arena_join(d->a, day, LIT(", "), document_time(d, time_us));
}

err document_day(const struct document *d, int64_t day_us, str *out)
{
    const struct zone *utc;
    TRY(call_find_zone(d->a, d->s->store->zones, LIT("UTC"), &utc));
    *out = call_day(d->a, LANGUAGE_ENGLISH, utc, day_us);
    return NULL;
}

str document_sector(unsigned sector)
{
    static const char *const TITLES[SECTOR_COUNT] = {
        [SECTOR_FEDERAL] = "Federal agencies",
        [SECTOR_STATE] = "State offices",
        [SECTOR_LOCAL] = "County and local offices",
        [SECTOR_TRIBAL] = "Tribal offices",
        [SECTOR_TERRITORIAL] = "Territory offices",
        [SECTOR_ASSOCIATION] = "Associations",
        [SECTOR_PLATFORM] = "Platform companies",
        [SECTOR_VENDOR] = "Election vendors",
        [SECTOR_RESEARCH] = "Research",
        [SECTOR_CIVIL_SOCIETY] = "Civil society",
        [SECTOR_OTHER] = "Others",
    };
    return str_of(TITLES[sector]);
}

/* ---- what the briefing says of itself */

/* "Tuesday, August 29, 2028, 2:30 to 3:15 p.m. EDT". */
static void put_when(struct document *d)
{
    const struct briefing_when *when = &d->b->when;
    str day = call_day(d->a, LANGUAGE_ENGLISH, d->zone, when->start_us);
    str span = call_span(d->a, LANGUAGE_ENGLISH, d->zone, when->start_us, briefing_end_us(when));
    buf_print(d->to, "When: %.*s, %.*s\n", STR_ARG(day), STR_ARG(span));
}

static void put_facts(struct document *d)
{
    const struct briefing *b = d->b;
    buf_print(d->to, "State: %.*s\n",
              STR_ARG(briefing_status_name(b->is_over ? BRIEFING_HELD : b->status)));
    if (b->cancelled_because.len)
        buf_print(d->to, "Because: %.*s\n", STR_ARG(document_line(d, b->cancelled_because)));
    if (b->urgent_because.len)
        buf_print(d->to, "Sent by one host alone, because: %.*s\n",
                  STR_ARG(document_line(d, b->urgent_because)));
    if (b->edition > 1)
        buf_print(d->to, "Edition: %d\n", (int)b->edition);
    if (b->source.len)
        buf_print(d->to, "Passed on from: %.*s\n", STR_ARG(document_org(d, b->source)));
    buf_put(d->to, LIT("Hosts:"));
    for (size_t i = 0; i < b->hosts.count; i++)
        document_put_name(d, i == 0, document_org(d, b->hosts.items[i]));
    buf_put_char(d->to, '\n');
}

static void put_briefing(struct document *d)
{
    if (!document_begin_one(d, &d->b->entry))
        return;
    buf_put_char(d->to, '\n');
    put_when(d);
    put_facts(d);
    if (d->b->about.len) {
        buf_put_char(d->to, '\n');
        put_paragraphs(d, d->b->about);
    }
}

static err put_join(struct document *d)
{
    struct briefing_join join;
    TRY(briefing_join_get(d->a, d->s, d->r, d->b->id, &join));
    document_section(d, LIT("How to join"));
    if (join.content.len && document_begin_one(d, &join.entry))
        put_paragraphs(d, join.content);
    return NULL;
}

static void put_list(struct document *d, const char *lead, const struct stix_strs *names,
                     str (*name)(const struct document *d, str id))
{
    if (names->count == 0)
        return;
    buf_print(d->to, "- %s:", lead);
    for (size_t i = 0; i < names->count; i++)
        document_put_name(d, i == 0, name ? name(d, names->items[i]) : names->items[i]);
    buf_put_char(d->to, '\n');
}

static void put_bits(struct document *d, const char *lead, unsigned bits, str (*name)(unsigned))
{
    bool is_first = true;
    if (bits)
        buf_print(d->to, "- %s:", lead);
    for (unsigned i = 0; bits >> i; i++) {
        if ((bits & 1u << i) == 0)
            continue;
        document_put_name(d, is_first, name(i));
        is_first = false;
    }
    if (bits)
        buf_put_char(d->to, '\n');
}

static err put_plan(struct document *d)
{
    struct briefing_plan plan;
    struct about_rows rows = {0};
    document_section(d, LIT("Whom the hosts meant"));
    TRY(about_list(d->a, d->s, d->r, d->b->id, LIT("briefing-plan"), &rows));
    if (rows.count == 0 || !document_begin_one(d, &rows.items[rows.count - 1].entry))
        return NULL;
    TRY(briefing_plan_get(d->a, d->s, d->r, d->b->id, &plan));
    put_bits(d, "Sectors", plan.sectors, document_sector);
    put_list(d, "Members of", &plan.associations, document_org);
    put_list(d, "In", &plan.jurisdictions, NULL);
    put_list(d, "Organizations", &plan.organizations, document_org);
    put_bits(d, "Of their duty officers only", plan.duties, duty_name);
    put_list(d, "People", &plan.people, document_person);
    return NULL;
}

/* ---- agenda and materials */

static void put_item(struct document *d, const struct briefing_item *item)
{
    if (!document_begin_one(d, &item->entry))
        return;
    str who = item->presenter.len ? document_person(d, item->presenter) : item->presenter_words;
    buf_print(d->to, "- %.*s (%d minutes, %.*s%s%.*s)\n", STR_ARG(item->title), (int)item->minutes,
              STR_ARG(tlp_name(item->label)), who.len ? ", " : "", STR_ARG(who));
    document_put_lines(d, "", item->about);
    if (item->source.len)
        document_put_lines(d, "From: ", document_org(d, item->source));
}

static err put_agenda(struct document *d)
{
    struct briefing_items items = {0};
    TRY(briefing_items_get(d->a, d->s, d->r, d->b, &items));
    document_section(d, LIT("Agenda"));
    for (size_t i = 0; i < items.count; i++)
        put_item(d, &items.items[i]);
    return NULL;
}

/* Bytes up to ten thousand, then KB and MB. */
static void put_size(struct buf *to, int64_t bytes)
{
    static const char *const UNITS[] = {"bytes", "KB", "MB"};
    size_t unit = 0;
    for (; bytes >= 10000 && unit + 1 < COUNT_OF(UNITS); unit++)
        bytes = (bytes + 512) / 1024;
    buf_print(to, "%lld %s", (long long)bytes, UNITS[unit]);
}

static void put_material(struct document *d, const struct material *m)
{
    const struct material_file *file = &m->file;
    const struct log_entry *entries[] = {&m->entry, file->id.len ? &file->entry : &m->object.entry};
    if (!document_begin(d, entries, COUNT_OF(entries)))
        return;
    bool tells_more = document_tells(d, entries[1]);
    buf_print(d->to, "- %.*s (", STR_ARG(m->title));
    if (tells_more && file->id.len) {
        buf_print(d->to, "%.*s, ", STR_ARG(file_kind_words(file->kind)));
        put_size(d->to, file->bytes);
        buf_put(d->to, LIT(", "));
    } else if (tells_more) {
        buf_print(d->to, "%.*s of the exchange, ", STR_ARG(m->object.type));
    }
    buf_print(d->to, "%.*s, from %.*s)\n", STR_ARG(tlp_name(m->label)),
              STR_ARG(document_org(d, m->organization)));
    if (tells_more && file->id.len)
        document_put_lines(d, "SHA-256 ", file->digest);
}

static err put_materials(struct document *d)
{
    struct materials all;
    TRY(material_list(d->a, d->s, d->r, d->b, &all));
    document_section(d, LIT("Materials"));
    for (size_t i = 0; i < all.count; i++)
        put_material(d, &all.items[i]);
    return NULL;
}

/* ---- the whole */

static err put_withheld(struct document *d)
{
    struct briefing_record_totals totals;
    str bundle;
    if (!d->b->is_host || d->part == RECORD_STAYS)
        return NULL;
    TRY(briefing_record_bundle(d->a, d->s, d->r, d->b->id, &bundle, &totals));
    size_t all = totals.given.count + totals.withheld;
    document_section(d, LIT("In all"));
    document_open(d);
    buf_print(d->to, "%zu %s on the record, %zu of them %s in the exchange\n", all,
              all == 1 ? "object" : "objects", totals.withheld,
              totals.withheld == 1 ? "stays" : "stay");
    return NULL;
}

static err put_all(struct document *d)
{
    put_briefing(d);
    TRY(put_join(d));
    TRY(put_plan(d));
    TRY(put_agenda(d));
    TRY(put_materials(d));
    TRY(document_put_said(d));
    return document_put_people(d);
}

/* Over what was told, whose label is known by then. */
static void put_head(const struct document *d, struct buf *to)
{
    str title = d->has_own                 ? d->b->title
                : d->part == RECORD_LEAVES ? LIT("The record of a briefing")
                                           : LIT("What stays in the exchange");
    if (d->b->is_exercise)
        buf_put(to, LIT(EXERCISE_LINE "\n\n"));
    buf_print(to, "# %.*s\n\n", STR_ARG(title));
    if (d->is_begun)
        buf_print(to, "%.*s\n", STR_ARG(tlp_name(d->label)));
    else
        buf_put(to, LIT("All of it stays in the exchange\n"));
}

err briefing_record_document(struct arena *a, struct session *s, const struct reader *r,
                             str briefing, enum record_part part, struct briefing_document *out)
{
    struct briefing b;
    OWNED(buf_done) struct buf body;
    OWNED(buf_done) struct buf text;
    struct document d = {.a = a, .s = s, .r = r, .b = &b, .part = part, .to = &body};
    buf_init(&body, DOCUMENT_BYTES_MAX);
    buf_init(&text, DOCUMENT_BYTES_MAX);
    TRY(briefing_get(a, s, r, briefing, &b));
    TRY(call_find_zone(a, s->store->zones, b.when.timezone, &d.zone));
    d.has_own = reading_is_barred(s, &b.entry) == (part == RECORD_STAYS);
    TRY(put_all(&d));
    *out = (struct briefing_document){.given = d.given};
    if (part == RECORD_STAYS && !d.is_begun)
        return NULL;
    TRY(put_withheld(&d));
    put_head(&d, &text);
    buf_put(&text, buf_str(&body));
    TRY(buf_check(a, &body));
    TRY(buf_check(a, &text));
    out->text = arena_copy(a, buf_str(&text));
    return NULL;
}
