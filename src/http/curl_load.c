/*
 * Loading libcurl.
 */
#include "http/curl_load.h"

#include <dlfcn.h>

err curl_load(struct arena *a, const char *name, struct curl_library *out)
{
    void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (library == NULL)
        return FAIL(a, ERR_INTERNAL,
                    "libcurl, which fetches and sends, cannot be loaded (%s); "
                    "install the package that has %s",
                    dlerror(), name);
    struct curl_library found;
    const char *lacking = NULL;
#define CURL_FIND(function)                                                                    \
    found.function = (__typeof__(found.function))(uintptr_t)dlsym(library, "curl_" #function); \
    lacking = found.function ? lacking : "curl_" #function;
    CURL_FUNCTIONS(CURL_FIND)
#undef CURL_FIND
    dlclose(library); /* counted only: it stays */
    if (lacking)
        return FAIL(a, ERR_INTERNAL, "%s lacks %s: it is no libcurl that tocsin knows", name,
                    lacking);
    *out = found;
    return NULL;
}
