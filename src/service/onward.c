/*
 * An edition of one's own from what one was briefed on. Nothing points back at the briefing it came
 * from, or its readers would need to be readers of that one (G6): the source is named in words.
 */
#include "service/onward.h"

#include "service/briefing_parts.h"
#include "store/members.h"

/* ---- what may go, and to whom */

static err find_own(struct arena *a, struct session *s, const struct reader *r,
                    struct stix_strs *out)
{
    struct member_pairs pairs = {0};
    TRY(members_all_links(a, s, &pairs));
    for (size_t i = 0; i < pairs.count; i++) {
        const struct policy_org *org = policy_org_by_id(s->policy, pairs.items[i].org);
        if (org && org->is_active && !org->is_group && str_eq(pairs.items[i].value, r->org->id) &&
            !strs_have(out, org->id))
            *LIST_ADD(a, out) = org->id;
    }
    return NULL;
}

static void find_asked(const struct widenings *asked, struct onward_item *out)
{
    for (size_t i = 0; i < asked->count; i++) {
        if (str_eq(asked->items[i].item, out->item.id))
            out->asked = asked->items[i];
    }
}

static err check_may(struct arena *a, const struct reader *r, const struct briefing *b)
{
    if (b->is_host || !r->may_post || r->person == NULL)
        return FAIL(a, ERR_FORBIDDEN,
                    "a publisher of an organization that was invited passes it on; ask your "
                    "administrator for that role");
    return NULL;
}

err onward_look(struct arena *a, struct session *s, const struct reader *r,
                const struct briefing *b, struct onward *out)
{
    struct briefing_items items = {0};
    struct widenings asked = {0};
    size_t passing = 0;
    *out = (struct onward){.passes_words = b->label <= TLP_AMBER};
    TRY(check_may(a, r, b));
    TRY(find_own(a, s, r, &out->organizations));
    TRY(briefing_items_get(a, s, r, b, &items));
    TRY(widening_list(a, s, r, b, &asked));
    out->label = out->passes_words ? b->label : TLP_CLEAR;
    for (size_t i = 0; i < items.count; i++) {
        struct onward_item *one = LIST_ADD(a, out);
        *one = (struct onward_item){.item = items.items[i],
                                    .may_pass = widening_may_pass(&items.items[i])};
        find_asked(&asked, one);
        passing += one->may_pass;
        if (one->may_pass && one->item.label > out->label)
            out->label = one->item.label;
    }
    out->may_make = out->organizations.count && (passing || out->passes_words);
    return NULL;
}

/* ---- making it */

static void take_item(struct arena *a, const struct onward *from, const struct onward_item *one,
                      str source, struct briefing_items *out)
{
    const struct briefing_item *item = &one->item;
    struct briefing_item taken = {.title = item->title,
                                  .about = item->about,
                                  .minutes = item->minutes,
                                  .label = item->label,
                                  .source = item->source.len ? item->source : source};
    if (item->label == TLP_AMBER)
        taken.organizations = from->organizations;
    *LIST_ADD(a, out) = taken;
}

static err check_something(struct arena *a, const struct onward *o)
{
    if (o->organizations.count == 0)
        return FAIL(a, ERR_CONFLICT,
                    "no organization on this exchange is a member or a part of yours, so there is "
                    "nobody to brief");
    if (!o->may_make)
        return FAIL(a, ERR_CONFLICT,
                    "nothing of this briefing may be passed on under its labels; ask the hosts to "
                    "widen what you need");
    return NULL;
}

err onward_make(struct arena *a, struct session *s, const struct reader *r, str briefing,
                const struct onward_input *in, str *id)
{
    struct briefing b;
    struct onward o;
    TRY(briefing_get(a, s, r, briefing, &b));
    TRY(onward_look(a, s, r, &b, &o));
    TRY(check_something(a, &o));
    str own_id = r->org->id;
    str source = briefing_source(a, s, b.group);
    struct briefing_input input = {
        .has_when = true,
        .when = in->when,
        .has_plan = true,
        .plan = {.associations = {&own_id, 1, 1}},
        .title =
            o.passes_words ? b.title : arena_join(a, LIT("Passed on by "), r->org->name, (str){0}),
        .has_about = true,
        .about = o.passes_words ? b.about : (str){0},
        .has_join = true,
        .join = in->join,
        .has_label = true,
        .label = o.label,
        .has_items = true,
        .is_exercise = b.is_exercise,
        .source = b.source.len ? b.source : source};
    for (size_t i = 0; i < o.count; i++) {
        if (o.items[i].may_pass)
            take_item(a, &o, &o.items[i], source, &input.items);
    }
    TRY(briefing_make(a, s, r, &input, id));
    return briefing_record(a, s, r, "briefing.onward", briefing, (str){0});
}
