/*
 * What somebody said by phone, noted by a host (B11): it counts until they answer themselves.
 */
#include "briefing_world.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct briefing_reply YES = {.answer = ABOUT_YES};
static const struct briefing_reply NO = {.answer = ABOUT_NO};

static void assert_fails(err failure, enum err_code code)
{
    assert_non_null(failure);
    assert_int_equal(failure->code, code);
}

static err note(struct briefing_world *w, const char *by, str whom, enum about_word answer)
{
    return briefing_world_note(w, by, (struct briefing_noted){whom, answer});
}

/* How the answers stand to the hosts, and gus's own. */
struct standing {
    struct briefing_counts counts;
    struct briefing_places places;
    struct briefing_invitation gus;
};

static struct standing look(struct briefing_world *w)
{
    struct arena *a = &w->admin->arena;
    struct standing out;
    struct briefing_invitations all = {0};
    struct briefing_invitations page = {0};
    struct briefing b;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, "pat", false, &t));
    must(w->admin, briefing_get_hosted(a, &t.s, &t.r, w->id, &b));
    must(w->admin, briefing_counts_get(a, &t.s, w->id, &out.counts));
    must(w->admin, briefing_places_get(a, &t.s, w->id, &out.places));
    must(w->admin, briefing_answer_get(a, &t.s, &b, w->gus, &out.gus));
    must(w->admin, briefing_answers_all(a, &t.s, w->id, &all));
    const struct briefing_answers_query query = {.briefing = w->id, .limit = 100};
    must(w->admin, briefing_answers_list(a, &t.s, &t.r, &query, &page));
    for (size_t i = 0; i < all.count; i++) { /* however they are read */
        assert_int_equal(all.items[i].answer, page.items[i].answer);
        assert_true(str_eq(all.items[i].noted_by, page.items[i].noted_by));
    }
    return out;
}

static void what_was_said_by_phone_counts_like_an_answer(void **state)
{
    struct briefing_world *w = *state;
    briefing_world_invite(w);
    must(w->admin, note(w, "ann", w->gus, ABOUT_YES));
    struct standing now = look(w);
    assert_int_equal(now.counts.invited, 3);
    assert_int_equal(now.counts.by_word[ABOUT_YES], 1);
    assert_int_equal(now.counts.by_word[ABOUT_NOTHING], 2);
    assert_int_equal(now.places.reached, 1);
    assert_int_equal(now.gus.answer, ABOUT_YES);
    assert_true(str_eq(now.gus.noted_by, briefing_world_org_id(w, "Agency")));
    must(w->admin, note(w, "pat", w->gus, ABOUT_YES)); /* noted so already */
    assert_int_equal(look(w).gus.reply_us, now.gus.reply_us);
    must(w->admin, note(w, "pat", w->gus, ABOUT_NO));
    now = look(w);
    assert_int_equal(now.counts.by_word[ABOUT_YES], 0);
    assert_int_equal(now.counts.by_word[ABOUT_NO], 1);
    assert_int_equal(now.places.reached, 0);
    assert_true(str_eq(now.gus.noted_by, w->platform));
}

/* B9: the hosts, and the organization in whose name it stands. */
static void what_was_noted_is_read_by_hosts_and_by_the_office_it_is_about(void **state)
{
    struct briefing_world *w = *state;
    static const struct {
        const char *person;
        size_t replies;
    } READERS[] = {{"ann", 1}, {"pat", 1}, {"pia", 1}, {"oda", 1},
                   {"ole", 1}, {"gus", 0}, {"cal", 0}, {"ray", 0}};
    briefing_world_invite(w);
    must(w->admin, note(w, "ann", w->oda, ABOUT_YES));
    for (size_t i = 0; i < sizeof(READERS) / sizeof(READERS[0]); i++)
        assert_int_equal(briefing_world_count_read(w, READERS[i].person, "briefing-reply"),
                         READERS[i].replies);
}

/* P8: it waits at home, with the answers, until its person has said so themselves. */
static void an_own_answer_counts_over_it_whichever_came_first(void **state)
{
    struct briefing_world *w = *state;
    briefing_world_invite(w);
    must(w->admin, note(w, "ann", w->gus, ABOUT_YES));
    assert_int_equal(briefing_world_at_home(w, "gus", HOME_INVITATION), 0);
    assert_int_equal(briefing_world_at_home(w, "gus", HOME_NOTED), 1);
    must(w->admin, briefing_world_answer(w, "gus", NO));
    assert_int_equal(briefing_world_at_home(w, "gus", HOME_NOTED), 0);
    assert_fails(note(w, "ann", w->gus, ABOUT_YES), ERR_CONFLICT);
    must(w->admin, briefing_world_answer(w, "oda", YES));
    assert_fails(note(w, "ann", w->oda, ABOUT_NO), ERR_CONFLICT);
    struct standing now = look(w);
    assert_int_equal(now.gus.answer, ABOUT_NO);
    assert_int_equal(now.gus.noted_by.len, 0);
    assert_int_equal(now.counts.by_word[ABOUT_YES], 1);
    assert_int_equal(now.counts.by_word[ABOUT_NO], 1);
    assert_int_equal(now.counts.by_word[ABOUT_NOTHING], 1);
    assert_int_equal(now.places.reached, 1);
    must(w->admin, briefing_world_answer(w, "gus", YES));
    assert_int_equal(look(w).gus.answer, ABOUT_YES);
    assert_int_equal(look(w).places.reached, 2);
}

