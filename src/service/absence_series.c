/*
 * Who was missing, over the editions of a series.
 */
#include "service/absence.h"

#include "service/briefing_parts.h"
#include "service/briefing_series.h"

#include <stdlib.h>

#define EDITIONS_WALKED_MAX 100

/* ---- the editions */

/* The newest edition that the reader hosts. */
static err find_last(struct arena *a, struct session *s, const struct reader *r,
                     const struct briefing *b, struct briefing *out)
{
    *out = *b;
    for (int i = 0; i < EDITIONS_WALKED_MAX; i++) {
        struct stix_strs following = {0};
        TRY(briefing_following(a, s, r, out->id, &following));
        struct briefing next;
        err hidden = following.count
                         ? briefing_get_hosted(a, s, r, following.items[following.count - 1], &next)
                         : NULL;
        if (hidden && hidden->code != ERR_NOT_FOUND)
            return hidden;
        if (following.count == 0 || hidden)
            return NULL;
        *out = next;
    }
    return NULL;
}

/* Held ones, the newest first. */
static err list_editions(struct arena *a, struct session *s, const struct reader *r,
                         const struct briefing *b, struct briefings *out)
{
    struct briefing edition;
    TRY(find_last(a, s, r, b, &edition));
    for (int i = 0; i < EDITIONS_WALKED_MAX && out->count < ABSENCE_EDITIONS_MAX; i++) {
        size_t present = 0;
        bool is_said;
        if (edition.is_over)
            TRY(briefing_present_count(a, s, r, edition.id, &present, &is_said));
        if (present)
            *LIST_ADD(a, out) = edition;
        if (edition.follows.len == 0)
            return NULL;
        err hidden = briefing_get_hosted(a, s, r, edition.follows, &edition);
        if (hidden)
            return hidden->code == ERR_NOT_FOUND ? NULL : hidden;
    }
    return NULL;
}

static void turn_round(struct briefings *list)
{
    for (size_t i = 0; i < list->count / 2; i++) {
        struct briefing one = list->items[i];
        list->items[i] = list->items[list->count - 1 - i];
        list->items[list->count - 1 - i] = one;
    }
}

/* ---- the table */

struct table {
    struct arena *a;
    struct session *s;
    const struct reader *r;
    struct map rows; /* by id of organization */
    size_t editions;
};

static struct absence_row *row_of(struct table *t, const struct policy_org *org)
{
    struct absence_row *row = map_get(&t->rows, org->id);
    if (row)
        return row;
    row = NEW(t->a, struct absence_row);
    row->org = org;
    row->cells = NEW_ARRAY(t->a, t->editions, unsigned);
    for (size_t i = 0; i < t->editions; i++)
        row->cells[i] = ABSENCE_NOT_MEANT;
    map_put(&t->rows, org->id, row);
    return row;
}

static err add_edition(struct table *t, const struct briefing *b, size_t n)
{
    struct briefing_attendance attendance;
    struct absence_answers answers = {0};
    TRY(briefing_attendance_get(t->a, t->s, t->r, b, &attendance));
    for (size_t i = 0; i < attendance.missing.count; i++)
        row_of(t, attendance.missing.items[i].org)->cells[n] = attendance.missing.items[i].why;
    for (size_t i = 0; i < attendance.count; i++) {
        const struct briefing_attendee *who = &attendance.items[i];
        const struct policy_org *org = policy_org_by_id(t->s->policy, who->invitation.organization);
        if (org && who->is_said && who->presence.was_there)
            row_of(t, org)->cells[n] = ABSENCE_THERE;
    }
    for (size_t i = 0; i < attendance.guests.count; i++) {
        const struct policy_org *org =
            policy_org_by_id(t->s->policy, attendance.guests.items[i].organization);
        if (org)
            row_of(t, org)->cells[n] = ABSENCE_THERE;
    }
    TRY(absence_answers_list(t->a, t->s, b, &answers));
    for (size_t i = 0; i < answers.count; i++) {
        struct absence_row *row = map_get(&t->rows, answers.items[i].organization);
        if (row)
            *LIST_ADD(t->a, &row->answers) = answers.items[i];
    }
    return NULL;
}

static void count_row(struct absence_row *row, size_t editions)
{
    for (size_t i = 0; i < editions; i++) {
        bool is_missing = row->cells[i] < ABSENCE_COUNT;
        row->missing += is_missing;
        row->in_a_row = is_missing ? row->in_a_row + 1 : 0;
    }
}

static int row_order(const void *x, const void *y)
{
    const struct absence_row *one = x;
    const struct absence_row *two = y;
    if (one->in_a_row != two->in_a_row)
        return one->in_a_row < two->in_a_row ? 1 : -1;
    if (one->missing != two->missing)
        return one->missing < two->missing ? 1 : -1;
    return str_cmp(one->org->name, two->org->name);
}

err absence_series_get(struct arena *a, struct session *s, const struct reader *r,
                       const struct briefing *b, struct absence_series *out)
{
    struct table t = {.a = a, .s = s, .r = r};
    size_t at = 0;
    *out = (struct absence_series){0};
    map_init(&t.rows, a);
    TRY(list_editions(a, s, r, b, &out->editions));
    turn_round(&out->editions);
    t.editions = out->editions.count;
    for (size_t i = 0; i < t.editions; i++)
        TRY(add_edition(&t, &out->editions.items[i], i));
    for (const struct map_slot *slot; (slot = map_next(&t.rows, &at));) {
        struct absence_row *row = slot->value;
        count_row(row, t.editions);
        if (row->missing)
            *LIST_ADD(a, out) = *row;
    }
    if (out->count)
        qsort(out->items, out->count, sizeof(*out->items), row_order);
    return NULL;
}
