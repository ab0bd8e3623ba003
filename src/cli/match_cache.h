/*
 * What tocsin match keeps between runs: what it pulled, and sightings that wait.
 *
 * Of each collection there is one file of JSON Lines, to which what is new is added. A server does
 * not tell what was withdrawn there, or is shown to us no longer; so once a day, and on --anew, all
 * is pulled into a new file, which then takes the place of the old one.
 */
#ifndef TOCSIN_CLI_MATCH_CACHE_H
#define TOCSIN_CLI_MATCH_CACHE_H

#include "cli/match.h"
#include "cli/remote_flags.h"

/* The folder of the cache, which is made if need be. */
err match_cache_folder(struct arena *a, struct cli *cli, str *out) MUST_USE;

/* A file of its own for each server and collection. */
err match_cache_file(struct arena *a, struct cli *cli, struct remote_place place,
                     const char *ending, str *out) MUST_USE;

/* Waits until no other run has locked the file `path`, which is made; `*out` is a descriptor. */
err match_cache_lock(struct arena *a, str path, int *out) MUST_USE;

/* Unlocks; for OWNED. A descriptor below 0 is none. */
void match_cache_unlock(const int *fd);

/* Removes what is there. */
err match_cache_remove(struct arena *a, str path) MUST_USE;

/*
 * Removes what a write of `path`, or of a file whose name begins with it, left beside it when it
 * was cut off; under the lock of that file.
 */
void match_cache_clean(struct arena *a, str path);

/* Says where at the server, and who watches. */
void match_reach(struct remote_options *remote, struct remote_place place, struct progress *bar);

#endif
