/*
 * How one is called and reached: a change waits a day, whoever reads the new address confirms it,
 * and whoever reads the old one may stop it (B5).
 */
#include "service/contact.h"

#include "api/fields.h"
#include "api/handlers.h"
#include "api/parts.h"
#include "store/people.h"

#define SECRET_BYTES_MAX 100

err part_contact_change(struct json_writer *w, struct api_call *c)
{
    struct contact_change change;
    TRY(contact_changes_get(c->rq->arena, &c->session, c->web.person, &change));
    if (change.person == 0)
        return NULL;
    json_key(w, LIT("waiting"));
    json_open_object(w);
    json_member(w, "name", change.name);
    json_member(w, "email", change.email);
    json_member_if(w, "phone", change.phone);
    part_time(w, "made", change.created_us);
    part_time(w, "due", change.created_us + CONTACT_DELAY_US);
    if (contact_is_unconfirmed(&c->session, &change))
        json_member_bool(w, "is_unconfirmed", true);
    json_close_object(w);
    return NULL;
}

static err run_change(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    return part_words(c, contact_change(a, s, &c->web, context));
}

static err answer_changed(struct api_call *c, void *context)
{
    (void)context;
    return api_get_account(c);
}

err api_change_contact(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct contact_wish *wish = NEW(c->rq->arena, struct contact_wish);
    wish->name = field_text(&f, "name", (struct field_text){.bytes_max = PEOPLE_NAME_BYTES_MAX});
    wish->email = field_text(&f, "email", (struct field_text){.bytes_max = PEOPLE_EMAIL_BYTES_MAX});
    wish->phone = field_text(&f, "phone", (struct field_text){.bytes_max = PEOPLE_PHONE_BYTES_MAX});
    wish->public_url = c->app->public_url;
    TRY(api_fields_check(&f));
    const struct api_change change = {.run = run_change, .answer = answer_changed, .context = wish};
    return api_change(c, &change);
}

static err run_withdraw(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    (void)context;
    return part_words(c, contact_withdraw(a, s, &c->web));
}

err api_withdraw_contact(struct api_call *c)
{
    return api_change(c, &(struct api_change){.run = run_withdraw});
}

/* What the secret of a mailed link does. */
static err change_by_link(struct api_call *c, err (*run)(struct arena *a, struct session *s,
                                                         struct api_call *c, void *context))
{
    struct api_fields f = api_fields(c);
    str *secret = NEW(c->rq->arena, str);
    *secret = field_text(&f, "secret",
                         (struct field_text){.is_required = true, .bytes_max = SECRET_BYTES_MAX});
    TRY(api_fields_check(&f));
    return api_change(c, &(struct api_change){.run = run, .context = secret});
}

static err run_refuse(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    (void)c;
    return contact_refuse(a, s, *(const str *)context);
}

err api_refuse_contact(struct api_call *c)
{
    return change_by_link(c, run_refuse);
}

static err run_confirm(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    (void)c;
    return contact_confirm(a, s, *(const str *)context);
}

err api_confirm_contact(struct api_call *c)
{
    return change_by_link(c, run_confirm);
}
