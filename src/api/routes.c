/*
 * The table of the API and the way of a request through it: route, credentials, right, origin,
 * body, handler.
 */
#include "api/browser.h"
#include "api/call.h"
#include "api/files.h"
#include "api/handlers.h"
#include "api/problem.h"
#include "http/accept.h"
#include "service/oversight.h"
#include "service/signing.h"
#include "store/drafts.h"

#define SESSION API_ROOT "/session"
#define ACCOUNT API_ROOT "/account"
#define DRAFT API_ROOT "/drafts/{form}"
#define ELECTIONS API_ROOT "/elections"
#define OBJECT API_ROOT "/objects/{object}"
#define ORGS API_ROOT "/organizations"
#define PEOPLE API_ROOT "/people"
#define BRIEFINGS API_ROOT "/briefings"
#define BRIEFING BRIEFINGS "/{briefing}"
#define SMALL ((size_t)16 << 10)
#define LARGE ((size_t)1 << 20)
#define MB ((uint64_t)1 << 20)

/* In the order of api/openapi.yaml. */
const struct api_row API_ROWS[] = {
    {{HTTP_GET, SESSION}, api_get_session, API_ANYONE, 0, "none"},
    {{HTTP_POST, SESSION}, api_sign_in, API_ANYONE, SMALL, "session.begin"},
    {{HTTP_PATCH, SESSION}, api_change_affiliation, API_BROWSER, SMALL, "session.move"},
    {{HTTP_DELETE, SESSION}, api_sign_out, API_BROWSER, 0, "session.end"},
    {{HTTP_POST, SESSION "/second"}, api_second_step, API_SECOND, SMALL, "session.second"},
    {{HTTP_POST, SESSION "/link"}, api_open_link, API_ANYONE, SMALL, "session.link"},
    {{HTTP_POST, SESSION "/link/about"}, api_look_at_link, API_ANYONE, SMALL, "private"},
    {{HTTP_POST, SESSION "/passkey"}, api_ask_passkey, API_ANYONE, 0, "private"},
    {{HTTP_PUT, SESSION "/passkey"}, api_sign_in_by_passkey, API_ANYONE, SMALL, "session.begin"},
    {{HTTP_GET, ACCOUNT}, api_get_account, API_SETUP, 0, "none"},
    {{HTTP_PATCH, ACCOUNT}, api_edit_account, API_BROWSER, SMALL, "account.timezone"},
    {{HTTP_PUT, ACCOUNT "/contact"}, api_change_contact, API_BROWSER, SMALL, "account.contact"},
    {{HTTP_DELETE, ACCOUNT "/contact"},
     api_withdraw_contact,
     API_BROWSER,
     0,
     "account.contact-withdraw"},
    {{HTTP_POST, ACCOUNT "/contact/refuse"},
     api_refuse_contact,
     API_ANYONE,
     SMALL,
     "account.contact-refuse"},
    {{HTTP_POST, ACCOUNT "/contact/confirm"},
     api_confirm_contact,
     API_ANYONE,
     SMALL,
     "account.contact-confirm"},
    {{HTTP_PUT, ACCOUNT "/password"}, api_set_password, API_SETUP, SMALL, "account.password"},
    {{HTTP_POST, ACCOUNT "/totp"}, api_begin_totp, API_BROWSER, SMALL, "account.totp"},
    {{HTTP_PUT, ACCOUNT "/totp"}, api_confirm_totp, API_BROWSER, SMALL, "account.authenticator"},
    {{HTTP_POST, ACCOUNT "/passkeys"}, api_begin_passkey, API_SETUP, 0, "private"},
    {{HTTP_PUT, ACCOUNT "/passkeys"}, api_add_passkey, API_SETUP, SMALL, "account.authenticator"},
    {{HTTP_DELETE, ACCOUNT "/authenticators/{authenticator}"},
     api_remove_authenticator,
     API_BROWSER,
     0,
     "account.authenticator-remove"},
    {{HTTP_POST, ACCOUNT "/recovery-codes"},
     api_make_codes,
     API_BROWSER,
     0,
     "account.recovery-codes"},
    {{HTTP_DELETE, ACCOUNT "/sessions/{session}"}, api_end_session, API_BROWSER, 0, "session.end"},
    {{HTTP_DELETE, ACCOUNT "/links"}, api_refuse_links, API_BROWSER, 0, "account.links-refuse"},
    {{HTTP_GET, ACCOUNT "/tokens"}, api_list_own_tokens, API_WHOLE, 0, "none"},
    {{HTTP_POST, ACCOUNT "/tokens"}, api_add_own_token, API_BROWSER, SMALL, "token.add"},
    {{HTTP_DELETE, ACCOUNT "/tokens"}, api_revoke_own_tokens, API_PERSON, 0, "token.revoke"},
    {{HTTP_DELETE, ACCOUNT "/tokens/{token}"}, api_revoke_own_token, API_PERSON, 0, "token.revoke"},
    {{HTTP_GET, DRAFT}, api_get_draft, API_BROWSER, 0, "none"},
    {{HTTP_PUT, DRAFT}, api_put_draft, API_BROWSER, DRAFTS_BODY_BYTES_MAX, "private"},
    {{HTTP_DELETE, DRAFT}, api_remove_draft, API_BROWSER, 0, "private"},
    {{HTTP_GET, ORGS}, api_list_organizations, API_WHOLE, 0, "none"},
    {{HTTP_POST, ORGS}, api_add_organization, API_STEWARD, SMALL, "org.add"},
    {{HTTP_GET, ORGS "/{organization}"}, api_get_organization, API_WHOLE, 0, "none"},
    {{HTTP_PATCH, ORGS "/{organization}"}, api_edit_organization, API_STEWARD, SMALL, "org.edit"},
    {{HTTP_POST, ORGS "/{organization}/links"},
     api_link_organization,
     API_STEWARD,
     SMALL,
     "org.link"},
    {{HTTP_PUT, ORGS "/{organization}/duties"}, api_put_duty, API_ADMIN, SMALL, "person.duty"},
    {{HTTP_GET, ORGS "/{organization}/tokens"}, api_list_org_tokens, API_ADMIN, 0, "none"},
    {{HTTP_POST, ORGS "/{organization}/tokens"}, api_add_org_token, API_ADMIN, SMALL, "token.add"},
    {{HTTP_DELETE, ORGS "/{organization}/tokens/{token}"},
     api_revoke_org_token,
     API_ADMIN,
     0,
     "token.revoke"},
    {{HTTP_GET, API_ROOT "/places"}, api_list_places, API_WHOLE, 0, "none"},
    {{HTTP_GET, API_ROOT "/directory"}, api_list_directory, API_WHOLE, 0, "none"},
    {{HTTP_GET, API_ROOT "/directory/sheet"}, api_get_sheet, API_WHOLE, 0, "none"},
    {{HTTP_POST, API_ROOT "/directory/sheet"},
     api_bring_sheet,
     API_ADMIN,
     LARGE * 2,
     "person.duty"},
    {{HTTP_GET, API_ROOT "/coverage"}, api_get_coverage, API_STEWARD, 0, "none"},
    {{HTTP_GET, PEOPLE}, api_list_people, API_ADMIN, 0, "none"},
    {{HTTP_POST, PEOPLE}, api_add_person, API_ADMIN, SMALL, "person.add"},
    {{HTTP_PATCH, PEOPLE "/{person}"}, api_suspend_person, API_ADMIN, SMALL, "person.suspend"},
    {{HTTP_POST, PEOPLE "/{person}/link"}, api_link_person, API_ADMIN, SMALL, "person.link"},
    {{HTTP_POST, PEOPLE "/{person}/link/confirm"},
     api_confirm_link,
     API_STEWARD,
     0,
     "person.link-confirm"},
    {{HTTP_PUT, PEOPLE "/{person}/call"}, api_decide_newcomer, API_PERSON, SMALL, "person.confirm"},
    {{HTTP_GET, API_ROOT "/tokens"}, api_list_tokens, API_STEWARD, 0, "none"},
    {{HTTP_DELETE, API_ROOT "/tokens/{token}"}, api_revoke_token, API_STEWARD, 0, "token.revoke"},
    {{HTTP_GET, API_ROOT "/collections"}, api_list_collections, API_PERSON, 0, "none"},
    {{HTTP_POST, API_ROOT "/collections"},
     api_add_collection,
     API_STEWARD,
     SMALL,
     "collection.add"},
    {{HTTP_GET, API_ROOT "/collections/{collection}"}, api_get_collection, API_PERSON, 0, "none"},
    {{HTTP_PATCH, API_ROOT "/collections/{collection}"},
     api_edit_collection,
     API_STEWARD,
     SMALL,
     "collection.edit"},
    {{HTTP_GET, API_ROOT "/audiences"}, api_list_audiences, API_PERSON, 0, "none"},
    {{HTTP_POST, API_ROOT "/audiences"}, api_add_audience, API_PERSON, SMALL, "audience.add"},
    {{HTTP_GET, API_ROOT "/grants"}, api_list_grants, API_STEWARD, 0, "none"},
    {{HTTP_PUT, API_ROOT "/grants"}, api_put_grant, API_STEWARD, SMALL, "grant.put"},
    {{HTTP_GET, ELECTIONS}, api_list_elections, API_PERSON, 0, "none"},
    {{HTTP_POST, ELECTIONS}, api_add_election, API_STEWARD, SMALL, "election.add"},
    {{HTTP_POST, ELECTIONS "/sheet"}, api_bring_elections, API_STEWARD, LARGE * 2, "election.add"},
    {{HTTP_PUT, ELECTIONS "/{election}"}, api_edit_election, API_STEWARD, SMALL, "election.edit"},
    {{HTTP_DELETE, ELECTIONS "/{election}"},
     api_remove_election,
     API_STEWARD,
     0,
     "election.remove"},
    {{HTTP_GET, API_ROOT "/holds"}, api_list_holds, API_STEWARD, 0, "none"},
    {{HTTP_POST, API_ROOT "/holds"}, api_place_hold, API_STEWARD, SMALL, "hold.place"},
    {{HTTP_DELETE, API_ROOT "/holds/{hold}"}, api_release_hold, API_STEWARD, 0, "hold.release"},
    {{HTTP_GET, API_ROOT "/audit"}, api_list_audit, API_STEWARD, 0, "none"},
    {{HTTP_GET, API_ROOT "/audit/chain"}, api_verify_audit, API_STEWARD, 0, "none"},
    {{HTTP_GET, API_ROOT "/audit/head"}, api_get_head, API_MEMBER, 0, "none"},
    {{HTTP_GET, API_ROOT "/demo/chairs"}, api_list_chairs, API_ANYONE, 0, "none"},
    {{HTTP_POST, API_ROOT "/demo/chairs/{chair}"}, api_take_chair, API_ANYONE, 0, "session.chair"},
    {{HTTP_GET, API_ROOT "/home"}, api_get_home, API_PERSON, 0, "none"},
    {{HTTP_GET, API_ROOT "/new"}, api_list_new, API_PERSON, 0, "none"},
    {{HTTP_GET, API_ROOT "/sightings"}, api_list_met, API_PERSON, 0, "none"},
    {{HTTP_GET, API_ROOT "/search"}, api_search, API_PERSON, 0, "none"},
    {{HTTP_GET, OBJECT}, api_get_object, API_PERSON, 0, "none"},
    {{HTTP_GET, OBJECT "/relations"}, api_list_relations, API_PERSON, 0, "none"},
    {{HTTP_GET, OBJECT "/sightings"}, api_get_met, API_PERSON, 0, "none"},
    {{HTTP_GET, OBJECT "/may-see"}, api_list_viewers, API_PERSON, 0, "none"},
    {{HTTP_POST, OBJECT "/has-seen"}, api_count_seen, API_PERSON, 0, "receipts.counts"},
    {{HTTP_GET, OBJECT "/looks"}, api_list_looks_of, API_PERSON, 0, "none"},
    {{HTTP_POST, OBJECT "/looks"}, api_ask_names, API_PERSON, SMALL, "receipts.ask"},
    {{HTTP_GET, API_ROOT "/looks"}, api_list_looks, API_PERSON, 0, "none"},
    {{HTTP_PUT, API_ROOT "/looks/{look}"}, api_decide_look, API_PERSON, SMALL, "receipts.names"},
    {{HTTP_GET, BRIEFINGS}, api_list_briefings, API_PERSON, 0, "none"},
    {{HTTP_POST, BRIEFINGS}, api_make_briefing, API_PERSON, LARGE, "briefing.make"},
    {{HTTP_GET, BRIEFING}, api_get_briefing, API_PERSON, 0, "none"},
    {{HTTP_PATCH, BRIEFING}, api_edit_briefing, API_PERSON, LARGE, "briefing.edit"},
    {{HTTP_GET, BRIEFING "/audience"}, api_get_audience, API_PERSON, 0, "none"},
    {{HTTP_POST, BRIEFING "/send"}, api_send_briefing, API_PERSON, SMALL, "briefing.send"},
    {{HTTP_POST, BRIEFING "/remind"}, api_remind_invited, API_PERSON, 0, "briefing.remind"},
    {{HTTP_GET, BRIEFING "/send"}, api_get_sending, API_PERSON, 0, "none"},
    {{HTTP_POST, BRIEFING "/cancel"}, api_cancel_briefing, API_PERSON, SMALL, "briefing.cancel"},
    {{HTTP_GET, BRIEFING "/approvals"}, api_get_approvals, API_PERSON, 0, "none"},
    {{HTTP_PUT, BRIEFING "/approvals"}, api_say_approval, API_PERSON, SMALL, "briefing.approve"},
    {{HTTP_PUT, BRIEFING "/approvers"},
     api_name_approvers,
     API_PERSON,
     SMALL,
     "briefing.approvers"},
    {{HTTP_POST, BRIEFING "/approvals/without"},
     api_go_without,
     API_PERSON,
     SMALL,
     "briefing.go-without"},
    {{HTTP_PUT, BRIEFING "/hosts/{organization}"},
     api_say_host,
     API_PERSON,
     SMALL,
     "briefing.host-yes"},
    {{HTTP_DELETE, BRIEFING "/hosts"}, api_leave_hosts, API_PERSON, 0, "briefing.host-left"},
    {{HTTP_POST, BRIEFING "/next"}, api_make_next, API_PERSON, SMALL, "briefing.make"},
    {{HTTP_GET, BRIEFING "/commitments"}, api_list_commitments, API_PERSON, 0, "none"},
    {{HTTP_POST, BRIEFING "/commitments"},
     api_add_commitment,
     API_PERSON,
     SMALL,
     "briefing.commitment"},
    {{HTTP_PATCH, BRIEFING "/commitments/{commitment}"},
     api_settle_commitment,
     API_PERSON,
     SMALL,
     "briefing.commitment-settle"},
    {{HTTP_GET, BRIEFING "/onward"}, api_get_onward, API_PERSON, 0, "none"},
    {{HTTP_POST, BRIEFING "/onward"}, api_make_onward, API_PERSON, LARGE, "briefing.onward"},
    {{HTTP_GET, BRIEFING "/widenings"}, api_list_widenings, API_PERSON, 0, "none"},
    {{HTTP_POST, BRIEFING "/widenings"}, api_ask_widening, API_PERSON, SMALL, "briefing.widening"},
    {{HTTP_PUT, BRIEFING "/widenings/{widening}/answer"},
     api_answer_widening,
     API_PERSON,
     SMALL,
     "briefing.widen"},
    {{HTTP_GET, BRIEFING "/corrections"}, api_list_corrections, API_PERSON, 0, "none"},
    {{HTTP_POST, BRIEFING "/corrections"}, api_correct, API_PERSON, LARGE, "briefing.correct"},
    {{HTTP_GET, BRIEFING "/answers"}, api_list_answers, API_PERSON, 0, "none"},
    {{HTTP_PUT, BRIEFING "/answers/{person}"},
     api_note_answer,
     API_PERSON,
     SMALL,
     "briefing.note-answer"},
    {{HTTP_GET, BRIEFING "/needs"}, api_list_needs, API_PERSON, 0, "none"},
    {{HTTP_PUT, BRIEFING "/answer"}, api_answer_invitation, API_PERSON, SMALL, "briefing.answer"},
    {{HTTP_GET, BRIEFING "/reached"}, api_get_reached, API_PERSON, 0, "none"},
    {{HTTP_GET, BRIEFING "/readers"}, api_get_readers, API_PERSON, 0, "none"},
    {{HTTP_GET, BRIEFING "/readers/people"}, api_list_readers, API_PERSON, 0, "none"},
    {{HTTP_GET, BRIEFING "/delegates"}, api_list_delegates, API_PERSON, 0, "none"},
    {{HTTP_POST, BRIEFING "/newcomer"}, api_send_newcomer, API_PERSON, SMALL, "person.vouch"},
    {{HTTP_GET, BRIEFING "/attendance"}, api_get_attendance, API_PERSON, 0, "none"},
    {{HTTP_PUT, BRIEFING "/attendance"},
     api_take_attendance,
     API_PERSON,
     LARGE,
     "briefing.attendance"},
    {{HTTP_POST, BRIEFING "/guests"}, api_add_guest, API_PERSON, SMALL, "briefing.guest"},
    {{HTTP_DELETE, BRIEFING "/guests/{guest}"},
     api_drop_guest,
     API_PERSON,
     0,
     "briefing.drop-guest"},
    {{HTTP_GET, BRIEFING "/absence"}, api_get_absence, API_PERSON, 0, "none"},
    {{HTTP_PUT, BRIEFING "/absence"}, api_say_absence, API_PERSON, SMALL, "briefing.absence"},
    {{HTTP_GET, BRIEFING "/series"}, api_get_series, API_PERSON, 0, "none"},
    {{HTTP_GET, BRIEFING "/usefulness"}, api_get_usefulness, API_PERSON, 0, "none"},
    {{HTTP_PUT, BRIEFING "/usefulness"}, api_say_usefulness, API_PERSON, SMALL, "briefing.judge"},
    {{HTTP_GET, BRIEFING "/questions"}, api_list_questions, API_PERSON, 0, "none"},
    {{HTTP_POST, BRIEFING "/questions"}, api_ask_question, API_PERSON, SMALL, "question.ask"},
    {{HTTP_PUT, BRIEFING "/questions/{question}/answer"},
     api_answer_question,
     API_PERSON,
     SMALL,
     "question.answer"},
    {{HTTP_POST, BRIEFING "/files"}, api_take_file, API_PERSON, API_FILE, "private"},
    {{HTTP_GET, BRIEFING "/materials"}, api_list_materials, API_PERSON, 0, "none"},
    {{HTTP_POST, BRIEFING "/materials"}, api_give_material, API_PERSON, SMALL, "material.give"},
    {{HTTP_PUT, BRIEFING "/materials/{material}"},
     api_replace_material,
     API_PERSON,
     SMALL,
     "material.replace"},
    {{HTTP_DELETE, BRIEFING "/materials/{material}"},
     api_withdraw_material,
     API_PERSON,
     0,
     "material.withdraw"},
    {{HTTP_GET, API_ROOT "/files/{file}"}, api_get_file, API_MEMBER, 0, "none"},
    {{HTTP_GET, BRIEFING "/record"}, api_get_record, API_PERSON, 0, "none"},
    {{HTTP_GET, BRIEFING "/record/document"}, api_get_record_document, API_PERSON, 0, "none"},
    {{HTTP_GET, API_ROOT "/reach"}, api_get_reach, API_WHOLE, 0, "none"},
    {{HTTP_GET, API_ROOT "/reach/people"}, api_list_reach, API_WHOLE, 0, "none"},
    {{HTTP_GET, API_ROOT "/actions"}, api_list_actions, API_PERSON, 0, "none"},
    {{HTTP_POST, API_ROOT "/actions"}, api_tell_action, API_PERSON, LARGE, "action.tell"},
    {{HTTP_GET, API_ROOT "/outbox"}, api_list_outbox, API_WHOLE, 0, "none"},
    {{HTTP_GET, API_ROOT "/outbox/{message}"}, api_get_message, API_WHOLE, 0, "none"},
};
const size_t API_ROW_COUNT = sizeof(API_ROWS) / sizeof(API_ROWS[0]);

