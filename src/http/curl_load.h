/*
 * libcurl, loaded when a client is opened and not before: with what it links to it is half of the
 * libraries there are, and all commands but those that reach out start without it.
 */
#ifndef TOCSIN_HTTP_CURL_LOAD_H
#define TOCSIN_HTTP_CURL_LOAD_H

#include "base/error.h"

#include <curl/curl.h>

/* The functions that are used, without their prefix curl_. */
#define CURL_FUNCTIONS(X) \
    X(global_init)        \
    X(global_cleanup)     \
    X(easy_init)          \
    X(easy_cleanup)       \
    X(easy_reset)         \
    X(easy_setopt)        \
    X(easy_getinfo)       \
    X(easy_perform)       \
    X(easy_strerror)      \
    X(slist_append)       \
    X(slist_free_all)     \
    X(url)                \
    X(url_set)            \
    X(url_get)            \
    X(url_cleanup)        \
    X(free)

struct curl_library {
#define CURL_MEMBER(name) __typeof__(curl_##name) *name;
    CURL_FUNCTIONS(CURL_MEMBER)
#undef CURL_MEMBER
};

/*
 * Fills the table from the library `name`; what was loaded stays in the process. ERR_INTERNAL: it
 * is not there, or lacks a function, in words that name it.
 */
err curl_load(struct arena *a, const char *name, struct curl_library *out) MUST_USE;

#endif
