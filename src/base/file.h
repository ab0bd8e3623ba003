/*
 * Files: whole reads with a limit, atomic and durable writes, memory maps.
 *
 * Errors name the path and what the system said (ERR_IO; ERR_NOT_FOUND where there is no such
 * file; ERR_NO_SPACE where the disk is full).
 */
#ifndef TOCSIN_BASE_FILE_H
#define TOCSIN_BASE_FILE_H

#include "base/error.h"

/* Reads a file, or standard input for "-". ERR_TOO_LARGE past `bytes_max`. */
err file_read(struct arena *a, str path, size_t bytes_max, str *out) MUST_USE;

/* Of what file_write writes beside; only one that was cut off leaves it there. */
#define FILE_BESIDE_ENDING ".new"

/*
 * Writes `content` to a new file beside `path`, syncs it, renames it to `path` and syncs the
 * folder: after success it is there, after failure the old one is. `mode` is as for open(2).
 */
err file_write(struct arena *a, str path, str content, unsigned mode) MUST_USE;

bool file_exists(struct arena *a, str path);
bool file_is_dir(struct arena *a, str path);

/* Makes the folder (mode 0700) unless it is there, durably; parents must exist. */
err file_make_dir(struct arena *a, str path) MUST_USE;

/* A file mapped read-only. The empty file gives the empty str. */
struct file_map {
    str bytes;
};
err file_map_open(struct arena *a, str path, struct file_map *out) MUST_USE;
/* Accepts a zeroed one. */
void file_map_close(struct file_map *m);

/* Reads the first line of standard input, without its end: for secrets. ERR_INPUT if empty. */
err file_read_secret_line(struct arena *a, str *out) MUST_USE;

/* The error for a failed system call on `path`, from errno. */
err file_fail(struct arena *a, const char *what, str path, int errno_value);

#endif
