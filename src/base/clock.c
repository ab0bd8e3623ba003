/*
 * Times. Days are counted with the civil calendar rule (400-year cycles of 146,097 days), so no
 * time-zone database and no locale takes part.
 */
#include "base/clock.h"

#include "base/error.h"

#include <time.h>

static int64_t read_clock(clockid_t which)
{
    struct timespec now;
    clock_gettime(which, &now);
    return (int64_t)now.tv_sec * US_PER_SECOND + now.tv_nsec / 1000;
}

int64_t clock_now_us(void)
{
    return read_clock(CLOCK_REALTIME);
}

int64_t clock_monotonic_us(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

/* Days from 1970-01-01; the year begins in March so that the leap day is its last. */
int64_t clock_days(int64_t year, unsigned month, unsigned day)
{
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t march_month = month > 2 ? month - 3 : month + 9;
    int64_t day_of_year = (153 * march_month + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

void clock_date_of_days(int64_t days, int64_t *year, unsigned *month, unsigned *day)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t march_month = (5 * day_of_year + 2) / 153;
    *day = (unsigned)(day_of_year - (153 * march_month + 2) / 5 + 1);
    *month = (unsigned)(march_month < 10 ? march_month + 3 : march_month - 9);
    *year = year_of_era + era * 400 + (*month <= 2);
}

static void put_digits(char *at, unsigned count, uint64_t value)
{
    for (unsigned i = count; i > 0; i--) {
        at[i - 1] = (char)('0' + value % 10);
        value /= 10;
    }
}

str clock_write(int64_t time_us, char text[CLOCK_TEXT_BYTES])
{
    int64_t day_us = time_us % US_PER_DAY;
    if (day_us < 0)
        day_us += US_PER_DAY;
    int64_t year;
    unsigned month;
    unsigned day;
    clock_date_of_days((time_us - day_us) / US_PER_DAY, &year, &month, &day);
    ASSERT(year >= 0 && year <= 9999);

    uint64_t second = (uint64_t)(day_us / US_PER_SECOND);
    memcpy(text, "0000-00-00T00:00:00.000000Z", CLOCK_TEXT_BYTES);
    put_digits(text, 4, (uint64_t)year);
    put_digits(text + 5, 2, month);
    put_digits(text + 8, 2, day);
    put_digits(text + 11, 2, second / 3600);
    put_digits(text + 14, 2, second / 60 % 60);
    put_digits(text + 17, 2, second % 60);
    put_digits(text + 20, 6, (uint64_t)(day_us % US_PER_SECOND));
    return (str){text, CLOCK_TEXT_BYTES - 1};
}

str clock_write_ms(int64_t time_us, char text[CLOCK_TEXT_BYTES])
{
    size_t len = sizeof("0000-00-00T00:00:00.000Z") - 1;
    clock_write(time_us, text);
    text[len - 1] = 'Z';
    text[len] = '\0';
    return (str){text, len};
}

/* The two digits at `at`, or -1. */
static int64_t get_two(const char *at)
{
    return char_is_digit(at[0]) && char_is_digit(at[1]) ? (at[0] - '0') * 10 + (at[1] - '0') : -1;
}

static int64_t days_in_month(int64_t year, int64_t month)
{
    static const int DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return DAYS[month - 1] + (month == 2 && is_leap);
}

static bool read_day(const char *at, int64_t *days)
{
    int64_t century = get_two(at);
    int64_t year = get_two(at + 2);
    int64_t month = get_two(at + 5);
    int64_t day = get_two(at + 8);
    if (century < 0 || year < 0 || at[4] != '-' || month < 1 || month > 12 || at[7] != '-' ||
        day < 1)
        return false;
    year += century * 100;
    if (day > days_in_month(year, month))
        return false;
    *days = clock_days(year, (unsigned)month, (unsigned)day);
    return true;
}

bool clock_read_date(str text, int64_t *time_us)
{
    int64_t days;
    if (text.len != 10 || !read_day(text.at, &days))
        return false;
    *time_us = days * US_PER_DAY;
    return true;
}

/* Reads ".123" up to, not including, the Z: digits as microseconds, and how many there were. */
static bool read_fraction(str text, int64_t *fraction_us, unsigned *digits)
{
    *fraction_us = 0;
    *digits = 0;
    if (text.len == 0)
        return true;
    if (text.at[0] != '.' || text.len == 1)
        return false;
    int64_t unit = US_PER_SECOND / 10;
    for (size_t i = 1; i < text.len; i++) {
        if (!char_is_digit(text.at[i]))
            return false;
        *fraction_us += (text.at[i] - '0') * unit;
        unit /= 10;
    }
    *digits = (unsigned)(text.len - 1);
    return true;
}

bool clock_read(str text, int64_t *time_us, unsigned *precision)
{
    if (text.len < 20 || text.at[text.len - 1] != 'Z')
        return false;
    const char *at = text.at;
    int64_t days;
    if (!read_day(at, &days) || at[10] != 'T' || at[13] != ':' || at[16] != ':')
        return false;
    int64_t hour = get_two(at + 11);
    int64_t minute = get_two(at + 14);
    int64_t second = get_two(at + 17);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0)
        return false;
    if (second > 59 && !(second == 60 && hour == 23 && minute == 59))
        return false;
    int64_t fraction_us;
    unsigned digits;
    if (!read_fraction(str_part(text, 19, text.len - 1), &fraction_us, &digits))
        return false;
    if (time_us)
        *time_us =
            days * US_PER_DAY + (hour * 3600 + minute * 60 + second) * US_PER_SECOND + fraction_us;
    if (precision)
        *precision = digits;
    return true;
}

bool clock_read_duration(str text, int64_t *duration_us)
{
    static const struct {
        char unit;
        int64_t seconds;
    } UNITS[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}};
    uint64_t count;
    if (text.len < 2 || !str_to_u64(str_part(text, 0, text.len - 1), &count))
        return false;
    if (count == 0 || count > 100000000)
        return false;
    for (size_t i = 0; i < sizeof(UNITS) / sizeof(UNITS[0]); i++) {
        if (UNITS[i].unit == text.at[text.len - 1]) {
            *duration_us = (int64_t)count * UNITS[i].seconds * US_PER_SECOND;
            return true;
        }
    }
    return false;
}
