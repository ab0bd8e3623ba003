/*
 * The agenda: its items in their order, each under the briefing's audience or one of its own (B9).
 *
 * Nothing of an item may tell a reader that there is another one which is not for them. Items carry
 * no times: who sees all of them (a host) works the times out from their lengths. Their positions
 * lie at random distances, so that a gap between two proves nothing, and an item keeps its own
 * while others come and go. An item whose label or audience changes becomes another item, or those
 * who lose it would go on reading its last version.
 */
#include "base/uuid.h"
#include "service/briefing_parts.h"

#define STEP_MAX (INT64_C(1) << 20)
#define ITEM_MINUTES_MOST 600

/* ---- what an item may be */

static str holder_name(const struct session *s, const struct briefing_item *item)
{
    const struct policy_person *person = map_get(&s->policy->person_by_id, item->presenter);
    if (person == NULL || person->affiliation_count == 0)
        return item->presenter_words;
    const struct policy_org *org = policy_org(s->policy, person->affiliations[0].org);
    return org ? org->name : person->name;
}

/* Of a RED item only its place is kept: who holds it, and for how long (B19). */
static err check_red(struct arena *a, const struct session *s, struct briefing_item *item, size_t n)
{
    str holder = holder_name(s, item);
    item->is_red = true;
    if (item->title.len || item->about.len || item->refs.count)
        return FAIL(a, ERR_INVALID,
                    "item %zu is TLP:RED: before the call only its place is kept, with who "
                    "presents it; leave title, text and objects empty",
                    n);
    if (holder.len == 0)
        return FAIL(a, ERR_INVALID, "say who presents item %zu: of a RED item nothing else is told",
                    n);
    item->title = arena_join(a, LIT("An item from "), holder, (str){0});
    return NULL;
}

struct briefing_item agenda_as_written(const struct briefing_item *item)
{
    struct briefing_item written = *item;
    if (item->is_red) /* the title says whose it is */
        written.title = (str){0};
    return written;
}

static err check_item(struct arena *a, const struct session *s, struct briefing_item *item,
                      size_t n)
{
    if (item->presenter.len && map_get(&s->policy->person_by_id, item->presenter) == NULL)
        return FAIL(a, ERR_INVALID, "who presents item %zu is not known here", n);
    for (size_t i = 0; i < item->organizations.count; i++) {
        if (policy_org_by_id(s->policy, item->organizations.items[i]) == NULL)
            return FAIL(a, ERR_INVALID, "item %zu is for %.*s, and there is no such organization",
                        n, STR_ARG(item->organizations.items[i]));
    }
    if (item->label == TLP_RED)
        TRY(check_red(a, s, item, n));
    if (str_trim(item->title).len == 0)
        return FAIL(a, ERR_INVALID, "item %zu of the agenda has no title", n);
    if (item->minutes < 1 || item->minutes > ITEM_MINUTES_MOST)
        return FAIL(a, ERR_INVALID, "item %zu takes 1 to %d minutes", n, ITEM_MINUTES_MOST);
    return NULL;
}

err agenda_check(struct arena *a, const struct session *s, struct briefing_items *items)
{
    if (items->count > BRIEFING_ITEMS_MAX)
        return FAIL(a, ERR_INVALID, "an agenda has at most %d items", BRIEFING_ITEMS_MAX);
    for (size_t i = 0; i < items->count; i++)
        TRY(check_item(a, s, &items->items[i], i + 1));
    return NULL;
}

/* ---- what becomes of it */

const struct briefing_item *agenda_find(const struct briefing_items *items, str id)
{
    for (size_t i = 0; i < items->count; i++) {
        if (str_eq(items->items[i].id, id))
            return &items->items[i];
    }
    return NULL;
}

static bool strs_eq(const struct stix_strs *one, const struct stix_strs *two)
{
    if (one->count != two->count)
        return false;
    for (size_t i = 0; i < one->count; i++) {
        if (!str_eq(one->items[i], two->items[i]))
            return false;
    }
    return true;
}

static bool has_same_readers(const struct briefing_item *one, const struct briefing_item *two)
{
    return one->label == two->label && strs_eq(&one->organizations, &two->organizations);
}

static bool is_same(const struct briefing_item *one, const struct briefing_item *two)
{
    return has_same_readers(one, two) && one->position == two->position &&
           one->minutes == two->minutes && str_eq(one->title, two->title) &&
           str_eq(one->about, two->about) && str_eq(one->presenter, two->presenter) &&
           str_eq(one->presenter_words, two->presenter_words) && strs_eq(&one->refs, &two->refs);
}

/* Where the next item stands that keeps its place behind `last`; 0: none does. */
static int64_t next_kept(const struct briefing_items *items, size_t from, int64_t last)
{
    for (size_t i = from; i < items->count; i++) {
        if (items->items[i].position > last)
            return items->items[i].position;
    }
    return 0;
}

