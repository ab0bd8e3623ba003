/*
 * Drafts of forms: what was typed survives a lost connection, a closed browser and a shared
 * computer's end (B6). Seen by nobody but the person, and only while acting for that organization.
 */
#include "store/drafts.h"

#include "api/fields.h"
#include "api/handlers.h"
#include "api/parts.h"

static struct draft which(const struct api_call *c)
{
    return (struct draft){.person = c->who.person, .org = c->who.org, .form = api_param(c, "form")};
}

static void put_draft(struct api_call *c, const struct draft *draft)
{
    struct json_writer *w = api_body(c);
    json_open_object(w);
    json_member(w, "form", draft->form);
    json_member_raw(w, "body", draft->body);
    part_time(w, "updated", draft->updated_us);
    json_close_object(w);
}

err api_get_draft(struct api_call *c)
{
    struct draft draft = which(c);
    err failure = drafts_get(c->rq->arena, &c->session, &draft, &draft);
    if (failure && failure->code == ERR_NOT_FOUND)
        return api_not_found(c);
    TRY(failure);
    put_draft(c, &draft);
    api_send(c, 200);
    return NULL;
}

static err run_put(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    struct draft draft = which(c);
    draft.body = *(const str *)context;
    return drafts_put(a, s, &draft);
}

err api_put_draft(struct api_call *c)
{
    if (api_param(c, "form").len > DRAFTS_FORM_BYTES_MAX)
        return api_not_found(c);
    str *body = NEW(c->rq->arena, str);
    *body = json_span(c->body);
    return api_change(c, &(struct api_change){.run = run_put, .context = body});
}

static err run_remove(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    (void)context;
    const struct draft draft = which(c);
    return drafts_remove(a, s, &draft);
}

err api_remove_draft(struct api_call *c)
{
    return api_change(c, &(struct api_change){.run = run_remove});
}
