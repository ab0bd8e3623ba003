/*
 * Elections: the federal day, what concerns whom, and a sheet of them.
 */
#include "admin_world.h"

#include "base/clock.h"
#include "base/config.h"
#include "service/election.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static int64_t day_of(int64_t year, unsigned month, unsigned day)
{
    return clock_days(year, month, day);
}

/* The Tuesday after the first Monday of November of even years; the settings' own day before it. */
static void the_federal_day_is_worked_out(void **state)
{
    static const struct {
        int64_t year, in_year;
        unsigned month, day, in_day;
    } CASES[] = {
        {2018, 2018, 8, 25, 6}, {2018, 2018, 11, 6, 6},  {2018, 2020, 11, 7, 3},
        {2025, 2026, 1, 1, 3},  {2026, 2028, 12, 31, 7},
    };
    struct config config = {0};
    (void)state;
    for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
        int64_t today = day_of(CASES[i].year, CASES[i].month, CASES[i].day);
        struct election_day found = election_federal(&config, today);
        assert_int_equal(found.day, day_of(CASES[i].in_year, 11, CASES[i].in_day));
        assert_int_equal(found.days, found.day - today);
    }
    config.election_day = LIT("2018-08-28");
    config.election_name = LIT("Primary");
    assert_int_equal(election_federal(&config, day_of(2018, 8, 25)).days, 3);
    assert_int_equal(election_federal(&config, day_of(2018, 8, 29)).day, day_of(2018, 11, 6));
}

static void add_office(struct admin_world *w, str name, const char *code)
{
    str codes[] = {str_of(code)};
    struct admin_org org = {.org = {.name = name,
                                    .sector = LIT("local"),
                                    .ceiling = TLP_RED,
                                    .status = LIT("member"),
                                    .jurisdictions = codes,
                                    .jurisdiction_count = *code ? 1 : 0}};
    struct admin_person person = {.org = name,
                                  .email =
                                      arena_join(&w->arena, name, LIT("@office.example"), (str){0}),
                                  .name = name,
                                  .roles = 1u << ROLE_MEMBER};
    must(w, admin_add_orgs(&w->arena, w->store, &org, 1));
    must(w, admin_add_people(&w->arena, w->store, &person, 1));
}

/* How many days it is to the next election of an office, and which. */
static str next_of(struct admin_world *w, str office, int64_t now_us)
{
    struct reader r;
    struct election_day next;
    const struct policy_org *org;
    OWNED(session_done) struct session s = {0};
    str email = arena_join(&w->arena, office, LIT("@office.example"), (str){0});
    must(w, session_read(&w->arena, w->store, &s));
    s.now_us = now_us;
    must(w, admin_find_org(&w->arena, &s, office, &org));
    must(w, reader_make(&w->arena, &s, org, policy_person_by_email(s.policy, email), NULL, &r));
    must(w, election_next(&w->arena, &s, &r, &next));
    return arena_print(&w->arena, "%.*s in %lld", STR_ARG(next.name), (long long)next.days);
}

static void bring(struct admin_world *w, str csv, struct election_sheet *sheet)
{
    OWNED(session_done) struct session s = {0};
    must(w, session_write(&w->arena, w->store, &s));
    must(w, election_sheet_apply_in(&w->arena, &s, csv, sheet));
    must(w, session_commit(&w->arena, &s));
}

static const char SHEET[] = "name,jurisdiction,kind,date\n"
                            "Ohio primary,us-39,primary,2018-09-11\n"
                            "Levy,39035,special,2018-09-04\n"
                            "Indiana primary,18,primary,2018-08-28\n"
                            "Old,us,special,2018-08-01\n";

/* A county: its own, its state's, the federal; whoever has no place: the federal. */
static void an_office_hears_of_its_own_and_what_it_lies_in(void **state)
{
    struct admin_world *w = *state;
    struct election_sheet sheet;
    int64_t now_us = day_of(2018, 8, 25) * US_PER_DAY;
    add_office(w, LIT("cuyahoga"), "us-39-c035");
    add_office(w, LIT("ohio"), "us-39");
    add_office(w, LIT("nobody"), "");
    bring(w, LIT(SHEET), &sheet);
    assert_int_equal(sheet.changes, 4);
    assert_string_equal(next_of(w, LIT("cuyahoga"), now_us).at, "Levy in 10");
    assert_string_equal(next_of(w, LIT("ohio"), now_us).at, "Ohio primary in 17");
    assert_string_equal(next_of(w, LIT("nobody"), now_us).at, "General election in 73");
    now_us += 11 * US_PER_DAY; /* the day of the levy is over */
    assert_string_equal(next_of(w, LIT("cuyahoga"), now_us).at, "Ohio primary in 6");
}

/* All lines or none; one of a kind a day, which another line renames. */
static void a_sheet_is_whole_or_nothing(void **state)
{
    static const struct {
        const char *line;
        const char *fault;
    } FAULTY[] = {
        {",us-39,primary,2018-09-11", "line 3"},
        {"A,us-99999,primary,2018-09-11", "Say where by code"},
        {"A,us-39,caucus,2018-09-11", "The kind is one of"},
        {"A,us-39,primary,11.9.2018", "The day is such as"},
        {"A,39,primary,2018-09-11\nB,us-39,primary,2018-09-11", "Line 3 is about the same"},
    };
    struct admin_world *w = *state;
    struct election_sheet sheet;
    for (size_t i = 0; i < sizeof(FAULTY) / sizeof(FAULTY[0]); i++) {
        str csv = arena_print(&w->arena, "%s\nFine,us,other,2018-09-12\n%s",
                              "name,jurisdiction,kind,date", FAULTY[i].line);
        OWNED(session_done) struct session s = {0};
        must(w, session_write(&w->arena, w->store, &s));
        err failure = election_sheet_apply_in(&w->arena, &s, csv, &sheet);
        assert_non_null(failure);
        assert_int_equal(failure->code, ERR_INVALID);
        assert_non_null(strstr(error_text(&w->arena, failure).at, FAULTY[i].fault));
    }
    bring(w, LIT(SHEET), &sheet);
    bring(w, LIT("name,jurisdiction,kind,date\nThe vote,39,primary,2018-09-11\n"), &sheet);
    assert_int_equal(sheet.items[0].change, ELECTION_NAMED);
    bring(w, LIT("name,jurisdiction,kind,date\nThe vote,39,primary,2018-09-11\n"), &sheet);
    assert_int_equal(sheet.changes, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_federal_day_is_worked_out),
        cmocka_unit_test_setup_teardown(an_office_hears_of_its_own_and_what_it_lies_in,
                                        admin_world_set_up, admin_world_tear_down),
        cmocka_unit_test_setup_teardown(a_sheet_is_whole_or_nothing, admin_world_set_up,
                                        admin_world_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
