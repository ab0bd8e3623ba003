/*
 * The second person: who is asked to call a newcomer, and what comes of it.
 *
 * Asked are those who manage the people of the newcomer's organization (its admins, those of the
 * one that it is part of, stewards) and publishers of the briefing's hosts, who answer for whom
 * they tell. Never who vouched, nor whoever was not called themselves.
 */
#include "service/newcomer.h"

#include "service/admin_people.h"
#include "service/briefing_parts.h"
#include "service/exercise.h"
#include "service/notice.h"
#include "service/oversight.h"
#include "store/members.h"
#include "store/people.h"
#include "store/vouching.h"

/* A newcomer in an organization; texts are copies, since the policy changes under them. */
struct subject {
    int64_t person;
    str person_id;
    str email;
    int64_t org;
    str org_id;
    bool is_held;          /* their account is another organization's, until a steward adds it */
    bool is_only;          /* they act for no other organization */
    bool is_waiting;       /* provisional, or nobody has called about somebody's word */
    struct vouchings rows; /* the newest first */
};

static bool has_uncalled(const struct vouchings *rows)
{
    bool has_any = false;
    for (size_t i = 0; i < rows->count; i++)
        has_any |= vouching_is_uncalled(rows->items[i].outcome);
    return has_any;
}

static err read_subject(struct arena *a, struct session *s, const struct policy_person *person,
                        const struct policy_org *org, struct subject *out)
{
    *out = (struct subject){.person = person->n,
                            .person_id = arena_copy(a, person->id),
                            .email = arena_copy(a, person->email),
                            .org = org->n,
                            .org_id = arena_copy(a, org->id),
                            .is_held = policy_affiliation(person, org->n) == NULL,
                            .is_only = person->affiliation_count == 1};
    TRY(vouching_of_person(a, s, person->n, org->n, &out->rows));
    out->is_waiting = has_uncalled(&out->rows) ||
                      (policy_is_provisional(person, org->n) && !person->is_suspended);
    return NULL;
}

/* ---- whose it is to say */

enum right { RIGHT_NONE, RIGHT_OWN, RIGHT_HOST, RIGHT_OFFICE };

static bool is_own(const struct reader *r, const struct subject *of)
{
    bool is_own = of->person == r->person->n;
    for (size_t i = 0; i < of->rows.count; i++)
        is_own |= of->rows.items[i].voucher == r->person->n;
    return is_own;
}

static err is_host_of(struct arena *a, struct session *s, const struct reader *r, str briefing,
                      bool *out)
{
    struct briefing b;
    err failure = briefing_get(a, s, r, briefing, &b);
    *out = failure == NULL && b.is_host;
    return failure && failure->code != ERR_NOT_FOUND ? failure : NULL;
}

static err is_host_of_any(struct arena *a, struct session *s, const struct reader *r,
                          const struct vouchings *rows, bool *out)
{
    bool is_publisher = r->gate.roles >> ROLE_PUBLISHER & 1;
    *out = false;
    for (size_t i = 0; i < rows->count && is_publisher && !*out; i++)
        TRY(is_host_of(a, s, r, rows->items[i].briefing, out));
    return NULL;
}

static err find_right(struct arena *a, struct session *s, const struct reader *r,
                      const struct subject *of, enum right *out)
{
    const struct policy_org *org = policy_org(s->policy, of->org);
    bool manages;
    bool hosts = false;
    *out = RIGHT_NONE;
    if (policy_is_provisional(r->person, r->org->n))
        return NULL;
    TRY(oversight_of_org(a, s, r, org, &manages));
    if (of->is_held)
        manages = oversight_is_steward(r);
    else if (!manages)
        TRY(is_host_of_any(a, s, r, &of->rows, &hosts));
    if (manages || hosts)
        *out = is_own(r, of) ? RIGHT_OWN : manages ? RIGHT_OFFICE : RIGHT_HOST;
    return NULL;
}

/* ---- whom one is asked to call */

static bool is_to_call(enum right right)
{
    return right == RIGHT_HOST || right == RIGHT_OFFICE;
}

/* A call is asked for while it helps: before the briefing begins; of an account of another
 * organization also while the briefing lasts, since nothing was sent yet. */