bool api_owns_path(str path)
{
    return str_starts(path, LIT(API_ROOT "/")) || str_eq(path, LIT(API_ROOT));
}

static err find_row(struct api_call *c)
{
    const struct http_routes routes = HTTP_ROUTES(API_ROWS);
    TRY(http_route_find(c->rq->arena, routes, c->rq->method, c->rq->path, &c->match));
    if (c->match.differs_slash)
        return api_not_found(c);
    c->row = &API_ROWS[c->match.index];
    return NULL;
}

str api_param(const struct api_call *c, const char *name)
{
    str value = http_route_param(&c->match, str_of(name));
    ASSERT(value.len > 0);
    return value;
}

err api_not_found(struct api_call *c)
{
    return FAIL(c->rq->arena, ERR_NOT_FOUND, "There is no such thing here");
}

/* ---- who is asking */

static const char *stage_words(enum web_stage stage)
{
    static const char *const WORDS[] = {"This is done already",
                                        "The second step is due: a code, or a passkey",
                                        "Set a password first"};
    return WORDS[stage];
}

/* A browser's session that is at one of these stages; the others are told what is due. */
static err check_stage(struct api_call *c, enum api_right right)
{
    struct arena *a = c->rq->arena;
    if (c->web.n == 0)
        return c->reader.org ? FAIL(a, ERR_FORBIDDEN, "This is for browsers, not for tokens")
                             : FAIL(a, ERR_UNAUTHENTICATED, "Sign in first");
    bool is_good = (right == API_SECOND) == (c->web.stage == WEB_STAGE_SECOND) &&
                   (right != API_BROWSER || c->web.stage == WEB_STAGE_WHOLE);
    return is_good ? NULL : FAIL(a, ERR_UNAUTHENTICATED, "%s", stage_words(c->web.stage));
}

