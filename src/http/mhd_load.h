/*
 * libmicrohttpd, loaded when a server is started and not before: with it come GnuTLS and what that
 * links to, a third of the time in which a command starts.
 */
#ifndef TOCSIN_HTTP_MHD_LOAD_H
#define TOCSIN_HTTP_MHD_LOAD_H

#include "base/error.h"

#include <microhttpd.h>

/* The functions that are used, without their prefix MHD_. */
#define MHD_FUNCTIONS(X)                                  \
    X(start_daemon)                                       \
    X(stop_daemon)                                        \
    X(get_connection_info)                                \
    X(get_connection_values_n)                            \
    X(suspend_connection)                                 \
    X(resume_connection)                                  \
    X(create_response_from_buffer_with_free_callback_cls) \
    X(add_response_header)                                \
    X(del_response_header)                                \
    X(queue_response)                                     \
    X(destroy_response)

struct mhd_library {
#define MHD_MEMBER(name) __typeof__(MHD_##name) *name;
    MHD_FUNCTIONS(MHD_MEMBER)
#undef MHD_MEMBER
};

/* From any thread; stays as long as the process. ERR_INTERNAL: it is not there, in words. */
err mhd_load(struct arena *a) MUST_USE;

/* The functions, once mhd_load has succeeded; there is no server without. */
const struct mhd_library *microhttpd(void);

#endif
