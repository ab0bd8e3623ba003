/*
 * What hosts do with approvals: answer, name who answers, go on without one that is silent; and who
 * is asked when.
 */
#include "service/approval.h"

#include "base/num.h"
#include "base/uuid.h"
#include "service/approval_parts.h"
#include "store/asking.h"

#define EDITIONS_BACK_MAX 100
#define TOLD_TIMES 3 /* at once, at half and at three quarters of the time left */

err approval_check_open(struct arena *a, const struct briefing *b)
{
    if (b->status != BRIEFING_CANCELLED && !b->is_over)
        return NULL;
    return FAIL(a, ERR_CONFLICT, "this briefing %s; nobody is asked about it any more",
                b->is_over ? "is over" : "was called off");
}

/* ---- who is asked */

int64_t approval_due(const struct asking *asking)
{
    int64_t left_us = asking->until_us - asking->asked_us;
    if (asking->told == 0)
        return asking->asked_us;
    if (asking->told >= TOLD_TIMES || left_us <= 0)
        return INT64_MAX;
    return asking->asked_us + (asking->told == 1 ? left_us / 2 : left_us / 4 * 3);
}

static err ask(struct arena *a, struct session *s, const struct briefing *b,
               const struct asking *before, const struct asking *wanted)
{
    struct asking asking = before ? *before : *wanted;
    if (before && before->until_us == b->when.start_us)
        return NULL;
    asking.until_us = b->when.start_us;
    asking.due_us = approval_due(&asking);
    return asking_put(a, s, &asking);
}

static err settle_cells(struct arena *a, struct session *s, const struct briefing *b,
                        const struct approval_matrix *m, const struct askings *there)
{
    bool is_asking = !m->is_closed && m->count > 1;
    for (size_t i = 0; i < m->count; i++) {
        for (unsigned k = 0; k < APPROVAL_SCOPES; k++) {
            const struct asking wanted = {
                .briefing = b->id, .org = m->items[i].org->n, .scope = k, .asked_us = s->now_us};
            const struct asking *before = asking_find(there, wanted.org, wanted.scope);
            if (is_asking && m->items[i].cells[k].word == APPROVAL_OPEN)
                TRY(ask(a, s, b, before, &wanted));
            else if (before)
                TRY(asking_end(a, s, before));
        }
    }
    return NULL;
}

/* A host that has left is asked nothing. */
static err end_others(struct arena *a, struct session *s, const struct approval_matrix *m,
                      const struct askings *there)
{
    for (size_t i = 0; i < there->count; i++) {
        bool is_host = false;
        for (size_t k = 0; k < m->count; k++)
            is_host |= m->items[k].org->n == there->items[i].org;
        if (!is_host)
            TRY(asking_end(a, s, &there->items[i]));
    }
    return NULL;
}

err approval_settle(struct arena *a, struct session *s, str briefing)
{
    struct briefing b;
    struct reader group;
    struct approval_matrix m;
    struct askings there = {0};
    TRY(briefing_get_as_group(a, s, briefing, &group, &b));
    TRY(approval_matrix_get(a, s, &group, &b, &m));
    TRY(asking_list(a, s, briefing, &there));
    TRY(settle_cells(a, s, &b, &m, &there));
    return end_others(a, s, &m, &there);
}

/* ---- one's own changes */

err approval_look(struct arena *a, struct session *s, const struct reader *r,
                  const struct briefing *b, struct approval_before *out)
{
    struct approval_matrix m;
    TRY(approval_matrix_get(a, s, r, b, &m));
    for (unsigned i = 0; i < APPROVAL_SCOPES; i++) {
        out->states[i] = m.states[i];
        out->has_agreed[i] = m.own && (m.count == 1 || m.own->cells[i].word == APPROVAL_YES);
    }
    return NULL;
}

static err agree_again(struct arena *a, struct session *s, const struct reader *r,
                       const struct briefing *b, const struct approval_before *before)
{
    struct approval_matrix m;
    TRY(approval_matrix_get(a, s, r, b, &m));
    if (!m.may_answer || m.count < 2)
        return NULL;
    OWNED(batch_done) struct batch batch;
    batch_init(&batch, a, s, r, b->group);
    for (unsigned i = 0; i < APPROVAL_SCOPES; i++) {
        const struct approval_said yes = {.organization = r->org->id,
                                          .scope = (enum approval_scope)i,
                                          .person = r->person->id,
                                          .is_approved = true,
                                          .state = m.states[i]};
        if (before->has_agreed[i] && m.own->cells[i].word == APPROVAL_OPEN)
            TRY(approval_put(&batch, b, &yes));
    }
    return batch_append(&batch);
}

