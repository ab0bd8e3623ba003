/*
 * The world of the tests of briefings.
 */
#include "briefing_world.h"

#include "service/hold.h"
#include "store/people.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static const struct {
    const char *name;
    const char *sector;
    const char *place; /* NULL: none */
} ORGS[] = {{"Agency", "federal", "us"},       {"Platform", "platform", NULL},
            {"Ohio", "state", "us-39"},        {"Guam", "territorial", "us-66"},
            {"County", "local", "us-39-c035"}, {"Research", "research", NULL}};

static const struct {
    const char *name;
    const char *org;
    enum role role;
    bool has_duty;
} PEOPLE[] = {{"ann", "Agency", ROLE_PUBLISHER, false}, {"pat", "Platform", ROLE_PUBLISHER, false},
              {"pia", "Platform", ROLE_MEMBER, false},  {"oda", "Ohio", ROLE_MEMBER, true},
              {"ole", "Ohio", ROLE_MEMBER, false},      {"gus", "Guam", ROLE_MEMBER, true},
              {"cal", "County", ROLE_MEMBER, true},     {"ray", "Research", ROLE_PUBLISHER, false}};

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static str email_of(struct briefing_world *w, const char *person)
{
    return arena_print(&w->admin->arena, "%s@example.org", person);
}

static void add_orgs(struct admin_world *w)
{
    struct admin_org orgs[COUNT(ORGS)] = {0};
    str places[COUNT(ORGS)];
    for (size_t i = 0; i < COUNT(ORGS); i++) {
        places[i] = str_of(ORGS[i].place);
        orgs[i].org = (struct member_org){.name = str_of(ORGS[i].name),
                                          .sector = str_of(ORGS[i].sector),
                                          .ceiling = TLP_RED,
                                          .status = LIT("member"),
                                          .jurisdictions = &places[i],
                                          .jurisdiction_count = ORGS[i].place != NULL};
    }
    must(w, admin_add_orgs(&w->arena, w->store, orgs, COUNT(ORGS)));
    const struct admin_link link = {LIT("County"), LIT("part-of"), LIT("Ohio")};
    must(w, admin_link_org(&w->arena, w->store, &link));
}

static void add_people(struct briefing_world *w)
{
    struct admin_person people[COUNT(PEOPLE)] = {0};
    for (size_t i = 0; i < COUNT(PEOPLE); i++)
        people[i] = (struct admin_person){.org = str_of(PEOPLE[i].org),
                                          .email = email_of(w, PEOPLE[i].name),
                                          .name = str_of(PEOPLE[i].name),
                                          .timezone = LIT("America/New_York"),
                                          .roles = 1u << PEOPLE[i].role,
                                          .duties = PEOPLE[i].has_duty ? 1u << DUTY_PRIMARY : 0,
                                          .verified_us = BRIEFING_NOW_US};
    must(w->admin, admin_add_people(&w->admin->arena, w->admin->store, people, COUNT(PEOPLE)));
}

int briefing_world_set_up(void **state)
{
    struct briefing_world *w = calloc(1, sizeof(*w));
    void *admin = NULL;
    assert_int_equal(admin_world_set_up(&admin), 0);
    w->admin = admin;
    w->now_us = BRIEFING_NOW_US;
    add_orgs(w->admin);
    add_people(w);
    w->platform = briefing_world_org_id(w, "Platform");
    w->research = briefing_world_org_id(w, "Research");
    w->county = briefing_world_org_id(w, "County");
    w->pat = briefing_world_id(w, "pat");
    w->oda = briefing_world_id(w, "oda");
    w->gus = briefing_world_id(w, "gus");
    *state = w;
    return 0;
}

int briefing_world_tear_down(void **state)
{
    struct briefing_world *w = *state;
    void *admin = w->admin;
    free(w);
    return admin_world_tear_down(&admin);
}

err briefing_turn_begin(struct briefing_world *w, const char *person, bool is_write,
                        struct briefing_turn *out)
{
    struct arena *a = &w->admin->arena;
    const struct policy_person *who;
    TRY(is_write ? session_write(a, w->admin->store, &out->s)
                 : session_read(a, w->admin->store, &out->s));
    out->s.now_us = w->now_us;
    TRY(people_find(a, &out->s, email_of(w, person), &who));
    const struct policy_org *org = policy_org(out->s.policy, who->affiliations[0].org);
    TRY(reader_make(a, &out->s, org, who, NULL, &out->r));
    return is_write ? reader_intern_actor(a, &out->s, &out->r) : NULL;
}

void briefing_turn_done(struct briefing_turn *t)
{
    session_done(&t->s);
}

str briefing_world_id(struct briefing_world *w, const char *person)
{
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, person, false, &t));
    return arena_copy(&w->admin->arena, t.r.person->id);
}

str briefing_world_org_id(struct briefing_world *w, const char *org)
{
    OWNED(session_done) struct session s = {0};
    const struct policy_org *found;
    must(w->admin, session_read(&w->admin->arena, w->admin->store, &s));
    must(w->admin, admin_find_org(&w->admin->arena, &s, str_of(org), &found));
    return arena_copy(&w->admin->arena, found->id);
}

