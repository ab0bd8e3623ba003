/*
 * What a file is, told by its bytes and never by what it says it is; and what its name may be
 * (B26).
 *
 * Five kinds are taken: PDF, PNG and JPEG by the bytes they begin with, plain text and CSV by being
 * UTF-8 without U+0000. Markup in a text is not looked for: such a file is handed on to be kept,
 * and never shown.
 */
#ifndef TOCSIN_BASE_FILE_KIND_H
#define TOCSIN_BASE_FILE_KIND_H

#include "base/error.h"

/* ident, name in lists, media type, endings of file names (first the usual one), words */
#define FILE_KINDS(X)                                                            \
    X(FILE_KIND_PDF, "pdf", "application/pdf", ".pdf", ".pdf", "a PDF document") \
    X(FILE_KIND_PNG, "png", "image/png", ".png", ".png", "a PNG image")          \
    X(FILE_KIND_JPEG, "jpeg", "image/jpeg", ".jpg", ".jpeg", "a JPEG image")     \
    X(FILE_KIND_TEXT, "text", "text/plain", ".txt", ".txt", "plain text")        \
    X(FILE_KIND_CSV, "csv", "text/csv", ".csv", ".csv", "a table as text (CSV)")

#define FILE_KIND_ENUM(ident, name, type, ending, other, words) ident,
enum file_kind { FILE_KINDS(FILE_KIND_ENUM) FILE_KIND_COUNT };
#undef FILE_KIND_ENUM

/* "pdf", "application/pdf", "a PDF document". */
str file_kind_name(enum file_kind kind);
str file_kind_type(enum file_kind kind);
str file_kind_words(enum file_kind kind);

/* By a media type (parameters are passed over), and by the name. False: none of ours. */
bool file_kind_of_type(str type, enum file_kind *out);
bool file_kind_of_name(str name, enum file_kind *out);

/*
 * By the bytes; of a table as text that it is text. ERR_INVALID: empty, cut short, or of no kind
 * that is taken, in words that say what it seems to be.
 */
err file_kind_sniff(struct arena *a, str bytes, enum file_kind *out) MUST_USE;

/* Whether bytes of the kind `is` may be called `said`: text may be called a table. */
bool file_kind_agrees(enum file_kind is, enum file_kind said);

#define FILE_NAME_BYTES_MAX 200

/*
 * The name as it is kept, in `a`: without the folders before it, without what is not seen (control
 * characters, marks that turn the direction of writing, joiners, other spaces than the common one),
 * and no longer than FILE_NAME_BYTES_MAX, the ending spared. ERR_INVALID: nothing is left of it, or
 * it is no UTF-8.
 */
err file_name_clean(struct arena *a, str name, str *out) MUST_USE;

/*
 * The value of Content-Disposition under which a browser saves the file and shows nothing of it: a
 * name in ASCII for all, and the whole one in UTF-8 (RFC 6266, RFC 8187).
 */
str file_name_disposition(struct arena *a, str name);

#endif
