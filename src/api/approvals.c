/*
 * /briefings/{briefing}/approvals and /hosts: what the hosts agree to among themselves (B7, B8).
 */
#include "api/briefing_parts.h"
#include "api/fields.h"
#include "api/handlers.h"
#include "service/briefing_hosts.h"
#include "store/people.h"

#define ID_BYTES_MAX 100
#define COLLEAGUES_MAX 500
#define ALL_SCOPES ((1u << APPROVAL_SCOPES) - 1)

/* ---- what is told */

/* PersonName, with the number to call. */
static err put_answerer(const struct part_to *to, const struct approval_host *host, str id)
{
    const struct policy_person *person = map_get(&to->s->policy->person_by_id, id);
    struct person_contact contact = {0};
    if (person)
        TRY(people_contact(to->a, to->s, person->n, &contact));
    json_open_object(to->w);
    json_member(to->w, "id", id);
    json_member(to->w, "name", person ? person->name : LIT("Somebody who is gone"));
    json_member(to->w, "organization", host->org->name);
    json_member_if(to->w, "phone", contact.phone);
    json_close_object(to->w);
    return NULL;
}

static void put_cell(const struct part_to *to, const struct approval_host *host,
                     enum approval_scope scope)
{
    struct json_writer *w = to->w;
    const struct approval_cell *cell = &host->cells[scope];
    part_give(to, &cell->entry);
    json_open_object(w);
    json_member(w, "scope", approval_scope_name(scope));
    json_member(w, "word", approval_word_name(cell->word));
    json_member_bool(w, "is_again", cell->is_again);
    if (cell->at_us)
        part_time(w, "at", cell->at_us);
    if (cell->word == APPROVAL_OPEN && cell->due_us != INT64_MAX)
        part_time(w, "due", cell->due_us);
    json_member_if(w, "reason", cell->reason);
    if (cell->person.len) {
        json_key(w, LIT("person"));
        part_person(to, cell->person, (str){0});
    }
    json_close_object(w);
}

static err put_host(const struct part_to *to, const struct approval_matrix *m,
                    const struct approval_host *host)
{
    struct json_writer *w = to->w;
    part_give(to, &host->entry);
    json_open_object(w);
    json_key(w, LIT("organization"));
    part_organization(w, host->org);
    json_member_bool(w, "is_own", host == m->own);
    if (host->approver.len) {
        json_key(w, LIT("approver"));
        TRY(put_answerer(to, host, host->approver));
    }
    json_key(w, LIT("deputies"));
    json_open_array(w);
    for (size_t i = 0; i < host->deputies.count; i++)
        TRY(put_answerer(to, host, host->deputies.items[i]));
    json_close_array(w);
    json_key(w, LIT("cells"));
    json_open_array(w);
    for (unsigned i = 0; i < APPROVAL_SCOPES; i++)
        put_cell(to, host, (enum approval_scope)i);
    json_close_array(w);
    json_close_object(w);
    return NULL;
}

static void put_states(struct json_writer *w, const struct approval_matrix *m)
{
    json_key(w, LIT("states"));
    json_open_object(w);
    for (unsigned i = 0; i < APPROVAL_SCOPES; i++) {
        json_key(w, approval_scope_name((enum approval_scope)i));
        json_put_string(w, m->states[i]);
    }
    json_close_object(w);
}

static void put_proposal(const struct part_to *to, const struct host_proposal *proposal)
{
    struct json_writer *w = to->w;
    json_open_object(w);
    json_key(w, LIT("organization"));
    part_organization(w, proposal->org);
    json_key(w, LIT("voices"));
    json_open_array(w);
    for (size_t i = 0; i < proposal->voices.count; i++) {
        const struct host_voice *voice = &proposal->voices.items[i];
        part_give(to, &voice->entry);
        json_open_object(w);
        json_member(w, "organization", voice->org->name);
        json_member_bool(w, "is_own", voice->org == to->r->org);
        json_member(w, "word", approval_word_name(voice->word));
        json_member_if(w, "reason", voice->reason);
        json_close_object(w);
    }
    json_close_array(w);
    json_close_object(w);
}

/* Whom one may name: the people of one's own organization. */
static void put_colleagues(const struct part_to *to)
{
    const struct policy *p = to->s->policy;
    size_t count = 0;
    json_key(to->w, LIT("colleagues"));
    json_open_array(to->w);
    for (size_t i = 0; i < p->person_count && count < COLLEAGUES_MAX; i++) {
        const struct policy_person *person = &p->people[i];
        if (person->is_suspended || policy_affiliation(person, to->r->org->n) == NULL)
            continue;
        part_person(to, person->id, (str){0});
        count++;
    }
    json_close_array(to->w);
}

/* When the others may go on without who is silent, as far as they are now. */
static int64_t without_from(const struct briefing *b, const struct approval_matrix *m)
{
    int64_t from_us = b->when.start_us - APPROVAL_WITHOUT_US;
    for (size_t i = 0; i < m->count; i++) {
        const struct approval_cell *cell = &m->items[i].cells[APPROVAL_AUDIENCE];
        bool is_open = cell->word == APPROVAL_OPEN && &m->items[i] != m->own;
        if (is_open && cell->at_us + APPROVAL_SILENCE_US > from_us)
            from_us = cell->at_us + APPROVAL_SILENCE_US;
    }
    return from_us;
}

