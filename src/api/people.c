/*
 * The people of the organizations that an admin or a steward manages (B3, B5): inviting,
 * suspending, and links for who has lost their authenticator.
 */
#include "store/people.h"
#include "api/fields.h"
#include "api/handlers.h"
#include "api/parts.h"
#include "service/account.h"
#include "service/admin_people.h"
#include "service/newcomer.h"
#include "service/oversight.h"

/* ---- looking */

static void put_affiliations(struct json_writer *w, const struct policy *p,
                             const struct policy_person *person)
{
    json_key(w, LIT("affiliations"));
    json_open_array(w);
    for (size_t i = 0; i < person->affiliation_count; i++) {
        const struct policy_org *org = policy_org(p, person->affiliations[i].org);
        if (org)
            part_affiliation(w, org, person->affiliations[i].roles);
    }
    json_close_array(w);
}

/* A link that opens nothing yet: whoever confirms it sees since when it waits, and by whom (B5). */
static err put_waiting(struct json_writer *w, struct api_call *c,
                       const struct policy_person *person)
{
    struct person_links links;
    const struct person_link *waiting = NULL;
    TRY(person_links_list(c->rq->arena, &c->session, person->n, &links));
    for (size_t i = 0; i < links.count; i++) {
        if (links.items[i].starts_us > c->session.now_us)
            waiting = &links.items[i];
    }
    if (waiting == NULL)
        return NULL;
    json_key(w, LIT("waiting_link"));
    json_open_object(w);
    part_time(w, "made", waiting->created_us);
    part_time(w, "starts", waiting->starts_us);
    json_member_bool(w, "is_mine", waiting->made_by == c->reader.gate.actor);
    TRY(part_actor(w, c, waiting->made_by));
    json_close_object(w);
    return NULL;
}

/* Whom nobody has called yet, with whose word for them there is (B12). */
static err put_newcomer(struct json_writer *w, struct api_call *c,
                        const struct policy_person *person)
{
    struct newcomer_note note;
    TRY(newcomer_note(c->rq->arena, &c->session, &c->reader, person, &note));
    if (note.org == NULL)
        return NULL;
    json_key(w, LIT("newcomer"));
    json_open_object(w);
    json_key(w, LIT("organization"));
    part_organization(w, note.org);
    json_member(w, "ceiling", tlp_word(policy_ceiling(person, note.org)));
    json_member_if(w, "vouched_by", note.voucher);
    json_member_if(w, "phone", note.phone);
    json_member_bool(w, "may_say", note.may_say);
    json_close_object(w);
    return NULL;
}

static err put_person(struct json_writer *w, struct api_call *c, const struct policy_person *person)
{
    struct person_contact contact;
    TRY(people_contact(c->rq->arena, &c->session, person->n, &contact));
    json_open_object(w);
    json_member(w, "id", person->id);
    json_member(w, "name", person->name);
    json_member(w, "email", person->email);
    json_member_if(w, "phone", contact.phone);
    json_member_if(w, "timezone", contact.timezone);
    put_affiliations(w, c->session.policy, person);
    json_member_bool(w, "has_password", person->password.len > 0);
    json_member_bool(w, "is_suspended", person->is_suspended);
    TRY(put_waiting(w, c, person));
    TRY(put_newcomer(w, c, person));
    json_close_object(w);
    return NULL;
}

/* Whom an admin may look at: the people of what they manage, whoever else has them too. */
static err is_shown(struct api_call *c, const struct policy_person *person, bool *out)
{
    *out = oversight_is_steward(&c->reader);
    for (size_t i = 0; i < person->affiliation_count && !*out; i++) {
        const struct policy_org *org = policy_org(c->session.policy, person->affiliations[i].org);
        if (org)
            TRY(oversight_of_org(c->rq->arena, &c->session, &c->reader, org, out));
    }
    return NULL;
}

/* `?organization=` narrows; NULL: all. */
static err read_org(struct api_call *c, const struct policy_org **out)
{
    str id;
    *out = NULL;
    if (http_query_get(&c->query, LIT("organization"), &id) == 0)
        return NULL;
    *out = policy_org_by_id(c->session.policy, id);
    bool manages = false;
    if (*out)
        TRY(oversight_of_org(c->rq->arena, &c->session, &c->reader, *out, &manages));
    return manages ? NULL : api_not_found(c);
}

