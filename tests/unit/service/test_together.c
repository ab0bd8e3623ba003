/*
 * What several hosts do together: agree scope by scope, let one more host with them, leave, go on
 * without one that is silent; and the agenda that is theirs in common.
 */
#include "briefing_world.h"

#include "service/approval_tell.h"
#include "service/briefing_hosts.h"
#include "service/briefing_series.h"
#include "store/outbox.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define HOUR_US (INT64_C(3600) * US_PER_SECOND)

static void assert_fails(err failure, enum err_code code)
{
    assert_non_null(failure);
    assert_int_equal(failure->code, code);
}

static void assert_says(struct briefing_world *w, err failure, const char *words)
{
    assert_fails(failure, ERR_CONFLICT);
    str text = error_text(&w->admin->arena, failure);
    if (str_find(text, str_of(words)) == text.len)
        fail_msg("%.*s", STR_ARG(text));
}

static void look(struct briefing_world *w, const char *person, struct approval_matrix *out)
{
    struct briefing b;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, person, false, &t));
    must(w->admin, briefing_get_hosted(&w->admin->arena, &t.s, &t.r, w->id, &b));
    must(w->admin, approval_matrix_get(&w->admin->arena, &t.s, &t.r, &b, out));
}

static enum approval_word word_of(struct briefing_world *w, const char *person,
                                  enum approval_scope scope)
{
    struct approval_matrix m;
    look(w, person, &m);
    return m.own->cells[scope].word;
}

static err edit(struct briefing_world *w, const char *person, const struct briefing_input *input)
{
    struct arena *a = &w->admin->arena;
    struct briefing b;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, person, true, &t));
    TRY(briefing_get_hosted(a, &t.s, &t.r, w->id, &b));
    TRY(briefing_edit(a, &t.s, &t.r, w->id, b.version, input));
    return session_commit(a, &t.s);
}

static err say(struct briefing_world *w, const char *person, struct approval_answer answer)
{
    struct arena *a = &w->admin->arena;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, person, true, &t));
    TRY(approval_say(a, &t.s, &t.r, w->id, &answer));
    return session_commit(a, &t.s);
}

/* ---- approvals */

/* B8: a change asks again only for the scope it touched; whoever makes it has agreed to it. */
static void a_change_asks_again_only_for_what_it_touched(void **state)
{
    struct briefing_world *w = *state;
    const struct briefing_input title = {.title = LIT("What we see now")};
    must(w->admin, briefing_world_make(w));
    assert_int_equal(word_of(w, "ann", APPROVAL_AGENDA), APPROVAL_YES);
    assert_int_equal(word_of(w, "pat", APPROVAL_AGENDA), APPROVAL_OPEN);
    must(w->admin, briefing_world_agree(w, "pat"));
    must(w->admin, edit(w, "ann", &title));
    assert_int_equal(word_of(w, "ann", APPROVAL_AGENDA), APPROVAL_YES);
    assert_int_equal(word_of(w, "pat", APPROVAL_AGENDA), APPROVAL_OPEN);
    assert_int_equal(word_of(w, "pat", APPROVAL_AUDIENCE), APPROVAL_YES);
    assert_int_equal(word_of(w, "pat", APPROVAL_RELEASE), APPROVAL_YES);
    const struct briefing_input plan = {.has_plan = true, .plan = {.sectors = 1u << SECTOR_STATE}};
    must(w->admin, edit(w, "pat", &plan));
    assert_int_equal(word_of(w, "ann", APPROVAL_AUDIENCE), APPROVAL_OPEN);
    assert_int_equal(word_of(w, "pat", APPROVAL_AGENDA), APPROVAL_OPEN); /* not by editing else */
}

