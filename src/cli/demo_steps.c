/*
 * Each step is an object: "do" names the verb, "at" the time, "person" and "org" who acts, and
 * "briefing" the story's own name of the briefing; the rest is named as in api/openapi.yaml.
 */
#include "cli/demo_steps.h"

#include "base/clock.h"
#include "base/num.h"
#include "service/absence.h"
#include "service/approval.h"
#include "service/briefing_after.h"
#include "service/briefing_send.h"
#include "service/commitment.h"
#include "service/material.h"
#include "service/question.h"
#include "stix/marking.h"
#include "store/files.h"

struct step {
    struct demo *demo;
    json json;
    struct reader reader;
    str briefing; /* its id; empty where the step makes one */
};

/* ---- reading */

static str text_of(const struct step *step, const char *key)
{
    return json_get_string(step->json, str_of(key));
}

static struct stix_strs texts_of(struct arena *a, json object, const char *key)
{
    struct stix_strs list = {0};
    for (struct json_walk w = json_walk(json_get(object, str_of(key))); json_next(&w);)
        *LIST_ADD(a, &list) = json_string(w.value);
    return list;
}

static int64_t number_of(json object, const char *key)
{
    int64_t number = 0;
    (void)json_to_i64(json_get(object, str_of(key)), &number);
    return number;
}

static err read_label(struct arena *a, json object, enum tlp *out)
{
    str label = json_get_string(object, LIT("label"));
    if (tlp_read(label, out))
        return NULL;
    return FAIL(a, ERR_INPUT, "\"label\" is a label such as amber, and not '%.*s'", STR_ARG(label));
}

static err read_time(struct arena *a, json object, const char *key, int64_t *out)
{
    if (clock_read(json_get_string(object, str_of(key)), out, NULL))
        return NULL;
    return FAIL(a, ERR_INPUT, "\"%s\" is a time such as 2018-08-24T18:30:00Z", key);
}

static err find_named(struct arena *a, const struct demo *demo, str name, str *out)
{
    const str *id = map_get(&demo->named, name);
    if (id == NULL)
        return FAIL(a, ERR_INPUT, "no step before makes '%.*s'", STR_ARG(name));
    *out = *id;
    return NULL;
}

/* ---- the verbs */

static err read_items(struct arena *a, json list, struct briefing_items *out)
{
    for (struct json_walk w = json_walk(list); json_next(&w);) {
        struct briefing_item item = {
            .title = json_get_string(w.value, LIT("title")),
            .about = json_get_string(w.value, LIT("about")),
            .minutes = number_of(w.value, "minutes"),
            .presenter = json_get_string(w.value, LIT("presenter")),
            .organizations = texts_of(a, w.value, "organizations"),
        };
        TRY(read_label(a, w.value, &item.label));
        *LIST_ADD(a, out) = item;
    }
    return NULL;
}

static err read_input(struct arena *a, json step, struct briefing_input *out)
{
    json when = json_get(step, LIT("when"));
    json audience = json_get(step, LIT("audience"));
    *out = (struct briefing_input){
        .has_when = true,
        .when = {.local = json_get_string(when, LIT("local")),
                 .timezone = json_get_string(when, LIT("timezone")),
                 .minutes = number_of(when, "minutes")},
        .has_plan = true,
        .plan = {.associations = texts_of(a, audience, "associations"),
                 .organizations = texts_of(a, audience, "organizations")},
        .title = json_get_string(step, LIT("title")),
        .has_about = true,
        .about = json_get_string(step, LIT("about")),
        .has_join = true,
        .join = json_get_string(step, LIT("join")),
        .has_label = true,
        .hosts = texts_of(a, step, "hosts"),
        .has_items = true,
        .is_exercise = true,
    };
    TRY(read_label(a, step, &out->label));
    return read_items(a, json_get(step, LIT("items")), &out->items);
}

