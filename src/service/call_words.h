/*
 * Days and times of a call in words, English and Spanish, for mail and for the pages without
 * script. Results are in the arena.
 */
#ifndef TOCSIN_SERVICE_CALL_WORDS_H
#define TOCSIN_SERVICE_CALL_WORDS_H

#include "base/zone.h"

enum language { LANGUAGE_ENGLISH, LANGUAGE_SPANISH, LANGUAGE_COUNT };

/* A text in both. */
struct bilingual {
    const char *words[LANGUAGE_COUNT];
};

/* "Tuesday, August 29, 2028"; "martes, 29 de agosto de 2028". */
str call_day(struct arena *a, enum language l, const struct zone *z, int64_t time_us);
/* "August 29"; "29 de agosto". */
str call_short_day(struct arena *a, enum language l, const struct zone *z, int64_t time_us);
/* "12:30 p.m. MDT"; "12:00 noon MDT"; "12:30 p. m. MDT". */
str call_time(struct arena *a, enum language l, const struct zone *z, int64_t time_us);
/* "12:30 to 1:15 p.m. MDT"; "de 12:30 p. m. a 1:15 p. m. MDT". */
str call_span(struct arena *a, enum language l, const struct zone *z, int64_t start_us,
              int64_t end_us);

/* UTC where the system knows none of that name: nobody goes untold for it. */
err call_find_zone(struct arena *a, struct zone_book *book, str name,
                   const struct zone **out) MUST_USE;

/* What people call a zone: "Mountain"; the place in its name where there is no word. */
str call_zone(struct arena *a, enum language l, str name);

/* The zones of the United States, for a list to choose from. */
struct call_zone {
    const char *name; /* IANA */
    struct bilingual words;
};
extern const struct call_zone CALL_ZONES[];
extern const size_t CALL_ZONE_COUNT;

#endif
