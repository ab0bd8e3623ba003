/*
 * Writing briefings as their readers see them.
 */
#include "api/briefing_parts.h"

#include "api/etag.h"
#include "base/clock.h"
#include "service/briefing_reach.h"
#include "service/briefing_series.h"
#include "service/exercise.h"
#include "service/reminder.h"

struct part_to part_to_answer(struct api_call *c)
{
    return (struct part_to){api_body(c), c->rq->arena, &c->session, &c->reader, &c->given};
}

void part_give(const struct part_to *to, const struct log_entry *entry)
{
    if (to->given)
        given_add(to->a, to->s, to->given, entry);
}

err part_hide(struct api_call *c, err failure)
{
    return failure && failure->code == ERR_NOT_FOUND ? api_not_found(c) : failure;
}

err part_find_briefing(struct api_call *c, struct briefing *out)
{
    return part_hide(
        c, briefing_get(c->rq->arena, &c->session, &c->reader, api_param(c, "briefing"), out));
}

void part_label(struct json_writer *w, enum tlp label)
{
    json_member(w, "label", tlp_word(label));
}

str part_answer_word(enum about_word word)
{
    static const str WORDS[ABOUT_WORD_COUNT] = {LIT_INIT("open"), LIT_INIT("yes"), LIT_INIT("no"),
                                                LIT_INIT("delegate")};
    return WORDS[word];
}

void part_noted_by(const struct part_to *to, const struct briefing_invitation *of)
{
    const struct policy_org *org = policy_org_by_id(to->s->policy, of->noted_by);
    if (of->noted_by.len)
        json_member(to->w, "noted_by", org ? org->name : LIT("a host"));
}

void part_local(struct json_writer *w, const char *key, int64_t local_us)
{
    char text[ZONE_TEXT_BYTES];
    json_member(w, key, zone_write_local(local_us, text));
}

void part_day(struct json_writer *w, const char *key, int64_t day_us)
{
    char text[CLOCK_TEXT_BYTES];
    json_member(w, key, str_part(clock_write(day_us, text), 0, 10));
}

static void put_texts(struct json_writer *w, const char *key, const struct stix_strs *list)
{
    json_key(w, str_of(key));
    json_open_array(w);
    for (size_t i = 0; i < list->count; i++)
        json_put_string(w, list->items[i]);
    json_close_array(w);
}

void part_person(const struct part_to *to, str id, str organization)
{
    const struct policy_person *person = map_get(&to->s->policy->person_by_id, id);
    const struct policy_org *org = policy_org_by_id(to->s->policy, organization);
    json_open_object(to->w);
    json_member(to->w, "id", id);
    json_member(to->w, "name", person ? person->name : LIT("Somebody who is gone"));
    if (org)
        json_member(to->w, "organization", org->name);
    json_close_object(to->w);
}

static void put_when(struct json_writer *w, const struct briefing_when *when)
{
    json_key(w, LIT("when"));
    json_open_object(w);
    json_member(w, "local", when->local);
    json_member(w, "timezone", when->timezone);
    json_member_i64(w, "minutes", when->minutes);
    part_time(w, "start", when->start_us);
    part_time(w, "end", briefing_end_us(when));
    if (when->is_first_of_two)
        json_member_bool(w, "is_first_of_two", true);
    json_close_object(w);
}

static void put_counts(struct json_writer *w, const struct briefing_counts *counts)
{
    json_member_i64(w, "invited", (int64_t)counts->invited);
    json_member_i64(w, "yes", (int64_t)counts->by_word[ABOUT_YES]);
    json_member_i64(w, "no", (int64_t)counts->by_word[ABOUT_NO]);
    json_member_i64(w, "delegate", (int64_t)counts->by_word[ABOUT_DELEGATE]);
    json_member_i64(w, "open", (int64_t)counts->by_word[ABOUT_NOTHING]);
}

void part_counts(const struct part_to *to, const struct briefing_counts *counts)
{
    json_key(to->w, LIT("counts"));
    json_open_object(to->w);
    put_counts(to->w, counts);
    json_close_object(to->w);
}

