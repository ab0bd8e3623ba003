/*
 * The record: gathered by the index of what names the briefing.
 */
#include "service/briefing_record.h"

#include "base/num.h"
#include "service/briefing_parts.h"
#include "service/call_words.h"
#include "service/material_parts.h"

#define RECORD_BYTES_MAX ((size_t)64 << 20)

static const char *const TYPES[] = {
    "briefing-plan",   "briefing-join",     "briefing-item", "briefing-invitation",
    "briefing-reply",  "attendance",        "question",      "note",
    "briefing-host",   "approval",          "commitment",    "correction",
    "action",          "opinion",           "absence",       "widening",
    "widening-answer", "briefing-material",
};

struct gathering {
    struct arena *a;
    struct session *s;
    struct json_writer *w;
    struct briefing_record_totals *totals;
};

/* The same for who asks again, so that a download that broke goes on where it was. */
static str bundle_id(struct arena *a, const struct session *s, const struct reader *r,
                     const struct briefing *b)
{
    return derived_id(a, s, "bundle", b->id, r->org->id);
}

/* G3: STRICT and RED never leave. */
static err put_entry(struct gathering *g, const struct log_entry *e)
{
    struct log_body body;
    OWNED(json_reader_done) struct json_reader reader = {0};
    json value;
    TRY(log_body_get(g->a, g->s, e->body, &body));
    TRY(json_read(g->a, &reader, body.bytes, NULL, &value));
    if (parsed_label(value) >= TLP_AMBER_STRICT) {
        g->totals->withheld++;
        return NULL;
    }
    *LIST_ADD(g->a, &g->totals->given) = *e;
    json_put_raw(g->w, body.bytes);
    return NULL;
}

static err put_type(struct gathering *g, const struct reader *r, str briefing, const char *type)
{
    struct about_rows rows = {0};
    TRY(about_list(g->a, g->s, r, briefing, str_of(type), &rows));
    for (size_t i = 0; i < rows.count; i++)
        TRY(put_entry(g, &rows.items[i].entry));
    return NULL;
}

/* A file names no briefing: it is found by the material that it is of. */
static err put_files(struct gathering *g, const struct reader *r, const struct briefing *b)
{
    struct materials all = {0};
    TRY(material_list_all(g->a, g->s, r, b, &all));
    for (size_t i = 0; i < all.count; i++) {
        if (all.items[i].file.id.len)
            TRY(put_entry(g, &all.items[i].file.entry));
    }
    return NULL;
}

static err put_all(struct gathering *g, const struct reader *r, const struct briefing *b)
{
    struct log_entry e;
    const struct policy_org *group = policy_org(g->s->policy, b->group);
    TRY(put_entry(g, &b->entry));
    ASSERT(group);
    err hidden = about_get(g->a, g->s, r, group->id, &e);
    if (hidden == NULL)
        TRY(put_entry(g, &e));
    else if (hidden->code != ERR_NOT_FOUND)
        return hidden;
    for (size_t i = 0; i < COUNT_OF(TYPES); i++)
        TRY(put_type(g, r, b->id, TYPES[i]));
    return put_files(g, r, b);
}

err briefing_record_bundle(struct arena *a, struct session *s, const struct reader *r, str briefing,
                           str *out, struct briefing_record_totals *totals)
{
    struct briefing b;
    struct json_writer w;
    struct gathering g = {.a = a, .s = s, .w = &w, .totals = totals};
    OWNED(buf_done) struct buf text;
    *totals = (struct briefing_record_totals){0};
    buf_init(&text, RECORD_BYTES_MAX);
    json_writer_init(&w, &text);
    TRY(briefing_get(a, s, r, briefing, &b));
    json_open_object(&w);
    json_member(&w, "type", LIT("bundle"));
    json_member(&w, "id", bundle_id(a, s, r, &b));
    json_key(&w, LIT("objects"));
    json_open_array(&w);
    TRY(put_all(&g, r, &b));
    json_close_array(&w);
    json_close_object(&w);
    TRY(buf_check(a, &text));
    *out = arena_copy(a, buf_str(&text));
    return NULL;
}

/* ---- the document */

static str name_of_org(const struct session *s, str id)
{
    const struct policy_org *org = policy_org_by_id(s->policy, id);
    return org ? org->name : LIT("an organization that is gone");
}

static str name_of_person(const struct session *s, str id)
{
    const struct policy_person *person = map_get(&s->policy->person_by_id, id);
    return person ? person->name : LIT("somebody who is gone");
}

