/*
 * Lines as they are meant: "hxxp://evil[.]example%2Fa" is http://evil.example/a.
 */
#ifndef TOCSIN_SWEEP_REFANG_H
#define TOCSIN_SWEEP_REFANG_H

#include "base/buf.h"

struct refanged {
    struct buf text;
    uint32_t *from; /* for each byte of it, where it stands in the line; in the caller's arena */
};

/*
 * Undoes defanging, percent-encoding and the escapes of JSON, once. False where the line is meant
 * as it is written. `to->text` is to be initialised.
 */
bool refang_line(struct arena *a, str line, struct refanged *to);

/* True if no rule begins anywhere in the line: it is meant as it is written. */
bool refang_is_plain(str line);

#endif
