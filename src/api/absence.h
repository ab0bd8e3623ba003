/*
 * What is noted about a missing organization (B20): a part of several answers.
 */
#ifndef TOCSIN_API_ABSENCE_H
#define TOCSIN_API_ABSENCE_H

#include "api/briefing_parts.h"
#include "service/absence.h"

/* A member, or with key NULL an element of a list. */
void part_absence(const struct part_to *to, const char *key, const struct absence_note *note);

#endif
