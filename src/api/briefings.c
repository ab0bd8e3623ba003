/*
 * /briefings: made, changed, sent, called off.
 */
#include "api/briefing_parts.h"
#include "api/etag.h"
#include "api/fields.h"
#include "api/handlers.h"
#include "api/page.h"
#include "service/briefing_send.h"
#include "service/briefing_series.h"
#include "service/reminder.h"
#include "store/outbox.h"

#include <stdlib.h>

#define NAMES_MAX 2000
#define ID_BYTES_MAX 100

/* ---- what was sent */

static struct stix_strs as_strs(struct field_list list)
{
    return (struct stix_strs){list.items, list.count, list.count};
}

static struct stix_strs read_ids(struct api_fields *f, const char *name)
{
    return as_strs(field_texts(f, name, (struct field_text){.bytes_max = ID_BYTES_MAX}, NAMES_MAX));
}

static unsigned read_sectors(struct api_fields *f)
{
    struct stix_strs list = read_ids(f, "sectors");
    unsigned bits = 0;
    for (size_t i = 0; i < list.count; i++) {
        enum sector sector;
        if (sector_read(list.items[i], &sector))
            bits |= 1u << sector;
        else
            field_fault(f, LIT("sectors"), LIT("There is no such sector"));
    }
    return bits;
}

static unsigned read_duties(struct api_fields *f)
{
    struct stix_strs list = read_ids(f, "duties");
    unsigned bits = 0;
    for (size_t i = 0; i < list.count; i++) {
        enum duty duty;
        if (duty_read(list.items[i], &duty))
            bits |= 1u << duty;
        else
            field_fault(f, LIT("duties"), LIT("A duty is primary, stand-in or after-hours"));
    }
    return bits;
}

static err read_plan(struct api_fields *f, struct briefing_input *out)
{
    json value = field_value(f, "audience", JSON_OBJECT, false);
    if (json_is(value, JSON_NONE))
        return NULL;
    struct api_fields own = api_fields_of(f->c, value, field_pointer(f, LIT("audience")));
    out->has_plan = true;
    out->plan =
        (struct briefing_plan){.sectors = read_sectors(&own),
                               .jurisdictions = as_strs(part_jurisdictions(&own, NAMES_MAX)),
                               .associations = read_ids(&own, "associations"),
                               .organizations = read_ids(&own, "organizations"),
                               .people = read_ids(&own, "people"),
                               .duties = read_duties(&own)};
    return api_fields_check(&own);
}

err part_read_when(struct api_fields *f, struct briefing_input *out)
{
    static const struct field_text RULE = {.is_required = true, .bytes_max = 64};
    json value = field_value(f, "when", JSON_OBJECT, false);
    if (json_is(value, JSON_NONE))
        return NULL;
    struct api_fields own = api_fields_of(f->c, value, field_pointer(f, LIT("when")));
    out->has_when = true;
    out->when = (struct briefing_when){
        .local = field_text(&own, "local", RULE),
        .timezone = field_text(&own, "timezone", RULE),
        .minutes = field_number(
            &own, "minutes", (struct field_number){.least = 5, .most = 600, .is_required = true})};
    /* Sent back as they were given. */
    (void)field_value(&own, "start", JSON_STRING, false);
    (void)field_value(&own, "end", JSON_STRING, false);
    (void)field_flag(&own, "is_first_of_two", false);
    err failure = briefing_when_settle(f->c->rq->arena, &f->c->session, &out->when);
    if (failure && failure->code == ERR_INVALID && f->c->faults.count == 0)
        field_fault(&own, LIT("local"), error_text(f->c->rq->arena, failure));
    else if (f->c->faults.count == 0)
        TRY(failure);
    return api_fields_check(&own);
}

static bool read_label(struct api_fields *f, enum tlp *out)
{
    static const struct field_text RULE = {.bytes_max = 20,
                                           .words = "clear, green, amber, amber+strict, red"};
    str label = field_text(f, "label", RULE);
    return label.len && tlp_read(label, out);
}

