/*
 * Times in lines. Each way to write a date is one function; what follows the date is the same in
 * all of them.
 */
#include "sweep/line_time.h"

#include "base/clock.h"
#include "base/num.h"

#include <time.h>

#define WITHIN 256u /* a line's own time begins in so many bytes */
#define YEAR_MIN 1990
#define YEAR_MAX 2200
#define ZONE_HOURS_MAX 14

/* What is written of a time. */
struct written {
    int64_t year; /* 0: not said */
    int64_t month;
    int64_t day;
    int64_t hour;
    int64_t minute;
    int64_t second;
    int64_t fraction_us;
    int64_t zone_s; /* ahead of UTC */
    bool has_zone;
};

/* Parts: each takes itself off the front of `rest`, or nothing. */

static bool take_number(str *rest, size_t digits_min, size_t digits_max, int64_t *out)
{
    size_t count = 0;
    int64_t value = 0;
    while (count < rest->len && count < digits_max && char_is_digit(rest->at[count]))
        value = value * 10 + (rest->at[count++] - '0');
    bool goes_on = count < rest->len && char_is_digit(rest->at[count]);
    if (count < digits_min || goes_on)
        return false;
    *out = value;
    *rest = str_skip(*rest, count);
    return true;
}

static bool take_any(str *rest, str set)
{
    if (rest->len == 0 || str_find_char(set, rest->at[0]) == set.len)
        return false;
    *rest = str_skip(*rest, 1);
    return true;
}

static bool take_word(str *rest, str word)
{
    if (!str_eq_nocase(str_part(*rest, 0, word.len), word))
        return false;
    *rest = str_skip(*rest, word.len);
    return true;
}