err approval_follow(struct arena *a, struct session *s, const struct reader *r, str briefing,
                    const struct approval_before *before)
{
    struct briefing b;
    TRY(briefing_get_hosted(a, s, r, briefing, &b));
    TRY(agree_again(a, s, r, &b, before));
    return approval_settle(a, s, briefing);
}

/* ---- answering */

static err check_answer(struct arena *a, const struct approval_matrix *m,
                        const struct approval_answer *answer)
{
    if (m->count < 2)
        return FAIL(a, ERR_CONFLICT, "you host this briefing alone, so that nobody is asked");
    if (!m->may_answer)
        return FAIL(a, ERR_FORBIDDEN,
                    "for your organization its approver and deputies answer, as named on this "
                    "briefing; where nobody is named, its publishers do");
    if (!str_eq(answer->state, m->states[answer->scope]))
        return FAIL(a, ERR_CONFLICT,
                    "the %.*s has changed since you looked; look at it again and answer then",
                    STR_ARG(approval_scope_name(answer->scope)));
    if (!answer->is_approved && str_trim(answer->reason).len == 0)
        return FAIL(a, ERR_INVALID, "say why not: the other hosts read it and can mend it");
    if (answer->reason.len > APPROVAL_REASON_BYTES_MAX)
        return FAIL(a, ERR_INVALID, "the reason is longer than %d bytes",
                    APPROVAL_REASON_BYTES_MAX);
    return NULL;
}

err approval_say(struct arena *a, struct session *s, const struct reader *r, str briefing,
                 const struct approval_answer *answer)
{
    struct briefing b;
    struct approval_matrix m;
    ASSERT(answer->scope < APPROVAL_SCOPES);
    TRY(briefing_get_hosted(a, s, r, briefing, &b));
    TRY(approval_check_open(a, &b));
    TRY(approval_matrix_get(a, s, r, &b, &m));
    TRY(check_answer(a, &m, answer));
    OWNED(batch_done) struct batch batch;
    batch_init(&batch, a, s, r, b.group);
    const struct approval_said said = {.organization = r->org->id,
                                       .scope = answer->scope,
                                       .person = r->person->id,
                                       .is_approved = answer->is_approved,
                                       .state = answer->state,
                                       .reason = answer->reason};
    TRY(approval_put(&batch, &b, &said));
    TRY(batch_append(&batch));
    TRY(approval_settle(a, s, briefing));
    return briefing_record(a, s, r, answer->is_approved ? "briefing.approve" : "briefing.refuse",
                           briefing, approval_scope_name(answer->scope));
}

/* ---- who answers */

static err check_person(struct arena *a, const struct session *s, const struct reader *r, str id)
{
    const struct policy_person *person = map_get(&s->policy->person_by_id, id);
    if (person && !person->is_suspended && policy_affiliation(person, r->org->n))
        return NULL;
    return FAIL(a, ERR_INVALID, "approver and deputies are people of your own organization");
}

static err put_named(struct batch *batch, const struct briefing *b, str approver,
                     const struct stix_strs *deputies)
{
    struct arena *a = batch->a;
    str group_id = policy_org(batch->s->policy, b->group)->id;
    str org_id = batch->reader->org->id;
    struct object_head head = {.type = "briefing-host",
                               .extension = HOST_EXTENSION,
                               .id = derived_id(a, batch->s, "briefing-host", b->id, org_id),
                               .created_by = group_id,
                               .label = TLP_AMBER,
                               .markings = {hosts_marking(a, batch->s, group_id)}};
    TRY(audience_version(a, batch->s, batch->contributor, head.id, &head.modified_us));
    struct json_writer *w = batch_open(batch, &head);
    json_member(w, "briefing_ref", b->id);
    json_member(w, "organization_ref", org_id);
    json_member(w, "person_ref", approver);
    put_texts(w, "deputy_refs", deputies);
    batch_close(batch, &head);
    return NULL;
}