static err read_item(struct api_fields *f, enum tlp label, struct briefing_item *out)
{
    static const struct field_text ID = {.bytes_max = ID_BYTES_MAX};
    *out = (struct briefing_item){
        .id = field_text(f, "id", ID),
        .title = field_text(f, "title", (struct field_text){.bytes_max = 800}),
        .about =
            field_text(f, "about", (struct field_text){.may_have_lines = true, .bytes_max = 20000}),
        .minutes = field_number(
            f, "minutes", (struct field_number){.least = 1, .most = 600, .is_required = true}),
        .presenter = field_text(f, "presenter", ID),
        .presenter_words = field_text(f, "presenter_words", (struct field_text){.bytes_max = 800}),
        .label = label,
        .organizations = read_ids(f, "organizations"),
        .refs = read_ids(f, "refs")};
    (void)read_label(f, &out->label);
    if (str_trim(out->title).len == 0 && out->label != TLP_RED)
        field_fault(f, LIT("title"), LIT("Give it a title"));
    return api_fields_check(f);
}

static err read_items(struct api_fields *f, enum tlp label, struct briefing_input *out)
{
    size_t index = 0;
    json list = field_value(f, "items", JSON_ARRAY, false);
    out->has_items = json_is(list, JSON_ARRAY);
    for (struct json_walk w = json_walk(list); json_next(&w); index++) {
        struct api_fields own =
            api_fields_of(f->c, w.value, field_pointer_at(f, LIT("items"), index));
        struct briefing_item item;
        TRY(read_item(&own, label, &item));
        *LIST_ADD(f->c->rq->arena, &out->items) = item;
    }
    return NULL;
}

/* `label` is that of items which say none. */
static err read_input(struct api_fields *f, enum tlp label, struct briefing_input *out)
{
    static const struct field_text TEXT = {.may_have_lines = true, .bytes_max = 20000};
    TRY(part_read_when(f, out));
    TRY(read_plan(f, out));
    out->has_about = field_is_there(f, "about");
    out->has_join = field_is_there(f, "join");
    out->title = field_text(f, "title", (struct field_text){.bytes_max = 800});
    out->about = field_text(f, "about", TEXT);
    out->join = field_text(f, "join", TEXT);
    out->has_label = read_label(f, &out->label);
    return read_items(f, out->has_label ? out->label : label, out);
}

/* ---- make */

static err run_make(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    str id;
    TRY(briefing_make(a, s, &c->reader, context, &id));
    c->result = arena_copy(c->rq->arena, id);
    return NULL;
}

static err answer_made(struct api_call *c, void *context)
{
    (void)context;
    return part_briefing_send(c, 201);
}

/* What is missing of the four answers, each by its name. */
static void need_answers(struct api_fields *f, const struct briefing_input *input)
{
    if (f->c->faults.count)
        return;
    if (!input->has_when)
        field_fault(f, LIT("when"), LIT("Say when it is"));
    if (!input->has_plan)
        field_fault(f, LIT("audience"), LIT("Say with whom"));
    if (str_trim(input->title).len == 0)
        field_fault(f, LIT("title"), LIT("Say what it is called"));
    if (str_trim(input->join).len == 0)
        field_fault(f, LIT("join"), LIT("Say how to join"));
}

err api_make_briefing(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct briefing_input *input = NEW(c->rq->arena, struct briefing_input);
    TRY(read_input(&f, TLP_AMBER, input));
    input->hosts = read_ids(&f, "hosts");
    input->is_exercise = field_flag(&f, "is_exercise", false);
    input->follows = field_text(&f, "follows", (struct field_text){.bytes_max = ID_BYTES_MAX});
    need_answers(&f, input);
    TRY(api_fields_check(&f));
    return api_change(
        c, &(struct api_change){.run = run_make, .answer = answer_made, .context = input});
}

/* ---- the next edition */

static err run_next(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    str id;
    TRY(part_hide(c, briefing_next(a, s, &c->reader, api_param(c, "briefing"), context, &id)));
    c->result = arena_copy(c->rq->arena, id);
    return NULL;
}

