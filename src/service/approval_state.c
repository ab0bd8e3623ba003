/*
 * What is approved: each scope of a briefing as a text that stays the same while the scope does,
 * and who said what to which of them.
 */
#include "base/num.h"
#include "service/approval_parts.h"
#include "stix/marking.h"
#include "store/asking.h"

#define STATE_BYTES 8

static const str SCOPES[] = {LIT_INIT("audience"), LIT_INIT("agenda"), LIT_INIT("release"),
                             LIT_INIT("hosts")};

str approval_scope_name(enum approval_scope scope)
{
    ASSERT(scope < COUNT_OF(SCOPES));
    return SCOPES[scope];
}

bool approval_scope_read(str text, enum approval_scope *out)
{
    for (unsigned i = 0; i < COUNT_OF(SCOPES); i++) {
        if (str_eq(SCOPES[i], text)) {
            *out = (enum approval_scope)i;
            return true;
        }
    }
    return false;
}

str approval_word_name(enum approval_word word)
{
    static const str NAMES[] = {LIT_INIT("open"), LIT_INIT("yes"), LIT_INIT("no"),
                                LIT_INIT("without")};
    return NAMES[word];
}

/* ---- states */

static void add_number(struct arena *a, struct stix_strs *parts, int64_t number)
{
    *LIST_ADD(a, parts) = arena_print(a, "%lld", (long long)number);
}

static void add_list(struct arena *a, struct stix_strs *parts, const struct stix_strs *list)
{
    add_number(a, parts, (int64_t)list->count);
    for (size_t i = 0; i < list->count; i++)
        *LIST_ADD(a, parts) = list->items[i];
}

static str digest(struct arena *a, const struct stix_strs *parts)
{
    unsigned char bytes[SECRET_DIGEST_BYTES];
    secret_digest_parts(NULL, parts->items, parts->count, bytes);
    return secret_hex(a, bytes, STATE_BYTES);
}

static err audience_state(struct arena *a, struct session *s, const struct reader *r,
                          const struct briefing *b, str *out)
{
    struct briefing_plan plan;
    struct stix_strs parts = {0};
    TRY(briefing_plan_get(a, s, r, b->id, &plan));
    add_number(a, &parts, b->label);
    add_number(a, &parts, plan.sectors);
    add_number(a, &parts, plan.duties);
    add_list(a, &parts, &plan.jurisdictions);
    add_list(a, &parts, &plan.associations);
    add_list(a, &parts, &plan.organizations);
    add_list(a, &parts, &plan.people);
    *out = digest(a, &parts);
    return NULL;
}

str approval_item_state(struct arena *a, const struct briefing_item *item)
{
    struct stix_strs parts = {0};
    *LIST_ADD(a, &parts) = item->title;
    *LIST_ADD(a, &parts) = item->about;
    *LIST_ADD(a, &parts) = item->presenter;
    *LIST_ADD(a, &parts) = item->presenter_words;
    add_number(a, &parts, item->minutes);
    add_number(a, &parts, item->label);
    add_list(a, &parts, &item->organizations);
    add_list(a, &parts, &item->refs);
    return digest(a, &parts);
}

/* The head and each item, so that it can be said afterwards which of them are new. */
static str agenda_state(struct arena *a, const struct briefing *b,
                        const struct briefing_items *items)
{
    struct stix_strs parts = {0};
    *LIST_ADD(a, &parts) = b->title;
    *LIST_ADD(a, &parts) = b->about;
    add_number(a, &parts, b->when.minutes);
    str state = digest(a, &parts);
    for (size_t i = 0; i < items->count; i++)
        state = arena_join(a, state, LIT(" "), approval_item_state(a, &items->items[i]));
    return state;
}

static str release_state(struct arena *a, const struct briefing *b,
                         const struct briefing_items *items)
{
    struct stix_strs parts = {0};
    add_list(a, &parts, &b->hosts);
    *LIST_ADD(a, &parts) = str_part(b->when.local, 0, 10);
    *LIST_ADD(a, &parts) = b->label == TLP_CLEAR ? b->title : (str){0};
    for (size_t i = 0; i < items->count; i++) {
        if (items->items[i].label == TLP_CLEAR)
            *LIST_ADD(a, &parts) = items->items[i].title;
    }
    return digest(a, &parts);
}

