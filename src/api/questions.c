/*
 * Questions to a briefing and its items, and what the hosts answer (B18).
 */
#include "service/question.h"

#include "api/briefing_parts.h"
#include "api/fields.h"
#include "api/handlers.h"

#define ID_BYTES_MAX 100

static void put_answer(struct json_writer *w, const struct question *q)
{
    if (!q->is_answered)
        return;
    json_key(w, LIT("answer"));
    json_open_object(w);
    json_member_if(w, "words", q->answer);
    json_member_bool(w, "is_on_call", q->is_on_call);
    part_time(w, "answered", q->answered_us);
    json_close_object(w);
}

static void put_question(const struct part_to *to, const struct question *q)
{
    struct json_writer *w = to->w;
    if (q->person.len) /* else the first to be given it is whoever asked (B18) */
        part_give(to, &q->entry);
    part_give(to, &q->answer_entry);
    json_open_object(w);
    json_member(w, "id", q->id);
    json_member_if(w, "item", q->item);
    json_member(w, "content", q->content);
    if (q->person.len) {
        json_key(w, LIT("asked_by"));
        part_person(to, q->person, q->organization);
    }
    part_label(w, q->label);
    part_time(w, "asked", q->entry.version_us);
    put_answer(w, q);
    json_close_object(w);
}

/* ---- the list */

/* About what an unattributed question might give its asker away. */
static err put_few(const struct part_to *to, const struct briefing *b)
{
    struct json_writer *w = to->w;
    struct question_few few;
    TRY(question_few_get(to->a, to->s, to->r, b, &few));
    json_member_bool(w, "is_few", few.is_few);
    json_key(w, LIT("few_items"));
    json_open_array(w);
    for (size_t i = 0; i < few.items.count; i++)
        json_put_string(w, few.items.items[i]);
    json_close_array(w);
    return NULL;
}

err api_list_questions(struct api_call *c)
{
    struct briefing b;
    struct questions questions;
    bool may_ask;
    TRY(part_find_briefing(c, &b));
    TRY(question_list(c->rq->arena, &c->session, &c->reader, &b, &questions));
    TRY(question_may_ask(c->rq->arena, &c->session, &c->reader, &b, &may_ask));
    const struct part_to to = part_to_answer(c);
    json_open_object(to.w);
    json_member_bool(to.w, "may_ask", may_ask);
    json_member_bool(to.w, "may_answer", b.is_host && c->reader.may_post);
    if (may_ask)
        TRY(put_few(&to, &b));
    json_key(to.w, LIT("items"));
    json_open_array(to.w);
    for (size_t i = 0; i < questions.count; i++)
        put_question(&to, &questions.items[i]);
    json_close_array(to.w);
    json_close_object(to.w);
    api_send(c, 200);
    return NULL;
}

/* ---- asking and answering */

static err send_question(struct api_call *c, str id, unsigned status)
{
    struct briefing b;
    struct question q;
    TRY(part_find_briefing(c, &b));
    TRY(part_hide(c, question_get(c->rq->arena, &c->session, &c->reader, &b, id, &q)));
    const struct part_to to = part_to_answer(c);
    put_question(&to, &q);
    api_send(c, status);
    return NULL;
}

static err run_ask(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    str id;
    TRY(part_hide(c, question_ask(a, s, &c->reader, api_param(c, "briefing"), context, &id)));
    c->result = arena_copy(c->rq->arena, id);
    return NULL;
}

static err answer_ask(struct api_call *c, void *context)
{
    (void)context;
    return send_question(c, c->result, 201);
}

err api_ask_question(struct api_call *c)
{
    struct briefing b;
    struct api_fields f = api_fields(c);
    struct question_input *in = NEW(c->rq->arena, struct question_input);
    TRY(part_find_briefing(c, &b));
    in->content = field_text(&f, "content",
                             (struct field_text){.is_required = true,
                                                 .may_have_lines = true,
                                                 .bytes_max = QUESTION_BYTES_MAX});
    in->item = field_text(&f, "item", (struct field_text){.bytes_max = ID_BYTES_MAX});
    in->is_unattributed = field_flag(&f, "is_unattributed", false);
    TRY(api_fields_check(&f));
    return api_change(c, &(struct api_change){.run = run_ask,
                                              .answer = answer_ask,
                                              .context = in,
                                              .group = in->is_unattributed ? b.group : 0});
}

static err run_answer(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    return part_hide(c, question_answer(a, s, &c->reader, api_param(c, "briefing"),
                                        api_param(c, "question"), context));
}

static err answer_answer(struct api_call *c, void *context)
{
    (void)context;
    return send_question(c, api_param(c, "question"), 200);
}

err api_answer_question(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct question_answer *answer = NEW(c->rq->arena, struct question_answer);
    answer->words = field_text(
        &f, "words", (struct field_text){.may_have_lines = true, .bytes_max = QUESTION_BYTES_MAX});
    answer->is_on_call = field_flag(&f, "is_on_call", false);
    if (str_trim(answer->words).len == 0 && !answer->is_on_call)
        field_fault(&f, LIT("words"),
                    LIT("Answer in words, or say that it was answered on the call"));
    TRY(api_fields_check(&f));
    return api_change(
        c, &(struct api_change){.run = run_answer, .answer = answer_answer, .context = answer});
}
