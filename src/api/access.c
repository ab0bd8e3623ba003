/*
 * Access: tokens, collections and grants (G2, G9). Tokens are made by their own person, so that
 * nobody who administers comes to read by one; stewards see all of them and revoke.
 */
#include "api/etag.h"
#include "api/fields.h"
#include "api/handlers.h"
#include "api/parts.h"
#include "base/clock.h"
#include "service/account.h"
#include "service/admin_access.h"
#include "service/oversight.h"

#define TOKEN_COLLECTIONS_MAX 100

static bool is_visible(const struct api_call *c, const struct policy_collection *one)
{
    return reader_may_read_collection(&c->reader, one->n) ||
           reader_may_write_collection(&c->reader, one->n) || oversight_is_steward(&c->reader);
}

/* ---- tokens */

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

/* `person` 0: all of them. */
static err list_tokens(struct api_call *c, int64_t person)
{
    struct part_list list = {0};
    TRY(api_page_read(c, &list.page));
    int64_t place = part_place(&list.page);
    struct json_writer *w = part_list_open(c);
    const struct policy *p = c->session.policy;
    for (size_t i = 0; i < p->token_count; i++) {
        const struct policy_token *t = &p->tokens[i];
        if (t->n <= place || (person && t->person != person))
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
    return list_tokens(c, 0);
}

err api_list_own_tokens(struct api_call *c)
{
    return list_tokens(c, c->who.person);
}

struct making {
    struct admin_token token;
    struct admin_token_made made;
};

/* One on which the reader has no right is an unknown one (G2). */
static err check_collections(const struct session *s, struct api_call *c,
                             const struct admin_token *token)
{
    for (size_t i = 0; i < token->collection_count; i++) {
        const struct policy_collection *one;
        err absent = collections_find(c->rq->arena, s, token->collections[i], &one);
        if (absent || !is_visible(c, one))
            return FAIL(c->rq->arena, ERR_INVALID,
                        "there is no collection '%.*s' that you read or write",
                        STR_ARG(token->collections[i]));
    }
    return NULL;
}

static err run_make(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    struct making *making = context;
    TRY(account_check_may_make_token(c->rq->arena, s, &c->web));
    TRY(check_collections(s, c, &making->token));
    making->token.org = c->reader.org->id;
    making->token.person = c->reader.person->email;
    TRY(part_words(c, admin_add_token_in(a, s, &making->token, &making->made)));
    making->made.id = arena_copy(c->rq->arena, making->made.id);
    making->made.secret = arena_copy(c->rq->arena, making->made.secret);
    c->result = making->made.id;
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

static int64_t read_time(struct api_fields *f, const char *name)
{
    int64_t time_us = 0;
    str text = field_text(f, name, (struct field_text){.bytes_max = 40});
    if (text.len && !clock_read(text, &time_us, NULL))
        field_fault(f, str_of(name), LIT("This is a time such as 2018-11-07T00:00:00Z"));
    return time_us;
}

err api_add_own_token(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct making *making = NEW(c->rq->arena, struct making);
    making->token.name =
        field_text(&f, "name", (struct field_text){.is_required = true, .bytes_max = 200});
    making->token.is_read_only = field_flag(&f, "is_read_only", false);
    making->token.expires_us = read_time(&f, "expires");
    struct field_list list = field_texts(&f, "collections", (struct field_text){.bytes_max = 300},
                                         TOKEN_COLLECTIONS_MAX);
    making->token.collections = list.items;
    making->token.collection_count = list.count;
    TRY(api_fields_check(&f));
    const struct api_change change = {.run = run_make, .answer = answer_made, .context = making};
    return api_change(c, &change);
}

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

/* ---- collections */

static bool put_collection(struct json_writer *w, const struct api_call *c, const struct policy *p,
                           const struct policy_collection *one)
{
    bool may_read = reader_may_read_collection(&c->reader, one->n);
    bool may_write = reader_may_write_collection(&c->reader, one->n);
    if (!is_visible(c, one))
        return false;
    json_open_object(w);
    json_member(w, "id", one->id);
    json_member_if(w, "alias", one->alias);
    json_member(w, "title", one->title);
    json_member_if(w, "description", one->description);
    json_member(w, "default_label", tlp_word(one->default_tlp));
    json_member_bool(w, "is_public", one->is_public);
    json_member_bool(w, "is_built_in", one->is_builtin);
    if (one->publisher)
        json_member(w, "publisher", policy_org(p, one->publisher)->id);
    json_member_bool(w, "may_read", may_read);
    json_member_bool(w, "may_write", may_write);
    json_close_object(w);
    return true;
}

err api_list_collections(struct api_call *c)
{
    struct part_list list = {0};
    struct json_writer *w = part_list_open(c);
    const struct policy *p = c->session.policy;
    for (size_t i = 0; i < p->collection_count; i++)
        list.count += put_collection(w, c, p, &p->collections[i]);
    part_list_send(c, &list);
    return NULL;
}

struct collecting {
    struct collection_entry entry;
    str publisher;
};

static err run_collect(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    const struct collecting *in = context;
    str id;
    TRY(part_words(c, admin_add_collection_in(a, s, &in->entry, in->publisher, &id)));
    c->result = arena_copy(c->rq->arena, id);
    return NULL;
}

static err answer_collected(struct api_call *c, void *context)
{
    (void)context;
    const struct policy_collection *one = policy_collection_by_key(c->session.policy, c->result);
    if (one == NULL)
        return api_not_found(c);
    put_collection(api_body(c), c, c->session.policy, one);
    api_send(c, 201);
    return NULL;
}

err api_add_collection(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct collecting *in = NEW(c->rq->arena, struct collecting);
    struct collection_entry *entry = &in->entry;
    entry->title = field_text(
        &f, "title",
        (struct field_text){.is_required = true, .bytes_max = COLLECTIONS_TITLE_BYTES_MAX});
    entry->alias =
        field_text(&f, "alias", (struct field_text){.bytes_max = COLLECTIONS_ALIAS_BYTES_MAX});
    entry->description =
        field_text(&f, "description",
                   (struct field_text){.bytes_max = COLLECTIONS_DESCRIPTION_BYTES_MAX,
                                       .may_have_lines = true});
    str label =
        field_text(&f, "default_label", (struct field_text){.bytes_max = 20, .words = PART_LABELS});
    if (!tlp_read(label, &entry->default_tlp))
        entry->default_tlp = TLP_AMBER;
    entry->is_public = field_flag(&f, "is_public", false);
    in->publisher = field_text(&f, "publisher", (struct field_text){.bytes_max = 300});
    TRY(api_fields_check(&f));
    const struct api_change change = {
        .run = run_collect, .answer = answer_collected, .context = in};
    return api_change(c, &change);
}

static str state_of(struct api_call *c, const struct policy *p, const struct policy_collection *one)
{
    put_collection(api_body(c), c, p, one);
    return arena_copy(c->rq->arena, buf_str(&c->text));
}

err api_get_collection(struct api_call *c)
{
    const struct policy_collection *one =
        policy_collection_by_key(c->session.policy, api_param(c, "collection"));
    if (one == NULL || !put_collection(api_body(c), c, c->session.policy, one))
        return api_not_found(c);
    api_etag(c, buf_str(&c->text));
    api_send(c, 200);
    return NULL;
}

static err run_edit(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    const struct policy_collection *one =
        policy_collection_by_key(s->policy, api_param(c, "collection"));
    str id;
    if (one == NULL)
        return api_not_found(c);
    c->current = state_of(c, s->policy, one);
    TRY(api_check_match(c, c->current));
    return part_words(c, admin_edit_collection_in(a, s, one->id, context, &id));
}

static err answer_edited(struct api_call *c, void *context)
{
    (void)context;
    return api_get_collection(c);
}

err api_edit_collection(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct admin_collection_change *change = NEW(c->rq->arena, struct admin_collection_change);
    change->title =
        field_text(&f, "title", (struct field_text){.bytes_max = COLLECTIONS_TITLE_BYTES_MAX});
    change->has_alias = field_is_there(&f, "alias");
    change->alias =
        field_text(&f, "alias", (struct field_text){.bytes_max = COLLECTIONS_ALIAS_BYTES_MAX});
    change->has_description = field_is_there(&f, "description");
    change->description =
        field_text(&f, "description",
                   (struct field_text){.bytes_max = COLLECTIONS_DESCRIPTION_BYTES_MAX,
                                       .may_have_lines = true});
    str label =
        field_text(&f, "default_label", (struct field_text){.bytes_max = 20, .words = PART_LABELS});
    change->has_default_tlp = tlp_read(label, &change->default_tlp);
    change->has_public = field_is_there(&f, "is_public");
    change->is_public = field_flag(&f, "is_public", false);
    change->has_publisher = field_is_there(&f, "publisher");
    change->publisher = field_text(&f, "publisher", (struct field_text){.bytes_max = 300});
    TRY(api_fields_check(&f));
    const struct api_change edit = {.run = run_edit, .answer = answer_edited, .context = change};
    return api_change(c, &edit);
}

/* ---- grants */

static void put_grant(struct json_writer *w, const struct policy *p, const struct grant_entry *g)
{
    const struct policy_collection *c = policy_collection(p, g->collection);
    const struct policy_org *org = policy_org_by_id(p, g->subject);
    json_open_object(w);
    json_member(w, "collection", c ? c->id : (str){0});
    json_member(w, "to", g->subject);
    if (org)
        json_member(w, "name", org->name);
    json_member_bool(w, "may_read", g->may_read);
    json_member_bool(w, "may_write", g->may_write);
    if (g->until_us)
        part_time(w, "until", g->until_us);
    json_member_if(w, "purpose", g->purpose);
    json_close_object(w);
}

err api_list_grants(struct api_call *c)
{
    struct part_list list = {0};
    struct grant_entries grants = {0};
    TRY(grants_list(c->rq->arena, &c->session, &grants));
    struct json_writer *w = part_list_open(c);
    for (size_t i = 0; i < grants.count; i++)
        put_grant(w, c->session.policy, &grants.items[i]);
    part_list_send(c, &list);
    return NULL;
}

static err run_grant(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    return part_words(c, admin_grant_in(a, s, context));
}

err api_put_grant(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct admin_grant *grant = NEW(c->rq->arena, struct admin_grant);
    const struct field_text needed = {.is_required = true, .bytes_max = 300};
    grant->collection = field_text(&f, "collection", needed);
    grant->to = field_text(&f, "to", needed);
    grant->may_read = field_flag(&f, "may_read", false);
    grant->may_write = field_flag(&f, "may_write", false);
    grant->is_revoked = field_flag(&f, "is_revoked", false);
    grant->until_us = read_time(&f, "until");
    grant->purpose =
        field_text(&f, "purpose", (struct field_text){.bytes_max = GRANTS_PURPOSE_BYTES_MAX});
    if (!grant->is_revoked && !grant->may_read && !grant->may_write)
        field_fault(&f, LIT("may_read"), LIT("Say which right: may_read, may_write, or both"));
    TRY(api_fields_check(&f));
    return api_change(c, &(struct api_change){.run = run_grant, .context = grant});
}
