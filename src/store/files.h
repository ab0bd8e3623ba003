/*
 * Bytes of files, kept beside the log by their SHA-256: DIR/files/<64 hexadecimal digits> (B26).
 *
 * A file is written under another name, synced, and renamed; it is never changed afterwards. What
 * refers to it is an artifact of the built-in collection Briefings that carries our extension. A
 * file that nothing refers to (it was handed in and never given, or a crash came between) is
 * removed by `files_sweep` once it is a day old.
 */
#ifndef TOCSIN_STORE_FILES_H
#define TOCSIN_STORE_FILES_H

#include "base/file.h"
#include "store/store.h"

#define FILES_FOLDER "files"
#define FILES_UNUSED_SECONDS_MAX (24 * 60 * 60)

/* 64 lower-case hexadecimal digits. */
bool files_is_digest(str text);
str files_digest(struct arena *a, str bytes);

/* Durable when it returns. By one thread of a process at a time. */
err files_put(struct arena *a, const struct store *store, str bytes, str *digest) MUST_USE;
bool files_have(struct arena *a, const struct store *store, str digest);
/* ERR_CORRUPT: it is not there. */
err files_open(struct arena *a, const struct store *store, str digest,
               struct file_map *out) MUST_USE;

/* The names of the files that are there, and of nothing else in that folder. */
struct files_names {
    str *items;
    size_t count;
    size_t capacity;
};
err files_list(struct arena *a, str dir, struct files_names *out) MUST_USE;

/* What the log says of a file: one for each entry of an artifact whose bytes are not purged. */
struct files_use {
    str artifact; /* id */
    str digest;
    str organization; /* who gave it, and whose room it takes */
    int64_t bytes;
    bool is_dropped; /* withdrawn, and under no hold (B27) */
};
struct files_uses {
    struct files_use *items;
    size_t count;
    size_t capacity;
};
err files_used(struct arena *a, struct session *s, struct files_uses *out) MUST_USE;

/*
 * In a write session, so that nothing is given meanwhile: removes what no live artifact refers to,
 * if it is one of `dropped` or a day old.
 */
err files_sweep(struct arena *a, struct session *s, const struct files_names *dropped,
                uint64_t *removed) MUST_USE;

/*
 * While somebody reads them all, nobody removes any, in whatever process. ERR_BUSY: somebody else
 * holds it the other way. The descriptor is closed by files_unlock (which accepts 0).
 */
err files_lock(struct arena *a, const struct store *store, bool is_to_remove, int *out) MUST_USE;
void files_unlock(int *lock);

/*
 * So much is about to be handed in for an organization, and counts until it is given or swept away;
 * `*handed` names it. ERR_NO_SPACE: they may not keep so much more.
 */
err files_hand_in(struct arena *a, struct session *s, int64_t org, int64_t bytes,
                  int64_t *handed) MUST_USE;
/* It is given, and takes room of its own from now on. To name one that is gone is no error. */
err files_forget_handed(struct arena *a, struct session *s, int64_t handed) MUST_USE;
/* What is a day old was swept away. */
err files_forget_unused(struct arena *a, struct session *s) MUST_USE;

/* ERR_NO_SPACE: the organization may not keep so much more (S7). */
err files_check_room(struct arena *a, struct session *s, int64_t org, int64_t bytes) MUST_USE;
/* So much more is kept for an organization, by its id; less, if negative. */
err files_take_room(struct arena *a, struct session *s, str organization, int64_t bytes) MUST_USE;

/* Every file that a live artifact refers to is there and is what its digest says. */
err files_check(struct arena *a, struct session *s, void (*on_fault)(void *context, str words),
                void *context) MUST_USE;

#endif
