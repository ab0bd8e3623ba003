/*
 * Asking for a wider label, and answering.
 */
#include "service/widening.h"

#include "base/uuid.h"
#include "service/approval.h"
#include "service/briefing_parts.h"

bool widening_may_pass(const struct briefing_item *item)
{
    return !item->is_red && item->label <= TLP_AMBER;
}

/* ---- reading */

/* One for each organization and item: asking again after a no is its next version. */
static str ask_id(struct arena *a, const struct session *s, str organization, str item)
{
    return derived_id(a, s, "widening", organization, item);
}

static str answer_id(struct arena *a, const struct session *s, str widening)
{
    return derived_id(a, s, "widening-answer", widening, (str){0});
}

/* An answer counts for what was asked before it. */
static err add_answer(struct arena *a, struct session *s, const struct reader *r,
                      struct widening *out)
{
    struct log_entry e;
    OWNED(parsed_done) struct parsed p = {0};
    err absent = about_get(a, s, r, answer_id(a, s, out->id), &e);
    if (absent)
        return absent->code == ERR_NOT_FOUND ? NULL : absent;
    TRY(parsed_read(a, s, &e, &p));
    out->answer_entry = e;
    out->is_answered = e.number > out->entry.number;
    out->is_granted = json_is(json_get(p.value, LIT("is_granted")), JSON_TRUE);
    out->reason = parsed_text(a, p.value, "reason");
    return NULL;
}

static err read_widening(struct arena *a, struct session *s, const struct reader *r,
                         const struct log_entry *e, struct widening *out)
{
    OWNED(parsed_done) struct parsed p = {0};
    TRY(parsed_read(a, s, e, &p));
    *out = (struct widening){.id = arena_copy(a, p.id),
                             .entry = *e,
                             .item = parsed_text(a, p.value, "item_ref"),
                             .organization = parsed_text(a, p.value, "organization_ref"),
                             .person = parsed_text(a, p.value, "person_ref"),
                             .words = parsed_text(a, p.value, "content")};
    return add_answer(a, s, r, out);
}

err widening_list(struct arena *a, struct session *s, const struct reader *r,
                  const struct briefing *b, struct widenings *out)
{
    struct about_rows rows = {0};
    struct reader hosts = *r;
    if (b->is_host) /* what went to the hosts of then is read by those of now (B7) */
        TRY(group_reader(a, s, b->group, &hosts));
    TRY(about_list(a, s, &hosts, b->id, LIT("widening"), &rows));
    for (size_t i = 0; i < rows.count; i++)
        TRY(read_widening(a, s, &hosts, &rows.items[i].entry, LIST_ADD(a, out)));
    return NULL;
}

err widening_count_open(struct arena *a, struct session *s, const struct reader *r,
                        const struct briefing *b, size_t *out)
{
    struct widenings all = {0};
    TRY(widening_list(a, s, r, b, &all));
    *out = 0;
    for (size_t i = 0; i < all.count; i++)
        *out += !all.items[i].is_answered;
    return NULL;
}

/* ---- asking */

static err find_item(struct arena *a, struct session *s, const struct reader *r,
                     const struct briefing *b, str id, struct briefing_item *out)
{
    struct briefing_items items = {0};
    TRY(briefing_items_get(a, s, r, b, &items));
    const struct briefing_item *found = agenda_find(&items, id);
    if (found == NULL)
        return FAIL(a, ERR_INVALID, "there is no such item in this agenda");
    *out = *found;
    return NULL;
}

static err check_ask(struct arena *a, const struct reader *r, const struct briefing *b,
                     const struct briefing_item *item)
{
    if (b->is_host || !r->may_post || r->person == NULL)
        return FAIL(a, ERR_FORBIDDEN,
                    "a publisher of an organization that was invited asks; ask your administrator "
                    "for that role");
    if (item->is_red)
        return FAIL(a, ERR_CONFLICT,
                    "a RED item is told by name, and its text is not here; ask who presents it");
    if (widening_may_pass(item))
        return FAIL(a, ERR_CONFLICT, "this item may be passed on as it is");
    return NULL;
}

static err append_ask(struct arena *a, struct session *s, const struct reader *r,
                      const struct briefing *b, const struct widening *ask, enum tlp label)
{
    OWNED(batch_done) struct batch batch;
    batch_init(&batch, a, s, r, r->org->n);
    struct object_head head = {.type = "widening",
                               .extension = WIDENING_EXTENSION,
                               .id = ask->id,
                               .modified_us = ask->entry.version_us,
                               .created_by = r->org->id,
                               .label = label};
    TRY(batch_define_hosts(&batch, b, &head.markings[0]));
    struct json_writer *w = batch_open(&batch, &head);
    json_member(w, "briefing_ref", b->id);
    json_member(w, "item_ref", ask->item);
    json_member(w, "organization_ref", r->org->id);
    json_member(w, "person_ref", r->person->id);
    put_text_if(w, "content", ask->words);
    batch_close(&batch, &head);
    return batch_append(&batch);
}