static err check_person(struct api_call *c)
{
    struct arena *a = c->rq->arena;
    if (c->reader.org == NULL)
        return FAIL(a, ERR_UNAUTHENTICATED, "%s",
                    c->web.n ? stage_words(c->web.stage) : "Sign in first");
    if (c->reader.person == NULL)
        return FAIL(a, ERR_FORBIDDEN,
                    "This token belongs to an organization and to no person; use a token of a "
                    "person (tocsin token add --person)");
    return NULL;
}

static err check_office(struct api_call *c, enum api_right right)
{
    struct arena *a = c->rq->arena;
    if (right == API_STEWARD && !oversight_is_steward(&c->reader))
        return FAIL(a, ERR_FORBIDDEN, "This is for stewards of the exchange");
    if (!oversight_is_admin(&c->reader))
        return FAIL(a, ERR_FORBIDDEN,
                    "This is for whoever manages the people of an organization: its admins, and "
                    "stewards");
    if (c->web.n && !c->web.is_strong)
        return FAIL(a, ERR_FORBIDDEN,
                    "Admins and stewards sign in with a second step; set one up under your account "
                    "first");
    return NULL;
}

static bool is_unsafe(const struct api_call *c)
{
    return c->rq->method != HTTP_GET && c->rq->method != HTTP_HEAD;
}

