/*
 * Tokens (S10, G9). One's own are made by oneself, so that nobody who administers comes to read by
 * one; those of an organization by its own admins and by stewards (service/org_token.h). Stewards
 * see all of them and revoke. Secrets are for browsers alone, so that no token makes another.
 */
#include "api/fields.h"
#include "api/handlers.h"
#include "api/parts.h"
#include "service/account.h"
#include "service/org_token.h"

#define TOKEN_COLLECTIONS_MAX 100

/* ---- looking */

static void put_collections(struct json_writer *w, const struct policy *p,
                            const struct policy_token *t)
{
    json_key(w, LIT("collections"));
    json_open_array(w);
    for (size_t i = 0; i < t->collection_count; i++) {
        const struct policy_collection *c = policy_collection(p, (uint32_t)t->collections[i]);
        if (c)
            json_put_string(w, c->id);
    }
    json_close_array(w);
}

static void put_token(struct json_writer *w, const struct policy *p, const struct policy_token *t)
{
    const struct policy_org *org = policy_org(p, t->org);
    const struct policy_person *person = t->person ? policy_person(p, t->person) : NULL;
    json_open_object(w);
    json_member(w, "id", t->id);
    json_member(w, "kind", t->is_certificate ? LIT("certificate") : LIT("bearer"));
    json_member(w, "name", t->name);
    json_member(w, "organization", org ? org->name : (str){0});
    if (person)
        json_member(w, "person", person->name);
    json_member_bool(w, "is_read_only", t->is_read_only);
    json_member_bool(w, "is_revoked", t->is_revoked);
    if (t->expires_us)
        part_time(w, "expires", t->expires_us);
    if (t->is_narrowed)
        put_collections(w, p, t);
    json_close_object(w);
}

typedef bool token_is_meant(const struct policy_token *t, const void *context);

/* `is_meant` NULL: all of them. */
static err list_tokens(struct api_call *c, token_is_meant *is_meant, const void *context)
{
    struct part_list list = {0};
    TRY(api_page_read(c, &list.page));
    int64_t place = part_place(&list.page);
    struct json_writer *w = part_list_open(c);
    const struct policy *p = c->session.policy;
    for (size_t i = 0; i < p->token_count; i++) {
        const struct policy_token *t = &p->tokens[i];
        if (t->n <= place || (is_meant && !is_meant(t, context)))
            continue;
        list.has_more = list.count == list.page.limit;
        if (list.has_more)
            break;
        put_token(w, p, t);
        list.last = t->n;
        list.count++;
    }
    part_list_send(c, &list);
    return NULL;
}

err api_list_tokens(struct api_call *c)
{
    return list_tokens(c, NULL, NULL);
}

static bool is_of_person(const struct policy_token *t, const void *context)
{
    return t->person == *(const int64_t *)context;
}

err api_list_own_tokens(struct api_call *c)
{
    return list_tokens(c, is_of_person, &c->who.person);
}

static bool is_of_org(const struct policy_token *t, const void *context)
{
    return org_token_is_of(t, context);
}

err api_list_org_tokens(struct api_call *c)
{
    const struct policy_org *org = NULL;
    TRY(org_token_owner(c->rq->arena, &c->session, &c->reader, api_param(c, "organization"), &org));
    return list_tokens(c, is_of_org, org);
}

/* ---- making */

struct making {
    struct admin_token token;
    struct admin_token_made made;
};

/* What is made goes out of the writer's arena. */
static void keep_made(struct api_call *c, struct making *making)
{
    making->made.id = arena_copy(c->rq->arena, making->made.id);
    making->made.secret = arena_copy(c->rq->arena, making->made.secret);
    c->result = making->made.id;
}

/* A collection on which one has no right is an unknown one (G2). */
static err collection_words(struct api_call *c, err failure)
{
    if (failure == NULL || failure->code != ERR_NOT_FOUND)
        return part_words(c, failure);
    *LIST_ADD(c->rq->arena, &c->faults) =
        (struct api_fault){LIT("/collections"), LIT("One of them is not there, or not yours")};
    return FAIL(c->rq->arena, ERR_INVALID, "Name collections that are on your list of them");
}

