/*
 * Calendar files, byte by byte (B14), the words of days and times (B16), and one mail whole (B15).
 * The files in golden/ are what is expected; TOCSIN_GOLDEN=write writes them anew, to be read.
 */
#include "base/file.h"
#include "base/utf8.h"
#include "service/calendar.h"
#include "service/call_words.h"
#include "service/mime.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define TEXT_BYTES_MAX ((size_t)64 * 1024)
/* 2028-08-29T18:30:00Z */
#define START_US (INT64_C(1851186600) * INT64_C(1000000))
#define MINUTES_US (INT64_C(60) * INT64_C(1000000))

static int open_book(void **state)
{
    *state = zone_book_open(ZONE_FOLDER);
    return 0;
}

static int close_book(void **state)
{
    zone_book_close(*state);
    return 0;
}

static const struct zone *zone_named(struct arena *a, void **state, const char *name)
{
    const struct zone *z = NULL;
    assert_null(zone_find(a, *state, str_of(name), &z));
    return z;
}

static void must_equal_file(struct arena *a, const char *name, str text)
{
    str path = arena_print(a, "%s/%s", GOLDEN_FOLDER, name);
    str wanted;
    if (getenv("TOCSIN_GOLDEN"))
        assert_null(file_write(a, path, text, 0644));
    assert_null(file_read(a, path, TEXT_BYTES_MAX, &wanted));
    if (!str_eq(wanted, text))
        fail_msg("%s differs; this was written:\n%.*s", name, STR_ARG(text));
}

static struct calendar_event event_in(struct arena *a, void **state, const char *zone)
{
    return (struct calendar_event){
        .method = CALENDAR_REQUEST,
        .uid = LIT("briefing--2d0d8a2e-6b0c-4a0e-8f0d-2f6f1d3f5a10"),
        .stamp_us = START_US - 4 * 1440 * MINUTES_US,
        .start_us = START_US,
        .end_us = START_US + 45 * MINUTES_US,
        .zone = zone_named(a, state, zone),
        .organizer = LIT("calls@exchange.example"),
        .attendee = LIT("duty.officer.with.a.long.name@secretary-of-state.ohio.example"),
        .answer = LIT("NEEDS-ACTION"),
        .summary = LIT("Call / Llamada"),
        .description = LIT("Ruth said: a, b; c\\d\nDe qué trata y cómo participar se muestra al "
                           "iniciar sesión, añadido aquí"),
        .url = LIT("https://exchange.example/app/")};
}

static str written(struct arena *a, const struct calendar_event *e)
{
    OWNED(buf_done) struct buf text;
    buf_init(&text, TEXT_BYTES_MAX);
    calendar_write(&text, a, e);
    return arena_copy(a, buf_str(&text));
}

static void invitation_change_and_cancellation_are_as_kept(void **state)
{
    OWNED(arena_done) struct arena a = {0};
    struct calendar_event e = event_in(&a, state, "America/New_York");
    must_equal_file(&a, "invite.ics", written(&a, &e));
    e.sequence = 1;
    e.start_us += 1440 * MINUTES_US;
    e.end_us = e.start_us + 30 * MINUTES_US;
    e.answer = LIT("ACCEPTED");
    must_equal_file(&a, "update.ics", written(&a, &e));
    e.sequence = 2;
    e.method = CALENDAR_CANCEL;
    must_equal_file(&a, "cancel.ics", written(&a, &e));
}

static void no_line_is_longer_than_75_bytes_or_cut_in_a_character(void **state)
{
    OWNED(arena_done) struct arena a = {0};
    struct calendar_event e = event_in(&a, state, "Pacific/Guam");
    str rest = written(&a, &e), line;
    while (str_cut(&rest, '\n', &line)) {
        assert_true(line.len <= 76); /* with CR */
        assert_int_equal(utf8_find_fault(line), line.len);
    }
}