err widening_ask(struct arena *a, struct session *s, const struct reader *r, str briefing, str item,
                 str words)
{
    struct briefing b;
    struct briefing_item found;
    struct log_entry before;
    struct widening ask = {0};
    TRY(briefing_get(a, s, r, briefing, &b));
    TRY(find_item(a, s, r, &b, item, &found));
    TRY(check_ask(a, r, &b, &found));
    if (words.len > WIDENING_BYTES_MAX)
        return FAIL(a, ERR_INVALID, "the words are longer than %d bytes", WIDENING_BYTES_MAX);
    ask.id = ask_id(a, s, r->org->id, item);
    err absent = about_get(a, s, r, ask.id, &before);
    if (absent == NULL)
        TRY(read_widening(a, s, r, &before, &ask));
    else if (absent->code != ERR_NOT_FOUND)
        return absent;
    if (ask.entry.number && !ask.is_answered)
        return FAIL(a, ERR_CONFLICT,
                    "your organization has asked already; the hosts have not "
                    "answered yet");
    ask.item = item;
    ask.words = words;
    TRY(append_ask(a, s, r, &b, &ask, found.label));
    return briefing_record(a, s, r, "briefing.widening", ask.id, (str){0});
}

/* ---- answering */

static err check_answer(struct arena *a, const struct widening_answer *answer,
                        const struct briefing_item *item)
{
    if (!answer->is_granted && str_trim(answer->reason).len == 0)
        return FAIL(a, ERR_INVALID, "say why not: whoever asked reads it");
    if (answer->reason.len > WIDENING_BYTES_MAX)
        return FAIL(a, ERR_INVALID, "the reason is longer than %d bytes", WIDENING_BYTES_MAX);
    if (answer->is_granted && (answer->label > TLP_AMBER || answer->label >= item->label))
        return FAIL(a, ERR_INVALID,
                    "a wider label is TLP:AMBER, TLP:GREEN or TLP:CLEAR, and not "
                    "the one that it has");
    return NULL;
}

/* The organization's own audience in this group was defined when it was invited. */
static void put_answer(struct batch *batch, const struct briefing *b, const struct widening *of,
                       const struct widening_answer *answer)
{
    str group_id = policy_org(batch->s->policy, b->group)->id;
    const struct object_head head = {
        .type = "widening-answer",
        .extension = WIDENING_ANSWER_EXTENSION,
        .id = answer_id(batch->a, batch->s, of->id),
        .modified_us = of->answer_entry.version_us,
        .created_by = group_id,
        .label = b->label,
        .markings = {member_marking(batch->a, batch->s, group_id, of->organization)}};
    struct json_writer *w = batch_open(batch, &head);
    json_member(w, "briefing_ref", b->id);
    json_member(w, "widening_ref", of->id);
    json_member_bool(w, "is_granted", answer->is_granted);
    if (!answer->is_granted)
        json_member(w, "reason", answer->reason);
    batch_close(batch, &head);
}

static err find_open(struct arena *a, struct session *s, const struct reader *r,
                     const struct briefing *b, str id, struct widening *out)
{
    struct widenings all = {0};
    TRY(widening_list(a, s, r, b, &all));
    for (size_t i = 0; i < all.count; i++) {
        if (str_eq(all.items[i].id, id))
            *out = all.items[i];
    }
    if (out->id.len == 0)
        return FAIL(a, ERR_NOT_FOUND, "there is no such thing here, or you may not see it");
    return out->is_answered ? FAIL(a, ERR_CONFLICT, "this is answered already") : NULL;
}

err widening_answer(struct arena *a, struct session *s, const struct reader *r, str briefing,
                    str widening, const struct widening_answer *answer)
{
    struct approval_before before;
    struct briefing b;
    struct briefing_item item = {0};
    struct widening of = {0};
    TRY(briefing_get_hosted(a, s, r, briefing, &b));
    TRY(briefing_check_may_host(a, r));
    TRY(find_open(a, s, r, &b, widening, &of));
    if (answer->is_granted)
        TRY(find_item(a, s, r, &b, of.item, &item));
    TRY(check_answer(a, answer, &item));
    TRY(approval_look(a, s, r, &b, &before));
    OWNED(batch_done) struct batch batch;
    batch_init(&batch, a, s, r, b.group);
    const struct briefing_version v = {.briefing = &b,
                                       .group_id = policy_org(s->policy, b.group)->id,
                                       .marking = briefing_marking(a, s, &b)};
    item.label = answer->label;
    if (answer->is_granted)
        TRY(briefing_put_items(&batch, &v, &(struct briefing_items){&item, 1, 1}));
    put_answer(&batch, &b, &of, answer);
    TRY(batch_append(&batch));
    TRY(approval_follow(a, s, r, briefing, &before));
    return briefing_record(a, s, r, answer->is_granted ? "briefing.widen" : "briefing.widen-no",
                           widening, (str){0});
}
