/*
 * One's own account: password, authenticators, recovery codes, sessions.
 */
#include "service/account.h"

#include "api/fields.h"
#include "api/handlers.h"
#include "api/parts.h"
#include "base/totp.h"
#include "service/admin_people.h"
#include "store/people.h"

#define PASSWORD_BYTES_MAX 1000

/* ---- looking */

static err put_authenticators(struct json_writer *w, struct api_call *c)
{
    struct authenticators list;
    TRY(authenticators_list(c->rq->arena, &c->session, c->web.person, &list));
    json_key(w, LIT("authenticators"));
    json_open_array(w);
    for (size_t i = 0; i < list.count; i++) {
        const struct authenticator *one = &list.items[i];
        if (!one->is_confirmed)
            continue;
        json_open_object(w);
        json_member(w, "id", one->id);
        json_member(w, "kind", one->kind);
        json_member(w, "name", one->name);
        part_time(w, "created", one->created_us);
        if (one->used_us)
            part_time(w, "used", one->used_us);
        json_close_object(w);
    }
    json_close_array(w);
    return NULL;
}

static err put_sessions(struct json_writer *w, struct api_call *c)
{
    struct web_sessions list;
    TRY(web_session_list(c->rq->arena, &c->session, c->web.person, &list));
    json_key(w, LIT("sessions"));
    json_open_array(w);
    for (size_t i = 0; i < list.count; i++) {
        const struct web_session *one = &list.items[i];
        const struct policy_org *org = policy_org(c->session.policy, one->org);
        json_open_object(w);
        json_member(w, "id", one->id);
        json_member_bool(w, "is_this", one->n == c->web.n);
        json_member(w, "organization", org ? org->name : (str){0});
        json_member(w, "browser", one->agent);
        json_member(w, "address", one->peer);
        json_member_bool(w, "is_shared_computer", one->is_shared);
        part_time(w, "begun", one->created_us);
        part_time(w, "used", one->used_us);
        json_close_object(w);
    }
    json_close_array(w);
    return NULL;
}

/* Links that others made for this account: who is not asked for them sees them here (B5). */
static err put_links(struct json_writer *w, struct api_call *c)
{
    struct person_links list;
    TRY(person_links_list(c->rq->arena, &c->session, c->web.person, &list));
    json_key(w, LIT("links"));
    json_open_array(w);
    for (size_t i = 0; i < list.count; i++) {
        json_open_object(w);
        json_member(w, "id", list.items[i].id);
        part_time(w, "made", list.items[i].created_us);
        part_time(w, "starts", list.items[i].starts_us);
        part_time(w, "expires", list.items[i].expires_us);
        TRY(part_actor(w, c, list.items[i].made_by));
        json_close_object(w);
    }
    json_close_array(w);
    return NULL;
}

static err put_account(struct json_writer *w, struct api_call *c)
{
    const struct policy_person *person = policy_person(c->session.policy, c->web.person);
    struct person_contact contact;
    int64_t codes;
    TRY(people_contact(c->rq->arena, &c->session, c->web.person, &contact));
    TRY(recovery_codes_count(c->rq->arena, &c->session, c->web.person, &codes));
    json_member(w, "name", person->name);
    json_member(w, "email", person->email);
    json_member_if(w, "phone", contact.phone);
    json_member_if(w, "timezone", contact.timezone);
    json_member_bool(w, "has_password", person->password.len > 0);
    json_member_bool(w, "is_strong", c->web.is_strong);
    json_member_i64(w, "recovery_codes", codes);
    TRY(part_contact_change(w, c));
    TRY(put_authenticators(w, c));
    TRY(put_sessions(w, c));
    return put_links(w, c);
}

err api_get_account(struct api_call *c)
{
    struct json_writer *w = api_body(c);
    json_open_object(w);
    TRY(put_account(w, c));
    json_close_object(w);
    api_send(c, 200);
    return NULL;
}

/* ---- how times are shown */

