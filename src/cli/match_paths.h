/*
 * Which files tocsin match sweeps.
 */
#ifndef TOCSIN_CLI_MATCH_PATHS_H
#define TOCSIN_CLI_MATCH_PATHS_H

#include "cli/match.h"

struct match_paths {
    str *items;
    size_t count;
    size_t capacity;
    uint64_t bytes; /* of all files; 0 if that is not known of one */
};

/*
 * The files that were named and those below named folders, in the order of their names; each once,
 * by whatever ways it is reached. Hidden files are not taken, nor below folders what is no regular
 * file. A folder that cannot be read is a trouble.
 */
void match_paths_find(struct arena *a, struct match *m, struct match_paths *out);

#endif