static err put_all(const struct part_to *to, const struct briefing *b)
{
    struct json_writer *w = to->w;
    struct approval_matrix m;
    struct host_proposals proposals;
    bool is_standing;
    TRY(approval_matrix_get(to->a, to->s, to->r, b, &m));
    TRY(host_proposals_get(to->a, to->s, to->r, b, &proposals));
    TRY(approval_is_standing(to->a, to->s, to->r, b, &is_standing));
    json_open_object(w);
    json_key(w, LIT("hosts"));
    json_open_array(w);
    for (size_t i = 0; i < m.count; i++)
        TRY(put_host(to, &m, &m.items[i]));
    json_close_array(w);
    put_states(w, &m);
    json_member_i64(w, "open", (int64_t)approval_open_count(&m, ALL_SCOPES));
    json_member_bool(w, "may_answer", m.may_answer && !m.is_closed);
    json_member_bool(w, "is_closed", m.is_closed);
    json_member_bool(w, "is_standing_audience", is_standing);
    part_time(w, "without_from", without_from(b, &m));
    put_colleagues(to);
    json_key(w, LIT("proposals"));
    json_open_array(w);
    for (size_t i = 0; i < proposals.count; i++)
        put_proposal(to, &proposals.items[i]);
    json_close_array(w);
    json_close_object(w);
    return NULL;
}

static err answer_all(struct api_call *c, void *context)
{
    struct briefing b;
    (void)context;
    TRY(part_hide(c, briefing_get_hosted(c->rq->arena, &c->session, &c->reader,
                                         api_param(c, "briefing"), &b)));
    struct part_to to = part_to_answer(c);
    TRY(put_all(&to, &b));
    api_send(c, 200);
    return NULL;
}

err api_get_approvals(struct api_call *c)
{
    return answer_all(c, NULL);
}

/* ---- answering */

/* A yes or a no, which is said and never assumed, and why. */
static bool read_voice(struct api_fields *f, str *reason)
{
    static const struct field_text WHY = {.may_have_lines = true,
                                          .bytes_max = APPROVAL_REASON_BYTES_MAX};
    *reason = field_text(f, "reason", WHY);
    if (!field_is_there(f, "is_approved"))
        field_fault(f, LIT("is_approved"), LIT("Say yes (true) or no (false)"));
    return field_flag(f, "is_approved", false);
}

static err run_say(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    return part_hide(c, approval_say(a, s, &c->reader, api_param(c, "briefing"), context));
}

err api_say_approval(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct approval_answer *answer = NEW(c->rq->arena, struct approval_answer);
    str scope =
        field_text(&f, "scope",
                   (struct field_text){
                       .is_required = true, .bytes_max = 20, .words = "audience, agenda, release"});
    approval_scope_read(scope, &answer->scope);
    answer->state =
        field_text(&f, "state", (struct field_text){.is_required = true, .bytes_max = 2000});
    answer->is_approved = read_voice(&f, &answer->reason);
    TRY(api_fields_check(&f));
    return api_change(
        c, &(struct api_change){.run = run_say, .answer = answer_all, .context = answer});
}

struct named {
    str approver;
    struct stix_strs deputies;
};

static err run_name(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    const struct named *named = context;
    return part_hide(c, approval_name(a, s, &c->reader, api_param(c, "briefing"), named->approver,
                                      &named->deputies));
}

err api_name_approvers(struct api_call *c)
{
    static const struct field_text ID = {.bytes_max = ID_BYTES_MAX};
    struct api_fields f = api_fields(c);
    struct named *named = NEW(c->rq->arena, struct named);
    named->approver = field_text(
        &f, "approver", (struct field_text){.is_required = true, .bytes_max = ID_BYTES_MAX});
    struct field_list list = field_texts(&f, "deputies", ID, APPROVAL_DEPUTIES_MAX);
    named->deputies = (struct stix_strs){list.items, list.count, list.count};
    TRY(api_fields_check(&f));
    return api_change(
        c, &(struct api_change){.run = run_name, .answer = answer_all, .context = named});
}

static err run_without(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    const str *organization = context;
    return part_hide(
        c, approval_go_without(a, s, &c->reader, api_param(c, "briefing"), *organization));
}

err api_go_without(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    str *organization = NEW(c->rq->arena, str);
    *organization = field_text(&f, "organization",
                               (struct field_text){.is_required = true, .bytes_max = ID_BYTES_MAX});
    TRY(api_fields_check(&f));
    return api_change(
        c, &(struct api_change){.run = run_without, .answer = answer_all, .context = organization});
}

/* ---- hosts */

static err run_host(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    return part_hide(c, host_say(a, s, &c->reader, api_param(c, "briefing"), context));
}

err api_say_host(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct host_answer *answer = NEW(c->rq->arena, struct host_answer);
    answer->organization = api_param(c, "organization");
    answer->is_approved = read_voice(&f, &answer->reason);
    TRY(api_fields_check(&f));
    return api_change(
        c, &(struct api_change){.run = run_host, .answer = answer_all, .context = answer});
}

static err run_leave(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    (void)context;
    return part_hide(c, host_leave(a, s, &c->reader, api_param(c, "briefing")));
}

err api_leave_hosts(struct api_call *c)
{
    return api_change(c, &(struct api_change){.run = run_leave});
}
