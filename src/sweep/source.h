/*
 * Where log lines come from: files, plain or compressed by gzip or zstd, UTF-8 or UTF-16 (told by
 * their first bytes), standard input, and files that grow.
 */
#ifndef TOCSIN_SWEEP_SOURCE_H
#define TOCSIN_SWEEP_SOURCE_H

#include "base/error.h"

struct source;

struct source_options {
    bool follows; /* goes on when the file grows or is replaced by a new one, until stopped */
    bool (*is_stopped)(void);
};

/* "-" is standard input. ERR_NOT_FOUND, ERR_IO. */
err source_open(struct arena *a, str path, const struct source_options *options,
                struct source **out) MUST_USE;

/* Accepts NULL. */
void source_close(struct source *s);

/*
 * Reads up to `room` bytes; `*got` is 0 at the end. Where it follows, it waits for at least one
 * byte. ERR_INPUT for compressed data that is broken or ends too early: what came before is good;
 * and for files of kinds in which nothing would be found as they are.
 */
err source_read(struct arena *a, struct source *s, char *to, size_t room, size_t *got) MUST_USE;

/* Bytes of the file that were read so far, compressed as they are. */
uint64_t source_file_bytes(const struct source *s);

/* True once after source_read returned 0 because another file is now at the path that it follows.
 */
bool source_begins_anew(struct source *s);

/* Waits a little for a file to appear or to grow. */
void source_wait(void);

#endif
