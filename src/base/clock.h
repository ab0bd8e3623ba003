/*
 * Times: microseconds since 1970-01-01T00:00:00Z as int64_t, and their RFC 3339 text.
 */
#ifndef TOCSIN_BASE_CLOCK_H
#define TOCSIN_BASE_CLOCK_H

#include "base/str.h"

/* "2026-11-24T10:08:41.123456Z" and a NUL. */
#define CLOCK_TEXT_BYTES 28

#define US_PER_SECOND INT64_C(1000000)
#define US_PER_DAY (INT64_C(86400) * US_PER_SECOND)

/* The wall clock, which may step. */
int64_t clock_now_us(void);

/* A clock for durations, which does not step. */
int64_t clock_monotonic_us(void);

/*
 * Always six digits of fraction and Z. Years 0000 to 9999 only (asserted). The result borrows
 * `text`.
 */
str clock_write(int64_t time_us, char text[CLOCK_TEXT_BYTES]);
/* The same with three digits, as versions are where we choose them; what is less is left out. */
str clock_write_ms(int64_t time_us, char text[CLOCK_TEXT_BYTES]);

/*
 * Reads an RFC 3339 date-time in UTC, as STIX 2.1 §2.17 and TAXII 2.1 §2 want it: upper-case T and
 * Z, any number of fraction digits. Seconds of 60 are accepted as leap seconds only at 23:59.
 * `*precision` is the number of fraction digits; digits past the sixth are dropped from `*time_us`
 * (`*precision` tells). Either pointer may be NULL. False if the text is not such a time or names
 * a day that does not exist.
 */
bool clock_read(str text, int64_t *time_us, unsigned *precision);

/* Reads "YYYY-MM-DD" as midnight UTC. */
bool clock_read_date(str text, int64_t *time_us);

/* Days from 1970-01-01 to a day of the civil calendar, which must exist; and back. */
int64_t clock_days(int64_t year, unsigned month, unsigned day);
void clock_date_of_days(int64_t days, int64_t *year, unsigned *month, unsigned *day);

/* Reads "90d", "12h", "30m", "45s" (a positive number and one unit) as microseconds. */
bool clock_read_duration(str text, int64_t *duration_us);

#endif
