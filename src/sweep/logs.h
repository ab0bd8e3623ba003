/*
 * Sweeping logs: texts are read in pieces of whole lines, scanned by several threads, and given
 * out in their order, so that the answer is the same however many threads there are.
 */
#ifndef TOCSIN_SWEEP_LOGS_H
#define TOCSIN_SWEEP_LOGS_H

#include "sweep/scan.h"
#include "sweep/trouble.h"

#define LOGS_PIECE_BYTES ((size_t)256 * 1024)
#define LOGS_THREADS_MAX 64u

/* A piece with what was found in it. */
struct logs_piece {
    str path;
    uint64_t offset; /* of its first byte in the (decompressed) file */
    uint64_t line;   /* number of its first line, from 1 */
    str text;
    uint64_t file_bytes; /* of all files, that were read up to here, compressed as they are */
    const struct sweep_hits *hits;
    const char *meant; /* what hits with `seen` point into */
    const struct sweep_given_up *given_up;
};

struct logs_options {
    const struct sweep_index *index;
    const struct sweep_kernel *kernel; /* NULL: the best */
    const str *paths;
    size_t path_count;
    unsigned threads;
    bool follows; /* goes on when files grow, are rotated or appear (sweep/follow.h); one thread */
    /* Where it follows: paths that came to be since it was asked last; NULL: none do. */
    size_t (*find_more)(void *context, const str **out);
    void *find_context;
    const struct trouble *trouble;
    /* Called in order, by one thread at a time; false: no more is wanted. */
    bool (*on_piece)(void *context, const struct logs_piece *piece);
    void *context;
    bool (*is_stopped)(void);
};

struct logs_totals {
    uint64_t files; /* that were opened */
    uint64_t bytes;
    uint64_t lines;
    uint64_t hits;
};

/* Bytes of `text` that make whole lines; of one that is too long, up to a blank near its end. */
size_t logs_whole_lines(const char *text, size_t len);

/* Files that cannot be read are troubles, and the others go on. */
void logs_sweep(const struct logs_options *options, struct logs_totals *out);

#endif
