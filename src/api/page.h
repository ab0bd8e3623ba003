/*
 * Lists in pages: ?limit= and ?cursor=, and the `next` of an answer. A cursor is sealed: it tells
 * nothing, and is worth nothing for another list or another reader.
 */
#ifndef TOCSIN_API_PAGE_H
#define TOCSIN_API_PAGE_H

#include "api/call.h"

#define API_PAGE_DEFAULT 50
#define API_PAGE_MAX 500

struct api_page {
    size_t limit;
    str place; /* as it was given to api_page_next; empty: from the beginning */
};

/* ERR_INPUT: a limit out of bounds, a cursor that was not made for this reader and list. */
err api_page_read(struct api_call *c, struct api_page *out) MUST_USE;

/* Writes the member `next` for the rows behind `place`, a short text of the handler's own. */
void api_page_next(struct api_call *c, struct json_writer *w, str place);

#endif