err approval_states(struct arena *a, struct session *s, const struct reader *r,
                    const struct briefing *b, str out[APPROVAL_SCOPES])
{
    struct briefing_items items = {0};
    TRY(agenda_get_agreed(a, s, r, b, &items));
    TRY(audience_state(a, s, r, b, &out[APPROVAL_AUDIENCE]));
    out[APPROVAL_AGENDA] = agenda_state(a, b, &items);
    out[APPROVAL_RELEASE] = release_state(a, b, &items);
    return NULL;
}

/* ---- on the log */

static err read_said(struct arena *a, struct session *s, const struct log_entry *e,
                     struct approvals_said *out)
{
    OWNED(parsed_done) struct parsed p = {0};
    enum approval_scope scope;
    TRY(parsed_read(a, s, e, &p));
    json v = p.value;
    if (!approval_scope_read(json_get_string(v, LIT("scope")), &scope))
        return NULL;
    *LIST_ADD(a, out) =
        (struct approval_said){.organization = parsed_text(a, v, "organization_ref"),
                               .scope = scope,
                               .candidate = parsed_text(a, v, "candidate_ref"),
                               .person = parsed_text(a, v, "person_ref"),
                               .is_approved = json_is(json_get(v, LIT("is_approved")), JSON_TRUE),
                               .is_without = json_is(json_get(v, LIT("is_without")), JSON_TRUE),
                               .state = parsed_text(a, v, "scope_state"),
                               .reason = parsed_text(a, v, "reason"),
                               .at_us = e->version_us,
                               .entry = *e};
    return NULL;
}

err approvals_list(struct arena *a, struct session *s, const struct reader *r,
                   const struct briefing *b, struct approvals_said *out)
{
    struct about_rows rows = {0};
    TRY(about_list(a, s, r, b->id, LIT("approval"), &rows));
    for (size_t i = 0; i < rows.count; i++) {
        if (rows.items[i].entry.contributor == b->group)
            TRY(read_said(a, s, &rows.items[i].entry, out));
    }
    return NULL;
}

err approval_put(struct batch *batch, const struct briefing *b, const struct approval_said *said)
{
    struct arena *a = batch->a;
    str group_id = policy_org(batch->s->policy, b->group)->id;
    str scope = approval_scope_name(said->scope);
    str about = arena_join(a, b->id, scope, said->candidate);
    struct object_head head = {.type = "approval",
                               .extension = APPROVAL_EXTENSION,
                               .id = derived_id(a, batch->s, "approval", about, said->organization),
                               .created_by = group_id,
                               .label = TLP_AMBER,
                               .markings = {hosts_marking(a, batch->s, group_id)}};
    TRY(audience_version(a, batch->s, batch->contributor, head.id, &head.modified_us));
    struct json_writer *w = batch_open(batch, &head);
    json_member(w, "target_ref", b->id);
    json_member(w, "target_version", b->version);
    json_member(w, "scope", scope);
    json_member(w, "organization_ref", said->organization);
    json_member(w, "person_ref", said->person);
    json_member_bool(w, "is_approved", said->is_approved);
    if (said->is_without)
        json_member_bool(w, "is_without", true);
    put_text_if(w, "scope_state", said->state);
    put_text_if(w, "candidate_ref", said->candidate);
    put_text_if(w, "reason", said->reason);
    batch_close(batch, &head);
    return NULL;
}

/* ---- the matrix */

struct gathered {
    bool is_closed;
    struct approvals_said said;
    struct askings askings;
    struct about_rows named; /* objects of type briefing-host */
};

static const struct approval_said *find_said(const struct gathered *g, str organization,
                                             enum approval_scope scope)
{
    for (size_t i = 0; i < g->said.count; i++) {
        const struct approval_said *one = &g->said.items[i];
        if (one->scope == scope && str_eq(one->organization, organization))
            return one;
    }
    return NULL;
}

static struct approval_cell open_cell(const struct approval_said *said, const struct asking *asking)
{
    struct approval_cell cell = {.word = APPROVAL_OPEN, .due_us = INT64_MAX};
    if (said) {
        cell.is_again = true;
        cell.said_state = said->state;
    }
    if (asking) {
        cell.at_us = asking->asked_us;
        cell.due_us = asking->due_us;
    }
    return cell;
}

