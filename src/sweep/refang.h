/*
 * Lines as they are meant: "hxxp://evil[.]example%2Fa" is http://evil.example/a.
 */
#ifndef TOCSIN_SWEEP_REFANG_H
#define TOCSIN_SWEEP_REFANG_H

#include "base/buf.h"

/* A part of the text from `at` on, up to the next one: bytes as they stand in the line, or not. */
struct refang_span {
    uint32_t at;
    uint32_t from; /* where it stands in what the line is of */
    bool is_plain;
};

struct refanged {
    struct buf text;
    struct refang_span *items; /* in order, from 0 to the end of the text; in the caller's arena */
    size_t count;
    size_t capacity;
};

/* `to->text` is to be initialised; what it held is forgotten. */
void refang_begin(struct refanged *to);

/*
 * Undoes defanging, percent-encoding and the escapes of JSON, once. Appends what is meant, no
 * longer than the line; that begins at `from` of what it is of. False where the line is meant as it
 * is written.
 */
bool refang_line(struct arena *a, str line, size_t from, struct refanged *to);

/* Forgets what was appended behind so many bytes and parts. */
void refang_undo(struct refanged *to, size_t len, size_t count);

/* Where a byte of the text stands, or what it was made of begins; also its end. */
size_t refanged_from(const struct refanged *r, size_t at);

/* True if no rule begins anywhere in the line: it is meant as it is written. */
bool refang_is_plain(str line);

#endif
