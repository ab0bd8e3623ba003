/*
 * Joining the hosts, and leaving them. Each yes stands on the log as an approval under the scope
 * "hosts"; whoever leaves says no to themselves, so that what was said before counts no more.
 */
#include "service/briefing_hosts.h"

#include "service/approval_parts.h"
#include "store/members.h"

/* ---- proposals */

static const struct approval_said *find_said(const struct approvals_said *said, str organization,
                                             str candidate)
{
    for (size_t i = 0; i < said->count; i++) {
        const struct approval_said *one = &said->items[i];
        if (one->scope == APPROVAL_HOSTS && str_eq(one->candidate, candidate) &&
            str_eq(one->organization, organization))
            return one;
    }
    return NULL;
}

/* What a host says of a candidate now: nothing where the candidate has left since. */
static struct host_voice find_voice(const struct session *s, const struct approvals_said *said,
                                    str organization, str candidate)
{
    struct host_voice voice = {.org = policy_org_by_id(s->policy, organization)};
    const struct approval_said *one = find_said(said, organization, candidate);
    const struct approval_said *left = find_said(said, candidate, candidate);
    if (one == NULL || (left && left->at_us >= one->at_us))
        return voice;
    voice.word = one->is_approved ? APPROVAL_YES : APPROVAL_NO;
    voice.reason = one->reason;
    voice.entry = one->entry;
    return voice;
}

static bool has_proposal(const struct host_proposals *list, str candidate)
{
    for (size_t i = 0; i < list->count; i++) {
        if (str_eq(list->items[i].org->id, candidate))
            return true;
    }
    return false;
}

static void add_proposal(struct arena *a, const struct session *s, const struct briefing *b,
                         const struct approvals_said *said, struct host_proposals *out,
                         str candidate)
{
    struct host_proposal proposal = {.org = policy_org_by_id(s->policy, candidate)};
    bool is_wanted = false;
    if (proposal.org == NULL || strs_have(&b->hosts, candidate) || has_proposal(out, candidate))
        return;
    for (size_t i = 0; i < b->hosts.count; i++) {
        struct host_voice voice = find_voice(s, said, b->hosts.items[i], candidate);
        is_wanted |= voice.word == APPROVAL_YES;
        if (voice.org)
            *LIST_ADD(a, &proposal.voices) = voice;
    }
    if (is_wanted)
        *LIST_ADD(a, out) = proposal;
}

err host_proposals_get(struct arena *a, struct session *s, const struct reader *r,
                       const struct briefing *b, struct host_proposals *out)
{
    struct approvals_said said = {0};
    *out = (struct host_proposals){0};
    TRY(approvals_list(a, s, r, b, &said));
    for (size_t i = 0; i < said.count; i++) {
        if (said.items[i].scope == APPROVAL_HOSTS)
            add_proposal(a, s, b, &said, out, said.items[i].candidate);
    }
    return NULL;
}

bool host_is_awaited(const struct host_proposals *p, const struct reader *r)
{
    for (size_t i = 0; i < p->count && r->may_post; i++) {
        for (size_t k = 0; k < p->items[i].voices.count; k++) {
            const struct host_voice *voice = &p->items[i].voices.items[k];
            if (voice->org == r->org && voice->word == APPROVAL_OPEN)
                return true;
        }
    }
    return false;
}

/* ---- what changes */

/* The next versions of the group and the briefing, with the hosts as they are in `b`. */
static err put_hosts(struct batch *batch, const struct briefing *b)
{
    const struct policy_org *group = policy_org(batch->s->policy, b->group);
    const struct briefing_version v = {
        .briefing = b, .group_id = group->id, .marking = briefing_marking(batch->a, batch->s, b)};
    int64_t group_us;
    TRY(audience_version(batch->a, batch->s, b->group, group->id, &group_us));
    batch_put_group(batch, group, &b->hosts, v.marking, group_us);
    batch_put_briefing(batch, &v);
    return NULL;
}

static err put_voice(struct batch *batch, const struct briefing *b,
                     const struct host_answer *answer)
{
    const struct approval_said said = {.organization = batch->reader->org->id,
                                       .scope = APPROVAL_HOSTS,
                                       .candidate = answer->organization,
                                       .person = batch->reader->person->id,
                                       .is_approved = answer->is_approved,
                                       .reason = answer->reason};
    return approval_put(batch, b, &said);
}

static err append_voice(struct arena *a, struct session *s, const struct reader *r,
                        const struct briefing *b, const struct host_answer *answer)
{
    OWNED(batch_done) struct batch batch;
    batch_init(&batch, a, s, r, b->group);
    TRY(put_voice(&batch, b, answer));
    return batch_append(&batch);
}