static struct approval_cell make_cell(const struct gathered *g, const struct policy_org *org,
                                      enum approval_scope scope, str state)
{
    const struct approval_said *said = find_said(g, org->id, scope);
    bool stands = said && (g->is_closed || str_eq(said->state, state));
    if (!stands)
        return open_cell(said, asking_find(&g->askings, org->n, scope));
    return (struct approval_cell){.word = said->is_without    ? APPROVAL_WITHOUT
                                          : said->is_approved ? APPROVAL_YES
                                                              : APPROVAL_NO,
                                  .person = said->person,
                                  .reason = said->reason,
                                  .said_state = said->state,
                                  .at_us = said->at_us,
                                  .due_us = INT64_MAX,
                                  .entry = said->entry};
}

static err read_named(struct arena *a, struct session *s, const struct gathered *g,
                      struct approval_host *host)
{
    for (size_t i = 0; i < g->named.count; i++) {
        OWNED(parsed_done) struct parsed p = {0};
        TRY(parsed_read(a, s, &g->named.items[i].entry, &p));
        if (!str_eq(json_get_string(p.value, LIT("organization_ref")), host->org->id))
            continue;
        host->entry = g->named.items[i].entry;
        host->approver = parsed_text(a, p.value, "person_ref");
        host->deputies = (struct stix_strs){0};
        parsed_texts(a, p.value, "deputy_refs", &host->deputies);
    }
    return NULL;
}

/* A person who is gone, or acts for another organization now, answers for none. */
static bool still_answers(const struct session *s, const struct policy_org *org, str id)
{
    const struct policy_person *person = map_get(&s->policy->person_by_id, id);
    return person && !person->is_suspended && policy_affiliation(person, org->n);
}

static bool is_anybody_named(const struct session *s, const struct approval_host *host)
{
    bool is_anybody = still_answers(s, host->org, host->approver);
    for (size_t i = 0; i < host->deputies.count; i++)
        is_anybody |= still_answers(s, host->org, host->deputies.items[i]);
    return is_anybody;
}

static bool may_answer(const struct session *s, const struct reader *r,
                       const struct approval_host *host)
{
    if (host == NULL || r->person == NULL)
        return false;
    if (!is_anybody_named(s, host))
        return r->may_post;
    return str_eq(host->approver, r->person->id) || strs_have(&host->deputies, r->person->id);
}

static err add_host(struct arena *a, struct session *s, const struct gathered *g, str organization,
                    struct approval_matrix *out)
{
    const struct policy_org *org = policy_org_by_id(s->policy, organization);
    if (org == NULL)
        return NULL;
    struct approval_host *host = LIST_ADD(a, out);
    host->org = org;
    TRY(read_named(a, s, g, host));
    for (unsigned i = 0; i < APPROVAL_SCOPES; i++)
        host->cells[i] = make_cell(g, org, (enum approval_scope)i, out->states[i]);
    return NULL;
}

err approval_matrix_get(struct arena *a, struct session *s, const struct reader *r,
                        const struct briefing *b, struct approval_matrix *out)
{
    struct gathered g = {0};
    g.is_closed = b->is_over || b->status == BRIEFING_CANCELLED;
    *out = (struct approval_matrix){.is_closed = g.is_closed};
    TRY(approvals_list(a, s, r, b, &g.said));
    TRY(asking_list(a, s, b->id, &g.askings));
    TRY(about_list(a, s, r, b->id, LIT("briefing-host"), &g.named));
    TRY(approval_states(a, s, r, b, out->states));
    for (size_t i = 0; i < b->hosts.count; i++)
        TRY(add_host(a, s, &g, b->hosts.items[i], out));
    for (size_t i = 0; i < out->count; i++) {
        if (r->org && str_eq(out->items[i].org->id, r->org->id))
            out->own = &out->items[i];
    }
    out->may_answer = may_answer(s, r, out->own);
    return NULL;
}

size_t approval_open_count(const struct approval_matrix *m, unsigned scopes)
{
    size_t count = 0;
    for (size_t i = 0; i < m->count && m->count > 1 && !m->is_closed; i++) {
        for (unsigned k = 0; k < APPROVAL_SCOPES; k++) {
            enum approval_word word = m->items[i].cells[k].word;
            count += (scopes >> k & 1) && (word == APPROVAL_OPEN || word == APPROVAL_NO);
        }
    }
    return count;
}

bool approval_is_awaited(const struct approval_matrix *m)
{
    bool is_open = false;
    if (!m->may_answer || m->count < 2 || m->is_closed)
        return false;
    for (unsigned i = 0; i < APPROVAL_SCOPES; i++)
        is_open |= m->own->cells[i].word == APPROVAL_OPEN;
    return is_open;
}