static bool is_due(const struct session *s, const struct briefing *b, const struct subject *of,
                   const struct vouching *v)
{
    if (b->status != BRIEFING_SENT || b->is_over)
        return false;
    return v->state == VOUCHING_WAITS ? b->when.start_us > s->now_us : of->is_held;
}

static bool is_listed(const struct newcomers_asked *list, const struct subject *of)
{
    for (size_t i = 0; i < list->count; i++) {
        if (str_eq(list->items[i].person, of->person_id) && list->items[i].org->n == of->org)
            return true;
    }
    return false;
}

static err add_asked(struct arena *a, struct session *s, const struct reader *r,
                     const struct vouching *v, struct newcomers_asked *out)
{
    const struct policy_person *voucher = policy_person(s->policy, v->voucher);
    struct newcomer_asked *one = LIST_ADD(a, out);
    *one = (struct newcomer_asked){.person = policy_person(s->policy, v->person)->id,
                                   .name = v->name,
                                   .phone = v->phone,
                                   .org = policy_org(s->policy, v->org),
                                   .voucher = voucher ? voucher->name : (str){0}};
    err failure = briefing_get(a, s, r, v->briefing, &one->briefing);
    if (failure)
        one->briefing = (struct briefing){0};
    return failure && failure->code != ERR_NOT_FOUND ? failure : NULL;
}

static err look_at(struct arena *a, struct session *s, const struct reader *r,
                   const struct vouching *v, struct newcomers_asked *out)
{
    struct subject of;
    struct briefing b;
    struct reader group;
    enum right right;
    const struct policy_person *person = policy_person(s->policy, v->person);
    const struct policy_org *org = policy_org(s->policy, v->org);
    bool is_here = policy_affiliation(person, org->n) != NULL;
    if (is_here && (person->is_suspended || v->state == VOUCHING_SENT))
        return NULL;
    TRY(read_subject(a, s, person, org, &of));
    TRY(briefing_get_as_group(a, s, v->briefing, &group, &b));
    if (!is_due(s, &b, &of, v) || is_listed(out, &of))
        return NULL;
    TRY(find_right(a, s, r, &of, &right));
    return is_to_call(right) ? add_asked(a, s, r, v, out) : NULL;
}

err newcomers_asked(struct arena *a, struct session *s, const struct reader *r,
                    struct newcomers_asked *out)
{
    struct vouchings open = {0};
    bool may_be_asked = oversight_is_admin(r) || r->gate.roles >> ROLE_PUBLISHER & 1;
    if (!may_be_asked)
        return NULL;
    TRY(vouching_list_open(a, s, &open));
    for (size_t i = 0; i < open.count; i++)
        TRY(look_at(a, s, r, &open.items[i], out));
    return NULL;
}

err newcomer_note(struct arena *a, struct session *s, const struct reader *r,
                  const struct policy_person *person, struct newcomer_note *out)
{
    struct subject of;
    enum right right;
    const struct policy_org *org = NULL;
    *out = (struct newcomer_note){0};
    for (size_t i = 0; i < person->affiliation_count && org == NULL; i++) {
        if (policy_is_provisional(person, person->affiliations[i].org))
            org = policy_org(s->policy, person->affiliations[i].org);
    }
    if (org == NULL)
        return NULL;
    TRY(read_subject(a, s, person, org, &of));
    TRY(find_right(a, s, r, &of, &right));
    *out = (struct newcomer_note){.org = org, .may_say = of.is_waiting && right == RIGHT_OFFICE};
    if (of.rows.count == 0)
        return NULL;
    const struct policy_person *voucher = policy_person(s->policy, of.rows.items[0].voucher);
    out->voucher = voucher ? voucher->name : (str){0};
    out->phone = of.rows.items[0].phone;
    return NULL;
}

/* ---- who is mailed that they are asked */

/* The organizations whose people may be: their own, those it is linked to, and the hosts. */
static err list_near(struct arena *a, struct session *s, const struct subject *of,
                     const struct briefing *b, struct stix_strs *out)
{
    struct member_links links = {0};
    TRY(members_links(a, s, of->org_id, &links));
    *LIST_ADD(a, out) = of->org_id;
    for (size_t i = 0; i < links.count; i++)
        *LIST_ADD(a, out) = links.items[i].other;
    for (size_t i = 0; i < b->hosts.count; i++)
        *LIST_ADD(a, out) = b->hosts.items[i];
    return NULL;
}

