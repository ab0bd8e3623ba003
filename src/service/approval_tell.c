/*
 * Who is told when. What is due at the same time for one host is one mail, whatever it covers.
 */
#include "service/approval_tell.h"

#include "service/approval_parts.h"
#include "service/mail.h"
#include "store/asking.h"

/* Where nobody is named, every publisher of the organization may answer, and is told. */
static err tell_host(struct arena *a, struct session *s, const struct mail_about *about,
                     const struct approval_host *host)
{
    if (host->approver.len == 0)
        return mail_note_publishers(a, s, about, host->org);
    TRY(mail_note(a, s, about, host->approver));
    for (size_t i = 0; i < host->deputies.count; i++)
        TRY(mail_note(a, s, about, host->deputies.items[i]));
    return NULL;
}

/* All that is due for this host now is told by the one mail. */
static err note_told(struct arena *a, struct session *s, const struct asking *due)
{
    struct askings all = {0};
    TRY(asking_list(a, s, due->briefing, &all));
    for (size_t i = 0; i < all.count; i++) {
        struct asking *one = &all.items[i];
        if (one->org != due->org || one->due_us > s->now_us)
            continue;
        one->told++;
        one->due_us = approval_due(one);
        TRY(asking_put(a, s, one));
    }
    return NULL;
}

err approval_tell(struct arena *a, struct session *s, str public_url, bool *is_idle)
{
    struct asking due;
    struct briefing b;
    struct reader group;
    struct approval_matrix m;
    TRY(asking_next(a, s, s->now_us, &due));
    *is_idle = due.briefing.len == 0;
    if (*is_idle)
        return NULL;
    TRY(briefing_get_as_group(a, s, due.briefing, &group, &b));
    TRY(approval_matrix_get(a, s, &group, &b, &m));
    const struct mail_about about = {MAIL_APPROVAL, &b, public_url};
    for (size_t i = 0; i < m.count && !b.is_over; i++) {
        if (m.items[i].org->n == due.org)
            TRY(tell_host(a, s, &about, &m.items[i]));
    }
    return note_told(a, s, &due);
}

err approval_is_due(struct arena *a, struct session *s, bool *out)
{
    struct asking due;
    TRY(asking_next(a, s, s->now_us, &due));
    *out = due.briefing.len > 0;
    return NULL;
}
