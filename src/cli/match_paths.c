/*
 * Folders are walked depth first. What was seen is known by its device and number, so that links
 * that lead back end there, and a file with two names is not counted twice.
 */
#include "cli/match_paths.h"

#include "base/map.h"
#include "cli/record.h"
#include "sweep/follow.h"

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
    bool is_again;   /* what is wrong was said before */
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
    if (count < 0 && f->is_again)
        return;
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

static void say_passed_over(struct finding *f, str path, bool is_folder)
{
    if (is_folder)
        match_trouble(f->match, path, LIT("folders go too deep"));
    else
        cli_note(f->match->cli, "%.*s is no regular file and passed over",
                 STR_ARG(record_plain(f->arena, path)));
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
    } else if (S_ISDIR(s.st_mode) && depth < FOLDER_DEPTH_MAX) {
        f->out->has_folder = true;
        add_folder(f, path, depth);
    } else if (!f->is_again) {
        say_passed_over(f, path, S_ISDIR(s.st_mode));
    }
}

static void add_named(struct finding *f)
{
    size_t count;
    const str *logs = cli_values(f->arena, f->match->cli, "logs", &count);
    map_init(&f->seen, f->arena);
    for (size_t i = 0; i < count; i++)
        add_path(f, logs[i], 0);
    for (size_t i = 0; i < f->match->cli->argument_count; i++)
        add_path(f, f->match->cli->arguments[i], 0);
}

void match_paths_find(struct arena *a, struct match *m, struct match_paths *out)
{
    struct finding f = {.arena = a, .match = m, .out = out};
    add_named(&f);
    if (f.is_endless)
        out->bytes = 0;
    bool is_awaited = out->has_folder && cli_has(m->cli, "follow");
    if (out->count == 0 && !is_awaited)
        match_trouble(m, (str){0}, LIT("there is no file to sweep there"));
}

/* Following. */

void match_folders_init(struct match_folders *f, struct arena *a, struct match *m,
                        struct match_paths *paths)
{
    *f = (struct match_folders){.arena = a, .match = m, .known = paths};
    map_init(&f->names, a);
    for (size_t i = 0; i < paths->count; i++)
        map_put(&f->names, paths->items[i], f);
}

/* The log that the file was set aside from; empty: none. */
static str log_of(const struct match_paths *known, str path)
{
    for (size_t i = 0; i < known->count; i++) {
        if (follow_is_rotated(path, known->items[i]))
            return known->items[i];
    }
    return (str){0};
}

static void take_found(struct match_folders *f, str found)
{
    if (map_get(&f->names, found))
        return;
    str path = arena_copy(f->arena, found);
    str log = log_of(f->known, path);
    map_put(&f->names, path, f);
    if (log.len == 0) {
        *LIST_ADD(f->arena, f->known) = path;
        return;
    }
    OWNED(arena_done) struct arena scratch = {0};
    cli_note(f->match->cli, "%.*s is taken for what was in %.*s before, and not swept again",
             STR_ARG(record_plain(&scratch, path)), STR_ARG(record_plain(&scratch, log)));
}

size_t match_folders_more(void *context, const str **out)
{
    struct match_folders *f = context;
    OWNED(arena_done) struct arena scratch = {0};
    struct match_paths now = {0};
    struct finding finding = {.arena = &scratch, .match = f->match, .out = &now, .is_again = true};
    size_t before = f->known->count;
    add_named(&finding);
    for (size_t i = 0; i < now.count; i++)
        take_found(f, now.items[i]);
    *out = f->known->items + before;
    return f->known->count - before;
}
