/*
 * Where log lines come from: files, plain or compressed by gzip or zstd, UTF-8 or UTF-16 (told by
 * their first bytes), standard input, and files that grow.
 */
#ifndef TOCSIN_SWEEP_SOURCE_H
#define TOCSIN_SWEEP_SOURCE_H

#include "base/error.h"

#include <time.h>

struct source;

/* Which file it is, by whatever name: the number of a file that was deleted is used again. */
struct source_identity {
    uint64_t device;
    uint64_t number;
    bool has_birth;
    struct timespec birth;
    struct timespec written; /* where its birth is not known, the same time and size are */
    uint64_t bytes;
};

bool source_is_same(const struct source_identity *a, const struct source_identity *b);

struct source_options {
    /* Goes on when the file grows or is replaced by a new one: then it never waits. */
    bool follows;
    /* Whether a file that is now at the path that it follows is a new one; NULL: it is. */
    bool (*is_new)(void *context, const struct source_identity *identity);
    void *context;
    bool (*is_stopped)(void);
};

/* "-" is standard input. ERR_NOT_FOUND, ERR_IO. */
err source_open(struct arena *a, str path, const struct source_options *options,
                struct source **out) MUST_USE;

/* Accepts NULL. */
void source_close(struct source *s);

/*
 * Reads up to `room` bytes; `*got` is 0 at the end, and where it follows also if there is no more
 * for now (source_is_waiting). ERR_INPUT for compressed data that is broken or ends too early: what
 * came before is good; and for files of kinds in which nothing would be found as they are.
 */
err source_read(struct arena *a, struct source *s, char *to, size_t room, size_t *got) MUST_USE;

/* Bytes of the file that were read so far, compressed as they are. */
uint64_t source_file_bytes(const struct source *s);

/* True if source_read, which gave 0, may give more later. */
bool source_is_waiting(const struct source *s);

/*
 * True once after source_read gave 0 because another file is now at the path that it follows, or
 * the same one, cut short: `*left` is what it was before.
 */
bool source_begins_anew(struct source *s, struct source_identity *left);

/* True if the file has no name any more, so that nobody opens it again. */
bool source_is_deleted(const struct source *s);

/* Of the file that is open. */
struct source_identity source_identity_of(const struct source *s);

#endif
