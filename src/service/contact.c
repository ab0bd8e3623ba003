/*
 * Changing how one is called and reached.
 */
#include "service/contact.h"

#include "service/account.h"
#include "service/mail.h"
#include "service/notice.h"
#include "store/digest.h"
#include "store/people.h"

#define NOTICES_A_DAY_MAX 10

static str wished(str wish, str now)
{
    str trimmed = str_trim(wish);
    return trimmed.len ? trimmed : now;
}

/* As it is now; texts are copied, since the policy changes under them. */
static err read_now(struct arena *a, struct session *s, int64_t n, struct contact_change *out)
{
    const struct policy_person *person = policy_person(s->policy, n);
    struct person_contact contact;
    TRY(people_contact(a, s, n, &contact));
    *out = (struct contact_change){.person = n,
                                   .made_by = s->actor,
                                   .name = arena_copy(a, person->name),
                                   .email = arena_copy(a, person->email),
                                   .phone = contact.phone};
    return NULL;
}

static err read_wish(struct arena *a, const struct contact_wish *wish,
                     const struct contact_change *now, struct contact_change *out)
{
    str email = now->email;
    if (wish->email.len)
        TRY(people_read_email(a, wish->email, &email));
    TRY(people_check_lines(a, wish->name, wish->phone));
    *out = *now;
    out->name = wished(wish->name, now->name);
    out->email = email;
    out->phone = wished(wish->phone, now->phone);
    if (str_eq(out->name, now->name) && str_eq(out->email, now->email) &&
        str_eq(out->phone, now->phone))
        return FAIL(a, ERR_USAGE, "nothing of this differs from what is on file");
    return NULL;
}

/* Each change mails somebody: nobody sends many such mails, to whatever addresses. */
static err check_rate(struct arena *a, struct session *s, const struct contact_change *now)
{
    int64_t count;
    TRY(outbox_count_notices(a, s, now->email, s->now_us - US_PER_DAY, &count));
    if (count >= NOTICES_A_DAY_MAX)
        return FAIL(a, ERR_CONFLICT,
                    "your address was mailed about your account %d times in 24 hours; ask for "
                    "another change tomorrow",
                    NOTICES_A_DAY_MAX);
    return NULL;
}

/* Another account has the address, or is about to. */
static err is_taken(struct arena *a, struct session *s, const struct contact_change *change,
                    bool *out)
{
    const struct policy_person *owner = policy_person_by_email(s->policy, change->email);
    TRY(contact_changes_claim(a, s, change->email, change->person, out));
    *out |= owner && owner->n != change->person;
    return NULL;
}

static bool goes_out(const struct session *s)
{
    return mail_first_state(s) == OUTBOX_WAITING;
}

bool contact_is_unconfirmed(const struct session *s, const struct contact_change *change)
{
    return change->due_us == CONTACT_NEVER && goes_out(s);
}

/* The new address is told either way, the one that has an account without a link. */
static err put(struct arena *a, struct session *s, const struct contact_change *now,
               struct contact_change *change, str public_url)
{
    bool is_new = !str_eq(change->email, now->email);
    bool is_asked = is_new && goes_out(s);
    bool is_anothers;
    str confirms = digest_new_secret(a);
    struct notice_contact notice = {.recipient = now->email,
                                    .public_url = public_url,
                                    .secret = contact_changes_stop(a, s, confirms)};
    TRY(is_taken(a, s, change, &is_anothers));
    change->due_us = is_asked || is_anothers ? CONTACT_NEVER : s->now_us + CONTACT_DELAY_US;
    TRY(contact_changes_put(a, s, change, notice.secret));
    TRY(notice_contact(a, s, &notice));
    if (!is_asked)
        return NULL;
    notice.recipient = change->email;
    notice.secret = is_anothers ? (str){0} : confirms;
    return notice_address(a, s, &notice);
}

/* Which of the three, for the audit log; the values themselves are nobody else's business. */
static str changed_parts(struct arena *a, const struct contact_change *change,
                         const struct contact_change *now)
{
    return arena_print(a, "waits 24 hours:%s%s%s", str_eq(change->name, now->name) ? "" : " name",
                       str_eq(change->email, now->email) ? "" : " e-mail",
                       str_eq(change->phone, now->phone) ? "" : " phone");
}

err contact_change(struct arena *a, struct session *s, const struct web_session *w,
                   const struct contact_wish *wish)
{
    struct contact_change now;
    struct contact_change change;
    TRY(read_now(a, s, w->person, &now));
    TRY(read_wish(a, wish, &now, &change));
    TRY(check_rate(a, s, &now));
    str detail = changed_parts(a, &change, &now);
    TRY(put(a, s, &now, &change, wish->public_url));
    return account_record(a, s, w,
                          (struct audit_row){.verb = LIT("account.contact"), .detail = detail});
}

err contact_withdraw(struct arena *a, struct session *s, const struct web_session *w)
{
    struct contact_change change;
    TRY(contact_changes_get(a, s, w->person, &change));
    if (change.person == 0)
        return FAIL(a, ERR_NOT_FOUND, "no change waits");
    TRY(contact_changes_end(a, s, w->person));
    return account_record(a, s, w, (struct audit_row){.verb = LIT("account.contact-withdraw")});
}

/* What was done by a link stands under the name of whoever asked for the change. */
static err record_link(struct arena *a, struct session *s, const struct contact_change *change,
                       str verb, str detail)
{
    const struct audit_row row = {.actor = change->made_by,
                                  .verb = verb,
                                  .object = policy_person(s->policy, change->person)->id,
                                  .outcome = LIT("ok"),
                                  .detail = detail};
    return audit_put(a, s, &row);
}

err contact_confirm(struct arena *a, struct session *s, str secret)
{
    struct contact_change change;
    bool is_anothers;
    TRY(contact_changes_find(a, s, contact_changes_stop(a, s, secret), &change));
    if (change.person == 0)
        return FAIL(a, ERR_NOT_FOUND,
                    "This link confirms nothing, or not any more: the change was withdrawn or "
                    "stopped, another took its place, or its 24 hours are over");
    TRY(is_taken(a, s, &change, &is_anothers));
    if (is_anothers)
        return FAIL(a, ERR_CONFLICT, "another account is about to have this e-mail address");
    TRY(contact_changes_confirm(a, s, change.person));
    return record_link(a, s, &change, LIT("account.contact-confirm"),
                       LIT("by the link mailed to the new address"));
}

err contact_refuse(struct arena *a, struct session *s, str secret)
{
    struct contact_change change;
    TRY(contact_changes_find(a, s, secret, &change));
    if (change.person == 0)
        return FAIL(a, ERR_NOT_FOUND,
                    "This link stops nothing, or not any more: the change was stopped already, "
                    "another took its place, or its 24 hours are over");
    TRY(contact_changes_end(a, s, change.person));
    return record_link(a, s, &change, LIT("account.contact-refuse"),
                       LIT("by the link mailed to the old address"));
}