static void a_text_cannot_end_its_line(void **state)
{
    OWNED(arena_done) struct arena a = {0};
    struct calendar_event e = event_in(&a, state, "America/New_York");
    e.summary = LIT("x\r\nATTENDEE:mailto:eve@example.org");
    e.attendee = LIT("a@example.org\r\nATTENDEE:mailto:eve@example.org");
    str text = written(&a, &e);
    size_t first = str_find(text, LIT("\r\nATTENDEE"));
    str after = str_skip(text, first + 2);
    assert_true(first < text.len);
    assert_int_equal(str_find(after, LIT("\r\nATTENDEE")), after.len);
}

/* Zones whose clocks are never changed, that changed them long ago, and both changes of a year. */
static void a_zone_says_what_holds_then(void **state)
{
    static const struct {
        const char *zone;
        const char *wanted;
    } CASES[] = {
        {"America/Phoenix", "TZOFFSETTO:-0700\r\nTZNAME:MST"},
        {"Pacific/Honolulu", "TZOFFSETTO:-1000\r\nTZNAME:HST"},
        {"Pacific/Guam", "TZOFFSETTO:+1000\r\nTZNAME:ChST"},
        {"Pacific/Pago_Pago", "TZOFFSETTO:-1100\r\nTZNAME:SST"},
        {"America/New_York",
         "BEGIN:DAYLIGHT\r\nDTSTART:20280312T020000\r\nTZOFFSETFROM:-0500\r\nTZOFFSETTO:-0400"},
        {"America/New_York",
         "BEGIN:STANDARD\r\nDTSTART:20281105T020000\r\nTZOFFSETFROM:-0400\r\nTZOFFSETTO:-0500"},
        {"UTC", "DTSTART;TZID=UTC:20280829T183000"},
    };
    OWNED(arena_done) struct arena a = {0};
    for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
        struct calendar_event e = event_in(&a, state, CASES[i].zone);
        str text = written(&a, &e);
        if (str_find(text, str_of(CASES[i].wanted)) == text.len)
            fail_msg("%s lacks %s:\n%.*s", CASES[i].zone, CASES[i].wanted, STR_ARG(text));
    }
}

