/*
 * Changing how one is called and reached.
 */
#include "service/contact.h"

#include "service/account.h"
#include "service/notice.h"
#include "store/digest.h"
#include "store/people.h"

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
                                   .phone = contact.phone,
                                   .due_us = s->now_us + CONTACT_DELAY_US};
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

static err check_free(struct arena *a, struct session *s, const struct contact_change *change)
{
    const struct policy_person *owner = policy_person_by_email(s->policy, change->email);
    bool is_claimed;
    TRY(contact_changes_claim(a, s, change->email, change->person, &is_claimed));
    if (is_claimed || (owner && owner->n != change->person))
        return FAIL(a, ERR_CONFLICT, "another account has this e-mail address");
    return NULL;
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
    TRY(check_free(a, s, &change));
    const struct notice_contact notice = {
        .recipient = now.email, .public_url = wish->public_url, .secret = digest_new_secret(a)};
    str detail = changed_parts(a, &change, &now);
    TRY(contact_changes_put(a, s, &change, notice.secret));
    TRY(notice_contact(a, s, &notice));
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

err contact_refuse(struct arena *a, struct session *s, str secret)
{
    struct contact_change change;
    TRY(contact_changes_find(a, s, secret, &change));
    TRY(contact_changes_end(a, s, change.person));
    const struct audit_row row = {.actor = change.made_by,
                                  .verb = LIT("account.contact-refuse"),
                                  .object = policy_person(s->policy, change.person)->id,
                                  .outcome = LIT("ok"),
                                  .detail = LIT("by the link mailed to the old address")};
    return audit_put(a, s, &row);
}