/* B8: a yes is to what was seen; a no has a reason; silence is never yes. */
static void nothing_is_sent_while_an_answer_is_open(void **state)
{
    struct briefing_world *w = *state;
    struct approval_matrix m;
    must(w->admin, briefing_world_make(w));
    assert_says(w, briefing_world_send(w, 3), "Platform has not approved the audience");
    look(w, "pat", &m);
    struct approval_answer no = {.scope = APPROVAL_AGENDA, .state = LIT("another")};
    assert_says(w, say(w, "pat", no), "has changed since you looked");
    no.state = m.states[APPROVAL_AGENDA];
    assert_fails(say(w, "pat", no), ERR_INVALID);
    no.reason = LIT("Item 2 is ours");
    must(w->admin, briefing_world_agree(w, "pat"));
    must(w->admin, say(w, "pat", no));
    assert_says(w, briefing_world_send(w, 3), "Platform said no to the agenda: Item 2 is ours");
    no.is_approved = true;
    must(w->admin, say(w, "pat", no));
    assert_fails(say(w, "oda", no), ERR_NOT_FOUND);
    must(w->admin, briefing_world_send(w, 3));
}

static err call_off(struct briefing_world *w)
{
    struct briefing b;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_world_see(w, "ann", &b));
    TRY(briefing_turn_begin(w, "ann", true, &t));
    TRY(briefing_cancel(&w->admin->arena, &t.s, &t.r, w->id, w->version, LIT("Not now")));
    return session_commit(&w->admin->arena, &t.s);
}

/* B8: what nobody answered is not open any more; what was said stands. */
static void nobody_is_asked_about_a_briefing_that_was_called_off(void **state)
{
    struct briefing_world *w = *state;
    struct approval_matrix m;
    must(w->admin, briefing_world_make(w));
    must(w->admin, call_off(w));
    look(w, "pat", &m);
    assert_true(m.is_closed && !approval_is_awaited(&m));
    assert_int_equal(approval_open_count(&m, (1u << APPROVAL_SCOPES) - 1), 0);
    assert_int_equal(m.own->cells[APPROVAL_AGENDA].word, APPROVAL_OPEN);
    assert_int_equal(word_of(w, "ann", APPROVAL_AGENDA), APPROVAL_YES);
}

static err name_approver(struct briefing_world *w, const char *person, str approver)
{
    struct arena *a = &w->admin->arena;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, person, true, &t));
    TRY(approval_name(a, &t.s, &t.r, w->id, approver, &(struct stix_strs){0}));
    return session_commit(a, &t.s);
}

/* B8: where a host has named who answers, nobody else does. */
static void whoever_is_named_answers(void **state)
{
    struct briefing_world *w = *state;
    struct approval_matrix m;
    must(w->admin, briefing_world_make(w));
    assert_fails(name_approver(w, "pat", w->oda), ERR_INVALID);
    must(w->admin, name_approver(w, "pat", briefing_world_id(w, "pia")));
    look(w, "pat", &m);
    assert_false(m.may_answer);
    assert_fails(briefing_world_agree(w, "pat"), ERR_FORBIDDEN);
    must(w->admin, briefing_world_agree(w, "pia")); /* a member, and no publisher */
    assert_int_equal(word_of(w, "pat", APPROVAL_AGENDA), APPROVAL_YES);
}

static size_t count_told(struct briefing_world *w)
{
    struct arena *a = &w->admin->arena;
    struct outbox_messages sent = {0};
    size_t count = 0;
    for (bool is_idle = false; !is_idle;) {
        OWNED(briefing_turn_done) struct briefing_turn t = {0};
        must(w->admin, briefing_turn_begin(w, "ann", true, &t));
        must(w->admin, approval_tell(a, &t.s, LIT("https://x.example"), &is_idle));
        must(w->admin, session_commit(a, &t.s));
    }
    OWNED(session_done) struct session s = {0};
    must(w->admin, session_read(a, w->admin->store, &s));
    must(w->admin, outbox_list(a, &s, 0, 100, &sent));
    for (size_t i = 0; i < sent.count; i++)
        count += str_eq(sent.items[i].kind, LIT("approval"));
    return count;
}