static void days_and_times_read_as_people_say_them(void **state)
{
    OWNED(arena_done) struct arena a = {0};
    const struct zone *denver = zone_named(&a, state, "America/Denver");
    const struct zone *samoa = zone_named(&a, state, "Pacific/Pago_Pago");
    int64_t end_us = START_US + 45 * MINUTES_US;
    const struct {
        str got;
        const char *wanted;
    } cases[] = {
        {call_day(&a, LANGUAGE_ENGLISH, denver, START_US), "Tuesday, August 29, 2028"},
        {call_day(&a, LANGUAGE_SPANISH, denver, START_US), "martes, 29 de agosto de 2028"},
        {call_span(&a, LANGUAGE_ENGLISH, denver, START_US, end_us), "12:30 to 1:15 p.m. MDT"},
        {call_span(&a, LANGUAGE_SPANISH, denver, START_US, end_us),
         "de 12:30 p. m. a 1:15 p. m. MDT"},
        {call_span(&a, LANGUAGE_ENGLISH, samoa, START_US, START_US + 300 * MINUTES_US),
         "7:30 a.m. to 12:30 p.m. SST"},
        {call_time(&a, LANGUAGE_ENGLISH, denver, START_US - 30 * MINUTES_US), "12:00 noon MDT"},
        {call_time(&a, LANGUAGE_ENGLISH, denver, START_US + 690 * MINUTES_US),
         "12:00 midnight MDT"},
        {call_zone(&a, LANGUAGE_ENGLISH, LIT("America/Denver")), "Mountain"},
        {call_zone(&a, LANGUAGE_SPANISH, LIT("America/Indiana/Tell_City")), "Tell City"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        if (!str_eq(cases[i].got, str_of(cases[i].wanted)))
            fail_msg("\"%.*s\" and not \"%s\"", STR_ARG(cases[i].got), cases[i].wanted);
    }
}

/* ---- mail */

static struct mime_message message(void)
{
    return (struct mime_message){.id = LIT("message--4f2f6f1c-6f0e-4f0a-9d6e-0c3a9d1f2b11"),
                                 .date_us = START_US,
                                 .from_name = LIT("Consejo «Ñ»"),
                                 .from = LIT("calls@exchange.example"),
                                 .to = LIT("duty@ohio.example"),
                                 .subject = LIT("¿Participará? A long subject that cannot stand in "
                                                "one encoded word, nor on one line"),
                                 .text = LIT("Sí: a=b\n.\n trailing \nend"),
                                 .calendar = LIT("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
                                 .calendar_method = LIT("REQUEST")};
}

static err compose(struct arena *a, const struct mime_message *m, str *out)
{
    OWNED(buf_done) struct buf bytes;
    buf_init(&bytes, MIME_BYTES_MAX);
    TRY(mime_write(a, m, &bytes));
    *out = arena_copy(a, buf_str(&bytes));
    return NULL;
}

static void a_mail_is_as_kept(void **state)
{
    OWNED(arena_done) struct arena a = {0};
    const struct mime_message m = message();
    str text;
    (void)state;
    assert_null(compose(&a, &m, &text));
    must_equal_file(&a, "invitation.eml", text);
}

static void nothing_adds_a_header(void **state)
{
    OWNED(arena_done) struct arena a = {0};
    (void)state;
    struct mime_message m = message();
    m.subject = LIT("x\r\nBcc: eve@example.org\r\n\r\nbody");
    m.from_name = LIT("y\nBcc: eve@example.org");
    str text;
    assert_null(compose(&a, &m, &text));
    assert_int_equal(str_find(text, LIT("\nBcc:")), text.len);
    assert_int_equal(str_find(text, LIT("\r\n\r\nbody")), text.len);
}

static void an_address_with_anything_odd_is_refused(void **state)
{
    static const char *const BAD[] = {"",
                                      "@",
                                      "a@",
                                      "@b",
                                      "a b@c.example",
                                      "a@c.example\r\nBcc: eve@example.org",
                                      "a@b@c.example",
                                      "a@c.example>",
                                      "<a@c.example",
                                      "a@c.example, b@c.example",
                                      "ä@c.example",
                                      "\"a\"@c.example",
                                      "a@c.example\x7f"};
    OWNED(arena_done) struct arena a = {0};
    (void)state;
    for (size_t i = 0; i < sizeof(BAD) / sizeof(BAD[0]); i++) {
        struct mime_message m = message();
        str text = {0};
        m.to = str_of(BAD[i]);
        err refused = compose(&a, &m, &text);
        if (refused == NULL || refused->code != ERR_INPUT || text.len)
            fail_msg("\"%s\" was taken", BAD[i]);
    }
}

static void each_message_has_a_return_path_of_its_own(void **state)
{
    OWNED(arena_done) struct arena a = {0};
    (void)state;
    str path = mime_return_path(&a, LIT("calls@exchange.example"), LIT("message--1"));
    assert_true(str_eq(path, LIT("calls+message--1@exchange.example")));
    assert_null(mime_check_address(&a, path));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(invitation_change_and_cancellation_are_as_kept),
        cmocka_unit_test(no_line_is_longer_than_75_bytes_or_cut_in_a_character),
        cmocka_unit_test(a_text_cannot_end_its_line),
        cmocka_unit_test(a_zone_says_what_holds_then),
        cmocka_unit_test(days_and_times_read_as_people_say_them),
        cmocka_unit_test(a_mail_is_as_kept),
        cmocka_unit_test(nothing_adds_a_header),
        cmocka_unit_test(an_address_with_anything_odd_is_refused),
        cmocka_unit_test(each_message_has_a_return_path_of_its_own),
    };
    return cmocka_run_group_tests_name("service/calendar", tests, open_book, close_book);
}
