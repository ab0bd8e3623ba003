/*
 * Who is signed in: looking, signing in with a password, acting for another organization, signing
 * out.
 */
#include "api/briefing_parts.h"
#include "api/browser.h"
#include "api/fields.h"
#include "api/handlers.h"
#include "api/parts.h"
#include "service/election.h"
#include "service/signing.h"
#include "store/authenticators.h"
#include "store/people.h"

#define EMAIL_BYTES_MAX 254
#define PASSWORD_BYTES_MAX 1000

/* ---- the answer */

/* The next one that concerns the reader, on the reader's own calendar. */
static err put_election(struct json_writer *w, struct api_call *c)
{
    struct election_day election;
    TRY(election_next(c->rq->arena, &c->session, &c->reader, &election));
    json_key(w, LIT("election"));
    json_open_object(w);
    json_member(w, "name", election.name);
    part_day(w, "date", election.day * US_PER_DAY);
    json_member_i64(w, "days", election.days);
    json_close_object(w);
    return NULL;
}

static err put_exchange(struct json_writer *w, struct api_call *c)
{
    const struct config *config = store_config(c->app->store);
    json_key(w, LIT("exchange"));
    json_open_object(w);
    json_member(w, "name", c->app->store->name);
    json_member_bool(w, "is_demo", c->app->store->is_demo);
    json_member_bool(w, "is_exercise", c->app->store->is_demo);
    json_member_if(w, "contact", config->contact);
    TRY(put_election(w, c));
    json_close_object(w);
    return NULL;
}

static void put_affiliations(struct json_writer *w, const struct api_call *c)
{
    const struct policy_person *person = c->reader.person;
    json_key(w, LIT("acting_for"));
    part_affiliation(w, c->reader.org, c->reader.gate.roles);
    json_key(w, LIT("affiliations"));
    json_open_array(w);
    for (size_t i = 0; i < person->affiliation_count; i++) {
        const struct policy_org *org = policy_org(c->session.policy, person->affiliations[i].org);
        if (org && org->is_active)
            part_affiliation(w, org, person->affiliations[i].roles);
    }
    json_close_array(w);
}

static err put_person(struct json_writer *w, struct api_call *c)
{
    const struct policy_person *person = c->reader.person;
    struct person_contact contact;
    TRY(people_contact(c->rq->arena, &c->session, person->n, &contact));
    json_key(w, LIT("person"));
    json_open_object(w);
    json_member(w, "id", person->id);
    json_member(w, "name", person->name);
    json_member(w, "email", person->email);
    json_member(w, "timezone", contact.timezone);
    json_close_object(w);
    put_affiliations(w, c);
    return NULL;
}

/* The password was right: which second steps there are. */
static err put_second(struct json_writer *w, struct api_call *c)
{
    struct authenticators list;
    TRY(authenticators_list(c->rq->arena, &c->session, c->web.person, &list));
    bool has_passkey = false;
    for (size_t i = 0; i < list.count; i++)
        has_passkey |= str_eq(list.items[i].kind, LIT("passkey"));
    json_member(w, "needs", has_passkey ? LIT("passkey") : LIT("totp"));
    return NULL;
}

/* Came by a link: who they are, before they set anything. */
static void put_invited(struct json_writer *w, struct api_call *c)
{
    const struct policy_person *person = policy_person(c->session.policy, c->web.person);
    const struct policy_org *org = policy_org(c->session.policy, c->web.org);
    json_member(w, "needs", LIT("setup"));
    json_key(w, LIT("invited"));
    json_open_object(w);
    json_member(w, "name", person ? person->name : (str){0});
    json_member(w, "email", person ? person->email : (str){0});
    json_member(w, "organization", org ? org->name : (str){0});
    json_close_object(w);
}

/* Asked for by the first page, which then needs one request for both. */
static err put_home(struct json_writer *w, struct api_call *c)
{
    str with = {0};
    http_query_get(&c->query, LIT("with"), &with);
    if (!c->reader.person || !str_eq(with, LIT("home")))
        return NULL;
    json_key(w, LIT("home"));
    return part_home(c);
}

static err answer_session(struct api_call *c)
{
    struct json_writer *w = api_body(c);
    json_open_object(w);
    TRY(put_exchange(w, c));
    if (c->reader.person)
        TRY(put_person(w, c));
    if (c->web.stage == WEB_STAGE_SECOND)
        TRY(put_second(w, c));
    if (c->web.stage == WEB_STAGE_SETUP)
        put_invited(w, c);
    if (c->web.n) {
        json_member(w, "csrf", web_session_csrf(c->rq->arena, &c->app->store->keys, c->secret));
        json_member_bool(w, "is_shared_computer", c->web.is_shared);
    }
    TRY(put_home(w, c)); /* the last: it lets the views go */
    json_close_object(w);
    api_send(c, 200);
    return NULL;
}

err api_get_session(struct api_call *c)
{
    return answer_session(c);
}

err part_session_answer(struct api_call *c, void *context)
{
    (void)context;
    int64_t seconds = c->web.is_shared ? 0 : WEB_SESSION_WHOLE_US / US_PER_SECOND;
    http_response_add(&c->response, LIT("Set-Cookie"),
                      browser_set_cookie(c->rq->arena, c->rq, c->secret, seconds));
    return answer_session(c);
}

/* ---- signing in */

struct signing_browser part_browser(const struct api_call *c, bool is_shared)
{
    return (struct signing_browser){.agent = http_header(c->rq, LIT("User-Agent")),
                                    .peer = c->rq->peer,
                                    .is_shared = is_shared};
}