/* What a token was narrowed to holds here too (G9). */
static err check_token(struct api_call *c)
{
    struct arena *a = c->rq->arena;
    const struct policy_token *t = c->reader.token;
    if (t == NULL || (!t->is_read_only && !t->is_narrowed))
        return NULL;
    if (t->is_read_only && is_unsafe(c))
        return FAIL(a, ERR_FORBIDDEN, "This token reads and changes nothing; use one that may");
    if (t->is_narrowed && (is_unsafe(c) || c->row->right >= API_WHOLE))
        return FAIL(a, ERR_FORBIDDEN,
                    "This token is for what stands in some collections and for nothing else; use "
                    "one that is not narrowed");
    return NULL;
}

err api_check_right(struct api_call *c)
{
    enum api_right right = c->row->right;
    if (right == API_ANYONE)
        return NULL;
    TRY(check_token(c));
    if (right == API_SECOND || right == API_SETUP || right == API_BROWSER)
        return check_stage(c, right);
    if (right == API_MEMBER && c->reader.org)
        return NULL;
    TRY(check_person(c));
    return right == API_PERSON || right == API_WHOLE ? NULL : check_office(c, right);
}

/* What a page asks by itself, on a timer, keeps nobody signed in. */
static void note_use(struct api_call *c)
{
    bool is_fresh = c->session.now_us - c->web.used_us < WEB_SESSION_NOTE_US;
    if (!is_fresh && http_header(c->rq, LIT("X-Background")).len == 0)
        signing_note_later(c->app->writer, c->web.n);
}