static err check_candidate(struct arena *a, const struct session *s, const struct briefing *b,
                           const struct host_answer *answer)
{
    const struct policy_org *org = policy_org_by_id(s->policy, answer->organization);
    if (org == NULL || !org->is_active || org->is_group)
        return FAIL(a, ERR_INVALID, "a host is a member of this exchange, and this one is none");
    if (strs_have(&b->hosts, org->id))
        return FAIL(a, ERR_CONFLICT, "%.*s hosts this briefing already", STR_ARG(org->name));
    if (b->hosts.count >= BRIEFING_HOSTS_MAX)
        return FAIL(a, ERR_CONFLICT, "a briefing has at most %d hosts", BRIEFING_HOSTS_MAX);
    if (!tlp_is_within(b->label, org->ceiling))
        return FAIL(a, ERR_INVALID, "%.*s may not hear this label, so that they cannot host it",
                    STR_ARG(org->name));
    if (!answer->is_approved && str_trim(answer->reason).len == 0)
        return FAIL(a, ERR_INVALID, "say why not: the other hosts read it");
    if (answer->reason.len > APPROVAL_REASON_BYTES_MAX)
        return FAIL(a, ERR_INVALID, "the reason is longer than %d bytes",
                    APPROVAL_REASON_BYTES_MAX);
    return NULL;
}

static err all_agree(struct arena *a, struct session *s, const struct reader *r,
                     const struct briefing *b, str candidate, bool *out)
{
    struct approvals_said said = {0};
    TRY(approvals_list(a, s, r, b, &said));
    *out = true;
    for (size_t i = 0; i < b->hosts.count; i++)
        *out &= find_voice(s, &said, b->hosts.items[i], candidate).word == APPROVAL_YES;
    return NULL;
}

static err join(struct arena *a, struct session *s, const struct reader *r, struct briefing *b,
                str candidate)
{
    struct approval_before before;
    struct reader again;
    int64_t org = r->org->n;
    int64_t person = r->person->n;
    str group_id = arena_copy(a, policy_org(s->policy, b->group)->id);
    TRY(approval_look(a, s, r, b, &before));
    *LIST_ADD(a, &b->hosts) = candidate;
    OWNED(batch_done) struct batch batch;
    batch_init(&batch, a, s, r, b->group);
    TRY(put_hosts(&batch, b));
    TRY(batch_append(&batch));
    TRY(members_insert_link(a, s, group_id, LIT("owned-by"), candidate));
    TRY(session_policy_changed(a, s));
    TRY(briefing_reader_again(a, s, org, person, &again));
    TRY(approval_follow(a, s, &again, b->id, &before));
    return briefing_record(a, s, &again, "briefing.host-joined", b->id, candidate);
}

err host_say(struct arena *a, struct session *s, const struct reader *r, str briefing,
             const struct host_answer *answer)
{
    struct briefing b;
    bool is_agreed = false;
    TRY(briefing_get_hosted(a, s, r, briefing, &b));
    TRY(briefing_check_may_host(a, r));
    TRY(approval_check_open(a, &b));
    TRY(check_candidate(a, s, &b, answer));
    TRY(append_voice(a, s, r, &b, answer));
    TRY(briefing_record(a, s, r, answer->is_approved ? "briefing.host-yes" : "briefing.host-no",
                        briefing, answer->organization));
    if (answer->is_approved)
        TRY(all_agree(a, s, r, &b, answer->organization, &is_agreed));
    return is_agreed ? join(a, s, r, &b, answer->organization) : NULL;
}

static void without(struct arena *a, const struct stix_strs *hosts, str organization,
                    struct stix_strs *out)
{
    for (size_t i = 0; i < hosts->count; i++) {
        if (!str_eq(hosts->items[i], organization))
            *LIST_ADD(a, out) = hosts->items[i];
    }
}

err host_leave(struct arena *a, struct session *s, const struct reader *r, str briefing)
{
    struct briefing b;
    struct stix_strs others = {0};
    struct reader again;
    int64_t org = r->org->n;
    int64_t person = r->person->n;
    TRY(briefing_get_hosted(a, s, r, briefing, &b));
    TRY(briefing_check_may_host(a, r));
    str own_id = arena_copy(a, r->org->id);
    str group_id = arena_copy(a, policy_org(s->policy, b.group)->id);
    without(a, &b.hosts, own_id, &others);
    if (others.count == 0)
        return FAIL(a, ERR_CONFLICT,
                    "nobody else hosts this briefing; call it off, or ask somebody to host it "
                    "with you first");
    b.hosts = others;
    OWNED(batch_done) struct batch batch;
    batch_init(&batch, a, s, r, b.group);
    TRY(put_voice(&batch, &b, &(struct host_answer){.organization = own_id}));
    TRY(put_hosts(&batch, &b));
    TRY(batch_append(&batch));
    TRY(members_remove_link(a, s, group_id, LIT("owned-by"), own_id));
    TRY(session_policy_changed(a, s));
    TRY(briefing_reader_again(a, s, org, person, &again));
    TRY(approval_settle(a, s, briefing));
    return briefing_record(a, s, &again, "briefing.host-left", briefing, (str){0});
}
