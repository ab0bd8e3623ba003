/*
 * The web application's files, embedded at build time (scripts/embed_web.py) from web/dist: served
 * below /app/. What lies below assets/ has a hash in its name and never changes.
 */
#ifndef TOCSIN_API_WEB_H
#define TOCSIN_API_WEB_H

#include "service/app.h"

struct web_file {
    const char *path; /* below /app/, such as "index.html" or "assets/main-K3J2.js" */
    const char *type;
    const char *bytes;
    size_t size;
    const char *packed; /* gzip; NULL: not worth it */
    size_t packed_size;
    bool is_immutable;
};

/* In the order of their paths; none where the application was not built. */
extern const struct web_file WEB_FILES[];
extern const size_t WEB_FILE_COUNT;

bool web_owns_path(str path);

/* Answers a request below /app/: a file, or index.html for the application's own addresses. */
void web_handle(struct app *app, struct http_request *rq);

/* The fields every page has; `policy` is its Content-Security-Policy. */
void web_add_page_fields(const struct http_request *rq, struct http_response *response, str type,
                         str policy);

#endif
