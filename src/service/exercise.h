/*
 * Exercises (B25): the one place that decides whether an entry of the log belongs to one. An entry
 * does that carries the marking of exercises or points at one that does (store/log_outlook.c), and
 * so does everything on a demo exchange.
 */
#ifndef TOCSIN_SERVICE_EXERCISE_H
#define TOCSIN_SERVICE_EXERCISE_H

#include "store/log.h"

bool exercise_holds(const struct session *s, const struct log_entry *e);

/* The same of an object that is in no log, by its bytes: only what it says of itself counts. */
bool exercise_is_marked(struct arena *a, str object);

#endif
