/*
 * One mail as bytes (RFC 5322, 2045 to 2047): plain text, and beside it a calendar file.
 */
#ifndef TOCSIN_SERVICE_MIME_H
#define TOCSIN_SERVICE_MIME_H

#include "base/buf.h"

#define MIME_BYTES_MAX ((size_t)256 * 1024)

struct mime_message {
    str id; /* message--UUID: Message-ID and boundary are made from it */
    int64_t date_us;
    str from_name; /* UTF-8; empty: none */
    str from;
    str to;
    str subject;         /* UTF-8 */
    str text;            /* UTF-8; line feeds end its lines */
    str calendar;        /* an iCalendar object; empty: none */
    str calendar_method; /* "REQUEST" */
};

/*
 * ERR_INPUT: an address with anything in it but printable ASCII, or with white space, brackets,
 * commas or quotes, so that nothing can be smuggled into a header or a command.
 */
err mime_check_address(struct arena *a, str address) MUST_USE;

/* The part behind the @. */
str mime_domain(str address);

/* "name+tag@domain": where what comes back of one message goes. */
str mime_return_path(struct arena *a, str address, str tag);

/* ERR_INPUT as above. Ends of lines are CR LF, no line has more than 998 bytes. */
err mime_write(struct arena *a, const struct mime_message *m, struct buf *to) MUST_USE;

#endif