err api_make_next(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct stix_strs *items = NEW(c->rq->arena, struct stix_strs);
    *items = read_ids(&f, "items");
    TRY(api_fields_check(&f));
    return api_change(
        c, &(struct api_change){.run = run_next, .answer = answer_made, .context = items});
}

/* ---- list */

static int64_t distance(const struct session *s, const struct briefing *b)
{
    int64_t end_us = briefing_end_us(&b->when);
    bool is_ahead = end_us > s->now_us;
    return is_ahead ? b->when.start_us : INT64_MAX / 2 - b->when.start_us / 2;
}

struct placed {
    int64_t place; /* what comes next is small, what is long past large */
    const struct briefing *b;
};

static int placed_order(const void *a, const void *b)
{
    const struct placed *one = a;
    const struct placed *two = b;
    int order = (one->place > two->place) - (one->place < two->place);
    return order ? order : str_cmp(one->b->id, two->b->id);
}

static struct placed *place_all(struct api_call *c, const struct briefings *all)
{
    struct placed *places = NEW_ARRAY(c->rq->arena, all->count, struct placed);
    for (size_t i = 0; i < all->count; i++)
        places[i] = (struct placed){distance(&c->session, &all->items[i]), &all->items[i]};
    if (all->count)
        qsort(places, all->count, sizeof(*places), placed_order);
    return places;
}

/* Where the page begins: behind the briefing that the cursor names. */
static size_t first_of_page(const struct placed *places, size_t count, str after)
{
    for (size_t i = 0; i < count && after.len; i++) {
        if (str_eq(places[i].b->id, after))
            return i + 1;
    }
    return 0;
}

err api_list_briefings(struct api_call *c)
{
    struct api_page page;
    struct briefings all = {0};
    TRY(api_page_read(c, &page));
    TRY(briefing_list(c->rq->arena, &c->session, &c->reader, &all));
    const struct placed *places = place_all(c, &all);
    size_t at = first_of_page(places, all.count, page.place);
    size_t end = all.count - at > page.limit ? at + page.limit : all.count;
    struct part_to to = part_to_answer(c);
    json_open_object(to.w);
    json_key(to.w, LIT("items"));
    json_open_array(to.w);
    for (size_t i = at; i < end; i++)
        TRY(part_briefing_row(&to, places[i].b));
    json_close_array(to.w);
    if (end < all.count)
        api_page_next(c, to.w, places[end - 1].b->id);
    json_close_object(to.w);
    api_send(c, 200);
    return NULL;
}

/* ---- get */

static err run_open_join(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    (void)context;
    return briefing_open_join(a, s, api_param(c, "briefing"));
}

/* B17: from half an hour before, the first of those invited who looks finds it opened. */
static err is_join_to_open(struct api_call *c, const struct briefing *b, bool *out)
{
    struct briefing_invitation mine;
    struct briefing_join join;
    *out = false;
    if (b->is_host || !briefing_is_join_due(&c->session, b))
        return NULL;
    TRY(briefing_my_invitation(c->rq->arena, &c->session, &c->reader, b->id, &mine));
    TRY(briefing_join_get(c->rq->arena, &c->session, &c->reader, b->id, &join));
    *out = mine.id.len > 0 && join.content.len == 0;
    return NULL;
}

err api_get_briefing(struct api_call *c)
{
    struct briefing b;
    bool is_to_open;
    TRY(part_hide(
        c, briefing_get(c->rq->arena, &c->session, &c->reader, api_param(c, "briefing"), &b)));
    TRY(is_join_to_open(c, &b, &is_to_open));
    if (is_to_open)
        return api_change(
            c, &(struct api_change){.run = run_open_join, .answer = part_briefing_answer});
    return part_briefing_answer(c, NULL);
}

/* ---- edit, cancel */

