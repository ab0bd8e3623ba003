/*
 * Who was missing, over the series and to the organization itself (B20).
 */
#include "briefing_world.h"

#include "service/absence.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void assert_fails(err failure, enum err_code code)
{
    assert_non_null(failure);
    assert_int_equal(failure->code, code);
}

static err make(struct briefing_world *w, struct briefing_input input)
{
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, "ann", true, &t));
    TRY(briefing_make(&w->admin->arena, &t.s, &t.r, &input, &w->id));
    TRY(session_commit(&w->admin->arena, &t.s));
    return briefing_world_agree(w, "pat");
}

static err send(struct briefing_world *w, size_t invited)
{
    TRY(briefing_world_send(w, invited));
    return briefing_world_send_all(w);
}

/* Three days later; these were there. */
static err hold(struct briefing_world *w, const str *there, size_t count)
{
    struct briefing_presence people[2] = {0};
    w->now_us += 3 * US_PER_DAY;
    for (size_t i = 0; i < count; i++)
        people[i] = (struct briefing_presence){.person = there[i], .was_there = true};
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, "pat", true, &t));
    TRY(briefing_take_attendance(&w->admin->arena, &t.s, &t.r, w->id, people, count));
    return session_commit(&w->admin->arena, &t.s);
}

/* States, territories, localities and ray; Ohio and ray were there, County had said no. */
static str hold_first(struct briefing_world *w)
{
    struct briefing_input input = briefing_world_input(w);
    str ray = briefing_world_id(w, "ray");
    const str there[] = {w->oda, ray};
    input.plan.people = (struct stix_strs){&ray, 1, 1};
    must(w->admin, make(w, input));
    must(w->admin, send(w, 4));
    must(w->admin, briefing_world_answer(w, "cal", (struct briefing_reply){.answer = ABOUT_NO}));
    must(w->admin, hold(w, there, 2));
    return w->id;
}

/* Only Ohio is invited; then the hosts mean territories and research as well, and ask nobody. */
static str hold_next(struct briefing_world *w, str first, str local)
{
    struct briefing_input input = briefing_world_input(w);
    struct briefing b;
    input.follows = first;
    input.when.local = local;
    input.plan.sectors = 1u << SECTOR_STATE;
    must(w->admin, make(w, input));
    must(w->admin, send(w, 1));
    must(w->admin, briefing_world_see(w, "ann", &b));
    input = (struct briefing_input){.has_plan = true, .plan = input.plan};
    input.plan.sectors |= 1u << SECTOR_TERRITORIAL | 1u << SECTOR_RESEARCH;
    {
        OWNED(briefing_turn_done) struct briefing_turn t = {0};
        must(w->admin, briefing_turn_begin(w, "ann", true, &t));
        must(w->admin, briefing_edit(&w->admin->arena, &t.s, &t.r, w->id, w->version, &input));
        must(w->admin, session_commit(&w->admin->arena, &t.s));
    }
    must(w->admin, hold(w, &w->oda, 1));
    return w->id;
}

static str hold_second(struct briefing_world *w, str first)
{
    return hold_next(w, first, LIT("2026-09-02T14:30"));
}

static struct absence_notes notes(struct briefing_world *w, const char *person, str briefing)
{
    struct briefing b;
    struct absence_notes list = {0};
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, person, false, &t));
    must(w->admin, briefing_get(&w->admin->arena, &t.s, &t.r, briefing, &b));
    must(w->admin, absence_notes_get(&w->admin->arena, &t.s, &t.r, &b, 0, &list));
    return list;
}

static err say(struct briefing_world *w, const char *person, str briefing, bool is_later)
{
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, person, true, &t));
    TRY(absence_say(&w->admin->arena, &t.s, &t.r, briefing, is_later, LIT("On another line")));
    return session_commit(&w->admin->arena, &t.s);
}

/* How many answers of a briefing somebody may read. */
static size_t readable(struct briefing_world *w, const char *person, str briefing)
{
    struct about_rows rows = {0};
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, person, false, &t));
    must(w->admin, about_list(&w->admin->arena, &t.s, &t.r, briefing, LIT("absence"), &rows));
    return rows.count;
}

static size_t told_at_home(struct briefing_world *w, const char *person)
{
    return briefing_world_at_home(w, person, HOME_ABSENCE);
}

/* B20: about itself, by why; nobody else's. */
static void an_organization_learns_what_is_noted_about_it(void **state)
{
    struct briefing_world *w = *state;
    str first = hold_first(w);
    assert_int_equal(notes(w, "gus", first).count, 1);
    assert_int_equal(notes(w, "gus", first).items[0].why, ABSENCE_ABSENT);
    assert_int_equal(notes(w, "cal", first).items[0].why, ABSENCE_DECLINED);
    assert_int_equal(notes(w, "oda", first).count, 0);
    assert_int_equal(notes(w, "ole", first).count, 0);
    assert_int_equal(notes(w, "ann", first).count, 0);
    assert_int_equal(told_at_home(w, "gus"), 1);
    assert_int_equal(told_at_home(w, "oda"), 0);
}

