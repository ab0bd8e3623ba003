/*
 * Who may see an object, and who has (R2). Asked by its contributor or a steward; anybody else is
 * told what they would be told of an object that does not exist.
 */
#include "service/inquiry.h"

/* ---- who may */

static bool sees_any(const struct session *s, const struct reader *r, const struct inquiry *in)
{
    for (size_t i = 0; i < in->entries.count; i++) {
        if (reader_may_read(s, r, in->entries.items[i].audience))
            return true;
    }
    return false;
}

/* Some person or token of the organization sees what the organization as such does not. */
static err sees_by_name(struct arena *a, struct session *s, const struct policy_org *org,
                        const struct inquiry *in, bool *out)
{
    struct reader r;
    *out = false;
    for (size_t i = 0; i < s->policy->person_count && !*out; i++) {
        const struct policy_person *person = &s->policy->people[i];
        if (person->is_suspended || !policy_affiliation(person, org->n))
            continue;
        TRY(reader_make(a, s, org, person, NULL, &r));
        *out = sees_any(s, &r, in);
    }
    for (size_t i = 0; i < s->policy->token_count && !*out; i++) {
        const struct policy_token *t = &s->policy->tokens[i];
        if (t->org != org->n || t->person || !policy_token_is_good(t, s->now_us))
            continue;
        TRY(reader_make(a, s, org, NULL, t, &r));
        *out = sees_any(s, &r, in);
    }
    return NULL;
}

/* Whether it sees anything, and whether only some of its people or tokens do. */
static err look_for(struct arena *a, struct session *s, const struct policy_org *org,
                    const struct inquiry *in, struct admin_viewer *out, bool *sees)
{
    struct reader r;
    bool is_by_name = false;
    *sees = false;
    if (in->entries.count == 0)
        return NULL;
    TRY(reader_make(a, s, org, NULL, NULL, &r));
    *sees = sees_any(s, &r, in);
    if (!*sees && org)
        TRY(sees_by_name(a, s, org, in, &is_by_name));
    *sees |= is_by_name;
    *out = (struct admin_viewer){
        .org_id = org ? arena_copy(a, org->id) : LIT("anonymous"),
        .name = org ? arena_copy(a, org->name) : LIT("anyone, without signing in"),
        .sector = org ? arena_copy(a, org->sector) : (str){0},
        .is_by_name = is_by_name,
    };
    return NULL;
}

/* What is asked about: of which names are told, and of which they are for others' hosts (B9). */
struct asking {
    struct inquiry open;
    struct inquiry closed;
    struct inquiry_tally unnamed;
};

static err divide(struct arena *a, struct session *s, const struct admin_question *q,
                  struct asking *out)
{
    struct inquiry in;
    TRY(inquiry_open(a, s, q, &in));
    *out = (struct asking){.open = in, .closed = in};
    out->open.entries = out->closed.entries = (struct log_entries){0};
    for (size_t i = 0; i < in.entries.count; i++) {
        const struct log_entry *e = &in.entries.items[i];
        bool is_closed = inquiry_is_by_invitation(s, e->audience, in.asker);
        *LIST_ADD(a, is_closed ? &out->closed.entries : &out->open.entries) = *e;
    }
    return NULL;
}

static bool is_host(const struct session *s, const struct inquiry *closed,
                    const struct policy_org *org)
{
    for (size_t i = 0; i < closed->entries.count; i++) {
        if (inquiry_is_host(s, closed->entries.items[i].audience, org))
            return true;
    }
    return false;
}

static err add_viewer(struct arena *a, struct session *s, const struct policy_org *org,
                      struct asking *q, struct admin_viewers *out)
{
    struct admin_viewer viewer;
    bool sees;
    TRY(look_for(a, s, org, &q->open, &viewer, &sees));
    bool is_named = sees;
    if (!sees)
        TRY(look_for(a, s, org, &q->closed, &viewer, &sees));
    if (!sees)
        return NULL;
    is_named |= org == q->closed.asker || (org && is_host(s, &q->closed, org));
    if (is_named)
        *LIST_ADD(a, out) = viewer;
    else if (org)
        inquiry_tally_add(&q->unnamed, org);
    return NULL;
}

err admin_may_see_in(struct arena *a, struct session *s, const struct admin_question *q,
                     struct admin_viewers *out)
{
    struct asking asking;
    struct admin_viewers viewers = {0};
    TRY(divide(a, s, q, &asking));
    TRY(add_viewer(a, s, NULL, &asking, &viewers));
    for (size_t i = 0; i < s->policy->org_count; i++) {
        const struct policy_org *org = &s->policy->orgs[i];
        if (org->is_active && !org->is_group) /* those who own a group are there themselves */
            TRY(add_viewer(a, s, org, &asking, &viewers));
    }
    viewers.unnamed = inquiry_tally_read(a, &asking.unnamed);
    viewers.is_by_invitation = asking.closed.entries.count > 0;
    *out = viewers;
    return NULL;
}

err admin_may_see(struct arena *a, struct store *store, const struct admin_question *q,
                  struct admin_viewers *out)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_read(a, store, &s));
    return admin_may_see_in(a, &s, q, out);
}

/* ---- who has */

/* Whoever asks goes on the record, since readers may see who looked at theirs. */
static err record_question(struct arena *a, struct session *s, const struct admin_question *q,
                           const struct inquiry *in)
{
    str detail = arena_print(a, "asked by %.*s%s%.*s", STR_ARG(in->org->id),
                             q->reason.len ? ", by name: " : "", STR_ARG(q->reason));
    return admin_record(a, s, q->reason.len ? "receipts.names" : "receipts.counts", q->id, detail);
}

err admin_has_seen(struct arena *a, struct store *store, const struct admin_question *q,
                   struct admin_seen *out)
{
    OWNED(session_done) struct session s = {0};
    struct inquiry in;
    struct look_holders holders;
    struct look look = {.object = q->id, .reason = q->reason, .state = LOOK_COUNTED};
    struct admin_seen seen = {0};
    TRY(session_write(a, store, &s));
    TRY(inquiry_open(a, &s, q, &in));
    if (q->reason.len) {
        look.state = LOOK_TOLD;
        TRY(inquiry_keep_nameable(a, &s, &in, q->id, &look.of_people));
    }
    TRY(inquiry_holders(a, &s, &in, &holders));
    inquiry_count(a, &s, &holders, &seen);
    if (q->reason.len)
        TRY(inquiry_name(a, &s, &holders, &(struct inquiry_naming){in.org->n, look.of_people},
                         &seen));
    look.org = in.org->n;
    TRY(look_add(a, &s, &look, &holders));
    TRY(record_question(a, &s, q, &in));
    TRY(session_commit(a, &s));
    *out = seen;
    return NULL;
}
