/*
 * Making, changing and cancelling a briefing: each appends the next versions of what changed, all
 * in one submission of the hosts' group (B7).
 */
#include "base/utf8.h"
#include "base/uuid.h"
#include "service/approval.h"
#include "service/briefing_parts.h"
#include "service/mail.h"
#include "service/material_parts.h"
#include "service/reminder.h"
#include "store/people.h"

#define MINUTES_LEAST 5
#define MINUTES_MOST 600

/* ---- writing */

void batch_put_briefing(struct batch *batch, const struct briefing_version *v)
{
    const struct briefing *b = v->briefing;
    const struct object_head head = {.type = "briefing",
                                     .extension = BRIEFING_EXTENSION,
                                     .id = b->id,
                                     .created_us = b->created_us,
                                     .modified_us = b->entry.version_us,
                                     .created_by = v->group_id,
                                     .label = b->label,
                                     .markings = {v->marking}};
    struct json_writer *w = batch_open(batch, &head);
    json_member(w, "name", b->title);
    put_text_if(w, "description", b->about);
    put_time(w, "start", b->when.start_us);
    json_member(w, "local_start", b->when.local);
    json_member(w, "timezone", b->when.timezone);
    json_member_i64(w, "minutes", b->when.minutes);
    json_member(w, "status", briefing_status_name(b->status));
    put_text_if(w, "cancelled_because", b->cancelled_because);
    put_texts(w, "host_refs", &b->hosts);
    json_member_i64(w, "sequence", b->sequence);
    if (b->sent_us)
        put_time(w, "sent", b->sent_us);
    if (b->is_exercise)
        json_member_bool(w, "is_exercise", true);
    json_member_i64(w, "edition", b->edition);
    put_text_if(w, "follows_ref", b->follows);
    put_text_if(w, "source", b->source);
    put_text_if(w, "urgent_because", b->urgent_because);
    batch_close(batch, &head);
}

/* Whom to invite is for the hosts alone; so is how to join, until it is opened. */
struct hosts_object {
    str id;
    int64_t version_us; /* of the one before */
    const struct briefing_version *v;
    str hosts; /* the marking */
};

static void put_plan(struct batch *batch, const struct hosts_object *at,
                     const struct briefing_plan *plan)
{
    const struct object_head head = {.type = "briefing-plan",
                                     .extension = PLAN_EXTENSION,
                                     .id = at->id,
                                     .modified_us = at->version_us,
                                     .created_by = at->v->group_id,
                                     .label = TLP_AMBER,
                                     .markings = {at->hosts}};
    struct json_writer *w = batch_open(batch, &head);
    json_member(w, "briefing_ref", at->v->briefing->id);
    if (plan->sectors)
        json_member_bits(w, "sectors", plan->sectors, sector_name);
    put_texts(w, "jurisdictions", &plan->jurisdictions);
    put_texts(w, "association_refs", &plan->associations);
    put_texts(w, "organization_refs", &plan->organizations);
    put_texts(w, "person_refs", &plan->people);
    if (plan->duties)
        json_member_bits(w, "duties", plan->duties, duty_name);
    batch_close(batch, &head);
}

static void put_join(struct batch *batch, const struct hosts_object *at, str content)
{
    const struct object_head head = {.type = "briefing-join",
                                     .extension = JOIN_EXTENSION,
                                     .id = at->id,
                                     .modified_us = at->version_us,
                                     .created_by = at->v->group_id,
                                     .label = at->v->briefing->label,
                                     .markings = {at->hosts}};
    struct json_writer *w = batch_open(batch, &head);
    json_member(w, "briefing_ref", at->v->briefing->id);
    json_member(w, "content", content);
    batch_close(batch, &head);
}

/* ---- what an input may say */

static err check_label(struct arena *a, enum tlp label)
{
    if (label != TLP_RED)
        return NULL;
    return FAIL(a, ERR_INVALID,
                "TLP:RED is for people who are named, and what goes to an audience names none; "
                "choose TLP:AMBER+STRICT at most");
}

static err check_text(struct arena *a, const char *what, str text, size_t bytes_max)
{
    if (text.len > bytes_max)
        return FAIL(a, ERR_INVALID, "%s is longer than %zu bytes", what, bytes_max);
    return NULL;
}

static err check_plan(struct arena *a, const struct session *s, const struct briefing_plan *plan)
{
    const struct stix_strs *const organizations[] = {&plan->associations, &plan->organizations};
    for (size_t k = 0; k < 2; k++) {
        for (size_t i = 0; i < organizations[k]->count; i++) {
            if (policy_org_by_id(s->policy, organizations[k]->items[i]) == NULL)
                return FAIL(a, ERR_INVALID, "there is no organization %.*s",
                            STR_ARG(organizations[k]->items[i]));
        }
    }
    for (size_t i = 0; i < plan->people.count; i++) {
        if (map_get(&s->policy->person_by_id, plan->people.items[i]) == NULL)
            return FAIL(a, ERR_INVALID, "there is no person %.*s", STR_ARG(plan->people.items[i]));
    }
    return NULL;
}

