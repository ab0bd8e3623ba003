/*
 * The cache: HASH.made says which of the files HASH.N.jsonl counts, and since when:
 *
 *     tocsin-cache 1
 *     N
 *     time
 */
#include "cli/match_cache.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/secret.h"
#include "cli/stop.h"
#include "cli/watching.h"
#include "service/pull.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAGIC "tocsin-cache 1"
#define MADE_BYTES_MAX 4096
#define ANEW_EVERY_US US_PER_DAY
#define NAMES_COLLECTION "members" /* where an exchange says who its organizations are */

/* Files. */

err match_cache_folder(struct arena *a, struct cli *cli, str *out)
{
    str folder = cli_value(cli, "cache");
    if (folder.len == 0) {
        str base = str_of(getenv("XDG_CACHE_HOME"));
        if (base.len == 0 && getenv("HOME") == NULL)
            return FAIL(a, ERR_USAGE, "where to keep what is pulled? Give --cache DIR");
        if (base.len == 0)
            base = arena_join(a, str_of(getenv("HOME")), LIT("/.cache"), LIT(""));
        TRY(file_make_dir(a, base));
        folder = arena_join(a, base, LIT("/tocsin"), LIT(""));
    }
    TRY(file_make_dir(a, folder));
    *out = folder;
    return NULL;
}

err match_cache_file(struct arena *a, struct cli *cli, struct remote_place place,
                     const char *ending, str *out)
{
    str folder = {0};
    TRY(match_cache_folder(a, cli, &folder));
    unsigned char digest[HASH_SHA256_BYTES];
    str parts[] = {place.url, LIT("\n"), place.collection};
    hash_sha256(parts, 3, digest);
    *out =
        arena_print(a, "%.*s/%.*s%s", STR_ARG(folder), STR_ARG(secret_hex(a, digest, 16)), ending);
    return NULL;
}