/* A cookie that is worth nothing, any more, is nobody's. */
static err read_cookie(struct api_call *c)
{
    struct arena *a = c->rq->arena;
    str secret = browser_cookie(c->rq);
    struct web_session web = {0};
    if (secret.len)
        TRY(web_session_get(a, &c->session, secret, &web));
    if (web.n == 0)
        return NULL;
    const struct identity who = {.org = web.org, .person = web.person};
    struct reader reader;
    err failure = login_reader(a, &c->session, &who, &reader);
    if (failure)
        return failure->code == ERR_UNAUTHENTICATED ? NULL : failure;
    c->web = web;
    c->secret = secret;
    if (web.stage != WEB_STAGE_WHOLE) /* known to the steps before, and to nothing else */
        return login_reader(a, &c->session, &c->who, &c->reader);
    c->who = who;
    c->reader = reader;
    note_use(c);
    return NULL;
}

static bool is_bearer(str authorization)
{
    return str_eq_nocase(str_part(authorization, 0, 7), LIT("Bearer "));
}

/* A token where there is one, else a browser's cookie, else a client's certificate. */
static err find_reader(struct api_call *c)
{
    struct arena *a = c->rq->arena;
    struct credentials credentials = {.authorization = http_header(c->rq, LIT("Authorization")),
                                      .fingerprint = c->rq->fingerprint,
                                      .peer = c->rq->peer};
    TRY(session_read(a, c->app->store, &c->session));
    if (credentials.authorization.len && !is_bearer(credentials.authorization))
        return FAIL(a, ERR_UNAUTHENTICATED,
                    "Programs use a person's token here (Authorization: Bearer), not a password");
    if (credentials.authorization.len == 0)
        TRY(read_cookie(c));
    if (c->web.n)
        return NULL;
    bool needs_hashing;
    TRY(login_now(a, &c->session, c->app->login, &credentials, &c->who, &needs_hashing));
    c->is_bearer = credentials.authorization.len > 0;
    return login_reader(a, &c->session, &c->who, &c->reader);
}