static err make(struct arena *a, struct session *s, struct step *step)
{
    struct briefing_input input;
    str follows = text_of(step, "follows");
    str *id = NEW(a, str);
    TRY(read_input(a, step->json, &input));
    if (follows.len)
        TRY(find_named(a, step->demo, follows, &input.follows));
    TRY(briefing_make(a, s, &step->reader, &input, id));
    map_put(&step->demo->named, text_of(step, "name"), id);
    return NULL;
}

/* A yes to each scope named, as it is then. */
static err approve(struct arena *a, struct session *s, struct step *step)
{
    struct briefing b;
    struct approval_matrix m;
    TRY(briefing_get_hosted(a, s, &step->reader, step->briefing, &b));
    TRY(approval_matrix_get(a, s, &step->reader, &b, &m));
    for (struct json_walk w = json_walk(json_get(step->json, LIT("scopes"))); json_next(&w);) {
        struct approval_answer yes = {.is_approved = true};
        if (!approval_scope_read(json_string(w.value), &yes.scope))
            return FAIL(a, ERR_INPUT, "\"scopes\" are audience, agenda and release");
        yes.state = m.states[yes.scope];
        TRY(approval_say(a, s, &step->reader, step->briefing, &yes));
    }
    return NULL;
}

/* To everyone whom the page would show; written at once, since nobody waits for the writer. */
static err send(struct arena *a, struct session *s, struct step *step)
{
    struct briefing b;
    struct briefing_audience audience;
    bool is_done = false;
    TRY(briefing_get_hosted(a, s, &step->reader, step->briefing, &b));
    TRY(briefing_audience_find(a, s, &step->reader, &b, &audience));
    const struct briefing_order order = {.people = audience.count - audience.invited_count};
    TRY(briefing_send(a, s, &step->reader, b.id, &order));
    while (!is_done)
        TRY(briefing_send_piece(a, s, b.id, &is_done));
    return NULL;
}

static err answer(struct arena *a, struct session *s, struct step *step)
{
    struct briefing_reply reply = {.delegate = text_of(step, "delegate"),
                                   .note = text_of(step, "note")};
    str word = text_of(step, "answer");
    reply.answer = str_eq(word, LIT("yes")) ? ABOUT_YES : ABOUT_NO;
    if (reply.delegate.len)
        reply.answer = ABOUT_DELEGATE;
    return briefing_answer(a, s, &step->reader, step->briefing, &reply);
}

static err read_presence(struct arena *a, json who, struct briefing_presence *out)
{
    *out = (struct briefing_presence){.person = json_get_string(who, LIT("person")),
                                      .was_there =
                                          json_is(json_get(who, LIT("was_there")), JSON_TRUE)};
    if (!out->was_there)
        return NULL;
    TRY(read_time(a, who, "joined", &out->joined_us));
    return read_time(a, who, "left", &out->left_us);
}

static err take_attendance(struct arena *a, struct session *s, struct step *step)
{
    json list = json_get(step->json, LIT("people"));
    struct briefing_presence *people = NEW_ARRAY(a, json_count(list), struct briefing_presence);
    for (struct json_walk w = json_walk(list); json_next(&w);)
        TRY(read_presence(a, w.value, &people[w.index]));
    return briefing_take_attendance(a, s, &step->reader, step->briefing, people, json_count(list));
}

static err judge(struct arena *a, struct session *s, struct step *step)
{
    const struct briefing_opinion opinion = {
        .value = (unsigned)number_of(step->json, "value"),
        .words = text_of(step, "words"),
        .is_for_attendees = str_eq(text_of(step, "words_for"), LIT("attendees"))};
    return briefing_judge(a, s, &step->reader, step->briefing, &opinion);
}

static err ask(struct arena *a, struct session *s, struct step *step)
{
    str *id = NEW(a, str);
    const struct question_input in = {
        .content = text_of(step, "content"),
        .is_unattributed = json_is(json_get(step->json, LIT("is_unattributed")), JSON_TRUE)};
    TRY(question_ask(a, s, &step->reader, step->briefing, &in, id));
    map_put(&step->demo->named, text_of(step, "name"), id);
    return NULL;
}

