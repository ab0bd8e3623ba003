/*
 * The next edition of a series: a draft with the same hosts, audience and way to join, and the
 * items that are carried over. What was promised and is open shows in it by itself (B22).
 */
#include "service/briefing_parts.h"
#include "service/briefing_series.h"

#define DAYS_BETWEEN 14

/* The same wall clock a fortnight on, or from today where that has passed too. */
static str next_local(struct arena *a, const struct session *s, const struct briefing_when *when)
{
    int64_t local_us = 0;
    char text[ZONE_TEXT_BYTES];
    if (!zone_read_local(when->local, &local_us))
        return when->local;
    int64_t behind_us = s->now_us - when->start_us;
    int64_t days = DAYS_BETWEEN + (behind_us > 0 ? behind_us / US_PER_DAY : 0);
    return arena_copy(a, str_part(zone_write_local(local_us + days * US_PER_DAY, text), 0, 16));
}

static err carry(struct arena *a, struct session *s, const struct reader *r,
                 const struct briefing *b, const struct stix_strs *ids, struct briefing_items *out)
{
    struct briefing_items items = {0};
    size_t found = 0;
    TRY(agenda_get_agreed(a, s, r, b, &items));
    for (size_t i = 0; i < items.count; i++) {
        struct briefing_item item = agenda_as_written(&items.items[i]);
        if (!strs_have(ids, item.id))
            continue;
        found++;
        item.id = (str){0};
        item.entry = (struct log_entry){0};
        item.is_left_out = false;
        item.is_dropped = false;
        *LIST_ADD(a, out) = item;
    }
    if (found < ids->count)
        return FAIL(a, ERR_INVALID, "an item to carry over is not on the agenda of this briefing");
    return NULL;
}

static void other_hosts(struct arena *a, const struct session *s, const struct reader *r,
                        const struct briefing *b, struct stix_strs *out)
{
    for (size_t i = 0; i < b->hosts.count; i++) {
        const struct policy_org *org = policy_org_by_id(s->policy, b->hosts.items[i]);
        if (org && org->is_active && org != r->org)
            *LIST_ADD(a, out) = b->hosts.items[i];
    }
}

err briefing_next(struct arena *a, struct session *s, const struct reader *r, str briefing,
                  const struct stix_strs *items, str *id)
{
    struct briefing b;
    struct briefing_join join;
    struct briefing_input input = {.has_when = true,
                                   .has_plan = true,
                                   .has_about = true,
                                   .has_join = true,
                                   .has_label = true,
                                   .has_items = true};
    TRY(briefing_get_hosted(a, s, r, briefing, &b));
    input.when = b.when;
    input.when.local = next_local(a, s, &b.when);
    input.title = b.title;
    input.about = b.about;
    input.label = b.label;
    input.is_exercise = b.is_exercise;
    input.follows = briefing;
    TRY(briefing_plan_get(a, s, r, briefing, &input.plan));
    TRY(briefing_join_get(a, s, r, briefing, &join));
    input.join = join.content;
    other_hosts(a, s, r, &b, &input.hosts);
    TRY(carry(a, s, r, &b, items, &input.items));
    return briefing_make(a, s, r, &input, id);
}

err briefing_following(struct arena *a, struct session *s, const struct reader *r, str briefing,
                       struct stix_strs *out)
{
    struct about_rows rows = {0};
    TRY(about_list(a, s, r, briefing, LIT("briefing"), &rows));
    for (size_t i = 0; i < rows.count; i++)
        TRY(log_body_id(a, s, rows.items[i].entry.body, LIST_ADD(a, out)));
    return NULL;
}
