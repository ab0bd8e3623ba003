/*
 * Access: collections and grants (G2, G9). Tokens stand in tokens.c.
 */
#include "api/etag.h"
#include "api/fields.h"
#include "api/handlers.h"
#include "api/parts.h"
#include "service/admin_access.h"
#include "service/oversight.h"

/* ---- collections */

static bool put_collection(struct json_writer *w, const struct api_call *c, const struct policy *p,
                           const struct policy_collection *one)
{
    bool may_read = reader_may_read_collection(&c->reader, one->n);
    bool may_write = reader_may_write_collection(&c->reader, one->n);
    if (!may_read && !may_write && !oversight_is_steward(&c->reader))
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
    grant->until_us = field_time(&f, "until");
    grant->purpose =
        field_text(&f, "purpose", (struct field_text){.bytes_max = GRANTS_PURPOSE_BYTES_MAX});
    if (!grant->is_revoked && !grant->may_read && !grant->may_write)
        field_fault(&f, LIT("may_read"), LIT("Say which right: may_read, may_write, or both"));
    TRY(api_fields_check(&f));
    return api_change(c, &(struct api_change){.run = run_grant, .context = grant});
}
