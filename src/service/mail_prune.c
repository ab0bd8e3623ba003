/*
 * Dropping old mail.
 */
#include "service/mail_prune.h"

#include "service/briefing_parts.h"
#include "store/holds.h"
#include "store/mailing.h"
#include "store/outbox.h"

#include <stdio.h>

/* How many rows a step looks at. */
#define PIECE 200

struct pruning {
    struct arena *a;
    struct session *s;
    int64_t before_us;
    struct hold_cover cover;
};

/* Over, called off, or gone, and that for long enough; and under no hold. */
static err is_past(struct pruning *p, str briefing, bool *out)
{
    struct log_entries entries = {0};
    struct reader group;
    struct briefing b;
    *out = !hold_covers(p->s, &p->cover, briefing);
    if (!*out)
        return NULL;
    TRY(log_entries_of(p->a, p->s, briefing, p->s->policy->briefings, &entries));
    if (entries.count == 0)
        return NULL;
    TRY(group_reader(p->a, p->s, entries.items[0].contributor, &group));
    err gone = briefing_get(p->a, p->s, &group, briefing, &b);
    if (gone)
        return gone->code == ERR_NOT_FOUND ? NULL : gone;
    *out = briefing_end_us(&b.when) < p->before_us;
    return NULL;
}

/* A piece of the messages about one call that is past; `*is_done`: there is none. */
static err drop_messages(struct pruning *p, bool *is_done)
{
    struct stix_strs briefings = {0};
    TRY(outbox_old_briefings(p->a, p->s, p->before_us, &briefings));
    for (size_t i = 0; i < briefings.count; i++) {
        bool is_old;
        TRY(is_past(p, briefings.items[i], &is_old));
        *is_done = !is_old;
        if (is_old)
            return outbox_drop(p->a, p->s, briefings.items[i], p->before_us, PIECE);
    }
    *is_done = true;
    return NULL;
}

/* The briefing that an invitation is to; empty where it is gone. */
static err find_briefing(struct arena *a, struct session *s, str invitation, str *out)
{
    struct log_entries entries = {0};
    OWNED(parsed_done) struct parsed p = {0};
    *out = (str){0};
    TRY(log_entries_of(a, s, invitation, s->policy->briefings, &entries));
    if (entries.count == 0)
        return NULL;
    TRY(parsed_read(a, s, &entries.items[0], &p));
    *out = parsed_text(a, p.value, "briefing_ref");
    return NULL;
}

static err drop_invitees(struct pruning *p, struct mail_prune *at, bool *is_done)
{
    struct arena *a = p->a;
    struct session *s = p->s;
    struct stix_strs invitations = {0};
    TRY(mailing_list_told(a, s, str_of(at->after), PIECE, &invitations));
    for (size_t i = 0; i < invitations.count; i++) {
        str briefing;
        bool is_old;
        TRY(find_briefing(a, s, invitations.items[i], &briefing));
        TRY(is_past(p, briefing, &is_old));
        if (is_old && !hold_covers(s, &p->cover, invitations.items[i]))
            TRY(mailing_forget(a, s, invitations.items[i]));
    }
    *is_done = invitations.count < PIECE;
    if (*is_done)
        TRY(mailing_drop_links(a, s));
    str last = *is_done ? (str){0} : invitations.items[invitations.count - 1];
    snprintf(at->after, sizeof(at->after), "%.*s", STR_ARG(last));
    return NULL;
}

err mail_prune_step(struct arena *a, struct store *store, struct mail_prune *p, int64_t now_us,
                    bool *is_done)
{
    OWNED(session_done) struct session s = {0};
    struct pruning all = {.a = a,
                          .s = &s,
                          .before_us =
                              now_us - (int64_t)store_config(store)->mail_kept_days * US_PER_DAY};
    struct mail_prune moved = *p;
    bool has_no_messages;
    TRY(session_write(a, store, &s));
    TRY(hold_cover_read(a, &s, &all.cover));
    TRY(drop_messages(&all, &has_no_messages));
    *is_done = false;
    if (has_no_messages)
        TRY(drop_invitees(&all, &moved, is_done));
    TRY(session_commit(a, &s));
    *p = moved;
    return NULL;
}