/* The state as it is now, for whoever was too late. */
static err set_current(struct arena *a, struct session *s, struct api_call *c,
                       const struct briefing *b)
{
    OWNED(buf_done) struct buf text;
    struct json_writer w;
    const struct part_to to = {&w, a, s, &c->reader, NULL};
    buf_init(&text, API_ANSWER_BYTES_MAX);
    json_writer_init(&w, &text);
    TRY(part_briefing(&to, b));
    c->current = arena_copy(c->rq->arena, buf_str(&text));
    return NULL;
}

/* If-Match is looked at where it counts: in the session that writes. */
static err find_matching(struct arena *a, struct session *s, struct api_call *c,
                         struct briefing *out)
{
    str id = api_param(c, "briefing");
    TRY(part_hide(c, briefing_get_hosted(a, s, &c->reader, id, out)));
    err failure = api_check_match(c, out->version);
    if (failure && failure->code == ERR_PRECONDITION)
        TRY(set_current(a, s, c, out));
    return failure;
}

static err run_edit(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    struct briefing b;
    TRY(find_matching(a, s, c, &b));
    return briefing_edit(a, s, &c->reader, b.id, b.version, context);
}

err api_edit_briefing(struct api_call *c)
{
    struct briefing b;
    struct api_fields f = api_fields(c);
    struct briefing_input *input = NEW(c->rq->arena, struct briefing_input);
    TRY(part_hide(c, briefing_get_hosted(c->rq->arena, &c->session, &c->reader,
                                         api_param(c, "briefing"), &b)));
    TRY(read_input(&f, b.label, input));
    TRY(api_fields_check(&f));
    return api_change(
        c, &(struct api_change){.run = run_edit, .answer = part_briefing_answer, .context = input});
}

static err run_cancel(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    struct briefing b;
    const str *reason = context;
    TRY(find_matching(a, s, c, &b));
    return briefing_cancel(a, s, &c->reader, b.id, b.version, *reason);
}

err api_cancel_briefing(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    str *reason = NEW(c->rq->arena, str);
    *reason = field_text(
        &f, "reason",
        (struct field_text){.is_required = true, .may_have_lines = true, .bytes_max = 4000});
    TRY(api_fields_check(&f));
    return api_change(c, &(struct api_change){
                             .run = run_cancel, .answer = part_briefing_answer, .context = reason});
}

/* ---- audience */

static void put_invitee(const struct part_to *to, const struct briefing_invitee *who)
{
    struct json_writer *w = to->w;
    json_open_object(w);
    json_member(w, "id", who->person->id);
    json_member(w, "name", who->person->name);
    json_member(w, "organization", who->org->name);
    if (who->duty >= 0)
        json_member(w, "duty", duty_name((unsigned)who->duty));
    if (who->verified_us)
        part_day(w, "checked", who->verified_us);
    json_member(w, "timezone", who->timezone);
    part_local(w, "local", who->local_us);
    json_member_bool(w, "is_odd_hour", who->is_odd_hour);
    json_member_bool(w, "is_invited", who->is_invited);
    json_close_object(w);
}

/* Those of one place stand together. */
static size_t end_of_place(const struct briefing_audience *audience, size_t from)
{
    size_t end = from;
    while (end < audience->count && str_eq(audience->items[end].place, audience->items[from].place))
        end++;
    return end;
}

static size_t count_orgs(const struct briefing_audience *audience, size_t from, size_t end)
{
    size_t count = 0;
    for (size_t i = from; i < end; i++)
        count += i == from || audience->items[i].org != audience->items[i - 1].org;
    return count;
}

static void put_groups(const struct part_to *to, const struct briefing_audience *audience)
{
    struct json_writer *w = to->w;
    json_key(w, LIT("groups"));
    json_open_array(w);
    for (size_t from = 0; from < audience->count;) {
        size_t end = end_of_place(audience, from);
        json_open_object(w);
        json_member(w, "title", audience->items[from].place);
        json_member_i64(w, "organizations", (int64_t)count_orgs(audience, from, end));
        json_key(w, LIT("people"));
        json_open_array(w);
        for (; from < end; from++)
            put_invitee(to, &audience->items[from]);
        json_close_array(w);
        json_close_object(w);
    }
    json_close_array(w);
}