/* How the answers stand, and once it is over how many were there. */
static err put_turnout(const struct part_to *to, const struct briefing *b)
{
    struct briefing_counts counts;
    size_t present = 0;
    bool is_said = false;
    TRY(briefing_counts_get(to->a, to->s, b->id, &counts));
    if (b->is_over)
        TRY(briefing_present_count(to->a, to->s, to->r, b->id, &present, &is_said));
    json_key(to->w, LIT("counts"));
    json_open_object(to->w);
    put_counts(to->w, &counts);
    if (is_said)
        json_member_i64(to->w, "present", (int64_t)present);
    json_close_object(to->w);
    return NULL;
}

void part_newcomer_sent(const struct part_to *to, const struct newcomer_sent *sent)
{
    if (sent->standing == NEWCOMER_NONE)
        return;
    json_key(to->w, LIT("newcomer"));
    json_open_object(to->w);
    json_member(to->w, "name", sent->name);
    json_member(to->w, "standing", newcomer_standing_name(sent->standing));
    json_close_object(to->w);
}

void part_reads_up_to(const struct part_to *to)
{
    const struct reader *r = to->r;
    if (policy_is_provisional(r->person, r->org->n))
        json_member(to->w, "reads_up_to", tlp_word(policy_ceiling(r->person, r->org)));
}

/* Whoever was vouched for is called what the reader called them. */
static err put_my_answer(const struct part_to *to, const struct briefing *b)
{
    struct json_writer *w = to->w;
    struct briefing_invitation mine;
    struct newcomer_sent sent;
    TRY(newcomer_my_invitation(to->a, to->s, to->r, b, &mine, &sent));
    if (mine.id.len == 0)
        return NULL;
    json_key(w, LIT("my_answer"));
    json_open_object(w);
    if (mine.answer != ABOUT_NOTHING) {
        const struct policy_person *who = map_get(&to->s->policy->person_by_id, mine.delegate);
        json_member(w, "answer", part_answer_word(mine.answer));
        part_time(w, "answered", mine.reply_us);
        json_member_if(w, "note", mine.note);
        part_noted_by(to, &mine);
        if (mine.noted_by.len || mine.note.len)
            part_give(to, &mine.reply_entry);
        if (sent.standing == NEWCOMER_SENT)
            json_member(w, "delegate", sent.name);
        else if (who)
            json_member(w, "delegate", who->name);
    }
    part_newcomer_sent(to, &sent);
    json_close_object(w);
    return NULL;
}

/* What a row and a whole briefing have in common. */
static err put_common(const struct part_to *to, const struct briefing *b)
{
    struct json_writer *w = to->w;
    part_give(to, &b->entry);
    json_member(w, "id", b->id);
    json_member(w, "title", b->title);
    put_when(w, &b->when);
    part_label(w, b->label);
    json_member(w, "status", briefing_status_name(b->is_over ? BRIEFING_HELD : b->status));
    json_member_bool(w, "is_host", b->is_host);
    json_member_bool(w, "is_exercise", exercise_holds(to->s, &b->entry));
    TRY(put_my_answer(to, b));
    return b->is_host && b->status != BRIEFING_DRAFT ? put_turnout(to, b) : NULL;
}

err part_briefing_row(const struct part_to *to, const struct briefing *b)
{
    struct json_writer *w = to->w;
    json_open_object(w);
    TRY(put_common(to, b));
    json_key(w, LIT("hosts"));
    json_open_array(w);
    for (size_t i = 0; i < b->hosts.count; i++) {
        const struct policy_org *org = policy_org_by_id(to->s->policy, b->hosts.items[i]);
        if (org)
            json_put_string(w, org->name);
    }
    json_close_array(w);
    json_close_object(w);
    return NULL;
}

static void put_hosts(const struct part_to *to, const struct briefing *b)
{
    struct json_writer *w = to->w;
    json_key(w, LIT("hosts"));
    json_open_array(w);
    for (size_t i = 0; i < b->hosts.count; i++) {
        const struct policy_org *org = policy_org_by_id(to->s->policy, b->hosts.items[i]);
        if (org == NULL)
            continue;
        json_open_object(w);
        json_key(w, LIT("organization"));
        part_organization(w, org);
        json_close_object(w);
    }
    json_close_array(w);
}

