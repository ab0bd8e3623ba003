/*
 * For the pages that are written here: what somebody gave is never markup.
 */
#ifndef TOCSIN_API_HTML_H
#define TOCSIN_API_HTML_H

#include "base/buf.h"

/* Escaped for content and for attributes in double quotes. */
void html_put_text(struct buf *b, str text);

#endif