static err is_asked(struct arena *a, struct session *s, const struct policy_person *who,
                    const struct subject *of, const struct stix_strs *near, bool *out)
{
    *out = false;
    for (size_t i = 0; i < who->affiliation_count && !*out; i++) {
        const struct policy_org *org = policy_org(s->policy, who->affiliations[i].org);
        struct reader r;
        enum right right;
        if (org == NULL || !(org->is_steward || strs_have(near, org->id)))
            continue;
        TRY(reader_make(a, s, org, who, NULL, &r));
        if (!r.gate.is_active)
            continue;
        TRY(find_right(a, s, &r, of, &right));
        *out = is_to_call(right);
    }
    return NULL;
}

/* Whoever vouches once more, or for whom somebody else did before, has nobody mailed again. */
static bool was_told(const struct subject *of, const struct vouching *v)
{
    size_t count = 0;
    for (size_t i = 0; i < of->rows.count; i++)
        count += str_eq(of->rows.items[i].briefing, v->briefing);
    return count > 1;
}

err newcomer_tell(struct arena *a, struct session *s, const struct vouching *v, str public_url)
{
    struct subject of;
    struct briefing b;
    struct reader group;
    struct stix_strs near = {0};
    const struct policy_person *person = policy_person(s->policy, v->person);
    TRY(read_subject(a, s, person, policy_org(s->policy, v->org), &of));
    TRY(briefing_get_as_group(a, s, v->briefing, &group, &b));
    if (!is_due(s, &b, &of, v) || was_told(&of, v))
        return NULL;
    TRY(list_near(a, s, &of, &b, &near));
    for (size_t i = 0; i < s->policy->person_count; i++) {
        const struct policy_person *who = &s->policy->people[i];
        bool is_theirs;
        TRY(is_asked(a, s, who, &of, &near, &is_theirs));
        if (is_theirs)
            TRY(notice_call(a, s, who->email, public_url, exercise_holds(s, &b.entry)));
    }
    return NULL;
}

/* ---- once it is over */

err newcomers_lapse(struct arena *a, struct session *s)
{
    struct vouchings open = {0};
    TRY(vouching_list_open(a, s, &open));
    for (size_t i = 0; i < open.count; i++) {
        struct briefing b;
        struct reader group;
        TRY(briefing_get_as_group(a, s, open.items[i].briefing, &group, &b));
        if (b.status != BRIEFING_SENT || b.is_over)
            TRY(vouching_lapse(a, s, open.items[i].n));
    }
    return NULL;
}

/* ---- it was them */

/* What waited goes through as the answer of who vouched, unless it came too late. */
static err go_through(struct arena *a, struct session *s, const struct subject *of,
                      const struct vouching *v)
{
    struct briefing_calendar invitee;
    const struct briefing_reply reply = {.answer = ABOUT_DELEGATE, .delegate = of->person_id};
    err failure = briefing_calendar_get(a, s, v->invitation, &invitee);
    if (failure) /* who vouched has left */
        return failure->code == ERR_NOT_FOUND ? NULL : failure;
    if (!is_due(s, &invitee.briefing, of, v) ||
        !tlp_is_within(invitee.briefing.label, invitee.org->ceiling))
        return NULL;
    TRY(briefing_answer_as(a, s, v->invitation, &reply));
    return vouching_note_sent(a, s, v->n);
}

static err lift(struct arena *a, struct session *s, const struct subject *of)
{
    struct admin_person added = {
        .org = of->org_id, .email = of->email, .roles = 1u << ROLE_OBSERVER};
    return of->is_held ? admin_add_person_in(a, s, &added)
                       : people_set_ceiling(a, s, of->person, of->org, TLP_RED);
}

