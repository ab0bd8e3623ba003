/*
 * Which language a page without script is written in (P5): the one that its reader chose by a link,
 * else the one that their browser prefers.
 */
#ifndef TOCSIN_API_LANGUAGE_H
#define TOCSIN_API_LANGUAGE_H

#include "http/query.h"
#include "service/call_words.h"

/* "en", "es": for `lang`, and for the member `lang` of an address. */
str language_tag(enum language l);
enum language language_other(enum language l);

/* Of the value of Accept-Language (RFC 9110 §12.5.4); English where it prefers neither. */
enum language language_accepted(str header);
/* What the address asks for, else `accepted`. */
enum language language_asked(const struct http_query *query, enum language accepted);

#endif