struct briefing_input briefing_world_input(struct briefing_world *w)
{
    return (struct briefing_input){
        .has_when = true,
        .when = {.local = LIT("2026-08-31T14:30"),
                 .timezone = LIT("America/New_York"),
                 .minutes = 45},
        .has_plan = true,
        .plan = {.sectors = 1u << SECTOR_STATE | 1u << SECTOR_TERRITORIAL | 1u << SECTOR_LOCAL},
        .title = LIT("What we see"),
        .has_join = true,
        .join = LIT("Call 555-0100"),
        .hosts = {&w->platform, 1, 1}};
}

err briefing_world_make(struct briefing_world *w)
{
    struct arena *a = &w->admin->arena;
    struct briefing_input input = briefing_world_input(w);
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, "ann", true, &t));
    TRY(briefing_make(a, &t.s, &t.r, &input, &w->id));
    return session_commit(a, &t.s);
}

err briefing_world_agree(struct briefing_world *w, const char *person)
{
    struct arena *a = &w->admin->arena;
    struct briefing b;
    struct approval_matrix m;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, person, true, &t));
    TRY(briefing_get_hosted(a, &t.s, &t.r, w->id, &b));
    TRY(approval_matrix_get(a, &t.s, &t.r, &b, &m));
    for (unsigned i = 0; i < APPROVAL_SCOPES; i++) {
        const struct approval_answer yes = {
            .scope = (enum approval_scope)i, .state = m.states[i], .is_approved = true};
        if (m.own && m.own->cells[i].word == APPROVAL_OPEN)
            TRY(approval_say(a, &t.s, &t.r, w->id, &yes));
    }
    return session_commit(a, &t.s);
}

err briefing_world_send(struct briefing_world *w, size_t people)
{
    struct arena *a = &w->admin->arena;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, "pat", true, &t));
    TRY(briefing_send(a, &t.s, &t.r, w->id, &(struct briefing_order){.people = people}));
    return session_commit(a, &t.s);
}

err briefing_world_send_all(struct briefing_world *w)
{
    struct arena *a = &w->admin->arena;
    bool is_done = false;
    while (!is_done) {
        OWNED(briefing_turn_done) struct briefing_turn t = {0};
        TRY(briefing_turn_begin(w, "pat", true, &t));
        TRY(briefing_send_piece(a, &t.s, w->id, &is_done));
        TRY(session_commit(a, &t.s));
    }
    return NULL;
}

str briefing_world_hold(struct briefing_world *w, str object)
{
    str id;
    const struct hold_order order = {.object = object, .reason = LIT("request 18-204")};
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, "ann", true, &t));
    must(w->admin, hold_place_in(&w->admin->arena, &t.s, &order, &id));
    must(w->admin, session_commit(&w->admin->arena, &t.s));
    return id;
}

void briefing_world_release(struct briefing_world *w, str hold)
{
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, "ann", true, &t));
    must(w->admin, hold_release_in(&w->admin->arena, &t.s, hold, 0));
    must(w->admin, session_commit(&w->admin->arena, &t.s));
}

void briefing_world_invite(struct briefing_world *w)
{
    must(w->admin, briefing_world_make(w));
    must(w->admin, briefing_world_agree(w, "pat"));
    must(w->admin, briefing_world_send(w, 3));
    must(w->admin, briefing_world_send_all(w));
}

err briefing_world_answer(struct briefing_world *w, const char *person, struct briefing_reply reply)
{
    struct arena *a = &w->admin->arena;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, person, true, &t));
    TRY(briefing_answer(a, &t.s, &t.r, w->id, &reply));
    return session_commit(a, &t.s);
}

err briefing_world_note(struct briefing_world *w, const char *person, struct briefing_noted noted)
{
    struct arena *a = &w->admin->arena;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, person, true, &t));
    TRY(briefing_note_answer(a, &t.s, &t.r, w->id, &noted));
    return session_commit(a, &t.s);
}

err briefing_world_see(struct briefing_world *w, const char *person, struct briefing *out)
{
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, person, false, &t));
    TRY(briefing_get(&w->admin->arena, &t.s, &t.r, w->id, out));
    w->version = out->version;
    return NULL;
}

size_t briefing_world_count_read(struct briefing_world *w, const char *person, const char *type)
{
    struct about_rows rows = {0};
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, person, false, &t));
    must(w->admin, about_list(&w->admin->arena, &t.s, &t.r, w->id, str_of(type), &rows));
    return rows.count;
}

size_t briefing_world_at_home(struct briefing_world *w, const char *person, enum home_kind kind)
{
    struct home home;
    size_t count = 0;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, person, false, &t));
    must(w->admin, home_read(&w->admin->arena, &t.s, &t.r, &home));
    for (size_t i = 0; i < home.questions.count; i++) {
        const struct home_question *one = &home.questions.items[i];
        if (one->kind == kind)
            count += one->count ? one->count : 1;
    }
    return count;
}