/* B8: at once, at half and at three quarters of the time left, and not after the answer. */
static void who_is_asked_is_told_three_times(void **state)
{
    struct briefing_world *w = *state;
    must(w->admin, briefing_world_make(w));
    assert_int_equal(count_told(w), 1); /* one mail for three scopes */
    assert_int_equal(count_told(w), 1);
    w->now_us += US_PER_DAY;
    assert_int_equal(count_told(w), 1);
    w->now_us += HOUR_US / 2;
    assert_int_equal(count_told(w), 2);
    w->now_us += US_PER_DAY / 2;
    assert_int_equal(count_told(w), 3);
    w->now_us += US_PER_DAY / 4;
    assert_int_equal(count_told(w), 3);
    must(w->admin, briefing_world_make(w));
    must(w->admin, briefing_world_agree(w, "pat"));
    assert_int_equal(count_told(w), 3);
}

/* ---- hosts */

static err say_host(struct briefing_world *w, const char *person, bool is_approved)
{
    struct arena *a = &w->admin->arena;
    const struct host_answer answer = {
        .organization = w->research, .is_approved = is_approved, .reason = LIT("Not this time")};
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, person, true, &t));
    TRY(host_say(a, &t.s, &t.r, w->id, &answer));
    return session_commit(a, &t.s);
}

static err leave(struct briefing_world *w, const char *person)
{
    struct arena *a = &w->admin->arena;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, person, true, &t));
    TRY(host_leave(a, &t.s, &t.r, w->id));
    return session_commit(a, &t.s);
}

static size_t count_proposals(struct briefing_world *w)
{
    struct arena *a = &w->admin->arena;
    struct briefing b;
    struct host_proposals proposals;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, "ann", false, &t));
    must(w->admin, briefing_get_hosted(a, &t.s, &t.r, w->id, &b));
    must(w->admin, host_proposals_get(a, &t.s, &t.r, &b, &proposals));
    return proposals.count;
}

/* B7: adding an owner needs all owners; until then the one who is to join sees nothing. */
static void one_more_host_needs_a_yes_of_all(void **state)
{
    struct briefing_world *w = *state;
    struct briefing b;
    must(w->admin, briefing_world_make(w));
    must(w->admin, briefing_world_agree(w, "pat"));
    must(w->admin, say_host(w, "ann", true));
    assert_int_equal(count_proposals(w), 1);
    must(w->admin, say_host(w, "pat", false));
    assert_fails(briefing_world_see(w, "ray", &b), ERR_NOT_FOUND);
    must(w->admin, say_host(w, "pat", true));
    must(w->admin, briefing_world_see(w, "ray", &b));
    assert_true(b.is_host && b.hosts.count == 3);
    assert_int_equal(count_proposals(w), 0);
    assert_fails(say_host(w, "ann", true), ERR_CONFLICT);
    assert_int_equal(word_of(w, "ray", APPROVAL_AUDIENCE), APPROVAL_OPEN);
    assert_int_equal(word_of(w, "ann", APPROVAL_AUDIENCE), APPROVAL_YES);
    assert_int_equal(word_of(w, "ann", APPROVAL_RELEASE), APPROVAL_OPEN); /* its hosts */
}

static err send_alone(struct briefing_world *w, size_t people, str urgent_because)
{
    struct arena *a = &w->admin->arena;
    const struct briefing_order order = {.people = people, .urgent_because = urgent_because};
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, "ann", true, &t));
    TRY(briefing_send(a, &t.s, &t.r, w->id, &order));
    return session_commit(a, &t.s);
}

/* B7: one may leave alone, and what was said of them before counts no more; the last one stays. */
static void one_may_leave_alone(void **state)
{
    struct briefing_world *w = *state;
    struct briefing b;
    must(w->admin, briefing_world_make(w));
    must(w->admin, say_host(w, "ann", true));
    must(w->admin, say_host(w, "pat", true));
    must(w->admin, leave(w, "ray"));
    assert_fails(briefing_world_see(w, "ray", &b), ERR_NOT_FOUND);
    assert_int_equal(count_proposals(w), 0);
    must(w->admin, leave(w, "pat"));
    must(w->admin, briefing_world_see(w, "ann", &b));
    assert_int_equal(b.hosts.count, 1);
    assert_fails(leave(w, "ann"), ERR_CONFLICT);
    must(w->admin, send_alone(w, 3, (str){0})); /* nobody is left to ask */
}