static err run_make(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    struct making *making = context;
    TRY(account_check_may_make_token(c->rq->arena, s, &c->web));
    making->token.org = c->reader.org->id;
    making->token.person = c->reader.person->email;
    TRY(collection_words(c, org_token_check_narrowing(a, s, &c->reader, &making->token)));
    TRY(part_words(c, admin_add_token_in(a, s, &making->token, &making->made)));
    keep_made(c, making);
    return NULL;
}

static err run_make_org(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    struct making *making = context;
    making->token.org = api_param(c, "organization");
    TRY(collection_words(
        c, org_token_add(a, s, &c->reader, &making->token, c->app->public_url, &making->made)));
    keep_made(c, making);
    return NULL;
}

/* A repeated request hears what was made, but its secret was shown once. */
static err answer_made(struct api_call *c, void *context)
{
    const struct making *making = context;
    const struct policy_token *t = map_get(&c->session.policy->token_by_id, c->result);
    if (t == NULL)
        return api_not_found(c);
    struct json_writer *w = api_body(c);
    json_open_object(w);
    json_key(w, LIT("token"));
    put_token(w, c->session.policy, t);
    json_member_if(w, "secret", making->made.secret);
    json_close_object(w);
    api_send(c, 201);
    return NULL;
}

static err check_browser(const struct api_call *c)
{
    return c->web.n ? NULL
                    : FAIL(c->rq->arena, ERR_FORBIDDEN,
                           "Tokens are made in a browser, or on the console of the exchange");
}

static err read_making(struct api_call *c, struct making **out)
{
    struct api_fields f = api_fields(c);
    struct making *making = NEW(c->rq->arena, struct making);
    struct admin_token *token = &making->token;
    token->name =
        field_text(&f, "name", (struct field_text){.is_required = true, .bytes_max = 200});
    token->is_read_only = field_flag(&f, "is_read_only", false);
    token->expires_us = field_time(&f, "expires");
    if (token->expires_us && token->expires_us <= c->session.now_us)
        field_fault(&f, LIT("expires"), LIT("This is over already; a token ends later, or never"));
    struct field_list list = field_texts(&f, "collections", (struct field_text){.bytes_max = 300},
                                         TOKEN_COLLECTIONS_MAX);
    token->collections = list.items;
    token->collection_count = list.count;
    TRY(api_fields_check(&f));
    *out = making;
    return NULL;
}

err api_add_own_token(struct api_call *c)
{
    struct making *making = NULL;
    TRY(read_making(c, &making));
    const struct api_change change = {.run = run_make, .answer = answer_made, .context = making};
    return api_change(c, &change);
}

err api_add_org_token(struct api_call *c)
{
    struct making *making = NULL;
    TRY(check_browser(c));
    TRY(read_making(c, &making));
    const struct api_change change = {
        .run = run_make_org, .answer = answer_made, .context = making};
    return api_change(c, &change);
}

/* ---- ending */

/* `context`: non-NULL where only one's own count. */
static err run_revoke(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    const struct policy_token *t = map_get(&s->policy->token_by_id, api_param(c, "token"));
    str id;
    if (t == NULL || (context && t->person != c->who.person))
        return api_not_found(c);
    return part_words(c, admin_revoke_token_in(a, s, t->id, &id));
}

err api_revoke_token(struct api_call *c)
{
    return api_change(c, &(struct api_change){.run = run_revoke});
}

err api_revoke_own_token(struct api_call *c)
{
    return api_change(c, &(struct api_change){.run = run_revoke, .context = c});
}

static err run_revoke_all(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    (void)context;
    return account_revoke_tokens(a, s, c->who.person);
}

err api_revoke_own_tokens(struct api_call *c)
{
    return api_change(c, &(struct api_change){.run = run_revoke_all});
}

static err run_revoke_org(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    (void)context;
    return part_words(
        c, org_token_revoke(a, s, &c->reader, api_param(c, "organization"), api_param(c, "token")));
}

err api_revoke_org_token(struct api_call *c)
{
    return api_change(c, &(struct api_change){.run = run_revoke_org});
}
