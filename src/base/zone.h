/*
 * Time zones: what the wall clock shows somewhere, from the system's time zone database (IANA),
 * whose files (TZif, RFC 9636) are read here, so that no setting of the process takes part.
 *
 * A *local* time is microseconds as if the wall clock showed UTC: it says nothing without its zone.
 */
#ifndef TOCSIN_BASE_ZONE_H
#define TOCSIN_BASE_ZONE_H

#include "base/error.h"

/* Where Debian's tzdata keeps the files. */
#define ZONE_FOLDER "/usr/share/zoneinfo"
#define ZONE_NAME_BYTES_MAX 64

/* "2018-08-29T14:30" and a NUL. */
#define ZONE_TEXT_BYTES 17

struct zone;

/* Zones as they were first asked for. Thread-safe. */
struct zone_book;

/* `folder` must live as long as the book. */
struct zone_book *zone_book_open(const char *folder);
/* Accepts NULL. Its zones are gone. */
void zone_book_close(struct zone_book *book);

/* By its IANA name; good until zone_book_close. ERR_INVALID: there is none of that name. */
err zone_find(struct arena *a, struct zone_book *book, str name, const struct zone **out) MUST_USE;

/* Reads the bytes of a TZif file into `a`; ERR_CORRUPT. */
err zone_read(struct arena *a, str name, str tzif, const struct zone **out) MUST_USE;

str zone_name(const struct zone *z);

/* What holds in a zone for a while. */
struct zone_offset {
    int64_t east_us; /* local time less UTC */
    bool is_summer;
    str abbreviation; /* "EDT"; "+03" where there is no word; lives as long as the zone */
};
struct zone_offset zone_at(const struct zone *z, int64_t time_us);

int64_t zone_to_local(const struct zone *z, int64_t time_us);

/* How a local time stands to the zone's clock. */
enum zone_fit {
    ZONE_ONCE,
    ZONE_TWICE,   /* the clock was put back: it shows that time twice */
    ZONE_SKIPPED, /* the clock was put forward: it never shows that time */
};
/* `*time_us` is the first of two, or the moment at which the clock jumps over that time. */
enum zone_fit zone_to_utc(const struct zone *z, int64_t local_us, int64_t *time_us);

/* A moment at which what holds changes. */
struct zone_change {
    int64_t time_us;
    struct zone_offset before;
    struct zone_offset after;
};
/* The first one past `time_us`; false where there is none. */
bool zone_next_change(const struct zone *z, int64_t time_us, struct zone_change *out);
/* The last one at or before `time_us`; false where there is none. */
bool zone_last_change(const struct zone *z, int64_t time_us, struct zone_change *out);

/* Reads "2018-08-29T14:30"; and writes it (seconds are left out). */
bool zone_read_local(str text, int64_t *local_us);
str zone_write_local(int64_t local_us, char text[ZONE_TEXT_BYTES]);

#endif
