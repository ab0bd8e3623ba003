/*
 * The chairs of a demo exchange: signing in as somebody invented, without a password. Only where
 * the data directory is a demo's and the server listens on loopback alone.
 */
#include "store/chairs.h"
#include "api/browser.h"
#include "api/handlers.h"
#include "api/parts.h"
#include "service/signing.h"

static err check_demo(struct api_call *c)
{
    bool is_here = c->app->store->is_demo && c->app->is_loopback && browser_is_at_loopback(c->rq);
    return is_here ? NULL : api_not_found(c);
}

static void put_chair(struct json_writer *w, const struct policy *p, const struct chair *chair)
{
    const struct policy_person *person = policy_person(p, chair->person);
    const struct policy_org *org = policy_org(p, chair->org);
    if (person == NULL || person->is_suspended || org == NULL || !org->is_active)
        return;
    json_open_object(w);
    json_member(w, "id", chair->id);
    json_member(w, "title", chair->title);
    json_member(w, "person", person->name);
    json_member(w, "organization", org->name);
    json_member_if(w, "about", chair->about);
    json_close_object(w);
}

err api_list_chairs(struct api_call *c)
{
    TRY(check_demo(c));
    struct chairs chairs;
    TRY(chairs_list(c->rq->arena, &c->session, &chairs));
    struct json_writer *w = api_body(c);
    json_open_object(w);
    json_key(w, LIT("items"));
    json_open_array(w);
    for (size_t i = 0; i < chairs.count; i++)
        put_chair(w, c->session.policy, &chairs.items[i]);
    json_close_array(w);
    json_close_object(w);
    api_send(c, 200);
    return NULL;
}

static err run_take(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    (void)context;
    const struct signing_browser browser = part_browser(c, false);
    str secret;
    err failure = signing_take_chair(a, s, api_param(c, "chair"), &browser, &secret);
    if (failure && failure->code == ERR_NOT_FOUND)
        return api_not_found(c);
    TRY(failure);
    return part_session_begun(c, s, secret);
}

err api_take_chair(struct api_call *c)
{
    TRY(check_demo(c));
    return api_change(c, &(struct api_change){.run = run_take, .answer = part_session_answer});
}
