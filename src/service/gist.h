/*
 * What an object is about, in the few words that a list has room for.
 */
#ifndef TOCSIN_SERVICE_GIST_H
#define TOCSIN_SERVICE_GIST_H

#include "store/log.h"

/*
 * The first of these properties that is a text and is not `but`; borrowed from the document. Empty
 * without any.
 */
str gist_first(json object, const char *const *keys, size_t count, str but);

/* What to call an object: its name, else what it holds or says. Borrowed; empty: neither. */
str gist_title(json object);

/* The briefing that it is or is part of. Borrowed; empty: of none. */
str gist_briefing(json object);

/* The question of a briefing that this note of its hosts answers. Borrowed; empty: of none. */
str gist_question(const struct session *s, const struct log_entry *e, json object);

/* The text, or as many whole words of it as fit into about `bytes_max`, and an ellipsis; in `a`. */
str gist_shorten(struct arena *a, str text, size_t bytes_max);

#endif
