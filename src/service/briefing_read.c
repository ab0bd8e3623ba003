/*
 * Briefings as a reader finds them: objects of the log, looked up by the index of what names what.
 */
#include "base/num.h"
#include "service/briefing_parts.h"

#include <stdlib.h>

static const str STATUSES[] = {LIT_INIT("draft"), LIT_INIT("sent"), LIT_INIT("cancelled"),
                               LIT_INIT("held")};

str briefing_status_name(enum briefing_status status)
{
    ASSERT(status < COUNT_OF(STATUSES));
    return STATUSES[status];
}

static enum briefing_status read_status(str text)
{
    for (unsigned i = 0; i < COUNT_OF(STATUSES); i++) {
        if (str_eq(STATUSES[i], text))
            return (enum briefing_status)i;
    }
    return BRIEFING_DRAFT;
}

err briefing_when_settle(struct arena *a, struct session *s, struct briefing_when *when)
{
    const struct zone *zone;
    int64_t local_us;
    if (!zone_read_local(when->local, &local_us))
        return FAIL(a, ERR_INVALID, "'%.*s' is no day and time; one is 2018-08-29T14:30",
                    STR_ARG(when->local));
    TRY(zone_find(a, s->store->zones, when->timezone, &zone));
    enum zone_fit fit = zone_to_utc(zone, local_us, &when->start_us);
    if (fit == ZONE_SKIPPED) {
        char text[ZONE_TEXT_BYTES];
        str then = zone_write_local(zone_to_local(zone, when->start_us), text);
        return FAIL(a, ERR_INVALID,
                    "the clocks of %.*s are put forward that day and never show %.*s: they go on "
                    "at %.*s; choose another time",
                    STR_ARG(when->timezone), STR_ARG(str_skip(when->local, 11)),
                    STR_ARG(str_skip(then, 11)));
    }
    when->is_first_of_two = fit == ZONE_TWICE;
    return NULL;
}

void briefing_when_read(struct arena *a, struct session *s, json v, struct briefing_when *out)
{
    *out = (struct briefing_when){.local = parsed_text(a, v, "local_start"),
                                  .timezone = parsed_text(a, v, "timezone"),
                                  .minutes = parsed_number(v, "minutes", 0)};
    /* Clocks may have been changed by law since: the wall clock counts. */
    if (briefing_when_settle(a, s, out))
        out->start_us = parsed_time(v, "start");
}

static err read_briefing(struct arena *a, struct session *s, const struct reader *r,
                         const struct log_entry *e, struct briefing *out)
{
    OWNED(parsed_done) struct parsed p = {0};
    TRY(parsed_read(a, s, e, &p));
    json v = p.value;
    struct briefing b = {.id = arena_copy(a, p.id), .entry = *e};
    b.version = parsed_text(a, v, "modified");
    b.title = parsed_text(a, v, "name");
    b.about = parsed_text(a, v, "description");
    b.status = read_status(json_get_string(v, LIT("status")));
    b.cancelled_because = parsed_text(a, v, "cancelled_because");
    b.label = parsed_label(v);
    b.sequence = parsed_number(v, "sequence", 0);
    b.sent_us = parsed_time(v, "sent");
    b.created_us = parsed_time(v, "created");
    b.is_exercise = json_is(json_get(v, LIT("is_exercise")), JSON_TRUE);
    b.edition = parsed_number(v, "edition", 1);
    b.follows = parsed_text(a, v, "follows_ref");
    b.source = parsed_text(a, v, "source");
    b.urgent_because = parsed_text(a, v, "urgent_because");
    b.group = e->contributor;
    b.is_host = group_is_owned_by(r, e->contributor);
    briefing_when_read(a, s, v, &b.when);
    parsed_texts(a, v, "host_refs", &b.hosts);
    b.is_over = b.status == BRIEFING_SENT && briefing_end_us(&b.when) <= s->now_us;
    *out = b;
    return NULL;
}

err briefing_get(struct arena *a, struct session *s, const struct reader *r, str id,
                 struct briefing *out)
{
    struct log_entry e;
    if (!str_eq(stix_id_type(id), LIT("briefing")))
        return FAIL(a, ERR_NOT_FOUND, "there is no such briefing, or you may not see it");
    TRY(about_get(a, s, r, id, &e));
    return read_briefing(a, s, r, &e, out);
}