/* "Tuesday, August 29, 2028, 2:30 to 3:15 p.m. EDT", on the hosts' clock. */
static err put_when(struct arena *a, struct buf *to, const struct session *s,
                    const struct briefing *b)
{
    const struct zone *zone;
    TRY(call_find_zone(a, s->store->zones, b->when.timezone, &zone));
    str day = call_day(a, LANGUAGE_ENGLISH, zone, b->when.start_us);
    str span = call_span(a, LANGUAGE_ENGLISH, zone, b->when.start_us, briefing_end_us(&b->when));
    buf_print(to, "When: %.*s, %.*s\n", STR_ARG(day), STR_ARG(span));
    return NULL;
}

static err put_head(struct arena *a, struct buf *to, const struct session *s,
                    const struct briefing *b)
{
    if (b->is_exercise)
        buf_put(to, LIT("EXERCISE EXERCISE EXERCISE\n\n"));
    buf_print(to, "# %.*s\n\n%.*s\n\n", STR_ARG(b->title), STR_ARG(tlp_name(b->label)));
    TRY(put_when(a, to, s, b));
    buf_print(to, "State: %.*s\n",
              STR_ARG(briefing_status_name(b->is_over ? BRIEFING_HELD : b->status)));
    if (b->cancelled_because.len)
        buf_print(to, "Because: %.*s\n", STR_ARG(b->cancelled_because));
    buf_put(to, LIT("Hosts:"));
    for (size_t i = 0; i < b->hosts.count; i++)
        buf_print(to, "%s %.*s", i ? "," : "", STR_ARG(name_of_org(s, b->hosts.items[i])));
    buf_print(to, "\n\n%.*s\n", STR_ARG(b->about));
    return NULL;
}

static err put_agenda(struct arena *a, struct buf *to, struct session *s, const struct reader *r,
                      const struct briefing *b, struct log_entries *given)
{
    struct briefing_items items = {0};
    TRY(briefing_items_get(a, s, r, b, &items));
    if (items.count)
        buf_put(to, LIT("\n## Agenda\n\n"));
    for (size_t i = 0; i < items.count; i++) {
        const struct briefing_item *item = &items.items[i];
        *LIST_ADD(a, given) = item->entry;
        str who = item->presenter.len ? name_of_person(s, item->presenter) : item->presenter_words;
        buf_print(to, "- %.*s (%d minutes, %.*s%s%.*s)\n", STR_ARG(item->title), (int)item->minutes,
                  STR_ARG(tlp_name(item->label)), who.len ? ", " : "", STR_ARG(who));
        if (item->about.len)
            buf_print(to, "  %.*s\n", STR_ARG(item->about));
    }
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

static err put_materials(struct arena *a, struct buf *to, struct session *s, const struct reader *r,
                         const struct briefing *b, struct log_entries *given)
{
    struct materials all;
    TRY(material_list(a, s, r, b, &all));
    if (all.count)
        buf_put(to, LIT("\n## Materials\n\n"));
    for (size_t i = 0; i < all.count; i++) {
        const struct material *m = &all.items[i];
        *LIST_ADD(a, given) = m->entry;
        buf_print(to, "- %.*s (", STR_ARG(m->title));
        if (m->file.id.len) {
            buf_print(to, "%.*s, ", STR_ARG(file_kind_words(m->file.kind)));
            put_size(to, m->file.bytes);
        } else {
            *LIST_ADD(a, given) = m->object.entry;
            buf_print(to, "%.*s of the exchange", STR_ARG(m->object.type));
        }
        buf_print(to, ", %.*s, from %.*s)\n", STR_ARG(tlp_name(m->label)),
                  STR_ARG(name_of_org(s, m->organization)));
        if (m->file.id.len)
            buf_print(to, "  SHA-256 %.*s\n", STR_ARG(m->file.digest));
    }
    return NULL;
}

static void put_guest(const struct session *s, struct buf *to, const struct briefing_guest *guest)
{
    if (guest->person.len)
        buf_print(to, "- %.*s, %.*s\n", STR_ARG(name_of_person(s, guest->person)),
                  STR_ARG(name_of_org(s, guest->organization)));
    else
        buf_print(to, "- %.*s\n", STR_ARG(guest->name));
}

static err put_people(struct arena *a, struct buf *to, struct session *s, const struct reader *r,
                      const struct briefing *b)
{
    static const char *const ANSWERS[] = {"no answer", "yes", "no", "sends somebody else"};
    static const char *const MISSING[ABSENCE_COUNT] = {
        [ABSENCE_ABSENT] = "Invited and absent",
        [ABSENCE_DECLINED] = "Declined",
        [ABSENCE_NOT_REACHED] = "Not reached: no duty officer whom somebody has checked",
        [ABSENCE_NOT_ASKED] = "The hosts did not ask them",
        [ABSENCE_NOT_MEMBER] = "Not a member",
    };
    struct briefing_attendance attendance;
    TRY(briefing_attendance_get(a, s, r, b, &attendance));
    buf_print(to, "\n## Invited: %zu, there: %zu\n\n", attendance.count, attendance.present);
    for (size_t i = 0; i < attendance.count; i++) {
        const struct briefing_attendee *who = &attendance.items[i];
        buf_print(to, "- %.*s, %.*s: %s", STR_ARG(name_of_person(s, who->invitation.person)),
                  STR_ARG(name_of_org(s, who->invitation.organization)),
                  ANSWERS[who->invitation.answer]);
        if (who->invitation.noted_by.len)
            buf_print(to, ", by phone (noted by %.*s)",
                      STR_ARG(name_of_org(s, who->invitation.noted_by)));
        buf_put(to, !who->is_said             ? LIT("\n")
                    : who->presence.was_there ? LIT("; was there\n")
                                              : LIT("; was not there\n"));
    }
    if (attendance.guests.count)
        buf_put(to, LIT("\n### Came without an invitation\n\n"));
    for (size_t i = 0; i < attendance.guests.count; i++)
        put_guest(s, to, &attendance.guests.items[i]);
    for (size_t i = 0; i < attendance.missing.count; i++) {
        const struct briefing_absent *one = &attendance.missing.items[i];
        if (i == 0 || one->why != attendance.missing.items[i - 1].why)
            buf_print(to, "\n### %s\n\n", MISSING[one->why]);
        buf_print(to, "- %.*s\n", STR_ARG(one->org->name));
    }
    return NULL;
}

static void put_row(struct buf *to, const struct usefulness_row *row)
{
    static const char *const STEPS[USEFULNESS_STEPS] = {"not useful at all", "not very useful",
                                                        "in between", "useful", "very useful"};
    for (size_t k = USEFULNESS_STEPS; k > 0 && !row->is_hidden; k--) {
        buf_print(to, "%s %s ", k < USEFULNESS_STEPS ? "," : "", STEPS[k - 1]);
        if (row->is_cell_hidden[k - 1])
            buf_put(to, LIT("hidden"));
        else
            buf_print(to, "%zu", row->counts[k - 1]);
    }
    buf_put(to, row->is_hidden ? LIT(" held back, since few answered\n") : LIT("\n"));
}

static const char *sector_title(unsigned sector)
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
    return TITLES[sector];
}

