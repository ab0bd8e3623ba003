/*
 * The thread that keeps the index behind search up with the log. Importing and posting write no
 * word of it: it looks every now and then whether there is anything new, whichever process wrote
 * it, and indexes it in short commits of its own, so that others write in between.
 */
#ifndef TOCSIN_SERVICE_INDEXER_H
#define TOCSIN_SERVICE_INDEXER_H

#include "service/watch.h"
#include "store/store.h"

/* Indexes all there is; for commands, and for tests. */
err indexer_catch_up(struct arena *a, struct store *store, const struct watch *watch) MUST_USE;

struct indexer;
err indexer_open(struct arena *a, struct store *store, struct indexer **out) MUST_USE;
/* Ends the thread after the commit under way. Accepts NULL. */
void indexer_close(struct indexer *x);

#endif