static bool take_month(str *rest, int64_t *out)
{
    static const char NAMES[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    for (int64_t month = 0; month < 12; month++) {
        if (take_word(rest, (str){NAMES + month * 3, 3})) {
            *out = month + 1;
            return true;
        }
    }
    return false;
}

static void take_fraction(str *rest, struct written *t)
{
    str after = *rest;
    bool is_comma = after.len && after.at[0] == ',';
    if (!take_any(&after, LIT(".,")))
        return;
    size_t count = 0;
    int64_t unit = US_PER_SECOND / 10;
    for (; count < after.len && char_is_digit(after.at[count]); count++, unit /= 10)
        t->fraction_us += (after.at[count] - '0') * unit;
    /* A comma more often begins the next column. */
    bool is_none =
        count == 0 || (is_comma && (count != 3 || str_starts(str_skip(after, 3), LIT("."))));
    if (is_none)
        t->fraction_us = 0;
    else
        *rest = str_skip(after, count);
}

/* 20:26:40, with a fraction or without. */
static bool take_clock(str *rest, struct written *t)
{
    bool is_read = take_number(rest, 1, 2, &t->hour) && take_any(rest, LIT(":")) &&
                   take_number(rest, 2, 2, &t->minute) && take_any(rest, LIT(":")) &&
                   take_number(rest, 2, 2, &t->second);
    if (!is_read || t->hour > 23 || t->minute > 59 || t->second > 60)
        return false;
    take_fraction(rest, t);
    return true;
}

/* Z, UTC, +0000 or +00:00. */
static void take_zone(str rest, struct written *t)
{
    take_any(&rest, LIT(" "));
    if (take_word(&rest, LIT("Z")) || take_word(&rest, LIT("UTC")) ||
        take_word(&rest, LIT("GMT"))) {
        t->has_zone = rest.len == 0 || !char_is_alnum(rest.at[0]);
        return;
    }
    bool is_behind = str_starts(rest, LIT("-"));
    str hour_text = str_part(rest, 1, 3);
    rest = str_skip(rest, take_any(&rest, LIT("+-")) ? 2 : rest.len);
    take_any(&rest, LIT(":"));
    int64_t hours;
    int64_t minutes;
    if (!take_number(&hour_text, 2, 2, &hours) || !take_number(&rest, 2, 2, &minutes) ||
        hours > ZONE_HOURS_MAX || minutes > 59)
        return;
    t->has_zone = true;
    t->zone_s = (hours * 60 + minutes) * (is_behind ? -60 : 60);
}

/* Dates, up to the hour. */

/* 2026-05-28T, 2026/05/28 */
static bool take_year_first(str *rest, struct written *t)
{
    return take_number(rest, 4, 4, &t->year) && take_any(rest, LIT("-/")) &&
           take_number(rest, 2, 2, &t->month) && take_any(rest, LIT("-/")) &&
           take_number(rest, 2, 2, &t->day) && take_any(rest, LIT("Tt _")) && take_clock(rest, t);
}

/* 28/May/2026:, 28-May-2026, 28 May 2026 */
static bool take_day_first(str *rest, struct written *t)
{
    return take_number(rest, 1, 2, &t->day) && take_any(rest, LIT("/- ")) &&
           take_month(rest, &t->month) && take_any(rest, LIT("/- ")) &&
           take_number(rest, 4, 4, &t->year) && take_any(rest, LIT(": ")) && take_clock(rest, t);
}

/* May 28; the year may stand behind the day or behind the clock. */
static bool take_month_first(str *rest, struct written *t)
{
    if (!take_month(rest, &t->month) || !take_any(rest, LIT(" ")))
        return false;
    take_any(rest, LIT(" "));
    if (!take_number(rest, 1, 2, &t->day) || !take_any(rest, LIT(" ")))
        return false;
    if (take_number(rest, 4, 4, &t->year) && !take_any(rest, LIT(" ")))
        return false;
    if (!take_clock(rest, t))
        return false;
    str after = *rest;
    if (t->year == 0 && take_any(&after, LIT(" ")) && take_number(&after, 4, 4, &t->year))
        *rest = after;
    return true;
}

/* 5/28/2026 8:26:40 PM: with AM or PM the month comes first. */
static bool take_american(str *rest, struct written *t)
{
    bool is_read = take_number(rest, 1, 2, &t->month) && take_any(rest, LIT("/")) &&
                   take_number(rest, 1, 2, &t->day) && take_any(rest, LIT("/")) &&
                   take_number(rest, 4, 4, &t->year) && take_any(rest, LIT(" ")) &&
                   take_clock(rest, t) && take_any(rest, LIT(" "));
    bool is_pm = is_read && take_word(rest, LIT("PM"));
    if (!is_pm && !(is_read && take_word(rest, LIT("AM"))))
        return false;
    t->hour = t->hour % 12 + (is_pm ? 12 : 0);
    return t->hour < 24;
}

/* From what is written to a time. */

static bool is_a_day(const struct written *t)
{
    static const char DAYS[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return t->month >= 1 && t->month <= 12 && t->day >= 1 && t->day <= DAYS[t->month - 1];
}

static int64_t time_of(const struct written *t)
{
    if (!t->has_zone) {
        struct tm local = {.tm_year = (int)t->year - 1900,
                           .tm_mon = (int)t->month - 1,
                           .tm_mday = (int)t->day,
                           .tm_hour = (int)t->hour,
                           .tm_min = (int)t->minute,
                           .tm_sec = (int)t->second,
                           .tm_isdst = -1};
        return (int64_t)mktime(&local) * US_PER_SECOND + t->fraction_us;
    }
    int64_t days = clock_days(t->year, (unsigned)t->month, (unsigned)t->day);
    int64_t seconds = (t->hour * 60 + t->minute) * 60 + t->second - t->zone_s;
    return days * US_PER_DAY + seconds * US_PER_SECOND + t->fraction_us;
}

/* Where no year is written, the last one that does not lie ahead. */
static int64_t time_without_year(struct written *t, int64_t now_us)
{
    unsigned month;
    unsigned day;
    clock_date_of_days(now_us / US_PER_DAY, &t->year, &month, &day);
    t->year += month == 12 && t->month == 1;
    int64_t time_us = time_of(t);
    while (time_us > now_us + US_PER_DAY) {
        t->year--;
        time_us = time_of(t);
    }
    return time_us;
}

/* Of every place in a line it is asked whether a date begins there: most are dismissed at once. */
static bool may_be_date(str text)
{
    static const str SEPARATORS = LIT_INIT("-/ ");
    if (text.len < 14 || char_is_upper(text.at[0]))
        return text.len >= 14;
    return str_find_char(SEPARATORS, text.at[1]) < SEPARATORS.len ||
           str_find_char(SEPARATORS, text.at[2]) < SEPARATORS.len ||
           str_find_char(SEPARATORS, text.at[4]) < SEPARATORS.len;
}

static bool read_date(str text, int64_t now_us, int64_t *out)
{
    static bool (*const FORMS[])(str * rest, struct written * t) = {
        take_year_first, take_day_first, take_month_first, take_american};
    for (size_t i = 0; i < COUNT_OF(FORMS) && may_be_date(text); i++) {
        struct written t = {0};
        str rest = text;
        if (!FORMS[i](&rest, &t) || !is_a_day(&t))
            continue;
        take_zone(rest, &t);
        if (t.year && (t.year < YEAR_MIN || t.year > YEAR_MAX))
            continue;
        *out = t.year ? time_of(&t) : time_without_year(&t, now_us);
        return true;
    }
    return false;
}

/* Seconds since 1970. */

/* Whether a number that begins at `at` is a time by what stands before it. */
static bool is_keyed(str line, size_t at)
{
    static const str KEYS[] = {LIT_INIT("ts\":"), LIT_INIT("time\":"), LIT_INIT("timestamp\":"),
                               LIT_INIT("audit(")};
    str before = str_part(line, 0, at);
    while (str_ends(before, LIT(" ")) || str_ends(before, LIT(":\"")))
        before.len--;
    for (size_t i = 0; i < COUNT_OF(KEYS); i++) {
        if (str_ends(before, KEYS[i]))
            return true;
    }
    return before.len == 0;
}

/* In seconds with a fraction, or in thousandths, or in millionths. */
static bool read_seconds(str text, int64_t *out)
{
    static const struct {
        size_t digits;
        int64_t unit_us;
    } SIZES[] = {{10, US_PER_SECOND}, {13, 1000}, {16, 1}};
    for (size_t i = 0; i < COUNT_OF(SIZES); i++) {
        struct written t = {0};
        str rest = text;
        int64_t value;
        if (!take_number(&rest, SIZES[i].digits, SIZES[i].digits, &value))
            continue;
        if (i == 0)
            take_fraction(&rest, &t);
        *out = value * SIZES[i].unit_us + t.fraction_us;
        return rest.len == 0 || !char_is_alnum(rest.at[0]);
    }
    return false;
}

static bool read_at(str line, size_t at, int64_t now_us, int64_t *out)
{
    str text = str_part(line, at, at + 48);
    bool is_read = read_date(text, now_us, out) || (read_seconds(text, out) && is_keyed(line, at));
    return is_read && *out > 0 && *out <= now_us + US_PER_DAY;
}

bool line_time_read(str line, int64_t now_us, int64_t *time_us)
{
    for (size_t i = 0; i < line.len && i < WITHIN; i++) {
        bool may_begin = char_is_digit(line.at[i]) || char_is_upper(line.at[i]);
        bool is_inside = i > 0 && char_is_alnum(line.at[i - 1]);
        int64_t found;
        if (may_begin && !is_inside && read_at(line, i, now_us, &found)) {
            *time_us = found;
            return true;
        }
    }
    return false;
}
