/*
 * The rule by which a zone goes on past the last change that its file lists: the TZ string of POSIX
 * with the wider hours of RFC 9636 §3.3.1. For zone*.c only.
 */
#ifndef TOCSIN_BASE_ZONE_RULE_H
#define TOCSIN_BASE_ZONE_RULE_H

#include "base/zone.h"

enum zone_day_kind {
    ZONE_DAY_JULIAN,  /* 1 to 365, February 29 is never counted */
    ZONE_DAY_OF_YEAR, /* 0 to 365 */
    ZONE_DAY_OF_WEEK, /* of a month's week; week 5 is the last */
};

struct zone_day {
    enum zone_day_kind kind;
    unsigned month;
    unsigned week;
    unsigned day;
    int64_t seconds; /* wall clock, from that day's midnight; may be outside the day */
};

struct zone_rule {
    struct zone_offset standard;
    struct zone_offset summer;
    bool has_summer;
    struct zone_day begins; /* by standard time */
    struct zone_day ends;   /* by summer time */
};

/* False if `text` is no such rule. Abbreviations borrow from `text`. */
bool zone_rule_read(str text, struct zone_rule *out);

/* The two changes of a year, in the order of time; only for a rule that has summer time. */
void zone_rule_changes(const struct zone_rule *rule, int64_t year, struct zone_change out[2]);

#endif
