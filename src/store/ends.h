/*
 * Until when entries ask something of anybody, as worked out from their bytes: a call until its
 * end, a promise until it is settled. Bytes never change and numbers are never used again, so that
 * what is long over is passed by without reading it again. Nothing here says who may read an entry:
 * whoever asks has its number from the gate, in a read session: what is not committed may still
 * become another entry.
 */
#ifndef TOCSIN_STORE_ENDS_H
#define TOCSIN_STORE_ENDS_H

#include "base/error.h"

struct ends;

struct entry_end {
    int64_t end_us; /* INT64_MAX: never */
    int64_t object; /* keyed hash of the id (log_id_hash) */
};

struct ends *ends_open(void);
/* Accepts NULL. */
void ends_close(struct ends *e);

/* False: not known, or forgotten for another one. */
bool ends_get(struct ends *e, uint32_t number, struct entry_end *out);
void ends_put(struct ends *e, uint32_t number, const struct entry_end *end);

#endif