/* ---- what was sent */

/* What a browser may have been talked into by another site is refused. */
static err check_browser(struct api_call *c)
{
    if (!is_unsafe(c) || c->is_bearer)
        return NULL;
    TRY(browser_check_origin(c->rq->arena, c->rq, c->app->public_url));
    if (c->web.n == 0)
        return NULL;
    str sent = http_header(c->rq, LIT("X-CSRF-Token"));
    str wanted = web_session_csrf(c->rq->arena, &c->app->store->keys, c->secret);
    if (!secret_eq(sent, wanted))
        return FAIL(c->rq->arena, ERR_FORBIDDEN,
                    "X-CSRF-Token is not the `csrf` of this session; get /api/session again");
    return NULL;
}

static err read_body(struct api_call *c)
{
    struct arena *a = c->rq->arena;
    str path;
    if (c->row->body_bytes_max == 0 || c->row->body_bytes_max == API_FILE)
        return NULL;
    if (!http_content_type_is(http_header(c->rq, LIT("Content-Type")), LIT("application/json")))
        return FAIL(a, ERR_MEDIA_TYPE, "Send a body as Content-Type: application/json");
    TRY(json_read(a, &c->json_reader, c->rq->body, NULL, &c->body));
    if (!json_is(c->body, JSON_OBJECT))
        return FAIL(a, ERR_INPUT, "The body is a JSON object");
    if (json_find_duplicate(a, c->body, &path))
        return FAIL(a, ERR_INPUT, "%.*s stands twice in the body", STR_ARG(path));
    return NULL;
}