static err put_page(struct json_writer *w, struct api_call *c, const struct policy_org *org,
                    struct part_list *list)
{
    const struct policy *p = c->session.policy;
    int64_t place = part_place(&list->page);
    for (size_t i = 0; i < p->person_count; i++) {
        const struct policy_person *person = &p->people[i];
        bool is_there = person->n > place && (org == NULL || policy_affiliation(person, org->n));
        if (is_there)
            TRY(is_shown(c, person, &is_there));
        if (!is_there)
            continue;
        list->has_more = list->count == list->page.limit;
        if (list->has_more)
            return NULL;
        TRY(put_person(w, c, person));
        list->last = person->n;
        list->count++;
    }
    return NULL;
}

err api_list_people(struct api_call *c)
{
    struct part_list list = {0};
    const struct policy_org *org;
    TRY(api_page_read(c, &list.page));
    TRY(read_org(c, &org));
    TRY(put_page(part_list_open(c), c, org, &list));
    part_list_send(c, &list);
    return NULL;
}

/* ---- inviting */

struct inviting {
    struct admin_person person;
    struct account_link link;
};

static err check_org(struct arena *a, struct session *s, struct api_call *c, str id)
{
    const struct policy_org *org = policy_org_by_id(s->policy, id);
    bool manages = false;
    if (org)
        TRY(oversight_of_org(a, s, &c->reader, org, &manages));
    if (manages)
        return NULL;
    return FAIL(c->rq->arena, ERR_FORBIDDEN,
                "You manage the people of your own organization and of those that are part of it");
}

/* Whoever invites gives no more than they may give. */
static err check_roles(struct api_call *c, unsigned roles)
{
    if (!(roles & 1u << ROLE_STEWARD) || oversight_is_steward(&c->reader))
        return NULL;
    return FAIL(c->rq->arena, ERR_FORBIDDEN, "Only a steward makes somebody a steward");
}

/* The link goes out of the writer's arena. */
static err make_link(struct arena *a, struct session *s, struct api_call *c,
                     struct account_link *link)
{
    link->made_by = s->actor;
    TRY(part_words(c, account_make_link(a, s, link)));
    link->id = arena_copy(c->rq->arena, link->id);
    link->secret = arena_copy(c->rq->arena, link->secret);
    return NULL;
}

/* Another organization's person may be invited here, but only by whoever asked them: a steward. */
static err check_known(struct arena *a, struct session *s, struct api_call *c,
                       const struct policy_person *known)
{
    bool manages;
    TRY(oversight_of_person(a, s, &c->reader, known, &manages));
    if (manages)
        return NULL;
    return FAIL(
        c->rq->arena, ERR_CONFLICT,
        "This address belongs to an account that you do not manage; a steward can add it here");
}

static err run_invite(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    struct inviting *in = context;
    TRY(check_org(a, s, c, in->person.org));
    TRY(check_roles(c, in->person.roles));
    str lower;
    TRY(part_words(c, people_read_email(a, in->person.email, &lower)));
    const struct policy_person *known = policy_person_by_email(s->policy, lower);
    if (known)
        TRY(check_known(a, s, c, known));
    in->person.public_url = c->app->public_url;
    TRY(part_words(c, admin_add_person_in(a, s, &in->person)));
    c->result = arena_copy(c->rq->arena, in->person.id);
    if (!in->person.is_new)
        return NULL;
    in->link = (struct account_link){.person = in->person.id, .org = in->person.org};
    return make_link(a, s, c, &in->link);
}

static void put_link(struct json_writer *w, struct api_call *c, const struct account_link *link)
{
    json_key(w, LIT("link"));
    json_open_object(w);
    json_member(w, "id", link->id);
    json_member(w, "url",
                arena_print(c->rq->arena, "%.*s/app/link#%.*s", STR_ARG(c->app->public_url),
                            STR_ARG(link->secret)));
    part_time(w, "starts", link->expires_us - PERSON_LINK_US);
    part_time(w, "expires", link->expires_us);
    json_close_object(w);
}

static err answer_invited(struct api_call *c, void *context)
{
    const struct inviting *in = context;
    const struct policy_person *person = map_get(&c->session.policy->person_by_id, c->result);
    if (person == NULL)
        return api_not_found(c);
    struct json_writer *w = api_body(c);
    json_open_object(w);
    json_key(w, LIT("person"));
    TRY(put_person(w, c, person));
    if (in->link.secret.len)
        put_link(w, c, &in->link);
    json_close_object(w);
    api_send(c, 201);
    return NULL;
}