static void put_missed(struct json_writer *w, const struct briefing_missed *missed)
{
    json_open_object(w);
    json_member(w, "id", missed->org->id);
    json_member(w, "name", missed->org->name);
    json_member_if(w, "words", missed->words);
    json_close_object(w);
}

static void put_misses(const struct part_to *to, const struct briefing_audience *audience)
{
    struct json_writer *w = to->w;
    json_key(w, LIT("misses"));
    json_open_array(w);
    for (size_t i = 0; i < audience->missed.count;) {
        enum briefing_miss why = audience->missed.items[i].why;
        json_open_object(w);
        json_member(w, "reason", briefing_miss_name(why));
        json_key(w, LIT("organizations"));
        json_open_array(w);
        for (; i < audience->missed.count && audience->missed.items[i].why == why; i++)
            put_missed(w, &audience->missed.items[i]);
        json_close_array(w);
        json_close_object(w);
    }
    json_close_array(w);
}

err api_get_audience(struct api_call *c)
{
    struct briefing b;
    struct briefing_audience audience;
    struct arena *a = c->rq->arena;
    TRY(part_hide(c,
                  briefing_get_hosted(a, &c->session, &c->reader, api_param(c, "briefing"), &b)));
    TRY(briefing_audience_find(a, &c->session, &c->reader, &b, &audience));
    struct part_to to = part_to_answer(c);
    json_open_object(to.w);
    json_member_i64(to.w, "people", (int64_t)(audience.count - audience.invited_count));
    json_member_i64(to.w, "organizations", (int64_t)audience.organization_count);
    json_member_i64(to.w, "already_invited", (int64_t)audience.invited_count);
    part_label(to.w, b.label);
    put_groups(&to, &audience);
    put_misses(&to, &audience);
    part_odd_hours(&to, &audience);
    json_close_object(to.w);
    api_send(c, 200);
    return NULL;
}

/* ---- send */

static err send_progress(struct api_call *c, unsigned status)
{
    struct sending sending;
    struct briefing b;
    int64_t mailed;
    struct arena *a = c->rq->arena;
    TRY(part_hide(c,
                  briefing_get_hosted(a, &c->session, &c->reader, api_param(c, "briefing"), &b)));
    TRY(briefing_sending_get(a, &c->session, b.id, &sending));
    TRY(outbox_count_invited(a, &c->session, b.id, &mailed));
    struct json_writer *w = api_body(c);
    json_open_object(w);
    json_member_i64(w, "total", (int64_t)sending.total);
    json_member_i64(w, "written", (int64_t)sending.done);
    json_member_i64(w, "mailed", mailed);
    json_member_bool(w, "is_done", sending.done == sending.total);
    json_close_object(w);
    api_send(c, status);
    return NULL;
}

err api_get_sending(struct api_call *c)
{
    return send_progress(c, 200);
}

static err answer_send(struct api_call *c, void *context)
{
    (void)context;
    briefing_sender_wake(c->app->sender);
    return send_progress(c, 202);
}

static err run_send(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    return part_hide(c, briefing_send(a, s, &c->reader, api_param(c, "briefing"), context));
}

err api_send_briefing(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct briefing_order *order = NEW(c->rq->arena, struct briefing_order);
    order->people = (size_t)field_number(
        &f, "people", (struct field_number){.least = 1, .most = 1000000, .is_required = true});
    order->urgent_because = field_text(
        &f, "urgent_because", (struct field_text){.may_have_lines = true, .bytes_max = 4000});
    TRY(api_fields_check(&f));
    return api_change(
        c, &(struct api_change){.run = run_send, .answer = answer_send, .context = order});
}

/* ---- ask again */

static err run_remind(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    (void)context;
    return part_hide(c, reminder_ask(a, s, &c->reader, api_param(c, "briefing")));
}

static err answer_remind(struct api_call *c, void *context)
{
    (void)context;
    return part_briefing_send(c, 200);
}

err api_remind_invited(struct api_call *c)
{
    return api_change(c, &(struct api_change){.run = run_remind, .answer = answer_remind});
}