static err run(struct api_call *c)
{
    struct arena *a = c->rq->arena;
    err unknown = find_row(c);
    TRY(find_reader(c));
    c->rq->user = (void *)(intptr_t)c->who.org; /* for the access log */
    if (c->who.org && !quota_take(c->app->quota, c->who.org, &c->retry_seconds))
        return FAIL(a, ERR_THROTTLED, "Your organization has asked too often this minute");
    if (unknown)
        return unknown->code == ERR_NOT_FOUND ? api_not_found(c) : unknown;
    TRY(api_check_right(c));
    TRY(check_browser(c));
    TRY(http_query_read(a, c->rq->query, &c->query));
    TRY(read_body(c));
    return c->row->handle(c);
}

void api_handle(struct app *app, struct http_request *rq)
{
    struct api_call *c = NEW(rq->arena, struct api_call);
    c->app = app;
    c->rq = rq;
    buf_init(&c->text, API_ANSWER_BYTES_MAX);
    err failure = run(c);
    if (failure)
        api_fail(c, failure);
}

/* ---- when only the header is there */

static err check_file(struct api_call *c, uint64_t bytes_max)
{
    TRY(files_check_may_hand_in(c));
    if (c->rq->content_length <= bytes_max)
        return NULL;
    return FAIL(c->rq->arena, ERR_TOO_LARGE,
                "A file has at most %llu MB here, and this one has %llu MB",
                (unsigned long long)(bytes_max / MB),
                (unsigned long long)((c->rq->content_length + MB - 1) / MB));
}

