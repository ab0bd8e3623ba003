/*
 * Days and times in words.
 */
#include "service/call_words.h"

#include "base/clock.h"

#define US_PER_MINUTE (60 * US_PER_SECOND)
#define MINUTES_PER_DAY 1440
#define NOON 720

const struct call_zone CALL_ZONES[] = {
    {"America/New_York", {{"Eastern", "del Este"}}},
    {"America/Chicago", {{"Central", "del Centro"}}},
    {"America/Denver", {{"Mountain", "de la Montaña"}}},
    {"America/Phoenix", {{"Arizona", "de Arizona"}}},
    {"America/Los_Angeles", {{"Pacific", "del Pacífico"}}},
    {"America/Anchorage", {{"Alaska", "de Alaska"}}},
    {"Pacific/Honolulu", {{"Hawaii", "de Hawái"}}},
    {"America/Puerto_Rico", {{"Atlantic", "del Atlántico"}}},
    {"Pacific/Guam", {{"Guam and the Northern Marianas", "de Guam y las Marianas del Norte"}}},
    {"Pacific/Pago_Pago", {{"American Samoa", "de Samoa Americana"}}},
};
const size_t CALL_ZONE_COUNT = sizeof(CALL_ZONES) / sizeof(CALL_ZONES[0]);

static const struct bilingual WEEKDAYS[] = {
    {{"Sunday", "domingo"}},      {{"Monday", "lunes"}},    {{"Tuesday", "martes"}},
    {{"Wednesday", "miércoles"}}, {{"Thursday", "jueves"}}, {{"Friday", "viernes"}},
    {{"Saturday", "sábado"}},
};

static const struct bilingual MONTHS[] = {
    {{"January", "enero"}},   {{"February", "febrero"}},   {{"March", "marzo"}},
    {{"April", "abril"}},     {{"May", "mayo"}},           {{"June", "junio"}},
    {{"July", "julio"}},      {{"August", "agosto"}},      {{"September", "septiembre"}},
    {{"October", "octubre"}}, {{"November", "noviembre"}}, {{"December", "diciembre"}},
};

/* A wall clock taken apart. */
struct wall {
    int64_t year;
    unsigned month; /* from 1 */
    unsigned day;
    unsigned weekday; /* from Sunday */
    unsigned minute;  /* of the day */
};

static struct wall wall_of(const struct zone *z, int64_t time_us)
{
    int64_t local_us = zone_to_local(z, time_us);
    int64_t days = local_us / US_PER_DAY - (local_us % US_PER_DAY < 0);
    struct wall w = {.minute = (unsigned)((local_us - days * US_PER_DAY) / US_PER_MINUTE)};
    clock_date_of_days(days, &w.year, &w.month, &w.day);
    w.weekday = (unsigned)(((days + 4) % 7 + 7) % 7); /* 1970 began on a Thursday */
    return w;
}

str call_short_day(struct arena *a, enum language l, const struct zone *z, int64_t time_us)
{
    struct wall w = wall_of(z, time_us);
    const char *month = MONTHS[w.month - 1].words[l];
    return l == LANGUAGE_SPANISH ? arena_print(a, "%u de %s", w.day, month)
                                 : arena_print(a, "%s %u", month, w.day);
}

str call_day(struct arena *a, enum language l, const struct zone *z, int64_t time_us)
{
    struct wall w = wall_of(z, time_us);
    str day = call_short_day(a, l, z, time_us);
    return arena_print(a, "%s, %.*s%s %lld", WEEKDAYS[w.weekday].words[l], STR_ARG(day),
                       l == LANGUAGE_SPANISH ? " de" : ",", (long long)w.year);
}

static bool is_afternoon(unsigned minute)
{
    return minute % MINUTES_PER_DAY >= NOON;
}

/* "1:15" of 13:15. */
static str hands(struct arena *a, unsigned minute)
{
    unsigned hour = minute / 60 % 12;
    return arena_print(a, "%u:%02u", hour ? hour : 12, minute % 60);
}

static const char *half_of_day(enum language l, unsigned minute)
{
    static const struct bilingual HALVES[] = {{{"a.m.", "a. m."}}, {{"p.m.", "p. m."}}};
    if (l == LANGUAGE_ENGLISH && minute % NOON == 0) /* "12:00 p.m." leaves people guessing */
        return minute == NOON ? "noon" : "midnight";
    return HALVES[is_afternoon(minute)].words[l];
}

static str zone_letters(const struct zone *z, int64_t time_us)
{
    return zone_at(z, time_us).abbreviation;
}

str call_time(struct arena *a, enum language l, const struct zone *z, int64_t time_us)
{
    struct wall w = wall_of(z, time_us);
    return arena_print(a, "%.*s %s %.*s", STR_ARG(hands(a, w.minute)), half_of_day(l, w.minute),
                       STR_ARG(zone_letters(z, time_us)));
}

str call_span(struct arena *a, enum language l, const struct zone *z, int64_t start_us,
              int64_t end_us)
{
    struct wall from = wall_of(z, start_us);
    str start = hands(a, from.minute);
    str end = call_time(a, l, z, end_us);
    const char *half = half_of_day(l, from.minute);
    if (l == LANGUAGE_SPANISH)
        return arena_print(a, "de %.*s %s a %.*s", STR_ARG(start), half, STR_ARG(end));
    bool is_same = str_eq(str_of(half), str_of(half_of_day(l, wall_of(z, end_us).minute)));
    return arena_print(a, "%.*s%s%s to %.*s", STR_ARG(start), is_same ? "" : " ",
                       is_same ? "" : half, STR_ARG(end));
}

err call_find_zone(struct arena *a, struct zone_book *book, str name, const struct zone **out)
{
    err unknown = zone_find(a, book, name, out);
    return unknown ? zone_find(a, book, LIT("UTC"), out) : NULL;
}

str call_zone(struct arena *a, enum language l, str name)
{
    for (size_t i = 0; i < CALL_ZONE_COUNT; i++) {
        if (str_eq(name, str_of(CALL_ZONES[i].name)))
            return str_of(CALL_ZONES[i].words.words[l]);
    }
    str place = name;
    while (str_find_char(place, '/') < place.len)
        place = str_skip(place, str_find_char(place, '/') + 1);
    char *text = arena_alloc(a, place.len);
    for (size_t i = 0; i < place.len; i++)
        text[i] = place.at[i] == '_' ? ' ' : place.at[i];
    return (str){text, place.len};
}
