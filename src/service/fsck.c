/*
 * One check after the other; each that finds the data unreadable is a fault of its own.
 */
#include "service/fsck.h"

#include "store/about.h"
#include "store/audit.h"
#include "store/check.h"
#include "store/files.h"
#include "store/search_index.h"

#include <inttypes.h>

struct fsck {
    struct arena *a;
    const struct watch *watch;
    struct store *store;
    struct session session;
    struct fsck_report *report;
};

static void fsck_done(struct fsck *f)
{
    session_done(&f->session);
    store_close(f->store);
}

static void note(void *context, const char *part, str words)
{
    struct fsck *f = context;
    f->report->faults++;
    if (f->report->count < FSCK_FAULTS_MAX)
        *LIST_ADD(f->a, f->report) = (struct fsck_fault){str_of(part), arena_copy(f->a, words)};
}

static err look_up(struct arena *a, void *context, uint64_t done, uint64_t total)
{
    const struct fsck *f = context;
    watch_progress(f->watch, done, total);
    return watch_stop(a, f->watch);
}

/* A fault in the data is noted and the rest goes on; anything else ends the check. */
static err take(struct fsck *f, const char *part, err failure)
{
    if (failure == NULL || failure->code != ERR_CORRUPT)
        return failure;
    note(f, part, error_text(f->a, failure));
    return NULL;
}

static err check_log(struct fsck *f)
{
    const struct check_to to = {.on_fault = note, .on_progress = look_up, .context = f};
    struct check_totals totals = {0};
    TRY(take(f, "entries", check_entries(f->a, &f->session, &to, &totals)));
    f->report->entries = totals.entries;
    f->report->bodies = totals.bodies;
    f->report->purged = totals.purged;
    TRY(take(f, "references", check_references(f->a, &f->session, &to)));
    TRY(take(f, "objects", check_objects(f->a, &f->session, &to)));
    return take(f, "stored", check_stored(f->a, &f->session, &to));
}

static err check_about(struct fsck *f)
{
    struct about_numbers differ = {0};
    TRY(about_find_differences(f->a, &f->session, &differ));
    for (size_t i = 0; i < differ.count; i++)
        note(f, "briefings",
             arena_print(f->a,
                         "entry %u: what it names is not indexed as it says (tocsin rebuild "
                         "mends this)",
                         differ.items[i]));
    struct about_keys wrong = {0};
    TRY(about_find_wrong_audiences(f->a, &f->session, &wrong));
    for (size_t i = 0; i < wrong.count; i++)
        note(f, "briefings",
             arena_print(f->a,
                         "the index does not say under which audiences anything names the object "
                         "of the key %" PRId64 " (tocsin rebuild mends this)",
                         wrong.items[i].target));
    return NULL;
}

static void note_file(void *context, str words)
{
    note(context, "files", words);
}

static err check_all(struct fsck *f)
{
    TRY(take(f, "file", db_check_integrity(f->a, f->session.db)));
    TRY(watch_stop(f->a, f->watch));
    TRY(check_log(f));
    TRY(take(f, "briefings", check_about(f)));
    TRY(take(f, "files", files_check(f->a, &f->session, note_file, f)));
    TRY(take(f, "search", search_check(f->a, &f->session)));
    TRY(take(f, "views", views_check(f->a, f->session.db)));
    TRY(watch_stop(f->a, f->watch));
    err failure = audit_verify(f->a, &f->session, NULL, &f->report->audit_rows);
    if (failure && failure->code == ERR_NOT_FOUND) /* its key is not here: elsewhere, or lost */
        failure = FAIL(f->a, ERR_CORRUPT, "the key that signs heads cannot be read: %.*s",
                       STR_ARG(error_text(f->a, failure)));
    return take(f, "audit", failure);
}

err fsck_run(struct arena *a, str dir, const struct watch *watch, struct fsck_report *out)
{
    OWNED(fsck_done) struct fsck f = {.a = a, .watch = watch, .report = out};
    TRY(take(&f, "file", store_open(a, dir, &f.store)));
    if (f.store == NULL)
        return NULL;
    TRY(take(&f, "opening", session_read(a, f.store, &f.session)));
    if (f.session.store == NULL)
        return NULL;
    session_release_views(&f.session);
    return check_all(&f);
}

err fsck_verdict(struct arena *a, const struct fsck_report *report)
{
    if (report->faults == 0)
        return NULL;
    return FAIL(a, ERR_CORRUPT, "%llu %s found", (unsigned long long)report->faults,
                report->faults == 1 ? "fault was" : "faults were");
}