/* ---- the agenda */

static struct briefing_items read_items(struct briefing_world *w, const char *person)
{
    struct arena *a = &w->admin->arena;
    struct briefing b;
    struct briefing_items items = {0};
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, person, false, &t));
    must(w->admin, briefing_get(a, &t.s, &t.r, w->id, &b));
    must(w->admin, briefing_items_get(a, &t.s, &t.r, &b, &items));
    return items;
}

static struct briefing_item item(const char *title, int64_t minutes)
{
    return (struct briefing_item){.title = str_of(title), .minutes = minutes, .label = TLP_AMBER};
}

static struct briefing_input agenda(struct briefing_item *items, size_t count)
{
    return (struct briefing_input){.has_items = true, .items = {items, count, count}};
}

/* B9: nothing of an item tells of another; hosts alone know when each begins. */
static void a_hidden_item_leaves_no_gap(void **state)
{
    struct briefing_world *w = *state;
    str ohio = briefing_world_org_id(w, "Ohio");
    struct briefing_item wanted[] = {item("One", 5), item("For Ohio", 7), item("Three", 9)};
    wanted[1].organizations = (struct stix_strs){&ohio, 1, 1};
    const struct briefing_input input = agenda(wanted, 3);
    must(w->admin, briefing_world_make(w));
    must(w->admin, edit(w, "ann", &input));
    must(w->admin, briefing_world_agree(w, "pat"));
    must(w->admin, briefing_world_send(w, 3));
    struct briefing_items hosts = read_items(w, "pat");
    struct briefing_items guests = read_items(w, "gus");
    assert_int_equal(hosts.count, 3);
    assert_int_equal(hosts.items[2].start_us - hosts.items[0].start_us, 12 * 60 * US_PER_SECOND);
    assert_int_equal(guests.count, 2);
    assert_int_equal(read_items(w, "oda").count, 3);
    int64_t first = guests.items[0].position;
    assert_true(first > 0 && guests.items[1].position > first + 1);
}

/* Of what is moved or changed only that is written again; what goes to others is another item. */
static void an_item_keeps_its_place_and_its_readers(void **state)
{
    struct briefing_world *w = *state;
    str ohio = briefing_world_org_id(w, "Ohio");
    struct briefing_item first[] = {item("One", 5), item("Two", 5), item("Three", 5)};
    struct briefing_input input = agenda(first, 3);
    must(w->admin, briefing_world_make(w));
    must(w->admin, edit(w, "ann", &input));
    must(w->admin, briefing_world_agree(w, "pat"));
    must(w->admin, briefing_world_send(w, 3));
    struct briefing_items there = read_items(w, "ann");
    struct briefing_item moved[] = {there.items[0], item("Between", 5), there.items[1]};
    moved[2].organizations = (struct stix_strs){&ohio, 1, 1};
    input = agenda(moved, 3);
    must(w->admin, edit(w, "ann", &input));
    struct briefing_items now = read_items(w, "ann");
    assert_int_equal(now.count, 3);
    assert_int_equal(now.items[0].entry.number, there.items[0].entry.number);
    assert_true(str_eq(now.items[1].title, LIT("Between")));
    assert_false(str_eq(now.items[2].id, there.items[1].id));
    assert_int_equal(read_items(w, "gus").count, 2);
}

/* B19: of a RED item only its place is kept, with who holds it. */
static void a_red_item_is_a_place(void **state)
{
    struct briefing_world *w = *state;
    struct briefing_item wanted[] = {item("What nobody may know", 5)};
    struct briefing_input input = agenda(wanted, 1);
    wanted[0].label = TLP_RED;
    must(w->admin, briefing_world_make(w));
    assert_fails(edit(w, "ann", &input), ERR_INVALID);
    wanted[0].title = (str){0};
    assert_fails(edit(w, "ann", &input), ERR_INVALID);
    wanted[0].presenter = briefing_world_id(w, "pat");
    must(w->admin, edit(w, "ann", &input));
    struct briefing_items there = read_items(w, "ann");
    assert_int_equal(there.items[0].label, TLP_RED);
    assert_true(str_eq(there.items[0].title, LIT("An item from Platform")));
}