static void place(struct briefing_items *items)
{
    int64_t last = 0;
    for (size_t i = 0; i < items->count; i++) {
        struct briefing_item *item = &items->items[i];
        if (item->position <= last) {
            int64_t next = next_kept(items, i + 1, last);
            int64_t room = next - last - 1;
            int64_t step_max = room > 0 && room < STEP_MAX ? room : STEP_MAX;
            item->position = last + 1 + secret_random_below((uint32_t)step_max);
        }
        last = item->position;
    }
}

static err add_wanted(struct arena *a, const struct briefing *b, const struct briefing_items *there,
                      const struct briefing_item *wanted, struct briefing_items *out)
{
    struct briefing_item item = *wanted;
    const struct briefing_item *before = item.id.len ? agenda_find(there, item.id) : NULL;
    if (item.id.len && before == NULL)
        return FAIL(a, ERR_INVALID, "there is no item %.*s in this agenda", STR_ARG(item.id));
    item.position = before ? before->position : 0;
    if (before) /* editing an item does not change where it came from */
        item.source = before->source;
    if (before && (b->status == BRIEFING_DRAFT || has_same_readers(before, &item)))
        item.entry = before->entry;
    else
        item.id = uuid_random_id(a, LIT("briefing-item"));
    if (before && !str_eq(item.id, before->id))
        item.instead_of = before->id;
    *LIST_ADD(a, out) = item;
    return NULL;
}

err agenda_merge(struct arena *a, const struct briefing *b, const struct agenda_change *change,
                 struct briefing_items *out)
{
    const struct briefing_items *there = change->there;
    struct briefing_items all = {0};
    for (size_t i = 0; i < change->wanted->count; i++)
        TRY(add_wanted(a, b, there, &change->wanted->items[i], &all));
    place(&all);
    for (size_t i = 0; i < all.count; i++) {
        const struct briefing_item *before = agenda_find(there, all.items[i].id);
        if (before == NULL || !is_same(before, &all.items[i]))
            *LIST_ADD(a, out) = all.items[i];
    }
    for (size_t i = 0; i < there->count; i++) {
        struct briefing_item dropped = there->items[i];
        dropped.is_dropped = true;
        if (agenda_find(&all, dropped.id) == NULL)
            *LIST_ADD(a, out) = dropped;
    }
    return NULL;
}

/* ---- writing */

static void write_item(struct batch *batch, const struct briefing_version *v,
                       const struct briefing_item *item)
{
    const struct object_head head = {.type = "briefing-item",
                                     .extension = ITEM_EXTENSION,
                                     .id = item->id,
                                     .modified_us = item->entry.version_us,
                                     .created_by = v->group_id,
                                     .label = item->is_red ? v->briefing->label : item->label,
                                     .markings = {v->marking}};
    struct json_writer *w = batch_open(batch, &head);
    json_member(w, "briefing_ref", v->briefing->id);
    json_member_i64(w, "position", item->position);
    json_member(w, "name", item->title);
    put_text_if(w, "description", item->about);
    json_member_i64(w, "minutes", item->minutes);
    put_text_if(w, "presenter_ref", item->presenter);
    put_text_if(w, "presenter", item->presenter_words);
    put_text_if(w, "source", item->source);
    if (v->briefing->status == BRIEFING_DRAFT) /* afterwards its audience says so, to hosts */
        put_texts(w, "audience_refs", &item->organizations);
    put_texts(w, "object_refs", &item->refs);
    if (item->is_red)
        json_member_bool(w, "is_red", true);
    if (item->is_dropped)
        json_member_bool(w, "is_dropped", true);
    if (item->is_left_out)
        json_member_bool(w, "is_left_out", true);
    batch_close(batch, &head);
}

/* The marking of an item: of some of those invited, or the briefing's own. */
static void put_item(struct batch *batch, const struct briefing_version *v,
                     const struct briefing_item *item, int64_t definition_us)
{
    struct briefing_version own = *v;
    bool is_narrower = item->organizations.count && v->briefing->status != BRIEFING_DRAFT;
    if (is_narrower) {
        own.marking = item_marking(batch->a, batch->s, item->id);
        const struct named_spec spec = {.id = own.marking,
                                        .created_by = v->group_id,
                                        .modified_us = definition_us,
                                        .name = LIT("Invited to one item"),
                                        .readers = hosts_marking(batch->a, batch->s, v->group_id),
                                        .organizations = item->organizations};
        batch_put_audience(batch, &spec);
    }
    write_item(batch, &own, item);
}

err briefing_put_items(struct batch *batch, const struct briefing_version *v,
                       const struct briefing_items *items)
{
    for (size_t i = 0; i < items->count; i++) {
        int64_t definition_us;
        str id = item_marking(batch->a, batch->s, items->items[i].id);
        TRY(audience_version(batch->a, batch->s, batch->contributor, id, &definition_us));
        put_item(batch, v, &items->items[i], definition_us);
    }
    return NULL;
}
