/*
 * Passkeys: the options a browser needs for navigator.credentials, and what it sends back (B6). The
 * JSON is that of WebAuthn level 3, §5.1.8 to §5.1.10, binary values as base64url.
 */
#include "api/browser.h"
#include "api/fields.h"
#include "api/handlers.h"
#include "api/parts.h"
#include "service/account.h"
#include "service/signing.h"

#define TIMEOUT_MS 300000
#define BINARY_BYTES_MAX 8192

static struct browser_site site_of(const struct api_call *c)
{
    return browser_site(c->rq->arena, c->rq, c->app->public_url, c->app->is_loopback);
}

/* ---- challenges */

/* Nothing is written for it: whoever asks is nobody yet. */
static struct json_writer *open_options(struct api_call *c, int64_t person)
{
    struct json_writer *w = api_body(c);
    json_open_object(w);
    json_member(w, "challenge", passkey_challenge_make(c->rq->arena, &c->session, person));
    json_member_i64(w, "timeout", TIMEOUT_MS);
    return w;
}

err api_ask_passkey(struct api_call *c)
{
    struct json_writer *w = open_options(c, 0);
    json_member(w, "rpId", site_of(c).host);
    json_member(w, "userVerification", LIT("required"));
    json_close_object(w);
    api_send(c, 200);
    return NULL;
}

/* ---- making one */

static void put_user(struct json_writer *w, struct api_call *c, const struct policy_person *person)
{
    json_key(w, LIT("rp"));
    json_open_object(w);
    json_member(w, "id", site_of(c).host);
    json_member(w, "name", c->app->store->name);
    json_close_object(w);
    json_key(w, LIT("user"));
    json_open_object(w);
    json_member(w, "id", secret_base64url(c->rq->arena, person->id));
    json_member(w, "name", person->email);
    json_member(w, "displayName", person->name);
    json_close_object(w);
}

static void put_wishes(struct json_writer *w)
{
    json_member_raw(w, "pubKeyCredParams", LIT("[{\"type\":\"public-key\",\"alg\":-7}]"));
    json_member(w, "attestation", LIT("none"));
    json_member_raw(w, "authenticatorSelection",
                    LIT("{\"residentKey\":\"required\",\"requireResidentKey\":true,"
                        "\"userVerification\":\"required\"}"));
}

static err put_excluded(struct json_writer *w, struct api_call *c)
{
    struct authenticators list;
    TRY(authenticators_list(c->rq->arena, &c->session, c->web.person, &list));
    json_key(w, LIT("excludeCredentials"));
    json_open_array(w);
    for (size_t i = 0; i < list.count; i++) {
        if (list.items[i].credential.len == 0)
            continue;
        json_open_object(w);
        json_member(w, "type", LIT("public-key"));
        json_member(w, "id", secret_base64url(c->rq->arena, list.items[i].credential));
        json_close_object(w);
    }
    json_close_array(w);
    return NULL;
}

err api_begin_passkey(struct api_call *c)
{
    const struct policy_person *person = policy_person(c->session.policy, c->web.person);
    if (person == NULL)
        return api_not_found(c);
    struct json_writer *w = open_options(c, person->n);
    put_user(w, c, person);
    put_wishes(w);
    TRY(put_excluded(w, c));
    json_close_object(w);
    api_send(c, 200);
    return NULL;
}

/* ---- what a browser sends back */

static str read_binary(struct api_fields *f, const char *name)
{
    str bytes = {0};
    str text = field_text(f, name,
                          (struct field_text){.is_required = true, .bytes_max = BINARY_BYTES_MAX});
    if (text.len && secret_from_base64url(f->c->rq->arena, text, &bytes) != NULL)
        field_fault(f, str_of(name), LIT("This is base64url without padding"));
    return bytes;
}

/* The ceremony as this server knows it, with the challenge that the client data name. */
static struct passkey_ceremony ceremony_of(const struct api_call *c, str client_data)
{
    OWNED(json_reader_done) struct json_reader reader = {0};
    struct browser_site site = site_of(c);
    json data;
    str challenge = {0};
    if (json_read(c->rq->arena, &reader, client_data, NULL, &data) == NULL)
        challenge = arena_copy(c->rq->arena, json_get_string(data, LIT("challenge")));
    return (struct passkey_ceremony){
        .challenge = challenge, .origin = site.origin, .rp_id = site.host};
}

static err run_add(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    str secret;
    TRY(account_add_passkey(a, s, &c->web, context, &secret));
    return part_session_renewed(c, s, secret);
}

err api_add_passkey(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct account_passkey *p = NEW(c->rq->arena, struct account_passkey);
    p->name =
        field_text(&f, "name", (struct field_text){.bytes_max = AUTHENTICATOR_NAME_BYTES_MAX});
    p->client_data = read_binary(&f, "clientDataJSON");
    p->attestation = read_binary(&f, "attestationObject");
    TRY(api_fields_check(&f));
    p->ceremony = ceremony_of(c, p->client_data);
    p->public_url = c->app->public_url;
    const struct api_change change = {.run = run_add, .answer = part_session_answer, .context = p};
    return api_change(c, &change);
}

struct arriving {
    struct signing_passkey passkey;
    bool is_shared;
};

static err run_arrive(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    const struct arriving *in = context;
    const struct signing_browser browser = part_browser(c, in->is_shared);
    str secret;
    TRY(signing_by_passkey(a, s, &in->passkey, &browser, &secret));
    return part_session_begun(c, s, secret);
}

err api_sign_in_by_passkey(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct arriving *in = NEW(c->rq->arena, struct arriving);
    struct signing_passkey *p = &in->passkey;
    p->credential = read_binary(&f, "id");
    p->assertion.client_data = read_binary(&f, "clientDataJSON");
    p->assertion.authenticator_data = read_binary(&f, "authenticatorData");
    p->assertion.signature = read_binary(&f, "signature");
    in->is_shared = field_flag(&f, "is_shared_computer", false);
    TRY(api_fields_check(&f));
    p->ceremony = ceremony_of(c, p->assertion.client_data);
    const struct api_change change = {
        .run = run_arrive, .answer = part_session_answer, .context = in};
    return api_change(c, &change);
}