static err put_verdict(struct arena *a, struct buf *to, struct session *s, const struct briefing *b)
{
    struct briefing_verdict verdict;
    TRY(briefing_verdict_get(a, s, b, &verdict));
    buf_print(to, "\n## Was it useful? %zu answers\n\n", verdict.tally.answers);
    for (unsigned i = 0; i < SECTOR_COUNT; i++) {
        const struct usefulness_row *row = &verdict.tally.rows[i];
        if (!row->is_there)
            continue;
        buf_print(to, "- %s:", sector_title(i));
        put_row(to, row);
    }
    for (size_t i = 0; i < verdict.words.count; i++)
        buf_print(to, "\n> %.*s\n", STR_ARG(verdict.words.items[i].words));
    return NULL;
}

err briefing_record_document(struct arena *a, struct session *s, const struct reader *r,
                             str briefing, str *out, struct log_entries *given)
{
    struct briefing b;
    struct briefing_record_totals totals;
    str bundle;
    OWNED(buf_done) struct buf text;
    buf_init(&text, RECORD_BYTES_MAX);
    TRY(briefing_get(a, s, r, briefing, &b));
    *LIST_ADD(a, given) = b.entry;
    TRY(put_head(a, &text, s, &b));
    TRY(put_agenda(a, &text, s, r, &b, given));
    TRY(put_materials(a, &text, s, r, &b, given));
    if (b.is_host) {
        TRY(briefing_record_bundle(a, s, r, briefing, &bundle, &totals));
        TRY(put_people(a, &text, s, r, &b));
        buf_print(&text, "\n%zu objects on the record, %zu of them stay in the exchange\n",
                  totals.given.count + totals.withheld, totals.withheld);
    }
    TRY(put_verdict(a, &text, s, &b));
    TRY(buf_check(a, &text));
    *out = arena_copy(a, buf_str(&text));
    return NULL;
}