static err check_input(struct arena *a, struct session *s, struct briefing_input *input)
{
    if (input->has_when) {
        TRY(briefing_when_settle(a, s, &input->when));
        if (input->when.minutes < MINUTES_LEAST || input->when.minutes > MINUTES_MOST)
            return FAIL(a, ERR_INVALID, "a briefing takes %d to %d minutes", MINUTES_LEAST,
                        MINUTES_MOST);
    }
    if (input->has_plan)
        TRY(check_plan(a, s, &input->plan));
    if (input->has_label)
        TRY(check_label(a, input->label));
    TRY(check_text(a, "the title", input->title, BRIEFING_TITLE_BYTES_MAX));
    TRY(check_text(a, "what it is about", input->about, BRIEFING_TEXT_BYTES_MAX));
    TRY(check_text(a, "how to join", input->join, BRIEFING_TEXT_BYTES_MAX));
    return agenda_check(a, s, &input->items);
}

/* Who owns it: the reader's own organization first, then the others, each an active member. */
static err find_owners(struct arena *a, struct session *s, const struct reader *r,
                       const struct stix_strs *others, struct stix_strs *out)
{
    *LIST_ADD(a, out) = arena_copy(a, r->org->id);
    for (size_t i = 0; i < others->count; i++) {
        const struct policy_org *org = policy_org_by_id(s->policy, others->items[i]);
        if (org == NULL || !org->is_active || org->is_group)
            return FAIL(a, ERR_INVALID, "a host is a member of this exchange, and %.*s is none",
                        STR_ARG(others->items[i]));
        if (!strs_have(out, org->id))
            *LIST_ADD(a, out) = arena_copy(a, org->id);
    }
    return NULL;
}

err briefing_check_may_host(struct arena *a, const struct reader *r)
{
    if (r->org == NULL || !r->gate.is_active || r->person == NULL || !r->may_post)
        return FAIL(a, ERR_FORBIDDEN,
                    "to host a briefing one is a publisher of a member organization; ask your "
                    "administrator for that role");
    return NULL;
}

/* ---- the verbs */

err briefing_reader_again(struct arena *a, struct session *s, int64_t org, int64_t person,
                          struct reader *out)
{
    TRY(reader_make(a, s, policy_org(s->policy, org), policy_person(s->policy, person), NULL, out));
    return reader_intern_actor(a, s, out);
}

static err find_edition(struct arena *a, struct session *s, const struct reader *r,
                        struct briefing *b)
{
    struct briefing before;
    b->edition = 1;
    if (b->follows.len == 0)
        return NULL;
    TRY(briefing_get_hosted(a, s, r, b->follows, &before));
    b->edition = before.edition + 1;
    return NULL;
}

static err append_new(struct arena *a, struct session *s, const struct reader *r,
                      struct briefing *b, const struct briefing_input *input)
{
    const struct policy_org *group = policy_org(s->policy, b->group);
    struct briefing_items nothing = {0};
    struct briefing_items items = {0};
    OWNED(batch_done) struct batch batch;
    batch_init(&batch, a, s, r, b->group);
    struct briefing_version v = {
        .briefing = b, .group_id = group->id, .marking = hosts_marking(a, s, group->id)};
    TRY(agenda_merge(a, b, &(struct agenda_change){&nothing, &input->items}, &items));
    batch_put_briefing(&batch, &v);
    struct hosts_object at = {.v = &v, .hosts = v.marking};
    at.id = uuid_random_id(a, LIT("briefing-plan"));
    put_plan(&batch, &at, &input->plan);
    at.id = uuid_random_id(a, LIT("briefing-join"));
    put_join(&batch, &at, input->join);
    TRY(briefing_put_items(&batch, &v, &items));
    return batch_append(&batch);
}

