/*
 * Who would be invited, and who would be missed and why (B10).
 */
#ifndef TOCSIN_SERVICE_BRIEFING_AUDIENCE_H
#define TOCSIN_SERVICE_BRIEFING_AUDIENCE_H

#include "service/briefing.h"

#define BRIEFING_INVITEES_MAX 50000

struct briefing_invitee {
    const struct policy_person *person; /* good until the policy changes */
    const struct policy_org *org;
    int duty;            /* enum duty; -1: invited by name */
    int64_t verified_us; /* the day the duty was checked; 0: by name */
    str timezone;        /* theirs, else their state's, else the briefing's */
    str place;           /* the heading under which they are listed */
    int64_t local_us;    /* when it begins for them, on their wall clock */
    bool is_odd_hour;    /* before 7:00 or after 21:00 (B16) */
    bool is_invited;     /* already */
};

#define BRIEFING_MISSES(X)             \
    X(MISS_NO_DUTY, "no-duty-officer") \
    X(MISS_NOT_MEMBER, "not-a-member") \
    X(MISS_NOT_ASKED, "not-asked")     \
    X(MISS_CEILING, "ceiling")         \
    X(MISS_SUSPENDED, "suspended")
#define MISS_ENUM(word, name) word,
enum briefing_miss { BRIEFING_MISSES(MISS_ENUM) MISS_COUNT };
#undef MISS_ENUM
str briefing_miss_name(enum briefing_miss why);

struct briefing_missed {
    const struct policy_org *org;
    enum briefing_miss why;
    str words; /* why or since when */
};

struct briefing_audience {
    struct briefing_invitee *items; /* by place, organization, name */
    size_t count;
    size_t capacity;
    size_t organization_count;
    size_t invited_count; /* already */
    struct {
        struct briefing_missed *items; /* by reason, then name */
        size_t count;
        size_t capacity;
    } missed;
};

/* For a host. ERR_INVALID: more people than one briefing takes. */
err briefing_audience_find(struct arena *a, struct session *s, const struct reader *r,
                           const struct briefing *b, struct briefing_audience *out) MUST_USE;

/*
 * The same for one organization that may receive the label: whether the plan means it, and whether
 * somebody there could be invited. To a briefing above its ceiling an organization is not meant.
 */
enum briefing_meant { MEANT_NOT, MEANT_WITHOUT_OFFICER, MEANT };
err briefing_audience_meant(struct arena *a, struct session *s, const struct reader *r,
                            const struct briefing *b, const struct policy_org *org,
                            enum briefing_meant *out) MUST_USE;

/* People for whom it begins at an odd hour, by time zone. */
struct briefing_odd {
    str timezone;
    int64_t local_us;
    size_t people;
    struct stix_strs places;
};
struct briefing_odds {
    struct briefing_odd *items;
    size_t count;
    size_t capacity;
};
void briefing_odd_hours(struct arena *a, const struct briefing_audience *audience,
                        struct briefing_odds *out);

#endif
