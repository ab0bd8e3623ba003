/*
 * Loading GnuTLS.
 */
#include "http/gnutls_load.h"

#include "base/library.h"
#include "base/num.h"

static struct gnutls_library functions;

err gnutls_load(struct arena *a)
{
#define GNUTLS_NAME(function) "gnutls_" #function,
    static const char *const names[] = {GNUTLS_FUNCTIONS(GNUTLS_NAME)};
#undef GNUTLS_NAME
    return library_load_shared(
        a,
        &(struct library){GNUTLS_LIBRARY_NAME, "GnuTLS, which speaks TLS,", names, COUNT_OF(names)},
        &functions);
}

const struct gnutls_library *gnutls(void)
{
    return &functions;
}
