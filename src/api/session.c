/*
 * Who is signed in: looking, signing in with a password, acting for another organization, signing
 * out.
 */
#include "api/browser.h"
#include "api/fields.h"
#include "api/handlers.h"
#include "api/parts.h"
#include "service/signing.h"
#include "store/people.h"

#define EMAIL_BYTES_MAX 254
#define PASSWORD_BYTES_MAX 1000

/* ---- the answer */

static int64_t days_until(int64_t day_us, int64_t now_us)
{
    return day_us / US_PER_DAY - now_us / US_PER_DAY;
}

static void put_election(struct json_writer *w, const struct config *config, int64_t now_us)
{
    int64_t day_us;
    if (!clock_read_date(config->election_day, &day_us))
        return;
    json_key(w, LIT("election"));
    json_open_object(w);
    json_member(w, "name", config->election_name);
    json_member(w, "date", config->election_day);
    json_member_i64(w, "days", days_until(day_us, now_us));
    json_close_object(w);
}

static void put_exchange(struct json_writer *w, const struct api_call *c)
{
    const struct config *config = store_config(c->app->store);
    json_key(w, LIT("exchange"));
    json_open_object(w);
    json_member(w, "name", c->app->store->name);
    json_member_bool(w, "is_demo", c->app->store->is_demo);
    json_member_bool(w, "is_exercise", c->app->store->is_demo);
    json_member_if(w, "contact", config->contact);
    put_election(w, config, c->session.now_us);
    json_close_object(w);
}

static void put_affiliations(struct json_writer *w, const struct api_call *c)
{
    const struct policy_person *person = c->reader.person;
    json_key(w, LIT("acting_for"));
    part_affiliation(w, c->reader.org, c->reader.gate.roles);
    json_key(w, LIT("affiliations"));
    json_open_array(w);
    for (size_t i = 0; i < person->affiliation_count; i++) {
        const struct policy_org *org =
            policy_org(c->session.policy, person->affiliations[i].org);
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

static err answer_session(struct api_call *c)
{
    struct json_writer *w = api_body(c);
    json_open_object(w);
    put_exchange(w, c);
    if (c->reader.person)
        TRY(put_person(w, c));
    if (c->web.n) {
        json_member(w, "csrf", web_session_csrf(c->rq->arena, &c->app->store->keys, c->secret));
        json_member_bool(w, "is_shared_computer", c->web.is_shared);
    }
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

err part_session_begun(struct api_call *c, struct session *s, str secret)
{
    struct arena *a = c->rq->arena;
    if (c->web.n) /* whoever sat here before is gone */
        TRY(web_session_end(a, s, c->web.n));
    c->secret = arena_copy(a, secret);
    TRY(web_session_get(a, s, c->secret, &c->web));
    c->who = (struct identity){.org = c->web.org, .person = c->web.person};
    return NULL;
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
            failure = FAIL(c->rq->arena, ERR_UNAUTHENTICATED,
                           "E-mail address or password is wrong");
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
        .password = field_text(
            &f, "password", (struct field_text){.is_required = true, .bytes_max = PASSWORD_BYTES_MAX}),
        .peer = c->rq->peer};
    in->is_shared = field_flag(&f, "is_shared_computer", false);
    TRY(api_fields_check(&f));
    session_done(&c->session);
    return login_form_later(c->rq->arena, c->app->login, &in->form, go_on, in);
}

/* ---- another organization, signing out */

static err need_cookie(struct api_call *c)
{
    if (c->web.n)
        return NULL;
    return FAIL(c->rq->arena, ERR_CONFLICT,
                "This is for browsers that are signed in; a token acts for one organization and is "
                "revoked, not signed out");
}

static err run_move(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    const str *org = context;
    str secret;
    TRY(signing_move(a, s, &c->web, *org, &secret));
    struct web_session moved;
    TRY(web_session_get(c->rq->arena, s, secret, &moved));
    c->web = moved;
    c->secret = arena_copy(c->rq->arena, secret);
    c->who.org = moved.org;
    return NULL;
}

err api_change_affiliation(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    str *org = NEW(c->rq->arena, str);
    *org = field_text(&f, "acting_for", (struct field_text){.is_required = true, .bytes_max = 100});
    TRY(api_fields_check(&f));
    TRY(need_cookie(c));
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
    TRY(need_cookie(c));
    return api_change(c, &(struct api_change){.run = run_sign_out});
}