static err run_zone(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    err failure = account_set_timezone(a, s, &c->web, *(const str *)context);
    if (failure && failure->code == ERR_USAGE)
        *LIST_ADD(c->rq->arena, &c->faults) =
            (struct api_fault){LIT("/timezone"), LIT("This is a name such as America/New_York")};
    return part_words(c, failure);
}

static err answer_edited(struct api_call *c, void *context)
{
    (void)context;
    return api_get_account(c);
}

err api_edit_account(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    str *timezone = NEW(c->rq->arena, str);
    *timezone =
        field_text(&f, "timezone", (struct field_text){.bytes_max = PEOPLE_TIMEZONE_BYTES_MAX});
    if (!field_is_there(&f, "timezone"))
        field_fault(&f, LIT("timezone"), LIT("This is needed"));
    TRY(api_fields_check(&f));
    const struct api_change change = {
        .run = run_zone, .answer = answer_edited, .context = timezone};
    return api_change(c, &change);
}

/* ---- password: the old one is verified and the new one hashed on the login's thread */

struct setting {
    struct api_call *c;
    struct login_form form; /* of the old password, or the new one at first */
    str password;
    str hash;
};

static err run_set(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    const struct setting *setting = context;
    const struct account_password password = {.hash = setting->hash,
                                              .public_url = c->app->public_url};
    str secret;
    TRY(account_set_password(a, s, &c->web, &password, &secret));
    return part_session_renewed(c, s, secret);
}

static void set(void *context, err failure, str encoded)
{
    struct setting *setting = context;
    struct api_call *c = setting->c;
    if (failure) {
        api_fail_elsewhere(c, failure);
        return;
    }
    setting->hash = arena_copy(c->rq->arena, encoded);
    const struct api_change change = {
        .run = run_set, .answer = part_session_answer, .context = setting};
    err busy = api_change(c, &change);
    if (busy)
        api_fail(c, busy);
}

static void hash_after_check(void *context, err failure, const struct identity *who)
{
    struct setting *setting = context;
    struct api_call *c = setting->c;
    (void)who;
    if (failure && failure->code == ERR_UNAUTHENTICATED) {
        *LIST_ADD(c->rq->arena, &c->faults) =
            (struct api_fault){LIT("/old"), LIT("This is not the password")};
        failure = FAIL(c->rq->arena, ERR_INVALID, "Nothing was changed");
    }
    str encoded = {0};
    if (failure == NULL)
        failure = secret_password_hash(c->rq->arena, setting->password, &encoded);
    set(setting, failure, encoded);
}

err api_set_password(struct api_call *c)
{
    struct arena *a = c->rq->arena;
    struct api_fields f = api_fields(c);
    struct setting *setting = NEW(a, struct setting);
    const struct policy_person *person = policy_person(c->session.policy, c->web.person);
    bool needs_old = c->web.stage == WEB_STAGE_WHOLE && person->password.len > 0;
    const struct field_text rule = {
        .is_required = true, .is_opaque = true, .bytes_max = PASSWORD_BYTES_MAX};
    setting->c = c;
    setting->password = field_text(&f, "password", rule);
    setting->form = (struct login_form){.email = arena_copy(a, person->email), .peer = c->rq->peer};
    if (needs_old)
        setting->form.password = field_text(&f, "old", rule);
    err bad = setting->password.len ? admin_check_password(a, setting->password) : NULL;
    if (bad)
        field_fault(&f, LIT("password"), error_text(a, bad));
    TRY(api_fields_check(&f));
    session_done(&c->session);
    if (needs_old)
        return login_form_later(a, c->app->login, &setting->form, hash_after_check, setting);
    setting->form.password = setting->password;
    return login_hash_later(a, c->app->login, &setting->form, set, setting);
}

/* ---- authenticator apps */

struct app_setup {
    str name;
    str code;
    bool is_right;
    struct authenticator made;
};

static err run_begin(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    struct app_setup *setup = context;
    TRY(account_begin_totp(a, s, &c->web, setup->name, &setup->made));
    setup->made.id = arena_copy(c->rq->arena, setup->made.id);
    setup->made.secret = arena_copy(c->rq->arena, setup->made.secret);
    return NULL;
}