err approval_name(struct arena *a, struct session *s, const struct reader *r, str briefing,
                  str approver, const struct stix_strs *deputies)
{
    struct briefing b;
    TRY(briefing_get_hosted(a, s, r, briefing, &b));
    TRY(briefing_check_may_host(a, r));
    TRY(approval_check_open(a, &b));
    if (deputies->count > APPROVAL_DEPUTIES_MAX)
        return FAIL(a, ERR_INVALID, "a host has at most %d deputies", APPROVAL_DEPUTIES_MAX);
    TRY(check_person(a, s, r, approver));
    for (size_t i = 0; i < deputies->count; i++) {
        TRY(check_person(a, s, r, deputies->items[i]));
        if (str_eq(deputies->items[i], approver))
            return FAIL(a, ERR_INVALID, "the approver is no deputy of their own");
    }
    OWNED(batch_done) struct batch batch;
    batch_init(&batch, a, s, r, b.group);
    TRY(put_named(&batch, &b, approver, deputies));
    TRY(batch_append(&batch));
    return briefing_record(a, s, r, "briefing.approvers", briefing, (str){0});
}

/* ---- going on without one */

/* What it presents, and what was changed since it last answered. */
static bool hangs_on(struct arena *a, const struct session *s, const struct approval_host *host,
                     const struct briefing_item *item)
{
    const struct approval_cell *agenda = &host->cells[APPROVAL_AGENDA];
    str state = approval_item_state(a, item);
    bool is_unseen = agenda->word == APPROVAL_OPEN && agenda->is_again &&
                     str_find(agenda->said_state, state) == agenda->said_state.len;
    return is_unseen ||
           policy_affiliation(map_get(&s->policy->person_by_id, item->presenter), host->org->n);
}

static err leave_out(struct batch *batch, const struct briefing_version *v,
                     const struct approval_host *host)
{
    struct briefing_items items = {0};
    struct briefing_items dropped = {0};
    TRY(briefing_items_get(batch->a, batch->s, batch->reader, v->briefing, &items));
    for (size_t i = 0; i < items.count; i++) {
        struct briefing_item item = items.items[i];
        item.is_dropped = true;
        item.is_left_out = true;
        if (hangs_on(batch->a, batch->s, host, &item))
            *LIST_ADD(batch->a, &dropped) = item;
    }
    batch_put_briefing(batch, v);
    return briefing_put_items(batch, v, &dropped);
}

static err find_silent(struct arena *a, struct session *s, const struct briefing *b,
                       const struct approval_matrix *m, str organization,
                       const struct approval_host **out)
{
    bool is_silent = false;
    *out = NULL;
    for (size_t i = 0; i < m->count; i++) {
        if (str_eq(m->items[i].org->id, organization))
            *out = &m->items[i];
    }
    if (*out == NULL || *out == m->own)
        return FAIL(a, ERR_INVALID, "name another host of this briefing");
    for (unsigned i = 0; i < APPROVAL_SCOPES; i++)
        is_silent |= (*out)->cells[i].word == APPROVAL_OPEN;
    if (!is_silent)
        return FAIL(a, ERR_CONFLICT, "%.*s has answered", STR_ARG((*out)->org->name));
    if (s->now_us < b->when.start_us - APPROVAL_WITHOUT_US)
        return FAIL(a, ERR_CONFLICT,
                    "%.*s may answer until two hours before the start; from then on you can go on "
                    "without what hangs on them, and until then you can move the briefing",
                    STR_ARG((*out)->org->name));
    const struct approval_cell *audience = &(*out)->cells[APPROVAL_AUDIENCE];
    if (audience->word == APPROVAL_OPEN && s->now_us < audience->at_us + APPROVAL_SILENCE_US)
        return FAIL(a, ERR_CONFLICT,
                    "%.*s was asked whom to invite less than half an hour ago, which is no silence "
                    "yet; call them",
                    STR_ARG((*out)->org->name));
    return NULL;
}

static err append_without(struct arena *a, struct session *s, const struct reader *r,
                          const struct briefing *b, const struct approval_matrix *m,
                          const struct approval_host *host)
{
    const struct briefing_version v = {.briefing = b,
                                       .group_id = policy_org(s->policy, b->group)->id,
                                       .marking = briefing_marking(a, s, b)};
    OWNED(batch_done) struct batch batch;
    batch_init(&batch, a, s, r, b->group);
    TRY(leave_out(&batch, &v, host));
    for (unsigned i = 0; i < APPROVAL_SCOPES; i++) {
        const struct approval_said without = {.organization = host->org->id,
                                              .scope = (enum approval_scope)i,
                                              .person = r->person->id,
                                              .is_without = true,
                                              .state = m->states[i]};
        if (host->cells[i].word == APPROVAL_OPEN)
            TRY(approval_put(&batch, b, &without));
    }
    return batch_append(&batch);
}

