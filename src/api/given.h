/*
 * What of the log an answer gives its reader. Handlers name the entries; when the answer leaves
 * they are noted as receipts, and of what stands under RED the receipts are durable before that
 * (R1).
 */
#ifndef TOCSIN_API_GIVEN_H
#define TOCSIN_API_GIVEN_H

#include "store/log.h"

struct api_given {
    struct log_entries entries;
    struct log_entry opened; /* the material by which the reader came; zero: by none */
    bool has_red;
};

/* In the session that read the entry; the zero entry is none. */
void given_add(struct arena *a, const struct session *s, struct api_given *given,
               const struct log_entry *entry);

/* Notes them; true where there is something new, which the writer has yet to write. */
bool given_note(struct store *store, const struct api_given *given, int64_t actor);

#endif
