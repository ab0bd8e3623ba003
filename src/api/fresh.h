/*
 * A thing that is new, as home and the list behind it show it.
 */
#ifndef TOCSIN_API_FRESH_H
#define TOCSIN_API_FRESH_H

#include "api/briefing_parts.h"
#include "service/fresh.h"

/* An element: a NewThing. */
void api_put_fresh(const struct part_to *to, const struct fresh_thing *one);

#endif
