/*
 * Reading a TZ string from left to right, and counting its days.
 */
#include "base/zone_rule.h"

#include "base/clock.h"

#define HOURS_MAX 167 /* RFC 9636 §3.3.1 */

static bool take_char(str *rest, char c)
{
    if (rest->len == 0 || rest->at[0] != c)
        return false;
    *rest = str_skip(*rest, 1);
    return true;
}

static bool take_number(str *rest, unsigned max, unsigned *out)
{
    unsigned value = 0;
    size_t digits = 0;
    while (digits < rest->len && char_is_digit(rest->at[digits]) && value <= max)
        value = value * 10 + (unsigned)(rest->at[digits++] - '0');
    if (digits == 0 || value > max)
        return false;
    *rest = str_skip(*rest, digits);
    *out = value;
    return true;
}

/* "EST", or "<+03>" for what is not all letters. */
static bool take_name(str *rest, str *name)
{
    if (take_char(rest, '<'))
        return str_cut(rest, '>', name) && name->len > 0;
    size_t len = 0;
    while (len < rest->len && (char_is_lower(rest->at[len]) || char_is_upper(rest->at[len])))
        len++;
    *name = str_part(*rest, 0, len);
    *rest = str_skip(*rest, len);
    return len > 0;
}

/* "[+-]hh[:mm[:ss]]" as seconds. */
static bool take_seconds(str *rest, int64_t *out)
{
    bool is_negative = take_char(rest, '-');
    if (!is_negative)
        (void)take_char(rest, '+');
    unsigned hours;
    unsigned minutes = 0;
    unsigned seconds = 0;
    if (!take_number(rest, HOURS_MAX, &hours))
        return false;
    if (take_char(rest, ':') && !take_number(rest, 59, &minutes))
        return false;
    if (take_char(rest, ':') && !take_number(rest, 59, &seconds))
        return false;
    int64_t sum = (int64_t)hours * 3600 + minutes * 60 + seconds;
    *out = is_negative ? -sum : sum;
    return true;
}

/* POSIX counts westward. */
static bool take_offset(str *rest, struct zone_offset *out)
{
    int64_t west;
    if (!take_seconds(rest, &west))
        return false;
    out->east_us = -west * US_PER_SECOND;
    return true;
}

static bool take_week_day(str *rest, struct zone_day *out)
{
    out->kind = ZONE_DAY_OF_WEEK;
    return take_number(rest, 12, &out->month) && take_char(rest, '.') &&
           take_number(rest, 5, &out->week) && take_char(rest, '.') &&
           take_number(rest, 6, &out->day) && out->month > 0 && out->week > 0;
}

static bool take_day(str *rest, struct zone_day *out)
{
    out->seconds = 2 * 3600;
    if (!take_char(rest, ','))
        return false;
    if (take_char(rest, 'M')) {
        if (!take_week_day(rest, out))
            return false;
    } else {
        out->kind = take_char(rest, 'J') ? ZONE_DAY_JULIAN : ZONE_DAY_OF_YEAR;
        if (!take_number(rest, 365, &out->day) || (out->kind == ZONE_DAY_JULIAN && out->day == 0))
            return false;
    }
    return !take_char(rest, '/') || take_seconds(rest, &out->seconds);
}

bool zone_rule_read(str text, struct zone_rule *out)
{
    struct zone_rule rule = {0};
    if (!take_name(&text, &rule.standard.abbreviation) || !take_offset(&text, &rule.standard))
        return false;
    rule.has_summer = text.len > 0;
    if (rule.has_summer) {
        if (!take_name(&text, &rule.summer.abbreviation))
            return false;
        rule.summer.is_summer = true;
        rule.summer.east_us = rule.standard.east_us + 3600 * US_PER_SECOND;
        if (text.len && text.at[0] != ',' && !take_offset(&text, &rule.summer))
            return false;
        if (!take_day(&text, &rule.begins) || !take_day(&text, &rule.ends))
            return false;
    }
    if (text.len)
        return false;
    *out = rule;
    return true;
}

/* Sunday is 0; 1970-01-01 was a Thursday. */
static unsigned week_day_of(int64_t days)
{
    return (unsigned)(((days + 4) % 7 + 7) % 7);
}

static int64_t days_of_week_day(const struct zone_day *day, int64_t year)
{
    int64_t first = clock_days(year, day->month, 1);
    int64_t next =
        day->month == 12 ? clock_days(year + 1, 1, 1) : clock_days(year, day->month + 1, 1);
    int64_t days = first + (day->day + 7 - week_day_of(first)) % 7 + 7 * ((int64_t)day->week - 1);
    return days < next ? days : days - 7;
}

/* The local time at which the day's change comes, as the clock shows it until then. */
static int64_t local_of_day(const struct zone_day *day, int64_t year)
{
    int64_t new_year = clock_days(year, 1, 1);
    int64_t days = new_year + day->day;
    if (day->kind == ZONE_DAY_OF_WEEK)
        days = days_of_week_day(day, year);
    else if (day->kind == ZONE_DAY_JULIAN)
        days -= day->day < 60 || clock_days(year, 3, 1) == new_year + 59;
    return days * US_PER_DAY + day->seconds * US_PER_SECOND;
}

void zone_rule_changes(const struct zone_rule *rule, int64_t year, struct zone_change out[2])
{
    struct zone_change begin = {.before = rule->standard, .after = rule->summer};
    struct zone_change end = {.before = rule->summer, .after = rule->standard};
    begin.time_us = local_of_day(&rule->begins, year) - rule->standard.east_us;
    end.time_us = local_of_day(&rule->ends, year) - rule->summer.east_us;
    bool is_begin_first = begin.time_us <= end.time_us;
    out[0] = is_begin_first ? begin : end;
    out[1] = is_begin_first ? end : begin;
}