static void put_presenter(const struct part_to *to, const struct briefing_item *item)
{
    if (item->presenter.len == 0 && item->presenter_words.len == 0)
        return;
    json_key(to->w, LIT("presenter"));
    if (item->presenter.len) {
        const struct policy_person *person = map_get(&to->s->policy->person_by_id, item->presenter);
        const struct policy_org *org = person && person->affiliation_count
                                           ? policy_org(to->s->policy, person->affiliations[0].org)
                                           : NULL;
        part_person(to, item->presenter, org ? org->id : (str){0});
        return;
    }
    json_open_object(to->w);
    json_member(to->w, "name", item->presenter_words);
    json_close_object(to->w);
}

static void put_item(const struct part_to *to, const struct briefing *b,
                     const struct briefing_item *item)
{
    struct json_writer *w = to->w;
    part_give(to, &item->entry);
    json_open_object(w);
    json_member(w, "id", item->id);
    json_member(w, "title", item->title);
    json_member_if(w, "about", item->about);
    json_member_i64(w, "minutes", item->minutes);
    if (b->is_host) {
        part_time(w, "start", item->start_us);
        part_time(w, "modified", item->entry.version_us);
    }
    put_presenter(to, item);
    json_member_if(w, "source", item->source);
    part_label(w, item->label);
    if (b->is_host && item->organizations.count)
        put_texts(w, "organizations", &item->organizations);
    put_texts(w, "refs", &item->refs);
    json_close_object(w);
}

static err put_items(const struct part_to *to, const struct briefing *b)
{
    struct briefing_items items = {0};
    TRY(briefing_items_get(to->a, to->s, to->r, b, &items));
    json_key(to->w, LIT("items"));
    json_open_array(to->w);
    for (size_t i = 0; i < items.count; i++)
        put_item(to, b, &items.items[i]);
    json_close_array(to->w);
    return NULL;
}

static void put_plan(struct json_writer *w, const struct briefing_plan *plan)
{
    json_key(w, LIT("audience"));
    json_open_object(w);
    json_member_bits(w, "sectors", plan->sectors, sector_name);
    put_texts(w, "jurisdictions", &plan->jurisdictions);
    put_texts(w, "associations", &plan->associations);
    put_texts(w, "organizations", &plan->organizations);
    put_texts(w, "people", &plan->people);
    json_member_bits(w, "duties", plan->duties, duty_name);
    json_close_object(w);
}

static err put_places(const struct part_to *to, const struct briefing *b)
{
    struct json_writer *w = to->w;
    struct briefing_places places;
    TRY(briefing_places_get(to->a, to->s, b->id, &places));
    json_key(w, LIT("places"));
    json_open_object(w);
    json_member_i64(w, "reached", (int64_t)places.reached);
    json_member_i64(w, "all", (int64_t)(places.reached + places.missing.count));
    json_key(w, LIT("missing"));
    json_open_array(w);
    for (size_t i = 0; i < places.missing.count; i++) {
        json_open_object(w);
        json_member(w, "code", places.missing.items[i]->code);
        json_member(w, "name", places.missing.items[i]->name);
        json_close_object(w);
    }
    json_close_array(w);
    json_close_object(w);
    return NULL;
}

void part_odd_hours(const struct part_to *to, const struct briefing_audience *audience)
{
    struct json_writer *w = to->w;
    struct briefing_odds odds = {0};
    briefing_odd_hours(to->a, audience, &odds);
    json_key(w, LIT("odd_hours"));
    json_open_array(w);
    for (size_t i = 0; i < odds.count; i++) {
        json_open_object(w);
        json_member(w, "timezone", odds.items[i].timezone);
        part_local(w, "local", odds.items[i].local_us);
        json_member_i64(w, "people", (int64_t)odds.items[i].people);
        put_texts(w, "places", &odds.items[i].places);
        json_close_object(w);
    }
    json_close_array(w);
}

/* Asking those again who did not answer: while it can still be done (B23). */
static err put_reminder(const struct part_to *to, const struct briefing *b)
{
    struct reminder reminder;
    if (b->status != BRIEFING_SENT || b->is_over)
        return NULL;
    TRY(reminder_get(to->a, to->s, b, &reminder));
    json_key(to->w, LIT("reminder"));
    json_open_object(to->w);
    if (reminder.asked_us)
        part_time(to->w, "asked", reminder.asked_us);
    part_time(to->w, "from", reminder.from_us);
    if (reminder.due_us)
        part_time(to->w, "due", reminder.due_us);
    json_close_object(to->w);
    return NULL;
}