static unsigned read_roles(struct api_fields *f)
{
    unsigned roles = 0;
    struct field_list list = field_texts(
        f, "roles", (struct field_text){.bytes_max = 20, .words = PART_ROLES}, ROLE_COUNT);
    for (size_t i = 0; i < list.count; i++) {
        enum role role;
        if (role_read(list.items[i], &role))
            roles |= 1u << role;
    }
    if (roles == 0)
        field_fault(f, LIT("roles"), LIT("At least one role is needed"));
    return roles;
}

err api_add_person(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct inviting *in = NEW(c->rq->arena, struct inviting);
    struct admin_person *p = &in->person;
    p->org =
        field_text(&f, "organization", (struct field_text){.is_required = true, .bytes_max = 100});
    p->email = field_text(
        &f, "email", (struct field_text){.is_required = true, .bytes_max = PEOPLE_EMAIL_BYTES_MAX});
    p->name = field_text(&f, "name", (struct field_text){.bytes_max = PEOPLE_NAME_BYTES_MAX});
    p->phone = field_text(&f, "phone", (struct field_text){.bytes_max = PEOPLE_PHONE_BYTES_MAX});
    p->timezone =
        field_text(&f, "timezone", (struct field_text){.bytes_max = PEOPLE_TIMEZONE_BYTES_MAX});
    p->roles = read_roles(&f);
    TRY(api_fields_check(&f));
    const struct api_change change = {.run = run_invite, .answer = answer_invited, .context = in};
    return api_change(c, &change);
}

/* ---- suspending */

static err find_managed(struct arena *a, struct session *s, struct api_call *c,
                        const struct policy_person **out)
{
    const struct policy_person *person = map_get(&s->policy->person_by_id, api_param(c, "person"));
    bool manages = false;
    if (person)
        TRY(oversight_of_person(a, s, &c->reader, person, &manages));
    if (!manages)
        return api_not_found(c);
    *out = person;
    return NULL;
}

static err run_suspend(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    const struct policy_person *person = NULL;
    TRY(find_managed(a, s, c, &person));
    ASSERT(person != NULL);
    return part_words(c, admin_suspend_person_in(a, s, person->email, *(const bool *)context));
}

err api_suspend_person(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    bool *is_suspended = NEW(c->rq->arena, bool);
    *is_suspended = field_flag(&f, "is_suspended", false);
    if (!field_is_there(&f, "is_suspended"))
        field_fault(&f, LIT("is_suspended"), LIT("This is needed"));
    TRY(api_fields_check(&f));
    return api_change(c, &(struct api_change){.run = run_suspend, .context = is_suspended});
}

/* ---- links for who has lost their authenticator */

/* The same words for an organization that is not theirs, and for one that is not there. */
static err check_acts_for(const struct session *s, struct api_call *c,
                          const struct policy_person *person, str key)
{
    const struct policy_org *org;
    if (key.len == 0)
        return NULL;
    err absent = admin_find_org(c->rq->arena, s, key, &org);
    if (absent == NULL && policy_affiliation(person, org->n))
        return NULL;
    return FAIL(c->rq->arena, ERR_INVALID, "They do not belong to '%.*s'", STR_ARG(key));
}

static err run_link(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    struct inviting *in = context;
    const struct policy_person *person = NULL;
    TRY(find_managed(a, s, c, &person));
    ASSERT(person != NULL);
    TRY(check_acts_for(s, c, person, in->link.org));
    in->link.person = person->id;
    in->link.may_wait = true;
    in->link.public_url = c->app->public_url;
    TRY(make_link(a, s, c, &in->link));
    c->result = arena_copy(c->rq->arena, person->id);
    return NULL;
}

err api_link_person(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct inviting *in = NEW(c->rq->arena, struct inviting);
    in->link.org = field_text(&f, "organization", (struct field_text){.bytes_max = 100});
    TRY(api_fields_check(&f));
    const struct api_change change = {.run = run_link, .answer = answer_invited, .context = in};
    return api_change(c, &change);
}

static err run_confirm(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    (void)context;
    const struct policy_person *person = NULL;
    TRY(find_managed(a, s, c, &person));
    ASSERT(person != NULL);
    return part_words(c, account_confirm_links(a, s, person->n));
}

err api_confirm_link(struct api_call *c)
{
    return api_change(c, &(struct api_change){.run = run_confirm});
}
