/*
 * Organizations: who the members are, for everybody; status, notes and links for stewards (B2, B4).
 */
#include "api/etag.h"
#include "api/fields.h"
#include "api/handlers.h"
#include "api/parts.h"
#include "service/admin.h"
#include "service/oversight.h"
#include "stix/places.h"
#include "store/search_words.h"

/* ---- what is told */

static void put_strings(struct json_writer *w, const char *key, const str *items, size_t count)
{
    json_key(w, str_of(key));
    json_open_array(w);
    for (size_t i = 0; i < count; i++)
        json_put_string(w, items[i]);
    json_close_array(w);
}

static err put_links(struct json_writer *w, struct arena *a, struct session *s, str id)
{
    struct member_links links = {0};
    TRY(members_links(a, s, id, &links));
    json_key(w, LIT("links"));
    json_open_array(w);
    for (size_t i = 0; i < links.count; i++) {
        json_open_object(w);
        json_member(w, "kind", links.items[i].kind);
        const struct policy_org *other = policy_org_by_id(s->policy, links.items[i].other);
        json_member(w, "organization", links.items[i].other);
        json_member(w, "name", other ? other->name : (str){0});
        json_close_object(w);
    }
    json_close_array(w);
    return NULL;
}

static err put_office(struct json_writer *w, struct arena *a, struct session *s, str id)
{
    struct member_org org;
    bool is_suspended;
    TRY(members_get(a, s, id, &org, &is_suspended));
    json_member(w, "status", org.status);
    json_member(w, "ceiling", tlp_word(org.ceiling));
    json_member_bool(w, "is_suspended", is_suspended);
    json_member_if(w, "note", org.note);
    return put_links(w, a, s, id);
}

/* As a steward sees it, or as any member does. */
static err put_row(struct json_writer *w, struct api_call *c, struct session *s,
                   const struct policy_org *org)
{
    json_open_object(w);
    json_member(w, "id", org->id);
    json_member(w, "name", org->name);
    json_member(w, "sector", org->sector);
    put_strings(w, "jurisdictions", org->jurisdictions, org->jurisdiction_count);
    if (oversight_is_steward(&c->reader)) {
        part_named_places(w, s->policy, org->jurisdictions, org->jurisdiction_count);
        TRY(put_office(w, c->rq->arena, s, org->id));
    }
    json_close_object(w);
    return NULL;
}

/* Groups are nobody one could ring up; who is no active member is known to stewards. */
static bool is_shown(const struct api_call *c, const struct policy_org *org)
{
    return !org->is_group && (org->is_active || oversight_is_steward(&c->reader));
}

/* What of the list is asked for. */
struct asked {
    str status; /* empty: any */
    struct search_words words;
    bool wants_parents; /* those only that others are members or parts of (B2) */
    struct map parents; /* their ids, where they are wanted */
};

static err read_parents(struct api_call *c, struct asked *out)
{
    struct member_pairs pairs = {0};
    const struct policy *p = c->session.policy;
    map_init(&out->parents, c->rq->arena);
    if (!out->wants_parents)
        return NULL;
    if (!c->reader.may_post && !oversight_is_steward(&c->reader))
        return FAIL(c->rq->arena, ERR_FORBIDDEN,
                    "Which organizations have members is told to whoever may host a briefing: a "
                    "publisher; ask your administrator for that role");
    TRY(members_all_links(c->rq->arena, &c->session, &pairs));
    for (size_t i = 0; i < pairs.count; i++) {
        const struct policy_org *member = policy_org_by_id(p, pairs.items[i].org);
        if (member && is_shown(c, member))
            map_put(&out->parents, pairs.items[i].value, c);
    }
    return NULL;
}

static err read_asked(struct api_call *c, struct asked *out)
{
    str text = {0};
    http_query_get(&c->query, LIT("status"), &out->status);
    if (http_query_get(&c->query, LIT("q"), &text))
        search_words_of_text(c->rq->arena, text, &out->words);
    out->wants_parents = http_query_get(&c->query, LIT("has_members"), &text) > 0;
    return read_parents(c, out);
}

/* By its name, or that of a state in which it is. */
static bool is_called(const struct api_call *c, const struct policy_org *org,
                      const struct search_words *words)
{
    struct arena *a = c->rq->arena;
    str both = org->name;
    for (size_t i = 0; i < org->jurisdiction_count; i++) {
        const struct place_of_us *place = place_of(org->jurisdictions[i]);
        both = place ? arena_join(a, both, LIT(" "), place->name) : both;
    }
    return part_is_called(a, both, words);
}

static bool is_asked(const struct api_call *c, const struct asked *asked,
                     const struct policy_org *org)
{
    return is_shown(c, org) && (asked->status.len == 0 || str_eq(org->status, asked->status)) &&
           (!asked->wants_parents || map_get(&asked->parents, org->id)) &&
           (asked->words.count == 0 || is_called(c, org, &asked->words));
}

err api_list_organizations(struct api_call *c)
{
    struct part_list list = {0};
    struct asked asked = {0};
    TRY(api_page_read(c, &list.page));
    TRY(read_asked(c, &asked));
    int64_t place = part_place(&list.page);
    struct json_writer *w = part_list_open(c);
    const struct policy *p = c->session.policy;
    for (size_t i = 0; i < p->org_count && !list.has_more; i++) {
        if (p->orgs[i].n <= place || !is_asked(c, &asked, &p->orgs[i]))
            continue;
        list.has_more = list.count == list.page.limit;
        if (list.has_more)
            break;
        TRY(put_row(w, c, &c->session, &p->orgs[i]));
        list.last = p->orgs[i].n;
        list.count++;
    }
    part_list_send(c, &list);
    return NULL;
}