err part_session_renewed(struct api_call *c, struct session *s, str secret)
{
    struct arena *a = c->rq->arena;
    c->secret = arena_copy(a, secret);
    TRY(web_session_get(a, s, c->secret, &c->web));
    bool is_whole = c->web.stage == WEB_STAGE_WHOLE;
    c->who = is_whole ? (struct identity){.org = c->web.org, .person = c->web.person}
                      : (struct identity){0};
    return NULL;
}

err part_session_begun(struct api_call *c, struct session *s, str secret)
{
    if (c->web.n) /* whoever sat here before is gone */
        TRY(web_session_end(c->rq->arena, s, c->web.n));
    return part_session_renewed(c, s, secret);
}

struct sign_in {
    struct api_call *c;
    struct login_form form;
    struct identity who;
    bool is_shared;
};

static err run_sign_in(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    const struct sign_in *in = context;
    const struct signing_browser browser = part_browser(c, in->is_shared);
    str secret;
    TRY(signing_begin(a, s, &in->who, &browser, &secret));
    return part_session_begun(c, s, secret);
}

/* On the login's thread: the password has been hashed. */
static void go_on(void *context, err failure, const struct identity *who)
{
    struct sign_in *in = context;
    struct api_call *c = in->c;
    if (failure) {
        c->retry_seconds = login_form_retry_seconds(c->app->login, &in->form);
        if (failure->code == ERR_UNAUTHENTICATED)
            failure =
                FAIL(c->rq->arena, ERR_UNAUTHENTICATED, "E-mail address or password is wrong");
        api_fail_elsewhere(c, failure);
        return;
    }
    in->who = *who;
    const struct api_change change = {
        .run = run_sign_in, .answer = part_session_answer, .context = in};
    err busy = api_change(c, &change);
    if (busy)
        api_fail(c, busy);
}

err api_sign_in(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct sign_in *in = NEW(c->rq->arena, struct sign_in);
    in->c = c;
    in->form = (struct login_form){
        .email = field_text(&f, "email",
                            (struct field_text){.is_required = true, .bytes_max = EMAIL_BYTES_MAX}),
        .password = field_text(&f, "password",
                               (struct field_text){.is_required = true,
                                                   .is_opaque = true,
                                                   .bytes_max = PASSWORD_BYTES_MAX}),
        .peer = c->rq->peer};
    in->is_shared = field_flag(&f, "is_shared_computer", false);
    TRY(api_fields_check(&f));
    session_done(&c->session);
    return login_form_later(c->rq->arena, c->app->login, &in->form, go_on, in);
}

/* ---- the second step, and links */

struct second {
    struct signing_step step;
    bool is_right;
};

static err run_second(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    struct second *second = context;
    str secret;
    err failure = signing_second(a, s, &c->web, &second->step, &second->is_right, &secret);
    if (failure && failure->code == ERR_THROTTLED)
        c->retry_seconds = SECOND_TRIES_US / US_PER_SECOND;
    TRY(failure);
    return second->is_right ? part_session_renewed(c, s, secret) : NULL;
}

static err answer_second(struct api_call *c, void *context)
{
    const struct second *second = context;
    if (second->is_right)
        return part_session_answer(c, NULL);
    return FAIL(c->rq->arena, ERR_UNAUTHENTICATED,
                "This code is wrong, or was used already; type the one that shows now");
}

err api_second_step(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct second *second = NEW(c->rq->arena, struct second);
    const struct field_text rule = {.bytes_max = 100};
    second->step.code = field_text(&f, "code", rule);
    second->step.recovery_code = field_text(&f, "recovery_code", rule);
    if (!second->step.code.len == !second->step.recovery_code.len)
        field_fault(&f, LIT("code"), LIT("Type a code, or a recovery code"));
    TRY(api_fields_check(&f));
    const struct api_change change = {
        .run = run_second, .answer = answer_second, .context = second};
    return api_change(c, &change);
}

struct opening {
    str link;
    bool is_shared;
};

static err run_open(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    const struct opening *opening = context;
    const struct signing_browser browser = part_browser(c, opening->is_shared);
    str secret;
    TRY(signing_open_link(a, s, opening->link, &browser, &secret));
    return part_session_begun(c, s, secret);
}

err api_open_link(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct opening *opening = NEW(c->rq->arena, struct opening);
    opening->link =
        field_text(&f, "secret", (struct field_text){.is_required = true, .bytes_max = 100});
    opening->is_shared = field_flag(&f, "is_shared_computer", false);
    TRY(api_fields_check(&f));
    const struct api_change change = {
        .run = run_open, .answer = part_session_answer, .context = opening};
    return api_change(c, &change);
}

/* ---- another organization, signing out */

static err run_move(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    const str *org = context;
    str secret;
    TRY(signing_move(a, s, &c->web, *org, &secret));
    return part_session_renewed(c, s, secret);
}

err api_change_affiliation(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    str *org = NEW(c->rq->arena, str);
    *org = field_text(&f, "acting_for", (struct field_text){.is_required = true, .bytes_max = 100});
    TRY(api_fields_check(&f));
    const struct api_change change = {
        .run = run_move, .answer = part_session_answer, .context = org};
    return api_change(c, &change);
}

static err run_sign_out(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    (void)context;
    http_response_add(&c->response, LIT("Set-Cookie"),
                      browser_set_cookie(c->rq->arena, c->rq, (str){0}, 0));
    http_response_add(&c->response, LIT("Clear-Site-Data"),
                      LIT("\"cache\", \"cookies\", \"storage\""));
    return signing_end(a, s, &c->web);
}

err api_sign_out(struct api_call *c)
{
    return api_change(c, &(struct api_change){.run = run_sign_out});
}