static err answer_begun(struct api_call *c, void *context)
{
    struct arena *a = c->rq->arena;
    const struct app_setup *setup = context;
    str uri = totp_uri(a, c->app->store->name, c->reader.person->email, setup->made.secret);
    struct json_writer *w = api_body(c);
    json_open_object(w);
    json_member(w, "id", setup->made.id);
    json_member(w, "secret", totp_base32(a, setup->made.secret));
    json_member(w, "uri", uri);
    json_close_object(w);
    api_send(c, 201);
    return NULL;
}

err api_begin_totp(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct app_setup *setup = NEW(c->rq->arena, struct app_setup);
    setup->name =
        field_text(&f, "name", (struct field_text){.bytes_max = AUTHENTICATOR_NAME_BYTES_MAX});
    TRY(api_fields_check(&f));
    const struct api_change change = {
        .run = run_begin, .answer = answer_begun, .context = setup, .shows_once = true};
    return api_change(c, &change);
}

static err run_confirm(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    struct app_setup *setup = context;
    str secret;
    TRY(account_confirm_totp(a, s, &c->web, setup->code, &setup->is_right, &secret));
    return setup->is_right ? part_session_renewed(c, s, secret) : NULL;
}

static err answer_confirmed(struct api_call *c, void *context)
{
    const struct app_setup *setup = context;
    if (setup->is_right)
        return part_session_answer(c, NULL);
    *LIST_ADD(c->rq->arena, &c->faults) = (struct api_fault){
        LIT("/code"),
        LIT("This is not the code that shows now; see that the phone's time is right")};
    return FAIL(c->rq->arena, ERR_INVALID, "The app was not added");
}

err api_confirm_totp(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct app_setup *setup = NEW(c->rq->arena, struct app_setup);
    setup->code = field_text(&f, "code", (struct field_text){.is_required = true, .bytes_max = 20});
    TRY(api_fields_check(&f));
    const struct api_change change = {
        .run = run_confirm, .answer = answer_confirmed, .context = setup};
    return api_change(c, &change);
}

/* What names something that is not theirs is absent. */
static err hide(struct api_call *c, err failure)
{
    return failure && failure->code == ERR_NOT_FOUND ? api_not_found(c) : failure;
}

static err run_remove(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    (void)context;
    return hide(c, account_remove_authenticator(a, s, &c->web, api_param(c, "authenticator")));
}

err api_remove_authenticator(struct api_call *c)
{
    return api_change(c, &(struct api_change){.run = run_remove});
}

/* ---- recovery codes */

static err run_codes(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    str *codes = context;
    TRY(account_make_codes(a, s, &c->web, codes));
    for (size_t i = 0; i < RECOVERY_CODES; i++)
        codes[i] = arena_copy(c->rq->arena, codes[i]);
    return NULL;
}

static err answer_codes(struct api_call *c, void *context)
{
    const str *codes = context;
    struct json_writer *w = api_body(c);
    json_open_object(w);
    json_key(w, LIT("codes"));
    json_open_array(w);
    for (size_t i = 0; i < RECOVERY_CODES; i++)
        json_put_string(w, codes[i]);
    json_close_array(w);
    json_close_object(w);
    api_send(c, 200);
    return NULL;
}

err api_make_codes(struct api_call *c)
{
    str *codes = NEW_ARRAY(c->rq->arena, RECOVERY_CODES, str);
    const struct api_change change = {
        .run = run_codes, .answer = answer_codes, .context = codes, .shows_once = true};
    return api_change(c, &change);
}

/* ---- sessions and links */

static err run_end(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    (void)context;
    return hide(c, account_end_session(a, s, &c->web, api_param(c, "session")));
}

err api_end_session(struct api_call *c)
{
    return api_change(c, &(struct api_change){.run = run_end});
}

static err run_refuse(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    (void)context;
    return account_refuse_links(a, s, &c->web);
}

err api_refuse_links(struct api_call *c)
{
    return api_change(c, &(struct api_change){.run = run_refuse});
}