err briefing_make(struct arena *a, struct session *s, const struct reader *r,
                  const struct briefing_input *given, str *id)
{
    struct briefing_input input = *given;
    TRY(briefing_check_may_host(a, r));
    if (!input.has_when || !input.has_plan || str_trim(input.title).len == 0 ||
        str_trim(input.join).len == 0)
        return FAIL(a, ERR_INVALID,
                    "a briefing takes four answers: when, with whom, about what, how to join");
    TRY(check_input(a, s, &input));
    struct briefing b = {.id = uuid_random_id(a, LIT("briefing")),
                         .title = input.title,
                         .about = input.about,
                         .when = input.when,
                         .label = input.has_label ? input.label : TLP_AMBER,
                         .is_exercise = input.is_exercise,
                         .follows = input.follows,
                         .source = input.source};
    TRY(find_edition(a, s, r, &b));
    TRY(find_owners(a, s, r, &input.hosts, &b.hosts));
    int64_t org = r->org->n;
    int64_t person = r->person->n;
    TRY(group_make(a, s, &b.hosts, b.is_exercise, &b.group));
    struct reader again;
    /* Whoever makes it agrees to what they made. */
    const struct approval_before all_of_it = {.has_agreed = {true, true, true}};
    TRY(briefing_reader_again(a, s, org, person, &again));
    TRY(append_new(a, s, &again, &b, &input));
    TRY(approval_follow(a, s, &again, b.id, &all_of_it));
    TRY(briefing_record(a, s, &again, "briefing.make", b.id, (str){0}));
    *id = b.id;
    return NULL;
}

/* ERR_PRECONDITION unless the editor saw the newest version. */
static err check_version(struct arena *a, const struct briefing *b, str version)
{
    if (str_eq(b->version, version))
        return NULL;
    return FAIL(a, ERR_PRECONDITION,
                "somebody changed this briefing while you did; look at what is different and save "
                "again");
}

static bool is_moved(const struct briefing_when *a, const struct briefing_when *b)
{
    return a->start_us != b->start_us || a->minutes != b->minutes ||
           !str_eq(a->timezone, b->timezone);
}

/* Applies what is given; what people would notice in their calendar raises the sequence (B14). */
static void apply(struct briefing *b, const struct briefing_input *input)
{
    bool is_noticed = (input->has_when && is_moved(&input->when, &b->when)) ||
                      (input->title.len && !str_eq(input->title, b->title));
    if (b->status == BRIEFING_SENT && is_noticed)
        b->sequence++;
    if (input->has_when)
        b->when = input->when;
    if (input->title.len)
        b->title = input->title;
    if (input->has_about)
        b->about = input->about;
    if (input->has_label)
        b->label = input->label;
}

str briefing_marking(struct arena *a, const struct session *s, const struct briefing *b)
{
    return b->status == BRIEFING_DRAFT ? hosts_marking(a, s, policy_org(s->policy, b->group)->id)
                                       : invited_marking(a, s, b->id);
}

static err put_hosts_objects(struct batch *batch, const struct briefing_version *v,
                             const struct briefing_input *input)
{
    struct hosts_object at = {.v = v, .hosts = hosts_marking(batch->a, batch->s, v->group_id)};
    struct about_rows plans = {0};
    struct about_rows joins = {0};
    TRY(about_list(batch->a, batch->s, batch->reader, v->briefing->id, LIT("briefing-plan"),
                   &plans));
    TRY(about_list(batch->a, batch->s, batch->reader, v->briefing->id, LIT("briefing-join"),
                   &joins));
    if (input->has_plan && plans.count) {
        TRY(log_body_id(batch->a, batch->s, plans.items[0].entry.body, &at.id));
        at.version_us = plans.items[0].entry.version_us;
        put_plan(batch, &at, &input->plan);
    }
    if (input->has_join && joins.count) {
        TRY(log_body_id(batch->a, batch->s, joins.items[0].entry.body, &at.id));
        at.version_us = joins.items[0].entry.version_us;
        if (briefing_is_join_due(batch->s, v->briefing))
            at.hosts = invited_marking(batch->a, batch->s, v->briefing->id);
        put_join(batch, &at, input->join);
    }
    return NULL;
}

static err append_change(struct arena *a, struct session *s, const struct reader *r,
                         struct briefing *b, const struct briefing_input *input)
{
    str group_id = policy_org(s->policy, b->group)->id;
    struct briefing_items there = {0};
    struct briefing_items items = {0};
    OWNED(batch_done) struct batch batch;
    batch_init(&batch, a, s, r, b->group);
    struct briefing_version v = {
        .briefing = b, .group_id = group_id, .marking = briefing_marking(a, s, b)};
    batch_put_briefing(&batch, &v);
    TRY(put_hosts_objects(&batch, &v, input));
    if (input->has_items) {
        TRY(briefing_items_get(a, s, r, b, &there));
        TRY(agenda_merge(a, b, &(struct agenda_change){&there, &input->items}, &items));
        TRY(briefing_put_items(&batch, &v, &items));
    }
    TRY(batch_append(&batch));
    return items.count ? material_follow(a, s, r, b, &items) : NULL;
}

