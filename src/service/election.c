/*
 * Elections: what comes next for somebody, and keeping those that are data.
 */
#include "service/election.h"

#include "base/clock.h"
#include "base/utf8.h"
#include "base/zone.h"
#include "service/admin.h"
#include "stix/jurisdiction.h"
#include "store/people.h"

/* ---- what comes next */

static int64_t election_of(int64_t year)
{
    int64_t first = clock_days(year, 11, 1);
    int64_t week_day = (first + 4) % 7; /* Sunday is 0 */
    int64_t monday = first + (8 - week_day) % 7;
    return monday + 1;
}

static int64_t federal_day(int64_t today)
{
    int64_t year;
    unsigned month;
    unsigned day;
    clock_date_of_days(today, &year, &month, &day);
    year += year % 2;
    return election_of(year) >= today ? election_of(year) : election_of(year + 2);
}

struct election_day election_federal(const struct config *config, int64_t today)
{
    int64_t day_us;
    if (clock_read_date(config->election_day, &day_us) && day_us / US_PER_DAY >= today)
        return (struct election_day){config->election_name, day_us / US_PER_DAY,
                                     day_us / US_PER_DAY - today};
    int64_t day = federal_day(today);
    return (struct election_day){LIT("General election"), day, day - today};
}

/* What day it is where a person is. */
static err find_today(struct arena *a, struct session *s, const struct policy_person *person,
                      int64_t *today)
{
    struct person_contact contact;
    const struct zone *zone;
    *today = s->now_us / US_PER_DAY;
    if (person == NULL)
        return NULL;
    TRY(people_contact(a, s, person->n, &contact));
    if (contact.timezone.len == 0)
        return NULL;
    TRY(zone_find(a, s->store->zones, contact.timezone, &zone));
    *today = zone_to_local(zone, s->now_us) / US_PER_DAY;
    return NULL;
}

/* In a jurisdiction and in all that it lies in: us-39-c035, us-39, us. */
static err look_upwards(struct arena *a, struct session *s, str code, int64_t today,
                        struct election_day *first)
{
    while (code.len) {
        struct election next;
        TRY(elections_next(a, s, code, today, &next));
        if (next.id.len && next.day <= first->day)
            *first = (struct election_day){next.name, next.day, next.day - today};
        size_t dash = code.len;
        while (dash > 0 && code.at[dash - 1] != '-')
            dash--;
        code = str_part(code, 0, dash ? dash - 1 : 0);
    }
    return NULL;
}

err election_next(struct arena *a, struct session *s, const struct reader *r,
                  struct election_day *out)
{
    int64_t today;
    TRY(find_today(a, s, r->person, &today));
    struct election_day first = election_federal(store_config(s->store), today);
    TRY(look_upwards(a, s, LIT("us"), today, &first));
    for (size_t i = 0; r->person && i < r->org->jurisdiction_count; i++)
        TRY(look_upwards(a, s, r->org->jurisdictions[i], today, &first));
    *out = first;
    return NULL;
}

/* ---- keeping them */

static bool is_kind(str word)
{
    str rest = LIT(ELECTION_KINDS);
    str kind;
    while (str_cut(&rest, ',', &kind)) {
        if (str_eq(str_trim(kind), word))
            return true;
    }
    return false;
}

bool election_read(struct arena *a, const struct election_words *words, struct election *out,
                   struct election_words *faults)
{
    struct election e = {.name = str_trim(words->name), .kind = str_trim(words->kind)};
    int64_t day_us;
    *faults = (struct election_words){0};
    if (e.name.len == 0 || e.name.len > ELECTION_NAME_BYTES_MAX || !utf8_is_line(e.name))
        faults->name = LIT("Give it a name of up to 100 bytes, such as Ohio primary");
    if (!jurisdiction_read(a, str_trim(words->jurisdiction), &e.jurisdiction))
        faults->jurisdiction =
            LIT("Say where by code: us, us-39 (a state) or us-39-c035 (a county)");
    if (!is_kind(e.kind))
        faults->kind = LIT("The kind is one of: " ELECTION_KINDS);
    if (!clock_read_date(str_trim(words->date), &day_us))
        faults->date = LIT("The day is such as 2026-05-05");
    if (election_first_fault(faults).len)
        return false;
    e.day = day_us / US_PER_DAY;
    *out = e;
    return true;
}

str election_first_fault(const struct election_words *faults)
{
    const str all[] = {faults->name, faults->jurisdiction, faults->kind, faults->date};
    for (size_t i = 0; i < 4; i++) {
        if (all[i].len)
            return all[i];
    }
    return (str){0};
}

str election_date(struct arena *a, int64_t day)
{
    char text[CLOCK_TEXT_BYTES];
    return arena_copy(a, str_part(clock_write(day * US_PER_DAY, text), 0, 10));
}

static err check_single(struct arena *a, struct session *s, const struct election *e)
{
    struct election other;
    TRY(elections_find(a, s, e, &other));
    if (other.id.len && !str_eq(other.id, e->id))
        return FAIL(a, ERR_CONFLICT,
                    "in %.*s there is a %.*s election on that day already, %.*s; change that one",
                    STR_ARG(e->jurisdiction), STR_ARG(e->kind), STR_ARG(other.name));
    return NULL;
}

static err record(struct arena *a, struct session *s, const char *verb, const struct election *e)
{
    return admin_record(a, s, verb, e->id,
                        arena_print(a, "%.*s, %.*s, %.*s", STR_ARG(e->jurisdiction),
                                    STR_ARG(e->kind), STR_ARG(election_date(a, e->day))));
}

err election_put_in(struct arena *a, struct session *s, struct election *election)
{
    bool is_new = election->id.len == 0;
    struct election before;
    if (!is_new)
        TRY(elections_get(a, s, election->id, &before));
    TRY(check_single(a, s, election));
    TRY(elections_put(a, s, election));
    return record(a, s, is_new ? "election.add" : "election.edit", election);
}

err election_remove_in(struct arena *a, struct session *s, str id)
{
    struct election e;
    TRY(elections_get(a, s, id, &e));
    TRY(elections_remove(a, s, id));
    return record(a, s, "election.remove", &e);
}
