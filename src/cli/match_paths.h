/*
 * Which files tocsin match sweeps.
 */
#ifndef TOCSIN_CLI_MATCH_PATHS_H
#define TOCSIN_CLI_MATCH_PATHS_H

#include "base/map.h"
#include "cli/match.h"

struct match_paths {
    str *items;
    size_t count;
    size_t capacity;
    uint64_t bytes; /* of all files; 0 if that is not known of one */
    bool has_folder;
};

/* What comes to be in the folders while they are followed. */
struct match_folders {
    struct arena *arena; /* of the paths */
    struct match *match;
    struct match_paths *known;
    struct map names; /* that were seen */
};

/*
 * The files that were named and those below named folders, in the order of their names; each once,
 * by whatever ways it is reached. Hidden files are not taken, nor below folders what is no regular
 * file. A folder that cannot be read is a trouble.
 */
void match_paths_find(struct arena *a, struct match *m, struct match_paths *out);

/* `paths` stay where they are, and what is found later is added to them. */
void match_folders_init(struct match_folders *f, struct arena *a, struct match *m,
                        struct match_paths *paths);

/*
 * find_more of logs_options: files that were not there when it was asked last. One that was set
 * aside by rotation is not among them; that it is passed over is said.
 */
size_t match_folders_more(void *context, const str **out);

#endif
