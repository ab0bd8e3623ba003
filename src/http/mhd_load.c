/*
 * Loading libmicrohttpd.
 */
#include "http/mhd_load.h"

#include "base/library.h"
#include "base/num.h"

static struct mhd_library functions;

err mhd_load(struct arena *a)
{
#define MHD_NAME(function) "MHD_" #function,
    static const char *const names[] = {MHD_FUNCTIONS(MHD_NAME)};
#undef MHD_NAME
    return library_load_shared(a,
                               &(struct library){MICROHTTPD_LIBRARY_NAME,
                                                 "libmicrohttpd, which serves,", names,
                                                 COUNT_OF(names)},
                               &functions);
}

const struct mhd_library *microhttpd(void)
{
    return &functions;
}