/* ---- one */

/* The body as it is in a session, into the call's writer. */
static err write_one(struct api_call *c, struct session *s, str id)
{
    const struct policy_org *org = policy_org_by_id(s->policy, id);
    if (org == NULL || !is_shown(c, org))
        return api_not_found(c);
    return put_row(api_body(c), c, s, org);
}

static err send_one(struct api_call *c, str id, unsigned status)
{
    TRY(write_one(c, &c->session, id));
    api_etag(c, buf_str(&c->text));
    api_send(c, status);
    return NULL;
}

err api_get_organization(struct api_call *c)
{
    return send_one(c, api_param(c, "organization"), 200);
}

/* ---- adding and editing */

struct edit {
    struct admin_org org; /* to add */
    struct admin_org_change change;
    bool has_suspended;
    bool is_suspended;
};

static enum tlp read_ceiling(struct api_fields *f, bool *is_there)
{
    enum tlp label = TLP_RED;
    str word = field_text(f, "ceiling", (struct field_text){.bytes_max = 20, .words = PART_LABELS});
    *is_there = word.len > 0 && tlp_read(word, &label);
    return label;
}

static void read_edit(struct api_fields *f, bool is_new, struct edit *out)
{
    struct admin_org_change *change = &out->change;
    change->name = field_text(
        f, "name", (struct field_text){.is_required = is_new, .bytes_max = MEMBERS_NAME_BYTES_MAX});
    change->sector = field_text(
        f, "sector",
        (struct field_text){.is_required = is_new, .bytes_max = 40, .words = PART_SECTORS});
    change->status = field_text(
        f, "status", (struct field_text){.bytes_max = 20, .words = "known, invited, member, left"});
    change->has_note = field_is_there(f, "note");
    change->note = field_text(
        f, "note",
        (struct field_text){.bytes_max = MEMBERS_NOTE_BYTES_MAX, .may_have_lines = true});
    change->ceiling = read_ceiling(f, &change->has_ceiling);
    change->has_jurisdictions = field_is_there(f, "jurisdictions");
    struct field_list places = part_jurisdictions(f, MEMBERS_JURISDICTIONS_MAX);
    change->jurisdictions = places.items;
    change->jurisdiction_count = places.count;
}

static err run_add(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    struct edit *edit = context;
    const struct admin_org_change *from = &edit->change;
    edit->org.org = (struct member_org){.name = from->name,
                                        .sector = from->sector,
                                        .status = from->status.len ? from->status : LIT("known"),
                                        .note = from->note,
                                        .ceiling = from->ceiling,
                                        .jurisdictions = from->jurisdictions,
                                        .jurisdiction_count = from->jurisdiction_count};
    TRY(part_words(c, admin_add_orgs_in(a, s, &edit->org, 1)));
    c->result = arena_copy(c->rq->arena, edit->org.id);
    return NULL;
}

static err answer_added(struct api_call *c, void *context)
{
    (void)context;
    return send_one(c, c->result, 201);
}

err api_add_organization(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct edit *edit = NEW(c->rq->arena, struct edit);
    read_edit(&f, true, edit);
    TRY(api_fields_check(&f));
    const struct api_change change = {.run = run_add, .answer = answer_added, .context = edit};
    return api_change(c, &change);
}

static err check_state(struct api_call *c, struct session *s, str id)
{
    TRY(write_one(c, s, id));
    c->current = arena_copy(c->rq->arena, buf_str(&c->text));
    return api_check_match(c, c->current);
}

static err run_edit(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    const struct edit *edit = context;
    str id = api_param(c, "organization");
    TRY(check_state(c, s, id));
    TRY(part_words(c, admin_edit_org_in(a, s, id, &edit->change)));
    if (edit->has_suspended)
        TRY(part_words(c, admin_suspend_org_in(a, s, id, edit->is_suspended)));
    return NULL;
}

static err answer_edited(struct api_call *c, void *context)
{
    (void)context;
    return send_one(c, api_param(c, "organization"), 200);
}

err api_edit_organization(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct edit *edit = NEW(c->rq->arena, struct edit);
    read_edit(&f, false, edit);
    edit->has_suspended = field_is_there(&f, "is_suspended");
    edit->is_suspended = field_flag(&f, "is_suspended", false);
    TRY(api_fields_check(&f));
    const struct api_change change = {.run = run_edit, .answer = answer_edited, .context = edit};
    return api_change(c, &change);
}

/* ---- links */

static err run_link(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    return part_words(c, admin_link_org_in(a, s, context));
}

err api_link_organization(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct admin_link *link = NEW(c->rq->arena, struct admin_link);
    link->org = api_param(c, "organization");
    link->kind = field_text(
        &f, "kind",
        (struct field_text){.is_required = true, .bytes_max = 20, .words = "member-of, part-of"});
    link->other =
        field_text(&f, "organization",
                   (struct field_text){.is_required = true, .bytes_max = MEMBERS_NAME_BYTES_MAX});
    TRY(api_fields_check(&f));
    const struct api_change change = {.run = run_link, .answer = answer_edited, .context = link};
    return api_change(c, &change);
}