static err check_open(struct arena *a, const struct briefing *b)
{
    if (b->status == BRIEFING_CANCELLED)
        return FAIL(a, ERR_CONFLICT, "this briefing was cancelled; make a new one");
    if (b->is_over)
        return FAIL(a, ERR_CONFLICT,
                    "this briefing is over; what was wrong is corrected on its "
                    "record");
    return NULL;
}

err briefing_edit(struct arena *a, struct session *s, const struct reader *r, str id, str version,
                  const struct briefing_input *given)
{
    struct briefing_input input = *given;
    struct approval_before before;
    struct briefing b;
    TRY(briefing_get_hosted(a, s, r, id, &b));
    TRY(briefing_check_may_host(a, r));
    TRY(check_version(a, &b, version));
    TRY(check_open(a, &b));
    TRY(check_input(a, s, &input));
    if (b.status != BRIEFING_DRAFT && input.has_label && input.label != b.label)
        return FAIL(a, ERR_CONFLICT,
                    "invitations went out under %.*s; the label of a briefing that was sent stays",
                    STR_ARG(tlp_name(b.label)));
    TRY(approval_look(a, s, r, &b, &before));
    apply(&b, &input);
    TRY(append_change(a, s, r, &b, &input));
    TRY(approval_follow(a, s, r, id, &before));
    if (b.status == BRIEFING_SENT) {
        TRY(mail_order(a, s, id));
        TRY(reminder_plan(a, s, &b));
    }
    return briefing_record(a, s, r, "briefing.edit", id, (str){0});
}

err briefing_cancel(struct arena *a, struct session *s, const struct reader *r, str id, str version,
                    str reason)
{
    struct briefing b;
    TRY(briefing_get_hosted(a, s, r, id, &b));
    TRY(briefing_check_may_host(a, r));
    TRY(check_version(a, &b, version));
    TRY(check_open(a, &b));
    if (str_trim(reason).len == 0)
        return FAIL(a, ERR_INVALID, "say why: everyone who was invited will read it");
    TRY(check_text(a, "the reason", reason, BRIEFING_TEXT_BYTES_MAX));
    str group_id = policy_org(s->policy, b.group)->id;
    str marking = briefing_marking(a, s, &b);
    b.status = BRIEFING_CANCELLED;
    b.cancelled_because = reason;
    b.sequence++;
    OWNED(batch_done) struct batch batch;
    batch_init(&batch, a, s, r, b.group);
    const struct briefing_version v = {.briefing = &b, .group_id = group_id, .marking = marking};
    batch_put_briefing(&batch, &v);
    TRY(batch_append(&batch));
    TRY(approval_settle(a, s, id));
    TRY(mail_order(a, s, id));
    TRY(reminder_plan(a, s, &b));
    return briefing_record(a, s, r, "briefing.cancel", id, (str){0});
}

/* ---- how to join */

bool briefing_is_join_due(const struct session *s, const struct briefing *b)
{
    return b->status == BRIEFING_SENT && s->now_us >= b->when.start_us - BRIEFING_JOIN_BEFORE_US &&
           s->now_us < briefing_end_us(&b->when);
}

static err is_marked(struct arena *a, struct session *s, const struct log_entry *e, str marking,
                     bool *out)
{
    OWNED(parsed_done) struct parsed p = {0};
    struct stix_strs markings = {0};
    TRY(parsed_read(a, s, e, &p));
    parsed_texts(a, p.value, "object_marking_refs", &markings);
    *out = strs_have(&markings, marking);
    return NULL;
}

err briefing_open_join(struct arena *a, struct session *s, str id)
{
    struct reader group;
    struct briefing b;
    TRY(briefing_get_as_group(a, s, id, &group, &b));
    struct about_rows joins = {0};
    TRY(about_list(a, s, &group, id, LIT("briefing-join"), &joins));
    struct briefing_join join;
    TRY(briefing_join_get(a, s, &group, id, &join));
    bool is_open = false;
    if (joins.count)
        TRY(is_marked(a, s, &joins.items[0].entry, invited_marking(a, s, id), &is_open));
    if (joins.count == 0 || is_open || !briefing_is_join_due(s, &b))
        return NULL;
    OWNED(batch_done) struct batch batch;
    batch_init(&batch, a, s, &group, b.group);
    const struct briefing_version v = {.briefing = &b, .group_id = group.org->id};
    struct hosts_object at = {
        .version_us = joins.items[0].entry.version_us, .v = &v, .hosts = invited_marking(a, s, id)};
    TRY(log_body_id(a, s, joins.items[0].entry.body, &at.id));
    put_join(&batch, &at, join.content);
    TRY(batch_append(&batch));
    return briefing_record(a, s, &group, "briefing.open-join", id, (str){0});
}
