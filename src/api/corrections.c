/*
 * /briefings/{briefing}/corrections: what was wrong, what it says now, and why (B22).
 */
#include "service/correction_reach.h"

#include "api/briefing_parts.h"
#include "api/fields.h"
#include "api/handlers.h"

#define ID_BYTES_MAX 100
#define VERSION_BYTES_MAX 40

/* Left out where the reader may not read that version. */
static void put_text(const struct part_to *to, const char *key, const struct correction_text *text)
{
    if (text->entry.number == 0)
        return;
    part_give(to, &text->entry);
    json_key(to->w, str_of(key));
    json_open_object(to->w);
    json_member_if(to->w, "title", text->title);
    json_member(to->w, "words", text->words);
    json_close_object(to->w);
}

/* Nothing for who is no host. */
static void put_reach(struct json_writer *w, const struct correction_reach *reach)
{
    if (reach->of == 0)
        return;
    json_key(w, LIT("reach"));
    json_open_object(w);
    json_member_i64(w, "of", (int64_t)reach->of);
    json_member_i64(w, "has", (int64_t)reach->has);
    json_key(w, LIT("without"));
    json_open_array(w);
    for (size_t i = 0; i < reach->without.count; i++)
        json_put_string(w, reach->without.items[i]);
    json_close_array(w);
    json_close_object(w);
}

static void put_correction(const struct part_to *to, const struct correction *c,
                           const struct correction_reach *reach)
{
    struct json_writer *w = to->w;
    part_give(to, &c->entry);
    json_open_object(w);
    json_member(w, "id", c->id);
    json_member(w, "of", correction_of_name(c->of));
    json_member(w, "object", c->object);
    json_member(w, "reason", c->reason);
    part_time(w, "corrected", c->entry.version_us);
    part_label(w, c->label);
    json_member_bool(w, "is_new", c->is_new);
    put_text(to, "before", &c->before);
    put_text(to, "after", &c->after);
    put_reach(w, reach);
    json_close_object(w);
}

static err answer_list(struct api_call *c, void *context)
{
    struct briefing b;
    struct corrections list = {0};
    struct arena *a = c->rq->arena;
    (void)context;
    TRY(part_find_briefing(c, &b));
    TRY(correction_list(a, &c->session, &c->reader, &b, &list));
    struct correction_reach *reach = NEW_ARRAY(a, list.count, struct correction_reach);
    TRY(correction_reach_list(a, &c->session, &b, &list, reach));
    const struct part_to to = part_to_answer(c);
    json_open_object(to.w);
    json_member_bool(to.w, "may_correct",
                     b.is_host && c->reader.may_post && b.status != BRIEFING_DRAFT);
    json_key(to.w, LIT("items"));
    json_open_array(to.w);
    for (size_t i = 0; i < list.count; i++)
        put_correction(&to, &list.items[i], &reach[i]);
    json_close_array(to.w);
    json_close_object(to.w);
    api_send(c, 200);
    return NULL;
}

err api_list_corrections(struct api_call *c)
{
    return answer_list(c, NULL);
}

static err run_correct(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    str id;
    return part_hide(c, correction_make(a, s, &c->reader, api_param(c, "briefing"), context, &id));
}

err api_correct(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct correction_input *in = NEW(c->rq->arena, struct correction_input);
    in->object = field_text(&f, "object",
                            (struct field_text){.is_required = true, .bytes_max = ID_BYTES_MAX});
    in->version = field_text(
        &f, "version", (struct field_text){.is_required = true, .bytes_max = VERSION_BYTES_MAX});
    in->has_title = field_is_there(&f, "title");
    in->title = field_text(&f, "title", (struct field_text){.bytes_max = BRIEFING_TITLE_BYTES_MAX});
    in->words = field_text(
        &f, "words",
        (struct field_text){.may_have_lines = true, .bytes_max = BRIEFING_TEXT_BYTES_MAX});
    in->reason = field_text(&f, "reason",
                            (struct field_text){.is_required = true,
                                                .may_have_lines = true,
                                                .bytes_max = CORRECTION_REASON_BYTES_MAX});
    TRY(api_fields_check(&f));
    return api_change(
        c, &(struct api_change){.run = run_correct, .answer = answer_list, .context = in});
}