/* ---- a silent host, and urgency */

static err go_without(struct briefing_world *w)
{
    struct arena *a = &w->admin->arena;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, "ann", true, &t));
    TRY(approval_go_without(a, &t.s, &t.r, w->id, w->platform));
    return session_commit(a, &t.s);
}

/* B8: two hours before, what hangs on a silent host is left out; nobody else is asked again. */
static void the_others_go_on_without_a_silent_host(void **state)
{
    struct briefing_world *w = *state;
    struct briefing_item wanted[] = {item("Ours", 5), item("Theirs", 5)};
    const struct briefing_input input = agenda(wanted, 2);
    wanted[1].presenter = briefing_world_id(w, "pat");
    must(w->admin, briefing_world_make(w));
    must(w->admin, edit(w, "ann", &input));
    assert_says(w, go_without(w), "until two hours before");
    w->now_us += 2 * US_PER_DAY - HOUR_US;
    must(w->admin, go_without(w));
    assert_int_equal(word_of(w, "pat", APPROVAL_AGENDA), APPROVAL_WITHOUT);
    assert_int_equal(word_of(w, "ann", APPROVAL_AGENDA), APPROVAL_YES);
    struct briefing_items left = read_items(w, "pat");
    assert_int_equal(left.count, 1);
    assert_true(str_eq(left.items[0].title, LIT("Ours")));
    must(w->admin, briefing_world_send(w, 3));
    assert_says(w, go_without(w), "has answered");
}

/* B8: what was changed since they agreed hangs on them too. */
static void what_they_have_not_seen_hangs_on_them(void **state)
{
    struct briefing_world *w = *state;
    struct briefing_item wanted[] = {item("Agreed", 5), item("New", 5)};
    struct briefing_input input = agenda(wanted, 1);
    must(w->admin, briefing_world_make(w));
    must(w->admin, edit(w, "ann", &input));
    must(w->admin, briefing_world_agree(w, "pat"));
    wanted[0] = read_items(w, "ann").items[0];
    input = agenda(wanted, 2);
    must(w->admin, edit(w, "ann", &input));
    w->now_us += 2 * US_PER_DAY;
    must(w->admin, go_without(w));
    struct briefing_items left = read_items(w, "ann");
    assert_int_equal(left.count, 1);
    assert_true(str_eq(left.items[0].title, LIT("Agreed")));
}

static err make_next(struct briefing_world *w, unsigned sectors)
{
    struct arena *a = &w->admin->arena;
    struct briefing_input input = briefing_world_input(w);
    input.follows = w->id;
    input.plan.sectors = sectors;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, "ann", true, &t));
    TRY(briefing_make(a, &t.s, &t.r, &input, &w->id));
    return session_commit(a, &t.s);
}

/* B8: in urgency one host alone may brief a standing audience that all had agreed to. */
static void urgency_reaches_a_standing_audience_only(void **state)
{
    struct briefing_world *w = *state;
    struct briefing b;
    must(w->admin, briefing_world_make(w));
    assert_says(w, send_alone(w, 3, LIT("It is on now")), "not all have agreed");
    must(w->admin, briefing_world_agree(w, "pat"));
    str first = w->id;
    must(w->admin, make_next(w, briefing_world_input(w).plan.sectors));
    assert_says(w, briefing_world_send(w, 3), "has not approved");
    must(w->admin, send_alone(w, 3, LIT("It is on now")));
    must(w->admin, briefing_world_see(w, "pat", &b));
    assert_true(str_eq(b.urgent_because, LIT("It is on now")));
    w->id = first;
    must(w->admin, make_next(w, 1u << SECTOR_STATE));
    assert_says(w, send_alone(w, 1, LIT("It is on now")), "not all have agreed");
}

/* ---- who reads it */