err match_cache_lock(struct arena *a, str path, int *out)
{
    int fd = open(arena_copy(a, path).at, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return file_fail(a, "open", path, errno);
    int code = flock(fd, LOCK_EX);
    while (code != 0 && errno == EINTR && !stop_is_asked())
        code = flock(fd, LOCK_EX);
    if (code == 0) {
        *out = fd;
        return NULL;
    }
    close(fd);
    return file_fail(a, "lock", path, errno);
}

void match_cache_unlock(const int *fd)
{
    if (*fd >= 0)
        close(*fd);
}

err match_cache_remove(struct arena *a, str path)
{
    bool is_gone = unlink(arena_copy(a, path).at) == 0 || errno == ENOENT;
    return is_gone ? NULL : file_fail(a, "remove", path, errno);
}

/* Pulling. */

/* One collection in the cache. */
struct cached {
    str base;       /* of the names of its files */
    uint64_t which; /* of its files counts; 0: none does */
    int64_t made_us;
};

static str file_of(struct arena *a, const struct cached *c, uint64_t which)
{
    return arena_print(a, "%.*s.%llu.jsonl", STR_ARG(c->base), (unsigned long long)which);
}

static str made_file(struct arena *a, const struct cached *c)
{
    return arena_join(a, c->base, LIT(".made"), LIT(""));
}

/* One that cannot be read is none. */
static void read_made(struct arena *a, struct cached *c)
{
    str text;
    str magic = {0};
    str which = {0};
    str time = {0};
    if (file_read(a, made_file(a, c), MADE_BYTES_MAX, &text) != NULL)
        return;
    bool is_good = str_cut(&text, '\n', &magic) && str_cut(&text, '\n', &which) &&
                   str_cut(&text, '\n', &time) && str_eq(magic, LIT(MAGIC)) &&
                   str_to_u64(which, &c->which) && clock_read(time, &c->made_us, NULL) &&
                   file_exists(a, file_of(a, c, c->which));
    if (!is_good)
        c->which = 0;
}

/* What a run that was cut off between two steps leaves behind. */

/* True of a file that is there, and that was written to within a day: a pull goes on with it. */
static bool is_recent(const char *path)
{
    struct stat info;
    if (stat(path, &info) != 0)
        return false;
    int64_t age_us = clock_now_us() - info.st_mtim.tv_sec * US_PER_SECOND;
    return age_us >= 0 && age_us <= ANEW_EVERY_US;
}

/*
 * Whether a later step reads the file: `name` is what stands behind the base and a dot. Those for
 * sightings have a lock of their own, and are judged under that.
 */
static bool is_wanted(struct arena *a, const void *context, str name)
{
    const struct cached *c = context;
    str number = {0};
    str rest = name;
    uint64_t which;
    if (str_ends(name, LIT(FILE_BESIDE_ENDING)))
        return str_starts(name, LIT("sightings."));
    if (!str_cut(&rest, '.', &number) || !str_to_u64(number, &which))
        return true;
    bool is_position = str_eq(rest, LIT("jsonl" PULL_POSITION_ENDING));
    if (!is_position && !str_eq(rest, LIT("jsonl")))
        return true;
    str data = file_of(a, c, which);
    bool is_next = which == c->which + 1 && is_recent(data.at);
    return is_next || (which == c->which && which && file_exists(a, data));
}

typedef bool wanted_fn(struct arena *a, const void *context, str name);

/*
 * Removes what is not wanted of the files that are named as `base`, a dot and more, in the order of
 * their names. Under their lock nobody else is between two steps; what cannot be removed does no
 * harm.
 */
static void clean(struct arena *a, str base, wanted_fn *wanted, const void *context)
{
    size_t end = base.len;
    while (end > 0 && base.at[end - 1] != '/')
        end--;
    str prefix = arena_join(a, str_skip(base, end), LIT("."), LIT(""));
    struct dirent **names;
    int count =
        scandir(end ? arena_copy(a, str_part(base, 0, end)).at : ".", &names, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        str name = str_of(names[i]->d_name);
        if (str_starts(name, prefix) && !wanted(a, context, str_skip(name, prefix.len)))
            unlink(arena_join(a, base, LIT("."), str_skip(name, prefix.len)).at);
        free(names[i]);
    }
    if (count >= 0)
        free(names);
}

static bool is_not_beside(struct arena *a, const void *context, str name)
{
    (void)a;
    (void)context;
    return !str_ends(name, LIT(FILE_BESIDE_ENDING));
}

void match_cache_clean(struct arena *a, str path)
{
    clean(a, path, is_not_beside, NULL);
}

/* The file that was filled counts from now on, and the one before goes. */
static err write_made(struct arena *a, struct cached *c)
{
    char time[CLOCK_TEXT_BYTES];
    str before = file_of(a, c, c->which);
    c->which++;
    TRY(file_write(a, made_file(a, c),
                   arena_print(a, MAGIC "\n%llu\n%.*s\n", (unsigned long long)c->which,
                               STR_ARG(clock_write(clock_now_us(), time))),
                   0600));
    TRY(match_cache_remove(a, before));
    return match_cache_remove(a, arena_join(a, before, LIT(PULL_POSITION_ENDING), LIT("")));
}

void match_reach(struct remote_options *remote, struct remote_place place, struct progress *bar)
{
    remote->url = place.url;
    remote->collection = place.collection;
    remote->watch = watching(bar);
}

static err pull_into(struct arena *a, struct match *m, struct remote_place place, str file)
{
    OWNED(progress_done) struct progress bar = progress_open(0, "objects");
    struct pull_options options = {.remote = m->from, .out = file};
    struct pull_totals totals = {0};
    match_reach(&options.remote, place, &bar);
    return pull_run(a, &options, &totals);
}

/* Brings the collection up to date; `*out` is the file that counts, also where that failed. */
static err bring_up_to_date(struct arena *a, struct match *m, struct remote_place place, str *out)
{
    struct cached c = {0};
    TRY(match_cache_file(a, m->cli, place, "", &c.base));
    read_made(a, &c);
    clean(a, c.base, is_wanted, &c);
    int64_t age_us = clock_now_us() - c.made_us;
    bool is_due = c.which == 0 || cli_has(m->cli, "anew") || age_us < 0 || age_us > ANEW_EVERY_US;
    err failure = pull_into(a, m, place, file_of(a, &c, c.which + is_due));
    if (failure == NULL && is_due)
        failure = write_made(a, &c);
    if (c.which)
        *out = file_of(a, &c, c.which);
    return failure;
}

static void add_file(struct arena *a, struct match *m, str file)
{
    str *files = NEW_ARRAY(a, m->extra_count + 1, str);
    for (size_t i = 0; i < m->extra_count; i++)
        files[i] = m->extra[i];
    files[m->extra_count++] = file;
    m->extra = files;
}

/*
 * Who shared what: identities stand in a collection of their own. Other servers have none of that
 * name, and whatever fails here only leaves ids without names.
 */
static void pull_names(struct arena *a, struct match *m, str url)
{
    str file = {0};
    err failure = bring_up_to_date(a, m, (struct remote_place){url, LIT(NAMES_COLLECTION)}, &file);
    if (failure == NULL || file.len)
        add_file(a, m, file);
}

err match_pull(struct arena *a, struct match *m)
{
    struct cli *cli = m->cli;
    struct remote_place place = {cli_value(cli, "from"), cli_value(cli, "collection")};
    str folder;
    str file = {0};
    TRY(match_cache_folder(a, cli, &folder));
    TRY(match_cache_lock(a, arena_join(a, folder, LIT("/pulled"), LIT(".lock")), &m->cache_lock));
    err failure = bring_up_to_date(a, m, place, &file);
    if (failure && (file.len == 0 || stop_is_asked()))
        return failure;
    add_file(a, m, file);
    if (failure)
        match_trouble(m, place.url,
                      arena_print(a, "%.*s; what was pulled before is used",
                                  STR_ARG(error_text(a, failure))));
    else if (!str_eq(place.collection, LIT(NAMES_COLLECTION)))
        pull_names(a, m, place.url);
    return NULL;
}

void match_pull_done(struct match *m)
{
    match_cache_unlock(&m->cache_lock);
    m->cache_lock = -1;
}
