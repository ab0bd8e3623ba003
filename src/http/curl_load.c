/*
 * Loading libcurl.
 */
#include "http/curl_load.h"

#include "base/library.h"
#include "base/num.h"

err curl_load(struct arena *a, const char *name, struct curl_library *out)
{
#define CURL_NAME(function) "curl_" #function,
    static const char *const names[] = {CURL_FUNCTIONS(CURL_NAME)};
#undef CURL_NAME
    return library_load(
        a, &(struct library){name, "libcurl, which fetches and sends,", names, COUNT_OF(names)},
        out);
}
