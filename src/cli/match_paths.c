/*
 * Folders are walked depth first. What was seen is known by its device and number, so that links
 * that lead back end there, and a file with two names is not counted twice.
 */
#include "cli/match_paths.h"

#include "base/map.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FOLDER_DEPTH_MAX 64u

struct finding {
    struct arena *arena;
    struct match *match;
    struct match_paths *out;
    struct map seen; /* by device and number */
    bool is_endless; /* a pipe is among them, or standard input */
};

static void add_path(struct finding *f, str path, unsigned depth);

static int compare_names(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static void add_folder(struct finding *f, str path, unsigned depth)
{
    struct dirent **names;
    int count = scandir(arena_copy(f->arena, path).at, &names, is_visible, compare_names);
    if (count < 0) {
        match_trouble(f->match, path,
                      arena_print(f->arena, "cannot read this folder: %s", strerror(errno)));
        return;
    }
    for (int i = 0; i < count; i++) {
        add_path(f, arena_join(f->arena, path, LIT("/"), str_of(names[i]->d_name)), depth + 1);
        free(names[i]);
    }
    free(names);
}

/* True the first time. */
static bool is_new(struct finding *f, const struct stat *s)
{
    str key = arena_print(f->arena, "%llu:%llu", (unsigned long long)s->st_dev,
                          (unsigned long long)s->st_ino);
    if (map_get(&f->seen, key))
        return false;
    map_put(&f->seen, key, f);
    return true;
}

/* What cannot be looked at is taken: opening it says why. */
static void add_path(struct finding *f, str path, unsigned depth)
{
    struct stat s;
    bool is_there = !str_eq(path, LIT("-")) && stat(arena_copy(f->arena, path).at, &s) == 0;
    if (is_there && !is_new(f, &s))
        return;
    bool is_file = is_there && S_ISREG(s.st_mode);
    if (is_file || !is_there || (depth == 0 && !S_ISDIR(s.st_mode))) {
        *LIST_ADD(f->arena, f->out) = path;
        f->is_endless |= is_there ? !is_file : str_eq(path, LIT("-"));
        f->out->bytes += is_file ? (uint64_t)s.st_size : 0;
    } else if (!S_ISDIR(s.st_mode))
        cli_note(f->match->cli, "%.*s is no regular file and passed over", STR_ARG(path));
    else if (depth == FOLDER_DEPTH_MAX)
        match_trouble(f->match, path, LIT("folders go too deep"));
    else
        add_folder(f, path, depth);
}

void match_paths_find(struct arena *a, struct match *m, struct match_paths *out)
{
    struct finding f = {.arena = a, .match = m, .out = out};
    size_t count;
    const str *logs = cli_values(a, m->cli, "logs", &count);
    map_init(&f.seen, a);
    for (size_t i = 0; i < count; i++)
        add_path(&f, logs[i], 0);
    for (size_t i = 0; i < m->cli->argument_count; i++)
        add_path(&f, m->cli->arguments[i], 0);
    if (f.is_endless)
        out->bytes = 0;
    if (out->count == 0)
        match_trouble(m, (str){0}, LIT("there is no file to sweep there"));
}
