/*
 * Vouching: an account with a ceiling of its own, and an invitation now or after the call.
 */
#include "service/newcomer.h"

#include "service/account.h"
#include "service/admin_people.h"
#include "service/briefing_parts.h"
#include "service/notice.h"
#include "store/people.h"
#include "store/vouching.h"

bool newcomer_has_number(str phone)
{
    size_t digits = 0;
    for (size_t i = 0; i < phone.len; i++)
        digits += char_is_digit(phone.at[i]);
    return digits >= NEWCOMER_PHONE_DIGITS_MIN;
}

/* ---- whom one vouches for */

static err check_may_vouch(struct arena *a, const struct session *s, const struct reader *r,
                           const struct briefing *b)
{
    TRY(briefing_check_may_send(a, r));
    TRY(briefing_check_open(a, b));
    if (!tlp_is_within(b->label, r->org->ceiling))
        return FAIL(a, ERR_CONFLICT,
                    "your organization receives up to %.*s, and so do those whom you send",
                    STR_ARG(tlp_name(r->org->ceiling)));
    if (b->label > NEWCOMER_CEILING && b->when.start_us <= s->now_us)
        return FAIL(a, ERR_CONFLICT,
                    "the call has begun, and somebody without an account is called before it");
    return NULL;
}

static err check_room(struct arena *a, struct session *s, const struct reader *r)
{
    int64_t open;
    TRY(vouching_count_open(a, s, r->person->n, &open));
    if (open < NEWCOMERS_OPEN_MAX)
        return NULL;
    return FAIL(a, ERR_CONFLICT,
                "you vouch for %d people whom nobody has called yet; vouch for another once "
                "somebody has",
                NEWCOMERS_OPEN_MAX);
}

/* An account of the same organization is no newcomer's; of another one nothing is said. */
static err check_known(struct arena *a, const struct reader *r, const struct policy_person *known)
{
    bool is_here = policy_affiliation(known, r->org->n) != NULL;
    bool is_newcomer = policy_is_provisional(known, r->org->n) && !known->is_suspended;
    if (is_here && !is_newcomer)
        return FAIL(a, ERR_INVALID,
                    "this address has an account of your office; choose them among those who may "
                    "go, or ask whoever manages your office's accounts");
    return NULL;
}

static err check_not_refused(struct arena *a, const struct vouchings *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        if (rows->items[i].outcome == VOUCHING_REFUSED)
            return FAIL(a, ERR_INVALID,
                        "whoever could not be confirmed on a call is not sent again; ask the hosts "
                        "of the briefing");
    }
    return NULL;
}

/* The reader vouches for them already, so that once more makes them no more. */
static bool is_counted(const struct reader *r, const struct vouchings *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        const struct vouching *one = &rows->items[i];
        if (one->voucher == r->person->n && vouching_is_uncalled(one->outcome))
            return true;
    }
    return false;
}

/* Sets `v->person`: 0 where the address has no account anywhere. */
static err find_person(struct arena *a, struct session *s, const struct reader *r, str address,
                       struct vouching *v)
{
    str email;
    struct vouchings rows = {0};
    TRY(people_read_email(a, address, &email));
    const struct policy_person *known = policy_person_by_email(s->policy, email);
    if (known == NULL)
        return check_room(a, s, r);
    if (known == r->person)
        return FAIL(a, ERR_INVALID, "this is your own address; give theirs");
    v->person = known->n;
    TRY(vouching_of_person(a, s, known->n, r->org->n, &rows));
    TRY(check_not_refused(a, &rows));
    TRY(check_known(a, r, known));
    return is_counted(r, &rows) ? NULL : check_room(a, s, r);
}

/* ---- their account */

static err make_account(struct arena *a, struct session *s, const struct newcomer *who, str org,
                        int64_t *person)
{
    struct admin_person made = {.org = org,
                                .email = who->email,
                                .name = who->name,
                                .phone = who->phone,
                                .roles = 1u << ROLE_OBSERVER,
                                .has_own_ceiling = true,
                                .own_ceiling = NEWCOMER_CEILING};
    TRY(admin_add_person_in(a, s, &made));
    struct account_link link = {.person = made.id, .org = org, .made_by = s->actor};
    TRY(account_make_link(a, s, &link));
    const struct policy_person *added = map_get(&s->policy->person_by_id, made.id);
    const struct notice_contact to = {
        .recipient = added->email, .public_url = who->public_url, .secret = link.secret};
    *person = added->n;
    return notice_newcomer(a, s, &to);
}

/* The account, or word to who has one elsewhere and was named. */
static err meet(struct arena *a, struct session *s, const struct newcomer *who, struct vouching *v)
{
    str org = arena_copy(a, policy_org(s->policy, v->org)->id);
    if (v->person == 0)
        return make_account(a, s, who, org, &v->person);
    const struct policy_person *known = policy_person(s->policy, v->person);
    return policy_affiliation(known, v->org) ? NULL
                                             : notice_named(a, s, known->email, who->public_url);
}

/* ---- sending them */