static err confirm(struct arena *a, struct session *s, const struct subject *of)
{
    if (policy_person(s->policy, of->person)->is_suspended)
        return FAIL(a, ERR_CONFLICT,
                    "this account is suspended; give it back its access first, or leave it");
    TRY(lift(a, s, of));
    TRY(vouching_close(a, s, of->person, of->org, VOUCHING_CONFIRMED));
    TRY(admin_record(a, s, "person.confirm", of->person_id, of->org_id));
    for (size_t i = 0; i < of->rows.count; i++) {
        const struct vouching *one = &of->rows.items[i];
        if (one->outcome == VOUCHING_OPEN && one->state != VOUCHING_WITHDRAWN)
            TRY(go_through(a, s, of, one));
    }
    return NULL;
}

/* ---- it was not */

static err refuse(struct arena *a, struct session *s, const struct subject *of)
{
    TRY(vouching_close(a, s, of->person, of->org, VOUCHING_REFUSED));
    TRY(admin_record(a, s, "person.unconfirmed", of->person_id, of->org_id));
    if (of->is_held)
        return NULL;
    return of->is_only ? admin_suspend_person_in(a, s, of->email, true)
                       : people_leave(a, s, of->person, of->org);
}

/* ---- saying so */

static err check_said(struct arena *a, const struct subject *of, bool is_them)
{
    enum vouching_outcome said = is_them ? VOUCHING_CONFIRMED : VOUCHING_REFUSED;
    if (of->rows.count == 0)
        return FAIL(a, ERR_NOT_FOUND, "nobody waits for a call here");
    if (of->rows.items[0].outcome == said)
        return NULL;
    return FAIL(a, ERR_CONFLICT, "somebody has called already and said otherwise");
}

static err check_right(struct arena *a, enum right right, bool is_strong)
{
    if (right == RIGHT_NONE)
        return FAIL(a, ERR_NOT_FOUND, "nobody waits for a call here");
    if (right == RIGHT_OWN)
        return FAIL(a, ERR_FORBIDDEN, "somebody else has to call than who vouched");
    if (right == RIGHT_OFFICE && !is_strong)
        return FAIL(a, ERR_FORBIDDEN,
                    "admins and stewards sign in with a second step; set one up under your account "
                    "first");
    return NULL;
}

err newcomer_decide(struct arena *a, struct session *s, const struct reader *r,
                    const struct newcomer_word *w)
{
    struct subject of;
    enum right right;
    const struct policy_person *person = map_get(&s->policy->person_by_id, w->person);
    const struct policy_org *org = policy_org_by_id(s->policy, w->organization);
    if (person == NULL || org == NULL)
        return FAIL(a, ERR_NOT_FOUND, "nobody waits for a call here");
    TRY(read_subject(a, s, person, org, &of));
    TRY(find_right(a, s, r, &of, &right));
    TRY(check_right(a, right, w->is_strong));
    if (!of.is_waiting)
        return check_said(a, &of, w->is_them);
    return w->is_them ? confirm(a, s, &of) : refuse(a, s, &of);
}

/* ---- on the console */

/* The organization named, else the one for which they wait. */
static err find_org(struct arena *a, struct session *s, const struct policy_person *person, str key,
                    const struct policy_org **out)
{
    if (key.len)
        return admin_find_org(a, s, key, out);
    for (size_t i = 0; i < person->affiliation_count; i++) {
        const struct policy_affiliation *one = &person->affiliations[i];
        if (policy_is_provisional(person, one->org))
            *out = policy_org(s->policy, one->org);
    }
    return *out ? NULL
                : FAIL(a, ERR_CONFLICT,
                       "%.*s waits for no call; see: tocsin person list. Where somebody vouched "
                       "for an account of another organization, say for which: --org ORG",
                       STR_ARG(person->email));
}

err newcomer_confirm_now(struct arena *a, struct store *store, str key, str org_key)
{
    struct subject of;
    const struct policy_person *person;
    const struct policy_org *org = NULL;
    OWNED(session_done) struct session s = {0};
    TRY(session_write(a, store, &s));
    TRY(people_find(a, &s, key, &person));
    TRY(find_org(a, &s, person, org_key, &org));
    TRY(read_subject(a, &s, person, org, &of));
    if (!of.is_waiting)
        return FAIL(a, ERR_CONFLICT, "%.*s waits for no call there", STR_ARG(person->email));
    TRY(confirm(a, &s, &of));
    return session_commit(a, &s);
}