/* Who sends much is known, and may, before its bytes are held as theirs (S7). */
static err admit_large(struct api_call *c, uint64_t bytes_max)
{
    struct arena *a = c->rq->arena;
    TRY(find_row(c));
    TRY(find_reader(c));
    TRY(api_check_right(c));
    TRY(check_browser(c));
    if (c->row->body_bytes_max == API_FILE)
        TRY(check_file(c, bytes_max));
    if (!http_body_pay(c->rq, login_payer(c->app->login, c->rq->peer, c->who.org)))
        return FAIL(a, ERR_THROTTLED, HTTP_PAYER_WORDS);
    return NULL;
}

static void admit(struct app *app, struct http_request *rq, uint64_t bytes_max)
{
    struct api_call *c = NEW(rq->arena, struct api_call);
    c->app = app;
    c->rq = rq;
    err failure = admit_large(c, bytes_max);
    if (failure)
        api_fail(c, failure);
    else
        session_done(&c->session);
}

static uint64_t limit_of(const struct app *app, const struct api_row *row)
{
    if (row && row->body_bytes_max == API_FILE)
        return files_bytes_max(app);
    /* A body that nobody reads is harmless while it is small. */
    return row && row->body_bytes_max ? row->body_bytes_max : SMALL;
}

void api_prepare(struct app *app, struct http_request *rq)
{
    struct http_route_match match;
    const struct http_routes routes = HTTP_ROUTES(API_ROWS);
    err unknown = http_route_find(rq->arena, routes, rq->method, rq->path, &match);
    const struct api_row *row = unknown ? NULL : &API_ROWS[match.index];
    uint64_t bytes_max = limit_of(app, row);
    if (rq->body_bytes_max > bytes_max)
        rq->body_bytes_max = bytes_max;
    if (rq->inflated_bytes_max > bytes_max)
        rq->inflated_bytes_max = bytes_max;
    bool is_small = rq->has_length && rq->content_length <= SMALL;
    bool may_be_large = row && row->body_bytes_max > SMALL;
    if (rq->has_body && may_be_large && (row->body_bytes_max == API_FILE || !is_small))
        admit(app, rq, bytes_max);
}