err approval_go_without(struct arena *a, struct session *s, const struct reader *r, str briefing,
                        str organization)
{
    struct briefing b;
    struct approval_matrix m;
    const struct approval_host *host;
    TRY(briefing_get_hosted(a, s, r, briefing, &b));
    TRY(briefing_check_may_host(a, r));
    TRY(approval_check_open(a, &b));
    TRY(approval_matrix_get(a, s, r, &b, &m));
    TRY(find_silent(a, s, &b, &m, organization, &host));
    TRY(append_without(a, s, r, &b, &m, host));
    TRY(approval_settle(a, s, briefing));
    return briefing_record(a, s, r, "briefing.go-without", briefing, host->org->name);
}

/* ---- sending */

static err agreed_in(struct arena *a, struct session *s, const struct reader *r,
                     const struct briefing *b, str state, struct map *agreed)
{
    struct approvals_said said = {0};
    TRY(approvals_list(a, s, r, b, &said));
    for (size_t i = 0; i < said.count; i++) {
        const struct approval_said *one = &said.items[i];
        if (one->scope == APPROVAL_AUDIENCE && one->is_approved && str_eq(one->state, state))
            map_put(agreed, one->organization, agreed);
    }
    return NULL;
}

err approval_is_standing(struct arena *a, struct session *s, const struct reader *r,
                         const struct briefing *b, bool *out)
{
    str states[APPROVAL_SCOPES];
    struct map agreed;
    struct briefing edition = *b;
    map_init(&agreed, a);
    TRY(approval_states(a, s, r, b, states));
    for (int i = 0; i < EDITIONS_BACK_MAX; i++) {
        TRY(agreed_in(a, s, r, &edition, states[APPROVAL_AUDIENCE], &agreed));
        if (edition.follows.len == 0)
            break;
        err absent = briefing_get_hosted(a, s, r, edition.follows, &edition);
        if (absent && absent->code != ERR_NOT_FOUND)
            return absent;
        if (absent) /* hosted by others */
            break;
    }
    *out = true;
    for (size_t i = 0; i < b->hosts.count; i++)
        *out &= map_get(&agreed, b->hosts.items[i]) != NULL;
    return NULL;
}

static err refuse(struct arena *a, const struct approval_host *host, enum approval_scope scope)
{
    const struct approval_cell *cell = &host->cells[scope];
    str name = approval_scope_name(scope);
    if (cell->word == APPROVAL_NO)
        return FAIL(
            a, ERR_CONFLICT,
            "%.*s said no to the %.*s: %.*s. Change it, and they are asked again; or call the "
            "briefing off",
            STR_ARG(host->org->name), STR_ARG(name), STR_ARG(cell->reason));
    return FAIL(a, ERR_CONFLICT,
                "%.*s has not approved the %.*s%s, so that nothing can be sent yet; ask them, or "
                "wait until two hours before the start and go on without what hangs on them",
                STR_ARG(host->org->name), STR_ARG(name), cell->is_again ? " as it is now" : "");
}

err approval_check_send(struct arena *a, struct session *s, const struct reader *r,
                        const struct briefing *b, bool is_urgent)
{
    static const enum approval_scope NEEDED[] = {APPROVAL_AUDIENCE, APPROVAL_AGENDA};
    struct approval_matrix m;
    bool is_standing = false;
    TRY(approval_matrix_get(a, s, r, b, &m));
    if (m.count < 2)
        return NULL;
    if (is_urgent) {
        TRY(approval_is_standing(a, s, r, b, &is_standing));
        return is_standing ? NULL
                           : FAIL(a, ERR_CONFLICT,
                                  "in urgency one host alone briefs only an audience that all "
                                  "hosts have agreed to, and not all have agreed to this one");
    }
    for (size_t i = 0; i < m.count; i++) {
        for (size_t k = 0; k < COUNT_OF(NEEDED); k++) {
            enum approval_word word = m.items[i].cells[NEEDED[k]].word;
            if (word == APPROVAL_OPEN || word == APPROVAL_NO)
                return refuse(a, &m.items[i], NEEDED[k]);
        }
    }
    return NULL;
}