/* B9: approvals, and who answers for a host, are for the hosts. */
static void approvals_are_read_by_hosts_alone(void **state)
{
    struct briefing_world *w = *state;
    static const char *const TYPES[] = {"approval", "briefing-host"};
    must(w->admin, briefing_world_make(w));
    must(w->admin, name_approver(w, "pat", briefing_world_id(w, "pat")));
    must(w->admin, briefing_world_agree(w, "pat"));
    must(w->admin, briefing_world_send(w, 3));
    for (size_t i = 0; i < 2; i++) {
        assert_true(briefing_world_count_read(w, "ann", TYPES[i]) > 0);
        assert_true(briefing_world_count_read(w, "pat", TYPES[i]) > 0);
        assert_int_equal(briefing_world_count_read(w, "oda", TYPES[i]), 0);
        assert_int_equal(briefing_world_count_read(w, "ray", TYPES[i]), 0);
    }
}

/* ---- faults */

static err name_pat(struct briefing_world *w)
{
    return name_approver(w, "pat", w->pat);
}

static err agree(struct briefing_world *w)
{
    return briefing_world_agree(w, "pat");
}

static err propose(struct briefing_world *w)
{
    return say_host(w, "ann", true);
}

static err join(struct briefing_world *w)
{
    return say_host(w, "pat", true);
}

static err ray_leaves(struct briefing_world *w)
{
    return leave(w, "ray");
}

static err change_agenda(struct briefing_world *w)
{
    struct briefing_item wanted[] = {item("One", 5), item("Theirs", 7)};
    const struct briefing_input input = agenda(wanted, 2);
    wanted[1].presenter = w->pat;
    return edit(w, "ann", &input);
}

static err make_following(struct briefing_world *w)
{
    str id;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, "ann", true, &t));
    TRY(briefing_next(&w->admin->arena, &t.s, &t.r, w->id, &(struct stix_strs){0}, &id));
    return session_commit(&w->admin->arena, &t.s);
}

static err tell(struct briefing_world *w)
{
    bool is_idle;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, "ann", true, &t));
    TRY(approval_tell(&w->admin->arena, &t.s, LIT("https://x.example"), &is_idle));
    return session_commit(&w->admin->arena, &t.s);
}

static void every_verb_is_whole_or_nothing(void **state)
{
    struct briefing_world *w = *state;
    static const struct briefing_deed DEEDS[] = {
        {"make", briefing_world_make, 0},
        {"tell", tell, 0},
        {"name who answers", name_pat, 0},
        {"agree", agree, 0},
        {"propose a host", propose, 0},
        {"let it join", join, 0},
        {"leave", ray_leaves, 0},
        {"change the agenda", change_agenda, 0},
        {"make the next edition", make_following, 0},
        {"go on without", go_without, 2 * US_PER_DAY},
    };
    briefing_world_check_deeds(w, DEEDS, sizeof(DEEDS) / sizeof(DEEDS[0]));
    briefing_world_check_whole(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BRIEFING_TEST(a_change_asks_again_only_for_what_it_touched),
        BRIEFING_TEST(nothing_is_sent_while_an_answer_is_open),
        BRIEFING_TEST(nobody_is_asked_about_a_briefing_that_was_called_off),
        BRIEFING_TEST(whoever_is_named_answers),
        BRIEFING_TEST(who_is_asked_is_told_three_times),
        BRIEFING_TEST(one_more_host_needs_a_yes_of_all),
        BRIEFING_TEST(one_may_leave_alone),
        BRIEFING_TEST(a_hidden_item_leaves_no_gap),
        BRIEFING_TEST(an_item_keeps_its_place_and_its_readers),
        BRIEFING_TEST(a_red_item_is_a_place),
        BRIEFING_TEST(the_others_go_on_without_a_silent_host),
        BRIEFING_TEST(what_they_have_not_seen_hangs_on_them),
        BRIEFING_TEST(urgency_reaches_a_standing_audience_only),
        BRIEFING_TEST(approvals_are_read_by_hosts_alone),
        BRIEFING_TEST(every_verb_is_whole_or_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