/*
 * An account of another organization gets nothing before a steward has added it here. What is
 * appended looks the same, for an identity that nobody has: not even the log tells the difference.
 */
static err send_at_once(struct arena *a, struct session *s, const struct reader *r,
                        const struct briefing *b, const struct briefing_invitation *mine,
                        int64_t person)
{
    const struct policy_person *who = policy_person(s->policy, person);
    bool is_here = policy_affiliation(who, r->org->n) != NULL;
    const struct briefing_instead to = {
        .person = is_here ? who->id : derived_id(a, s, "identity", who->id, r->org->id),
        .org = r->org};
    const struct briefing_reply reply = {.answer = ABOUT_DELEGATE, .delegate = to.person};
    TRY(briefing_invite_instead(a, s, b, mine, &to));
    return briefing_put_reply(a, s, r, b, mine, &reply);
}

static err note(struct arena *a, struct session *s, const struct reader *r,
                const struct vouching *v)
{
    str detail = arena_print(a, "of %.*s, %s %.*s", STR_ARG(r->org->id),
                             v->state == VOUCHING_SENT ? "sent to" : "waits for a call for",
                             STR_ARG(v->briefing));
    TRY(vouching_withdraw(a, s, v->invitation));
    TRY(vouching_add(a, s, v));
    return briefing_record(a, s, r, "person.vouch", policy_person(s->policy, v->person)->id,
                           detail);
}

static bool is_said_already(const struct vouching *last, const struct vouching *now)
{
    return last->n && last->person == now->person && last->outcome == VOUCHING_OPEN &&
           last->state != VOUCHING_WITHDRAWN;
}

static err vouch(struct arena *a, struct session *s, const struct reader *r,
                 const struct briefing *b, const struct briefing_invitation *mine,
                 const struct newcomer *who)
{
    struct vouching last;
    struct reader again;
    struct vouching v = {.invitation = mine->id,
                         .briefing = b->id,
                         .voucher = r->person->n,
                         .org = r->org->n,
                         .name = str_trim(who->name),
                         .phone = str_trim(who->phone),
                         .state = b->label > NEWCOMER_CEILING ? VOUCHING_WAITS : VOUCHING_SENT};
    TRY(find_person(a, s, r, who->email, &v));
    TRY(vouching_of_invitation(a, s, mine->id, &last));
    if (is_said_already(&last, &v))
        return NULL;
    TRY(meet(a, s, who, &v));
    TRY(briefing_reader_again(a, s, v.org, v.voucher, &again));
    TRY(note(a, s, &again, &v));
    if (v.state == VOUCHING_SENT)
        TRY(send_at_once(a, s, &again, b, mine, v.person));
    return newcomer_tell(a, s, &v, who->public_url);
}

err newcomer_send(struct arena *a, struct session *s, const struct reader *r, str briefing,
                  const struct newcomer *who)
{
    struct briefing b;
    struct briefing_invitation mine;
    ASSERT(r->person && newcomer_has_number(who->phone));
    TRY(briefing_get(a, s, r, briefing, &b));
    TRY(briefing_my_invitation(a, s, r, briefing, &mine));
    if (mine.id.len == 0)
        return FAIL(a, ERR_NOT_FOUND, "you have no invitation to this briefing");
    TRY(check_may_vouch(a, s, r, &b));
    return vouch(a, s, r, &b, &mine, who);
}

/* ---- how it stands */

str newcomer_standing_name(enum newcomer_standing standing)
{
    static const char *const NAMES[] = {"", "waits", "sent", "lapsed", "refused"};
    return str_of(NAMES[standing]);
}

static enum newcomer_standing standing_of(const struct session *s, const struct briefing *b,
                                          const struct vouching *v)
{
    const struct policy_person *who = policy_person(s->policy, v->person);
    bool is_shut = who && who->is_suspended && policy_affiliation(who, v->org);
    if (v->outcome == VOUCHING_REFUSED || is_shut)
        return NEWCOMER_REFUSED;
    if (v->state == VOUCHING_SENT)
        return NEWCOMER_SENT;
    bool is_late = v->outcome == VOUCHING_CONFIRMED || b->when.start_us <= s->now_us;
    return is_late ? NEWCOMER_LAPSED : NEWCOMER_WAITS;
}

err newcomer_my_invitation(struct arena *a, struct session *s, const struct reader *r,
                           const struct briefing *b, struct briefing_invitation *mine,
                           struct newcomer_sent *sent)
{
    struct vouching v;
    *sent = (struct newcomer_sent){0};
    TRY(briefing_my_invitation(a, s, r, b->id, mine));
    if (mine->id.len == 0)
        return NULL;
    TRY(vouching_of_invitation(a, s, mine->id, &v));
    if (v.n == 0 || v.state == VOUCHING_WITHDRAWN)
        return NULL;
    *sent = (struct newcomer_sent){standing_of(s, b, &v), v.name};
    if (sent->standing == NEWCOMER_REFUSED && mine->answer == ABOUT_DELEGATE) {
        mine->answer = ABOUT_NOTHING;
        mine->delegate = (str){0};
    }
    return NULL;
}
