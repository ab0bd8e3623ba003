/*
 * The directory as a sheet (B3): taken away as CSV, and brought back by whoever manages the
 * organizations in it: looked at first, then done.
 */
#include "service/duty_sheet.h"

#include "api/handlers.h"
#include "api/parts.h"

err api_get_sheet(struct api_call *c)
{
    str csv;
    TRY(duty_sheet_write(c->rq->arena, &c->session, &csv));
    return api_send_download(c, LIT("text/csv; charset=utf-8"), csv);
}

static void put_line(struct json_writer *w, const struct duty_line *line)
{
    json_open_object(w);
    json_member_i64(w, "line", (int64_t)line->line);
    json_member(w, "organization", line->organization);
    json_member(w, "email", line->email);
    json_member(w, "duty", line->duty);
    json_member_if(w, "verified", line->verified);
    json_member(w, "change", duty_change_name(line->change));
    json_member_if(w, "fault", line->fault);
    json_close_object(w);
}

static void send_sheet(struct api_call *c, const struct duty_sheet *sheet, bool is_done)
{
    struct json_writer *w =
        part_sheet_open(c, (struct part_sheet_sum){sheet->changes, sheet->faults, is_done});
    for (size_t i = 0; i < sheet->count; i++)
        put_line(w, &sheet->items[i]);
    part_sheet_send(c);
}

struct bringing {
    struct part_sheet asked;
    struct duty_sheet sheet; /* as it was brought; in the request's arena */
};

static err run_bring(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    struct bringing *in = context;
    (void)a;
    return duty_sheet_apply(c->rq->arena, s, &c->reader, in->asked.csv, &in->sheet);
}

static err answer_brought(struct api_call *c, void *context)
{
    const struct bringing *in = context;
    send_sheet(c, &in->sheet, true);
    return NULL;
}

err api_bring_sheet(struct api_call *c)
{
    struct bringing *in = NEW(c->rq->arena, struct bringing);
    TRY(part_sheet_read(c, &in->asked));
    if (!in->asked.is_preview)
        return api_change(
            c, &(struct api_change){.run = run_bring, .answer = answer_brought, .context = in});
    TRY(duty_sheet_read(c->rq->arena, &c->session, &c->reader, in->asked.csv, &in->sheet));
    send_sheet(c, &in->sheet, false);
    return NULL;
}