err briefing_get_hosted(struct arena *a, struct session *s, const struct reader *r, str id,
                        struct briefing *out)
{
    TRY(briefing_get(a, s, r, id, out));
    if (!out->is_host)
        return FAIL(a, ERR_NOT_FOUND, "there is no such thing here, or you may not see it");
    return NULL;
}

static bool has_briefing(const struct briefings *list, uint32_t number)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].entry.number == number)
            return true;
    }
    return false;
}

static err add_entry(struct arena *a, struct session *s, const struct reader *r,
                     const struct log_entry *e, struct briefings *out)
{
    struct briefing b;
    if (has_briefing(out, e->number))
        return NULL;
    TRY(read_briefing(a, s, r, e, &b));
    *LIST_ADD(a, out) = b;
    return NULL;
}

/* The briefing that an invitation is to, where it can (still) be read. */
static err add_invited(struct arena *a, struct session *s, const struct reader *r,
                       const struct log_entry *invitation, struct briefings *out)
{
    OWNED(parsed_done) struct parsed p = {0};
    struct log_entry e;
    TRY(parsed_read(a, s, invitation, &p));
    err absent = about_get(a, s, r, json_get_string(p.value, LIT("briefing_ref")), &e);
    if (absent)
        return absent->code == ERR_NOT_FOUND ? NULL : absent;
    return add_entry(a, s, r, &e, out);
}

err briefing_list(struct arena *a, struct session *s, const struct reader *r, struct briefings *out)
{
    struct about_rows hosted = {0};
    struct about_rows invited = {0};
    if (r->org == NULL || r->person == NULL)
        return NULL;
    TRY(about_list(a, s, r, r->org->id, LIT("briefing"), &hosted));
    for (size_t i = 0; i < hosted.count; i++) {
        if (group_is_owned_by(r, hosted.items[i].entry.contributor))
            TRY(add_entry(a, s, r, &hosted.items[i].entry, out));
    }
    TRY(about_list(a, s, r, r->person->id, LIT("briefing-invitation"), &invited));
    for (size_t i = 0; i < invited.count && out->count < BRIEFING_LIST_MAX; i++)
        TRY(add_invited(a, s, r, &invited.items[i].entry, out));
    return NULL;
}

/* ---- what hangs on a briefing */

/* The one object of a type that names the briefing; absent: the zero entry. */
static err get_one(struct arena *a, struct session *s, const struct reader *r, str briefing,
                   const char *type, struct log_entry *out)
{
    struct about_rows rows = {0};
    TRY(about_list(a, s, r, briefing, str_of(type), &rows));
    *out = rows.count ? rows.items[rows.count - 1].entry : (struct log_entry){0};
    return NULL;
}

static unsigned read_bits(json list, bool (*read)(str text, unsigned *bit))
{
    unsigned bits = 0;
    for (struct json_walk w = json_walk(list); json_next(&w);) {
        unsigned bit;
        if (read(json_string(w.value), &bit))
            bits |= 1u << bit;
    }
    return bits;
}

static bool read_sector_bit(str text, unsigned *bit)
{
    enum sector sector;
    if (!sector_read(text, &sector))
        return false;
    *bit = sector;
    return true;
}

static bool read_duty_bit(str text, unsigned *bit)
{
    enum duty duty;
    if (!duty_read(text, &duty))
        return false;
    *bit = duty;
    return true;
}

err briefing_plan_get(struct arena *a, struct session *s, const struct reader *r, str briefing,
                      struct briefing_plan *out)
{
    struct log_entry e;
    *out = (struct briefing_plan){0};
    TRY(get_one(a, s, r, briefing, "briefing-plan", &e));
    if (e.number == 0)
        return NULL;
    OWNED(parsed_done) struct parsed p = {0};
    TRY(parsed_read(a, s, &e, &p));
    out->sectors = read_bits(json_get(p.value, LIT("sectors")), read_sector_bit);
    out->duties = read_bits(json_get(p.value, LIT("duties")), read_duty_bit);
    parsed_texts(a, p.value, "jurisdictions", &out->jurisdictions);
    parsed_texts(a, p.value, "association_refs", &out->associations);
    parsed_texts(a, p.value, "organization_refs", &out->organizations);
    parsed_texts(a, p.value, "person_refs", &out->people);
    return NULL;
}

