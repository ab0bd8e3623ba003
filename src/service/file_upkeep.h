/*
 * Files that nothing refers to any more: their bytes go, and whoever gave them gets the room back.
 */
#ifndef TOCSIN_SERVICE_FILE_UPKEEP_H
#define TOCSIN_SERVICE_FILE_UPKEEP_H

#include "store/files.h"

/*
 * In the write session of a purge, before the bytes of withdrawn artifacts go: notes which files
 * they referred to, and gives the room of those back that are withdrawn everywhere.
 */
err file_upkeep_note(struct arena *a, struct session *s, struct files_names *dropped) MUST_USE;

/* In a write session of its own, which changes nothing in the database. With files_lock held. */
err file_upkeep_sweep(struct arena *a, struct store *store, const struct files_names *dropped,
                      uint64_t *removed) MUST_USE;

/* When serving begins: removes what a crash left. Not while a backup is being made. */
err file_upkeep_begin(struct arena *a, struct store *store) MUST_USE;

#endif