/* B20: an office of which every answer is no has declined, by whatever means it said so. */
static void a_no_by_phone_is_a_no_once_it_is_over(void **state)
{
    struct briefing_world *w = *state;
    struct arena *a = &w->admin->arena;
    struct briefing b;
    struct briefing_attendance attendance;
    struct briefing_document record;
    briefing_world_invite(w);
    must(w->admin, note(w, "ann", w->gus, ABOUT_NO));
    w->now_us += 2 * US_PER_DAY + INT64_C(1800) * US_PER_SECOND;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, "ann", true, &t));
    const struct briefing_presence oda = {.person = w->oda, .was_there = true};
    must(w->admin, briefing_take_attendance(a, &t.s, &t.r, w->id, &oda, 1));
    must(w->admin, briefing_get_hosted(a, &t.s, &t.r, w->id, &b));
    must(w->admin, briefing_attendance_get(a, &t.s, &t.r, &b, &attendance));
    assert_int_equal(attendance.missing.count, 2);
    assert_int_equal(attendance.missing.items[0].why, ABSENCE_ABSENT); /* County */
    assert_int_equal(attendance.missing.items[1].why, ABSENCE_DECLINED);
    must(w->admin, briefing_record_document(a, &t.s, &t.r, w->id, RECORD_LEAVES, &record));
    assert_true(str_find(record.text, LIT("gus, Guam: no, by phone (noted by Agency)")) <
                record.text.len);
}

static void a_publisher_of_a_host_notes_it_until_the_end(void **state)
{
    struct briefing_world *w = *state;
    must(w->admin, briefing_world_make(w));
    assert_fails(note(w, "ann", w->gus, ABOUT_YES), ERR_NOT_FOUND); /* a draft invites nobody */
    briefing_world_invite(w);
    assert_fails(note(w, "pia", w->gus, ABOUT_YES), ERR_FORBIDDEN);
    assert_fails(note(w, "oda", w->gus, ABOUT_YES), ERR_NOT_FOUND);
    assert_fails(note(w, "ray", w->gus, ABOUT_YES), ERR_NOT_FOUND);
    assert_fails(note(w, "ann", briefing_world_id(w, "ole"), ABOUT_YES), ERR_NOT_FOUND);
    assert_fails(note(w, "ann", LIT("identity--nobody"), ABOUT_YES), ERR_NOT_FOUND);
    must(w->admin, note(w, "ann", w->gus, ABOUT_YES));
    w->now_us += 3 * US_PER_DAY;
    assert_fails(note(w, "ann", w->gus, ABOUT_NO), ERR_CONFLICT);
    assert_int_equal(look(w).gus.answer, ABOUT_YES);
}

static str phone_of(struct briefing_world *w, const char *person, unsigned duties)
{
    struct arena *a = &w->admin->arena;
    str phone;
    struct admin_person added = {.org = LIT("Ohio"),
                                 .email = arena_print(a, "%s@example.org", person),
                                 .name = str_of(person),
                                 .phone = LIT("555-0142"),
                                 .roles = 1u << ROLE_MEMBER,
                                 .duties = duties};
    must(w->admin, admin_add_people(a, w->admin->store, &added, 1));
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, person, false, &t));
    const struct briefing_invitation of = {.person = t.r.person->id, .organization = t.r.org->id};
    must(w->admin, briefing_phone_get(a, &t.s, &of, &phone));
    return phone;
}

/* B3: what every member reads in the directory, and no more. */
static void the_number_to_call_is_that_of_a_duty_officer(void **state)
{
    struct briefing_world *w = *state;
    assert_true(str_eq(phone_of(w, "dee", 1u << DUTY_STAND_IN), LIT("555-0142")));
    assert_int_equal(phone_of(w, "dov", 0).len, 0);
}

/* ---- faults */

static err note_yes(struct briefing_world *w)
{
    return note(w, "ann", w->gus, ABOUT_YES);
}

static err note_no(struct briefing_world *w)
{
    return note(w, "pat", w->gus, ABOUT_NO);
}

static err answer_themselves(struct briefing_world *w)
{
    return briefing_world_answer(w, "gus", YES);
}

static const struct briefing_deed DEEDS[] = {
    {"note what was said", note_yes, 0},
    {"note otherwise", note_no, 0},
    {"answer over it", answer_themselves, 0},
};

static void every_verb_is_whole_or_nothing(void **state)
{
    struct briefing_world *w = *state;
    briefing_world_invite(w);
    briefing_world_check_deeds(w, DEEDS, sizeof(DEEDS) / sizeof(DEEDS[0]));
    briefing_world_check_whole(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BRIEFING_TEST(what_was_said_by_phone_counts_like_an_answer),
        BRIEFING_TEST(what_was_noted_is_read_by_hosts_and_by_the_office_it_is_about),
        BRIEFING_TEST(an_own_answer_counts_over_it_whichever_came_first),
        BRIEFING_TEST(a_no_by_phone_is_a_no_once_it_is_over),
        BRIEFING_TEST(a_publisher_of_a_host_notes_it_until_the_end),
        BRIEFING_TEST(the_number_to_call_is_that_of_a_duty_officer),
        BRIEFING_TEST(every_verb_is_whole_or_nothing),
    };
    return cmocka_run_group_tests_name("noted", tests, NULL, NULL);
}
