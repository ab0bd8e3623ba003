/*
 * /briefings/{briefing}/absence and /series: who was missing, to the organization itself, and to
 * hosts over the editions (B20).
 */
#include "api/absence.h"

#include "api/fields.h"
#include "api/handlers.h"

static void put_answer(const struct part_to *to, const struct absence_answer *answer)
{
    struct json_writer *w = to->w;
    part_give(to, &answer->entry);
    json_open_object(w);
    json_member(w, "content", answer->content);
    json_key(w, LIT("person"));
    part_person(to, answer->person, (str){0});
    part_time(w, "answered", answer->entry.version_us);
    json_member(w, "reason", briefing_absence_name(answer->why));
    json_member_bool(w, "is_later", answer->is_later);
    json_close_object(w);
}

/* When that edition was, and which, is not told. */
void part_absence(const struct part_to *to, const char *key, const struct absence_note *note)
{
    struct json_writer *w = to->w;
    if (key)
        json_key(w, str_of(key));
    json_open_object(w);
    json_member(w, "reason", briefing_absence_name(note->why));
    json_member_bool(w, "is_later", note->is_later);
    if (note->answer.entry.number) {
        json_key(w, LIT("answer"));
        put_answer(to, &note->answer);
    }
    json_close_object(w);
}

/* ---- one's own */

static err answer_notes(struct api_call *c, void *context)
{
    struct briefing b;
    struct absence_notes notes = {0};
    struct arena *a = c->rq->arena;
    (void)context;
    TRY(part_find_briefing(c, &b));
    TRY(absence_notes_get(a, &c->session, &c->reader, &b, 0, &notes));
    const struct part_to to = part_to_answer(c);
    json_open_object(to.w);
    json_key(to.w, LIT("items"));
    json_open_array(to.w);
    for (size_t i = 0; i < notes.count; i++)
        part_absence(&to, NULL, &notes.items[i]);
    json_close_array(to.w);
    json_close_object(to.w);
    api_send(c, 200);
    return NULL;
}

err api_get_absence(struct api_call *c)
{
    return answer_notes(c, NULL);
}

struct saying {
    bool is_later;
    str content;
};

static err run_say(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    const struct saying *said = context;
    return part_hide(
        c, absence_say(a, s, &c->reader, api_param(c, "briefing"), said->is_later, said->content));
}

err api_say_absence(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct saying *said = NEW(c->rq->arena, struct saying);
    said->is_later = field_flag(&f, "is_later", false);
    said->content = field_text(&f, "content",
                               (struct field_text){.is_required = true,
                                                   .may_have_lines = true,
                                                   .bytes_max = ABSENCE_BYTES_MAX});
    TRY(api_fields_check(&f));
    return api_change(
        c, &(struct api_change){.run = run_say, .answer = answer_notes, .context = said});
}

/* ---- over the series */

static void put_edition(const struct part_to *to, const struct briefing *b)
{
    struct json_writer *w = to->w;
    part_give(to, &b->entry);
    json_open_object(w);
    json_member(w, "id", b->id);
    json_member(w, "title", b->title);
    json_member_i64(w, "edition", b->edition);
    part_time(w, "start", b->when.start_us);
    json_close_object(w);
}

static str cell_word(unsigned cell)
{
    if (cell == ABSENCE_THERE)
        return LIT("there");
    return cell == ABSENCE_NOT_MEANT ? LIT("not-meant")
                                     : briefing_absence_name((enum briefing_absence)cell);
}

static void put_row(const struct part_to *to, const struct absence_row *row, size_t editions)
{
    struct json_writer *w = to->w;
    json_open_object(w);
    json_key(w, LIT("organization"));
    part_organization(w, row->org);
    json_member_i64(w, "missing", (int64_t)row->missing);
    json_member_i64(w, "in_a_row", (int64_t)row->in_a_row);
    json_key(w, LIT("states"));
    json_open_array(w);
    for (size_t i = 0; i < editions; i++)
        json_put_string(w, cell_word(row->cells[i]));
    json_close_array(w);
    json_key(w, LIT("answers"));
    json_open_array(w);
    for (size_t i = 0; i < row->answers.count; i++)
        put_answer(to, &row->answers.items[i]);
    json_close_array(w);
    json_close_object(w);
}

err api_get_series(struct api_call *c)
{
    struct briefing b;
    struct absence_series series;
    struct arena *a = c->rq->arena;
    TRY(part_hide(c,
                  briefing_get_hosted(a, &c->session, &c->reader, api_param(c, "briefing"), &b)));
    TRY(absence_series_get(a, &c->session, &c->reader, &b, &series));
    const struct part_to to = part_to_answer(c);
    json_open_object(to.w);
    json_key(to.w, LIT("editions"));
    json_open_array(to.w);
    for (size_t i = 0; i < series.editions.count; i++)
        put_edition(&to, &series.editions.items[i]);
    json_close_array(to.w);
    json_key(to.w, LIT("items"));
    json_open_array(to.w);
    for (size_t i = 0; i < series.count; i++)
        put_row(&to, &series.items[i], series.editions.count);
    json_close_array(to.w);
    json_close_object(to.w);
    api_send(c, 200);
    return NULL;
}
