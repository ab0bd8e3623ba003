/*
 * Named audiences (G4): those that the reader may read, and a new one of their organization's.
 */
#include "service/admin_audience.h"

#include "api/fields.h"
#include "api/handlers.h"
#include "api/parts.h"
#include "service/oversight.h"
#include "stix/jurisdiction.h"
#include "store/page.h"

#define NAMES_MAX 500
#define USES "none, ask, internal, visible"
#define USE_BYTES_MAX 2000

/* ---- the list */

static void put_strings(struct json_writer *w, const char *key, const struct marking_strs *list)
{
    json_key(w, str_of(key));
    json_open_array(w);
    for (size_t i = 0; i < list->count; i++)
        json_put_string(w, list->items[i]);
    json_close_array(w);
}

/* A definition of another kind, such as TLP's own, is none. */
static err put_audience(struct json_writer *w, struct api_call *c, const struct page_row *row)
{
    OWNED(json_reader_done) struct json_reader reader = {0};
    json value;
    struct marking m;
    TRY(json_read(c->rq->arena, &reader, row->body.bytes, NULL, &value));
    TRY(marking_read(c->rq->arena, value, &m));
    if (m.kind != MARKING_NAMED)
        return NULL;
    const struct policy_org *org = policy_org(c->session.policy, row->entry.contributor);
    json_open_object(w);
    json_member(w, "id", row->body.id);
    json_member(w, "name", m.name);
    if (org)
        json_member(w, "of", org->name);
    put_strings(w, "organizations", &m.organizations);
    put_strings(w, "people", &m.people);
    put_strings(w, "tokens", &m.tokens);
    json_member_bits(w, "sectors", m.sectors, sector_name);
    put_strings(w, "jurisdictions", &m.jurisdictions);
    part_named_places(w, c->session.policy, m.jurisdictions.items, m.jurisdictions.count);
    json_member_bits(w, "roles", m.roles, role_name);
    json_member_if(w, "use", marking_use_name(m.use));
    json_member_if(w, "use_text", m.use_text);
    json_close_object(w);
    return NULL;
}

err api_list_audiences(struct api_call *c)
{
    struct part_list list = {0};
    struct page page = {0};
    const str type = LIT("marking-definition");
    TRY(api_page_read(c, &list.page));
    const struct page_query q = {.collection = c->session.policy->members,
                                 .after = (uint32_t)part_place(&list.page),
                                 .limit = list.page.limit,
                                 .types = &type,
                                 .type_count = 1,
                                 .wants_bytes = true};
    TRY(page_read(c->rq->arena, &c->session, &c->reader, &q, &page));
    session_release_views(&c->session);
    struct json_writer *w = part_list_open(c);
    for (size_t i = 0; i < page.count; i++)
        TRY(put_audience(w, c, &page.items[i]));
    list.last = page.last_number;
    list.has_more = page.has_more;
    part_list_send(c, &list);
    return NULL;
}

/* ---- a new one */

static err run_add(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    struct admin_audience *audience = context;
    str id;
    if (!c->reader.may_post && !oversight_is_steward(&c->reader))
        return FAIL(c->rq->arena, ERR_FORBIDDEN,
                    "Audiences are defined by publishers of an organization");
    audience->as = c->reader.org->id;
    err failure = admin_add_audience_in(a, s, audience, &id);
    if (failure && failure->code == ERR_NOT_FOUND)
        return FAIL(c->rq->arena, ERR_INVALID, "%.*s", STR_ARG(error_text(a, failure)));
    TRY(part_words(c, failure));
    c->result = arena_copy(c->rq->arena, id);
    return NULL;
}

static err answer_added(struct api_call *c, void *context)
{
    const struct admin_audience *audience = context;
    struct json_writer *w = api_body(c);
    json_open_object(w);
    json_member(w, "id", c->result);
    json_member(w, "name", audience->name);
    json_close_object(w);
    api_send(c, 201);
    return NULL;
}

static unsigned read_bits(struct api_fields *f, const char *name, const char *words,
                          bool (*read)(str word, unsigned *bit))
{
    unsigned bits = 0;
    struct field_list list =
        field_texts(f, name, (struct field_text){.bytes_max = 40, .words = words}, NAMES_MAX);
    for (size_t i = 0; i < list.count; i++) {
        unsigned bit;
        if (read(list.items[i], &bit))
            bits |= 1u << bit;
    }
    return bits;
}

static bool read_sector(str word, unsigned *bit)
{
    enum sector sector;
    bool is_read = sector_read(word, &sector);
    *bit = is_read ? (unsigned)sector : 0;
    return is_read;
}

static bool read_role(str word, unsigned *bit)
{
    enum role role;
    bool is_read = role_read(word, &role);
    *bit = is_read ? (unsigned)role : 0;
    return is_read;
}

err api_add_audience(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct admin_audience *audience = NEW(c->rq->arena, struct admin_audience);
    const struct field_text named = {.bytes_max = MEMBERS_NAME_BYTES_MAX};
    audience->name = field_text(
        &f, "name", (struct field_text){.is_required = true, .bytes_max = MEMBERS_NAME_BYTES_MAX});
    struct field_list organizations = field_texts(&f, "organizations", named, NAMES_MAX);
    struct field_list people = field_texts(&f, "people", named, NAMES_MAX);
    struct field_list tokens = field_texts(&f, "tokens", named, NAMES_MAX);
    struct field_list places = part_jurisdictions(&f, NAMES_MAX);
    audience->organizations = organizations.items;
    audience->organization_count = organizations.count;
    audience->people = people.items;
    audience->person_count = people.count;
    audience->tokens = tokens.items;
    audience->token_count = tokens.count;
    audience->jurisdictions = places.items;
    audience->jurisdiction_count = places.count;
    audience->sectors = read_bits(&f, "sectors", PART_SECTORS, read_sector);
    audience->roles = read_bits(&f, "roles", PART_ROLES, read_role);
    (void)marking_use_read(
        field_text(&f, "use", (struct field_text){.bytes_max = 20, .words = USES}), &audience->use);
    audience->use_text = field_text(
        &f, "use_text", (struct field_text){.may_have_lines = true, .bytes_max = USE_BYTES_MAX});
    TRY(api_fields_check(&f));
    const struct api_change change = {.run = run_add, .answer = answer_added, .context = audience};
    return api_change(c, &change);
}
