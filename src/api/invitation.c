/*
 * What a link by which an authenticator is set is about, told before it is opened: whoever follows
 * it, or a scanner of mail, changes nothing (B5).
 */
#include "api/fields.h"
#include "api/handlers.h"
#include "api/parts.h"
#include "store/authenticators.h"
#include "store/person_links.h"

/* Whether there is anything that setting a new one would take the place of. */
static err is_newcomer(struct api_call *c, const struct policy_person *person, bool *out)
{
    struct authenticators list;
    TRY(authenticators_list(c->rq->arena, &c->session, person->n, &list));
    *out = person->password.len == 0 && list.count == 0;
    return NULL;
}

static err put_link(struct json_writer *w, struct api_call *c, const struct person_link *link,
                    const struct policy_person *person)
{
    const struct policy_org *org = policy_org(c->session.policy, link->org);
    bool is_new;
    TRY(is_newcomer(c, person, &is_new));
    json_open_object(w);
    json_member(w, "name", person->name);
    json_member(w, "email", person->email);
    json_member(w, "organization", org ? org->name : (str){0});
    json_member_bool(w, "is_newcomer", is_new);
    part_time(w, "starts", link->starts_us);
    part_time(w, "expires", link->expires_us);
    json_key(w, LIT("by"));
    json_open_object(w);
    TRY(part_actor(w, c, link->made_by));
    json_close_object(w);
    json_close_object(w);
    return NULL;
}

err api_look_at_link(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct person_link link;
    str secret =
        field_text(&f, "secret", (struct field_text){.is_required = true, .bytes_max = 100});
    TRY(api_fields_check(&f));
    TRY(person_links_look(c->rq->arena, &c->session, secret, &link));
    const struct policy_person *person = policy_person(c->session.policy, link.person);
    if (person == NULL)
        return api_not_found(c);
    TRY(put_link(api_body(c), c, &link, person));
    api_send(c, 200);
    return NULL;
}
