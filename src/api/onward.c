/*
 * /briefings/{briefing}/onward and /widenings: an edition of one's own from what one was briefed
 * on, and asking the hosts to let more of it go (B13).
 */
#include "service/onward.h"

#include "api/briefing_parts.h"
#include "api/fields.h"
#include "api/handlers.h"

#define ID_BYTES_MAX 100

/* ---- what was asked of the hosts */

static void put_widening(const struct part_to *to, const struct widening *one)
{
    struct json_writer *w = to->w;
    part_give(to, &one->entry);
    part_give(to, &one->answer_entry);
    json_open_object(w);
    json_member(w, "id", one->id);
    json_member(w, "item", one->item);
    json_key(w, LIT("asked_by"));
    part_person(to, one->person, one->organization);
    json_member_if(w, "words", one->words);
    part_time(w, "asked", one->entry.version_us);
    json_member(w, "state",
                !one->is_answered ? LIT("open")
                : one->is_granted ? LIT("granted")
                                  : LIT("refused"));
    if (one->is_answered)
        json_member_if(w, "reason", one->reason);
    json_close_object(w);
}

static err answer_widenings(struct api_call *c, void *context)
{
    struct briefing b;
    struct widenings all = {0};
    (void)context;
    TRY(part_find_briefing(c, &b));
    TRY(widening_list(c->rq->arena, &c->session, &c->reader, &b, &all));
    const struct part_to to = part_to_answer(c);
    json_open_object(to.w);
    json_member_bool(to.w, "may_answer", b.is_host && c->reader.may_post);
    json_key(to.w, LIT("items"));
    json_open_array(to.w);
    for (size_t i = 0; i < all.count; i++)
        put_widening(&to, &all.items[i]);
    json_close_array(to.w);
    json_close_object(to.w);
    api_send(c, 200);
    return NULL;
}

err api_list_widenings(struct api_call *c)
{
    return answer_widenings(c, NULL);
}

struct asking_for {
    str item;
    str words;
};

static err run_ask(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    const struct asking_for *asked = context;
    return part_hide(
        c, widening_ask(a, s, &c->reader, api_param(c, "briefing"), asked->item, asked->words));
}

err api_ask_widening(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct asking_for *asked = NEW(c->rq->arena, struct asking_for);
    asked->item =
        field_text(&f, "item", (struct field_text){.is_required = true, .bytes_max = ID_BYTES_MAX});
    asked->words = field_text(
        &f, "words", (struct field_text){.may_have_lines = true, .bytes_max = WIDENING_BYTES_MAX});
    TRY(api_fields_check(&f));
    return api_change(
        c, &(struct api_change){.run = run_ask, .answer = answer_widenings, .context = asked});
}

static err run_answer(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    return part_hide(c, widening_answer(a, s, &c->reader, api_param(c, "briefing"),
                                        api_param(c, "widening"), context));
}

err api_answer_widening(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct widening_answer *answer = NEW(c->rq->arena, struct widening_answer);
    answer->is_granted = field_flag(&f, "is_granted", false);
    str label = field_text(&f, "label",
                           (struct field_text){.bytes_max = 20, .words = "clear, green, amber"});
    answer->label = TLP_AMBER;
    if (label.len)
        (void)tlp_read(label, &answer->label);
    answer->reason = field_text(
        &f, "reason", (struct field_text){.may_have_lines = true, .bytes_max = WIDENING_BYTES_MAX});
    TRY(api_fields_check(&f));
    return api_change(
        c, &(struct api_change){.run = run_answer, .answer = answer_widenings, .context = answer});
}

/* ---- one's own edition */

static void put_item(const struct part_to *to, const struct onward_item *one)
{
    struct json_writer *w = to->w;
    part_give(to, &one->item.entry);
    json_open_object(w);
    json_member(w, "id", one->item.id);
    json_member(w, "title", one->item.title);
    part_label(w, one->item.label);
    json_member_bool(w, "may_pass", one->may_pass);
    if (one->asked.id.len) {
        json_key(w, LIT("asked"));
        put_widening(to, &one->asked);
    }
    json_close_object(w);
}

err api_get_onward(struct api_call *c)
{
    struct briefing b;
    struct onward o;
    TRY(part_find_briefing(c, &b));
    TRY(onward_look(c->rq->arena, &c->session, &c->reader, &b, &o));
    const struct part_to to = part_to_answer(c);
    json_open_object(to.w);
    json_member_i64(to.w, "organizations", (int64_t)o.organizations.count);
    part_label(to.w, o.label);
    json_member_bool(to.w, "passes_words", o.passes_words);
    json_member_bool(to.w, "may_make", o.may_make);
    json_key(to.w, LIT("items"));
    json_open_array(to.w);
    for (size_t i = 0; i < o.count; i++)
        put_item(&to, &o.items[i]);
    json_close_array(to.w);
    json_close_object(to.w);
    api_send(c, 200);
    return NULL;
}

static err run_make(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    str id;
    TRY(part_hide(c, onward_make(a, s, &c->reader, api_param(c, "briefing"), context, &id)));
    c->result = arena_copy(c->rq->arena, id);
    return NULL;
}

static err answer_made(struct api_call *c, void *context)
{
    (void)context;
    return part_briefing_send(c, 201);
}

err api_make_onward(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct briefing_input when = {0};
    struct onward_input *in = NEW(c->rq->arena, struct onward_input);
    TRY(part_read_when(&f, &when));
    in->when = when.when;
    in->join = field_text(&f, "join",
                          (struct field_text){.is_required = true,
                                              .may_have_lines = true,
                                              .bytes_max = BRIEFING_TEXT_BYTES_MAX});
    if (!when.has_when)
        field_fault(&f, LIT("when"), LIT("Say when it is"));
    TRY(api_fields_check(&f));
    return api_change(c,
                      &(struct api_change){.run = run_make, .answer = answer_made, .context = in});
}