/* How long what it leaves behind is kept, where that is not for good (B27). */
static void put_kept(const struct part_to *to, const struct briefing *b)
{
    const struct config *config = store_config(to->s->store);
    int64_t end_us = briefing_end_us(&b->when);
    uint64_t whole = config->records_kept_days;
    uint64_t answers = config->answers_kept_days;
    if (whole && (answers == 0 || answers > whole))
        answers = whole;
    if (answers)
        part_time(to->w, "answers_kept_until", end_us + (int64_t)answers * US_PER_DAY);
    if (whole)
        part_time(to->w, "kept_until", end_us + (int64_t)whole * US_PER_DAY);
}

static err put_for_hosts(const struct part_to *to, const struct briefing *b)
{
    struct briefing_plan plan;
    struct briefing_audience audience;
    TRY(briefing_plan_get(to->a, to->s, to->r, b->id, &plan));
    put_plan(to->w, &plan);
    part_plan_names(to, &plan);
    TRY(briefing_audience_find(to->a, to->s, to->r, b, &audience));
    part_odd_hours(to, &audience);
    TRY(put_reminder(to, b));
    put_kept(to, b);
    return b->status == BRIEFING_DRAFT ? NULL : put_places(to, b);
}

static err put_due(const struct part_to *to, const struct briefing *b)
{
    struct briefing_opinion mine;
    bool may_judge;
    TRY(briefing_may_judge(to->a, to->s, to->r, b, &may_judge));
    TRY(briefing_my_opinion(to->a, to->s, to->r, b, &mine));
    json_member_bool(to->w, "is_usefulness_due", may_judge && mine.value == 0);
    return NULL;
}

static err put_following(const struct part_to *to, const struct briefing *b)
{
    struct stix_strs following = {0};
    TRY(briefing_following(to->a, to->s, to->r, b->id, &following));
    put_texts(to->w, "followed_by", &following);
    return NULL;
}

/* Whether whose members were meant may look which of them were reached (B2). */
static err put_reached(const struct part_to *to, const struct briefing *b)
{
    bool is_told;
    TRY(briefing_reach_is_told(to->a, to->s, to->r, b, &is_told));
    if (is_told)
        json_member_bool(to->w, "has_reached", true);
    return NULL;
}

err part_briefing(const struct part_to *to, const struct briefing *b)
{
    struct json_writer *w = to->w;
    struct briefing_join join;
    json_open_object(w);
    TRY(put_common(to, b));
    json_member_if(w, "about", b->about);
    json_member_if(w, "source", b->source);
    json_member_if(w, "cancelled_because", b->cancelled_because);
    json_member_i64(w, "edition", b->edition);
    json_member_if(w, "follows", b->follows);
    TRY(put_following(to, b));
    if (b->is_host)
        json_member_if(w, "urgent_because", b->urgent_because);
    put_hosts(to, b);
    TRY(put_items(to, b));
    TRY(briefing_join_get(to->a, to->s, to->r, b->id, &join));
    part_give(to, &join.entry);
    json_member_if(w, "join", join.content);
    part_time(w, "join_from", b->when.start_us - BRIEFING_JOIN_BEFORE_US);
    if (b->is_host)
        TRY(put_for_hosts(to, b));
    TRY(put_reached(to, b));
    if (b->sent_us)
        part_time(w, "sent", b->sent_us);
    TRY(put_due(to, b));
    part_reads_up_to(to);
    json_member(w, "modified", b->version);
    json_close_object(w);
    return NULL;
}

/* The name in the path, or what was made. */
static str which(struct api_call *c)
{
    return c->result.len ? c->result : api_param(c, "briefing");
}

err part_briefing_send(struct api_call *c, unsigned status)
{
    struct briefing b;
    TRY(part_hide(c, briefing_get(c->rq->arena, &c->session, &c->reader, which(c), &b)));
    struct part_to to = part_to_answer(c);
    TRY(part_briefing(&to, &b));
    api_etag_with(c, b.version, buf_str(&c->text));
    api_send(c, status);
    return NULL;
}

err part_briefing_answer(struct api_call *c, void *context)
{
    (void)context;
    return part_briefing_send(c, 200);
}
