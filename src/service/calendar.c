/*
 * Writing iCalendar. Every line goes through put_line, which escapes nothing, folds, and lets no
 * control character through; texts are escaped before.
 */
#include "service/calendar.h"

#include "base/clock.h"

#define LINE_BYTES_MAX 75

str calendar_method_name(enum calendar_method method)
{
    static const char *const NAMES[] = {"REQUEST", "CANCEL", "PUBLISH"};
    return str_of(NAMES[method]);
}

static bool is_inside_character(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

/* §3.1: a long line goes on behind a line break and a space. */
static void put_line(struct buf *to, str line)
{
    size_t used = 0;
    for (size_t i = 0; i < line.len;) {
        size_t end = i + 1;
        while (end < line.len && is_inside_character(line.at[end]))
            end++;
        if (used + end - i > LINE_BYTES_MAX) {
            buf_put(to, LIT("\r\n "));
            used = 1;
        }
        if ((unsigned char)line.at[i] >= ' ')
            buf_put(to, str_part(line, i, end));
        used += end - i;
        i = end;
    }
    buf_put(to, LIT("\r\n"));
}

static void put_property(struct buf *to, struct arena *a, const char *name, str value)
{
    put_line(to, arena_join(a, str_of(name), LIT(":"), value));
}

/* §3.3.11 */
static str escape(struct arena *a, str text)
{
    char *out = arena_alloc(a, 2 * text.len);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (c == '\\' || c == ';' || c == ',' || c == '\n')
            out[len++] = '\\';
        out[len++] = c == '\n' ? 'n' : c;
    }
    return (str){out, len};
}

/* "20280829T143000" of a local time. */
static str stamp(struct arena *a, int64_t local_us)
{
    int64_t seconds = local_us / US_PER_SECOND;
    int64_t days = seconds / 86400 - (seconds % 86400 < 0);
    int64_t rest = seconds - days * 86400;
    int64_t year;
    unsigned month;
    unsigned day;
    clock_date_of_days(days, &year, &month, &day);
    return arena_print(a, "%04lld%02u%02uT%02lld%02lld%02lld", (long long)year, month, day,
                       (long long)(rest / 3600), (long long)(rest / 60 % 60),
                       (long long)(rest % 60));
}

static str utc_stamp(struct arena *a, int64_t time_us)
{
    return arena_join(a, stamp(a, time_us), LIT("Z"), (str){0});
}

/* "-0400", with seconds only where there are some (§3.3.14). */
static str offset(struct arena *a, int64_t east_us)
{
    long long seconds = (east_us < 0 ? -east_us : east_us) / US_PER_SECOND;
    str minutes = arena_print(a, "%c%02lld%02lld", east_us < 0 ? '-' : '+', seconds / 3600,
                              seconds / 60 % 60);
    return seconds % 60 ? arena_print(a, "%.*s%02lld", STR_ARG(minutes), seconds % 60) : minutes;
}

static void put_observance(struct buf *to, struct arena *a, const struct zone_change *change)
{
    const char *kind = change->after.is_summer ? "DAYLIGHT" : "STANDARD";
    put_property(to, a, "BEGIN", str_of(kind));
    put_property(to, a, "DTSTART", stamp(a, change->time_us + change->before.east_us));
    put_property(to, a, "TZOFFSETFROM", offset(a, change->before.east_us));
    put_property(to, a, "TZOFFSETTO", offset(a, change->after.east_us));
    put_property(to, a, "TZNAME", escape(a, change->after.abbreviation));
    put_property(to, a, "END", str_of(kind));
}

/* What holds at the start, since when, and what comes next (§3.6.5). */
static void put_zone(struct buf *to, struct arena *a, const struct calendar_event *e)
{
    struct zone_change change;
    put_property(to, a, "BEGIN", LIT("VTIMEZONE"));
    put_property(to, a, "TZID", zone_name(e->zone));
    if (!zone_last_change(e->zone, e->start_us, &change)) {
        struct zone_offset always = zone_at(e->zone, e->start_us);
        change = (struct zone_change){.before = always, .after = always};
    }
    put_observance(to, a, &change);
    if (zone_next_change(e->zone, e->start_us, &change))
        put_observance(to, a, &change);
    put_property(to, a, "END", LIT("VTIMEZONE"));
}

static void put_time(struct buf *to, struct arena *a, const struct calendar_event *e,
                     const char *name, int64_t time_us)
{
    str zone = arena_join(a, LIT(";TZID="), zone_name(e->zone), LIT(":"));
    put_line(to, arena_join(a, str_of(name), zone, stamp(a, zone_to_local(e->zone, time_us))));
}

/* Answers go by the link in the mail, which is why the mail program is asked for none. */
static void put_people(struct buf *to, struct arena *a, const struct calendar_event *e)
{
    if (e->organizer.len)
        put_property(to, a, "ORGANIZER", arena_join(a, LIT("mailto:"), e->organizer, (str){0}));
    if (e->method == CALENDAR_PUBLISH)
        return;
    str role = arena_join(a, LIT("ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT="),
                          e->answer, LIT(";RSVP=FALSE:mailto:"));
    put_line(to, arena_join(a, role, e->attendee, (str){0}));
}

static void put_event(struct buf *to, struct arena *a, const struct calendar_event *e)
{
    put_property(to, a, "BEGIN", LIT("VEVENT"));
    put_property(to, a, "UID", escape(a, e->uid));
    put_property(to, a, "SEQUENCE", arena_print(a, "%lld", (long long)e->sequence));
    put_property(to, a, "DTSTAMP", utc_stamp(a, e->stamp_us));
    put_time(to, a, e, "DTSTART", e->start_us);
    put_time(to, a, e, "DTEND", e->end_us);
    put_people(to, a, e);
    put_property(to, a, "SUMMARY", escape(a, e->summary));
    put_property(to, a, "DESCRIPTION", escape(a, e->description));
    put_property(to, a, "URL", e->url);
    put_property(to, a, "STATUS",
                 e->method == CALENDAR_CANCEL ? LIT("CANCELLED") : LIT("CONFIRMED"));
    put_property(to, a, "TRANSP", LIT("OPAQUE"));
    put_property(to, a, "END", LIT("VEVENT"));
}

void calendar_write(struct buf *to, struct arena *a, const struct calendar_event *e)
{
    put_property(to, a, "BEGIN", LIT("VCALENDAR"));
    put_property(to, a, "PRODID", LIT("-//tocsin//tocsin//EN"));
    put_property(to, a, "VERSION", LIT("2.0"));
    put_property(to, a, "CALSCALE", LIT("GREGORIAN"));
    put_property(to, a, "METHOD", calendar_method_name(e->method));
    put_zone(to, a, e);
    put_event(to, a, e);
    put_property(to, a, "END", LIT("VCALENDAR"));
}