/* B20, B9: of an edition that it cannot see, only that it was, and only who was meant. */
static void whoever_was_left_out_of_a_later_edition_learns_that_it_was(void **state)
{
    struct briefing_world *w = *state;
    str first = hold_first(w);
    str second = hold_second(w, first);
    struct absence_notes guam = notes(w, "gus", first);
    assert_int_equal(guam.count, 2);
    assert_true(guam.items[1].is_later);
    assert_int_equal(guam.items[1].why, ABSENCE_NOT_ASKED);
    struct absence_notes research = notes(w, "ray", first);
    assert_int_equal(research.count, 1);
    assert_int_equal(research.items[0].why, ABSENCE_NOT_REACHED);
    assert_int_equal(notes(w, "cal", first).count, 1); /* localities were not meant */
    assert_int_equal(notes(w, "oda", first).count, 0); /* who was asked */
    assert_int_equal(notes(w, "oda", second).count, 0);
    assert_int_equal(told_at_home(w, "ray"), 1);
}

/* B20: home tells of it however long ago the edition before was, up to a year. */
static void home_tells_of_a_later_edition_within_a_year(void **state)
{
    struct briefing_world *w = *state;
    str first = hold_first(w);
    w->now_us += 70 * US_PER_DAY;
    str second = hold_next(w, first, LIT("2026-11-12T14:30"));
    assert_int_equal(told_at_home(w, "ray"), 1);
    assert_int_equal(told_at_home(w, "cal"), 0);
    assert_int_equal(told_at_home(w, "oda"), 0);
    w->now_us += 400 * US_PER_DAY;
    assert_int_equal(told_at_home(w, "ray"), 0);
    (void)hold_next(w, second, LIT("2027-12-20T14:30"));
    assert_int_equal(told_at_home(w, "ray"), 0);
    assert_int_equal(notes(w, "ray", first).count, 1);
}

/* B9: read by the hosts and that organization. */
static void an_answer_is_for_the_hosts_and_the_organization(void **state)
{
    struct briefing_world *w = *state;
    struct briefing b;
    struct absence_answers answers = {0};
    str first = hold_first(w);
    must(w->admin, say(w, "gus", first, false));
    must(w->admin, say(w, "gus", first, false));
    assert_fails(say(w, "oda", first, false), ERR_CONFLICT);
    assert_fails(say(w, "gus", first, true), ERR_CONFLICT);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(readable(w, (const char *[]){"ann", "pat", "gus"}[i], first), 1);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(readable(w, (const char *[]){"oda", "cal", "ray"}[i], first), 0);
    assert_true(str_eq(notes(w, "gus", first).items[0].answer.content, LIT("On another line")));
    assert_int_equal(told_at_home(w, "gus"), 0);
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, "pat", false, &t));
    must(w->admin, briefing_get(&w->admin->arena, &t.s, &t.r, first, &b));
    must(w->admin, absence_answers_list(&w->admin->arena, &t.s, &b, &answers));
    assert_int_equal(answers.count, 1);
    assert_int_equal(answers.items[0].why, ABSENCE_ABSENT);
}

static const struct absence_row *row_of(const struct absence_series *series, const char *name)
{
    for (size_t i = 0; i < series->count; i++) {
        if (str_eq(series->items[i].org->name, str_of(name)))
            return &series->items[i];
    }
    return NULL;
}

/* B20: hosts see organizations by editions. */
static void hosts_see_who_was_missing_over_the_series(void **state)
{
    struct briefing_world *w = *state;
    struct briefing b;
    struct absence_series series;
    str first = hold_first(w);
    (void)hold_second(w, first);
    must(w->admin, say(w, "ray", first, true));
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, "ann", false, &t));
    must(w->admin, briefing_get_hosted(&w->admin->arena, &t.s, &t.r, first, &b));
    must(w->admin, absence_series_get(&w->admin->arena, &t.s, &t.r, &b, &series));
    assert_int_equal(series.editions.count, 2);
    assert_int_equal(series.count, 3);
    assert_true(str_eq(series.items[0].org->name, LIT("Guam")));
    assert_int_equal(series.items[0].in_a_row, 2);
    assert_int_equal(series.items[0].cells[0], ABSENCE_ABSENT);
    assert_int_equal(series.items[0].cells[1], ABSENCE_NOT_ASKED);
    const struct absence_row *county = row_of(&series, "County");
    assert_int_equal(county->missing, 1);
    assert_int_equal(county->in_a_row, 0);
    assert_int_equal(county->cells[1], ABSENCE_NOT_MEANT);
    const struct absence_row *research = row_of(&series, "Research");
    assert_int_equal(research->cells[0], ABSENCE_THERE);
    assert_int_equal(research->answers.count, 1);
    assert_null(row_of(&series, "Ohio"));
}

static err say_guam(struct briefing_world *w)
{
    return say(w, "gus", w->id, false);
}

static void every_verb_is_whole_or_nothing(void **state)
{
    struct briefing_world *w = *state;
    const struct briefing_deed saying = {"say", say_guam, 0};
    w->id = hold_first(w);
    briefing_world_check_deed(w, &saying);
    assert_int_equal(readable(w, "ann", w->id), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BRIEFING_TEST(an_organization_learns_what_is_noted_about_it),
        BRIEFING_TEST(whoever_was_left_out_of_a_later_edition_learns_that_it_was),
        BRIEFING_TEST(home_tells_of_a_later_edition_within_a_year),
        BRIEFING_TEST(an_answer_is_for_the_hosts_and_the_organization),
        BRIEFING_TEST(hosts_see_who_was_missing_over_the_series),
        BRIEFING_TEST(every_verb_is_whole_or_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