static err reply(struct arena *a, struct session *s, struct step *step)
{
    str question;
    const struct question_answer said = {.words = text_of(step, "words")};
    TRY(find_named(a, step->demo, text_of(step, "question"), &question));
    return question_answer(a, s, &step->reader, step->briefing, question, &said);
}

static err promise(struct arena *a, struct session *s, struct step *step)
{
    struct commitment made = {.content = text_of(step, "content"),
                              .organization = text_of(step, "organization"),
                              .person = text_of(step, "promised_by")};
    TRY(read_time(a, step->json, "due", &made.due_us));
    return commitment_add(a, s, &step->reader, step->briefing, &made);
}

/* The promise of these words was kept. */
static err keep(struct arena *a, struct session *s, struct step *step)
{
    struct briefing b;
    struct commitments list = {0};
    const struct commitment_change kept = {.has_word = true, .word = COMMITMENT_DONE};
    TRY(briefing_get(a, s, &step->reader, step->briefing, &b));
    TRY(commitments_list(a, s, &step->reader, &b, &list));
    for (size_t i = 0; i < list.count; i++) {
        if (str_eq(list.items[i].content, text_of(step, "content")))
            return commitment_settle(a, s, &step->reader, list.items[i].id, &kept);
    }
    return FAIL(a, ERR_INPUT, "nobody promised '%.*s'", STR_ARG(text_of(step, "content")));
}

/* A text, as a file. */
static err give(struct arena *a, struct session *s, struct step *step)
{
    str id;
    str text = text_of(step, "text");
    struct material_input in = {
        .title = text_of(step, "title"),
        .has_label = true,
        .file = {.name = text_of(step, "file"), .bytes = (int64_t)text.len, .kind = FILE_KIND_TEXT},
        .address = text_of(step, "address")};
    TRY(read_label(a, step->json, &in.label));
    TRY(files_put(a, s->store, text, &in.file.digest));
    return material_give(a, s, &step->reader, step->briefing, &in, &id);
}

static err say_why_missing(struct arena *a, struct session *s, struct step *step)
{
    return absence_say(a, s, &step->reader, step->briefing, false, text_of(step, "content"));
}

static const struct {
    const char *name;
    err (*run)(struct arena *a, struct session *s, struct step *step);
} VERBS[] = {{"make", make},
             {"approve", approve},
             {"send", send},
             {"answer", answer},
             {"attendance", take_attendance},
             {"usefulness", judge},
             {"ask", ask},
             {"reply", reply},
             {"promise", promise},
             {"keep", keep},
             {"give", give},
             {"missing", say_why_missing}};

/* ---- one step */

static err seat(struct step *step)
{
    struct session *s = step->demo->s;
    struct arena *a = step->demo->a;
    const struct policy_org *org = policy_org_by_id(s->policy, text_of(step, "org"));
    const struct policy_person *person = map_get(&s->policy->person_by_id, text_of(step, "person"));
    if (org == NULL || person == NULL)
        return FAIL(a, ERR_INPUT, "\"person\" and \"org\" are ids of this exchange");
    TRY(reader_make(a, s, org, person, NULL, &step->reader));
    TRY(reader_intern_actor(a, s, &step->reader));
    s->actor = step->reader.gate.actor;
    return NULL;
}

err demo_step(struct demo *demo, json object)
{
    struct arena *a = demo->a;
    struct step *step = NEW(a, struct step);
    *step = (struct step){.demo = demo, .json = object};
    str name = text_of(step, "do");
    size_t n = 0;
    while (n < COUNT_OF(VERBS) && !str_eq(name, str_of(VERBS[n].name)))
        n++;
    if (n == COUNT_OF(VERBS))
        return FAIL(a, ERR_INPUT, "there is nothing to do that is called '%.*s'", STR_ARG(name));
    TRY(read_time(a, object, "at", &demo->s->now_us));
    TRY(seat(step));
    if (text_of(step, "briefing").len)
        TRY(find_named(a, demo, text_of(step, "briefing"), &step->briefing));
    return VERBS[n].run(a, demo->s, step);
}