err briefing_join_get(struct arena *a, struct session *s, const struct reader *r, str briefing,
                      struct briefing_join *out)
{
    *out = (struct briefing_join){0};
    TRY(get_one(a, s, r, briefing, "briefing-join", &out->entry));
    if (out->entry.number == 0)
        return NULL;
    OWNED(parsed_done) struct parsed p = {0};
    TRY(parsed_read(a, s, &out->entry, &p));
    out->content = parsed_text(a, p.value, "content");
    return NULL;
}

/* For whom an item of a briefing that was sent is: hosts alone read that (B9). */
static err read_item_audience(struct arena *a, struct session *s, const struct reader *r, json v,
                              struct briefing_item *item)
{
    struct stix_strs markings = {0};
    struct log_entry definition;
    str marking = item_marking(a, s, item->id);
    parsed_texts(a, v, "object_marking_refs", &markings);
    if (!strs_have(&markings, marking))
        return NULL;
    err absent = about_get(a, s, r, marking, &definition);
    if (absent)
        return absent->code == ERR_NOT_FOUND ? NULL : absent;
    OWNED(parsed_done) struct parsed p = {0};
    TRY(parsed_read(a, s, &definition, &p));
    audience_organizations(a, p.value, &item->organizations);
    return NULL;
}

static err read_item(struct arena *a, struct session *s, const struct reader *r,
                     const struct log_entry *e, struct briefing_item *out)
{
    OWNED(parsed_done) struct parsed p = {0};
    TRY(parsed_read(a, s, e, &p));
    json v = p.value;
    struct briefing_item item = {.id = arena_copy(a, p.id), .entry = *e};
    item.title = parsed_text(a, v, "name");
    item.about = parsed_text(a, v, "description");
    item.position = parsed_number(v, "position", 0);
    item.minutes = parsed_number(v, "minutes", 0);
    item.presenter = parsed_text(a, v, "presenter_ref");
    item.presenter_words = parsed_text(a, v, "presenter");
    item.source = parsed_text(a, v, "source");
    item.is_red = json_is(json_get(v, LIT("is_red")), JSON_TRUE);
    item.label = item.is_red ? TLP_RED : parsed_label(v);
    item.is_dropped = json_is(json_get(v, LIT("is_dropped")), JSON_TRUE);
    item.is_left_out = json_is(json_get(v, LIT("is_left_out")), JSON_TRUE);
    parsed_texts(a, v, "audience_refs", &item.organizations);
    if (item.organizations.count == 0)
        TRY(read_item_audience(a, s, r, v, &item));
    parsed_texts(a, v, "object_refs", &item.refs);
    *out = item;
    return NULL;
}

static int item_order(const void *a, const void *b)
{
    const struct briefing_item *one = a;
    const struct briefing_item *two = b;
    return (one->position > two->position) - (one->position < two->position);
}

err agenda_get_agreed(struct arena *a, struct session *s, const struct reader *r,
                      const struct briefing *b, struct briefing_items *out)
{
    struct about_rows rows = {0};
    TRY(about_list(a, s, r, b->id, LIT("briefing-item"), &rows));
    for (size_t i = 0; i < rows.count; i++) {
        struct briefing_item item;
        if (rows.items[i].entry.contributor != b->group)
            continue;
        TRY(read_item(a, s, r, &rows.items[i].entry, &item));
        if (!item.is_dropped || item.is_left_out)
            *LIST_ADD(a, out) = item;
    }
    if (out->count)
        qsort(out->items, out->count, sizeof(*out->items), item_order);
    return NULL;
}

err briefing_items_get(struct arena *a, struct session *s, const struct reader *r,
                       const struct briefing *b, struct briefing_items *out)
{
    struct briefing_items all = {0};
    int64_t start_us = b->when.start_us;
    TRY(agenda_get_agreed(a, s, r, b, &all));
    for (size_t i = 0; i < all.count; i++) {
        struct briefing_item *item = &all.items[i];
        if (item->is_left_out)
            continue;
        item->start_us = start_us;
        start_us += item->minutes * 60 * US_PER_SECOND;
        *LIST_ADD(a, out) = *item;
    }
    return NULL;
}
